//! What a deposit holds: the exports, and all that they were made of.
//!
//! ```text
//! exports/     as they are published, with their manifest
//! content/     the pages in the authors' language, and their images
//! locales/     the catalogues, the interface's words, the glossary
//! themes/      the workspace's own theme
//! licences/    those of the fonts in the PDFs
//! plantin.toml, deposit.toml
//! ```

use std::collections::BTreeSet;

use super::{
    licences,
    manifest::{self, Entry, Manifest},
    tree::is_safe,
};
use crate::{
    diagnostic::Diagnostic,
    document::{
        PageKey, Resource, Target,
        walk::{self, Reference},
    },
    site::{Page, Site},
};

/// The name of the manifest, in a deposit as in the exports.
pub const MANIFEST: &str = "manifest.json";

/// The files of a workspace, each by its path in its own folder.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The folder of pages, as the files of pages are named from the workspace.
    pub folder: String,
    /// The pages and their images.
    pub content: Vec<String>,
    /// The catalogues and the interface's words.
    pub locales: Vec<String>,
    /// The workspace's own theme.
    pub themes: Vec<String>,
    /// The settings: files of the workspace itself.
    pub settings: Vec<String>,
}

/// Where a file of a deposit comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The folder of exports, and the SHA-256 that the manifest gives.
    Exports(String, String),
    /// The folder of pages.
    Content(String),
    /// The folder of translations.
    Locales(String),
    /// The folder of themes.
    Themes(String),
    /// The workspace itself.
    Workspace(String),
    /// The program.
    Made(Vec<u8>),
}

/// A file of a deposit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its path in the deposit, with `/`.
    pub path: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// The pages that a deposit is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// All of them.
    Whole,
    /// These, without the books, which hold the others too.
    Pages(BTreeSet<PageKey>),
}

impl Chosen {
    /// Whether a page is among them.
    pub fn holds(&self, key: &str) -> bool {
        match self {
            Chosen::Whole => true,
            Chosen::Pages(keys) => keys.iter().any(|it| it.as_str() == key),
        }
    }

    /// What the manifest says of them.
    pub fn manifest(&self, manifest: &Manifest) -> Manifest {
        let mut manifest = manifest.clone();
        manifest.files.retain(|it| self.wants(it));
        manifest.pages.retain(|it| self.holds(&it.key));
        manifest
    }

    /// Files without a page are the site's own (styles, images), which each page needs,
    /// and the books.
    fn wants(&self, entry: &Entry) -> bool {
        match &entry.page {
            Some(key) => self.holds(key),
            None => {
                let is_shared = entry.format == "html" && entry.same_as.is_none();
                *self == Chosen::Whole || is_shared
            }
        }
    }
}

/// The pages that are named by an address or a file, or bear a tag. Nothing named: all.
///
/// # Errors
///
/// For each name that no page answers to.
pub fn choose(
    site: &Site,
    pages: &[String],
    tags: &[String],
) -> Result<Chosen, Vec<Diagnostic>> {
    if pages.is_empty() && tags.is_empty() {
        return Ok(Chosen::Whole);
    }
    let all = || site.source().pages.iter().filter(|it| !it.generated);
    let mut keys = BTreeSet::new();
    let mut faults = Vec::new();
    for wished in pages {
        match all().find(|it| is_named(it, wished)) {
            Some(page) => drop(keys.insert(page.key.clone())),
            None => faults.push(Diagnostic::error("page-unknown").with("page", wished)),
        }
    }
    for tag in tags {
        let before = keys.len();
        let has = |it: &&Page| it.document.meta.tags.contains(tag);
        let found: Vec<PageKey> = all().filter(has).map(|it| it.key.clone()).collect();
        if found.is_empty() {
            faults.push(Diagnostic::error("tag-unknown").with("tag", tag));
        }
        keys.extend(found);
        debug_assert!(keys.len() >= before, "a tag only adds");
    }
    if faults.is_empty() { Ok(Chosen::Pages(keys)) } else { Err(faults) }
}

/// Whether a page is meant: by its key, with or without its slashes, or by its file.
fn is_named(page: &Page, wished: &str) -> bool {
    page.key.as_str().trim_matches('/') == wished.trim_matches('/')
        || *page.file == *wished
        || page.file.ends_with(&format!("/{}", wished.trim_start_matches('/')))
}

/// The files of a deposit, sorted by path.
pub fn items(
    site: &Site,
    manifest: &Manifest,
    sources: &Sources,
    chosen: &Chosen,
) -> Vec<Item> {
    let manifest = chosen.manifest(manifest);
    let mut items = vec![Item {
        path: format!("exports/{MANIFEST}"),
        origin: Origin::Made(manifest.write().into_bytes()),
    }];
    // A manifest is a file of the disk, that anybody may have changed.
    for entry in manifest.files.iter().filter(|it| is_safe(&it.path)) {
        let origin = Origin::Exports(entry.path.clone(), entry.sha256.clone());
        items.push(Item { path: format!("exports/{}", entry.path), origin });
    }
    let mut add = |folder: &str, paths: &[String], origin: fn(String) -> Origin| {
        items.extend(paths.iter().map(|path| Item {
            path: format!("{folder}{path}"),
            origin: origin(path.clone()),
        }));
    };
    add("content/", &content(site, sources, chosen), Origin::Content);
    add("locales/", &locales(site, sources, chosen), Origin::Locales);
    add("themes/", &sources.themes, Origin::Themes);
    add("", &sources.settings, Origin::Workspace);
    items.extend(licences::FONTS.iter().map(|(name, text)| Item {
        path: format!("licences/{name}"),
        origin: Origin::Made(text.as_bytes().to_vec()),
    }));
    items.sort_by(|a, b| a.path.cmp(&b.path));
    items
}

/// The sources: all of them, or the chosen pages' own files, what they show, and the
/// settings of folders.
fn content(site: &Site, sources: &Sources, chosen: &Chosen) -> Vec<String> {
    let Chosen::Pages(_) = chosen else { return sources.content.clone() };
    let mut shown = BTreeSet::new();
    for page in site.editions.iter().flat_map(|it| &it.pages) {
        if chosen.holds(page.key.as_str()) {
            shown.extend(files_of(page));
        }
    }
    let pages: Vec<&str> = pages(site, chosen).map(|it| &*it.file).collect();
    let is_wanted = |path: &&String| {
        let name = path.rsplit('/').next().unwrap_or(path);
        shown.contains(*path)
            || name.starts_with('_')
            || name.ends_with(".11tydata.json")
            || pages.iter().any(|it| is_at(it, &sources.folder, path))
    };
    sources.content.iter().filter(is_wanted).cloned().collect()
}

fn pages<'a>(site: &'a Site, chosen: &'a Chosen) -> impl Iterator<Item = &'a Page> {
    let all = site.editions.iter().flat_map(|it| &it.pages);
    all.filter(|it| !it.generated && chosen.holds(it.key.as_str()))
}

/// Whether the file of a page, named from the workspace, is this one of its folder.
pub(super) fn is_at(file: &str, folder: &str, path: &str) -> bool {
    file.strip_prefix(folder).and_then(|it| it.strip_prefix('/')) == Some(path)
}

/// What a page shows or gives to download, by its path under `content`.
fn files_of(page: &Page) -> Vec<String> {
    let mut files = Vec::new();
    walk::references(&page.document, &mut |reference| {
        let path = match reference {
            Reference::Link(link) => match &link.target {
                Target::File(path) => Some(path),
                Target::Page(..)
                | Target::Outside(_)
                | Target::Nothing
                | Target::Unresolved => None,
            },
            Reference::Image(image) => match &image.resource {
                Resource::File(path) => Some(path),
                Resource::Missing | Resource::Unresolved => None,
            },
        };
        files.extend(path.cloned());
    });
    files
}

/// The catalogues: all of them, or the chosen pages' own; and the words of the interface.
fn locales(site: &Site, sources: &Sources, chosen: &Chosen) -> Vec<String> {
    let files: Vec<&str> = pages(site, chosen).map(|it| &*it.file).collect();
    let is_wanted = |path: &&String| {
        let Some((_, page)) = path.split_once("/content/") else { return true };
        let Some(page) = page.strip_suffix(".po") else { return true };
        files.iter().any(|it| is_at(it, &sources.folder, &format!("{page}.md")))
    };
    match chosen {
        Chosen::Whole => sources.locales.clone(),
        Chosen::Pages(_) => sources.locales.iter().filter(is_wanted).cloned().collect(),
    }
}

/// What is missing or out of date in the exports, seen from the pages as they are now.
pub fn compare(site: &Site, manifest: &Manifest, formats: &[&str]) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for edition in &site.editions {
        let language = edition.language.as_str();
        for format in formats {
            let is = |it: &Entry| {
                it.format == *format && it.language.as_deref() == Some(language)
            };
            if !manifest.files.iter().any(is) {
                let fault = Diagnostic::error("deposit-exports-incomplete");
                faults.push(fault.with("language", language).with("format", format));
            }
        }
    }
    let now: Vec<_> = manifest::entries(site).into_values().collect();
    let stale = now.iter().filter(|it| !manifest.pages.contains(it)).count();
    let gone = manifest.pages.iter().filter(|it| now.iter().all(|now| now.key != it.key));
    let count = stale + gone.count();
    if count > 0 {
        faults.push(Diagnostic::error("deposit-exports-stale").with("count", count));
    }
    faults
}
