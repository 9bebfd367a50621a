//! The site in each format, file by file, from as many threads as there are.

use std::{
    collections::BTreeMap,
    io,
    num::NonZeroUsize,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use rayon::prelude::*;

use super::{Error, Progress, Workspace, selection::Chosen};
use crate::{
    config,
    diagnostic::{Checked, Diagnostic},
    render::{File, Format, Theme, epub, html},
    site::Site,
};

/// Where finished files and their diagnostics go, from any thread.
pub(super) struct Sink<'a> {
    pub(super) finished: &'a (dyn Fn(File) -> io::Result<()> + Sync),
    pub(super) progress: &'a (dyn Fn(Progress) + Sync),
    pub(super) done: Mutex<BTreeMap<Format, usize>>,
    pub(super) diagnostics: Mutex<Vec<Diagnostic>>,
    pub(super) failure: Mutex<Option<Error>>,
}

impl Sink<'_> {
    pub(super) fn has_failed(&self) -> bool {
        self.failure.lock().expect("no thread panicked").is_some()
    }

    fn put(&self, file: File) {
        if self.has_failed() {
            return;
        }
        let path = file.path.clone();
        if let Err(source) = (self.finished)(file) {
            self.fail(Error::Io { path: PathBuf::from(path), source });
        }
    }

    fn fail(&self, error: Error) {
        self.failure.lock().expect("no thread panicked").get_or_insert(error);
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

pub(super) fn html(
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
        feeds: workspace.config.feeds,
        theme: theme.clone(),
        cache: workspace.cache.clone(),
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
            writer.event(edition, page).into_iter().for_each(|file| sink.put(file));
            sink.advance(Format::Html, total);
        }
    });
}

pub(super) fn epub(
    workspace: &Workspace,
    site: &Site,
    chosen: &Chosen<'_>,
    theme: &Theme,
    sink: &Sink<'_>,
) {
    let options = epub::Options {
        theme: theme.clone(),
        cache: workspace.cache.clone(),
        formats: workspace.config.formats.clone(),
    };
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
                sink.report(vec![fault.because("other", error)], &settings_file());
            }
        }
        sink.advance(Format::Epub, total);
    });
}

/// What settings say of rare characters.
#[cfg(feature = "pdf")]
fn rare(name: &str) -> crate::render::pdf::Rare {
    let all = crate::render::pdf::Rare::ALL;
    all.into_iter().find(|it| it.0 == name).map(|it| it.1).unwrap_or_default()
}

#[cfg(feature = "pdf")]
pub(super) fn pdf(
    workspace: &Workspace,
    site: &Site,
    chosen: &Chosen<'_>,
    theme: &Theme,
    jobs: NonZeroUsize,
    sink: &Sink<'_>,
) {
    use crate::render::pdf::{self, Job};
    let creator = concat!("Plantin ", env!("CARGO_PKG_VERSION"));
    let attachments = match super::attachments::read(workspace, site, chosen) {
        Ok(attachments) => attachments,
        Err(error) => return sink.fail(error),
    };
    let options = pdf::Options {
        theme: theme.clone(),
        creator: creator.to_owned(),
        paper: workspace.config.paper.clone(),
        rare: rare(&workspace.config.rare_characters),
        cache: workspace.cache.clone(),
        formats: workspace.config.formats.clone(),
        attachments,
    };
    let books = chosen.editions.iter().filter(|_| chosen.whole).map(|it| Job::Book(it));
    let pages = chosen.pages().into_iter().filter(|(_, page)| page.in_books);
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
pub(super) fn pdf(
    _: &Workspace,
    _: &Site,
    _: &Chosen<'_>,
    _: &Theme,
    _: NonZeroUsize,
    sink: &Sink<'_>,
) {
    sink.report(vec![Diagnostic::error("pdf-not-built-in")], &settings_file());
}
