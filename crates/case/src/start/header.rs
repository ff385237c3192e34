//! Which row of a sheet is the header: titles stand above it, it may have two rows, and there may be none.

use super::dates::{DayOrder, read};
use super::field::{Field, fit};
use crate::grid::GridRow;

/// The rows of a sheet, by what they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// Titles and notes above the header.
    pub(super) above: Vec<GridRow>,
    /// The header: no row, one or two.
    pub(super) header: Vec<GridRow>,
    /// What stands below it.
    pub(super) rows: Vec<GridRow>,
}

/// Rows at the top of a sheet among which the header is sought.
const SEARCHED: usize = 30;

/// The longest name of a column (letters): longer cells are sentences.
const LONGEST_NAME: usize = 80;

/// Takes a sheet apart. `given` is the line of the header, 0 where there is none; none if no row has that line.
pub(super) fn find(rows: &[GridRow], given: Option<u64>) -> Option<Parts> {
    let apart = |first: usize, count: usize| Parts {
        above: rows[..first].to_vec(),
        header: rows[first..first + count].to_vec(),
        rows: rows[first + count..].to_vec(),
    };
    match given {
        Some(0) => return Some(apart(0, 0)),
        Some(line) => {
            return rows.iter().position(|row| row.line == line).map(|place| apart(place, 1 + below(rows, place)));
        }
        None => {}
    }
    let searched = rows.iter().take(SEARCHED).enumerate();
    let by_name = searched
        .filter(|(_, row)| may_head(row, 2) && row.cells.iter().any(|cell| is_heading(cell)))
        .map(|(place, row)| (named(row), place))
        .filter(|(fields, _)| *fields > 1)
        .max_by_key(|(fields, place)| (*fields, usize::MAX - place));
    if let Some((_, place)) = by_name {
        let above = usize::from(place > 0 && adjoins(&rows[place - 1], &rows[place]) && may_head(&rows[place - 1], 2));
        return Some(apart(place - above, 1 + above + if above == 0 { below(rows, place) } else { 0 }));
    }
    // By its shape: the first row that is as wide as most, if it holds names and no dates or addresses.
    let widths: Vec<usize> = rows.iter().map(filled).collect();
    let wide = widths.iter().copied().max().unwrap_or_default().div_ceil(2).max(2);
    let first = widths.iter().position(|width| *width >= wide).unwrap_or_default();
    Some(apart(first, usize::from(rows.get(first).is_some_and(|row| rows.len() > first + 1 && may_head(row, 1)))))
}

/// Whether the row below a header is its second row: it names a field, or fills a gap, and holds no data.
fn below(rows: &[GridRow], place: usize) -> usize {
    let [header, next] = [rows.get(place), rows.get(place + 1)];
    let (Some(header), Some(next)) = (header, next) else { return 0 };
    let fills_a_gap = next.cells.iter().enumerate().any(|(column, cell)| {
        is_heading(cell) && header.cells.get(column).is_none_or(|above| above.is_empty() || above == cell)
    });
    usize::from(adjoins(header, next) && may_head(next, 1) && (named(next) > 1 || named(next) == 1 && fills_a_gap))
}

fn adjoins(row: &GridRow, next: &GridRow) -> bool {
    next.line == row.line + 1
}

fn filled(row: &GridRow) -> usize {
    row.cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// Whether a row may be one of a header: some cells, all of them short, none a date, an address or a number.
fn may_head(row: &GridRow, fewest: usize) -> bool {
    let data = |cell: &String| {
        cell.chars().count() > LONGEST_NAME
            || is_address(cell)
            || cell.parse::<f64>().is_ok()
            || read(cell, DayOrder::DayFirst).or_else(|| read(cell, DayOrder::MonthFirst)).is_some()
    };
    filled(row) >= fewest && !row.cells.iter().any(data)
}

/// The number of fields that the cells of a row name.
fn named(row: &GridRow) -> usize {
    let names = |field: &Field| row.cells.iter().any(|cell| heads(cell, *field));
    Field::ALL.iter().filter(|field| names(field)).count()
}

/// Whether a cell names a field; a sentence that holds such a word does not.
fn heads(cell: &str, field: Field) -> bool {
    cell.split_whitespace().count() <= 5 && fit(cell, field).is_some()
}

fn is_heading(cell: &str) -> bool {
    Field::ALL.iter().any(|field| fit(cell, *field).is_some_and(super::field::Fit::is_whole))
}

/// Whether a cell is an address on the web, alone or in angle brackets after a text.
pub(super) fn is_address(cell: &str) -> bool {
    let lower = cell.trim_start().get(..8).unwrap_or(cell.trim_start()).to_ascii_lowercase();
    let begins = |prefix| lower.starts_with(prefix);
    begins("http://") || begins("https://") || begins("www.") || (cell.ends_with('>') && cell.contains("<http"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(lines: &[&str], given: Option<u64>) -> (usize, Vec<u64>, usize) {
        let rows: Vec<GridRow> = lines
            .iter()
            .zip(1..)
            .filter(|(line, _)| !line.is_empty())
            .map(|(line, number)| GridRow { line: number, cells: line.split('|').map(str::to_owned).collect() })
            .collect();
        let parts = find(&rows, given).unwrap();
        (parts.above.len(), parts.header.iter().map(|row| row.line).collect(), parts.rows.len())
    }

    #[test]
    fn titles_and_empty_rows_above_the_header_are_passed_over() {
        assert_eq!(parts(&["Позиції сторін", "", "Дата|Сторона|Слова", "2022|Україна|Ні"], None), (1, vec![3], 1));
        let statement = "The party states its position on the issue and the date";
        assert_eq!(parts(&[statement, "Date|Party|Words", "2022|A|b"], None), (1, vec![2], 1));
    }

    #[test]
    fn a_header_of_two_rows_is_joined() {
        let grouped = ["Who and what||Statement", "Actor|Issue|Date|Words", "A|i|2022|w"];
        assert_eq!(parts(&grouped, None), (0, vec![1, 2], 1));
        let under = ["Actor|Issue|Statement||Link", "||Date|Words|", "A|i|2022|w|"];
        assert_eq!(parts(&under, None), (0, vec![1, 2], 1));
        // A title of one cell is no part of the header.
        assert_eq!(parts(&["Talks", "Actor|Issue|Date|Words", "A|i|2022|w"], None), (1, vec![2], 1));
    }

    #[test]
    fn rows_of_data_are_no_header() {
        assert_eq!(parts(&["Actor|Issue|Date|Words", "A|Status|spring|Position"], None), (0, vec![1], 1));
        assert_eq!(parts(&["2022-01-01|A|no", "2022-01-02|B|yes"], None), (0, vec![], 2));
        assert_eq!(parts(&["a|b|c|d", "Ukraine|borders|2022|w"], None), (0, vec![1], 1));
    }

    #[test]
    fn a_header_that_is_given_is_taken() {
        let rows = ["Actor|Issue|Date|Words", "old|old|old|old", "x|y|z|w", "A|i|2022|w"];
        assert_eq!(parts(&rows, Some(3)), (2, vec![3], 1));
        assert_eq!(parts(&rows, Some(0)), (0, vec![], 4));
        assert!(find(&[], Some(3)).is_none());
    }
}
