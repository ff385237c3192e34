//! Texts longer than a cell holds: they go on in further columns, `NAME (continued 2)`, `NAME (continued 3)`, …

use detente_case::grid::Grid;

use crate::limits;

/// The name of the column in which a text goes on; `part` is 2 for the first of them.
pub(crate) fn name(column: &str, part: usize) -> String {
    format!("{column} (continued {part})")
}

/// The column and part that such a name stands for.
fn parse(name: &str) -> Option<(&str, usize)> {
    let (column, part) = name.trim().strip_suffix(')')?.rsplit_once(" (continued ")?;
    Some((column, part.parse().ok().filter(|part| *part >= 2)?))
}

/// A text in pieces that each fit into a cell with a blank to spare; one piece for nearly all texts. No piece but the last ends as a
/// tag does, so that none needs the blank.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    if text.len() < limits::CELL {
        return vec![text];
    }
    let (mut pieces, mut start, mut units) = (Vec::new(), 0, 0);
    for (at, character) in text.char_indices() {
        let full = units + character.len_utf16();
        if full >= limits::CELL || (full + 1 >= limits::CELL && character == '>') {
            pieces.push(&text[start..at]);
            (start, units) = (at, 0);
        }
        units += character.len_utf16();
    }
    pieces.push(&text[start..]);
    pieces
}

/// Joins the pieces of long texts. The columns of the further pieces stay, empty and without a name, so that all others keep theirs.
pub(crate) fn join(grid: &mut Grid) {
    let Some((header, rows)) = grid.rows.split_first_mut() else { return };
    let mut further: Vec<(usize, usize, usize)> = Vec::new();
    for (place, cell) in header.cells.iter().enumerate() {
        let Some((column, part)) = parse(cell) else { continue };
        further.extend(header.cells.iter().position(|name| name.trim() == column).map(|first| (first, part, place)));
    }
    further.sort_unstable();
    for (first, _, place) in further {
        header.cells[place].clear();
        for row in &mut *rows {
            let Some(piece) = row.cells.get_mut(place).map(std::mem::take).filter(|piece| !piece.is_empty()) else {
                continue;
            };
            if let Some(cell) = row.cells.get_mut(first) {
                cell.push_str(&piece);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_case::grid::GridRow;

    #[test]
    fn long_texts_are_cut_between_characters_and_come_back() {
        let text = "aé😀".repeat(20_000);
        let pieces = pieces(&text);
        assert_eq!(pieces.len(), 3);
        assert!(pieces.iter().all(|piece| piece.encode_utf16().count() <= limits::CELL));
        let line =
            |line, cells: &[&str]| GridRow { line, cells: cells.iter().map(|cell| (*cell).to_owned()).collect() };
        let header = ["note (continued 3)", "id", "note", "note (continued 2)", "other (continued 2)"];
        let mut grid = Grid {
            name: String::new(),
            rows: vec![
                line(1, &header),
                line(2, &[pieces[2], "1", pieces[0], pieces[1]]),
                line(3, &["", "2", "short"]),
            ],
        };
        join(&mut grid);
        assert_eq!(grid.rows[0].cells, ["", "id", "note", "", "other (continued 2)"]);
        assert_eq!(grid.rows[1].cells, ["", "1", &text, ""]);
        assert_eq!(grid.rows[2].cells, ["", "2", "short"]);
    }
}
