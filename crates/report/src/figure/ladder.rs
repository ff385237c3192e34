//! The position ladder of one issue: its options as rungs, time to the right, and where each party stood.

use super::callout::{Callout, Callouts, Side};
use super::canvas::{BODY, Canvas, EDGE, Key, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::place::spread;
use super::style::{Party, RULE, WASH, law, limit, party};
use super::svg::{Element, group, line, mark, rect};
use super::text;
use super::time::{Day, TimeAxis, day_name};
use super::{Caption, DataTable, Figure, count, join};

/// What the ladder shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ladder {
    /// Name, title and credit.
    pub caption: Caption,
    /// The first month, as year and month.
    pub from: (i32, u32),
    /// The last month.
    pub to: (i32, u32),
    /// What lies towards the first option, such as "nearer to A's furthest demand".
    pub first_end: String,
    /// What lies towards the last option.
    pub last_end: String,
    /// The options in order, drawn from top to bottom.
    pub options: Vec<String>,
    /// The parties, at most four to be told apart.
    pub parties: Vec<String>,
    /// Where the parties stood.
    pub stances: Vec<Stance>,
    /// What the parties ruled out.
    pub limits: Vec<Limit>,
    /// Events along the top, at most about five; the first that find room are shown.
    pub events: Vec<Event>,
}

/// Where a party stood over a span of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stance {
    /// The number of the party.
    pub party: usize,
    /// From this day, as `YYYY-MM-DD`: the date of the statement.
    pub from: String,
    /// To this day; without, until the end.
    pub to: Option<String>,
    /// The options that the statement admits, by number; one is a point, several are a set.
    pub options: Vec<usize>,
    /// The option asked for, where the statement names one.
    pub best: Option<usize>,
    /// Whether these are the party's own words; else reported or inferred, drawn hollow and without a line.
    pub own: bool,
    /// Statement and ids of rows.
    pub title: String,
}

/// What a party ruled out over a span of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limit {
    /// The number of the party.
    pub party: usize,
    /// From this day, as `YYYY-MM-DD`.
    pub from: String,
    /// To this day; without, until the end.
    pub to: Option<String>,
    /// The options ruled out, by number.
    pub options: Vec<usize>,
    /// Whether a law rules them out, and not words.
    pub law: bool,
    /// Statement and ids of rows.
    pub title: String,
}

/// An event above the ladder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// The day, as `YYYY-MM-DD`.
    pub date: String,
    /// A few words.
    pub text: String,
    /// The whole title with the ids of the rows.
    pub title: String,
}

const LEFT: f64 = 312.0;
const RIGHT: f64 = WIDTH - 92.0;
const NUMBER: f64 = 22.0;
const RADIUS: f64 = 4.5;

/// Draws the ladder.
pub fn draw(input: &Ladder) -> Figure {
    let axis = TimeAxis::new(input.from, input.to, LEFT, RIGHT);
    let mut canvas = Canvas::new(&input.caption);
    let mut table = DataTable::new(["Party", "From", "To", "Reading", "Options", "Statement"]);

    let callouts = callouts(input, &axis);
    let first_end = if input.first_end.is_empty() { 0.0 } else { 18.0 };
    let labels = callouts.height();
    let edge = labels + axis.label_height() + 6.0;
    let top = edge + first_end;
    let rungs = Rungs::new(&input.options, input.parties.len(), top);
    let bottom = rungs.bottom();
    let last_end = if input.last_end.is_empty() { 0.0 } else { 18.0 };

    for (index, option) in input.options.iter().enumerate() {
        let (y, height) = rungs.row(index);
        if index % 2 == 0 {
            canvas.add(rect(0.0, y, RIGHT, height).set("fill", WASH));
        }
        let lines = BODY.wrap(option, LEFT - NUMBER - 16.0, MOST_LINES).len();
        let base = y + (height - text::height(lines, BODY.size)) / 2.0 + BODY.size;
        canvas.add(label(EDGE, base, &(index + 1).to_string(), SMALL.bold()));
        canvas.add(paragraph(NUMBER, base, option, LEFT - NUMBER - 16.0, MOST_LINES, BODY).0);
    }
    canvas.add(axis.grid(top, bottom));
    canvas.add(axis.labels(labels + 2.0, WIDTH));
    canvas.extend(callouts.threads(edge, bottom));
    canvas.extend(callouts.draw(labels, Side::Above));
    canvas.add(line(LEFT, top, RIGHT, top).set("stroke", RULE));
    canvas.add(line(LEFT, bottom, RIGHT, bottom).set("stroke", RULE));
    if first_end > 0.0 {
        canvas.add(label_within(NUMBER, top - 6.0, &input.first_end, LEFT - NUMBER - 16.0, SMALL));
    }
    if last_end > 0.0 {
        canvas.add(label_within(NUMBER, bottom + 14.0, &input.last_end, LEFT - NUMBER - 16.0, SMALL));
    }

    for index in 0..input.parties.len() {
        for option in 0..input.options.len() {
            for law in [true, false] {
                draw_limits(&mut canvas, input, &axis, &rungs, (index, option, law));
            }
        }
    }
    for item in &input.limits {
        table.push([
            name(input, item.party),
            &item.from,
            item.to.as_deref().unwrap_or_default(),
            if item.law { "ruled out by law" } else { "ruled out" },
            &numbers(&item.options),
            &item.title,
        ]);
    }
    for index in 0..input.parties.len() {
        draw_line(&mut canvas, input, &axis, &rungs, index);
    }
    for stance in &input.stances {
        draw_stance(&mut canvas, input, &axis, &rungs, stance);
        let reading = if stance.own { "own words" } else { "reported or inferred" };
        let options = match stance.best {
            Some(best) if stance.options.len() > 1 => format!("{} in {}", best + 1, numbers(&stance.options)),
            Some(best) => (best + 1).to_string(),
            None => numbers(&stance.options),
        };
        table.push([
            name(input, stance.party),
            &stance.from,
            stance.to.as_deref().unwrap_or_default(),
            reading,
            &options,
            &stance.title,
        ]);
    }
    draw_names(&mut canvas, input, &axis, &rungs);
    if input.options.is_empty() {
        canvas.add(label(LEFT + 8.0, top + 24.0, "No options are listed for this issue.", SMALL));
    } else if input.stances.is_empty() && input.limits.is_empty() {
        let middle = f64::midpoint(LEFT, RIGHT);
        let words = "No statement on this issue by this date";
        canvas.add(label(middle, f64::midpoint(top, bottom) + 4.0, words, BODY.middle().halo()));
    }

    let keys = keys(&mut canvas, input);
    let mut height = bottom + last_end + 6.0;
    if !keys.is_empty() {
        height += 8.0 + canvas.key(0.0, height + 8.0, WIDTH, keys);
    }
    canvas.finish(height, describe(input, &axis), table)
}

const MOST_LINES: usize = 4;

/// The rows of the options, each with a lane per party.
struct Rungs {
    tops: Vec<f64>,
    bottom: f64,
    parties: usize,
}

impl Rungs {
    fn new(options: &[String], parties: usize, top: f64) -> Self {
        let parties = parties.max(1);
        let mut y = top;
        let mut tops = Vec::new();
        for option in options {
            let lines = BODY.wrap(option, LEFT - NUMBER - 16.0, MOST_LINES).len();
            tops.push(y);
            y += (text::height(lines, BODY.size) + 12.0).max(parties as f64 * 17.0).max(38.0);
        }
        Self { tops, bottom: if options.is_empty() { top + 40.0 } else { y }, parties }
    }

    fn bottom(&self) -> f64 {
        self.bottom
    }

    fn row(&self, index: usize) -> (f64, f64) {
        let top = self.tops.get(index).copied().unwrap_or(self.bottom);
        (top, self.tops.get(index + 1).copied().unwrap_or(self.bottom) - top)
    }

    /// Top and height of a party's lane in the row of an option, if there is such an option and party.
    fn lane(&self, option: usize, party: usize) -> Option<(f64, f64)> {
        (option < self.tops.len() && party < self.parties).then(|| {
            let (top, height) = self.row(option);
            let lane = (height - 4.0) / self.parties as f64;
            (top + 2.0 + lane * party as f64, lane)
        })
    }

    fn middle(&self, option: usize, party: usize) -> Option<f64> {
        self.lane(option, party).map(|(top, height)| top + height / 2.0)
    }
}

/// The hatching of one option by one party: spans that touch are one area, with a bar where each limit begins.
fn draw_limits(
    canvas: &mut Canvas<'_>,
    input: &Ladder,
    axis: &TimeAxis,
    rungs: &Rungs,
    (index, option, by_law): (usize, usize, bool),
) {
    let Some((y, height)) = rungs.lane(option, index) else { return };
    let mut spans: Vec<(f64, f64, String)> = input
        .limits
        .iter()
        .filter(|item| item.party == index && item.law == by_law && item.options.contains(&option))
        .filter_map(|item| {
            span(axis, &item.from, item.to.as_deref()).map(|(x1, x2)| (x1, x2, limit_title(input, item)))
        })
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut areas: Vec<(f64, f64, Vec<&str>)> = Vec::new();
    for (x1, x2, title) in &spans {
        match areas.last_mut().filter(|area| *x1 <= area.1) {
            Some(area) => {
                area.1 = area.1.max(*x2);
                area.2.push(title);
            }
            None => areas.push((*x1, *x2, vec![title])),
        }
    }
    let look = party(index);
    let fill = canvas.pattern(if by_law { law(look) } else { limit(look) });
    for (x1, x2, titles) in areas {
        let area =
            rect(x1, y + 1.0, (x2 - x1).max(2.0), height - 2.0).set("fill", fill.as_str()).set("fill-opacity", 0.65);
        canvas.add(mark(&titles.join("; ")).child(area));
    }
    for (x1, _, title) in &spans {
        let bar = line(*x1, y + 1.0, *x1, y + height - 1.0).set("stroke", look.colour).set("stroke-width", 1.6);
        canvas.add(mark(title).child(bar));
    }
}

fn limit_title(input: &Ladder, item: &Limit) -> String {
    let when = dates(&item.from, item.to.as_deref());
    let how = if item.law { "rules out by law" } else { "rules out" };
    format!("{} {how} {} {when}{}", name(input, item.party), numbers(&item.options), colon(&item.title))
}

/// The step line through what a party asked for in its own words.
fn draw_line(canvas: &mut Canvas<'_>, input: &Ladder, axis: &TimeAxis, rungs: &Rungs, index: usize) {
    let look = party(index);
    let mut steps: Vec<(f64, f64, f64)> = input
        .stances
        .iter()
        .filter(|stance| stance.party == index && stance.own)
        .filter_map(|stance| {
            let (x1, x2) = span(axis, &stance.from, stance.to.as_deref())?;
            let y = rungs.middle(point(stance)?, index)?;
            Some((x1, x2, y))
        })
        .collect();
    steps.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (number, (x1, x2, y)) in steps.iter().enumerate() {
        let next = steps.get(number + 1).filter(|next| next.0 <= x2 + 0.5);
        let end = next.map_or(*x2, |next| next.0.max(*x1));
        canvas.add(
            line(*x1, *y, end, *y)
                .set("stroke", look.colour)
                .set("stroke-width", 2.4)
                .set_some("stroke-dasharray", look.dash),
        );
        if let Some(next) = next.filter(|next| next.2 != *y) {
            canvas.add(line(end, *y, end, next.2).set("stroke", look.colour).set("stroke-width", 1.2));
        }
    }
}

fn draw_stance(canvas: &mut Canvas<'_>, input: &Ladder, axis: &TimeAxis, rungs: &Rungs, stance: &Stance) {
    let look = party(stance.party);
    let Some((x1, x2)) = span(axis, &stance.from, stance.to.as_deref()) else { return };
    let asked = match stance.best {
        Some(best) => option_name(best),
        None => numbers(&stance.options),
    };
    let how = if stance.own { "asks for" } else { "is reported or inferred at" };
    let title = format!(
        "{} {how} {asked} {}{}",
        name(input, stance.party),
        dates(&stance.from, stance.to.as_deref()),
        colon(&stance.title)
    );
    let mut drawn = mark(&title);
    let options = sorted(&stance.options);
    if options.len() > 1 {
        let middles: Vec<f64> = options.iter().filter_map(|option| rungs.middle(*option, stance.party)).collect();
        for (y, height) in options.iter().filter_map(|option| rungs.lane(*option, stance.party)) {
            let cell = rect(x1, y + 2.5, (x2 - x1).max(2.0), height - 5.0)
                .set("stroke", look.colour)
                .set("stroke-width", 0.8)
                .set_some("stroke-dasharray", (!stance.own).then_some("2 2"));
            drawn = drawn.child(if stance.own {
                cell.set("fill", look.colour).set("fill-opacity", 0.18)
            } else {
                cell.set("fill", "none")
            });
        }
        if let (Some(first), Some(last)) = (middles.first(), middles.last()) {
            drawn = drawn.child(line(x1, *first, x1, *last).set("stroke", look.colour).set("stroke-width", 1.2));
        }
    }
    // A statement from before the span has no mark inside it.
    if Day::parse(&stance.from).is_some_and(|day| axis.covers(day)) {
        let points = match stance.best {
            Some(best) => vec![best],
            None => options,
        };
        for y in points.into_iter().filter_map(|option| rungs.middle(option, stance.party)) {
            drawn = drawn.child(if stance.own {
                look.shape.filled(x1, y, RADIUS, look.colour)
            } else {
                look.shape.hollow(x1, y, RADIUS, look.colour)
            });
        }
    }
    canvas.add(drawn);
}

/// The names of the parties at the right end of their lines.
fn draw_names(canvas: &mut Canvas<'_>, input: &Ladder, axis: &TimeAxis, rungs: &Rungs) {
    let mut ends: Vec<(usize, f64)> = Vec::new();
    for index in 0..input.parties.len() {
        let last = input
            .stances
            .iter()
            .filter(|stance| stance.party == index && stance.own)
            .filter_map(|stance| {
                let (x1, x2) = span(axis, &stance.from, stance.to.as_deref())?;
                let first = sorted(&stance.options).first().copied();
                let y = rungs.middle(stance.best.or(first)?, index)?;
                (x2 >= axis.right - 1.0).then_some((x1, y))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0));
        ends.extend(last.map(|(_, y)| (index, y)));
    }
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    let wishes: Vec<f64> = ends.iter().map(|(_, y)| *y).collect();
    let centres = spread(&wishes, &vec![15.0; ends.len()], 2.0, 0.0, rungs.bottom());
    for ((index, y), centre) in ends.into_iter().zip(centres) {
        let look = party(index);
        if (centre - y).abs() > 0.5 {
            canvas.add(line(RIGHT + 1.0, y, RIGHT + 7.0, centre).set("stroke", look.colour).set("stroke-width", 0.8));
        }
        canvas.add(label_within(
            RIGHT + 9.0,
            centre + 4.0,
            name(input, index),
            WIDTH - RIGHT - 11.0,
            STRONG.fill(look.colour),
        ));
    }
}

fn callouts(input: &Ladder, axis: &TimeAxis) -> Callouts {
    let items = input.events.iter().filter_map(|event| {
        let day = Day::parse(&event.date).filter(|day| axis.covers(*day))?;
        let date = day_name(&event.date);
        let title = format!("{date}: {}", if event.title.is_empty() { &event.text } else { &event.title });
        Some(Callout { x: axis.x(day), date, text: event.text.clone(), title })
    });
    Callouts::new(items.take(Callouts::capacity(LEFT, WIDTH)).collect(), LEFT, WIDTH - 4.0)
}

fn keys(canvas: &mut Canvas<'_>, input: &Ladder) -> Vec<Key> {
    let mut keys = Vec::new();
    for (index, name) in input.parties.iter().enumerate() {
        let look = party(index);
        let heading = Key::heading(name.as_str());
        keys.push(if index > 0 { heading.on_new_row() } else { heading });
        keys.push(Key::new(line_symbol(look), 34.0, "asks for"));
        if input.stances.iter().any(|stance| stance.party == index && stance.own && stance.options.len() > 1) {
            let cell = rect(0.0, -6.0, 26.0, 12.0)
                .set("fill", look.colour)
                .set("fill-opacity", 0.18)
                .set("stroke", look.colour)
                .set("stroke-width", 0.8);
            keys.push(Key::new(group().child(cell), 26.0, "set of options"));
        }
        if input.stances.iter().any(|stance| stance.party == index && !stance.own) {
            keys.push(Key::new(
                group().child(look.shape.hollow(7.0, 0.0, RADIUS, look.colour)),
                14.0,
                "reported or inferred",
            ));
        }
        for (by_law, pattern, words) in
            [(false, limit(look), "rules out; bar: day of a statement"), (true, law(look), "rules out by law")]
        {
            if input.limits.iter().any(|item| item.party == index && item.law == by_law) {
                let cell = rect(0.0, -6.0, 26.0, 12.0)
                    .set("fill", canvas.pattern(pattern))
                    .set("stroke", look.colour)
                    .set("stroke-width", 0.5);
                keys.push(Key::new(group().child(cell), 26.0, words));
            }
        }
    }
    keys
}

fn line_symbol(look: Party) -> Element {
    group()
        .child(
            line(0.0, 0.0, 34.0, 0.0)
                .set("stroke", look.colour)
                .set("stroke-width", 2.4)
                .set_some("stroke-dasharray", look.dash),
        )
        .child(look.shape.filled(6.0, 0.0, RADIUS, look.colour))
}

fn describe(input: &Ladder, axis: &TimeAxis) -> String {
    let mut out = format!(
        "Position ladder {}: {} from top to bottom.",
        axis.words(),
        count(input.options.len(), "option", "options")
    );
    for (index, party) in input.parties.iter().enumerate() {
        let mut own: Vec<&Stance> = input.stances.iter().filter(|stance| stance.party == index && stance.own).collect();
        own.sort_by(|a, b| a.from.cmp(&b.from));
        let steps: Vec<String> = own
            .iter()
            .map(|stance| {
                let options = stance.best.map_or_else(|| numbers(&stance.options), |best| (best + 1).to_string());
                format!("{options} from {}", day_name(&stance.from))
            })
            .collect();
        let steps = if steps.is_empty() {
            "no statement in its own words".to_owned()
        } else {
            format!("option {}", steps.join("; "))
        };
        let limits = input.limits.iter().filter(|item| item.party == index).count();
        out += &format!(" {party}: {steps}; {}.", count(limits, "limit", "limits"));
    }
    out
}

/// The option at which a stance is drawn as a point.
fn point(stance: &Stance) -> Option<usize> {
    match stance.options.as_slice() {
        [only] => Some(stance.best.unwrap_or(*only)),
        _ => stance.best,
    }
}

fn name(input: &Ladder, index: usize) -> &str {
    input.parties.get(index).map_or("unknown party", String::as_str)
}

fn sorted(options: &[usize]) -> Vec<usize> {
    let mut out = options.to_vec();
    out.sort_unstable();
    out.dedup();
    out
}

fn option_name(option: usize) -> String {
    format!("option {}", option + 1)
}

fn numbers(options: &[usize]) -> String {
    let numbers: Vec<String> = sorted(options).iter().map(|option| (option + 1).to_string()).collect();
    match numbers.len() {
        0 => "no option".to_owned(),
        1 => format!("option {}", numbers[0]),
        _ => format!("options {}", numbers.join(", ")),
    }
}

fn dates(from: &str, to: Option<&str>) -> String {
    let to = to.map(day_name).unwrap_or_default();
    join(&[&format!("from {}", day_name(from)), &if to.is_empty() { to } else { format!("to {to}") }], " ")
}

fn colon(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(": {text}") }
}

fn span(axis: &TimeAxis, from: &str, to: Option<&str>) -> Option<(f64, f64)> {
    let from = Day::parse(from)?;
    match to {
        Some(to) => axis.span(from, Some(Day::parse(to)?)),
        None => axis.span(from, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn caption() -> Caption {
        Caption { id: "ladder".to_owned(), title: "Ladder".to_owned(), credit: None }
    }

    fn example(text: &str, options: usize) -> Ladder {
        let stance = |party, from: &str, options: &[usize], best, own| Stance {
            party,
            from: from.to_owned(),
            to: None,
            options: options.to_vec(),
            best,
            own,
            title: "statement (p001)".to_owned(),
        };
        Ladder {
            caption: caption(),
            from: (2022, 1),
            to: (2023, 12),
            first_end: text.to_owned(),
            last_end: text.to_owned(),
            options: vec![text.to_owned(); options],
            parties: vec!["A".to_owned(), text.to_owned()],
            stances: vec![
                stance(0, "2022-02-01", &[0], Some(0), true),
                stance(0, "2022-05-01", &[1, 2], None, true),
                stance(1, "2022-05-01", &[3], Some(3), false),
                stance(1, "2021-05-01", &[2], Some(2), true),
                stance(9, "2022-05-01", &[99], Some(99), true),
                stance(0, "never", &[], None, true),
            ],
            limits: vec![Limit {
                party: 1,
                from: "2022-09-30".to_owned(),
                to: Some("2023-01-01".to_owned()),
                options: vec![0, 1, 77],
                law: false,
                title: "decree (p050)".to_owned(),
            }],
            events: vec![Event { date: "2022-04-01".to_owned(), text: text.to_owned(), title: String::new() }; 9],
        }
    }

    #[test]
    fn marks_name_party_date_and_rows() {
        let figure = draw(&example("B", 4));
        examine(&figure);
        for title in [
            "A asks for option 1 from 1 Feb 2022: statement (p001)",
            "B is reported or inferred at option 4 from 1 May 2022: statement (p001)",
            "B rules out options 1, 2, 78 from 30 Sep 2022 to 1 Jan 2023: decree (p050)",
        ] {
            assert!(figure.svg.contains(&format!("<title>{title}")), "{title}");
        }
        assert_eq!(figure.table.rows.len(), 7);
    }

    #[test]
    fn nothing_and_anything_can_be_drawn() {
        examine(&draw(&Ladder { caption: caption(), ..Default::default() }));
        for options in [0, 1, 60] {
            examine(&draw(&example(HOSTILE, options)));
        }
        examine(&draw(&example("", 1)));
    }

    #[test]
    fn equal_inputs_give_equal_bytes() {
        assert_eq!(draw(&example("x", 3)).svg, draw(&example("x", 3)).svg);
    }
}
