//! Statements by date: on each topic a line for each actor that spoke, so that one can see who answered whom.

use super::canvas::{Canvas, EDGE, Key, SMALL, STRONG, WIDTH, label, label_within};
use super::style::{GRID, INK, PAPER, Party, party};
use super::svg::{Element, group, line, mark, rect};
use super::time::{Day, Month, TimeAxis, day_name, month_name, next};
use super::{Caption, DataTable, Figure, count};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statements {
    /// Name, title and credit.
    pub caption: Caption,
    /// The first month, as year and month.
    pub from: (i32, u32),
    /// The last month.
    pub to: (i32, u32),
    /// The actors in the order of their looks.
    pub actors: Vec<String>,
    /// The topics, uppermost first.
    pub topics: Vec<Topic>,
}

/// One topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Topic {
    /// What it is about.
    pub title: String,
    /// A line for each actor that spoke on it.
    pub lines: Vec<Line>,
}

/// What one actor said on one topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// The number of the actor in the list of actors.
    pub actor: usize,
    /// The statements.
    pub statements: Vec<Statement>,
}

/// One statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// The day, as `YYYY-MM-DD`, or `YYYY-MM` or `YYYY` where no more is known.
    pub date: String,
    /// The words.
    pub words: String,
    /// The id of the row.
    pub row: String,
}

const LEFT: f64 = 210.0;
const RIGHT: f64 = WIDTH - 14.0;
const HEAD: f64 = 22.0;
const ROW: f64 = 18.0;
/// Half the width of a mark of one statement, and of several.
const ONE: f64 = 5.5;
const SEVERAL: f64 = 8.5;
/// The narrowest cell that holds a number.
const NARROWEST: f64 = 20.0;
/// Above this many statements, marks that run together give way to counts.
const FEW: usize = 40;

/// Draws the statements: one mark each, those that would touch as one mark with their number; where most would touch, a cell
/// with a number for each month, quarter or year.
pub fn draw(input: &Statements) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let axis = TimeAxis::new(input.from, input.to, LEFT, RIGHT);
    let lines = || input.topics.iter().flat_map(|topic| &topic.lines);
    let all: usize = lines().map(|line| line.statements.len()).sum();
    let merged: usize = lines()
        .flat_map(|line| clusters(line, &axis))
        .filter(|cluster| cluster.statements.len() > 1)
        .map(|cluster| cluster.statements.len())
        .sum();
    let period = (all > FEW && 2 * merged > all).then(|| Period::for_axis(&axis));

    let depth: f64 = input.topics.iter().map(|topic| HEAD + topic.lines.len() as f64 * ROW).sum();
    let bottom = depth + 4.0;
    canvas.add(axis.grid(0.0, bottom));
    let mut y = 0.0;
    for topic in &input.topics {
        canvas.add(line(0.0, y + 1.0, RIGHT, y + 1.0).set("stroke", GRID).set("stroke-width", 1.0));
        canvas.add(label_within(EDGE, y + 15.0, &topic.title, RIGHT - EDGE, STRONG.halo()));
        y += HEAD;
        for line in &topic.lines {
            draw_name(&mut canvas, input, line, y);
            match period {
                Some(period) => draw_counts(&mut canvas, input, topic, line, &axis, period, y),
                None => draw_marks(&mut canvas, input, topic, line, &axis, y),
            }
            y += ROW;
        }
    }
    if input.topics.is_empty() {
        canvas.add(label(LEFT, 14.0, "No statements.", SMALL));
    }
    let bottom = bottom.max(20.0);
    canvas.add(axis.labels(bottom + 2.0, WIDTH));
    let mut height = bottom + axis.label_height() + 10.0;
    height += canvas.key(0.0, height, WIDTH, keys(input, period, merged > 0));
    let mut table = DataTable::new(["Date", "Who", "Topic", "Row"]);
    for topic in &input.topics {
        for line in &topic.lines {
            for said in &line.statements {
                table.push([&said.date, name(input, line), &topic.title, &said.row]);
            }
        }
    }
    table.rows.sort_by(|a, b| a[0].cmp(&b[0]));
    canvas.finish(height + 4.0, describe(input, &axis, all), table)
}

/// The look of an actor: after the third all look alike, so that none is taken for one of the first; their names stand beside.
fn look(actor: usize) -> Party {
    party(actor.min(3))
}

fn name<'a>(input: &'a Statements, line: &Line) -> &'a str {
    input.actors.get(line.actor).map_or("", String::as_str)
}

fn draw_name(canvas: &mut Canvas<'_>, input: &Statements, line: &Line, y: f64) {
    let look = look(line.actor);
    canvas.add(look.shape.filled(EDGE + 14.0, y + ROW / 2.0, 4.2, look.colour));
    canvas.add(label_within(EDGE + 24.0, y + ROW / 2.0 + 4.0, name(input, line), LEFT - 40.0, SMALL.fill(INK)));
}

/// Statements that stand as one mark.
struct Cluster<'a> {
    x: f64,
    statements: Vec<&'a Statement>,
}

impl Cluster<'_> {
    fn reach(&self) -> f64 {
        if self.statements.len() > 1 { SEVERAL } else { ONE }
    }
}

/// The statements of a line in marks that do not touch each other: each stands at the mean of its days.
fn clusters<'a>(line: &'a Line, axis: &TimeAxis) -> Vec<Cluster<'a>> {
    let mut dated: Vec<(f64, &Statement)> = line
        .statements
        .iter()
        .filter_map(|said| Some((Day::parse(&said.date)?, said)))
        .filter(|(day, _)| axis.covers(*day))
        .map(|(day, said)| (axis.x(day), said))
        .collect();
    dated.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<Cluster<'a>> = Vec::new();
    for (x, said) in dated {
        let mut cluster = Cluster { x, statements: vec![said] };
        while let Some(last) = out.pop() {
            if last.x + last.reach() + cluster.reach() <= cluster.x {
                out.push(last);
                break;
            }
            let (a, b) = (last.statements.len() as f64, cluster.statements.len() as f64);
            let statements = [last.statements.as_slice(), &cluster.statements].concat();
            cluster = Cluster { x: (last.x * a + cluster.x * b) / (a + b), statements };
        }
        out.push(cluster);
    }
    out
}

fn draw_marks(canvas: &mut Canvas<'_>, input: &Statements, topic: &Topic, line: &Line, axis: &TimeAxis, y: f64) {
    let look = look(line.actor);
    let middle = y + ROW / 2.0;
    for cluster in clusters(line, axis) {
        let titles: Vec<String> = cluster.statements.iter().map(|said| title(said)).collect();
        let drawn = mark(&format!("{}, {}: {}", name(input, line), topic.title, titles.join("; ")));
        canvas.add(match cluster.statements.as_slice() {
            [only] if only.date.len() < 10 => drawn.child(look.shape.hollow(cluster.x, middle, 4.6, look.colour)),
            [_] => drawn.child(look.shape.filled(cluster.x, middle, 4.6, look.colour)),
            several => drawn.child(number(cluster.x, middle, SEVERAL - 0.8, several.len(), line.actor)),
        });
    }
}

fn title(said: &Statement) -> String {
    let words = if said.words.is_empty() { String::new() } else { format!(" {}", said.words) };
    format!("{}:{words} ({})", day_name(&said.date), said.row)
}

/// A box with a number around a point.
fn number(x: f64, middle: f64, half: f64, count: usize, actor: usize) -> Element {
    let look = look(actor);
    let text = count.to_string();
    let style = SMALL.bold().fill(PAPER).middle();
    let half = half.max(style.width(&text) / 2.0);
    group().child(rect(x - half, middle - 7.0, 2.0 * half, 14.0).set("fill", look.colour).set("rx", 3.0)).child(label(
        x,
        middle + 4.0,
        &text,
        style,
    ))
}

/// Months that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Period {
    Month,
    Quarter,
    Year,
    Decade,
}

impl Period {
    /// The shortest whose cells hold a number.
    fn for_axis(axis: &TimeAxis) -> Self {
        let month = (axis.right - axis.left) / axis.months() as f64;
        let fits = |period: &Period| f64::from(period.months()) * month >= NARROWEST;
        [Self::Month, Self::Quarter, Self::Year].into_iter().find(fits).unwrap_or(Self::Decade)
    }

    fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
            Self::Decade => 120,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "ten years",
        }
    }

    /// The first month of the period around a month, and the first after it.
    fn around(self, (year, month): Month) -> (Month, Month) {
        match self {
            Self::Month => ((year, month), next((year, month))),
            Self::Quarter => {
                let first = (month.clamp(1, 12) - 1) / 3 * 3 + 1;
                ((year, first), next((year, first + 2)))
            }
            Self::Year => ((year, 1), (year.saturating_add(1), 1)),
            Self::Decade => {
                let first = year - year.rem_euclid(10);
                ((first, 1), (first.saturating_add(10), 1))
            }
        }
    }
}

fn draw_counts(
    canvas: &mut Canvas<'_>,
    input: &Statements,
    topic: &Topic,
    line: &Line,
    axis: &TimeAxis,
    period: Period,
    y: f64,
) {
    let look = look(line.actor);
    let mut cells: std::collections::BTreeMap<Month, (Month, Vec<&str>)> = std::collections::BTreeMap::new();
    for said in &line.statements {
        let Some(month) = month_of(&said.date) else { continue };
        let (first, after) = period.around(month);
        cells.entry(first).or_insert((after, Vec::new())).1.push(&said.row);
    }
    for (first, (after, rows)) in cells {
        let Some((x1, x2)) = axis.span(Day::first(first), Some(Day::first(after))) else { continue };
        let title = format!(
            "{}, {}, {} from {}: {} ({})",
            name(input, line),
            topic.title,
            period.word(),
            month_name(first),
            count(rows.len(), "statement", "statements"),
            rows.join(", ")
        );
        let text = rows.len().to_string();
        let style = SMALL.bold().fill(PAPER).middle();
        let text =
            (style.width(&text) <= x2 - x1).then(|| label(f64::midpoint(x1, x2), y + ROW / 2.0 + 4.0, &text, style));
        let cell = rect(x1 + 0.75, y + 1.5, x2 - x1 - 1.5, ROW - 3.0).set("fill", look.colour);
        canvas.add(mark(&title).child(cell).children(text));
    }
}

fn month_of(date: &str) -> Option<Month> {
    Day::parse(date)?;
    let mut parts = date.trim().splitn(3, '-').map(str::parse::<u32>);
    let year = i32::try_from(parts.next()?.ok()?).ok()?;
    Some((year, parts.next().and_then(Result::ok).unwrap_or(1)))
}

fn keys(input: &Statements, period: Option<Period>, merged: bool) -> Vec<Key> {
    if let Some(period) = period {
        return vec![Key::new(
            number(9.0, 0.0, 9.0, 2, 0),
            18.0,
            format!("statements in a {}, and their number", period.word()),
        )];
    }
    let statements = || input.topics.iter().flat_map(|topic| &topic.lines).flat_map(|line| &line.statements);
    let look = look(0);
    let mut keys = vec![Key::new(group().child(look.shape.filled(6.0, 0.0, 4.6, look.colour)), 12.0, "one statement")];
    if merged {
        keys.push(Key::new(number(9.0, 0.0, 8.0, 2, 0), 18.0, "several that stand close together, and their number"));
    }
    if statements().any(|said| said.date.len() < 10) {
        let hollow = group().child(look.shape.hollow(6.0, 0.0, 4.6, look.colour));
        keys.push(Key::new(hollow, 12.0, "the day is not stated: drawn on the first that it may be"));
    }
    keys
}

fn describe(input: &Statements, axis: &TimeAxis, all: usize) -> String {
    let mut out = format!("{} {}.", count(all, "statement", "statements"), axis.words());
    for topic in &input.topics {
        let said: Vec<String> =
            topic.lines.iter().map(|line| format!("{} {}", name(input, line), line.statements.len())).collect();
        out += &format!(" {}: {}.", topic.title, said.join(", "));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn example(text: &str, topics: usize, each: u32) -> Statements {
        let said = |number: u32| Statement {
            date: format!("2022-{:02}-{:02}", number % 12 + 1, number % 28 + 1),
            words: text.to_owned(),
            row: format!("p{number}"),
        };
        let line = |actor| Line { actor, statements: (0..each).map(said).collect() };
        Statements {
            caption: Caption { id: "statements".to_owned(), title: "Statements".to_owned(), credit: None },
            from: (2022, 1),
            to: (2022, 12),
            actors: [text, "B", "C"].map(str::to_owned).to_vec(),
            topics: vec![Topic { title: text.to_owned(), lines: (0..3).map(line).collect() }; topics],
        }
    }

    #[test]
    fn a_mark_names_actor_topic_date_and_row() {
        let figure = draw(&example("A", 1, 3));
        examine(&figure);
        assert!(figure.svg.contains("A, A: 1 Jan 2022: A (p0)"), "{}", figure.svg);
        assert_eq!(figure.table.rows.len(), 9);
    }

    #[test]
    fn statements_that_stand_close_are_one_mark_with_their_number() {
        let mut input = example("A", 1, 0);
        let said = |date: &str, row: &str| Statement { date: date.into(), words: "w".into(), row: row.into() };
        input.topics[0].lines[0].statements =
            vec![said("2022-05-01", "p1"), said("2022-05-02", "p2"), said("2022-09-01", "p3")];
        let figure = draw(&input);
        assert!(figure.svg.contains("1 May 2022: w (p1); 2 May 2022: w (p2)"), "{}", figure.svg);
        assert!(figure.svg.contains(">2</text>"));
    }

    #[test]
    fn hundreds_are_counted_by_month() {
        let figure = draw(&example("A", 3, 300));
        examine(&figure);
        assert!(figure.svg.contains("month from Jan 2022: 25 statements"));
        assert!(figure.height < 400.0, "{}", figure.height);
    }

    #[test]
    fn nothing_and_anything_can_be_drawn() {
        let caption = Caption { id: "statements".to_owned(), title: "Statements".to_owned(), credit: None };
        examine(&draw(&Statements { caption, ..Default::default() }));
        examine(&draw(&example(HOSTILE, 2, 5)));
        for (from, to) in [((-5, 77), (30_000, 0)), ((2022, 1), (2022, 1)), ((1900, 1), (2025, 12))] {
            examine(&draw(&Statements { from, to, ..example(HOSTILE, 2, 90) }));
        }
        let mut odd = example("x", 1, 1);
        odd.topics[0].lines[0] =
            Line { actor: 99, statements: vec![Statement { date: "soon".into(), ..Default::default() }] };
        examine(&draw(&odd));
    }

    #[test]
    fn equal_inputs_give_equal_bytes() {
        assert_eq!(draw(&example("x", 2, 9)).svg, draw(&example("x", 2, 9)).svg);
    }
}
