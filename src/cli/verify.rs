//! `plantin verify`: the exports, read back and compared.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::{
    Exit, args,
    build::exports,
    fail, fault_of,
    json::{Output, Problems},
    open,
    print::Terminal,
};
use crate::{
    diagnostic::Diagnostic,
    pipeline::{self, Workspace},
    render::Format,
    site::Site,
    source::files,
    verify::{self, Files, Medium, Report},
    words::Value,
};

/// Reads the exports back, compares them and says what differs.
pub(super) fn run(terminal: &Terminal, asked: &args::Verify) -> Exit {
    let root = asked.workspace.as_path();
    let compared = open(root).and_then(|workspace| {
        let out = asked.out.clone().unwrap_or_else(|| exports(&workspace));
        let site = pipeline::check(&workspace).map_err(fault_of)?.value;
        let report = compare(&workspace, &site, &out)?;
        Ok((site, report))
    });
    match compared {
        Ok((site, report)) => tell(terminal, root, &site, &report),
        Err(failures) => fail(terminal, "verify", &failures, root),
    }
}

/// Compares what lies in a folder with a site.
pub(super) fn compare(
    workspace: &Workspace,
    site: &Site,
    out: &Path,
) -> Result<Report, Vec<Diagnostic>> {
    let files = read(out)?;
    let formats = workspace.config.formats.iter().map(|it| medium(*it));
    let formats: Vec<Medium> = formats.collect();
    Ok(verify::verify(&files, site, &formats))
}

/// The format of the writers, as a reader calls it.
fn medium(format: Format) -> Medium {
    match format {
        Format::Html => Medium::Html,
        Format::Pdf => Medium::Pdf,
        Format::Epub => Medium::Epub,
    }
}

/// The files of a folder that can be read back.
fn read(out: &Path) -> Result<Files, Vec<Diagnostic>> {
    let files = files::exported(out, &verify::is_read).map_err(|source| {
        fault_of(pipeline::Error::Io { path: PathBuf::from(out), source })
    })?;
    if files.is_empty() {
        return Err(vec![Diagnostic::error("verify-absent").with("path", out.display())]);
    }
    Ok(files)
}

fn tell(terminal: &Terminal, root: &Path, site: &Site, report: &Report) -> Exit {
    let words = &terminal.words;
    let diagnostics = verify::diagnostics(report, Some(site));
    let exit = if report.differences.is_empty() { Exit::Fine } else { Exit::Problems };
    if terminal.manner.json {
        let output = Output::new("verify", exit as u8, &diagnostics, root, words);
        let output = output.with("pages", report.pages.len());
        terminal.print(&output.with("differences", differences(report)).write());
        return exit;
    }
    terminal.diagnostics(&diagnostics, root, terminal.manner.verbose);
    if !terminal.manner.quiet {
        let pages =
            words.format("verified", &[("pages", Value::from(report.pages.len()))]);
        let count = report.differences.len();
        let found = match count {
            0 => words.text("verified-same"),
            _ => words.format("verified-different", &[("count", Value::from(count))]),
        };
        terminal.print(&format!("{pages}\n{found}\n"));
    }
    terminal.counts(&Problems::count(&diagnostics), false);
    exit
}

/// The differences, for another program.
fn differences(report: &Report) -> Json {
    let one = |it: &verify::Difference| {
        let shown = it.shown.iter().map(|(who, what)| {
            let who = who
                .iter()
                .map(|it| json!({ "format": it.medium.name(), "language": it.language }));
            json!({ "who": who.collect::<Vec<_>>(), "what": what })
        });
        json!({
            "aspect": it.aspect.code(),
            "page": it.page,
            "language": it.language,
            "unit": it.unit,
            "piece": it.piece,
            "repeats": it.repeats,
            "shown": shown.collect::<Vec<_>>(),
        })
    };
    report.differences.iter().map(one).collect()
}
