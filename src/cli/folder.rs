//! A folder in which files appear whole or not at all.
//!
//! A file is written under a temporary name in the same file system and renamed into its
//! place. Nothing outside the folder is ever touched: paths are made of plain names only,
//! and a link that stands where a folder should be is refused rather than followed.
#![expect(clippy::disallowed_methods, reason = "this is where files are written")]

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tempfile::TempDir;

use crate::diagnostic::Diagnostic;

/// How the names of temporary folders begin.
pub(super) const TEMPORARY: &str = ".plantin-tmp-";

/// A folder in which files appear whole or not at all.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    /// Where files are written before they are renamed. It goes away with `self`.
    temporary: TempDir,
    /// The folders that are known to be there and not to be links.
    known: Mutex<BTreeSet<String>>,
    next: AtomicU64,
}

impl Folder {
    /// The folder itself.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Opens a folder, which is made if it is not there.
    pub(super) fn open(root: &Path) -> Result<Self, Diagnostic> {
        fs::create_dir_all(root).map_err(|error| fault(root, &error))?;
        let temporary = tempfile::Builder::new()
            .prefix(TEMPORARY)
            .tempdir_in(root)
            .map_err(|error| fault(root, &error))?;
        Ok(Self {
            root: root.to_owned(),
            temporary,
            known: Mutex::default(),
            next: AtomicU64::new(0),
        })
    }

    /// Removes what a run that was killed left behind. Only for a folder that nobody
    /// else writes in.
    pub(super) fn tidy(root: &Path) -> Result<(), Diagnostic> {
        for path in list(root)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(TEMPORARY) {
                remove(&path)?;
            }
        }
        Ok(())
    }

    /// Whether the file is there and has just these bytes.
    pub(super) fn holds(&self, path: &str, bytes: &[u8]) -> bool {
        let path = self.root.join(path);
        let same_size = fs::symlink_metadata(&path)
            .is_ok_and(|it| it.is_file() && it.len() == bytes.len() as u64);
        same_size && fs::read(&path).is_ok_and(|there| there == bytes)
    }

    /// Writes a file whole, in the place of whatever is there.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.settle(&self.stage(path, bytes)?, path)
    }

    /// As [`Folder::write`], and sure to be on the disk when it returns.
    #[cfg(feature = "review")]
    pub(super) fn write_durably(
        &self,
        path: &str,
        bytes: &[u8],
    ) -> Result<(), Diagnostic> {
        self.settle(&self.stage_durably(path, bytes)?, path)
    }

    /// Writes a file beside its place, and says where. It goes away with `self` if it is
    /// not settled.
    pub(super) fn stage(&self, path: &str, bytes: &[u8]) -> Result<PathBuf, Diagnostic> {
        self.refuse_links(path)?;
        let staged = self.temporary_name();
        fs::write(&staged, bytes)
            .map_err(|error| fault(&self.root.join(path), &error))
            .inspect_err(|_| drop(fs::remove_file(&staged)))?;
        Ok(staged)
    }

    /// As [`Folder::stage`], and sure to be on the disk when it returns.
    pub(super) fn stage_durably(
        &self,
        path: &str,
        bytes: &[u8],
    ) -> Result<PathBuf, Diagnostic> {
        let staged = self.stage(path, bytes)?;
        fs::File::open(&staged)
            .and_then(|file| file.sync_all())
            .map_err(|error| fault(&self.root.join(path), &error))?;
        Ok(staged)
    }

    /// As [`Folder::stage`], as one file with `original`, or a copy of it where the file
    /// system has no links.
    pub(super) fn stage_link(
        &self,
        path: &str,
        original: &Path,
        bytes: &[u8],
    ) -> Result<PathBuf, Diagnostic> {
        self.refuse_links(path)?;
        let staged = self.temporary_name();
        match fs::hard_link(original, &staged) {
            Ok(()) => Ok(staged),
            Err(_) => self.stage(path, bytes),
        }
    }

    /// Puts a staged file in its place; where that fails, it goes away.
    pub(super) fn settle(&self, staged: &Path, path: &str) -> Result<(), Diagnostic> {
        let place = self.place(path);
        place
            .and_then(|place| move_to(staged, &place))
            .inspect_err(|_| drop(fs::remove_file(staged)))
    }

    /// Renames a file of the folder, if it is there.
    pub(super) fn rename(&self, from: &str, to: &str) -> Result<(), Diagnostic> {
        let (from, to) = (self.root.join(from), self.root.join(to));
        match fs::rename(&from, &to) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(fault(&from, &error))
            }
            _ => Ok(()),
        }
    }

    /// Removes a file of the folder, if it is there.
    pub(super) fn remove(&self, path: &str) -> Result<(), Diagnostic> {
        let path = self.root.join(path);
        match fs::symlink_metadata(&path) {
            Ok(_) => remove(&path),
            Err(_) => Ok(()),
        }
    }

    /// The path of a file in the folder, after making the folders on the way.
    fn place(&self, path: &str) -> Result<PathBuf, Diagnostic> {
        refuse_odd(path)?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if !known.contains(folder) {
                make(&self.root.join(folder))?;
                known.insert(folder.to_owned());
            }
        }
        Ok(self.root.join(path))
    }

    /// Refuses a path that is odd, or that leads through a link.
    fn refuse_links(&self, path: &str) -> Result<(), Diagnostic> {
        refuse_odd(path)?;
        for (end, _) in path.match_indices('/') {
            let folder = self.root.join(&path[..end]);
            match fs::symlink_metadata(&folder) {
                Ok(it) if it.is_symlink() => return Err(leads_elsewhere(&folder)),
                Ok(_) => {}
                // What is not there leads nowhere.
                Err(_) => break,
            }
        }
        Ok(())
    }

    fn temporary_name(&self) -> PathBuf {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        self.temporary.path().join(number.to_string())
    }
}

/// Refuses a path that is not made of plain names only.
fn refuse_odd(path: &str) -> Result<(), Diagnostic> {
    let plain =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
    match path.split('/').all(plain) {
        true => Ok(()),
        false => Err(Diagnostic::error("path-refused").with("path", path)),
    }
}

fn leads_elsewhere(path: &Path) -> Diagnostic {
    Diagnostic::error("link-elsewhere").with("path", path.display())
}

/// Makes one folder, in the place of a file if need be; never through a link.
pub(super) fn make(path: &Path) -> Result<(), Diagnostic> {
    match fs::symlink_metadata(path) {
        Ok(it) if it.is_dir() => return Ok(()),
        Ok(it) if it.is_symlink() => return Err(leads_elsewhere(path)),
        Ok(_) => remove(path)?,
        Err(_) => {}
    }
    match fs::create_dir(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(fault(path, &error))
        }
        _ => Ok(()),
    }
}

/// Renames a file over whatever is in its place.
pub(super) fn move_to(from: &Path, to: &Path) -> Result<(), Diagnostic> {
    if fs::symlink_metadata(to).is_ok_and(|it| it.is_dir()) {
        remove(to)?;
    }
    fs::rename(from, to).map_err(|error| fault(to, &error))
}

/// Removes a file, a link (not what it leads to) or a folder with all that is in it.
pub(super) fn remove(path: &Path) -> Result<(), Diagnostic> {
    let is_folder = fs::symlink_metadata(path).is_ok_and(|it| it.is_dir());
    if is_folder {
        for inner in list(path)? {
            remove(&inner)?;
        }
    }
    let removed = if is_folder { fs::remove_dir(path) } else { fs::remove_file(path) };
    removed.map_err(|error| fault(path, &error))
}

/// The files under a folder of `root`, by their paths under the root. A link counts as a
/// file: what it leads to is not ours.
pub(super) fn files(root: &Path, under: &str) -> Result<Vec<String>, Diagnostic> {
    let mut found = Vec::new();
    let path = root.join(under);
    if fs::symlink_metadata(&path).is_ok_and(|it| it.is_dir()) {
        collect(&path, under, &mut found)?;
    }
    Ok(found)
}

/// Removes the files under a folder of `root` that are not to be kept, then the folders
/// that are empty.
pub(super) fn clear(
    root: &Path,
    under: &str,
    keep: &dyn Fn(&str) -> bool,
) -> Result<(), Diagnostic> {
    let path = root.join(under);
    match fs::symlink_metadata(&path) {
        Ok(it) if it.is_dir() => sweep(&path, under, keep).map(drop),
        _ => Ok(()),
    }
}

/// Sweeps one folder; says whether it is gone.
fn sweep(
    folder: &Path,
    name: &str,
    keep: &dyn Fn(&str) -> bool,
) -> Result<bool, Diagnostic> {
    let mut left = 0;
    for path in list(folder)? {
        let inner = under(name, &path);
        let gone = if fs::symlink_metadata(&path).is_ok_and(|it| it.is_dir()) {
            sweep(&path, &inner, keep)?
        } else if keep(&inner) {
            false
        } else {
            remove(&path)?;
            true
        };
        left += usize::from(!gone);
    }
    if left == 0 {
        fs::remove_dir(folder).map_err(|error| fault(folder, &error))?;
    }
    Ok(left == 0)
}

fn collect(folder: &Path, name: &str, found: &mut Vec<String>) -> Result<(), Diagnostic> {
    for path in list(folder)? {
        let inner = under(name, &path);
        if fs::symlink_metadata(&path).is_ok_and(|it| it.is_dir()) {
            collect(&path, &inner, found)?;
        } else {
            found.push(inner);
        }
    }
    Ok(())
}

fn under(folder: &str, path: &Path) -> String {
    format!("{folder}/{}", path.file_name().unwrap_or_default().to_string_lossy())
}

/// What lies in a folder, sorted.
pub(super) fn list(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|it| it.map(|it| it.path())).collect())
        .map(|mut paths: Vec<PathBuf>| {
            paths.sort();
            paths
        })
        .map_err(|error| fault(folder, &error))
}

/// What the machine refused, told so that one can do something about it.
pub(super) fn fault(path: &Path, error: &io::Error) -> Diagnostic {
    let code = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk-full",
        io::ErrorKind::PermissionDenied => "not-writable",
        io::ErrorKind::ReadOnlyFilesystem => "read-only",
        io::ErrorKind::NotADirectory => "not-a-folder",
        io::ErrorKind::InvalidFilename => "name-too-long",
        _ => {
            return Diagnostic::error("disk-failed")
                .with("path", path.display())
                .with("reason", error);
        }
    };
    Diagnostic::error(code).with("path", path.display())
}
