//! The writers: a site in, files out.
//!
//! Three writers with the same three functions (document, block, inline) and the same
//! file names, so that they can be read side by side. Each covers every node: a writer
//! that cannot show one says so in a diagnostic.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod code;
pub mod epub;
pub mod html;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod picture;
pub mod theme;

use std::{collections::BTreeMap, sync::Arc};

use crate::document::{Language, PageKey};

/// A finished file.
#[derive(Clone, Debug)]
pub struct File {
    /// Its path under `exports/`, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Arc<Vec<u8>>,
    /// Its format.
    pub format: Format,
    /// Its language, when it has one.
    pub language: Option<Language>,
    /// The page it shows, when it shows one alone.
    pub page: Option<PageKey>,
}

/// A format that is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// A site.
    Html,
    /// Pages for print and archives.
    Pdf,
    /// A book for readers.
    Epub,
}

impl Format {
    /// Every format, in the order in which they are listed.
    pub const ALL: [Format; 3] = [Format::Html, Format::Pdf, Format::Epub];

    /// The word used in settings and in machine output: `html`, `pdf`, `epub`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Epub => "epub",
        }
    }
}

/// The workspace's own theme files, by their path under `themes/`; each replaces the
/// built-in file of the same path (`html/page.html`, `pdf/book.typ`, `epub/book.css`).
pub type Theme = BTreeMap<String, Arc<Vec<u8>>>;
