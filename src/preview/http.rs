//! Who may ask, and what is answered.
//!
//! The server listens on the loopback interface alone and only answers to its own name, so
//! that no other name that is made to lead here (DNS rebinding) reads drafts. It changes
//! nothing: it can only be asked for what there is.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use tokio::net::TcpListener;

use super::{desk::Desk, page};

/// The server, as its requests share it.
#[derive(Clone)]
struct Server {
    desk: Arc<Desk>,
    /// The hosts that it may be called by.
    hosts: Arc<[String; 2]>,
}

/// Answers until the process is stopped.
pub(super) async fn serve(
    listener: TcpListener,
    port: u16,
    desk: Arc<Desk>,
) -> std::io::Result<()> {
    let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let server = Server { desk, hosts: Arc::new(hosts) };
    axum::serve(listener, Router::new().fallback(answer).with_state(server)).await
}

async fn answer(State(server): State<Server>, request: Request) -> Response {
    let (asked, _) = request.into_parts();
    let host = text(&asked.headers, header::HOST).or(asked.uri.host());
    let mut response = if !host.is_some_and(|it| server.hosts.iter().any(|own| own == it))
    {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    } else if ![Method::GET, Method::HEAD].contains(&asked.method) {
        StatusCode::METHOD_NOT_ALLOWED.into_response()
    } else {
        route(server.desk, asked).await
    };
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        // No page of another site shows drafts, framed or as an image.
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn route(desk: Arc<Desk>, asked: Parts) -> Response {
    let path = percent_encoding::percent_decode_str(asked.uri.path());
    let Ok(path) = path.decode_utf8() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match path.trim_start_matches('/') {
        "-/preview.js" => typed("text/javascript; charset=utf-8", page::SCRIPT),
        "-/preview.css" => typed("text/css; charset=utf-8", page::STYLE),
        "-/problems" => html(page::problems(&desk), StatusCode::OK),
        "-/changes" => changes(&desk, since(&asked)).await,
        path if path.starts_with("pdf/") || path.starts_with("epub/") => {
            made(desk, path.to_owned()).await
        }
        path => file(&desk, path),
    }
}

/// A file of the site, the preview's script put in where it is a page.
fn file(desk: &Desk, path: &str) -> Response {
    let shown = desk.shown();
    let index = match path {
        "" => "index.html".to_owned(),
        path if path.ends_with('/') => format!("{path}index.html"),
        path => path.to_owned(),
    };
    if let Some(bytes) = shown.files.get(&index) {
        let kind = kind(&index);
        return match std::str::from_utf8(bytes) {
            Ok(text) if kind.starts_with("text/html") => {
                html(page::with_script(text, desk), StatusCode::OK)
            }
            _ => typed(&kind, bytes.as_ref().clone()),
        };
    }
    if shown.files.contains_key(&format!("{path}/index.html")) {
        let to = percent_encoding::utf8_percent_encode(path, percent_encoding::CONTROLS);
        return ([(header::LOCATION, format!("/{to}/"))], StatusCode::FOUND)
            .into_response();
    }
    if shown.stopped {
        return html(page::problems(desk), StatusCode::INTERNAL_SERVER_ERROR);
    }
    html(page::absent(desk, path), StatusCode::NOT_FOUND)
}

/// A PDF or a book, made now.
async fn made(desk: Arc<Desk>, path: String) -> Response {
    let (maker, wished) = (Arc::clone(&desk), path.clone());
    match tokio::task::spawn_blocking(move || maker.file(&wished)).await {
        Ok(Ok(Some(bytes))) => typed(&kind(&path), bytes.as_ref().clone()),
        Ok(Ok(None)) => html(page::absent(&desk, &path), StatusCode::NOT_FOUND),
        Ok(Err(faults)) => {
            html(page::faults(&desk, &faults), StatusCode::INTERNAL_SERVER_ERROR)
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// One server-sent event, once the site was built again; the browser then asks anew.
async fn changes(desk: &Desk, since: u64) -> Response {
    let now = desk.after(since).await;
    typed("text/event-stream", format!("retry: 300\nid: {now}\ndata: {now}\n\n"))
}

/// The build that the browser shows: the last one that it was told of, else its page's.
fn since(asked: &Parts) -> u64 {
    let last = text(&asked.headers, header::HeaderName::from_static("last-event-id"));
    let own = asked.uri.query().and_then(|it| it.strip_prefix("since="));
    last.or(own).and_then(|it| it.parse().ok()).unwrap_or_default()
}

fn html(text: String, status: StatusCode) -> Response {
    (status, typed("text/html; charset=utf-8", text)).into_response()
}

fn typed(kind: &str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    if let Ok(kind) = HeaderValue::from_str(kind) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

fn kind(path: &str) -> String {
    let kind = mime_guess::from_path(path).first_raw();
    let kind = kind.unwrap_or("application/octet-stream");
    match kind.starts_with("text/") || kind.ends_with("xml") {
        true => format!("{kind}; charset=utf-8"),
        false => kind.to_owned(),
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}
