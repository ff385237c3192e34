//! Asymmetric bargaining on one issue where no agreement costs something (Nash 1950; Kalai 1977).
//!
//! Each actor i has the utility uᵢ(x) = −sᵢ ℓ(|x − xᵢ|/R). The solution is the place with the greatest Σ βᵢ ln(uᵢ(x) − dᵢ) among those
//! where nobody is worse off than without agreement. Where there is no such place, the answer is who leaves none, never another model.

use crate::positions::Positions;

/// How loss grows with distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// ℓ(δ) = δ.
    Linear,
    /// ℓ(δ) = δ².
    Quadratic,
}

/// What bargaining power is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bargaining {
    /// Capability alone: salience is in the utilities.
    Capability,
    /// Capability × salience.
    CapabilitySalience,
}

/// What no agreement is worth.
#[derive(Clone, Debug, PartialEq)]
pub enum Disagreement {
    /// dᵢ = uᵢ(q) − κᵢ: a reference point q holds, and that there is no agreement costs actor i as much as κᵢ, at least 0.
    Reference {
        /// The reference point, on the scale of the issue.
        point: f64,
        /// The cost to each actor, in units of utility: 1 is what a shift over the whole scale is worth with salience 1.
        costs: Vec<f64>,
    },
    /// dᵢ = −D for everyone.
    Far {
        /// The depth D.
        depth: f64,
    },
    /// dᵢ itself, one an actor.
    Values(Vec<f64>),
}

/// Choices of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct NashOptions {
    /// How loss grows with distance.
    pub loss: Loss,
    /// What bargaining power is.
    pub bargaining: Bargaining,
    /// What no agreement is worth.
    pub disagreement: Disagreement,
}

/// Why the question cannot be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NashError {
    /// A cost or value for each actor is needed, finite, and no cost below 0; a reference point on the scale.
    Disagreement,
}

/// What bargaining comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NashOutcome {
    /// There is room, and this is the solution in it.
    Zone {
        /// The least place that everyone accepts.
        low: f64,
        /// The greatest place that everyone accepts.
        high: f64,
        /// The solution.
        value: f64,
    },
    /// There is no room.
    NoZone(NoZone),
}

/// Why there is no room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoZone {
    /// The actor that accepts nothing below a place, and the actor that accepts nothing above a place that is no greater; by their
    /// places in the list, which may be the same.
    pub actors: (usize, usize),
    /// The only place left, where one is: all that everyone accepts is the reference point itself.
    pub point: Option<f64>,
    /// The least sum of what actors would have to give up below what they have without agreement.
    pub least_slack: f64,
    /// The least cost of no agreement to everyone, beside what there is, that leaves a place to everyone. Room opens above it.
    pub least_common_cost: f64,
}

/// Zones shorter than this share of the scale are a single place.
const POINT: f64 = 1e-9;

/// One actor as the model sees it.
struct Voice {
    actor: usize,
    place: f64,
    salience: f64,
    power: f64,
    value_without: f64,
}

struct Bargain {
    voices: Vec<Voice>,
    loss: Loss,
    low: f64,
    high: f64,
}

impl Loss {
    fn of(self, distance: f64) -> f64 {
        match self {
            Loss::Linear => distance,
            Loss::Quadratic => distance * distance,
        }
    }

    fn slope(self, distance: f64) -> f64 {
        match self {
            Loss::Linear => 1.0,
            Loss::Quadratic => 2.0 * distance,
        }
    }

    fn inverse(self, loss: f64) -> f64 {
        match self {
            Loss::Linear => loss,
            Loss::Quadratic => loss.sqrt(),
        }
    }
}

/// Bargaining on one issue. Actors without power have no voice: they neither pull nor refuse. Cost: some hundred passes.
///
/// # Errors
/// See [`NashError`].
pub fn nash(positions: &Positions, options: &NashOptions) -> Result<NashOutcome, NashError> {
    let bargain = Bargain::new(positions, options)?;
    let (left, right) = bargain.ends();
    let range = bargain.high - bargain.low;
    if right.1 - left.1 > POINT * range {
        return Ok(NashOutcome::Zone { low: left.1, high: right.1, value: bargain.solution(left.1, right.1) });
    }
    let touching = right.1 - left.1 >= -POINT * range;
    Ok(NashOutcome::NoZone(NoZone {
        actors: (left.0, right.0),
        point: touching.then(|| (left.1 + right.1) / 2.0),
        least_slack: if touching {
            0.0
        } else {
            bargain.least(&|x| bargain.shortfalls(x).map(|short| short.max(0.0)).sum())
        },
        least_common_cost: if touching { 0.0 } else { bargain.least(&|x| bargain.shortfalls(x).fold(0.0, f64::max)) },
    }))
}

/// The least cost of no agreement, the same to everyone, at which all accept a place rather than the reference point: 0 where all
/// prefer it anyway.
#[must_use]
pub fn common_cost_for(positions: &Positions, reference: f64, loss: Loss, place: f64) -> f64 {
    let range = positions.scale().range();
    let voices = positions.stands().iter().zip(positions.weights()).filter(|(_, weight)| **weight > 0.0);
    let lost = voices.map(|(stand, _)| {
        let at = |x: f64| loss.of((x - stand.position).abs() / range);
        stand.salience * (at(place) - at(reference))
    });
    lost.fold(0.0, f64::max)
}

impl Bargain {
    fn new(positions: &Positions, options: &NashOptions) -> Result<Self, NashError> {
        let (scale, stands) = (positions.scale(), positions.stands());
        let mut bargain = Bargain { voices: Vec::new(), loss: options.loss, low: scale.low(), high: scale.high() };
        match &options.disagreement {
            Disagreement::Reference { point, costs } => {
                let fits = costs.len() == stands.len() && costs.iter().all(|cost| *cost >= 0.0 && cost.is_finite());
                if !fits || !scale.holds(*point) {
                    return Err(NashError::Disagreement);
                }
            }
            Disagreement::Far { depth } if !depth.is_finite() => return Err(NashError::Disagreement),
            Disagreement::Values(values) if values.len() != stands.len() || !values.iter().all(|v| v.is_finite()) => {
                return Err(NashError::Disagreement);
            }
            Disagreement::Far { .. } | Disagreement::Values(_) => {}
        }
        let equal = positions.equal_weights();
        for (actor, stand) in stands.iter().enumerate() {
            let salience = if equal { 1.0 } else { stand.salience };
            let power = match options.bargaining {
                Bargaining::CapabilitySalience => positions.weights()[actor],
                Bargaining::Capability if equal => 1.0,
                Bargaining::Capability => stand.capability / positions.unit(),
            };
            if power <= 0.0 {
                continue;
            }
            let place = stand.position;
            let value_without = match &options.disagreement {
                Disagreement::Reference { point, costs } => {
                    -salience * options.loss.of((point - place).abs() / scale.range()) - costs[actor]
                }
                Disagreement::Far { depth } => -depth,
                Disagreement::Values(values) => values[actor],
            };
            bargain.voices.push(Voice { actor, place, salience, power, value_without });
        }
        Ok(bargain)
    }

    /// The greatest low end and the least high end of what actors accept, each with its actor.
    fn ends(&self) -> ((usize, f64), (usize, f64)) {
        let first = self.voices.first().map_or(0, |voice| voice.actor);
        let (mut left, mut right) = ((first, self.low), (first, self.high));
        for voice in &self.voices {
            let bearable = -voice.value_without;
            let radius = if bearable < 0.0 {
                // Not even its own position is enough: short by as much, told as a radius below 0.
                -self.loss.inverse(-bearable / voice.salience.max(f64::MIN_POSITIVE))
            } else if voice.salience > 0.0 {
                self.loss.inverse(bearable / voice.salience)
            } else {
                f64::INFINITY
            };
            let reach = radius * (self.high - self.low);
            if voice.place - reach > left.1 {
                left = (voice.actor, voice.place - reach);
            }
            if voice.place + reach < right.1 {
                right = (voice.actor, voice.place + reach);
            }
        }
        (left, right)
    }

    fn distance(&self, voice: &Voice, place: f64) -> f64 {
        (place - voice.place).abs() / (self.high - self.low)
    }

    /// What each actor lacks at a place to be as well off as without agreement; below 0 where it gains.
    fn shortfalls(&self, place: f64) -> impl Iterator<Item = f64> + '_ {
        self.voices
            .iter()
            .map(move |voice| voice.value_without + voice.salience * self.loss.of(self.distance(voice, place)))
    }

    /// The derivative of Σ βᵢ ln(uᵢ − dᵢ), which falls along the zone.
    fn slope(&self, place: f64) -> f64 {
        let pull = |voice: &Voice| {
            let distance = self.distance(voice, place);
            let gain = -voice.salience * self.loss.of(distance) - voice.value_without;
            let steepness = voice.power * voice.salience * self.loss.slope(distance) / gain.max(f64::MIN_POSITIVE);
            if place < voice.place {
                steepness
            } else if place > voice.place {
                -steepness
            } else {
                0.0
            }
        };
        // Actors pull against each other; finite sums even where one gains next to nothing.
        self.voices
            .iter()
            .map(|voice| pull(voice).clamp(-1e300, 1e300))
            .fold(0.0, |sum: f64, one| (sum + one).clamp(-1e300, 1e300))
    }

    fn solution(&self, mut low: f64, mut high: f64) -> f64 {
        for _ in 0..200 {
            let middle = low + (high - low) / 2.0;
            if middle <= low || middle >= high {
                break;
            }
            let slope = self.slope(middle);
            if slope > 0.0 {
                low = middle;
            } else if slope < 0.0 {
                high = middle;
            } else {
                return middle;
            }
        }
        low + (high - low) / 2.0
    }

    /// The least value of a convex function on the scale.
    fn least(&self, value: &dyn Fn(f64) -> f64) -> f64 {
        let (mut low, mut high) = (self.low, self.high);
        let mut least = f64::INFINITY;
        for _ in 0..200 {
            let (first, second) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
            let (at_first, at_second) = (value(first), value(second));
            least = least.min(at_first).min(at_second);
            if at_first <= at_second {
                high = second;
            } else {
                low = first;
            }
        }
        // Kinks of linear loss lie at positions.
        self.voices.iter().map(|voice| value(voice.place)).fold(least, f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mean::Mean;
    use crate::positions::tests::{plain, some};
    use proptest::prelude::*;

    fn options(loss: Loss, disagreement: Disagreement) -> NashOptions {
        NashOptions { loss, bargaining: Bargaining::CapabilitySalience, disagreement }
    }

    fn reference(positions: &Positions, point: f64, cost: f64) -> Disagreement {
        Disagreement::Reference { point, costs: vec![cost; positions.len()] }
    }

    fn value(positions: &Positions, options: &NashOptions) -> f64 {
        match nash(positions, options).unwrap() {
            NashOutcome::Zone { value, .. } => value,
            NashOutcome::NoZone(none) => panic!("{none:?}"),
        }
    }

    #[test]
    fn two_alike_divide_what_is_between_them() {
        let two = plain(&[(0.0, 1.0), (100.0, 1.0)]);
        let all = options(Loss::Linear, reference(&two, 0.0, 1.0));
        // The actor at the reference point accepts all of the scale at that cost; the other wants to be away from it.
        match nash(&two, &all).unwrap() {
            NashOutcome::Zone { low, high, value } => {
                assert_eq!((low, high), (0.0, 100.0));
                // max ln(1 − x) + ln(x + 1): at 0.
                assert!(value.abs() < 1e-6, "{value}");
            }
            NashOutcome::NoZone(none) => panic!("{none:?}"),
        }
    }

    #[test]
    fn an_actor_at_the_reference_point_who_loses_nothing_leaves_only_that_point() {
        let three = plain(&[(30.0, 1.0), (80.0, 1.0), (100.0, 1.0)]);
        let literal = options(Loss::Linear, reference(&three, 30.0, 0.0));
        let NashOutcome::NoZone(none) = nash(&three, &literal).unwrap() else { panic!() };
        assert_eq!((none.actors, none.point), ((0, 0), Some(30.0)));
        assert_eq!((none.least_slack, none.least_common_cost), (0.0, 0.0));
        // A cost of half the scale opens it from 0 to 80.
        let NashOutcome::Zone { low, high, .. } =
            nash(&three, &options(Loss::Linear, reference(&three, 30.0, 0.5))).unwrap()
        else {
            panic!()
        };
        assert!((low, high) == (0.0, 80.0) || (low - 0.0).abs() < 1e-9 && (high - 80.0).abs() < 1e-9, "{low} {high}");
    }

    #[test]
    fn demands_that_do_not_meet_are_named_with_what_they_lack() {
        let two = plain(&[(0.0, 1.0), (100.0, 1.0)]);
        // Each accepts a loss of at most 0.3: up to 30, and from 70.
        let NashOutcome::NoZone(none) =
            nash(&two, &options(Loss::Linear, Disagreement::Values(vec![-0.3, -0.3]))).unwrap()
        else {
            panic!()
        };
        assert_eq!((none.actors, none.point), ((1, 0), None));
        assert!((none.least_slack - 0.4).abs() < 1e-9, "{none:?}");
        assert!((none.least_common_cost - 0.2).abs() < 1e-9, "{none:?}");
    }

    #[test]
    fn what_is_no_disagreement_is_refused() {
        let two = plain(&[(0.0, 1.0), (100.0, 1.0)]);
        let bad = [
            Disagreement::Reference { point: 101.0, costs: vec![0.0, 0.0] },
            Disagreement::Reference { point: 50.0, costs: vec![0.0] },
            Disagreement::Reference { point: 50.0, costs: vec![0.0, -1.0] },
            Disagreement::Values(vec![f64::NAN, 0.0]),
            Disagreement::Far { depth: f64::INFINITY },
        ];
        for bad in bad {
            assert_eq!(nash(&two, &options(Loss::Linear, bad)), Err(NashError::Disagreement));
        }
    }

    #[test]
    fn the_cost_at_which_the_mean_is_accepted() {
        let two = plain(&[(0.0, 1.0), (100.0, 0.5)]);
        assert!((common_cost_for(&two, 0.0, Loss::Linear, 40.0) - 0.4).abs() < 1e-12);
        assert_eq!(common_cost_for(&two, 100.0, Loss::Linear, 100.0), 0.0);
    }

    proptest! {
        #[test]
        fn the_solution_beats_every_other_place_of_the_zone(
            positions in some(8), point in 0.0..100.0_f64, cost in 0.01..1.0_f64, quadratic in any::<bool>(),
        ) {
            let loss = if quadratic { Loss::Quadratic } else { Loss::Linear };
            let options = options(loss, reference(&positions, point, cost));
            let NashOutcome::Zone { low, high, value } = nash(&positions, &options).unwrap() else { return Err(TestCaseError::fail("no zone")) };
            let sum = |x: f64| -> f64 {
                positions.stands().iter().zip(positions.weights()).map(|(s, w)| {
                    let u = |y: f64| -s.salience * loss.of((y - s.position).abs() / 100.0);
                    w * libm::log((u(x) - u(point) + cost).max(1e-300))
                }).sum()
            };
            prop_assert!((low..=high).contains(&value));
            for step in 0..=50 {
                let other = low + (high - low) * f64::from(step) / 50.0;
                prop_assert!(sum(other) <= sum(value) + 1e-9, "{other} {value}");
            }
        }

        #[test]
        fn more_cost_leaves_more_room(positions in some(8), point in 0.0..100.0_f64, cost in 0.01..0.5_f64) {
            let zone = |cost| match nash(&positions, &options(Loss::Quadratic, reference(&positions, point, cost))).unwrap() {
                NashOutcome::Zone { low, high, .. } => (low, high),
                NashOutcome::NoZone(none) => panic!("{none:?}"),
            };
            let (narrow, wide) = (zone(cost), zone(cost * 2.0));
            prop_assert!(wide.0 <= narrow.0 && wide.1 >= narrow.1);
        }

        #[test]
        fn to_whom_no_agreement_costs_more_gives_way(
            positions in some(8), point in 0.0..100.0_f64, cost in 0.1..0.5_f64,
        ) {
            let mut costs = vec![cost; positions.len()];
            let solve = |costs: &[f64]| value(&positions, &options(Loss::Quadratic, Disagreement::Reference { point, costs: costs.to_vec() }));
            let before = solve(&costs);
            costs[0] *= 3.0;
            let (after, own) = (solve(&costs), positions.stands()[0].position);
            prop_assert!((after - own).abs() >= (before - own).abs() - 1e-6, "{before} {after} {own}");
        }

        #[test]
        fn far_from_agreement_quadratic_loss_gives_the_mean(positions in some(10)) {
            let mean = Mean::of(&positions);
            for depth in [1e3, 1e4, 1e5, 1e6] {
                let options = options(Loss::Quadratic, Disagreement::Far { depth });
                let far = value(&positions, &NashOptions { bargaining: Bargaining::Capability, ..options });
                prop_assert!((far - mean.far_disagreement(depth)).abs() <= 100.0 * 4.0 / (depth * depth) + 1e-6);
            }
        }
    }
}
