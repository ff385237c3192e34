//! Common ground: what each principal has put on each issue, where it met, how near it came, and what others put between.

mod words;

use super::canvas::{BODY, Canvas, EDGE, HEADING, Key, SMALL, STRONG, WIDTH, label, label_within, paragraph};
use super::place::lanes;
use super::style::{GRID, INK, MUTED, PAPER, Party, RULE, Shape, WASH, party};
use super::svg::{Element, group, line, mark, polyline, rect};
use super::text;
use super::{Caption, Figure, grouped};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common {
    /// Name, title and credit.
    pub caption: Caption,
    /// The principals, at most four to be told apart; the first half is drawn above the lines.
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
    /// What the principals have put.
    pub sides: Vec<Side>,
    /// The options that all of them have put.
    pub overlaps: Vec<Overlap>,
    /// The nearest pairs, where two principals have no option in common.
    pub near: Vec<Near>,
    /// What others have put between the principals' positions.
    pub others: Vec<Other>,
}

/// What one principal has put on an issue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// The number of the principal.
    pub party: usize,
    /// The options that it has put in its own words, by number.
    pub tabled: Vec<usize>,
    /// Those of them that stand.
    pub standing: Vec<usize>,
}

/// An option that every principal has put.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overlap {
    /// The option, by number.
    pub option: usize,
    /// Whether it stands for all.
    pub standing: bool,
    /// Since when, until when, and how it ended: "in common since …, until …".
    pub words: String,
    /// Conditions and ids of rows.
    pub title: String,
}

/// Two options of two principals with the fewest steps between them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Near {
    /// The one principal and its option, by number.
    pub a: (usize, usize),
    /// The other principal and its option.
    pub b: (usize, usize),
    /// The steps between the options.
    pub steps: u32,
    /// Whether both stand.
    pub standing: bool,
    /// Dates and ids of rows.
    pub title: String,
}

/// An option that somebody else has put between the positions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Other {
    /// The short name of the actor.
    pub name: String,
    /// The option, by number.
    pub option: usize,
    /// Whether it stands.
    pub standing: bool,
    /// The principals that rule it out, by number.
    pub ruled_out_by: Vec<usize>,
    /// The full name, dates and ids of rows.
    pub title: String,
}

impl Issue {
    /// Whether anybody has put anything.
    fn is_empty(&self) -> bool {
        self.others.is_empty() && self.sides.iter().all(|side| side.tabled.is_empty())
    }
}

/// The line of the options.
const LEFT: f64 = 236.0;
const RIGHT: f64 = 668.0;
const INSET: f64 = 22.0;
/// Where the words of a row begin.
const WORDS: f64 = RIGHT + 14.0;
/// From a principal's lane to the next, and from the last to the line.
const LANE: f64 = 17.0;
/// The height of a line of names under the line.
const NAMES: f64 = 14.0;
const RADIUS: f64 = 5.0;
const ENDED: &str = "3 2.5";

/// Draws the figure.
pub fn draw(input: &Common) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let mut y = 0.0;
    let keys = keys(input);
    if !keys.is_empty() {
        y += canvas.key(0.0, 0.0, WIDTH, keys) + 8.0;
        let half = (RIGHT - LEFT) / 2.0 - 6.0;
        canvas.add(label_within(LEFT, y + 11.0, "first option of each issue", half, SMALL));
        canvas.add(label_within(RIGHT, y + 11.0, "last option of each issue", half, SMALL.end()));
        y += 18.0;
    }
    let mut group: Option<&str> = None;
    for issue in grouped(input.issues.iter().map(|issue| issue.group.as_str())).into_iter().map(|at| &input.issues[at])
    {
        if issue.is_empty() {
            continue;
        }
        if group != Some(issue.group.as_str()) {
            group = Some(&issue.group);
            if !issue.group.is_empty() {
                canvas.add(rect(0.0, y, WIDTH, 24.0).set("fill", WASH));
                canvas.add(label_within(EDGE + 2.0, y + 17.0, &issue.group, WIDTH - 4.0, HEADING));
                y += 24.0;
            }
        }
        y += Row::new(input, issue, y).draw(&mut canvas);
        canvas.add(line(0.0, y, WIDTH, y).set("stroke", GRID).set("stroke-width", 1.0));
    }
    let empty: Vec<&str> =
        input.issues.iter().filter(|issue| issue.is_empty()).map(|issue| issue.title.as_str()).collect();
    if empty.len() == input.issues.len() {
        canvas.add(label(EDGE, y + 18.0, "No option has been tabled on any issue at this date.", BODY));
        y += 26.0;
    } else if !empty.is_empty() {
        let words = format!("No option has been tabled on: {}.", empty.join("; "));
        let (element, height) = paragraph(EDGE, y + 18.0, &words, WIDTH - 2.0 * EDGE, 6, SMALL);
        canvas.add(element);
        y += height + 8.0;
    }
    canvas.finish(y + 4.0, words::describe(input), words::table(input))
}

/// One issue on the sheet.
struct Row<'a> {
    input: &'a Common,
    issue: &'a Issue,
    top: f64,
    height: f64,
    /// The line of the options.
    line: f64,
    /// Lines of names of third parties, under the line.
    named: Vec<Named>,
    /// The lines of names.
    name_lines: usize,
    bold: String,
    small: Vec<String>,
}

/// The actors that have put one option between the positions.
struct Named {
    option: usize,
    text: String,
    x: f64,
    lane: usize,
}

impl<'a> Row<'a> {
    fn new(input: &'a Common, issue: &'a Issue, top: f64) -> Self {
        let mut named = names(issue);
        let widths: Vec<f64> = named.iter().map(|name| SMALL.width(&name.text).min(RIGHT - LEFT)).collect();
        let places: Vec<(f64, f64)> = named
            .iter()
            .zip(&widths)
            .map(|(name, width)| {
                let start = (name.x - width / 2.0).clamp(LEFT, (RIGHT - width).max(LEFT));
                (start, start + width)
            })
            .collect();
        let taken = lanes(&places, 6.0);
        for ((name, lane), (start, end)) in named.iter_mut().zip(&taken).zip(&places) {
            (name.lane, name.x) = (*lane, f64::midpoint(*start, *end));
        }
        let name_lines = taken.iter().map(|lane| lane + 1).max().unwrap_or(0);

        let (above, below) = split(input.parties.len());
        let names_height = name_lines as f64 * NAMES + if name_lines > 0 { 2.0 } else { 0.0 };
        let (bold, small) = words::words(input, issue);
        let title = text::height(BODY.wrap(&issue.title, LEFT - 20.0, 4).len(), BODY.size);
        let room = WIDTH - WORDS;
        let words = text::height(STRONG.wrap(&bold, room, 2).len(), STRONG.size)
            + small.iter().map(|words| text::height(SMALL.wrap(words, room, 4).len(), SMALL.size) + 2.0).sum::<f64>();
        let lines = (above + below) as f64 * LANE + names_height + 14.0;
        let height = (lines.max(title).max(words) + 12.0).ceil();
        let first = top + (height - lines) / 2.0 + 7.0;
        let line = first + above as f64 * LANE;
        Row { input, issue, top, height, line, named, name_lines, bold, small }
    }

    fn draw(&self, canvas: &mut Canvas<'_>) -> f64 {
        let title_height = text::height(BODY.wrap(&self.issue.title, LEFT - 20.0, 4).len(), BODY.size);
        let base = self.top + (self.height - title_height) / 2.0 + BODY.size;
        canvas.add(paragraph(EDGE, base, &self.issue.title, LEFT - 20.0, 4, BODY).0);
        self.draw_line(canvas);
        for overlap in &self.issue.overlaps {
            self.draw_overlap(canvas, overlap);
        }
        for near in self.issue.near.iter().rev() {
            self.draw_near(canvas, near);
        }
        for side in &self.issue.sides {
            self.draw_side(canvas, side);
        }
        self.draw_others(canvas);
        self.draw_words(canvas);
        self.height
    }

    fn draw_line(&self, canvas: &mut Canvas<'_>) {
        let count = self.issue.options.len();
        if let (Some(first), Some(last)) = (self.x(0), self.x(count.saturating_sub(1))) {
            canvas.add(line(first, self.line, last, self.line).set("stroke", RULE).set("stroke-width", 1.4));
        }
        for (number, option) in self.issue.options.iter().enumerate() {
            let Some(x) = self.x(number) else { continue };
            canvas.add(
                mark(&format!("{}: option {} of {count}, {option}", self.issue.title, number + 1))
                    .child(line(x, self.line - 4.0, x, self.line + 4.0).set("stroke", MUTED).set("stroke-width", 1.2)),
            );
        }
    }

    /// One shape around all marks of an option that every principal has put.
    fn draw_overlap(&self, canvas: &mut Canvas<'_>, overlap: &Overlap) {
        let lanes = || (0..self.input.parties.len()).filter_map(|party| self.lane(party));
        let (Some(x), Some(first), Some(last)) =
            (self.x(overlap.option), lanes().min_by(f64::total_cmp), lanes().max_by(f64::total_cmp))
        else {
            return;
        };
        let half = (step(self.issue.options.len()) / 2.0 - 1.0).clamp(2.0, 11.0);
        let title =
            format!("{}: {}{}", words::option(self.issue, overlap.option), overlap.words, colon(&overlap.title));
        canvas.add(mark(&title).child(capsule(x, first, last, half, overlap.standing)));
    }

    /// From the one mark along the line to the other.
    fn draw_near(&self, canvas: &mut Canvas<'_>, near: &Near) {
        let place = |(party, option): (usize, usize)| Some((self.x(option)?, self.lane(party)?));
        let (Some((x1, y1)), Some((x2, y2))) = (place(near.a), place(near.b)) else { return };
        let title = format!("{}{}", words::near(self.input, self.issue, near), colon(&near.title));
        let path = polyline(&[(x1, y1), (x1, self.line), (x2, self.line), (x2, y2)]);
        canvas.add(mark(&title).child(bridge(path, near.standing)));
    }

    fn draw_side(&self, canvas: &mut Canvas<'_>, side: &Side) {
        let Some(y) = self.lane(side.party) else { return };
        let look = party(side.party);
        let name = words::name(self.input, side.party);
        for option in &side.tabled {
            let Some(x) = self.x(*option) else { continue };
            let stands = side.standing.contains(option);
            let now = if stands { "it stands" } else { "it no longer stands" };
            canvas.add(mark(&format!("{name} has tabled {}; {now}", words::option(self.issue, *option))).child(put(
                look,
                x,
                y,
                self.radius(),
                stands,
            )));
        }
    }

    fn draw_others(&self, canvas: &mut Canvas<'_>) {
        let r = self.radius().min(4.4);
        for named in &self.named {
            let Some(x) = self.x(named.option) else { continue };
            let here = || self.issue.others.iter().filter(|other| other.option == named.option);
            let titles: Vec<&str> = here().map(|other| other.title.as_str()).collect();
            let title = format!("{}: {}", words::option(self.issue, named.option), titles.join("; "));
            let stands = here().any(|other| other.standing);
            let mut drawn = mark(&title).child(third(x, self.line, r, stands));
            let y = self.line + 17.0 + named.lane as f64 * NAMES;
            drawn = drawn.child(label_within(named.x, y, &named.text, RIGHT - LEFT, SMALL.fill(INK).middle().halo()));
            canvas.add(drawn);
            let mut refusing: Vec<usize> = here().flat_map(|other| other.ruled_out_by.iter().copied()).collect();
            refusing.sort_unstable();
            refusing.dedup();
            for party_number in refusing {
                let Some(lane) = self.lane(party_number) else { continue };
                let words = words::option(self.issue, named.option);
                canvas.add(
                    mark(&format!("{} rules out {words}", words::name(self.input, party_number))).child(refusal(
                        party(party_number),
                        x,
                        lane,
                        r,
                    )),
                );
            }
        }
    }

    fn draw_words(&self, canvas: &mut Canvas<'_>) {
        let room = WIDTH - WORDS;
        let mut drawn = Vec::new();
        let mut y = 0.0;
        if !self.bold.is_empty() {
            drawn.push((y + STRONG.size, self.bold.as_str(), 2, STRONG));
            y += text::height(STRONG.wrap(&self.bold, room, 2).len(), STRONG.size);
        }
        for words in &self.small {
            y += 2.0;
            drawn.push((y + SMALL.size, words.as_str(), 4, SMALL));
            y += text::height(SMALL.wrap(words, room, 4).len(), SMALL.size);
        }
        let top = self.top + (self.height - y) / 2.0;
        canvas.extend(
            drawn
                .into_iter()
                .map(|(base, words, most, style)| paragraph(WORDS, top + base, words, room, most, style).0),
        );
    }

    fn x(&self, option: usize) -> Option<f64> {
        let count = self.issue.options.len();
        (option < count).then(|| match count {
            1 => f64::midpoint(LEFT, RIGHT),
            _ => LEFT + INSET + step(count) * option as f64,
        })
    }

    /// Where the marks of a principal stand: the first half of them above the line, the others below the names.
    fn lane(&self, party: usize) -> Option<f64> {
        let (above, below) = split(self.input.parties.len());
        if party < above {
            return Some(self.line - (above - party) as f64 * LANE);
        }
        let names = self.name_lines as f64 * NAMES + if self.name_lines > 0 { 2.0 } else { 0.0 };
        (party < above + below).then(|| self.line + names + (party - above + 1) as f64 * LANE)
    }

    fn radius(&self) -> f64 {
        RADIUS.min(step(self.issue.options.len()) * 0.4).max(1.5)
    }
}

/// How many principals stand above the line and how many below.
fn split(parties: usize) -> (usize, usize) {
    let above = parties.div_ceil(2);
    (above, parties - above)
}

/// The distance between options.
fn step(count: usize) -> f64 {
    (RIGHT - LEFT - 2.0 * INSET) / count.saturating_sub(1).max(1) as f64
}

/// The names of third parties by option, in the order of the options.
fn names(issue: &Issue) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    let mut others: Vec<&Other> = issue.others.iter().filter(|other| other.option < issue.options.len()).collect();
    others.sort_by_key(|other| other.option);
    for other in others {
        match named.last_mut().filter(|last| last.option == other.option) {
            Some(last) => last.text = format!("{}, {}", last.text, other.name),
            None => {
                let x = LEFT + INSET + step(issue.options.len()) * other.option as f64;
                named.push(Named { option: other.option, text: other.name.clone(), x, lane: 0 });
            }
        }
    }
    named
}

/// The mark of what a principal has put: filled while it stands.
fn put(look: Party, x: f64, y: f64, r: f64, stands: bool) -> Element {
    if stands { look.shape.filled(x, y, r, look.colour) } else { look.shape.hollow(x, y, r, look.colour) }
}

/// The mark of what a third party has put.
fn third(x: f64, y: f64, r: f64, stands: bool) -> Element {
    if stands { Shape::Wedge.filled(x, y, r, INK) } else { Shape::Wedge.hollow(x, y, r, INK) }
}

/// The mark of a refusal of what a third party has put.
fn refusal(look: Party, x: f64, y: f64, r: f64) -> Element {
    Shape::Cross.at(x, y, r * 0.9).set("stroke", look.colour)
}

/// The shape around an option that all have put: shaded while it stands for all.
fn capsule(x: f64, top: f64, bottom: f64, half: f64, stands: bool) -> Element {
    let shape = rect(x - half, top - 9.0, 2.0 * half, bottom - top + 18.0).set("rx", half).set("stroke", INK);
    if stands {
        shape.set("fill", RULE).set("fill-opacity", 0.55).set("stroke-width", 1.4)
    } else {
        shape.set("fill", PAPER).set("stroke-width", 1.0).set("stroke-dasharray", ENDED)
    }
}

/// The thin line of a nearest pair.
fn bridge(path: Element, stands: bool) -> Element {
    let path = path.set("stroke", INK).set("stroke-linejoin", "round");
    if stands { path.set("stroke-width", 1.4) } else { path.set("stroke-width", 1.0).set("stroke-dasharray", ENDED) }
}

fn keys(input: &Common) -> Vec<Key> {
    let issues = || input.issues.iter().filter(|issue| !issue.is_empty());
    if issues().next().is_none() {
        return Vec::new();
    }
    let mut keys = Vec::new();
    let (above, below) = split(input.parties.len());
    for (index, name) in input.parties.iter().enumerate() {
        let look = party(index);
        let both = group().child(put(look, 7.0, 0.0, RADIUS, true)).child(put(look, 22.0, 0.0, RADIUS, false));
        let side = match (index < above, below) {
            (_, 0) => "",
            (true, _) => ", above the line",
            (false, _) => ", below the line",
        };
        keys.push(Key::new(both, 30.0, format!("{name}{side}; hollow: left")));
    }
    let overlaps = |standing| issues().flat_map(|issue| &issue.overlaps).any(|overlap| overlap.standing == standing);
    let shape = |standing| group().child(capsule(8.0, 0.0, 0.0, 8.0, standing));
    if overlaps(true) {
        keys.push(Key::new(shape(true), 16.0, "in common now"));
    }
    if overlaps(false) {
        keys.push(Key::new(shape(false), 16.0, "in common before"));
    }
    let near = |standing| issues().flat_map(|issue| &issue.near).any(|near| near.standing == standing);
    let path = || polyline(&[(2.0, -6.0), (2.0, 0.0), (26.0, 0.0), (26.0, 6.0)]);
    if near(true) {
        keys.push(Key::new(group().child(bridge(path(), true)), 28.0, "nearest pair that stands"));
    }
    if near(false) {
        keys.push(Key::new(group().child(bridge(path(), false)), 28.0, "nearest ever"));
    }
    let others = || issues().flat_map(|issue| &issue.others);
    if others().next().is_some() {
        let both = group().child(third(6.0, 0.0, 4.4, true)).child(third(19.0, 0.0, 4.4, false));
        keys.push(Key::new(both, 26.0, "tabled by others between the positions; hollow: left"));
    }
    if others().any(|other| !other.ruled_out_by.is_empty()) {
        let parties: Vec<Element> = (0..input.parties.len().min(4))
            .map(|index| refusal(party(index), 6.0 + 13.0 * index as f64, 0.0, 4.4))
            .collect();
        let width = 13.0 * parties.len() as f64;
        keys.push(Key::new(group().children(parties), width, "ruled out by a principal"));
    }
    keys
}

fn colon(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(": {text}") }
}

#[cfg(test)]
mod tests;
