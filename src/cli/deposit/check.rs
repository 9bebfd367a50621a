//! `plantin deposit check`: whether a bag or a transfer is whole, and signed by whom it
//! should be.
#![expect(clippy::disallowed_methods, reason = "a signature goes through files")]

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use serde_json::json;

use super::command;
use crate::{
    cli::{
        Exit, consent, directory, fail,
        json::{Output, Problems},
        open,
        print::Terminal,
        table, verdict,
    },
    deposit::{
        bag,
        check::{Report, Standard, check},
        transfer,
        tree::{Folder, Tree, Zip},
    },
    diagnostic::{Checked, Diagnostic},
    source::files,
    words::Value,
};

/// The largest signature that is read.
const LARGEST_SIGNATURE: u64 = 1 << 20;

/// Checks a bag or a transfer, whoever made it. The workspace, if there is one, says how signatures are
/// checked.
pub(super) fn run(
    terminal: &Terminal,
    path: &Path,
    workspace: Option<&Path>,
    allow_commands: bool,
) -> Exit {
    let ask = |root: &Path, command: &[String]| {
        consent::ask(terminal, root, &[command], allow_commands)
    };
    match checked(path, workspace, &ask) {
        Ok(checked) => tell(terminal, path, &checked),
        Err(failures) => fail(terminal, "deposit", &failures, path),
    }
}

/// Asks whether a command of this workspace may run.
type Ask<'a> = dyn Fn(&Path, &[String]) -> Result<(), Diagnostic> + 'a;

/// What was found, and whether a signature was seen to be good.
struct Found {
    report: Report,
    signature: Option<bool>,
    diagnostics: Vec<Diagnostic>,
}

fn checked(
    path: &Path,
    workspace: Option<&Path>,
    ask: &Ask<'_>,
) -> Result<Found, Vec<Diagnostic>> {
    let about = fs::metadata(path).map_err(|_| {
        vec![Diagnostic::error("bag-not-found").with("path", path.display())]
    })?;
    if about.is_dir() {
        let folder =
            Folder::new(path).map_err(|error| vec![directory::fault(path, &error)])?;
        return look(path, folder, workspace, ask);
    }
    let file = files::open(path).map_err(|error| vec![directory::fault(path, &error)])?;
    match Zip::new(file, about.len()) {
        Ok(zip) => look(path, zip, workspace, ask),
        // What is wrong with the zip is wrong with the bag.
        Err(fault) => Ok(Found {
            report: Report::default(),
            signature: None,
            diagnostics: vec![fault],
        }),
    }
}

fn look(
    path: &Path,
    mut tree: impl Tree,
    workspace: Option<&Path>,
    ask: &Ask<'_>,
) -> Result<Found, Vec<Diagnostic>> {
    let Checked { value: report, mut diagnostics } = check(&mut tree);
    let command = match workspace {
        Some(root) => open(root)?.config.deposit.check_signature,
        None => Vec::new(),
    };
    let signed = Signed::of(path, &report);
    let signature = match (signed.is_there(&report), command.is_empty()) {
        (true, false) => {
            let root = workspace.expect("the command is its own");
            ask(root, &command).map_err(|it| vec![it])?;
            let fault = signed.check(&mut tree, root, &command)?;
            let is_good = fault.is_none();
            diagnostics.extend(fault.map(|it| it.in_file(&signed.name().into())));
            Some(is_good)
        }
        (true, true) => {
            let fault = Diagnostic::note("bag-signature-unchecked");
            diagnostics.push(fault.in_file(&signed.name().into()));
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

/// What is signed, and where its signature is.
enum Signed {
    /// A file of a bag, and its signature beside it there.
    Inside(String),
    /// The manifest of a transfer, whose schema has no place for a signature: it lies beside
    /// the transfer.
    Beside(String, PathBuf),
}

impl Signed {
    fn of(path: &Path, report: &Report) -> Self {
        match report.standard {
            Standard::Bagit => {
                Signed::Inside(format!("{}{}", bag::SIGNED, bag::SIGNATURE))
            }
            Standard::Seda => {
                let manifest = report.tag_files.first().cloned().unwrap_or_default();
                let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let signature = path.with_file_name(beside(&name));
                Signed::Beside(manifest, signature)
            }
        }
    }

    fn is_there(&self, report: &Report) -> bool {
        match self {
            Signed::Inside(name) => report.tag_files.contains(name),
            Signed::Beside(_, signature) => signature.is_file(),
        }
    }

    /// What the signature is called.
    fn name(&self) -> String {
        match self {
            Signed::Inside(name) => name.clone(),
            Signed::Beside(_, signature) => {
                signature.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
        }
    }

    /// Checks the signature, on copies: the deposit may be a zip.
    fn check(
        &self,
        tree: &mut dyn Tree,
        root: &Path,
        command: &[String],
    ) -> Result<Option<Diagnostic>, Vec<Diagnostic>> {
        let name = self.name();
        let fault = |error: io::Error| vec![directory::fault(Path::new(&name), &error)];
        let desk = tempfile::tempdir().map_err(fault)?;
        let mut copy = |file: &str| {
            let mut bytes = Vec::new();
            tree.stream(file, &mut |piece| bytes.extend_from_slice(piece))?;
            put(desk.path(), file, &bytes)
        };
        let (file, signature) = match self {
            Signed::Inside(name) => (copy(bag::SIGNED), copy(name)),
            Signed::Beside(manifest, signature) => {
                let bytes = limited(signature);
                (copy(manifest), bytes.and_then(|it| put(desk.path(), &name, &it)))
            }
        };
        let (file, signature) = (file.map_err(fault)?, signature.map_err(fault)?);
        Ok(command::check(root, command, &file, &signature))
    }
}

/// What the signature of a transfer of this name is called, which lies beside it.
pub(super) fn beside(name: &str) -> String {
    format!("{name}.{}{}", transfer::MANIFEST, bag::SIGNATURE)
}

fn put(desk: &Path, file: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    let place = desk.join(file);
    fs::write(&place, bytes).map(|()| place)
}

fn limited(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    files::open(path)?.take(LARGEST_SIGNATURE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn tell(terminal: &Terminal, path: &Path, found: &Found) -> Exit {
    let words = &terminal.words;
    let exit = verdict(&found.diagnostics, terminal.manner);
    let report = &found.report;
    let is_bag = report.standard == Standard::Bagit;
    if terminal.manner.json {
        let info: Vec<_> = report.info.iter().map(|it| json!([it.0, it.1])).collect();
        let output = Output::new("deposit", exit as u8, &found.diagnostics, path, words)
            .with("standard", if is_bag { "bagit" } else { "seda" })
            .with("version", report.version.as_str())
            .with("algorithms", report.algorithms.clone())
            .with("files", report.files)
            .with("bytes", report.bytes)
            .with("signature", found.signature)
            .with("info", info);
        terminal.print(output.write());
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
        let id = match (is_bag, exit == Exit::Fine) {
            (true, true) => "bag-whole",
            (true, false) => "bag-not-whole",
            (false, true) => "transfer-whole",
            (false, false) => "transfer-not-whole",
        };
        terminal.print(format!("{}\n", words.format(id, &args)));
        if found.signature == Some(true) {
            terminal.print(format!("{}\n", words.text("bag-signature-good")));
        }
    }
    terminal.counts(&Problems::count(&found.diagnostics), false);
    exit
}
