//! A case as a workbook: a sheet a file.
//!
//! All cells are text, so that ids such as `1E5`, dates, leading zeros and what looks like a formula stay as they are. The same case
//! gives the same bytes: the workbook names no user and carries a fixed date.

mod about;
mod choices;
mod look;

use detente_case::export::{self, Sheet};
use detente_case::formats::TABLES;
use detente_case::{Case, Level, claim, constraint, scenario, settings};
use rust_xlsxwriter::{ColNum, DocProperties, ExcelDateTime, IgnoreError, RowNum, Workbook, Worksheet, XlsxError};

use crate::book::{
    CLAIMS_SHEET, CONSTRAINTS_SHEET, MODEL_SHEET, SCENARIOS_SHEET, SETTINGS_SHEET, SOURCES_SHEET, sheet_of,
};
use crate::{limits, long, sources};
use choices::Choices;
use look::Look;

/// Why no workbook was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WriteError {
    /// A table has more rows than a sheet.
    TooManyRows {
        /// The file of the case.
        file: String,
        /// How many rows it has.
        rows: usize,
    },
    /// The workbook could not be put together.
    NotMade(String),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WriteError::TooManyRows { file, rows } => write!(
                f,
                "{file} has {rows} rows; a sheet holds {}. Nothing was written; a folder holds any number",
                limits::ROWS - 1
            ),
            WriteError::NotMade(why) => write!(f, "the workbook cannot be made: {why}. Nothing was written"),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        WriteError::NotMade(error.to_string())
    }
}

/// A table as it is written.
struct Table {
    sheet: &'static str,
    /// The file that it stands for.
    file: &'static str,
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

/// A column as it is written.
struct Column {
    name: String,
    about: String,
    need: Need,
}

/// How a column is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    Optional,
    Own,
}

/// A case as a workbook, as one of its levels of markings shows it.
///
/// Every table of the case format has a sheet, those without rows as well; `case.toml` stands line by line in the sheet `case`, the
/// bibliography in the sheet `sources`, stability models likewise in sheets `stability 1`, `stability 2`, … Cells with a word from a list have a drop-down list. A text that is longer than a cell holds
/// (32,767 characters) goes on in columns `NAME (continued 2)`, `NAME (continued 3)`, …
///
/// # Errors
/// A table with more rows than a sheet holds.
pub fn write(case: &Case, level: Level) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new().set_title(look::title(&case.settings.title)).set_creation_datetime(&date),
    );
    let look = Look::new();
    let tables = tables(case);
    let choices = Choices::of(case, &tables);
    about::write(case, level, &look, workbook.add_worksheet())?;
    let note = "The file case.toml, a line a row: what the case is about, as of when, and whose consent is needed.";
    let text = export::case_toml(case);
    lines(SETTINGS_SHEET, settings::FILE, note, &text, &look, workbook.add_worksheet())?;
    if !case.constraints.is_empty() {
        let note = "The file constraints.toml, a line a row: rules between options.";
        let text = export::constraints_toml(case);
        lines(CONSTRAINTS_SHEET, constraint::FILE, note, &text, &look, workbook.add_worksheet())?;
    }
    if !case.claims.is_empty() {
        let note = "The file claims.toml, a line a row: statements to test.";
        let text = export::claims_toml(case);
        lines(CLAIMS_SHEET, claim::FILE, note, &text, &look, workbook.add_worksheet())?;
    }
    let scenarios = export::scenarios_toml(case);
    if !scenarios.is_empty() {
        let note = "The file scenarios.toml, a line a row: factors, and what they are in each scenario.";
        lines(SCENARIOS_SHEET, scenario::FILE, note, &scenarios, &look, workbook.add_worksheet())?;
    }
    for (number, (file, bytes)) in (1..).zip(export::models(case)) {
        let note = "A stability model, a line a row: who can do what, and what each side prefers.";
        let name = format!("{MODEL_SHEET} {number}");
        lines(&name, &file, note, &String::from_utf8_lossy(&bytes), &look, workbook.add_worksheet())?;
    }
    for table in &tables {
        if table.rows.len() >= limits::ROWS as usize {
            return Err(WriteError::TooManyRows { file: table.file.to_owned(), rows: table.rows.len() });
        }
        write_table(table, &choices, &look, workbook.add_worksheet())?;
    }
    choices.write_lists(&look, &mut workbook)?;
    Ok(workbook.save_to_buffer()?)
}

/// The tables in the order of their sheets: what is coded first, then what it refers to.
fn tables(case: &Case) -> Vec<Table> {
    const ORDER: [&str; 8] = [
        "positions.csv",
        "events.csv",
        "issues.csv",
        "actors.csv",
        "aliases.csv",
        "topics.csv",
        "relations.csv",
        "factors.csv",
    ];
    let mut sheets = export::sheets(case);
    let mut formats: Vec<_> = TABLES.iter().collect();
    formats.sort_by_key(|format| ORDER.iter().position(|file| *file == format.file).unwrap_or(ORDER.len()));
    let mut tables: Vec<Table> = formats
        .into_iter()
        .map(|format| {
            let found = sheets.iter().position(|sheet| sheet.file == format.file);
            let sheet = found.map(|at| sheets.swap_remove(at));
            let Sheet { columns, rows, .. } = sheet.unwrap_or_else(|| Sheet {
                file: format.file,
                columns: format.columns.iter().map(|column| column.name.to_owned()).collect(),
                rows: Vec::new(),
            });
            let columns = columns
                .into_iter()
                .map(|name| match format.columns.iter().find(|column| column.name == name) {
                    Some(column) => Column {
                        name,
                        about: column.about.to_owned(),
                        need: if column.required { Need::Required } else { Need::Optional },
                    },
                    None => Column { name, about: "a column of this case's own".to_owned(), need: Need::Own },
                })
                .collect();
            Table { sheet: sheet_of(format.file), file: format.file, columns, rows }
        })
        .collect();
    let fields = sources::FIELDS.iter().chain([&sources::REST]);
    tables.push(Table {
        sheet: SOURCES_SHEET,
        file: detente_case::source::JSON_FILE,
        columns: fields
            .map(|field| Column {
                name: field.name.to_owned(),
                about: field.about.to_owned(),
                need: if field.name == "id" { Need::Required } else { Need::Optional },
            })
            .collect(),
        rows: sources::rows(case).collect(),
    });
    tables
}

/// Characters of a line of a file.
const LINE_WIDTH: u32 = 110;

/// A sheet that holds the lines of a file, under its name.
fn lines(name: &str, file: &str, note: &str, text: &str, look: &Look, sheet: &mut Worksheet) -> Result<(), WriteError> {
    sheet.set_name(name)?;
    sheet.set_column_format(0, &look.line)?;
    sheet.set_column_width(0, LINE_WIDTH)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.write_string_with_format(0, 0, file, &look.required)?;
    sheet.insert_note(0, 0, &look::note(note))?;
    sheet.set_freeze_panes(1, 0)?;
    for (row, line) in (1..).zip(text.lines()) {
        for (column, piece) in (0..).zip(long::pieces(line)).filter(|(_, piece)| !piece.is_empty()) {
            sheet.write_string_with_format(row, column, piece, &look.line)?;
        }
        if let Some(height) = look::height([(line, LINE_WIDTH)].into_iter()) {
            sheet.set_row_height(row, height)?;
        }
    }
    Ok(())
}

/// The place of a column, counted in the columns of the sheet.
type Place = (ColNum, usize);

fn write_table(table: &Table, choices: &Choices, look: &Look, sheet: &mut Worksheet) -> Result<(), WriteError> {
    sheet.set_name(table.sheet)?;
    let last_row: RowNum = limits::ROWS - 1;
    let last_column = ColNum::try_from(table.columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX);
    // Columns in which long texts go on stand behind all others.
    let mut further: Vec<Place> = Vec::new();
    let mut widths = Vec::new();
    for (place, column) in table.columns.iter().enumerate() {
        let at = ColNum::try_from(place).unwrap_or(ColNum::MAX);
        let cells = || table.rows.iter().map(|row| row[place].as_str());
        let head = match column.need {
            Need::Required => &look.required,
            Need::Optional => &look.optional,
            Need::Own => &look.own,
        };
        sheet.write_string_with_format(0, at, look::plain(&column.name), head)?;
        let choice = choices.of_column(table, column);
        sheet.insert_note(0, at, &look::note(&choice.note(column)))?;
        sheet.set_column_format(at, &look.text)?;
        let width = look::width(&column.name, cells());
        sheet.set_column_width(at, width)?;
        widths.push(width);
        if let Some(validation) = choice.validation(table)? {
            sheet.add_data_validation(1, at, last_row, at, &validation)?;
        }
        let most = cells().map(|cell| long::pieces(cell).len()).max().unwrap_or(1);
        further.extend((2..=most).map(|part| (at, part)));
    }
    for (at, (of, part)) in (last_column + 1..).zip(&further) {
        let name = long::name(&table.columns[usize::from(*of)].name, *part);
        sheet.write_string_with_format(0, at, name, &look.optional)?;
        sheet.set_column_format(at, &look.text)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        if let Some(height) = look::height(cells.iter().map(String::as_str).zip(widths.iter().copied())) {
            sheet.set_row_height(row, height)?;
        }
        for (at, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            for (part, piece) in (1..).zip(long::pieces(cell)) {
                let further = || further.iter().zip(last_column + 1..).find(|(place, _)| **place == (at, part));
                let column = if part == 1 { at } else { further().map_or(at, |(_, column)| column) };
                sheet.write_string_with_format(row, column, look::plain(piece), &look.text)?;
            }
        }
    }
    let filled = RowNum::try_from(table.rows.len()).unwrap_or(last_row).max(1);
    sheet.autofilter(0, 0, filled, last_column)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.ignore_error_range(1, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}
