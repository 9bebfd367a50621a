//! The pages' catalogues on their way to other tools and back.
//!
//! Both ways begin with the pages of today: their catalogues are brought up to date in
//! memory, and written only where something came back.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Error, Workspace, extract,
    publication::address_of,
    read::{self, Read},
    selection::known_language,
};
use crate::{
    diagnostic::{self, Checked, Diagnostic},
    document::Language,
    site::address,
    source::files,
    translation::{
        Glossary,
        exchange::{self, Incoming, Options, Report, Sheet},
    },
};

/// The faults that keep us from a page or from its catalogue.
const KEPT: [&str; 6] = [
    "file-unreadable",
    "merge-conflict-file",
    "not-utf-8",
    "catalogue-not-updated",
    "catalogue-rule-newer",
    "catalogue-rule-older",
];

/// A page's catalogue, to be sent or to be changed.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The path of the catalogue, relative to the workspace.
    pub path: String,
    /// The page's path under `content`.
    pub page: String,
    /// The page's key.
    pub key: String,
    /// What is in it, brought up to date.
    pub sheet: Sheet,
    /// A part of it was not understood, so that it must not be rewritten.
    pub damaged: bool,
}

/// What an import made of the catalogues.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The catalogues that changed: path and text.
    pub catalogues: Vec<(String, String)>,
    /// What became of what came back.
    pub report: Report,
}

/// The catalogues of the pages that are translated into a language; of these pages only,
/// when there are any.
pub fn desks(
    workspace: &Workspace,
    language: &Language,
    pages: &[String],
) -> Result<Checked<Vec<Desk>>, Error> {
    known_language(workspace, language)?;
    let mut diagnostics = Vec::new();
    let all = read::read(workspace, &mut diagnostics)?;
    // What is wrong with the pages is for `check` to say, unless it keeps us from them.
    diagnostics.retain(|it| KEPT.contains(&it.code));
    let keys = extract::keys(&all);
    let updated = extract::update(workspace, language, &all, &keys, false)?;
    // What is wrong with the catalogues is for `check` too, unless it keeps us from them.
    let kept = updated.diagnostics.into_iter().filter(|it| KEPT.contains(&it.code));
    diagnostics.extend(kept);
    let mut desks: Vec<Desk> =
        updated.value.into_iter().map(|it| desk(workspace, &all, it)).collect();
    desks.sort_by(|one, other| one.sheet.file.cmp(&other.sheet.file));
    for wished in pages {
        if !desks.iter().any(|it| it.is(wished)) {
            let fault = Diagnostic::error("page-unknown").with("page", wished);
            return Err(Error::Wrong(vec![fault]));
        }
    }
    desks.retain(|desk| pages.is_empty() || pages.iter().any(|it| desk.is(it)));
    diagnostic::sort(&mut diagnostics);
    Ok(Checked { value: desks, diagnostics })
}

impl Desk {
    /// Whether it is the page that was asked for.
    fn is(&self, wished: &str) -> bool {
        *self.sheet.file == *wished || self.page == wished || self.key == wished
    }
}

fn desk(workspace: &Workspace, pages: &[Read], updated: extract::Updated) -> Desk {
    let page = &pages[updated.page];
    let address =
        address::public(&address_of(&workspace.config), &page.authored, &page.key);
    let sheet = Sheet {
        file: Arc::clone(&page.file),
        address,
        source: page.authored.clone(),
        catalogue: updated.merged.catalogue,
    };
    Desk {
        path: updated.path,
        page: page.path.clone(),
        key: page.key.to_string(),
        sheet,
        damaged: updated.kept,
    }
}

/// Puts what came back, file by file, into the catalogues of a language.
pub fn import(
    workspace: &Workspace,
    language: &Language,
    files: &[(Arc<str>, Vec<Incoming>)],
    options: Options,
) -> Result<Checked<Imported>, Error> {
    let Checked { value: mut desks, mut diagnostics } = desks(workspace, language, &[])?;
    let mut total = Report::default();
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    for (file, units) in files {
        for (page, units) in by_page(units) {
            let desk = desks.iter_mut().find(|it| it.is(page) && !it.damaged);
            let Some(desk) = desk else {
                let fault = Diagnostic::warning("exchange-page-unknown");
                let fault = fault.with("page", page).with("count", units.len());
                diagnostics.push(fault.in_file(file));
                total.refused += units.len();
                continue;
            };
            let mut faults = Vec::new();
            let (catalogue, report) =
                exchange::import(&desk.sheet.catalogue, &units, options)
                    .take(&mut faults);
            diagnostics.extend(faults.into_iter().map(|it| it.in_file(file)));
            total.add(&report);
            if report.changes() {
                changed.insert(desk.path.clone(), catalogue.write());
                desk.sheet.catalogue = catalogue;
            }
        }
    }
    diagnostic::sort(&mut diagnostics);
    let value = Imported { catalogues: changed.into_iter().collect(), report: total };
    Ok(Checked { value, diagnostics })
}

fn by_page(units: &[Incoming]) -> BTreeMap<&str, Vec<Incoming>> {
    let mut pages: BTreeMap<&str, Vec<Incoming>> = BTreeMap::new();
    for unit in units {
        pages.entry(unit.page()).or_default().push(unit.clone());
    }
    pages
}

/// The glossary of a language.
pub fn glossary(workspace: &Workspace, language: &Language) -> Glossary {
    let source = glossary_text(workspace, &workspace.config.source);
    Glossary::read(&source, &glossary_text(workspace, language)).value
}

/// Where the glossary of a language lies.
pub fn glossary_path(workspace: &Workspace, language: &Language) -> String {
    format!("{}/{language}/glossary.ftl", workspace.config.paths.locales)
}

/// The text of a language's glossary, as it lies there.
pub fn glossary_text(workspace: &Workspace, language: &Language) -> String {
    let path = glossary_path(workspace, language);
    if !files::exists(&workspace.root, &path) {
        return String::new();
    }
    files::text(&workspace.root, &path).value.unwrap_or_default()
}
