//! The distance between two sides over time, on the issues on which both have spoken, and how many those are.

use super::canvas::{Canvas, EDGE, Key, SMALL, STRONG, WIDTH, key, label, paragraph};
use super::style::{GRID, Pattern, RULE};
use super::svg::{Element, group, line, mark, number, polyline, rect};
use super::time::{Day, TimeAxis, day_name};
use super::{Caption, DataTable, Figure};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gap {
    /// Name, title and credit.
    pub caption: Caption,
    /// The first month, as year and month.
    pub from: (i32, u32),
    /// The last month.
    pub to: (i32, u32),
    /// The number of issues of the case.
    pub issues: usize,
    /// The distance from each date to the next.
    pub points: Vec<GapPoint>,
}

/// The distance from one date on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GapPoint {
    /// The day, as `YYYY-MM-DD`.
    pub date: String,
    /// The least sum of steps between the two sides.
    pub least: usize,
    /// The greatest.
    pub greatest: usize,
    /// The number of issues on which both sides have a stance; with none there is no distance.
    pub issues: usize,
    /// What changed; the ids of the rows.
    pub title: String,
}

const LEFT: f64 = 52.0;
const RIGHT: f64 = WIDTH - 118.0;
const TALL: f64 = 190.0;
const SHORT: f64 = 64.0;
const COLOUR: &str = "#3d5a73";

/// Draws the figure.
pub fn draw(input: &Gap) -> Figure {
    let axis = TimeAxis::new(input.from, input.to, LEFT, RIGHT);
    let mut canvas = Canvas::new(&input.caption);
    let mut table = DataTable::new(["From", "Least steps", "Greatest steps", "Comparable issues", "What changed"]);

    let mut points: Vec<(&GapPoint, f64, f64)> = input
        .points
        .iter()
        .filter_map(|point| Some((point, Day::parse(&point.date)?)))
        .filter_map(|(point, day)| axis.span(day, None).map(|(x1, x2)| (point, x1, x2)))
        .collect();
    points.sort_by(|a, b| a.0.date.cmp(&b.0.date));
    for index in 1..points.len() {
        points[index - 1].2 = points[index].1;
    }

    canvas.add(label(EDGE, 12.0, "Steps between the positions of the sides, summed over comparable issues", STRONG));
    let top = 26.0;
    let most = points.iter().map(|(point, _, _)| point.greatest.max(point.least)).max().unwrap_or(0).max(1);
    let steps = Scale::new(most, top, top + TALL);
    let lower = top + TALL + 40.0;
    let issues_top = lower + 12.0;
    let of = input.issues.max(points.iter().map(|(point, _, _)| point.issues).max().unwrap_or(0)).max(1);
    let issues = Scale::new(of, issues_top, issues_top + SHORT);

    canvas.add(axis.grid(top, top + TALL));
    canvas.add(axis.grid(issues_top, issues_top + SHORT));
    canvas.add(steps.grid(4));
    canvas.add(issues.grid(2));
    canvas.add(axis.labels(issues_top + SHORT + 2.0, WIDTH));
    canvas.add(label(EDGE, lower, &format!("Issues on which every side has a position, of {}", input.issues), STRONG));

    let hatch =
        canvas.pattern(Pattern::Hatch { ink: "#a9bccb", ground: Some("#edf2f6"), angle: -45, gap: 5.0, weight: 1.0 });
    for (point, x1, x2) in &points {
        let when = format!("From {}", day_name(&point.date));
        let count = issues.y(point.issues);
        let mut drawn = mark(&format!("{when}: {}", words(point, input.issues)))
            .set("shape-rendering", "crispEdges")
            .child(rect(*x1, count, x2 - x1, issues_top + SHORT - count).set("fill", "#cdd7df"));
        if point.issues > 0 {
            let (high, low) = (steps.y(point.greatest.max(point.least)), steps.y(point.least.min(point.greatest)));
            drawn = drawn.child(rect(*x1, high, x2 - x1, low - high).set("fill", hatch.as_str()));
        } else {
            drawn = drawn.child(rect(*x1, top, x2 - x1, TALL).set("fill", "#f4f5f6"));
        }
        canvas.add(drawn);
    }
    let compared = || points.iter().filter(|(point, _, _)| point.issues > 0);
    let high: Vec<(f64, f64, f64)> =
        compared().map(|(p, x1, x2)| (*x1, *x2, steps.y(p.greatest.max(p.least)))).collect();
    let low: Vec<(f64, f64, f64)> =
        compared().map(|(p, x1, x2)| (*x1, *x2, steps.y(p.least.min(p.greatest)))).collect();
    let all: Vec<(f64, f64, f64)> = points.iter().map(|(point, x1, x2)| (*x1, *x2, issues.y(point.issues))).collect();
    canvas.extend(staircase(&low).into_iter().map(|path| path.set("stroke-width", 2.2).set("stroke-dasharray", "6 3")));
    canvas.extend(staircase(&high).into_iter().map(|path| path.set("stroke-width", 2.2)));
    canvas.extend(staircase(&all).into_iter().map(|path| path.set("stroke-width", 1.6)));

    if let Some((point, _, _)) = points.last() {
        if point.issues > 0 {
            let (least, greatest) = (point.least.min(point.greatest), point.least.max(point.greatest));
            let names = if least == greatest {
                vec![(steps.y(least), format!("{least}"))]
            } else {
                vec![(steps.y(greatest), format!("greatest {greatest}")), (steps.y(least), format!("least {least}"))]
            };
            let wishes: Vec<f64> = names.iter().map(|(y, _)| *y).collect();
            let centres = super::place::spread(&wishes, &vec![15.0; names.len()], 1.0, top - 8.0, top + TALL + 8.0);
            for ((_, text), y) in names.iter().zip(centres) {
                canvas.add(label(RIGHT + 8.0, y + 4.0, text, STRONG.fill(COLOUR)));
            }
        }
        canvas.add(label(
            RIGHT + 8.0,
            issues.y(point.issues) + 4.0,
            &format!("{} of {}", point.issues, input.issues),
            STRONG.fill(COLOUR),
        ));
    } else {
        canvas.add(label(LEFT + 12.0, top + TALL / 2.0, "No date at which the sides can be compared.", SMALL));
    }

    let mut height = issues_top + SHORT + axis.label_height() + 14.0;
    let (element, key_height) = key(LEFT, height, WIDTH - LEFT, keys(&hatch));
    canvas.add(element);
    height += key_height + 4.0;
    let note = "The sum runs over the comparable issues only, so it also changes when an issue comes in or lapses: read it beside \
                the lower panel.";
    let (element, note_height) = paragraph(LEFT, height + 11.0, note, WIDTH - LEFT, 3, SMALL);
    canvas.add(element);

    for point in &input.points {
        table.push([
            &point.date,
            &point.least.to_string(),
            &point.greatest.to_string(),
            &point.issues.to_string(),
            &point.title,
        ]);
    }
    canvas.finish(height + note_height + 4.0, describe(input, &axis, &points), table)
}

fn words(point: &GapPoint, of: usize) -> String {
    let distance = match (point.issues, point.least, point.greatest) {
        (0, _, _) => "nothing to compare".to_owned(),
        (_, least, greatest) if least == greatest => super::count(least, "step", "steps"),
        (_, least, greatest) => format!("{least} to {greatest} steps"),
    };
    let more = if point.title.is_empty() { String::new() } else { format!("; {}", point.title) };
    format!("{distance} on {} of {of} issues{more}", point.issues)
}

fn describe(input: &Gap, axis: &TimeAxis, points: &[(&GapPoint, f64, f64)]) -> String {
    let mut out = format!("Distance between the sides in steps {}.", axis.words());
    match (points.first(), points.last()) {
        (Some((first, _, _)), Some((last, _, _))) => {
            out += &format!(" {}: {}.", day_name(&first.date), words(first, input.issues));
            out += &format!(" {}: {}.", day_name(&last.date), words(last, input.issues));
        }
        _ => out += " No date at which the sides can be compared.",
    }
    out
}

fn keys(hatch: &str) -> Vec<Key> {
    let stroke = |y: f64| line(0.0, y, 30.0, y).set("stroke", COLOUR).set("stroke-width", 2.2);
    vec![
        Key::new(group().child(stroke(0.0)), 30.0, "greatest number of steps"),
        Key::new(group().child(stroke(0.0).set("stroke-dasharray", "6 3")), 30.0, "least number of steps"),
        Key::new(
            group().child(rect(0.0, -6.0, 30.0, 12.0).set("fill", hatch)),
            30.0,
            "between them: not settled by what was said",
        ),
    ]
}

/// The paths through level pieces; a gap between pieces begins a new path.
fn staircase(pieces: &[(f64, f64, f64)]) -> Vec<Element> {
    let mut paths: Vec<Vec<(f64, f64)>> = Vec::new();
    for (x1, x2, y) in pieces {
        match paths.last_mut().filter(|path| path.last().is_some_and(|(x, _)| x1 - x < 0.01)) {
            Some(path) => path.extend([(*x1, *y), (*x2, *y)]),
            None => paths.push(vec![(*x1, *y), (*x2, *y)]),
        }
    }
    paths.iter().map(|path| polyline(path).set("stroke", COLOUR).set("stroke-linejoin", "round")).collect()
}

/// A scale of whole numbers from 0.
struct Scale {
    most: usize,
    top: f64,
    bottom: f64,
}

impl Scale {
    fn new(most: usize, top: f64, bottom: f64) -> Self {
        Self { most, top, bottom }
    }

    fn y(&self, value: usize) -> f64 {
        self.bottom - value.min(self.most) as f64 / self.most as f64 * (self.bottom - self.top)
    }

    fn grid(&self, ticks: usize) -> Element {
        let mut step = 1;
        let mut factors = [2, 5, 10].into_iter().cycle();
        let mut base = 1_usize;
        while self.most / step > ticks {
            let factor = factors.next().unwrap_or(10);
            step = base.saturating_mul(factor);
            if factor == 10 {
                base = step;
            }
        }
        let mut out = group().set("class", "grid");
        for value in (0..=self.most).step_by(step) {
            let y = self.y(value);
            let stroke = if value == 0 { RULE } else { GRID };
            out = out.child(line(LEFT, y, RIGHT, y).set("stroke", stroke).set("stroke-width", 1.0)).child(label(
                LEFT - 8.0,
                y + 4.0,
                &number(value as f64),
                SMALL.end(),
            ));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn caption() -> Caption {
        Caption { id: "gap".to_owned(), title: "Gap".to_owned(), credit: None }
    }

    fn example(text: &str) -> Gap {
        let point = |date: &str, least, greatest, issues| GapPoint {
            date: date.to_owned(),
            least,
            greatest,
            issues,
            title: text.to_owned(),
        };
        Gap {
            caption: caption(),
            from: (2022, 1),
            to: (2023, 12),
            issues: 18,
            points: vec![
                point("2023-05-01", 20, 31, 14),
                point("2022-03-01", 3, 3, 2),
                point("2022-09-01", 0, 0, 0),
                point("", 9, 8, usize::MAX),
            ],
        }
    }

    #[test]
    fn marks_name_date_distance_and_rows() {
        let figure = draw(&example("(p001)"));
        examine(&figure);
        assert!(figure.svg.contains("From 1 May 2023: 20 to 31 steps on 14 of 18 issues; (p001)"));
        assert!(figure.svg.contains("From 1 Sep 2022: nothing to compare"));
        assert_eq!(figure.table.rows.len(), 4);
    }

    #[test]
    fn nothing_and_anything_can_be_drawn() {
        examine(&draw(&Gap { caption: caption(), ..Default::default() }));
        examine(&draw(&example(HOSTILE)));
        let mut vast = example("");
        vast.points[0].greatest = 1_000_000_000;
        vast.points[0].issues = 1_000_000_000;
        examine(&draw(&vast));
    }

    #[test]
    fn equal_inputs_give_equal_bytes() {
        assert_eq!(draw(&example("x")).svg, draw(&example("x")).svg);
    }
}
