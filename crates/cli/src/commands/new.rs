//! `detente new`: a case to start from.

mod ask;

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use detente_case::start::{self, Choices, Columns, DayOrder, Field, Report, Sheet, Started};
use detente_case::{Diagnostic, Folder, write};
use detente_workbook::{Brought, bring};

use crate::open::Terminal;
use crate::output::{Failure, say};
use crate::report;

/// Makes a case: from a template, or from a spreadsheet of who said what about what, and when
#[derive(Args)]
pub struct Arguments {
    /// The folder to make
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// A spreadsheet (.xlsx, .csv) whose rows become uncoded statements, or a case that was exported as a workbook
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    #[command(flatten)]
    terminal: Terminal,
    #[command(flatten)]
    settle: Settle,
}

/// What a spreadsheet leaves open
#[derive(Args)]
#[command(next_help_heading = "What a spreadsheet leaves open")]
struct Settle {
    /// The sheet of the workbook; the one with the most rows that looks like a table if not given
    #[arg(long, value_name = "NAME", requires = "from")]
    sheet: Option<String>,
    /// The row of the header; 0 if there is none
    #[arg(long, value_name = "ROW", requires = "from")]
    header: Option<u64>,
    /// Which column holds which field, as COLUMN=FIELD: a name or letter, and actor, issue, date, words or link.
    /// `=FIELD` says that no column does
    #[arg(long, value_name = "COL=FIELD", value_parser = pair, requires = "from")]
    map: Vec<(Field, String)>,
    /// The order in dates such as 04/05/2022, where no other cell shows it
    #[arg(long, value_enum, value_name = "ORDER", requires = "from")]
    dates: Option<Order>,
    /// A field whose empty cells have the text of the cell above, as where a name is written once for several rows
    #[arg(long, value_name = "FIELD", value_parser = field, value_delimiter = ',', requires = "from")]
    fill_down: Vec<Field>,
    /// Whom a text names, where it can be read in two ways or is a name of your own, as TEXT=ACTOR
    #[arg(long, value_name = "TEXT=ACTOR", value_parser = alias, requires = "from")]
    alias: Vec<(String, String)>,
    /// Those whose consent is needed; the two with the most statements if not given
    #[arg(long, value_name = "ACTOR", value_delimiter = ',', requires = "from")]
    principals: Vec<String>,
    /// Set rows that cannot be read aside in a file `left-out.csv`, instead of stopping
    #[arg(long, requires = "from")]
    keep_going: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    /// The day comes first
    Dmy,
    /// The month comes first
    Mdy,
}

fn field(text: &str) -> Result<Field, String> {
    Field::parse(text).ok_or_else(|| format!("`{text}` is no field; fields are actor, issue, date, words, link"))
}

fn pair(text: &str) -> Result<(Field, String), String> {
    let (column, word) = text.rsplit_once('=').ok_or_else(|| format!("`{text}` is not COLUMN=FIELD"))?;
    Ok((field(word)?, column.to_owned()))
}

fn alias(text: &str) -> Result<(String, String), String> {
    let (name, actor) = text.split_once('=').ok_or_else(|| format!("`{text}` is not TEXT=ACTOR"))?;
    let (name, actor) = (name.trim(), actor.trim());
    if name.is_empty() || actor.is_empty() {
        return Err(format!("`{text}` has an empty side; expected TEXT=ACTOR"));
    }
    Ok((name.to_owned(), actor.to_owned()))
}

impl Settle {
    fn choices(&self) -> Choices {
        Choices {
            sheet: self.sheet.clone(),
            header: self.header,
            columns: self.map.clone(),
            dates: self.dates.map(|order| match order {
                Order::Dmy => DayOrder::DayFirst,
                Order::Mdy => DayOrder::MonthFirst,
            }),
            fill_down: self.fill_down.clone(),
            aliases: self.alias.clone(),
            principals: self.principals.clone(),
            keep_going: self.keep_going,
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (files, made) = match &arguments.from {
        None => (start::template(), Vec::new()),
        Some(path) => from_file(arguments, path)?,
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
        made.iter().for_each(|line| say(line));
        say(&format!("{folder} made. Next: `detente check {folder}`, then `detente brief {folder} --to brief.html`"));
    }
    Ok(())
}

/// Files of a case, and what to say about them.
type Made = (Vec<(String, Vec<u8>)>, Vec<String>);

fn from_file(arguments: &Arguments, path: &Path) -> Result<Made, Failure> {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = Folder::Disk(
        path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned(),
    );
    let bytes = folder.read(&file).map_err(|problem| refuse(arguments, &[problem], &Folder::Memory(Vec::new())))?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match bring(&file, bytes).map_err(|(problems, shown)| refuse(arguments, &problems, &shown))? {
        Brought::Case(files) => {
            let count = files.len();
            let made =
                format!("`{file}` is a case that was exported as a workbook; its {count} tables are written back");
            Ok((files, vec![made]))
        }
        Brought::Tables { grids, findings, encoding, shown } => {
            if !arguments.terminal.quiet {
                if let Some(encoding) = encoding {
                    say(&format!("the file is not UTF-8; it is read as {encoding}"));
                }
                if !findings.is_empty() {
                    say(report::diagnostics(&findings, &shown, arguments.terminal.color.applies()).trim_end());
                }
            }
            from_grids(arguments, &file, &name, &grids).map_err(|problems| refuse(arguments, &problems, &shown))
        }
    }
}

fn from_grids(
    arguments: &Arguments,
    file: &str,
    name: &str,
    grids: &[detente_case::grid::Grid],
) -> Result<Made, Vec<Diagnostic>> {
    let mut choices = arguments.settle.choices();
    let sheet = Sheet::choose(file, grids, &choices)?;
    let mut columns = Columns::propose(&sheet, &choices)?;
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        ask::about(&sheet, &mut columns, &mut choices, &mut stdin.lock(), &say)?;
    }
    if !arguments.terminal.quiet {
        Report::columns(&sheet, &columns).iter().for_each(|line| say(line));
    }
    let Started { files, report } = start::case(name, &sheet, &columns, &choices)?;
    Ok((files, report.made()))
}

fn refuse(arguments: &Arguments, problems: &[Diagnostic], folder: &Folder) -> Failure {
    say(report::diagnostics(problems, folder, arguments.terminal.color.applies()).trim_end());
    Failure::CaseHasErrors
}
