//! `plantin extract`: the catalogues that translators work in, made or brought up to date.

use std::path::Path;

use serde_json::Value as Json;

use super::{
    Exit, fail, fault_of,
    folder::Folder,
    json::{Output, Problems},
    open,
    print::Terminal,
    verdict,
};
use crate::{
    diagnostic::{Checked, Diagnostic},
    document::Language,
    pipeline,
    words::Value,
};

/// How many catalogues are named; more are only counted.
const LISTED: usize = 20;

/// What became of the catalogues, by their paths in the workspace.
#[derive(Debug, Default)]
struct Written {
    made: Vec<String>,
    updated: Vec<String>,
}

/// Makes and updates catalogues, and says which.
pub(super) fn run(terminal: &Terminal, root: &Path, languages: &[String]) -> Exit {
    match extract(root, languages) {
        Ok((written, diagnostics)) => tell(terminal, root, &written, &diagnostics),
        Err(failures) => fail(terminal, "extract", &failures, root),
    }
}

fn extract(
    root: &Path,
    languages: &[String],
) -> Result<(Written, Vec<Diagnostic>), Vec<Diagnostic>> {
    let workspace = open(root)?;
    let languages: Vec<Language> = languages.iter().map(|it| Language::new(it)).collect();
    let Checked { value: catalogues, diagnostics } =
        pipeline::extract(&workspace, &languages).map_err(fault_of)?;
    let mut written = Written::default();
    if catalogues.is_empty() {
        return Ok((written, diagnostics));
    }
    let folder = Folder::open(root).map_err(|it| vec![it])?;
    for (path, text) in catalogues {
        let is_new = root.join(&path).symlink_metadata().is_err();
        folder.write(&path, text.as_bytes()).map_err(|it| vec![it])?;
        if is_new {
            written.made.push(path);
        } else {
            written.updated.push(path);
        }
    }
    Ok((written, diagnostics))
}

fn tell(
    terminal: &Terminal,
    root: &Path,
    written: &Written,
    diagnostics: &[Diagnostic],
) -> Exit {
    let words = &terminal.words;
    let exit = verdict(diagnostics, terminal.manner);
    if terminal.manner.json {
        let paths = |paths: &[String]| -> Json { paths.into() };
        let output = Output::new("extract", exit as u8, diagnostics, root, words)
            .with("made", paths(&written.made))
            .with("updated", paths(&written.updated));
        terminal.print(&output.write());
        return exit;
    }
    terminal.diagnostics(diagnostics, root, terminal.manner.verbose);
    if !terminal.manner.quiet {
        let args = [
            ("made", Value::from(written.made.len())),
            ("updated", written.updated.len().into()),
        ];
        let paths = || written.made.iter().chain(&written.updated);
        let is_listed = terminal.manner.verbose || paths().count() <= LISTED;
        let mut text = String::new();
        for path in paths().filter(|_| is_listed) {
            text.push_str(&format!("  {path}\n"));
        }
        text.push_str(&format!("{}\n", words.format("extracted", &args)));
        terminal.print(&text);
    }
    terminal.counts(&Problems::count(diagnostics), !terminal.manner.verbose);
    exit
}
