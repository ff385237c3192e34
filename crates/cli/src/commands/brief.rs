//! `detente brief`: the brief.

use std::path::PathBuf;

use clap::Args;
use detente_analysis::{history, uncoded};
use detente_case::{Day, Record};
use detente_report::{brief, drawings, render};

use crate::open::{FigureFile, Question, day};
use crate::output::{Failure, print, say, write_file};

/// Writes the brief: two pages, figures, and an annex of assumptions, settings and sources
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    /// The file: .html, .md, .txt or .json by its name; text on standard output if not given
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
        let record = Record::known_by(&case, moment.known);
        if record.events().next().is_none() {
            return drawings::statements(&case, &uncoded::group(record, moment), moment);
        }
        drawings::timeline(record, moment, &history(&case, moment, settings))
    })?;
    let text = render(&document).map_err(|error| Failure::NotDone(format!("the brief cannot be written: {error}")))?;
    match &arguments.to {
        None => print(&text),
        Some(path) => {
            write_file(path, text.as_bytes(), arguments.figure.force)?;
            if !arguments.question.terminal.quiet {
                say(&format!(
                    "{} written: {} KB, {} figures",
                    path.display(),
                    text.len() / 1000,
                    document.figures().count()
                ));
            }
            Ok(())
        }
    }
}

type Render = fn(&detente_report::document::Document) -> Result<String, String>;

/// How to write the document, by the name of the file.
fn form(arguments: &Arguments) -> Result<Render, Failure> {
    let extension =
        arguments.to.as_ref().map(|path| path.extension().unwrap_or_default().to_string_lossy().to_lowercase());
    Ok(match extension.as_deref() {
        _ if arguments.question.json => |document| Ok(render::json(document)),
        None | Some("txt") => |document| Ok(render::text(document)),
        Some("html" | "htm") => |document| render::html(document).map_err(|error| error.to_string()),
        Some("md") => |document| Ok(render::markdown(document)),
        Some("json") => |document| Ok(render::json(document)),
        Some(other) => {
            return Err(Failure::Usage(format!(
                "a brief is written as .html, .md, .txt or .json, by the file's name; `.{other}` is none of these"
            )));
        }
    })
}
