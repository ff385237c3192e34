//! A tornado: how far each input alone moves a result, the one that moves it most first.

use super::canvas::{BODY, Canvas, EDGE, SMALL, STRONG, WIDTH, label, paragraph};
use super::square::percent;
use super::style::{GRID, INK, MUTED, Pattern, RULE};
use super::svg::{line, mark, rect};
use super::text;
use super::{Caption, DataTable, Figure, count};

/// What the figure shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tornado {
    /// Name, title and credit.
    pub caption: Caption,
    /// What the result is.
    pub result: String,
    /// The result with every input at its stated value, as a share.
    pub stated: f64,
    /// The inputs in any order.
    pub bars: Vec<Bar>,
}

/// What one input alone does to the result.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bar {
    /// The input, in words.
    pub input: String,
    /// The result at its low end, as a share.
    pub low: f64,
    /// The result at its high end.
    pub high: f64,
}

/// The most bars.
const MOST: usize = 12;
/// Where names end.
const NAMES: f64 = 340.0;
const LEFT: f64 = NAMES + 84.0;
const RIGHT: f64 = WIDTH - 84.0;
const TOP: f64 = 44.0;

/// Draws the figure.
pub fn draw(input: &Tornado) -> Figure {
    let mut canvas = Canvas::new(&input.caption);
    let bars = sorted(input);
    let scale = Scale::new(input.stated, &bars[..bars.len().min(MOST)]);
    let (element, height) = paragraph(EDGE, 14.0, &input.result, WIDTH - EDGE, 2, STRONG);
    canvas.add(element);
    let top = TOP.max(height + 28.0);

    let rows: Vec<(&Bar, f64, f64)> = bars
        .iter()
        .take(MOST)
        .scan(top, |y, bar| {
            let height = (text::height(BODY.wrap(&bar.input, NAMES - 4.0, 3).len(), BODY.size) + 10.0).max(30.0);
            let row = (bar, *y, height);
            *y += height;
            Some(row)
        })
        .collect();
    let bottom = rows.last().map_or(top, |(_, y, height)| y + height);
    scale.grid(&mut canvas, top, bottom);
    let fill = canvas.pattern(HATCH);
    for (bar, y, height) in rows {
        let lines = BODY.wrap(&bar.input, NAMES - 4.0, 3).len();
        let base = y + (height - text::height(lines, BODY.size)) / 2.0 + BODY.size;
        canvas.add(paragraph(EDGE, base, &bar.input, NAMES - 4.0, 3, BODY).0);
        let (low, high) = (scale.x(bar.low.min(bar.high)), scale.x(bar.low.max(bar.high)));
        let (left, right) = (percent(bar.low.min(bar.high)), percent(bar.low.max(bar.high)));
        let middle = y + height / 2.0;
        if left == right {
            let words = "does not move it";
            let title = format!("{}: {words}, {left}", bar.input);
            let tick = line(low, middle - 9.0, low, middle + 9.0).set("stroke", INK).set("stroke-width", 2.0);
            canvas.add(mark(&title).child(tick));
            canvas.add(label(low + 8.0, middle + 4.0, words, SMALL.halo()));
            continue;
        }
        let shape = rect(low, middle - 9.0, high - low, 18.0).set("fill", fill.as_str()).set("stroke", INK);
        canvas.add(mark(&format!("{}: {left} to {right}", bar.input)).child(shape.set("stroke-width", 1.0)));
        canvas.add(label(low - 6.0, middle + 4.0, &left, SMALL.fill(INK).end().halo()));
        canvas.add(label(high + 6.0, middle + 4.0, &right, SMALL.fill(INK).halo()));
    }
    let mut height = bottom + 8.0;
    if bars.is_empty() {
        canvas.add(label(EDGE, bottom + 12.0, "No input is uncertain.", BODY));
        height += 20.0;
    } else {
        // Over the bars, so that it can be seen in each.
        let x = scale.x(input.stated);
        let stated = line(x, top - 4.0, x, bottom + 4.0).set("stroke", INK).set("stroke-width", 2.0);
        let words = format!("{} at the stated values", percent(input.stated));
        canvas.add(mark(&words).child(stated));
        let half = SMALL.width(&words) / 2.0;
        let middle = x.clamp(NAMES + half, WIDTH - half - EDGE);
        canvas.add(label(middle, top - 9.0, &words, SMALL.fill(INK).bold().middle()));
    }
    if let Some(more @ 1..) = bars.len().checked_sub(MOST) {
        let words = format!("{more} more with shorter bars in the table.");
        canvas.add(label(EDGE, height + 12.0, &words, SMALL));
        height += 20.0;
    }
    canvas.finish(height + 4.0, describe(input, &bars), table(input, &bars))
}

const HATCH: Pattern = Pattern::Hatch { ink: "#b3bdc6", ground: Some("#e6eaee"), angle: 45, gap: 6.0, weight: 1.0 };

/// The bars, the longest first; equal ones as given.
fn sorted(input: &Tornado) -> Vec<Bar> {
    let length = |bar: &Bar| (finite(bar.high) - finite(bar.low)).abs();
    let mut bars = input.bars.clone();
    bars.sort_by(|a, b| length(b).total_cmp(&length(a)));
    bars
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

/// The scale of results over what the bars and the stated value span.
struct Scale {
    from: f64,
    to: f64,
}

impl Scale {
    fn new(stated: f64, bars: &[Bar]) -> Self {
        let all = || bars.iter().flat_map(|bar| [bar.low, bar.high]).chain([stated]).map(finite);
        let (from, to) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        let more = if to - from < 1e-6 { 0.05 } else { 0.0 };
        Scale { from: from - more, to: to + more }
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * (finite(value) - self.from) / (self.to - self.from)
    }

    /// Lines at round values.
    fn grid(&self, canvas: &mut Canvas<'_>, top: f64, bottom: f64) {
        let span = self.to - self.from;
        let steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0];
        let step = steps.into_iter().find(|step| span / step <= 8.0).unwrap_or(span / 4.0);
        let first = (self.from / step).ceil();
        for place in 0..=8_u32 {
            let value = (first + f64::from(place)) * step;
            if value <= self.to + 1e-9 {
                let x = self.x(value);
                let stroke = if value.abs() < 1e-9 { MUTED } else { GRID };
                canvas.add(line(x, top, x, bottom).set("stroke", stroke).set("stroke-width", 1.0));
            }
        }
        canvas.add(line(0.0, bottom, WIDTH, bottom).set("stroke", RULE).set("stroke-width", 1.0));
    }
}

fn describe(input: &Tornado, bars: &[Bar]) -> String {
    let mut out = format!("{}: {} at the stated values.", input.result, percent(input.stated));
    if bars.is_empty() {
        return out + " No input is uncertain.";
    }
    out += &format!(" {}, the one that moves it most first:", count(bars.len(), "input", "inputs"));
    let told =
        bars.iter().take(MOST).map(|bar| format!(" {} {} to {}", bar.input, percent(bar.low), percent(bar.high)));
    out + &told.collect::<Vec<_>>().join(";") + "."
}

fn table(input: &Tornado, bars: &[Bar]) -> DataTable {
    let mut table = DataTable::new(["Input", "Low end", "Stated", "High end"]);
    for bar in bars {
        table.push([&bar.input, &percent(bar.low), &percent(input.stated), &percent(bar.high)]);
    }
    table
}

#[cfg(test)]
mod tests;
