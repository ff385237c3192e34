//! How the states that would hold can come about from where things stand: trees of moves, the fewest to each.

use super::canvas::{Canvas, EDGE, HEADING, SMALL, STRONG, WIDTH, label_within, paragraph};
use super::movers::{HEAD, badge, badge_width, frame, head, keys, short_names, sign_keys, stroke};
use super::style::{INK, MUTED};
use super::svg::{mark, polyline};
use super::text;
use super::{Caption, DataTable, Figure, join};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    /// Name, title and credit.
    pub caption: Caption,
    /// Who moves.
    pub movers: Vec<String>,
    /// Trees that begin where things stand.
    pub panels: Vec<Panel>,
    /// What is told in words under them.
    pub notes: Vec<String>,
}

/// A tree with its heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    /// The heading.
    pub title: String,
    /// Where things stand.
    pub root: Node,
}

/// A state on the way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// Its number.
    pub number: u64,
    /// Its name, or what changes with the move to it.
    pub words: String,
    /// Under which concepts it holds; empty if under none.
    pub holds: String,
    /// The move to it; none where things stand.
    pub by: Option<By>,
    /// The states that follow.
    pub then: Vec<Node>,
}

/// A move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct By {
    /// Who makes it, by its place.
    pub mover: usize,
    /// Whether it prefers the state to which it goes.
    pub better: bool,
}

impl Node {
    /// How many moves lead to the state that is farthest from it.
    fn depth(&self) -> usize {
        self.then.iter().map(|next| next.depth() + 1).max().unwrap_or(0)
    }
}

/// The widest box.
const WIDEST: f64 = 210.0;
/// Between boxes of one column.
const GAP: f64 = 14.0;
/// Text inside its box.
const INSET: f64 = 9.0;
const WORD_LINES: usize = 4;
const HOLD_LINES: usize = 2;

/// Draws the figure. Trees are few moves deep; the caller sees to that.
pub fn draw(input: &Paths) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let shorts = short_names(&input.movers);
    let mut all = keys(&input.movers, &shorts);
    all.extend(sign_keys());
    let mut y = canvas.key(0.0, 0.0, WIDTH, all) + 12.0;
    for panel in &input.panels {
        let (title, height) = paragraph(EDGE, y + HEADING.size, &panel.title, WIDTH - EDGE, 2, HEADING);
        canvas.add(title);
        y += height + 8.0;
        let tree = Tree::new(input, &shorts, panel.root.depth());
        let height = tree.height(&panel.root);
        tree.draw(&mut canvas, &panel.root, 0, y, None);
        y += height + 18.0;
    }
    for note in &input.notes {
        let (element, height) = paragraph(EDGE, y + SMALL.size, note, WIDTH - EDGE, 6, SMALL.fill(INK));
        canvas.add(element);
        y += height + 4.0;
    }
    canvas.finish(y + 4.0, describe(input), table(input))
}

struct Tree<'a> {
    input: &'a Paths,
    shorts: &'a [String],
    /// From the left edge of a column to that of the next.
    column: f64,
    /// The width of a box.
    width: f64,
}

impl<'a> Tree<'a> {
    fn new(input: &'a Paths, shorts: &'a [String], depth: usize) -> Self {
        let arrow = shorts.iter().map(|short| badge_width(short)).fold(0.0, f64::max) + HEAD + 26.0;
        let width = ((WIDTH - 2.0 - arrow * depth as f64) / (depth + 1) as f64).min(WIDEST);
        Tree { input, shorts, column: width + arrow, width }
    }

    /// The room that a state takes with all that follow it.
    fn height(&self, node: &Node) -> f64 {
        let gaps = GAP * node.then.len().saturating_sub(1) as f64;
        let following = node.then.iter().map(|next| self.height(next)).sum::<f64>() + gaps;
        following.max(self.own_height(node))
    }

    fn own_height(&self, node: &Node) -> f64 {
        let room = self.width - 2.0 * INSET;
        let words = text::height(SMALL.wrap(&node.words, room, WORD_LINES).len(), SMALL.size);
        let holds = text::height(SMALL.bold().wrap(&node.holds, room, HOLD_LINES).len(), SMALL.size);
        text::leading(STRONG.size) + words + holds + 2.0 * INSET - 4.0
    }

    /// Draws a state and what follows, and gives the place of the middle of its box.
    fn draw(&self, canvas: &mut Canvas<'_>, node: &Node, depth: usize, top: f64, parent: Option<&Node>) -> f64 {
        let (own, whole) = (self.own_height(node), self.height(node));
        let x = 1.0 + self.column * depth as f64;
        let following: f64 = node.then.iter().map(|next| self.height(next)).sum::<f64>()
            + GAP * node.then.len().saturating_sub(1) as f64;
        let mut y = top + (whole - following) / 2.0;
        let mut middles = Vec::new();
        for next in &node.then {
            middles.push(self.draw(canvas, next, depth + 1, y, Some(node)));
            y += self.height(next) + GAP;
        }
        let middle = match (middles.first(), middles.last()) {
            (Some(first), Some(last)) => {
                f64::midpoint(*first, *last).clamp(top + own / 2.0, (top + whole - own / 2.0).max(top + own / 2.0))
            }
            _ => top + whole / 2.0,
        };
        for (next, to) in node.then.iter().zip(middles) {
            self.draw_move(canvas, node, next, (x + self.width, middle), to);
        }
        self.draw_box(canvas, node, (x, middle - own / 2.0, own), parent);
        middle
    }

    fn draw_move(&self, canvas: &mut Canvas<'_>, from: &Node, to: &Node, start: (f64, f64), y: f64) {
        let Some(by) = to.by else { return };
        let bend = start.0 + 10.0;
        let end = start.0 - self.width + self.column;
        let short = self.shorts.get(by.mover).map_or("?", String::as_str);
        // The part that the moves from one state share is nobody's.
        let trunk = polyline(&[start, (bend, start.1), (bend, y)]).set("stroke", MUTED).set("stroke-width", 1.0);
        let path = polyline(&[(bend, y), (end - HEAD + 1.0, y)]);
        let liked = if by.better { "which it prefers" } else { "which it does not prefer" };
        let title = format!("{}: from state {} to state {}, {liked}", self.mover(by), from.number, to.number);
        canvas.add(
            mark(&title)
                .child(trunk)
                .child(stroke(path, by.mover, by.better))
                .child(head((end, y), (bend, y), by.mover, by.better))
                .child(badge(bend + 5.0 + badge_width(short) / 2.0, y, by.mover, short)),
        );
    }

    fn mover(&self, by: By) -> &str {
        self.input.movers.get(by.mover).map_or("somebody", String::as_str)
    }

    fn draw_box(&self, canvas: &mut Canvas<'_>, node: &Node, (x, top, height): (f64, f64, f64), parent: Option<&Node>) {
        let room = self.width - 2.0 * INSET;
        let number = if parent.is_none() { format!("{} (now)", node.number) } else { node.number.to_string() };
        let holds = if node.holds.is_empty() { "would not hold" } else { &node.holds };
        let title = format!("State {number}: {}", join(&[&node.words, holds], "; "));
        let mut base = top + INSET + STRONG.size - 3.0;
        let mut drawn = mark(&title)
            .child(frame(x, top, self.width, height, !node.holds.is_empty(), parent.is_none()))
            .child(label_within(x + INSET, base, &number, room, STRONG));
        base += text::leading(SMALL.size) + 1.0;
        let (words, lines) = paragraph(x + INSET, base, &node.words, room, WORD_LINES, SMALL.fill(INK));
        let (holds, _) = paragraph(x + INSET, base + lines, &node.holds, room, HOLD_LINES, SMALL.fill(INK).bold());
        drawn = drawn.child(words).child(holds);
        canvas.add(drawn);
    }
}

/// Each way to a state that would hold: the moves to it, who makes them, and what would hold.
fn ways<'a>(node: &'a Node, before: &[&'a Node], each: &mut impl FnMut(&[&'a Node])) {
    let mut way = before.to_vec();
    way.push(node);
    if node.then.is_empty() || (!node.holds.is_empty() && way.len() > 1) {
        each(&way);
    }
    for next in &node.then {
        ways(next, &way, each);
    }
}

fn describe(input: &Paths) -> String {
    let mut out = String::new();
    for panel in &input.panels {
        out += &format!("{}, from state {}:", panel.title, panel.root.number);
        ways(&panel.root, &[], &mut |way| out += &format!(" {};", moves(input, way)));
        out.pop();
        out += ". ";
    }
    out += &input.notes.join(" ");
    if out.is_empty() { "No moves.".to_owned() } else { out }
}

/// "Row goes to state 2, Column goes to state 4 (Nash)".
fn moves(input: &Paths, way: &[&Node]) -> String {
    let told = way.iter().filter_map(|node| {
        let mover = input.movers.get(node.by?.mover).map_or("somebody", String::as_str);
        Some(format!("{mover} goes to state {}", node.number))
    });
    let last = way.last().map(|node| node.holds.as_str()).unwrap_or_default();
    let holds = if last.is_empty() { String::new() } else { format!(" ({last})") };
    match told.collect::<Vec<_>>().join(", ") {
        told if told.is_empty() => format!("nobody moves{holds}"),
        told => told + &holds,
    }
}

fn table(input: &Paths) -> DataTable {
    let mut table = DataTable::new(["To state", "What it is", "Holds under", "How", "Moves"]);
    for panel in &input.panels {
        ways(&panel.root, &[], &mut |way| {
            let Some(last) = way.last() else { return };
            let number = last.number.to_string();
            table.push([&number, &last.words, &last.holds, &panel.title, &moves(input, way)]);
        });
    }
    table
}

#[cfg(test)]
mod tests;
