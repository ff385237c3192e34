//! The sheet on which a figure is drawn: text in a few sizes, patterns with ids of their own, keys, and the frame.

use super::style::{INK, MUTED, PAPER, Pattern};
use super::svg::{Element, group, identifier, number, rect};
use super::text::{self, Weight};
use super::{Caption, DataTable, Figure};

/// The width of every full-width figure.
pub const WIDTH: f64 = 1000.0;
/// Where text at the left edge begins: some letters reach a little further left than their place.
pub const EDGE: f64 = 2.0;

/// Where a text stands with respect to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins at the point.
    Start,
    /// The text is centred.
    Middle,
    /// The text ends at the point.
    End,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    /// The size of the font.
    pub size: f64,
    /// The weight of the font.
    pub weight: Weight,
    /// The colour.
    pub fill: &'static str,
    /// Where the text stands.
    pub anchor: Anchor,
    /// Whether an edge of paper sets it off from what lies behind.
    pub halo: bool,
}

/// Running text.
pub const BODY: Type = Type { size: 12.0, weight: Weight::Regular, fill: INK, anchor: Anchor::Start, halo: false };
/// Names and emphasis.
pub const STRONG: Type = Type { weight: Weight::Bold, ..BODY };
/// Axis labels and remarks.
pub const SMALL: Type = Type { size: 11.0, fill: MUTED, ..BODY };
/// Headings.
pub const HEADING: Type = Type { size: 13.0, weight: Weight::Bold, ..BODY };
/// Credits.
pub const CREDIT: Type = SMALL;

impl Type {
    /// The same in another colour.
    pub const fn fill(self, fill: &'static str) -> Self {
        Self { fill, ..self }
    }

    /// The same, centred.
    pub const fn middle(self) -> Self {
        Self { anchor: Anchor::Middle, ..self }
    }

    /// The same, ending at its point.
    pub const fn end(self) -> Self {
        Self { anchor: Anchor::End, ..self }
    }

    /// The same in bold.
    pub const fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    /// The same, set off from what lies behind.
    pub const fn halo(self) -> Self {
        Self { halo: true, ..self }
    }

    /// The width to reserve for a text.
    pub fn width(self, text: &str) -> f64 {
        text::width(text, self.size, self.weight)
    }

    /// The text in lines that fit.
    pub fn wrap(self, text: &str, room: f64, most: usize) -> Vec<String> {
        text::wrap(text, self.size, self.weight, room, most)
    }

    fn element(self, x: f64, y: f64) -> Element {
        let mut element =
            Element::new("text").set("x", x).set("y", y).set("font-size", self.size).set("fill", self.fill);
        if self.weight == Weight::Bold {
            element = element.set("font-weight", "700");
        }
        element = match self.anchor {
            Anchor::Start => element,
            Anchor::Middle => element.set("text-anchor", "middle"),
            Anchor::End => element.set("text-anchor", "end"),
        };
        if self.halo {
            element = element
                .set("paint-order", "stroke")
                .set("stroke", PAPER)
                .set("stroke-width", 3.0)
                .set("stroke-linejoin", "round");
        }
        element
    }
}

/// A text; `y` is its base line.
pub fn label(x: f64, y: f64, text: &str, style: Type) -> Element {
    style.element(x, y).text(text)
}

/// A text shortened to the room; the whole of it is then its tooltip.
pub fn label_within(x: f64, y: f64, text: &str, room: f64, style: Type) -> Element {
    let short = text::truncate(text, style.size, style.weight, room);
    let shortened = short != text;
    let element = label(x, y, &short, style);
    if shortened { whole(text).child(element) } else { element }
}

/// A text in lines and its height; `y` is the first base line.
pub fn paragraph(x: f64, y: f64, text: &str, room: f64, most: usize, style: Type) -> (Element, f64) {
    let lines = style.wrap(text, room, most);
    let height = text::height(lines.len(), style.size);
    let shortened = lines.last().is_some_and(|line| line.ends_with('…')) && !text.ends_with('…');
    let element = match lines.as_slice() {
        [] => group(),
        [line] => label(x, y, line, style),
        lines => style.element(x, y).children(lines.iter().enumerate().map(|(index, line)| {
            Element::new("tspan").set("x", x).set("y", y + text::height(index, style.size)).text(line)
        })),
    };
    (if shortened { whole(text).child(element) } else { element }, height)
}

fn whole(text: &str) -> Element {
    group().child(Element::new("title").text(text))
}

/// An entry of a key: a symbol, drawn around a level line from 0 to `width`, and what it means.
pub struct Key {
    symbol: Element,
    width: f64,
    text: String,
    style: Type,
    starts_row: bool,
}

impl Key {
    /// An entry.
    pub fn new(symbol: Element, width: f64, text: impl Into<String>) -> Self {
        Self { symbol, width, text: text.into(), style: SMALL.fill(INK), starts_row: false }
    }

    /// A heading inside the key.
    pub fn heading(text: impl Into<String>) -> Self {
        Self { style: SMALL.bold(), ..Self::note(text) }
    }

    /// A remark without a symbol.
    pub fn note(text: impl Into<String>) -> Self {
        Self::new(group(), 0.0, text)
    }

    /// The same at the beginning of a row.
    pub fn on_new_row(self) -> Self {
        Self { starts_row: true, ..self }
    }
}

/// A key in rows from `x` over `room`, and its height. `y` is the top.
pub fn key(x: f64, y: f64, room: f64, entries: Vec<Key>) -> (Element, f64) {
    const ROW: f64 = 20.0;
    let mut out = group().set("class", "key");
    let (mut left, mut middle) = (x, y + ROW / 2.0);
    for entry in entries {
        let lead = if entry.width > 0.0 { entry.width + 6.0 } else { 0.0 };
        let width = (lead + entry.style.width(&entry.text)).min(room);
        if left > x && (entry.starts_row || left + width > x + room) {
            (left, middle) = (x, middle + ROW);
        }
        out = out
            .child(entry.symbol.set("transform", format!("translate({} {})", number(left), number(middle))))
            .child(label_within(left + lead, middle + 4.0, &entry.text, room - lead, entry.style));
        left += width + if entry.width > 0.0 { 16.0 } else { 8.0 };
    }
    (out, middle + ROW / 2.0 - y)
}

/// The sheet.
pub struct Canvas<'a> {
    caption: &'a Caption,
    id: String,
    patterns: Vec<(String, Element)>,
    body: Vec<Element>,
}

impl<'a> Canvas<'a> {
    /// An empty sheet.
    pub fn new(caption: &'a Caption) -> Self {
        Self { caption, id: identifier(&caption.id), patterns: Vec::new(), body: Vec::new() }
    }

    /// Draws on top of what is there.
    pub fn add(&mut self, element: Element) {
        self.body.push(element);
    }

    /// Draws several elements.
    pub fn extend(&mut self, elements: impl IntoIterator<Item = Element>) {
        self.body.extend(elements);
    }

    /// The reference to a pattern, defined on first use.
    pub fn pattern(&mut self, pattern: Pattern) -> String {
        let id = format!("{}-{}", self.id, pattern.name());
        if !self.patterns.iter().any(|(known, _)| *known == id) {
            self.patterns.push((id.clone(), pattern.define(&id)));
        }
        format!("url(#{id})")
    }

    /// Draws a key and gives its height.
    pub fn key(&mut self, x: f64, y: f64, room: f64, entries: Vec<Key>) -> f64 {
        let (element, height) = key(x, y, room, entries);
        self.add(element);
        height
    }

    /// The finished figure.
    pub fn finish(self, height: f64, description: String, table: DataTable) -> Figure {
        let id = &self.id;
        let (title_id, description_id) = (format!("{id}-title"), format!("{id}-desc"));
        let defs = Element::new("defs").children(self.patterns.into_iter().map(|(_, pattern)| pattern));
        let height = height.ceil();
        let mut svg = String::new();
        Element::new("svg")
            .set("xmlns", "http://www.w3.org/2000/svg")
            .set("id", id.as_str())
            .set("class", "figure")
            .set("role", "img")
            .set("aria-labelledby", format!("{title_id} {description_id}"))
            .set("viewBox", format!("0 0 {} {}", number(WIDTH), number(height)))
            .set("width", WIDTH)
            .set("height", height)
            .set("font-family", text::FAMILY)
            .child(Element::new("title").set("id", title_id.as_str()).text(&self.caption.title))
            .child(Element::new("desc").set("id", description_id.as_str()).text(&description))
            .child(defs)
            .child(rect(0.0, 0.0, WIDTH, height).set("fill", PAPER))
            .children(self.body)
            .write(&mut svg);
        Figure {
            id: self.caption.id.clone(),
            title: self.caption.title.clone(),
            description,
            width: WIDTH,
            height,
            svg,
            table,
            credit: self.caption.credit.clone(),
        }
    }
}
