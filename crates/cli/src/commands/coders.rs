//! `detente coders`: two codings of one case compared, and a sheet for a second coder.

use std::path::{Path, PathBuf};

use clap::Args;
use detente_analysis::about::Settings;
use detente_analysis::codings;
use detente_case::coding::{self, Coding, Rows};
use detente_case::{Case, Diagnostic, Folder, Level, Moment, Severity, blind_sheet};
use detente_report::{answers, render, words};

use crate::open::{LevelWord, Terminal, find, open};
use crate::output::{Failure, print, print_json, say, write_file};
use crate::report;

/// How far two people code the same statements or events alike; or a sheet for a second coder
#[derive(Args)]
pub struct Arguments {
    /// A folder, or the name of a bundled case
    #[arg(value_name = "CASE")]
    case: String,
    /// The first coding: a CSV file, on disk or in the case, or a name from the column `coder`
    #[arg(value_name = "FIRST")]
    first: Option<String>,
    /// The second coding; the case as it stands if not given
    #[arg(value_name = "SECOND")]
    second: Option<String>,
    /// The options by which both codings were made, where the issues have changed since: a file like issues.csv
    #[arg(long, value_name = "FILE")]
    issues: Option<String>,
    /// Write a sheet with the statements and without their codes, for a second coder
    #[arg(long, value_name = "FILE", conflicts_with_all = ["first", "second", "issues", "json", "seed", "draws"])]
    blind: Option<PathBuf>,
    /// Give the issue of each row in the sheet
    #[arg(long, requires = "blind")]
    with_issues: bool,
    /// Replace the sheet if it is there already
    #[arg(long, requires = "blind")]
    force: bool,
    /// Seed of the random draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Number of random draws
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    draws: u32,
    /// Which rows may be seen: by their marking
    #[arg(long, value_enum, default_value_t = LevelWord::Public)]
    level: LevelWord,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    terminal: Terminal,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let level = Level::from(arguments.level);
    let case = open(&arguments.case, &arguments.terminal)?.into_level(level);
    if let Some(path) = &arguments.blind {
        return write_sheet(&case, path, arguments);
    }
    let files =
        Files { case: &case, folder: find(&arguments.case, arguments.terminal.color)?, terminal: &arguments.terminal };
    let then = arguments.issues.as_deref().map(|file| files.issues(file)).transpose()?;
    let issues = then.as_ref().unwrap_or(&case.issues);
    let [first, second] = match (&arguments.first, &arguments.second) {
        (None, _) => of_two_coders(&case)?,
        (Some(first), None) => {
            let first = files.coding(first, issues)?;
            if first.found_by == coding::FoundBy::Document {
                let others: Vec<&str> = coding::coders(&case).into_iter().filter(|name| *name != first.name).collect();
                return Err(Failure::Usage(format!(
                    "`{}` coded rows of the case itself; name whom to compare with: {}",
                    first.name,
                    if others.is_empty() { "a file, since nobody else did".to_owned() } else { others.join(", ") }
                )));
            }
            let record = match first.rows {
                Rows::Statements(_) => Coding::of_statements(&case),
                Rows::Events(_) => Coding::of_events(&case),
            };
            [first, record]
        }
        (Some(first), Some(second)) => [files.coding(first, issues)?, files.coding(second, issues)?],
    };
    let settings = Settings { level, seed: arguments.seed, draws: arguments.draws };
    let comparison = codings::compare(&case, issues, &first, &second, settings).ok_or_else(|| {
        Failure::Usage(
            "one of these is a coding of statements and the other of events; compare two of a kind".to_owned(),
        )
    })?;
    if arguments.json {
        return print_json(&comparison);
    }
    print(&render::text(&answers::coders(&case, Moment::new(&case, None, None), &comparison)))
}

/// The codings of the two people who coded rows of the case.
fn of_two_coders(case: &Case) -> Result<[Coding; 2], Failure> {
    let coders: Vec<&str> = coding::coders(case).into_iter().collect();
    let found: Vec<Coding> = coders.iter().filter_map(|name| Coding::of_coder(case, name)).collect();
    <[Coding; 2]>::try_from(found).map_err(|found| {
        let whose = match found.len() {
            0 => "no row of the case names its coder".to_owned(),
            1 => format!("`{}` alone coded rows of the case", coders.join("")),
            count => format!("{count} people coded rows of the case ({})", coders.join(", ")),
        };
        Failure::Usage(format!("{whose}; name two coders or two files: `detente coders CASE FIRST SECOND`"))
    })
}

fn write_sheet(case: &Case, path: &Path, arguments: &Arguments) -> Result<(), Failure> {
    let (bytes, lines) = blind_sheet::sheet(case, arguments.with_issues);
    write_file(path, &bytes, arguments.force)?;
    if !arguments.terminal.quiet {
        let file = path.display();
        let statements = words::count_of(lines, "statement", "statements");
        say(&format!(
            "{file} written, level {}: {statements} without codes. Next, when it is filled: `detente coders {} {file}`",
            Level::from(arguments.level).word(),
            arguments.case
        ));
    }
    Ok(())
}

/// Where files that are named on the command line are found.
struct Files<'a> {
    case: &'a Case,
    folder: Folder,
    terminal: &'a Terminal,
}

impl Files<'_> {
    /// A coding by the name of its file, on disk or in the case, or of its coder.
    fn coding(&self, name: &str, issues: &detente_case::List<detente_case::issue::Issue>) -> Result<Coding, Failure> {
        match self.read(name)? {
            Some((folder, file, bytes)) => {
                let (coding, found) = coding::read(&file, bytes, self.case, issues);
                self.report(&found, &folder);
                coding.ok_or(Failure::CaseHasErrors)
            }
            None => Coding::of_coder(self.case, name).ok_or_else(|| not_found(name, "nor a coder of a row of it")),
        }
    }

    fn issues(&self, name: &str) -> Result<detente_case::List<detente_case::issue::Issue>, Failure> {
        let (folder, file, bytes) = self.read(name)?.ok_or_else(|| not_found(name, "so no options can be read"))?;
        let (issues, found) = coding::read_issues(&file, bytes);
        self.report(&found, &folder);
        issues.ok_or(Failure::CaseHasErrors)
    }

    /// The bytes of a file on disk, else of a file of the case, with the folder in which it is called so. None if there is none.
    fn read(&self, name: &str) -> Result<Option<(Folder, String, Vec<u8>)>, Failure> {
        let path = Path::new(name);
        let (folder, file) = match (path.is_file(), path.file_name()) {
            (true, Some(file)) => {
                let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
                (Folder::Disk(parent.to_owned()), file.to_string_lossy().into_owned())
            }
            _ => (self.folder.clone(), name.to_owned()),
        };
        let in_case = match &folder {
            Folder::Disk(root) => root.join(&file).is_file(),
            Folder::Bundled(files) => files.iter().any(|(known, _)| *known == file),
            Folder::Memory(files) => files.iter().any(|(known, _)| *known == file),
            // A workbook holds the tables of a case; codings lie beside it.
            Folder::Sheets(_) => false,
        };
        if !in_case {
            return Ok(None);
        }
        match folder.read(&file) {
            Ok(bytes) => Ok(Some((folder, file, bytes))),
            Err(problem) => {
                self.report(&[problem], &folder);
                Err(Failure::CaseHasErrors)
            }
        }
    }

    /// Prints what is wrong with a file; of notes and warnings nothing if quiet.
    fn report(&self, found: &[Diagnostic], folder: &Folder) {
        let shown = |finding: &&Diagnostic| !self.terminal.quiet || finding.severity == Severity::Error;
        let shown: Vec<Diagnostic> = found.iter().filter(shown).cloned().collect();
        if !shown.is_empty() {
            say(report::diagnostics(&shown, folder, self.terminal.color.applies()).trim_end());
        }
    }
}

fn not_found(name: &str, or: &str) -> Failure {
    Failure::Usage(format!("`{name}` is neither a file nor a file of the case, {or}"))
}
