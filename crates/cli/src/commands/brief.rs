//! `detente brief`: the brief.

use std::path::PathBuf;

use clap::Args;
use detente_analysis::history;
use detente_case::{Day, Record};
use detente_report::document::Document;
use detente_report::{brief, drawings, render};

use crate::open::{FigureFile, Question, day};
use crate::output::{Failure, print_bytes, say, write_file};

/// Writes the brief: two pages, figures, and an annex of assumptions, settings and sources
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    /// The file: .html, .docx, .md, .txt or .json by its name; text on standard output if not given
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// The day on which the brief is read, for the banner on its age; the day asked about if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Day>,
    #[command(flatten)]
    figure: FigureFile,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let render = form(arguments)?;
    let (case, moment, settings) = arguments.question.open()?;
    let document = brief::brief(&case, moment, settings, arguments.today);
    arguments.figure.write(|| {
        let history = history(&case, moment, settings);
        drawings::timeline(Record::known_by(&case, moment.known), moment, &history)
    })?;
    let bytes = render(&document).map_err(|error| Failure::NotDone(format!("the brief cannot be written: {error}")))?;
    match &arguments.to {
        None => print_bytes(&bytes),
        Some(path) => {
            write_file(path, &bytes, arguments.figure.force)?;
            if !arguments.question.terminal.quiet {
                say(&format!(
                    "{} written: {} KB, {} figures",
                    path.display(),
                    bytes.len() / 1000,
                    document.figures().count()
                ));
            }
            Ok(())
        }
    }
}

type Render = fn(&Document) -> Result<Vec<u8>, String>;

/// How to write the document, by the name of the file.
fn form(arguments: &Arguments) -> Result<Render, Failure> {
    let extension =
        arguments.to.as_ref().map(|path| path.extension().unwrap_or_default().to_string_lossy().to_lowercase());
    Ok(match extension.as_deref() {
        _ if arguments.question.json => |document| Ok(render::json(document).into_bytes()),
        None | Some("txt") => |document| Ok(render::text(document).into_bytes()),
        Some("html" | "htm") => |document| match render::html(document) {
            Ok(page) => Ok(page.into_bytes()),
            Err(error) => Err(error.to_string()),
        },
        Some("docx") => |document| render::docx(document).map_err(|error| error.to_string()),
        Some("md") => |document| Ok(render::markdown(document).into_bytes()),
        Some("json") => |document| Ok(render::json(document).into_bytes()),
        Some(other) => {
            return Err(Failure::Usage(format!(
                "a brief is written as .html, .docx, .md, .txt or .json, by the file's name; `.{other}` is none of these"
            )));
        }
    })
}
