//! What a proof-reader would remark of a translation that may stand in for its source.
//!
//! Nothing here keeps a translation from being shown: these are warnings, each with the
//! name of the check that says it, so that a translator who knows better can switch it
//! off for one text with a flag (`no-check-number`).

use std::collections::BTreeMap;

use super::{change, check::Finding, excerpt, glossary::Glossary};
use crate::{
    diagnostic::Diagnostic,
    document::{Inline, Language, text, walk},
    source::stray::{self, Setting},
};

/// What the checks must know of the two languages.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The language of the translation.
    pub language: &'a Language,
    /// The words that are always translated in one way.
    pub glossary: &'a Glossary,
}

/// A text of at most so many words may be the same in both languages: names, titles.
const SAME_WORDS: usize = 3;

/// What there is to remark; `markdown` holds the two texts as they are written.
pub(super) fn findings(
    markdown: (&str, &str),
    source: &[Inline],
    translation: &[Inline],
    rules: &Rules<'_>,
) -> Vec<Finding> {
    let texts = Texts { source: words(source), translation: words(translation) };
    let mut findings = Vec::new();
    let mut say = |check, diagnostic| findings.push(Finding { check, diagnostic });
    numbers(&texts, &mut say);
    spaces(markdown, &mut say);
    end(&texts, &mut say);
    doubled(&texts, &mut say);
    untranslated(&texts, &mut say);
    glossary(&texts, rules.glossary, &mut say);
    typography(&texts, rules.language, &mut say);
    astray(markdown, source, translation, &mut say);
    findings
}

/// Markup that failed to be it, of a kind that the source has none of.
fn astray(
    (source, translation): (&str, &str),
    original: &[Inline],
    translated: &[Inline],
    say: &mut Say<'_>,
) {
    let found = stray::strays(translated, translation, Setting::Unit);
    if found.is_empty() {
        return;
    }
    let known = stray::strays(original, source, Setting::Unit);
    // Signs that cannot be seen are refused when a translation is checked.
    for stray in found.into_iter().filter(|it| it.kind != stray::Kind::Hidden) {
        if !known.iter().any(|it| it.kind == stray.kind) {
            let warning = Diagnostic::warning("translation-stray");
            let warning = warning.with("kind", stray.kind.name());
            say("stray", warning.with("item", excerpt(&stray.text)));
        }
    }
}

type Say<'a> = dyn FnMut(&'static str, Diagnostic) + 'a;

/// The words of the two texts, code left out.
struct Texts {
    source: String,
    translation: String,
}

fn words(inlines: &[Inline]) -> String {
    let mut inlines = inlines.to_vec();
    walk::inlines_mut(&mut inlines, &mut |inline| {
        if let Inline::Code(_) = inline {
            *inline = Inline::Text("\u{fffc}".to_owned());
        }
    });
    text::plain(&inlines)
}

/// The numbers of a text, without what groups their digits, each as often as it is there.
fn numbers_of(text: &str) -> BTreeMap<String, usize> {
    let signs: Vec<char> = text.chars().collect();
    let mut numbers = BTreeMap::new();
    let mut at = 0;
    while at < signs.len() {
        if !signs[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let mut number = String::new();
        while at < signs.len() {
            let next = |it: usize| signs.get(at + it).is_some_and(char::is_ascii_digit);
            let groups = matches!(signs[at], ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
            match signs[at] {
                it if it.is_ascii_digit() => number.push(it),
                '.' | ',' if next(1) => {}
                _ if groups && next(1) && next(2) && next(3) && !next(4) => {}
                _ => break,
            }
            at += 1;
        }
        let number = number.trim_start_matches('0');
        let number = if number.is_empty() { "0" } else { number };
        *numbers.entry(number.to_owned()).or_default() += 1;
    }
    numbers
}

fn numbers(texts: &Texts, say: &mut Say<'_>) {
    let source = numbers_of(&texts.source);
    let translation = numbers_of(&texts.translation);
    // A hyphen or a point may group what the other language writes apart (10 h 30, 10.30).
    let digits = |numbers: &BTreeMap<String, usize>| {
        let mut all: Vec<char> = numbers
            .iter()
            .flat_map(|it| it.0.repeat(*it.1).chars().collect::<Vec<_>>())
            .collect();
        all.sort_unstable();
        all
    };
    if digits(&source) == digits(&translation) {
        return;
    }
    let more = |these: &BTreeMap<String, usize>, those: &BTreeMap<String, usize>| {
        let more =
            |it: &(&String, &usize)| those.get(it.0).is_none_or(|other| other < it.1);
        these.iter().filter(more).map(|it| it.0.clone()).collect::<Vec<_>>()
    };
    let romans = romans(&texts.source);
    let lacking = more(&source, &translation);
    // Where the one says 17 h, the other says 5 pm.
    let value = |it: &String| it.parse::<u32>().ok();
    let hour = |it: u32| {
        (1..12).contains(&it) && lacking.iter().any(|of| value(of) == Some(it + 12))
    };
    let known = |it: u32| romans.contains(&it) || hour(it);
    let mut added = more(&translation, &source);
    let hours: Vec<u32> = added.iter().filter_map(value).filter(|it| hour(*it)).collect();
    added.retain(|it| !value(it).is_some_and(known));
    // Small numbers are often written as words, and months as words too.
    let small = |it: &String| it.parse().is_ok_and(|it: u32| it <= 12);
    for number in &added {
        let fault = Diagnostic::warning("translation-number").with("kind", "adds");
        say("number", fault.with("item", number));
    }
    for number in lacking
        .iter()
        .filter(|it| !value(it).is_some_and(|it| hours.iter().any(|of| of + 12 == it)))
    {
        if !added.is_empty() || !small(number) {
            let fault = Diagnostic::warning("translation-number").with("kind", "lacks");
            say("number", fault.with("item", number));
        }
    }
}

/// The Roman numbers of a text: `XIXe` is written `19th` elsewhere.
fn romans(text: &str) -> Vec<u32> {
    let words = text.split(|it: char| !it.is_alphanumeric());
    let numeral =
        |word: &str| word.trim_end_matches(|it: char| it.is_lowercase()).to_owned();
    let value = |sign: char| match sign {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        'C' => 100,
        'D' => 500,
        'M' => 1000,
        _ => 0,
    };
    let number = |word: String| {
        let values: Vec<i64> = word.chars().map(value).collect();
        let sum: i64 = (0..values.len())
            .map(|it| match values.get(it + 1) {
                Some(next) if *next > values[it] => -values[it],
                _ => values[it],
            })
            .sum();
        (!values.contains(&0)).then_some(sum).and_then(|it| u32::try_from(it).ok())
    };
    words.map(numeral).filter(|it| !it.is_empty()).filter_map(number).collect()
}

fn spaces((source, translation): (&str, &str), say: &mut Say<'_>) {
    let ends = |text: &str| {
        (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace))
    };
    if ends(source) != ends(translation) {
        say("space", Diagnostic::warning("translation-space"));
    }
}

/// What a sign at the end of a text says, whatever the script.
fn meaning(text: &str) -> Option<char> {
    let closing = |it: char| {
        matches!(it, ')' | ']' | '"' | '»' | '”' | '’' | '\'' | '」' | '）')
            || it.is_whitespace()
    };
    let last = text.trim_end_matches(closing).chars().next_back()?;
    Some(match last {
        '.' | '。' | '।' | '։' | '۔' => '.',
        '!' | '！' | '՜' => '!',
        '?' | '？' | '؟' | '՞' => '?',
        ':' | '：' => ':',
        ';' | '；' | '؛' => ';',
        ',' | '，' | '،' | '、' => ',',
        '…' => '…',
        _ => return None,
    })
}

fn end(texts: &Texts, say: &mut Say<'_>) {
    let of = |text: &str| match text.trim_end().ends_with("...") {
        true => Some('…'),
        false => meaning(text),
    };
    let (wanted, found) = (of(&texts.source), of(&texts.translation));
    // Greek asks with a semicolon.
    let greek = wanted == Some('?') && found == Some(';');
    if wanted == found || greek {
        return;
    }
    let name = |it: Option<char>| it.map(String::from).unwrap_or_default();
    let kind = match (wanted, found) {
        (Some(_), None) => "lacks",
        (None, _) => "adds",
        (Some(_), Some(_)) => "other",
    };
    let fault = Diagnostic::warning("translation-end").with("kind", kind);
    say("end", fault.with("wanted", name(wanted)).with("found", name(found)));
}

fn doubled(texts: &Texts, say: &mut Say<'_>) {
    let Some(word) = first_doubled(&texts.translation) else { return };
    if first_doubled(&texts.source).is_none() {
        say("doubled", Diagnostic::warning("translation-doubled").with("word", word));
    }
}

/// The first word that stands twice with nothing but spaces between.
fn first_doubled(text: &str) -> Option<&str> {
    /// Words that may.
    const MAY: [&str; 5] = ["had", "that", "nous", "vous", "die"];
    let mut before = "";
    for word in text.split_whitespace() {
        // A sign may follow the second, not the first.
        let bare = word.trim_end_matches(|it: char| !it.is_alphabetic());
        let same =
            bare.len() == before.len() && bare.to_lowercase() == before.to_lowercase();
        let is_word = bare.chars().all(char::is_alphabetic) && bare.chars().count() > 1;
        if same && is_word && !MAY.contains(&bare.to_lowercase().as_str()) {
            return Some(before);
        }
        before = word;
    }
    None
}

fn untranslated(texts: &Texts, say: &mut Say<'_>) {
    let words = texts.source.split(|it: char| !it.is_alphabetic());
    let long = words.filter(|it| it.chars().count() > 1).count() > SAME_WORDS;
    // The same words have about the same length, whatever their typography.
    let (one, other) = (texts.source.len(), texts.translation.len());
    let alike = one.abs_diff(other) * 4 <= one.max(other);
    if long
        && alike
        && change::words_alone(&texts.source) == change::words_alone(&texts.translation)
    {
        say("untranslated", Diagnostic::warning("translation-untranslated"));
    }
}

fn glossary(texts: &Texts, glossary: &Glossary, say: &mut Say<'_>) {
    for term in glossary.terms_in(&texts.source) {
        if let Some(word) = term.forbidden_in(&texts.translation) {
            let fault = Diagnostic::warning("translation-term-forbidden");
            let fault = fault.with("term", &term.source).with("wanted", &term.target);
            say("glossary", fault.with("found", word));
        } else if !term.is_in(&texts.translation) {
            let fault = Diagnostic::warning("translation-term");
            say(
                "glossary",
                fault.with("term", &term.source).with("wanted", &term.target),
            );
        }
    }
}

/// What is set in one language as another one sets it.
fn typography(texts: &Texts, language: &Language, say: &mut Say<'_>) {
    let primary = language.as_str().split('-').next().unwrap_or_default();
    let text = texts.translation.as_str();
    let mut wrong = |kind: &str, found: String| {
        let fault = Diagnostic::warning("translation-typography").with("kind", kind);
        say("typography", fault.with("found", found));
    };
    let french = primary == "fr";
    let guillemets =
        ["fr", "it", "es", "pt", "ru", "uk", "el", "no", "nb", "nn", "ca", "oc", "br"];
    if !french && let Some(found) = spaced_sign(text) {
        wrong("space", found);
    }
    if primary == "en" && text.contains(['«', '»', '„']) {
        wrong("quotes", "« »".to_owned());
    }
    if guillemets.contains(&primary)
        && !texts.source.contains(['“', '”'])
        && french
        && text.contains(['“', '”'])
    {
        wrong("quotes", "“ ”".to_owned());
    }
    if primary == "es" {
        for (end, start) in [('?', '¿'), ('!', '¡')] {
            if text.contains(end) && !text.contains(start) {
                wrong("opening", end.to_string());
            }
        }
    }
}

/// A space before a sign that takes one in French alone.
fn spaced_sign(text: &str) -> Option<String> {
    let mut before = 'x';
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let space = matches!(before, ' ' | '\u{a0}' | '\u{202f}');
        let ends = signs.peek().is_none_or(|it| it.is_whitespace());
        if space && matches!(sign, ':' | ';' | '!' | '?') && ends {
            return Some(sign.to_string());
        }
        before = sign;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::line;

    fn said(language: &str, source: &str, translation: &str) -> Vec<&'static str> {
        let glossary =
            Glossary::read("-page = page\n", "-page = page\n    .forbidden = sheet\n");
        let language = Language::new(language);
        let rules = Rules { language: &language, glossary: &glossary.value };
        let (one, two) = (line::read(source).value, line::read(translation).value);
        let found = findings((source, translation), &one, &two, &rules);
        found.into_iter().map(|it| it.check).collect()
    }

    #[test]
    fn what_a_proof_reader_would_remark_is_remarked() {
        for (source, translation, check) in [
            ("En 2024.", "In 2023.", "number"),
            ("Il y a 45 mots.", "There are words.", "number"),
            ("Un mot.", " A word.", "space"),
            ("Un mot.", "A word", "end"),
            ("Un mot ?", "A word!", "end"),
            ("Un mot", "A word.", "end"),
            ("Le mot est là.", "The the word is there.", "doubled"),
            ("Le mot est bien là.", "Le mot est bien là.", "untranslated"),
            ("La page.", "The sheet.", "glossary"),
            ("La page.", "The site.", "glossary"),
            ("Un mot !", "A word !", "typography"),
            ("Le « mot ».", "The « word ».", "typography"),
        ] {
            let found = said("en", source, translation);
            assert!(found.contains(&check), "{source} → {translation}: {found:?}");
        }
    }

    #[test]
    fn what_is_right_is_not_remarked() {
        for (source, translation) in [
            ("Il y a 1 000 mots, 12,5 %.", "There are 1,000 words, 12.5%."),
            ("Trois mots en 3 pages.", "Three words in three pages."),
            ("À 10 h 30 le 1er mai.", "On 1 May at 10:30."),
            ("Au XIXe siècle.", "In the 19th century."),
            ("De 17 h à 18 h.", "From 5 to 6 pm."),
            ("Le « mot ».", "The “word”."),
            ("La Page d’accueil", "The home page"),
            ("Code `a a` là.", "Code `a a` there."),
            ("Fin...", "End…"),
            ("code.gouv.fr", "code.gouv.fr"),
        ] {
            assert_eq!(
                said("en", source, translation),
                [""; 0],
                "{source} → {translation}"
            );
        }
        assert_eq!(said("es", "Quoi ?", "¿Qué?"), [""; 0]);
        assert_eq!(said("ja", "Un mot.", "言葉。"), [""; 0]);
    }
}
