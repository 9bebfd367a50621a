//! `plantin deposit`: what an archive is given, and whether it is whole.
//!
//! A deposit is made of the exports as they lie there and of the sources as they are now,
//! once these are seen to belong together. What speaks against it stops it before
//! anything is written; with `--force` it is made all the same, and says what was wrong.

mod check;
mod command;

use std::{
    io::{self, Cursor, Read},
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde_json::json;

use super::{
    Exit,
    args::{DepositTask, MakeDeposit, Package},
    consent, directory, exports, fail, fault_of,
    json::Output,
    open,
    print::Terminal,
    store::Store,
    table, verdict, verify,
};
use crate::{
    deposit::{
        Manifest,
        bag::{self, Put},
        digest::{Algorithm, Digests},
        package::{self, Chosen, Item, Origin, Sources},
        profile::{Profile, Version},
        pronom::Sniffer,
        refusal,
        seda::{self, Stored, Transfer},
        transfer::MANIFEST,
    },
    diagnostic::{self, Diagnostic, Severity},
    pipeline::{self, Workspace},
    render::Format,
    site::Site,
    source::files,
    words::{Value, Words},
};

/// How many reasons are written in a deposit that was made in spite of them.
const MOST_REASONS: usize = 100;

/// Makes or checks a deposit.
pub(super) fn run(terminal: &Terminal, task: &DepositTask) -> Exit {
    match task {
        DepositTask::Make(asked) => make(terminal, asked),
        DepositTask::Check { bag, workspace, allow_commands } => {
            check::run(terminal, bag, workspace.as_deref(), *allow_commands)
        }
    }
}

fn make(terminal: &Terminal, asked: &MakeDeposit) -> Exit {
    let root = asked.workspace.as_path();
    let done = Deposit::open(asked).and_then(|deposit| {
        deposit.ask(terminal, asked)?;
        deposit.make(asked)
    });
    match done {
        Ok(done) => tell(terminal, root, &done),
        Err(Refused::Pages(faults)) => refuse(terminal, root, &faults),
        Err(Refused::Machine(failures)) => fail(terminal, "deposit", &failures, root),
    }
}

/// Why nothing was made.
enum Refused {
    /// What is wrong with what was to be deposited.
    Pages(Vec<Diagnostic>),
    /// What is wrong with the machine or the command.
    Machine(Vec<Diagnostic>),
}

impl From<Diagnostic> for Refused {
    fn from(failure: Diagnostic) -> Self {
        Refused::Machine(vec![failure])
    }
}

/// What was made.
struct Done {
    path: PathBuf,
    files: usize,
    bytes: u64,
    /// What was wrong and did not stop it.
    diagnostics: Vec<Diagnostic>,
}

/// What is to be deposited.
struct Deposit {
    workspace: Workspace,
    site: Site,
    profile: Profile,
    exports: PathBuf,
    manifest: Manifest,
    chosen: Chosen,
    items: Vec<Item>,
    /// The sources that the machine did not let be read: what is told of their pages
    /// follows from it.
    unread: Vec<Diagnostic>,
}

impl Deposit {
    fn open(asked: &MakeDeposit) -> Result<Self, Refused> {
        let workspace = open(&asked.workspace).map_err(Refused::Machine)?;
        let checked =
            pipeline::check(&workspace).map_err(|it| Refused::Machine(fault_of(it)))?;
        let is_unread = |it: &Diagnostic| it.code == "file-unreadable";
        let unread = checked.diagnostics.into_iter().filter(is_unread).collect();
        let site = checked.value;
        let profile = profile(&workspace)?;
        let exports = workspace.root.join(&workspace.config.paths.exports);
        let exports = asked.exports.clone().unwrap_or(exports);
        let path = exports.join(exports::MANIFEST);
        let manifest = match files::bytes(&path) {
            Ok(bytes) => exports::manifest_of(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(directory::fault(&path, &error).into()),
        };
        let Some(manifest) = manifest else {
            let fault = Diagnostic::error("deposit-no-exports");
            return Err(Refused::Pages(vec![fault.with("path", exports.display())]));
        };
        exports::refuse_sources(&asked.out, &workspace)?;
        let chosen = package::choose(&site, &asked.pages, &asked.tags)
            .map_err(Refused::Machine)?;
        let sources = sources(&workspace)?;
        let items = package::items(&site, &manifest, &sources, &chosen);
        Ok(Self { workspace, site, profile, exports, manifest, chosen, items, unread })
    }

    /// Asks whether the commands of the workspace may run, before the first of them does.
    fn ask(&self, terminal: &Terminal, asked: &MakeDeposit) -> Result<(), Diagnostic> {
        let settings = &self.workspace.config.deposit;
        let validators = settings.validators.iter().map(Vec::as_slice);
        let commands: Vec<&[String]> = validators.chain([&*settings.sign]).collect();
        consent::ask(terminal, &self.workspace.root, &commands, asked.allow_commands)
    }

    fn make(self, asked: &MakeDeposit) -> Result<Done, Refused> {
        let mut faults = self.faults()?;
        diagnostic::sort(&mut faults);
        if !faults.is_empty() && !asked.force {
            return Err(Refused::Pages(faults));
        }
        let forced = reasons(&faults);
        if matches!(asked.package, Package::Seda(_)) {
            faults.extend(self.profile.lacks());
        }
        for fault in &mut faults {
            fault.severity = Severity::Warning;
        }
        let mut store = Store::new(
            &self.workspace.root,
            &asked.out,
            &self.name(asked.package),
            asked.zip,
            matches!(asked.package, Package::Seda(_)),
        )?;
        let put = match asked.package {
            Package::Bag => self.bag(&mut store, &forced),
            Package::Seda(version) => {
                let version = version.or(self.profile.seda.version).unwrap_or_default();
                self.seda(&mut store, &forced, version)
            }
        };
        let put = match put {
            Ok(put) => put,
            Err(failure) => {
                store.abandon();
                return Err(failure.into());
            }
        };
        let path = store.finish()?;
        let bytes = put.iter().map(|it| it.sums.size).sum();
        Ok(Done { path, files: put.len(), bytes, diagnostics: faults })
    }

    /// What speaks against it.
    fn faults(&self) -> Result<Vec<Diagnostic>, Refused> {
        let settings = &self.workspace.config.deposit;
        let formats: Vec<&str> =
            self.workspace.config.formats.iter().copied().map(Format::name).collect();
        let mut faults = package::compare(&self.site, &self.manifest, &formats);
        faults.extend(self.torn());
        faults.extend(self.unread.iter().cloned());
        let report = verify::compare(&self.workspace, &self.site, &self.exports)
            .map_err(Refused::Machine)?;
        faults.extend(refusal::differences(&report, &self.chosen));
        faults.extend(refusal::reviewed(&self.site, &self.chosen, settings.reviewed));
        let files = self.exported();
        for validator in &settings.validators {
            faults.extend(command::validate(&self.workspace.root, validator, &files));
        }
        Ok(faults)
    }

    /// The exported files of the deposit: format and place on the disk.
    fn exported(&self) -> Vec<(String, PathBuf)> {
        let entries = self.manifest.files.iter().filter(|it| it.same_as.is_none());
        let wanted = entries.filter(|entry| {
            let is = |it: &Item| match &it.origin {
                Origin::Exports(path, _) => *path == entry.path,
                _ => false,
            };
            self.items.iter().any(is)
        });
        wanted.map(|it| (it.format.clone(), self.exports.join(&it.path))).collect()
    }

    /// The exports that are not what their manifest says.
    fn torn(&self) -> Vec<Diagnostic> {
        let torn = |item: &Item| {
            let Origin::Exports(path, sha256) = &item.origin else { return None };
            let fault = match sha256_of(&self.exports, path) {
                Ok(found) if found == *sha256 => return None,
                // What the disk does not give is no proof that somebody changed it.
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    directory::fault(&self.exports.join(path), &error)
                }
                Ok(_) | Err(_) => {
                    Diagnostic::error("deposit-export-differs").with("path", path)
                }
            };
            Some(fault)
        };
        self.items.par_iter().filter_map(torn).collect()
    }

    /// What the deposit is called.
    fn name(&self, package: Package) -> String {
        let publication = &self.site.publication;
        let kind = match package {
            Package::Bag => "",
            Package::Seda(_) => "-seda",
        };
        format!("{}-{}{kind}", publication.name, publication.date)
    }

    fn bag(&self, store: &mut Store, forced: &[String]) -> Result<Vec<Put>, Diagnostic> {
        let mut tags = Vec::new();
        let mut tag = |store: &mut Store, path: &str, text: &str| {
            let sums = store.put_bytes(path, text.as_bytes())?;
            tags.push(Put { path: path.to_owned(), sums });
            Ok(())
        };
        let (name, text) = bag::DECLARATION;
        tag(store, name, text)?;
        let mut payload = Vec::new();
        for item in &self.items {
            payload.extend(self.put(store, &format!("data/{}", item.path), item)?);
        }
        for (name, text) in bag::manifests("", &payload) {
            tag(store, &name, &text)?;
        }
        let info = bag::info(&self.site, &self.profile, &payload, forced);
        tag(store, bag::INFO, &info)?;
        let mut signed = None;
        for (name, text) in bag::manifests("tag", &tags) {
            store.put_bytes(&name, text.as_bytes())?;
            if name == bag::SIGNED {
                signed = Some(text);
            }
        }
        let sign = &self.workspace.config.deposit.sign;
        if let Some(text) = signed.filter(|_| !sign.is_empty()) {
            let desk = signing_folder()?;
            let signature = command::sign(
                &self.workspace.root,
                sign,
                desk.path(),
                bag::SIGNED,
                &text,
            )?;
            let name = format!("{}{}", bag::SIGNED, bag::SIGNATURE);
            store.put_bytes(&name, &signature)?;
        }
        Ok(payload)
    }

    fn seda(
        &self,
        store: &mut Store,
        forced: &[String],
        version: Version,
    ) -> Result<Vec<Put>, Diagnostic> {
        let mut stored = Vec::new();
        let mut put = Vec::new();
        let folder = &self.workspace.config.paths.content;
        for object in seda::plan(&self.site, &self.manifest, &self.items, folder) {
            let Some((size, mut from)) = self.read(object.item)? else { continue };
            let mut sniffed = Sniffed { from: &mut from, sniffer: Sniffer::default() };
            let sums = store.put(&object.uri, size, &mut sniffed)?;
            let format = sniffed.sniffer.finish(&object.item.path);
            put.push(Put { path: object.uri.clone(), sums: sums.clone() });
            stored.push(Stored { object, sums, format });
        }
        let transfer = Transfer {
            site: &self.site,
            chosen: &self.chosen,
            profile: &self.profile,
            version,
            forced,
        };
        let manifest = transfer.write(&stored);
        store.put_bytes(MANIFEST, manifest.as_bytes())?;
        let sign = &self.workspace.config.deposit.sign;
        if !sign.is_empty() {
            let desk = signing_folder()?;
            let root = &self.workspace.root;
            let signature = command::sign(root, sign, desk.path(), MANIFEST, &manifest)?;
            store.put_beside(&check::beside(store.name()), &signature)?;
        }
        Ok(put)
    }

    /// Puts a file of the deposit. A file of the exports that is not there is left out:
    /// that was told, and somebody insisted.
    fn put(
        &self,
        store: &mut Store,
        path: &str,
        item: &Item,
    ) -> Result<Option<Put>, Diagnostic> {
        let Some((size, mut from)) = self.read(item)? else { return Ok(None) };
        let sums = store.put(path, size, &mut from)?;
        Ok(Some(Put { path: path.to_owned(), sums }))
    }

    /// A file of the deposit, and its size.
    fn read(&self, item: &Item) -> Result<Option<Opened>, Diagnostic> {
        let paths = &self.workspace.config.paths;
        let root = &self.workspace.root;
        let (folder, file) = match &item.origin {
            Origin::Made(bytes) => {
                let from: Box<dyn Read> = Box::new(Cursor::new(bytes.clone()));
                return Ok(Some((bytes.len() as u64, from)));
            }
            Origin::Exports(file, _) => (self.exports.clone(), file),
            Origin::Content(file) => (root.join(&paths.content), file),
            Origin::Locales(file) => (root.join(&paths.locales), file),
            Origin::Themes(file) => (root.join(&paths.themes), file),
            Origin::Workspace(file) => (root.clone(), file),
        };
        let size = files::size(&folder.join(file));
        match files::open_within(&folder, file) {
            Ok(from) => Ok(Some((size, Box::new(from)))),
            Err(error)
                if matches!(item.origin, Origin::Exports(..))
                    && directory::is_missing(&error) =>
            {
                Ok(None)
            }
            Err(error) => Err(directory::fault(&folder.join(file), &error)),
        }
    }
}

/// The size of a file, and its bytes.
type Opened = (u64, Box<dyn Read>);

/// A stream that is looked at as it goes by.
struct Sniffed<'a> {
    from: &'a mut dyn Read,
    sniffer: Sniffer,
}

impl Read for Sniffed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.sniffer.update(&buffer[..count]);
        Ok(count)
    }
}

fn profile(workspace: &Workspace) -> Result<Profile, Refused> {
    let file = &workspace.config.deposit.profile;
    if !files::exists(&workspace.root, file) {
        return Ok(Profile::default());
    }
    let text = files::text(&workspace.root, file);
    let read = text.value.map(|it| Profile::read(&it, file)).unwrap_or_default();
    let faults: Vec<Diagnostic> =
        text.diagnostics.into_iter().chain(read.diagnostics).collect();
    match faults.iter().any(|it| it.severity == Severity::Error) {
        true => {
            let file = file.as_str().into();
            let faults = faults.into_iter().map(|it| it.in_file(&file));
            Err(Refused::Machine(faults.collect()))
        }
        false => Ok(read.value),
    }
}

/// The files of the workspace.
fn sources(workspace: &Workspace) -> Result<Sources, Refused> {
    let paths = &workspace.config.paths;
    let list = |folder: &str| {
        let root = workspace.root.join(folder);
        let checked = files::everything(&root);
        checked.map(|it| it.value).map_err(|error| directory::fault(&root, &error))
    };
    let settings = [crate::config::FILE, &workspace.config.deposit.profile];
    let settings = settings.into_iter().filter(|it| files::exists(&workspace.root, it));
    Ok(Sources {
        folder: paths.content.clone(),
        content: list(&paths.content)?,
        locales: list(&paths.locales)?,
        themes: list(&paths.themes)?,
        settings: settings.map(str::to_owned).collect(),
    })
}

fn sha256_of(root: &Path, path: &str) -> io::Result<String> {
    let mut file = files::open_within(root, path)?;
    let mut digests = Digests::new(&[Algorithm::Sha256]);
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(digests.finish().get(Algorithm::Sha256).to_owned()),
            count => digests.update(&buffer[..count]),
        }
    }
}

/// A folder of this process alone, for what a command that signs must find on the disk.
fn signing_folder() -> Result<tempfile::TempDir, Diagnostic> {
    tempfile::tempdir().map_err(|error| directory::fault(&std::env::temp_dir(), &error))
}

/// What was wrong, as a deposit that was made in spite of it says for good: in English,
/// whatever the user speaks, so that the same deposit has the same bytes.
fn reasons(faults: &[Diagnostic]) -> Vec<String> {
    let words = Words::of_program("en");
    let reason = |fault: &Diagnostic| {
        let message = super::message::Message::new(fault, &words);
        format!("{}: {}", fault.code, message.text)
    };
    faults.iter().take(MOST_REASONS).map(reason).collect()
}

fn refuse(terminal: &Terminal, root: &Path, faults: &[Diagnostic]) -> Exit {
    if terminal.manner.json {
        let exit = Exit::Problems as u8;
        let output = Output::new("deposit", exit, faults, root, &terminal.words);
        terminal.print(output.with("deposit", json!(null)).write());
        return Exit::Problems;
    }
    terminal.diagnostics(faults, root, true);
    terminal.warn(format!("{}\n", terminal.words.text("deposit-refused")));
    Exit::Problems
}

fn tell(terminal: &Terminal, root: &Path, done: &Done) -> Exit {
    let words = &terminal.words;
    let exit = verdict(&done.diagnostics, terminal.manner);
    if terminal.manner.json {
        let output = Output::new("deposit", exit as u8, &done.diagnostics, root, words)
            .with("deposit", done.path.display().to_string())
            .with("files", done.files)
            .with("bytes", done.bytes);
        terminal.print(output.write());
        return exit;
    }
    terminal.diagnostics(&done.diagnostics, root, true);
    if !terminal.manner.quiet {
        let args = [
            ("files", Value::from(done.files)),
            ("bytes", table::bytes(words, done.bytes).into()),
            ("path", done.path.display().to_string().into()),
        ];
        terminal.print(format!("{}\n", words.format("deposit-done", &args)));
    }
    exit
}
