//! The sheets of a workbook as the files of a case, with the places that the spreadsheet shows.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::export::{self, Sheet};
use crate::formats::TABLES;
use crate::grid::{Grid, GridRow};

/// A case whose files are sheets of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Sheets {
    /// Name of the workbook.
    pub workbook: String,
    /// The tables: the file of the case format that each sheet stands for, and the sheet.
    pub tables: Vec<(&'static str, Grid)>,
    /// The other files.
    pub texts: Vec<SheetText>,
    /// What was found while the workbook was read.
    pub findings: Vec<Diagnostic>,
}

/// A file that is no table, from a sheet.
#[derive(Clone, Debug)]
pub struct SheetText {
    /// The file of the case format.
    pub file: Cow<'static, str>,
    /// Name of the sheet.
    pub sheet: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// The row of the sheet on which each line of the content stands; empty where findings name rows, not lines.
    pub rows: Vec<u64>,
}

impl Sheets {
    /// Names of the files.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.tables.iter().map(|(file, _)| *file).chain(self.texts.iter().map(|text| &*text.file))
    }

    /// The sheet of a table.
    #[must_use]
    pub fn table(&self, file: &str) -> Option<&Grid> {
        self.tables.iter().find(|(name, _)| *name == file).map(|(_, grid)| grid)
    }

    /// A file as text; tables as CSV.
    #[must_use]
    pub fn read(&self, file: &str) -> Option<Vec<u8>> {
        if let Some(text) = self.texts.iter().find(|text| text.file == file) {
            return Some(text.bytes.clone());
        }
        let (file, grid) = self.tables.iter().find(|(name, _)| *name == file)?;
        let width = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let cells = |row: &GridRow| -> Vec<String> {
            let filled = row.cells.iter().map(|cell| cell.trim().to_owned());
            filled.chain(std::iter::repeat_n(String::new(), width - row.cells.len())).collect()
        };
        let mut rows = grid.rows.iter().map(cells);
        let columns = rows.next().unwrap_or_default();
        Some(export::csv(&Sheet { file, columns, rows: rows.collect() }))
    }

    /// Where a finding stands, as the spreadsheet shows it: `case.xlsx, sheet positions, cell C12`.
    #[must_use]
    pub fn place(&self, finding: &Diagnostic) -> String {
        let text = self.texts.iter().find(|text| text.file == finding.file);
        let Some(sheet) = text.map(|text| &text.sheet).or(self.table(&finding.file).map(|grid| &grid.name)) else {
            let known = TABLES.iter().any(|table| table.file == finding.file);
            return if known { format!("{}, no sheet {}", self.workbook, finding.file) } else { finding.place() };
        };
        let place = format!("{}, sheet {sheet}", self.workbook);
        match (finding.line, finding.column, text) {
            // Columns of a text are characters.
            (Some(line), _, Some(text)) if !text.rows.is_empty() => match text.rows.get(index(line)) {
                Some(row) => format!("{place}, row {row}"),
                None => place,
            },
            (Some(line), Some(column), _) => format!("{place}, cell {}{line}", column_letters(column)),
            (Some(line), None, _) => format!("{place}, row {line}"),
            _ => place,
        }
    }

    /// The row or line that a finding is about, to be shown beside it.
    #[must_use]
    pub fn line(&self, finding: &Diagnostic) -> Option<String> {
        let line = finding.line?;
        if let Some(grid) = self.table(&finding.file) {
            let at = grid.rows.binary_search_by_key(&line, |row| row.line).ok()?;
            return Some(grid.rows[at].cells.join(" | "));
        }
        let text = self.texts.iter().find(|text| text.file == finding.file && !text.rows.is_empty())?;
        let content = String::from_utf8_lossy(&text.bytes);
        content.lines().nth(index(line)).map(str::to_owned)
    }
}

fn index(line: u64) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1)
}

/// The letters by which a spreadsheet names a column, from 1: A, …, Z, AA, …
#[must_use]
pub fn column_letters(mut column: u64) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or_default()));
        column /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::column_letters;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        for (number, letters) in
            [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
        {
            assert_eq!(column_letters(number), letters);
        }
    }
}
