//! The folder of exports: what was built goes in, what is no longer built goes out.
//!
//! A build writes its files beside their places and changes nothing before it has them all.
//! Then the folder changes in one step (see [`twin`]), so that at any instant its manifest
//! is there and true. Where the file system has no such step the manifest is set aside
//! while files change one by one: each is whole, and a manifest that is there is true.
//! What a build that was killed leaves behind, the next one puts right.
//!
//! Ours is what the last manifest lists, and nothing else: what others keep in the folder
//! or under it stays, and a build that would write over it is refused.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    io,
    path::{Component, Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use cap_std::fs::Dir;

use super::{
    directory::{self, Location, Opened},
    folder::{self, Folder, Original, Staged},
    lock::Lock,
    twin::{self, Change, Changed, Ours},
};
use crate::{
    deposit::{
        Manifest, Scope,
        manifest::{Entry, Gone, sha256},
    },
    diagnostic::Diagnostic,
    document::{Language, PageKey},
    pipeline::Workspace,
    render::{File, Format},
    site::Site,
    source::files,
};

/// The manifest's name.
pub(super) const MANIFEST: &str = "manifest.json";

/// The manifest of the build before, while its files are being replaced.
const SET_ASIDE: &str = ".plantin-manifest.json";

/// The file that says that the folder is ours, and that one process at a time locks.
const LOCK: &str = ".plantin-lock";

/// What of the folder is ours, but for what has to do with the building itself.
const OURS: Ours = Ours { names: &["html", "pdf", "epub", MANIFEST], lock: LOCK };

/// What file managers and version control leave in any folder.
const HARMLESS: [&str; 6] =
    [".DS_Store", "Thumbs.db", "desktop.ini", ".gitignore", ".gitkeep", ".keep"];

/// A folder of exports that this process alone writes in.
#[derive(Debug)]
pub(super) struct Exports {
    folder: Folder,
    /// The folder around it, and its name there.
    around: Option<(Dir, std::ffi::OsString)>,
    /// What an earlier build left.
    previous: Option<Manifest>,
    /// Whether an earlier build was stopped before its end.
    interrupted: bool,
    /// Whether PDFs and EPUBs lie in the site too.
    site_is_whole: bool,
    progress: Mutex<Progress>,
    /// What was found and left alone.
    notes: Vec<Diagnostic>,
    /// Held until `self` goes.
    lock: Lock,
}

/// What was done so far.
#[derive(Debug, Default)]
struct Progress {
    entries: BTreeMap<String, Entry>,
    /// The files that are not in their places as they should be, and where they are.
    staged: BTreeMap<String, Staged>,
    /// How many of them were made anew, and not as another name for one that was.
    changed: usize,
    failure: Option<Diagnostic>,
}

/// What a build made of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// The files that were built, whether or not they were there already.
    pub(super) files: Vec<Entry>,
    /// How many of them were written anew.
    pub(super) changed: usize,
    /// The files that were removed, by their paths.
    pub(super) removed: Vec<String>,
    /// What was found beside the folder or in it, and left alone.
    pub(super) notes: Vec<Diagnostic>,
}

impl Exports {
    /// Opens a folder for a workspace, after making sure that it may be written in.
    ///
    /// With `site_is_whole`, PDFs and EPUBs also appear under `html/`, so that it can be
    /// put on a server as it is.
    pub(super) fn open(
        root: &Path,
        workspace: &Workspace,
        site_is_whole: bool,
    ) -> Result<Self, Diagnostic> {
        refuse_sources(root, workspace)?;
        let location = Location::of(root, &workspace.root)?;
        if let Some(there) = location.open()? {
            refuse_foreign(&there, workspace)?;
        }
        let opened = location.make()?;
        let mut lock = Lock::take(&opened.dir, LOCK, root)?;
        let (opened, notes) = twin::recover(opened, OURS, &mut lock)?;
        let Opened { dir, around, .. } = opened;
        let fault = |error: io::Error| directory::fault(root, &error);
        let finished = manifest_in(&dir, MANIFEST).map_err(fault)?;
        let set_aside = manifest_in(&dir, SET_ASIDE).map_err(fault)?;
        let interrupted = finished.is_none() && set_aside.is_some();
        let previous = finished.or(set_aside);
        Ok(Self {
            folder: Folder::new(dir, root, true)?,
            around,
            previous,
            interrupted,
            site_is_whole,
            progress: Mutex::default(),
            notes,
            lock,
        })
    }

    /// Takes a file, which is in its place when all is [finished](Exports::finish); one that
    /// is there already is left alone.
    ///
    /// What stops it is kept for [`Exports::failure`], since the error that goes through
    /// the stages has no words.
    pub(super) fn write(&self, file: &File) -> io::Result<()> {
        self.put(file).map_err(|failure| {
            let error = io::Error::other(failure.code);
            self.progress().failure.get_or_insert(failure);
            error
        })
    }

    /// How many translations each page had in each language when its catalogue was last there.
    pub(super) fn translations(&self) -> BTreeMap<(PageKey, Language), usize> {
        self.previous.as_ref().map(Manifest::translations).unwrap_or_default()
    }

    /// What stopped the writing, if anything did.
    pub(super) fn failure(&self) -> Option<Diagnostic> {
        self.progress().failure.clone()
    }

    /// Lets what was built take its place, with its manifest, and what is no longer built
    /// go.
    pub(super) fn finish(
        mut self,
        site: &Site,
        scope: &Scope,
        gone_catalogues: Vec<Gone>,
    ) -> Result<Written, Diagnostic> {
        let Progress { entries: built, staged, changed, .. } =
            std::mem::take(&mut *self.progress());
        self.refuse_others(staged.keys().map(String::as_str).chain([MANIFEST]))?;
        let fault = |error: io::Error| directory::fault(self.folder.root(), &error);
        let kept = self.kept(&built, scope).map_err(fault)?;
        let gone = self.gone(&built, &kept).map_err(fault)?;
        let files = built.values().chain(kept.values()).cloned().collect();
        let mut manifest = Manifest::describe(site, files, scope, self.previous.as_ref());
        manifest.gone = gone_catalogues;
        let text = manifest.write();
        let is_as_it_was = staged.is_empty()
            && gone.is_empty()
            && self.folder.holds(MANIFEST, text.as_bytes());
        if !is_as_it_was {
            let place = self.folder.stage_durably(MANIFEST, text.as_bytes())?;
            self.change(&staged, &manifest, place, &gone)?;
        }
        if self.has_set_aside()? {
            self.folder.remove(SET_ASIDE)?;
        }
        let notes = std::mem::take(&mut self.notes);
        let removed = gone.into_iter().collect();
        Ok(Written { files: built.into_values().collect(), changed, removed, notes })
    }

    fn put(&self, file: &File) -> Result<(), Diagnostic> {
        let entry = Entry::new(file);
        if !self.folder.holds(&file.path, &file.bytes) {
            let place = self.folder.stage(&file.path, &file.bytes)?;
            let mut progress = self.progress();
            progress.staged.insert(file.path.clone(), place);
            progress.changed += 1;
        }
        if self.site_is_whole && file.format != Format::Html {
            let path = format!("html/{}", file.path);
            if !self.folder.holds(&path, &file.bytes) {
                let staged = self.progress().staged.get(&file.path).cloned();
                let original =
                    staged.as_ref().map_or(Original::There(&file.path), Original::Staged);
                let place = self.folder.stage_link(&path, original, &file.bytes)?;
                self.progress().staged.insert(path.clone(), place);
            }
            let same_as = Some(entry.path.clone());
            self.list(Entry { path, same_as, ..entry.clone() });
        }
        self.list(entry);
        Ok(())
    }

    fn list(&self, entry: Entry) {
        self.progress().entries.insert(entry.path.clone(), entry);
    }

    /// Puts staged files in their places and removes those that are to go: in one step,
    /// if there is a manifest that would be false meanwhile, and a file system that can.
    fn change(
        &mut self,
        staged: &BTreeMap<String, Staged>,
        manifest: &Manifest,
        place: Staged,
        gone: &BTreeSet<String>,
    ) -> Result<(), Diagnostic> {
        let root = self.folder.root().to_owned();
        let fault = |error: io::Error| directory::fault(&root, &error);
        let listed: Vec<(&str, u64)> =
            manifest.files.iter().map(|it| (it.path.as_str(), it.size)).collect();
        if manifest_in(self.folder.dir(), MANIFEST).map_err(fault)?.is_some() {
            let mut staged = staged.clone();
            staged.insert(MANIFEST.to_owned(), place.clone());
            if self.change_at_once(&staged, gone, &listed)? == Changed::AtOnce {
                return Ok(());
            }
        }
        self.set_aside(manifest)?;
        for (path, place) in staged {
            self.folder.settle(place, path)?;
        }
        for path in gone {
            directory::remove_with_folders(self.folder.dir(), path)
                .map_err(|error| self.fault(path, &error))?;
        }
        // Whatever the disk did not say: no manifest lists what is not there.
        directory::check(self.folder.dir(), &listed).map_err(fault)?;
        self.folder.settle(&place, MANIFEST)
    }

    fn change_at_once(
        &mut self,
        staged: &BTreeMap<String, Staged>,
        gone: &BTreeSet<String>,
        listed: &[(&str, u64)],
    ) -> Result<Changed, Diagnostic> {
        let Some((around, name)) = &self.around else { return Ok(Changed::Not) };
        let change = Change {
            staged,
            staging: self.folder.staging(),
            staging_name: self.folder.staging_name(),
            keep: &|path| !is_in(gone, path),
            listed,
        };
        let place = (around, name.as_os_str());
        twin::change(self.folder.dir(), place, OURS, &mut self.lock, &change)
            .map_err(|error| directory::fault(self.folder.root(), &error))
    }

    /// Takes the manifest away before the first change, since it would be false, and leaves
    /// in another place what is ours: what was there, and what is about to be.
    fn set_aside(&self, manifest: &Manifest) -> Result<(), Diagnostic> {
        let mut both = self.previous.clone().unwrap_or_else(|| manifest.clone());
        // By path and content: a file that changes is listed as it was and as it will be.
        let listed: BTreeSet<(&str, &str)> =
            both.files.iter().map(|it| (it.path.as_str(), it.sha256.as_str())).collect();
        let is_new =
            |it: &&Entry| !listed.contains(&(it.path.as_str(), it.sha256.as_str()));
        let new: Vec<Entry> = manifest.files.iter().filter(is_new).cloned().collect();
        both.files.extend(new);
        let fault = |error: io::Error| self.fault(SET_ASIDE, &error);
        if directory::is_there(self.folder.dir(), SET_ASIDE).map_err(fault)?
            && !self.has_set_aside()?
        {
            let path = self.folder.root().join(SET_ASIDE);
            return Err(Diagnostic::error("out-others-file").with("path", path.display()));
        }
        let place = self.folder.stage_durably(SET_ASIDE, both.write().as_bytes())?;
        self.folder.settle(&place, SET_ASIDE)?;
        self.folder.remove(MANIFEST)
    }

    /// Whether a manifest was set aside; anything else of its name is of others.
    fn has_set_aside(&self) -> Result<bool, Diagnostic> {
        let found = manifest_in(self.folder.dir(), SET_ASIDE);
        found.map(|it| it.is_some()).map_err(|error| self.fault(SET_ASIDE, &error))
    }

    /// What an earlier build made that this one does not answer for, if it is still there.
    fn kept(
        &self,
        built: &BTreeMap<String, Entry>,
        scope: &Scope,
    ) -> io::Result<BTreeMap<String, Entry>> {
        let mut kept = BTreeMap::new();
        for entry in self.previous.iter().flat_map(|it| &it.files) {
            if !built.contains_key(&entry.path)
                && !scope.covers(entry)
                && is_ours(&entry.path)
                && directory::is_file(self.folder.dir(), &entry.path)?
                && !self.is_in_doubt(entry)
            {
                kept.insert(entry.path.clone(), entry.clone());
            }
        }
        Ok(kept)
    }

    /// The files of an earlier build that are there and no longer listed: those that this
    /// build answers for and did not make, and those of a build that was killed.
    fn gone(
        &self,
        built: &BTreeMap<String, Entry>,
        kept: &BTreeMap<String, Entry>,
    ) -> io::Result<BTreeSet<String>> {
        let mut gone = BTreeSet::new();
        for Entry { path, .. } in self.previous.iter().flat_map(|it| &it.files) {
            if !built.contains_key(path)
                && !kept.contains_key(path)
                && is_ours(path)
                && directory::is_file(self.folder.dir(), path)?
            {
                gone.insert(path.clone());
            }
        }
        Ok(gone)
    }

    /// Whether a file may be another than its entry says. After a build that was killed,
    /// while files changed one by one, only its bytes can tell.
    fn is_in_doubt(&self, entry: &Entry) -> bool {
        let bytes = || directory::read(self.folder.dir(), &entry.path);
        self.interrupted && !bytes().is_ok_and(|it| sha256(&it) == entry.sha256)
    }

    /// Refuses to write over what an earlier manifest does not list: it is of others.
    fn refuse_others<'a>(
        &self,
        paths: impl Iterator<Item = &'a str>,
    ) -> Result<(), Diagnostic> {
        let previous = self.previous.iter().flat_map(|it| &it.files);
        let mut listed: BTreeSet<&str> = previous.map(|it| it.path.as_str()).collect();
        let manifest = manifest_in(self.folder.dir(), MANIFEST);
        if manifest.map_err(|it| self.fault(MANIFEST, &it))?.is_some() {
            listed.insert(MANIFEST);
        }
        let mut seen = BTreeSet::new();
        for path in paths {
            let folders = path.match_indices('/').map(|it| &path[..it.0]);
            for folder in folders.filter(|it| seen.insert(*it)) {
                self.refuse_other(folder, &listed, false)?;
            }
            self.refuse_other(path, &listed, true)?;
        }
        Ok(())
    }

    fn refuse_other(
        &self,
        path: &str,
        listed: &BTreeSet<&str>,
        is_file: bool,
    ) -> Result<(), Diagnostic> {
        let dir = self.folder.dir();
        let other = match directory::look(dir, path) {
            Ok(Some(it)) if it.is_dir() && is_file => {
                let there = files_under(dir, path).map_err(|it| self.fault(path, &it))?;
                let is_listed = |it: &PathBuf| {
                    directory::as_listed(it)
                        .is_some_and(|it| listed.contains(it.as_str()))
                };
                there.into_iter().find(|it| !is_listed(it))
            }
            Ok(Some(it)) if it.is_dir() || listed.contains(path) => None,
            Ok(Some(_)) => Some(PathBuf::from(path)),
            Ok(None) => None,
            Err(error) => return Err(self.fault(path, &error)),
        };
        match other {
            Some(other) => {
                let path = self.folder.root().join(other);
                Err(Diagnostic::error("out-others-file").with("path", path.display()))
            }
            None => Ok(()),
        }
    }

    fn fault(&self, path: &str, error: &io::Error) -> Diagnostic {
        directory::fault(&self.folder.root().join(path), error)
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Refuses a folder of the workspace that holds sources.
pub(super) fn refuse_sources(
    root: &Path,
    workspace: &Workspace,
) -> Result<(), Diagnostic> {
    let root_at = resolve(root);
    let paths = &workspace.config.paths;
    let is_source = |folder: &String| {
        let folder = resolve(&workspace.root.join(folder));
        root_at.starts_with(&folder) || folder.starts_with(&root_at)
    };
    if [&paths.content, &paths.locales, &paths.themes].into_iter().any(is_source) {
        return Err(Diagnostic::error("out-in-sources").with("path", root.display()));
    }
    Ok(())
}

/// Refuses a folder that holds files which are not ours, or another publication.
fn refuse_foreign(there: &Opened, workspace: &Workspace) -> Result<(), Diagnostic> {
    let path = there.path.display();
    let fault = |error: io::Error| directory::fault(&there.path, &error);
    let names = directory::list(&there.dir).map_err(fault)?;
    let previous = match manifest_in(&there.dir, MANIFEST).map_err(fault)? {
        Some(manifest) => Some(manifest),
        None => manifest_in(&there.dir, SET_ASIDE).map_err(fault)?,
    };
    if let Some(previous) = &previous
        && !is_in_workspace(&there.path, workspace)
        && !is_of(previous, workspace)
    {
        let fault = Diagnostic::error("out-other-publication").with("path", path);
        return Err(fault.with("name", &previous.publication.name));
    }
    let has = |name: &str| names.iter().any(|it| it.0 == name);
    let is_harmless = |name: &OsStr| HARMLESS.iter().any(|it| name == *it);
    if previous.is_some() || has(LOCK) || names.iter().all(|it| is_harmless(&it.0)) {
        return Ok(());
    }
    Err(Diagnostic::error("out-not-ours").with("path", path))
}

/// A folder of the workspace itself is built by nobody else, whatever the publication was
/// called before.
fn is_in_workspace(path: &Path, workspace: &Workspace) -> bool {
    path.starts_with(resolve(&workspace.root))
}

/// Whether a manifest is of the publication of a workspace: its name and its address say so.
fn is_of(manifest: &Manifest, workspace: &Workspace) -> bool {
    let plain = |it: &str| it.trim_end_matches('/').to_owned();
    manifest.publication.name == workspace.config.name
        && plain(&manifest.publication.base) == plain(&workspace.config.address)
}

/// Whether a path lies in a folder of ours.
fn is_ours(path: &str) -> bool {
    folder::is_plain(path)
        && path.split_once('/').is_some_and(|it| OURS.names.contains(&it.0))
}

fn is_in(paths: &BTreeSet<String>, path: &Path) -> bool {
    directory::as_listed(path).is_some_and(|it| paths.contains(&it))
}

/// The files under a folder, by their paths from `dir`.
fn files_under(dir: &Dir, path: &str) -> io::Result<Vec<PathBuf>> {
    let (around, name) = path.rsplit_once('/').unwrap_or((".", path));
    let found = directory::files(&dir.open_dir(around)?, name)?;
    let prefix = Path::new(if around == "." { "" } else { around });
    Ok(found.into_iter().map(|it| prefix.join(it)).collect())
}

/// The manifest of a folder that is open, if it has one that can be understood.
fn manifest_in(dir: &Dir, name: &str) -> io::Result<Option<Manifest>> {
    let is_file = directory::look(dir, name)?.is_some_and(|it| it.is_file());
    match is_file {
        true => {
            let bytes = directory::read(dir, name)?;
            Ok(String::from_utf8(bytes).ok().and_then(|it| Manifest::read(&it)))
        }
        false => Ok(None),
    }
}

/// The manifest of a folder, if it has one that can be read.
pub(super) fn read_manifest(root: &Path, name: &str) -> Option<Manifest> {
    manifest_of(files::bytes(&root.join(name)).ok()?)
}

/// The manifest that a file holds, if it is one.
pub(super) fn manifest_of(bytes: Vec<u8>) -> Option<Manifest> {
    Manifest::read(&String::from_utf8(bytes).ok()?)
}

/// The absolute path, without links, of something that need not be there yet.
fn resolve(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
        if let Ok(real) = plain.canonicalize() {
            plain = real;
        }
    }
    plain
}
