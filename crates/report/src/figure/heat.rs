//! A heat map: results in rows, worlds in columns, each cell with its value, the ground by how far it lies from the first column.

use super::canvas::{BODY, Canvas, EDGE, HEADING, Key, STRONG, Type, WIDTH, label, label_within, paragraph};
use super::style::{INK, PAPER, RULE, WASH};
use super::svg::{line, mark, rect};
use super::text;
use super::{Caption, DataTable, Figure, count};

/// What the heat map shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heat {
    /// Name, title and credit.
    pub caption: Caption,
    /// The columns; the first is what the others are compared with.
    pub columns: Vec<String>,
    /// The rows; those of one group follow each other.
    pub rows: Vec<Row>,
    /// What the key says of the grounds: of less and of more than in the first column, and of something else than there.
    pub keys: [String; 3],
}

/// One result.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// The heading under which it stands.
    pub group: String,
    /// A cell for each column; what is missing is empty.
    pub cells: Vec<Cell>,
}

/// One result in one world.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// Its value, short.
    pub text: String,
    /// The value in words, for the tooltip.
    pub words: String,
    /// How it differs from the first column.
    pub change: Change,
}

/// How a cell differs from the first of its row.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Change {
    /// Not at all.
    #[default]
    None,
    /// By so much, as a share of the most that it could be: from -1 to 1.
    By(f64),
    /// It is something else.
    Other,
}

/// Grounds of less and of more, faint to strong: two colours that differ in lightness too and stand for no party.
const LESS: [&str; 4] = ["#e8ecd8", "#d6deb8", "#c0cc90", "#a8b86a"];
const MORE: [&str; 4] = ["#eee4f0", "#ddc8e2", "#caa8d2", "#b486c0"];
/// The ground of something else.
const OTHER: &str = "#dfe6ec";
/// Shares of the most at which the next ground begins.
const STEPS: [f64; 3] = [0.05, 0.15, 0.35];

const LABELS: f64 = 304.0;
const COLUMN: (f64, f64) = (66.0, 110.0);
/// Names of scenarios, small enough that a word of ten letters stands on one line.
const HEAD: Type = Type { size: 11.0, ..STRONG };
const HEAD_LINES: usize = 8;
const ROW_HEIGHT: f64 = 24.0;

/// Draws the heat map.
pub fn draw(input: &Heat) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let most = ((WIDTH - LABELS) / COLUMN.0).floor() as usize;
    let others = input.columns.len().saturating_sub(1);
    let each = (most - 1).min(others.div_ceil(others.div_ceil(most - 1).max(1)).max(1));
    let width = ((WIDTH - LABELS) / (each + 1) as f64).clamp(COLUMN.0, COLUMN.1);
    let mut y = 0.0;
    // Every part begins with the column that the others are compared with.
    let parts: Vec<Vec<usize>> = match others {
        0 => vec![(0..input.columns.len()).collect()],
        _ => (1..=others).collect::<Vec<_>>().chunks(each).map(|part| [&[0], part].concat()).collect(),
    };
    for (place, columns) in parts.iter().enumerate() {
        if place > 0 {
            y += 24.0;
        }
        y = part(&mut canvas, input, columns, width, y);
    }
    if input.rows.is_empty() {
        canvas.add(label(EDGE, y + 20.0, "There is nothing to compare.", BODY));
        y += 28.0;
    }
    let height = canvas.key(0.0, y + 12.0, WIDTH, keys(input));
    canvas.finish(y + height + 16.0, describe(input), table(input))
}

fn part(canvas: &mut Canvas<'_>, input: &Heat, columns: &[usize], width: f64, top: f64) -> f64 {
    let right = LABELS + width * columns.len() as f64;
    let lines = |column: &usize| HEAD.wrap(&input.columns[*column], width - 3.0, HEAD_LINES).len();
    let deepest = columns.iter().map(lines).max().unwrap_or(0);
    let bottom = top + text::height(deepest, HEAD.size) + 6.0;
    for (place, column) in columns.iter().enumerate() {
        let x = LABELS + width * (place as f64 + 0.5);
        let own = text::height(lines(column), HEAD.size);
        let head = &input.columns[*column];
        let (element, _) = paragraph(x, bottom - own + HEAD.size - 6.0, head, width - 3.0, HEAD_LINES, HEAD.middle());
        canvas.add(element);
    }
    let mut y = bottom + 2.0;
    let mut group: Option<&str> = None;
    for row in &input.rows {
        if group != Some(row.group.as_str()) {
            group = Some(&row.group);
            if !row.group.is_empty() {
                canvas.add(rect(0.0, y, right, ROW_HEIGHT).set("fill", WASH));
                canvas.add(label_within(EDGE + 2.0, y + 16.5, &row.group, right - 8.0, HEADING));
                y += ROW_HEIGHT;
            }
        }
        canvas.add(label_within(EDGE + 6.0, y + 16.0, &row.label, LABELS - 14.0, BODY));
        for (place, column) in columns.iter().enumerate() {
            let empty = Cell::default();
            let cell = row.cells.get(*column).unwrap_or(&empty);
            let x = LABELS + width * place as f64;
            let title = format!("{}, {}: {}", row.label, input.columns[*column], spoken(cell));
            let ground = rect(x + 1.0, y + 1.0, width - 2.0, ROW_HEIGHT - 2.0).set("fill", ground(cell.change));
            let style = if cell.change == Change::None { BODY.middle() } else { BODY.bold().middle() };
            let words = label_within(x + width / 2.0, y + 16.0, &cell.text, width - 6.0, style);
            canvas.add(mark(&title).child(ground).child(words));
        }
        y += ROW_HEIGHT;
        canvas.add(line(0.0, y, right, y).set("stroke", RULE).set("stroke-width", 0.6));
    }
    canvas.add(line(LABELS + width, bottom, LABELS + width, y).set("stroke", INK).set("stroke-width", 1.0));
    y
}

fn spoken(cell: &Cell) -> &str {
    match (cell.words.is_empty(), cell.text.is_empty()) {
        (false, _) => &cell.words,
        (true, false) => &cell.text,
        (true, true) => "nothing",
    }
}

/// The ground of a cell.
fn ground(change: Change) -> &'static str {
    match change {
        Change::None => PAPER,
        Change::Other => OTHER,
        Change::By(by) => {
            let step = STEPS.iter().filter(|step| by.abs() >= **step).count();
            if by < 0.0 { LESS[step] } else { MORE[step] }
        }
    }
}

fn keys(input: &Heat) -> Vec<Key> {
    let swatch = |fill: &'static str| rect(0.0, -7.0, 16.0, 14.0).set("fill", fill).set("stroke", RULE);
    let changes = || input.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.change);
    let [less, more, other] = &input.keys;
    let mut keys = Vec::new();
    if changes().any(|change| matches!(change, Change::By(by) if by < 0.0)) {
        keys.push(Key::new(swatch(LESS[2]), 16.0, less));
    }
    if changes().any(|change| matches!(change, Change::By(by) if by >= 0.0)) {
        keys.push(Key::new(swatch(MORE[2]), 16.0, more));
    }
    if changes().any(|change| change == Change::Other) {
        keys.push(Key::new(swatch(OTHER), 16.0, other));
    }
    if !keys.is_empty() {
        keys.push(Key::note("Stronger ground: further away. Bold: not as in the first column."));
    }
    keys
}

fn describe(input: &Heat) -> String {
    let differ = |column: usize| {
        let changed = |row: &&Row| row.cells.get(column).is_some_and(|cell| cell.change != Change::None);
        input.rows.iter().filter(changed).count()
    };
    let results = count(input.rows.len(), "result", "results");
    let columns = count(input.columns.len(), "column", "columns");
    let mut out = format!("{results} in {columns}.");
    for (column, name) in input.columns.iter().enumerate().skip(1) {
        out += &format!(" {name}: {} of {} differ.", differ(column), input.rows.len());
    }
    out
}

fn table(input: &Heat) -> DataTable {
    let columns = ["Group".to_owned(), "Result".to_owned()].into_iter().chain(input.columns.iter().cloned()).collect();
    let row = |row: &Row| {
        let cells = (0..input.columns.len()).map(|column| row.cells.get(column).map_or("", spoken).to_owned());
        [row.group.clone(), row.label.clone()].into_iter().chain(cells).collect()
    };
    DataTable { columns, rows: input.rows.iter().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn example(text: &str, rows: usize, columns: usize) -> Heat {
        let cell = |column: usize| Cell {
            text: text.to_owned(),
            words: String::new(),
            change: [Change::None, Change::By(-0.2), Change::By(0.6), Change::Other][column % 4],
        };
        let row = Row { label: text.to_owned(), group: text.to_owned(), cells: (0..columns).map(cell).collect() };
        Heat {
            caption: Caption { id: "heat".to_owned(), title: "Heat".to_owned(), credit: None },
            columns: vec![text.to_owned(); columns],
            rows: vec![row; rows],
            keys: [text.to_owned(), text.to_owned(), text.to_owned()],
        }
    }

    #[test]
    fn a_cell_says_what_it_is_of_and_its_ground_how_far_it_lies_away() {
        let figure = draw(&example("A", 1, 4));
        examine(&figure);
        assert!(figure.svg.contains("<title>A, A: A</title>"));
        assert_eq!((ground(Change::By(-0.2)), ground(Change::By(0.6))), (LESS[2], MORE[3]));
        assert_eq!(figure.table.columns.len(), 6);
    }

    #[test]
    fn every_part_begins_with_what_the_others_are_compared_with() {
        let mut input = example("", 1, 25);
        input.columns = (0..25).map(|column| format!("c{column}")).collect();
        let figure = draw(&input);
        examine(&figure);
        assert_eq!(figure.svg.matches(">c0</text>").count(), 3);
        assert_eq!(figure.svg.matches(">c24</text>").count(), 1);
    }

    #[test]
    fn nothing_and_anything_can_be_drawn() {
        for (rows, columns) in [(0, 0), (0, 3), (3, 0), (3, 1), (40, 12), (2, 60)] {
            examine(&draw(&example(HOSTILE, rows, columns)));
        }
    }
}
