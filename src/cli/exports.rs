//! The folder of exports: what was built goes in, what is no longer built goes out.
//!
//! A build writes its files beside their places and changes nothing before it has them all.
//! Then the folder changes in one step (see [`Twin`]), so that at any instant its manifest
//! is there and true. Where the file system has no such step the manifest is set aside
//! while files change one by one: each is whole, and a manifest that is there is true.
//! What a build that was killed leaves behind, the next one puts right.
#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs, io,
    path::{Component, Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    folder::{self, Folder},
    twin::{Changed, Twin},
};
use crate::{
    deposit::{
        Manifest, Scope,
        manifest::{Entry, sha256},
    },
    diagnostic::Diagnostic,
    pipeline::Workspace,
    render::{File, Format},
    site::Site,
};

/// The manifest's name.
pub(super) const MANIFEST: &str = "manifest.json";

/// The manifest of the build before, while its files are being replaced.
const SET_ASIDE: &str = ".plantin-manifest.json";

/// The file that says that the folder is ours, and that one process at a time locks.
const LOCK: &str = ".plantin-lock";

/// The folders that hold files.
const FOLDERS: [&str; 3] = ["html", "pdf", "epub"];

/// All that is ours in the folder, but for what has to do with the building itself.
const OURS: [&str; 4] = ["html", "pdf", "epub", MANIFEST];

/// What file managers and version control leave in any folder.
const HARMLESS: [&str; 6] =
    [".DS_Store", "Thumbs.db", "desktop.ini", ".gitignore", ".gitkeep", ".keep"];

/// A folder of exports that this process alone writes in.
#[derive(Debug)]
pub(super) struct Exports {
    folder: Folder,
    /// What an earlier build left.
    previous: Option<Manifest>,
    /// Whether an earlier build was stopped before its end.
    interrupted: bool,
    /// Whether PDFs and EPUBs lie in the site too.
    site_is_whole: bool,
    progress: Mutex<Progress>,
    /// Held until `self` goes.
    _lock: fs::File,
}

/// What was done so far.
#[derive(Debug, Default)]
struct Progress {
    entries: BTreeMap<String, Entry>,
    /// The files that are not in their places as they should be, and where they are.
    staged: BTreeMap<String, PathBuf>,
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
    /// How many files were removed.
    pub(super) removed: usize,
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
        refuse_foreign(root)?;
        fs::create_dir_all(root).map_err(|error| folder::fault(root, &error))?;
        let lock = lock(root)?;
        if let Some(twin) = Twin::of(root, &OURS, LOCK) {
            twin.recover();
        }
        Folder::tidy(root)?;
        let finished = read_manifest(root, MANIFEST);
        let interrupted = finished.is_none() && root.join(SET_ASIDE).exists();
        let previous = finished.or_else(|| read_manifest(root, SET_ASIDE));
        Ok(Self {
            folder: Folder::open(root)?,
            previous,
            interrupted,
            site_is_whole,
            progress: Mutex::default(),
            _lock: lock,
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

    /// What stopped the writing, if anything did.
    pub(super) fn failure(&self) -> Option<Diagnostic> {
        self.progress().failure.clone()
    }

    /// Lets what was built take its place, with its manifest, and what is no longer built
    /// go.
    pub(super) fn finish(
        self,
        site: &Site,
        scope: &Scope,
    ) -> Result<Written, Diagnostic> {
        let Progress { entries: built, staged, changed, .. } =
            std::mem::take(&mut *self.progress());
        let kept = self.kept(&built, scope);
        let gone = self.gone(&built, &kept, scope)?;
        let files = built.values().chain(kept.values()).cloned().collect();
        let manifest = Manifest::describe(site, files, scope, self.previous.as_ref());
        let text = manifest.write();
        let is_as_it_was = staged.is_empty()
            && gone.is_empty()
            && self.folder.holds(MANIFEST, text.as_bytes());
        if is_as_it_was {
            self.sweep(&gone)?;
        } else {
            let manifest = self.folder.stage_durably(MANIFEST, text.as_bytes())?;
            self.change(&staged, &manifest, &gone)?;
        }
        self.folder.remove(SET_ASIDE)?;
        let removed = gone.len();
        Ok(Written { files: built.into_values().collect(), changed, removed })
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
                let original = self.progress().staged.get(&file.path).cloned();
                let original =
                    original.unwrap_or_else(|| self.folder.root().join(&file.path));
                let place = self.folder.stage_link(&path, &original, &file.bytes)?;
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
        &self,
        staged: &BTreeMap<String, PathBuf>,
        manifest: &Path,
        gone: &BTreeSet<String>,
    ) -> Result<(), Diagnostic> {
        if read_manifest(self.folder.root(), MANIFEST).is_some() {
            let mut staged = staged.clone();
            staged.insert(MANIFEST.to_owned(), manifest.to_owned());
            let twin = Twin::of(self.folder.root(), &OURS, LOCK);
            let change = |it: Twin| it.change(&staged, &|path| !gone.contains(path));
            if twin.map(change).transpose()? == Some(Changed::AtOnce) {
                return Ok(());
            }
        }
        // The manifest is set aside before the first change: it would be false.
        self.folder.rename(MANIFEST, SET_ASIDE)?;
        for (path, place) in staged {
            self.folder.settle(place, path)?;
        }
        self.sweep(gone)?;
        self.folder.settle(manifest, MANIFEST)
    }

    fn sweep(&self, gone: &BTreeSet<String>) -> Result<(), Diagnostic> {
        for folder in FOLDERS {
            folder::clear(self.folder.root(), folder, &|path| !gone.contains(path))?;
        }
        Ok(())
    }

    /// What an earlier build made that this one does not answer for, if it is still there.
    fn kept(
        &self,
        built: &BTreeMap<String, Entry>,
        scope: &Scope,
    ) -> BTreeMap<String, Entry> {
        let Some(previous) = &self.previous else { return BTreeMap::new() };
        previous
            .files
            .iter()
            .filter(|it| !built.contains_key(&it.path) && !scope.covers(it))
            .filter(|it| self.is_there(it))
            .map(|it| (it.path.clone(), it.clone()))
            .collect()
    }

    /// Whether a file is as an earlier manifest says. After a build that was killed, its
    /// size alone proves nothing.
    fn is_there(&self, entry: &Entry) -> bool {
        let path = self.folder.root().join(&entry.path);
        let same_size = fs::symlink_metadata(&path)
            .is_ok_and(|it| it.is_file() && it.len() == entry.size);
        let same_bytes =
            || fs::read(&path).is_ok_and(|bytes| sha256(&bytes) == entry.sha256);
        same_size && (!self.interrupted || same_bytes())
    }

    /// The files that are there and no longer built. A build of everything leaves nothing in
    /// our folders that it did not make; a build of a part removes only what an earlier
    /// manifest lists and this build answers for.
    fn gone(
        &self,
        built: &BTreeMap<String, Entry>,
        kept: &BTreeMap<String, Entry>,
        scope: &Scope,
    ) -> Result<BTreeSet<String>, Diagnostic> {
        let previous = self.previous.iter().flat_map(|it| &it.files);
        let covered: BTreeSet<&str> =
            previous.filter(|it| scope.covers(it)).map(|it| it.path.as_str()).collect();
        let stays = |path: &str| {
            built.contains_key(path)
                || kept.contains_key(path)
                || !(scope.is_everything() || covered.contains(path))
        };
        let mut gone = BTreeSet::new();
        for folder in FOLDERS {
            let there = folder::files(self.folder.root(), folder)?;
            gone.extend(there.into_iter().filter(|it| !stays(it)));
        }
        Ok(gone)
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

/// Refuses what is no folder, and a folder that holds files which are not ours.
fn refuse_foreign(root: &Path) -> Result<(), Diagnostic> {
    match fs::metadata(root) {
        Err(_) => return Ok(()),
        Ok(it) if !it.is_dir() => {
            return Err(Diagnostic::error("not-a-folder").with("path", root.display()));
        }
        Ok(_) => {}
    }
    let names = folder::list(root)?;
    let has =
        |name: &str| names.iter().any(|it| it.file_name() == Some(OsStr::new(name)));
    let is_ours = has(LOCK) || read_manifest(root, MANIFEST).is_some();
    let is_harmless = |path: &PathBuf| {
        HARMLESS.iter().any(|name| path.file_name() == Some(OsStr::new(name)))
    };
    if is_ours || names.iter().all(is_harmless) {
        return Ok(());
    }
    Err(Diagnostic::error("out-not-ours").with("path", root.display()))
}

/// Takes the lock, which goes with the process however it ends.
fn lock(root: &Path) -> Result<fs::File, Diagnostic> {
    let path = root.join(LOCK);
    if fs::symlink_metadata(&path).is_ok_and(|it| !it.is_file()) {
        return Err(Diagnostic::error("link-elsewhere").with("path", path.display()));
    }
    let file = fs::File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| folder::fault(&path, &error))?;
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => {
            Err(Diagnostic::error("out-busy").with("path", root.display()))
        }
        // Some network file systems have no locks: two builds at once are rare enough
        // to go on without.
        Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(file),
    }
}

/// The manifest of a folder, if it has one that can be read.
pub(super) fn read_manifest(root: &Path, name: &str) -> Option<Manifest> {
    Manifest::read(&fs::read_to_string(root.join(name)).ok()?)
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
