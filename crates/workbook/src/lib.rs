//! A case as a spreadsheet.
//!
//! 1. [`grids`]: the sheets of any workbook as cells of text, for a case to start from; [`read`] also says what was left out.
//! 2. [`open`]: a workbook that [`write()`] made, edited or not, as a case; [`case_files`]: the files of that case.
//! 3. [`write()`]: a case as a workbook, a sheet a file, with drop-down lists.
//! 4. [`bring`]: any file that somebody brings, workbook or text table, by what it holds.
//!
//! Workbooks are read as a stream and within limits: parts are counted while they are unpacked, tags and texts while they are
//! read, cells and their text while they are kept. Nothing is run: macros, formulas and links to other workbooks are left alone.

#![expect(clippy::result_large_err, reason = "a fault is made once for a file")]

mod book;
mod dates;
mod fault;
mod limits;
mod long;
mod package;
mod sheet;
mod sources;
mod spreadsheet;
mod strings;
mod styles;
pub mod write;
mod xlsx;
mod xml;

use detente_case::grid::Grid;
use detente_case::{Code, Diagnostic, Severity, Sheets};

pub use spreadsheet::{Brought, Unusable, bring};
pub use write::write;

/// Files by their names.
pub type Files = Vec<(String, Vec<u8>)>;

/// The sheets of a workbook, and what of it is not in them.
#[derive(Debug)]
pub struct Contents {
    /// The visible sheets, in the order of the workbook.
    pub grids: Vec<Grid>,
    /// Warnings and notes: formulas without a result, macros, hidden sheets.
    pub findings: Vec<Diagnostic>,
}

/// The visible sheets of a workbook (.xlsx or .xlsm), in its order, as cells of text.
///
/// Dates are ISO days, with a time after a `T` unless it is midnight; cells that show only a month or a year are `2022-03` and
/// `2022`. Numbers are in their shortest form, truth values `TRUE` and `FALSE`, errors their own text such as `#N/A`, formulas their
/// stored result. Cells that are merged downwards are repeated. A link whose address the text does not hold is written behind the
/// text: `text <https://…>`. `file` is the name to call the workbook by in findings. Cost: linear in its size.
///
/// # Errors
/// A file that is no workbook, is damaged, encrypted or hostile, or is larger than is read.
pub fn read(file: &str, bytes: &[u8]) -> Result<Contents, Vec<Diagnostic>> {
    let book = load(file, bytes)?;
    let mut findings: Vec<Diagnostic> = book.left.iter().map(|what| left_alone(file, what)).collect();
    let mut grids = Vec::new();
    for sheet in book.sheets {
        if sheet.hidden {
            findings.push(left_alone(file, &format!("the hidden sheet `{}`", sheet.grid.name)));
            continue;
        }
        findings.extend(without_value(file, &sheet));
        grids.push(sheet.grid);
    }
    Ok(Contents { grids, findings })
}

/// The visible sheets of a workbook, as [`read`] gives them.
///
/// # Errors
/// As [`read`].
pub fn grids(file: &str, bytes: &[u8]) -> Result<Vec<Grid>, Vec<Diagnostic>> {
    read(file, bytes).map(|contents| contents.grids)
}

/// The case in a workbook that [`write()`] made, edited or not; none if the workbook holds no case. Findings that do not stand in
/// the way are within it, and [`detente_case::load`] reports them.
///
/// # Errors
/// As [`read`].
pub fn open(file: &str, bytes: &[u8]) -> Result<Option<Sheets>, Vec<Diagnostic>> {
    load(file, bytes).map(|book| book::sheets(file, book))
}

/// The files of the case that a workbook holds; none if it is not a workbook that [`write()`] made.
///
/// # Errors
/// As [`read`], and what cannot be read in the sheet of sources.
pub fn case_files(file: &str, bytes: &[u8]) -> Result<Option<Files>, Vec<Diagnostic>> {
    let Some(sheets) = open(file, bytes)? else { return Ok(None) };
    let errors: Vec<Diagnostic> = sheets
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| Diagnostic { file: sheets.place(finding), line: None, column: None, ..finding.clone() })
        .collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Some(sheets.files().filter_map(|name| Some((name.to_owned(), sheets.read(name)?))).collect()))
}

fn load(file: &str, bytes: &[u8]) -> Result<xlsx::Book, Vec<Diagnostic>> {
    if bytes.len() as u64 > detente_case::folder::LARGEST_FILE {
        let message = format!(
            "this file has {} MB; at most {} MB are read",
            bytes.len() >> 20,
            detente_case::folder::LARGEST_FILE >> 20
        );
        return Err(vec![fault::Fault::large(message).about(file)]);
    }
    xlsx::read(bytes).map_err(|fault| vec![fault.about(file)])
}

fn left_alone(file: &str, what: &str) -> Diagnostic {
    Diagnostic::new(Code::NotDataOfWorkbook, file, format!("this workbook holds {what}; not read"))
}

fn without_value(file: &str, sheet: &xlsx::Found) -> Option<Diagnostic> {
    let (count, first) = sheet.without_value.as_ref()?;
    let name = &sheet.grid.name;
    let message = if *count == 1 {
        format!("sheet {name}, cell {first}: the result of this formula is not stored; the cell is read as empty")
    } else {
        format!(
            "sheet {name}, cell {first} and {} more: the results of these formulas are not stored; the cells are read as empty",
            count - 1
        )
    };
    let finding = Diagnostic::new(Code::FormulaWithoutValue, file, message);
    Some(finding.hint("open the workbook in Excel or LibreOffice and save it again: that stores the results"))
}
