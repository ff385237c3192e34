//! Tables, as CSV or as sheets: a header, rows with their places, and the columns that each file knows.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::grid::{Grid, GridRow};
use crate::text::nearest;

/// A column that a file of the case format knows.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Whether every row needs it.
    pub required: bool,
    /// What stands in it, in one sentence.
    pub about: &'static str,
}

/// A file of the case format that is a table.
#[derive(Clone, Copy, Debug)]
pub struct TableFormat {
    /// File name.
    pub file: &'static str,
    /// What one row is.
    pub row_is: &'static str,
    /// What the file unlocks.
    pub unlocks: &'static str,
    /// Its columns, in the order in which they are written.
    pub columns: &'static [Column],
}

/// Declares a table: its format and an enum that names its columns.
macro_rules! table_format {
    ($(#[$meta:meta])* $name:ident, $file:literal, row is $row_is:literal, unlocks $unlocks:literal,
     { $($variant:ident $column:literal $need:ident $about:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $(#[doc = $about] $variant,)* }

        impl $name {
            /// The format of the file.
            pub const FORMAT: $crate::table::TableFormat = $crate::table::TableFormat {
                file: $file,
                row_is: $row_is,
                unlocks: $unlocks,
                columns: &[$($crate::table::Column {
                    name: $column,
                    required: $crate::table::table_format!(@need $need),
                    about: $about,
                },)*],
            };
        }

        impl From<$name> for usize {
            fn from(column: $name) -> usize { column as usize }
        }
    };
    (@need required) => { true };
    (@need optional) => { false };
}
pub(crate) use table_format;

/// A header and where each known column stands in it.
pub(crate) struct Header {
    format: &'static TableFormat,
    /// Place of each known column in the file.
    places: Vec<Option<usize>>,
    /// Columns that the format does not know: their place and name.
    pub(crate) extra: Vec<(usize, String)>,
    /// Places of columns without a name.
    unnamed: Vec<usize>,
    width: usize,
}

/// One row with its place.
pub(crate) struct Row<'a> {
    header: &'a Header,
    record: &'a csv::StringRecord,
    /// Line in the file, from 1.
    pub(crate) line: u64,
}

impl<'a> Row<'a> {
    /// The trimmed text of a cell; empty where the column is missing.
    pub(crate) fn get(&self, column: impl Into<usize>) -> &'a str {
        let place = self.header.places.get(column.into()).copied().flatten();
        place.and_then(|place| self.record.get(place)).map(content).unwrap_or_default()
    }

    /// The entries of a cell that is a list.
    pub(crate) fn list(&self, column: impl Into<usize>) -> impl Iterator<Item = &'a str> {
        self.get(column).split(';').map(str::trim).filter(|entry| !entry.is_empty())
    }

    /// The filled cells of columns that the format does not know: (name, text).
    pub(crate) fn extra(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let header = self.header;
        let record = self.record;
        header.extra.iter().filter_map(move |(place, name)| {
            let text = content(record.get(*place).unwrap_or_default());
            (!text.is_empty()).then_some((name.as_str(), text))
        })
    }

    /// The place of a column in the file, from 1.
    pub(crate) fn column(&self, column: impl Into<usize>) -> Option<u64> {
        self.header.places.get(column.into()).copied().flatten().map(|place| place as u64 + 1)
    }

    /// A finding about a cell of this row.
    pub(crate) fn finding(&self, code: Code, column: impl Into<usize>, message: impl Into<String>) -> Diagnostic {
        let column = column.into();
        let name = self.header.format.columns.get(column).map(|c| c.name).unwrap_or_default();
        Diagnostic::new(code, self.header.format.file, format!("{name}: {}", message.into()))
            .at(self.line, self.column(column))
    }
}

/// What a cell holds: trimmed, and without the apostrophe that escapes a formula.
pub(crate) fn content(cell: &str) -> &str {
    unescape(cell.trim()).trim()
}

/// Cells that a spreadsheet would run as a formula are written with an apostrophe before them; it is taken off here.
fn unescape(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if looks_like_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// Writes a cell so that no spreadsheet runs it as a formula; plain numbers stay as they are.
#[must_use]
pub fn escape(cell: &str) -> std::borrow::Cow<'_, str> {
    let is_number = || cell.parse::<f64>().is_ok_and(f64::is_finite);
    if looks_like_formula(cell.trim_start_matches('\'')) && !is_number() {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Lines of cells as CSV text. Cells that a spreadsheet would run as formulas are escaped.
#[must_use]
pub fn csv_text(lines: &[Vec<String>]) -> String {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).flexible(true).from_writer(Vec::new());
    // Writing to memory does not fail.
    for line in lines {
        _ = writer.write_record(line.iter().map(|cell| escape(cell).into_owned()));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The line on which each row of a file begins that is read without a finding, in order; empty if the file cannot be read.
#[must_use]
pub fn lines_of_rows(folder: &crate::Folder, file: &str) -> Vec<u64> {
    let mut lines = Vec::new();
    let Some(format) = crate::formats::TABLES_IN_PLACE.iter().find(|format| format.file == file) else { return lines };
    if let Ok(table) = folder.table(file) {
        read(format, table, &mut Findings::default(), |row, _| lines.push(row.line));
    }
    lines
}

/// Cells longer than this are refused (bytes).
pub(crate) const LONGEST_CELL: usize = 1 << 20;

/// A table as it came.
pub(crate) enum Table<'a> {
    /// Text with a delimiter.
    Text(Vec<u8>),
    /// A sheet of a workbook.
    Sheet(&'a Grid),
}

impl Table<'_> {
    /// The bytes of a file that is text.
    pub(crate) fn into_text(self) -> Option<Vec<u8>> {
        match self {
            Table::Text(bytes) => Some(bytes),
            Table::Sheet(_) => None,
        }
    }
}

/// The rows of a table, one after another.
enum Rows<'a> {
    Text { text: &'a str, reader: Box<csv::Reader<&'a [u8]>> },
    Sheet { rows: std::slice::Iter<'a, GridRow>, width: usize },
}

impl Rows<'_> {
    /// Fills `record` with the next row and says where it begins; none after the last.
    fn next(&mut self, record: &mut csv::StringRecord) -> Result<Option<u64>, csv::Error> {
        match self {
            Rows::Text { text, reader } => Ok(reader.read_record(record)?.then(|| line_of(text, record))),
            Rows::Sheet { rows, width } => {
                let Some(row) = rows.next() else { return Ok(None) };
                record.clear();
                // Cells of text files carry an apostrophe before what looks like a formula; those of sheets never do.
                row.cells.iter().for_each(|cell| record.push_field(&escape(cell.trim())));
                (row.cells.len()..*width).for_each(|_| record.push_field(""));
                Ok(Some(row.line))
            }
        }
    }
}

/// Reads a table row by row. `each` sees every well-formed row; what is wrong with a row's shape is reported and the row left out.
pub(crate) fn read(
    format: &'static TableFormat,
    table: Table<'_>,
    findings: &mut Findings,
    each: impl FnMut(&Row<'_>, &mut Findings),
) {
    match table {
        Table::Text(bytes) => match crate::text::decode(format.file, bytes) {
            Ok(text) => {
                findings.extend(open_quotation(format.file, &text, sniff(&text)));
                let rows = Rows::Text { text: &text, reader: Box::new(reader(&text)) };
                read_rows(format, rows, findings, each);
            }
            Err(problem) => findings.push(problem),
        },
        Table::Sheet(grid) => {
            let nul: Vec<Diagnostic> = grid.nul_cells(format.file).collect();
            if !nul.is_empty() {
                findings.extend(nul);
                return;
            }
            let width = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
            read_rows(format, Rows::Sheet { rows: grid.rows.iter(), width }, findings, each);
        }
    }
}

fn read_rows(
    format: &'static TableFormat,
    mut rows: Rows<'_>,
    findings: &mut Findings,
    mut each: impl FnMut(&Row<'_>, &mut Findings),
) {
    let mut record = csv::StringRecord::new();
    let Some(mut header) = read_header(format, &mut rows, &mut record, findings) else { return };
    loop {
        let line = match rows.next(&mut record) {
            Ok(Some(line)) => line,
            Ok(None) => break,
            Err(error) => {
                findings.push(Diagnostic::new(
                    Code::RaggedRow,
                    format.file,
                    format!("this row cannot be read: {error}"),
                ));
                break;
            }
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != header.width {
            findings.push(ragged(format.file, &header, &record, line));
            continue;
        }
        if let Some(place) = record.iter().position(|cell| cell.len() > LONGEST_CELL) {
            let message = format!("this cell has more than {LONGEST_CELL} bytes");
            findings.push(
                Diagnostic::new(Code::LongCell, format.file, message)
                    .at(line, Some(place as u64 + 1))
                    .hint("a quotation mark left open makes one cell of many rows"),
            );
            continue;
        }
        header.unnamed.retain(|place| {
            let empty = record.get(*place).is_none_or(|cell| cell.trim().is_empty());
            if !empty {
                let message = "this cell stands in a column without a name; such columns are not read";
                findings.push(
                    Diagnostic::new(Code::UnknownColumn, format.file, message)
                        .at(line, Some(*place as u64 + 1))
                        .hint("give the column a name that begins with `x_`"),
                );
            }
            empty
        });
        let row = Row { header: &header, record: &record, line };
        let mut complete = true;
        for (index, column) in format.columns.iter().enumerate() {
            if column.required && row.get(index).is_empty() {
                complete = false;
                findings.push(
                    row.finding(Code::MissingCell, index, "this cell is empty")
                        .hint(format!("expected: {}", column.about)),
                );
            }
        }
        if complete {
            each(&row, findings);
        }
    }
}

fn ragged(file: &str, header: &Header, record: &csv::StringRecord, line: u64) -> Diagnostic {
    let message = format!("this row has {} cells, the header has {}", record.len(), header.width);
    let finding = Diagnostic::new(Code::RaggedRow, file, message).at(line, Some(record.len().min(header.width) as u64));
    if record.iter().any(|cell| cell.contains('\n')) {
        finding.hint("one of its cells runs over several lines: is a quotation mark left open?")
    } else if record.len() > header.width {
        finding.hint("a cell that holds the delimiter stands between quotation marks: \"one, two\"")
    } else {
        finding.hint("empty cells keep their delimiter: a,,c")
    }
}

/// A reader of the rows of a table.
fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(sniff(text)).flexible(true).has_headers(false).from_reader(text.as_bytes())
}

/// The line on which a row begins. The reader counts the empty lines before a row as part of it.
pub(crate) fn line_of(text: &str, record: &csv::StringRecord) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let from = usize::try_from(position.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
    let ends = from.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + ends.filter(|byte| **byte == b'\n').count() as u64
}

/// A finding if the last quotation mark of a table is never closed: all that follows it would be one cell.
pub(crate) fn open_quotation(file: &str, text: &str, delimiter: u8) -> Option<Diagnostic> {
    let bytes = text.as_bytes();
    let (mut line, mut column, mut at) = (1_u64, 1_u64, 0);
    while at < bytes.len() {
        if bytes[at] == b'"' {
            let (opened_line, opened_column) = (line, column);
            at += 1;
            loop {
                match bytes.get(at) {
                    None => {
                        let message = "the quotation mark that opens this cell is never closed";
                        return Some(
                            Diagnostic::new(Code::RaggedRow, file, message)
                                .at(opened_line, Some(opened_column))
                                .hint("close it, or double it if it belongs to the text: \"\"\""),
                        );
                    }
                    Some(b'"') if bytes.get(at + 1) == Some(&b'"') => at += 2,
                    Some(b'"') => break,
                    Some(byte) => {
                        line += u64::from(*byte == b'\n');
                        at += 1;
                    }
                }
            }
        }
        // The rest of the cell, in which quotation marks are characters like others.
        while let Some(byte) = bytes.get(at) {
            at += 1;
            match *byte {
                b'\n' | b'\r' => {
                    line += u64::from(*byte == b'\n');
                    column = 1;
                    break;
                }
                byte if byte == delimiter => {
                    column += 1;
                    break;
                }
                _ => {}
            }
        }
    }
    None
}

/// Whether a table has a column. A sheet has all columns of its format, so there one of its cells is filled as well.
pub(crate) fn has_column(table: &Table<'_>, name: &str) -> bool {
    match table {
        Table::Text(bytes) => {
            let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
            let mut record = csv::StringRecord::new();
            matches!(reader(&text).read_record(&mut record), Ok(true))
                && record.iter().any(|cell| content(cell) == name)
        }
        Table::Sheet(grid) => grid.rows.split_first().is_some_and(|(header, rows)| {
            let place = header.cells.iter().position(|cell| cell.trim() == name);
            let filled = |row: &GridRow, place: usize| row.cells.get(place).is_some_and(|cell| !cell.trim().is_empty());
            place.is_some_and(|place| rows.iter().any(|row| filled(row, place)))
        }),
    }
}

fn read_header(
    format: &'static TableFormat,
    rows: &mut Rows<'_>,
    record: &mut csv::StringRecord,
    findings: &mut Findings,
) -> Option<Header> {
    let expected = || format!("expected a first line such as `{}`", names(format, true));
    let Ok(Some(line)) = rows.next(record) else {
        findings.push(Diagnostic::new(Code::NoHeader, format.file, "this table is empty").hint(expected()));
        return None;
    };
    let mut places = vec![None; format.columns.len()];
    let mut extra = Vec::new();
    let mut unnamed = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (place, name) in record.iter().enumerate() {
        let name = content(name);
        let at = |finding: Diagnostic| finding.at(line, Some(place as u64 + 1));
        if name.is_empty() {
            unnamed.push(place);
            continue;
        }
        if let Some(first) = seen.insert(name.to_owned(), place) {
            let message = format!("column `{name}` stands at {} and at {}", first + 1, place + 1);
            findings.push(
                at(Diagnostic::new(Code::RepeatedColumn, format.file, message)).hint("rename or remove one of them"),
            );
        }
        match format.columns.iter().position(|column| column.name == name) {
            Some(index) => places[index] = Some(place),
            None => {
                if !name.starts_with("x_") {
                    let message = format!("column `{name}` is not known here");
                    let mut finding = at(Diagnostic::new(Code::UnknownColumn, format.file, message));
                    let free = format
                        .columns
                        .iter()
                        .map(|column| column.name)
                        .filter(|known| !record.iter().any(|n| content(n) == *known));
                    if let Some(near) = nearest(name, free) {
                        finding = finding.hint(format!("is `{near}` meant?"));
                    }
                    findings.push(finding.hint(format!("a column of your own is named `x_{name}`")));
                }
                extra.push((place, name.to_owned()));
            }
        }
    }
    let mut complete = true;
    for (index, column) in format.columns.iter().enumerate() {
        if column.required && places[index].is_none() {
            complete = false;
            let message = format!("column `{}` is missing: {}", column.name, column.about);
            findings.push(Diagnostic::new(Code::MissingColumn, format.file, message).at(line, None).hint(expected()));
        }
    }
    complete.then_some(Header { format, places, extra, unnamed, width: record.len() })
}

/// The column names of a format as a header line.
#[must_use]
pub fn names(format: &TableFormat, required_only: bool) -> String {
    let names: Vec<&str> =
        format.columns.iter().filter(|column| column.required || !required_only).map(|column| column.name).collect();
    names.join(",")
}

/// The delimiter of a table: the one of comma, semicolon and tab that its first line holds most often outside quotes.
pub(crate) fn sniff(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_escaped_and_come_back() {
        for cell in ["=1+1", "@x", "+49", "-x", "'=1", "''=1", "'quoted'", "-3.5", "plain", "'"] {
            assert_eq!(unescape(&escape(cell)), cell, "{cell}");
        }
        assert_eq!(escape("=cmd()"), "'=cmd()");
        assert_eq!(escape("-3.5"), "-3.5");
    }

    #[test]
    fn the_delimiter_is_read_from_the_header() {
        assert_eq!(sniff("a;b;c\n1,2;3;4"), b';');
        assert_eq!(sniff("\"a;;;\",b\n"), b',');
        assert_eq!(sniff("a\tb"), b'\t');
        assert_eq!(sniff("\n\na;b\n"), b';');
    }
}
