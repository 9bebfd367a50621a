//! What is asked, and what is answered. Who may ask is `local`'s to say.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Query, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{
    page,
    save::{self, Answer},
    session::Session,
};
use crate::{document::Language, pipeline::Error, render::html};

/// The largest correction that is read.
const LARGEST_BODY: usize = 512 << 10;

/// The methods that are answered.
pub(super) const METHODS: &[Method] = &[Method::GET, Method::HEAD, Method::POST];

/// What a page may load and do: what is ours, and nothing else.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// What an image may do that is opened by itself: a drawing can hold a script.
const IMAGE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// The server, as its parts share it.
#[derive(Clone)]
struct Server {
    session: Arc<Session>,
}

/// What is answered, by its path.
pub(super) fn router(session: Session) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/page", get(sheet))
        .route("/files", get(file))
        .route("/assets/site.css", get(site_style))
        .route("/assets/review.css", get(style))
        .route("/assets/review.js", get(script))
        .route("/api/check", post(check))
        .route("/api/save", post(correct))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(Server { session: Arc::new(session) })
}

impl Server {
    fn language(&self, tag: &str) -> Option<&Language> {
        self.session.languages.iter().find(|it| it.as_str() == tag)
    }
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

/// An image that a page shows. Only what the site has found among the pages is there, and
/// of that only images: another file would be a page of this server's own to a browser.
async fn file(State(server): State<Server>, Query(name): Query<Name>) -> Response {
    let site = match server.session.site() {
        Ok(site) => site,
        Err(error) => return failed(&server.session, &error),
    };
    let image = site.resources.get(&name.path);
    let Some(image) = image.filter(|it| it.media_type.starts_with("image/")) else {
        return refusal(StatusCode::NOT_FOUND);
    };
    let mut response = typed(image.media_type, Body::from(image.bytes.to_vec()));
    let policy = HeaderValue::from_static(IMAGE_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

async fn site_style(State(server): State<Server>) -> Response {
    let style = html::style(&server.session.theme).into_owned();
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
