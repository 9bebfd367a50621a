//! A diagnostic in words, with the line that it is about.

use std::{collections::BTreeMap, path::Path};

use crate::{
    diagnostic::{Diagnostic, Place},
    words::{Value, Words},
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
            text: clean(&words.format(diagnostic.code, &args)),
            hint: words.attribute(diagnostic.code, "hint", &args).map(|it| clean(&it)),
        }
    }
}

fn value<'a>(name: &str, text: &'a str) -> Value<'a> {
    match text.parse::<usize>() {
        Ok(number) if COUNTED.contains(&name) => Value::from(number),
        _ => Value::from(text),
    }
}

/// Takes out what would move the cursor or turn the text around: messages quote files
/// that anybody may have written.
fn clean(text: &str) -> String {
    text.chars()
        .map(|it| match it {
            '\t' | '\n' | '\r' => ' ',
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
            it if it.is_control() => '\u{FFFD}',
            it => it,
        })
        .collect()
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

/// A text, and where its lines begin, so that the hundredth message about it is found as
/// fast as the first.
#[derive(Debug)]
struct Source {
    text: String,
    lines: Vec<usize>,
}

impl Source {
    fn new(text: String) -> Self {
        let ends = text.match_indices('\n').map(|it| it.0 + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        Self { text, lines }
    }

    /// A line, by its number from 0.
    fn line(&self, index: usize) -> Option<&str> {
        let start = *self.lines.get(index)?;
        let end = self.lines.get(index + 1).copied().unwrap_or(self.text.len());
        let line = self.text[start..end].trim_end_matches(['\n', '\r']);
        Some(if index == 0 {
            line.strip_prefix('\u{FEFF}').unwrap_or(line)
        } else {
            line
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
            self.texts.insert(file.to_owned(), read(self.root, file).map(Source::new));
        }
        self.texts.get(file)?.as_ref()
    }
}

fn read(root: &Path, file: &str) -> Option<String> {
    if file.is_empty() || file.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return None;
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "a message shows the line that it is about"
    )]
    let bytes = std::fs::read(root.join(file)).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn excerpt(source: &Source, place: Place, width: usize) -> Option<Excerpt> {
    /// The longest line that is looked at whole; of a longer one, what is around the place.
    const LONG: usize = 4096;
    let index = usize::try_from(place.line).ok()?.checked_sub(1)?;
    let line = source.line(index)?;
    let column = place.column.max(1) as usize - 1;
    let skipped = if line.len() > LONG { column.saturating_sub(LONG / 2) } else { 0 };
    let line: String = line.chars().skip(skipped).take(LONG).collect();
    let line: Vec<char> = clean(&line).chars().collect();
    if line.iter().all(|it| it.is_whitespace()) {
        return None;
    }
    let start = (column - skipped).min(line.len() - 1);
    let span = source.text.get(place.start as usize..place.end as usize);
    let span = span.unwrap_or_default().chars().take(LONG);
    let span = span.take_while(|it| !matches!(it, '\r' | '\n')).count();
    let length = span.clamp(1, line.len() - start);
    Some(cut(&line, start, length, width))
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
    fn a_line_of_a_megabyte_is_looked_at_where_it_matters() {
        let line = format!("{}HERE{}", "é".repeat(500_000), "b".repeat(500));
        let it = excerpt(&line, place(1, 500_001, 1_000_000, 1_000_004), 40);
        let it = it.expect("a line");
        let marked: String = it.text.chars().skip(it.start).take(it.length).collect();
        assert_eq!(marked, "HERE");
        assert!(it.text.starts_with('…') && it.text.ends_with('…'), "{it:?}");
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
    fn a_place_out_of_the_file_has_no_excerpt() {
        assert_eq!(excerpt("abc", place(9, 1, 100, 200), 80), None);
        assert_eq!(excerpt("", place(1, 1, 0, 0), 80), None);
        assert!(excerpt("abc", place(1, 99, 900, 9), 80).is_some());
    }

    #[test]
    fn what_would_play_with_the_terminal_is_taken_out() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c"), "a\u{FFFD}[31mb\u{FFFD}c");
    }
}
