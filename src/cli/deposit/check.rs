//! `plantin deposit check`: whether a bag is whole, and signed by whom it should be.
#![expect(clippy::disallowed_methods, reason = "a signature goes through files")]

use std::{fs, path::Path};

use serde_json::json;

use super::command;
use crate::{
    cli::{
        Exit, fail, folder,
        json::{Output, Problems},
        open,
        print::Terminal,
        table, verdict,
    },
    deposit::{
        bag,
        check::{Report, check},
        tree::{Folder, Tree, Zip},
    },
    diagnostic::{Checked, Diagnostic},
    source::files,
    words::Value,
};

/// Checks a bag, whoever made it. The workspace, if there is one, says how signatures are
/// checked.
pub(super) fn run(terminal: &Terminal, path: &Path, workspace: Option<&Path>) -> Exit {
    match checked(path, workspace) {
        Ok(checked) => tell(terminal, path, &checked),
        Err(failures) => fail(terminal, "deposit", &failures, path),
    }
}

/// What was found, and whether a signature was seen to be good.
struct Found {
    report: Report,
    signature: Option<bool>,
    diagnostics: Vec<Diagnostic>,
}

fn checked(path: &Path, workspace: Option<&Path>) -> Result<Found, Vec<Diagnostic>> {
    let about = fs::metadata(path).map_err(|_| {
        vec![Diagnostic::error("bag-not-found").with("path", path.display())]
    })?;
    if about.is_dir() {
        let folder =
            Folder::new(path).map_err(|error| vec![folder::fault(path, &error)])?;
        return look(folder, workspace);
    }
    let file = files::open(path).map_err(|error| vec![folder::fault(path, &error)])?;
    match Zip::new(file, about.len()) {
        Ok(zip) => look(zip, workspace),
        // What is wrong with the zip is wrong with the bag.
        Err(fault) => Ok(Found {
            report: Report::default(),
            signature: None,
            diagnostics: vec![fault],
        }),
    }
}

fn look(mut tree: impl Tree, workspace: Option<&Path>) -> Result<Found, Vec<Diagnostic>> {
    let Checked { value: report, mut diagnostics } = check(&mut tree);
    let command = match workspace {
        Some(root) => open(root)?.config.deposit.check_signature,
        None => Vec::new(),
    };
    let name = format!("{}{}", bag::SIGNED, bag::SIGNATURE);
    let is_signed = report.tag_files.contains(&name);
    let signature = match (is_signed, command.is_empty()) {
        (true, false) => {
            let root = workspace.expect("the command is its own");
            let fault = signature(&mut tree, root, &command, &name)?;
            let is_good = fault.is_none();
            diagnostics.extend(fault.map(|it| it.in_file(&name.as_str().into())));
            Some(is_good)
        }
        (true, true) => {
            let fault = Diagnostic::note("bag-signature-unchecked");
            diagnostics.push(fault.in_file(&name.as_str().into()));
            None
        }
        (false, false) => {
            diagnostics.push(Diagnostic::error("bag-signature-missing"));
            Some(false)
        }
        (false, true) => None,
    };
    Ok(Found { report, signature, diagnostics })
}

/// Checks the signature, on copies: the bag may be a zip.
fn signature(
    tree: &mut dyn Tree,
    root: &Path,
    command: &[String],
    name: &str,
) -> Result<Option<Diagnostic>, Vec<Diagnostic>> {
    let fault = |error: &std::io::Error| vec![folder::fault(Path::new(name), error)];
    let desk = tempfile::tempdir().map_err(|it| fault(&it))?;
    let mut copy = |file: &str| {
        let mut bytes = Vec::new();
        tree.stream(file, &mut |piece| bytes.extend_from_slice(piece))?;
        let place = desk.path().join(file);
        fs::write(&place, bytes).map(|()| place)
    };
    let file = copy(bag::SIGNED).map_err(|it| fault(&it))?;
    let signature = copy(name).map_err(|it| fault(&it))?;
    Ok(command::check(root, command, &file, &signature))
}

fn tell(terminal: &Terminal, path: &Path, found: &Found) -> Exit {
    let words = &terminal.words;
    let exit = verdict(&found.diagnostics, terminal.manner);
    let report = &found.report;
    if terminal.manner.json {
        let info: Vec<_> = report.info.iter().map(|it| json!([it.0, it.1])).collect();
        let output = Output::new("deposit", exit as u8, &found.diagnostics, path, words)
            .with("version", report.version.as_str())
            .with("algorithms", report.algorithms.clone())
            .with("files", report.files)
            .with("bytes", report.bytes)
            .with("signature", found.signature)
            .with("info", info);
        terminal.print(&output.write());
        return exit;
    }
    terminal.diagnostics(&found.diagnostics, path, true);
    if !terminal.manner.quiet {
        let args = [
            ("path", Value::from(path.display().to_string())),
            ("version", report.version.as_str().into()),
            ("algorithms", report.algorithms.join(", ").into()),
            ("files", report.files.into()),
            ("bytes", table::bytes(words, report.bytes).into()),
        ];
        let id = if exit == Exit::Fine { "bag-whole" } else { "bag-not-whole" };
        terminal.print(&format!("{}\n", words.format(id, &args)));
        if found.signature == Some(true) {
            terminal.print(&format!("{}\n", words.text("bag-signature-good")));
        }
    }
    terminal.counts(&Problems::count(&found.diagnostics), false);
    exit
}
