//! The trail: home › segments › page. One for all formats.

use std::{collections::BTreeMap, sync::Arc};

use super::address;
use crate::{
    diagnostic::{Diagnostic, Place},
    document::{Document, Language, PageKey, Segment, Text},
};

/// The way from home to a page. Home comes first, the page itself last; the home page's
/// own trail is that page alone.
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

/// The trail of a document. `exists` tells whether a key is a page's.
pub fn trail(
    document: &Document,
    key: &PageKey,
    home: &str,
    languages: &[Language],
    exists: &dyn Fn(&PageKey) -> bool,
) -> Trail {
    let own = Crumb { text: document.meta.title.clone(), page: None };
    if key.as_str() == "/" {
        return Trail { crumbs: vec![own] };
    }
    let home = Text::plain(Place::default(), home);
    let mut crumbs = vec![Crumb { text: home, page: Some(PageKey::new("/")) }];
    for segment in &document.meta.segments {
        let page = segment_key(segment, languages).filter(|it| exists(it));
        crumbs.push(Crumb { text: segment.title.clone(), page });
    }
    crumbs.push(own);
    Trail { crumbs }
}

/// The key that a segment names: its address without a language.
pub fn segment_key(segment: &Segment, languages: &[Language]) -> Option<PageKey> {
    if segment.url.is_empty() {
        return None;
    }
    address::from_permalink(&segment.url, languages).ok().map(|it| it.0)
}

/// A segment as it is written, and the file it is written in.
pub type Written<'a> = (&'a Arc<str>, &'a Language, &'a Segment);

/// Reports segments that lead to no page, and one address under two titles.
pub fn check(
    segments: &[Written<'_>],
    languages: &[Language],
    exists: &dyn Fn(&PageKey) -> bool,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut titles: BTreeMap<(&Language, String), (String, &Arc<str>)> = BTreeMap::new();
    // An entry of the navigation that leads nowhere was never meant to.
    for (file, language, segment) in segments.iter().filter(|it| !it.2.url.is_empty()) {
        let key = segment_key(segment, languages);
        if !key.as_ref().is_some_and(exists) {
            let fault = Diagnostic::warning("segment-without-page").at(segment.place);
            let fault =
                fault.with("url", &segment.url).with("title", segment.title.to_plain());
            diagnostics.push(fault.in_file(file));
        }
        let url = key.map_or_else(|| segment.url.clone(), |it| it.to_string());
        let title = segment.title.to_plain();
        let first =
            titles.entry((language, url)).or_insert_with(|| (title.clone(), file));
        if first.0 != title {
            let fault = Diagnostic::warning("segment-with-two-titles").at(segment.place);
            let fault = fault.with("url", &segment.url).with("title", title);
            let fault = fault.with("other", &first.0).with("file", first.1);
            diagnostics.push(fault.in_file(file));
        }
    }
    diagnostics
}
