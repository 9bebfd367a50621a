//! What is to be built, found to exist.

use std::collections::BTreeSet;

use super::{Error, Selection, Workspace};
use crate::{
    diagnostic::Diagnostic,
    document::{Language, PageKey},
    render::Format,
    site::{Edition, Page, Site, address},
};

/// What is to be built, found to exist.
pub(super) struct Chosen<'a> {
    pub(super) formats: BTreeSet<Format>,
    pub(super) editions: Vec<&'a Edition>,
    pub(super) keys: BTreeSet<PageKey>,
    pub(super) whole: bool,
}

impl<'a> Chosen<'a> {
    pub(super) fn new(
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
    pub(super) fn named(&self) -> Vec<PageKey> {
        if self.whole { Vec::new() } else { self.keys.iter().cloned().collect() }
    }

    pub(super) fn pages(&self) -> Vec<(&'a Edition, &'a Page)> {
        let pages = |edition: &&'a Edition| {
            let edition: &'a Edition = edition;
            let wanted =
                edition.pages.iter().filter(|page| self.keys.contains(&page.key));
            wanted.map(move |page| (edition, page)).collect::<Vec<_>>()
        };
        self.editions.iter().flat_map(pages).collect()
    }
}

/// Refuses a language that is not published.
pub(super) fn known_language(
    workspace: &Workspace,
    language: &Language,
) -> Result<(), Error> {
    let languages = &workspace.config.languages;
    if languages.contains(language) {
        return Ok(());
    }
    let known: Vec<&str> = languages.iter().map(Language::as_str).collect();
    let fault = Diagnostic::error("language-unknown").with("language", language);
    Err(Error::Wrong(vec![fault.with("known", known.join(", "))]))
}
