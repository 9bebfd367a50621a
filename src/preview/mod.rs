//! The preview: a small server for who writes, on this machine alone.
//!
//! The site is kept in memory, made anew when a source changes, and shown again by the
//! browser at once. What is wrong is told on a page of its own, and a mark on each page
//! leads there. The pages are those that would be published, but for that mark and for the
//! script that waits for changes; PDFs and books are made when they are asked for.
//!
//! - `desk`: what is shown now;
//! - `page`: the pages of the preview itself, and what is put into the others;
//! - `http`: what is asked, and what is answered; who may ask is `local`'s to say.
//!
//! The disk is the caller's: he gives the hands that build and that look for changes.

mod desk;
mod http;
mod page;

use std::{fmt, io, sync::Arc, thread, time::Duration};

use self::desk::Desk;
use crate::{
    diagnostic::Diagnostic,
    local::{self, Access, Refusals, Rules},
    render::File,
};

/// How long a change can stay unseen. Names and dates of files are looked at, since no
/// way of being told of changes works on every disk and in every container.
const PAUSE: Duration = Duration::from_millis(300);

/// What is to be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The site.
    Site,
    /// A PDF or a book, by its path under `exports`.
    File(String),
}

/// What was built.
#[derive(Debug, Default)]
pub struct Built {
    /// The files.
    pub files: Vec<File>,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the site has a theme of its own.
    pub has_theme: bool,
}

/// Builds; or says what kept it from building.
pub type Build = dyn Fn(&Wanted) -> Result<Built, Vec<Diagnostic>> + Send + Sync;

/// Says a diagnostic in words: what is wrong, and what to do next.
pub type Say = dyn Fn(&Diagnostic) -> (String, Option<String>) + Send + Sync;

/// A message of the program's, with a number.
pub type Word = dyn Fn(&str, usize) -> String + Send + Sync;

/// What the caller does for the server.
pub struct Hands {
    /// Builds.
    pub build: Box<Build>,
    /// A number that changes when a source does.
    pub stamp: Box<dyn Fn() -> u64 + Send + Sync>,
    /// Says a diagnostic.
    pub say: Box<Say>,
    /// A message of the program's, with a number.
    pub word: Box<Word>,
    /// The language of the messages.
    pub language: &'static str,
}

impl fmt::Debug for Hands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hands").finish_non_exhaustive()
    }
}

/// Serves until the process is stopped. `ready` is told the address, once it answers.
///
/// # Errors
///
/// When the port cannot be had.
pub fn serve(
    port: u16,
    access: Access,
    hands: Hands,
    ready: &dyn Fn(&str),
) -> io::Result<()> {
    local::runtime()?.block_on(async {
        let (listener, port) = local::listen(port).await?;
        let word = |id| (hands.word)(id, 0);
        let refusals = Refusals {
            no_key: word("preview-no-key"),
            elsewhere: word("preview-from-elsewhere"),
        };
        // Looked at before the first build, so that no change is missed during it.
        let seen = (hands.stamp)();
        let desk = Arc::new(Desk::new(hands, format!("/{}", access.room)));
        let watched = Arc::clone(&desk);
        thread::spawn(move || watch(&watched, seen));
        ready(&access.address(port, ""));
        let rules = Rules { methods: http::METHODS, policy: http::POLICY, refusals };
        local::serve(listener, port, access, rules, http::router(desk)).await;
        Ok(())
    })
}

/// Builds when something has changed, for ever.
fn watch(desk: &Desk, mut seen: u64) {
    loop {
        thread::sleep(PAUSE);
        let now = desk.stamp();
        if now != seen {
            seen = now;
            desk.build();
        }
    }
}
