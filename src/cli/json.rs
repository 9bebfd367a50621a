//! What `--json` prints: one object on standard output, whatever happened.

use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    message::{Message, Sources},
    printed::Printed,
};
use crate::{
    diagnostic::{Diagnostic, Place, Severity},
    words::Words,
};

/// The version of the form of the object. It changes when a reader must change.
const VERSION: u32 = 1;

/// What a command did.
#[derive(Debug, Serialize)]
pub(super) struct Output {
    version: u32,
    command: &'static str,
    /// The exit code.
    exit: u8,
    /// What kept the program from working.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    failures: Vec<Fault>,
    problems: Problems,
    diagnostics: Vec<Fault>,
    /// What the command has to say besides.
    #[serde(flatten)]
    result: Map<String, Value>,
}

/// How many diagnostics there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Problems {
    /// Something of the author's is missing from the output.
    pub(super) errors: usize,
    /// The output is complete, but probably not what the author meant.
    pub(super) warnings: usize,
    /// Something was changed or skipped on purpose.
    pub(super) notes: usize,
}

/// A diagnostic.
#[derive(Debug, Serialize)]
struct Fault {
    code: &'static str,
    severity: &'static str,
    file: String,
    line: Option<u32>,
    column: Option<u32>,
    /// The line it is about, or a part of it when it is long.
    excerpt: Option<String>,
    message: String,
    hint: Option<String>,
    args: Map<String, Value>,
}

impl Problems {
    /// Counts diagnostics.
    pub(super) fn count(diagnostics: &[Diagnostic]) -> Self {
        let of =
            |severity| diagnostics.iter().filter(|it| it.severity == severity).count();
        Self {
            errors: of(Severity::Error),
            warnings: of(Severity::Warning),
            notes: of(Severity::Note),
        }
    }
}

impl Output {
    /// What a command found.
    pub(super) fn new(
        command: &'static str,
        exit: u8,
        diagnostics: &[Diagnostic],
        root: &Path,
        words: &Words,
    ) -> Self {
        let mut sources = Sources::new(root);
        Self {
            version: VERSION,
            command,
            exit,
            failures: Vec::new(),
            problems: Problems::count(diagnostics),
            diagnostics: diagnostics
                .iter()
                .map(|it| Fault::new(it, &mut sources, words))
                .collect(),
            result: Map::new(),
        }
    }

    /// Adds what kept the program from working.
    pub(super) fn failed(
        mut self,
        failures: &[Diagnostic],
        root: &Path,
        words: &Words,
    ) -> Self {
        let mut sources = Sources::new(root);
        let faults = failures.iter().map(|it| Fault::new(it, &mut sources, words));
        self.failures = faults.collect();
        self
    }

    /// Adds what the command has to say besides.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.result.insert(name.to_owned(), value.into());
        self
    }

    /// The text of the object.
    pub(super) fn write(&self) -> Printed {
        Printed::json(self)
    }
}

impl Fault {
    fn new(diagnostic: &Diagnostic, sources: &mut Sources<'_>, words: &Words) -> Self {
        const EXCERPT: usize = 200;
        let message = Message::new(diagnostic, words);
        let place: Option<Place> = diagnostic.place.filter(|it| it.line > 0);
        let args = diagnostic.args.iter();
        Self {
            code: diagnostic.code,
            severity: diagnostic.severity.name(),
            file: diagnostic.file.to_string(),
            line: place.map(|it| it.line),
            column: place.map(|it| it.column),
            excerpt: sources.excerpt(diagnostic, EXCERPT).map(|it| it.text),
            message: message.text,
            hint: message.hint,
            args: args
                .map(|(name, text)| ((*name).to_owned(), text.clone().into()))
                .collect(),
        }
    }
}
