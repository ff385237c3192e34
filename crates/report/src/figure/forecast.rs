//! Forecasts: for each issue its scale, the actors on it as discs of the size of their weight, and below it where each model points.

use super::canvas::{Canvas, EDGE, HEADING, Key, SMALL, Type, WIDTH, label, paragraph};
use super::style::{GRID, INK, MUTED, Pattern, RULE, Shape};
use super::svg::{Element, group, line, mark, rect};
use super::{Caption, DataTable, Figure};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forecasts {
    /// Name, title and credit.
    pub caption: Caption,
    /// The issues, in order.
    pub issues: Vec<Issue>,
    /// What the band is.
    pub band: String,
}

/// One issue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Issue {
    /// Its title.
    pub title: String,
    /// The two ends of its scale, the first below the second.
    pub scale: [f64; 2],
    /// The actors.
    pub actors: Vec<Actor>,
    /// The models that have a forecast.
    pub models: Vec<Model>,
    /// What is left open around the first model, if anything is.
    pub band: Option<[f64; 2]>,
}

/// An actor on an issue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Actor {
    /// Its name.
    pub name: String,
    /// Its position.
    pub position: f64,
    /// Its share in all weight, 0 to 1.
    pub share: f64,
}

/// Where a model points.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Which of [`MODELS`] it is.
    pub kind: usize,
    /// Its forecast.
    pub value: f64,
    /// Places that are all alike its forecast, such as those of a cycle.
    pub range: Option<[f64; 2]>,
}

/// The models that can be drawn, with their marks.
pub const MODELS: [(&str, Shape, bool); 6] = [
    ("weighted mean", Shape::Wedge, true),
    ("weighted median", Shape::Diamond, true),
    ("bargaining", Shape::Triangle, true),
    ("expected utility as printed", Shape::Square, true),
    ("expected utility as programmed", Shape::Square, false),
    ("exchange", Shape::Cross, true),
];

const LEFT: f64 = 60.0;
const RIGHT: f64 = WIDTH - 60.0;
/// Rows for names above a scale.
const ROWS: usize = 4;
const ROW: f64 = 15.0;
/// The height of one model's row.
const MODEL: f64 = 15.0;
/// With more issues, names stand in the table only, unless few actors take part in an issue.
const NAMED: usize = 6;
const FEW: usize = 4;

const INKS: [&str; 6] = ["#22262a", "#2b5d8a", "#6d4a7d", "#a8641e", "#a8641e", "#4a4f55"];
const BAND: Pattern = Pattern::Hatch { ink: "#b3bdc6", ground: Some("#e6eaee"), angle: 45, gap: 6.0, weight: 1.0 };

/// Draws the figure.
pub fn draw(input: &Forecasts) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let fill = canvas.pattern(BAND);
    let mut y = EDGE + key(&mut canvas, input, &fill);
    for issue in &input.issues {
        let named = input.issues.len() <= NAMED || issue.actors.len() <= FEW;
        y = one(&mut canvas, issue, y + 14.0, named, &fill);
    }
    canvas.finish(y + 6.0, describe(input), table(input))
}

fn key(canvas: &mut Canvas<'_>, input: &Forecasts, fill: &str) -> f64 {
    let disc = Element::new("circle")
        .set("cx", 7.0)
        .set("cy", 0.0)
        .set("r", 6.0)
        .set("fill", "#cfdeeb")
        .set("stroke", INKS[1]);
    let mut entries = vec![Key::new(disc, 14.0, "an actor: the larger, the more weight")];
    for (kind, (name, ..)) in MODELS.iter().enumerate() {
        if input.issues.iter().any(|issue| issue.models.iter().any(|model| model.kind == kind)) {
            entries.push(Key::new(symbol(kind, 7.0, 0.0), 14.0, *name));
        }
    }
    if input.issues.iter().any(|issue| issue.band.is_some()) {
        let area = rect(0.0, -6.0, 26.0, 12.0).set("fill", fill).set("stroke", RULE);
        entries.push(Key::new(group().child(area), 26.0, input.band.clone()));
    }
    canvas.key(EDGE, EDGE, WIDTH - 2.0 * EDGE, entries)
}

fn symbol(kind: usize, x: f64, y: f64) -> Element {
    let (_, shape, filled) = MODELS[kind.min(MODELS.len() - 1)];
    let ink = INKS[kind.min(INKS.len() - 1)];
    group().child(if filled { shape.filled(x, y, 5.0, ink) } else { shape.hollow(x, y, 5.0, ink) })
}

fn number(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}

fn place(issue: &Issue, value: f64) -> f64 {
    let [low, high] = issue.scale;
    let share = (value - low) / (high - low);
    LEFT + (RIGHT - LEFT) * if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

/// Draws an issue from `top` on and gives its end.
fn one(canvas: &mut Canvas<'_>, issue: &Issue, top: f64, named: bool, fill: &str) -> f64 {
    let (title, height) = paragraph(EDGE, top + HEADING.size, &issue.title, WIDTH - 2.0 * EDGE, 2, HEADING);
    canvas.add(title);
    let names = if named { names(issue) } else { Vec::new() };
    let rows = names.iter().map(|(row, ..)| row + 1).max().unwrap_or(0);
    let largest = issue.actors.iter().map(|actor| radius(actor.share)).fold(0.0, f64::max);
    let axis = top + height + 8.0 + rows as f64 * ROW + largest + 4.0;
    let models_end = axis + 22.0 + issue.models.len() as f64 * MODEL;
    for tenth in 0..=10_u32 {
        let x = LEFT + (RIGHT - LEFT) * f64::from(tenth) / 10.0;
        canvas.add(line(x, axis, x, models_end).set("stroke", GRID).set("stroke-width", 1.0));
    }
    if let Some([low, high]) = issue.band {
        let (x, end) = (place(issue, low), place(issue, high));
        let words = format!("{} to {}", number(low), number(high));
        let area = rect(x, axis, (end - x).max(1.0), models_end - axis).set("fill", fill);
        canvas.add(mark(&words).child(area));
    }
    canvas.add(line(LEFT, axis, RIGHT, axis).set("stroke", MUTED).set("stroke-width", 1.2));
    let [low, high] = issue.scale;
    canvas.add(label(LEFT - largest - 4.0, axis + 4.0, &number(low), SMALL.end()));
    canvas.add(label(RIGHT + largest + 4.0, axis + 4.0, &number(high), SMALL));
    // The heaviest first, so that none hides a lighter one.
    let mut order: Vec<&Actor> = issue.actors.iter().collect();
    order.sort_by(|a, b| b.share.total_cmp(&a.share));
    for actor in order {
        let words =
            format!("{}: {}, {} % of the weight", actor.name, number(actor.position), (100.0 * actor.share).round());
        let disc = Element::new("circle")
            .set("cx", place(issue, actor.position))
            .set("cy", axis)
            .set("r", radius(actor.share))
            .set("fill", "#cfdeeb")
            .set("fill-opacity", 0.75)
            .set("stroke", INKS[1])
            .set("stroke-width", 1.2);
        canvas.add(mark(&words).child(disc));
    }
    for (row, x, left, text) in &names {
        let base = axis - largest - 6.0 - *row as f64 * ROW;
        canvas.add(line(*x, base + 3.0, *x, axis).set("stroke", RULE).set("stroke-width", 0.7));
        canvas.add(label(*left, base, text, SMALL.fill(INK).halo()));
    }
    for (at, model) in issue.models.iter().enumerate() {
        model_row(canvas, issue, model, axis + 22.0 + at as f64 * MODEL);
    }
    models_end
}

fn model_row(canvas: &mut Canvas<'_>, issue: &Issue, model: &Model, y: f64) {
    let name = MODELS[model.kind.min(MODELS.len() - 1)].0;
    let mut words = format!("{name}: {}", number(model.value));
    let mut drawn = group();
    if let Some([low, high]) = model.range {
        words += &format!(", {} to {}", number(low), number(high));
        let ink = INKS[model.kind.min(INKS.len() - 1)];
        let span = line(place(issue, low), y, place(issue, high), y).set("stroke", ink).set("stroke-width", 2.0);
        drawn = drawn.child(span.set("stroke-opacity", 0.5));
    }
    let x = place(issue, model.value);
    canvas.add(mark(&words).child(drawn.child(symbol(model.kind, x, y))));
    let text = number(model.value);
    let style: Type = SMALL.fill(INK).halo();
    let right = model.range.map_or(x, |[_, high]| place(issue, high).max(x)) + 10.0;
    if right + style.width(&text) < WIDTH {
        canvas.add(label(right, y + 4.0, &text, style));
    } else {
        canvas.add(label(x - 10.0, y + 4.0, &text, style.end()));
    }
}

/// The radius of a disc whose area is a share of all weight.
fn radius(share: f64) -> f64 {
    3.0 + 19.0 * share.clamp(0.0, 1.0).sqrt()
}

/// Names above the scale: row from below, place of the actor, left end, text. The heaviest first; those for which there is no room are left out.
fn names(issue: &Issue) -> Vec<(usize, f64, f64, String)> {
    let mut taken: [Vec<(f64, f64)>; ROWS] = Default::default();
    let mut order: Vec<&Actor> = issue.actors.iter().collect();
    order.sort_by(|a, b| b.share.total_cmp(&a.share));
    let mut placed = Vec::new();
    for actor in order {
        let x = place(issue, actor.position);
        let text: String = actor.name.chars().take(28).collect();
        let text = if text == actor.name { text } else { text + "…" };
        let width = SMALL.width(&text);
        let left = (x - width / 2.0).clamp(EDGE, WIDTH - EDGE - width);
        let free = |row: &Vec<(f64, f64)>| row.iter().all(|(from, to)| left + width + 8.0 < *from || left > to + 8.0);
        if let Some(row) = taken.iter().position(free) {
            taken[row].push((left, left + width));
            placed.push((row, x, left, text));
        }
    }
    placed
}

fn describe(input: &Forecasts) -> String {
    let told = input.issues.iter().map(|issue| {
        let models =
            issue.models.iter().map(|model| format!("{} {}", MODELS[model.kind.min(5)].0, number(model.value)));
        format!("{}: {}", issue.title, models.collect::<Vec<_>>().join(", "))
    });
    told.collect::<Vec<_>>().join(". ") + "."
}

fn table(input: &Forecasts) -> DataTable {
    let mut table = DataTable::new(["Issue", "Who or what", "Place", "Weight or range"]);
    for issue in &input.issues {
        for actor in &issue.actors {
            table.push([
                &issue.title,
                &actor.name,
                &number(actor.position),
                &format!("{} %", (100.0 * actor.share).round()),
            ]);
        }
        for model in &issue.models {
            let range = model.range.map(|[low, high]| format!("{} to {}", number(low), number(high)));
            table.push([&issue.title, MODELS[model.kind.min(5)].0, &number(model.value), &range.unwrap_or_default()]);
        }
        if let Some([low, high]) = issue.band {
            table.push([&issue.title, &input.band, "", &format!("{} to {}", number(low), number(high))]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(actors: usize) -> Issue {
        let actor = |n: usize| Actor {
            name: format!("Actor number {n}"),
            position: 10.0 * (n % 11) as f64,
            share: 1.0 / actors as f64,
        };
        let model = |kind: usize| Model { kind, value: 40.0 + kind as f64, range: (kind == 3).then_some([10.0, 90.0]) };
        Issue {
            title: "Tariff".into(),
            scale: [0.0, 100.0],
            actors: (0..actors).map(actor).collect(),
            models: (0..6).map(model).collect(),
            band: Some([20.0, 60.0]),
        }
    }

    fn drawn(issues: usize, actors: usize) -> Figure {
        let caption = Caption { id: "forecast".into(), title: "Forecast".into(), credit: None };
        draw(&Forecasts { caption, issues: (0..issues).map(|_| issue(actors)).collect(), band: "the band".into() })
    }

    #[test]
    fn every_actor_and_model_is_marked_and_in_the_table() {
        let figure = drawn(1, 15);
        assert_eq!(figure.svg.matches("% of the weight").count(), 15);
        assert_eq!(figure.table.rows.len(), 15 + 6 + 1);
        for (name, ..) in MODELS {
            assert!(figure.svg.contains(name) && figure.description.contains(name), "{name}");
        }
        roxmltree::Document::parse(&figure.standalone()).unwrap();
    }

    #[test]
    fn names_never_overlap_and_twenty_issues_have_none() {
        let names = names(&issue(40));
        for (at, (row, _, left, text)) in names.iter().enumerate() {
            for (other_row, _, other, other_text) in &names[..at] {
                let apart = left + SMALL.width(text) < *other || *left > other + SMALL.width(other_text);
                assert!(row != other_row || apart, "{text} {other_text}");
            }
        }
        assert!(drawn(20, 15).height < 4000.0);
    }
}
