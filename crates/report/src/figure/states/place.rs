//! Where states stand. Where the moves of one side and those of the others are independent, they form a grid: that side moves along rows,
//! the others along columns. Else states stand in columns by the fewest moves from where things stand. In either case in the order that
//! keeps lines short and apart.

use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};

use super::super::canvas::WIDTH;

/// The most states of a column; further ones of a layer stand in a column of their own.
const MOST_ROWS: usize = 8;
/// The least room between columns, for lines, arrowheads and badges.
const ACROSS: f64 = 74.0;
/// The room between the boxes of a column.
const DOWN: f64 = 46.0;
/// The same in a grid, where lines along a row go around its boxes.
const DOWN_GRID: f64 = 62.0;
/// The most columns of a grid.
const MOST_COLUMNS: usize = 6;
/// The room at the edges, for lines that go around.
const AROUND: f64 = 44.0;
/// The widest box.
const WIDEST: f64 = 170.0;
/// The most room between columns.
const MOST_ACROSS: f64 = 200.0;
/// How often all pairs of a layer are tried the other way round.
const ROUNDS: usize = 4;

/// The area of a box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Its middle, across.
    pub x: f64,
    /// Its middle, down.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Area {
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

/// A move: who makes it, from where, to where.
pub type Step = (usize, [usize; 2]);

/// The boxes of all states.
pub struct Plan {
    /// One box a state.
    pub boxes: Vec<Area>,
    top: f64,
}

impl Plan {
    /// Places so many states, at least one, `now` being where things stand. `links` are the lines to be drawn, and `height` gives the height
    /// of a box of a width.
    pub fn new(
        states: usize,
        now: usize,
        steps: &[Step],
        links: &[[usize; 2]],
        top: f64,
        height: impl Fn(f64) -> f64,
    ) -> Self {
        match grid(states, steps) {
            Some(grid) => Self::in_grid(&grid, now, links, top, height),
            None => Self::in_layers(&layers(states, now, steps), states, links, top, height),
        }
    }

    fn in_layers(
        layers: &[Vec<usize>],
        states: usize,
        links: &[[usize; 2]],
        top: f64,
        height: impl Fn(f64) -> f64,
    ) -> Self {
        let columns: Vec<(usize, usize)> = layers
            .iter()
            .enumerate()
            .flat_map(|(layer, members)| parts(members.len()).into_iter().map(move |part| (layer, part)))
            .collect();
        let across = Across::new(columns.len());
        let height = height(across.width);
        let most = columns.iter().map(|(_, rows)| *rows).max().unwrap_or(1);
        let middle = top + AROUND + (most as f64 * (height + DOWN) - DOWN) / 2.0;
        // The places of each layer, column by column.
        let mut places: Vec<Vec<(f64, f64)>> = vec![Vec::new(); layers.len()];
        for (column, (layer, rows)) in columns.iter().enumerate() {
            let first = middle - (*rows as f64 - 1.0) * (height + DOWN) / 2.0;
            places[*layer].extend((0..*rows).map(|row| (across.x(column), first + row as f64 * (height + DOWN))));
        }
        let mut boxes = vec![Area { x: 0.0, y: 0.0, width: across.width, height }; states];
        for (members, places) in layers.iter().zip(&places) {
            for (state, (x, y)) in members.iter().zip(places) {
                (boxes[*state].x, boxes[*state].y) = (*x, *y);
            }
        }
        let mut plan = Plan { boxes, top };
        let swaps: Vec<Vec<(usize, usize)>> = layers
            .iter()
            .flat_map(|members| {
                members
                    .iter()
                    .enumerate()
                    .flat_map(|(at, one)| members[at + 1..].iter().map(|other| vec![(*one, *other)]))
            })
            .collect();
        plan.settle(links, &swaps, |plan, swap| swap.iter().for_each(|(one, other)| plan.boxes.swap(*one, *other)));
        plan
    }

    fn in_grid(grid: &[[usize; 2]], now: usize, links: &[[usize; 2]], top: f64, height: impl Fn(f64) -> f64) -> Self {
        let size = |axis: usize| grid.iter().map(|place| place[axis] + 1).max().unwrap_or(1);
        let (columns, rows) = (size(0), size(1));
        let across = Across::new(columns);
        let height = height(across.width);
        let y = |row: usize| top + AROUND + height / 2.0 + row as f64 * (height + DOWN_GRID);
        let boxes =
            grid.iter().map(|[column, row]| Area { x: across.x(*column), y: y(*row), width: across.width, height });
        let mut plan = Plan { boxes: boxes.collect(), top };
        // Whole columns change places, and whole rows.
        let pairs = |axis: usize, count: usize| {
            (0..count).flat_map(move |one| (one + 1..count).map(move |other| (axis, one, other)))
        };
        let swaps: Vec<(usize, usize, usize)> = pairs(0, columns).chain(pairs(1, rows)).collect();
        plan.settle(links, &swaps, |plan, (axis, one, other)| {
            let ends = if *axis == 0 { [across.x(*one), across.x(*other)] } else { [y(*one), y(*other)] };
            for place in &mut plan.boxes {
                let at = if *axis == 0 { &mut place.x } else { &mut place.y };
                if *at == ends[0] {
                    *at = ends[1];
                } else if *at == ends[1] {
                    *at = ends[0];
                }
            }
        });
        // Where things stand is nearer to the upper left, as reading begins there.
        let (middle_x, middle_y) = (WIDTH / 2.0, f64::midpoint(y(0), y(rows - 1)));
        let flip = plan.boxes.get(now).map_or((false, false), |place| (place.x > middle_x, place.y > middle_y));
        for place in &mut plan.boxes {
            place.x = if flip.0 { 2.0 * middle_x - place.x } else { place.x };
            place.y = if flip.1 { 2.0 * middle_y - place.y } else { place.y };
        }
        plan
    }

    /// Makes changes, each of which undoes itself, as long as that makes the lines better.
    fn settle<T>(&mut self, links: &[[usize; 2]], changes: &[T], change: impl Fn(&mut Self, &T)) {
        let mut least = self.cost(links);
        for _ in 0..ROUNDS {
            let before = least;
            for one in changes {
                change(self, one);
                let cost = self.cost(links);
                if cost < least {
                    least = cost;
                } else {
                    change(self, one);
                }
            }
            if least == before {
                return;
            }
        }
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

    /// Moves all boxes up.
    pub fn lift(&mut self, by: f64) {
        self.boxes.iter_mut().for_each(|place| place.y -= by);
    }

    /// The lower edge of what may be drawn.
    fn bottom(&self) -> f64 {
        self.boxes.iter().map(|place| place.y + place.height / 2.0).fold(self.top, f64::max) + AROUND
    }

    /// How far up and down lines may go.
    pub fn limits(&self) -> (f64, f64) {
        (self.top + 4.0, self.bottom() - 4.0)
    }
}

/// Columns side by side.
struct Across {
    width: f64,
    pitch: f64,
    first: f64,
}

impl Across {
    fn new(columns: usize) -> Self {
        let between = columns.saturating_sub(1) as f64;
        let room = WIDTH - 2.0 * AROUND - ACROSS * between;
        let width = (room / columns.max(1) as f64).clamp(40.0, WIDEST);
        // Few columns stand together in the middle.
        let pitch = ((WIDTH - 2.0 * AROUND - width) / between.max(1.0)).min(width + MOST_ACROSS);
        Across { width, pitch, first: (WIDTH - pitch * between) / 2.0 }
    }

    fn x(&self, column: usize) -> f64 {
        self.first + self.pitch * column as f64
    }
}

/// For each state its column and row, where one side moves along rows and the others along columns, and no two states share a place.
fn grid(states: usize, steps: &[Step]) -> Option<Vec<[usize; 2]>> {
    let movers: BTreeSet<usize> = steps.iter().map(|(by, _)| *by).collect();
    let of = |mover: usize| {
        let rows = connected(states, steps.iter().filter(|(by, _)| *by == mover).map(|(_, ends)| *ends));
        let columns = connected(states, steps.iter().filter(|(by, _)| *by != mover).map(|(_, ends)| *ends));
        let places: Vec<[usize; 2]> = columns.into_iter().zip(rows).map(|(column, row)| [column, row]).collect();
        let size = |axis: usize| places.iter().map(|place| place[axis] + 1).max().unwrap_or(0);
        let (columns, rows) = (size(0), size(1));
        let single = places.iter().collect::<BTreeSet<_>>().len() == states;
        (single && (2..=MOST_COLUMNS).contains(&columns) && rows > 1).then_some((
            columns * rows,
            rows,
            Reverse(mover),
            places,
        ))
    };
    // The smallest grid, then the lowest; of equal ones that in which the last side moves along rows, as in tables of games.
    movers.into_iter().filter_map(of).min().map(|(.., places)| places)
}

/// For each state the number of the states that it hangs together with, numbered by their first.
fn connected(states: usize, links: impl Iterator<Item = [usize; 2]>) -> Vec<usize> {
    let mut of: Vec<usize> = (0..states).collect();
    for [from, to] in links.filter(|ends| ends.iter().all(|end| *end < states)) {
        let (kept, lost) = (of[from].min(of[to]), of[from].max(of[to]));
        of.iter_mut().filter(|group| **group == lost).for_each(|group| *group = kept);
    }
    let groups: Vec<usize> = of.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    of.iter().map(|group| groups.binary_search(group).unwrap_or(0)).collect()
}

/// The states by the fewest moves that lead there; those that none reach are the last layer.
fn layers(states: usize, now: usize, steps: &[Step]) -> Vec<Vec<usize>> {
    let mut distance: Vec<Option<usize>> = vec![None; states];
    let mut next = VecDeque::new();
    if let Some(first) = distance.get_mut(now) {
        *first = Some(0);
        next.push_back(now);
    }
    while let Some(at) = next.pop_front() {
        for (_, [from, to]) in steps {
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

/// Whether a straight line passes through a box, or nearly so.
fn passes(place: &Area, from: (f64, f64), to: (f64, f64)) -> bool {
    const MARGIN: f64 = 2.0;
    // The part of the line that lies between the edges of the box, across and down.
    let between = |from: f64, to: f64, middle: f64, half: f64| {
        if from == to {
            return if (from - middle).abs() < half { (0.0, 1.0) } else { (1.0, 0.0) };
        }
        let (one, other) = ((middle - half - from) / (to - from), (middle + half - from) / (to - from));
        (one.min(other), one.max(other))
    };
    let across = between(from.0, to.0, place.x, place.width / 2.0 + MARGIN);
    let down = between(from.1, to.1, place.y, place.height / 2.0 + MARGIN);
    across.0.max(down.0).max(0.0) < across.1.min(down.1).min(1.0)
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
        let steps = [[0, 1], [0, 2], [1, 3], [3, 0], [4, 0]].map(|ends| (0, ends));
        assert_eq!(layers(5, 0, &steps), [vec![0], vec![1, 2], vec![3], vec![4]]);
        assert_eq!(layers(2, 9, &[]), [[0, 1]]);
    }

    #[test]
    fn independent_moves_of_two_sides_make_a_grid() {
        let steps = [(0, [0, 1]), (0, [2, 3]), (1, [0, 2]), (1, [3, 1])];
        assert_eq!(grid(4, &steps), Some(vec![[0, 0], [0, 1], [1, 0], [1, 1]]));
        // A state to which both can go.
        assert_eq!(grid(4, &[(0, [0, 1]), (0, [2, 3]), (1, [0, 2]), (1, [3, 1]), (1, [0, 3])]), None);
    }

    #[test]
    fn a_line_passes_through_a_box_or_beside_it() {
        let place = Area { x: 50.0, y: 50.0, width: 20.0, height: 10.0 };
        assert!(passes(&place, (0.0, 50.0), (100.0, 50.0)) && passes(&place, (50.0, 0.0), (50.0, 100.0)));
        assert!(passes(&place, (30.0, 40.0), (70.0, 60.0)));
        assert!(!passes(&place, (0.0, 50.0), (30.0, 50.0)) && !passes(&place, (0.0, 60.0), (100.0, 60.0)));
        assert!(!passes(&place, (30.0, 60.0), (45.0, 90.0)));
    }

    #[test]
    fn boxes_do_not_touch_and_stay_inside() {
        let steps: Vec<Step> = (0..40).flat_map(|from| (0..40).map(move |to| (0, [from, to]))).collect();
        let product: Vec<Step> = (0..40)
            .flat_map(|from| (0..40).map(move |to| (usize::from(from / 5 == to / 5), [from, to])))
            .filter(|(by, [from, to])| *by == 1 || from % 5 == to % 5)
            .collect();
        for steps in [&steps[..], &[], &[(0, [0, 1])], &product] {
            let plan = Plan::new(40, 0, steps, &[], 10.0, |_| 60.0);
            for (place, one) in plan.boxes.iter().enumerate() {
                assert!(one.left() >= 0.0 && one.left() + one.width <= WIDTH && one.top() >= 10.0);
                assert!(one.y + one.height / 2.0 <= plan.bottom());
                assert!(
                    plan.boxes[..place]
                        .iter()
                        .all(|other| { (one.x - other.x).abs() >= one.width || (one.y - other.y).abs() >= one.height })
                );
            }
        }
    }

    #[test]
    fn states_change_places_so_that_lines_do_not_cross() {
        let links = [[0, 1], [0, 2], [1, 4], [2, 3]];
        let plan = Plan::new(5, 0, &links.map(|ends| (0, ends)), &links, 0.0, |_| 60.0);
        let above = |one: usize, other: usize| plan.boxes[one].y < plan.boxes[other].y;
        assert_eq!(above(1, 2), above(4, 3));
    }
}
