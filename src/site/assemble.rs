//! Puts a site together.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use rayon::prelude::*;

use super::{
    Counts, Edition, Labels, Page, Publication, ResourceFile, Site,
    address::{self, Refusal},
    breadcrumb::{self, Written},
    dates,
    links::{self, Map, Origin},
    listing,
    made::{self, Made},
    navigation::{self, Entry},
    paths,
};
use crate::{
    diagnostic::{self, Checked, Diagnostic, Place},
    document::{
        Block, Document, Language, Meta, PageKey, Resource, State, Target, Text,
        walk::{self, Reference},
    },
    languages,
};

/// What a site is made of.
#[derive(Debug)]
pub struct Input {
    /// What holds for the publication in every language.
    pub publication: Publication,
    /// The languages, the source language first, each with its interface's words.
    pub languages: Vec<(Language, Labels)>,
    /// The pages, in no particular order.
    pub pages: Vec<SourcePage>,
    /// The files that images and links lead to, by their path under `content`; `None` for
    /// one that is there but cannot be used.
    pub resources: BTreeMap<String, Option<Arc<ResourceFile>>>,
    /// The keys of the pages that come first.
    pub order: Vec<PageKey>,
    /// Prefixes of addresses under the base that other systems publish.
    pub elsewhere: Vec<String>,
    /// Which pages the program makes.
    pub made: made::Options,
}

/// A page in every language.
#[derive(Debug)]
pub struct SourcePage {
    /// What it is called in every language.
    pub key: PageKey,
    /// The page in each language, in the order of [`Input::languages`].
    pub versions: Vec<Version>,
}

/// A page in one language.
#[derive(Debug)]
pub struct Version {
    /// The file that its author wrote, relative to the workspace.
    pub file: Arc<str>,
    /// The path of that file under `content`.
    pub path: String,
    /// The language of that file.
    pub authored: Language,
    /// What it says in this language; its texts have their units and states.
    pub document: Document,
    /// Whether a policy leaves the page out of this edition.
    pub omit: bool,
}

/// Gives each page its address, its trail, its place in the contents, and resolves its
/// links and images, in every language.
pub fn assemble(mut input: Input) -> Checked<Site> {
    let files = files(&input.pages);
    let mut diagnostics =
        leave_out(&mut input.pages, &input.publication.source, &input.languages);
    let mut made =
        made::pages(&input.pages, &input.languages, &input.elsewhere, &input.made);
    let authored = input.pages.len();
    input.pages.append(&mut made.pages);
    let free = |key: &str| {
        !input.pages.iter().any(|page| paths::folded(page.key.as_str()) == key)
    };
    let generate_home = free("/");
    let generate_map = input.made.map && free(made::MAP) && authored > 0;
    let tags: Vec<Language> = input.languages.iter().map(|it| it.0.clone()).collect();
    let media = |file: &Option<Arc<ResourceFile>>| file.as_ref().map(|it| it.media_type);
    let usable: BTreeMap<String, Option<&'static str>> =
        input.resources.iter().map(|(path, file)| (path.clone(), media(file))).collect();
    let shared = Shared {
        publication: &input.publication,
        languages: &tags,
        files,
        resources: &usable,
        elsewhere: &input.elsewhere,
        made: &made,
        generate_home,
        generate_map,
    };
    let segments = check_segments(&input.pages, authored, &tags, generate_home);
    diagnostics.extend(segments);
    sort(&mut input.pages, &input.order);
    let mut by_language = transpose(input.pages, tags.len());
    let available = available(&by_language, &tags);
    let parts: Vec<(Edition, Vec<Diagnostic>)> = input
        .languages
        .into_par_iter()
        .zip(by_language.par_iter_mut().map(std::mem::take))
        .map(|((language, labels), versions)| {
            edition(language, labels, versions, &available, &shared)
        })
        .collect();
    let mut editions = Vec::new();
    for (edition, faults) in parts {
        editions.push(edition);
        diagnostics.extend(faults);
    }
    diagnostic::sort(&mut diagnostics);
    let resources = used(&editions, input.resources);
    let site = Site { publication: input.publication, editions, resources };
    Checked { value: site, diagnostics }
}

/// What the editions have in common while they are made.
struct Shared<'a> {
    publication: &'a Publication,
    languages: &'a [Language],
    files: BTreeMap<String, PageKey>,
    resources: &'a BTreeMap<String, Option<&'static str>>,
    elsewhere: &'a [String],
    made: &'a Made,
    generate_home: bool,
    generate_map: bool,
}

/// Leaves a page that is not in the authors' language out of the languages in which nothing of
/// it is: it was written for the readers of one. That of home is where every edition begins.
fn leave_out(
    pages: &mut [SourcePage],
    source: &Language,
    languages: &[(Language, Labels)],
) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for page in pages.iter_mut().filter(|it| it.key.as_str() != "/") {
        let mut left = None;
        for (version, (language, _)) in page.versions.iter_mut().zip(languages) {
            let is_foreign = version.authored != *source && version.authored != *language;
            if is_foreign && !version.omit && is_fallback(version) {
                version.omit = true;
                left.get_or_insert((Arc::clone(&version.file), version.authored.clone()));
            }
        }
        if let Some((file, authored)) = left {
            let note =
                Diagnostic::note("page-in-one-language").with("language", authored);
            told.push(note.in_file(&file));
        }
    }
    told
}

/// Puts the pages into the wished order: those that `order` names, then those to which the
/// source site's navigation gives a place, then by address, a page before those under it.
fn sort(pages: &mut [SourcePage], order: &[PageKey]) {
    let rank: BTreeMap<&PageKey, usize> =
        order.iter().enumerate().map(|(rank, key)| (key, rank)).collect();
    pages.sort_by_cached_key(|page| {
        let parts: Vec<String> =
            page.key.as_str().split('/').map(str::to_owned).collect();
        let navigation = |it: &Version| it.document.meta.navigation.as_ref()?.order;
        let place = page.versions.iter().find_map(navigation).unwrap_or(i64::MAX);
        (rank.get(&page.key).copied().unwrap_or(usize::MAX), place, parts)
    });
}

/// The key of each file, whatever its language.
fn files(pages: &[SourcePage]) -> BTreeMap<String, PageKey> {
    let versions = pages.iter().flat_map(|page| {
        page.versions.iter().map(|it| (it.path.clone(), page.key.clone()))
    });
    versions.collect()
}

/// Reports the segments of every file, as it is authored. The first so many pages are.
fn check_segments(
    pages: &[SourcePage],
    authored: usize,
    languages: &[Language],
    home: bool,
) -> Vec<Diagnostic> {
    let keys: BTreeSet<&PageKey> = pages.iter().map(|page| &page.key).collect();
    let exists = |key: &PageKey| keys.contains(key) || home && key.as_str() == "/";
    let authored = pages[..authored].iter().flat_map(|page| &page.versions);
    let authored = authored.filter(|it| it.document.language == it.authored);
    let written: Vec<Written<'_>> = authored
        .flat_map(|it| {
            it.document.meta.segments.iter().map(|s| (&it.file, &it.authored, s))
        })
        .collect();
    breadcrumb::check(&written, languages, &exists)
}

type Versions = Vec<(PageKey, Version)>;

/// The pages of each language.
fn transpose(pages: Vec<SourcePage>, languages: usize) -> Vec<Versions> {
    let mut by_language: Vec<Versions> = (0..languages).map(|_| Vec::new()).collect();
    for page in pages {
        for (versions, version) in by_language.iter_mut().zip(page.versions) {
            versions.push((page.key.clone(), version));
        }
    }
    by_language
}

/// The languages in which each page exists as such.
fn available(
    by_language: &[Versions],
    languages: &[Language],
) -> BTreeMap<PageKey, Vec<Language>> {
    let mut available: BTreeMap<PageKey, Vec<Language>> = BTreeMap::new();
    for (language, versions) in languages.iter().zip(by_language) {
        for (key, version) in versions {
            if !version.omit && !is_fallback(version) {
                available.entry(key.clone()).or_default().push(language.clone());
            }
        }
    }
    available
}

/// Whether nothing of a page is shown in the language that it is meant to be in.
pub(super) fn is_fallback(version: &Version) -> bool {
    let (mut own, mut foreign) = (false, false);
    walk::texts(&version.document, &mut |_, text| {
        let shown_in_own = text.language.is_none();
        own |= text.state != State::Source && shown_in_own;
        foreign |= text.state.is_marked() && !shown_in_own;
    });
    foreign && !own
}

/// One edition, and what is wrong with its links.
fn edition(
    language: Language,
    labels: Labels,
    versions: Versions,
    available: &BTreeMap<PageKey, Vec<Language>>,
    shared: &Shared<'_>,
) -> (Edition, Vec<Diagnostic>) {
    let (omitted, versions): (Versions, Versions) =
        versions.into_iter().partition(|(_, version)| version.omit);
    let mut map = Map {
        publication: shared.publication,
        languages: shared.languages,
        language: &language,
        pages: versions
            .iter()
            .map(|(k, v)| (k.clone(), links::anchors(&v.document)))
            .collect(),
        omitted: omitted.into_iter().map(|it| (it.0, it.1.authored)).collect(),
        files: &shared.files,
        resources: shared.resources,
        elsewhere: shared.elsewhere,
    };
    for (is_made, key) in [(shared.generate_home, "/"), (shared.generate_map, made::MAP)]
    {
        if is_made {
            map.pages.insert(PageKey::new(key), BTreeSet::new());
        }
    }
    let (lists, mut versions): (Versions, Versions) =
        versions.into_iter().partition(|(key, _)| shared.made.lists.contains(key));
    let contents = {
        let pages: Vec<(&PageKey, &Document)> =
            versions.iter().map(|(key, version)| (key, &version.document)).collect();
        navigation::contents(&pages, shared.languages)
    };
    let order = navigation::reading_order(&contents);
    let rank: BTreeMap<&PageKey, usize> =
        order.iter().enumerate().map(|(rank, key)| (key, rank)).collect();
    versions.sort_by_key(|(key, _)| rank[key]);
    let in_contents = versions.len();
    versions.extend(lists);
    let parts: Vec<(Page, Vec<Diagnostic>)> = versions
        .into_par_iter()
        .map(|(key, version)| {
            let available = available.get(&key).cloned().unwrap_or_default();
            page(key, version, available, &labels, &map, shared)
        })
        .collect();
    let mut diagnostics = Vec::new();
    let mut pages = Vec::new();
    for (page, faults) in parts {
        pages.push(page);
        diagnostics.extend(faults);
    }
    let mut edition = Edition {
        right_to_left: languages::is_right_to_left(language.as_str()),
        title: labels.text("publication-title"),
        publisher: labels.text("publisher"),
        description: labels.text("publication-description"),
        language,
        labels,
        pages,
        contents,
        numbers: HashMap::new(),
    };
    chain(&mut edition.pages[..in_contents]);
    edition.number();
    if shared.generate_map {
        let map = generated_map(&edition, shared);
        edition.pages.push(map);
    }
    if shared.generate_home {
        let home = generated_home(&edition, shared);
        edition.pages.insert(0, home);
    }
    edition.number();
    (edition, diagnostics)
}

fn page(
    key: PageKey,
    version: Version,
    available: Vec<Language>,
    labels: &Labels,
    map: &Map<'_>,
    shared: &Shared<'_>,
) -> (Page, Vec<Diagnostic>) {
    let fallback = is_fallback(&version);
    let mut document = version.document;
    let mut diagnostics = Vec::new();
    let origin = Origin { path: &version.path, key: &key, authored: &version.authored };
    links::resolve(&mut document, origin, map, &mut diagnostics);
    // A translation has the links of its source: what is wrong with them is said once.
    if *map.language != version.authored {
        diagnostics.clear();
    }
    let exists = |key: &PageKey| map.pages.contains_key(key) || key.as_str() == "/";
    let trail =
        breadcrumb::trail(&document, &key, &labels.text("home"), map.languages, &exists);
    // What is repeated in a list is counted where it comes from.
    let generated = version.path.is_empty();
    let mut counts = Counts::default();
    if !generated {
        walk::texts(&document, &mut |_, text| counts.add(text.state));
    }
    let meta = &document.meta;
    let page = Page {
        show_breadcrumb: meta.show_breadcrumb.unwrap_or(!meta.segments.is_empty())
            && trail.crumbs.len() > 1,
        date: dates::published(meta),
        generated,
        in_books: !shared.made.lists.contains(&key),
        tags: tags(meta, labels, shared),
        authored: version.authored,
        file: Arc::clone(&version.file),
        previous: None,
        next: None,
        key,
        document,
        trail,
        fallback,
        counts,
        available,
    };
    let located = diagnostics.into_iter().map(|it| it.in_file(&version.file)).collect();
    (page, located)
}

/// The tags of a page that have a page themselves.
fn tags(meta: &Meta, labels: &Labels, shared: &Shared<'_>) -> Vec<super::Crumb> {
    let source = &shared.publication.source;
    let mut tags: Vec<super::Crumb> = Vec::new();
    for tag in &meta.tags {
        let Some(key) = shared.made.tags.get(tag.trim()) else { continue };
        let text = made::tag_words(tag.trim(), key, labels, labels.language(), source);
        let page = Some(key.clone());
        if tags.iter().all(|it| it.page != page) {
            tags.push(super::Crumb { text, page });
        }
    }
    tags
}

/// A home page for a workspace that has none: the publication's title and its contents.
fn generated_home(edition: &Edition, shared: &Shared<'_>) -> Page {
    let title = Text::plain(Place::default(), edition.title.clone());
    let description = (!edition.description.is_empty())
        .then(|| Text::plain(Place::default(), edition.description.clone()));
    let blocks = vec![contents(&edition.contents)];
    let meta = Meta { title, description, ..Meta::default() };
    generated(PageKey::new("/"), meta, blocks, edition, shared)
}

/// The map of the site: its contents, and the list of tags.
fn generated_map(edition: &Edition, shared: &Shared<'_>) -> Page {
    let title = Text::plain(Place::default(), edition.labels.text("site-map"));
    let tags = PageKey::new(made::TAGS);
    let mut entries = edition.contents.clone();
    if shared.made.lists.contains(&tags)
        && let Some(list) = edition.page(&tags)
    {
        let text = listing::repeated(&list.document.meta.title);
        entries.push(Entry { text, page: Some(tags), children: Vec::new() });
    }
    let meta = Meta { title, show_breadcrumb: Some(true), ..Meta::default() };
    generated(PageKey::new(made::MAP), meta, vec![contents(&entries)], edition, shared)
}

/// A page that is a list of all the others.
fn generated(
    key: PageKey,
    meta: Meta,
    blocks: Vec<Block>,
    edition: &Edition,
    shared: &Shared<'_>,
) -> Page {
    let language = edition.language.clone();
    let document = Document { language, meta, blocks, footnotes: Vec::new() };
    let home = edition.labels.text("home");
    let trail = breadcrumb::trail(&document, &key, &home, shared.languages, &|_| true);
    Page {
        file: Arc::from(""),
        show_breadcrumb: document.meta.show_breadcrumb == Some(true),
        document,
        trail,
        generated: true,
        in_books: false,
        tags: Vec::new(),
        date: None,
        authored: edition.language.clone(),
        fallback: false,
        counts: Counts::default(),
        available: shared.languages.to_vec(),
        previous: None,
        next: None,
        key,
    }
}

/// The contents as nested lists of links.
fn contents(entries: &[Entry]) -> Block {
    let item = |entry: &Entry| {
        let text = listing::repeated(&entry.text);
        let text = match &entry.page {
            Some(page) => Text::new(text.place, vec![listing::link(page, &text)]),
            None => text,
        };
        let mut blocks = vec![Block::Plain(text)];
        if !entry.children.is_empty() {
            blocks.push(contents(&entry.children));
        }
        blocks
    };
    listing::bullets(entries.iter().map(item).collect(), true)
}

/// Tells each page which come before and after it.
fn chain(pages: &mut [Page]) {
    let keys: Vec<PageKey> = pages.iter().map(|page| page.key.clone()).collect();
    for (index, page) in pages.iter_mut().enumerate() {
        page.previous = index.checked_sub(1).map(|it| keys[it].clone());
        page.next = keys.get(index + 1).cloned();
    }
}

/// The files that a page shows or leads to.
fn used(
    editions: &[Edition],
    mut resources: BTreeMap<String, Option<Arc<ResourceFile>>>,
) -> BTreeMap<String, Arc<ResourceFile>> {
    let mut paths = BTreeSet::new();
    for page in editions.iter().flat_map(|edition| &edition.pages) {
        walk::references(&page.document, &mut |reference| match reference {
            Reference::Link(link) => {
                if let Target::File(path) = &link.target {
                    paths.insert(path.clone());
                }
            }
            Reference::Image(image) => {
                if let Resource::File(path) = &image.resource {
                    paths.insert(path.clone());
                }
            }
        });
    }
    let file = |path: String| {
        let file = resources.remove(&path).flatten()?;
        Some((path, file))
    };
    paths.into_iter().filter_map(file).collect()
}

/// The identifier of a publication that has none of its own: a URN made from its address
/// and name (a version 8 UUID, RFC 9562, 5.8, over SHA-256).
pub fn identifier(base: &str, name: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(format!("{base}\n{name}"));
    let mut bytes: [u8; 16] = std::array::from_fn(|index| digest[index]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let (a, b, c, d, e) =
        (&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]);
    format!("urn:uuid:{a}-{b}-{c}-{d}-{e}")
}

/// What a page asks for, and where it can be published.
pub fn key(
    document: &Document,
    path: &str,
    languages: &[Language],
    slug: &dyn Fn(&str) -> String,
) -> Checked<Option<(PageKey, Option<Language>)>> {
    use crate::document::Permalink;
    let mut diagnostics = Vec::new();
    match &document.meta.permalink {
        Some(Permalink::Nowhere) => return Checked::fine(None),
        Some(Permalink::Address(address, place)) => {
            match address::from_permalink(address, languages) {
                Ok(key) => return Checked::fine(Some(key)),
                Err(refusal) => diagnostics.push(refused(refusal, address).at(*place)),
            }
        }
        None => {}
    }
    let slug = document.meta.slug.as_deref().map(slug);
    let value = address::from_path(path, slug.as_deref(), languages);
    if value.is_err() {
        diagnostics.push(Diagnostic::error("path-not-an-address").with("path", path));
    }
    Checked { value: value.ok(), diagnostics }
}

/// Why a page is not published at the address that it asks for.
fn refused(refusal: Refusal, permalink: &str) -> Diagnostic {
    let code = match refusal {
        Refusal::NotAnAddress => "permalink-refused",
        Refusal::TooLong => "permalink-too-long",
        Refusal::TooDeep => "permalink-too-deep",
    };
    Diagnostic::error(code)
        .with("permalink", permalink)
        .with("longest", address::LONGEST)
        .with("part", address::LONGEST_PART)
        .with("deepest", address::DEEPEST)
}
