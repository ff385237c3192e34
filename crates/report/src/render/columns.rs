//! Texts side by side for a terminal: nothing is cut, long texts run on in their own column.

/// Between two columns.
const GAP: usize = 2;

/// One row of cells, each in lines no wider than its column.
pub(crate) fn row(widths: &[usize], cells: &[String]) -> String {
    let cells: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, width)| lines(cell, *width)).collect();
    let depth = cells.iter().map(Vec::len).max().unwrap_or_default();
    let mut out = String::new();
    for index in 0..depth {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            let text = cell.get(index).map_or("", String::as_str);
            line.push_str(text);
            line.push_str(&" ".repeat(width.saturating_sub(text.chars().count()) + GAP));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Columns of equal width beside a first one, within so many characters in all.
pub(crate) fn widths(first: usize, others: usize, all: usize) -> Vec<usize> {
    let room = all.saturating_sub(first + GAP * others);
    std::iter::once(first).chain(std::iter::repeat_n(room / others.max(1), others)).collect()
}

/// The text in lines; a word that is wider than the column is broken.
fn lines(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        let used = line.chars().count();
        if used > 0 && used + 1 + word.len() <= width {
            line.push(' ');
            line.extend(word);
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
        }
        while word.len() > width {
            lines.push(word.drain(..width).collect());
        }
        line.extend(word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_keeps_to_its_column() {
        let cells = ["2022".to_owned(), "one two three".to_owned(), "x".to_owned()];
        assert_eq!(row(&[4, 7, 5], &cells), "2022  one two  x\n      three\n");
        assert_eq!(row(&[4, 3, 3], &["".to_owned(), "abcdefg".to_owned()]), "      abc\n      def\n      g\n");
    }

    #[test]
    fn rows_are_never_wider_than_asked_for() {
        for others in 1..4 {
            let widths = widths(10, others, 100);
            let cells = vec!["в ".repeat(300); others + 1];
            assert!(row(&widths, &cells).lines().all(|line| line.chars().count() <= 100));
        }
    }
}
