//! Where states stand: columns by the fewest moves from where things stand, and in each the order that keeps lines short and apart.

use std::collections::VecDeque;

use super::super::canvas::WIDTH;

/// The most states of a column; further ones of a layer stand in a column of their own.
const MOST_ROWS: usize = 8;
/// The least room between columns, for lines, arrowheads and badges.
const ACROSS: f64 = 74.0;
/// The room between the boxes of a column.
const DOWN: f64 = 46.0;
/// The room at the edges, for lines that go around.
const AROUND: f64 = 44.0;
/// The widest box.
const WIDEST: f64 = 170.0;
/// How often all pairs of a layer are tried the other way round.
const ROUNDS: usize = 6;

/// The box of a state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Box {
    /// Its middle, across.
    pub x: f64,
    /// Its middle, down.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Box {
    /// The left edge.
    pub fn left(&self) -> f64 {
        self.x - self.width / 2.0
    }

    /// The upper edge.
    pub fn top(&self) -> f64 {
        self.y - self.height / 2.0
    }

    /// Whether a point lies inside it or nearer than a margin.
    pub fn holds(&self, (x, y): (f64, f64), margin: f64) -> bool {
        (x - self.x).abs() < self.width / 2.0 + margin && (y - self.y).abs() < self.height / 2.0 + margin
    }
}

/// The boxes of all states.
pub struct Plan {
    /// One box a state.
    pub boxes: Vec<Box>,
    top: f64,
}

impl Plan {
    /// Places so many states, at least one: `now` first, then those one move away by `steps`, and so on; those that no moves reach last.
    /// `links` are the lines to be drawn, and `height` gives the height of a box of a width.
    pub fn new(
        states: usize,
        now: usize,
        steps: &[[usize; 2]],
        links: &[[usize; 2]],
        top: f64,
        height: impl Fn(f64) -> f64,
    ) -> Self {
        let layers = layers(states, now, steps);
        let columns: Vec<(usize, usize)> = layers
            .iter()
            .enumerate()
            .flat_map(|(layer, members)| parts(members.len()).into_iter().map(move |part| (layer, part)))
            .collect();
        let room = WIDTH - 2.0 * AROUND - ACROSS * columns.len().saturating_sub(1) as f64;
        let width = (room / columns.len().max(1) as f64).min(WIDEST).max(40.0);
        let height = height(width);
        let most = columns.iter().map(|(_, rows)| *rows).max().unwrap_or(1);
        let span = WIDTH - 2.0 * AROUND - width;
        let across = if columns.len() > 1 { span / (columns.len() - 1) as f64 } else { 0.0 };
        let whole = most as f64 * (height + DOWN) - DOWN;
        let middle = top + AROUND + whole / 2.0;
        // The places of each layer, column by column.
        let mut places: Vec<Vec<(f64, f64)>> = vec![Vec::new(); layers.len()];
        for (column, (layer, rows)) in columns.iter().enumerate() {
            let first = middle - (*rows as f64 - 1.0) * (height + DOWN) / 2.0;
            let x = if columns.len() > 1 { AROUND + width / 2.0 + across * column as f64 } else { WIDTH / 2.0 };
            places[*layer].extend((0..*rows).map(|row| (x, first + row as f64 * (height + DOWN))));
        }
        let mut boxes = vec![Box { x: 0.0, y: 0.0, width, height }; states];
        for (members, places) in layers.iter().zip(&places) {
            for (state, (x, y)) in members.iter().zip(places) {
                boxes[*state] = Box { x: *x, y: *y, width, height };
            }
        }
        let mut plan = Plan { boxes, top };
        plan.settle(&layers, links);
        plan
    }

    /// Lets states of a layer change places as long as that makes the lines better.
    fn settle(&mut self, layers: &[Vec<usize>], links: &[[usize; 2]]) {
        let mut least = self.cost(links);
        for _ in 0..ROUNDS {
            let before = least;
            for members in layers {
                for (at, one) in members.iter().enumerate() {
                    for other in &members[at + 1..] {
                        self.swap(*one, *other);
                        let cost = self.cost(links);
                        if cost < least {
                            least = cost;
                        } else {
                            self.swap(*one, *other);
                        }
                    }
                }
            }
            if least == before {
                return;
            }
        }
    }

    fn swap(&mut self, one: usize, other: usize) {
        self.boxes.swap(one, other);
    }

    /// Long lines, lines through other boxes, and lines that cross.
    fn cost(&self, links: &[[usize; 2]]) -> f64 {
        let segment = |[from, to]: [usize; 2]| {
            let (from, to) = (&self.boxes[from], &self.boxes[to]);
            ((from.x, from.y), (to.x, to.y))
        };
        let mut cost = 0.0;
        for (index, link) in links.iter().enumerate() {
            let (from, to) = segment(*link);
            cost += self.length(*link);
            for (state, place) in self.boxes.iter().enumerate() {
                if !link.contains(&state) && passes(place, from, to) {
                    cost += 400.0;
                }
            }
            for earlier in &links[..index] {
                let shared = earlier.iter().any(|end| link.contains(end));
                let (first, second) = segment(*earlier);
                if !shared && cross(from, to, first, second) {
                    cost += 150.0;
                }
            }
        }
        cost
    }

    /// From the middle of one state to that of another.
    pub fn length(&self, [from, to]: [usize; 2]) -> f64 {
        let (from, to) = (&self.boxes[from], &self.boxes[to]);
        ((from.x - to.x).powi(2) + (from.y - to.y).powi(2)).sqrt()
    }

    /// The lower edge of the figure.
    pub fn bottom(&self) -> f64 {
        self.boxes.iter().map(|place| place.y + place.height / 2.0).fold(self.top, f64::max) + AROUND
    }

    /// How far up and down lines may go.
    pub fn limits(&self) -> (f64, f64) {
        (self.top + 4.0, self.bottom() - 4.0)
    }
}

/// The states by the fewest moves that lead there; those that none reach are the last layer.
fn layers(states: usize, now: usize, steps: &[[usize; 2]]) -> Vec<Vec<usize>> {
    let mut distance: Vec<Option<usize>> = vec![None; states];
    let mut next = VecDeque::new();
    if let Some(first) = distance.get_mut(now) {
        *first = Some(0);
        next.push_back(now);
    }
    while let Some(at) = next.pop_front() {
        for [from, to] in steps {
            if *from == at && *to < states && distance[*to].is_none() {
                distance[*to] = distance[at].map(|moves| moves + 1);
                next.push_back(*to);
            }
        }
    }
    let last = distance.iter().flatten().max().map_or(0, |most| most + 1);
    let mut layers = vec![Vec::new(); last + 1];
    for (state, moves) in distance.into_iter().enumerate() {
        layers[moves.unwrap_or(last)].push(state);
    }
    layers.retain(|members| !members.is_empty());
    layers
}

/// The lengths of the columns of a layer, as even as can be.
fn parts(members: usize) -> Vec<usize> {
    let columns = members.div_ceil(MOST_ROWS).max(1);
    (0..columns).map(|column| members / columns + usize::from(column < members % columns)).collect()
}

/// Whether a straight line passes through a box.
fn passes(place: &Box, from: (f64, f64), to: (f64, f64)) -> bool {
    const SAMPLES: usize = 12;
    (1..SAMPLES).any(|sample| {
        let t = sample as f64 / SAMPLES as f64;
        place.holds((from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t), 2.0)
    })
}

fn cross(a: (f64, f64), b: (f64, f64), c: (f64, f64), d: (f64, f64)) -> bool {
    let side = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_stand_by_the_fewest_moves_and_unreached_ones_last() {
        let steps = [[0, 1], [0, 2], [1, 3], [3, 0], [4, 0]];
        assert_eq!(layers(5, 0, &steps), [vec![0], vec![1, 2], vec![3], vec![4]]);
        assert_eq!(layers(2, 9, &[]), [[0, 1]]);
    }

    #[test]
    fn boxes_do_not_touch_and_stay_inside() {
        let steps: Vec<[usize; 2]> = (0..40).flat_map(|from| (0..40).map(move |to| [from, to])).collect();
        for steps in [&steps[..], &[], &[[0, 1]]] {
            let plan = Plan::new(40, 0, steps, &[], 10.0, |_| 60.0);
            for (place, one) in plan.boxes.iter().enumerate() {
                assert!(one.left() >= 0.0 && one.left() + one.width <= WIDTH && one.top() >= 10.0);
                assert!(one.y + one.height / 2.0 <= plan.bottom());
                assert!(plan.boxes[..place].iter().all(|other| {
                    (one.x - other.x).abs() >= one.width || (one.y - other.y).abs() >= one.height
                }));
            }
        }
    }

    #[test]
    fn states_change_places_so_that_lines_do_not_cross() {
        let steps = [[0, 1], [0, 2], [1, 4], [2, 3]];
        let plan = Plan::new(5, 0, &steps, &steps, 0.0, |_| 60.0);
        let above = |one: usize, other: usize| plan.boxes[one].y < plan.boxes[other].y;
        assert_eq!(above(1, 2), above(4, 3));
    }
}
