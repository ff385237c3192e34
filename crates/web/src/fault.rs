//! Why a question has no answer, as the browser hears it: a status and a sentence that says what to do next.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A status and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The status.
    pub(crate) status: StatusCode,
    /// What is wrong and what to do next.
    pub(crate) sentence: String,
}

impl Fault {
    /// A fault.
    #[must_use]
    pub(crate) fn new(status: StatusCode, sentence: impl Into<String>) -> Self {
        Fault { status, sentence: sentence.into() }
    }

    /// The question itself is off.
    #[must_use]
    pub(crate) fn question(sentence: impl Into<String>) -> Self {
        Fault::new(StatusCode::BAD_REQUEST, sentence)
    }

    /// There is no such thing, or the level does not show it.
    #[must_use]
    pub(crate) fn nothing(sentence: impl Into<String>) -> Self {
        Fault::new(StatusCode::NOT_FOUND, sentence)
    }

    /// The computation was ended by whoever asked.
    #[must_use]
    pub(crate) fn stopped() -> Self {
        Fault::new(StatusCode::CONFLICT, "The computation was stopped. Ask again to start it anew.")
    }

    /// The program itself failed.
    #[must_use]
    pub(crate) fn broke() -> Self {
        Fault::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "This page could not be computed: the program has a fault here. The other pages still work; please report what was asked.",
        )
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.sentence }))).into_response()
    }
}
