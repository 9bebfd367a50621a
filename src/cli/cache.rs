//! The folder in which images are kept that were made smaller.
//!
//! It is the user's, not the workspace's: nothing of it is published, and it can be
//! emptied at any time. Without a home there is none, and images are made each time.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where images are kept, and where a user's caches lie"
)]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::render::picture::{Cache, Store};

/// The variable that names another folder; empty, there is no cache.
const VARIABLE: &str = "PLANTIN_CACHE";

/// The user's cache.
pub(super) fn open() -> Cache {
    match folder(&variable) {
        Some(folder) => Cache::new(Arc::new(Folder(folder))),
        None => Cache::default(),
    }
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from)
}

/// Where the cache lies, as each system has it.
fn folder(variable: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    if let Some(own) = variable(VARIABLE) {
        return (!own.as_os_str().is_empty()).then_some(own);
    }
    let absolute = |it: &PathBuf| it.is_absolute();
    let home = || variable("HOME").filter(absolute);
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA").filter(absolute)
    } else if cfg!(target_os = "macos") {
        home().map(|it| it.join("Library/Caches"))
    } else {
        let named = variable("XDG_CACHE_HOME").filter(absolute);
        named.or_else(|| home().map(|it| it.join(".cache")))
    };
    base.map(|it| it.join("plantin").join("images"))
}

#[derive(Debug)]
struct Folder(PathBuf);

impl Folder {
    /// Whoever named an entry, it stays in the folder.
    fn path(&self, name: &str) -> Option<PathBuf> {
        let is_name =
            !name.is_empty() && name.bytes().all(|it| it.is_ascii_alphanumeric());
        is_name.then(|| self.0.join(name))
    }
}

impl Store for Folder {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.path(name)?).ok()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        if let Some(path) = self.path(name) {
            // A cache that cannot be written is slow, and nothing worse.
            drop(write(&self.0, &path, bytes));
        }
    }
}

/// Writes a file whole and puts it in its place: two builds may write the same.
fn write(folder: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|it| it.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(variables: &[(&str, &str)]) -> Option<PathBuf> {
        folder(&|name| {
            let found = variables.iter().find(|it| it.0 == name);
            found.map(|it| PathBuf::from(it.1))
        })
    }

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn the_cache_lies_where_the_users_others_do() {
        let home = ("HOME", "/home/a");
        assert_eq!(found(&[home]), Some("/home/a/.cache/plantin/images".into()));
        let named = ("XDG_CACHE_HOME", "/c");
        assert_eq!(found(&[home, named]), Some("/c/plantin/images".into()));
        assert_eq!(found(&[home, (VARIABLE, "ici")]), Some("ici".into()));
    }

    #[test]
    fn without_a_home_or_where_the_user_wants_none_there_is_none() {
        assert_eq!(found(&[]), None);
        assert_eq!(found(&[("HOME", "/home/a"), (VARIABLE, "")]), None);
    }

    #[test]
    fn an_entry_stays_in_the_folder() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let store = Folder(folder.path().join("new"));
        store.put("ab12", b"x");
        assert_eq!(store.get("ab12"), Some(b"x".to_vec()));
        store.put("../ab12", b"x");
        assert_eq!(store.get("../ab12"), None);
        assert!(!folder.path().join("ab12").exists());
    }
}
