//! The stages, in order, in code.
//!
//! `open` reads the settings, `check` goes as far as the site, `build` renders it,
//! `extract` turns its pages into catalogues. Nothing is written here: finished files are
//! handed to the caller, one by one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use rayon::prelude::*;

use crate::{
    config::{self, Config},
    diagnostic::{self, Checked, Diagnostic, Place},
    document::{
        Date, Document, Language, PageKey,
        walk::{self, Reference},
    },
    render::{File, Format, Theme, epub, html},
    site::{
        Edition, Input, Labels, Page, Publication, ResourceFile, Site, SourcePage,
        Version, address, assemble, links,
    },
    source::{self, files},
    translation::{self, Catalogue},
};

/// A folder with a publication in it.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// Its settings.
    pub config: Config,
    /// The date to publish under when the settings name none (`SOURCE_DATE_EPOCH`).
    pub epoch: Option<Date>,
}

/// What is to be built. Empty means: all.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The languages.
    pub languages: Vec<Language>,
    /// The formats.
    pub formats: Vec<Format>,
    /// Pages, by key or by path under `content`; whole books are left out when there are
    /// any.
    pub pages: Vec<String>,
}

/// How far a build is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// The format.
    pub format: Format,
    /// How many files of it are done.
    pub done: usize,
    /// How many there will be.
    pub total: usize,
}

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// The site, whole, whatever was selected.
    pub site: Site,
    /// What is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// The pages that were selected; empty when all were.
    pub pages: Vec<PageKey>,
}

/// Why nothing, or no more, could be built.
#[derive(Debug)]
pub enum Error {
    /// The settings are wrong, or what was asked for does not exist.
    Wrong(Vec<Diagnostic>),
    /// A file or folder could not be read or written.
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the machine says.
        source: io::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Wrong(diagnostics) => {
                write!(
                    f,
                    "{:?}",
                    diagnostics.iter().map(|it| it.code).collect::<Vec<_>>()
                )
            }
            Error::Io { path, source } => write!(f, "{}: {source}", path.display()),
        }
    }
}

impl std::error::Error for Error {}

/// Reads the settings of a workspace.
pub fn open(root: &Path) -> Result<Workspace, Error> {
    let path = root.join(config::FILE);
    let wrong = |it: Diagnostic| Error::Wrong(vec![it.in_file(&Arc::from(config::FILE))]);
    let bytes = files::bytes(&path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => {
            wrong(Diagnostic::error("settings-absent").with("folder", root.display()))
        }
        _ => Error::Io { path: path.clone(), source },
    })?;
    let mut diagnostics = Vec::new();
    let text = source::decode(&bytes).take(&mut diagnostics);
    if let Some(fault) =
        diagnostics.into_iter().find(|it| it.severity == diagnostic::Severity::Error)
    {
        return Err(wrong(fault));
    }
    let checked = config::read(&text);
    match checked.value {
        Some(config) => Ok(Workspace { root: root.to_owned(), config, epoch: None }),
        None => Err(Error::Wrong(checked.diagnostics)),
    }
}

/// Reads everything and puts the site together; renders nothing.
pub fn check(workspace: &Workspace) -> Result<Checked<Site>, Error> {
    let mut diagnostics = Vec::new();
    let pages = read(workspace, &mut diagnostics)?;
    let resources = resources(workspace, &pages, &mut diagnostics);
    let publication = publication(workspace, &pages, &mut diagnostics);
    let pages = translate(workspace, pages, &mut diagnostics)?;
    let input = Input {
        languages: labels(workspace, &mut diagnostics)?,
        order: order(workspace, &mut diagnostics),
        elsewhere: workspace.config.elsewhere.clone(),
        publication,
        pages,
        resources,
    };
    let site = assemble(input).take(&mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    Ok(Checked { value: site, diagnostics })
}

/// Builds what is selected. Each finished file is handed to `finished` at once, from
/// whichever thread made it; the first error it returns stops the build.
pub fn build(
    workspace: &Workspace,
    selection: &Selection,
    jobs: NonZeroUsize,
    finished: &(dyn Fn(File) -> io::Result<()> + Sync),
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Built, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build().map_err(
        |it| Error::Io { path: workspace.root.clone(), source: io::Error::other(it) },
    )?;
    let Checked { value: site, mut diagnostics } = pool.install(|| check(workspace))?;
    let chosen = Chosen::new(workspace, selection, &site)?;
    let theme = theme(workspace)?;
    let sink = Sink {
        finished,
        progress,
        done: Mutex::new(BTreeMap::new()),
        diagnostics: Mutex::new(Vec::new()),
        failure: Mutex::new(None),
    };
    pool.install(|| {
        if chosen.formats.contains(&Format::Html) {
            html(workspace, &site, &chosen, &theme, &sink);
        }
        if chosen.formats.contains(&Format::Epub) && chosen.whole {
            epub(&site, &chosen, &theme, &sink);
        }
    });
    drop(pool);
    if chosen.formats.contains(&Format::Pdf) && !sink.has_failed() {
        pdf(workspace, &site, &chosen, &theme, jobs, &sink);
    }
    if let Some(error) = sink.failure.into_inner().expect("no thread panicked") {
        return Err(error);
    }
    diagnostics.extend(sink.diagnostics.into_inner().expect("no thread panicked"));
    diagnostic::sort(&mut diagnostics);
    let pages = chosen.named();
    Ok(Built { site, diagnostics, pages })
}

/// Makes or updates the catalogues of these languages (all when there are none): the path
/// of each, relative to the workspace, and its new text, when that differs from what is
/// there.
pub fn extract(
    workspace: &Workspace,
    languages: &[Language],
) -> Result<Checked<Vec<(String, String)>>, Error> {
    let mut diagnostics = Vec::new();
    for language in languages {
        known_language(workspace, language)?;
    }
    let pages = read(workspace, &mut diagnostics)?;
    let config = &workspace.config;
    let wanted = |it: &&Language| languages.is_empty() || languages.contains(it);
    let jobs: Vec<(&Language, &Read)> = config
        .languages
        .iter()
        .filter(wanted)
        .flat_map(|language| pages.iter().map(move |page| (language, page)))
        .filter(|(language, page)| page.is_base(&pages, language))
        .collect();
    let parts: Vec<_> = jobs
        .into_par_iter()
        .map(|(language, page)| extract_one(workspace, language, page))
        .collect::<Result<_, Error>>()?;
    let mut catalogues = Vec::new();
    for part in parts {
        catalogues.extend(part.take(&mut diagnostics));
    }
    diagnostic::sort(&mut diagnostics);
    Ok(Checked { value: catalogues, diagnostics })
}

fn extract_one(
    workspace: &Workspace,
    language: &Language,
    page: &Read,
) -> Result<Checked<Option<(String, String)>>, Error> {
    let config = &workspace.config;
    let path = catalogue_path(config, language, &page.path);
    let file: Arc<str> = Arc::from(path.as_str());
    let mut diagnostics = Vec::new();
    let old_text = read_catalogue(workspace, &path, &mut diagnostics)?;
    let old =
        old_text.as_deref().and_then(|it| Catalogue::read(it).take(&mut diagnostics));
    let publication = address_of(config);
    let context = translation::Context {
        language: language.clone(),
        source_language: page.authored.clone(),
        file: Arc::clone(&page.file),
        address: address::public(&publication, &page.authored, &page.key),
        project: config.name.clone(),
    };
    // What cannot be read whole is never written over: a person must look first.
    let garbled = diagnostics.iter().any(|it| it.code == "not-utf-8");
    let lost = garbled || old_text.is_some() && old.is_none();
    let damaged = lost || old.as_ref().is_some_and(Catalogue::is_damaged);
    if lost {
        diagnostics.push(Diagnostic::error("catalogue-not-updated"));
    }
    let catalogue = translation::extract(&page.document, &context, old.as_ref())
        .take(&mut diagnostics);
    let text = catalogue.write();
    let changed = !damaged && old_text.as_deref() != Some(&text);
    let value = changed.then_some((path, text));
    let diagnostics = diagnostics.into_iter().map(|it| it.in_file(&file)).collect();
    Ok(Checked { value, diagnostics })
}

// Reading

/// A page as its author wrote it, and where it is published.
struct Read {
    file: Arc<str>,
    path: String,
    key: PageKey,
    authored: Language,
    document: Document,
}

impl Read {
    /// Whether this is the file that a language without one of its own is translated from.
    fn is_base(&self, pages: &[Read], language: &Language) -> bool {
        let same = || pages.iter().filter(|it| it.key == self.key);
        let own = same().any(|it| it.authored == *language);
        let first = same().next().expect("a page has its own key");
        !own && std::ptr::eq(first, self)
    }
}

fn read(
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
    let parts: Vec<Checked<Option<Read>>> =
        listed.value.par_iter().map(|path| read_page(config, &root, path)).collect();
    let mut pages: Vec<Read> = Vec::new();
    let mut taken: BTreeMap<(String, Language), Arc<str>> = BTreeMap::new();
    for part in parts {
        let Some(page) = part.take(diagnostics) else { continue };
        let place = (page.key.as_str().to_lowercase(), page.authored.clone());
        match taken.get(&place) {
            Some(first) => {
                let fault = Diagnostic::error("address-twice").in_file(&page.file);
                diagnostics.push(fault.with("address", &page.key).with("other", first));
            }
            None => {
                taken.insert(place, Arc::clone(&page.file));
                pages.push(page);
            }
        }
    }
    // The source language first, so that the first page of a key is the one translated.
    pages.sort_by_key(|page| page.authored != config.source);
    if pages.is_empty() {
        let folder = Arc::from(config.paths.content.as_str());
        diagnostics.push(Diagnostic::error("no-pages").in_file(&folder));
    }
    Ok(pages)
}

fn read_page(config: &Config, root: &Path, path: &str) -> Checked<Option<Read>> {
    let file: Arc<str> = Arc::from(format!("{}/{path}", config.paths.content));
    let mut diagnostics = Vec::new();
    let value = files::text(root, path)
        .take(&mut diagnostics)
        .and_then(|text| place_page(config, path, &file, &text, &mut diagnostics));
    let diagnostics = diagnostics.into_iter().map(|it| it.in_file(&file)).collect();
    Checked { value, diagnostics }
}

/// Reads the text of a page and says where it is published, if it is.
fn place_page(
    config: &Config,
    path: &str,
    file: &Arc<str>,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Read> {
    let options =
        source::Options { language: config.source.clone(), name: name(path).to_owned() };
    let mut document = source::read(text, &options).take(diagnostics);
    if document.meta.draft {
        diagnostics.push(Diagnostic::note("page-draft"));
        return None;
    }
    let languages = &config.languages;
    let found = assemble::key(&document, path, languages, &source::slug::slug);
    let Some((key, prefix)) = found.take(diagnostics) else {
        if document.meta.permalink == Some(crate::document::Permalink::Nowhere) {
            diagnostics.push(Diagnostic::note("page-nowhere"));
        }
        return None;
    };
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
    translation::number(&mut document);
    Some(Read { file: Arc::clone(file), path: path.to_owned(), key, authored, document })
}

/// The last-resort title of a page: the name of its file, or of its folder for an index.
fn name(path: &str) -> &str {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    stem.rsplit('/').next().unwrap_or(stem)
}

/// Reads every file that an image or a link may mean, once.
fn resources(
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
            let path = links::candidate(address, &page.path);
            wanted.extend(path.filter(|it| !it.ends_with(".md")));
        });
    }
    let root = workspace.root.join(&workspace.config.paths.content);
    let content = &workspace.config.paths.content;
    let parts: Vec<(String, Checked<Option<ResourceFile>>)> = wanted
        .into_par_iter()
        .filter(|path| files::exists(&root, path))
        .map(|path| (path.clone(), files::resource(&root, &path)))
        .collect();
    let mut resources = BTreeMap::new();
    for (path, part) in parts {
        let file: Arc<str> = Arc::from(format!("{content}/{path}"));
        diagnostics.extend(part.diagnostics.into_iter().map(|it| it.in_file(&file)));
        resources.insert(path, part.value.map(Arc::new));
    }
    resources
}

fn address_of(config: &Config) -> Publication {
    Publication {
        name: config.name.clone(),
        base: config.address.clone(),
        source: config.source.clone(),
        date: Date::default(),
        identifier: config
            .identifier
            .clone()
            .unwrap_or_else(|| assemble::identifier(&config.address, &config.name)),
        licence: config.licence.clone(),
    }
}

/// What holds for the publication; its date is the settings', else the environment's, else
/// the latest page's.
fn publication(
    workspace: &Workspace,
    pages: &[Read],
    diagnostics: &mut Vec<Diagnostic>,
) -> Publication {
    let latest = || pages.iter().filter_map(|page| page.document.meta.date).max();
    let date = workspace.config.date.or(workspace.epoch).or_else(latest);
    let date = date.unwrap_or_else(|| {
        diagnostics.push(Diagnostic::note("no-date").in_file(&Arc::from(config::FILE)));
        Date { year: 2000, month: 1, day: 1 }
    });
    Publication { date, ..address_of(&workspace.config) }
}

fn order(workspace: &Workspace, diagnostics: &mut Vec<Diagnostic>) -> Vec<PageKey> {
    let mut order = Vec::new();
    for wished in &workspace.config.order {
        match address::from_permalink(wished, &workspace.config.languages) {
            Ok((key, _)) => order.push(key),
            Err(_) => {
                let fault =
                    Diagnostic::error("order-not-an-address").with("address", wished);
                diagnostics.push(fault.in_file(&Arc::from(config::FILE)));
            }
        }
    }
    order
}

// Translating

/// Where the catalogue of a page lies, by the page's path under `content`.
fn catalogue_path(config: &Config, language: &Language, page: &str) -> String {
    let page = page.strip_suffix(".md").unwrap_or(page);
    format!("{}/{language}/content/{page}.po", config.paths.locales)
}

/// The text of a catalogue, if there is one.
fn read_catalogue(
    workspace: &Workspace,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<String>, Error> {
    if !files::exists(&workspace.root, path) {
        return Ok(None);
    }
    Ok(files::text(&workspace.root, path).take(diagnostics))
}

/// Shows each page in each language.
fn translate(
    workspace: &Workspace,
    pages: Vec<Read>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<SourcePage>, Error> {
    let mut by_key: BTreeMap<PageKey, Vec<Read>> = BTreeMap::new();
    for page in pages {
        by_key.entry(page.key.clone()).or_default().push(page);
    }
    orphans(workspace, &by_key, diagnostics)?;
    let parts: Vec<Checked<SourcePage>> = by_key
        .into_par_iter()
        .map(|(key, authored)| versions(workspace, key, &authored))
        .collect::<Result<_, Error>>()?;
    Ok(parts.into_iter().map(|part| part.take(diagnostics)).collect())
}

fn versions(
    workspace: &Workspace,
    key: PageKey,
    authored: &[Read],
) -> Result<Checked<SourcePage>, Error> {
    let mut diagnostics = Vec::new();
    let mut versions = Vec::new();
    for language in &workspace.config.languages {
        let own = authored.iter().find(|it| it.authored == *language);
        let base = own.unwrap_or(&authored[0]);
        let (document, omit) = match own {
            Some(own) => (own.document.clone(), false),
            None => translated(workspace, language, base, &mut diagnostics)?,
        };
        versions.push(Version {
            file: Arc::clone(&base.file),
            path: base.path.clone(),
            authored: base.authored.clone(),
            document,
            omit,
        });
    }
    Ok(Checked { value: SourcePage { key, versions }, diagnostics })
}

fn translated(
    workspace: &Workspace,
    language: &Language,
    base: &Read,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Document, bool), Error> {
    let config = &workspace.config;
    let path = catalogue_path(config, language, &base.path);
    let file: Arc<str> = Arc::from(path.as_str());
    let mut faults = Vec::new();
    let text = read_catalogue(workspace, &path, &mut faults)?;
    let catalogue = text.and_then(|text| Catalogue::read(&text).take(&mut faults));
    if let Some(catalogue) = &catalogue {
        faults.extend(catalogue.belongs(&base.file, language));
    }
    let policy = config.policy(language);
    let outcome =
        translation::apply(&base.document, catalogue.as_ref(), language, policy);
    let outcome = outcome.take(&mut faults);
    diagnostics.extend(faults.into_iter().map(|it| it.in_file(&file)));
    Ok((outcome.document, outcome.omit))
}

/// Reports catalogues that no page has.
fn orphans(
    workspace: &Workspace,
    pages: &BTreeMap<PageKey, Vec<Read>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Error> {
    let config = &workspace.config;
    let known: BTreeSet<&str> =
        pages.values().flatten().map(|it| it.path.as_str()).collect();
    for language in &config.languages {
        let folder = format!("{}/{language}/content", config.paths.locales);
        let root = workspace.root.join(&folder);
        let listed = files::catalogues(&root)
            .map_err(|source| Error::Io { path: root.clone(), source })?;
        for path in listed {
            let page = format!("{}.md", path.strip_suffix(".po").unwrap_or(&path));
            if !known.contains(page.as_str()) {
                let file: Arc<str> = Arc::from(format!("{folder}/{path}"));
                let fault =
                    Diagnostic::warning("catalogue-without-page").with("page", page);
                diagnostics.push(fault.in_file(&file));
            }
        }
    }
    Ok(())
}

/// The interface's words of each language.
fn labels(
    workspace: &Workspace,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<(Language, Labels)>, Error> {
    let config = &workspace.config;
    let mut all = Vec::new();
    for language in &config.languages {
        let path = format!("{}/{language}/ui.ftl", config.paths.locales);
        let file: Arc<str> = Arc::from(path.as_str());
        let mut faults = Vec::new();
        let text = read_catalogue(workspace, &path, &mut faults)?;
        if text.is_none() && !Labels::is_built_in(language) {
            faults.push(
                Diagnostic::warning("interface-missing").with("language", language),
            );
        }
        let own = text.as_deref().map(|text| (path.as_str(), text));
        let (labels, broken) = Labels::new(language, &config.source, own);
        for fault in broken {
            let place = place_of(text.as_deref().unwrap_or_default(), fault.offset);
            let fault =
                Diagnostic::error("interface-unreadable").with("message", fault.message);
            faults.push(fault.at(place));
        }
        diagnostics.extend(faults.into_iter().map(|it| it.in_file(&file)));
        all.push((language.clone(), labels));
    }
    Ok(all)
}

fn place_of(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Place {
        line: number(before.matches('\n').count() + 1),
        column: number(line.chars().count() + 1),
        start: number(before.len()),
        end: number(before.len()),
    }
}

// Rendering

/// What is to be built, found to exist.
struct Chosen<'a> {
    formats: BTreeSet<Format>,
    editions: Vec<&'a Edition>,
    keys: BTreeSet<PageKey>,
    whole: bool,
}

impl<'a> Chosen<'a> {
    fn new(
        workspace: &Workspace,
        selection: &Selection,
        site: &'a Site,
    ) -> Result<Self, Error> {
        let config = &workspace.config;
        for language in &selection.languages {
            known_language(workspace, language)?;
        }
        let formats = match selection.formats.is_empty() {
            true => config.formats.clone(),
            false => selection.formats.iter().copied().collect(),
        };
        let wanted = |it: &&Edition| {
            selection.languages.is_empty() || selection.languages.contains(&it.language)
        };
        let pages = &site.source().pages;
        let mut keys = BTreeSet::new();
        for wished in &selection.pages {
            let key =
                address::from_permalink(wished, &config.languages).ok().map(|it| it.0);
            let is = |page: &&Page| {
                Some(&page.key) == key.as_ref()
                    || *page.file == **wished
                    || page
                        .file
                        .strip_prefix(&config.paths.content)
                        .is_some_and(|it| it.trim_start_matches('/') == wished.as_str())
            };
            let page = pages.iter().find(is).ok_or_else(|| {
                Error::Wrong(vec![Diagnostic::error("page-unknown").with("page", wished)])
            })?;
            keys.insert(page.key.clone());
        }
        let editions = site.editions.iter().filter(wanted).collect();
        let whole = keys.is_empty();
        if whole {
            keys = site
                .editions
                .iter()
                .flat_map(|it| &it.pages)
                .map(|it| it.key.clone())
                .collect();
        }
        Ok(Self { formats, editions, keys, whole })
    }

    /// The pages that were asked for by name.
    fn named(&self) -> Vec<PageKey> {
        if self.whole { Vec::new() } else { self.keys.iter().cloned().collect() }
    }

    fn pages(&self) -> Vec<(&'a Edition, &'a Page)> {
        let pages = |edition: &&'a Edition| {
            let edition: &'a Edition = edition;
            let wanted =
                edition.pages.iter().filter(|page| self.keys.contains(&page.key));
            wanted.map(move |page| (edition, page)).collect::<Vec<_>>()
        };
        self.editions.iter().flat_map(pages).collect()
    }
}

fn known_language(workspace: &Workspace, language: &Language) -> Result<(), Error> {
    let languages = &workspace.config.languages;
    if languages.contains(language) {
        return Ok(());
    }
    let known: Vec<&str> = languages.iter().map(Language::as_str).collect();
    let fault = Diagnostic::error("language-unknown").with("language", language);
    Err(Error::Wrong(vec![fault.with("known", known.join(", "))]))
}

/// The workspace's own theme files.
fn theme(workspace: &Workspace) -> Result<Theme, Error> {
    let root = workspace.root.join(&workspace.config.paths.themes);
    files::theme(&root).map_err(|source| Error::Io { path: root, source })
}

/// Where finished files and their diagnostics go, from any thread.
struct Sink<'a> {
    finished: &'a (dyn Fn(File) -> io::Result<()> + Sync),
    progress: &'a (dyn Fn(Progress) + Sync),
    done: Mutex<BTreeMap<Format, usize>>,
    diagnostics: Mutex<Vec<Diagnostic>>,
    failure: Mutex<Option<Error>>,
}

impl Sink<'_> {
    fn has_failed(&self) -> bool {
        self.failure.lock().expect("no thread panicked").is_some()
    }

    fn put(&self, file: File) {
        if self.has_failed() {
            return;
        }
        let path = file.path.clone();
        if let Err(source) = (self.finished)(file) {
            let mut failure = self.failure.lock().expect("no thread panicked");
            failure.get_or_insert(Error::Io { path: PathBuf::from(path), source });
        }
    }

    fn report(&self, diagnostics: Vec<Diagnostic>, file: &Arc<str>) {
        if !diagnostics.is_empty() {
            let located = diagnostics.into_iter().map(|it| it.in_file(file));
            self.diagnostics.lock().expect("no thread panicked").extend(located);
        }
    }

    fn advance(&self, format: Format, total: usize) {
        let done = {
            let mut done = self.done.lock().expect("no thread panicked");
            let done = done.entry(format).or_default();
            *done += 1;
            *done
        };
        (self.progress)(Progress { format, done, total });
    }
}

fn settings_file() -> Arc<str> {
    Arc::from(config::FILE)
}

fn html(
    workspace: &Workspace,
    site: &Site,
    chosen: &Chosen<'_>,
    theme: &Theme,
    sink: &Sink<'_>,
) {
    let options = html::Options {
        links: if workspace.config.file_links {
            html::Links::Files
        } else {
            html::Links::Clean
        },
        formats: workspace.config.formats.clone(),
        theme: theme.clone(),
    };
    let Checked { value: writer, diagnostics } = html::Writer::new(site, &options);
    sink.report(diagnostics, &settings_file());
    let pages = chosen.pages();
    let total = pages.len();
    if chosen.whole {
        let Checked { value: files, diagnostics } = writer.common();
        sink.report(diagnostics, &settings_file());
        files.into_par_iter().for_each(|file| sink.put(file));
    }
    pages.into_par_iter().for_each(|(edition, page)| {
        if !sink.has_failed() {
            let Checked { value: file, diagnostics } = writer.page(edition, page);
            sink.report(diagnostics, &page.file);
            sink.put(file);
            sink.advance(Format::Html, total);
        }
    });
}

fn epub(site: &Site, chosen: &Chosen<'_>, theme: &Theme, sink: &Sink<'_>) {
    let options = epub::Options { theme: theme.clone() };
    let total = chosen.editions.len();
    chosen.editions.par_iter().for_each(|edition| {
        match epub::book(site, edition, &options) {
            Ok(Checked { value: file, diagnostics }) => {
                sink.report(diagnostics, &settings_file());
                sink.put(file);
            }
            Err(error) => {
                let fault =
                    Diagnostic::error("epub-failed").with("language", &edition.language);
                sink.report(vec![fault.with("message", error)], &settings_file());
            }
        }
        sink.advance(Format::Epub, total);
    });
}

#[cfg(feature = "pdf")]
fn pdf(
    workspace: &Workspace,
    site: &Site,
    chosen: &Chosen<'_>,
    theme: &Theme,
    jobs: NonZeroUsize,
    sink: &Sink<'_>,
) {
    use crate::render::pdf::{self, Job};
    let creator = concat!("Plantin ", env!("CARGO_PKG_VERSION"));
    let options = pdf::Options {
        theme: theme.clone(),
        creator: creator.to_owned(),
        paper: workspace.config.paper.clone(),
    };
    let books = chosen.editions.iter().filter(|_| chosen.whole).map(|it| Job::Book(it));
    let pages = chosen.pages().into_iter().filter(|(_, page)| !page.generated);
    let list: Vec<Job<'_>> =
        books.chain(pages.map(|(edition, page)| Job::Page(edition, page))).collect();
    pdf::render(site, &list, &options, jobs, &|index, result| {
        let file = match &list[index] {
            Job::Page(_, page) => Arc::clone(&page.file),
            Job::Book(_) => settings_file(),
        };
        match result {
            Ok(Checked { value, diagnostics }) => {
                sink.report(diagnostics, &file);
                sink.put(value);
            }
            Err(error) => sink.report(error.diagnostics, &file),
        }
        sink.advance(Format::Pdf, list.len());
    });
}

#[cfg(not(feature = "pdf"))]
fn pdf(
    _: &Workspace,
    _: &Site,
    _: &Chosen<'_>,
    _: &Theme,
    _: NonZeroUsize,
    sink: &Sink<'_>,
) {
    sink.report(vec![Diagnostic::error("pdf-not-built-in")], &settings_file());
}
