//! The staircase of steps: how many steps of the one side and of the other would unblock, jointly and issue by issue.
//!
//! Steps have a plane of two sides only; those of three principals or more stand in a table.

use super::canvas::{BODY, Canvas, EDGE, HEADING, Key, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::style::{GRID, INK, Pattern, RULE, Shape};
use super::svg::{group, line, mark, polyline, rect};
use super::text;
use super::{Caption, DataTable, Figure, count};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Steps {
    /// Name, title and credit.
    pub caption: Caption,
    /// The principals in their order.
    pub parties: Vec<String>,
    /// Over all that blocks together.
    pub joint: Staircase,
    /// For each blocked issue, or issues that hang together; drawn where there are several.
    pub issues: Vec<Staircase>,
}

/// Minimal steps after which a package is left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Staircase {
    /// What blocks here.
    pub title: String,
    /// The minimal steps; empty if a side has ruled out every option, so that no number is enough.
    pub points: Vec<Point>,
}

/// Steps of the principals that are enough, none of them too many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Point {
    /// One number a principal, in their order.
    pub steps: Vec<u32>,
    /// What they open.
    pub title: String,
}

/// The cells of the sheet: the joint staircase takes two by two.
const COLUMNS: usize = 5;
const GAP: f64 = 16.0;
const CELL: f64 = (WIDTH - GAP * (COLUMNS as f64 - 1.0)) / COLUMNS as f64;
/// The height of a title of three lines over a panel, with its gap.
const TITLE: f64 = 48.0;
const TITLE_LINES: usize = 3;
const TICKS: f64 = 20.0;
/// The room beyond the last step of the large panel.
const LABEL: f64 = 66.0;
/// The most rows of the table that is drawn for three principals or more.
const MOST_ROWS: usize = 14;
/// The most points of a panel whose numbers are written beside them.
const MOST_NAMED: usize = 14;

/// Draws the figure.
pub fn draw(input: &Steps) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let height = match input.parties.as_slice() {
        [across, up] => draw_planes(&mut canvas, input, across, up),
        _ => draw_list(&mut canvas, input),
    };
    canvas.finish(height, describe(input), table(input))
}

/// The panels of two sides.
fn draw_planes(canvas: &mut Canvas<'_>, input: &Steps, across: &str, up: &str) -> f64 {
    let words = format!("Across: steps of {across}. Up: steps of {up}. Each panel has a scale of its own.");
    let (element, mut top) = paragraph(EDGE, 14.0, &words, WIDTH - EDGE, 3, SMALL.fill(INK));
    canvas.add(element);
    let keys = keys(enough(canvas));
    top += canvas.key(0.0, top + 4.0, WIDTH, keys) + 14.0;
    let several = input.issues.len() > 1;
    let row = CELL + TITLE + TICKS + 14.0;
    let large = Panel { left: 0.0, top, side: 2.0 * CELL + GAP, named: true };
    large.draw(canvas, &input.joint, [across, up]);
    let mut bottom = top + 2.0 * row;
    if several {
        // Beside the large panel first, then below it.
        let mut places = Vec::new();
        let rows = 2 + input.issues.len().saturating_sub(2 * (COLUMNS - 2)).div_ceil(COLUMNS);
        for down in 0..rows {
            let first = if down < 2 { 2 } else { 0 };
            places.extend((first..COLUMNS).map(|column| (down, column)));
        }
        for (staircase, (down, column)) in input.issues.iter().zip(places) {
            let (left, top) = (column as f64 * (CELL + GAP), top + down as f64 * row);
            Panel { left, top, side: CELL, named: false }.draw(canvas, staircase, [across, up]);
            bottom = bottom.max(top + row);
        }
    } else {
        let left = 2.0 * (CELL + GAP) + 8.0;
        draw_words(canvas, &input.joint, [across, up], left, top + TITLE);
    }
    bottom + 2.0
}

/// The same in words, where there is room beside the panel.
fn draw_words(canvas: &mut Canvas<'_>, staircase: &Staircase, names: [&str; 2], left: f64, top: f64) {
    let mut y = top;
    for point in staircase.points.iter().take(12) {
        let words = point_words(point, &names);
        let (element, height) = paragraph(left, y + STRONG.size, &words, WIDTH - left, 2, STRONG);
        canvas.add(element);
        y += height + 2.0;
        let (element, height) = paragraph(left, y + SMALL.size, &point.title, WIDTH - left, 2, SMALL.fill(INK));
        canvas.add(element);
        y += height + 6.0;
    }
}

/// The ground of all that is enough.
fn enough(canvas: &mut Canvas<'_>) -> String {
    canvas.pattern(Pattern::Hatch { ink: "#a9b4be", ground: Some("#eef1f3"), angle: 45, gap: 6.0, weight: 0.9 })
}

/// One staircase on the sheet.
struct Panel {
    left: f64,
    top: f64,
    side: f64,
    named: bool,
}

impl Panel {
    fn draw(&self, canvas: &mut Canvas<'_>, staircase: &Staircase, names: [&str; 2]) {
        let room = self.side - 4.0;
        let title = if self.named { HEADING } else { SMALL.fill(INK).bold() };
        let lines = title.wrap(&staircase.title, room, TITLE_LINES).len();
        let base = self.top + TITLE - 8.0 - text::height(lines.saturating_sub(1), title.size);
        canvas.add(paragraph(self.left + 2.0, base, &staircase.title, room, TITLE_LINES, title).0);
        let points: Vec<(u32, u32)> = staircase.points.iter().filter_map(|point| pair(&point.steps)).collect();
        if points.is_empty() {
            let middle = self.top + TITLE + self.side / 2.0 - 16.0;
            let words = "No number of steps is enough: a side has ruled out every option.";
            canvas.add(paragraph(self.left + 20.0, middle, words, self.side - 40.0, 5, SMALL.fill(INK)).0);
            return;
        }
        let most = points.iter().flat_map(|(x, y)| [*x, *y]).max().unwrap_or(0).max(1);
        let plane = Plane::new(self, most);
        plane.grid(canvas, most, if self.named { 10 } else { 5 });
        plane.area(canvas, &points);
        for (point, (x, y)) in staircase.points.iter().zip(&points) {
            let (px, py) = (plane.x(*x), plane.y(*y));
            let words = point_words(point, &names);
            let title = if point.title.is_empty() { words } else { format!("{words}: {}", point.title) };
            let disc = Shape::Circle.filled(
                px,
                py,
                if self.named { 5.0_f64 } else { 4.0 }.min(plane.unit * 0.45).max(1.5),
                INK,
            );
            canvas.add(mark(&title).child(disc));
        }
        if self.named {
            self.draw_numbers(canvas, &plane, &points);
            let room = self.side - 30.0;
            let bottom = plane.bottom + TICKS + 12.0;
            canvas.add(label_within(plane.right, bottom, &format!("steps of {}", names[0]), room, SMALL.end()));
            canvas.add(label_within(plane.left, plane.top - 7.0, &format!("steps of {}", names[1]), room, SMALL));
        }
    }

    /// The numbers beside the points: of all where they are few, else of the ends and of the most even one.
    fn draw_numbers(&self, canvas: &mut Canvas<'_>, plane: &Plane, points: &[(u32, u32)]) {
        let even = points.iter().min_by_key(|(x, y)| (x.max(y), x.min(y)));
        let ends = || [points.first(), even, points.last()].into_iter().flatten();
        let mut last: Option<f64> = None;
        for (x, y) in points.iter().filter(|point| points.len() <= MOST_NAMED || ends().any(|end| end == *point)) {
            let (words, base) = (format!("{x} and {y}"), plane.y(*y) - 7.0);
            if last.is_some_and(|last| (last - base).abs() < 15.0) {
                continue;
            }
            last = Some(base);
            let start = (plane.x(*x) + 7.0).min(plane.right - STRONG.width(&words));
            canvas.add(label(start, base, &words, STRONG.halo()));
        }
    }
}

/// The scales of a panel: whole steps from 0, both alike.
struct Plane {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    /// From step to step.
    unit: f64,
}

impl Plane {
    fn new(panel: &Panel, most: u32) -> Self {
        // The numbers of the scale stand before it.
        let left = panel.left + 16.0 + SMALL.width(&most.to_string());
        let right = panel.left + panel.side - 2.0;
        let top = panel.top + TITLE + if panel.named { 22.0 } else { 4.0 };
        let most = f64::from(most.max(1));
        // Beyond the last step stands what is more than enough, and the numbers of the last point.
        let beyond = if panel.named {
            LABEL.max((right - left) * 0.8 / (most + 0.8))
        } else {
            (right - left) * 0.8 / (most + 0.8)
        };
        Plane { left, right, top, bottom: top + right - left, unit: (right - left - beyond) / most }
    }

    fn x(&self, steps: u32) -> f64 {
        self.left + self.unit * f64::from(steps)
    }

    fn y(&self, steps: u32) -> f64 {
        self.bottom - self.unit * f64::from(steps)
    }

    fn grid(&self, canvas: &mut Canvas<'_>, most: u32, ticks: u32) {
        let ticks = (((self.right - self.left) / (SMALL.width(&most.to_string()) + 12.0)) as u32).clamp(1, ticks);
        let every = [1, 2, 5, 10, 20, 50, 100, 200, 500].into_iter().find(|every| most / every <= ticks);
        let every = every.unwrap_or_else(|| most.div_ceil(ticks));
        for steps in (0..=most).step_by(every as usize) {
            let (x, y) = (self.x(steps), self.y(steps));
            let stroke = if steps == 0 { RULE } else { GRID };
            canvas.add(line(x, self.top, x, self.bottom).set("stroke", stroke).set("stroke-width", 1.0));
            canvas.add(line(self.left, y, self.right, y).set("stroke", stroke).set("stroke-width", 1.0));
            canvas.add(label(x, self.bottom + 15.0, &steps.to_string(), SMALL.middle()));
            canvas.add(label(self.left - 7.0, y + 4.0, &steps.to_string(), SMALL.end()));
        }
    }

    /// What unblocks: everything to the right of and above a point.
    fn area(&self, canvas: &mut Canvas<'_>, points: &[(u32, u32)]) {
        let mut sorted = points.to_vec();
        sorted.sort_unstable();
        let Some((first, last)) = sorted.first().copied().zip(sorted.last().copied()) else { return };
        let mut edge = vec![(self.x(first.0), self.top)];
        let mut level = None;
        for (x, y) in &sorted {
            if let Some(level) = level {
                edge.push((self.x(*x), level));
            }
            edge.push((self.x(*x), self.y(*y)));
            level = Some(self.y(*y));
        }
        edge.push((self.right, self.y(last.1)));
        let mut area = edge.clone();
        area.push((self.right, self.top));
        let fill = enough(canvas);
        canvas.add(polyline(&area).set("fill", fill.as_str()));
        canvas.add(polyline(&edge).set("stroke", INK).set("stroke-width", 1.8).set("stroke-linejoin", "round"));
    }
}

fn pair(steps: &[u32]) -> Option<(u32, u32)> {
    match steps {
        [x, y] => Some((*x, *y)),
        _ => None,
    }
}

/// Rows of words, for three principals or more.
fn draw_list(canvas: &mut Canvas<'_>, input: &Steps) -> f64 {
    let number = input.parties.len();
    let words = if number < 2 {
        "Steps are shown for two principals or more.".to_owned()
    } else {
        format!(
            "Steps of {number} principals cannot be drawn in a plane. Each row is enough, and with fewer of any of them it is not."
        )
    };
    let (element, height) = paragraph(EDGE, 14.0, &words, WIDTH - EDGE, 3, BODY);
    canvas.add(element);
    let mut y = height + 14.0;
    let widest = input.parties.iter().map(|name| STRONG.width(name)).fold(44.0, f64::max) + 20.0;
    let column = widest.min(150.0).min(WIDTH / number.max(1) as f64);
    for (place, name) in input.parties.iter().enumerate() {
        let right = column * (place + 1) as f64 - 8.0;
        canvas.add(label_within(right, y + 8.0, name, column - 12.0, STRONG.end()));
    }
    y += 16.0;
    let words = column * number as f64 + 8.0;
    for point in input.joint.points.iter().take(MOST_ROWS) {
        canvas.add(line(0.0, y, WIDTH, y).set("stroke", GRID).set("stroke-width", 1.0));
        let mut row = mark(&format!("{}: {}", listed(point, &input.parties), point.title));
        for (place, steps) in point.steps.iter().enumerate().take(number) {
            row = row.child(label(column * (place + 1) as f64 - 8.0, y + 16.0, &steps.to_string(), BODY.end()));
        }
        let mut height = 16.0;
        if words + 160.0 < WIDTH {
            let (element, lines) = paragraph(words, y + 16.0, &point.title, WIDTH - words - EDGE, 2, SMALL.fill(INK));
            row = row.child(element);
            height = lines.max(height);
        }
        canvas.add(row);
        y += height + 8.0;
    }
    if input.joint.points.is_empty() {
        canvas.add(label(EDGE, y + 14.0, "No number of steps is enough: a side has ruled out every option.", BODY));
        y += 22.0;
    }
    if let Some(more @ 1..) = input.joint.points.len().checked_sub(MOST_ROWS) {
        canvas.add(label(EDGE, y + 14.0, &format!("{more} more in the table."), SMALL));
        y += 22.0;
    }
    y + 4.0
}

fn keys(hatch: String) -> Vec<Key> {
    let area = rect(0.0, -7.0, 26.0, 14.0).set("fill", hatch).set("stroke", INK).set("stroke-width", 1.0);
    let dot = Shape::Circle.filled(6.0, 0.0, 5.0, INK);
    vec![
        Key::new(group().child(dot), 12.0, "just enough steps of both together to leave a package"),
        Key::new(group().child(area), 26.0, "enough, and more than enough"),
    ]
}

fn point_words(point: &Point, names: &[&str]) -> String {
    let parts = names
        .iter()
        .zip(&point.steps)
        .map(|(name, steps)| format!("{name} {}", count(*steps as usize, "step", "steps")));
    parts.collect::<Vec<_>>().join(", ")
}

fn listed(point: &Point, names: &[String]) -> String {
    point_words(point, &names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn describe(input: &Steps) -> String {
    let mut out = "Steps that would leave a package, counted from what each principal leaves open.".to_owned();
    for staircase in std::iter::once(&input.joint).chain(input.issues.iter().filter(|_| input.issues.len() > 1)) {
        let points: Vec<String> = staircase.points.iter().take(8).map(|point| listed(point, &input.parties)).collect();
        let more = staircase.points.len().saturating_sub(points.len());
        let words = match points.len() {
            0 => "no number of steps is enough, a side has ruled out every option".to_owned(),
            _ if more > 0 => format!("{}; and {more} more", points.join("; or ")),
            _ => points.join("; or "),
        };
        out += &format!(" {}: {words}.", staircase.title);
    }
    out
}

fn table(input: &Steps) -> DataTable {
    let mut columns = vec!["What blocks".to_owned()];
    columns.extend(input.parties.iter().map(|name| format!("Steps of {name}")));
    columns.push("What they open".to_owned());
    let mut table = DataTable { columns, rows: Vec::new() };
    for staircase in std::iter::once(&input.joint).chain(input.issues.iter().filter(|_| input.issues.len() > 1)) {
        for point in &staircase.points {
            let mut row = vec![staircase.title.clone()];
            let steps = |place| point.steps.get(place).map(u32::to_string).unwrap_or_default();
            row.extend((0..input.parties.len()).map(steps));
            row.push(point.title.clone());
            table.rows.push(row);
        }
        if staircase.points.is_empty() {
            let mut row = vec![staircase.title.clone()];
            row.extend(input.parties.iter().map(|_| String::new()));
            row.push("no number of steps is enough: a side has ruled out every option".to_owned());
            table.rows.push(row);
        }
    }
    table
}

#[cfg(test)]
mod tests;
