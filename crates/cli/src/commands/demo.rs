//! `detente demo`: the flagship in the browser.

use std::path::{Path, PathBuf};

use clap::Args;
use detente_case::{Folder, bundled, write};
use detente_web::Origin;

use super::serve::{How, serve};
use crate::output::{Failure, say};

/// The case that is copied.
const FLAGSHIP: &str = "russia-ukraine";

/// Opens the flagship case in the browser, from a copy of your own
#[derive(Args)]
pub struct Arguments {
    /// The folder of the copy: made if it is not there, used as it is if it holds a case, never overwritten
    #[arg(value_name = "DIR", default_value = "detente-demo")]
    folder: PathBuf,
    #[command(flatten)]
    how: How,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let folder = &arguments.folder;
    if !folder.join("case.toml").is_file() {
        copy(folder)?;
        if !arguments.how.terminal.quiet {
            say(&format!("{} made: a copy of {FLAGSHIP} that is yours to change", folder.display()));
        }
    }
    serve(Origin::Folder(folder.clone()), &folder.to_string_lossy(), &arguments.how)
}

fn copy(folder: &Path) -> Result<(), Failure> {
    let Some(Folder::Bundled(files)) = bundled::folder(FLAGSHIP) else {
        return Err(Failure::NotDone(format!("the case {FLAGSHIP} is not in this program")));
    };
    let files: Vec<(String, Vec<u8>)> =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    write::folder(folder, &files, false).map_err(|error| match error {
        write::WriteError::Exists(path) => Failure::NotDone(format!(
            "{} is there already and is no case; nothing was written. Name a folder that is not there yet",
            path.display()
        )),
        other => Failure::NotDone(other.to_string()),
    })
}
