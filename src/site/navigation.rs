//! The contents of an edition: its pages, nested by their trails.

use std::collections::{BTreeMap, BTreeSet};

use super::breadcrumb::segment_key;
use crate::document::{Document, Language, PageKey, Text};

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

/// The contents of these pages, given in the order in which they are wished.
///
/// A page lies under the last of its segments; without segments, under the nearest page
/// that its address passes through. Each page is there once; home leads nothing.
pub fn contents(pages: &[(&PageKey, &Document)], languages: &[Language]) -> Vec<Entry> {
    let known: BTreeMap<&PageKey, &Document> = pages.iter().copied().collect();
    let parents: BTreeMap<&PageKey, Id> = pages
        .iter()
        .map(|(key, document)| (*key, parent(key, document, &known, languages)))
        .collect();
    let mut tree =
        Tree { known: &known, children: BTreeMap::new(), titles: BTreeMap::new() };
    let circular = circular(&parents);
    for (key, document) in pages {
        for segment in &document.meta.segments {
            tree.titles.entry(segment.title.to_plain()).or_insert(&segment.title);
        }
        let id = if circular.contains(key) { Id::Root } else { parents[key].clone() };
        tree.add(id, Id::Page((*key).clone()));
    }
    tree.entries(&Id::Root)
}

/// A place in the contents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Id {
    /// The top.
    Root,
    /// A page.
    Page(PageKey),
    /// A segment that leads to no page, under another place, by its title.
    Segment(Box<Id>, String),
}

impl Id {
    /// The page that this is, or the nearest above it.
    fn page(&self) -> Option<&PageKey> {
        match self {
            Id::Root => None,
            Id::Page(page) => Some(page),
            Id::Segment(above, _) => above.page(),
        }
    }
}

/// Where a page lies.
fn parent(
    key: &PageKey,
    document: &Document,
    known: &BTreeMap<&PageKey, &Document>,
    languages: &[Language],
) -> Id {
    let mut id = Id::Root;
    for segment in &document.meta.segments {
        match segment_key(segment, languages).filter(|it| known.contains_key(it)) {
            // A page that names itself or home as its parent stays where it is.
            Some(page) if page == *key || page.as_str() == "/" => {}
            Some(page) => id = Id::Page(page),
            None => id = Id::Segment(Box::new(id), segment.title.to_plain()),
        }
    }
    if document.meta.segments.is_empty() {
        id = parent_by_address(key, known).map_or(Id::Root, Id::Page);
    }
    id
}

/// The pages from which following the parents does not lead to the top.
fn circular<'a>(parents: &BTreeMap<&'a PageKey, Id>) -> BTreeSet<&'a PageKey> {
    let mut circular = BTreeSet::new();
    let mut fine: BTreeSet<&PageKey> = BTreeSet::new();
    for start in parents.keys().copied() {
        let mut way = BTreeSet::new();
        let mut at = Some(start);
        // Until the top, a place that is known, or one on this way.
        while let Some(page) = at
            && !fine.contains(page)
            && !circular.contains(page)
            && way.insert(page)
        {
            at = parents[page]
                .page()
                .and_then(|it| parents.get_key_value(it))
                .map(|it| *it.0);
        }
        match at {
            Some(end) if !fine.contains(end) => circular.extend(way),
            _ => fine.extend(way),
        }
    }
    circular
}

/// The nearest page, home excepted, that an address passes through.
fn parent_by_address(
    key: &PageKey,
    known: &BTreeMap<&PageKey, &Document>,
) -> Option<PageKey> {
    let mut path = key.as_str().trim_end_matches('/');
    loop {
        path = &path[..path.rfind('/')?];
        if path.is_empty() {
            return None;
        }
        let parent = PageKey::new(&format!("{path}/"));
        if known.contains_key(&parent) {
            return Some(parent);
        }
    }
}

struct Tree<'a> {
    known: &'a BTreeMap<&'a PageKey, &'a Document>,
    children: BTreeMap<Id, Vec<Id>>,
    titles: BTreeMap<String, &'a Text>,
}

impl Tree<'_> {
    /// Puts a place under another, which is put into the tree first when it is a segment's.
    fn add(&mut self, parent: Id, child: Id) {
        if let Id::Segment(above, _) = &parent
            && !self.children.contains_key(&parent)
        {
            self.add((**above).clone(), parent.clone());
        }
        self.children.entry(parent).or_default().push(child);
    }

    fn entries(&self, id: &Id) -> Vec<Entry> {
        let children = self.children.get(id).into_iter().flatten();
        let entry = |id: &Id| {
            let (text, page) = match id {
                Id::Root => (Text::default(), None),
                Id::Page(key) => (self.known[key].meta.title.clone(), Some(key.clone())),
                Id::Segment(_, title) => (self.titles[title].clone(), None),
            };
            Entry { text, page, children: self.entries(id) }
        };
        children.map(entry).collect()
    }
}

/// The keys of the contents, in reading order.
pub fn reading_order(entries: &[Entry]) -> Vec<PageKey> {
    let below = |entry: &Entry| {
        let own = entry.page.iter().cloned();
        own.chain(reading_order(&entry.children)).collect::<Vec<_>>()
    };
    entries.iter().flat_map(below).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::Place,
        document::{Meta, Segment},
    };

    fn page(title: &str, segments: &[(&str, &str)]) -> Document {
        let segment = |(url, title): &(&str, &str)| Segment {
            place: Place::default(),
            url: (*url).to_owned(),
            title: Text::plain(Place::default(), *title),
        };
        let meta = Meta {
            title: Text::plain(Place::default(), title),
            segments: segments.iter().map(segment).collect(),
            ..Meta::default()
        };
        Document { meta, ..Document::default() }
    }

    fn shape(entries: &[Entry]) -> String {
        let one = |it: &Entry| format!("{}({})", it.text.to_plain(), shape(&it.children));
        entries.iter().map(one).collect()
    }

    fn contents_of(pages: &[(&str, Document)]) -> String {
        let keys: Vec<PageKey> = pages.iter().map(|it| PageKey::new(it.0)).collect();
        let pages: Vec<(&PageKey, &Document)> =
            keys.iter().zip(pages.iter().map(|it| &it.1)).collect();
        shape(&contents(&pages, &[Language::new("fr")]))
    }

    #[test]
    fn a_page_lies_under_its_last_segment_and_else_under_its_address() {
        let contents = contents_of(&[
            ("/", page("Home", &[])),
            ("/a/", page("A", &[])),
            ("/x/", page("X", &[("/a/", "A")])),
            ("/x/y/z/", page("Z", &[])),
        ]);
        assert_eq!(contents, "Home()A(X(Z()))");
    }

    #[test]
    fn a_segment_without_page_holds_its_pages_together() {
        let contents = contents_of(&[
            ("/a/", page("A", &[("/doc/", "Doc")])),
            ("/b/", page("B", &[("/doc/", "Doc")])),
        ]);
        assert_eq!(contents, "Doc(A()B())");
    }

    #[test]
    fn pages_that_name_each_other_as_parents_are_not_lost() {
        let contents = contents_of(&[
            ("/a/", page("A", &[("/b/", "B")])),
            ("/b/", page("B", &[("/a/", "A")])),
        ]);
        assert_eq!(contents, "A()B()");
    }
}
