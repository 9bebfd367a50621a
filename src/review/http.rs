//! Who may ask, and what is answered.
//!
//! The server listens on the loopback interface, where every program and every page that
//! is open in a browser of this machine can knock. It answers who knows the token in the
//! address; who asks for this very host, so that no name that is made to lead here
//! (DNS rebinding) does; and it takes corrections from its own pages alone.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Query, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use tokio::net::TcpListener;

use super::{
    page,
    save::{self, Answer},
    session::Session,
};
use crate::{document::Language, pipeline::Error, render::html};

/// The largest correction that is read.
const LARGEST_BODY: usize = 512 << 10;

/// What a page may load and do: what is ours, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// The server, as its parts share it.
#[derive(Clone)]
struct Server {
    session: Arc<Session>,
    /// The hosts that it may be called by.
    hosts: Arc<[String; 2]>,
}

/// Answers until the process is stopped.
pub(super) async fn serve(
    listener: TcpListener,
    port: u16,
    session: Arc<Session>,
) -> std::io::Result<()> {
    let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let server = Server { session, hosts: Arc::new(hosts) };
    axum::serve(listener, router(server)).await
}

fn router(server: Server) -> Router {
    let at = |path: &str| format!("/{}/{path}", server.session.token);
    Router::new()
        .route(&at(""), get(list))
        .route(&at("page"), get(sheet))
        .route(&at("files"), get(file))
        .route(&at("assets/site.css"), get(site_style))
        .route(&at("assets/review.css"), get(style))
        .route(&at("assets/review.js"), get(script))
        .route(&at("api/check"), post(check))
        .route(&at("api/save"), post(correct))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn_with_state(server.clone(), guard))
        .with_state(server)
}

/// Lets in who may ask, and says on every answer what its page may do.
async fn guard(State(server): State<Server>, request: Request, next: Next) -> Response {
    let mut response = match server.refusal(&request) {
        Some(status) => refusal(status),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for name in ["cross-origin-opener-policy", "cross-origin-resource-policy"] {
        headers.insert(name, HeaderValue::from_static("same-origin"));
    }
    response
}

impl Server {
    /// Why a request is not answered, if it is not.
    fn refusal(&self, request: &Request) -> Option<StatusCode> {
        let headers = request.headers();
        let host = text(headers, header::HOST).or(request.uri().host());
        if !host.is_some_and(|it| self.hosts.iter().any(|own| own == it)) {
            return Some(StatusCode::MISDIRECTED_REQUEST);
        }
        if !self.knows_the_token(request.uri()) {
            return Some(StatusCode::FORBIDDEN);
        }
        let reads = [Method::GET, Method::HEAD].contains(request.method());
        if !reads && !self.is_own_page(headers) {
            return Some(StatusCode::FORBIDDEN);
        }
        None
    }

    fn knows_the_token(&self, uri: &Uri) -> bool {
        let given = uri.path().split('/').nth(1).unwrap_or_default().as_bytes();
        let token = self.session.token.as_bytes();
        // The time that it takes tells nothing of the signs that are right.
        let wrong = given.iter().zip(token).fold(0, |wrong, (a, b)| wrong | (a ^ b));
        given.len() == token.len() && wrong == 0
    }

    /// Whether a request that changes something comes from a page of this server.
    fn is_own_page(&self, headers: &HeaderMap) -> bool {
        let origin = text(headers, header::ORIGIN).unwrap_or_default();
        let host = origin.strip_prefix("http://").unwrap_or_default();
        let site = headers
            .get("sec-fetch-site")
            .map_or(b"same-origin".as_slice(), |it| it.as_bytes());
        let kind = text(headers, header::CONTENT_TYPE).unwrap_or_default();
        self.hosts.iter().any(|own| own == host)
            && site == b"same-origin"
            && kind.split(';').next() == Some("application/json")
    }

    fn language(&self, tag: &str) -> Option<&Language> {
        self.session.languages.iter().find(|it| it.as_str() == tag)
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Which page is asked for.
#[derive(Debug, Deserialize)]
struct Place {
    language: Option<String>,
    #[serde(default)]
    page: String,
}

/// Which file is asked for.
#[derive(Debug, Deserialize)]
struct Name {
    path: String,
}

async fn list(State(server): State<Server>, Query(place): Query<Place>) -> Response {
    let session = &server.session;
    let language = match &place.language {
        Some(tag) => server.language(tag),
        None => session.languages.first(),
    };
    let Some(language) = language else { return refusal(StatusCode::NOT_FOUND) };
    match session.pages(language) {
        Ok(pages) => shown(page::list(session, language, &pages)),
        Err(error) => failed(session, &error),
    }
}

async fn sheet(State(server): State<Server>, Query(place): Query<Place>) -> Response {
    let session = &server.session;
    let tag = place.language.as_deref().unwrap_or_default();
    let Some(language) = server.language(tag) else {
        return refusal(StatusCode::NOT_FOUND);
    };
    match session.sheet(language, &place.page) {
        Ok(Some(found)) => shown(page::sheet(session, language, &place.page, &found)),
        Ok(None) => refusal(StatusCode::NOT_FOUND),
        Err(error) => failed(session, &error),
    }
}

/// An image that a page shows. Only what the site has found among the pages is there.
async fn file(State(server): State<Server>, Query(name): Query<Name>) -> Response {
    match server.session.site() {
        Ok(site) => match site.resources.get(&name.path) {
            Some(file) => typed(file.media_type, Body::from(file.bytes.to_vec())),
            None => refusal(StatusCode::NOT_FOUND),
        },
        Err(error) => failed(&server.session, &error),
    }
}

async fn site_style(State(server): State<Server>) -> Response {
    let style = html::style(&server.session.theme).to_vec();
    typed("text/css; charset=utf-8", Body::from(style))
}

async fn style() -> Response {
    typed("text/css; charset=utf-8", Body::from(page::STYLE))
}

async fn script() -> Response {
    typed("text/javascript; charset=utf-8", Body::from(page::SCRIPT))
}

async fn check(State(server): State<Server>, body: Bytes) -> Response {
    answered(&server.session, &body, save::check)
}

async fn correct(State(server): State<Server>, body: Bytes) -> Response {
    answered(&server.session, &body, save::save)
}

/// Reads a request and answers it. Nothing here waits, so requests follow one another:
/// between the reading of a catalogue and its writing there is no other.
fn answered(
    session: &Session,
    body: &[u8],
    work: fn(&Session, &save::Request) -> Result<Answer, Error>,
) -> Response {
    let Ok(request) = serde_json::from_slice(body) else {
        return refusal(StatusCode::BAD_REQUEST);
    };
    match work(session, &request) {
        Ok(Answer::Done(it)) => told(StatusCode::OK, &it),
        Ok(Answer::Absent) => told(StatusCode::NOT_FOUND, &json!({})),
        Ok(Answer::Refused(it)) => {
            told(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "faults": it }))
        }
        Ok(Answer::Conflict(it)) => told(StatusCode::CONFLICT, &it),
        Ok(Answer::Damaged(it)) => told(StatusCode::LOCKED, &json!({ "faults": it })),
        Err(error) => {
            let faults = save::told(session, &error);
            told(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "faults": faults }))
        }
    }
}

fn told(status: StatusCode, answer: &Json) -> Response {
    (status, typed("application/json", Body::from(answer.to_string()))).into_response()
}

fn shown(page: Result<String, minijinja::Error>) -> Response {
    match page {
        Ok(text) => typed("text/html; charset=utf-8", Body::from(text)),
        Err(error) => {
            debug_assert!(false, "a template asks for what it is not given: {error}");
            refusal(StatusCode::INTERNAL_SERVER_ERROR)
        }
    }
}

/// Says in plain words why a page cannot be shown.
fn failed(session: &Session, error: &Error) -> Response {
    let faults = save::told(session, error);
    let lines = faults.as_array().into_iter().flatten().flat_map(|it| {
        let texts = [&it["message"], &it["hint"]];
        texts.map(|it| it.as_str().unwrap_or_default().to_owned())
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let body = typed("text/plain; charset=utf-8", Body::from(text));
    (StatusCode::INTERNAL_SERVER_ERROR, body).into_response()
}

fn refusal(status: StatusCode) -> Response {
    (status, typed("text/plain; charset=utf-8", Body::from(format!("{status}\n"))))
        .into_response()
}

fn typed(kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
