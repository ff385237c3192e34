//! Colours, patterns and marks. No pair of parties differs by colour alone, and none is red or green.

use super::svg::{Element, group, line, polyline, rect};

/// The ground.
pub const PAPER: &str = "#ffffff";
/// Text and strong lines.
pub const INK: &str = "#22262a";
/// Secondary text.
pub const MUTED: &str = "#5a6067";
/// Grid lines.
pub const GRID: &str = "#e3e6e9";
/// Stronger grid lines: years, frames of cells.
pub const RULE: &str = "#c3c8cd";
/// Grounds of heads and bands.
pub const WASH: &str = "#f4f5f6";

/// How one party is drawn, everywhere alike.
#[derive(Debug, Clone, Copy)]
pub struct Party {
    /// Lines and marks.
    pub colour: &'static str,
    /// Areas.
    pub tint: &'static str,
    /// The dashes of its lines.
    pub dash: Option<&'static str>,
    /// Its mark.
    pub shape: Shape,
    /// The direction of its hatching in degrees.
    pub angle: i32,
}

const PARTIES: [Party; 4] = [
    Party { colour: "#2b5d8a", tint: "#cfdeeb", dash: None, shape: Shape::Circle, angle: 45 },
    Party { colour: "#a8641e", tint: "#f0dcc4", dash: Some("7 3"), shape: Shape::Diamond, angle: -45 },
    Party { colour: "#6d4a7d", tint: "#e0d5e6", dash: Some("2 2.5"), shape: Shape::Triangle, angle: 90 },
    Party { colour: "#4a4f55", tint: "#dadcde", dash: Some("9 3 2 3"), shape: Shape::Square, angle: 0 },
];

/// The look of the party with this number; after four the looks come again.
pub fn party(index: usize) -> Party {
    PARTIES[index % PARTIES.len()]
}

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A disc.
    Circle,
    /// A square.
    Square,
    /// A square on its corner.
    Diamond,
    /// A triangle that points up.
    Triangle,
    /// A triangle that points down.
    Wedge,
    /// A star with four points.
    Star,
    /// A cross of two diagonals; an outline only.
    Cross,
    /// Two level bars; an outline only.
    Bars,
}

impl Shape {
    /// The shape around a point; `r` is the radius of the disc that looks as large.
    pub fn at(self, x: f64, y: f64, r: f64) -> Element {
        let polygon = |points: &[(f64, f64)]| {
            let moved: Vec<(f64, f64)> = points.iter().map(|(dx, dy)| (x + dx * r, y + dy * r)).collect();
            polyline(&moved)
        };
        let closed = |points: &[(f64, f64)]| {
            let mut all = points.to_vec();
            all.extend(points.first());
            polygon(&all).set("stroke-linejoin", "round")
        };
        match self {
            Self::Circle => Element::new("circle").set("cx", x).set("cy", y).set("r", r),
            Self::Square => rect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r),
            Self::Diamond => closed(&[(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)]),
            Self::Triangle => closed(&[(0.0, -1.2), (1.15, 0.85), (-1.15, 0.85)]),
            Self::Wedge => closed(&[(0.0, 1.2), (1.15, -0.85), (-1.15, -0.85)]),
            Self::Star => closed(&[
                (0.0, -1.55),
                (0.45, -0.45),
                (1.55, 0.0),
                (0.45, 0.45),
                (0.0, 1.55),
                (-0.45, 0.45),
                (-1.55, 0.0),
                (-0.45, -0.45),
            ]),
            Self::Cross => group()
                .child(line(x - r, y - r, x + r, y + r).set("stroke-width", 2.0))
                .child(line(x - r, y + r, x + r, y - r).set("stroke-width", 2.0)),
            Self::Bars => group()
                .child(line(x - r, y - 0.5 * r, x + r, y - 0.5 * r).set("stroke-width", 2.0))
                .child(line(x - r, y + 0.5 * r, x + r, y + 0.5 * r).set("stroke-width", 2.0)),
        }
    }

    /// The shape filled, with a thin edge of paper that keeps neighbours apart.
    pub fn filled(self, x: f64, y: f64, r: f64, colour: &'static str) -> Element {
        match self {
            Self::Cross | Self::Bars => self.at(x, y, r).set("stroke", colour),
            _ => self.at(x, y, r).set("fill", colour).set("stroke", PAPER).set("stroke-width", 1.0),
        }
    }

    /// The shape as an outline.
    pub fn hollow(self, x: f64, y: f64, r: f64, colour: &'static str) -> Element {
        match self {
            Self::Cross | Self::Bars => self.at(x, y, r).set("stroke", colour).set("opacity", 0.55),
            _ => self.at(x, y, r - 0.4).set("fill", PAPER).set("stroke", colour).set("stroke-width", 1.6),
        }
    }
}

/// A fill that can be told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pattern {
    /// Parallel lines at an angle.
    Hatch {
        /// The lines.
        ink: &'static str,
        /// The ground, if any.
        ground: Option<&'static str>,
        /// The direction in degrees; 0 is level.
        angle: i32,
        /// From line to line.
        gap: f64,
        /// The thickness of a line.
        weight: f64,
    },
    /// A field of dots.
    Dots {
        /// The dots.
        ink: &'static str,
        /// The ground.
        ground: &'static str,
        /// From dot to dot.
        gap: f64,
    },
}

impl Pattern {
    /// A name made of what the pattern looks like.
    pub fn name(&self) -> String {
        let text = match self {
            Self::Hatch { ink, ground, angle, gap, weight } => {
                format!("hatch{angle}-{ink}-{}-{gap}-{weight}", ground.unwrap_or("none"))
            }
            Self::Dots { ink, ground, gap } => format!("dots-{ink}-{ground}-{gap}"),
        };
        text.replace('#', "").replace('.', "_")
    }

    /// The pattern as a definition with this id.
    pub fn define(&self, id: &str) -> Element {
        let tile = |size: f64| {
            Element::new("pattern")
                .set("id", id)
                .set("patternUnits", "userSpaceOnUse")
                .set("width", size)
                .set("height", size)
        };
        match *self {
            Self::Hatch { ink, ground, angle, gap, weight } => {
                let stroke = line(0.0, gap / 2.0, gap, gap / 2.0).set("stroke", ink).set("stroke-width", weight);
                tile(gap)
                    .set("patternTransform", format!("rotate({angle})"))
                    .children(ground.map(|ground| rect(0.0, 0.0, gap, gap).set("fill", ground)))
                    .child(stroke)
            }
            Self::Dots { ink, ground, gap } => tile(gap)
                .child(rect(0.0, 0.0, gap, gap).set("fill", ground))
                .child(Shape::Circle.at(gap / 2.0, gap / 2.0, 1.0).set("fill", ink)),
        }
    }
}

/// The hatching of what a party's own law rules out: upright, so that it can be told from limits in words under and over it.
pub fn law(party: Party) -> Pattern {
    let angle = if party.angle == 90 { 0 } else { 90 };
    Pattern::Hatch { ink: party.colour, ground: None, angle, gap: 4.5, weight: 0.7 }
}

/// The hatching of a party's limits.
pub fn limit(party: Party) -> Pattern {
    Pattern::Hatch { ink: party.colour, ground: None, angle: -party.angle, gap: 5.5, weight: 0.9 }
}
