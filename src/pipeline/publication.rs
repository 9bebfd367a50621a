//! What holds for the whole publication: its address, date, order, words and theme.

use std::sync::Arc;

use super::{Error, Workspace, read::Read, translate::read_catalogue};
use crate::{
    config::{self, Config},
    diagnostic::{Checked, Diagnostic},
    document::{Date, Language, PageKey},
    languages,
    render::Theme,
    site::{
        Labels, Publication, address, assemble, dates,
        interface::{self, Interface},
    },
    source::{conflict, files},
};

/// What is known of the publication before its pages are read.
pub(super) fn address_of(config: &Config) -> Publication {
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
pub(super) fn publication(
    workspace: &Workspace,
    pages: &[Read],
    diagnostics: &mut Vec<Diagnostic>,
) -> Publication {
    let settings: Arc<str> = Arc::from(config::FILE);
    let dated =
        pages.iter().filter_map(|it| Some((it, dates::published(&it.document.meta)?)));
    let (ahead, past): (Vec<_>, Vec<_>) =
        dated.partition(|it| workspace.today.is_some_and(|today| it.1 > today));
    for (page, date) in &ahead {
        let fault = Diagnostic::warning("page-date-ahead").with("date", date);
        diagnostics.push(fault.in_file(&page.file));
    }
    let said = workspace.config.date.or(workspace.epoch);
    let latest = past.into_iter().map(|it| it.1).max().filter(|_| said.is_none());
    if let Some(latest) = latest {
        let note = Diagnostic::note("date-from-pages").with("date", latest);
        diagnostics.push(note.in_file(&settings));
    }
    let date = said.or(latest).unwrap_or_else(|| {
        diagnostics.push(Diagnostic::note("no-date").in_file(&Arc::from(config::FILE)));
        Date { year: 2000, month: 1, day: 1 }
    });
    Publication { date, ..address_of(&workspace.config) }
}

/// The keys of the pages that come first.
pub(super) fn order(
    workspace: &Workspace,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PageKey> {
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

/// Reports what is said of pages that are not there.
pub(super) fn inspect_policies(
    workspace: &Workspace,
    pages: &[Read],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for said in workspace.config.page_policies.keys() {
        if !pages.iter().any(|page| page.key.as_str().starts_with(said.as_str())) {
            let fault = Diagnostic::warning("policy-page-unknown").with("page", said);
            diagnostics.push(fault.in_file(&Arc::from(config::FILE)));
        }
    }
}

/// The interface's words of each language.
pub(super) fn labels(
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
        let is_absent = text.is_none() && faults.is_empty();
        if is_absent && !Labels::is_built_in(language) {
            let tag = language.as_str();
            let fault = Diagnostic::warning("interface-missing").with("language", tag);
            let fault = fault.with("name-fr", languages::name_in(tag, "fr"));
            let fault = fault.with("name-en", languages::name_in(tag, "en"));
            let spoken = Labels::new(language, &config.source, None).0.spoken().clone();
            let fault = fault.with("spoken", &spoken);
            let fault =
                fault.with("spoken-fr", languages::name_in(spoken.as_str(), "fr"));
            let fault =
                fault.with("spoken-en", languages::name_in(spoken.as_str(), "en"));
            let doubt = languages::doubt(tag);
            let fault =
                fault.with("doubtful", if doubt.is_some() { "yes" } else { "no" });
            faults.push(fault.with("doubt", doubt.unwrap_or_default()));
        }
        let own = text.as_deref().map(|text| (path.as_str(), text));
        let (labels, broken) = Labels::new(language, &config.source, own);
        let text = text.as_deref().unwrap_or_default();
        faults
            .extend(broken.iter().map(|it| it.diagnostic(text, "interface-unreadable")));
        faults.extend(interface(workspace, language)?.diagnostics);
        diagnostics.extend(faults.into_iter().map(|it| it.in_file(&file)));
        let labels = labels.set_by(config.typography.profile(language));
        all.push((language.clone(), labels));
    }
    Ok(all)
}

/// The file that remembers what the interface's words of a language were translated from:
/// its path, and its text where that is to change. The diagnostics are about the words.
pub(super) fn interface(
    workspace: &Workspace,
    language: &Language,
) -> Result<Checked<Option<(String, String)>>, Error> {
    let config = &workspace.config;
    let path =
        |tag: &Language, file: &str| format!("{}/{tag}/{file}", config.paths.locales);
    // What cannot be read is told where the words are read.
    let mut faults = Vec::new();
    let mut text = |path: &str| read_catalogue(workspace, path, &mut faults);
    let own = text(&path(language, "ui.ftl"))?;
    let source = text(&path(&config.source, "ui.ftl"))?.unwrap_or_default();
    let file = path(language, interface::FINGERPRINTS);
    let before = text(&file)?;
    if *language == config.source || faults.iter().any(|it| it.code == conflict::FILE) {
        return Ok(Checked::default());
    }
    let Checked { value, diagnostics } = interface::compare(&Interface {
        language,
        source_language: &config.source,
        source: &source,
        text: own.as_deref().unwrap_or_default(),
        fingerprints: before.as_deref().unwrap_or_default(),
    });
    let changed = before.unwrap_or_default() != value;
    Ok(Checked { value: changed.then_some((file, value)), diagnostics })
}

/// The workspace's own theme files.
pub fn theme(workspace: &Workspace) -> Result<Theme, Error> {
    let root = workspace.root.join(&workspace.config.paths.themes);
    files::theme(&root).map_err(|source| Error::Io { path: root, source })
}
