//! Where the cells of a CSV file lie.

use std::ops::Range;

/// A file taken apart: nothing is copied, every byte belongs to one part.
pub(super) struct Layout<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) delimiter: u8,
    /// The header first; empty lines are no records.
    pub(super) records: Vec<Record>,
}

/// One record.
pub(super) struct Record {
    /// The line on which it begins, from 1.
    pub(super) line: u64,
    /// Where each cell lies, its quotation marks included.
    pub(super) cells: Vec<Range<usize>>,
    /// Where the record ends, and the end of its line begins.
    pub(super) end: usize,
}

impl<'a> Layout<'a> {
    /// Takes a file apart. Reads quotation marks as [`csv`] does: they enclose a cell only where they stand at its beginning.
    pub(super) fn of(bytes: &'a [u8], delimiter: u8) -> Self {
        let mut records = Vec::new();
        let (mut at, mut line) = (if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }, 1);
        while at < bytes.len() {
            if matches!(bytes[at], b'\r' | b'\n') {
                line += u64::from(bytes[at] == b'\n');
                at += 1;
                continue;
            }
            let mut record = Record { line, cells: Vec::new(), end: at };
            loop {
                let end = end_of_cell(bytes, at, delimiter);
                line += bytes[at..end].iter().filter(|byte| **byte == b'\n').count() as u64;
                record.cells.push(at..end);
                record.end = end;
                at = end;
                if bytes.get(at) != Some(&delimiter) {
                    break;
                }
                at += 1;
            }
            records.push(record);
        }
        Layout { bytes, delimiter, records }
    }

    /// The text of a cell, without its quotation marks.
    pub(super) fn text(&self, cell: &Range<usize>) -> String {
        let mut text = Vec::with_capacity(cell.len());
        let mut bytes = self.bytes[cell.clone()].iter().peekable();
        if bytes.peek() == Some(&&b'"') {
            bytes.next();
            while let Some(byte) = bytes.next() {
                match byte {
                    b'"' if bytes.peek() == Some(&&b'"') => text.extend(bytes.next()),
                    b'"' => break,
                    _ => text.push(*byte),
                }
            }
        }
        text.extend(bytes);
        String::from_utf8_lossy(&text).into_owned()
    }

    /// Whether every record begins on a line of its own, by which it can be named.
    pub(super) fn has_own_lines(&self) -> bool {
        self.records.is_sorted_by(|one, next| one.line < next.line)
    }

    /// How lines end: as the first record does; with a line feed if there is only one line.
    pub(super) fn line_end(&self) -> &'static [u8] {
        let end = self.records.first().and_then(|record| self.bytes.get(record.end..)).unwrap_or_default();
        match end {
            [b'\r', b'\n', ..] => b"\r\n",
            [b'\r', ..] => b"\r",
            _ => b"\n",
        }
    }
}

/// Where the cell that begins at `at` ends: before a delimiter, the end of a line, or the end of the file.
fn end_of_cell(bytes: &[u8], mut at: usize, delimiter: u8) -> usize {
    if bytes.get(at) == Some(&b'"') {
        at += 1;
        while let Some(byte) = bytes.get(at) {
            at += 1;
            if *byte == b'"' {
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
        }
    }
    let ends = |byte: &u8| *byte == delimiter || matches!(byte, b'\r' | b'\n');
    at + bytes[at..].iter().position(ends).unwrap_or(bytes.len() - at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn cells_are_those_that_the_reader_of_cases_sees(text in "([ab\"é,;'\r\n]|\"\"|\r\n|,){0,40}", semicolon: bool) {
            let delimiter = if semicolon { b';' } else { b',' };
            let layout = Layout::of(text.as_bytes(), delimiter);
            let found: Vec<Vec<String>> = layout
                .records
                .iter()
                .map(|record| record.cells.iter().map(|cell| layout.text(cell)).collect())
                .collect();
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .flexible(true)
                .has_headers(false)
                .from_reader(text.as_bytes());
            let mut read = Vec::new();
            let mut lines = Vec::new();
            let mut record = csv::StringRecord::new();
            while reader.read_record(&mut record).unwrap() {
                read.push(record.iter().map(str::to_owned).collect::<Vec<_>>());
                lines.push(crate::table::line_of(&text, &record));
            }
            prop_assert_eq!(found, read);
            if !text.contains('\r') {
                prop_assert_eq!(layout.records.iter().map(|record| record.line).collect::<Vec<_>>(), lines);
            }
        }
    }

    #[test]
    fn a_mark_of_byte_order_belongs_to_no_cell() {
        let layout = Layout::of(b"\xef\xbb\xbfid,date\r\np1,2022\r\n", b',');
        let texts = |record: &Record| record.cells.iter().map(|cell| layout.text(cell)).collect::<Vec<_>>();
        assert_eq!(layout.records.iter().map(texts).collect::<Vec<_>>(), [["id", "date"], ["p1", "2022"]]);
        assert_eq!(layout.line_end(), b"\r\n");
    }
}
