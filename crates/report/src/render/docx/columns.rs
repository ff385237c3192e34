//! How wide each column of a table is: wide enough for its longest word, the rest by how much it has to say.

use crate::document::{Cell, Table};

/// A letter of a table, on average, in twentieths of a point.
const LETTER: u32 = 90;

/// What a cell keeps free beside its text.
const MARGIN: u32 = 150;

/// Words longer than this many letters may be broken.
const LONGEST_WORD: usize = 14;

/// A text of at most this many letters stands in one line where there is room: "17 September 2022".
const SHORT_LINE: usize = 18;

/// A column that says more than this in a cell is no wider for it.
const MOST: usize = 130;

/// The widths of the columns of a table, in twentieths of a point; together exactly `room`.
pub(super) fn widths(table: &Table, columns: usize, room: u32) -> Vec<u32> {
    let measured: Vec<Column> = (0..columns).map(|column| Column::measure(table, column)).collect();
    let sum = |width: fn(&Column) -> u32| measured.iter().map(width).sum::<u32>();
    // Where there is much room, a date or a name stands in one line.
    let least = if sum(Column::lines) <= room / 2 { Column::lines } else { |column: &Column| column.word };
    let rest = room.checked_sub(sum(least));
    let Some(rest) = rest else { return shares(&measured.iter().map(least).collect::<Vec<_>>(), room) };
    // Where every wish can be met, what is left over is spread by them too.
    let wishes: Vec<u32> = measured.iter().map(|column| column.wish.saturating_sub(least(column))).collect();
    measured.iter().map(least).zip(shares(&wishes, rest)).map(|(least, further)| least + further).collect()
}

/// What a column needs and what it would like, in twentieths of a point.
struct Column {
    /// For its longest word.
    word: u32,
    /// For its longest cell.
    cell: u32,
    /// For the cells that it usually has.
    wish: u32,
}

impl Column {
    fn measure(table: &Table, column: usize) -> Self {
        let heading = table.columns.get(column).map_or("", String::as_str);
        let cells = || table.rows.iter().filter_map(|row| row.get(column));
        let texts = || cells().map(|cell| cell.text.as_str());
        let word = texts().chain([heading]).map(longest_word).max().unwrap_or_default();
        let cell = texts().map(|text| text.chars().count()).max().unwrap_or_default();
        let mut lengths: Vec<usize> = cells().map(length).collect();
        lengths.sort_unstable();
        // Nine cells of ten: one long cell does not widen its column.
        let usual = lengths.get(lengths.len().saturating_mul(9) / 10).copied().unwrap_or_default();
        Column {
            // One more than it has: headings are bold.
            word: letters(word.clamp(2, LONGEST_WORD) + 1),
            cell: letters(cell),
            wish: letters(usual.max(heading.chars().count()).min(MOST)),
        }
    }

    /// For its longest cell in one line if that is short, else for its longest word.
    fn lines(&self) -> u32 {
        if self.cell <= letters(SHORT_LINE) { self.cell.max(self.word) } else { self.word }
    }
}

/// The width of so many letters in a cell.
fn letters(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX).saturating_mul(LETTER).saturating_add(MARGIN)
}

/// How much a cell says, with the rows behind it.
fn length(cell: &Cell) -> usize {
    let rows: usize = cell.rows.iter().take(3).map(|row| row.chars().count() + 2).sum();
    cell.text.chars().count() + rows
}

/// The letters of the longest word that is not to be broken; after a hyphen or a dash a line may end.
fn longest_word(text: &str) -> usize {
    text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/'))
        .map(|word| word.chars().count())
        .max()
        .unwrap_or_default()
}

/// A whole divided by weights; the parts add up to it. Without any weight the parts are equal.
fn shares(weights: &[u32], whole: u32) -> Vec<u32> {
    let sum: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
    let count = weights.len() as u64;
    let (mut seen, mut given) = (0, 0);
    let mut parts = Vec::with_capacity(weights.len());
    for weight in weights {
        seen += if sum == 0 { 1 } else { u64::from(*weight) };
        let up_to = u64::from(whole) * seen / if sum == 0 { count } else { sum };
        parts.push(u32::try_from(up_to - given).unwrap_or_default());
        given = up_to;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &[&str], rows: &[&[&str]]) -> Table {
        Table {
            caption: String::new(),
            columns: columns.iter().map(|heading| (*heading).to_owned()).collect(),
            rows: rows.iter().map(|row| row.iter().map(|cell| Cell::from(*cell)).collect()).collect(),
        }
    }

    #[test]
    fn columns_fill_the_room_exactly() {
        let long = "word ".repeat(500);
        for room in [100, 5000, 10_092, 15_024] {
            for cells in [["", "", ""], ["a", "b", "c"], [&long, "x", ""], [&long, &long, &long]] {
                let widths = widths(&table(&["A", "B", "C"], &[&cells]), 3, room);
                assert_eq!(widths.iter().sum::<u32>(), room, "{cells:?}");
            }
        }
        assert_eq!(widths(&table(&[], &[]), 0, 100), Vec::<u32>::new());
    }

    #[test]
    fn a_column_that_says_more_is_wider_and_no_word_is_broken() {
        let long = "a few words ".repeat(40);
        let widths = widths(&table(&["Row", "What", "Grade"], &[&["p001", &long, "not verified"]]), 3, 10_000);
        assert!(widths[1] > 6 * widths[0], "{widths:?}");
        assert!(widths[2] >= letters("verified".len()), "{widths:?}");
    }
}
