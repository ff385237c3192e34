//! Quarters as columns and key figures as rows, in groups; below, scores with their intervals.

use super::canvas::{BODY, Canvas, EDGE, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::style::{INK, MUTED, PAPER, RULE, Shape, WASH, party};
use super::svg::{line, mark, number, rect};
use super::{Caption, DataTable, Figure, count};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Quarters {
    /// Name, title and credit.
    pub caption: Caption,
    /// The quarters in order, as year and number from 1 to 4.
    pub quarters: Vec<(i32, u32)>,
    /// The groups of rows, in order.
    pub groups: Vec<Group>,
    /// What the short words in the cells stand for.
    pub note: String,
    /// The heading of the scores.
    pub scored: String,
    /// The scores; none are drawn without any.
    pub scores: Vec<Score>,
}

/// Rows under one heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// The heading.
    pub title: String,
    /// The rows.
    pub lines: Vec<Line>,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// A cell a quarter; what is missing is empty.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The short text.
    pub text: String,
    /// The text in full.
    pub title: String,
    /// Whether it is set off.
    pub marked: bool,
}

/// A score: the difference of two, and where it lies.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Score {
    /// What was asked.
    pub name: String,
    /// How often, and how the two did, in a few words.
    pub words: String,
    /// The difference.
    pub mean: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

const NAMES: f64 = 186.0;
const ROW: f64 = 21.0;
const HEAD: f64 = 40.0;
/// The least width of a column: room for four digits.
const NARROWEST: f64 = 38.0;
const WIDEST: f64 = 60.0;
/// The room of the scores: name, words, line.
const WORDS: f64 = 300.0;
/// The room of a difference with its interval, right of its line.
const INTERVAL: f64 = 200.0;

/// Draws the figure.
pub fn draw(input: &Quarters) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let mut table = DataTable::new(["Group", "What", "Quarter", "Value", "In full"]);
    let most = ((WIDTH - NAMES) / NARROWEST) as usize;
    let panels = input.quarters.len().div_ceil(most).max(1);
    let each = input.quarters.len().div_ceil(panels).max(1);
    let width = ((WIDTH - NAMES) / each as f64).min(WIDEST);
    let mut y = 0.0;
    for first in (0..input.quarters.len()).step_by(each) {
        let columns = first..(first + each).min(input.quarters.len());
        y = panel(&mut canvas, input, columns, width, y) + 14.0;
    }
    if input.quarters.is_empty() {
        canvas.add(label(EDGE, 14.0, "No quarter has ended.", BODY));
        y = 24.0;
    }
    if !input.note.is_empty() {
        let (words, height) = paragraph(EDGE, y + SMALL.size, &input.note, WIDTH - 2.0 * EDGE, 4, SMALL);
        canvas.add(words);
        y += height + 10.0;
    }
    if !input.scores.is_empty() {
        y = scores(&mut canvas, input, y + 6.0);
    }
    for group in &input.groups {
        for row in &group.lines {
            for (cell, quarter) in row.cells.iter().zip(&input.quarters) {
                table.push([&group.title, &row.name, &name(*quarter), &cell.text, &cell.title]);
            }
        }
    }
    for score in &input.scores {
        let interval = format!("{} ({} to {})", digits(score.mean), digits(score.low), digits(score.high));
        table.push([&input.scored, &score.name, "", &interval, &score.words]);
    }
    canvas.finish(y + 4.0, describe(input), table)
}

fn panel(canvas: &mut Canvas<'_>, input: &Quarters, columns: std::ops::Range<usize>, width: f64, top: f64) -> f64 {
    let right = NAMES + width * columns.len() as f64;
    let x = |column: usize| NAMES + (column - columns.start) as f64 * width;
    for column in columns.clone() {
        let (year, quarter) = input.quarters[column];
        if column == columns.start || quarter == 1 {
            canvas.add(label(x(column) + 3.0, top + 14.0, &year.to_string(), SMALL.bold().fill(INK)));
        }
        canvas.add(label(x(column) + width / 2.0, top + 31.0, &format!("Q{quarter}"), SMALL.middle()));
    }
    let mut y = top + HEAD;
    for group in &input.groups {
        canvas.add(rect(0.0, y, right, ROW).set("fill", WASH));
        canvas.add(label_within(EDGE, y + 15.0, &group.title, right - 4.0, STRONG));
        y += ROW;
        for row in &group.lines {
            canvas.add(label_within(EDGE, y + 15.0, &row.name, NAMES - 10.0, BODY));
            for column in columns.clone() {
                let Some(cell) = row.cells.get(column).filter(|cell| !cell.text.is_empty()) else { continue };
                let title = format!("{}, {}: {}", row.name, name(input.quarters[column]), cell.title);
                let ground = rect(x(column) + 1.0, y + 1.0, width - 2.0, ROW - 2.0);
                let ground = if cell.marked {
                    ground.set("fill", party(0).tint).set("stroke", party(0).colour).set("stroke-width", 0.8)
                } else {
                    ground.set("fill", PAPER)
                };
                let style = if cell.marked { SMALL.bold().fill(INK) } else { SMALL.fill(INK) };
                let text = label_within(x(column) + width / 2.0, y + 15.0, &cell.text, width - 3.0, style.middle());
                canvas.add(mark(&title).child(ground).child(text));
            }
            y += ROW;
            canvas.add(line(0.0, y, right, y).set("stroke", RULE).set("stroke-width", 0.5));
        }
    }
    for column in columns.clone().skip(1).filter(|column| input.quarters[*column].1 == 1) {
        canvas.add(line(x(column), top + 4.0, x(column), y).set("stroke", RULE).set("stroke-width", 1.0));
    }
    y
}

/// The scores: names, what they rest on, and each difference as a mark on a line of its own scale around 0.
fn scores(canvas: &mut Canvas<'_>, input: &Quarters, top: f64) -> f64 {
    canvas.add(label_within(EDGE, top + 13.0, &input.scored, WIDTH - 2.0 * EDGE, STRONG));
    let (left, right) = (NAMES + WORDS + 20.0, WIDTH - INTERVAL);
    let middle = f64::midpoint(left, right);
    canvas.add(label(middle - 8.0, top + 31.0, "rule nearer", SMALL.end()));
    canvas.add(label(middle + 8.0, top + 31.0, "base rate nearer", SMALL));
    let mut y = top + 38.0;
    let bottom = y + ROW * input.scores.len() as f64;
    canvas.add(line(middle, top + 22.0, middle, bottom).set("stroke", MUTED).set("stroke-width", 1.0));
    for score in &input.scores {
        let widest = [score.mean, score.low, score.high].iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        let half = (right - left) / 2.0;
        let place = |value: f64| {
            let share = value / widest;
            middle + if share.is_finite() { share.clamp(-1.0, 1.0) } else { 0.0 } * half
        };
        canvas.add(label_within(EDGE, y + 15.0, &score.name, NAMES - 10.0, BODY));
        canvas.add(label_within(NAMES, y + 15.0, &score.words, WORDS, SMALL));
        let interval = format!("{} [{} to {}]", digits(score.mean), digits(score.low), digits(score.high));
        let at = y + ROW / 2.0;
        let drawn = mark(&format!("{}: {interval}", score.name))
            .child(line(place(score.low), at, place(score.high), at).set("stroke", INK).set("stroke-width", 1.4))
            .child(Shape::Circle.filled(place(score.mean), at, 4.0, party(0).colour));
        canvas.add(drawn);
        canvas.add(label_within(right + 12.0, y + 15.0, &interval, WIDTH - right - 12.0, SMALL));
        y += ROW;
    }
    y
}

/// A number with three decimals, and a true minus sign.
fn digits(value: f64) -> String {
    let value = if value.is_finite() { (value * 1000.0).round() / 1000.0 } else { 0.0 };
    if value == 0.0 { "0".to_owned() } else { number_of(value) }
}

fn number_of(value: f64) -> String {
    let text = format!("{value:.3}");
    text.strip_prefix('-').map_or_else(|| format!("+{text}"), |rest| format!("−{rest}"))
}

/// `2022 Q1`.
fn name((year, quarter): (i32, u32)) -> String {
    format!("{year} Q{quarter}")
}

fn describe(input: &Quarters) -> String {
    let mut out = count(input.quarters.len(), "quarter", "quarters");
    if let (Some(first), Some(last)) = (input.quarters.first(), input.quarters.last()) {
        out += &format!(", from {} to {}", name(*first), name(*last));
    }
    let rows = input.groups.iter().map(|group| group.lines.len()).sum();
    out += &format!("; {} of key figures.", count(rows, "row", "rows"));
    for score in &input.scores {
        out += &format!(
            " {}: difference {}, interval {} to {}.",
            score.name,
            number(score.mean),
            number(score.low),
            number(score.high)
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn example(text: &str, quarters: usize) -> Quarters {
        let cell = Cell { text: text.to_owned(), title: text.to_owned(), marked: true };
        let row = Line { name: text.to_owned(), cells: vec![cell; quarters] };
        let score = |mean: f64| Score { name: text.to_owned(), words: text.to_owned(), mean, low: -0.5, high: mean };
        Quarters {
            caption: Caption { id: "q".to_owned(), title: "Q".to_owned(), credit: None },
            quarters: (0..quarters).map(|number| (2022 + number as i32 / 4, number as u32 % 4 + 1)).collect(),
            groups: vec![Group { title: text.to_owned(), lines: vec![row.clone(), Line::default(), row] }],
            note: text.to_owned(),
            scored: text.to_owned(),
            scores: vec![score(0.25), score(0.0), score(f64::NAN)],
        }
    }

    #[test]
    fn cells_name_row_quarter_and_value() {
        let figure = draw(&example("gap", 18));
        examine(&figure);
        assert!(figure.svg.contains("gap, 2023 Q2: gap"));
        assert!(figure.svg.contains("rule nearer"));
        assert_eq!(figure.table.rows.len(), 2 * 18 + 3);
    }

    #[test]
    fn nothing_many_and_anything_can_be_drawn() {
        for quarters in [0, 1, 80] {
            examine(&draw(&example(HOSTILE, quarters)));
        }
        examine(&draw(&Quarters { caption: example("", 0).caption, ..Default::default() }));
    }
}
