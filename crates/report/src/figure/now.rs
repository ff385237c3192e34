//! Where everyone stands now: an issue a row, its options from left to right, each side's place, range and limits.

use super::canvas::{BODY, Canvas, EDGE, HEADING, Key, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::style::{GRID, MUTED, PAPER, RULE, law, limit, party};
use super::svg::{Element, group, line, mark, rect};
use super::text;
use super::{Caption, DataTable, Figure, count, grouped, join};

/// What the now-plot shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Now {
    /// Name, title and credit.
    pub caption: Caption,
    /// What lies to the left, such as "nearer to A's furthest demand".
    pub first_end: String,
    /// What lies to the right.
    pub last_end: String,
    /// The parties, at most four to be told apart.
    pub parties: Vec<String>,
    /// The issues in the order of the rows; those of one group are drawn together.
    pub issues: Vec<Issue>,
}

/// One issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issue {
    /// What it is about.
    pub title: String,
    /// The heading under which it stands.
    pub group: String,
    /// The options in order.
    pub options: Vec<String>,
    /// What the parties say; who has none is shown as silent.
    pub stances: Vec<Stance>,
    /// The least and greatest distance in steps, where both sides can be compared.
    pub gap: Option<(usize, usize)>,
}

/// What one party says on one issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stance {
    /// The number of the party.
    pub party: usize,
    /// What it asks for, in its own words first.
    pub readings: Vec<Reading>,
    /// The options that it rules out, by number.
    pub limits: Vec<usize>,
    /// The rows behind the limits.
    pub limits_title: String,
    /// The options that its law rules out and its words do not, by number.
    pub law: Vec<usize>,
    /// The rows behind the law.
    pub law_title: String,
    /// Options that it has ruled out and put back under a condition, by number.
    pub conditional: Vec<usize>,
    /// The condition and the rows behind it.
    pub conditional_title: String,
}

impl Stance {
    fn is_silent(&self) -> bool {
        self.readings.is_empty() && self.limits.is_empty() && self.law.is_empty() && self.conditional.is_empty()
    }
}

/// One reading of what a party asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The options admitted, by number; one is a point, several are a range.
    pub options: Vec<usize>,
    /// The option asked for, where it is named.
    pub best: Option<usize>,
    /// Whether these are its own words; else reported or inferred, drawn hollow.
    pub own: bool,
    /// Date, statement and ids of rows.
    pub title: String,
}

const LEFT: f64 = 290.0;
const RIGHT: f64 = WIDTH - 138.0;
const INSET: f64 = 34.0;
const LANE: f64 = 17.0;
const RADIUS: f64 = 4.8;
const CONDITIONAL: &str = "2.5 2.5";

/// Draws the now-plot.
pub fn draw(input: &Now) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let mut table = DataTable::new(["Group", "Issue", "Party", "Asks for", "Rules out", "Distance", "Statement"]);

    let keys = keys(input, &mut canvas);
    let mut y = canvas.key(0.0, 0.0, WIDTH, keys) + 10.0;
    let half = (RIGHT - LEFT) / 2.0 - 10.0;
    canvas.add(label_within(LEFT, y + 11.0, &input.first_end, half, SMALL));
    canvas.add(label_within(RIGHT, y + 11.0, &input.last_end, half, SMALL.end()));
    canvas.add(label(RIGHT + 14.0, y + 11.0, "Distance", SMALL.bold()));
    y += 18.0;

    let mut group: Option<&str> = None;
    for index in grouped(input.issues.iter().map(|issue| issue.group.as_str())) {
        let issue = &input.issues[index];
        if group != Some(issue.group.as_str()) {
            group = Some(&issue.group);
            if !issue.group.is_empty() {
                canvas.add(label_within(EDGE, y + 20.0, &issue.group, WIDTH, HEADING));
                y += 27.0;
            }
        }
        y += draw_issue(&mut canvas, &mut table, input, issue, y);
    }
    canvas.add(line(0.0, y, WIDTH, y).set("stroke", GRID).set("stroke-width", 1.0));
    if input.issues.is_empty() {
        canvas.add(label(EDGE, y + 20.0, "No issue has a stance at this date.", BODY));
        y += 28.0;
    }
    canvas.finish(y + 4.0, describe(input), table)
}

/// Draws one row and gives its height.
fn draw_issue(canvas: &mut Canvas<'_>, table: &mut DataTable, input: &Now, issue: &Issue, top: f64) -> f64 {
    let lines = BODY.wrap(&issue.title, LEFT - 24.0, 3).len();
    let lanes = input.parties.len().max(1) as f64 * LANE + 10.0;
    let height = lanes.max(text::height(lines, BODY.size) + 12.0);
    let first = top + (height - lanes) / 2.0 + 5.0;

    canvas.add(line(0.0, top, WIDTH, top).set("stroke", GRID).set("stroke-width", 1.0));
    let base = top + (height - text::height(lines, BODY.size)) / 2.0 + BODY.size;
    canvas.add(paragraph(EDGE, base, &issue.title, LEFT - 24.0, 3, BODY).0);
    for (number, option) in issue.options.iter().enumerate() {
        let x = scale(number, issue.options.len());
        canvas.add(
            mark(&format!("{}: option {} of {}, {option}", issue.title, number + 1, issue.options.len()))
                .child(line(x, first, x, first + lanes - 10.0).set("stroke", RULE).set("stroke-width", 1.0)),
        );
    }
    for (index, name) in input.parties.iter().enumerate() {
        let lane = first + index as f64 * LANE;
        let stance = issue.stances.iter().find(|stance| stance.party == index);
        match stance.filter(|stance| !stance.is_silent()) {
            Some(stance) => draw_stance(canvas, issue, name, stance, lane),
            None => draw_silence(canvas, issue, index, name, lane),
        }
        push_rows(table, issue, name, stance);
    }
    let (distance, style) = match issue.gap {
        Some(_) => (gap(issue), STRONG),
        None => (gap(issue), SMALL),
    };
    canvas.add(label_within(RIGHT + 14.0, top + height / 2.0 + 4.0, &distance, WIDTH - RIGHT - 14.0, style));
    height
}

fn draw_stance(canvas: &mut Canvas<'_>, issue: &Issue, name: &str, stance: &Stance, lane: f64) {
    let look = party(stance.party);
    let count = issue.options.len();
    let middle = lane + LANE / 2.0;
    let half = (step(count) / 2.0 - 2.0).min(30.0);
    let cell = |option: usize| {
        rect(scale(option, count) - half, lane + 1.5, 2.0 * half, LANE - 3.0).set("stroke", look.colour)
    };
    let limits = inside(&stance.limits, count);
    if !limits.is_empty() {
        let fill = canvas.pattern(limit(look));
        let title = format!("{name} rules out {}: {}", options(issue, &limits), stance.limits_title);
        canvas.add(
            mark(&title).children(
                limits.iter().map(|option| cell(*option).set("fill", fill.as_str()).set("stroke-width", 0.6)),
            ),
        );
    }
    let by_law = inside(&stance.law, count);
    if !by_law.is_empty() {
        let fill = canvas.pattern(law(look));
        let title = format!("{name} rules out by law {}: {}", options(issue, &by_law), stance.law_title);
        canvas.add(
            mark(&title).children(
                by_law.iter().map(|option| cell(*option).set("fill", fill.as_str()).set("stroke-width", 0.4)),
            ),
        );
    }
    let conditional = inside(&stance.conditional, count);
    if !conditional.is_empty() {
        let what = options(issue, &conditional);
        let title = format!("{name} no longer rules out, under a condition, {what}: {}", stance.conditional_title);
        canvas.add(mark(&title).children(conditional.iter().map(|option| {
            cell(*option).set("fill", "none").set("stroke-width", 0.9).set("stroke-dasharray", CONDITIONAL)
        })));
    }
    // Own words come last, so that they lie on top.
    for reading in stance.readings.iter().rev() {
        let asked = inside(&reading.options, count);
        let points: Vec<usize> = match reading.best.filter(|best| *best < count) {
            Some(best) => vec![best],
            None if asked.len() == 1 => asked.clone(),
            None => Vec::new(),
        };
        let how = if reading.own { "asks for" } else { "is reported or inferred at" };
        let what = if points.is_empty() { options(issue, &asked) } else { options(issue, &points) };
        let mut drawn = mark(&format!("{name} {how} {what}: {}", reading.title));
        if let (Some(low), Some(high)) = (asked.first(), asked.last())
            && asked.len() > 1
        {
            let (x1, x2) = (scale(*low, count), scale(*high, count));
            let bar = rect(x1 - 6.0, middle - 4.0, x2 - x1 + 12.0, 8.0).set("rx", 4.0).set("stroke", look.colour);
            drawn = drawn.child(if reading.own {
                bar.set("fill", look.tint).set("stroke-width", 1.2)
            } else {
                bar.set("fill", PAPER).set("stroke-width", 1.0).set("stroke-dasharray", "3 2")
            });
            // Every option of a set is marked: a set is not an interval.
            drawn = drawn.children(asked.iter().map(|option| {
                let x = scale(*option, count);
                line(x, middle - 4.0, x, middle + 4.0).set("stroke", look.colour).set("stroke-width", 1.2)
            }));
        }
        drawn = drawn.children(points.into_iter().map(|point| {
            let x = scale(point, count);
            if reading.own {
                look.shape.filled(x, middle, RADIUS, look.colour)
            } else {
                look.shape.hollow(x, middle, RADIUS, look.colour)
            }
        }));
        canvas.add(drawn);
    }
}

fn draw_silence(canvas: &mut Canvas<'_>, issue: &Issue, index: usize, name: &str, lane: f64) {
    let look = party(index);
    let text = format!("{name}: no statement");
    let style = SMALL.fill(look.colour).middle();
    let room = RIGHT - LEFT - 40.0;
    let width = style.width(&text).min(room);
    let centre = f64::midpoint(LEFT, RIGHT);
    canvas.add(
        mark(&format!("{}: {name} has made no statement", issue.title))
            .child(
                rect(LEFT + INSET - 10.0, lane + 1.0, RIGHT - LEFT - 2.0 * INSET + 20.0, LANE - 2.0)
                    .set("fill", "none")
                    .set("stroke", RULE)
                    .set("stroke-dasharray", "3 3"),
            )
            .child(rect(centre - width / 2.0 - 4.0, lane, width + 8.0, LANE).set("fill", PAPER))
            .child(label_within(centre, lane + LANE / 2.0 + 4.0, &text, room, style)),
    );
}

fn push_rows(table: &mut DataTable, issue: &Issue, name: &str, stance: Option<&Stance>) {
    let count = issue.options.len();
    let limits = stance.map(|stance| ruled_out(issue, stance)).unwrap_or_default();
    let behind = stance.map(|stance| join(&[&stance.limits_title, &stance.law_title, &stance.conditional_title], "; "));
    let behind =
        behind.filter(|behind| !behind.is_empty()).map(|behind| format!("rules out: {behind}")).unwrap_or_default();
    let readings = stance.map(|stance| stance.readings.as_slice()).unwrap_or_default();
    if readings.is_empty() {
        let asks = if limits.is_empty() { "no statement" } else { "nothing stated" };
        table.push([&issue.group, &issue.title, name, asks, &limits, &gap(issue), &behind]);
    }
    for reading in readings {
        let asked = match reading.best {
            Some(best) if best < count => options(issue, &[best]),
            _ => options(issue, &inside(&reading.options, count)),
        };
        let asked = if reading.own { asked } else { format!("{asked} (reported or inferred)") };
        let title = join(&[&reading.title, &behind], "; ");
        table.push([&issue.group, &issue.title, name, &asked, &limits, &gap(issue), &title]);
    }
}

/// What a party rules out, in words, by law, and unless a condition is met.
fn ruled_out(issue: &Issue, stance: &Stance) -> String {
    let words = |numbers: &[usize], how: &str| match inside(numbers, issue.options.len()) {
        numbers if numbers.is_empty() => String::new(),
        numbers => format!("{}{how}", options(issue, &numbers)),
    };
    let parts = [
        words(&stance.limits, ""),
        words(&stance.law, " (by law)"),
        words(&stance.conditional, " (unless a condition is met)"),
    ];
    join(&parts.each_ref().map(String::as_str), "; ")
}

fn keys(input: &Now, canvas: &mut Canvas<'_>) -> Vec<Key> {
    let mut keys = Vec::new();
    for (index, name) in input.parties.iter().enumerate() {
        let look = party(index);
        let symbol = group().child(look.shape.filled(7.0, 0.0, RADIUS, look.colour));
        keys.push(Key::new(symbol, 14.0, name.as_str()));
    }
    let stances = || input.issues.iter().flat_map(|issue| &issue.stances);
    let readings = || stances().flat_map(|stance| &stance.readings);
    let symbols = |draw: &mut dyn FnMut(usize, f64) -> Element| {
        let count = input.parties.len().min(2);
        (group().children((0..count).map(|index| draw(index, index as f64 * 30.0))), count as f64 * 30.0 - 4.0)
    };
    if readings().any(|reading| reading.own && reading.options.len() > 1) {
        let (symbol, width) = symbols(&mut |index, x| {
            let look = party(index);
            rect(x, -4.0, 26.0, 8.0)
                .set("rx", 4.0)
                .set("fill", look.tint)
                .set("stroke", look.colour)
                .set("stroke-width", 1.2)
        });
        keys.push(Key::new(symbol, width, "set of options"));
    }
    if readings().any(|reading| !reading.own) {
        let (symbol, _) = symbols(&mut |index, x| {
            let look = party(index);
            look.shape.hollow(7.0 + x * 0.6, 0.0, RADIUS, look.colour)
        });
        keys.push(Key::new(symbol, 14.0 + 18.0 * (input.parties.len().clamp(1, 2) - 1) as f64, "reported or inferred"));
    }
    if stances().any(|stance| !stance.limits.is_empty()) {
        let (symbol, width) = symbols(&mut |index, x| {
            let look = party(index);
            rect(x, -6.0, 26.0, 12.0)
                .set("fill", canvas.pattern(limit(look)))
                .set("stroke", look.colour)
                .set("stroke-width", 0.6)
        });
        keys.push(Key::new(symbol, width, "rules out"));
    }
    if stances().any(|stance| !stance.law.is_empty()) {
        let (symbol, width) = symbols(&mut |index, x| {
            rect(x, -6.0, 26.0, 12.0)
                .set("fill", canvas.pattern(law(party(index))))
                .set("stroke", party(index).colour)
                .set("stroke-width", 0.4)
        });
        keys.push(Key::new(symbol, width, "rules out by law only"));
    }
    if stances().any(|stance| !stance.conditional.is_empty()) {
        let (symbol, width) = symbols(&mut |index, x| {
            rect(x, -6.0, 26.0, 12.0)
                .set("fill", "none")
                .set("stroke", party(index).colour)
                .set("stroke-width", 0.9)
                .set("stroke-dasharray", CONDITIONAL)
        });
        keys.push(Key::new(symbol, width, "rules out unless a condition is met"));
    }
    if input.issues.iter().any(|issue| !issue.options.is_empty()) {
        keys.push(Key::new(group().child(line(4.0, -7.0, 4.0, 7.0).set("stroke", MUTED)), 8.0, "an option"));
    }
    keys
}

fn describe(input: &Now) -> String {
    let compared = input.issues.iter().filter(|issue| issue.gap.is_some()).count();
    let mut out = format!(
        "Where the parties stand on {}; {compared} can be compared.",
        count(input.issues.len(), "issue", "issues")
    );
    for (index, name) in input.parties.iter().enumerate() {
        let silent = input
            .issues
            .iter()
            .filter(|issue| !issue.stances.iter().any(|stance| stance.party == index && !stance.is_silent()))
            .count();
        out += &format!(" {name}: no statement on {silent}.");
    }
    for issue in input.issues.iter().filter(|issue| issue.gap.is_some()) {
        out += &format!(" {}: {}.", issue.title, gap(issue));
    }
    out
}

/// The distance in words.
fn gap(issue: &Issue) -> String {
    match issue.gap {
        None => "not comparable".to_owned(),
        Some((0, 0)) => "same option".to_owned(),
        Some((low, high)) if low == high => count(low, "step", "steps"),
        Some((low, high)) => format!("{low}–{high} steps"),
    }
}

/// The place of an option on the scale.
fn scale(option: usize, count: usize) -> f64 {
    if count < 2 {
        return f64::midpoint(LEFT, RIGHT);
    }
    LEFT + INSET + step(count) * option as f64
}

/// The distance between options.
fn step(count: usize) -> f64 {
    (RIGHT - LEFT - 2.0 * INSET) / count.saturating_sub(1).max(1) as f64
}

fn inside(options: &[usize], count: usize) -> Vec<usize> {
    let mut out: Vec<usize> = options.iter().copied().filter(|option| *option < count).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn options(issue: &Issue, numbers: &[usize]) -> String {
    let names: Vec<String> = numbers
        .iter()
        .filter_map(|number| issue.options.get(*number).map(|option| format!("{}. {option}", number + 1)))
        .collect();
    if names.is_empty() { "no option".to_owned() } else { names.join("; ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn caption() -> Caption {
        Caption { id: "now".to_owned(), title: "Now".to_owned(), credit: None }
    }

    fn example(text: &str, issues: usize, options: usize) -> Now {
        let reading = |options: &[usize], best, own| Reading {
            options: options.to_vec(),
            best,
            own,
            title: "14 Jun 2024 (p010)".to_owned(),
        };
        let issue = Issue {
            title: text.to_owned(),
            group: "Territory".to_owned(),
            options: vec![text.to_owned(); options],
            stances: vec![Stance {
                party: 0,
                readings: vec![
                    reading(&[0], Some(0), true),
                    reading(&[1, 2], None, true),
                    reading(&[1, 2], None, false),
                    reading(&[99], Some(99), false),
                ],
                limits: vec![2, 3, 88],
                limits_title: "(p011)".to_owned(),
                law: vec![0],
                law_title: "(p013, law)".to_owned(),
                conditional: vec![1],
                conditional_title: "if: a condition (p012)".to_owned(),
            }],
            gap: Some((1, 2)),
        };
        Now {
            caption: caption(),
            first_end: text.to_owned(),
            last_end: text.to_owned(),
            parties: vec!["A".to_owned(), text.to_owned()],
            issues: vec![issue; issues],
        }
    }

    #[test]
    fn marks_name_party_and_rows_and_silence_is_shown() {
        let figure = draw(&example("B", 1, 4));
        examine(&figure);
        for text in
            ["A asks for 1. B: 14 Jun 2024 (p010)", "A rules out 3. B; 4. B: (p011)", "B: no statement", "1–2 steps"]
        {
            assert!(figure.svg.contains(text), "{text}");
        }
        assert_eq!(figure.table.rows.len(), 5);
    }

    #[test]
    fn nothing_and_anything_can_be_drawn() {
        examine(&draw(&Now { caption: caption(), ..Default::default() }));
        for (issues, options) in [(1, 0), (1, 1), (60, 5)] {
            examine(&draw(&example(HOSTILE, issues, options)));
        }
        examine(&draw(&example("", 1, 60)));
    }

    #[test]
    fn equal_inputs_give_equal_bytes() {
        assert_eq!(draw(&example("x", 2, 3)).svg, draw(&example("x", 2, 3)).svg);
    }
}
