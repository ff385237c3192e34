//! Opening a case, and the options that all questions share.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_analysis::about::Settings;
use detente_case::{Case, Day, Diagnostic, Folder, Level, Loaded, Moment, Severity, When, bundled, load};

use detente_report::words;

use crate::output::{Failure, print_json, say, write_figure};
use crate::progress::Progress;
use crate::report;

/// Options that all questions share.
#[derive(Args, Clone)]
pub struct Question {
    /// A folder, a workbook (.xlsx) that `export` made, or the name of a bundled case
    #[arg(value_name = "CASE")]
    pub case: String,
    /// The day asked about; the last day of the record if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub at: Option<Day>,
    /// The day by which rows had to be known; the day asked about if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub known: Option<Day>,
    /// Seed of the random draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Number of random draws
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    pub draws: u32,
    /// Which rows may be seen: by their marking
    #[arg(long, value_enum, default_value_t = LevelWord::Public)]
    pub level: LevelWord,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub terminal: Terminal,
}

/// How the terminal is used.
#[derive(Args, Clone)]
pub struct Terminal {
    /// Colour messages
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub color: Color,
    /// Print no progress, warnings or notes
    #[arg(long)]
    pub quiet: bool,
}

/// When to colour messages.
#[derive(Clone, Copy, ValueEnum)]
pub enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Whether messages on standard error are coloured.
    pub fn applies(self) -> bool {
        match self {
            Color::Auto => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            Color::Always => true,
            Color::Never => false,
        }
    }
}

/// The level of markings, as a word.
#[derive(Clone, Copy, ValueEnum)]
pub enum LevelWord {
    /// Public rows only
    Public,
    /// Public and restricted rows
    Restricted,
    /// All rows
    All,
}

impl From<LevelWord> for Level {
    fn from(word: LevelWord) -> Self {
        match word {
            LevelWord::Public => Level::Public,
            LevelWord::Restricted => Level::Restricted,
            LevelWord::All => Level::All,
        }
    }
}

/// Reads a day; a month or a year stands for its last day.
pub fn day(text: &str) -> Result<Day, String> {
    When::parse(text)
        .map(When::last)
        .ok_or_else(|| format!("`{text}` is not a date; dates are written 2022-03-29, 2022-03 or 2022"))
}

/// A file for the command's main figure.
#[derive(Args, Clone)]
pub struct FigureFile {
    /// Write the main figure, as SVG or (if the name ends in .png) as PNG
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long)]
    pub force: bool,
}

impl FigureFile {
    /// Writes the figure if a file was named.
    pub fn write(&self, figure: impl FnOnce() -> detente_report::figure::Figure) -> Result<(), Failure> {
        match &self.svg {
            Some(path) => write_figure(path, &figure(), self.force),
            None => Ok(()),
        }
    }

    /// The same where there may be nothing to draw; `without` then says why.
    pub fn write_any(
        &self,
        without: &str,
        figure: impl FnOnce() -> Option<detente_report::figure::Figure>,
    ) -> Result<(), Failure> {
        let Some(path) = &self.svg else { return Ok(()) };
        match figure() {
            Some(figure) => write_figure(path, &figure, self.force),
            None => Err(Failure::NotDone(format!("no figure was written: {without}"))),
        }
    }
}

impl Question {
    /// Opens the case at the level asked for, with the moment and settings of the question.
    pub fn open(&self) -> Result<(Case, Moment, Settings), Failure> {
        self.open_with(Ok)
    }

    /// The same of a case to which something is added first.
    pub fn open_with(
        &self,
        add: impl FnOnce(Case) -> Result<Case, Failure>,
    ) -> Result<(Case, Moment, Settings), Failure> {
        let level = Level::from(self.level);
        let case = add(open(&self.case, &self.terminal)?)?;
        let case = case.into_level(level);
        let moment = Moment::new(&case, self.at, self.known);
        Ok((case, moment, Settings { level, seed: self.seed, draws: self.draws }))
    }

    /// Prints an answer: as JSON if asked for, else as text.
    pub fn print(
        &self,
        answer: &impl serde::Serialize,
        document: impl FnOnce() -> detente_report::document::Document,
    ) -> Result<(), Failure> {
        if self.json { print_json(answer) } else { crate::output::print(&detente_report::render::text(&document())) }
    }
}

/// The files of a case: a folder or a workbook, else a bundled case of that name.
pub fn find(name: &str, color: Color) -> Result<Folder, Failure> {
    let path = PathBuf::from(name);
    if path.is_dir() {
        return Ok(Folder::Disk(path));
    }
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    if path.exists() && extension.is_some_and(|extension| ["xlsx", "xlsm"].contains(&extension.as_str())) {
        return workbook(name, &path, color);
    }
    bundled::folder(name).filter(|_| !name.starts_with('_')).ok_or_else(|| {
        let what = if path.exists() {
            "is a file; a case is a folder or a workbook (.xlsx)"
        } else {
            "is neither a folder nor a bundled case"
        };
        Failure::Usage(format!(
            "`{name}` {what}. Bundled cases: {}. `detente new DIR` makes a case.",
            bundled::names().join(", ")
        ))
    })
}

/// The case in a workbook.
fn workbook(name: &str, path: &Path, color: Color) -> Result<Folder, Failure> {
    let (parent, file) = match (path.parent(), path.file_name()) {
        (Some(parent), Some(file)) if parent != Path::new("") => (parent, file),
        _ => (Path::new("."), path.as_os_str()),
    };
    let file = file.to_string_lossy();
    let around = Folder::Disk(parent.to_owned());
    let refuse = |problems: &[Diagnostic]| {
        say(report::diagnostics(problems, &Folder::Memory(Vec::new()), color.applies()).trim_end());
        Failure::CaseHasErrors
    };
    let bytes = around.read(&file).map_err(|problem| refuse(&[problem]))?;
    match detente_workbook::open(&file, &bytes).map_err(|problems| refuse(&problems))? {
        Some(sheets) => Ok(Folder::Sheets(Box::new(sheets))),
        None => Err(Failure::Usage(format!(
            "`{name}` is a workbook, and not one that `detente export` made: it has no sheet `case`. `detente new DIR --from {name}` starts a case from it"
        ))),
    }
}

/// Reads a case, with a bar if it takes long.
pub fn read(folder: &Folder, quiet: bool) -> Loaded {
    let progress = Progress::begin(quiet);
    load(folder, |file| progress.step(file))
}

/// Opens a case; prints errors in full and the number of other findings.
pub fn open(name: &str, terminal: &Terminal) -> Result<Case, Failure> {
    let folder = find(name, terminal.color)?;
    let loaded = read(&folder, terminal.quiet);
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
    match loaded.case {
        Some(case) => {
            let warnings = loaded.diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
            if warnings > 0 && !terminal.quiet {
                say(&format!(
                    "{}; `detente check {name}` lists them",
                    words::count_of(warnings, "warning", "warnings")
                ));
            }
            Ok(case)
        }
        None => {
            say(report::diagnostics(&errors, &folder, terminal.color.applies()).trim_end());
            Err(Failure::CaseHasErrors)
        }
    }
}
