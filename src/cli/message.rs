//! A diagnostic in words, with the line that it is about.

use std::{collections::BTreeMap, path::Path};

use crate::{
    diagnostic::{Diagnostic, Place},
    limits,
    source::{self, files},
    words::{Value, Words, visible},
};

/// The variables that count something: given as numbers, so that plurals and separators
/// are the language's. Others may be digits (a title, a year) and stay as they are.
const COUNTED: [&str; 10] = [
    "count",
    "files",
    "largest",
    "limit",
    "number",
    "pages",
    "published",
    "size",
    "total",
    "written",
];

/// The variables that name a file or a folder: where a line ends in one, that is shown.
const NAMES: [&str; 8] =
    ["deposit", "file", "folder", "name", "out", "path", "place", "signature"];

/// A diagnostic in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// What is wrong, in a sentence without a full stop.
    pub(super) text: String,
    /// What to do next.
    pub(super) hint: Option<String>,
}

impl Message {
    /// Says a diagnostic in words.
    pub(super) fn new(diagnostic: &Diagnostic, words: &Words) -> Self {
        let args: Vec<(&str, Value<'_>)> = diagnostic
            .args
            .iter()
            .map(|(name, text)| (*name, value(name, text)))
            .collect();
        Self {
            text: in_one_line(&words.format(diagnostic.code, &args)),
            hint: words
                .attribute(diagnostic.code, "hint", &args)
                .map(|it| in_one_line(&it)),
        }
    }
}

fn value<'a>(name: &str, text: &'a str) -> Value<'a> {
    match text.parse::<usize>() {
        Ok(number) if COUNTED.contains(&name) => Value::from(number),
        _ if NAMES.contains(&name) => Value::from(text),
        _ => Value::from(in_one_line(text)),
    }
}

/// A text in one line: quotations of several lines are read as one.
fn in_one_line(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// The line that a diagnostic is about, cut to what can be read at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The part of the line that is shown.
    pub(super) text: String,
    /// The first character in question, counted in `text` from 0.
    pub(super) start: usize,
    /// How many characters are in question, in this line; at least one.
    pub(super) length: usize,
}

/// The texts of the workspace's files, read when a message needs them.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    root: &'a Path,
    texts: BTreeMap<String, Option<Source>>,
}

/// The text of a file, and where its lines begin.
#[derive(Debug)]
struct Source {
    text: String,
    starts: Vec<usize>,
}

impl Source {
    fn new(text: String) -> Self {
        let ends = text.match_indices('\n').map(|it| it.0 + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Self { text, starts }
    }

    /// A line from zero, without its end, and where it begins.
    fn line(&self, index: usize) -> Option<(usize, &str)> {
        let start = *self.starts.get(index)?;
        let end = self.starts.get(index + 1).map_or(self.text.len(), |it| it - 1);
        let line = self.text[start..end].trim_end_matches('\r');
        Some(match line.strip_prefix('\u{FEFF}').filter(|_| start == 0) {
            Some(bare) => (line.len() - bare.len(), bare),
            None => (start, line),
        })
    }
}

impl<'a> Sources<'a> {
    /// The files under this folder.
    pub(super) fn new(root: &'a Path) -> Self {
        Self { root, texts: BTreeMap::new() }
    }

    /// The line that a diagnostic is about, at most `width` characters of it.
    pub(super) fn excerpt(
        &mut self,
        diagnostic: &Diagnostic,
        width: usize,
    ) -> Option<Excerpt> {
        let place = diagnostic.place.filter(|it| it.line > 0)?;
        excerpt(self.text(&diagnostic.file)?, place, width)
    }

    fn text(&mut self, file: &str) -> Option<&Source> {
        if !self.texts.contains_key(file) {
            // Diagnostics come sorted by file: one text at a time is enough.
            self.texts.clear();
            self.texts.insert(file.to_owned(), read(self.root, file));
        }
        self.texts.get(file)?.as_ref()
    }
}

fn read(root: &Path, file: &str) -> Option<Source> {
    if file.is_empty() || file.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return None;
    }
    let bytes = files::bounded(&root.join(file), limits::TEXT_BYTES).ok()?;
    Some(Source::new(source::decode(&bytes).value))
}

fn excerpt(source: &Source, place: Place, width: usize) -> Option<Excerpt> {
    let index = usize::try_from(place.line).ok()?.checked_sub(1)?;
    let (begin, line) = source.line(index)?;
    let column = place.column.max(1) as usize - 1;
    let (line, start) = near(line, column, place.start as usize, begin, width);
    let line = line.replace(['\t', '\r'], " ");
    if line.chars().all(char::is_whitespace) {
        return None;
    }
    // Each character as it is shown: some as several.
    let mut before = None;
    let shown: Vec<String> = line
        .chars()
        .map(|it| {
            let is_hidden = visible::is_hidden(it, before.replace(it));
            if is_hidden { it.escape_unicode().collect() } else { it.to_string() }
        })
        .collect();
    let first = start.min(shown.len() - 1);
    let span = source.text.get(place.start as usize..place.end as usize);
    // What is not shown is not counted.
    let span = span.unwrap_or_default().chars().take(shown.len());
    let length = span.take_while(|it| !matches!(it, '\r' | '\n')).count();
    let last = first + length.clamp(1, shown.len() - first);
    let count = |it: &[String]| it.iter().map(|it| it.chars().count()).sum();
    let (start, length) = (count(&shown[..first]), count(&shown[first..last]));
    let line: Vec<char> = shown.concat().chars().collect();
    Some(cut(&line, start, length, width))
}

/// The part of a line around a column, and the column in it. A file may be one line of
/// megabytes, with a message for each of its words: then its letters are not counted again,
/// but found by the byte where they stand.
fn near(
    line: &str,
    column: usize,
    offset: usize,
    begin: usize,
    width: usize,
) -> (&str, usize) {
    const LONG: usize = 4_096;
    if line.len() <= LONG {
        return (line, column);
    }
    let at = line.floor_char_boundary(offset.saturating_sub(begin).min(line.len()));
    // A letter has four bytes at most.
    let reach = width.saturating_add(8) * 4;
    let from = line.ceil_char_boundary(at.saturating_sub(reach));
    let to = line.floor_char_boundary(at.saturating_add(reach).min(line.len()));
    (&line[from..to], line[from..at].chars().count())
}

/// Cuts a line to a width around its part in question.
fn cut(line: &[char], start: usize, length: usize, width: usize) -> Excerpt {
    if line.len() <= width {
        return Excerpt { text: line.iter().collect(), start, length };
    }
    let room = width.saturating_sub(2).max(8);
    let before = room.saturating_sub(length.min(room)).min(room / 3);
    let first = start.saturating_sub(before).min(line.len() - room);
    let last = (first + room).min(line.len());
    let mut text = String::new();
    text.extend((first > 0).then_some('…'));
    text.extend(&line[first..last]);
    text.extend((last < line.len()).then_some('…'));
    let shown = start - first + usize::from(first > 0);
    Excerpt { text, start: shown, length: length.min(last - start) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: u32, column: u32, start: u32, end: u32) -> Place {
        Place { line, column, start, end }
    }

    fn excerpt(text: &str, place: Place, width: usize) -> Option<Excerpt> {
        super::excerpt(&Source::new(text.to_owned()), place, width)
    }

    #[test]
    fn an_excerpt_shows_the_line_and_marks_the_characters() {
        let it = excerpt("é\nabc déf\n", place(2, 5, 7, 11), 80).expect("a line");
        assert_eq!(it, Excerpt { text: "abc déf".into(), start: 4, length: 3 });
    }

    #[test]
    fn a_long_line_is_cut_around_its_part_in_question() {
        let line = format!("{}HERE{}", "a".repeat(500), "b".repeat(500));
        let it = excerpt(&line, place(1, 501, 500, 504), 40).expect("a line");
        assert!(it.text.chars().count() <= 40, "{it:?}");
        let marked: String = it.text.chars().skip(it.start).take(it.length).collect();
        assert_eq!(marked, "HERE");
    }

    #[test]
    fn a_word_in_a_line_of_megabytes_is_found_by_its_byte() {
        let line = format!("\u{feff}{}HERE{}", "é".repeat(1 << 20), "b".repeat(1 << 20));
        let start = 3 + (2 << 20);
        let it = excerpt(&line, place(1, 2, start, start + 4), 40).expect("a line");
        let marked: String = it.text.chars().skip(it.start).take(it.length).collect();
        assert_eq!((marked.as_str(), it.text.chars().count()), ("HERE", 40));
        assert!(it.text.starts_with('…') && it.text.ends_with('…'));
    }

    #[test]
    fn a_place_out_of_the_file_has_no_excerpt() {
        assert_eq!(excerpt("abc", place(9, 1, 100, 200), 80), None);
        assert_eq!(excerpt("", place(1, 1, 0, 0), 80), None);
        assert!(excerpt("abc", place(1, 99, 900, 9), 80).is_some());
    }

    #[test]
    fn what_would_play_with_the_terminal_is_made_visible() {
        let it = excerpt("a\u{1b}[31mb\u{202e}c\tdef\n", place(1, 10, 11, 14), 80);
        let it = it.expect("a line");
        assert_eq!(it.text, "a\\u{1b}[31mb\\u{202e}c def");
        let marked: String = it.text.chars().skip(it.start).take(it.length).collect();
        assert_eq!(marked, " de");
    }

    #[test]
    fn a_name_of_two_lines_is_shown_as_one() {
        let words = Words::of_program("en");
        let fault = Diagnostic::error("not-readable").with("path", "a\nb\u{1b}c");
        let text = Message::new(&fault, &words).text;
        assert!(text.contains("a\\u{a}b\\u{1b}c"), "{text}");
    }
}
