//! The packages in the plane of what they are worth to the one side and to the other, with what no agreement is worth.
//!
//! Two sides only; of three principals or more the figure tells the numbers.

use super::canvas::{BODY, Canvas, EDGE, Key, SMALL, STRONG, WIDTH, key, label, paragraph};
use super::place::spread;
use super::square::{Shares, Square, corners_of, percent};
use super::style::{INK, MUTED, PAPER, Pattern, RULE, Shape, limit, party};
use super::svg::{Element, group, line, mark, polyline, rect};
use super::{Caption, DataTable, Figure};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cloud {
    /// Name, title and credit.
    pub caption: Caption,
    /// The principals in their order.
    pub parties: Vec<String>,
    /// The packages, those near each other together.
    pub packages: Vec<Heap>,
    /// Those that no package improves on for one side without a loss for another, limits kept; empty if limits exclude every package.
    pub kept: Vec<Vec<f64>>,
    /// The same with limits lifted.
    pub lifted: Vec<Vec<f64>>,
    /// What no agreement is worth to each principal, in their order.
    pub without: Vec<Worth>,
    /// Packages that stand out.
    pub solutions: Vec<Solution>,
}

/// Packages that are worth about the same.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Heap {
    /// What they are worth to both sides.
    pub at: Shares,
    /// How many they are.
    pub count: f64,
}

/// A stated value with its range.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Worth {
    /// The least.
    pub low: f64,
    /// The stated one.
    pub best: f64,
    /// The greatest.
    pub high: f64,
}

/// A package that stands out by some concept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Solution {
    /// The concept.
    pub name: String,
    /// What the package is worth to each principal.
    pub worth: Vec<f64>,
    /// What it holds.
    pub title: String,
}

const SQUARE: Square = Square { left: 62.0, top: 24.0, side: 556.0 };
/// Where the words begin.
const WORDS: f64 = 660.0;

/// Draws the figure.
pub fn draw(input: &Cloud) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let height = match input.parties.as_slice() {
        [across, up] => draw_square(&mut canvas, input, across, up),
        _ => draw_words_only(&mut canvas, input),
    };
    canvas.finish(height, describe(input), table(input))
}

fn draw_square(canvas: &mut Canvas<'_>, input: &Cloud, across: &str, up: &str) -> f64 {
    canvas.add(rect(SQUARE.left, SQUARE.top, SQUARE.side, SQUARE.side).set("fill", PAPER));
    let (kept, lifted) = (pairs(&input.kept), pairs(&input.lifted));
    draw_zone(canvas, input, if kept.is_empty() { &lifted } else { &kept });
    SQUARE.grid(
        canvas,
        &format!("worth to {across}, of all it asks for"),
        &format!("worth to {up}, of all it asks for"),
    );
    draw_packages(canvas, input);
    for (corners, width, words) in [(&lifted, 1.2, "frontier, limits lifted"), (&kept, 2.6, "frontier, limits kept")] {
        if !corners.is_empty() {
            let path = polyline(&SQUARE.edge(corners)).set("stroke", INK).set("stroke-linejoin", "round");
            canvas.add(mark(words).child(path.set("stroke-width", width)));
        }
    }
    for (number, worth) in input.without.iter().take(2).enumerate() {
        draw_without(canvas, input, number, worth);
    }
    let names = draw_solutions(canvas, input);
    let keys = keys(canvas, input);
    let (element, height) = key(WORDS, names + 10.0, WIDTH - WORDS, keys);
    canvas.add(element);
    (names + 10.0 + height).max(SQUARE.bottom() + 44.0) + 4.0
}

/// The zone: what some package gives to both, and neither has without agreement.
fn draw_zone(canvas: &mut Canvas<'_>, input: &Cloud, corners: &[Shares]) {
    let [first, second] = input.without.as_slice() else { return };
    let inside: Vec<Shares> =
        corners_of(corners).into_iter().filter(|of| of[0] >= first.best && of[1] >= second.best).collect();
    let (Some(last), false) = (inside.last().copied(), inside.is_empty()) else { return };
    let floor = SQUARE.y(second.best);
    let mut outline: Vec<(f64, f64)> = SQUARE.edge(&inside);
    // The edge of these corners alone, cut off at what no agreement is worth.
    if let Some(start) = outline.first_mut() {
        start.1 = floor;
    }
    if let Some(second) = outline.get_mut(1) {
        second.1 = floor;
    }
    if let Some(end) = outline.last_mut() {
        *end = (SQUARE.x(first.best), SQUARE.y(last[1]));
    }
    outline.push((SQUARE.x(first.best), floor));
    let fill = canvas.pattern(ZONE);
    canvas.add(
        mark("zone: both have at least what no agreement is worth to them").child(polyline(&outline).set("fill", fill)),
    );
}

const ZONE: Pattern = Pattern::Hatch { ink: "#b3bdc6", ground: Some("#eef1f3"), angle: 45, gap: 7.0, weight: 0.9 };

/// A dot for each package, or one for those near each other, larger where they are more.
fn draw_packages(canvas: &mut Canvas<'_>, input: &Cloud) {
    let most = input.packages.iter().map(|heap| heap.count).fold(1.0, f64::max);
    let mut dots = mark(&packages_words(input));
    for heap in &input.packages {
        let r = radius(heap.count, most);
        dots = dots.child(Shape::Circle.at(SQUARE.x(heap.at[0]), SQUARE.y(heap.at[1]), r).set("fill", MUTED));
    }
    canvas.add(dots.set("fill-opacity", 0.55));
}

/// Five sizes, by the order of magnitude of a count.
fn radius(count: f64, most: f64) -> f64 {
    let class = |value: f64| magnitude(value.max(1.0));
    let share = if most > 1.0 { class(count) / class(most) } else { 0.25 };
    1.2 + (share * 4.0).round().clamp(0.0, 4.0) * 0.8
}

/// The whole part of the binary logarithm: the size of dots needs no more.
fn magnitude(value: f64) -> f64 {
    let mut whole = 0.0;
    let mut rest = value;
    while rest >= 2.0 && rest.is_finite() {
        rest /= 2.0;
        whole += 1.0;
    }
    whole
}

/// What no agreement is worth to one side: a line, and its range as a band.
fn draw_without(canvas: &mut Canvas<'_>, input: &Cloud, number: usize, worth: &Worth) {
    let look = party(number);
    let words = format!(
        "no agreement is worth {} to {} ({} to {})",
        percent(worth.best),
        name(input, number),
        percent(worth.low),
        percent(worth.high)
    );
    let fill = canvas.pattern(limit(look));
    let (low, high) = (worth.low.min(worth.high), worth.low.max(worth.high));
    let (band, stroke) = match number {
        0 => {
            let (left, right, at) = (SQUARE.x(low), SQUARE.x(high), SQUARE.x(worth.best));
            (rect(left, SQUARE.top, right - left, SQUARE.side), line(at, SQUARE.top, at, SQUARE.bottom()))
        }
        _ => {
            let (top, bottom, at) = (SQUARE.y(high), SQUARE.y(low), SQUARE.y(worth.best));
            (rect(SQUARE.left, top, SQUARE.side, bottom - top), line(SQUARE.left, at, SQUARE.right(), at))
        }
    };
    let stroke = stroke.set("stroke", look.colour).set("stroke-width", 2.0).set_some("stroke-dasharray", look.dash);
    canvas.add(mark(&words).child(band.set("fill", fill).set("fill-opacity", 0.45)).child(stroke));
}

/// The packages that stand out, each named beside the square with a line to its mark; gives the bottom of the names.
fn draw_solutions(canvas: &mut Canvas<'_>, input: &Cloud) -> f64 {
    // Concepts that name the same worth share one mark.
    let mut marks: Vec<(Shares, Vec<&Solution>)> = Vec::new();
    for solution in &input.solutions {
        let Ok(at) = Shares::try_from(solution.worth.as_slice()) else { continue };
        match marks.iter_mut().find(|(other, _)| *other == at) {
            Some((_, solutions)) => solutions.push(solution),
            None => marks.push((at, vec![solution])),
        }
    }
    marks.sort_by(|a, b| b.0[1].total_cmp(&a.0[1]).then(b.0[0].total_cmp(&a.0[0])));
    let room = WIDTH - WORDS - EDGE;
    let words: Vec<(String, String)> = marks
        .iter()
        .map(|(at, solutions)| {
            let names: Vec<&str> = solutions.iter().map(|solution| solution.name.as_str()).collect();
            let worth = format!("{} {}, {} {}", name(input, 0), percent(at[0]), name(input, 1), percent(at[1]));
            (names.join("; "), worth)
        })
        .collect();
    let heights: Vec<f64> = words
        .iter()
        .map(|(names, worth)| {
            STRONG.wrap(names, room, 3).len() as f64 * 15.6 + SMALL.wrap(worth, room, 3).len() as f64 * 14.3 + 4.0
        })
        .collect();
    let wishes: Vec<f64> = marks.iter().map(|(at, _)| SQUARE.y(at[1])).collect();
    let needed: f64 = heights.iter().map(|height| height + 8.0).sum();
    let high = (SQUARE.bottom() - 150.0).max(SQUARE.top + needed);
    let centres = spread(&wishes, &heights, 8.0, SQUARE.top, high);
    let mut bottom = SQUARE.top;
    for (((at, solutions), (names, worth)), (centre, height)) in
        marks.iter().zip(&words).zip(centres.iter().zip(&heights))
    {
        let (x, y) = (SQUARE.x(at[0]), SQUARE.y(at[1]));
        let titles: Vec<&str> =
            solutions.iter().map(|solution| solution.title.as_str()).filter(|title| !title.is_empty()).collect();
        let leader = line(x, y, WORDS - 6.0, *centre).set("stroke", INK).set("stroke-width", 0.9);
        let title = super::join(&[names, worth, &titles.join("; ")], ": ");
        canvas.add(mark(&title).child(leader).child(Shape::Square.filled(x, y, 6.0, INK)));
        let top = centre - height / 2.0;
        let (element, lines) = paragraph(WORDS, top + STRONG.size, names, room, 3, STRONG);
        canvas.add(element);
        canvas.add(paragraph(WORDS, top + lines + SMALL.size + 1.0, worth, room, 3, SMALL.fill(INK)).0);
        bottom = bottom.max(top + height);
    }
    bottom
}

fn keys(canvas: &mut Canvas<'_>, input: &Cloud) -> Vec<Key> {
    let mut keys = Vec::new();
    let stroke = |width: f64| line(0.0, 0.0, 30.0, 0.0).set("stroke", INK).set("stroke-width", width);
    if !input.packages.is_empty() {
        let dot = Shape::Circle.at(5.0, 0.0, 2.4).set("fill", MUTED).set("fill-opacity", 0.55);
        let words = if input.packages.iter().any(|heap| heap.count > 1.0) {
            "packages; larger: more of them"
        } else {
            "a package"
        };
        keys.push(Key::new(group().child(dot), 10.0, words).on_new_row());
    }
    if !input.kept.is_empty() {
        keys.push(Key::new(group().child(stroke(2.6)), 30.0, "frontier, limits kept").on_new_row());
    }
    if !input.lifted.is_empty() {
        keys.push(Key::new(group().child(stroke(1.2)), 30.0, "frontier, limits lifted").on_new_row());
    }
    let area = |fill: String| group().child(rect(0.0, -7.0, 30.0, 14.0).set("fill", fill).set("stroke", RULE));
    for (number, _) in input.without.iter().take(2).enumerate() {
        let symbol: Element = area(canvas.pattern(limit(party(number))));
        keys.push(
            Key::new(symbol, 30.0, format!("no agreement, to {}: stated, range", name(input, number))).on_new_row(),
        );
    }
    if input.without.len() == 2 {
        keys.push(Key::new(area(canvas.pattern(ZONE)), 30.0, "zone at the stated values").on_new_row());
    }
    if !input.solutions.is_empty() {
        let square = group().child(Shape::Square.filled(6.0, 0.0, 6.0, INK));
        keys.push(Key::new(square, 12.0, "a reference point; none of them is advice").on_new_row());
    }
    keys
}

fn draw_words_only(canvas: &mut Canvas<'_>, input: &Cloud) -> f64 {
    let words = format!(
        "What packages are worth to {} principals cannot be drawn in a plane; the table holds the numbers.",
        input.parties.len()
    );
    let (element, height) = paragraph(EDGE, 16.0, &words, WIDTH - 2.0 * EDGE, 3, BODY);
    canvas.add(element);
    let mut y = height + 12.0;
    for (number, worth) in input.without.iter().enumerate().take(input.parties.len().min(12)) {
        let words = format!("No agreement is worth {} to {}.", percent(worth.best), name(input, number));
        canvas.add(label(
            EDGE,
            y + 12.0,
            &super::text::truncate(&words, BODY.size, BODY.weight, WIDTH - 2.0 * EDGE),
            BODY,
        ));
        y += 20.0;
    }
    y + 8.0
}

fn pairs(corners: &[Vec<f64>]) -> Vec<Shares> {
    corners.iter().filter_map(|corner| corner.as_slice().try_into().ok()).collect()
}

fn name(input: &Cloud, number: usize) -> &str {
    input.parties.get(number).map_or("unknown principal", String::as_str)
}

fn packages_words(input: &Cloud) -> String {
    let all: f64 = input.packages.iter().map(|heap| heap.count).sum();
    match all {
        all if all < 1e6 => format!("{all} packages"),
        all => format!("about {all:.1e} packages"),
    }
}

fn describe(input: &Cloud) -> String {
    let mut out = format!("What {} are worth to {}.", packages_words(input), input.parties.join(" and "));
    for (number, worth) in input.without.iter().enumerate() {
        out += &format!(
            " No agreement is worth {} to {} ({} to {}).",
            percent(worth.best),
            name(input, number),
            percent(worth.low),
            percent(worth.high)
        );
    }
    for solution in &input.solutions {
        let worth: Vec<String> = solution.worth.iter().map(|worth| percent(*worth)).collect();
        out += &format!(" {}: {}.", solution.name, worth.join(", "));
    }
    out
}

fn table(input: &Cloud) -> DataTable {
    let mut columns = vec!["What".to_owned()];
    columns.extend(input.parties.iter().map(|name| format!("Worth to {name}")));
    columns.push("Package".to_owned());
    let mut table = DataTable { columns, rows: Vec::new() };
    let count = input.parties.len();
    let mut push = |what: &str, worths: &[f64], title: &str| {
        let mut row = vec![what.to_owned()];
        row.extend((0..count).map(|number| worths.get(number).map(|worth| percent(*worth)).unwrap_or_default()));
        row.push(title.to_owned());
        table.rows.push(row);
    };
    if !input.without.is_empty() {
        let of = |part: fn(&Worth) -> f64| input.without.iter().map(part).collect::<Vec<_>>();
        push("no agreement, stated", &of(|worth| worth.best), "");
        push("no agreement, least", &of(|worth| worth.low), "");
        push("no agreement, greatest", &of(|worth| worth.high), "");
    }
    for solution in &input.solutions {
        push(&solution.name, &solution.worth, &solution.title);
    }
    for (corners, what) in [(&input.kept, "frontier, limits kept"), (&input.lifted, "frontier, limits lifted")] {
        let every = corners.len().div_ceil(60).max(1);
        for corner in corners.iter().step_by(every) {
            push(what, corner, "");
        }
    }
    table
}

#[cfg(test)]
mod tests;
