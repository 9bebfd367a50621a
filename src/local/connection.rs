//! How many ask at once, and for how long: whoever is slow, on purpose or not, keeps
//! nobody waiting for ever.

use std::{io, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tokio_io_timeout::TimeoutStream;

/// How many may be connected. A browser opens six; each page that is open in the preview
/// holds one of them.
const MOST_CONNECTIONS: usize = 64;

/// The largest head of a request.
const LARGEST_HEAD: usize = 16 << 10;

/// How long the head of a request may take, or be waited for on a connection that is kept.
const HEAD_PATIENCE: Duration = Duration::from_secs(10);

/// How long who asks may take none of the answer.
const WRITE_PATIENCE: Duration = Duration::from_secs(30);

/// How long to wait when the machine has no connection to give.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers each connection, for ever.
pub(super) async fn accept(listener: TcpListener, router: Router) {
    let seats = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let seat = Arc::clone(&seats).acquire_owned().await;
        let seat = seat.expect("nothing closes it");
        match listener.accept().await {
            Ok((stream, _)) => {
                let router = router.clone();
                tokio::spawn(async move {
                    answer(stream, router).await;
                    drop(seat);
                });
            }
            Err(error) => {
                drop(seat);
                if !is_of_one_connection(&error) {
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }
}

/// Answers what is asked on a connection. That it ends badly is the other side's affair.
async fn answer(stream: TcpStream, router: Router) {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_PATIENCE));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(
            TokioIo::new(Box::pin(stream)),
            TowerToHyperService::new(router),
        );
    drop(connection.await);
}

/// Whether a fault is that of a connection which went away, not the machine's.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
