//! A book, read back: container, package, spine, contents, chapters.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read as _},
};

use sha2::{Digest as _, Sha256};
use zip::ZipArchive;

use super::{
    Setting, markup,
    outline::{Outline, normal},
    place,
    tree::{self, Element},
};
use crate::limits;

/// A book.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// Its chapters, each once: the key of the page, and what a reader meets.
    pub(super) chapters: Vec<(String, Result<Outline, String>)>,
    /// The pages in its reading order, as often as they come in it.
    pub(super) order: Vec<String>,
    /// The pages that its contents list, in their order.
    pub(super) listed: Vec<String>,
    /// What it says of itself.
    pub(super) cover: Outline,
}

/// Reads a book. `keys` are the pages of which it may have a chapter.
///
/// # Errors
///
/// What is wrong with the archive or its package.
pub(super) fn book<'k>(
    bytes: &[u8],
    language: &str,
    keys: impl Iterator<Item = &'k str>,
    setting: &Setting,
) -> Result<Book, String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|it| it.to_string())?;
    let mut archive = Archive { archive, left: limits::steps(bytes.len()) as u64 };
    let container = tree::xml(&archive.file("META-INF/container.xml")?)?;
    let package_path = container
        .find(&|it| it.name == "rootfile")
        .and_then(|it| it.get("full-path"))
        .ok_or("rootfile")?
        .to_owned();
    let package = tree::xml(&archive.file(&package_path)?)?;
    let folder =
        package_path.rsplit_once('/').map_or(String::new(), |it| format!("{}/", it.0));
    let language_of_book =
        package.find(&|it| it.name == "dc:language").map(Element::text);
    let title = package.find(&|it| it.name == "dc:title").map(Element::text);
    let mut book = Book::default();
    book.cover.title = title.map(|it| normal(&it));
    book.cover.language.clone_from(&language_of_book);
    let items = items(&package);
    let names: BTreeMap<String, String> =
        keys.flat_map(|key| names(key).map(|name| (name, key.to_owned()))).collect();
    let listed = match items.values().find(|it| it.is_contents) {
        Some(item) => {
            contents(&tree::xml(&archive.file(&(folder.clone() + &item.path))?)?)
        }
        None => Vec::new(),
    };
    let mut called: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, words) in &listed {
        called.entry(path).or_default().push(words.clone());
    }
    book.listed = listed.iter().filter_map(|it| key(&it.0, &names)).collect();
    let mut seen = BTreeSet::new();
    for path in spine(&package, &items) {
        let Some(key) = key(&path, &names) else { continue };
        book.order.push(key.clone());
        if !seen.insert(path.clone()) {
            continue;
        }
        let read = archive.file(&(folder.clone() + &path));
        let outline = read.and_then(|text| {
            let lead = |address: &str| lead(address, &path, language, &names, setting);
            chapter(&text, &lead)
        });
        let outline = outline.map(|mut it| {
            // A chapter is in the language that its book says, or says its own.
            if it.language.as_deref() == Some("") {
                it.language.clone_from(&language_of_book);
            }
            it.bookmarks = Some(called.get(path.as_str()).cloned().unwrap_or_default());
            it
        });
        book.chapters.push((key, outline));
    }
    Ok(book)
}

/// A file of the package.
struct Item {
    path: String,
    is_contents: bool,
}

fn items(package: &Element) -> BTreeMap<&str, Item> {
    let mut found = Vec::new();
    package.all(&|it| it.name == "item", &mut found);
    let item = |it: &&Element| Item {
        path: place::decoded(it.get("href").unwrap_or_default()),
        is_contents: it.says("properties", "nav"),
    };
    found.iter().filter_map(|it| Some((it.get("id")?, item(it)))).collect()
}

/// The files in reading order.
fn spine(package: &Element, items: &BTreeMap<&str, Item>) -> Vec<String> {
    let mut found = Vec::new();
    package.all(&|it| it.name == "itemref", &mut found);
    let path = |it: &&Element| items.get(it.get("idref")?).map(|it| it.path.clone());
    found.iter().filter_map(path).collect()
}

/// The chapters that the contents list, and what they call each.
fn contents(nav: &Element) -> Vec<(String, String)> {
    let mut links = Vec::new();
    let toc = nav.find(&|it| it.name == "nav" && it.says("epub:type", "toc"));
    toc.into_iter().for_each(|it| it.all(&|it| it.name == "a", &mut links));
    let entry = |it: &&Element| {
        let (path, _) = place::divided(it.get("href")?);
        Some((place::decoded(path), normal(&it.text())))
    };
    links.iter().filter_map(entry).collect()
}

/// The names that the chapter of a page may have: the page's key spelt out, or what ends in
/// its fingerprint.
fn names(key: &str) -> [String; 2] {
    let path = key.trim_matches('/');
    let plain = match path {
        "" => "page".to_owned(),
        path => format!("page-{}", path.replace('/', "--")),
    };
    let print: String =
        Sha256::digest(key).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    [format!("{plain}.xhtml"), format!(".{print}.xhtml")]
}

/// The key of the page that a chapter shows; the file's own name for one that no page has.
fn key(path: &str, names: &BTreeMap<String, String>) -> Option<String> {
    if let Some(key) = names.get(path) {
        return Some(key.clone());
    }
    let inside = path.strip_prefix("page")?.strip_suffix(".xhtml")?;
    if let Some((_, print)) = inside.rsplit_once('.')
        && let Some(key) = names.get(&format!(".{print}.xhtml"))
    {
        return Some(key.clone());
    }
    let plain = inside.trim_start_matches('-').replace("--", "/");
    Some(if plain.is_empty() { "/".to_owned() } else { format!("/{plain}/") })
}

/// Where a link of a chapter leads.
fn lead(
    address: &str,
    here: &str,
    language: &str,
    names: &BTreeMap<String, String>,
    setting: &Setting,
) -> String {
    if place::is_absolute(address) {
        return place::on_site(address, "/", &setting.base);
    }
    let (path, anchor) = place::divided(address);
    let path = place::joined(&format!("/{here}"), path);
    let path = place::decoded(path.trim_start_matches('/'));
    match key(&path, names) {
        Some(key) => {
            let page = format!("/{language}{key}");
            anchor.map_or(page.clone(), |it| format!("{page}#{}", place::decoded(it)))
        }
        None => format!("epub:{path}"),
    }
}

fn chapter(text: &str, lead: &dyn Fn(&str) -> String) -> Result<Outline, String> {
    let root = tree::xml(text)?;
    let body = root.find(&|it| it.name == "body").ok_or("<body>")?;
    let main = body.find(&|it| it.says("epub:type", "chapter")).unwrap_or(body);
    let own = root.get("lang").or_else(|| root.get("xml:lang")).unwrap_or_default();
    // A reader's program takes one of the two.
    if let (Some(html), Some(xml)) = (root.get("lang"), root.get("xml:lang"))
        && html != xml
    {
        return Err(format!("lang={html:?} xml:lang={xml:?}"));
    }
    let context = markup::Context { main, around: body, language: own, lead };
    let mut outline = markup::outline(&context);
    outline.title = root.find(&|it| it.name == "title").map(|it| normal(&it.text()));
    Ok(outline)
}

/// The files of a book, and how much more of them is read: a small file may unfold into any
/// number of large ones.
struct Archive<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl Archive<'_> {
    fn file(&mut self, path: &str) -> Result<String, String> {
        let entry = self.archive.by_name(path).map_err(|it| format!("{path}: {it}"))?;
        let mut text = String::new();
        let read = entry.take(self.left.saturating_add(1)).read_to_string(&mut text);
        let read = read.map_err(|it| format!("{path}: {it}"))? as u64;
        match self.left.checked_sub(read) {
            Some(left) => {
                self.left = left;
                Ok(text)
            }
            None => Err(format!("{path} > {}", self.left)),
        }
    }
}
