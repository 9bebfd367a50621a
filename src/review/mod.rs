//! The page on which translations are reviewed: a small server for one person, on this
//! machine alone.
//!
//! French and its translation stand side by side, as the site shows them; a unit is read,
//! corrected, checked and saved into its catalogue at once.
//!
//! - `session`: what is being reviewed, and a page of it with its catalogue;
//! - `save`: a correction, checked and written, refused when the file has changed;
//! - `page`: what the browser is shown;
//! - `http`: what is asked, and what is answered; who may ask is `local`'s to say.
//!
//! Nothing is written here: the caller gives the hand that writes.

mod changes;
mod http;
mod page;
mod save;
mod session;

use std::{fmt, io};

use self::session::Session;
use crate::{
    diagnostic::Diagnostic,
    document::Language,
    local::{self, Access, Refusals, Rules},
    pipeline::{self, Workspace},
    words::Words,
};

/// What is reviewed, and how.
#[derive(Debug)]
pub struct Options {
    /// The workspace.
    pub workspace: Workspace,
    /// The languages; all but the source when there are none.
    pub languages: Vec<Language>,
    /// The page to begin with, by key or by path under `content`.
    pub page: Option<String>,
    /// The port; any that is free when it is zero.
    pub port: u16,
    /// The secrets by which who asks is known.
    pub access: Access,
    /// The program's words, in the language of who reviews.
    pub words: Words,
}

/// Writes a file of the workspace, whole: its path and its bytes.
pub type Write = dyn Fn(&str, &[u8]) -> Result<(), Diagnostic> + Send + Sync;

/// Says a diagnostic in words: what is wrong, and what to do next.
pub type Say = dyn Fn(&Diagnostic) -> (String, Option<String>) + Send + Sync;

/// What the caller does for the server.
pub struct Hands {
    /// Writes a file.
    pub write: Box<Write>,
    /// Says a diagnostic.
    pub say: Box<Say>,
}

impl fmt::Debug for Hands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hands").finish_non_exhaustive()
    }
}

/// Serves until the process is stopped. `ready` is told the address, once it answers.
pub fn serve(
    options: Options,
    hands: Hands,
    ready: &dyn Fn(&str),
) -> Result<(), pipeline::Error> {
    let (port, access) = (options.port, options.access.clone());
    let refusals = Refusals {
        no_key: options.words.text("review-no-key"),
        elsewhere: options.words.text("review-from-elsewhere"),
    };
    let session = Session::open(options, hands)?;
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            let fault = Diagnostic::error("review-port-busy").with("port", port);
            pipeline::Error::Wrong(vec![fault])
        }
        io::ErrorKind::PermissionDenied => {
            let fault = Diagnostic::error("port-refused").with("port", port);
            pipeline::Error::Wrong(vec![fault])
        }
        _ => pipeline::Error::Io {
            path: format!("127.0.0.1:{port}").into(),
            source: error,
        },
    };
    local::runtime().map_err(failed)?.block_on(async {
        let (listener, port) = local::listen(port).await.map_err(failed)?;
        ready(&access.address(port, &session.start));
        let rules = Rules { methods: http::METHODS, policy: http::POLICY, refusals };
        local::serve(listener, port, access, rules, http::router(session)).await;
        Ok(())
    })
}
