//! The stages, in order, in code.
//!
//! `open` reads the settings, `check` goes as far as the site, `build` renders it,
//! `extract` turns its pages into catalogues, `status` says how far they are. Nothing is written here: finished files are
//! handed to the caller, one by one.

use std::{
    collections::BTreeMap,
    fmt, io,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use rayon::prelude::*;

use self::selection::Chosen;
use crate::{
    config::{self, Config},
    diagnostic::{self, Checked, Diagnostic},
    document::{Date, Language, PageKey},
    limits,
    render::{File, Format, picture::Cache},
    site::{Input, Site, assemble},
    source::{self, files},
    typography,
};

pub mod align;
#[cfg(feature = "pdf")]
mod attachments;
pub mod exchange;
mod extract;
mod outputs;
pub mod propose;
mod publication;
mod read;
mod render;
mod revise;
mod selection;
mod status;
mod translate;

pub use self::{
    extract::{Extracted, extract, extract_after},
    publication::theme,
    revise::{Revision, revise, stamp},
    status::{LanguageReport, PageReport, Report, status},
    translate::{Lost, Published, lost},
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
    /// The day, where it is known: what a page says of a later one is no date of publication.
    pub today: Option<Date>,
    /// Where images are kept that were made smaller, from one build to the next.
    pub cache: Cache,
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
    let bytes =
        files::bounded(&path, limits::TEXT_BYTES).map_err(|source| {
            match source.kind() {
                io::ErrorKind::NotFound => wrong(
                    Diagnostic::error("settings-absent").with("folder", root.display()),
                ),
                _ => Error::Io { path: path.clone(), source },
            }
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
        Some(config) => Ok(Workspace {
            root: root.to_owned(),
            config,
            epoch: None,
            today: None,
            cache: Cache::default(),
        }),
        None => Err(Error::Wrong(checked.diagnostics)),
    }
}

/// Reads everything and puts the site together; renders nothing.
pub fn check(workspace: &Workspace) -> Result<Checked<Site>, Error> {
    let mut diagnostics = Vec::new();
    let pages = read::read(workspace, &mut diagnostics)?;
    let resources = read::resources(workspace, &pages, &mut diagnostics);
    let publication = publication::publication(workspace, &pages, &mut diagnostics);
    publication::inspect_policies(workspace, &pages, &mut diagnostics);
    let mut pages = translate::translate(workspace, pages, &mut diagnostics)?;
    pages.par_iter_mut().flat_map(|page| &mut page.versions).for_each(|version| {
        typography::document(&mut version.document, &workspace.config.typography);
    });
    let input = Input {
        languages: publication::labels(workspace, &mut diagnostics)?,
        order: publication::order(workspace, &mut diagnostics),
        elsewhere: workspace.config.elsewhere.clone(),
        made: workspace.config.made.clone(),
        publication,
        pages,
        resources,
    };
    let site = assemble(input).take(&mut diagnostics);
    diagnostics.extend(outputs::inspect(&site, &workspace.config));
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
    let theme = publication::theme(workspace)?;
    let theme = outputs::theme(&site, &workspace.config, theme).take(&mut diagnostics);
    let sink = render::Sink {
        finished,
        progress,
        done: Mutex::new(BTreeMap::new()),
        diagnostics: Mutex::new(Vec::new()),
        failure: Mutex::new(None),
    };
    pool.install(|| {
        if chosen.formats.contains(&Format::Html) {
            render::html(workspace, &site, &chosen, &theme, &sink);
        }
        if chosen.formats.contains(&Format::Epub) && chosen.whole {
            render::epub(workspace, &site, &chosen, &theme, &sink);
        }
    });
    drop(pool);
    if chosen.formats.contains(&Format::Pdf) && !sink.has_failed() {
        render::pdf(workspace, &site, &chosen, &theme, jobs, &sink);
    }
    if let Some(error) = sink.failure.into_inner().expect("no thread panicked") {
        return Err(error);
    }
    diagnostics.extend(sink.diagnostics.into_inner().expect("no thread panicked"));
    diagnostic::sort(&mut diagnostics);
    let pages = chosen.named();
    Ok(Built { site, diagnostics, pages })
}
