//! A server for one person, on this machine alone: what `review` and `preview` share.
//!
//! It listens on the loopback interface, where every user, every program and every page
//! that is open in a browser of this machine can knock. Who is let in, and what each answer
//! may do, is decided in `guard` for both.
//!
//! - `guard`: who may ask;
//! - `connection`: how many at once, and for how long.

mod connection;
mod guard;

use std::{io, net::SocketAddr};

use axum::Router;
use tokio::net::TcpListener;

pub use self::guard::{Access, Refusals, Rules, header_text};

/// How many threads may do what takes long, such as a build that was asked for.
const BLOCKING_THREADS: usize = 4;

/// The runtime on which a server answers: one thread, and a few for what takes long.
///
/// # Errors
///
/// When the machine has no room for it.
pub fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .max_blocking_threads(BLOCKING_THREADS)
        .enable_all()
        .build()
}

/// A place on the loopback interface; any port that is free when it is zero.
///
/// # Errors
///
/// When the port cannot be had.
pub async fn listen(port: u16) -> io::Result<(TcpListener, u16)> {
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await?;
    let port = listener.local_addr()?.port();
    Ok((listener, port))
}

/// Answers until the process is stopped, to who may ask.
pub async fn serve(
    listener: TcpListener,
    port: u16,
    access: Access,
    rules: Rules,
    router: Router,
) {
    connection::accept(listener, guard::guarded(router, port, access, rules)).await;
}
