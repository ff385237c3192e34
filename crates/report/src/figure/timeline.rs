//! The course of the talks: phases by track, rounds by venue and level, and the events to know.

use super::callout::{Callout, Callouts, Side};
use super::canvas::{BODY, Canvas, EDGE, Key, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::place::lanes;
use super::style::{GRID, INK, MUTED, PAPER, Pattern, RULE, Shape};
use super::svg::{Element, line, mark, rect};
use super::text;
use super::time::{Day, Month, TimeAxis, day_name, month_name};
use super::{Caption, DataTable, Figure, count, join};

/// What the timeline shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timeline {
    /// Name, title and credit.
    pub caption: Caption,
    /// The first month, as year and month.
    pub from: (i32, u32),
    /// The last month.
    pub to: (i32, u32),
    /// The day after which nothing is claimed, as `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// The phases of each track, uppermost first.
    pub tracks: Vec<Track>,
    /// Meetings, direct and mediated.
    pub rounds: Vec<Round>,
    /// The events to label, the weightiest first: about eight find room, the others are ticked and stand in the table.
    pub events: Vec<KeyEvent>,
}

/// The phases of one track.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Track {
    /// "Political", "Humanitarian".
    pub name: String,
    /// Its phases in order.
    pub spells: Vec<Spell>,
}

/// Months of the same phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// The first month, as year and month.
    pub from: (i32, u32),
    /// The last month.
    pub to: (i32, u32),
    /// The phase.
    pub phase: Phase,
    /// The rule and the rows behind it.
    pub basis: String,
}

/// The phase of a track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Direct talks with progress or a concession.
    Movement,
    /// Direct talks without.
    Talks,
    /// Contact through third parties.
    Mediated,
    /// Exchanges of prisoners, bodies or children, or passage and transport.
    Exchanges,
    /// A setback with no talks after it.
    Setback,
    /// None of these for a short while.
    Lull,
    /// None of these for months.
    Stalemate,
    /// Before the first contact.
    NotStarted,
    /// Not known.
    Unknown,
}

/// A meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Round {
    /// The day, as `YYYY-MM-DD`.
    pub date: String,
    /// The last day, where there are several.
    pub end: Option<String>,
    /// The place or country: the lane.
    pub venue: String,
    /// The level of those who met.
    pub level: Level,
    /// Whether a third party met one side or carried messages; drawn hollow, in a lane of its own.
    pub mediated: bool,
    /// Who met whom, on what; the ids of the rows.
    pub title: String,
}

/// The level of a meeting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Heads of state or government.
    Leaders,
    /// Ministers.
    Ministers,
    /// Delegations.
    #[default]
    Delegations,
    /// Experts and officials.
    Technical,
    /// The level is not stated.
    NotStated,
}

/// An event to be labelled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyEvent {
    /// The day, as `YYYY-MM-DD`.
    pub date: String,
    /// A few words.
    pub text: String,
    /// The whole title with the ids of the rows.
    pub title: String,
}

impl Phase {
    const ALL: [Self; 9] = [
        Self::Movement,
        Self::Talks,
        Self::Mediated,
        Self::Exchanges,
        Self::Setback,
        Self::Lull,
        Self::Stalemate,
        Self::NotStarted,
        Self::Unknown,
    ];

    /// The phase in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Movement => "movement",
            Self::Talks => "talks",
            Self::Mediated => "mediated",
            Self::Exchanges => "exchanges",
            Self::Setback => "setback",
            Self::Lull => "lull",
            Self::Stalemate => "stalemate",
            Self::NotStarted => "not started",
            Self::Unknown => "unknown",
        }
    }

    /// The phase as one letter, where the word does not fit.
    fn letter(self) -> &'static str {
        match self {
            Self::Movement => "M",
            Self::Talks => "T",
            Self::Mediated => "D",
            Self::Exchanges => "E",
            Self::Setback => "B",
            Self::Lull => "L",
            Self::Stalemate => "S",
            Self::NotStarted => "–",
            Self::Unknown => "?",
        }
    }

    fn pattern(self) -> Option<Pattern> {
        let hatch = |ink, ground, angle, gap, weight| Pattern::Hatch { ink, ground: Some(ground), angle, gap, weight };
        match self {
            Self::Mediated => Some(Pattern::Dots { ink: "#7d9bb3", ground: "#edf3f8", gap: 5.0 }),
            Self::Exchanges => Some(hatch("#b9abc4", "#f1edf4", 90, 5.0, 1.2)),
            Self::Setback => Some(hatch("#c09a6b", "#f7ecdd", -45, 5.0, 1.6)),
            Self::Lull => Some(hatch("#d9dcdf", "#fafafa", 0, 5.0, 1.0)),
            Self::Stalemate => Some(hatch("#b3b8bd", "#e6e8ea", 45, 4.0, 1.2)),
            Self::Movement | Self::Talks | Self::NotStarted | Self::Unknown => None,
        }
    }

    fn fill(self, canvas: &mut Canvas<'_>) -> String {
        match self.pattern() {
            Some(pattern) => canvas.pattern(pattern),
            None => match self {
                Self::Movement => "#35617f",
                Self::Talks => "#a9c4d8",
                _ => PAPER,
            }
            .to_owned(),
        }
    }

    /// A box of this phase; its letter or name is set apart.
    fn cell(self, canvas: &mut Canvas<'_>, x: f64, y: f64, width: f64, height: f64) -> Element {
        let cell =
            rect(x, y, width, height).set("fill", self.fill(canvas)).set("stroke", MUTED).set("stroke-width", 0.8);
        match self {
            Self::NotStarted | Self::Unknown => cell.set("stroke-dasharray", "2 2"),
            _ => cell,
        }
    }
}

impl Level {
    const ALL: [Self; 5] = [Self::Leaders, Self::Ministers, Self::Delegations, Self::Technical, Self::NotStated];

    /// The level in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Leaders => "leaders",
            Self::Ministers => "ministers",
            Self::Delegations => "delegations",
            Self::Technical => "technical",
            Self::NotStated => "level not stated",
        }
    }

    fn shape(self) -> Shape {
        match self {
            Self::Leaders => Shape::Star,
            Self::Ministers => Shape::Square,
            Self::Delegations => Shape::Circle,
            Self::Technical => Shape::Triangle,
            Self::NotStated => Shape::Wedge,
        }
    }

    fn mark(self, x: f64, y: f64, hollow: bool) -> Element {
        if hollow { self.shape().hollow(x, y, RADIUS, INK) } else { self.shape().filled(x, y, RADIUS, INK) }
    }
}

const LEFT: f64 = 158.0;
const RIGHT: f64 = WIDTH - 12.0;
const RADIUS: f64 = 5.0;
const BAND: f64 = 26.0;
const STACK: f64 = 14.0;
const MOST_VENUES: usize = 8;
const OTHER_VENUES: &str = "Other venues";

/// Draws the timeline.
pub fn draw(input: &Timeline) -> Figure {
    let axis = TimeAxis::new(input.from, input.to, LEFT, RIGHT);
    let mut canvas = Canvas::new(&input.caption);
    let mut table = DataTable::new(["Date", "Kind", "Where", "Level", "What"]);

    let top = if input.as_of.is_some() { 16.0 } else { 2.0 };
    let bands = top + axis.label_height() + 4.0;
    let lane_rows = venues(&input.rounds, &axis);
    let lanes_top = bands + input.tracks.len() as f64 * (BAND + 6.0) + if lane_rows.is_empty() { 0.0 } else { 10.0 };
    let bottom = lanes_top + lane_rows.iter().map(|lane| lane.height).sum::<f64>() + 8.0;

    let (callouts, ticks) = callouts(input, &axis);
    canvas.add(axis.grid(bands - 4.0, bottom));
    canvas.add(axis.labels(top, WIDTH));
    canvas.extend(callouts.threads(lanes_top - 4.0, bottom));

    draw_tracks(&mut canvas, &mut table, input, &axis, bands);
    draw_lanes(&mut canvas, &lane_rows, lanes_top);
    canvas.add(line(LEFT, bottom, RIGHT, bottom).set("stroke", RULE).set("stroke-width", 1.0));
    canvas.extend(ticks.into_iter().map(|(x, title)| {
        mark(&title).child(line(x, bottom - 5.0, x, bottom + 5.0).set("stroke", MUTED).set("stroke-width", 1.2))
    }));
    canvas.extend(callouts.draw(bottom, Side::Below));
    draw_as_of(&mut canvas, input, &axis, top, bottom);

    if input.tracks.is_empty() && input.rounds.is_empty() {
        canvas.add(label(EDGE, bands + 4.0, "Nothing is on record by this date.", SMALL));
    }
    let keys = keys(&mut canvas, input);
    let mut height = bottom + callouts.height() + 8.0;
    if !keys.is_empty() {
        height += 8.0 + canvas.key(0.0, height + 8.0, WIDTH, keys);
    }

    for round in &input.rounds {
        let kind = if round.mediated { "with a third party" } else { "direct talks" };
        table.push([&span(&round.date, round.end.as_deref()), kind, &round.venue, round.level.name(), &round.title]);
    }
    for event in &input.events {
        table.push([&event.date, "event", "", "", join(&[&event.text, &event.title], ": ").as_str()]);
    }
    canvas.finish(height, describe(input, &axis), table)
}

fn draw_tracks(canvas: &mut Canvas<'_>, table: &mut DataTable, input: &Timeline, axis: &TimeAxis, top: f64) {
    for (index, track) in input.tracks.iter().enumerate() {
        let y = top + index as f64 * (BAND + 6.0);
        canvas.add(label_within(EDGE, y + BAND / 2.0 + 4.0, &track.name, LEFT - 12.0, STRONG));
        canvas.add(rect(LEFT, y, RIGHT - LEFT, BAND).set("fill", PAPER).set("stroke", GRID));
        for spell in &track.spells {
            let months = months(spell.from, spell.to);
            table.push([&months, "phase", &track.name, "", join(&[spell.phase.name(), &spell.basis], ": ").as_str()]);
            let Some((x1, x2)) = axis.span(Day::first(spell.from), Some(Day::after(spell.to))) else { continue };
            let title = format!("{}, {months}: {}", track.name, join(&[spell.phase.name(), &spell.basis], " – "));
            let style =
                if spell.phase == Phase::Movement { SMALL.bold().fill(PAPER) } else { SMALL.bold().fill(INK).halo() };
            let text = [spell.phase.name(), spell.phase.letter()]
                .into_iter()
                .find(|text| style.width(text) <= x2 - x1 - if text.len() > 2 { 6.0 } else { 0.0 });
            let cell = spell.phase.cell(canvas, x1, y, x2 - x1, BAND);
            let text = text.map(|text| label((x1 + x2) / 2.0, y + BAND / 2.0 + 4.0, text, style.middle()));
            canvas.add(mark(&title).child(cell).children(text));
        }
    }
}

/// The lane of one venue.
struct Lane<'a> {
    name: String,
    rounds: Vec<(&'a Round, f64, f64, usize)>,
    height: f64,
}

fn venues<'a>(rounds: &'a [Round], axis: &TimeAxis) -> Vec<Lane<'a>> {
    let mut dated: Vec<(&Round, Day)> = rounds
        .iter()
        .filter_map(|round| Some((round, Day::parse(&round.date)?)))
        .filter(|(_, day)| axis.covers(*day))
        .collect();
    dated.sort_by_key(|(_, day)| *day);
    let mut names: Vec<&str> = Vec::new();
    for (round, _) in dated.iter().filter(|(round, _)| !round.mediated) {
        if !names.contains(&round.venue.as_str()) {
            names.push(&round.venue);
        }
    }
    let others = if names.len() > MOST_VENUES { names.split_off(MOST_VENUES - 1) } else { Vec::new() };
    let mut out: Vec<Lane<'_>> = names
        .iter()
        .map(|name| lane((*name).to_owned(), &dated, axis, |round| !round.mediated && round.venue == *name))
        .collect();
    if !others.is_empty() {
        out.push(lane(OTHER_VENUES.to_owned(), &dated, axis, |round| {
            !round.mediated && others.contains(&round.venue.as_str())
        }));
    }
    if dated.iter().any(|(round, _)| round.mediated) {
        out.push(lane("With third parties".to_owned(), &dated, axis, |round| round.mediated));
    }
    out
}

fn lane<'a>(name: String, dated: &[(&'a Round, Day)], axis: &TimeAxis, belongs: impl Fn(&Round) -> bool) -> Lane<'a> {
    let inside: Vec<(&Round, f64, f64)> = dated
        .iter()
        .filter(|(round, _)| belongs(round))
        .map(|(round, day)| {
            let start = axis.x(*day);
            let end = round.end.as_deref().and_then(Day::parse).map_or(start, |end| axis.x(end.max(*day)));
            (*round, start, end)
        })
        .collect();
    let spans: Vec<(f64, f64)> = inside.iter().map(|(_, start, end)| (start - RADIUS, end + RADIUS)).collect();
    let stacked = lanes(&spans, 3.0);
    let depth = stacked.iter().max().map_or(1, |most| most + 1);
    let rounds = inside.into_iter().zip(stacked).map(|((round, start, end), row)| (round, start, end, row)).collect();
    let lines = BODY.wrap(&name, LEFT - 14.0, 2).len();
    let height = (depth as f64 * STACK + 10.0).max(text::height(lines, BODY.size) + 9.0);
    Lane { name, rounds, height }
}

fn draw_lanes(canvas: &mut Canvas<'_>, lanes: &[Lane<'_>], top: f64) {
    let mut y = top;
    for lane in lanes {
        let name = if lane.name.is_empty() { "Place not stated" } else { &lane.name };
        canvas.add(paragraph(EDGE, y + 5.0 + STACK / 2.0 + 4.0, name, LEFT - 14.0, 2, BODY).0);
        canvas.add(line(0.0, y, RIGHT, y).set("stroke", GRID).set("stroke-width", 1.0));
        for (round, start, end, row) in &lane.rounds {
            let middle = y + 5.0 + STACK * (*row as f64 + 0.5);
            let who = join(&[round.level.name(), &round.venue, &round.title], ", ");
            let mut drawn = mark(&format!("{}: {who}", span(&round.date, round.end.as_deref())));
            if end - start > RADIUS {
                drawn = drawn.child(line(*start, middle, *end, middle).set("stroke", INK).set("stroke-width", 2.5));
            }
            canvas.add(drawn.child(round.level.mark(*start, middle, round.mediated)));
        }
        y += lane.height;
    }
}

/// The labels that find room and the ticks of the other events.
fn callouts(input: &Timeline, axis: &TimeAxis) -> (Callouts, Vec<(f64, String)>) {
    let mut labelled = Vec::new();
    let mut ticks = Vec::new();
    let capacity = Callouts::capacity(0.0, RIGHT);
    for event in &input.events {
        let Some(day) = Day::parse(&event.date).filter(|day| axis.covers(*day)) else { continue };
        let (x, date) = (axis.x(day), day_name(&event.date));
        let title = format!("{date}: {}", if event.title.is_empty() { &event.text } else { &event.title });
        if labelled.len() < capacity {
            labelled.push(Callout { x, date, text: event.text.clone(), title });
        } else {
            ticks.push((x, title));
        }
    }
    (Callouts::new(labelled, 0.0, RIGHT), ticks)
}

fn draw_as_of(canvas: &mut Canvas<'_>, input: &Timeline, axis: &TimeAxis, top: f64, bottom: f64) {
    let Some(as_of) = &input.as_of else { return };
    let Some(day) = Day::parse(as_of) else { return };
    let x = axis.x(day);
    let text = format!("as of {}", day_name(as_of));
    let at = (x + 4.0).min(RIGHT).max(LEFT + SMALL.width(&text));
    canvas.add(
        mark(&format!("Nothing is claimed after {}", day_name(as_of)))
            .child(line(x, top - 2.0, x, bottom).set("stroke", INK).set("stroke-width", 1.0))
            .child(label(at, 11.0, &text, SMALL.fill(INK).end())),
    );
}

fn keys(canvas: &mut Canvas<'_>, input: &Timeline) -> Vec<Key> {
    let mut keys = Vec::new();
    let present =
        |phase: &Phase| input.tracks.iter().any(|track| track.spells.iter().any(|spell| spell.phase == *phase));
    for phase in Phase::ALL.into_iter().filter(present) {
        if keys.is_empty() {
            keys.push(Key::heading("Phase"));
        }
        let style = if phase == Phase::Movement { SMALL.bold().fill(PAPER) } else { SMALL.bold().fill(INK).halo() };
        let symbol = Element::new("g").child(phase.cell(canvas, 0.0, -7.0, 20.0, 14.0)).child(label(
            10.0,
            4.0,
            phase.letter(),
            style.middle(),
        ));
        keys.push(Key::new(symbol, 20.0, phase.name()));
    }
    if !input.rounds.is_empty() {
        keys.push(Key::heading("Meeting of").on_new_row());
        for level in Level::ALL {
            if input.rounds.iter().any(|round| round.level == level) {
                keys.push(Key::new(Element::new("g").child(level.mark(7.0, 0.0, false)), 14.0, level.name()));
            }
        }
        if input.rounds.iter().any(|round| round.mediated) {
            let symbol = Element::new("g").child(Level::Delegations.mark(7.0, 0.0, true));
            keys.push(Key::new(symbol, 14.0, "hollow: with a third party, not with each other"));
        }
    }
    keys
}

fn describe(input: &Timeline, axis: &TimeAxis) -> String {
    let mut out = format!("Timeline {}.", axis.words());
    for track in &input.tracks {
        let spells: Vec<String> = track
            .spells
            .iter()
            .map(|spell| format!("{} {}", spell.phase.name(), months(spell.from, spell.to)))
            .collect();
        out += &format!(
            " {}: {}.",
            track.name,
            if spells.is_empty() { "no phases".to_owned() } else { spells.join(", ") }
        );
    }
    let mediated = input.rounds.iter().filter(|round| round.mediated).count();
    out += &format!(
        " {} of direct talks, {} with third parties, {}.",
        count(input.rounds.len() - mediated, "round", "rounds"),
        count(mediated, "meeting", "meetings"),
        count(input.events.len(), "event", "events"),
    );
    let undated = input.rounds.iter().filter(|round| Day::parse(&round.date).is_none()).count()
        + input.events.iter().filter(|event| Day::parse(&event.date).is_none()).count();
    if undated > 0 {
        out += &format!(" Not drawn for want of a date: {undated}.");
    }
    out
}

fn months(from: Month, to: Month) -> String {
    if from == to { month_name(from) } else { format!("{} – {}", month_name(from), month_name(to)) }
}

fn span(date: &str, end: Option<&str>) -> String {
    match end {
        Some(end) if end != date => format!("{} – {}", day_name(date), day_name(end)),
        _ => day_name(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HOSTILE, examine};

    fn caption() -> Caption {
        Caption { id: "timeline".to_owned(), title: "Course".to_owned(), credit: None }
    }

    fn example(text: &str) -> Timeline {
        let round = |date: &str, mediated, level| Round {
            date: date.to_owned(),
            end: Some("2022-03-30".to_owned()),
            venue: text.to_owned(),
            level,
            mediated,
            title: "A, B (e015)".to_owned(),
        };
        Timeline {
            caption: caption(),
            from: (2022, 2),
            to: (2023, 6),
            as_of: Some("2023-06-30".to_owned()),
            tracks: vec![Track {
                name: text.to_owned(),
                spells: Phase::ALL
                    .into_iter()
                    .zip(2..)
                    .map(|(phase, month)| Spell {
                        from: (2022, month),
                        to: (2022, month),
                        phase,
                        basis: "rule 2".to_owned(),
                    })
                    .collect(),
            }],
            rounds: vec![
                round("2022-03-29", false, Level::Leaders),
                round("2022-03-29", true, Level::Technical),
                round("2022-03-28", true, Level::Ministers),
                round("soon", true, Level::Delegations),
            ],
            events: (0..20)
                .map(|_| KeyEvent { date: "2022-04-01".to_owned(), text: text.to_owned(), title: "e016".to_owned() })
                .collect(),
        }
    }

    #[test]
    fn marks_name_date_and_rows() {
        let figure = draw(&example("Istanbul"));
        examine(&figure);
        assert!(figure.svg.contains("29 Mar 2022 – 30 Mar 2022: leaders, Istanbul, A, B (e015)"), "{}", figure.svg);
        assert!(figure.svg.contains("movement – rule 2"));
        assert!(figure.description.contains("Not drawn for want of a date: 1."));
        assert_eq!(figure.table.rows.len(), 9 + 4 + 20);
    }

    #[test]
    fn nothing_and_anything_can_be_drawn() {
        examine(&draw(&Timeline { caption: caption(), ..Default::default() }));
        examine(&draw(&example(HOSTILE)));
        examine(&draw(&example("")));
        let mut long = example("x");
        (long.from, long.to) = ((-5, 77), (30_000, 0));
        examine(&draw(&long));
    }

    #[test]
    fn equal_inputs_give_equal_bytes() {
        assert_eq!(draw(&example("x")).svg, draw(&example("x")).svg);
    }
}
