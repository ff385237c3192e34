//! `detente export`: the case for hand-over, at a level of markings.

use std::path::PathBuf;

use clap::Args;
use detente_case::{Level, export, write};
use detente_report::words;
use detente_web::{Options, one_file};

use crate::commands::serve::{origin, told};
use crate::open::{LevelWord, Terminal, open};
use crate::output::{Failure, say, write_file};
use crate::progress::Progress;

/// What the draws of a page begin with, and how many there are: as for any question.
const SEED: u64 = 1;
const DRAWS: u32 = 1000;

/// Hands a case over at a level of markings: rows that the level does not show leave no trace
#[derive(Args)]
pub struct Arguments {
    /// A folder, a workbook (.xlsx) that `export` made, or the name of a bundled case
    #[arg(value_name = "CASE")]
    case: String,
    /// A folder for the whole case; or a file: .html for a page with everything that the workbench shows, .json for the whole case, .xlsx for
    /// a workbook, .csv for its statements
    #[arg(long, value_name = "FILE|DIR")]
    to: PathBuf,
    /// Which rows may be seen: by their marking
    #[arg(long, value_enum, default_value_t = LevelWord::Public)]
    level: LevelWord,
    /// Replace files that are there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    terminal: Terminal,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let level = Level::from(arguments.level);
    let extension = arguments.to.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    if let Some(other) = extension.as_deref().filter(|extension| !["html", "json", "csv", "xlsx"].contains(extension)) {
        return Err(Failure::Usage(format!(
            "a case is exported to a folder, a .html, a .xlsx, a .json or a .csv; `.{other}` is none of these"
        )));
    }
    let case = open(&arguments.case, &arguments.terminal)?.into_level(level);
    match extension.as_deref() {
        Some("html") => {
            let bytes = page(arguments, level)?;
            write_file(&arguments.to, &bytes, arguments.force)?;
        }
        Some("json") => {
            let mut text = serde_json::to_string_pretty(&export::json(&case))
                .map_err(|error| Failure::NotDone(error.to_string()))?;
            text.push('\n');
            write_file(&arguments.to, text.as_bytes(), arguments.force)?;
        }
        Some("csv") => {
            let positions = export::statements(&case).ok_or_else(|| {
                Failure::NotDone("there are no statements at this level; nothing was written".to_owned())
            })?;
            write_file(&arguments.to, &export::csv(&positions), arguments.force)?;
        }
        Some("xlsx") => {
            let bytes = detente_workbook::write(&case, level).map_err(|error| Failure::NotDone(error.to_string()))?;
            write_file(&arguments.to, &bytes, arguments.force)?;
        }
        _ => write::folder(&arguments.to, &export::files(&case), arguments.force)
            .map_err(|error| Failure::NotDone(error.to_string()))?,
    }
    if !arguments.terminal.quiet {
        let statements = words::count_of(case.positions.len(), "statement", "statements");
        let events = words::count_of(case.events.len(), "event", "events");
        say(&format!("{} written, level {}: {statements}, {events}", arguments.to.display(), level.word()));
    }
    Ok(())
}

/// The case as one page with everything that the workbench shows.
fn page(arguments: &Arguments, level: Level) -> Result<Vec<u8>, Failure> {
    let terminal = &arguments.terminal;
    let origin = origin(&arguments.case, terminal)?;
    let options = Options { origin, port: 0, level, seed: SEED, draws: DRAWS, edit: false };
    let progress = Progress::begin(terminal.quiet);
    one_file(options, &|done, of| progress.pages(done, of)).map_err(|refused| told(refused, terminal))
}
