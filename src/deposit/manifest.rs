//! `manifest.json`: what was built, from what, and how much of it is translated.
//!
//! It lists each file with its checksum, and each page with its units and their states.
//! It holds no time and nothing of the machine, so that the same sources give the same
//! manifest. Its schema is `docs/manifest.schema.json`.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    document::{Language, PageKey, walk},
    render::{File, Format},
    site::{Edition, Page, Site, address},
};

/// The version of the form of the manifest. It changes when a reader must change.
pub const VERSION: u32 = 1;

/// The word by which a file is known to be such a manifest.
const KIND: &str = "plantin-manifest";

/// What lies in a folder of exports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `plantin-manifest`.
    pub kind: String,
    /// See [`VERSION`].
    pub version: u32,
    /// The program that wrote it, and its version.
    pub generator: String,
    /// The publication.
    pub publication: Publication,
    /// Every file, by its path.
    pub files: Vec<Entry>,
    /// Every page, by its key.
    pub pages: Vec<PageEntry>,
    /// The catalogues that an earlier build had and that are gone: what was lost with them is
    /// told until they are back, or made anew because somebody asked for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gone: Vec<Gone>,
}

/// A catalogue of published translations that is no longer there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// Its page.
    pub page: String,
    /// Its language.
    pub language: String,
    /// How many translations it had.
    pub translations: usize,
}

/// What holds for the publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// The name used in file names.
    pub name: String,
    /// The public base address.
    pub base: String,
    /// The language that the authors write.
    pub source: String,
    /// The date, `YYYY-MM-DD`.
    pub date: String,
    /// The identifier.
    pub identifier: String,
    /// The licence's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Its title and publisher in each language.
    pub editions: BTreeMap<String, EditionEntry>,
}

/// What an edition is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionEntry {
    /// The publication's title.
    pub title: String,
    /// Who publishes.
    pub publisher: String,
    /// What the publication is about.
    pub description: String,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its path under the folder of the manifest, with `/`.
    pub path: String,
    /// The page it shows, when it shows one alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Its language, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Its format: `html`, `pdf` or `epub`.
    pub format: String,
    /// Its media type.
    pub media_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256, in lower-case hexadecimal digits.
    pub sha256: String,
    /// For a PDF or an EPUB that lies in the site too: the file that it is the same as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
}

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEntry {
    /// What it is called in every language.
    pub key: String,
    /// The file it was read from; empty for a page made by the program.
    pub source: String,
    /// Whether the program made it: a list of pages, in each language in its own order.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub generated: bool,
    /// What it is in each language in which it is published.
    pub editions: BTreeMap<String, PageEdition>,
    /// Its units, in reading order.
    pub units: Vec<Unit>,
}

/// A page in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEdition {
    /// Its title.
    pub title: String,
    /// Its public address.
    pub address: String,
    /// Its date, `YYYY-MM-DD`, if it has one.
    pub date: Option<String>,
    /// How many of its units stand where, by state; none is left out.
    pub counts: BTreeMap<String, usize>,
}

/// A unit: a run of text that is translated as one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its identifier in the page, in every language and format.
    pub id: String,
    /// How it stands in each language.
    pub states: BTreeMap<String, String>,
}

/// What a build was asked to make; an empty list stands for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The languages.
    pub languages: Vec<Language>,
    /// The formats.
    pub formats: Vec<Format>,
    /// The pages.
    pub pages: Vec<PageKey>,
}

impl Scope {
    /// Whether everything was asked for.
    pub fn is_everything(&self) -> bool {
        self.languages.is_empty() && self.formats.is_empty() && self.pages.is_empty()
    }

    /// Whether a build of this scope answers for this file. A file without a language or
    /// a page of its own belongs to them all, so that only a build of all of them does.
    pub fn covers(&self, entry: &Entry) -> bool {
        let format = |it: &Format| it.name() == entry.format;
        (self.formats.is_empty() || self.formats.iter().any(format))
            && covers(&self.languages, entry.language.as_deref(), Language::as_str)
            && covers(&self.pages, entry.page.as_deref(), PageKey::as_str)
    }

    fn covers_page(&self, key: &str, language: &str) -> bool {
        covers(&self.languages, Some(language), Language::as_str)
            && covers(&self.pages, Some(key), PageKey::as_str)
    }
}

fn covers<T>(asked: &[T], name: Option<&str>, as_str: fn(&T) -> &str) -> bool {
    asked.is_empty() || name.is_some_and(|name| asked.iter().any(|it| as_str(it) == name))
}

impl Manifest {
    /// Reads a manifest; `None` for anything that is not one of a known version.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text)
            .ok()
            .filter(|it: &Self| it.kind == KIND && it.version == VERSION)
    }

    /// The text of the manifest.
    pub fn write(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("a manifest holds only texts");
        text.push('\n');
        text
    }

    /// Describes what lies in the folder after a build: `files` are all of them, those
    /// that the build left alone included; `previous` says what the pages were that are
    /// out of its scope.
    pub fn describe(
        site: &Site,
        mut files: Vec<Entry>,
        scope: &Scope,
        previous: Option<&Manifest>,
    ) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut pages = pages(site, scope);
        if let Some(previous) = previous.filter(|_| !scope.is_everything()) {
            keep_pages(&mut pages, previous, scope);
        }
        Self {
            kind: KIND.to_owned(),
            version: VERSION,
            generator: format!("plantin {}", env!("CARGO_PKG_VERSION")),
            publication: publication(site),
            files,
            pages: pages.into_values().collect(),
            gone: Vec::new(),
        }
    }

    /// How many translations each page had in each language when its catalogue was last there.
    pub fn translations(&self) -> BTreeMap<(PageKey, Language), usize> {
        const THERE: [&str; 4] = ["reviewed", "translated", "draft", "stale"];
        let mut all = BTreeMap::new();
        for page in &self.pages {
            for (language, edition) in &page.editions {
                let counts = THERE.iter().filter_map(|it| edition.counts.get(*it));
                all.insert(
                    (PageKey::new(&page.key), Language::new(language)),
                    counts.sum(),
                );
            }
        }
        for it in &self.gone {
            let key = (PageKey::new(&it.page), Language::new(&it.language));
            let count: &mut usize = all.entry(key).or_default();
            *count = it.translations.max(*count);
        }
        all
    }
}

impl Entry {
    /// Describes a file that was built.
    pub fn new(file: &File) -> Self {
        Self {
            path: file.path.clone(),
            page: file.page.as_ref().map(PageKey::to_string),
            language: file.language.as_ref().map(Language::to_string),
            format: file.format.name().to_owned(),
            media_type: media_type(&file.path).to_owned(),
            size: file.bytes.len() as u64,
            sha256: sha256(&file.bytes),
            same_as: None,
        }
    }
}

/// The SHA-256 of bytes, in lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        write!(out, "{byte:02x}").expect("writing to a string cannot fail");
        out
    })
}

/// What a manifest of everything says of each page, by key.
pub fn entries(site: &Site) -> BTreeMap<String, PageEntry> {
    pages(site, &Scope::default())
}

fn publication(site: &Site) -> Publication {
    let it = &site.publication;
    let edition = |edition: &Edition| {
        let entry = EditionEntry {
            title: edition.title.clone(),
            publisher: edition.publisher.clone(),
            description: edition.description.clone(),
        };
        (edition.language.to_string(), entry)
    };
    Publication {
        name: it.name.clone(),
        base: it.base.clone(),
        source: it.source.to_string(),
        date: it.date.to_string(),
        identifier: it.identifier.clone(),
        licence: it.licence.clone(),
        editions: site.editions.iter().map(edition).collect(),
    }
}

/// The pages of the scope, by key.
fn pages(site: &Site, scope: &Scope) -> BTreeMap<String, PageEntry> {
    let mut entries: BTreeMap<String, PageEntry> = BTreeMap::new();
    for edition in &site.editions {
        let language = edition.language.as_str();
        for page in &edition.pages {
            if scope.covers_page(page.key.as_str(), language) {
                let entry = entries
                    .entry(page.key.to_string())
                    .or_insert_with(|| PageEntry::new(page));
                entry.add(language, page_edition(site, edition, page), states(page));
            }
        }
    }
    entries
}

impl PageEntry {
    /// The entry alone, as JSON.
    pub fn write(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("an entry holds only texts");
        text.push('\n');
        text
    }

    fn new(page: &Page) -> Self {
        let source = if page.generated { String::new() } else { page.file.to_string() };
        Self {
            key: page.key.to_string(),
            source,
            generated: page.generated,
            editions: BTreeMap::new(),
            units: Vec::new(),
        }
    }

    /// Adds the page in a language, with the states of its units in reading order.
    fn add(
        &mut self,
        language: &str,
        edition: PageEdition,
        states: Vec<(String, String)>,
    ) {
        self.editions.insert(language.to_owned(), edition);
        let mut known: Option<HashMap<String, usize>> = None;
        for (index, (id, state)) in states.into_iter().enumerate() {
            // All languages have the same units in the same order, except those that
            // an earlier build of other sources left behind.
            let at = match self.units.get(index) {
                Some(unit) if unit.id == id => Some(index),
                _ => {
                    let known = known.get_or_insert_with(|| numbers(&self.units));
                    known.get(&id).copied()
                }
            };
            match at {
                Some(at) => {
                    self.units[at].states.insert(language.to_owned(), state);
                }
                None => {
                    if let Some(known) = &mut known {
                        known.insert(id.clone(), self.units.len());
                    }
                    let states = BTreeMap::from([(language.to_owned(), state)]);
                    self.units.push(Unit { id, states });
                }
            }
        }
    }
}

/// Where each unit stands; of one that comes twice, the first place.
fn numbers(units: &[Unit]) -> HashMap<String, usize> {
    let numbered = units.iter().enumerate().rev();
    numbered.map(|(number, unit)| (unit.id.clone(), number)).collect()
}

fn page_edition(site: &Site, edition: &Edition, page: &Page) -> PageEdition {
    let counts = [
        ("source", page.counts.source),
        ("reviewed", page.counts.reviewed),
        ("translated", page.counts.translated),
        ("draft", page.counts.draft),
        ("stale", page.counts.stale),
        ("missing", page.counts.missing),
    ];
    PageEdition {
        title: page.document.meta.title.to_plain(),
        address: address::public(&site.publication, &edition.language, &page.key),
        date: page.date.map(|it| it.to_string()),
        counts: counts.map(|(state, count)| (state.to_owned(), count)).into(),
    }
}

fn states(page: &Page) -> Vec<(String, String)> {
    let mut states = Vec::new();
    walk::texts(&page.document, &mut |_, text| {
        if !text.unit.is_empty() {
            states.push((text.unit.clone(), text.state.name().to_owned()));
        }
    });
    states
}

/// Takes over what an earlier manifest says of pages and languages out of the scope.
fn keep_pages(
    pages: &mut BTreeMap<String, PageEntry>,
    previous: &Manifest,
    scope: &Scope,
) {
    for old in &previous.pages {
        let kept = old.editions.iter().filter(|it| !scope.covers_page(&old.key, it.0));
        for (language, edition) in kept {
            let entry = pages.entry(old.key.clone()).or_insert_with(|| PageEntry {
                key: old.key.clone(),
                source: old.source.clone(),
                generated: old.generated,
                editions: BTreeMap::new(),
                units: Vec::new(),
            });
            entry.add(language, edition.clone(), old.states(language));
        }
    }
}

impl PageEntry {
    fn states(&self, language: &str) -> Vec<(String, String)> {
        let state =
            |unit: &Unit| Some((unit.id.clone(), unit.states.get(language)?.clone()));
        self.units.iter().filter_map(state).collect()
    }
}

/// The media type that the end of a file's name stands for.
fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let end = name.rsplit_once('.').map_or("", |it| it.1).to_ascii_lowercase();
    match end.as_str() {
        "html" => "text/html",
        "xhtml" => "application/xhtml+xml",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "txt" => "text/plain",
        "md" => "text/markdown",
        "csv" => "text/csv",
        "vtt" => "text/vtt",
        "xml" => "application/xml",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "otf" => "font/otf",
        "ttf" => "font/ttf",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(language: Option<&str>, page: Option<&str>) -> Entry {
        Entry {
            path: "html/x".to_owned(),
            page: page.map(str::to_owned),
            language: language.map(str::to_owned),
            format: "html".to_owned(),
            media_type: "text/html".to_owned(),
            size: 0,
            sha256: sha256(b""),
            same_as: None,
        }
    }

    #[test]
    fn a_checksum_is_that_of_the_standard() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(sha256(b""), empty);
    }

    #[test]
    fn a_build_of_one_language_does_not_answer_for_common_files() {
        let french = Scope { languages: vec![Language::new("fr")], ..Scope::default() };
        assert!(french.covers(&entry(Some("fr"), Some("/"))));
        assert!(!french.covers(&entry(Some("en"), Some("/"))));
        assert!(!french.covers(&entry(None, None)));
        assert!(Scope::default().covers(&entry(None, None)));
    }

    #[test]
    fn another_file_is_no_manifest() {
        assert_eq!(Manifest::read("{}"), None);
        assert_eq!(Manifest::read("not even JSON"), None);
    }
}
