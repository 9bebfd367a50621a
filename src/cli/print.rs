//! What the user sees: the one place that writes to the terminal.
//!
//! Results go to standard output, everything else to standard error. A terminal gets
//! drawings and colours, anything else plain lines. What cannot be seen is made visible
//! (`printed`), whoever wrote it. A reader who stops listening
//! (`plantin … | head`) is no fault.

use std::{
    collections::BTreeMap,
    fmt,
    io::{self, IsTerminal as _, Write as _},
    path::Path,
    sync::OnceLock,
};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use super::{
    args::Manner,
    directory,
    json::Problems,
    message::{Excerpt, Message, Sources},
    printed::Printed,
};
use crate::{
    cause::ORIGINAL,
    diagnostic::{Diagnostic, Severity},
    words::{Value, Words, visible},
};

/// How many messages with the same code are shown before the rest is summed up.
const REPEATS: usize = 10;

/// Where the user reads.
#[derive(Debug)]
pub(super) struct Terminal {
    /// The program's words in the user's language.
    pub(super) words: Words,
    /// How the user wants to be told.
    pub(super) manner: Manner,
    /// Messages are read on a terminal, which can show drawings.
    pub(super) is_terminal: bool,
    colours: bool,
    lost: OnceLock<Diagnostic>,
    /// In characters; lines that no terminal breaks are not broken.
    width: usize,
}

impl Terminal {
    /// The terminal of this process.
    pub(super) fn new(words: Words, manner: Manner) -> Self {
        let is_terminal = io::stderr().is_terminal();
        let width = terminal_size::terminal_size_of(io::stderr())
            .map_or(usize::MAX, |size| usize::from(size.0.0).clamp(40, 120));
        let colours = is_terminal && colours();
        Self { words, manner, is_terminal, colours, lost: OnceLock::new(), width }
    }

    /// Prints a result.
    pub(super) fn print(&self, text: impl Into<Printed>) {
        let text = text.into();
        let mut out = io::stdout().lock();
        if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            let place = Path::new(&self.words.text("standard-output")).to_owned();
            // The first failure says it all.
            drop(self.lost.set(directory::fault(&place, &error)));
        }
    }

    /// Why a result could not be printed whole, if it could not.
    pub(super) fn lost(&self) -> Option<&Diagnostic> {
        self.lost.get()
    }

    /// Says something about the work, unless that is unwanted.
    pub(super) fn say(&self, text: impl Into<Printed>) {
        if !self.manner.quiet && !self.manner.json {
            self.warn(text);
        }
    }

    /// Shows diagnostics of a workspace. Notes are for those who ask for them.
    pub(super) fn diagnostics(
        &self,
        diagnostics: &[Diagnostic],
        root: &Path,
        with_notes: bool,
    ) {
        let mut sources = Sources::new(root);
        let mut hidden: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut last = Told::default();
        let wanted = |it: &&Diagnostic| with_notes || it.severity > Severity::Note;
        for diagnostic in diagnostics.iter().filter(wanted) {
            let count = seen.entry(diagnostic.code).or_default();
            *count += 1;
            if *count > REPEATS && !self.manner.verbose {
                hidden.entry(diagnostic.code).or_default().push(diagnostic);
            } else {
                self.diagnostic(diagnostic, &mut sources, &mut last);
            }
        }
        self.others(&hidden);
    }

    /// Shows what keeps the program from working.
    pub(super) fn failures(&self, failures: &[Diagnostic], root: &Path) {
        let mut sources = Sources::new(root);
        let mut last = Told::default();
        for failure in failures {
            self.diagnostic(failure, &mut sources, &mut last);
        }
    }

    /// Says how many problems there are, after all else.
    pub(super) fn counts(&self, problems: &Problems, notes_are_hidden: bool) {
        let words = &self.words;
        let counts = [
            ("count-errors", problems.errors, "1;31"),
            ("count-warnings", problems.warnings, "1;33"),
            ("count-notes", problems.notes, "1;36"),
        ];
        let mut some = Printed::default();
        for (id, count, style) in counts.into_iter().filter(|it| it.1 > 0) {
            if some != Printed::default() {
                some.push(", ");
            }
            let text = words.format(id, &[("count", count.into())]);
            some.push(self.styled(&text, style));
        }
        if some == Printed::default() {
            some = self.styled(&words.text("no-problems"), "1;32");
        }
        some.push("\n");
        self.say(some);
        if notes_are_hidden && problems.notes > 0 {
            self.say(format!("{}\n", words.text("notes-hidden")));
        }
        if self.manner.strict && problems.errors == 0 && problems.warnings > 0 {
            self.say(format!("{}\n", words.text("strict-failed")));
        }
    }

    fn others(&self, hidden: &BTreeMap<&str, Vec<&Diagnostic>>) {
        for diagnostics in hidden.values() {
            let mut files: Vec<&str> = diagnostics.iter().map(|it| &*it.file).collect();
            files.dedup();
            let example = Message::new(diagnostics[0], &self.words).text;
            let args = [
                ("count", Value::from(diagnostics.len())),
                ("files", files.len().into()),
                ("example", example.into()),
            ];
            self.warn(format!(
                "  {}\n",
                wrap(&self.words.format("and-others", &args), self.width, 4)
            ));
        }
        if !hidden.is_empty() {
            self.warn(format!("  {}\n", self.words.text("and-others-hint")));
        }
    }

    fn diagnostic(
        &self,
        diagnostic: &Diagnostic,
        sources: &mut Sources<'_>,
        last: &mut Told,
    ) {
        let message = Message::new(diagnostic, &self.words);
        let excerpt = sources.excerpt(diagnostic, self.width.min(120) - 16);
        let file = visible::line(&diagnostic.file);
        let mut text = if self.is_terminal {
            self.drawn(&file, diagnostic, &message, excerpt)
        } else {
            self.plain(&file, diagnostic, &message, excerpt).into()
        };
        // The same advice twice running about the same file is noise.
        let told = Told { file: diagnostic.file.to_string(), hint: message.hint };
        if let Some(hint) = told.hint.as_ref().filter(|_| told != *last) {
            let arrow = self.styled("→", "36");
            let hint = wrap(hint, self.width, 4);
            text.push("  ");
            text.push(arrow);
            text.push(format!(" {hint}\n"));
        }
        *last = told;
        if self.is_terminal {
            text.push("\n");
        }
        self.warn(text);
    }

    /// A message with its line, drawn by miette.
    fn drawn(
        &self,
        file: &str,
        diagnostic: &Diagnostic,
        message: &Message,
        excerpt: Option<Excerpt>,
    ) -> Printed {
        let theme = if self.colours {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let handler =
            GraphicalReportHandler::new_themed(theme).with_width(self.width.min(120));
        let mut text = visible::line(&message.text).into_owned();
        if excerpt.is_none() && !file.is_empty() {
            text = format!("{file} : {text}");
        }
        if let Some(original) = self.original(diagnostic) {
            text = format!("{text}\n{original}");
        }
        let report = Report {
            text,
            code: diagnostic.code,
            severity: diagnostic.severity,
            shown: excerpt.map(|excerpt| Shown {
                file: file.to_owned(),
                line: diagnostic.place.map_or(0, |it| it.line),
                column: diagnostic.place.map_or(0, |it| it.column),
                excerpt,
            }),
            show_code: self.manner.verbose,
        };
        Printed::drawn(|out| {
            if handler.render_report(out, &report).is_err() {
                *out = format!("{}\n", report.text);
            }
        })
    }

    /// A message in plain lines, the first of which a program can read too.
    fn plain(
        &self,
        file: &str,
        diagnostic: &Diagnostic,
        message: &Message,
        excerpt: Option<Excerpt>,
    ) -> String {
        let severity = self.words.text(severity(diagnostic.severity));
        let mut text = String::new();
        if !file.is_empty() {
            text.push_str(file);
            if let Some(place) = diagnostic.place.filter(|it| it.line > 0) {
                text.push_str(&format!(":{}:{}", place.line, place.column));
            }
            text.push_str(": ");
        }
        let args = [("severity", severity.into()), ("message", (&*message.text).into())];
        text.push_str(&self.words.format("severity-says", &args));
        if self.manner.verbose {
            text.push_str(&format!(" [{}]", diagnostic.code));
        }
        text.push('\n');
        if let Some(original) = self.original(diagnostic) {
            text.push_str(&format!("  = {original}\n"));
        }
        if let Some(excerpt) = excerpt {
            let blank = " ".repeat(excerpt.start);
            let marks = "^".repeat(excerpt.length);
            text.push_str(&format!("  | {}\n  | {blank}{marks}\n", excerpt.text));
        }
        text
    }

    /// What a library or the machine says of a fault, in its own words, for who asks.
    fn original<'a>(&self, diagnostic: &'a Diagnostic) -> Option<&'a str> {
        let of = |it: &&(&'static str, String)| it.0 == ORIGINAL && !it.1.is_empty();
        let given = diagnostic.args.iter().find(of).filter(|_| self.manner.verbose)?;
        Some(&given.1)
    }

    /// Writes to standard error, whatever the user's manner.
    pub(super) fn warn(&self, text: impl Into<Printed>) {
        to_stderr(&text.into());
    }

    /// A text in a style of the terminal, such as `1` for bold.
    pub(super) fn styled(&self, text: &str, style: &'static str) -> Printed {
        if self.colours { Printed::styled(text, style) } else { text.into() }
    }
}

/// Writes to standard error. That nobody listens is no fault.
pub(super) fn to_stderr(text: &Printed) {
    drop(io::stderr().lock().write_all(text.as_bytes()));
}

/// What was said last, so as not to repeat advice.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    file: String,
    hint: Option<String>,
}

/// The message that names a severity.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Note => "severity-note",
    }
}

/// Whether colours are wanted, see <https://no-color.org>.
fn colours() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is where the terminal's manners are read"
    )]
    let variable = |name: &str| std::env::var_os(name);
    variable("NO_COLOR").is_none_or(|it| it.is_empty())
        && variable("TERM").is_none_or(|it| it != "dumb")
}

/// Breaks a text into lines at its spaces; those after the first are indented.
pub(super) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut column = indent;
    for word in text.split(' ') {
        let length = word.chars().count();
        if !out.is_empty() {
            if column + 1 + length > width {
                out.push('\n');
                out.push_str(&" ".repeat(indent));
                column = indent;
            } else {
                out.push(' ');
                column += 1;
            }
        }
        out.push_str(word);
        column += length;
    }
    out
}

/// A diagnostic as miette draws it.
#[derive(Debug)]
struct Report {
    text: String,
    code: &'static str,
    show_code: bool,
    severity: Severity,
    shown: Option<Shown>,
}

/// The line that is drawn, and where it stands.
#[derive(Debug)]
struct Shown {
    file: String,
    line: u32,
    column: u32,
    excerpt: Excerpt,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Report {}

impl miette::Diagnostic for Report {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.show_code.then(|| Box::new(self.code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.shown.as_ref().map(|it| it as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = &self.shown.as_ref()?.excerpt;
        let bytes = |from: usize, count: usize| -> usize {
            excerpt.text.chars().skip(from).take(count).map(char::len_utf8).sum()
        };
        let start = bytes(0, excerpt.start);
        let span = (start, bytes(excerpt.start, excerpt.length));
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(None, span))))
    }
}

impl SourceCode for Shown {
    /// The one line there is, whatever is asked for: it keeps its number in the file.
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = &self.excerpt.text;
        Ok(Box::new(MietteSpanContents::new_named(
            self.file.clone(),
            text.as_bytes(),
            SourceSpan::new(0.into(), text.len()),
            self.line.saturating_sub(1) as usize,
            self.column.saturating_sub(1) as usize,
            1,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn a_long_text_is_broken_at_its_spaces() {
        assert_eq!(wrap("un deux trois", 9, 2), "un deux\n  trois");
        assert_eq!(wrap("anticonstitutionnellement", 9, 2), "anticonstitutionnellement");
    }
}
