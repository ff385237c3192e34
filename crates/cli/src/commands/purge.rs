//! `detente purge`: takes away what a program that was killed has left in a case folder.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use detente_case::write;
use detente_report::words;

use crate::open::Terminal;
use crate::output::{Failure, say};

/// Removes temporary files that a killed program left in a case folder; no rows, and nothing of yours
///
/// Détente keeps no caches and no backups: what it computes stays in memory. Close the workbench first: a program that is writing has such a file too.
#[derive(Args)]
pub struct Arguments {
    /// The folder of a case
    #[arg(value_name = "CASE")]
    case: PathBuf,
    #[command(flatten)]
    terminal: Terminal,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let folder = &arguments.case;
    if !folder.join("case.toml").is_file() {
        return Err(Failure::Usage(format!(
            "`{}` is not the folder of a case: it has no file `case.toml`. Nothing was removed.",
            folder.display()
        )));
    }
    let failed = |what: &PathBuf, error: &std::io::Error| {
        Failure::NotDone(format!("{} cannot be removed ({})", what.display(), error.kind()))
    };
    let found = write::leftovers(folder).map_err(|error| {
        Failure::NotDone(format!("{} cannot be listed ({}); nothing was removed", folder.display(), error.kind()))
    })?;
    for path in &found {
        let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        removed.map_err(|error| failed(path, &error))?;
    }
    if !arguments.terminal.quiet {
        match found.len() {
            0 => say("nothing to remove"),
            count => say(&format!("{} removed", words::count_of(count, "temporary file", "temporary files"))),
        }
    }
    Ok(())
}
