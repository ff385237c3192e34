//! A sheet as it was found: cells of text, before anybody knows which row is the header.

use crate::diagnostic::{Code, Diagnostic};

/// A sheet of a workbook, or a text table, as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Name of the sheet; empty for a text table.
    pub name: String,
    /// The rows that hold anything, in order.
    pub rows: Vec<GridRow>,
}

impl Grid {
    /// The cells that hold a NUL character, which no text file does, each as a finding at its place.
    pub(crate) fn nul_cells(&self, file: &str) -> impl Iterator<Item = Diagnostic> {
        let cells =
            self.rows.iter().flat_map(|row| row.cells.iter().zip(1..).map(|(cell, column)| (row.line, cell, column)));
        cells.filter(|(_, cell, _)| cell.contains('\0')).map(move |(line, _, column)| {
            Diagnostic::new(Code::NulByte, file, "this cell holds a NUL character; a text has none")
                .at(line, Some(column))
                .hint("type the cell anew")
        })
    }
}

/// A row of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridRow {
    /// Its number as the spreadsheet or editor shows it, from 1.
    pub line: u64,
    /// Its cells, from the first column. Cells that a spreadsheet holds as dates are ISO days; cells merged downwards are repeated.
    pub cells: Vec<String>,
}
