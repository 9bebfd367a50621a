//! A diagnostic in words, with the line that it is about.

use std::{collections::BTreeMap, path::Path};

use crate::{
    diagnostic::{Diagnostic, Place},
    limits,
    source::files,
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
    texts: BTreeMap<String, Option<String>>,
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

    fn text(&mut self, file: &str) -> Option<&str> {
        if !self.texts.contains_key(file) {
            // Diagnostics come sorted by file: one text at a time is enough.
            self.texts.clear();
            self.texts.insert(file.to_owned(), read(self.root, file));
        }
        self.texts.get(file)?.as_deref()
    }
}

fn read(root: &Path, file: &str) -> Option<String> {
    if file.is_empty() || file.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return None;
    }
    let bytes = files::bytes(&root.join(file), limits::TEXT_BYTES).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn excerpt(source: &str, place: Place, width: usize) -> Option<Excerpt> {
    let index = usize::try_from(place.line).ok()?.checked_sub(1)?;
    let line =
        source.strip_prefix('\u{FEFF}').unwrap_or(source).split('\n').nth(index)?;
    let line: Vec<char> = clean(line.trim_end_matches('\r')).chars().collect();
    if line.iter().all(|it| it.is_whitespace()) {
        return None;
    }
    let start = (place.column.max(1) as usize - 1).min(line.len() - 1);
    let span = source.get(place.start as usize..place.end as usize).unwrap_or_default();
    let span = span.split(['\r', '\n']).next().unwrap_or_default().chars().count();
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
