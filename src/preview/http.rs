//! What is asked, and what is answered. Who may ask is `local`'s to say.
//!
//! The server changes nothing: it can only be asked for what there is.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};

use super::{
    desk::{Asked, Desk, Shared},
    page,
};
use crate::local::header_text;

/// The methods that are answered.
pub(super) const METHODS: &[Method] = &[Method::GET, Method::HEAD];

/// What a page may load and do. Images and films may be others', as on the site itself.
pub(super) const POLICY: &str = "default-src 'self'; img-src * data:; media-src *; \
    style-src 'self' 'unsafe-inline'; font-src 'self' data:; object-src 'none'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The same for a site with a theme of its own, whose maker may load what he likes.
const THEME_POLICY: &str = "default-src 'self' https: data: 'unsafe-inline'; \
    img-src * data:; media-src *; object-src 'none'; frame-ancestors 'none'";

/// What a file may do that was attached to a page: be looked at.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
    img-src data:; media-src 'self'; frame-ancestors 'none'; sandbox";

/// A PDF is shown by a part of the browser, which no sandbox lets work.
const PDF_POLICY: &str = "frame-ancestors 'none'";

/// How long a browser waits for a change before it asks anew.
const CHANGE_PATIENCE: Duration = Duration::from_secs(60);

/// What is answered.
pub(super) fn router(desk: Arc<Desk>) -> Router {
    Router::new().fallback(answer).with_state(desk)
}

async fn answer(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let (asked, _) = request.into_parts();
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
            made(desk, path).await
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
    if let Some(found) = shown.files.get(&index) {
        return shared(found, &kind(&index), shown.has_theme, desk);
    }
    if shown.files.contains_key(&format!("{path}/index.html")) {
        let to = percent_encoding::utf8_percent_encode(path, percent_encoding::CONTROLS);
        let to = format!("{}/{to}/", desk.base);
        return (StatusCode::FOUND, [(header::LOCATION, to)]).into_response();
    }
    if shown.stopped {
        return html(page::problems(desk), StatusCode::INTERNAL_SERVER_ERROR);
    }
    html(page::absent(desk, path), StatusCode::NOT_FOUND)
}

/// A file of the site. What an author attached to a page is shown, but does nothing: it
/// would be a page of this server's own, which can read all others.
fn shared(file: &Shared, kind: &str, has_theme: bool, desk: &Desk) -> Response {
    let is_page = kind.starts_with("text/html") && file.is_ours;
    let mut response = match std::str::from_utf8(&file.bytes) {
        Ok(text) if is_page => html(page::with_script(text, desk), StatusCode::OK),
        _ => typed(kind, file.bytes.as_ref().clone()),
    };
    let policy = match kind {
        _ if is_page && has_theme => THEME_POLICY,
        _ if file.is_ours => POLICY,
        "application/pdf" => PDF_POLICY,
        _ => FILE_POLICY,
    };
    limit(&mut response, policy);
    response
}

/// Says what a browser lets a file do.
fn limit(response: &mut Response, policy: &'static str) {
    let policy = HeaderValue::from_static(policy);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
}

/// A PDF or a book, made now.
async fn made(desk: Arc<Desk>, path: &str) -> Response {
    let made = match desk.file(path).await {
        Asked::Made(made) => made,
        Asked::Busy => {
            let later = [(header::RETRY_AFTER, "5")];
            return (StatusCode::SERVICE_UNAVAILABLE, later).into_response();
        }
        Asked::Failed => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    match made {
        Ok(Some(bytes)) => {
            let mut response = typed(&kind(path), bytes.as_ref().clone());
            limit(&mut response, PDF_POLICY);
            response
        }
        Ok(None) => html(page::absent(&desk, path), StatusCode::NOT_FOUND),
        Err(faults) => {
            html(page::faults(&desk, &faults), StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// One server-sent event, once the site was built again; the browser then asks anew. So it
/// does when nothing has changed for a while: no connection is kept for ever.
async fn changes(desk: &Desk, since: u64) -> Response {
    let text = match tokio::time::timeout(CHANGE_PATIENCE, desk.after(since)).await {
        Ok(now) => format!("retry: 300\nid: {now}\ndata: {now}\n\n"),
        Err(_) => "retry: 300\n\n".to_owned(),
    };
    typed("text/event-stream", text)
}

/// The build that the browser shows: the last one that it was told of, else its page's.
fn since(asked: &Parts) -> u64 {
    let name = HeaderName::from_static("last-event-id");
    let last = header_text(&asked.headers, &name);
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
