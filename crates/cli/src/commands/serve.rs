//! `detente serve`: the case in the browser.

use std::path::{Path, PathBuf};

use clap::Args;
use detente_case::{Folder, Severity};
use detente_web::{Options, Origin, Refused, Server};

use crate::open::{LevelWord, Terminal, find};
use crate::output::{Failure, print, say};
use crate::report;

/// Opens a case in the browser: every page, every source, what-if. Nothing leaves this computer
///
/// The address that is printed carries a key: whoever has it can read the case from this computer, and nobody else can. Pages refresh when a
/// file of the case changes. Ctrl-C ends it.
#[derive(Args)]
pub struct Arguments {
    /// A folder, a workbook (.xlsx) that `export` made, or the name of a bundled case
    #[arg(value_name = "CASE")]
    case: String,
    #[command(flatten)]
    pub how: How,
}

/// How a case is served.
#[derive(Args)]
pub struct How {
    /// The port on 127.0.0.1; one that is free if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,
    /// Only print the address
    #[arg(long)]
    no_open: bool,
    /// Let the browser change the files of the case; all rows are shown then, whatever their marking
    #[arg(long, conflicts_with = "level")]
    edit: bool,
    /// Which rows may be seen: by their marking; it cannot be changed from the browser
    #[arg(long, value_enum, default_value_t = LevelWord::Public)]
    level: LevelWord,
    /// Seed of the random draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Number of random draws
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    draws: u32,
    #[command(flatten)]
    pub terminal: Terminal,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let name = &arguments.case;
    let origin = origin(name, &arguments.how.terminal)?;
    if arguments.how.edit {
        refuse_edit(name, &origin)?;
    }
    serve(origin, name, &arguments.how)
}

/// Where the case of a name comes from.
pub fn origin(name: &str, terminal: &Terminal) -> Result<Origin, Failure> {
    Ok(match find(name, terminal.color)? {
        Folder::Disk(path) => Origin::Folder(path),
        Folder::Sheets(_) => Origin::Workbook(PathBuf::from(name)),
        Folder::Bundled(_) | Folder::Memory(_) => Origin::Bundled(name.to_owned()),
    })
}

/// Only a folder can be changed.
fn refuse_edit(name: &str, origin: &Origin) -> Result<(), Failure> {
    match origin {
        Origin::Folder(_) => Ok(()),
        Origin::Workbook(_) => Err(Failure::Usage(format!(
            "`{name}` is a workbook; `--edit` changes the files of a folder. `detente export {name} --to DIR --level all` makes one"
        ))),
        Origin::Bundled(_) => Err(Failure::Usage(format!(
            "`{name}` travels inside the program and cannot be changed. `detente demo DIR` copies the flagship, `detente export {name} --to DIR` any bundled case"
        ))),
    }
}

/// Says why a case is not opened.
pub fn told(refused: Refused, terminal: &Terminal) -> Failure {
    match refused {
        Refused::Case(findings, folder) => {
            let errors: Vec<_> = findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
            say(report::diagnostics(&errors, &folder, terminal.color.applies()).trim_end());
            Failure::CaseHasErrors
        }
        refused => Failure::NotDone(refused.to_string()),
    }
}

/// Serves a case until Ctrl-C.
pub fn serve(origin: Origin, name: &str, how: &How) -> Result<(), Failure> {
    let level = if how.edit { LevelWord::All } else { how.level };
    let options = Options {
        origin,
        port: how.port.unwrap_or(0),
        level: level.into(),
        seed: how.seed,
        draws: how.draws,
        edit: how.edit,
    };
    let server = Server::new(options).map_err(|refused| told(refused, &how.terminal))?;
    let address = server.address();
    let shown = Path::new(name).file_name().map_or(name.into(), |last| last.to_string_lossy());
    print(&format!("{shown} is open at {address} (Ctrl-C ends it)\n"))?;
    if !how.no_open
        && let Err(error) = server.address_once().and_then(open::that_detached)
        && !how.terminal.quiet
    {
        say(&format!("No browser could be opened ({}); open the address by hand", error.kind()));
    }
    server.run().map_err(|error| Failure::NotDone(format!("the workbench cannot run ({})", error.kind())))
}
