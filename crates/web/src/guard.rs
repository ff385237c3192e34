//! Who is let in: the key of this start, this host, this origin, known methods, small bodies; and the headers of every answer.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, HeaderName, ORIGIN, REFERRER_POLICY,
    SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::{App, entered};
use crate::fault::Fault;
use crate::locked::hold;
use crate::start;

/// The most that a question may carry.
const LARGEST_BODY: usize = 1 << 20;
/// The most that a spreadsheet may have which a case is started from.
const LARGEST_FILE: usize = 32 << 20;
/// How long a question may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);
/// The header that a page of ours sends with whatever changes something: no form of another page can.
const CHANGES: HeaderName = HeaderName::from_static("x-detente");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The headers of every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (CACHE_CONTROL, "no-store"),
    (CONTENT_SECURITY_POLICY, "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Lets a question in, or says why not; and puts the headers on the answer.
pub(crate) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let is_page = !request.uri().path().starts_with("/api");
    let mut response = match let_in(&app, request).await {
        Ok(Entry::Asks(request)) => next.run(*request).await,
        Ok(Entry::Enters(cookie)) => ([(SET_COOKIE, cookie)], entered()).into_response(),
        Err(fault) if is_page => page_of(&fault),
        Err(fault) => fault.into_response(),
    };
    // What the library refuses by itself, such as an address that is no text.
    let said = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if response.status().is_client_error() && said.starts_with("text/plain") {
        response = Fault::new(response.status(), "This address cannot be read. Go back to the workbench at `/`.")
            .into_response();
    }
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Somebody at the door.
enum Entry {
    /// With a question.
    Asks(Box<Request>),
    /// With the key, for the first time: the cookie that stands for it from now on.
    Enters(String),
}

async fn let_in(app: &App, request: Request) -> Result<Entry, Fault> {
    let host = host_of(&request, app.port)?;
    let headers = request.headers();
    if !matches!(one(headers, &FETCH_SITE)?, None | Some("same-origin" | "none")) {
        return Err(Fault::new(
            StatusCode::FORBIDDEN,
            "Another page sent you here. Open the address that the program printed when it started.",
        ));
    }
    let asks = [Method::GET, Method::HEAD].contains(request.method());
    if !asks && ![Method::POST, Method::DELETE].contains(request.method()) {
        return Err(wrong_method());
    }
    if asks
        && request.uri().path() == "/"
        && let Some(shown) = key_in(request.uri().query())
    {
        let once = || hold(&app.once).take_if(|once| once.is(&shown)).is_some();
        if !app.token.is(&shown) && !once() {
            return Err(no_key());
        }
        return Ok(Entry::Enters(format!(
            "{}={}; HttpOnly; SameSite=Strict; Path=/",
            cookie_name(app.port),
            app.token.text()
        )));
    }
    if !has_cookie(headers, app) {
        return Err(no_key());
    }
    if asks {
        return Ok(Entry::Asks(Box::new(request)));
    }
    let ours = format!("http://{host}");
    if one(headers, &ORIGIN)? != Some(ours.as_str()) || one(headers, &CHANGES)? != Some("1") {
        return Err(Fault::new(
            StatusCode::FORBIDDEN,
            "Only the pages of the workbench may change something. Open the address that the program printed.",
        ));
    }
    let (parts, body) = request.into_parts();
    let largest = if app.desk.is_some() && parts.uri.path() == start::PATH { LARGEST_FILE } else { LARGEST_BODY };
    let read = tokio::time::timeout(BODY_TIME, to_bytes(body, largest)).await;
    let bytes = read
        .map_err(|_| Fault::new(StatusCode::REQUEST_TIMEOUT, "The question did not arrive in time. Send it again."))?
        .map_err(|_| {
            let most = largest >> 20;
            Fault::new(StatusCode::PAYLOAD_TOO_LARGE, format!("At most {most} MB can be sent at once. Send less."))
        })?;
    Ok(Entry::Asks(Box::new(Request::from_parts(parts, Body::from(bytes)))))
}

/// The host asked for, which must be this computer by its own name.
fn host_of(request: &Request, port: u16) -> Result<String, Fault> {
    let other = || {
        Fault::new(
            StatusCode::MISDIRECTED_REQUEST,
            "This program answers under 127.0.0.1 and localhost alone. Open the address that it printed.",
        )
    };
    let named = one(request.headers(), &HOST)?.ok_or_else(other)?.to_owned();
    let ours = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    // An address with a host in it, as proxies send it, must name the same.
    let in_address = request.uri().authority().is_none_or(|authority| authority.as_str() == named);
    if ours.contains(&named) && in_address { Ok(named) } else { Err(other()) }
}

/// The one value of a header.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, Fault> {
    let mut values = headers.get_all(name).iter();
    match (values.next().map(HeaderValue::to_str), values.next()) {
        (None, _) => Ok(None),
        (Some(Ok(value)), None) => Ok(Some(value)),
        _ => Err(Fault::question(format!("The header `{name}` cannot be read or stands twice."))),
    }
}

fn key_in(query: Option<&str>) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query?.as_bytes());
    pairs.find(|(name, _)| name == "token").map(|(_, value)| value.into_owned())
}

fn cookie_name(port: u16) -> String {
    format!("detente-{port}")
}

/// Whether one of the cookies is the key. Cookies of other programs on this computer stand beside it.
fn has_cookie(headers: &HeaderMap, app: &App) -> bool {
    let name = cookie_name(app.port);
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(other, _)| *other == name).any(|(_, value)| app.token.is(value))
}

fn no_key() -> Fault {
    Fault::new(
        StatusCode::FORBIDDEN,
        "Open the address that the program printed when it started: it carries the key that lets you in.",
    )
}

/// That this cannot be done here.
pub(crate) fn wrong_method() -> Fault {
    Fault::new(StatusCode::METHOD_NOT_ALLOWED, "This cannot be done at this address. Go back to the workbench at `/`.")
}

/// A fault where a page was asked for.
fn page_of(fault: &Fault) -> Response {
    let escaped = fault.sentence.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Détente</title>\n<h1>Détente</h1>\n<p>{escaped}</p>\n</html>\n"
    );
    (fault.status, [(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}
