//! A page of an edition.

use std::sync::Arc;

use super::{Crumb, Trail};
use crate::document::{Block, Date, Document, Heading, Language, PageKey, State};

/// A page of an edition: its document in this language, its address, its trail.
#[derive(Debug)]
pub struct Page {
    /// What it is called in every language.
    pub key: PageKey,
    /// The file it was read from, relative to the workspace.
    pub file: Arc<str>,
    /// What it says; its links and images are resolved.
    pub document: Document,
    /// The way to it.
    pub trail: Trail,
    /// Whether the page was made by the program: the list of what is in a folder, the pages
    /// of tags, the map of the site, a home page where the workspace has none.
    pub generated: bool,
    /// Whether it has a PDF of its own and a place in books and in the contents. Pages that
    /// list what a book's own contents hold already have none.
    pub in_books: bool,
    /// Its tags that have a page: what they are called, and that page.
    pub tags: Vec<Crumb>,
    /// Whether the page asks for its trail to be shown.
    pub show_breadcrumb: bool,
    /// Its own date, if it has one.
    pub date: Option<Date>,
    /// The language of the file it was read from.
    pub authored: Language,
    /// Whether nothing of it is in the edition's language: one banner says so, and its
    /// units carry no marks of their own.
    pub fallback: bool,
    /// How its units stand in this language.
    pub counts: Counts,
    /// The languages in which the page exists as such (authored, or with at least one
    /// unit translated), this one included when it does. A fallback is not listed.
    pub available: Vec<Language>,
    /// The keys of the pages before and after in reading order.
    pub previous: Option<PageKey>,
    /// See `previous`.
    pub next: Option<PageKey>,
}

/// How many units stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The author's own text.
    pub source: usize,
    /// Checked by a second person.
    pub reviewed: usize,
    /// Translated.
    pub translated: usize,
    /// Proposed.
    pub draft: usize,
    /// The source changed.
    pub stale: usize,
    /// Not translated.
    pub missing: usize,
}

impl Counts {
    /// Counts one more unit.
    pub fn add(&mut self, state: State) {
        match state {
            State::Source => self.source += 1,
            State::Reviewed => self.reviewed += 1,
            State::Translated => self.translated += 1,
            State::Draft => self.draft += 1,
            State::Stale => self.stale += 1,
            State::Missing => self.missing += 1,
        }
    }

    /// All units.
    pub fn total(&self) -> usize {
        self.source + self.reviewed + self.translated + self.marked()
    }

    /// The units that a reader must be warned about.
    pub fn marked(&self) -> usize {
        self.draft + self.stale + self.missing
    }
}

impl Page {
    /// How many passages of its text carry a mark. The entries of the trail are titles of
    /// other pages, and carry none.
    pub fn marked(&self) -> usize {
        let segments = self.document.meta.segments.iter();
        let unmarked = segments.filter(|it| it.title.state.is_marked()).count();
        self.counts.marked().saturating_sub(unmarked)
    }

    /// Whether nothing of it is in the edition's language.
    pub fn is_fallback(&self) -> bool {
        self.fallback
    }

    /// The headings of the first two levels that say something, those inside groups
    /// included: what the page's own contents are made of.
    pub fn headings(&self) -> Vec<&Heading> {
        headings(&self.document.blocks)
    }

    /// The headings that a PDF and a book show at the head of the page, because its author
    /// asks for them. Other pages do without: both have contents of their own.
    pub fn printed_headings(&self) -> Vec<&Heading> {
        match self.document.meta.toc {
            Some(true) => self.headings(),
            Some(false) | None => Vec::new(),
        }
    }
}

fn headings(blocks: &[Block]) -> Vec<&Heading> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(it) if it.level <= 3 && !it.text.is_empty() => found.push(it),
            Block::Group(it) => found.extend(headings(&it.blocks)),
            Block::Heading(_)
            | Block::Paragraph(_)
            | Block::Plain(_)
            | Block::List(_)
            | Block::Definitions(_)
            | Block::Quote(_)
            | Block::Callout(_)
            | Block::Details(_)
            | Block::Code(_)
            | Block::Table(_)
            | Block::Figure(_)
            | Block::Media(_)
            | Block::Rule(_)
            | Block::PageBreak(_)
            | Block::Math(_)
            | Block::Unknown(_) => {}
        }
    }
    found
}
