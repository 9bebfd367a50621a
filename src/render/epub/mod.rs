//! EPUB: an edition as one book for readers.
//!
//! - `book` puts the book together;
//! - `chapter` writes a page, with the writer that the site uses too;
//! - `cover` draws the cover, `images` sees to the images;
//! - `metadata` says what the book is and how it can be read;
//! - `package` mends what `epub-builder` gets wrong;
//! - `names` and `archive`: what the files are called, and the archive that holds them.

mod archive;
mod book;
mod chapter;
mod cover;
mod images;
mod metadata;
mod names;
mod package;

pub use book::book;

use std::collections::BTreeSet;

use crate::render::{Format, Theme, picture::Cache};

/// What the writer is told.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The workspace's own theme files; `epub/book.css` is the one that counts here.
    pub theme: Theme,
    /// Where images are kept that were made smaller.
    pub cache: Cache,
    /// The formats that are published.
    pub formats: BTreeSet<Format>,
}

/// The machine, or a crate, failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `epub-builder` refused something.
    #[error("cannot put the EPUB together: {0}")]
    Builder(#[from] epub_builder::Error),
    /// What `epub-builder` wrote is not well-formed.
    #[error("cannot read the EPUB's package: {0}")]
    Package(#[from] quick_xml::Error),
    /// The archive cannot be written.
    #[error("cannot write the EPUB's archive: {0}")]
    Archive(#[from] zip::result::ZipError),
}
