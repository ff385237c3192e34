//! Cells of a row read as dates, words, numbers, names and references.

use crate::diagnostic::{Code, Findings};
use crate::marking::Marking;
use crate::position::Grade;
use crate::table::Row;
use crate::text::nearest;
use crate::when::When;

/// A date, if the cell is filled.
pub(crate) fn when(row: &Row<'_>, column: impl Into<usize> + Copy, findings: &mut Findings) -> Option<When> {
    let text = row.get(column);
    if text.is_empty() {
        return None;
    }
    let when = When::parse(text);
    if when.is_none() {
        let finding = row.finding(Code::NotADate, column, format!("`{text}` is not a date"));
        findings.push(finding.hint("dates are written 2022-03-29, 2022-03 or 2022"));
    }
    when
}

/// A word from a list, if the cell is filled.
pub(crate) fn word<T: Copy>(
    row: &Row<'_>,
    column: impl Into<usize> + Copy,
    words: &[(&'static str, T)],
    findings: &mut Findings,
) -> Option<T> {
    let text = row.get(column);
    if text.is_empty() { None } else { word_in(text, row, column, words, findings) }
}

/// A word from a list.
pub(crate) fn word_in<T: Copy>(
    text: &str,
    row: &Row<'_>,
    column: impl Into<usize> + Copy,
    words: &[(&'static str, T)],
    findings: &mut Findings,
) -> Option<T> {
    if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text) {
        return Some(*meaning);
    }
    let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let mut finding = row.finding(Code::NotInList, column, format!("`{text}` is not one of {}", list.join(", ")));
    if let Some(near) = nearest(text, list) {
        finding = finding.hint(format!("is `{near}` meant?"));
    }
    findings.push(finding);
    None
}

/// `yes` or `no`; an empty cell is `default`.
pub(crate) fn yes(row: &Row<'_>, column: impl Into<usize> + Copy, default: bool, findings: &mut Findings) -> bool {
    word(row, column, &[("yes", true), ("no", false)], findings).unwrap_or(default)
}

/// A marking; an empty cell is `None` and inherits.
pub(crate) fn marking(row: &Row<'_>, column: impl Into<usize> + Copy, findings: &mut Findings) -> Option<Marking> {
    word(row, column, &Marking::WORDS, findings)
}

/// A finite number within a range, if the cell is filled.
pub(crate) fn number(
    row: &Row<'_>,
    column: impl Into<usize> + Copy,
    range: std::ops::RangeInclusive<f64>,
    findings: &mut Findings,
) -> Option<f64> {
    let text = row.get(column);
    if text.is_empty() {
        return None;
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && range.contains(&number) => Some(number),
        _ => {
            let expected = if range.end().is_infinite() || *range.end() >= f64::MAX {
                "a number".to_owned()
            } else {
                format!("a number from {} to {}", range.start(), range.end())
            };
            let finding = row.finding(Code::NotANumber, column, format!("`{text}` is not {expected}"));
            findings.push(if text.contains(',') {
                finding.hint("decimals are written with a point: 12.5")
            } else {
                finding
            });
            None
        }
    }
}

/// A rank from 1 to 5, if the cell is filled.
pub(crate) fn rank(row: &Row<'_>, column: impl Into<usize> + Copy, findings: &mut Findings) -> Option<u8> {
    let text = row.get(column);
    let rank = text.parse().ok().filter(|rank| (1..=5).contains(rank));
    if rank.is_none() && !text.is_empty() {
        let message = format!("`{text}` is not a whole number from 1 to 5");
        findings.push(row.finding(Code::NotANumber, column, message));
    }
    rank
}

/// A grade from A1 to F6, if the cell is filled.
pub(crate) fn grade(row: &Row<'_>, column: impl Into<usize> + Copy, findings: &mut Findings) -> Option<Grade> {
    let text = row.get(column);
    let grade = Grade::parse(text);
    if grade.is_none() && !text.is_empty() {
        let message = format!("`{text}` is not a grade; expected A1 to F6");
        findings.push(row.finding(Code::NotInList, column, message));
    }
    grade
}

/// The text of a cell.
pub(crate) fn text(row: &Row<'_>, column: impl Into<usize>) -> Box<str> {
    row.get(column).into()
}
