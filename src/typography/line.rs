//! The words of a text as one row of signs, whatever elements they stand in.
//!
//! A rule sees `l'*eau*` as `l'eau`. What is no prose (code, an image, a call of a note,
//! words in another language) is one sign without a meaning.

use super::{Profile, Rules, english, french, frozen, quotes, words};
use crate::document::{Inline, Language, Link, Span, Style};

/// What stands for something that is no prose.
pub(super) const OBJECT: char = '\u{fffc}';

/// A sign of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// The sign.
    pub(super) letter: char,
    /// The number of the inline that it stands in.
    leaf: u32,
    /// Whether it stays as it is.
    pub(super) frozen: bool,
    /// Whether it is raised, or is to be.
    pub(super) raised: bool,
}

impl Sign {
    /// The same place with another sign.
    pub(super) fn with(self, letter: char) -> Self {
        Self { letter, ..self }
    }
}

/// A row of signs.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// The signs.
    pub(super) signs: Vec<Sign>,
    leaves: u32,
    is_notable: bool,
    is_suspect: bool,
}

/// Whether a text holds anything that a rule could change: one look tells for most.
pub(super) fn is_notable(text: &str) -> bool {
    // The first bytes of `«`, `’` and their like, and the `M` of titles among them.
    let is_notable = |it: u8| {
        matches!(
            it,
            b'\'' | b'"' | b';' | b':' | b'!' | b'?' | b'%' | b'0'
                ..=b'9' | b'I' | b'V' | b'X' | b'M' | 0xc2 | 0xe2
        )
    };
    text.bytes().any(is_notable) || text.contains("...")
}

impl Row {
    /// Adds an inline's words.
    pub(super) fn push_text(&mut self, text: &str, raised: bool) {
        let leaf = self.leaves;
        self.is_notable |= is_notable(text);
        self.is_suspect |= frozen::is_suspect(text);
        let signs = text.chars();
        let signs = signs.map(|letter| Sign { letter, leaf, frozen: false, raised });
        self.signs.extend(signs);
        self.leaves += 1;
    }

    fn push_object(&mut self, letter: char) {
        let leaf = self.leaves;
        self.signs.push(Sign { letter, leaf, frozen: true, raised: false });
        self.leaves += 1;
    }

    /// Sets the row; says whether that changed something.
    pub(super) fn set(&mut self, profile: Profile) -> bool {
        if !self.is_notable {
            return false;
        }
        if self.is_suspect {
            frozen::freeze(&mut self.signs);
        }
        let marks = match profile {
            Profile::Off => return false,
            Profile::English => quotes::ENGLISH,
            Profile::FrenchFrance | Profile::FrenchEurope | Profile::FrenchCanada => {
                quotes::FRENCH
            }
        };
        // A space that is set or taken away can show that two more marks are a pair: again,
        // until none is found.
        let mut changed = false;
        loop {
            let paired = quotes::pair(&mut self.signs, marks);
            changed |= paired;
            changed |= match french::Spaces::of(profile) {
                Some(spaces) => french::set(&mut self.signs, &spaces),
                None => english::set(&mut self.signs),
            };
            if !quotes::has_pair(&self.signs) {
                return changed;
            }
        }
    }
}

/// Sets the words of a text that is in this language.
pub(super) fn set(inlines: &mut Vec<Inline>, language: &Language, rules: &Rules) {
    let profile = rules.profile(language);
    let mut reading = Reading { rules, language, profile, row: Row::default() };
    reading.inlines(inlines, false);
    let Reading { mut row, .. } = reading;
    if profile != Profile::Off && row.set(profile) {
        write(inlines, &mut Written { row: &row, language, leaf: 0, at: 0 });
    }
}

/// A reading of a text into a row.
struct Reading<'a> {
    rules: &'a Rules,
    language: &'a Language,
    profile: Profile,
    row: Row,
}

impl Reading<'_> {
    fn inlines(&mut self, inlines: &mut [Inline], raised: bool) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.row.push_text(text, raised),
                Inline::SoftBreak => self.row.push_text(" ", raised),
                Inline::HardBreak => self.row.push_object('\n'),
                Inline::Code(_) | Inline::Math(_) | Inline::Footnote(_) => {
                    self.row.push_object(OBJECT);
                }
                Inline::Image(image) => {
                    self.plain(&mut image.alternative);
                    image.title.iter_mut().for_each(|it| self.plain(it));
                    self.row.push_object(OBJECT);
                }
                Inline::Styled(style, inner) => {
                    if let Style::Abbreviation(Some(meaning)) = style {
                        self.plain(meaning);
                    }
                    match is_prose(style) {
                        true => self.inlines(inner, *style == Style::Superscript),
                        false => self.row.push_object(OBJECT),
                    }
                }
                Inline::Link(link) => {
                    link.title.iter_mut().for_each(|it| self.plain(it));
                    match is_bare(link) {
                        true => self.row.push_object(OBJECT),
                        false => {
                            let own = link_language(link).cloned();
                            self.part(&mut link.inlines, own);
                        }
                    }
                }
                Inline::Span(span) => {
                    let own = span_language(span).cloned();
                    self.part(&mut span.inlines, own);
                }
            }
        }
    }

    /// A part that may be in another language: then it is set by itself.
    fn part(&mut self, inlines: &mut Vec<Inline>, language: Option<Language>) {
        match language.filter(|it| it != self.language) {
            None => self.inlines(inlines, false),
            Some(language) => {
                set(inlines, &language, self.rules);
                self.row.push_object(OBJECT);
            }
        }
    }

    fn plain(&self, text: &mut String) {
        if let std::borrow::Cow::Owned(set) = words(text, self.profile) {
            *text = set;
        }
    }
}

/// Whether the words of a style are words.
fn is_prose(style: &Style) -> bool {
    *style != Style::Keyboard
}

/// Whether the words of a link are its address.
fn is_bare(link: &Link) -> bool {
    let [Inline::Text(words)] = link.inlines.as_slice() else { return false };
    let words = words.trim();
    let schemes = ["", "https://", "http://", "mailto:", "tel:"];
    schemes.iter().any(|scheme| link.address.strip_prefix(scheme) == Some(words))
}

fn link_language(link: &Link) -> Option<&Language> {
    link.attributes.language.as_ref()
}

fn span_language(span: &Span) -> Option<&Language> {
    span.language.as_ref().or(span.attributes.language.as_ref())
}

/// A row that goes back into its text: the way of [`Reading::inlines`] again.
struct Written<'a> {
    row: &'a Row,
    language: &'a Language,
    leaf: u32,
    at: usize,
}

impl<'a> Written<'a> {
    /// The signs of the next inline.
    fn next(&mut self) -> &'a [Sign] {
        let rest = &self.row.signs[self.at..];
        let end = rest.iter().position(|it| it.leaf != self.leaf).unwrap_or(rest.len());
        self.leaf += 1;
        self.at += end;
        &rest[..end]
    }

    /// Whether a part was one sign for being in another language.
    fn is_foreign(&self, language: Option<&Language>) -> bool {
        language.is_some_and(|it| it != self.language)
    }
}

fn write(inlines: &mut Vec<Inline>, from: &mut Written<'_>) {
    let mut out = Vec::with_capacity(inlines.len());
    for mut inline in inlines.drain(..) {
        match &mut inline {
            Inline::Text(text) => {
                let signs = from.next();
                if signs.iter().any(|it| it.raised != signs[0].raised) {
                    out.extend(runs(signs));
                    continue;
                }
                text.clear();
                text.extend(signs.iter().map(|it| it.letter));
            }
            Inline::SoftBreak => {
                let signs = from.next();
                if !matches!(signs, [Sign { letter: ' ', .. }]) {
                    inline = Inline::Text(signs.iter().map(|it| it.letter).collect());
                }
            }
            Inline::HardBreak
            | Inline::Code(_)
            | Inline::Math(_)
            | Inline::Footnote(_)
            | Inline::Image(_) => drop(from.next()),
            Inline::Styled(style, inner) => match is_prose(style) {
                true => write(inner, from),
                false => drop(from.next()),
            },
            Inline::Link(link) => {
                match is_bare(link) || from.is_foreign(link_language(link)) {
                    true => drop(from.next()),
                    false => write(&mut link.inlines, from),
                }
            }
            Inline::Span(span) => match from.is_foreign(span_language(span)) {
                true => drop(from.next()),
                false => write(&mut span.inlines, from),
            },
        }
        out.push(inline);
    }
    *inlines = out;
}

/// A text of which some signs are raised, in runs.
fn runs(signs: &[Sign]) -> Vec<Inline> {
    let runs = signs.chunk_by(|a, b| a.raised == b.raised);
    let inlines = runs.map(|run| {
        let text = Inline::Text(run.iter().map(|it| it.letter).collect());
        match run[0].raised {
            true => Inline::Styled(Style::Superscript, vec![text]),
            false => text,
        }
    });
    inlines.collect()
}
