//! States and the moves between them: layers by the fewest moves from where things stand, a line a pair of states and mover.

mod place;
mod route;

use std::collections::{BTreeMap, BTreeSet};

use super::canvas::{Canvas, EDGE, SMALL, STRONG, WIDTH, label_within, paragraph};
use super::movers::{badge, badge_width, frame, head, keys, short_names, sign_keys, stroke};
use super::style::INK;
use super::svg::{mark, polyline};
use super::text;
use super::{Caption, DataTable, Figure, count};
use place::{Area, Plan, Step};
use route::{Route, Router};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StateGraph {
    /// Name, title and credit.
    pub caption: Caption,
    /// Who moves.
    pub movers: Vec<String>,
    /// The states.
    pub states: Vec<State>,
    /// All moves.
    pub moves: Vec<Move>,
}

/// A state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Its number.
    pub number: u64,
    /// What it is.
    pub words: String,
    /// Under which concepts it holds; empty if under none.
    pub holds: String,
    /// Whether things stand here.
    pub now: bool,
}

/// A move from one state to another, by their places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Move {
    /// Who makes it, by its place.
    pub by: usize,
    /// From which state.
    pub from: usize,
    /// To which state.
    pub to: usize,
    /// Whether it prefers that state.
    pub better: bool,
}

/// The most states that are drawn.
pub const MOST_STATES: usize = 40;
/// The most lines that are drawn.
const MOST_LINES: usize = 100;
/// The most lines with which also moves that nobody likes are drawn.
const FEW_LINES: usize = 24;
const INSET: f64 = 8.0;
const WORD_LINES: usize = 3;

/// The moves of one mover between two states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    by: usize,
    /// The states, the smaller place first.
    ends: [usize; 2],
    /// For each end the move to it: none, or whether it is liked.
    to: [Option<bool>; 2],
}

impl Line {
    fn liked(&self) -> bool {
        self.to.contains(&Some(true))
    }
}

/// Draws the figure; none without states, for more than [`MOST_STATES`], or where there are too many moves to tell apart.
pub fn draw(input: &StateGraph) -> Option<Figure> {
    if input.states.is_empty() || input.states.len() > MOST_STATES {
        return None;
    }
    let (lines, left_out) = lines(input);
    if lines.len() > MOST_LINES {
        return None;
    }
    let mut canvas = Canvas::new(&input.caption);
    let shorts = short_names(&input.movers);
    let mut all = keys(&input.movers, &shorts);
    all.extend(sign_keys());
    let mut top = canvas.key(0.0, 0.0, WIDTH, all);
    for words in left_out.words() {
        let (element, height) = paragraph(EDGE, top + 4.0 + SMALL.size, words, WIDTH - EDGE, 3, SMALL);
        canvas.add(element);
        top += height;
    }
    let links: Vec<[usize; 2]> = lines.iter().map(|line| line.ends).collect();
    let steps: Vec<Step> = input.moves.iter().map(|step| (step.by, [step.from, step.to])).collect();
    let now = input.states.iter().position(|state| state.now).unwrap_or(0);
    let mut plan = Plan::new(input.states.len(), now, &steps, &links, top + 16.0, |width| {
        input.states.iter().map(|state| height(state, width)).fold(0.0, f64::max)
    });
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| plan.length(lines[*a].ends).total_cmp(&plan.length(lines[*b].ends)).then(a.cmp(b)));
    let mut routes: Vec<Option<Route>> = vec![None; lines.len()];
    let mut router = Router::new(&plan.boxes, WIDTH, plan.limits());
    for index in order {
        let short = shorts.get(lines[index].by).map_or("?", String::as_str);
        routes[index] = Some(router.route(lines[index].ends, badge_width(short)));
    }
    // Without the room that no line took.
    let extent = |of: fn(f64, f64) -> f64, first: f64| {
        let boxes = plan.boxes.iter().flat_map(|place| [place.top(), place.top() + place.height]);
        let badges = routes.iter().flatten().flat_map(|route| [route.badge.1 - 10.0, route.badge.1 + 10.0]);
        let lines = routes.iter().flatten().flat_map(|route| route.points.iter().map(|point| point.1));
        boxes.chain(badges).chain(lines).fold(first, of)
    };
    let spare = (extent(f64::min, f64::INFINITY) - top - 16.0).max(0.0);
    let bottom = extent(f64::max, 0.0) - spare;
    plan.lift(spare);
    routes.iter_mut().flatten().for_each(|route| route.lift(spare));
    // What nobody likes lies under what somebody does, and boxes over all lines.
    for liked in [false, true] {
        for (line, route) in lines.iter().zip(&routes).filter(|(line, _)| line.liked() == liked) {
            if let Some(route) = route {
                draw_line(&mut canvas, input, line, route);
            }
        }
    }
    for (state, place) in input.states.iter().zip(&plan.boxes) {
        draw_state(&mut canvas, state, place);
    }
    for (line, route) in lines.iter().zip(&routes) {
        if let Some(route) = route {
            let short = shorts.get(line.by).map_or("?", String::as_str);
            canvas.add(badge(route.badge.0, route.badge.1, line.by, short));
        }
    }
    Some(canvas.finish(bottom + 8.0, describe(input), table(input)))
}

/// What is not drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct LeftOut {
    /// Moves that nobody likes, in either direction.
    unliked: bool,
    /// Moves that two others of the same mover amount to.
    composed: bool,
}

impl LeftOut {
    fn words(self) -> impl Iterator<Item = &'static str> {
        let unliked = self.unliked.then_some("Not drawn: moves that their mover likes in neither direction.");
        let composed = self.composed.then_some(
            "Not drawn: moves that several arrows of the same side, one after the other, amount to. The side can make each of them in one go.",
        );
        unliked.into_iter().chain(composed)
    }
}

/// The lines to draw.
fn lines(input: &StateGraph) -> (Vec<Line>, LeftOut) {
    let states = input.states.len();
    let mut all: BTreeMap<(usize, [usize; 2]), [Option<bool>; 2]> = BTreeMap::new();
    for step in input.moves.iter().filter(|step| step.from != step.to && step.from.max(step.to) < states) {
        let ends = [step.from.min(step.to), step.from.max(step.to)];
        let to = all.entry((step.by, ends)).or_default();
        to[usize::from(step.to == ends[1])] = Some(step.better);
    }
    let mut lines: Vec<Line> = all.into_iter().map(|((by, ends), to)| Line { by, ends, to }).collect();
    let mut left_out = LeftOut::default();
    if lines.len() > FEW_LINES {
        let before = lines.len();
        lines.retain(Line::liked);
        left_out.unliked = lines.len() < before;
    }
    if lines.len() > FEW_LINES {
        let before = lines.len();
        for mover in 0..input.movers.len() {
            reduce(&mut lines, mover);
        }
        left_out.composed = lines.len() < before;
    }
    (lines, left_out)
}

/// Takes away each liked move of a mover that two other liked moves amount to, provided that all of its liked moves can be put together so.
fn reduce(lines: &mut Vec<Line>, mover: usize) {
    let liked: BTreeSet<(usize, usize)> = lines
        .iter()
        .filter(|line| line.by == mover)
        .flat_map(|line| [(line.ends[1], line.ends[0], line.to[0]), (line.ends[0], line.ends[1], line.to[1])])
        .filter(|(_, _, to)| *to == Some(true))
        .map(|(from, to, _)| (from, to))
        .collect();
    let after = |from: usize| liked.range((from, 0)..=(from, usize::MAX)).map(|(_, to)| *to);
    let composed: BTreeSet<(usize, usize)> =
        liked.iter().flat_map(|(from, by)| after(*by).map(move |to| (*from, to))).collect();
    if composed.iter().all(|pair| liked.contains(pair)) {
        lines.retain(|line| {
            let [one, other] = line.ends;
            line.by != mover || !(composed.contains(&(one, other)) || composed.contains(&(other, one)))
        });
    }
}

/// The height of a box of this width.
fn height(state: &State, width: f64) -> f64 {
    let room = width - 2.0 * INSET;
    let words = SMALL.wrap(&state.words, room, WORD_LINES).len();
    let holds = SMALL.bold().wrap(&state.holds, room, 2).len();
    text::leading(STRONG.size) + text::height(words + holds, SMALL.size) + 2.0 * INSET - 2.0
}

fn draw_state(canvas: &mut Canvas<'_>, state: &State, place: &Area) {
    let room = place.width - 2.0 * INSET;
    let number = if state.now { format!("{} (now)", state.number) } else { state.number.to_string() };
    let holds = if state.holds.is_empty() { "would not hold".to_owned() } else { format!("holds: {}", state.holds) };
    let (x, y) = (place.left() + INSET, place.top());
    let mut base = y + INSET + STRONG.size - 2.0;
    let mut drawn = mark(&format!("State {number}: {}; {holds}", state.words))
        .child(frame(place.left(), y, place.width, place.height, !state.holds.is_empty(), state.now))
        .child(label_within(x, base, &number, room, STRONG));
    base += text::leading(SMALL.size) + 1.0;
    let (words, lines) = paragraph(x, base, &state.words, room, WORD_LINES, SMALL.fill(INK));
    drawn = drawn.child(words);
    canvas.add(drawn.child(paragraph(x, base + lines, &state.holds, room, 2, SMALL.fill(INK).bold()).0));
}

fn draw_line(canvas: &mut Canvas<'_>, input: &StateGraph, line: &Line, route: &Route) {
    let mover = input.movers.get(line.by).map_or("somebody", String::as_str);
    let numbers = line.ends.map(|end| input.states[end].number);
    let told = |to: Option<bool>, from: u64, number: u64| {
        let liked = if to? { "which it prefers" } else { "which it does not prefer" };
        Some(format!("from state {from} to state {number}, {liked}"))
    };
    let moves: Vec<String> =
        told(line.to[0], numbers[1], numbers[0]).into_iter().chain(told(line.to[1], numbers[0], numbers[1])).collect();
    let mut drawn =
        mark(&format!("{mover}: {}", moves.join("; "))).child(stroke(polyline(&route.points), line.by, line.liked()));
    let points = &route.points;
    if let (Some(liked), [tip, from, ..]) = (line.to[0], points.as_slice()) {
        drawn = drawn.child(head(*tip, *from, line.by, liked));
    }
    if let (Some(liked), [.., from, tip]) = (line.to[1], points.as_slice()) {
        drawn = drawn.child(head(*tip, *from, line.by, liked));
    }
    canvas.add(drawn);
}

/// For each mover that has some, the numbers of the states to which it can go from a state.
fn targets(input: &StateGraph, from: usize, better: bool) -> String {
    let of = |(mover, name): (usize, &String)| {
        let to = input.moves.iter().filter(|step| step.by == mover && step.from == from && step.better == better);
        let numbers: Vec<String> =
            to.filter_map(|step| input.states.get(step.to)).map(|state| state.number.to_string()).collect();
        (!numbers.is_empty()).then(|| format!("{name}: {}", numbers.join(", ")))
    };
    input.movers.iter().enumerate().filter_map(of).collect::<Vec<_>>().join("; ")
}

fn describe(input: &StateGraph) -> String {
    let mut out = format!(
        "{} and {} between them.",
        count(input.states.len(), "state", "states"),
        count(input.moves.len(), "move", "moves")
    );
    for (place, state) in input.states.iter().enumerate() {
        let now = if state.now { " (now)" } else { "" };
        let holds = if state.holds.is_empty() { String::new() } else { format!("; would hold: {}", state.holds) };
        let to = targets(input, place, true);
        let to = if to.is_empty() { String::new() } else { format!("; preferred from here by {to}") };
        out += &format!(" State {}{now}, {}{holds}{to}.", state.number, state.words);
    }
    out
}

fn table(input: &StateGraph) -> DataTable {
    let mut table = DataTable::new(["State", "What it is", "Holds under", "Moves that are liked", "Other moves"]);
    for (place, state) in input.states.iter().enumerate() {
        let now = if state.now { " (now)" } else { "" };
        table.push([
            &format!("{}{now}", state.number),
            &state.words,
            &state.holds,
            &targets(input, place, true),
            &targets(input, place, false),
        ]);
    }
    table
}

#[cfg(test)]
mod tests;
