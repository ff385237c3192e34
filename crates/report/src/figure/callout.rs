//! Labels of moments: short texts in columns, joined to their place on the time axis by leaders that never cross.

use super::canvas::{SMALL, Type, label, paragraph};
use super::place::spread;
use super::style::{INK, MUTED, RULE};
use super::svg::{Element, line, mark, polyline};
use super::text;

/// On which side of the drawing the labels stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Above it.
    Above,
    /// Below it.
    Below,
}

/// One moment to be labelled.
pub struct Callout {
    /// Its place on the axis.
    pub x: f64,
    /// The first line.
    pub date: String,
    /// The lines below.
    pub text: String,
    /// The tooltip.
    pub title: String,
}

const GAP: f64 = 12.0;
const LEADER: f64 = 26.0;
const INDENT: f64 = 6.0;
const MOST_LINES: usize = 10;
const WIDEST: f64 = 172.0;
const NARROWEST: f64 = 92.0;

/// Labels laid out between two ends.
pub struct Callouts {
    items: Vec<(Callout, f64, f64)>,
    lines: usize,
}

impl Callouts {
    /// How many labels a span can hold.
    pub fn capacity(left: f64, right: f64) -> usize {
        ((right - left + GAP) / (NARROWEST + GAP)).max(0.0) as usize
    }

    /// Lays out labels in the order of their places.
    pub fn new(mut items: Vec<Callout>, left: f64, right: f64) -> Self {
        items.sort_by(|a, b| a.x.total_cmp(&b.x));
        let count = items.len().max(1) as f64;
        let column = ((right - left - GAP * (count - 1.0)) / count).min(WIDEST);
        let room = column - INDENT;
        let blocks: Vec<(f64, usize)> = items
            .iter()
            .map(|item| {
                let lines = SMALL.wrap(&item.text, room, MOST_LINES);
                let widest = lines.iter().map(|line| SMALL.width(line)).fold(DATE.width(&item.date), f64::max);
                (widest.min(room) + INDENT, lines.len())
            })
            .collect();
        let sizes: Vec<f64> = blocks.iter().map(|(width, _)| *width).collect();
        let wishes: Vec<f64> = items.iter().zip(&sizes).map(|(item, size)| item.x + size / 2.0 - 1.0).collect();
        let centres = spread(&wishes, &sizes, GAP, left, right);
        let lines = blocks.iter().map(|(_, lines)| lines + 1).max().unwrap_or(0);
        let items = items
            .into_iter()
            .zip(centres.iter().zip(&sizes))
            .map(|(item, (centre, size))| (item, centre - size / 2.0, room))
            .collect();
        Self { items, lines }
    }

    /// The height of labels and leaders.
    pub fn height(&self) -> f64 {
        if self.items.is_empty() { 0.0 } else { LEADER + text::height(self.lines, SMALL.size) + 4.0 }
    }

    /// Draws the labels; `edge` is the level of the drawing they belong to.
    pub fn draw(&self, edge: f64, side: Side) -> Vec<Element> {
        let leading = text::leading(SMALL.size);
        let height = text::height(self.lines, SMALL.size);
        let mut out = Vec::new();
        for (item, left, room) in &self.items {
            let lines = SMALL.wrap(&item.text, *room, MOST_LINES).len() + 1;
            let (leader, top) = match side {
                Side::Below => {
                    let top = edge + LEADER;
                    (vec![(item.x, edge), (item.x, edge + 6.0), (*left, top - 3.0), (*left, top + leading)], top)
                }
                Side::Above => {
                    let bottom = edge - LEADER;
                    let top = bottom - text::height(lines, SMALL.size);
                    (vec![(item.x, edge), (item.x, edge - 6.0), (*left, bottom + 3.0), (*left, top + 2.0)], top)
                }
            };
            debug_assert!(height >= text::height(lines, SMALL.size));
            let base = top + SMALL.size;
            out.push(
                mark(&item.title)
                    .child(polyline(&leader).set("stroke", MUTED).set("stroke-width", 0.9))
                    .child(label(left + INDENT, base, &item.date, DATE))
                    .child(paragraph(left + INDENT, base + leading, &item.text, *room, MOST_LINES, TEXT).0),
            );
        }
        out
    }

    /// Faint lines from the labelled moments through the drawing.
    pub fn threads(&self, top: f64, bottom: f64) -> Vec<Element> {
        self.items
            .iter()
            .map(|(item, _, _)| {
                line(item.x, top, item.x, bottom)
                    .set("stroke", RULE)
                    .set("stroke-width", 1.0)
                    .set("stroke-dasharray", "1 3")
            })
            .collect()
    }
}

const DATE: Type = SMALL.bold();
const TEXT: Type = SMALL.fill(INK);
