//! Passages pasted from a word processor or an e-mail.
//!
//! They bring elements, attributes and comments along that mean nothing here, a dozen in a
//! paragraph. Each by itself is true and helps nobody, so a passage is told once.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::reader::Reader;
use crate::{
    diagnostic::{Diagnostic, Severity},
    document::{Block, Document, walk},
};

/// What only word processors and their e-mails write.
static SIGNS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"(?i)</?[owvm]:[a-z]|class\s*=\s*["']?(?:Mso|x_Mso|WordSection|gmail_|OutlookMessage)|\bmso-[a-z-]+\s*:|<!--\[if |<!\[(?:if|endif)|<!--(?:Start|End)Fragment|schemas-microsoft-com"#;
    Regex::new(pattern).expect("the pattern is ours")
});

/// How many lines without such a sign a passage may have.
const FARTHEST: usize = 10;

/// What is told of a passage in one message.
const TOLD: [&str; 5] = [
    "html-unknown",
    "html-comment-dropped",
    "html-end-without-start",
    "html-not-closed",
    "attribute-ignored",
];

/// Puts one message for each passage in the place of those about its marks.
pub(super) fn settle(reader: &mut Reader<'_>, document: &Document) {
    let passages = passages(reader, document);
    for passage in passages {
        let is_mark = |it: &Diagnostic| {
            let start = it.place.map_or(0, |place| place.start as usize);
            it.severity < Severity::Error
                && TOLD.contains(&it.code)
                && passage.contains(&start)
        };
        let before = reader.diagnostics.len();
        reader.diagnostics.retain(|it| !is_mark(it));
        let count = (before - reader.diagnostics.len()).max(1);
        let place = reader.places.place(passage.start, passage.end);
        let warning = Diagnostic::warning("pasted-from-office").at(place);
        reader.report(warning.with("count", count));
    }
}

/// The lines from the first such sign to the last, for each passage.
fn passages(reader: &Reader<'_>, document: &Document) -> Vec<Range<usize>> {
    let text = reader.places.text();
    let mut code: Vec<Range<usize>> = Vec::new();
    walk::blocks(&document.blocks, &mut |block| {
        if let Block::Code(it) = block {
            code.push(it.place.start as usize..it.place.end as usize);
        }
    });
    let mut passages: Vec<Range<usize>> = Vec::new();
    let mut last = 0;
    for sign in SIGNS.find_iter(text) {
        // Pieces of code come in the order of the page.
        let next = code.partition_point(|it| it.end <= sign.start());
        let line = reader.places.line_of(sign.start());
        let (start, end) = (reader.places.line_start(line), reader.places.line_end(line));
        let quoted = is_quoted(text, start..sign.start());
        if quoted || code.get(next).is_some_and(|it| it.contains(&sign.start())) {
            continue;
        }
        match passages.last_mut() {
            Some(passage) if line - last <= FARTHEST => passage.end = end,
            _ => passages.push(start..end),
        }
        last = line;
    }
    passages
}

/// Whether what follows the beginning of a line is in code inside that line.
fn is_quoted(text: &str, before: Range<usize>) -> bool {
    /// No line that is looked at is longer.
    const LONGEST: usize = 2000;
    before.len() < LONGEST && text[before].matches('`').count() % 2 == 1
}
