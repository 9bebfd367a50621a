//! The page on which translations are reviewed: a small server for one person, on this
//! machine alone.
//!
//! French and its translation stand side by side, as the site shows them; a unit is read,
//! corrected, checked and saved into its catalogue at once.
//!
//! - `session`: what is being reviewed, and a page of it with its catalogue;
//! - `save`: a correction, checked and written, refused when the file has changed;
//! - `page`: what the browser is shown;
//! - `http`: who may ask, and what is answered.
//!
//! Nothing is written here: the caller gives the hand that writes.

mod changes;
mod http;
mod page;
mod save;
mod session;

use std::{fmt, net::SocketAddr, sync::Arc};

use self::session::Session;
use crate::{
    diagnostic::Diagnostic,
    document::Language,
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
    /// What must stand in each address: nobody else on this machine knows it.
    pub token: String,
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
    let port = options.port;
    let session = Session::open(options, hands)?;
    let place = SocketAddr::from(([127, 0, 0, 1], port));
    let failed = |source| pipeline::Error::Io { path: place.to_string().into(), source };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(failed)?.block_on(async {
        let listener = tokio::net::TcpListener::bind(place).await.map_err(|it| {
            if it.kind() == std::io::ErrorKind::AddrInUse {
                let fault = Diagnostic::error("review-port-busy").with("port", port);
                pipeline::Error::Wrong(vec![fault])
            } else {
                failed(it)
            }
        })?;
        let port = listener.local_addr().map_err(failed)?.port();
        ready(&session.address(port));
        http::serve(listener, port, Arc::new(session)).await.map_err(failed)
    })
}
