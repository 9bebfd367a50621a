//! What libraries and the machine say of a fault, as words of ours: a code that a message
//! chooses by. Their own words stay beside it, for who asks for them.

use std::{fmt::Display, io};

use fluent_syntax::parser::ErrorKind as FluentFault;
use quick_xml::{
    Error as XmlFault,
    errors::{IllFormedError, SyntaxError},
};

use crate::diagnostic::Diagnostic;

/// The variable that a message chooses by.
const CAUSE: &str = "cause";

/// The variable that holds the words of others. No message has it; `--verbose` and `--json` do.
pub(crate) const ORIGINAL: &str = "original";

/// How much of the words of others is kept, in characters.
const LONGEST_ORIGINAL: usize = 300;

impl Diagnostic {
    /// Says why, by a code of ours, and in the words of who found it.
    #[must_use]
    pub fn because(self, cause: &str, original: impl Display) -> Self {
        let original: String =
            original.to_string().chars().take(LONGEST_ORIGINAL).collect();
        self.with(CAUSE, cause).with(ORIGINAL, original.trim())
    }

    /// Says why the machine refuses.
    #[must_use]
    pub fn because_of(self, error: &io::Error) -> Self {
        self.because(machine(error), error)
    }
}

/// Why the machine refuses, for the message `machine-says`.
pub(crate) fn machine(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "denied",
        io::ErrorKind::NotFound => "absent",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "full",
        io::ErrorKind::ReadOnlyFilesystem => "read-only",
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => "busy",
        io::ErrorKind::InvalidFilename => "name",
        io::ErrorKind::NotADirectory => "file",
        io::ErrorKind::IsADirectory => "folder",
        io::ErrorKind::AlreadyExists => "there",
        io::ErrorKind::DirectoryNotEmpty => "filled",
        io::ErrorKind::FileTooLarge => "large",
        io::ErrorKind::OutOfMemory => "memory",
        io::ErrorKind::UnexpectedEof => "ended",
        io::ErrorKind::InvalidData => "damaged",
        io::ErrorKind::AddrInUse => "taken",
        io::ErrorKind::TimedOut => "late",
        io::ErrorKind::BrokenPipe => "closed",
        _ => match error.raw_os_error() {
            // EIO, EMFILE and ENFILE, ELOOP: they have no name in the standard library.
            Some(5) => "disk",
            Some(23 | 24) => "open",
            Some(40) => "links",
            _ => "other",
        },
    }
}

/// What is wrong with XML, for the message `xml-says`.
pub(crate) fn xml(error: &XmlFault) -> &'static str {
    match error {
        XmlFault::Syntax(SyntaxError::InvalidBangMarkup) => "other",
        XmlFault::Syntax(_) => "unclosed",
        XmlFault::IllFormed(IllFormedError::MissingEndTag(_)) => "open",
        XmlFault::IllFormed(
            IllFormedError::UnmatchedEndTag(_) | IllFormedError::MismatchedEndTag { .. },
        ) => "crossed",
        XmlFault::InvalidAttr(_) => "attribute",
        XmlFault::Escape(_) => "reference",
        XmlFault::Encoding(_) => "encoding",
        XmlFault::Io(_) | XmlFault::IllFormed(_) | XmlFault::Namespace(_) => "other",
    }
}

/// What is wrong in a Fluent file, for the message `fluent-says`.
pub(crate) fn fluent(kind: &FluentFault) -> &'static str {
    match kind {
        FluentFault::MissingValue => "value",
        FluentFault::ExpectedToken('=') => "line",
        FluentFault::ExpectedMessageField { .. }
        | FluentFault::ExpectedTermField { .. } => "value",
        FluentFault::ExpectedCharRange { .. } => "line",
        FluentFault::MissingDefaultVariant
        | FluentFault::MultipleDefaultVariants
        | FluentFault::ExpectedSimpleExpressionAsSelector
        | FluentFault::MessageReferenceAsSelector
        | FluentFault::TermReferenceAsSelector
        | FluentFault::MessageAttributeAsSelector
        | FluentFault::TermAttributeAsPlaceable => "choice",
        FluentFault::UnterminatedStringLiteral => "quote",
        FluentFault::UnknownEscapeSequence(_)
        | FluentFault::InvalidUnicodeEscapeSequence(_) => "escape",
        FluentFault::UnbalancedClosingBrace
        | FluentFault::ExpectedInlineExpression
        | FluentFault::ExpectedToken(_) => "brace",
        FluentFault::ForbiddenCallee
        | FluentFault::PositionalArgumentFollowsNamed
        | FluentFault::DuplicatedNamedArgument(_)
        | FluentFault::ExpectedLiteral => "call",
    }
}

/// What is wrong with a formula, for `formula-unreadable`, and the sign or the name that it
/// is about. Its reader gives a sentence alone.
pub(crate) fn formula(sentence: &str) -> (&'static str, String) {
    const STARTS: [(&str, &str); 14] = [
        ("Unknown command", "command"),
        ("Unknown environment", "environment"),
        ("Unknown color", "colour"),
        ("Expected closing token", "open"),
        ("Unmatched closing token", "closed"),
        ("Expected \"\\end", "crossed"),
        ("Expected argument", "argument"),
        ("There must be a parenthesis", "parenthesis"),
        ("Duplicate subscript", "twice"),
        ("'^' or '_'", "twice"),
        ("Disallowed character", "sign"),
        ("Expected length", "length"),
        ("Found invalid unit", "length"),
        ("Hard limit", "long"),
    ];
    let cause =
        STARTS.iter().find(|it| sentence.starts_with(it.0)).map_or("other", |it| it.1);
    let piece = sentence.split(['"', '\'']).nth(1).unwrap_or_default();
    (cause, piece.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_machine_says_is_known_by_its_number_where_it_has_no_name() {
        let of = |number| machine(&io::Error::from_raw_os_error(number));
        assert_eq!(
            [of(5), of(13), of(24), of(28), of(40)],
            ["disk", "denied", "open", "full", "links"]
        );
        assert_eq!(of(95), "other");
    }

    #[test]
    fn a_formula_is_told_by_the_start_of_the_sentence_and_the_piece_in_it() {
        let said = formula("Unknown command \"\\foo\".");
        assert_eq!(said, ("command", "\\foo".to_owned()));
        assert_eq!(formula("Not valid in text mode.").0, "other");
    }
}
