//! The marks that Git leaves in a file where two people changed the same lines.
//!
//! A page with them is two pages in one: none of it may be published. A piece of code that
//! shows such marks shows all of them.

use std::ops::Range;

use super::places::Places;
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{Block, Document, walk},
};

/// The message that tells of them; the page is not published.
pub const CODE: &str = "merge-conflict";

/// The message that tells of them in a file that is no page; nothing of it is used.
pub const FILE: &str = "merge-conflict-file";

/// The first conflict of a file that is no page: both versions and all three marks are there.
pub fn in_file(text: &str) -> Option<Diagnostic> {
    let mut is_divided = false;
    let mut first = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end_matches(['\n', '\r']).len();
        at += line.len();
        let line = &text[range.clone()];
        if first.is_none() && is_mark(line.trim_start_matches('\u{feff}'), "<<<<<<<") {
            first = Some(range);
        } else if first.is_some() && line.trim_end() == "=======" {
            is_divided = true;
        } else if is_divided && is_mark(line, ">>>>>>>") {
            let range = first?;
            let place =
                Place { end: end(range.end), ..Place::of_offset(text, range.start) };
            let fault = Diagnostic::error(FILE).at(place);
            return Some(fault.with("text", text[range].trim_end()));
        }
    }
    None
}

fn end(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// How many conflicts are told.
const MOST: usize = 20;

/// Tells of the conflicts of a page, each at its first mark.
pub(super) fn report(
    places: &Places<'_>,
    document: &Document,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let marks = marks(places.text());
    if marks.is_empty() {
        return;
    }
    let code = code(document);
    let is_shown = |at: &Range<usize>| {
        let all = ["<<<<<<<", "=======", ">>>>>>>"];
        code.iter().any(|block| {
            let text = places.text().get(block.clone()).unwrap_or_default();
            block.contains(&at.start)
                && all.iter().all(|mark| text.lines().any(|it| it.starts_with(mark)))
        })
    };
    for mark in marks.iter().filter(|it| !is_shown(it)).take(MOST) {
        let place: Place = places.place(mark.start, mark.end);
        let text = places.text()[mark.clone()].trim_end();
        diagnostics.push(Diagnostic::error(CODE).at(place).with("text", text));
    }
}

/// The lines that begin a conflict, or end one that nothing began.
fn marks(text: &str) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    let (mut at, mut is_open, mut is_divided) = (0, false, false);
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end_matches(['\n', '\r']).len();
        at += line.len();
        let line = &text[range.clone()];
        if is_mark(line, "<<<<<<<") {
            marks.push(range);
            (is_open, is_divided) = (true, false);
        } else if line.trim_end() == "=======" {
            is_divided = true;
        } else if is_mark(line, ">>>>>>>") {
            if !is_open && is_divided {
                marks.push(range);
            }
            (is_open, is_divided) = (false, false);
        }
    }
    marks
}

/// Whether a line is seven such signs and a name.
fn is_mark(line: &str, signs: &str) -> bool {
    let name = line.strip_prefix(signs).and_then(|it| it.strip_prefix(' '));
    name.is_some_and(|it| !it.trim().is_empty() && !it.starts_with(['<', '>', ' ']))
}

/// The bytes of the pieces of code.
fn code(document: &Document) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let notes = document.footnotes.iter().map(|it| &it.blocks);
    for blocks in std::iter::once(&document.blocks).chain(notes) {
        walk::blocks(blocks, &mut |block| {
            if let Block::Code(it) = block {
                found.push(it.place.start as usize..it.place.end as usize);
            }
        });
    }
    found
}
