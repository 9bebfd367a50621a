//! Folders that are opened once and then used by their handles.
//!
//! A name can come to mean another folder at any moment: by a link that a repository
//! carries, by another program. A handle cannot. So what is written in, emptied or
//! exchanged is reached from a handle, by names that cannot lead out of it (`cap_std`),
//! and on the way to it no link is followed that a repository could have brought.

use std::{
    ffi::{OsStr, OsString},
    fs, io,
    path::{Component, Path, PathBuf},
};

use cap_fs_ext::{
    DirExt as _, FollowSymlinks, MetadataExt as _, OpenOptionsFollowExt as _,
};
use cap_std::{
    ambient_authority,
    fs::{Dir, File, FileType, Metadata, OpenOptions},
};

use crate::{
    diagnostic::Diagnostic,
    source::files::{self, NotPlain, TooLarge},
};

/// Where a folder lies that may not be there yet, without a link on the way to it.
#[derive(Clone, Debug)]
pub(super) struct Location {
    /// The folder from which no link is followed. It is there.
    base: PathBuf,
    /// The names from there to the folder.
    names: Vec<OsString>,
}

/// A folder that is open, and the folder around it.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) dir: Dir,
    /// The folder around it and its name there, unless it is the root of a disk.
    pub(super) around: Option<(Dir, OsString)>,
    /// Its path, for messages.
    pub(super) path: PathBuf,
}

impl Location {
    /// Where a folder lies that the user or a setting named.
    ///
    /// Links are followed as far as the user's own machine leads: above the workspace, and
    /// outside it. In the workspace, whose files anybody may have sent, a link is refused;
    /// so is one in the place of the folder itself.
    pub(super) fn of(path: &Path, workspace: &Path) -> Result<Self, Diagnostic> {
        let absolute = std::path::absolute(path).map_err(|error| fault(path, &error))?;
        let workspace = fs::canonicalize(workspace).ok();
        let in_workspace =
            |it: &Path| workspace.as_deref().is_some_and(|root| it.starts_with(root));
        let mut real = PathBuf::new();
        let mut parts = absolute.components().peekable();
        while let Some(part) = parts.next() {
            match part {
                Component::Prefix(_) | Component::RootDir => real.push(part),
                Component::CurDir => {}
                Component::ParentDir => drop(real.pop()),
                Component::Normal(name) => {
                    let next = real.join(name);
                    let is_link =
                        fs::symlink_metadata(&next).is_ok_and(|it| it.is_symlink());
                    if is_link && (in_workspace(&real) || parts.peek().is_none()) {
                        return Err(leads_elsewhere(&next));
                    }
                    real = if is_link {
                        fs::canonicalize(&next).map_err(|error| fault(&next, &error))?
                    } else {
                        next
                    };
                }
            }
        }
        Ok(Self::below(real, workspace))
    }

    /// Divides a path that has no links.
    fn below(real: PathBuf, workspace: Option<PathBuf>) -> Self {
        let mut base = match workspace.filter(|it| real.starts_with(it) && real != **it) {
            Some(root) => root,
            None => real.parent().unwrap_or(&real).to_owned(),
        };
        while !base.is_dir() && base.pop() {}
        let names = real.strip_prefix(&base).unwrap_or(&real);
        let names = names.iter().map(OsStr::to_owned).collect();
        Self { base, names }
    }

    /// Opens the folder if it is there.
    pub(super) fn open(&self) -> Result<Option<Opened>, Diagnostic> {
        self.walk(&|_, _| Ok(false))
    }

    /// Opens the folder, which is made with those around it if it is not there.
    pub(super) fn make(&self) -> Result<Opened, Diagnostic> {
        let make = |dir: &Dir, name: &OsStr| match dir.create_dir(name) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(true),
        };
        let opened = self.walk(&make)?;
        Ok(opened.expect("what is not there is made"))
    }

    /// Goes from name to name. What is not there is asked of `make`: whether it is now.
    fn walk(
        &self,
        make: &dyn Fn(&Dir, &OsStr) -> io::Result<bool>,
    ) -> Result<Option<Opened>, Diagnostic> {
        let mut path = self.base.clone();
        let mut dir = open_trusted(&path)?;
        let mut around = None;
        for name in &self.names {
            path.push(name);
            if dir.symlink_metadata(name).is_err_and(|it| is_missing(&it))
                && !make(&dir, name).map_err(|error| fault(&path, &error))?
            {
                return Ok(None);
            }
            let inner = enter(&dir, Path::new(name), &path)?;
            around = Some((dir, name.clone()));
            dir = inner;
        }
        Ok(Some(Opened { dir, around, path }))
    }
}

/// Opens a folder that the user named, wherever links lead.
pub(super) fn open_trusted(path: &Path) -> Result<Dir, Diagnostic> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    Dir::open_ambient_dir(path, ambient_authority()).map_err(|error| fault(path, &error))
}

/// Opens a folder in another; never through a link. `shown` is its path in messages.
pub(super) fn enter(dir: &Dir, name: &Path, shown: &Path) -> Result<Dir, Diagnostic> {
    dir.open_dir_nofollow(name).map_err(|error| match dir.symlink_metadata(name) {
        Ok(it) if it.is_symlink() => leads_elsewhere(shown),
        Ok(it) if !it.is_dir() => {
            Diagnostic::error("not-a-folder").with("path", shown.display())
        }
        _ => fault(shown, &error),
    })
}

/// Opens a file to read it. A link, a pipe or a device is none.
pub(super) fn open_file(dir: &Dir, path: impl AsRef<Path>) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    open_ordinary(dir, path.as_ref(), &mut options)
}

/// Opens an ordinary file, or makes one where the options say so; never through a link.
pub(super) fn open_ordinary(
    dir: &Dir,
    path: &Path,
    options: &mut OpenOptions,
) -> io::Result<File> {
    // A pipe would wait for ever to be opened.
    if look(dir, path)?.is_some_and(|it| !it.is_file()) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    dir.open_with(path, options.follow(FollowSymlinks::No))
}

/// Reads a file whole.
pub(super) fn read(dir: &Dir, path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut open_file(dir, path)?, &mut bytes)?;
    Ok(bytes)
}

/// What lies in a folder, sorted by name. A link is of the kind "link".
pub(super) fn list(dir: &Dir) -> io::Result<Vec<(OsString, FileType)>> {
    let mut found = Vec::new();
    for entry in dir.entries()? {
        let entry = entry?;
        found.push((entry.file_name(), entry.file_type()?));
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(found)
}

/// The files under a folder of `dir`, by their paths from `dir`. A link counts as a file:
/// what it leads to is not looked at.
pub(super) fn files(dir: &Dir, under: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if is_folder(dir, under)? {
        collect(&dir.open_dir_nofollow(under)?, Path::new(under), &mut found)?;
    }
    Ok(found)
}

fn collect(dir: &Dir, path: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for (name, kind) in list(dir)? {
        let inner = path.join(&name);
        match kind.is_dir() {
            true => collect(&dir.open_dir_nofollow(&name)?, &inner, found)?,
            false => found.push(inner),
        }
    }
    Ok(())
}

/// Removes what is in a folder; each thing by its name in an open folder, so that nothing
/// is removed through a link.
pub(super) fn empty(dir: &Dir) -> io::Result<()> {
    list(dir)?.iter().try_for_each(|(name, _)| remove(dir, name))
}

/// Removes a file, a link (not what it leads to) or a folder with all that is in it.
pub(super) fn remove(dir: &Dir, path: impl AsRef<Path>) -> io::Result<()> {
    let path = path.as_ref();
    if !is_folder(dir, path)? {
        return dir.remove_file_or_symlink(path);
    }
    empty(&dir.open_dir_nofollow(path)?)?;
    dir.remove_dir(path)
}

/// Removes a file, and the folders around it that are empty for it.
pub(super) fn remove_with_folders(dir: &Dir, path: &str) -> io::Result<()> {
    dir.remove_file_or_symlink(path)?;
    for (end, _) in path.match_indices('/').rev() {
        match dir.remove_dir(&path[..end]) {
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => break,
            done => done?,
        }
    }
    Ok(())
}

/// Removes the files under a folder of `dir` that are not to be kept, then the folders that
/// are empty for it.
pub(super) fn clear(
    dir: &Dir,
    under: &str,
    keep: &dyn Fn(&Path) -> bool,
) -> io::Result<()> {
    if is_folder(dir, under)? {
        let is_empty = sweep(&dir.open_dir_nofollow(under)?, Path::new(under), keep)?;
        if is_empty {
            dir.remove_dir(under)?;
        }
    }
    Ok(())
}

/// Sweeps one folder; says whether something was removed and nothing is left.
fn sweep(dir: &Dir, path: &Path, keep: &dyn Fn(&Path) -> bool) -> io::Result<bool> {
    let (mut removed, mut left) = (false, false);
    for (name, kind) in list(dir)? {
        let inner = path.join(&name);
        let goes = if kind.is_dir() {
            let is_empty = sweep(&dir.open_dir_nofollow(&name)?, &inner, keep)?;
            if is_empty {
                dir.remove_dir(&name)?;
            }
            is_empty
        } else {
            let goes = !keep(&inner);
            if goes {
                dir.remove_file_or_symlink(&name)?;
            }
            goes
        };
        removed |= goes;
        left |= !goes;
    }
    Ok(removed && !left)
}

/// What lies under a path, a link not followed; `None` where nothing does. What the disk
/// does not say is an error, never nothing: a file would be left out for it.
pub(super) fn look(dir: &Dir, path: impl AsRef<Path>) -> io::Result<Option<Metadata>> {
    match dir.symlink_metadata(path) {
        Ok(about) => Ok(Some(about)),
        Err(error) if is_missing(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether there is a folder of this name, and no link.
pub(super) fn is_folder(dir: &Dir, path: impl AsRef<Path>) -> io::Result<bool> {
    Ok(look(dir, path)?.is_some_and(|it| it.is_dir()))
}

/// Whether there is a file of this name, or anything else that is no folder.
pub(super) fn is_file(dir: &Dir, path: impl AsRef<Path>) -> io::Result<bool> {
    Ok(look(dir, path)?.is_some_and(|it| !it.is_dir()))
}

/// Whether there is anything of this name, be it a link that leads nowhere.
pub(super) fn is_there(dir: &Dir, path: impl AsRef<Path>) -> io::Result<bool> {
    look(dir, path).map(|it| it.is_some())
}

/// Checks that files are there, each of its size.
pub(super) fn check(dir: &Dir, files: &[(&str, u64)]) -> io::Result<()> {
    for (path, size) in files {
        let is_whole =
            look(dir, path)?.is_some_and(|it| it.is_file() && it.len() == *size);
        if !is_whole {
            return Err(io::Error::other(format!("{path} is not there as it should be")));
        }
    }
    Ok(())
}

/// What a file or a folder is for the file system, whatever its name: its disk, and its
/// number there.
pub(super) type Identity = (u64, u64);

/// The identity of what metadata are about.
pub(super) fn identity(about: &Metadata) -> Identity {
    (about.dev(), about.ino())
}

/// The identity of a folder that is open.
pub(super) fn identity_of(dir: &Dir) -> io::Result<Identity> {
    dir.dir_metadata().map(|it| identity(&it))
}

/// The path as a manifest writes it, if it can.
pub(super) fn as_listed(path: &Path) -> Option<String> {
    let names: Option<Vec<&str>> = path.iter().map(OsStr::to_str).collect();
    names.map(|it| it.join("/"))
}

/// Whether nothing is there: a path through a file leads to nothing too.
pub(super) fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

pub(super) fn leads_elsewhere(path: &Path) -> Diagnostic {
    Diagnostic::error("link-elsewhere").with("path", path.display())
}

/// What the machine refused, told so that one can do something about it.
pub(super) fn fault(path: &Path, error: &io::Error) -> Diagnostic {
    let cause = error.get_ref();
    if let Some(TooLarge(largest)) = cause.and_then(|it| it.downcast_ref()) {
        return Diagnostic::error("file-beyond-limit")
            .with("path", path.display())
            .with("largest", largest >> 20);
    }
    let code = match error.kind() {
        _ if cause.is_some_and(|it| it.is::<NotPlain>()) => "file-not-plain",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk-full",
        io::ErrorKind::PermissionDenied => "not-writable",
        io::ErrorKind::ReadOnlyFilesystem => "read-only",
        io::ErrorKind::NotADirectory => "not-a-folder",
        io::ErrorKind::InvalidFilename => "name-too-long",
        io::ErrorKind::NotFound => return missing(path),
        _ => {
            return Diagnostic::error("disk-failed")
                .with("path", path.display())
                .because_of(error);
        }
    };
    Diagnostic::error(code).with("path", path.display())
}

/// What a path that leads to nothing was to be, as far as the names beside it tell.
fn missing(path: &Path) -> Diagnostic {
    // Of a path that is wrong in its middle, the part that is wrong is named.
    let above = |it: &&Path| it.symlink_metadata().is_err() && !it.as_os_str().is_empty();
    let wrong = path.ancestors().take_while(above).last().unwrap_or(path);
    let fault = |code| Diagnostic::error(code).with("path", wrong.display());
    match near(wrong) {
        Some(near) => fault("path-missing-near").with("near", near.display()),
        None => fault("path-missing"),
    }
}

/// The path beside one that is not there whose name is most like its own.
fn near(path: &Path) -> Option<PathBuf> {
    const LIKE: f64 = 0.6;
    let name = path.file_name()?.to_string_lossy().to_lowercase();
    let around = path.parent().filter(|it| !it.as_os_str().is_empty());
    let names = files::names(around.unwrap_or_else(|| Path::new(".")));
    let like = |other: &str| {
        let other = other.to_lowercase();
        // Whoever leaves out an ending has typed the rest of it rightly.
        let stem = other.rsplit_once('.').map_or(other.as_str(), |it| it.0);
        let whole = strsim::normalized_damerau_levenshtein(&name, &other);
        if stem == name { 1.0 } else { whole }
    };
    let likeness =
        names.into_iter().map(|it| (like(&it.0), it.0)).filter(|it| it.0 >= LIKE);
    // Of two that are as like, the first by name, so that the answer is always one.
    let best = likeness.reduce(|one, other| {
        let is_better = other.0 > one.0 || (other.0 >= one.0 && other.1 < one.1);
        if is_better { other } else { one }
    });
    best.map(|it| around.map_or_else(|| it.1.clone().into(), |around| around.join(&it.1)))
}
