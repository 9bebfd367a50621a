//! Whether a translation may stand in for its source.
//!
//! A translator changes words. A translation must hold, as often as its source and
//! exactly as they are written there: the links (by address and `{attributes}`), the
//! code, the formulas, the images (by address), the calls of footnotes, and what is struck out or
//! inserted, since a deletion that is shown as valid says the opposite. A link that has
//! words and an image that has an alternative text keep them.
//!
//! Other ways of setting words apart (emphasis, raised letters, language spans, line
//! breaks …) may be left out or repeated, because languages differ: French needs no
//! emphasis on an English term that English would not mark. One that the source does
//! not have at all may not be brought in, nor may an identifier or a class.
//!
//! It may not hold anything that a reader cannot see and a program can misread: control
//! characters, marks that reorder text and are not in the source, a text many times
//! longer than its source, several paragraphs.
//!
//! A translation that is its source, sign for sign, always passes.
//!
//! Each check has a name, and a flag of the entry switches it off (`no-check-link`), as
//! `no-c-format` does in gettext. What keeps strange markup, addresses and signs out of
//! the pages cannot be switched off: see [`LAWS`].

use std::collections::{BTreeMap, BTreeSet};

use super::{
    excerpt,
    proofreading::{self, Rules},
};
use crate::{
    diagnostic::{Checked, Diagnostic, Severity},
    document::{Attributes, Inline, Style, text, walk},
    source::line,
};

/// The checks that a flag can switch off, those of the proof-reader included.
pub const CHECKS: [&str; 19] = [
    "link",
    "code",
    "image",
    "footnote",
    "formula",
    "placeholder",
    "tag",
    "attributes",
    "marks",
    "paragraphs",
    "empty",
    "number",
    "space",
    "end",
    "doubled",
    "untranslated",
    "glossary",
    "typography",
    "stray",
];

/// The checks that nothing switches off: what they find must never reach a page.
pub const LAWS: [&str; 4] = ["markup", "foreign", "hidden", "length"];

/// What a flag that switches a check off begins with.
const OFF: &str = "no-check-";

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the check.
    pub check: &'static str,
    /// What is wrong; as an error, it keeps the translation from being shown.
    pub diagnostic: Diagnostic,
}

impl Finding {
    /// Whether it keeps the translation from being shown.
    pub fn is_error(&self) -> bool {
        self.diagnostic.severity == Severity::Error
    }
}

/// What was found of a translation.
pub(super) struct Examined {
    /// It, when it may be shown.
    pub(super) inlines: Option<Vec<Inline>>,
    /// What was found, errors first.
    pub(super) findings: Vec<Finding>,
}

/// Everything that the checks say of a translation, both given as Markdown. An empty
/// translation has no fault.
pub fn findings(
    source: &str,
    translation: &str,
    flags: &[String],
    rules: &Rules<'_>,
) -> Vec<Finding> {
    if translation.trim().is_empty() {
        return Vec::new();
    }
    examine(source, &line::read(source), translation, flags, Some(rules)).findings
}

/// The same for a source that was read already, in its page.
pub(super) fn findings_of(
    source: &str,
    inlines: &[Inline],
    translation: &str,
    flags: &[String],
    rules: &Rules<'_>,
) -> Vec<Finding> {
    let original = Checked::fine(inlines.to_vec());
    let found = examine(source, &original, translation, flags, Some(rules)).findings;
    // What the source has of strange constructs, its translation may have too; that was
    // said where the page was read.
    match found.iter().any(|it| it.diagnostic.code == "translation-construct") {
        true => findings(source, translation, flags, rules),
        false => found,
    }
}

/// Reads a translation of this source and says all that there is to say of it; without
/// rules, only what keeps it from being shown. The diagnostics have no place yet.
pub(super) fn examine(
    source: &str,
    original: &Checked<Vec<Inline>>,
    translation: &str,
    flags: &[String],
    rules: Option<&Rules<'_>>,
) -> Examined {
    let is_off = |check: &str| {
        let off = |flag: &String| flag.strip_prefix(OFF) == Some(check);
        CHECKS.contains(&check) && flags.iter().any(off)
    };
    let (inlines, faults) = examine_strictly(source, original, translation);
    let mut findings: Vec<Finding> = Vec::new();
    for diagnostic in faults {
        let check = name(&diagnostic);
        if !is_off(check) {
            findings.push(Finding { check, diagnostic });
        }
    }
    let refused = findings.iter().any(Finding::is_error);
    if let (Some(rules), Some(inlines)) = (rules, &inlines) {
        let more = proofreading::findings(
            (source, translation),
            &original.value,
            inlines,
            rules,
        );
        findings.extend(more.into_iter().filter(|it| !is_off(it.check)));
    }
    Examined { inlines: inlines.filter(|_| !refused), findings }
}

/// The flags that would switch off a check that there is not.
pub(super) fn unknown_flags(flags: &[String]) -> impl Iterator<Item = &str> {
    let checks = flags.iter().filter_map(|it| it.strip_prefix(OFF));
    checks.filter(|it| !CHECKS.contains(it))
}

/// The name of the check that says this.
fn name(diagnostic: &Diagnostic) -> &'static str {
    let kind = diagnostic.args.iter().find(|it| it.0 == "kind");
    let kind = kind.map(|it| it.1.as_str()).unwrap_or_default();
    match diagnostic.code {
        "translation-lacks" => match kind {
            "link" | "link-words" => "link",
            "code" => "code",
            "math" => "formula",
            "image" | "image-words" => "image",
            "footnote" => "footnote",
            "deleted" | "inserted" => "marks",
            _ => "attributes",
        },
        "translation-adds" => "foreign",
        "translation-marks" => "marks",
        "translation-hidden" => "hidden",
        "translation-long" => "length",
        "translation-paragraphs" => "paragraphs",
        "translation-empty" => "empty",
        "translation-placeholder" => "placeholder",
        "translation-tag" => "tag",
        _ => "markup",
    }
}

/// How much longer than its source a translation may be.
const MOST_TIMES: usize = 10;
/// What it may have on top of that, so that short words can have long translations.
const MOST_MORE: usize = 1000;

/// Reads a translation of this source, which is given as Markdown and as what was read
/// of it; or says why it may not be shown. The diagnostics have no place yet.
pub(super) fn read(
    source: &str,
    original: &Checked<Vec<Inline>>,
    translation: &str,
) -> Result<Vec<Inline>, Vec<Diagnostic>> {
    match examine_strictly(source, original, translation) {
        (Some(inlines), faults) if faults.is_empty() => Ok(inlines),
        (_, faults) => Err(faults),
    }
}

/// The translation as it is read, where it is worth reading, and all that keeps it from
/// being shown.
fn examine_strictly(
    source: &str,
    original: &Checked<Vec<Inline>>,
    translation: &str,
) -> (Option<Vec<Inline>>, Vec<Diagnostic>) {
    let mut faults = raw(source, translation);
    if faults.iter().any(|it| it.code != "translation-paragraphs") {
        return (None, faults);
    }
    let translated = line::read(translation);
    constructs(original, &translated, &mut faults);
    compare(&original.value, &translated.value, &mut faults);
    placeholders(&original.value, &translated.value, &mut faults);
    tags(source, translation, &mut faults);
    (Some(translated.value), faults)
}

/// Names in braces and the like, which a program will replace.
fn placeholders(source: &[Inline], translation: &[Inline], faults: &mut Vec<Diagnostic>) {
    let (source, translation) = (text::plain(source), text::plain(translation));
    let (wanted, found) = (placeholders_of(&source), placeholders_of(&translation));
    let mut say = |kind: &str, item: &str| {
        let fault = Diagnostic::error("translation-placeholder").with("kind", kind);
        faults.push(fault.with("item", excerpt(item)));
    };
    let none = 0;
    for (item, count) in &wanted {
        if found.get(item).unwrap_or(&none) < count {
            say("lacks", item);
        }
    }
    for (item, count) in &found {
        if wanted.get(item).unwrap_or(&none) < count {
            say("adds", item);
        }
    }
}

fn placeholders_of(text: &str) -> BTreeMap<&str, usize> {
    let mut found = BTreeMap::new();
    for (at, sign) in text.char_indices() {
        let rest = &text[at..];
        let length = match sign {
            '{' => braces(rest),
            '%' => percent(rest),
            _ => None,
        };
        if let Some(length) = length {
            *found.entry(&rest[..length]).or_default() += 1;
        }
    }
    found
}

/// The length of `{name}`, `{ $name }` or `{0}`.
fn braces(text: &str) -> Option<usize> {
    let end = text.find('}')?;
    let name = text[1..end].trim().trim_start_matches('$');
    let fine = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.');
    (!name.is_empty() && name.chars().all(fine)).then_some(end + 1)
}

/// The length of `%s`, `%1$d` or `%(name)s`.
fn percent(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('%')?;
    let position = rest.trim_start_matches(|it: char| it.is_ascii_digit());
    let rest = match rest.strip_prefix('(').and_then(|it| it.split_once(')')) {
        Some((_, rest)) => rest,
        None => position.strip_prefix('$').unwrap_or(rest),
    };
    let mut signs = rest.chars();
    let fits = matches!(signs.next(), Some('s' | 'd' | 'i' | 'f' | 'u' | 'x'));
    // A word that happens to follow a percent sign is a word.
    let ends = signs.next().is_none_or(|it| !it.is_alphanumeric());
    (fits && ends).then(|| text.len() - rest.len() + 1)
}

/// Tags that are opened and not closed, or closed and not opened.
fn tags(source: &str, translation: &str, faults: &mut Vec<Diagnostic>) {
    if !translation.contains('<') || unbalanced(source).is_some() {
        return;
    }
    if let Some(tag) = unbalanced(translation) {
        faults.push(Diagnostic::error("translation-tag").with("tag", excerpt(tag)));
    }
}

/// The first tag without its other half; code and escaped signs are no tags.
fn unbalanced(text: &str) -> Option<&str> {
    const VOID: [&str; 5] = ["br", "img", "wbr", "hr", "input"];
    let mut open: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        let rest = &text[at..];
        at += sign.len_utf8();
        match sign {
            '\\' => at += text[at..].chars().next().map_or(0, char::len_utf8),
            '`' => {
                let fence = rest.len() - rest.trim_start_matches('`').len();
                let close = rest[fence..].find(&rest[..fence]);
                at += fence - 1 + close.map_or(0, |it| it + fence);
            }
            '<' => {
                let closes = rest[1..].starts_with('/');
                let inner = &rest[if closes { 2 } else { 1 }..];
                let length = inner.find(|it: char| !it.is_ascii_alphanumeric());
                let name = &inner[..length.unwrap_or(inner.len())];
                let after = inner[name.len()..].chars().next();
                let is_tag = name.starts_with(|it: char| it.is_ascii_alphabetic())
                    && after
                        .is_some_and(|it| it == '>' || it == '/' || it.is_whitespace());
                let Some(end) = rest.find('>').filter(|_| is_tag) else { continue };
                let closed = rest[..end].ends_with('/');
                at += end;
                if closes {
                    if open.pop() != Some(name) {
                        return Some(name);
                    }
                } else if !closed && !VOID.contains(&name.to_ascii_lowercase().as_str()) {
                    open.push(name);
                }
            }
            _ => {}
        }
    }
    open.pop()
}

/// What can be said before the text is read.
fn raw(source: &str, translation: &str) -> Vec<Diagnostic> {
    let length = translation.chars().count();
    let most = source.chars().count() * MOST_TIMES + MOST_MORE;
    if length > most {
        let fault = Diagnostic::error("translation-long");
        return vec![fault.with("number", length).with("limit", most)];
    }
    let signs = |text: &str| text.chars().filter(|it| is_hidden(*it)).collect();
    let (known, mut found): (BTreeSet<char>, BTreeSet<char>) =
        (signs(source), signs(translation));
    found.retain(|it| !known.contains(it));
    if !found.is_empty() {
        return found.into_iter().map(hidden).collect();
    }
    let mut lines = translation.trim().lines().map(str::trim);
    if lines.any(str::is_empty) && !source.trim().lines().any(|it| it.trim().is_empty()) {
        return vec![Diagnostic::error("translation-paragraphs")];
    }
    Vec::new()
}

/// What the reader of Markdown says of the translation and not of its source.
fn constructs(
    source: &Checked<Vec<Inline>>,
    translation: &Checked<Vec<Inline>>,
    faults: &mut Vec<Diagnostic>,
) {
    let says = |it: &Diagnostic| (it.code, it.args.clone());
    let known: Vec<_> = source.diagnostics.iter().map(says).collect();
    // What is read as it was meant is no fault.
    let said = translation.diagnostics.iter();
    let said = said.filter(|it| it.code != "address-with-spaces");
    let new: Vec<_> = said.filter(|it| !known.contains(&says(it))).cloned().collect();
    if !new.is_empty() {
        faults.push(Diagnostic::error("translation-construct"));
        faults.extend(new);
    }
}

/// Compares what the two are made of.
pub(super) fn compare(
    source: &[Inline],
    translation: &[Inline],
    faults: &mut Vec<Diagnostic>,
) {
    let (source_parts, parts) = (Parts::of(source), Parts::of(translation));
    differences("translation-lacks", &source_parts.exact, &parts.exact, faults);
    differences("translation-adds", &parts.exact, &source_parts.exact, faults);
    for kind in parts.styles.difference(&source_parts.styles) {
        faults.push(Diagnostic::error("translation-marks").with("kind", kind));
    }
    for sign in parts.signs.difference(&source_parts.signs) {
        faults.push(hidden(*sign));
    }
    if parts.is_empty && !source_parts.is_empty {
        faults.push(Diagnostic::error("translation-empty"));
    }
}

fn hidden(sign: char) -> Diagnostic {
    let sign = format!("U+{:04X}", u32::from(sign));
    Diagnostic::error("translation-hidden").with("character", sign)
}

/// What the first has more often than the second.
fn differences(
    code: &'static str,
    these: &[(&'static str, String)],
    those: &[(&'static str, String)],
    faults: &mut Vec<Diagnostic>,
) {
    let mut those = those.iter().peekable();
    for part in these {
        while those.next_if(|it| *it < part).is_some() {}
        if those.next_if_eq(&part).is_none() {
            let fault = Diagnostic::error(code).with("kind", part.0);
            faults.push(fault.with("item", excerpt(&part.1)));
        }
    }
}

/// What a line is made of, but for its words.
#[derive(Default)]
struct Parts {
    /// What must be the same, sorted: its kind and which it is.
    exact: Vec<(&'static str, String)>,
    /// What may be left out or repeated, but not brought in.
    styles: BTreeSet<&'static str>,
    /// Signs that are not seen.
    signs: BTreeSet<char>,
    /// Whether there is nothing to read or see.
    is_empty: bool,
}

impl Parts {
    fn of(inlines: &[Inline]) -> Self {
        let mut parts = Self { is_empty: true, ..Self::default() };
        walk::inlines(inlines, &mut |inline| parts.add(inline));
        parts.exact.sort();
        parts
    }

    fn add(&mut self, inline: &Inline) {
        match inline {
            Inline::Text(text) => self.words(text),
            Inline::SoftBreak => {}
            Inline::HardBreak => self.style("break"),
            Inline::Styled(style, _) => self.styled(style),
            Inline::Code(code) => {
                self.words(code);
                self.exact("code", code);
            }
            Inline::Math(formula) => {
                self.is_empty = false;
                self.exact("math", &formula.latex);
            }
            Inline::Link(link) => {
                self.exact("link", &with_attributes(&link.address, &link.attributes));
                self.words(link.title.as_deref().unwrap_or_default());
                if !text::plain(&link.inlines).trim().is_empty() {
                    self.exact("link-words", &link.address);
                }
            }
            Inline::Image(image) => {
                self.is_empty = false;
                self.exact("image", &with_attributes(&image.address, &image.attributes));
                self.words(image.title.as_deref().unwrap_or_default());
                self.words(&image.alternative);
                if !image.alternative.trim().is_empty() {
                    self.exact("image-words", &image.address);
                }
            }
            Inline::Footnote(note) => {
                self.is_empty = false;
                self.exact("footnote", &note.label);
            }
            Inline::Span(span) => {
                if span.language.is_some() || span.attributes.language.is_some() {
                    self.style("language");
                }
                let attributes = with_attributes("", &span.attributes);
                if !attributes.is_empty() {
                    self.exact("attributes", &attributes);
                }
            }
        }
    }

    fn styled(&mut self, style: &Style) {
        match style {
            Style::Emphasis => self.style("emphasis"),
            Style::Strong => self.style("strong"),
            Style::Deleted => self.exact("deleted", ""),
            Style::Inserted => self.exact("inserted", ""),
            Style::Superscript => self.style("superscript"),
            Style::Subscript => self.style("subscript"),
            Style::Highlight => self.style("highlight"),
            Style::Small => self.style("small"),
            Style::Keyboard => self.style("keyboard"),
            Style::Cite => self.style("cite"),
            Style::Quoted => self.style("quoted"),
            Style::Abbreviation(full) => {
                self.words(full.as_deref().unwrap_or_default());
                self.style("abbreviation");
            }
            Style::Time(moment) => self.exact("time", moment),
        }
    }

    fn exact(&mut self, kind: &'static str, which: &str) {
        self.signs(which);
        self.exact.push((kind, which.to_owned()));
    }

    fn style(&mut self, kind: &'static str) {
        self.styles.insert(kind);
    }

    fn words(&mut self, words: &str) {
        self.is_empty &= words.trim().is_empty();
        self.signs(words);
    }

    fn signs(&mut self, text: &str) {
        self.signs.extend(text.chars().filter(|it| is_hidden(*it)));
    }
}

/// Whether a sign is not seen and changes what is seen, or how a program reads it.
fn is_hidden(sign: char) -> bool {
    match sign {
        '\n' | '\t' | '\r' => false,
        // Marks that reorder what comes after them, and line ends under other names.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => {
            true
        }
        // Letters that no longer are: the file was not read in its own encoding.
        '\u{fffd}' => true,
        // Tags, which carry a text of their own.
        '\u{e0000}'..='\u{e007f}' => true,
        _ => sign.is_control(),
    }
}

/// An address and the attributes that count: the language of a link's target may differ.
pub(super) fn with_attributes(address: &str, attributes: &Attributes) -> String {
    let id = attributes.id.iter().map(|it| format!("#{it}"));
    let classes = attributes.classes.iter().map(|it| format!(".{it}"));
    let all: Vec<_> = id.chain(classes).collect();
    if all.is_empty() {
        address.to_owned()
    } else {
        format!("{address}{{{}}}", all.join(" "))
    }
}
