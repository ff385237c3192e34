//! The pairs of thresholds that some package meets (for more sides: the vectors).

use detente_packages::{Caps, Problem, TooLarge, frontier};

use super::pairs::{self, Pair, pairs};
use crate::view::SCALE;

/// The worths that no package improves for one side without a loss for another, the first side's greatest first. Thresholds can be
/// met together if one of them is at least as great for every side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staircase {
    /// Point by point, a worth for each side.
    worths: Vec<i64>,
    sides: usize,
}

impl Staircase {
    /// The staircase of the packages of a problem; empty if there is none.
    ///
    /// # Errors
    /// [`TooLarge`] if the caps are passed.
    pub fn of(problem: &Problem<i64>, caps: Caps) -> Result<Self, TooLarge> {
        if let Some(pairs) = pairs(problem, caps.vectors) {
            return Ok(Staircase { worths: pairs.into_flattened(), sides: 2 });
        }
        let found = frontier(problem, caps)?;
        let worths = found.points().iter().flat_map(|point| point.worth.iter().copied()).collect();
        Ok(Staircase { worths, sides: problem.coordinates() })
    }

    /// The greatest threshold that every side can have at once in a problem: as [`Staircase::equal`], without the whole staircase
    /// where there are two sides and no rules.
    ///
    /// # Errors
    /// [`TooLarge`] if the caps are passed.
    pub fn equal_in(problem: &Problem<i64>, caps: Caps) -> Result<Option<i64>, TooLarge> {
        match pairs::equal(problem, caps.vectors) {
            Some(equal) => Ok(equal),
            None => Ok(Staircase::of(problem, caps)?.equal()),
        }
    }

    /// A staircase without packages.
    #[must_use]
    pub fn empty() -> Self {
        Staircase { worths: Vec::new(), sides: 1 }
    }

    /// Whether there are no packages.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.worths.is_empty()
    }

    /// The points, the first side's greatest first.
    pub fn points(&self) -> impl Iterator<Item = &[i64]> {
        self.worths.chunks_exact(self.sides)
    }

    /// The points of two sides: along them the first side loses and the second gains. None for more sides.
    fn pairs(&self) -> Option<&[Pair]> {
        (self.sides == 2).then(|| self.worths.as_chunks().0)
    }

    /// The greatest threshold that every side can have at once.
    #[must_use]
    pub fn equal(&self) -> Option<i64> {
        self.points().filter_map(|point| point.iter().copied().min()).max()
    }

    /// The greatest threshold of a side while every other side has at least `others`.
    #[must_use]
    pub fn most(&self, side: usize, others: i64) -> Option<i64> {
        if let Some(pairs) = self.pairs() {
            let found = match side {
                0 => pairs.get(pairs.partition_point(|pair| pair[1] < others)),
                _ => pairs[..pairs.partition_point(|pair| pair[0] >= others)].last(),
            };
            return found.map(|pair| pair[side]);
        }
        let meets = |point: &&[i64]| point.iter().enumerate().all(|(at, worth)| at == side || *worth >= others);
        self.points().filter(meets).map(|point| point[side]).max()
    }

    /// How far all thresholds of a point can rise together, none beyond the whole range, and still be met; below 0 if they have
    /// to fall. None without packages.
    #[must_use]
    pub fn slack(&self, from: &[i64]) -> Option<i64> {
        self.points().map(|point| common_rise(point, from)).max()
    }

    /// The least of [`Staircase::slack`] over the points of another staircase.
    #[must_use]
    pub fn least_slack(&self, over: &Staircase) -> Option<i64> {
        let (Some(pairs), Some(over_pairs)) = (self.pairs(), over.pairs()) else {
            return over.points().filter_map(|point| self.slack(point)).min();
        };
        // The most lies where what the first side can rise and what the second can meet. From point to point of the other
        // staircase the first can rise further and the second less far: they meet further on.
        let mut meeting = 0;
        let slack = |from: &Pair| {
            let first_further = |pair: &Pair| rise(pair[0], from[0]) > rise(pair[1], from[1]);
            meeting += pairs[meeting..].iter().take_while(|pair| first_further(pair)).count();
            let around = &pairs[meeting.saturating_sub(1)..(meeting + 1).min(pairs.len())];
            around.iter().map(|pair| common_rise(pair, from)).max()
        };
        over_pairs.iter().filter_map(slack).min()
    }
}

fn common_rise(point: &[i64], from: &[i64]) -> i64 {
    point.iter().zip(from).map(|(worth, from)| rise(*worth, *from)).min().unwrap_or(SCALE)
}

/// How far a threshold can rise for a worth to meet it; a side that has all it asks for meets any.
fn rise(worth: i64, from: i64) -> i64 {
    if worth >= SCALE { SCALE } else { worth - from }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn staircase(points: &[[i64; 2]]) -> Staircase {
        Staircase { worths: points.concat(), sides: 2 }
    }

    #[test]
    fn thresholds_of_a_small_staircase() {
        let stairs = staircase(&[[9, 1], [6, 5], [2, 8]]);
        assert_eq!(stairs.equal(), Some(5));
        assert_eq!(stairs.most(0, 2), Some(6));
        assert_eq!(stairs.most(1, 6), Some(5));
        assert_eq!(stairs.most(0, 9), None);
        assert_eq!(stairs.slack(&[4, 4]), Some(1));
        assert_eq!(stairs.slack(&[7, 7]), Some(-2));
        assert_eq!(Staircase::empty().slack(&[4, 4]), None);
        assert_eq!(Staircase::empty().equal(), None);
    }

    #[test]
    fn a_threshold_does_not_rise_beyond_the_whole_range() {
        let stairs = staircase(&[[SCALE, SCALE / 4], [SCALE / 2, SCALE / 2]]);
        assert_eq!(stairs.slack(&[SCALE, 0]), Some(SCALE / 4));
        assert_eq!(stairs.least_slack(&staircase(&[[SCALE, 0], [0, SCALE]])), Some(-SCALE / 2));
    }

    fn rising(points: usize) -> impl Strategy<Value = Staircase> {
        let worths = || proptest::collection::btree_set(prop_oneof![-5..65_i64, Just(SCALE)], 1..points);
        (worths(), worths()).prop_map(|(first, second)| {
            let points: Vec<[i64; 2]> = first.iter().rev().zip(&second).map(|(a, b)| [*a, *b]).collect();
            staircase(&points)
        })
    }

    proptest! {
        #[test]
        fn the_quick_ways_for_two_sides_are_the_plain_ones(stairs in rising(12), over in rising(20), others in -6..66_i64) {
            let plain = over.points().filter_map(|point| stairs.slack(point)).min();
            prop_assert_eq!(stairs.least_slack(&over), plain);
            for side in [0, 1] {
                let plain = stairs.points().filter(|point| point[1 - side] >= others).map(|point| point[side]).max();
                prop_assert_eq!(stairs.most(side, others), plain);
            }
        }
    }
}
