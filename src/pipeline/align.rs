//! Pages that were translated elsewhere, made into catalogues.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use super::{Error, Workspace, exchange};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::{Document, Language},
    source::{self, files},
    translation::{
        self, Catalogue,
        align::{self, Candidate, Pair, Tally},
    },
};

/// A page, or a tree of them.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The folder.
    pub root: PathBuf,
    /// The one page in it; all when there is none.
    pub page: Option<String>,
}

/// What to align.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The pages that are the source.
    pub source: Tree,
    /// The pages that are the translation.
    pub target: Tree,
    /// The language of the source.
    pub source_language: Language,
    /// The language of the translation.
    pub language: Language,
    /// The workspace that the source lies in, and where under its pages.
    pub home: Option<(&'a Workspace, String)>,
}

/// What was made of it.
#[derive(Clone, Debug, Default)]
pub struct Aligned {
    /// The catalogues: path, relative to the workspace, or to the folder of the
    /// languages where there is no workspace; and text.
    pub catalogues: Vec<(String, String)>,
    /// The pages.
    pub pages: Vec<Page>,
}

/// Two pages and what they gave.
#[derive(Clone, Debug)]
pub struct Page {
    /// The page of the source.
    pub source: String,
    /// Its other half.
    pub target: String,
    /// What the catalogue got.
    pub tally: Tally,
    /// The texts, paired.
    pub pairs: Vec<Pair>,
}

/// Pairs the pages and their texts.
pub fn align(job: &Job<'_>) -> Result<Checked<Aligned>, Error> {
    let mut diagnostics = Vec::new();
    let sources = candidates(&job.source, &job.source_language)?;
    let targets = candidates(&job.target, &job.language)?;
    // Two pages that are named belong together, whatever they are called.
    let single = job.source.page.is_some() && job.target.page.is_some();
    let pairs = if single {
        let pair = align::PagePair { source: 0, target: 0, by_path: true };
        vec![pair]
            .into_iter()
            .filter(|_| !sources.is_empty() && !targets.is_empty())
            .collect()
    } else {
        align::pages(&sources, &targets)
    };
    for (number, page) in sources.iter().enumerate() {
        if !pairs.iter().any(|it| it.source == number) {
            let note = Diagnostic::note("align-page-alone");
            diagnostics.push(note.with("page", &page.path));
        }
    }
    for pair in pairs.iter().filter(|it| !it.by_path) {
        let note = Diagnostic::note("align-page-guessed");
        let note = note.with("page", &sources[pair.source].path);
        diagnostics.push(note.with("other", &targets[pair.target].path));
    }
    let desks = desks(job)?.take(&mut diagnostics);
    let parts: Vec<Checked<Part>> = pairs
        .par_iter()
        .map(|pair| one(job, &desks, &sources[pair.source], &targets[pair.target]))
        .collect();
    let mut aligned = Aligned::default();
    for part in parts {
        let Part { page, catalogue } = part.take(&mut diagnostics);
        aligned.catalogues.extend(catalogue);
        aligned.pages.push(page);
    }
    Ok(Checked { value: aligned, diagnostics })
}

/// The pages of a tree, read.
fn candidates(tree: &Tree, language: &Language) -> Result<Vec<Candidate>, Error> {
    let paths = match &tree.page {
        Some(page) => vec![page.clone()],
        None => {
            let listed = files::pages(&tree.root)
                .map_err(|source| Error::Io { path: tree.root.clone(), source })?;
            listed.value
        }
    };
    let read = |path: String| {
        let text = files::text(&tree.root, &path).value?;
        let document = document(&text, &path, language);
        Some(Candidate { path, document })
    };
    Ok(paths.into_par_iter().filter_map(read).collect())
}

fn document(text: &str, path: &str, language: &Language) -> Document {
    let name = Path::new(path).file_stem().unwrap_or_default().to_string_lossy();
    let options = source::Options { language: language.clone(), name: name.into_owned() };
    let mut document = source::read(text, &options).value;
    translation::number(&mut document);
    document
}

/// The catalogues of the workspace, by the path of their page in the source's tree.
fn desks(job: &Job<'_>) -> Result<Checked<BTreeMap<String, exchange::Desk>>, Error> {
    let Some((workspace, prefix)) = &job.home else {
        return Ok(Checked::fine(BTreeMap::new()));
    };
    let desks = exchange::desks(workspace, &job.language, &[])?;
    let by_path = desks.value.into_iter().filter_map(|desk| {
        let path = desk.page.strip_prefix(prefix.as_str())?;
        Some((path.trim_start_matches('/').to_owned(), desk))
    });
    Ok(Checked { value: by_path.collect(), diagnostics: desks.diagnostics })
}

struct Part {
    page: Page,
    catalogue: Option<(String, String)>,
}

fn one(
    job: &Job<'_>,
    desks: &BTreeMap<String, exchange::Desk>,
    source: &Candidate,
    target: &Candidate,
) -> Checked<Part> {
    let mut diagnostics = Vec::new();
    let (path, catalogue) = match desks.get(&source.path) {
        Some(desk) if desk.damaged => {
            let error = Diagnostic::error("catalogue-not-updated");
            diagnostics.push(error.in_file(&Arc::from(desk.path.as_str())));
            (None, fresh(job, source))
        }
        Some(desk) => (Some(desk.path.clone()), desk.sheet.catalogue.clone()),
        None if job.home.is_some() => {
            let warning = Diagnostic::warning("align-page-not-published");
            diagnostics.push(warning.with("page", &source.path));
            (None, fresh(job, source))
        }
        None => {
            let path = translation::path(&job.language, &source.path);
            (Some(path), fresh(job, source))
        }
    };
    let pairs = align::align(&source.document, &target.document);
    let (filled, tally) =
        align::fill(&catalogue, &source.document, &target.document, &target.path);
    let page =
        Page { source: source.path.clone(), target: target.path.clone(), tally, pairs };
    let worth = tally.translated + tally.drafts > 0;
    let catalogue = path.filter(|_| worth).map(|path| (path, filled.write()));
    Checked { value: Part { page, catalogue }, diagnostics }
}

/// The catalogue of a page that lies in no workspace.
fn fresh(job: &Job<'_>, source: &Candidate) -> Catalogue {
    let context = translation::Context {
        language: job.language.clone(),
        source_language: job.source_language.clone(),
        file: Arc::from(source.path.as_str()),
        address: String::new(),
        project: "plantin".to_owned(),
    };
    translation::extract(&source.document, &context, None).value
}
