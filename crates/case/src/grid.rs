//! A sheet as it was found: cells of text, before anybody knows which row is the header.

/// A sheet of a workbook, or a text table, as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Name of the sheet; empty for a text table.
    pub name: String,
    /// The rows that hold anything, in order.
    pub rows: Vec<GridRow>,
}

/// A row of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridRow {
    /// Its number as the spreadsheet or editor shows it, from 1.
    pub line: u64,
    /// Its cells, from the first column. Cells that a spreadsheet holds as dates are ISO days; cells merged downwards are repeated.
    pub cells: Vec<String>,
}
