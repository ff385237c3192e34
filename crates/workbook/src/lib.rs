//! A case as a spreadsheet.
//!
//! 1. [`grids`]: the sheets of any workbook as cells of text, for a case to start from.
//! 2. [`case_files`]: the files of a case from a workbook that [`write`] made, edited or not.
//! 3. [`write`]: a case as a workbook, a sheet a file, with drop-down lists.

use detente_case::grid::Grid;
use detente_case::{Case, Diagnostic};

/// The sheets of a workbook, in its order, as cells of text.
///
/// # Errors
/// A file that is no workbook, or one that could not be read within the limits.
pub fn grids(file: &str, _bytes: &[u8]) -> Result<Vec<Grid>, Vec<Diagnostic>> {
    Err(vec![Diagnostic::new(detente_case::Code::Unreadable, file, "workbooks cannot be read yet")])
}

/// The files of the case that a workbook holds; none if it is not a workbook that [`write`] made.
///
/// # Errors
/// A file that is no workbook, or one that could not be read within the limits.
pub fn case_files(_file: &str, _bytes: &[u8]) -> Result<Option<Vec<(String, Vec<u8>)>>, Vec<Diagnostic>> {
    Ok(None)
}

/// A case as a workbook: a sheet a file.
#[must_use]
pub fn write(_case: &Case) -> Vec<u8> {
    Vec::new()
}
