//! What the parts of the reader share: the page, its places and what is wrong with it.

use std::{borrow::Cow, collections::BTreeSet};

use comrak::nodes::Sourcepos;

use super::{
    attributes::Written,
    container::{self, Container},
    opaque::Opaques,
    places::Places,
    shortcode::Dialect,
};
use crate::{
    diagnostic::{Diagnostic, Place},
    document::Attributes,
};

/// How deep blocks may lie in one another; deeper ones are laid side by side.
pub(super) const DEEPEST_BLOCK: usize = 12;
/// How deep inlines may lie in one another; deeper ones lose what sets them apart.
pub(super) const DEEPEST_INLINE: usize = 24;

/// How often the bytes of a page may be read in vain or copied, all in all. An ordinary page
/// needs nothing of it: it is there so that a page that was made to take for ever does not.
const WORK: usize = 16;
/// The least work that a page may take, however short it is.
const LEAST_WORK: usize = 1 << 16;

/// How much work the code of a page may take to be coloured: the square of the length of each
/// run of signs without a space, which is what the grammars' expressions take in the worst
/// case. Ordinary code takes a hundred times its length.
const COLOURED: usize = 10_000_000;

/// How many problems are told of one page.
const MOST_DIAGNOSTICS: usize = 500;

/// A page that is being read.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    /// The lines of the whole file.
    pub(super) places: Places<'a>,
    /// The number of lines before the body.
    pub(super) lines_before: usize,
    /// The bytes by which the body's first line begins before the parser's (a guard), or
    /// after the file's (a byte-order mark).
    pub(super) shift: isize,
    /// What was kept from the Markdown parser.
    pub(super) opaques: Opaques,
    /// What the workspace says of shortcodes and formulas.
    pub(super) dialect: &'a Dialect,
    /// The shortcodes that stood around something so far.
    pub(super) opened: BTreeSet<String>,
    /// What is wrong so far.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What is said once a page has been said.
    said: BTreeSet<(&'static str, String)>,
    /// How many problems are left unsaid.
    unsaid: usize,
    /// How many bytes may still be read in vain or copied.
    work: usize,
    /// How much work the colours of code may still take.
    colours: usize,
    /// The senses that comments give to the texts around or after them.
    pub(super) contexts: Vec<(Place, String)>,
}

impl<'a> Reader<'a> {
    /// A reader of a file of which the body begins after some lines.
    pub(super) fn new(
        places: Places<'a>,
        lines_before: usize,
        opaques: Opaques,
        dialect: &'a Dialect,
    ) -> Self {
        let work = places.text().len().saturating_mul(WORK).max(LEAST_WORK);
        Self {
            places,
            lines_before,
            work,
            colours: COLOURED,
            shift: 0,
            opaques,
            dialect,
            opened: BTreeSet::new(),
            diagnostics: Vec::new(),
            said: BTreeSet::new(),
            unsaid: 0,
            contexts: Vec::new(),
        }
    }

    /// Notes what is wrong, up to a number that nobody reads to the end.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        } else {
            self.unsaid += 1;
        }
    }

    /// All that is wrong.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if self.unsaid > 0 {
            let error = Diagnostic::error("more-problems").with("count", self.unsaid);
            self.diagnostics.push(error);
        }
        self.diagnostics
    }

    /// Notes what is wrong, once for this code and subject in a page.
    pub(super) fn report_once(&mut self, subject: &str, diagnostic: Diagnostic) {
        if self.said.insert((diagnostic.code, subject.to_owned())) {
            self.report(diagnostic);
        }
    }

    /// Says once a page that something lies too deep.
    pub(super) fn report_depth(&mut self, place: Place) {
        self.report_once("", Diagnostic::warning("nested-too-deep").at(place));
    }

    /// Whether the page may take this much more work that leads to nothing; says once when
    /// it may not.
    pub(super) fn afford(&mut self, cost: usize, place: Place) -> bool {
        let left = self.work.checked_sub(cost);
        self.work = left.unwrap_or_default();
        if left.is_none() {
            self.report_tangled(place);
        }
        left.is_some()
    }

    /// Whether the page may have this code coloured; says once when it may not.
    pub(super) fn afford_colours(&mut self, code: &str, place: Place) -> bool {
        let runs = code.split_ascii_whitespace().map(|it| it.len().saturating_pow(2));
        let left = self.colours.checked_sub(runs.fold(0, usize::saturating_add));
        self.colours = left.unwrap_or_default();
        if left.is_none() {
            let warning = Diagnostic::warning("code-not-coloured").at(place);
            self.report_once("", warning);
        }
        left.is_some()
    }

    /// Says once a page that a part of it takes too much work to be understood.
    pub(super) fn report_tangled(&mut self, place: Place) {
        let error = Diagnostic::error("page-too-tangled").at(place);
        self.report_once("", error.with("times", WORK));
    }

    /// Puts back what tokens stand for.
    pub(super) fn restore<'b>(&self, text: &'b str) -> Cow<'b, str> {
        self.opaques.restore(text)
    }

    /// The bytes that a node of the Markdown parser takes in the file.
    pub(super) fn range(&self, at: Sourcepos) -> (usize, usize) {
        let offset = |line: usize, column: usize| {
            let shift = if line == 1 { self.shift } else { 0 };
            let line = line + self.lines_before;
            let end = self.places.line_start(line + 1);
            (self.places.line_start(line) + column.saturating_add_signed(shift)).min(end)
        };
        let start = offset(at.start.line, at.start.column.saturating_sub(1));
        (start, offset(at.end.line, at.end.column).max(start))
    }

    /// The place of a node of the Markdown parser.
    pub(super) fn place(&self, at: Sourcepos) -> Place {
        let (start, end) = self.range(at);
        let text = self.places.text().as_bytes();
        let blank = text[start..end.min(text.len())].iter().rev();
        let blank = blank.take_while(|it| matches!(it, b'\n' | b'\r' | b' ')).count();
        self.places.place(start, end - blank)
    }

    /// What a container of this name is; says so where the name is another's.
    pub(super) fn container(&mut self, name: &str, place: Place) -> Option<Container> {
        if let Some(known) = self.dialect.container(name) {
            return Some(known);
        }
        let (container, own) = container::meant(name)?;
        let note = Diagnostic::note("container-name-meant").at(place);
        self.report_once(name, note.with("name", name).with("own", own));
        Some(container)
    }

    /// The attributes that the model keeps; the others are named in a note.
    pub(super) fn attributes(&mut self, written: Written, place: Place) -> Attributes {
        for name in written.ignored {
            let note =
                Diagnostic::note("attribute-ignored").at(place).with("name", &name);
            self.report_once(&name, note);
        }
        written.kept
    }
}

/// The place from the start of one to the end of another.
pub(super) fn join(first: Place, last: Place) -> Place {
    Place { end: last.end.max(first.end), ..first }
}
