//! The pairs of thresholds that some package meets (for more sides: the vectors).

use detente_packages::{Caps, Problem, TooLarge, frontier};

use super::pairs::{self, pairs};
use crate::view::SCALE;

/// The worths that no package improves for one side without a loss for another, the first side's greatest first. Thresholds can be
/// met together if one of them is at least as great for every side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staircase {
    points: Vec<Vec<i64>>,
}

impl Staircase {
    /// The staircase of the packages of a problem; empty if there is none.
    ///
    /// # Errors
    /// [`TooLarge`] if the caps are passed.
    pub fn of(problem: &Problem<i64>, caps: Caps) -> Result<Self, TooLarge> {
        if let Some(pairs) = pairs(problem, caps.vectors) {
            return Ok(Staircase { points: pairs.into_iter().map(|(a, b)| vec![a, b]).collect() });
        }
        let found = frontier(problem, caps)?;
        Ok(Staircase { points: found.points().iter().map(|point| point.worth.clone()).collect() })
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
        Staircase { points: Vec::new() }
    }

    /// The points, the first side's greatest first.
    #[must_use]
    pub fn points(&self) -> &[Vec<i64>] {
        &self.points
    }

    /// The greatest threshold that every side can have at once.
    #[must_use]
    pub fn equal(&self) -> Option<i64> {
        self.points.iter().filter_map(|point| point.iter().copied().min()).max()
    }

    /// The greatest threshold of a side while every other side has at least `others`.
    #[must_use]
    pub fn most(&self, side: usize, others: i64) -> Option<i64> {
        let meets = |point: &&Vec<i64>| point.iter().enumerate().all(|(at, worth)| at == side || *worth >= others);
        self.points.iter().filter(meets).map(|point| point[side]).max()
    }

    /// How far all thresholds of a point can rise together, none beyond the whole range, and still be met; below 0 if they have
    /// to fall. None without packages.
    #[must_use]
    pub fn slack(&self, from: &[i64]) -> Option<i64> {
        let [first, second] = from else {
            return self.points.iter().map(|point| common_rise(point, from)).max();
        };
        // Along the points the first side loses and the second gains: the best lies where the two meet.
        let meeting = self.points.partition_point(|point| rise(point[0], *first) > rise(point[1], *second));
        let around = meeting.saturating_sub(1)..(meeting + 1).min(self.points.len());
        self.points[around].iter().map(|point| common_rise(point, from)).max()
    }

    /// The least of [`Staircase::slack`] over the points of another staircase.
    #[must_use]
    pub fn least_slack(&self, over: &Staircase) -> Option<i64> {
        over.points.iter().filter_map(|point| self.slack(point)).min()
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
        Staircase { points: points.iter().map(|point| point.to_vec()).collect() }
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

    proptest! {
        #[test]
        fn the_quick_way_for_two_sides_is_the_plain_one(
            mut first in proptest::collection::btree_set(0..60_i64, 1..12),
            second in proptest::collection::btree_set(0..60_i64, 12),
            from in proptest::array::uniform2(-5..65_i64), whole in any::<bool>(),
        ) {
            if whole {
                first.insert(SCALE);
            }
            let points: Vec<Vec<i64>> = first.iter().rev().zip(&second).map(|(a, b)| vec![*a, *b]).collect();
            let plain = points.iter().map(|point| common_rise(point, &from)).max();
            prop_assert_eq!(Staircase { points }.slack(&from), plain);
        }
    }
}
