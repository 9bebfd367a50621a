//! How far the translations of a publication are.
//!
//! The catalogues are brought up to date in memory first, so that what is said is true of
//! the pages as they are now, whether or not anybody has run `extract` since they changed.

use std::sync::Arc;

use rayon::prelude::*;

use super::{
    Error, Workspace,
    extract::{self, Updated},
    publication::interface,
    read::{Read, read},
    selection::known_language,
    translate::glossary,
};
use crate::{
    diagnostic::{self, Checked, Diagnostic},
    document::{Language, State},
    translation::{self, Glossary, Listed, News, Rules, Tally},
};

/// How far the translations of a publication are.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The languages into which anything is translated.
    pub languages: Vec<LanguageReport>,
}

/// How far the translations into a language are.
#[derive(Clone, Debug)]
pub struct LanguageReport {
    /// The language.
    pub language: Language,
    /// Its pages, in the order of their files.
    pub pages: Vec<PageReport>,
    /// What is to be done for the interface's words.
    pub interface: Vec<Diagnostic>,
}

/// How far the translation of a page is.
#[derive(Clone, Debug)]
pub struct PageReport {
    /// Its file, relative to the workspace.
    pub file: Arc<str>,
    /// Its title, in the source language.
    pub title: String,
    /// Its catalogue, relative to the workspace.
    pub catalogue: String,
    /// Whether `extract` would change the catalogue.
    pub out_of_date: bool,
    /// Its units.
    pub units: Vec<Listed>,
    /// What became of the units since the catalogue was written.
    pub news: News,
}

impl LanguageReport {
    /// How many units stand where.
    pub fn tally(&self) -> Tally {
        sum(self.pages.iter().map(PageReport::tally))
    }

    /// The same in words of the source.
    pub fn words(&self) -> Tally {
        sum(self.pages.iter().map(PageReport::words))
    }

    /// The diagnostics of the checks of all its translations and of the interface's words.
    pub fn findings(&self) -> impl Iterator<Item = Diagnostic> {
        let pages = self.pages.iter().flat_map(|page| {
            let file: Arc<str> = Arc::from(page.catalogue.as_str());
            let findings = page.units.iter().flat_map(|it| it.findings.clone());
            findings.map(move |it| it.diagnostic.in_file(&file))
        });
        pages.chain(self.interface.iter().cloned())
    }
}

impl PageReport {
    /// How many units stand where.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.units.iter().for_each(|it| tally.count(it.state, 1));
        tally
    }

    /// The same in words of the source.
    pub fn words(&self) -> Tally {
        let mut tally = Tally::default();
        self.units.iter().for_each(|it| tally.count(it.state, it.words));
        tally
    }

    /// The units in this state.
    pub fn in_state(&self, state: State) -> impl Iterator<Item = &Listed> {
        self.units.iter().filter(move |it| it.state == state)
    }
}

fn sum(tallies: impl Iterator<Item = Tally>) -> Tally {
    let mut sum = Tally::default();
    tallies.for_each(|it| sum.join(&it));
    sum
}

/// Says how far the translations into these languages (all when there are none) are.
pub fn status(
    workspace: &Workspace,
    languages: &[Language],
) -> Result<Checked<Report>, Error> {
    let mut diagnostics = Vec::new();
    for language in languages {
        known_language(workspace, language)?;
    }
    // What is wrong with the pages themselves is for `check` to say.
    let pages = read(workspace, &mut Vec::new())?;
    let keys = extract::keys(&pages);
    let mut report = Report::default();
    for language in &workspace.config.languages {
        let asked = languages.is_empty() || languages.contains(language);
        if !asked {
            continue;
        }
        let glossary = glossary(workspace, language, &mut diagnostics)?;
        let updated = extract::update(workspace, language, &pages, &keys, false)?;
        let updated = updated.take(&mut diagnostics);
        // Into the source language only what was written in another one is translated.
        if updated.is_empty() {
            continue;
        }
        let mut reports: Vec<PageReport> = updated
            .into_par_iter()
            .map(|it| of_page(&pages[it.page], it, language, &glossary))
            .collect();
        reports.sort_by(|a, b| a.file.cmp(&b.file));
        let file = format!("{}/{language}/ui.ftl", workspace.config.paths.locales);
        let file: Arc<str> = Arc::from(file);
        let interface = interface(workspace, language)?.diagnostics.into_iter();
        let interface = interface.map(|it| it.in_file(&file)).collect();
        let language = language.clone();
        report.languages.push(LanguageReport { language, pages: reports, interface });
    }
    diagnostic::sort(&mut diagnostics);
    Ok(Checked { value: report, diagnostics })
}

fn of_page(
    page: &Read,
    updated: Updated,
    language: &Language,
    glossary: &Glossary,
) -> PageReport {
    let catalogue = &updated.merged.catalogue;
    let rules = Rules { language, glossary };
    PageReport {
        file: Arc::clone(&page.file),
        title: page.document.meta.title.to_plain(),
        out_of_date: updated.changed,
        units: translation::list(&page.document, Some(catalogue), &rules),
        news: updated.merged.news,
        catalogue: updated.path,
    }
}
