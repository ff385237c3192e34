//! A file that somebody brings: a spreadsheet to start a case from, a case that was exported, or a text table.

use detente_case::grid::Grid;
use detente_case::{Diagnostic, Folder, Severity, load, start};

use crate::{Files, case_files, read};

/// What a file holds.
#[derive(Debug)]
pub enum Brought {
    /// A case: a workbook that [`crate::write()`] made.
    Case(Files),
    /// Tables to start a case from.
    Tables {
        /// The visible sheets, or the one text table.
        grids: Vec<Grid>,
        /// What was left alone, or is worth knowing.
        findings: Vec<Diagnostic>,
        /// The encoding of a text table, if it is not UTF-8.
        encoding: Option<&'static str>,
        /// The file as findings show its lines; empty for a workbook.
        shown: Folder,
    },
}

/// Why a file cannot be used, and the folder that shows the lines.
pub type Unusable = (Vec<Diagnostic>, Folder);

/// Opens a file by what it holds: a workbook (.xlsx, .xlsm) or a text table in any of the usual encodings.
///
/// # Errors
/// What keeps it from being read; for an exported case also the errors of the case.
pub fn bring(file: &str, bytes: Vec<u8>) -> Result<Brought, Unusable> {
    let nothing = || Folder::Memory(Vec::new());
    if !is_workbook(&bytes) {
        let original = Folder::Memory(vec![(file.to_owned(), bytes.clone())]);
        let table = start::read_text_table(file, bytes).map_err(|problem| (vec![problem], original))?;
        return Ok(Brought::Tables {
            grids: vec![table.grid],
            findings: Vec::new(),
            encoding: table.encoding,
            shown: Folder::Memory(vec![(file.to_owned(), table.text.into_bytes())]),
        });
    }
    if let Some(files) = case_files(file, &bytes).map_err(|problems| (problems, nothing()))? {
        let found = load(&Folder::Memory(files.clone()), |_| {}).diagnostics;
        let errors: Vec<Diagnostic> = found.into_iter().filter(|of| of.severity == Severity::Error).collect();
        return if errors.is_empty() { Ok(Brought::Case(files)) } else { Err((errors, Folder::Memory(files))) };
    }
    let contents = read(file, &bytes).map_err(|problems| (problems, nothing()))?;
    Ok(Brought::Tables { grids: contents.grids, findings: contents.findings, encoding: None, shown: nothing() })
}

/// Workbooks are known by their first bytes: a ZIP archive, or the container of older versions.
fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}
