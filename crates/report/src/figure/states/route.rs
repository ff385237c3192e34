//! Ways for lines between boxes: for each line a few bows are tried, and the one kept that stays clear of boxes, badges and other lines.

use std::collections::BTreeSet;

use super::super::movers::BADGE;
use super::place::Area;

type Point = (f64, f64);

/// How far the middle of a line may be bent aside.
const BENDS: [f64; 17] = [
    0.0, 16.0, -16.0, 32.0, -32.0, 52.0, -52.0, 76.0, -76.0, 104.0, -104.0, 140.0, -140.0, 190.0, -190.0, 250.0, -250.0,
];
/// Where along a line its badge may stand.
const BADGES: [f64; 7] = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];
/// Into how many parts a line is cut.
const SAMPLES: usize = 40;
/// So many of these parts at either end may run beside another line.
const INNER: usize = 3;
/// Between a line and a box that it does not belong to.
const CLEAR: f64 = 5.0;
/// Lines nearer to each other than this are hard to tell apart.
const NEAR: f64 = 5.0;

/// The way of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// From the edge of the first box to that of the second; at least two points.
    pub points: Vec<Point>,
    /// The middle of its badge.
    pub badge: Point,
}

impl Route {
    /// Moves the line up.
    pub fn lift(&mut self, by: f64) {
        self.badge.1 -= by;
        self.points.iter_mut().for_each(|point| point.1 -= by);
    }
}

/// Finds ways one after the other.
pub struct Router<'a> {
    boxes: &'a [Area],
    width: f64,
    limits: (f64, f64),
    badges: Vec<Area>,
    taken: Taken,
}

impl<'a> Router<'a> {
    /// Between these boxes, on a sheet of this width, and not above or below the limits.
    pub fn new(boxes: &'a [Area], width: f64, limits: (f64, f64)) -> Self {
        Router { boxes, width, limits, badges: Vec::new(), taken: Taken::default() }
    }

    /// The way of a line between two boxes with a badge of this width.
    pub fn route(&mut self, ends: [usize; 2], badge: f64) -> Route {
        let mut least = f64::INFINITY;
        let mut kept = None;
        for bend in BENDS {
            let points = self.bow(ends, bend);
            let (place, crowded) = self.badge(ends, &points, badge);
            let cost = self.cost(ends, &points) + crowded + 0.2 * bend.abs();
            if kept.is_none() || cost < least {
                least = cost;
                kept = Some(Route { points, badge: (place.x, place.y) });
            }
        }
        let route = kept.unwrap_or(Route { points: vec![(0.0, 0.0); SAMPLES + 1], badge: (0.0, 0.0) });
        self.badges.push(Area { x: route.badge.0, y: route.badge.1, width: badge, height: BADGE });
        // Lines may meet at a box.
        route.points[INNER..=SAMPLES - INNER].iter().for_each(|point| self.taken.add(*point));
        route
    }

    /// A quadratic curve from box to box, without what lies inside them.
    fn bow(&self, ends: [usize; 2], bend: f64) -> Vec<Point> {
        let [from, to] = ends.map(|end| &self.boxes[end]);
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let length = (dx * dx + dy * dy).sqrt().max(1e-6);
        // The middle of the curve lies half as far aside as its handle.
        let handle = (
            f64::midpoint(from.x, to.x) - 2.0 * bend * dy / length,
            f64::midpoint(from.y, to.y) + 2.0 * bend * dx / length,
        );
        let at = |t: f64| {
            let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
            (a * from.x + b * handle.0 + c * to.x, a * from.y + b * handle.1 + c * to.y)
        };
        // Where the curve leaves the first box and enters the second.
        let edge = |inside: f64, outside: f64, place: &Area| {
            let (mut inside, mut outside) = (inside, outside);
            for _ in 0..24 {
                let middle = f64::midpoint(inside, outside);
                if place.holds(at(middle), 0.0) { inside = middle } else { outside = middle }
            }
            outside
        };
        let (first, last) = (edge(0.0, 0.5, from), edge(1.0, 0.5, to));
        (0..=SAMPLES).map(|sample| at(first + (last - first) * sample as f64 / SAMPLES as f64)).collect()
    }

    fn cost(&self, ends: [usize; 2], points: &[Point]) -> f64 {
        let mut cost = 0.0;
        for (sample, point) in points.iter().enumerate() {
            let through = self.boxes.iter().enumerate().any(|(place, one)| {
                // Its own boxes count as well, where a bow comes back to them.
                let margin = if ends.contains(&place) { -1.0 } else { CLEAR };
                one.holds(*point, margin)
            });
            if through {
                cost += 60.0;
            }
            if self.badges.iter().any(|badge| badge.holds(*point, 2.0)) {
                cost += 30.0;
            }
            if point.0 < 2.0 || point.0 > self.width - 2.0 || point.1 < self.limits.0 || point.1 > self.limits.1 {
                cost += 80.0;
            }
            if (INNER..=SAMPLES - INNER).contains(&sample) && self.taken.near(*point) {
                cost += 8.0;
            }
        }
        cost
    }

    /// The first free place for the badge, and what it costs if there is none.
    fn badge(&self, ends: [usize; 2], points: &[Point], width: f64) -> (Area, f64) {
        let place = |t: f64| {
            let (x, y) = points[((points.len() - 1) as f64 * t).round() as usize];
            Area { x, y, width, height: BADGE }
        };
        let crowding = |badge: &Area| {
            let apart = |one: &Area, gap: f64| {
                (one.x - badge.x).abs() >= (one.width + badge.width) / 2.0 + gap
                    || (one.y - badge.y).abs() >= (one.height + badge.height) / 2.0 + gap
            };
            let boxes = self.boxes.iter().enumerate();
            let boxes = boxes.filter(|(index, one)| !apart(one, if ends.contains(index) { 1.0 } else { 3.0 })).count();
            let badges = self.badges.iter().filter(|one| !apart(one, 3.0)).count();
            let across = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|part| badge.x + part * badge.width / 2.0);
            let lines = across.into_iter().filter(|x| self.taken.near((*x, badge.y))).count();
            400.0 * boxes as f64 + 300.0 * badges as f64 + 12.0 * lines as f64
        };
        let mut kept = place(BADGES[0]);
        let mut least = crowding(&kept);
        for t in &BADGES[1..] {
            let tried = place(*t);
            let cost = crowding(&tried);
            if cost < least {
                (kept, least) = (tried, cost);
            }
        }
        (kept, least)
    }
}

/// Where lines run, by squares.
#[derive(Debug, Default)]
struct Taken(BTreeSet<(i32, i32)>);

impl Taken {
    fn square((x, y): Point) -> (i32, i32) {
        ((x / NEAR).floor() as i32, (y / NEAR).floor() as i32)
    }

    fn add(&mut self, point: Point) {
        self.0.insert(Self::square(point));
    }

    /// Whether a line runs through the square of a point, or through one beside it.
    fn near(&self, point: Point) -> bool {
        let (x, y) = Self::square(point);
        (x.saturating_sub(1)..=x.saturating_add(1))
            .any(|x| self.0.range((x, y.saturating_sub(1))..=(x, y.saturating_add(1))).next().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Area {
        Area { x, y, width: 60.0, height: 40.0 }
    }

    #[test]
    fn a_line_goes_from_edge_to_edge() {
        let boxes = [at(100.0, 100.0), at(300.0, 100.0)];
        let route = Router::new(&boxes, 400.0, (0.0, 200.0)).route([0, 1], 20.0);
        let (first, last) = (route.points[0], route.points[SAMPLES]);
        assert!((first.0 - 130.0).abs() < 0.1 && (last.0 - 270.0).abs() < 0.1, "{first:?} {last:?}");
        assert_eq!(route.badge, (200.0, 100.0));
    }

    #[test]
    fn a_line_goes_around_a_box_that_is_in_its_way() {
        let boxes = [at(100.0, 100.0), at(300.0, 100.0), at(200.0, 100.0)];
        let route = Router::new(&boxes, 400.0, (0.0, 200.0)).route([0, 1], 20.0);
        assert!(route.points.iter().all(|point| !boxes[2].holds(*point, 0.0)));
    }

    #[test]
    fn two_lines_between_the_same_boxes_are_apart() {
        let boxes = [at(100.0, 100.0), at(300.0, 100.0)];
        let mut router = Router::new(&boxes, 400.0, (0.0, 200.0));
        let (one, other) = (router.route([0, 1], 20.0), router.route([0, 1], 20.0));
        assert!((one.points[SAMPLES / 2].1 - other.points[SAMPLES / 2].1).abs() > NEAR);
        assert!((one.badge.1 - other.badge.1).abs() > BADGE || (one.badge.0 - other.badge.0).abs() > 20.0);
    }
}
