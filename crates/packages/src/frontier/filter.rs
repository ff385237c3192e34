//! Which of some vectors no other dominates.
//!
//! Two coordinates take one sweep. More are divided and conquered, one coordinate at a time, until two are left or few vectors
//! (Kung, Luccio and Preparata 1975; Bentley 1980). Dominance asks only which of two values is greater, so values are first replaced by
//! their ranks: what follows is the same, and as fast, for every kind of whole number.

use crate::number::Whole;

/// The places of the vectors that no other dominates, in order. The vectors are distinct and sorted, the greatest first.
///
/// For `p` vectors, O(p) with one or two coordinates and O(p·log^(d−1) p) with `d`.
pub(super) fn undominated<W: Whole>(rows: &[&[W]]) -> Vec<u32> {
    let places = 0..u32::try_from(rows.len()).unwrap_or(u32::MAX);
    match rows.first().map_or(0, |row| row.len()) {
        0 => Vec::new(),
        1 => vec![0],
        2 => {
            let mut most = None;
            let rises = |place: &u32| {
                let value = Some(&rows[*place as usize][1]);
                value > most && {
                    most = value;
                    true
                }
            };
            places.filter(rises).collect()
        }
        dimensions => {
            let columns = (1..dimensions).map(|coordinate| ranks(rows, coordinate)).collect();
            let mut ranks = Ranks { columns, covered: vec![false; rows.len()] };
            ranks.undominated(places.collect(), dimensions)
        }
    }
}

/// The rank of each vector on a coordinate: equal values have equal ranks, greater values greater ones.
fn ranks<W: Whole>(rows: &[&[W]], coordinate: usize) -> Vec<u32> {
    let mut sorted: Vec<(&W, u32)> = rows.iter().zip(0..).map(|(row, place)| (&row[coordinate], place)).collect();
    sorted.sort_unstable();
    let mut ranks = vec![0; rows.len()];
    let mut rank = 0;
    for (place, (value, row)) in sorted.iter().enumerate() {
        rank += u32::from(place > 0 && sorted[place - 1].0 != *value);
        ranks[*row as usize] = rank;
    }
    ranks
}

/// Below this many pairs, each is compared with each.
const FEW_PAIRS: usize = 2048;

/// Up to this many vectors a sweep with a staircase is used, whose steps are moved when one is put between.
const STAIRCASE: usize = 4096;

/// Vectors by their places, which are their order on the first coordinate (and the others where that is equal), and by their ranks on the
/// other coordinates. Lists of places are in order. "On the first `k`" is on that order and the first `k − 1` columns.
struct Ranks {
    columns: Vec<Vec<u32>>,
    /// Those found to be dominated.
    covered: Vec<bool>,
}

impl Ranks {
    fn rank(&self, coordinate: usize, place: u32) -> u32 {
        self.columns[coordinate - 1][place as usize]
    }

    /// Whether `above`, which comes before `below`, is no less on the first `k`.
    fn covers(&self, above: u32, below: u32, k: usize) -> bool {
        self.columns[..k - 1].iter().all(|column| column[above as usize] >= column[below as usize])
    }

    /// Those of some vectors, all different on the first `k`, that no other of them dominates there.
    fn undominated(&mut self, places: Vec<u32>, k: usize) -> Vec<u32> {
        if places.len() < 2 {
            return places;
        }
        if k > 2 && places.len() * places.len() <= 2 * FEW_PAIRS {
            let mut kept: Vec<u32> = Vec::with_capacity(places.len());
            for place in places {
                if !kept.iter().any(|&above| self.covers(above, place, k)) {
                    kept.push(place);
                }
            }
            return kept;
        }
        if k <= 2 || (k == 3 && places.len() <= STAIRCASE) {
            let mut stairs = Stairs::default();
            let stands = |&place: &u32| {
                let (x, y) = self.step(place, k);
                !stairs.covers(x, y) && {
                    stairs.add(x, y);
                    true
                }
            };
            return places.into_iter().filter(stands).collect();
        }
        let Some(pivot) = self.pivot(k - 1, places.iter()) else {
            return self.undominated(places, k - 1);
        };
        let (high, low) = self.split(&places, k - 1, pivot);
        let high = self.undominated(high, k);
        let mut low = self.undominated(low, k);
        self.cover(&high, &low, k - 1);
        low.retain(|&place| !self.covered[place as usize]);
        merge(high, low)
    }

    /// Marks those of `below` that some of `above` equals or dominates on the first `k`. (None of `below` comes before one that covers it.)
    fn cover(&mut self, above: &[u32], below: &[u32], k: usize) {
        if above.is_empty() || below.is_empty() {
            return;
        }
        if k > 2 && above.len() * below.len() <= FEW_PAIRS {
            for &place in below {
                let earlier = &above[..above.partition_point(|&above| above < place)];
                self.covered[place as usize] |= earlier.iter().any(|&above| self.covers(above, place, k));
            }
            return;
        }
        if k <= 2 || (k == 3 && above.len() <= STAIRCASE) {
            let mut stairs = Stairs::default();
            let mut waiting = above.iter().peekable();
            for &place in below {
                while let Some(&above) = waiting.next_if(|&&above| above < place) {
                    let (x, y) = self.step(above, k);
                    if !stairs.covers(x, y) {
                        stairs.add(x, y);
                    }
                }
                let (x, y) = self.step(place, k);
                self.covered[place as usize] |= stairs.covers(x, y);
            }
            return;
        }
        let Some(pivot) = self.pivot(k - 1, above.iter().chain(below)) else {
            return self.cover(above, below, k - 1);
        };
        let (above_high, above_low) = self.split(above, k - 1, pivot);
        let (below_high, mut below_low) = self.split(below, k - 1, pivot);
        self.cover(&above_high, &below_high, k);
        self.cover(&above_high, &below_low, k - 1);
        below_low.retain(|&place| !self.covered[place as usize]);
        self.cover(&above_low, &below_low, k);
    }

    /// The second and third coordinate, as far as they are among the first `k`.
    fn step(&self, place: u32, k: usize) -> (u32, u32) {
        (if k > 1 { self.rank(1, place) } else { 0 }, if k > 2 { self.rank(2, place) } else { 0 })
    }

    /// A rank on a coordinate that some of the vectors reach and some do not, near the middle; none if all have the same.
    fn pivot<'a>(&self, coordinate: usize, places: impl Iterator<Item = &'a u32>) -> Option<u32> {
        let mut ranks: Vec<u32> = places.map(|&place| self.rank(coordinate, place)).collect();
        let middle = ranks.len() / 2;
        let (below, &mut median, above) = ranks.select_nth_unstable(middle);
        if below.iter().any(|&rank| rank < median) {
            Some(median)
        } else {
            above.iter().copied().filter(|&rank| rank > median).min()
        }
    }

    /// Those that reach a rank on a coordinate, and those that do not.
    fn split(&self, places: &[u32], coordinate: usize, pivot: u32) -> (Vec<u32>, Vec<u32>) {
        places.iter().partition(|&&place| self.rank(coordinate, place) >= pivot)
    }
}

/// Two lists in order as one.
fn merge(left: Vec<u32>, right: Vec<u32>) -> Vec<u32> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let next = if a < b { left.next() } else { right.next() };
        merged.extend(next);
    }
    merged.extend(left);
    merged.extend(right);
    merged
}

/// Pairs of which none covers another: the first rises while the second falls.
#[derive(Default)]
struct Stairs {
    steps: Vec<(u32, u32)>,
}

impl Stairs {
    /// Whether a step is no less than `(x, y)` on both.
    fn covers(&self, x: u32, y: u32) -> bool {
        let right = self.steps.partition_point(|step| step.0 < x);
        self.steps.get(right).is_some_and(|step| step.1 >= y)
    }

    /// Adds a step that is not covered, and drops those that it covers.
    fn add(&mut self, x: u32, y: u32) {
        let end = self.steps.partition_point(|step| step.0 <= x);
        let start = self.steps[..end].partition_point(|step| step.1 > y);
        self.steps.splice(start..end, [(x, y)]);
    }
}
