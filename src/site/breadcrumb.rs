//! The trail: home › segments › page. One for all formats.

use crate::document::{PageKey, Text};

/// The way from home to a page. Home comes first, the page itself last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trail {
    /// The entries.
    pub crumbs: Vec<Crumb>,
}

/// An entry of a trail.
#[derive(Clone, Debug, PartialEq)]
pub struct Crumb {
    /// Its words; home's are the interface's.
    pub text: Text,
    /// The page it leads to; `None` when there is none (shown as text) and for the page
    /// itself. Home leads to `/`.
    pub page: Option<PageKey>,
}
