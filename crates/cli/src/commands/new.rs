//! `detente new`: a case to start from.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;
use detente_case::table::LooseTable;
use detente_case::{Folder, start, write};

use crate::open::Terminal;
use crate::output::{Failure, say};
use crate::report;

/// Makes a case: from a template, or from a table with five columns (actor, issue, date, words, link)
#[derive(Args)]
pub struct Arguments {
    /// The folder to make
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// A table (.csv) whose rows become uncoded statements
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Which column holds which field, as COLUMN=FIELD; fields are actor, issue, date, words, link
    #[arg(long, value_name = "COL=FIELD", value_parser = pair)]
    map: Vec<(String, String)>,
    #[command(flatten)]
    terminal: Terminal,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (column, field) = text.rsplit_once('=').ok_or_else(|| format!("`{text}` is not COLUMN=FIELD"))?;
    if !start::FIELDS.iter().any(|(known, _)| *known == field) {
        return Err(format!("`{field}` is no field; fields are actor, issue, date, words, link"));
    }
    Ok((field.to_owned(), column.to_owned()))
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let files = match &arguments.from {
        None => start::template(),
        Some(path) => from_table(arguments, path)?,
    };
    write::folder(&arguments.folder, &files, false).map_err(|error| match error {
        write::WriteError::Exists(path) => Failure::NotDone(format!(
            "{} is there already and not empty; nothing was written. Name a folder that is not there yet",
            path.display()
        )),
        other => Failure::NotDone(other.to_string()),
    })?;
    if !arguments.terminal.quiet {
        let folder = arguments.folder.display();
        say(&format!("{folder} made. Next: `detente check {folder}`, then `detente brief {folder} --to brief.html`"));
    }
    Ok(())
}

fn from_table(arguments: &Arguments, path: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")) {
        return Err(Failure::Usage(format!(
            "`{file}`: this version starts a case from .csv files; save the sheet as CSV (UTF-8)"
        )));
    }
    let folder = Folder::Disk(
        path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned(),
    );
    let fail = |problems: &[detente_case::Diagnostic]| {
        say(report::diagnostics(problems, &folder, arguments.terminal.color.applies()).trim_end());
        Failure::CaseHasErrors
    };
    let bytes = folder.read(&file).map_err(|problem| fail(&[problem]))?;
    let table = start::read_table(&file, bytes).map_err(|problem| fail(&[problem]))?;
    let mut mapping = arguments.map.clone();
    for (field, column) in start::propose(&table) {
        if !mapping.iter().any(|(taken, name)| *taken == field || *name == column) {
            mapping.push((field, column));
        }
    }
    ask(&table, &mut mapping);
    if !arguments.terminal.quiet {
        for (field, column) in &mapping {
            say(&format!("column `{column}` is read as {field}"));
        }
    }
    let title = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    start::from_table(&file, &title, &table, &mapping).map_err(|problems| fail(&problems))
}

/// Asks for the columns that nobody has named, on a terminal only.
fn ask(table: &LooseTable, mapping: &mut start::Mapping) {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return;
    }
    for (field, _) in start::FIELDS {
        if mapping.iter().any(|(taken, _)| taken == field) {
            continue;
        }
        say(&format!("Which column holds the {field}? Columns: {}. (Empty: none.)", table.header.join(", ")));
        let mut answer = String::new();
        if stdin.lock().read_line(&mut answer).is_ok() && table.header.iter().any(|column| column == answer.trim()) {
            mapping.push((field.to_owned(), answer.trim().to_owned()));
        }
    }
}
