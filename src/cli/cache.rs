//! The folder in which images are kept that were made smaller.
//!
//! It is the user's, not the workspace's: nothing of it is published, and it can be
//! emptied at any time. Without a home there is none, and images are made each time.
//! Once a day it is pruned: what no build has asked for in half a year goes, and what has
//! waited longest, until the rest is of a reasonable size.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where images are kept, by their age, where a user's caches lie"
)]

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use cap_std::fs::{Dir, File, OpenOptions};

use super::{
    directory,
    folder::{self, TEMPORARY},
};
use crate::render::picture::{Cache, Store};

/// The variable that names another folder; empty, there is no cache.
const VARIABLE: &str = "PLANTIN_CACHE";

const DAY: Duration = Duration::from_hours(24);

/// How long an image is kept that no build asks for.
const LONGEST: Duration = Duration::from_hours(24 * 180);

/// How many bytes are kept: those of some thousand photographs.
const MOST: u64 = 1 << 30;

/// The file that says when the cache was pruned last.
const PRUNED: &str = ".pruned";

/// The user's cache.
pub(super) fn open() -> Cache {
    match folder(&variable) {
        Some(folder) => {
            // Whatever goes wrong, the cache is larger, and nothing worse.
            drop(prune_daily(&folder, SystemTime::now()));
            Cache::new(Arc::new(Folder(folder)))
        }
        None => Cache::default(),
    }
}

/// Where images are kept, how many there are and how many bytes they have; none where they
/// are not kept.
pub(super) fn kept() -> Option<(PathBuf, usize, u64)> {
    let folder = folder(&variable)?;
    let dir = directory::open_trusted(&folder).ok();
    let entries = dir.and_then(|it| it.entries().ok());
    let sizes: Vec<u64> = entries
        .into_iter()
        .flatten()
        .filter_map(|it| it.ok()?.metadata().ok().filter(|it| it.is_file()))
        .map(|it| it.len())
        .collect();
    Some((folder, sizes.len(), sizes.iter().sum()))
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
        self.path(name)?;
        let dir = directory::open_trusted(&self.0).ok()?;
        let bytes = directory::read(&dir, name).ok()?;
        drop(ask_for(&dir, name, SystemTime::now()));
        Some(bytes)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        if self.path(name).is_some() {
            // A cache that cannot be written is slow, and nothing worse.
            drop(write(&self.0, name, bytes));
        }
    }
}

/// Writes a file whole and puts it in its place: two builds may write the same.
fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let dir = open_folder(folder)?;
    let passing = format!("{TEMPORARY}{}", folder::random());
    let written = create(&dir, &passing)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| dir.rename(&passing, &dir, name));
    written.inspect_err(|_| drop(dir.remove_file(&passing)))
}

fn open_folder(folder: &Path) -> io::Result<Dir> {
    Dir::open_ambient_dir(folder, cap_std::ambient_authority())
}

/// Makes a file that is not there yet; a link in its place is not followed.
fn create(dir: &Dir, name: &str) -> io::Result<File> {
    dir.open_with(name, OpenOptions::new().write(true).create_new(true))
}

/// Notes that an entry was asked for, to the day.
fn ask_for(dir: &Dir, name: &str, now: SystemTime) -> io::Result<()> {
    if age(dir, name, now)? < DAY {
        return Ok(());
    }
    let mut options = OpenOptions::new();
    let file = directory::open_ordinary(dir, Path::new(name), options.append(true))?;
    file.into_std().set_modified(now)
}

/// How long ago a file was written or asked for; no time at all for one of the future.
fn age(dir: &Dir, name: impl AsRef<Path>, now: SystemTime) -> io::Result<Duration> {
    let modified = dir.symlink_metadata(name)?.modified()?.into_std();
    Ok(now.duration_since(modified).unwrap_or_default())
}

/// Prunes the cache, unless that was done today.
fn prune_daily(folder: &Path, now: SystemTime) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let dir = open_folder(folder)?;
    if age(&dir, PRUNED, now).is_ok_and(|it| it < DAY) {
        return Ok(());
    }
    if directory::is_there(&dir, PRUNED)? {
        dir.remove_file(PRUNED)?;
    }
    create(&dir, PRUNED)?;
    prune(&dir, now, MOST)
}

/// Removes what was not asked for in a long time, then the oldest, until there are no more
/// bytes than this. What is no entry of ours stays: the user named the folder.
fn prune(dir: &Dir, now: SystemTime, most: u64) -> io::Result<()> {
    let mut kept = Vec::new();
    for (name, kind) in directory::list(dir)? {
        let (Ok(about), Ok(age)) = (dir.symlink_metadata(&name), age(dir, &name, now))
        else {
            continue;
        };
        if !kind.is_file() {
            continue;
        }
        let shown = name.to_string_lossy();
        let is_left = shown.starts_with(TEMPORARY) && age > DAY;
        if is_left || is_entry(&shown) && age > LONGEST {
            drop(dir.remove_file(&name));
        } else if is_entry(&shown) {
            kept.push((age, about.len(), name));
        }
    }
    kept.sort();
    let mut total = 0_u64;
    for (_, size, name) in kept {
        total = total.saturating_add(size);
        if total > most {
            drop(dir.remove_file(name));
        }
    }
    Ok(())
}

/// Whether a name is that of an entry: a fingerprint.
fn is_entry(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|it| it.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_asks_for_goes_then_the_oldest_and_nothing_of_others() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let now = SystemTime::UNIX_EPOCH + 1_000 * DAY;
        let name = |letter: &str| letter.repeat(64);
        let put = |name: &str, days: u32| {
            let path = folder.path().join(name);
            fs::write(&path, [0; 100]).expect("it can be written");
            let file = fs::File::options().append(true).open(&path).expect("it is there");
            file.set_modified(now - days * DAY).expect("the file system keeps times");
        };
        put(&name("a"), 200);
        put(&name("b"), 100);
        put(&name("c"), 10);
        put(&name("d"), 0);
        put(".plantin-tmp-x", 2);
        put(".plantin-tmp-y", 0);
        put("lettre.odt", 900);
        put("abc", 900);
        let left = || -> Vec<String> {
            let found = fs::read_dir(folder.path()).expect("it can be listed").flatten();
            let mut names: Vec<String> =
                found.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
            names.sort();
            names
        };
        let of_others = [".plantin-tmp-y", "abc", "lettre.odt"].map(str::to_owned);
        let with = |letters: &[&str]| {
            let mut all: Vec<String> = letters.iter().map(|it| name(it)).collect();
            all.extend(of_others.clone());
            all.sort();
            all
        };
        let dir = open_folder(folder.path()).expect("it is there");
        prune(&dir, now, MOST).expect("it can be pruned");
        assert_eq!(left(), with(&["b", "c", "d"]));
        ask_for(&dir, &name("b"), now).expect("it is there");
        prune(&dir, now, 250).expect("it can be pruned");
        assert_eq!(left(), with(&["b", "d"]), "what was asked for stays");
        // Once a day.
        prune_daily(folder.path(), now).expect("it can be pruned");
        put(&name("e"), 200);
        fs::File::options()
            .append(true)
            .open(folder.path().join(PRUNED))
            .and_then(|it| it.set_modified(now))
            .expect("it was pruned");
        prune_daily(folder.path(), now + DAY / 2).expect("it need not be pruned");
        assert!(left().contains(&name("e")));
        prune_daily(folder.path(), now + 2 * DAY).expect("it can be pruned");
        assert!(!left().contains(&name("e")));
    }

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
