//! The catalogues of a publication, made and brought up to date.
//!
//! All the catalogues of a language are read before one is changed, because a text that
//! leaves a page may have gone to another, and a page that is gone may have another name.
//! Nothing is written here: `cli` gets the texts of the files.

use std::{collections::BTreeSet, sync::Arc};

use rayon::prelude::*;

use super::{
    Error, Workspace,
    publication::{address_of, interface},
    read::{Read, bases, read},
    selection::known_language,
    translate::{Published, catalogue_path, gone, read_catalogue},
};
use crate::{
    diagnostic::{self, Checked, Diagnostic},
    document::Language,
    site::address,
    source::files,
    translation::{self, Catalogue, Holders, Keys, Memory, Merged, News, RULE_VERSION},
};

/// What is to be written, and what became of the units.
#[derive(Clone, Debug, Default)]
pub struct Extracted {
    /// The files that change: their paths, relative to the workspace, and their new texts.
    pub files: Vec<(String, String)>,
    /// The catalogues whose page has another name now: their old and their new paths. The
    /// old ones are to be removed once the new ones are written.
    pub moved: Vec<(String, String)>,
    /// What became of the units, by language.
    pub news: Vec<(Language, News)>,
}

/// Makes or updates the catalogues of these languages (all when there are none). With
/// `migrate`, catalogues that were made by an older rule too.
pub fn extract(
    workspace: &Workspace,
    languages: &[Language],
    migrate: bool,
) -> Result<Checked<Extracted>, Error> {
    extract_after(workspace, languages, migrate, &Published::new())
}

/// The same after a publication: a catalogue whose translations were published, and that is
/// gone, is told and not made anew, since nobody would see then that it was lost.
pub fn extract_after(
    workspace: &Workspace,
    languages: &[Language],
    migrate: bool,
    published: &Published,
) -> Result<Checked<Extracted>, Error> {
    let mut diagnostics = Vec::new();
    for language in languages {
        known_language(workspace, language)?;
    }
    let pages = read(workspace, &mut diagnostics)?;
    let keys = keys(&pages);
    let mut extracted = Extracted::default();
    for language in &workspace.config.languages {
        if !languages.is_empty() && !languages.contains(language) {
            continue;
        }
        let updated = update(workspace, language, &pages, &keys, migrate)?;
        let mut news = News::default();
        for part in updated.take(&mut diagnostics) {
            let published =
                published.get(&(pages[part.page].key.clone(), language.clone()));
            if let Some(count) = published.filter(|it| **it > 0 && part.is_new) {
                diagnostics.push(gone(&part.path, language, *count));
                continue;
            }
            news.add(&part.merged.news);
            extracted.moved.extend(part.from.map(|from| (from, part.path.clone())));
            if part.changed {
                extracted.files.push((part.path, part.merged.catalogue.write()));
            }
        }
        let words = interface(workspace, language)?.value;
        extracted.files.extend(words);
        if news != News::default() {
            extracted.news.push((language.clone(), news));
        }
    }
    diagnostic::sort(&mut diagnostics);
    Ok(Checked { value: extracted, diagnostics })
}

/// The units of each page.
pub(super) fn keys(pages: &[Read]) -> Vec<Keys> {
    pages.par_iter().map(|it| Keys::of(&it.document)).collect()
}

/// The catalogue of a page, brought up to date.
pub(super) struct Updated {
    /// The number of the page.
    pub(super) page: usize,
    /// Its path, relative to the workspace.
    pub(super) path: String,
    /// Where it lay, when the page had another name.
    pub(super) from: Option<String>,
    /// What it holds now.
    pub(super) merged: Merged,
    /// Whether its file is to be written.
    pub(super) changed: bool,
    /// Whether its file must not be written over.
    pub(super) kept: bool,
    /// Whether there was none.
    pub(super) is_new: bool,
}

/// Brings the catalogues of a language up to date, in memory.
pub(super) fn update(
    workspace: &Workspace,
    language: &Language,
    pages: &[Read],
    keys: &[Keys],
    migrate: bool,
) -> Result<Checked<Vec<Updated>>, Error> {
    let mut found: Vec<Found> = bases(pages, language)
        .into_par_iter()
        .map(|page| {
            let path = catalogue_path(&workspace.config, language, &pages[page].path);
            Found::read(workspace, path, Some(page), migrate)
        })
        .collect::<Result<_, Error>>()?;
    let mut orphans = orphans(workspace, language, pages, migrate)?;
    adopt(&mut found, &mut orphans, keys);
    let mut memory = Memory::default();
    let nothing = Keys::default();
    for it in found.iter().chain(&orphans) {
        let (file, keys) = match it.page {
            Some(page) => (Arc::clone(&pages[page].file), &keys[page]),
            None => (Arc::from(it.path.as_str()), &nothing),
        };
        if let Some(catalogue) = &it.catalogue {
            memory.add(&file, keys, catalogue);
        }
    }
    let parts: Vec<Checked<Option<Updated>>> = found
        .into_par_iter()
        .map(|it| updated(workspace, language, pages, it, &memory))
        .collect();
    let mut diagnostics = memory.disagreements();
    let mut all = Vec::new();
    for part in parts {
        all.extend(part.take(&mut diagnostics));
    }
    Ok(Checked { value: all, diagnostics })
}

/// A catalogue as it lies on the disk.
pub(super) struct Found {
    /// Where it lies, or is to lie.
    pub(super) path: String,
    /// The number of its page.
    page: Option<usize>,
    /// Where it lay, when the page had another name.
    from: Option<String>,
    pub(super) text: Option<String>,
    pub(super) catalogue: Option<Catalogue>,
    /// Whether it must not be written over.
    pub(super) kept: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Found {
    pub(super) fn read(
        workspace: &Workspace,
        path: String,
        page: Option<usize>,
        migrate: bool,
    ) -> Result<Self, Error> {
        let mut diagnostics = Vec::new();
        let text = read_catalogue(workspace, &path, &mut diagnostics)?;
        // What cannot be read whole is never written over: a person must look first.
        let unread = text.is_none() && !diagnostics.is_empty();
        let garbled = unread || diagnostics.iter().any(|it| it.code == "not-utf-8");
        let read = text.as_deref().map(Catalogue::open).unwrap_or_default();
        let catalogue = read.take(&mut diagnostics);
        let lost = garbled || text.is_some() && catalogue.is_none();
        if lost {
            diagnostics.push(Diagnostic::error("catalogue-not-updated"));
        }
        let rule = catalogue.as_ref().and_then(Catalogue::rule);
        let fault = match rule.unwrap_or(RULE_VERSION) {
            it if it > RULE_VERSION => Some("catalogue-rule-newer"),
            it if it < RULE_VERSION && !migrate => Some("catalogue-rule-older"),
            _ => None,
        };
        if let Some((code, rule)) = fault.zip(rule) {
            let error = Diagnostic::error(code).with("rule", rule);
            diagnostics.push(error.with("known", RULE_VERSION));
        }
        let damaged = catalogue.as_ref().is_some_and(Catalogue::is_damaged);
        let kept = lost || damaged || fault.is_some();
        let catalogue = match migrate {
            true => catalogue.map(Catalogue::migrated),
            false => catalogue,
        };
        Ok(Self { path, page, from: None, text, catalogue, kept, diagnostics })
    }
}

/// The catalogues whose page is gone.
fn orphans(
    workspace: &Workspace,
    language: &Language,
    pages: &[Read],
    migrate: bool,
) -> Result<Vec<Found>, Error> {
    let config = &workspace.config;
    let known: BTreeSet<String> =
        pages.iter().map(|it| catalogue_path(config, language, &it.path)).collect();
    let folder = format!("{}/{language}/content", config.paths.locales);
    let root = workspace.root.join(&folder);
    let listed = files::catalogues(&root)
        .map_err(|source| Error::Io { path: root.clone(), source })?;
    let paths = listed.into_iter().map(|it| format!("{folder}/{it}"));
    paths
        .filter(|it| !known.contains(it))
        .map(|path| Found::read(workspace, path, None, migrate))
        .collect()
}

/// Gives pages without a catalogue those that hold most of their texts and have lost their
/// page: the page was renamed.
fn adopt(found: &mut [Found], orphans: &mut Vec<Found>, keys: &[Keys]) {
    let free = orphans.iter().map(|it| it.catalogue.as_ref().filter(|_| !it.kept));
    let free: Vec<Option<&Catalogue>> = free.collect();
    let holders = Holders::of(&free);
    let totals: Vec<usize> =
        free.iter().map(|it| it.map_or(0, |it| it.tally().total())).collect();
    let mut likely = Vec::new();
    for (number, it) in found.iter().enumerate().filter(|it| it.1.text.is_none()) {
        let Some(page) = it.page else { continue };
        for (orphan, shared) in holders.shared(&keys[page]) {
            if shared * 2 >= keys[page].count().min(totals[orphan]) {
                likely.push((shared, number, orphan));
            }
        }
    }
    likely.sort_by_key(|it| (std::cmp::Reverse(it.0), it.1, it.2));
    let mut taken = BTreeSet::new();
    for (_, number, orphan) in likely {
        let it = &mut found[number];
        if it.from.is_none() && taken.insert(orphan) {
            it.from = Some(orphans[orphan].path.clone());
            it.catalogue = orphans[orphan].catalogue.take();
        }
    }
    let mut number = 0..;
    orphans.retain(|_| !taken.contains(&number.next().unwrap_or_default()));
}

fn updated(
    workspace: &Workspace,
    language: &Language,
    pages: &[Read],
    found: Found,
    memory: &Memory,
) -> Checked<Option<Updated>> {
    let Some(number) = found.page else { return Checked::default() };
    let page = &pages[number];
    let publication = address_of(&workspace.config);
    let context = translation::Context {
        language: language.clone(),
        source_language: page.authored.clone(),
        file: Arc::clone(&page.file),
        address: address::public(&publication, &page.authored, &page.key),
        project: workspace.config.name.clone(),
    };
    let mut diagnostics = found.diagnostics;
    let merged =
        translation::merge(&page.document, &context, found.catalogue.as_ref(), memory);
    let merged = merged.take(&mut diagnostics);
    let changed = !found.kept && found.text.as_deref() != Some(&merged.catalogue.write());
    let file: Arc<str> = Arc::from(found.path.as_str());
    let is_new = found.text.is_none() && found.from.is_none() && !found.kept;
    let updated = Updated {
        page: number,
        is_new,
        path: found.path,
        from: found.from,
        merged,
        changed,
        kept: found.kept,
    };
    let diagnostics = diagnostics.into_iter().map(|it| it.in_file(&file)).collect();
    Checked { value: Some(updated), diagnostics }
}
