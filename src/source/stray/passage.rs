//! The words of a text beside the source that they were read from.

use std::{cell::Cell, ops::Range};

use crate::document::{Inline, Style, text};

/// Stands for a link in the words of a passage; no text can hold it.
const LINK: char = '\u{FDD2}';
/// Stands for anything else that is no words.
const OTHER: char = '\u{FDD3}';

/// How much of the source is compared with the beginning of a find.
const LONGEST_CORE: usize = 40;

/// How many finds of a text are looked up in its source: each may cost as much as it has
/// bytes.
const MOST_TRIED: usize = 64;

/// The source of a text.
pub(super) struct Source<'a> {
    text: &'a str,
    /// It with one space where there are several, and none of the marks that begin the lines
    /// of a quotation.
    folded: String,
    /// The byte of the text that each byte of `folded` comes from.
    offsets: Vec<usize>,
    /// How many finds may still be looked up.
    left: Cell<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let (folded, offsets) = fold(text);
        Self { text, folded, offsets, left: Cell::new(MOST_TRIED) }
    }

    /// Whether one more find may be looked up.
    fn affords(&self) -> bool {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    /// Where a part of the words stands; `None` where it does not, or was escaped.
    fn find(&self, part: &str) -> Option<Range<usize>> {
        let marks =
            part.contains(|it: char| !it.is_alphanumeric() && !it.is_whitespace());
        if !marks || !self.affords() {
            return None;
        }
        let found = self.folded.match_indices(part).map(|it| it.0);
        let at = found.take(MOST_TRIED).find(|at| !self.is_escaped(*at))?;
        let end = self.offsets.get(at + part.len()).copied();
        Some(self.offsets[at]..end.unwrap_or(self.text.len()))
    }

    /// Whether the last bracket before a byte of the text is escaped.
    fn begins_escaped(&self, at: usize) -> bool {
        let before = self.offsets.partition_point(|it| *it < at);
        self.folded[..before].rfind('[').is_some_and(|it| self.is_escaped(it))
    }

    fn is_escaped(&self, at: usize) -> bool {
        let before = self.folded[..at].bytes().rev();
        before.take_while(|it| *it == b'\\').count() % 2 == 1
    }
}

/// A run of words beside where they come from.
pub(super) struct Passage<'a> {
    /// The words; line ends are `\n`.
    words: String,
    /// The same, with spaces for line ends.
    line: String,
    source: &'a Source<'a>,
}

impl<'a> Passage<'a> {
    /// The passages of a text: its words, then those of each link in it.
    pub(super) fn all(inlines: &[Inline], source: &'a Source<'a>) -> Vec<Self> {
        let mut texts = vec![String::new()];
        push(&mut texts, 0, inlines);
        let passage =
            |words: String| Self { line: words.replace('\n', " "), words, source };
        texts.into_iter().map(passage).collect()
    }

    pub(super) fn words(&self) -> &str {
        &self.words
    }

    pub(super) fn source(&self) -> &'a str {
        self.source.text
    }

    /// A part of the words, as it is told: one line, of readable length.
    pub(super) fn shown(&self, range: Range<usize>) -> String {
        shown(&self.words[range])
    }

    /// A part of the words and the sign at each side of it.
    pub(super) fn around(&self, range: Range<usize>) -> String {
        let before = self.words[..range.start].chars().next_back();
        let after = self.words[range.end..].chars().next();
        let words = before.into_iter().chain(self.words[range].chars()).chain(after);
        words.map(|it| if matches!(it, LINK | OTHER) { '-' } else { it }).collect()
    }

    /// A part of the words, in one line.
    pub(super) fn part(&self, range: Range<usize>) -> &str {
        &self.line[range]
    }

    /// Whether inlines hold these words as no more than words.
    pub(super) fn says_plainly(inlines: &[Inline], words: &str) -> bool {
        let mut texts = vec![String::new()];
        push(&mut texts, 0, inlines);
        texts.iter().any(|it| it.replace('\n', " ").contains(words))
    }

    /// Where a part of the words stands in the source; `None` where it does not, or was
    /// escaped there.
    pub(super) fn in_source(&self, range: Range<usize>) -> Option<Range<usize>> {
        let part = self.line[range].trim_end();
        // Where other markup stands in it, the longest piece must do.
        let plain = part.split([LINK, OTHER]).max_by_key(|it| it.len())?;
        let find = |part| self.source.find(part);
        let link = || {
            let found = find(heart(plain)?)?;
            (!self.source.begins_escaped(found.start)).then_some(found)
        };
        find(plain).or_else(|| find(core(plain))).or_else(link)
    }

    /// Whether the words say this.
    pub(super) fn says(&self, text: &str) -> bool {
        self.source.affords() && self.line.contains(text)
    }
}

/// A part of a text, as it is told.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.replace([LINK, OTHER], "…");
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}

/// The beginning of a find.
fn core(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST_CORE).map_or(text.len(), |it| it.0);
    &text[..end]
}

/// The signs in the middle of what looks like a link, and what is around them: the words of
/// a link may be set apart, and then are not in the source as they are read.
fn heart(text: &str) -> Option<&str> {
    let at = text.find("](").or_else(|| text.find("]["))?;
    let end = text[at..].char_indices().nth(LONGEST_CORE);
    Some(&text[at..end.map_or(text.len(), |it| at + it.0)])
}

fn push(texts: &mut Vec<String>, to: usize, inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => texts[to].push_str(text),
            Inline::SoftBreak | Inline::HardBreak => texts[to].push('\n'),
            // Keys and quoted words are shown as they are typed.
            Inline::Styled(Style::Keyboard, _) => texts[to].push(OTHER),
            Inline::Styled(_, inner) => push(texts, to, inner),
            Inline::Span(span) => push(texts, to, &span.inlines),
            Inline::Link(link) => {
                texts[to].push(LINK);
                // An address that is shown is no more than that.
                if link.address.ends_with(&text::plain(&link.inlines)) {
                    continue;
                }
                texts.push(String::new());
                let inner = texts.len() - 1;
                push(texts, inner, &link.inlines);
            }
            Inline::Code(_)
            | Inline::Image(_)
            | Inline::Math(_)
            | Inline::Footnote(_) => {
                texts[to].push(OTHER);
            }
        }
    }
}

/// The source with one space where there are several; and where each byte comes from.
fn fold(source: &str) -> (String, Vec<usize>) {
    let mut folded = String::with_capacity(source.len());
    let mut offsets = Vec::with_capacity(source.len());
    let mut begins = false;
    let mut signs = source.char_indices();
    while let Some((at, sign)) = signs.next() {
        let rest = &source[at..];
        if let Some(space) = ["&nbsp;", "&#160;", "&#xA0;"].iter().find(|it| {
            rest.len() >= it.len()
                && rest.as_bytes()[..it.len()].eq_ignore_ascii_case(it.as_bytes())
        }) {
            offsets.extend([at; 2]);
            folded.push('\u{a0}');
            signs.nth(space.len() - 2);
            continue;
        }
        let sign = match sign {
            '\n' | '\r' => {
                begins = true;
                ' '
            }
            '\t' => ' ',
            '>' if begins => continue,
            sign => sign,
        };
        if sign == ' ' {
            if folded.ends_with(' ') {
                continue;
            }
        } else {
            begins = false;
        }
        offsets.extend(std::iter::repeat_n(at, sign.len_utf8()));
        folded.push(sign);
    }
    (folded, offsets)
}
