//! A folder in which files appear whole or not at all.
//!
//! A file is written under a temporary name in the same file system and renamed into its
//! place. Nothing outside the folder is ever touched: it is used by its handle, paths are
//! made of plain names only, and a link is refused rather than followed or replaced.
#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use cap_fs_ext::DirExt as _;
use cap_std::fs::{Dir, OpenOptions};

use super::directory::{self, Location};
use crate::diagnostic::Diagnostic;

/// How the names of temporary folders begin.
pub(super) const TEMPORARY: &str = ".plantin-tmp-";

/// A folder in which files appear whole or not at all.
#[derive(Debug)]
pub(super) struct Folder {
    dir: Dir,
    /// Its path, for messages.
    root: PathBuf,
    staging: Staging,
    /// The folders that are known to be there and not to be links.
    known: Mutex<BTreeSet<String>>,
    next: AtomicU64,
}

/// A file that is written and waits for its place: its name in the staging folder.
#[derive(Clone, Debug)]
pub(super) struct Staged(String);

/// Where a file already is that another is to be the same as.
#[derive(Clone, Copy, Debug)]
pub(super) enum Original<'a> {
    /// On its way.
    Staged(&'a Staged),
    /// In the folder, under this path.
    There(&'a str),
}

/// The folder in which files are written before they are renamed. It goes with `self`.
///
/// It holds a file that says its number on the disk and is locked as long as the program
/// runs. So a folder that a killed program left is known for one: a repository can carry
/// any name, but nobody knows a number before the folder is there.
#[derive(Debug)]
pub(super) struct Staging {
    around: Dir,
    name: String,
    dir: Dir,
    /// Locked until `self` goes.
    _owner: fs::File,
}

/// The file that says the number of the folder that it is in.
const OWNER: &str = "owner";

impl Staging {
    /// Makes one in a folder, under a name that nothing has.
    pub(super) fn new(around: &Dir) -> io::Result<Self> {
        let around = around.try_clone()?;
        let name = format!("{TEMPORARY}{}", random());
        around.create_dir(&name)?;
        let dir = around.open_dir_nofollow(&name)?;
        let owner = own(&dir).inspect_err(|_| discard(&around, &name, &dir))?;
        Ok(Self { around, name, dir, _owner: owner })
    }

    /// Removes those that programs which were killed left in a folder. Where nobody else
    /// writes (`alone`), this includes one that was just made, and is empty.
    pub(super) fn tidy(around: &Dir, alone: bool) -> io::Result<()> {
        for (name, kind) in directory::list(around)? {
            let name = name.to_string_lossy();
            let is_temporary = name.strip_prefix(TEMPORARY).is_some_and(is_random);
            if !is_temporary || !kind.is_dir() {
                continue;
            }
            let name = &*name;
            let dir = around.open_dir_nofollow(name)?;
            if is_left(&dir) {
                directory::empty(&dir)?;
                around.remove_dir(name)?;
            } else if alone {
                drop(around.remove_dir(name));
            }
        }
        Ok(())
    }

    /// Its handle.
    pub(super) fn dir(&self) -> &Dir {
        &self.dir
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        discard(&self.around, &self.name, &self.dir);
    }
}

/// Empties a folder by its handle; its name goes only if that is then of an empty folder.
fn discard(around: &Dir, name: &str, dir: &Dir) {
    drop(directory::empty(dir));
    drop(around.remove_dir(name));
}

/// Writes into a folder that it is ours, and locks what was written.
fn own(dir: &Dir) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    let file = dir.open_with(OWNER, options.write(true).create_new(true))?;
    let mut file = file.into_std();
    // Some network file systems have no locks: then what is left stays.
    drop(file.try_lock());
    file.write_all(proof(dir)?.as_bytes())?;
    Ok(file)
}

/// What only a program that sees the folder can write.
fn proof(dir: &Dir) -> io::Result<String> {
    let (disk, number) = directory::identity_of(dir)?;
    Ok(format!("plantin {disk} {number}\n"))
}

/// Whether a folder is of a program that has ended.
fn is_left(dir: &Dir) -> bool {
    let is_proof = |bytes: Vec<u8>| proof(dir).is_ok_and(|it| it.as_bytes() == bytes);
    let is_free = || {
        directory::open_file(dir, OWNER).is_ok_and(|it| it.into_std().try_lock().is_ok())
    };
    directory::read(dir, OWNER).is_ok_and(is_proof) && is_free()
}

impl Folder {
    /// Opens a folder that the user named, which is made if it is not there.
    pub(super) fn open(root: &Path) -> Result<Self, Diagnostic> {
        fs::create_dir_all(root).map_err(|error| directory::fault(root, &error))?;
        Self::new(directory::open_trusted(root)?, root, false)
    }

    /// Opens a folder that the user or a setting named, for what a workspace holds; see
    /// [`Location::of`].
    pub(super) fn open_for(workspace: &Path, root: &Path) -> Result<Self, Diagnostic> {
        let opened = Location::of(root, workspace)?.make()?;
        Self::new(opened.dir, root, false)
    }

    /// Writes one file that the user named, by the rules of [`Folder::open_for`].
    pub(super) fn write_one(
        workspace: &Path,
        file: &Path,
        bytes: &[u8],
    ) -> Result<(), Diagnostic> {
        let parent = file.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = Self::open_for(workspace, parent.unwrap_or(Path::new(".")))?;
        folder.write(&file.file_name().unwrap_or_default().to_string_lossy(), bytes)
    }

    /// A folder that is open; `alone` where nobody else writes in it.
    pub(super) fn new(dir: Dir, root: &Path, alone: bool) -> Result<Self, Diagnostic> {
        let staging = Staging::tidy(&dir, alone)
            .and_then(|()| Staging::new(&dir))
            .map_err(|error| directory::fault(root, &error))?;
        Ok(Self {
            dir,
            root: root.to_owned(),
            staging,
            known: Mutex::default(),
            next: AtomicU64::new(0),
        })
    }

    /// Its handle.
    pub(super) fn dir(&self) -> &Dir {
        &self.dir
    }

    /// The handle of the folder in which files are staged.
    pub(super) fn staging(&self) -> &Dir {
        &self.staging.dir
    }

    /// The name of the folder in which files are staged.
    pub(super) fn staging_name(&self) -> &str {
        &self.staging.name
    }

    /// Its path, for messages.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the file is there and has just these bytes.
    pub(super) fn holds(&self, path: &str, bytes: &[u8]) -> bool {
        let same_size = self
            .dir
            .symlink_metadata(path)
            .is_ok_and(|it| it.is_file() && it.len() == bytes.len() as u64);
        same_size && directory::read(&self.dir, path).is_ok_and(|there| there == bytes)
    }

    /// Writes a file whole, in the place of a file that is there. A link is refused: it may
    /// be somebody's way to keep the file elsewhere.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.refuse_link(path)?;
        self.settle(&self.stage(path, bytes)?, path)
    }

    /// As [`Folder::write`], and sure to be on the disk when it returns.
    #[cfg(feature = "review")]
    pub(super) fn write_durably(
        &self,
        path: &str,
        bytes: &[u8],
    ) -> Result<(), Diagnostic> {
        self.refuse_link(path)?;
        self.settle(&self.stage_durably(path, bytes)?, path)
    }

    /// Refuses a path at which a link stands, or that leads through one.
    pub(super) fn refuse_link(&self, path: &str) -> Result<(), Diagnostic> {
        self.refuse_links_on_the_way(path)?;
        match directory::look(&self.dir, path) {
            Ok(Some(it)) if it.is_symlink() => {
                Err(directory::leads_elsewhere(&self.root.join(path)))
            }
            Ok(_) => Ok(()),
            Err(error) => Err(self.fault(path, &error)),
        }
    }

    /// Writes a file beside its place. It goes away with `self` if it is not settled.
    pub(super) fn stage(&self, path: &str, bytes: &[u8]) -> Result<Staged, Diagnostic> {
        self.put(path, bytes, false)
    }

    /// As [`Folder::stage`], and sure to be on the disk when it returns.
    pub(super) fn stage_durably(
        &self,
        path: &str,
        bytes: &[u8],
    ) -> Result<Staged, Diagnostic> {
        self.put(path, bytes, true)
    }

    fn put(&self, path: &str, bytes: &[u8], sync: bool) -> Result<Staged, Diagnostic> {
        self.refuse_links_on_the_way(path)?;
        let staged = self.next_name();
        self.write_staged(&staged.0, bytes, sync)
            .inspect_err(|_| drop(self.staging.dir.remove_file(&staged.0)))
            .map_err(|error| self.fault(path, &error))?;
        Ok(staged)
    }

    fn write_staged(&self, name: &str, bytes: &[u8], sync: bool) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut file = self.staging.dir.open_with(name, &options)?;
        file.write_all(bytes)?;
        if sync { file.sync_all() } else { Ok(()) }
    }

    /// As [`Folder::stage`], as one file with `original`, or a copy of it where the file
    /// system has no links.
    pub(super) fn stage_link(
        &self,
        path: &str,
        original: Original<'_>,
        bytes: &[u8],
    ) -> Result<Staged, Diagnostic> {
        self.refuse_links_on_the_way(path)?;
        let staged = self.next_name();
        let (dir, name) = match original {
            Original::Staged(it) => (&self.staging.dir, it.0.as_str()),
            Original::There(it) => (&self.dir, it),
        };
        match dir.hard_link(name, &self.staging.dir, &staged.0) {
            Ok(()) => Ok(staged),
            Err(_) => self.stage(path, bytes),
        }
    }

    /// Puts a staged file in its place; where that fails, it goes away.
    pub(super) fn settle(&self, staged: &Staged, path: &str) -> Result<(), Diagnostic> {
        self.make_way(path)
            .and_then(|()| self.move_in(staged, path))
            .inspect_err(|_| drop(self.staging.dir.remove_file(&staged.0)))
    }

    fn move_in(&self, staged: &Staged, path: &str) -> Result<(), Diagnostic> {
        let moved = || {
            if directory::is_folder(&self.dir, path)? {
                directory::remove(&self.dir, path)?;
            }
            self.staging.dir.rename(&staged.0, &self.dir, path)
        };
        moved().map_err(|error| self.fault(path, &error))
    }

    /// Removes a file of the folder, if it is there.
    pub(super) fn remove(&self, path: &str) -> Result<(), Diagnostic> {
        let removed = match directory::is_there(&self.dir, path) {
            Ok(true) => directory::remove(&self.dir, path),
            Ok(false) => Ok(()),
            Err(error) => Err(error),
        };
        removed.map_err(|error| self.fault(path, &error))
    }

    /// Makes the folders on the way to a file.
    fn make_way(&self, path: &str) -> Result<(), Diagnostic> {
        refuse_odd(path)?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if !known.contains(folder) {
                self.make(folder)?;
                known.insert(folder.to_owned());
            }
        }
        Ok(())
    }

    /// Makes one folder, in the place of a file if need be; never through a link.
    fn make(&self, path: &str) -> Result<(), Diagnostic> {
        let made = match directory::look(&self.dir, path) {
            Ok(Some(it)) if it.is_dir() => return Ok(()),
            Ok(Some(it)) if it.is_symlink() => {
                return Err(directory::leads_elsewhere(&self.root.join(path)));
            }
            Ok(Some(_)) => directory::remove(&self.dir, path),
            Ok(None) => Ok(()),
            Err(error) => Err(error),
        };
        match made.and_then(|()| self.dir.create_dir(path)) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                Err(self.fault(path, &error))
            }
            _ => Ok(()),
        }
    }

    /// Refuses a path that is odd, or that leads through a link.
    fn refuse_links_on_the_way(&self, path: &str) -> Result<(), Diagnostic> {
        refuse_odd(path)?;
        for (end, _) in path.match_indices('/') {
            match directory::look(&self.dir, &path[..end]) {
                Ok(Some(it)) if it.is_symlink() => {
                    return Err(directory::leads_elsewhere(
                        &self.root.join(&path[..end]),
                    ));
                }
                Ok(Some(_)) => {}
                // What is not there leads nowhere.
                Ok(None) => break,
                Err(error) => return Err(self.fault(&path[..end], &error)),
            }
        }
        Ok(())
    }

    fn next_name(&self) -> Staged {
        Staged(self.next.fetch_add(1, Ordering::Relaxed).to_string())
    }

    fn fault(&self, path: &str, error: &io::Error) -> Diagnostic {
        directory::fault(&self.root.join(path), error)
    }
}

impl Staged {
    /// Its name in the staging folder.
    pub(super) fn name(&self) -> &str {
        &self.0
    }
}

/// Sixteen hexadecimal digits that nobody can foretell.
pub(super) fn random() -> String {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("every system that we build for has a source");
    format!("{:016x}", u64::from_ne_bytes(bytes))
}

/// Whether these are digits as [`random`] gives.
pub(super) fn is_random(digits: &str) -> bool {
    digits.len() == 16 && digits.bytes().all(|it| it.is_ascii_hexdigit())
}

/// Whether a path is made of plain names only, and so leads nowhere else.
pub(super) fn is_plain(path: &str) -> bool {
    let plain =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
    path.split('/').all(plain)
}

/// Refuses a path that is not made of plain names only.
fn refuse_odd(path: &str) -> Result<(), Diagnostic> {
    match is_plain(path) {
        true => Ok(()),
        false => Err(Diagnostic::error("path-refused").with("path", path)),
    }
}
