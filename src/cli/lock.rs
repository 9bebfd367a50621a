//! The file by which one build at a time has a folder of exports.
//!
//! It also says which folder the build that holds it has made beside them, so that the
//! next build can bring to its end what one that was killed left behind. A name proves nothing, since
//! a repository can carry any name; the number that the file system gave to a folder
//! does: nobody can know it before the folder is there.

use std::{
    fs,
    io::{self, Read as _, Seek as _, Write as _},
    path::Path,
};

use cap_std::fs::{Dir, OpenOptions};
use serde::{Deserialize, Serialize};

use super::directory::{self, Identity};
use crate::diagnostic::Diagnostic;

/// The most that such a file holds.
const LONGEST: u64 = 1 << 12;

/// A lock that is held.
#[derive(Debug)]
pub(super) struct Lock {
    file: fs::File,
    claims: Claims,
}

/// What a build has made for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claims {
    /// The twin of the folder of exports, beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) twin: Option<TwinClaim>,
}

/// A twin, the folder that it is the twin of, and how far their change has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TwinClaim {
    pub(super) name: String,
    /// Its identity; none as long as it is about to be made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) identity: Option<Identity>,
    /// The folder that was there before.
    pub(super) original: Identity,
    /// Whether the original has its place again for good.
    #[serde(default)]
    pub(super) is_done: bool,
}

impl Lock {
    /// Takes the lock of a folder; it goes with the process, however that ends.
    pub(super) fn take(dir: &Dir, name: &str, shown: &Path) -> Result<Self, Diagnostic> {
        let path = shown.join(name);
        let about = directory::look(dir, name);
        let about = about.map_err(|error| directory::fault(&path, &error))?;
        match about {
            Some(it) if it.is_symlink() => return Err(directory::leads_elsewhere(&path)),
            Some(it) if !it.is_file() => return Err(of_others(&path)),
            _ => {}
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true);
        let file = directory::open_ordinary(dir, Path::new(name), &mut options)
            .map_err(|error| directory::fault(&path, &error))?
            .into_std();
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => {
                return Err(Diagnostic::error("out-busy").with("path", shown.display()));
            }
            // Some network file systems have no locks: two builds at once are rare enough
            // to go on without.
            Ok(()) | Err(fs::TryLockError::Error(_)) => {}
        }
        let fault = |error: io::Error| directory::fault(&path, &error);
        let claims = read(&file).map_err(fault)?.ok_or_else(|| of_others(&path))?;
        // While the folder has a twin, the twin has the same file. Any other name of it may
        // be somebody's, who would lose what we write over.
        let names = file.metadata().map(|it| names(&it)).map_err(fault)?;
        if names > 1 && claims.twin.is_none() {
            return Err(of_others(&path));
        }
        Ok(Self { file, claims })
    }

    /// What was made and not yet removed: by the build before, until this one changes it.
    pub(super) fn claims(&self) -> &Claims {
        &self.claims
    }

    /// Notes what is made, or is no longer there. With `sync`, it is sure to be on the disk
    /// when this returns.
    pub(super) fn note(
        &mut self,
        sync: bool,
        change: impl FnOnce(&mut Claims),
    ) -> io::Result<()> {
        change(&mut self.claims);
        let text = match &self.claims.twin {
            Some(_) => serde_json::to_string(&self.claims)?,
            None => String::new(),
        };
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())?;
        self.file.set_len(text.len() as u64)?;
        if sync { self.file.sync_data() } else { Ok(()) }
    }
}

/// What the file says: nothing while it is empty. `None` for one that is not ours.
fn read(file: &fs::File) -> io::Result<Option<Claims>> {
    let mut text = Vec::new();
    file.take(LONGEST).read_to_end(&mut text)?;
    match text.as_slice() {
        [] => Ok(Some(Claims::default())),
        // What was there before may still follow, where the disk failed before it was cut off.
        text => Ok(serde_json::Deserializer::from_slice(text)
            .into_iter()
            .next()
            .and_then(Result::ok)),
    }
}

fn of_others(path: &Path) -> Diagnostic {
    Diagnostic::error("out-others-file").with("path", path.display())
}

/// How many names a file has.
fn names(about: &fs::Metadata) -> u64 {
    cap_fs_ext::MetadataExt::nlink(about)
}
