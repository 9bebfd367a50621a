//! How a whole folder changes in one step.
//!
//! A twin of the folder is made beside it, of hard links: what stays, what is new, and the
//! new manifest. Then the two change places, which the system does in one step or not at
//! all. The folder that was there before, now out of sight, is brought up to date in its
//! turn, and the two change places again. So at any instant whoever opens a file by its
//! path finds the old publication or the new one, never a mixture; and the folder is in the
//! end the same folder as before, for a shell or a server that stands in it, with all that
//! others keep beside our files.
//!
//! Where the system cannot do this (no such step, no hard links, a folder that is a disk of
//! its own, a folder around it that may not be written in), nothing was changed, and the
//! caller is told.
#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use super::folder::{self, TEMPORARY};
use crate::diagnostic::Diagnostic;

/// The file that says that a folder is a twin, to be removed when its time is over. It is
/// the first in it and the last.
const MARK: &str = ".plantin-twin";

/// A folder, and the place beside it for its twin.
#[derive(Debug)]
pub(super) struct Twin {
    folder: PathBuf,
    place: PathBuf,
    /// The folders and the file at its top that are ours; all else is of others.
    ours: &'static [&'static str],
    /// The file that one process at a time locks: one and the same in both.
    lock: &'static str,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changed {
    /// It is done.
    AtOnce,
    /// Nothing is done: the file system cannot do it.
    Not,
}

impl Twin {
    /// The place for a twin of a folder that is there.
    pub(super) fn of(
        root: &Path,
        ours: &'static [&'static str],
        lock: &'static str,
    ) -> Option<Self> {
        let folder = root.canonicalize().ok()?;
        let name = folder.file_name()?.to_str()?;
        let place = folder.with_file_name(format!(".{name}.plantin"));
        Some(Self { folder, place, ours, lock })
    }

    /// Brings to its end what a build that was killed left half done.
    ///
    /// The folder is in order even where this fails: then it changes as if it could have
    /// no twin.
    pub(super) fn recover(&self) {
        drop(self.try_to_recover());
    }

    fn try_to_recover(&self) -> Result<(), Diagnostic> {
        let is_twin = is_there(&self.folder.join(MARK));
        if !is_there(&self.place) {
            return match is_twin {
                // Someone removed the other: the twin is the folder from now on.
                true => folder::remove(&self.folder.join(MARK)),
                false => Ok(()),
            };
        }
        match (is_twin, is_there(&self.place.join(MARK))) {
            (true, false) => self.give_way(),
            (_, true) => self.remove(),
            // Not begun, or what is left of a folder that someone removed.
            (false, false) if self.holds_nothing_of_others() => self.remove(),
            (false, false) => Ok(()),
        }
    }

    /// Puts staged files in their places and removes all others that are not to be kept,
    /// in one step.
    ///
    /// When it fails the folder is as it was.
    pub(super) fn change(
        &self,
        staged: &BTreeMap<String, PathBuf>,
        keep: &dyn Fn(&str) -> bool,
    ) -> Result<Changed, Diagnostic> {
        if is_there(&self.place) {
            return Ok(Changed::Not);
        }
        match self.make(staged, keep).and_then(|()| self.exchange()) {
            Ok(()) => {}
            Err(error) => {
                drop(self.remove());
                return match error.kind() {
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                        Err(folder::fault(&self.folder, &error))
                    }
                    _ => Ok(Changed::Not),
                };
            }
        }
        // The new publication is there. What fails from now on is left to the next build.
        drop(self.give_way());
        Ok(Changed::AtOnce)
    }

    /// Makes the twin.
    fn make(
        &self,
        staged: &BTreeMap<String, PathBuf>,
        keep: &dyn Fn(&str) -> bool,
    ) -> io::Result<()> {
        fs::create_dir(&self.place)?;
        fs::File::create(self.place.join(MARK))?;
        self.like(&self.place, &self.folder)?;
        for path in folder::list(&self.folder).map_err(unlisted)? {
            self.link_other(&path)?;
        }
        let mut known = BTreeSet::new();
        for top in self.ours {
            // A link in the place of a folder, where this build needs none, stays.
            let is_needed =
                |it: &String| it.split('/').next().is_some_and(|it| it == *top);
            let old = self.folder.join(top);
            if is_there(&old)
                && !fs::symlink_metadata(&old)?.is_dir()
                && !staged.keys().any(is_needed)
            {
                fs::hard_link(&old, self.place.join(top))?;
            }
            let there = folder::files(&self.folder, top).map_err(unlisted)?;
            for path in there.iter().filter(|it| keep(it) && !staged.contains_key(*it)) {
                self.link(&self.folder.join(path), path, &mut known)?;
            }
        }
        for (path, from) in staged {
            self.link(from, path, &mut known)?;
        }
        Ok(())
    }

    /// Takes into the twin what lies in the folder and is not ours: a file as a link, a
    /// folder as a way to where it is. Both are there for a moment only.
    fn link_other(&self, path: &Path) -> io::Result<()> {
        let Some(name) = self.of_others(path) else {
            let is_lock = path.file_name().is_some_and(|it| it == self.lock);
            return match is_lock {
                true => fs::hard_link(path, self.place.join(self.lock)),
                false => Ok(()),
            };
        };
        match fs::symlink_metadata(path)?.is_dir() {
            true => lead(&self.way(name), &self.place.join(name)),
            false => fs::hard_link(path, self.place.join(name)),
        }
    }

    fn link(
        &self,
        from: &Path,
        path: &str,
        known: &mut BTreeSet<String>,
    ) -> io::Result<()> {
        for (end, _) in path.match_indices('/') {
            let inner = &path[..end];
            if known.insert(inner.to_owned()) {
                let made = self.place.join(inner);
                fs::create_dir(&made)?;
                self.like(&made, &self.folder.join(inner))?;
            }
        }
        fs::hard_link(from, self.place.join(path))
    }

    /// Lets a new folder be read by the same people as an old one, if there is one.
    fn like(&self, new: &Path, old: &Path) -> io::Result<()> {
        let Ok(old) = fs::symlink_metadata(old) else { return Ok(()) };
        let wanted = old.permissions();
        match old.is_dir() && fs::symlink_metadata(new)?.permissions() != wanted {
            true => fs::set_permissions(new, wanted),
            false => Ok(()),
        }
    }

    /// Brings the other up to date with the twin, which lies in the folder's place, and
    /// lets it have its place again.
    fn give_way(&self) -> Result<(), Diagnostic> {
        // Whoever stands in it sees files change one by one, and no manifest meanwhile.
        let (folders, files): (Vec<&str>, Vec<&str>) =
            self.ours.iter().partition(|it| self.folder.join(it).is_dir());
        for name in &files {
            self.drop_old(name)?;
        }
        for name in folders {
            self.catch_up(name)?;
        }
        for name in files.into_iter().filter(|it| is_there(&self.folder.join(it))) {
            self.replace(name)?;
        }
        for path in folder::list(&self.folder)? {
            self.give_back(&path)?;
        }
        self.exchange().map_err(|error| folder::fault(&self.folder, &error))?;
        self.remove()
    }

    fn drop_old(&self, name: &str) -> Result<(), Diagnostic> {
        let old = self.place.join(name);
        match is_there(&old) && !is_same(&self.folder.join(name), &old) {
            true => folder::remove(&old),
            false => Ok(()),
        }
    }

    /// Makes a folder of the other the same as that of the twin.
    fn catch_up(&self, top: &str) -> Result<(), Diagnostic> {
        let wanted = folder::files(&self.folder, top)?;
        let is_old =
            |path: &&String| !is_same(&self.folder.join(path), &self.place.join(path));
        for path in wanted.iter().filter(is_old) {
            for (end, _) in path.match_indices('/') {
                folder::make(&self.place.join(&path[..end]))?;
            }
            self.replace(path)?;
        }
        let wanted: BTreeSet<String> = wanted.into_iter().collect();
        folder::clear(&self.place, top, &|path| wanted.contains(path))
    }

    /// Makes a file of the other the same as that of the twin.
    fn replace(&self, path: impl AsRef<Path>) -> Result<(), Diagnostic> {
        let (new, old) = (self.folder.join(&path), self.place.join(&path));
        if is_same(&new, &old) {
            return Ok(());
        }
        let passing = self.place.join(format!("{TEMPORARY}twin"));
        if is_there(&passing) {
            folder::remove(&passing)?;
        }
        fs::hard_link(&new, &passing).map_err(|error| folder::fault(&old, &error))?;
        folder::move_to(&passing, &old)
    }

    /// What others put into the twin while it lay in the folder's place. After a build that
    /// was killed this may have been long.
    fn give_back(&self, path: &Path) -> Result<(), Diagnostic> {
        let Some(name) = self.of_others(path) else { return Ok(()) };
        let kind =
            fs::symlink_metadata(path).map_err(|error| folder::fault(path, &error))?;
        if kind.is_dir() {
            let place = self.place.join(name);
            return match is_there(&place) {
                true => Ok(()),
                false => folder::move_to(path, &place),
            };
        }
        let is_way = fs::read_link(path).is_ok_and(|it| it == self.way(name));
        if is_way { Ok(()) } else { self.replace(name) }
    }

    /// The way from the folder to what lies in the other under this name.
    fn way(&self, name: &OsStr) -> PathBuf {
        Path::new("..").join(self.place.file_name().unwrap_or_default()).join(name)
    }

    /// The name of what is not ours.
    fn of_others<'a>(&self, path: &'a Path) -> Option<&'a OsStr> {
        let name = path.file_name()?;
        let ours = self.ours.iter().chain([&self.lock, &MARK]);
        let is_passing = name.to_string_lossy().starts_with(TEMPORARY);
        (!is_passing && ours.into_iter().all(|it| name != *it)).then_some(name)
    }

    fn holds_nothing_of_others(&self) -> bool {
        let Ok(there) = folder::list(&self.place) else { return false };
        let lock = self.place.join(self.lock);
        there.is_empty()
            || there.contains(&lock)
                && there.iter().all(|it| self.of_others(it).is_none())
    }

    /// Removes what lies in the place of the twin, its mark last: a twin is known for one
    /// as long as anything of it is there.
    fn remove(&self) -> Result<(), Diagnostic> {
        if !is_there(&self.place) {
            return Ok(());
        }
        let mark = self.place.join(MARK);
        for path in folder::list(&self.place)?.iter().filter(|it| **it != mark) {
            folder::remove(path)?;
        }
        folder::remove(&self.place)
    }

    /// The two change places.
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn exchange(&self) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        let flags = RenameFlags::EXCHANGE;
        Ok(renameat_with(CWD, &self.folder, CWD, &self.place, flags)?)
    }

    /// The two change places.
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    fn exchange(&self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

fn unlisted(fault: Diagnostic) -> io::Error {
    io::Error::other(fault.code)
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Makes a link that leads to a folder.
#[cfg(unix)]
fn lead(to: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, link)
}

/// Makes a link that leads to a folder.
#[cfg(not(unix))]
fn lead(_to: &Path, _link: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether two names are of one file.
#[cfg(unix)]
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let file = |path: &Path| {
        fs::symlink_metadata(path).map(|it| (it.dev(), it.ino(), it.file_type().is_dir()))
    };
    match (file(one), file(other)) {
        (Ok(one), Ok(other)) => one == other && !one.2,
        _ => false,
    }
}

/// Whether two names are of one file: where this cannot be known, they are not.
#[cfg(not(unix))]
fn is_same(_one: &Path, _other: &Path) -> bool {
    false
}
