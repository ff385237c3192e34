//! The pages themselves: the bundle of `workbench/`, inside the program, under fixed names.

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// A file of the bundle: where it is found, what it is, what it holds.
type Asset = (&'static str, &'static str, &'static [u8]);

/// What runs in the browser.
pub(crate) const SCRIPT: &[u8] = include_bytes!("../assets/app.js");
/// How it looks.
pub(crate) const STYLE: &[u8] = include_bytes!("../assets/app.css");

/// The files of the bundle.
pub(crate) const FILES: [Asset; 4] = [
    ("/", "text/html; charset=utf-8", include_bytes!("../assets/index.html")),
    ("/app.js", "text/javascript; charset=utf-8", SCRIPT),
    ("/app.css", "text/css; charset=utf-8", STYLE),
    ("/favicon.svg", "image/svg+xml", include_bytes!("../assets/favicon.svg")),
];

/// A file of the bundle as an answer.
pub(crate) fn answer((_, kind, bytes): Asset) -> Response {
    ([(CONTENT_TYPE, kind)], bytes).into_response()
}
