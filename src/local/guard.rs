//! Who may ask, and what each answer may do.
//!
//! A request is answered when all of this holds:
//!
//! 1. it asks for this very host, so that no other name which is made to lead here
//!    (DNS rebinding) is answered;
//! 2. its method is one that the server has; what changes something comes from a page of
//!    the server's own, as JSON;
//! 3. no page of another site sent it, as far as its browser says, unless it knows the key
//!    and is to be shown as a page of its own: so a file leads the browser here that is opened;
//! 4. its path begins with the room, a part that is new each time the server starts;
//! 5. it knows the key, or has the cookie that was given to who knew it.
//!
//! The key stands in the address that is shown to who starts the server. It is taken out of
//! the address at once: the browser gets a cookie, and is sent on to the address without
//! it. Cookies are the same for all ports of a host, so a server of another user of this
//! machine would be sent ours; therefore it holds for the room alone, whose name nobody
//! else knows either.

use std::{fmt, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode, Uri,
        header::{self, HeaderName},
        uri::PathAndQuery,
    },
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use subtle::ConstantTimeEq as _;
use url::form_urlencoded;

/// The part of an address that holds the key.
const KEY: &str = "key";

/// What the cookie is called.
const COOKIE: &str = "plantin";

/// How long what changes something may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// The secrets of a server, new each time that it starts.
#[derive(Clone)]
pub struct Access {
    /// The first part of each path.
    pub room: String,
    /// What must stand in the first address.
    pub key: String,
    /// What the browser shows from then on.
    pub cookie: String,
}

/// Secrets are not written anywhere.
impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").finish_non_exhaustive()
    }
}

impl Access {
    /// The address of a path of the server, for who may open it.
    pub fn address(&self, port: u16, path: &str) -> String {
        let sign = if path.contains('?') { '&' } else { '?' };
        format!("http://127.0.0.1:{port}/{}/{path}{sign}{KEY}={}", self.room, self.key)
    }
}

/// What is said to who is not let in, in the user's language.
#[derive(Clone, Debug)]
pub struct Refusals {
    /// To who does not know the address.
    pub no_key: String,
    /// To who comes from a page of another site.
    pub elsewhere: String,
}

/// What a server has, and what its pages may do.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The methods that it knows.
    pub methods: &'static [Method],
    /// What a page may load and do, where its answer does not say.
    pub policy: &'static str,
    /// What is said to who is not let in.
    pub refusals: Refusals,
}

/// A server's guard, as its requests share it.
#[derive(Clone)]
struct Guard {
    access: Arc<Access>,
    rules: Arc<Rules>,
    /// The hosts that it may be called by.
    hosts: Arc<Vec<String>>,
}

/// Puts a guard before a router. The router sees paths without the room.
pub(super) fn guarded(router: Router, port: u16, access: Access, rules: Rules) -> Router {
    let guard = Guard {
        access: Arc::new(access),
        rules: Arc::new(rules),
        hosts: Arc::new(hosts(port)),
    };
    Router::new()
        .fallback_service(router)
        .layer(middleware::from_fn_with_state(guard, watch))
}

/// The names of this machine by which a port is called. A browser leaves out the one that
/// is usual.
fn hosts(port: u16) -> Vec<String> {
    let names = ["127.0.0.1", "localhost"];
    let usual = names.iter().filter(|_| port == 80).map(|it| (*it).to_owned());
    usual.chain(names.map(|it| format!("{it}:{port}"))).collect()
}

/// Why a request is not answered as it was meant.
#[derive(Debug)]
enum Stop {
    Refused(StatusCode),
    Said(StatusCode, String),
    /// It knows the key: it is sent on to this address, with the cookie.
    Let(String),
    /// It knows the key, and a page of another place led its browser here: it is given the
    /// cookie with a page of ours that leads on, since a browser shows the cookie to nobody
    /// whom another place sends on.
    Welcome(String),
}

/// Lets in who may ask, and says on every answer what its page may do.
async fn watch(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let mut response = match guard.admitted(request) {
        Ok(request) => answer(request, next).await,
        Err(stop) => guard.stopped(stop),
    };
    let headers = response.headers_mut();
    let policy = HeaderValue::from_static(guard.rules.policy);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The router's answer. What is sent to be written arrives in time, or not at all.
async fn answer(request: Request, next: Next) -> Response {
    if reads(request.method()) {
        return next.run(request).await;
    }
    let answered = tokio::time::timeout(BODY_PATIENCE, next.run(request)).await;
    answered.unwrap_or_else(|_| refusal(StatusCode::REQUEST_TIMEOUT))
}

fn reads(method: &Method) -> bool {
    [Method::GET, Method::HEAD].contains(method)
}

impl Guard {
    /// A request that is let in, as the router is to see it.
    fn admitted(&self, mut request: Request) -> Result<Request, Stop> {
        let headers = request.headers();
        if !self.is_called(headers, request.uri()) {
            return Err(Stop::Refused(StatusCode::MISDIRECTED_REQUEST));
        }
        if !self.rules.methods.contains(request.method()) {
            return Err(Stop::Refused(StatusCode::METHOD_NOT_ALLOWED));
        }
        if is_led_here(headers)
            && reads(request.method())
            && let Some(path) = self.inside(request.uri().path())
            && let Some(rest) = self.without_key(request.uri().query())
        {
            return Err(Stop::Welcome(format!("/{}{path}{rest}", self.access.room)));
        }
        self.comes_from_here(headers)?;
        let Some(path) = self.inside(request.uri().path()) else {
            return Err(self.unknown());
        };
        if reads(request.method())
            && let Some(rest) = self.without_key(request.uri().query())
        {
            return Err(Stop::Let(format!("/{}{path}{rest}", self.access.room)));
        }
        if !self.has_cookie(headers) {
            return Err(self.unknown());
        }
        if !reads(request.method()) && !self.is_own_page(headers) {
            return Err(Stop::Refused(StatusCode::FORBIDDEN));
        }
        let query = request.uri().query().map(|it| format!("?{it}")).unwrap_or_default();
        let inner = PathAndQuery::try_from(format!("{path}{query}"));
        let inner = inner.map_err(|_| Stop::Refused(StatusCode::BAD_REQUEST))?;
        *request.uri_mut() = Uri::from(inner);
        Ok(request)
    }

    /// Whether a request is meant for this server: by every name that it gives.
    fn is_called(&self, headers: &HeaderMap, uri: &Uri) -> bool {
        let own = |it: &[u8]| self.hosts.iter().any(|own| own.as_bytes() == it);
        let mut given = headers.get_all(header::HOST).iter();
        let named = given.next().is_some_and(|it| own(it.as_bytes()));
        let line = uri.authority().is_none_or(|it| own(it.as_str().as_bytes()));
        named && given.next().is_none() && line
    }

    /// Refuses what a page of another site sent; a port of this machine is another site.
    fn comes_from_here(&self, headers: &HeaderMap) -> Result<(), Stop> {
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        let is_own =
            site.is_none_or(|it| [b"same-origin".as_slice(), b"none"].contains(&it));
        let origin = headers.get(header::ORIGIN);
        if is_own && origin.is_none_or(|it| self.is_own_origin(it)) {
            return Ok(());
        }
        Err(Stop::Said(StatusCode::FORBIDDEN, self.rules.refusals.elsewhere.clone()))
    }

    fn is_own_origin(&self, origin: &HeaderValue) -> bool {
        let host = origin.as_bytes().strip_prefix(b"http://").unwrap_or_default();
        self.hosts.iter().any(|own| own.as_bytes() == host)
    }

    /// A path without the room, if it begins with it.
    fn inside<'a>(&self, path: &'a str) -> Option<&'a str> {
        let rest = path.strip_prefix('/')?;
        let end = rest.find('/')?;
        same(&rest[..end], &self.access.room).then(|| &rest[end..])
    }

    /// The query without the key, where the right one is in it.
    fn without_key(&self, query: Option<&str>) -> Option<String> {
        let query = query?;
        let pairs = || form_urlencoded::parse(query.as_bytes());
        pairs().find(|it| it.0 == KEY && same(&it.1, &self.access.key))?;
        let kept: Vec<&str> = query
            .split('&')
            .filter(|it| it.split('=').next() != Some(KEY) && !it.is_empty())
            .collect();
        Some(if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) })
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let cookies = headers.get_all(header::COOKIE).iter();
        let texts = cookies.filter_map(|it| it.to_str().ok());
        texts.flat_map(|it| it.split(';')).any(|it| {
            let (name, value) = it.trim().split_once('=').unwrap_or_default();
            name == COOKIE && same(value, &self.access.cookie)
        })
    }

    /// Whether what changes something comes from a page of this server.
    fn is_own_page(&self, headers: &HeaderMap) -> bool {
        let kind = header_text(headers, &header::CONTENT_TYPE).unwrap_or_default();
        headers.contains_key(header::ORIGIN)
            && kind.split(';').next() == Some("application/json")
    }

    fn unknown(&self) -> Stop {
        Stop::Said(StatusCode::FORBIDDEN, self.rules.refusals.no_key.clone())
    }

    /// The answer to who is not let in. It is the last on its connection: places are few.
    fn stopped(&self, stop: Stop) -> Response {
        let mut response = match stop {
            Stop::Refused(status) => refusal(status),
            Stop::Said(status, text) => plain(status, format!("{text}\n")),
            Stop::Let(to) => return self.sent_on(&to),
            Stop::Welcome(to) => return self.welcomed(&to),
        };
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
        response
    }

    fn sent_on(&self, to: &str) -> Response {
        let headers =
            [(header::LOCATION, to.to_owned()), (header::SET_COOKIE, self.given())];
        (StatusCode::SEE_OTHER, headers).into_response()
    }

    fn welcomed(&self, to: &str) -> Response {
        let to = to.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        let page = format!(
            "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Plantin</title>\n\
             <meta http-equiv=\"refresh\" content=\"0;url={to}\">\n"
        );
        let kind = "text/html; charset=utf-8".to_owned();
        let headers = [(header::CONTENT_TYPE, kind), (header::SET_COOKIE, self.given())];
        (StatusCode::OK, headers, Body::from(page)).into_response()
    }

    /// The cookie, as it is given.
    fn given(&self) -> String {
        let Access { room, cookie, .. } = &*self.access;
        format!("{COOKIE}={cookie}; Path=/{room}/; HttpOnly; SameSite=Strict")
    }
}

/// Whether a page of another place leads a browser here, as a link does: it is to show what is
/// answered as a page of its own, and tells nothing of it to who led it here. The file with
/// which a browser is opened is such a place.
fn is_led_here(headers: &HeaderMap) -> bool {
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|it| it == value);
    is("sec-fetch-site", "cross-site")
        && is("sec-fetch-mode", "navigate")
        && is("sec-fetch-dest", "document")
        && !headers.contains_key(header::ORIGIN)
}

/// Whether a secret is known. The time that it takes tells nothing of the signs that are
/// right.
fn same(given: &str, secret: &str) -> bool {
    given.as_bytes().ct_eq(secret.as_bytes()).into()
}

fn refusal(status: StatusCode) -> Response {
    plain(status, format!("{status}\n"))
}

fn plain(status: StatusCode, text: String) -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (status, kind, Body::from(text)).into_response()
}

/// A header's text, if it has one.
pub fn header_text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
