//! The sheet from which a case is made: which of a workbook, its columns and its rows.

use super::Choices;
use super::field::{Field, fit};
use super::header::{self, Parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::grid::{Grid, GridRow};
use crate::names::normalise;

/// A column of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its letter in a spreadsheet.
    pub letter: String,
    /// Its name in the header; empty if it has none.
    pub name: String,
    /// The cells of a header of two rows that make the name, from above.
    pub(super) parts: Vec<String>,
    /// Whether another column has the same name.
    repeated: bool,
}

impl Column {
    /// How the column is called: by its name, or by its letter where that names none or several.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.name.is_empty() || self.repeated { &self.letter } else { &self.name }
    }
}

/// A sheet with its header found.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The file, as findings name it.
    pub file: String,
    /// Name of the sheet; empty for a text table.
    pub name: String,
    /// Other sheets of the workbook that hold anything.
    pub others: Vec<String>,
    /// Titles and notes above the header.
    pub above: Vec<GridRow>,
    /// Lines of the header: none, one or two.
    pub header: Vec<u64>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The rows below the header.
    pub rows: Vec<GridRow>,
    /// The cells of the header, as they were found.
    pub(super) header_cells: Vec<Vec<String>>,
    /// The number of columns that the header names.
    pub(super) named_width: usize,
}

/// The most columns that a sheet may have: what is wider is no table of statements.
const MOST_COLUMNS: usize = 1000;

impl Sheet {
    /// Takes the sheet that is named, or the one with the most rows that looks like a table, and finds its header.
    ///
    /// # Errors
    /// A sheet or a row that is not there, a sheet without rows, and cells that no case can hold.
    pub fn choose(file: &str, grids: &[Grid], choices: &Choices) -> Result<Sheet, Vec<Diagnostic>> {
        let filled: Vec<&Grid> = grids.iter().filter(|grid| !grid.rows.is_empty()).collect();
        let names = || filled.iter().map(|grid| grid.name.as_str());
        let grid = match &choices.sheet {
            Some(wanted) => {
                filled.iter().copied().find(|grid| normalise(&grid.name) == normalise(wanted)).ok_or_else(|| {
                    let finding = Diagnostic::new(
                        Code::UnknownReference,
                        file,
                        format!("there is no sheet `{wanted}` with anything in it"),
                    );
                    vec![match names().collect::<Vec<_>>().join("`, `") {
                        sheets if sheets.is_empty() => finding.hint("this file has no sheets: leave `--sheet` out"),
                        sheets => finding.hint(format!("sheets: `{sheets}`")),
                    }]
                })?
            }
            // Of equals, the first.
            None => filled.iter().copied().rev().max_by_key(|grid| likeness(grid)).ok_or_else(|| {
                vec![Diagnostic::new(Code::NoHeader, file, "this file holds no table: no cell is filled")]
            })?,
        };
        let label = if filled.len() > 1 { format!("{file} (sheet {})", grid.name) } else { file.to_owned() };
        let parts = header::find(&clean(&label, grid)?, choices.header).ok_or_else(|| {
            let line = choices.header.unwrap_or_default();
            let message = format!("row {line} is empty or not there; it cannot be the header");
            vec![Diagnostic::new(Code::UnknownReference, &label, message).hint("`--header 0` says that there is none")]
        })?;
        let others = filled.iter().filter(|other| other.name != grid.name).map(|other| other.name.clone()).collect();
        Ok(Sheet::of(label, grid.name.clone(), others, parts))
    }

    fn of(file: String, name: String, others: Vec<String>, parts: Parts) -> Sheet {
        let header_cells: Vec<Vec<String>> = parts.header.iter().map(|row| row.cells.clone()).collect();
        let named_width = header_cells.iter().map(Vec::len).max().unwrap_or_default();
        let used = |cells: &Vec<String>| cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let width = parts.rows.iter().map(|row| used(&row.cells)).max().unwrap_or_default();
        let width = width.max(header_cells.iter().map(used).max().unwrap_or_default());
        let mut columns: Vec<Column> = (0..width)
            .map(|place| {
                let mut parts: Vec<String> =
                    header_cells.iter().filter_map(|cells| cells.get(place)).cloned().collect();
                parts.retain(|part| !part.is_empty());
                parts.dedup();
                Column { letter: letter(place), name: parts.join(" "), parts, repeated: false }
            })
            .collect();
        let names: Vec<String> = columns.iter().map(|column| normalise(&column.name)).collect();
        for (place, column) in columns.iter_mut().enumerate() {
            column.repeated = names.iter().filter(|name| **name == names[place]).count() > 1;
        }
        let header = parts.header.iter().map(|row| row.line).collect();
        Sheet { file, name, others, above: parts.above, header, columns, rows: parts.rows, header_cells, named_width }
    }

    /// The columns that a text names: by their name, or by their letter if no column has that name.
    #[must_use]
    pub fn named(&self, text: &str) -> Vec<usize> {
        let by = |same: &dyn Fn(&Column) -> bool| -> Vec<usize> {
            self.columns.iter().enumerate().filter(|(_, column)| same(column)).map(|(place, _)| place).collect()
        };
        let wanted = normalise(text);
        let found = by(&|column| !column.name.is_empty() && normalise(&column.name) == wanted);
        if found.is_empty() { by(&|column| column.letter.eq_ignore_ascii_case(text.trim())) } else { found }
    }

    /// A cell of a row; empty where the row ends before it.
    pub(super) fn cell<'r>(&self, row: &'r GridRow, column: Option<usize>) -> &'r str {
        column.and_then(|place| row.cells.get(place)).map(String::as_str).unwrap_or_default()
    }
}

/// How much a sheet is like a table of statements: whether its header names two fields, and its number of rows.
fn likeness(grid: &Grid) -> (bool, usize) {
    let parts = header::find(&grid.rows, None).unwrap_or_default();
    let names = |field: &Field| parts.header.iter().flat_map(|row| &row.cells).any(|cell| fit(cell, *field).is_some());
    (Field::ALL.iter().filter(|field| names(field)).count() > 1, parts.rows.len())
}

/// The rows with their cells trimmed and without empty rows.
fn clean(file: &str, grid: &Grid) -> Result<Vec<GridRow>, Vec<Diagnostic>> {
    if let Some(finding) = grid.nul_cells(file).next() {
        return Err(vec![finding]);
    }
    let mut rows = Vec::new();
    for row in &grid.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let place = |column: usize, code, message: &str| {
            vec![Diagnostic::new(code, file, message).at(row.line, Some(column as u64 + 1))]
        };
        if let Some(column) = cells.iter().position(|cell| cell.len() > crate::table::LONGEST_CELL) {
            return Err(place(column, Code::LongCell, "this cell is longer than this program reads"));
        }
        if let Some(column) = cells.iter().skip(MOST_COLUMNS).position(|cell| !cell.is_empty()) {
            let message =
                format!("this row has a cell beyond column {MOST_COLUMNS}; no table of statements is so wide");
            return Err(place(MOST_COLUMNS + column, Code::RaggedRow, &message));
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(GridRow { line: row.line, cells });
        }
    }
    if rows.is_empty() {
        return Err(vec![Diagnostic::new(Code::NoHeader, file, "this table is empty: no cell is filled")]);
    }
    Ok(rows)
}

/// The letter of a column, from 0: A, B, …, Z, AA, AB, …
fn letter(place: usize) -> String {
    let mut rest = place + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn columns_have_letters_as_in_a_spreadsheet() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letter), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
