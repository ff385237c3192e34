//! An answer as a page in a file, in the form that the file's name asks for, or on standard output.

use std::path::{Path, PathBuf};

use clap::Args;
use detente_report::document::Document;
use detente_report::render;
use serde::Serialize;

use crate::open::Question;
use crate::output::{Failure, json_text, print, print_json, say, write_file};

/// Where a page is written.
#[derive(Args, Clone)]
pub struct Page {
    /// The file: .docx (Word), .html, .md, .txt or .json by its name; text on standard output if not given
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

/// The form of a page.
#[derive(Clone, Copy)]
pub enum Form {
    Docx,
    Html,
    Markdown,
    Text,
    Json,
}

impl Page {
    /// The file and its form; none if no file is named.
    pub fn form(&self) -> Result<Option<(&Path, Form)>, Failure> {
        let Some(path) = self.to.as_deref() else { return Ok(None) };
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let form = match extension.as_str() {
            "docx" => Form::Docx,
            "html" | "htm" => Form::Html,
            "md" => Form::Markdown,
            "txt" => Form::Text,
            "json" => Form::Json,
            other => {
                return Err(Failure::Usage(format!(
                    "a page is written as .docx, .html, .md, .txt or .json, by the file's name; `.{other}` is none of these"
                )));
            }
        };
        Ok(Some((path, form)))
    }
}

/// Hands an answer over: as a file if one is named, else on standard output. JSON is the answer itself, every other form the
/// document that tells it.
pub fn hand_over(
    form: Option<(&Path, Form)>,
    force: bool,
    question: &Question,
    answer: &impl Serialize,
    document: impl FnOnce() -> Document,
) -> Result<(), Failure> {
    let told = Told { json: question.json, quiet: question.terminal.quiet };
    hand_over_as(form, force, told, answer, document)
}

/// How an answer is told beside the file.
#[derive(Clone, Copy)]
pub struct Told {
    /// As JSON on standard output, where no file is named.
    pub json: bool,
    /// Without a word on what was written.
    pub quiet: bool,
}

/// The same for answers that are not about a case at a moment.
pub fn hand_over_as(
    form: Option<(&Path, Form)>,
    force: bool,
    told: Told,
    answer: &impl Serialize,
    document: impl FnOnce() -> Document,
) -> Result<(), Failure> {
    let Some((path, form)) = form else {
        return if told.json { print_json(answer) } else { print(&render::text(&document())) };
    };
    if matches!(form, Form::Json) {
        let text = json_text(answer)?;
        write_file(path, text.as_bytes(), force)?;
        tell(path, text.len(), 0, told.quiet);
        return Ok(());
    }
    let document = document();
    let failed = |error: String| Failure::NotDone(format!("the page cannot be written: {error}"));
    let bytes = match form {
        Form::Docx => render::docx(&document).map_err(|error| failed(error.to_string()))?,
        Form::Html => render::html(&document).map_err(|error| failed(error.to_string()))?.into_bytes(),
        Form::Markdown => render::markdown(&document).into_bytes(),
        Form::Text => render::text(&document).into_bytes(),
        Form::Json => render::json(&document).into_bytes(),
    };
    write_file(path, &bytes, force)?;
    tell(path, bytes.len(), document.figures().count(), told.quiet);
    Ok(())
}

fn tell(path: &Path, size: usize, figures: usize, quiet: bool) {
    if quiet {
        return;
    }
    let figures = match figures {
        0 => String::new(),
        1 => ", one figure".to_owned(),
        count => format!(", {count} figures"),
    };
    say(&format!("{} written: {} KB{figures}", path.display(), size.div_ceil(1000)));
}
