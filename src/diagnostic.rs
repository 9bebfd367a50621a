//! What is wrong with a page, as data.
//!
//! A diagnostic names its message by a code (a Fluent identifier, see `words`) and
//! carries the values that the message needs, so that the same fault can be told in
//! French, in English, or as JSON. What is wrong with the machine (a disk, a
//! permission) is not a diagnostic but an `Err`.

use std::sync::Arc;

/// Where something stands in the text of a file.
///
/// Lines and columns count from 1; columns count characters. `start..end` are byte
/// offsets into the file as it is on disk after decoding (a byte-order mark counts).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1. Zero means: the file as a whole.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Place {
    /// The place of a line of a text, from 1; the last one where there is no such line.
    pub fn of_line(text: &str, line: usize) -> Self {
        let before: usize =
            text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let length = text[before..].lines().next().map_or(0, str::len);
        let place = Self::of_offset(text, before);
        let end = u32::try_from(before + length).unwrap_or(u32::MAX);
        Self { end, ..place }
    }

    /// The place of a byte of a text.
    pub fn of_offset(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
        Self {
            line: number(before.matches('\n').count() + 1),
            column: number(line.chars().count() + 1),
            start: number(before.len()),
            end: number(before.len()),
        }
    }
}

/// How much a fault matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Something was changed or skipped on purpose, and said so.
    Note,
    /// The output is complete, but probably not what the author meant.
    Warning,
    /// Something of the author's is missing from the output.
    Error,
}

impl Severity {
    /// The word used in machine output: `note`, `warning` or `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One fault in the content, its place, and the values its message needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The file, relative to the workspace, with `/`. Empty until it is known.
    pub file: Arc<str>,
    /// Where in the file, when it is about a place and not about the whole file.
    pub place: Option<Place>,
    /// How much it matters.
    pub severity: Severity,
    /// The Fluent identifier of the message; its attribute `.hint` says what to do next.
    pub code: &'static str,
    /// The variables of the message, in the order in which they were given.
    pub args: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// A diagnostic of the given severity, with neither file nor place yet.
    pub fn new(severity: Severity, code: &'static str) -> Self {
        Self { file: Arc::from(""), place: None, severity, code, args: Vec::new() }
    }

    /// Something of the author's is missing from the output.
    pub fn error(code: &'static str) -> Self {
        Self::new(Severity::Error, code)
    }

    /// The output is complete, but probably not what the author meant.
    pub fn warning(code: &'static str) -> Self {
        Self::new(Severity::Warning, code)
    }

    /// Something was changed or skipped on purpose.
    pub fn note(code: &'static str) -> Self {
        Self::new(Severity::Note, code)
    }

    /// Says where in the file it is.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says in which file it is, unless that is known already.
    pub fn in_file(mut self, file: &Arc<str>) -> Self {
        if self.file.is_empty() {
            self.file = Arc::clone(file);
        }
        self
    }

    /// Gives a value to a variable of the message. Of one that is longer than a message can
    /// be, the beginning is kept.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        let mut value = value.to_string();
        if let Some((end, _)) = value.char_indices().nth(LONGEST_VALUE) {
            value.truncate(end);
            value.push('…');
        }
        self.args.push((name, value));
        self
    }
}

/// The longest value of a variable, in characters: no path is longer.
const LONGEST_VALUE: usize = 4096;

/// A value, and what was wrong on the way to it.
#[derive(Clone, Debug, Default)]
pub struct Checked<T> {
    /// The value: always there, however bad the input was.
    pub value: T,
    /// What was wrong, in the order in which it was found.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with nothing wrong.
    pub fn fine(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// The value, after moving its diagnostics to `sink`.
    pub fn take(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }
}

/// Puts diagnostics into their one order: by file, place, severity, code; repeats removed.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort();
    diagnostics.dedup();
}
