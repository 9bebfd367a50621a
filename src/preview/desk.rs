//! What is shown now: the site that was built last, and what is wrong with it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use super::{Hands, Wanted};
use crate::diagnostic::{Diagnostic, Severity};

/// What is shown now.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) hands: Hands,
    shown: Mutex<Shown>,
    /// How often it was built.
    version: watch::Sender<u64>,
}

/// A site in memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    /// The files, by their path under `exports/html`.
    pub(super) files: BTreeMap<String, Arc<Vec<u8>>>,
    /// What is wrong.
    pub(super) problems: Arc<Vec<Diagnostic>>,
    /// Whether that kept the site from being built: what is shown is older, or nothing.
    pub(super) stopped: bool,
}

impl Desk {
    /// Builds the site for the first time.
    pub(super) fn new(hands: Hands) -> Self {
        let desk =
            Self { hands, shown: Mutex::default(), version: watch::Sender::new(0) };
        desk.build();
        desk
    }

    /// Builds the site. When that cannot be done, the last one stays.
    pub(super) fn build(&self) {
        let built = (self.hands.build)(&Wanted::Site);
        let mut shown = self.lock();
        match built {
            Ok(built) => {
                let files = built.files.into_iter().map(|file| {
                    let path = file.path.strip_prefix("html/").unwrap_or(&file.path);
                    (path.to_owned(), file.bytes)
                });
                shown.files = files.collect();
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

    /// Builds a PDF or a book.
    pub(super) fn file(
        &self,
        path: &str,
    ) -> Result<Option<Arc<Vec<u8>>>, Vec<Diagnostic>> {
        let built = (self.hands.build)(&Wanted::File(path.to_owned()))?;
        Ok(built.files.into_iter().find(|it| it.path == path).map(|it| it.bytes))
    }

    /// What is shown now.
    pub(super) fn shown(&self) -> Shown {
        self.lock().clone()
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

    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
