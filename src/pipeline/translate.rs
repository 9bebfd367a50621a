//! The pages in each language, through their catalogues.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rayon::prelude::*;

use super::{Error, Workspace, read::Read};
use crate::{
    config::{self, Config},
    diagnostic::{Checked, Diagnostic},
    document::{Document, Language, PageKey},
    site::{Site, SourcePage, Version},
    source::{self, files},
    translation::{self, Catalogue, Glossary, Rules},
};

/// Shows each page in each language.
pub(super) fn translate(
    workspace: &Workspace,
    pages: Vec<Read>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<SourcePage>, Error> {
    let mut by_key: BTreeMap<PageKey, Vec<Read>> = BTreeMap::new();
    for page in pages {
        by_key.entry(page.key.clone()).or_default().push(page);
    }
    orphans(workspace, &by_key, diagnostics)?;
    misnamed(workspace, diagnostics);
    let glossaries: Vec<Glossary> = workspace
        .config
        .languages
        .iter()
        .map(|language| glossary(workspace, language, diagnostics))
        .collect::<Result<_, Error>>()?;
    let parts: Vec<Checked<SourcePage>> = by_key
        .into_par_iter()
        .map(|(key, authored)| versions(workspace, key, &authored, &glossaries))
        .collect::<Result<_, Error>>()?;
    Ok(parts.into_iter().map(|part| part.take(diagnostics)).collect())
}

fn versions(
    workspace: &Workspace,
    key: PageKey,
    authored: &[Read],
    glossaries: &[Glossary],
) -> Result<Checked<SourcePage>, Error> {
    let mut diagnostics = Vec::new();
    let mut versions = Vec::new();
    for (language, glossary) in workspace.config.languages.iter().zip(glossaries) {
        let own = authored.iter().find(|it| it.authored == *language);
        let base = own.unwrap_or(&authored[0]);
        let (document, omit) = match own {
            Some(own) => (own.document.clone(), false),
            None => translated(workspace, language, base, glossary, &mut diagnostics)?,
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
    glossary: &Glossary,
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
        let rules = Rules { language, glossary };
        let remarks = catalogue.findings(&rules).into_iter().filter(|it| !it.is_error());
        faults.extend(remarks.map(|it| it.diagnostic));
    }
    let policy = config.policy(language, &base.key);
    let outcome =
        translation::apply(&base.document, catalogue.as_ref(), language, policy);
    let outcome = outcome.take(&mut faults);
    diagnostics.extend(faults.into_iter().map(|it| it.in_file(&file)));
    Ok((outcome.document, outcome.omit))
}

/// The words that are always translated in one way into a language.
pub(super) fn glossary(
    workspace: &Workspace,
    language: &Language,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Glossary, Error> {
    let config = &workspace.config;
    if *language == config.source {
        return Ok(Glossary::default());
    }
    let path = |tag: &Language| format!("{}/{tag}/glossary.ftl", config.paths.locales);
    let file: Arc<str> = Arc::from(path(language).as_str());
    let mut faults = Vec::new();
    let ours = read_catalogue(workspace, &path(&config.source), &mut faults)?;
    let theirs = read_catalogue(workspace, &path(language), &mut faults)?;
    let glossary = match (ours, theirs) {
        (Some(ours), Some(theirs)) => Glossary::read(&ours, &theirs).take(&mut faults),
        _ => Glossary::default(),
    };
    diagnostics.extend(faults.into_iter().map(|it| it.in_file(&file)));
    Ok(glossary)
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

/// Reports folders of translations that no language of the publication reads, though they
/// are called nearly like one, or like a language.
fn misnamed(workspace: &Workspace, diagnostics: &mut Vec<Diagnostic>) {
    let config = &workspace.config;
    let root = workspace.root.join(&config.paths.locales);
    for (name, is_folder) in files::names(&root) {
        let is_read = config.languages.iter().any(|it| it.as_str() == name);
        if !is_folder || is_read || name.starts_with(['.', '_']) {
            continue;
        }
        let catalogues = files::catalogues(&root.join(&name)).map_or(0, |it| it.len());
        let has_words = files::exists(&root, &format!("{name}/ui.ftl"));
        if catalogues == 0 && !has_words {
            continue;
        }
        let meant = config::language(&name.replace('_', "-"))
            .filter(|it| config.languages.contains(it));
        let fault = match &meant {
            Some(meant) => Diagnostic::error("locale-misnamed").with("language", meant),
            None => Diagnostic::warning("locale-unknown").with("language", &name),
        };
        let file: Arc<str> = Arc::from(format!("{}/{name}", config.paths.locales));
        diagnostics.push(fault.with("count", catalogues).in_file(&file));
    }
}

/// How many translations each page had in each language when they were last published.
pub type Published = BTreeMap<(PageKey, Language), usize>;

/// A catalogue of published translations that is no longer there.
#[derive(Debug)]
pub struct Lost {
    /// Its page.
    pub page: PageKey,
    /// Its language.
    pub language: Language,
    /// How many translations it had.
    pub count: usize,
    /// The fault.
    pub told: Diagnostic,
}

/// The catalogues that are no longer there of translations that were published.
pub fn lost(workspace: &Workspace, site: &Site, before: &Published) -> Vec<Lost> {
    let config = &workspace.config;
    let mut lost = Vec::new();
    for ((key, language), count) in before.iter().filter(|it| *it.1 > 0) {
        let (page, language, count) = (key.clone(), language.clone(), *count);
        let edition = site.editions.iter().find(|it| it.language == language);
        // A page may be left out of a language because its translations are gone.
        let mut anywhere = site.editions.iter().filter_map(|it| it.page(key));
        let found = edition.and_then(|it| it.page(key).or_else(|| anywhere.next()));
        let Some(found) = found else { continue };
        let is_translated = !found.generated && found.authored != language;
        let folder = format!("{}/", config.paths.content);
        let source = found.file.strip_prefix(folder.as_str()).unwrap_or(&found.file);
        let path = catalogue_path(config, &language, source);
        if is_translated && !files::exists(&workspace.root, &path) {
            let told = gone(&path, &language, count);
            lost.push(Lost { page, language, count, told });
        }
    }
    lost
}

/// The message about a catalogue that is gone.
pub(super) fn gone(path: &str, language: &Language, count: usize) -> Diagnostic {
    let fault = Diagnostic::error("catalogue-gone").with("count", count);
    fault.with("language", language).in_file(&Arc::from(path))
}

/// Where the catalogue of a page lies, by the page's path under `content`.
pub(super) fn catalogue_path(config: &Config, language: &Language, page: &str) -> String {
    let page = page.strip_suffix(".md").unwrap_or(page);
    format!("{}/{language}/content/{page}.po", config.paths.locales)
}

/// The text of a catalogue, if there is one that can be read. One in which Git left two
/// versions is neither of them.
pub(super) fn read_catalogue(
    workspace: &Workspace,
    path: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<String>, Error> {
    if !files::exists(&workspace.root, path) {
        return Ok(None);
    }
    let text = files::text(&workspace.root, path).take(diagnostics);
    let conflict = text.as_deref().and_then(source::conflict::in_file);
    let is_whole = conflict.is_none();
    diagnostics.extend(conflict);
    Ok(text.filter(|_| is_whole))
}
