//! Whether a translation may stand in for its source.
//!
//! A translator changes words. A translation must hold, as often as its source and
//! exactly as they are written there: the links (by address and `{attributes}`), the
//! code, the images (by address), the calls of footnotes, and what is struck out or
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

use std::collections::BTreeSet;

use super::excerpt;
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::{Attributes, Inline, Style, text, walk},
    source::line,
};

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
    let mut faults = raw(source, translation);
    if !faults.is_empty() {
        return Err(faults);
    }
    let translated = line::read(translation);
    constructs(original, &translated, &mut faults);
    compare(&original.value, &translated.value, &mut faults);
    if faults.is_empty() { Ok(translated.value) } else { Err(faults) }
}

/// What can be said before the text is read.
fn raw(source: &str, translation: &str) -> Vec<Diagnostic> {
    let length = translation.chars().count();
    let most = source.chars().count() * MOST_TIMES + MOST_MORE;
    if length > most {
        let fault = Diagnostic::warning("translation-long");
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
        return vec![Diagnostic::warning("translation-paragraphs")];
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
    let said = translation.diagnostics.iter();
    let new: Vec<_> = said.filter(|it| !known.contains(&says(it))).cloned().collect();
    if !new.is_empty() {
        faults.push(Diagnostic::warning("translation-construct"));
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
        faults.push(Diagnostic::warning("translation-marks").with("kind", kind));
    }
    for sign in parts.signs.difference(&source_parts.signs) {
        faults.push(hidden(*sign));
    }
    if parts.is_empty && !source_parts.is_empty {
        faults.push(Diagnostic::warning("translation-empty"));
    }
}

fn hidden(sign: char) -> Diagnostic {
    let sign = format!("U+{:04X}", u32::from(sign));
    Diagnostic::warning("translation-hidden").with("character", sign)
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
            let fault = Diagnostic::warning(code).with("kind", part.0);
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
fn with_attributes(address: &str, attributes: &Attributes) -> String {
    let id = attributes.id.iter().map(|it| format!("#{it}"));
    let classes = attributes.classes.iter().map(|it| format!(".{it}"));
    let all: Vec<_> = id.chain(classes).collect();
    if all.is_empty() {
        address.to_owned()
    } else {
        format!("{address}{{{}}}", all.join(" "))
    }
}
