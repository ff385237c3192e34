//! The document as JSON; its shape is the schema `docs/schemas/document.json`.

use crate::document::Document;

/// The document as one JSON value, ended by a line feed.
#[must_use]
pub fn json(document: &Document) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
