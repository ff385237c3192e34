//! The weighted median, and what beats what by votes along one line (Black 1948).

use crate::positions::Positions;

/// The weighted median: every place from `lower` to `upper` has half of the weight at or below it and half at or above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Median {
    /// The first position at which half of the weight stands at or below.
    pub lower: f64,
    /// The first position at which more than half does.
    pub upper: f64,
}

/// How much weight, as a share of all, has to cross to one side for the median to move there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LockSlack {
    /// To move it down.
    pub down: f64,
    /// To move it up.
    pub up: f64,
}

/// How votes on two places are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteRule {
    /// All weight to the nearer place.
    Binary,
    /// Weight times how much nearer it is.
    Proportional,
}

/// Sums of weights this near to half, as a share of all, are half.
const TIE: f64 = 1e-12;

impl Median {
    /// The median of some positions. Actors without weight are no medians. Cost: one sort.
    #[must_use]
    pub fn of(positions: &Positions) -> Self {
        let places: Vec<f64> = positions.stands().iter().map(|stand| stand.position).collect();
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|a, b| places[*a].total_cmp(&places[*b]).then(a.cmp(b)));
        Median::in_order(order.iter().map(|actor| (places[*actor], positions.weights()[*actor])), positions.total())
    }

    /// The median of places in rising order with their weights.
    pub(crate) fn in_order(sorted: impl Iterator<Item = (f64, f64)>, total: f64) -> Self {
        let (half, tie) = (total / 2.0, TIE * total);
        let (mut lower, mut sum, mut last) = (None, 0.0, 0.0);
        for (place, weight) in sorted.filter(|(_, weight)| *weight > 0.0) {
            sum += weight;
            last = place;
            if sum > half + tie {
                return Median { lower: lower.unwrap_or(place), upper: place };
            }
            if sum >= half - tie {
                lower = lower.or(Some(place));
            }
        }
        Median { lower: lower.unwrap_or(last), upper: last }
    }

    /// The middle of the median interval: a label for it where one number is needed.
    #[must_use]
    pub fn label(self) -> f64 {
        if self.lower == self.upper { self.lower } else { self.lower + (self.upper - self.lower) / 2.0 }
    }

    /// How firmly the median is locked. Between the two weights it does not move, whatever else does.
    #[must_use]
    pub fn lock_slack(self, positions: &Positions) -> LockSlack {
        let weight = |counts: &dyn Fn(f64) -> bool| -> f64 {
            let actors = positions.stands().iter().zip(positions.weights());
            actors.filter(|(stand, _)| counts(stand.position)).map(|(_, weight)| weight).sum()
        };
        let below = weight(&|place| place < self.lower) / positions.total();
        let above = weight(&|place| place > self.upper) / positions.total();
        LockSlack { down: (0.5 - below).max(0.0), up: (0.5 - above).max(0.0) }
    }
}

/// The positions that no other position beats, in rising order, each pair put to the vote. Cost: N³.
#[must_use]
pub fn condorcet_winners(positions: &Positions, rule: VoteRule) -> Vec<f64> {
    let mut places: Vec<f64> = positions.stands().iter().map(|stand| stand.position).collect();
    places.sort_by(f64::total_cmp);
    places.dedup();
    let margin = |p: f64, q: f64| -> f64 {
        let vote = |place: f64| {
            let nearer = (place - q).abs() - (place - p).abs();
            match rule {
                VoteRule::Proportional => nearer,
                VoteRule::Binary if nearer == 0.0 => 0.0,
                VoteRule::Binary => nearer.signum(),
            }
        };
        positions.stands().iter().zip(positions.weights()).map(|(stand, weight)| weight * vote(stand.position)).sum()
    };
    let tie = TIE * positions.total() * positions.scale().range().max(1.0);
    places.iter().copied().filter(|p| places.iter().all(|q| margin(*q, *p) <= tie)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::positions::tests::{plain, some};
    use crate::positions::{Scale, Stand};
    use proptest::prelude::*;

    #[test]
    fn a_tie_is_an_interval() {
        let two = plain(&[(10.0, 0.5), (30.0, 0.5)]);
        let median = Median::of(&two);
        assert_eq!((median.lower, median.upper, median.label()), (10.0, 30.0, 20.0));
        assert_eq!(Median::of(&plain(&[(10.0, 0.5), (30.0, 0.5), (20.0, 0.0)])), median);
    }

    #[test]
    fn slack_says_how_much_weight_has_to_cross() {
        let three = plain(&[(0.0, 0.2), (50.0, 0.6), (100.0, 0.2)]);
        let slack = Median::of(&three).lock_slack(&three);
        assert!((slack.down - 0.3).abs() < 1e-12 && (slack.up - 0.3).abs() < 1e-12, "{slack:?}");
        let two = plain(&[(10.0, 0.5), (30.0, 0.5)]);
        assert_eq!(Median::of(&two).lock_slack(&two), LockSlack { down: 0.5, up: 0.5 });
    }

    /// The median from its definition, by trying every position.
    fn by_definition(positions: &Positions) -> Median {
        let weight = |counts: &dyn Fn(f64) -> bool| -> f64 {
            let actors = positions.stands().iter().zip(positions.weights());
            actors.filter(|(s, _)| counts(s.position)).map(|(_, w)| w).sum()
        };
        let half = positions.total() / 2.0 * (1.0 - 1e-12);
        let places = positions.stands().iter().map(|s| s.position);
        let medians = places.filter(|p| weight(&|x| x <= *p) >= half && weight(&|x| x >= *p) >= half);
        medians.fold(Median { lower: f64::INFINITY, upper: f64::NEG_INFINITY }, |m, p| Median {
            lower: m.lower.min(p),
            upper: m.upper.max(p),
        })
    }

    /// Capabilities in whole numbers, so that ties come about.
    fn whole(positions: &Positions) -> Positions {
        positions.with(|stands| {
            for stand in stands {
                (stand.salience, stand.capability) = (1.0, stand.capability.ceil());
            }
        })
    }

    proptest! {
        #[test]
        fn it_is_what_its_definition_says(positions in some(12)) {
            prop_assert_eq!(Median::of(&positions), by_definition(&positions));
            prop_assert_eq!(Median::of(&whole(&positions)), by_definition(&whole(&positions)));
        }

        #[test]
        fn no_position_beats_it(positions in some(9)) {
            let positions = whole(&positions);
            let median = Median::of(&positions);
            // Halves of votes at exactly the middle of two places go to neither, so a tied median may have rivals but never a victor.
            for winner in [median.lower, median.upper] {
                prop_assert!(condorcet_winners(&positions, VoteRule::Binary).contains(&winner));
            }
        }

        #[test]
        fn its_mirror_image_is_the_median_of_the_mirror_image(positions in some(12)) {
            let mirror = |s: &Stand| Stand { position: 100.0 - s.position, ..*s };
            let mirrored = Positions::new(positions.stands().iter().map(mirror).collect(), Scale::PERCENT).unwrap();
            let (one, other) = (Median::of(&positions), Median::of(&mirrored));
            prop_assert!((one.lower + other.upper - 100.0).abs() < 1e-9 && (one.upper + other.lower - 100.0).abs() < 1e-9);
        }

        #[test]
        fn a_rising_map_takes_it_along(positions in some(12)) {
            let square = |x: f64| x * x / 100.0;
            let mapped = positions.with(|stands| stands.iter_mut().for_each(|s| s.position = square(s.position)));
            let (one, other) = (Median::of(&positions), Median::of(&mapped));
            prop_assert_eq!((square(one.lower), square(one.upper)), (other.lower, other.upper));
        }
    }
}
