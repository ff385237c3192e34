//! From one document to text, Markdown, HTML, JSON and Word.

pub(crate) mod columns;
mod docx;
mod html;
mod json;
mod markdown;
mod text;

pub use docx::{DocxError, docx};
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use text::{section_text, text};

/// Row ids behind a sentence, as plain text: all of them up to three, else the first two and a count.
fn rows_in_brackets(rows: &[String]) -> String {
    match rows {
        [] => String::new(),
        rows if rows.len() <= 3 => format!(" [{}]", rows.join(", ")),
        rows => format!(" [{}, {} and {} more]", rows[0], rows[1], rows.len() - 2),
    }
}
