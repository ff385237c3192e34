//! A document as a file: in which form, by the file's name.

use std::path::{Path, PathBuf};

use clap::Args;
use detente_report::document::Document;
use detente_report::render;

use crate::output::{Failure, say, write_file};

/// Where a page is written.
#[derive(Args, Clone)]
pub struct Page {
    /// Write the page: .html, .md, .txt or .json by the file's name; text on standard output if not given
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

/// How a document becomes the bytes of a file.
pub type Render = fn(&Document) -> Result<Vec<u8>, String>;

impl Page {
    /// The form that the file's name asks for; none if no file is named.
    pub fn form(&self) -> Result<Option<(&Path, Render)>, Failure> {
        let Some(path) = self.to.as_deref() else { return Ok(None) };
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let render: Render = match extension.as_str() {
            "txt" => |document| Ok(render::text(document).into_bytes()),
            "html" | "htm" => {
                |document| render::html(document).map(String::into_bytes).map_err(|error| error.to_string())
            }
            "md" => |document| Ok(render::markdown(document).into_bytes()),
            "json" => |document| Ok(render::json(document).into_bytes()),
            other => {
                return Err(Failure::Usage(format!(
                    "a page is written as .html, .md, .txt or .json, by the file's name; `.{other}` is none of these"
                )));
            }
        };
        Ok(Some((path, render)))
    }
}

/// Writes a document to a file, and says so.
pub fn write(path: &Path, render: Render, document: &Document, force: bool, quiet: bool) -> Result<(), Failure> {
    let bytes = render(document).map_err(|error| Failure::NotDone(format!("the page cannot be written: {error}")))?;
    write_file(path, &bytes, force)?;
    if !quiet {
        let figures = match document.figures().count() {
            0 => String::new(),
            1 => ", one figure".to_owned(),
            count => format!(", {count} figures"),
        };
        say(&format!("{} written: {} KB{figures}", path.display(), bytes.len() / 1000));
    }
    Ok(())
}
