//! The bytes of a table with one row corrected or added.

use std::collections::BTreeMap;

use super::layout::{Layout, Record};
use crate::table::{TableFormat, content, escape, sniff};

/// A row to be corrected or added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which row.
    pub target: Target,
    /// The new texts by column; what is not named stays, and stays empty in a new row.
    pub cells: BTreeMap<String, String>,
}

/// Which row is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A new one, at the end.
    New,
    /// The one that begins on this line, from 1.
    Line(u64),
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeError {
    /// No row begins on that line.
    NoSuchRow(u64),
    /// The format has no such column.
    NoSuchColumn(String),
    /// The row has more or fewer cells than the header.
    Ragged(u64),
    /// The file is not UTF-8 text.
    NotText,
    /// Several rows stand on one line: lines end with carriage returns alone.
    LineEnds,
}

impl std::fmt::Display for ChangeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ChangeError::NoSuchRow(line) => write!(f, "no row begins on line {line}; open the table again"),
            ChangeError::NoSuchColumn(name) => {
                write!(f, "there is no column `{name}`; names of own columns begin with `x_`")
            }
            ChangeError::Ragged(line) => {
                write!(f, "the row on line {line} has more or fewer cells than the header; mend it in the file first")
            }
            ChangeError::LineEnds => {
                write!(
                    f,
                    "lines of the file end in an old way (with carriage returns alone); save it as CSV again first"
                )
            }
            ChangeError::NotText => write!(f, "the file is not UTF-8 text; save it as UTF-8 first"),
        }
    }
}

impl std::error::Error for ChangeError {}

/// Makes a change to the bytes of a file. Bytes of rows and cells that are not changed stay as they are, but for a delimiter at the end of each row
/// if a column is filled that the file did not have yet.
///
/// # Errors
/// See [`ChangeError`].
pub fn change(format: &TableFormat, bytes: &[u8], change: &Change) -> Result<Vec<u8>, ChangeError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ChangeError::NotText)?;
    let layout = Layout::of(bytes, sniff(text.trim_start_matches('\u{feff}')));
    let Some(header) = layout.records.first() else { return begin(format, change) };
    if !layout.has_own_lines() {
        return Err(ChangeError::LineEnds);
    }
    let names: Vec<String> = header.cells.iter().map(|cell| content(&layout.text(cell)).to_owned()).collect();
    let known = |name: &str| format.columns.iter().any(|column| column.name == name) || name.starts_with("x_");
    let missing = |name: &&String| !names.contains(name);
    let added: Vec<&String> =
        change.cells.iter().filter(|(_, cell)| !cell.trim().is_empty()).map(|(name, _)| name).filter(missing).collect();
    if let Some(unknown) = change.cells.keys().filter(missing).find(|name| !known(name)) {
        return Err(ChangeError::NoSuchColumn(unknown.clone()));
    }
    let target = match change.target {
        Target::New => None,
        Target::Line(line) => {
            let mut rows = layout.records.iter().enumerate().skip(1);
            let (place, record) = rows.find(|(_, record)| record.line == line).ok_or(ChangeError::NoSuchRow(line))?;
            if record.cells.len() != names.len() {
                return Err(ChangeError::Ragged(line));
            }
            Some(place)
        }
    };
    let mut out = Vec::with_capacity(bytes.len() + 1024);
    let mut copied = 0;
    for (place, record) in layout.records.iter().enumerate() {
        if target == Some(place) {
            correct(&layout, record, &names, &change.cells, &mut out, &mut copied);
        }
        if !added.is_empty() && record.cells.len() == names.len() {
            out.extend(&bytes[copied..record.end]);
            copied = record.end;
            for name in &added {
                out.push(layout.delimiter);
                let cell = if place == 0 { name } else { &change.cells[*name] };
                if place == 0 || target == Some(place) {
                    out.extend(raw(cell, layout.delimiter));
                }
            }
        }
    }
    out.extend(&bytes[copied..]);
    if target.is_none() {
        if layout.records.last().is_some_and(|record| record.end == bytes.len()) {
            out.extend(layout.line_end());
        }
        let columns = names.iter().chain(added);
        let cells: Vec<&str> = columns.map(|name| change.cells.get(name).map_or("", String::as_str)).collect();
        out.extend(line(&cells, layout.delimiter));
        out.extend(layout.line_end());
    }
    Ok(out)
}

/// A file that is not there yet, or empty: the columns that are required or filled, and one row.
fn begin(format: &TableFormat, change: &Change) -> Result<Vec<u8>, ChangeError> {
    if let Target::Line(line) = change.target {
        return Err(ChangeError::NoSuchRow(line));
    }
    let filled = |name: &str| change.cells.get(name).is_some_and(|cell| !cell.trim().is_empty());
    let own = change.cells.keys().map(String::as_str).filter(|name| name.starts_with("x_") && filled(name));
    let known = format.columns.iter().filter(|column| column.required || filled(column.name)).map(|column| column.name);
    let columns: Vec<&str> = known.chain(own).collect();
    if let Some(unknown) = change.cells.keys().find(|name| filled(name) && !columns.contains(&name.as_str())) {
        return Err(ChangeError::NoSuchColumn(unknown.clone()));
    }
    let cells: Vec<&str> = columns.iter().map(|name| change.cells.get(*name).map_or("", String::as_str)).collect();
    Ok([line(&columns, b','), b"\n".to_vec(), line(&cells, b','), b"\n".to_vec()].concat())
}

/// Copies up to the end of a row, with its new cells.
fn correct(
    layout: &Layout<'_>,
    record: &Record,
    names: &[String],
    cells: &BTreeMap<String, String>,
    out: &mut Vec<u8>,
    copied: &mut usize,
) {
    for (name, place) in names.iter().zip(&record.cells) {
        let Some(new) = cells.get(name) else { continue };
        if content(&layout.text(place)) == new.trim() {
            continue;
        }
        out.extend(&layout.bytes[*copied..place.start]);
        out.extend(raw(new, layout.delimiter));
        *copied = place.end;
    }
    out.extend(&layout.bytes[*copied..record.end]);
    *copied = record.end;
}

/// A line of cells, without its end.
fn line(cells: &[&str], delimiter: u8) -> Vec<u8> {
    cells.iter().map(|cell| raw(cell, delimiter)).collect::<Vec<_>>().join(&delimiter)
}

/// A cell as it stands in the file: trimmed, safe from being run as a formula, and between quotation marks where it needs them.
fn raw(cell: &str, delimiter: u8) -> Vec<u8> {
    let text = escape(cell.trim());
    let needs = |byte: u8| byte == delimiter || matches!(byte, b'"' | b'\r' | b'\n');
    if text.bytes().any(needs) {
        format!("\"{}\"", text.replace('"', "\"\"")).into_bytes()
    } else {
        text.into_owned().into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::position::PositionColumn;
    use proptest::prelude::*;

    const POSITIONS: TableFormat = PositionColumn::FORMAT;

    fn cells(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect()
    }

    fn changed(bytes: &str, target: Target, pairs: &[(&str, &str)]) -> String {
        let bytes = change(&POSITIONS, bytes.as_bytes(), &Change { target, cells: cells(pairs) }).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    const FILE: &str = "date;id;statement\r\n2022-03-29;p1;\"A \"\"word\"\"\"\r\n\r\n 2022 ; p2 ;  plain  \r\n";

    #[test]
    fn one_cell_changes_and_every_other_byte_stays() {
        assert_eq!(
            changed(FILE, Target::Line(2), &[("date", "2022-03-30")]),
            "date;id;statement\r\n2022-03-30;p1;\"A \"\"word\"\"\"\r\n\r\n 2022 ; p2 ;  plain  \r\n"
        );
        assert_eq!(
            changed(FILE, Target::Line(4), &[("statement", "one; two\n\"three\""), ("id", "p2")]),
            "date;id;statement\r\n2022-03-29;p1;\"A \"\"word\"\"\"\r\n\r\n 2022 ; p2 ;\"one; two\n\"\"three\"\"\"\r\n"
        );
    }

    #[test]
    fn a_new_row_stands_at_the_end_in_the_order_of_the_file() {
        assert_eq!(
            changed(FILE, Target::New, &[("id", "p3"), ("date", "2023"), ("statement", "=1+1")]),
            format!("{FILE}2023;p3;'=1+1\r\n")
        );
        assert_eq!(changed("id,date\np1,2022", Target::New, &[("id", "p2")]), "id,date\np1,2022\np2,\n");
    }

    #[test]
    fn a_column_that_the_file_lacks_is_added_at_its_end() {
        assert_eq!(
            changed("id,date\np1,2022\n\np2,2023\n", Target::Line(4), &[("x_note", "seen"), ("quote", "")]),
            "id,date,x_note\np1,2022,\n\np2,2023,seen\n"
        );
    }

    #[test]
    fn a_file_that_is_not_there_begins_with_what_is_required_and_filled() {
        let text = changed("", Target::New, &[("actor", "A"), ("x_note", "n"), ("quote", "")]);
        let (header, row) = text.trim_end().split_once('\n').unwrap();
        let required = POSITIONS.columns.iter().filter(|column| column.required || column.name == "actor");
        assert_eq!(header, required.map(|column| column.name).chain(["x_note"]).collect::<Vec<_>>().join(","));
        assert_eq!(row.split(',').filter(|cell| !cell.is_empty()).collect::<Vec<_>>(), ["A", "n"]);
    }

    #[test]
    fn what_cannot_be_done_is_said() {
        let try_to = |bytes: &[u8], target, pairs: &[(&str, &str)]| {
            change(&POSITIONS, bytes, &Change { target, cells: cells(pairs) }).unwrap_err()
        };
        let file = FILE.as_bytes();
        assert_eq!(try_to(file, Target::Line(3), &[]), ChangeError::NoSuchRow(3));
        assert_eq!(try_to(file, Target::Line(1), &[]), ChangeError::NoSuchRow(1));
        assert_eq!(try_to(file, Target::New, &[("datum", "1")]), ChangeError::NoSuchColumn("datum".to_owned()));
        assert_eq!(try_to(b"id,date\np1\n", Target::Line(2), &[("id", "p2")]), ChangeError::Ragged(2));
        assert_eq!(try_to(b"id\n\xff\n", Target::Line(2), &[]), ChangeError::NotText);
    }

    fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
        let text = std::str::from_utf8(bytes).unwrap();
        let layout = Layout::of(bytes, sniff(text));
        let row = |record: &Record| record.cells.iter().map(|cell| content(&layout.text(cell)).to_owned()).collect();
        layout.records.iter().map(row).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn exactly_the_row_that_is_changed_reads_otherwise(
            texts in proptest::collection::vec(("[a-c \"\n,;]{0,6}", "[a-c\"é\r\n]{0,6}"), 1..6),
            which in 0_usize..6,
            new in "[a-c =\"\n,;é]{0,8}",
            semicolon: bool,
            crlf: bool,
        ) {
            let (delimiter, end) = (if semicolon { b';' } else { b',' }, if crlf { "\r\n" } else { "\n" });
            let mut file = String::from_utf8(line(&["id", "date", "quote"], delimiter)).unwrap() + end;
            for (place, (first, second)) in texts.iter().enumerate() {
                let id = format!("p{place}");
                file += &String::from_utf8(line(&[&id, first, second], delimiter)).unwrap();
                file += end;
            }
            let layout = Layout::of(file.as_bytes(), delimiter);
            let place = 1 + which % texts.len();
            let asked = Change { target: Target::Line(layout.records[place].line), cells: cells(&[("quote", &new)]) };
            let after = change(&POSITIONS, file.as_bytes(), &asked).unwrap();
            let mut expected = rows(file.as_bytes());
            expected[place][2] = new.trim().to_owned();
            prop_assert_eq!(rows(&after), expected);
            // Undone by the opposite change, but for how the one cell is quoted.
            let back = Change { cells: cells(&[("quote", &rows(file.as_bytes())[place][2])]), ..asked };
            prop_assert_eq!(rows(&change(&POSITIONS, &after, &back).unwrap()), rows(file.as_bytes()));
        }
    }
}
