//! A workbook as a case: which sheet is which file.

use std::borrow::Cow;

use detente_case::formats::TABLES;
use detente_case::grid::Grid;
use detente_case::sheets::SheetText;
use detente_case::{Code, Diagnostic, Sheets, claim, constraint, nearest, scenario, settings, source, stability};

use crate::{left_alone, long, sources, without_value, xlsx};

/// The sheet that holds `case.toml`, a line a row under this header.
pub(crate) const SETTINGS_SHEET: &str = "case";
/// The sheet that holds `constraints.toml`, likewise.
pub(crate) const CONSTRAINTS_SHEET: &str = "constraints";
/// The sheet that holds `claims.toml`, likewise.
pub(crate) const CLAIMS_SHEET: &str = "claims";
/// The sheet that holds `scenarios.toml`, likewise.
pub(crate) const SCENARIOS_SHEET: &str = "scenarios";
/// The sheets that hold the lines of a file: (sheet, file).
const TEXT_SHEETS: [(&str, &str); 4] = [
    (SETTINGS_SHEET, settings::FILE),
    (CONSTRAINTS_SHEET, constraint::FILE),
    (CLAIMS_SHEET, claim::FILE),
    (SCENARIOS_SHEET, scenario::FILE),
];
/// What the sheets begin with that hold stability models, likewise; the head of each names its file.
pub(crate) const MODEL_SHEET: &str = "stability";
/// The sheet that holds the bibliography.
pub(crate) const SOURCES_SHEET: &str = "sources";
/// The sheet that says what the workbook is.
pub(crate) const ABOUT_SHEET: &str = "read me";
/// The sheet from which drop-down lists are filled.
pub(crate) const LISTS_SHEET: &str = "lists";

/// The name of the sheet of a table.
pub(crate) fn sheet_of(file: &str) -> &str {
    file.trim_end_matches(".csv")
}

/// The case in a workbook; none if it has no sheet with `case.toml`.
pub(crate) fn sheets(file: &str, book: xlsx::Book) -> Option<Sheets> {
    // The file of which a sheet holds the lines: the head of the sheet names it.
    let file_of_lines = |grid: &Grid| -> Option<Cow<'static, str>> {
        let head = grid.rows.first().and_then(|row| row.cells.first())?.trim();
        if is_model_sheet(&grid.name) && stability::is_model_file(head) {
            return Some(head.to_owned().into());
        }
        let known = TEXT_SHEETS.into_iter().find(|(sheet, file)| is(&grid.name, sheet) && head == *file);
        known.map(|(_, file)| file.into())
    };
    if !book.sheets.iter().any(|sheet| file_of_lines(&sheet.grid).as_deref() == Some(settings::FILE)) {
        return None;
    }
    let mut case = Sheets { workbook: file.to_owned(), ..Sheets::default() };
    case.findings.extend(book.left.iter().map(|what| left_alone(file, what)));
    for sheet in book.sheets {
        let name = sheet.grid.name.clone();
        if is(&name, ABOUT_SHEET) || is(&name, LISTS_SHEET) {
            continue;
        }
        case.findings.extend(without_value(file, &sheet));
        let mut grid = sheet.grid;
        grid.rows.retain(|row| row.cells.iter().any(|cell| !cell.trim().is_empty()));
        if let Some(text) = file_of_lines(&grid).map(|file| lines(file, &grid)) {
            match case.texts.iter().find(|other| other.file == text.file) {
                Some(other) => case.findings.push(named_twice(file, other, &text)),
                None => case.texts.push(text),
            }
            continue;
        }
        long::join(&mut grid);
        if is(&name, SOURCES_SHEET) {
            let bytes = sources::read(&grid, &mut case.findings);
            case.texts.extend(bytes.map(|bytes| SheetText {
                file: source::JSON_FILE.into(),
                sheet: name,
                bytes,
                rows: Vec::new(),
            }));
        } else if let Some(table) = TABLES.iter().find(|table| is(&name, sheet_of(table.file))) {
            // A sheet that has only its header stands for a file that is not there.
            if grid.rows.len() > 1 {
                case.tables.push((table.file, grid));
            }
        } else {
            case.findings.push(unknown(file, &name));
        }
    }
    Some(case)
}

/// Whether a sheet is called as one that holds a stability model.
fn is_model_sheet(name: &str) -> bool {
    name.trim().to_lowercase().starts_with(MODEL_SHEET)
}

/// Whether a sheet has a name, in whatever letters.
fn is(name: &str, known: &str) -> bool {
    name.trim().eq_ignore_ascii_case(known)
}

/// Two sheets whose first cells name the same file.
fn named_twice(workbook: &str, first: &SheetText, second: &SheetText) -> Diagnostic {
    let message = format!("sheets `{}` and `{}` both name the file {}", first.sheet, second.sheet, first.file);
    Diagnostic::new(Code::DuplicateId, workbook, message)
        .hint("give one of them another name in its first cell, or delete it")
}

fn unknown(file: &str, name: &str) -> Diagnostic {
    let message = format!("sheet `{name}` is not one of a case's; it is left alone");
    let finding = Diagnostic::new(Code::UnknownSheet, file, message);
    let texts = [SOURCES_SHEET, CONSTRAINTS_SHEET, CLAIMS_SHEET, SCENARIOS_SHEET];
    let known = TABLES.iter().map(|table| sheet_of(table.file)).chain(texts);
    match nearest(name.trim(), known) {
        Some(near) => finding.hint(format!("is it meant to be `{near}`?")),
        None => finding,
    }
}

/// The text of a file: a row a line, rows that hold nothing included. A line that goes on in further columns is joined.
fn lines(file: Cow<'static, str>, grid: &Grid) -> SheetText {
    let (mut text, mut rows) = (String::new(), Vec::new());
    let header = grid.rows.first().map_or(0, |row| row.line);
    let mut next = header + 1;
    for row in grid.rows.iter().skip(1) {
        while next < row.line {
            text.push('\n');
            rows.push(next);
            next += 1;
        }
        let line = row.cells.concat();
        // A cell may hold several lines.
        rows.extend(std::iter::repeat_n(row.line, line.matches('\n').count() + 1));
        text.push_str(&line);
        text.push('\n');
        next = row.line + 1;
    }
    SheetText { file, sheet: grid.name.clone(), bytes: text.into_bytes(), rows }
}
