//! Bytes to text, with the place of what is not text.

use crate::diagnostic::{Code, Diagnostic};

/// UTF-8 with or without a byte-order mark.
///
/// # Errors
/// Other encodings and NUL characters, with the line.
pub(crate) fn decode(file: &str, mut bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(not_utf8(file, "this file is UTF-16"));
    }
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    let line_of = |bytes: &[u8], at: usize| bytes[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = line_of(error.as_bytes(), at);
        let byte = error.as_bytes().get(at).copied().unwrap_or_default();
        not_utf8(file, &format!("byte 0x{byte:02x} at position {at} is not UTF-8")).at(line, None)
    })?;
    match text.bytes().position(|b| b == 0) {
        Some(at) => {
            let line = line_of(text.as_bytes(), at);
            Err(Diagnostic::new(Code::NulByte, file, "this file holds a NUL character; a text file has none")
                .at(line, None))
        }
        None => Ok(text),
    }
}

fn not_utf8(file: &str, what: &str) -> Diagnostic {
    Diagnostic::new(Code::NotUtf8, file, format!("{what}; expected UTF-8 text"))
        .hint("in Excel: Save as → “CSV UTF-8 (comma delimited)”; in LibreOffice: character set “Unicode (UTF-8)”")
}

/// The line and column (from 1) of a byte position in a text.
pub(crate) fn line_and_column(text: &str, position: usize) -> (u64, u64) {
    let mut position = position.min(text.len());
    while !text.is_char_boundary(position) {
        position -= 1;
    }
    let before = &text[..position];
    let line = before.matches('\n').count() as u64 + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before[start..].chars().count() as u64 + 1)
}

/// The nearest of `candidates` to `text` by edit distance, if it is near enough to be a misspelling.
#[must_use]
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = text.to_lowercase();
    let allowed = ((text.chars().count() + 1) / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(&text, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(64).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}

/// Orders texts as people number things: `p9` before `p10`.
#[must_use]
pub fn natural_order(a: &str, b: &str) -> std::cmp::Ordering {
    use std::cmp::Ordering;
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    loop {
        match (left.first(), right.first()) {
            (None, None) => return a.cmp(b),
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let (number_left, rest_left) = take_number(left);
                let (number_right, rest_right) = take_number(right);
                let by_number = number_left.len().cmp(&number_right.len()).then(number_left.cmp(number_right));
                if by_number != Ordering::Equal {
                    return by_number;
                }
                (left, right) = (rest_left, rest_right);
            }
            (Some(x), Some(y)) if x != y => return x.cmp(y),
            _ => (left, right) = (&left[1..], &right[1..]),
        }
    }
}

/// The leading digits without leading zeros, and the rest.
fn take_number(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len());
    let (number, rest) = bytes.split_at(end);
    let zeros = number.iter().position(|b| *b != b'0').unwrap_or(number.len());
    (&number[zeros..], rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cmp::Ordering::{Equal, Less};

    #[test]
    fn people_count_nine_before_ten() {
        assert_eq!(natural_order("p9", "p10"), Less);
        assert_eq!(natural_order("p121", "p121b"), Less);
        assert_eq!(natural_order("e032a", "e032b"), Less);
        assert_eq!(natural_order("p007", "p007"), Equal);
    }

    #[test]
    fn a_misspelling_is_recognised_and_a_different_word_is_not() {
        assert_eq!(nearest("best_optoin", ["best_option", "actor"]), Some("best_option"));
        assert_eq!(nearest("colour", ["actor", "issue"]), None);
    }

    #[test]
    fn wrong_bytes_are_named_with_their_line() {
        let problem = decode("x.csv", b"a,b\nc,\xe9\n".to_vec()).unwrap_err();
        assert_eq!((problem.code.as_str(), problem.line), ("T001", Some(2)));
        assert_eq!(decode("x.csv", b"\xef\xbb\xbfa".to_vec()).unwrap(), "a");
        assert_eq!(decode("x.csv", b"a\n\0".to_vec()).unwrap_err().line, Some(2));
    }
}
