//! Programs that judge or drive what we make and are not ours: where they are.

use std::{
    env, fs,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::skip;

/// One browser or virtual machine at a time: together they take each other's memory and
/// time, and give up.
static TURN: Mutex<()> = Mutex::new(());

/// Where the validators are, when this one, named as `setup.sh` names it, is among them;
/// it is the turn of nobody else while the guard lives.
pub fn find(name: &str) -> Option<(PathBuf, MutexGuard<'static, ()>)> {
    let folder = env::var_os("PLANTIN_VALIDATORS").map_or_else(
        || {
            let home = env::var_os("HOME").map_or_else(PathBuf::new, PathBuf::from);
            let cache = env::var_os("XDG_CACHE_HOME")
                .map_or_else(|| home.join(".cache"), PathBuf::from);
            cache.join("plantin/validators")
        },
        PathBuf::from,
    );
    let ready = fs::read_to_string(folder.join("ready")).unwrap_or_default();
    if ready.lines().any(|line| line == name) {
        return Some((folder, TURN.lock().unwrap_or_else(PoisonError::into_inner)));
    }
    assert!(
        env::var_os("CI").is_none(),
        "{name} is not installed: tests/validators/setup.sh"
    );
    skip(&format!("{name} is not installed (tests/validators/setup.sh installs it)"));
    None
}
