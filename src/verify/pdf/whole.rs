//! The PDF of the publication: a cover, contents, and every page in order.
//!
//! A page begins where the name of its head leads (`mission/`), and its places are called
//! as in its own file behind that name (`mission/u-1a2b3c4d`).

use std::collections::BTreeSet;

use super::{
    File, Kid, Kind, Names, Outline, Setting, Tag, key_of, likeness, normal, place,
    plainly, read, tags, words_of,
};

/// The PDF of a publication, read back.
#[derive(Debug, Default)]
pub(in crate::verify) struct Whole {
    /// What stands before its first page.
    pub(in crate::verify) cover: Outline,
    /// Its pages, in their order: the key of each, and what a reader meets of it.
    pub(in crate::verify) pages: Vec<(String, Outline)>,
    /// The keys of the pages that its contents list, in their order.
    pub(in crate::verify) listed: Vec<String>,
}

/// Reads the PDF of a publication.
///
/// # Errors
///
/// What is wrong with it.
pub(in crate::verify) fn whole(
    bytes: &[u8],
    language: &str,
    setting: &Setting,
) -> Result<Whole, String> {
    let file = tags::read(bytes)?;
    let heads = &file.heads;
    let mut parts = Vec::new();
    let mut front = Vec::new();
    for tag in file.root.tags() {
        divide(tag, heads, &mut front, &mut parts);
    }
    let site = Names { language, prefix: "", heads };
    let mut whole =
        Whole { cover: cover(&file, &front, site, setting), ..Whole::default() };
    whole.cover.faults.clone_from(&file.faults);
    let entries = entries(&file, &front, site);
    for part in &parts {
        let site = Names { prefix: part.head, ..site };
        let key = key_of(part.head);
        let here = format!("/{language}{key}");
        let mut outline = read(&file, &part.tags, &here, site, setting);
        // It is in the language that the file says, once.
        outline.language = None;
        let (first, last) = part.leaves(&file);
        let is_in = |it: &&(String, Option<usize>)| {
            it.1.is_some_and(|page| (first..=last).contains(&page))
        };
        let own = file.bookmarks.iter().filter(is_in);
        outline.bookmarks = Some(own.map(|it| normal(&it.0)).collect());
        let own = entries.iter().filter(|it| it.page == here);
        outline.entries = Some(own.map(|it| it.words(first + 1)).collect());
        whole.pages.push((key, outline));
    }
    let key =
        |it: &Entry| it.page.strip_prefix(&format!("/{language}")).map(str::to_owned);
    whole.listed = entries.iter().filter_map(key).collect();
    Ok(whole)
}

/// A page of the publication, in its PDF.
struct Part<'a> {
    /// The name of its head.
    head: &'a str,
    tags: Vec<&'a Tag>,
}

impl Part<'_> {
    /// The first and the last page of paper on which it stands.
    fn leaves(&self, file: &File) -> (usize, usize) {
        let mut parts = Vec::new();
        self.tags.iter().for_each(|it| parts_of(it, &mut parts));
        let shown = parts.iter().filter(|it| file.parts.contains_key(it)).map(|it| it.0);
        let (first, last) = (shown.clone().min(), shown.max());
        (first.unwrap_or_default(), last.unwrap_or_default())
    }
}

/// The names of the heads of pages in a tag.
fn heads_in(tag: &Tag, found: &mut BTreeSet<String>) {
    found.extend(tag.names.iter().filter(|it| it.ends_with('/')).cloned());
    tag.tags().for_each(|it| heads_in(it, found));
}

/// Divides tags where a page begins. One in which several begin, or one behind something
/// else, is divided itself.
fn divide<'a>(
    tag: &'a Tag,
    heads: &'a BTreeSet<String>,
    front: &mut Vec<&'a Tag>,
    parts: &mut Vec<Part<'a>>,
) {
    let mut begun = BTreeSet::new();
    heads_in(tag, &mut begun);
    let is_leaf = tag.tags().next().is_none();
    match begun.first().and_then(|it| heads.get(it)) {
        None => {}
        Some(head) if begun.len() == 1 && (is_leaf || opens(tag, head)) => {
            parts.push(Part { head, tags: Vec::new() });
        }
        Some(_) => {
            return tag.tags().for_each(|it| divide(it, heads, front, parts));
        }
    }
    match parts.last_mut() {
        Some(part) => part.tags.push(tag),
        None => front.push(tag),
    }
}

/// Whether a tag, or what is first in it, has this name.
fn opens(tag: &Tag, head: &str) -> bool {
    let is_here = tag.names.iter().any(|it| it == head);
    is_here || matches!(tag.kids.first(), Some(Kid::Tag(first)) if opens(first, head))
}

/// The parts of the pages of paper that a tag holds.
fn parts_of(tag: &Tag, found: &mut Vec<(usize, i64)>) {
    for kid in &tag.kids {
        match kid {
            Kid::Tag(inner) => parts_of(inner, found),
            Kid::Part(part) => found.push(*part),
            Kid::Link(_) => {}
        }
    }
}

/// What the publication says of itself. The lines of its title page are those nearest to
/// what is expected; a theme may leave out any but the title.
fn cover(file: &File, front: &[&Tag], site: Names<'_>, setting: &Setting) -> Outline {
    let said = plainly(file, front, "", site, setting);
    let lines: Vec<&str> = said
        .pieces
        .iter()
        .filter(|it| it.kind == Kind::Text)
        .map(|it| it.text.as_str())
        .collect();
    let expected = setting.covers.get(site.language).into_iter().flatten().enumerate();
    let nearest = expected.filter_map(|(at, words)| {
        let near = lines.iter().map(|it| (*it, likeness(it, words)));
        let best = near.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|it| it.1 > 0.7);
        let is_title = at == 0;
        best.map(|it| it.0).or((!is_title).then_some(words.as_str()))
    });
    Outline {
        title: Some(normal(&file.title)),
        language: said.language.clone(),
        notices: Some(nearest.map(str::to_owned).collect()),
        ..Outline::default()
    }
}

/// An entry of the contents.
struct Entry {
    /// The path of the page to which it leads.
    page: String,
    /// What it says, the number of that page of paper last.
    text: String,
}

impl Entry {
    /// What it says of a page that begins on this page of paper. A number that is not its
    /// own stays.
    fn words(&self, leaf: usize) -> String {
        let words = self.text.strip_suffix(&leaf.to_string());
        words.unwrap_or(&self.text).trim_end().to_owned()
    }
}

fn entries(file: &File, front: &[&Tag], site: Names<'_>) -> Vec<Entry> {
    let mut found = Vec::new();
    for tag in front {
        list(file, tag, site, &mut found);
    }
    found
}

fn list(file: &File, tag: &Tag, site: Names<'_>, found: &mut Vec<Entry>) {
    if tag.kind != "TOCI" {
        return tag.tags().for_each(|it| list(file, it, site, found));
    }
    let mut links = Vec::new();
    tag.links(&mut links);
    let names = links.iter().filter_map(|it| it.strip_prefix('#'));
    let mut pages = names.filter_map(|it| site.path(&place::decoded(it)));
    if let Some(page) = pages.next() {
        let mut text = String::new();
        words_of(file, tag, &mut text);
        let text = normal(&super::with_characters(&text));
        found.push(Entry { page, text });
    }
}
