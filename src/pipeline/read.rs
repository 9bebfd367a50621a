//! The pages as their authors wrote them, and the files that they mean.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, hash_map::Entry},
    path::Path,
    sync::Arc,
};

use rayon::prelude::*;

use super::{Error, Workspace};
use crate::{
    config::Config,
    diagnostic::{Checked, Diagnostic},
    document::{
        Date, Document, Gate, Language, Meta, PageKey, Permalink,
        walk::{self, Reference},
    },
    site::{ResourceFile, address, assemble, links, menu::Menu, paths},
    source::{self, defaults::Defaults, files},
    translation::{self, Settling},
};

/// A page as its author wrote it, and where it is published.
pub(super) struct Read {
    pub(super) file: Arc<str>,
    pub(super) path: String,
    pub(super) key: PageKey,
    pub(super) authored: Language,
    pub(super) document: Document,
}

/// The pages that are translated into a language, by their numbers: of each that has no file
/// of its own in it, the first file.
pub(super) fn bases(pages: &[Read], language: &Language) -> Vec<usize> {
    let own = pages.iter().filter(|it| it.authored == *language).map(|it| &it.key);
    let mut seen: HashSet<&PageKey> = own.collect();
    let numbered = pages.iter().enumerate();
    numbered.filter(|(_, page)| seen.insert(&page.key)).map(|it| it.0).collect()
}

/// The addresses that pages have: the first file, in the order of their paths, that asks for
/// one has it.
#[derive(Default)]
struct Taken {
    /// By what is one address on some system, the way in which the first file writes it,
    /// and that file.
    spellings: HashMap<String, (PageKey, Arc<str>)>,
    /// The file in each language.
    files: HashMap<(PageKey, Language), Arc<str>>,
}

impl Taken {
    /// Gives a page its address; an error is the file that has it.
    fn take(&mut self, page: &Read) -> Result<(), Arc<str>> {
        let first = || (page.key.clone(), Arc::clone(&page.file));
        let folded = paths::folded(page.key.as_str());
        let (spelling, file) = self.spellings.entry(folded).or_insert_with(first);
        if *spelling != page.key {
            return Err(Arc::clone(file));
        }
        let place = (page.key.clone(), page.authored.clone());
        match self.files.entry(place) {
            Entry::Occupied(first) => Err(Arc::clone(first.get())),
            Entry::Vacant(free) => {
                free.insert(Arc::clone(&page.file));
                Ok(())
            }
        }
    }
}

/// Reads every page, each with its place in the publication.
pub(super) fn read(
    workspace: &Workspace,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<Read>, Error> {
    let config = &workspace.config;
    let root = workspace.root.join(&config.paths.content);
    let listed =
        files::pages(&root).map_err(|source| Error::Io { path: root.clone(), source })?;
    let in_content = |it: Diagnostic| {
        let path = format!("{}/{}", config.paths.content, it.file);
        Diagnostic { file: Arc::from(path.trim_end_matches('/')), ..it }
    };
    diagnostics.extend(listed.diagnostics.into_iter().map(in_content));
    let defaults = defaults(config, &root, diagnostics)?;
    let parts: Vec<Checked<Option<Read>>> = listed
        .value
        .par_iter()
        .map(|path| read_page(workspace, &root, path, &defaults))
        .collect();
    let mut menu = Menu::default();
    let mut pages: Vec<Read> = Vec::new();
    let mut taken = Taken::default();
    for part in parts {
        let Some(page) = part.take(diagnostics) else { continue };
        if page.document.meta.permalink == Some(Permalink::Nowhere) {
            menu.add(&page.authored, &page.document, None);
            continue;
        }
        match taken.take(&page) {
            Ok(()) => pages.push(page),
            Err(first) => {
                let fault = Diagnostic::error("address-twice").in_file(&page.file);
                diagnostics.push(fault.with("address", &page.key).with("other", first));
            }
        }
    }
    lead(&mut pages, menu, &config.settling, diagnostics);
    report_twins(&pages, diagnostics);
    // The source language first, so that the first page of a key is the one translated.
    pages.sort_by_key(|page| page.authored != config.source);
    if pages.is_empty() {
        let folder = Arc::from(config.paths.content.as_str());
        diagnostics.push(Diagnostic::error("no-pages").in_file(&folder));
    }
    Ok(pages)
}

/// Tells of pages of one folder that have one title: whoever sees it in a list, a tab or what
/// a search finds cannot tell them apart. In folders of their own, their trails can.
fn report_twins(pages: &[Read], diagnostics: &mut Vec<Diagnostic>) {
    // What has no title of its own is told already.
    let untitled: HashSet<Arc<str>> = diagnostics
        .iter()
        .filter(|it| it.code == "title-missing")
        .map(|it| Arc::clone(&it.file))
        .collect();
    let mut seen: HashMap<(&Language, String, String), &Read> = HashMap::new();
    for page in pages.iter().filter(|it| !untitled.contains(&it.file)) {
        let title = page.document.meta.title.to_plain();
        let key = page.key.as_str().trim_end_matches('/');
        let folder = key.rsplit_once('/').map_or("", |it| it.0).to_owned();
        let first = seen.entry((&page.authored, folder, title.to_lowercase()));
        match first {
            Entry::Vacant(free) => drop(free.insert(page)),
            Entry::Occupied(first) => {
                let place = page.document.meta.title.place;
                let warning = Diagnostic::warning("title-twice").at(place);
                let warning = warning.with("title", title);
                let warning = warning.with("other", &first.get().file);
                diagnostics.push(warning.in_file(&page.file));
            }
        }
    }
}

/// Gives each page the trail that the source site's navigation leads to it by, where it
/// has a place there, and each unit its address.
fn lead(
    pages: &mut [Read],
    mut menu: Menu,
    settling: &Settling,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for page in &*pages {
        menu.add(&page.authored, &page.document, Some(page.key.as_str()));
    }
    for page in pages {
        let told = menu.lead(&page.authored, &mut page.document);
        diagnostics.extend(told.into_iter().map(|it| it.in_file(&page.file)));
        settling.settle(&mut page.document);
        translation::number(&mut page.document);
    }
}

/// What the folders say of their pages.
fn defaults(
    config: &Config,
    root: &Path,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Defaults, Error> {
    let listed = files::defaults(root)
        .map_err(|source| Error::Io { path: root.to_owned(), source })?;
    let in_content = |it: Diagnostic, path: &str| {
        let path = format!("{}/{path}", config.paths.content);
        Diagnostic { file: Arc::from(path), ..it }
    };
    let mut texts = Vec::new();
    for path in listed {
        let mut told = Vec::new();
        let text = files::text(root, &path).take(&mut told);
        diagnostics.extend(told.into_iter().map(|it| in_content(it, &path)));
        texts.extend(text.map(|text| (path, text)));
    }
    let read = Defaults::read(&texts, &config.paths.content);
    for told in read.diagnostics {
        let path = told.file.to_string();
        diagnostics.push(in_content(told, &path));
    }
    Ok(read.value)
}

fn read_page(
    workspace: &Workspace,
    root: &Path,
    path: &str,
    defaults: &Defaults,
) -> Checked<Option<Read>> {
    let config = &workspace.config;
    let file: Arc<str> = Arc::from(format!("{}/{path}", config.paths.content));
    let mut diagnostics = Vec::new();
    let (today, defaults) = (workspace.today, defaults.of(path));
    let from = Source { path, file: &file, defaults, today };
    let value = files::text(root, path)
        .take(&mut diagnostics)
        .and_then(|text| place_page(config, &from, &text, &mut diagnostics));
    let diagnostics = diagnostics.into_iter().map(|it| it.in_file(&file)).collect();
    Checked { value, diagnostics }
}

/// Where a page comes from, and what its folders say of it.
struct Source<'a> {
    path: &'a str,
    file: &'a Arc<str>,
    defaults: Meta,
    today: Option<Date>,
}

/// Whether a page that says from and until which day it is published is published on this
/// one; where the day is not known, it is kept back if it might have to be.
fn is_due(meta: &Meta, today: Option<Date>, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let mut tell = |it: Diagnostic, date: Date| diagnostics.push(it.with("date", date));
    if let Some(from) = meta.from.filter(|from| today.is_none_or(|it| it < *from)) {
        tell(Diagnostic::warning("page-not-yet"), from);
        return false;
    }
    match meta.until {
        Some(until) if today.is_none_or(|it| it >= until) => {
            tell(Diagnostic::warning("page-expired"), until);
            false
        }
        Some(until) => {
            tell(Diagnostic::note("page-expires"), until);
            true
        }
        None => true,
    }
}

/// Reads the text of a page and says where it is published. One that only has a place in
/// the navigation gets the address of home, and is published nowhere.
fn place_page(
    config: &Config,
    from: &Source<'_>,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Read> {
    let (path, file) = (from.path, from.file);
    let options =
        source::Options { language: config.source.clone(), name: name(path).to_owned() };
    let read = source::read_in(text, &options, &config.dialect, &from.defaults);
    let mut document = read.take(diagnostics);
    // Two versions in one: neither may be published, and what else is wrong is wrong in a
    // page that nobody wrote.
    if diagnostics.iter().any(|it| it.code == source::conflict::CODE) {
        diagnostics.retain(|it| it.code == source::conflict::CODE);
        return None;
    }
    match document.meta.gate {
        Gate::Open => {}
        Gate::Draft => diagnostics.push(Diagnostic::note("page-draft")),
        Gate::Inherited => diagnostics.push(Diagnostic::error("page-kept-back")),
        // It was told where it is written.
        Gate::Told | Gate::Unclear => {}
    }
    if document.meta.gate != Gate::Open
        || !is_due(&document.meta, from.today, diagnostics)
    {
        return None;
    }
    let languages = &config.languages;
    let found = assemble::key(&document, path, languages, &source::slug::slug);
    let is_nowhere = document.meta.permalink == Some(Permalink::Nowhere);
    if is_nowhere {
        diagnostics.push(Diagnostic::note("page-nowhere"));
    }
    let stub = (PageKey::new("/"), None);
    let found = found.take(diagnostics).or_else(|| is_nowhere.then_some(stub));
    let (key, prefix) = found?;
    let folder = address::from_path(path, None, languages).ok().and_then(|it| it.1);
    let wished = document.meta.language.clone();
    let said = wished.filter(|wished| {
        let known = languages.contains(wished);
        if !known {
            diagnostics.push(
                Diagnostic::warning("page-language-unknown").with("language", wished),
            );
        }
        known
    });
    let authored = said.or(prefix).or(folder).unwrap_or_else(|| config.source.clone());
    document.language = authored.clone();
    Some(Read { file: Arc::clone(file), path: path.to_owned(), key, authored, document })
}

/// The last-resort title of a page: the name of its file, or of its folder for an index.
fn name(path: &str) -> &str {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    stem.rsplit('/').next().unwrap_or(stem)
}

/// Says that a text is no page, and how it becomes one. Markdown was surely meant to be one.
fn passed_over(kind: &str, path: &str) -> Diagnostic {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split_once('.').map_or(name, |it| it.0);
    let told = match kind {
        "markdown" => Diagnostic::error("file-not-a-page"),
        _ => Diagnostic::warning("file-not-a-page"),
    };
    told.with("kind", kind).with("page", format!("{stem}.md"))
}

/// Reads every file that an image or a link may mean, once.
pub(super) fn resources(
    workspace: &Workspace,
    pages: &[Read],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Option<Arc<ResourceFile>>> {
    let mut wanted = BTreeSet::new();
    for page in pages {
        walk::references(&page.document, &mut |reference| {
            let address = match reference {
                Reference::Link(link) => &link.address,
                Reference::Image(image) => &image.address,
            };
            let paths = links::candidates(address, &page.path).into_iter();
            wanted.extend(paths.filter(|it| !it.ends_with(".md")));
        });
    }
    let root = workspace.root.join(&workspace.config.paths.content);
    let content = &workspace.config.paths.content;
    for (path, kind) in files::texts_passed_over(&root).unwrap_or_default() {
        if !wanted.contains(&path) {
            let file: Arc<str> = Arc::from(format!("{content}/{path}"));
            diagnostics.push(passed_over(kind, &path).in_file(&file));
        }
    }
    let added = &workspace.config.attachments;
    let parts: Vec<(String, Checked<Option<ResourceFile>>)> = wanted
        .into_par_iter()
        .filter(|path| files::exists(&root, path))
        .map(|path| (path.clone(), files::resource_of(&root, &path, added)))
        .collect();
    let mut resources = BTreeMap::new();
    for (path, part) in parts {
        let file: Arc<str> = Arc::from(format!("{content}/{path}"));
        diagnostics.extend(part.diagnostics.into_iter().map(|it| it.in_file(&file)));
        resources.insert(path, part.value.map(Arc::new));
    }
    resources
}
