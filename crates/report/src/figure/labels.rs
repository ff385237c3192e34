//! A check for tests: every label of a drawing lies inside its frame, and none lies on another.

use super::Figure;
use super::text::{Weight, width};

/// The widths of the fonts hold slack for other fonts; the check is of the embedded ones.
const SLACK: f64 = 1.13;
const TOLERANCE: f64 = 1.0;

#[derive(Debug)]
struct Label {
    text: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Label {
    fn overlaps(&self, other: &Label) -> bool {
        self.left + TOLERANCE < other.right
            && other.left + TOLERANCE < self.right
            && self.top + TOLERANCE < other.bottom
            && other.top + TOLERANCE < self.bottom
    }
}

/// Panics if a label leaves the frame or lies on another.
pub(crate) fn examine_labels(figure: &Figure) {
    let labels = labels(&figure.svg);
    for (index, label) in labels.iter().enumerate() {
        let inside = label.left >= -TOLERANCE
            && label.right <= figure.width + TOLERANCE
            && label.top >= -TOLERANCE
            && label.bottom <= figure.height + TOLERANCE;
        assert!(inside, "{} leaves the frame of {} × {}: {label:?}", figure.id, figure.width, figure.height);
        if let Some(other) = labels[..index].iter().find(|other| label.overlaps(other)) {
            panic!("{}: {label:?} lies on {other:?}", figure.id);
        }
    }
}

/// How a text stands; a `tspan` has the place of its own and the rest of its `text`.
#[derive(Clone, Copy)]
struct Style<'a> {
    x: f64,
    y: f64,
    size: f64,
    weight: Weight,
    anchor: &'a str,
}

fn labels(svg: &str) -> Vec<Label> {
    let mut found = Vec::new();
    // The shift of each open element, and the text that is being read.
    let mut shifts: Vec<(f64, f64)> = vec![(0.0, 0.0)];
    let mut style = Style { x: 0.0, y: 0.0, size: 0.0, weight: Weight::Regular, anchor: "start" };
    for part in svg.split('<').skip(1) {
        let (tag, after) = part.split_once('>').unwrap();
        if tag.starts_with('/') {
            shifts.pop();
            continue;
        }
        let (x, y) = *shifts.last().unwrap();
        let name = tag.split([' ', '/']).next().unwrap();
        let number = |key: &str| attribute(tag, key).and_then(|text| text.parse::<f64>().ok());
        let (dx, dy) = attribute(tag, "transform").and_then(translation).unwrap_or_default();
        if !tag.ends_with('/') {
            shifts.push((x + dx, y + dy));
        }
        match name {
            "text" => {
                style = Style {
                    x: number("x").unwrap(),
                    y: number("y").unwrap(),
                    size: number("font-size").unwrap(),
                    weight: if attribute(tag, "font-weight").is_some() { Weight::Bold } else { Weight::Regular },
                    anchor: attribute(tag, "text-anchor").unwrap_or("start"),
                };
            }
            "tspan" => style = Style { x: number("x").unwrap(), y: number("y").unwrap(), ..style },
            _ => continue,
        }
        let text = unescape(after);
        if text.trim().is_empty() {
            continue;
        }
        let room = width(&text, style.size, style.weight) / SLACK;
        let left = x + style.x
            - match style.anchor {
                "middle" => room / 2.0,
                "end" => room,
                _ => 0.0,
            };
        let base = y + style.y;
        let (top, bottom) = (base - 0.75 * style.size, base + 0.2 * style.size);
        found.push(Label { text, left, right: left + room, top, bottom });
    }
    found
}

fn attribute<'a>(tag: &'a str, key: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {key}=\""))?.1.split('"').next()
}

fn translation(text: &str) -> Option<(f64, f64)> {
    let (x, y) = text.strip_prefix("translate(")?.strip_suffix(')')?.split_once(' ')?;
    Some((x.parse().ok()?, y.parse().ok()?))
}

fn unescape(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn labels_are_found_where_they_stand() {
    let svg = "<svg><g transform=\"translate(10 20)\"><text x=\"5\" y=\"12\" font-size=\"11\" text-anchor=\"middle\">\
               a &amp; b</text></g><text x=\"0\" y=\"0\" font-size=\"12\"><tspan x=\"3\" y=\"60\">c</tspan></text></svg>";
    let labels = labels(svg);
    assert_eq!(labels.iter().map(|label| label.text.as_str()).collect::<Vec<_>>(), ["a & b", "c"]);
    assert!((f64::midpoint(labels[0].left, labels[0].right) - 15.0).abs() < 1e-9);
    assert!((labels[0].bottom - 34.2).abs() < 1e-9);
    assert!((labels[1].left - 3.0).abs() < 1e-9);
    assert!(!labels[0].overlaps(&labels[1]) && labels[0].overlaps(&labels[0]));
}
