//! How a whole folder changes in one step.
//!
//! A twin of the folder is made beside it, of hard links: what stays, what is new, and the
//! new manifest. Then the two change places, which the system does in one step or not at
//! all. The original, now out of sight, is brought up to date in its turn, and the two
//! change places again. So at any instant whoever opens a file by its path finds the old
//! publication or the new one, never a mixture; and the folder is in the end the same
//! folder as before, for a shell or a server that stands in it, with all that others keep
//! in it.
//!
//! The twin has a name that nobody can foretell and that nothing had before, and both are
//! used by their handles: whatever a link or another program makes of their names,
//! nothing but these two is written in or emptied. What a build that was killed
//! left is known by the lock's [claims](super::lock).
//!
//! Where the system cannot do this (no such step, no hard links, a folder that is a disk of
//! its own, a folder around it that may not be written in), nothing was changed, and the
//! caller is told.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
};

use cap_fs_ext::DirExt as _;
use cap_std::fs::Dir;

use super::{
    directory::{self, Identity, Opened},
    folder::{self, Staged, TEMPORARY},
    lock::{Lock, TwinClaim},
};
use crate::diagnostic::Diagnostic;

/// What of a folder is ours.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ours {
    /// The folders and the file at its top that hold what is published.
    pub(super) names: &'static [&'static str],
    /// The file that one process at a time locks: one and the same in both.
    pub(super) lock: &'static str,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changed {
    /// It is done.
    AtOnce,
    /// Nothing is done: the file system cannot do it.
    Not,
}

/// What is to be in the folder.
pub(super) struct Change<'a> {
    /// The new files, by their paths, and the folder in which they wait.
    pub(super) staged: &'a BTreeMap<String, Staged>,
    pub(super) staging: &'a Dir,
    /// The name of that folder in the folder of exports.
    pub(super) staging_name: &'a str,
    /// Which of the files that are there stay.
    pub(super) keep: &'a dyn Fn(&Path) -> bool,
    /// Every file that the manifest lists, and its size.
    pub(super) listed: &'a [(&'a str, u64)],
}

/// A folder and its twin, both open, and the folder around them.
struct Pair<'a> {
    around: &'a Dir,
    /// The name of the folder, and that of its twin beside it.
    name: &'a OsStr,
    twin_name: &'a str,
    original: &'a Dir,
    twin: &'a Dir,
    ours: Ours,
    /// What lies in the original for this build alone.
    staging_name: &'a str,
}

/// Brings to its end what a build that was killed left half done. The folder that has the
/// place in the end, and what was found and left alone.
pub(super) fn recover(
    opened: Opened,
    ours: Ours,
    lock: &mut Lock,
) -> Result<(Opened, Vec<Diagnostic>), Diagnostic> {
    let shown = opened.path.clone();
    let fault = |error: io::Error| directory::fault(&shown, &error);
    let mut notes = Vec::new();
    let Opened { dir, around, path } = opened;
    let dir = match (&around, lock.claims().twin.clone()) {
        (Some((around, name)), Some(claim)) if is_twin_name(&claim.name, name) => {
            let there = (around, name.as_os_str());
            let done = reunite(there, dir, &claim, ours, lock).map_err(fault)?;
            if let Some(left) = done.1 {
                let left = path.with_file_name(left);
                notes
                    .push(Diagnostic::warning("left-alone").with("path", left.display()));
            }
            done.0
        }
        _ => dir,
    };
    Ok((Opened { dir, around, path }, notes))
}

/// Lets the original have its place again, if it has not, and removes the twin. The
/// original, and the name of what could not be removed since it is not known to be ours.
fn reunite(
    (around, name): (&Dir, &OsStr),
    dir: Dir,
    claim: &TwinClaim,
    ours: Ours,
    lock: &mut Lock,
) -> io::Result<(Dir, Option<String>)> {
    let twin_name = claim.name.as_str();
    let here = directory::identity_of(&dir)?;
    let beside = directory::look(around, twin_name)?.filter(|it| it.is_dir());
    let is_beside = |it: Identity| {
        beside.as_ref().is_some_and(|there| directory::identity(there) == it)
    };
    let pair = |original, twin| Pair {
        around,
        name,
        twin_name,
        original,
        twin,
        ours,
        staging_name: "",
    };
    let mut left = None;
    let result = match claim.identity {
        // It was about to be made: it is empty, or it is not that one.
        None if here == claim.original => {
            drop(around.remove_dir(twin_name));
            dir
        }
        None => dir,
        Some(twin) if here == claim.original && is_beside(twin) => {
            let other = around.open_dir_nofollow(twin_name)?;
            let pair = pair(&dir, &other);
            match claim.is_done {
                true if !pair.release()? => left = Some(twin_name.to_owned()),
                true => {}
                false => pair.discard()?,
            }
            dir
        }
        Some(twin) if here == twin && is_beside(claim.original) => {
            let original = around.open_dir_nofollow(twin_name)?;
            let pair = pair(&original, &dir);
            pair.give_way()?;
            lock.note(false, |it| done(&mut it.twin))?;
            if !pair.release()? {
                left = Some(twin_name.to_owned());
            }
            original
        }
        // Someone removed the other, or carried the folder elsewhere.
        Some(_) => {
            left = beside.is_some().then(|| twin_name.to_owned());
            dir
        }
    };
    lock.note(false, |it| it.twin = None)?;
    Ok((result, left))
}

fn done(claim: &mut Option<TwinClaim>) {
    if let Some(claim) = claim {
        claim.is_done = true;
    }
}

/// Puts staged files in their places and removes all others that are not to be kept, in
/// one step.
///
/// When it fails the folder is as it was.
pub(super) fn change(
    original: &Dir,
    (around, name): (&Dir, &OsStr),
    ours: Ours,
    lock: &mut Lock,
    wanted: &Change<'_>,
) -> io::Result<Changed> {
    let twin_name = twin_name(name);
    let claim = TwinClaim {
        name: twin_name.clone(),
        identity: None,
        original: directory::identity_of(original)?,
        is_done: false,
    };
    lock.note(false, |it| it.twin = Some(claim))?;
    // The name is new: what bears it from now on was made here.
    let made =
        around.create_dir(&twin_name).and_then(|()| around.open_dir_nofollow(&twin_name));
    let twin = match made {
        Ok(twin) => twin,
        Err(error) => {
            drop(around.remove_dir(&twin_name));
            lock.note(false, |it| it.twin = None)?;
            return if is_unable(&error) { Ok(Changed::Not) } else { Err(error) };
        }
    };
    let pair = Pair {
        around,
        name,
        twin_name: &twin_name,
        original,
        twin: &twin,
        ours,
        staging_name: wanted.staging_name,
    };
    let identity = directory::identity_of(&twin)?;
    let note = |claim: &mut Option<TwinClaim>| {
        if let Some(claim) = claim {
            claim.identity = Some(identity);
        }
    };
    let exchanged = lock
        .note(true, |it| note(&mut it.twin))
        .and_then(|()| pair.fill(wanted))
        .and_then(|()| pair.exchange(&twin));
    if let Err(error) = exchanged {
        drop(pair.discard());
        drop(lock.note(false, |it| it.twin = None));
        return if is_unable(&error) { Ok(Changed::Not) } else { Err(error) };
    }
    // The new publication is there. What fails from now on is left to the next build.
    let finished = pair.give_way().and_then(|()| {
        lock.note(false, |it| done(&mut it.twin))?;
        match pair.release()? {
            true => lock.note(false, |it| it.twin = None),
            false => Ok(()),
        }
    });
    drop(finished);
    Ok(Changed::AtOnce)
}

/// Whether the file system cannot do such a thing at all, so that files must change one by
/// one; all else is a fault of the disk, for which nothing may change.
fn is_unable(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::Unsupported
            | Kind::InvalidInput
            | Kind::CrossesDevices
            | Kind::TooManyLinks
            | Kind::ResourceBusy
            | Kind::PermissionDenied
            | Kind::ReadOnlyFilesystem
            | Kind::InvalidFilename
    )
}

/// A name beside the folder that nothing has.
fn twin_name(name: &OsStr) -> String {
    format!("{}{}", twin_prefix(name), folder::random())
}

/// How the names of a folder's twins begin. A name of a file has 255 bytes at most.
fn twin_prefix(name: &OsStr) -> String {
    let name = name.to_string_lossy();
    format!(".{}.plantin-", &name[..name.floor_char_boundary(200)])
}

/// Whether a name is one that a twin of this folder may have had.
fn is_twin_name(twin: &str, name: &OsStr) -> bool {
    twin.strip_prefix(&twin_prefix(name)).is_some_and(folder::is_random)
}

impl Pair<'_> {
    /// Fills the twin.
    fn fill(&self, wanted: &Change<'_>) -> io::Result<()> {
        self.same_permissions(Path::new("."))?;
        for (name, kind) in directory::list(self.original)? {
            self.link_other(&name, kind.is_dir())?;
        }
        let is_staged = |it: &Path| {
            directory::as_listed(it).is_some_and(|it| wanted.staged.contains_key(&it))
        };
        let mut known = BTreeSet::new();
        for top in self.ours.names {
            // A link in the place of a folder, where this build needs none, stays.
            let is_needed =
                |it: &String| it.split('/').next().is_some_and(|it| it == *top);
            let is_other = directory::is_file(self.original, top)?;
            if is_other && !wanted.staged.keys().any(is_needed) {
                self.original.hard_link(top, self.twin, top)?;
            }
            for path in directory::files(self.original, top)? {
                if (wanted.keep)(&path) && !is_staged(&path) {
                    self.link(self.original, &path, &path, &mut known)?;
                }
            }
        }
        for (path, staged) in wanted.staged {
            let from = Path::new(staged.name());
            self.link(wanted.staging, from, Path::new(path), &mut known)?;
        }
        // Whatever the disk did not say: no manifest lists what is not there.
        directory::check(self.twin, wanted.listed)
    }

    /// Takes into the twin what lies in the original and is not ours: a file as a link, a
    /// folder as a way to where it is. Both are there for a moment only.
    fn link_other(&self, name: &OsStr, is_folder: bool) -> io::Result<()> {
        if name == self.ours.lock {
            self.original.hard_link(name, self.twin, name)
        } else if !self.is_of_others(name) {
            Ok(())
        } else if is_folder {
            lead(self.twin, &self.way(name), name)
        } else {
            self.original.hard_link(name, self.twin, name)
        }
    }

    fn link(
        &self,
        from: &Dir,
        name: &Path,
        path: &Path,
        known: &mut BTreeSet<PathBuf>,
    ) -> io::Result<()> {
        for folder in folders(path) {
            if known.insert(folder.to_owned()) {
                self.twin.create_dir(folder)?;
                self.same_permissions(folder)?;
            }
        }
        from.hard_link(name, self.twin, path)
    }

    /// Lets a folder of the twin be read by the same people as that of the original.
    fn same_permissions(&self, path: &Path) -> io::Result<()> {
        let Some(old) = directory::look(self.original, path)? else { return Ok(()) };
        let new = self.twin.symlink_metadata(path)?;
        match old.is_dir() && new.permissions() != old.permissions() {
            true => self.twin.set_permissions(path, old.permissions()),
            false => Ok(()),
        }
    }

    /// Brings the original up to date with the twin, which lies in its place, and lets it
    /// have its place again.
    fn give_way(&self) -> io::Result<()> {
        // Whoever stands in it sees files change one by one, and no manifest meanwhile.
        let (mut folders, mut files) = (Vec::new(), Vec::new());
        for name in self.ours.names {
            match directory::is_folder(self.twin, name)? {
                true => folders.push(*name),
                false => files.push(*name),
            }
        }
        for name in &files {
            let is_there = directory::is_there(self.original, name)?;
            if is_there && !self.is_same(Path::new(name))? {
                directory::remove(self.original, name)?;
            }
        }
        for name in folders {
            self.bring_up_to_date(name)?;
        }
        for name in files {
            if directory::is_there(self.twin, name)? {
                self.replace(Path::new(name))?;
            }
        }
        for (name, kind) in directory::list(self.twin)? {
            self.give_back(&name, kind.is_dir())?;
        }
        self.exchange(self.original)
    }

    /// Makes a folder of the original the same as that of the twin.
    fn bring_up_to_date(&self, top: &str) -> io::Result<()> {
        let wanted = directory::files(self.twin, top)?;
        for path in &wanted {
            if !self.is_same(path)? {
                for folder in folders(path) {
                    self.make(folder)?;
                }
                self.replace(path)?;
            }
        }
        let wanted: BTreeSet<PathBuf> = wanted.into_iter().collect();
        directory::clear(self.original, top, &|path| wanted.contains(path))
    }

    /// Makes a folder in the original, in the place of a file if need be.
    fn make(&self, path: &Path) -> io::Result<()> {
        if directory::is_folder(self.original, path)? {
            return Ok(());
        }
        if directory::is_there(self.original, path)? {
            self.original.remove_file_or_symlink(path)?;
        }
        self.original.create_dir(path)
    }

    /// Makes a file of the original the same as that of the twin.
    fn replace(&self, path: &Path) -> io::Result<()> {
        if self.is_same(path)? {
            return Ok(());
        }
        let passing = self.passing();
        if directory::is_there(self.original, &passing)? {
            directory::remove(self.original, &passing)?;
        }
        self.twin.hard_link(path, self.original, &passing)?;
        if directory::is_folder(self.original, path)? {
            directory::remove(self.original, path)?;
        }
        self.original.rename(&passing, self.original, path)
    }

    /// The name of a file of the original on its way to its place.
    fn passing(&self) -> String {
        format!("{TEMPORARY}{}", self.twin_name.trim_start_matches('.'))
    }

    /// Takes into the original what others put into the twin while it lay in its place.
    /// After a build that was killed this may have been long.
    fn give_back(&self, name: &OsStr, is_folder: bool) -> io::Result<()> {
        if !self.is_of_others(name) {
            return Ok(());
        }
        if is_folder {
            return match directory::is_there(self.original, name)? {
                true => Ok(()),
                false => self.twin.rename(name, self.original, name),
            };
        }
        match self.is_way(name) {
            true => Ok(()),
            false => self.replace(Path::new(name)),
        }
    }

    /// The way from the twin to what lies in the original under this name.
    fn way(&self, name: &OsStr) -> PathBuf {
        Path::new("..").join(self.twin_name).join(name)
    }

    fn is_way(&self, name: &OsStr) -> bool {
        self.twin.read_link_contents(name).is_ok_and(|it| it == self.way(name))
    }

    /// Whether this, at the top of either, is not ours.
    fn is_of_others(&self, name: &OsStr) -> bool {
        let ours = self.ours.names.iter().copied();
        let passing = self.passing();
        let mut ours = ours.chain([self.ours.lock, self.staging_name, &passing]);
        !ours.any(|it| name == it)
    }

    /// Whether both have one and the same file under this path.
    fn is_same(&self, path: &Path) -> io::Result<bool> {
        let file = |dir: &Dir| -> io::Result<Option<Identity>> {
            let about = directory::look(dir, path)?.filter(|it| !it.is_dir());
            Ok(about.map(|it| directory::identity(&it)))
        };
        let new = file(self.twin)?;
        Ok(new.is_some() && file(self.original)? == new)
    }

    /// Removes a twin that never had the folder's place: all in it was made for it.
    fn discard(&self) -> io::Result<()> {
        directory::empty(self.twin)?;
        self.around.remove_dir(self.twin_name)
    }

    /// Removes a twin that had the folder's place, but for what others put into it and the
    /// original does not have. Whether it is gone.
    fn release(&self) -> io::Result<bool> {
        let is_gone = self.release_in(self.twin, Path::new(""))?;
        if is_gone {
            self.around.remove_dir(self.twin_name)?;
        }
        Ok(is_gone)
    }

    fn release_in(&self, dir: &Dir, path: &Path) -> io::Result<bool> {
        let mut is_empty = true;
        for (name, kind) in directory::list(dir)? {
            let inner = path.join(&name);
            if kind.is_dir() {
                let is_gone = self.release_in(&dir.open_dir_nofollow(&name)?, &inner)?;
                if is_gone {
                    dir.remove_dir(&name)?;
                }
                is_empty &= is_gone;
            } else if self.is_same(&inner)?
                || path.as_os_str().is_empty() && self.is_way(&name)
            {
                dir.remove_file_or_symlink(&name)?;
            } else {
                is_empty = false;
            }
        }
        Ok(is_empty)
    }

    /// The two change places, so that `wanted` has the folder's.
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn exchange(&self, wanted: &Dir) -> io::Result<()> {
        use rustix::fs::{RenameFlags, renameat_with};
        let exchange = || {
            let flags = RenameFlags::EXCHANGE;
            renameat_with(self.around, self.name, self.around, self.twin_name, flags)
        };
        exchange()?;
        let is_there = self.around.symlink_metadata(self.name).is_ok_and(|it| {
            directory::identity_of(wanted).ok() == Some(directory::identity(&it))
        });
        if is_there {
            return Ok(());
        }
        // Another program gave one of the names to something else: that stays as it was.
        exchange()?;
        Err(io::ErrorKind::ResourceBusy.into())
    }

    /// The two change places.
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    fn exchange(&self, _wanted: &Dir) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The folders on the way to a file, the outermost first.
fn folders(path: &Path) -> Vec<&Path> {
    let mut folders: Vec<&Path> =
        path.ancestors().skip(1).filter(|it| !it.as_os_str().is_empty()).collect();
    folders.reverse();
    folders
}

/// Makes a link that leads to a folder.
#[cfg(unix)]
fn lead(dir: &Dir, to: &Path, link: &OsStr) -> io::Result<()> {
    Ok(rustix::fs::symlinkat(to, dir, link)?)
}

/// Makes a link that leads to a folder.
#[cfg(not(unix))]
fn lead(_dir: &Dir, _to: &Path, _link: &OsStr) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
