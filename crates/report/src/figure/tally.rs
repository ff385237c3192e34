//! How much each actor said on each topic, and when last.

use super::canvas::{BODY, Canvas, EDGE, Key, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::style::{INK, MUTED, PAPER, WASH};
use super::svg::{group, mark, rect};
use super::text;
use super::time::day_name;
use super::{Caption, DataTable, Figure, count};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Name, title and credit.
    pub caption: Caption,
    /// The columns.
    pub actors: Vec<String>,
    /// The rows.
    pub topics: Vec<Row>,
}

/// One topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub title: String,
    /// A cell for each actor; what is missing is empty.
    pub cells: Vec<Cell>,
}

/// What one actor said on one topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The number of statements.
    pub statements: usize,
    /// The date of the last, as `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub last: String,
}

const NAMES: (f64, f64) = (140.0, 360.0);
const HEAD: f64 = 24.0;
const ROW: f64 = 24.0;
const WIDEST: f64 = 190.0;
/// Grounds from few statements to many; the number stands in each.
const GROUNDS: [&str; 4] = ["#eef2f5", "#dbe4eb", "#c4d3df", "#abc1d2"];

/// Draws the grid.
pub fn draw(input: &Tally) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let mut table = DataTable::new(["Topic", "Who", "Statements", "Last"]);
    let columns = input.actors.len().max(1) as f64;
    let widest = input.topics.iter().map(|topic| BODY.width(&topic.title)).fold(0.0, f64::max) + 14.0;
    let left = widest.clamp(NAMES.0, NAMES.1);
    let cell = ((WIDTH - left) / columns).min(WIDEST);
    let most = input.topics.iter().flat_map(|topic| &topic.cells).map(|cell| cell.statements).max().unwrap_or(0);

    let lines = |actor: &String| STRONG.wrap(actor, cell - 8.0, 2).len();
    let depth = input.actors.iter().map(lines).max().unwrap_or(1).max(1);
    let head = HEAD + text::height(depth - 1, STRONG.size);
    for (column, actor) in input.actors.iter().enumerate() {
        let base = 15.0 + text::height(depth - lines(actor).clamp(1, depth), STRONG.size);
        canvas.add(paragraph(left + column as f64 * cell + 6.0, base, actor, cell - 8.0, 2, STRONG).0);
    }
    let empty = Cell::default();
    for (row, topic) in input.topics.iter().enumerate() {
        let y = head + row as f64 * ROW;
        canvas.add(label_within(EDGE, y + 16.0, &topic.title, left - 12.0, BODY));
        for (column, actor) in input.actors.iter().enumerate() {
            let x = left + column as f64 * cell;
            let said = topic.cells.get(column).unwrap_or(&empty);
            let number = said.statements.to_string();
            table.push([&topic.title, actor, &number, &said.last]);
            let what = match said.statements {
                0 => "nothing on record".to_owned(),
                some => format!("{}, the last {}", count(some, "statement", "statements"), day_name(&said.last)),
            };
            let square = rect(x + 1.0, y + 1.0, cell - 2.0, ROW - 2.0)
                .set("fill", ground(said.statements, most))
                .set("stroke", "#d5d9dd")
                .set("stroke-width", 0.8);
            let mut drawn = mark(&format!("{actor}, {}: {what}", topic.title)).child(square);
            if said.statements > 0 {
                let style = STRONG;
                let width = style.width(&number);
                if width + 8.0 <= cell {
                    drawn = drawn.child(label(x + 7.0, y + 16.0, &number, style));
                }
                let date = day_name(&said.last);
                // The whole date, or its month and year, or nothing: never a part of a word.
                let dates = [date.as_str(), date.split_once(' ').map_or("", |(_, month)| month)];
                let fits = dates.into_iter().find(|text| !text.is_empty() && width + SMALL.width(text) + 20.0 <= cell);
                drawn = drawn.children(fits.map(|text| label(x + 13.0 + width, y + 16.0, text, SMALL.fill(MUTED))));
            }
            canvas.add(drawn);
        }
    }
    if input.topics.is_empty() {
        canvas.add(label(EDGE, 14.0, "No statements.", SMALL));
    }
    let mut height = head + input.topics.len() as f64 * ROW + 6.0;
    let symbol = group().child(rect(0.0, -8.0, 18.0, 16.0).set("fill", GROUNDS[3])).child(label(
        9.0,
        4.0,
        "2",
        SMALL.bold().fill(INK).middle(),
    ));
    let none =
        group().child(rect(0.0, -8.0, 18.0, 16.0).set("fill", PAPER).set("stroke", MUTED).set("stroke-width", 0.8));
    let keys = vec![
        Key::new(symbol, 18.0, "number of statements, darker for more; beside it the date of the last"),
        Key::new(none, 18.0, "nothing on record"),
    ];
    height += canvas.key(0.0, height, WIDTH, keys);
    canvas.finish(height + 4.0, describe(input), table)
}

fn ground(statements: usize, most: usize) -> &'static str {
    match statements {
        0 => PAPER,
        _ if most == 0 => WASH,
        some => GROUNDS[((some * GROUNDS.len()).div_ceil(most)).clamp(1, GROUNDS.len()) - 1],
    }
}

fn describe(input: &Tally) -> String {
    let mut out = format!(
        "Statements of {} on {}.",
        count(input.actors.len(), "actor", "actors"),
        count(input.topics.len(), "topic", "topics")
    );
    for (column, actor) in input.actors.iter().enumerate() {
        let own = |topic: &Row| topic.cells.get(column).map_or(0, |cell| cell.statements);
        let all: usize = input.topics.iter().map(own).sum();
        let topics = input.topics.iter().filter(|topic| own(topic) > 0).count();
        out += &format!(" {actor}: {} on {}.", count(all, "statement", "statements"), count(topics, "topic", "topics"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn example(text: &str, topics: usize, actors: usize) -> Tally {
        let cells = vec![Cell { statements: 4, last: "2022-03-29".to_owned() }, Cell::default()];
        Tally {
            caption: Caption { id: "tally".to_owned(), title: "Tally".to_owned(), credit: None },
            actors: vec![text.to_owned(); actors],
            topics: vec![Row { title: text.to_owned(), cells }; topics],
        }
    }

    #[test]
    fn a_cell_names_actor_topic_number_and_last_date() {
        let figure = draw(&example("A", 2, 3));
        examine(&figure);
        assert!(figure.svg.contains("A, A: 4 statements, the last 29 Mar 2022"));
        assert!(figure.svg.contains("A, A: nothing on record"));
        assert_eq!(figure.table.rows.len(), 6);
        assert_eq!(figure.table.rows[0], ["A", "A", "4", "2022-03-29"]);
    }

    #[test]
    fn more_statements_never_stand_on_a_lighter_ground() {
        let places = |some| GROUNDS.iter().position(|ground| *ground == super::ground(some, 7)).unwrap();
        assert!((1..=7).map(places).is_sorted());
        assert_eq!((places(1), places(7)), (0, 3));
    }

    #[test]
    fn nothing_and_anything_can_be_drawn() {
        for (topics, actors) in [(0, 0), (0, 3), (3, 0), (60, 5), (2, 60)] {
            examine(&draw(&example(HOSTILE, topics, actors)));
        }
    }
}
