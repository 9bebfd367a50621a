//! What is shown now: the site that was built last, and what is wrong with it.
//!
//! One thing is built at a time, and who asks for what is being built waits for it with
//! the others: a build takes the whole machine already.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use super::{Built, Hands, Wanted};
use crate::diagnostic::{Diagnostic, Severity};

/// How many files may wait to be built.
const MOST_WAITING: usize = 16;

/// What is shown now.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) hands: Hands,
    /// What each address begins with, without a slash at the end.
    pub(super) base: String,
    shown: Mutex<Shown>,
    /// Held by who builds.
    building: Mutex<()>,
    /// The files that are being built or wait for it.
    waiting: Mutex<BTreeMap<String, watch::Receiver<Option<Made>>>>,
    /// How often it was built.
    version: watch::Sender<u64>,
}

/// A PDF or a book, where there is one; or what kept it from being built.
type Made = Result<Option<Arc<Vec<u8>>>, Arc<Vec<Diagnostic>>>;

/// What became of the wish for a file.
#[derive(Debug)]
pub(super) enum Asked {
    /// It was built, or was not.
    Made(Made),
    /// Too many wait already.
    Busy,
    /// The program failed.
    Failed,
}

/// A file of the site.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    pub(super) bytes: Arc<Vec<u8>>,
    /// Whether it was written here, and not by who attached it to a page.
    pub(super) is_ours: bool,
}

/// A site in memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// The files, by their path under `exports/html`.
    pub(super) files: Arc<BTreeMap<String, Shared>>,
    /// What is wrong.
    pub(super) problems: Arc<Vec<Diagnostic>>,
    /// Whether that kept the site from being built: what is shown is older, or nothing.
    pub(super) stopped: bool,
    /// Whether the site has a theme of its own, which may bring in what ours does not.
    pub(super) has_theme: bool,
}

impl Desk {
    /// Builds the site for the first time.
    pub(super) fn new(hands: Hands, base: String) -> Self {
        let desk = Self {
            hands,
            base,
            shown: Mutex::default(),
            building: Mutex::default(),
            waiting: Mutex::default(),
            version: watch::Sender::new(0),
        };
        desk.build();
        desk
    }

    /// Builds the site. When that cannot be done, the last one stays.
    pub(super) fn build(&self) {
        let built = self.one_at_a_time(&Wanted::Site);
        let mut shown = lock(&self.shown);
        match built {
            Ok(built) => {
                let files = built.files.into_iter().map(|file| {
                    let path = file.path.strip_prefix("html/").unwrap_or(&file.path);
                    let is_ours = file.page.is_some() || file.language.is_some();
                    (path.to_owned(), Shared { bytes: file.bytes, is_ours })
                });
                shown.files = Arc::new(files.collect());
                shown.has_theme = built.has_theme;
                let told = built.diagnostics.into_iter();
                shown.problems =
                    Arc::new(told.filter(|it| it.severity > Severity::Note).collect());
                shown.stopped = false;
            }
            Err(faults) => {
                shown.problems = Arc::new(faults);
                shown.stopped = true;
            }
        }
        drop(shown);
        self.version.send_modify(|it| *it += 1);
    }

    /// Builds a PDF or a book, or waits for it where somebody has asked for it already.
    pub(super) async fn file(self: &Arc<Self>, path: &str) -> Asked {
        let Some(mut seen) = self.wish(path) else { return Asked::Busy };
        match seen.wait_for(Option::is_some).await {
            Ok(made) => made.clone().map_or(Asked::Failed, Asked::Made),
            Err(_) => Asked::Failed,
        }
    }

    /// Where a file will be seen, once it is built; `None` when too many wait.
    fn wish(self: &Arc<Self>, path: &str) -> Option<watch::Receiver<Option<Made>>> {
        let mut waiting = lock(&self.waiting);
        // What failed in the middle is seen by nobody any more, and tried again.
        if let Some(seen) = waiting.get(path).filter(|it| it.has_changed().is_ok()) {
            return Some(seen.clone());
        }
        if waiting.len() >= MOST_WAITING {
            return None;
        }
        let (show, seen) = watch::channel(None);
        waiting.insert(path.to_owned(), seen.clone());
        let (desk, path) = (Arc::clone(self), path.to_owned());
        // It goes on when who asked goes away: others may wait for it.
        tokio::task::spawn_blocking(move || {
            let made = desk.make(&path);
            lock(&desk.waiting).remove(&path);
            show.send_replace(Some(made));
        });
        Some(seen)
    }

    fn make(&self, path: &str) -> Made {
        let built =
            self.one_at_a_time(&Wanted::File(path.to_owned())).map_err(Arc::new)?;
        Ok(built.files.into_iter().find(|it| it.path == path).map(|it| it.bytes))
    }

    fn one_at_a_time(&self, wanted: &Wanted) -> Result<Built, Vec<Diagnostic>> {
        let _turn = lock(&self.building);
        (self.hands.build)(wanted)
    }

    /// What is shown now.
    pub(super) fn shown(&self) -> Shown {
        lock(&self.shown).clone()
    }

    /// A number that changes when a source does.
    pub(super) fn stamp(&self) -> u64 {
        (self.hands.stamp)()
    }

    /// How often the site was built.
    pub(super) fn version(&self) -> u64 {
        *self.version.borrow()
    }

    /// Waits until the site was built another time than this one.
    pub(super) async fn after(&self, version: u64) -> u64 {
        let mut changes = self.version.subscribe();
        let seen = changes.wait_for(|it| *it != version).await;
        seen.map_or(version, |it| *it)
    }
}

fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}
