//! Starting a case: from the template, or from any spreadsheet that says who said what about what, and when.
//!
//! 1. [`read_text_table`] makes a grid of cells from a text table; workbooks come as grids.
//! 2. [`Sheet::choose`] takes the sheet and finds its header.
//! 3. [`Columns::propose`] says which column holds which [`Field`], and why.
//! 4. [`case`] reads the rows and writes the files of a case, with a [`Report`] of what was read and what was left out.
//!
//! Nothing is guessed about what was said: an order of day and month that no cell shows, a name that can be read in two ways,
//! and two columns that may hold the same field are refused, each with the option that settles it. Every text is kept.

mod actors;
mod columns;
mod content;
pub mod dates;
mod encoding;
mod field;
mod files;
mod header;
mod languages;
mod report;
mod rows;
mod sheet;
mod text_table;
mod topics;

use crate::bundled;
use crate::diagnostic::{Diagnostic, Severity};
use crate::folder::Folder;
use crate::grid::Grid;
use crate::when::Day;

pub use actors::ActorFound;
pub use columns::{Columns, Open, Reason, Taken};
pub use dates::DayOrder;
pub use field::Field;
pub use report::Report;
pub use rows::{DatesRead, LeftOut};
pub use sheet::{Column, Sheet};
pub use text_table::{TextTable, read as read_text_table};
pub use topics::TopicFound;

/// The file with the rows of a spreadsheet that are no statements of the case.
pub const LEFT_OUT: &str = "left-out.csv";

/// What somebody has settled about a spreadsheet.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// The sheet, by name.
    pub sheet: Option<String>,
    /// The line of the header; 0 if there is none.
    pub header: Option<u64>,
    /// Fields and the columns that hold them, by name or letter; an empty name says that no column does.
    pub columns: Vec<(Field, String)>,
    /// The order of day and month in dates that allow both.
    pub dates: Option<DayOrder>,
    /// Fields of which an empty cell has the text of the filled one above it.
    pub fill_down: Vec<Field>,
    /// Texts and the actors that they stand for.
    pub aliases: Vec<(String, String)>,
    /// Those whose consent is needed.
    pub principals: Vec<String>,
    /// Whether rows that cannot be read are set aside.
    pub keep_going: bool,
}

/// A case that was started from a spreadsheet.
#[derive(Clone, Debug)]
pub struct Started {
    /// Its files: (name, content).
    pub files: Vec<(String, Vec<u8>)>,
    /// What was read, and what was left out.
    pub report: Report,
}

/// The files of the template.
#[must_use]
pub fn template() -> Vec<(String, Vec<u8>)> {
    match bundled::folder("_template") {
        Some(Folder::Bundled(files)) => {
            files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
        }
        _ => Vec::new(),
    }
}

/// The case that the sheets of a file become, with the columns that are proposed. `name` is its title, unless a single cell
/// above the table holds one.
///
/// # Errors
/// Whatever keeps the sheet from being read, all at once for each step; see [`Sheet::choose`], [`Columns::propose`] and [`case`].
pub fn from_grids(file: &str, name: &str, grids: &[Grid], choices: &Choices) -> Result<Started, Vec<Diagnostic>> {
    let sheet = Sheet::choose(file, grids, choices)?;
    let columns = Columns::propose(&sheet, choices)?;
    case(name, &sheet, &columns, choices)
}

/// The case that a sheet becomes: every row an uncoded statement.
///
/// Cost: linear in the size of the sheet, and one reading of the finished case.
///
/// # Errors
/// Columns that are not clear, missing cells, dates that cannot be read, names that can be read in two ways.
pub fn case(name: &str, sheet: &Sheet, columns: &Columns, choices: &Choices) -> Result<Started, Vec<Diagnostic>> {
    let problems = columns.problems(sheet);
    if !problems.is_empty() {
        return Err(problems);
    }
    let rows = rows::read_rows(sheet, columns, choices);
    let rows::Rows { statements, left_out, dates } = match rows {
        Ok(rows) => rows,
        Err(problems) => return Err(with_names(problems, sheet, columns, choices)),
    };
    let texts = statements.iter().flat_map(|statement| [statement.actor, statement.issue, statement.words]);
    let languages = languages::of(texts);
    let said = statements.iter().map(|statement| (statement.line, statement.actor));
    let actors::Actors { list: actors, principals, aliases } =
        actors::find(sheet, columns.of(Field::Actor), said, &languages, choices)?;
    let (topics, topic_of) = topics::of(statements.iter().map(|statement| statement.issue));
    let first = statements.iter().map(|statement| statement.date.when.first()).min().unwrap_or(Day::MIN);
    let last = statements.iter().map(|statement| statement.date.when.last()).max().unwrap_or(Day::MAX);
    let title = report::title(sheet, name);
    let settings = files::Settings {
        title: &title,
        as_of: last,
        languages: &languages,
        principals: &principals,
        proposed: choices.principals.is_empty(),
    };
    let mut files = vec![
        ("case.toml".to_owned(), files::case_toml(&settings)),
        ("positions.csv".to_owned(), files::positions(sheet, columns, &statements, &topics, &topic_of)),
        ("topics.csv".to_owned(), files::topics(&topics)),
    ];
    if !aliases.is_empty() {
        files.push(("aliases.csv".to_owned(), aliases.into_bytes()));
    }
    if !left_out.is_empty() {
        files.push((LEFT_OUT.to_owned(), files::left_out(sheet, &left_out)));
    }
    let report = Report {
        statements: statements.len(),
        lines: (
            statements.first().map_or(0, |statement| statement.line),
            statements.last().map_or(0, |statement| statement.line),
        ),
        rewritten: statements.iter().filter(|row| row.date_text != row.date.when.to_string()).count(),
        ranges: statements.iter().filter(|row| row.date.of_range).map(|row| row.line).collect(),
        filled_down: choices.fill_down.clone(),
        proposed: choices.principals.is_empty(),
        has_topics: columns.of(Field::Issue).is_some(),
        period: (first, last),
        title,
        dates,
        left_out,
        actors,
        topics,
        principals,
        languages,
    };
    files.push(("README.md".to_owned(), report.readme(sheet, columns).into_bytes()));
    // What is written can be loaded.
    let loaded = crate::load(&Folder::Memory(files.clone()), |_| {});
    let faults: Vec<Diagnostic> =
        loaded.diagnostics.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
    if faults.is_empty() { Ok(Started { files, report }) } else { Err(faults) }
}

/// What is wrong with rows, and with the names in them, so that both can be mended at once.
fn with_names(mut problems: Vec<Diagnostic>, sheet: &Sheet, columns: &Columns, choices: &Choices) -> Vec<Diagnostic> {
    let [actor, issue, words] = [Field::Actor, Field::Issue, Field::Words].map(|field| columns.of(field));
    let texts = sheet.rows.iter().flat_map(|row| [actor, issue, words].map(|column| sheet.cell(row, column)));
    let languages = languages::of(texts);
    let said = sheet.rows.iter().map(|row| (row.line, sheet.cell(row, actor))).filter(|(_, text)| !text.is_empty());
    if let Err(names) = actors::find(sheet, actor, said, &languages, choices) {
        problems.extend(names);
        problems.sort();
    }
    problems
}
