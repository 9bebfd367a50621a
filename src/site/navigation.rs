//! The contents of an edition: its pages, nested by their trails.

use crate::document::{PageKey, Text};

/// An entry of the contents.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its words: the page's title, or the breadcrumb segment's.
    pub text: Text,
    /// The page it leads to; `None` for a segment that leads to no page.
    pub page: Option<PageKey>,
    /// What lies under it.
    pub children: Vec<Entry>,
}
