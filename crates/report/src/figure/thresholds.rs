//! The staircase of thresholds: which least shares both sides can hold out for at once, beside the benchmark.
//!
//! Shares have a plane of two sides only; of three principals or more the figure tells the equal shares.

use super::canvas::{BODY, Canvas, EDGE, SMALL, STRONG, WIDTH, label, paragraph};
use super::square::{Shares, Square, corners_of, percent};
use super::style::{INK, MUTED, PAPER, Pattern, RULE, Shape, WASH};
use super::svg::{Element, group, line, mark, polyline, rect};
use super::{Caption, DataTable, Figure, count};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Thresholds {
    /// Name, title and credit.
    pub caption: Caption,
    /// The principals in their order.
    pub parties: Vec<String>,
    /// With every position at the end of its own side, and no limits.
    pub benchmark: Stairs,
    /// With limits kept; without corners if limits exclude every package.
    pub kept: Stairs,
    /// With limits lifted.
    pub lifted: Stairs,
    /// The share of a side over draws of what is uncertain, by what the other holds out for.
    pub bands: Vec<Band>,
    /// Whether the bands are of limits kept.
    pub bands_kept: bool,
    /// On how many issues the shares are counted.
    pub issues: usize,
}

/// Least shares that some package gives to all at once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stairs {
    /// The corners, one share a principal.
    pub corners: Vec<Vec<f64>>,
    /// The greatest share that all can have at once; none without packages.
    pub equal: Option<f64>,
}

/// The share of a side over draws.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Band {
    /// The number of the principal.
    pub party: usize,
    /// What the other holds out for.
    pub others: f64,
    /// 5 of a hundred draws lie below.
    pub low: f64,
    /// 95 of a hundred draws lie below.
    pub high: f64,
}

impl Stairs {
    fn pairs(&self) -> Vec<Shares> {
        self.corners.iter().filter_map(|corner| corner.as_slice().try_into().ok()).collect()
    }
}

impl Thresholds {
    /// The staircase from which the room is told: with limits kept where they leave a package.
    fn told(&self) -> (&Stairs, &'static str) {
        if self.kept.equal.is_some() { (&self.kept, "limits kept") } else { (&self.lifted, "limits lifted") }
    }
}

const SQUARE: Square = Square { left: 62.0, top: 24.0, side: 556.0 };
/// Where the words begin.
const WORDS: f64 = 652.0;
const DASH: &str = "7 4";
const BAND: &str = "#dfe3e7";

/// Draws the figure.
pub fn draw(input: &Thresholds) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let height = match input.parties.as_slice() {
        [across, up] => draw_square(&mut canvas, input, across, up),
        _ => draw_words_only(&mut canvas, input),
    };
    canvas.finish(height, describe(input), table(input))
}

fn draw_square(canvas: &mut Canvas<'_>, input: &Thresholds, across: &str, up: &str) -> f64 {
    canvas.add(rect(SQUARE.left, SQUARE.top, SQUARE.side, SQUARE.side).set("fill", PAPER));
    let (benchmark, kept, lifted) = (input.benchmark.pairs(), input.kept.pairs(), input.lifted.pairs());
    if !lifted.is_empty() {
        canvas.add(SQUARE.area(&lifted).set("fill", WASH));
    }
    for party in 0..2 {
        draw_band(canvas, input, party);
    }
    if !kept.is_empty() {
        let fill = canvas.pattern(HATCH);
        canvas.add(SQUARE.area(&kept).set("fill", fill));
    }
    SQUARE.grid(
        canvas,
        &format!("least share that {across} holds out for, of all it asks for"),
        &format!("least share that {up} holds out for, of all it asks for"),
    );
    canvas.add(
        line(SQUARE.left, SQUARE.bottom(), SQUARE.right(), SQUARE.top)
            .set("stroke", MUTED)
            .set("stroke-width", 1.0)
            .set("stroke-dasharray", "1 4"),
    );
    for (corners, look) in [(&benchmark, Look::Benchmark), (&lifted, Look::Lifted), (&kept, Look::Kept)] {
        if !corners.is_empty() {
            let drawn = mark(look.words()).child(look.stroke(polyline(&SQUARE.edge(corners))));
            canvas.add(drawn);
        }
        if look != Look::Benchmark {
            draw_corners(canvas, input, corners, look);
        }
    }
    draw_room(canvas, input);
    let words = draw_key(canvas, input);
    words.max(SQUARE.bottom() + 44.0)
}

/// How a staircase is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Benchmark,
    Lifted,
    Kept,
}

impl Look {
    fn stroke(self, path: Element) -> Element {
        let path = path.set("stroke", INK).set("stroke-linejoin", "round");
        match self {
            Look::Benchmark => path.set("stroke-width", 1.4).set("stroke-dasharray", DASH),
            Look::Lifted => path.set("stroke-width", 1.2),
            Look::Kept => path.set("stroke-width", 2.6),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Look::Benchmark => "benchmark: every position at the end of its own side, no limits",
            Look::Lifted => "what packages give to both at once, limits lifted",
            Look::Kept => "what packages give to both at once, limits kept",
        }
    }
}

const HATCH: Pattern = Pattern::Hatch { ink: "#a9b4be", ground: None, angle: 45, gap: 7.0, weight: 0.9 };

/// A disc at each corner, where they are few enough to be told apart.
fn draw_corners(canvas: &mut Canvas<'_>, input: &Thresholds, corners: &[Shares], look: Look) {
    let corners = corners_of(corners);
    if corners.len() > 40 {
        return;
    }
    for [x, y] in corners {
        let (a, b) = (name(input, 0), name(input, 1));
        let title = format!("{a} {} and {b} {}: {}", percent(x), percent(y), look.words());
        let r = if look == Look::Kept { 3.6 } else { 2.6 };
        canvas.add(mark(&title).child(Shape::Circle.filled(SQUARE.x(x), SQUARE.y(y), r, INK)));
    }
}

/// The spread over draws of the share of one side, by what the other holds out for.
fn draw_band(canvas: &mut Canvas<'_>, input: &Thresholds, party: usize) {
    let mut bands: Vec<&Band> = input.bands.iter().filter(|band| band.party == party).collect();
    bands.sort_by(|a, b| a.others.total_cmp(&b.others));
    let place = |others: f64, share: f64| match party {
        0 => (SQUARE.x(share), SQUARE.y(others)),
        _ => (SQUARE.x(others), SQUARE.y(share)),
    };
    let (Some(first), true) = (bands.first(), bands.len() > 1) else { return };
    let mut outline: Vec<(f64, f64)> = bands.iter().map(|band| place(band.others, band.high)).collect();
    outline.extend(bands.iter().rev().map(|band| place(band.others, band.low)));
    outline.push(place(first.others, first.high));
    let title = format!("{}: nine of ten draws lie in this band", name(input, party));
    canvas.add(mark(&title).child(polyline(&outline).set("fill", BAND)));
}

/// The room: along the line of equal shares, from the benchmark to what packages give.
fn draw_room(canvas: &mut Canvas<'_>, input: &Thresholds) {
    let (told, limits) = input.told();
    let (Some(from), Some(to)) = (input.benchmark.equal, told.equal) else { return };
    let (x1, y1, x2, y2) = (SQUARE.x(from), SQUARE.y(from), SQUARE.x(to), SQUARE.y(to));
    let words = room_words(to - from);
    let mut drawn = mark(&format!("{words}, {limits}: from {} to {} each", percent(from), percent(to)));
    // The head of an arrow lies on the line; one shorter than its head is told by its ends alone.
    let sign = if to >= from { 1.0 } else { -1.0 };
    if (x2 - x1).abs() > 8.0 {
        let head = [(x2 - 10.0 * sign, y2 + 2.0 * sign), (x2, y2), (x2 - 2.0 * sign, y2 + 10.0 * sign)];
        drawn = drawn
            .child(line(x1, y1, x2, y2).set("stroke", PAPER).set("stroke-width", 6.0))
            .child(line(x1, y1, x2, y2).set("stroke", INK).set("stroke-width", 3.0))
            .child(polyline(&head).set("stroke", INK).set("stroke-width", 3.0).set("stroke-linejoin", "round"));
    }
    drawn = drawn.child(Shape::Circle.hollow(x1, y1, 5.0, INK)).child(Shape::Circle.filled(x2, y2, 5.0, INK));
    canvas.add(drawn);
    let (x, y) = (f64::midpoint(x1, x2) + 14.0, f64::midpoint(y1, y2) + 18.0);
    let x = x.min(SQUARE.right() - STRONG.width(&words) - 4.0);
    canvas.add(label(x, y.min(SQUARE.bottom() - 6.0), &words, STRONG.halo()));
}

fn room_words(room: f64) -> String {
    format!("room {}", percent(room))
}

/// The key and the numbers, beside the square.
fn draw_key(canvas: &mut Canvas<'_>, input: &Thresholds) -> f64 {
    let stroke = |look: Look| group().child(look.stroke(line(0.0, 0.0, 34.0, 0.0)));
    let area = |fill: String| group().child(rect(0.0, -7.0, 34.0, 14.0).set("fill", fill).set("stroke", RULE));
    let mut entries: Vec<(Element, String)> = Vec::new();
    if !input.benchmark.corners.is_empty() {
        entries.push((stroke(Look::Benchmark), format!("Dashed: {}.", Look::Benchmark.words())));
    }
    if !input.lifted.corners.is_empty() {
        entries.push((
            stroke(Look::Lifted),
            "Thin line: the most that packages give to both at once, limits lifted.".to_owned(),
        ));
    }
    if !input.kept.corners.is_empty() {
        let fill = canvas.pattern(HATCH);
        let symbol = area(fill).child(Look::Kept.stroke(line(0.0, 0.0, 34.0, 0.0)));
        let words = "Strong line and hatching: shares that some package gives to both at once, limits kept.";
        entries.push((symbol, words.to_owned()));
    }
    if !input.bands.is_empty() {
        let of = if input.bands_kept { "limits kept" } else { "limits lifted" };
        entries.push((area(BAND.to_owned()), format!("Band: nine of ten draws of what is uncertain, {of}.")));
    }
    let (told, _) = input.told();
    if told.equal.is_some() && input.benchmark.equal.is_some() {
        let arrow = group()
            .child(line(5.0, 0.0, 29.0, 0.0).set("stroke", INK).set("stroke-width", 3.0))
            .child(Shape::Circle.hollow(5.0, 0.0, 5.0, INK))
            .child(Shape::Circle.filled(29.0, 0.0, 5.0, INK));
        entries.push((
            arrow,
            "Arrow: the room, from the equal share of the benchmark to what both can have at once.".to_owned(),
        ));
    }
    let mut y = SQUARE.top + 6.0;
    for (symbol, words) in entries {
        let (element, height) = paragraph(WORDS + 44.0, y + 4.0, &words, WIDTH - WORDS - 46.0, 4, SMALL.fill(INK));
        canvas.add(
            symbol.set("transform", format!("translate({} {})", super::svg::number(WORDS), super::svg::number(y))),
        );
        canvas.add(element);
        y += height + 9.0;
    }
    y += 12.0;
    for words in told_words(input) {
        let (element, height) = paragraph(WORDS, y, &words, WIDTH - WORDS - EDGE, 5, BODY);
        canvas.add(element);
        y += height + 8.0;
    }
    y
}

/// The equal shares and the rooms in sentences.
fn told_words(input: &Thresholds) -> Vec<String> {
    let mut words = Vec::new();
    let all = if input.parties.len() == 2 { "both" } else { "all" };
    let benchmark = input.benchmark.equal;
    if let Some(equal) = benchmark {
        words.push(format!("In the benchmark {all} can have {} at once.", percent(equal)));
    }
    for (stairs, limits) in [(&input.kept, "With limits kept"), (&input.lifted, "With limits lifted")] {
        words.push(match (stairs.equal, benchmark) {
            (Some(equal), Some(from)) => {
                format!("{limits} {all} can have {} at once: {}.", percent(equal), room_words(equal - from))
            }
            (Some(equal), None) => format!("{limits} {all} can have {} at once.", percent(equal)),
            (None, _) => format!("{limits} there is no package, so no room to measure."),
        });
    }
    words.push(format!("Counted on {}.", count(input.issues, "contested issue", "contested issues")));
    words
}

fn draw_words_only(canvas: &mut Canvas<'_>, input: &Thresholds) -> f64 {
    let mut sentences = Vec::new();
    if input.parties.len() > 2 {
        sentences.push(format!(
            "Shares of {} principals cannot be drawn in a plane; the table holds the corners.",
            input.parties.len()
        ));
    }
    sentences.extend(told_words(input));
    let mut y = 4.0;
    for words in sentences {
        let (element, height) = paragraph(EDGE, y + BODY.size, &words, WIDTH - 2.0 * EDGE, 3, BODY);
        canvas.add(element);
        y += height + 6.0;
    }
    y + 6.0
}

fn name(input: &Thresholds, party: usize) -> &str {
    input.parties.get(party).map_or("unknown principal", String::as_str)
}

fn describe(input: &Thresholds) -> String {
    let names = input.parties.join(" and ");
    format!("Least shares that {names} can hold out for at once. {}", told_words(input).join(" "))
}

/// The most corners of a staircase in the table.
const MOST_ROWS: usize = 60;

fn table(input: &Thresholds) -> DataTable {
    let mut columns = vec!["Staircase".to_owned()];
    columns.extend(input.parties.iter().map(|name| format!("Share of {name}")));
    let mut table = DataTable { columns, rows: Vec::new() };
    for (stairs, look) in
        [(&input.benchmark, "benchmark"), (&input.lifted, "limits lifted"), (&input.kept, "limits kept")]
    {
        let corners: Vec<Vec<f64>> = match input.parties.len() {
            2 => corners_of(&stairs.pairs()).into_iter().map(|corner| corner.to_vec()).collect(),
            _ => stairs.corners.clone(),
        };
        // Of very many every so-and-so-many-th, the last one in any case.
        let every = corners.len().div_ceil(MOST_ROWS).max(1);
        for (place, corner) in corners.iter().enumerate() {
            if place % every == 0 || place + 1 == corners.len() {
                let share = |party: usize| corner.get(party).map(|share| percent(*share)).unwrap_or_default();
                let mut row = vec![look.to_owned()];
                row.extend((0..input.parties.len()).map(share));
                table.rows.push(row);
            }
        }
    }
    table
}

#[cfg(test)]
mod tests;
