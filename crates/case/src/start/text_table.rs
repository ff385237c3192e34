//! A text table as a grid of cells: any delimiter, any of the usual encodings, rows of any length.

use super::encoding::{self, Decoded};
use crate::diagnostic::{Code, Diagnostic};
use crate::grid::{Grid, GridRow};
use crate::table;

/// A text table, its text, and what is worth saying about how it was read.
#[derive(Debug)]
pub struct TextTable {
    /// Its cells.
    pub grid: Grid,
    /// Its text, for showing lines of it.
    pub text: String,
    /// The encoding, if it is not UTF-8.
    pub encoding: Option<&'static str>,
}

/// Reads a text table.
///
/// # Errors
/// Text in an encoding that is not known, a quotation mark that is never closed, and a table without any filled cell.
pub fn read(file: &str, bytes: Vec<u8>) -> Result<TextTable, Diagnostic> {
    let Decoded { text, encoding } = encoding::decode(file, bytes)?;
    let (delimiter, first) = declared_delimiter(&text).unwrap_or_else(|| (delimiter(&text), 0));
    if let Some(problem) = table::open_quotation(file, &text, delimiter) {
        return Err(problem);
    }
    let rows: Vec<GridRow> = reader(&text, delimiter)
        .records()
        .filter_map(Result::ok)
        .map(|record| GridRow {
            line: table::line_of(&text, &record),
            cells: record.iter().map(|cell| table::content(cell).to_owned()).collect(),
        })
        .filter(|row| row.line > first && row.cells.iter().any(|cell| !cell.is_empty()))
        .collect();
    if rows.is_empty() {
        let message = "this table is empty; expected a line with the names of its columns";
        return Err(Diagnostic::new(Code::NoHeader, file, message));
    }
    Ok(TextTable { grid: Grid { name: String::new(), rows }, text, encoding })
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes())
}

/// The delimiter that Excel writes into a line `sep=;` of its own, and the number of that line.
fn declared_delimiter(text: &str) -> Option<(u8, u64)> {
    match text.lines().next()?.trim().strip_prefix("sep=")?.as_bytes() {
        [delimiter @ (b',' | b';' | b'\t')] => Some((*delimiter, 1)),
        _ => None,
    }
}

/// Rows by which the delimiter is found.
const SAMPLE: usize = 200;

/// The one of comma, semicolon and tab that gives most rows the same number of cells, and of those the most cells. A title
/// above the table need not have any.
fn delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let widths: Vec<usize> =
            reader(text, delimiter).records().filter_map(Result::ok).take(SAMPLE).map(|record| record.len()).collect();
        let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
        widths.iter().filter(|width| **width > 1).map(|width| (alike(*width), *width)).max().unwrap_or_default()
    };
    let [comma, semicolon, tab] = [b',', b';', b'\t'].map(score);
    if comma >= semicolon && comma >= tab {
        b','
    } else if semicolon >= tab {
        b';'
    } else {
        b'\t'
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let table = read("x.csv", text.as_bytes().to_vec()).unwrap();
        table.grid.rows.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_a_table() {
        assert_eq!(delimiter("Statements, by side, and by day\n\na;b;c\n1, 2;3;4\n5, 6;7;8"), b';');
        assert_eq!(delimiter("a\tb;c\n1\t2\n3\t4"), b'\t');
        assert_eq!(delimiter("\"a;;;\",b\n"), b',');
        assert_eq!(delimiter("one column\nof words\n"), b',');
    }

    #[test]
    fn a_line_that_declares_the_delimiter_is_followed_and_not_read_as_a_row() {
        assert_eq!(rows("sep=;\na,b;c\n"), [(2, vec!["a,b".to_owned(), "c".to_owned()])]);
    }

    #[test]
    fn rows_keep_their_lines_and_empty_ones_are_left_out() {
        let found = rows("Title\n\n a ;b\n;\n\"1\n2\";3;4\n5\n");
        let expected = [(1, vec!["Title"]), (3, vec!["a", "b"]), (5, vec!["1\n2", "3", "4"]), (7, vec!["5"])];
        assert_eq!(found, expected.map(|(line, cells)| (line, cells.into_iter().map(str::to_owned).collect())));
    }

    #[test]
    fn text_that_is_no_table_is_refused() {
        for (bytes, code) in [(&b""[..], "T002"), (b"\n \n", "T002"), (b"a,\xe9\n", "T001"), (b"a\n\"open\n", "T006")] {
            assert_eq!(read("x.csv", bytes.to_vec()).unwrap_err().code, code);
        }
    }
}
