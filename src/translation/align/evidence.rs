//! What speaks for two texts of two pages being the same in two languages, as the
//! logarithm of how much more likely it is than for two texts that are not.

use crate::{
    diagnostic::Place,
    document::{Document, Inline, Role, text, walk},
    translation::unit,
};

/// How much the length of a translation varies, in characters by character of the source
/// (Gale and Church, 1993).
const VARIANCE: f64 = 6.8;

/// A text of a page, and what translation leaves of it as it is. All lists are sorted.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// What it is to its page.
    role: Role,
    /// Where it stands.
    pub(super) place: Place,
    /// The text.
    pub(super) inlines: Vec<Inline>,
    /// How many characters a reader reads.
    pub(super) length: usize,
    /// Addresses of links and images, code, notes: without what depends on a language.
    things: Vec<String>,
    /// Numbers, without the signs that depend on a language.
    numbers: Vec<String>,
    /// Names, which have a capital inside a sentence, and acronyms.
    names: Vec<String>,
    /// How the words begin, without accents: `communauté` and `community` do alike.
    roots: Vec<String>,
    /// The words, in small letters.
    plain: String,
}

/// The texts of a page that are to be paired.
pub(super) fn units(document: &Document) -> Vec<Unit> {
    let mut units = Vec::new();
    walk::texts(document, &mut |role, text| {
        if unit::is_unit(text) {
            units.push(Unit::new(role, text.place, text.inlines.clone()));
        }
    });
    units
}

impl Unit {
    fn new(role: Role, place: Place, inlines: Vec<Inline>) -> Self {
        let plain = text::plain(&inlines);
        let mut things = Vec::new();
        walk::inlines(&inlines, &mut |inline| things.extend(thing(inline)));
        things.sort();
        let length = plain.chars().filter(|it| !it.is_whitespace()).count();
        let (numbers, names, roots) = (numbers(&plain), names(&plain), roots(&plain));
        let plain = plain.to_lowercase();
        Self { role, place, inlines, length, things, numbers, names, roots, plain }
    }

    /// Two texts that follow one another, as one.
    pub(super) fn and(&self, next: &Self) -> Self {
        let both = |one: &[String], other: &[String]| {
            let mut all = [one, other].concat();
            all.sort();
            all
        };
        Self {
            role: self.role.clone(),
            place: self.place,
            inlines: Vec::new(),
            length: self.length + next.length,
            things: both(&self.things, &next.things),
            numbers: both(&self.numbers, &next.numbers),
            names: both(&self.names, &next.names),
            roots: both(&self.roots, &next.roots),
            plain: format!("{} {}", self.plain, next.plain),
        }
    }

    /// Whether two texts that follow one another may be one text of the other page.
    pub(super) fn goes_with(&self, next: &Self) -> bool {
        let is_prose = |it: &Role| matches!(it, Role::Paragraph | Role::Item);
        is_prose(&self.role) && self.role == next.role
    }
}

/// What speaks for a pair; `ratio` is how long the translation is by length of source.
pub(super) fn of(source: &Unit, target: &Unit, ratio: f64) -> f64 {
    let same = if source.plain == target.plain { 3.0 } else { 0.0 };
    same + role(&source.role, &target.role)
        + length(source.length, target.length, ratio)
        + shared(&source.things, &target.things, 4.0, 1.2)
        + shared(&source.numbers, &target.numbers, 2.5, 1.5)
        + shared(&source.names, &target.names, 2.0, 0.3)
        + alike(&source.roots, &target.roots)
}

fn role(source: &Role, target: &Role) -> f64 {
    match (source, target) {
        (Role::Heading(one), Role::Heading(other)) if one == other => 1.5,
        (Role::Heading(_), Role::Heading(_)) => 0.5,
        (Role::Title | Role::Description, _) | (_, Role::Title | Role::Description) => {
            if source == target {
                3.0
            } else {
                -6.0
            }
        }
        (
            Role::Cell { column, header },
            Role::Cell { column: other, header: other_header },
        ) => match (column == other, header == other_header) {
            (true, true) => 1.0,
            (true, false) => 0.0,
            (false, _) => -2.5,
        },
        (one, other) if one == other => match one {
            Role::Paragraph | Role::Item => 0.5,
            _ => 1.5,
        },
        (Role::Paragraph, Role::Item) | (Role::Item, Role::Paragraph) => -2.0,
        _ => -4.0,
    }
}

/// How much more likely two lengths are of one text than of any two: at most 1, and
/// worse the more they differ.
fn length(source: usize, target: usize, ratio: f64) -> f64 {
    let (source, target) = (count(source), count(target));
    let mean = (source + target / ratio) / 2.0;
    // Short texts vary more than their lengths say.
    let delta = (target - source * ratio) / (VARIANCE * (mean + 4.0)).sqrt();
    1.0 - delta * delta / 2.0
}

/// What two sorted lists share speaks for a pair, and what one of them alone has against
/// it.
fn shared(source: &[String], target: &[String], most: f64, least: f64) -> f64 {
    if source.is_empty() && target.is_empty() {
        return 0.0;
    }
    let common = count(common(source, target));
    let union = count(source.len() + target.len()) - common;
    // Several things in common say more than one.
    let weight = most * (1.0 + common.max(1.0).ln() / 2.0);
    let part = common / union;
    part * weight - (1.0 - part) * least * (1.0 + union.ln() / 2.0)
}

/// The part of their words that begin alike: about a fifth in a translation between
/// languages that are near, a twentieth in two texts that have nothing to do with each
/// other, nothing between languages that are far.
fn alike(source: &[String], target: &[String]) -> f64 {
    let all = count(source.len() + target.len());
    if all < 1.0 {
        return 0.0;
    }
    let dice = 2.0 * count(common(source, target)) / all;
    // The more words there are, the more their absence says.
    let weight = (all / 2.0).sqrt().min(6.0);
    ((dice - 0.09) * 5.0 * weight).clamp(-1.2, 6.0)
}

fn common(source: &[String], target: &[String]) -> usize {
    let (mut at, mut other, mut shared) = (0, 0, 0);
    while at < source.len() && other < target.len() {
        match source[at].cmp(&target[other]) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                (at, other, shared) = (at + 1, other + 1, shared + 1);
            }
        }
    }
    shared
}

#[expect(clippy::cast_precision_loss, reason = "a text has less than 2^52 characters")]
fn count(number: usize) -> f64 {
    number as f64
}

/// What an inline leads to or holds that no translation changes.
fn thing(inline: &Inline) -> Option<String> {
    match inline {
        Inline::Link(link) => Some(neutral(&link.address)),
        Inline::Image(image) => Some(neutral(&image.address)),
        Inline::Code(code) => Some(format!("`{code}")),
        Inline::Math(formula) => Some(format!("$`{}", formula.latex)),
        Inline::Footnote(note) => Some(format!("^{}", note.label)),
        Inline::Text(_)
        | Inline::SoftBreak
        | Inline::HardBreak
        | Inline::Styled(..)
        | Inline::Span(_) => None,
    }
}

/// An address without what depends on a language: `/en/a/`, `../a/index.md` and
/// `https://fr.a.example/` have the same form as their other halves.
pub(super) fn neutral(address: &str) -> String {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let address = address.trim_end_matches(".md").trim_end_matches("index");
    let is_language = |part: &str| {
        let (primary, region) = part.split_once(['-', '_']).unwrap_or((part, ""));
        primary.len() == 2
            && primary.chars().all(|it| it.is_ascii_lowercase())
            && (region.is_empty() || region.len() == 2)
    };
    let parts = address.split('/').filter(|it| {
        !it.is_empty()
            && !matches!(*it, "." | ".." | "https:" | "http:")
            && !is_language(it)
    });
    let parts = parts.map(|it| {
        let host = it.split_once('.').filter(|it| is_language(it.0) || it.0 == "www");
        host.map_or(it, |it| it.1)
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Digits that stand together, with the signs between them that a language chooses left
/// out: `1 234,5`, `1,234.5` and `1.234,5` are one number.
fn numbers(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().collect();
    let mut numbers = Vec::new();
    let mut number = String::new();
    for (place, sign) in signs.iter().enumerate() {
        if sign.is_ascii_digit() {
            number.push(*sign);
        } else if !number.is_empty() && !joins(*sign, &signs[place + 1..], &number) {
            numbers.push(std::mem::take(&mut number));
        }
    }
    if !number.is_empty() {
        numbers.push(number);
    }
    numbers.sort();
    numbers
}

/// Whether a sign after these digits is inside a number.
fn joins(sign: char, after: &[char], before: &str) -> bool {
    let digits = after.iter().take_while(|it| it.is_ascii_digit()).count();
    match sign {
        ',' | '.' | '\u{a0}' | '\u{202f}' | '\u{2009}' => digits > 0,
        // A space that was typed: only where thousands are.
        ' ' => digits == 3 && !before.starts_with("20") && !before.starts_with("19"),
        _ => false,
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty())
}

/// Words with a capital that do not begin a sentence, and words with two capitals.
fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut before = '.';
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let gap = rest[..start].chars().rev().find(|it| !it.is_whitespace());
        let opens = gap.is_none_or(|it| !".!?:«“(".contains(it));
        let begins = !opens || before == '.';
        let word = &rest[start..];
        let end = word.find(|it: char| !it.is_alphanumeric()).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        let capitals = word.chars().filter(|it| it.is_uppercase()).count();
        let first = word.starts_with(char::is_uppercase);
        if capitals > 1 || first && !begins && word.chars().count() > 2 {
            names.push(word.to_lowercase());
        }
        before = ' ';
        rest = after;
    }
    names.sort();
    names.dedup();
    names
}

/// The first letters of the longer words, without accents.
fn roots(text: &str) -> Vec<String> {
    let mut roots: Vec<String> = words(text)
        .map(plain_letters)
        .filter(|it| it.len() >= 4)
        .map(|it| it.chars().take(5).collect())
        .collect();
    roots.sort();
    roots.dedup();
    roots
}

fn plain_letters(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let letters = word.nfd().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect::<String>().replace('œ', "oe")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_in_two_languages() {
        for (one, other) in [
            ("/fr/a/b/", "/en/a/b"),
            ("https://fr.a.example/x", "https://en.a.example/x"),
            ("../a/index.md#ici", "../a/#here"),
        ] {
            assert_eq!(neutral(one), neutral(other));
        }
        assert_ne!(neutral("/a/"), neutral("/b/"));
    }

    #[test]
    fn a_number_is_the_same_in_two_languages() {
        assert_eq!(numbers("1 234 567,5 et 12 %"), ["12", "12345675"]);
        assert_eq!(numbers("1,234,567.5 and 12%"), ["12", "12345675"]);
        assert_eq!(numbers("en 2024."), ["2024"]);
    }

    #[test]
    fn names_stand_inside_a_sentence() {
        assert_eq!(
            names("Le site de la DINUM. Paris accueille Blender."),
            ["blender", "dinum"]
        );
    }

    #[test]
    fn words_of_one_root_begin_alike() {
        assert_eq!(roots("la communauté"), roots("commune"));
    }
}
