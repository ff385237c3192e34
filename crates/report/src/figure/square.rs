//! A square of two shares, each from nothing to all of what a side asks for.

use super::canvas::{Canvas, SMALL, label, label_within};
use super::style::{GRID, INK, RULE};
use super::svg::{Element, line, polyline};

/// Two shares, of the first principal and of the second; 1 is all that it asks for.
pub type Shares = [f64; 2];

/// Corners nearer to each other than this are drawn as one.
const NEAR: f64 = 0.004;

/// A square on the sheet.
pub struct Square {
    /// The left edge.
    pub left: f64,
    /// The top edge.
    pub top: f64,
    /// The side.
    pub side: f64,
}

impl Square {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.left + self.side
    }

    /// The bottom edge.
    pub fn bottom(&self) -> f64 {
        self.top + self.side
    }

    /// The place of a share of the first principal.
    pub fn x(&self, share: f64) -> f64 {
        self.left + self.side * within(share)
    }

    /// The place of a share of the second principal.
    pub fn y(&self, share: f64) -> f64 {
        self.bottom() - self.side * within(share)
    }

    /// The grid of tenths with numbers, and the names of both scales.
    pub fn grid(&self, canvas: &mut Canvas<'_>, across: &str, up: &str) {
        for tenth in 0..=10_u32 {
            let share = f64::from(tenth) / 10.0;
            let (x, y) = (self.x(share), self.y(share));
            let stroke = if tenth % 10 == 0 { RULE } else { GRID };
            canvas.add(line(x, self.top, x, self.bottom()).set("stroke", stroke).set("stroke-width", 1.0));
            canvas.add(line(self.left, y, self.right(), y).set("stroke", stroke).set("stroke-width", 1.0));
            if tenth % 2 == 0 {
                let words = format!("{} %", tenth * 10);
                canvas.add(label(x, self.bottom() + 16.0, &words, SMALL.middle()));
                canvas.add(label(self.left - 8.0, y + 4.0, &words, SMALL.end()));
            }
        }
        let middle = f64::midpoint(self.left, self.right());
        canvas.add(label_within(middle, self.bottom() + 36.0, across, self.side, SMALL.fill(INK).middle()));
        canvas.add(label_within(self.left, self.top - 10.0, up, self.side, SMALL.fill(INK)));
    }

    /// The edge of all shares that some corner gives to both sides at once, from the level axis to the upright one.
    pub fn edge(&self, corners: &[Shares]) -> Vec<(f64, f64)> {
        let corners = corners_of(corners);
        let Some(first) = corners.first() else { return Vec::new() };
        let mut edge = vec![(self.x(first[0]), self.bottom())];
        for corner in &corners {
            if let Some(last) = edge.last().copied() {
                edge.push((self.x(corner[0]), last.1));
            }
            edge.push((self.x(corner[0]), self.y(corner[1])));
        }
        if let Some(last) = edge.last().copied() {
            edge.push((self.left, last.1));
        }
        edge
    }

    /// The area inside the edge.
    pub fn area(&self, corners: &[Shares]) -> Element {
        let mut edge = self.edge(corners);
        edge.push((self.left, self.bottom()));
        polyline(&edge)
    }
}

fn within(share: f64) -> f64 {
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

/// The corners of a staircase, the first side's greatest first, without those that another one covers or lies near.
pub fn corners_of(points: &[Shares]) -> Vec<Shares> {
    let mut sorted: Vec<Shares> = points.iter().map(|point| point.map(within)).collect();
    sorted.sort_by(|a, b| b[0].total_cmp(&a[0]).then(b[1].total_cmp(&a[1])));
    let mut corners: Vec<Shares> = Vec::new();
    let mut highest = f64::NEG_INFINITY;
    let last = sorted.iter().map(|point| point[1]).fold(f64::NEG_INFINITY, f64::max);
    for point in sorted.into_iter().filter(|_| last.is_finite()) {
        if point[1] <= highest {
            continue;
        }
        let near = corners.last().is_some_and(|corner| corner[0] - point[0] < NEAR && point[1] - corner[1] < NEAR);
        // The last corner stays, so that the staircase ends where it ends.
        if near && point[1] < last {
            continue;
        }
        highest = point[1];
        corners.push(point);
    }
    corners
}

/// "12.5 %", to a tenth.
pub fn percent(share: f64) -> String {
    let tenths = (if share.is_finite() { share } else { 0.0 } * 1000.0).round() / 10.0;
    if tenths == 0.0 { "0 %".to_owned() } else { format!("{tenths} %").replace('-', "−") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: Square = Square { left: 0.0, top: 0.0, side: 100.0 };

    #[test]
    fn the_edge_goes_up_and_back_along_the_corners() {
        let edge = SQUARE.edge(&[[0.2, 0.8], [0.6, 0.5]]);
        assert_eq!(edge, [(60.0, 100.0), (60.0, 100.0), (60.0, 50.0), (20.0, 50.0), (20.0, 20.0), (0.0, 20.0)]);
        assert!(SQUARE.edge(&[]).is_empty());
    }

    #[test]
    fn corners_that_another_covers_are_left_out() {
        assert_eq!(corners_of(&[[0.2, 0.8], [0.6, 0.5], [0.5, 0.4], [0.6, 0.1]]), [[0.6, 0.5], [0.2, 0.8]]);
    }

    #[test]
    fn of_very_many_corners_few_are_drawn_and_the_ends_stay() {
        let points: Vec<Shares> = (0..=100_000).map(|n| [f64::from(n) / 1e5, 1.0 - f64::from(n) / 1e5]).collect();
        let corners = corners_of(&points);
        assert!(corners.len() < 300, "{}", corners.len());
        assert_eq!((corners[0], corners[corners.len() - 1]), ([1.0, 0.0], [0.0, 1.0]));
    }

    #[test]
    fn shares_are_told_to_a_tenth_of_a_hundredth() {
        let told = [0.0, -0.0, 0.125, 1.0 / 3.0, -0.05, 1.0, f64::NAN].map(percent);
        assert_eq!(told, ["0 %", "0 %", "12.5 %", "33.3 %", "−5 %", "100 %", "0 %"]);
    }
}
