//! The compromise model: the mean of positions, weighted by capability × salience (van den Bos 1991; Achen 2006).
//!
//! Everything that follows from it is exact, so nothing here is found by running it again.

use crate::positions::Positions;

/// The weighted mean of some positions, μ = Σ wᵢxᵢ / W, which minimises Σ wᵢ(x − xᵢ)².
#[derive(Clone, Copy, Debug)]
pub struct Mean<'p> {
    positions: &'p Positions,
    value: f64,
}

/// How far one actor alone would have to move.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// By how much, on the scale of the issue.
    pub by: f64,
    /// Whether it then still stands on the scale.
    pub on_scale: bool,
}

/// What weight one actor would need for a stated outcome, its position unchanged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightNeeded {
    /// The share of the greatest capability that capability × salience has to be.
    pub weight: f64,
    /// The salience that gives this weight with the capability it has; above 1 where none does.
    pub salience: f64,
}

impl<'p> Mean<'p> {
    /// The mean of some positions. Cost: one pass.
    #[must_use]
    pub fn of(positions: &'p Positions) -> Self {
        let pulls = positions.stands().iter().zip(positions.weights());
        let (low, high) = positions.hull();
        // Weights of which most underflow can take the quotient a last bit outside.
        let value =
            (pulls.map(|(stand, weight)| stand.position * weight).sum::<f64>() / positions.total()).clamp(low, high);
        Mean { positions, value }
    }

    /// The mean, on the scale of the issue.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value
    }

    /// The share of an actor in all weight: by so much of its own shift the mean moves (∂μ/∂xᵢ).
    #[must_use]
    pub fn share(&self, actor: usize) -> f64 {
        self.positions.weights()[actor] / self.positions.total()
    }

    /// ∂μ/∂sᵢ: how the mean moves with the salience of an actor. 0 where all weigh the same for want of weights.
    #[must_use]
    pub fn by_salience(&self, actor: usize) -> f64 {
        if self.positions.equal_weights() {
            return 0.0;
        }
        let stand = &self.positions.stands()[actor];
        stand.capability / self.positions.unit() * (stand.position - self.value) / self.positions.total()
    }

    /// ∂μ/∂cᵢ: how the mean moves with the capability of an actor, in the unit in which that is given.
    #[must_use]
    pub fn by_capability(&self, actor: usize) -> f64 {
        if self.positions.equal_weights() {
            return 0.0;
        }
        let stand = &self.positions.stands()[actor];
        stand.salience * (stand.position - self.value) / (self.positions.total() * self.positions.unit())
    }

    /// The shift of one actor alone that moves the mean by `by`: `by` × W / wᵢ. None for an actor without weight.
    #[must_use]
    pub fn least_shift(&self, actor: usize, by: f64) -> Option<Shift> {
        let share = self.share(actor);
        (share > 0.0).then(|| {
            let shift = by / share;
            let place = self.positions.stands()[actor].position + shift;
            Shift { by: shift, on_scale: self.positions.scale().holds(place) }
        })
    }

    /// The mean without one actor: μ − wᵢ(xᵢ − μ)/(W − wᵢ). None where no weight is left.
    #[must_use]
    pub fn without(&self, actor: usize) -> Option<f64> {
        let weight = self.positions.weights()[actor];
        let others: f64 = self.others(actor).map(|(_, weight)| weight).sum();
        (others > 0.0)
            .then(|| self.value - weight * (self.positions.stands()[actor].position - self.value) / others)
            .map(|place| self.positions.scale().clip(place))
    }

    /// The weight with which one actor alone would take the mean to a place: W₋ᵢ(t − μ₋ᵢ)/(xᵢ − t). None where no weight does.
    #[must_use]
    pub fn weight_needed(&self, actor: usize, target: f64) -> Option<WeightNeeded> {
        let stand = &self.positions.stands()[actor];
        let others: f64 = self.others(actor).map(|(_, weight)| weight).sum();
        let weight = others * (target - self.without(actor)?) / (stand.position - target);
        (weight >= 0.0 && weight.is_finite()).then(|| {
            let capability = stand.capability / self.positions.unit();
            WeightNeeded { weight, salience: weight / capability }
        })
    }

    fn others(&self, actor: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.positions.weights().iter().copied().enumerate().filter(move |(other, _)| *other != actor)
    }

    /// The joint shift of all actors that moves the mean by `by` with the least sum of squares: Δᵢ = `by` W wᵢ / Σ wₖ².
    /// Scale ends are not looked at.
    #[must_use]
    pub fn joint_shift(&self, by: f64) -> Vec<f64> {
        let squares: f64 = self.positions.weights().iter().map(|weight| weight * weight).sum();
        self.positions.weights().iter().map(|weight| by * self.positions.total() * weight / squares).collect()
    }

    /// The joint shift that moves the mean by `by` with the least cost, where a unit of shift of actor i costs `costs[i]` (above 0):
    /// actors in falling order of weight over cost, each up to the end of the scale. None where all together cannot do it.
    #[must_use]
    pub fn cheapest_shift(&self, by: f64, costs: &[f64]) -> Option<Vec<f64>> {
        let (stands, scale) = (self.positions.stands(), self.positions.scale());
        let worth = |actor: usize| self.positions.weights()[actor] / costs.get(actor).copied().unwrap_or(f64::INFINITY);
        let mut order: Vec<usize> = (0..stands.len()).collect();
        order.sort_by(|a, b| worth(*b).total_cmp(&worth(*a)));
        let mut shifts = vec![0.0; stands.len()];
        let mut missing = by;
        for actor in order {
            let share = self.share(actor);
            if missing == 0.0 || share <= 0.0 {
                break;
            }
            let end = if by > 0.0 { scale.high() } else { scale.low() };
            let room = end - stands[actor].position;
            let wanted = missing / share;
            shifts[actor] = if wanted.abs() <= room.abs() { wanted } else { room };
            missing = if wanted.abs() <= room.abs() { 0.0 } else { missing - room * share };
        }
        (missing.abs() <= 1e-12 * by.abs()).then_some(shifts)
    }

    /// Where the Nash solution with quadratic loss lies when no agreement is worth −D to everyone, to first order in 1/D:
    /// μ + Σ wᵢsᵢ(xᵢ − μ)³ / (R²DW). It tends to the mean as D grows; for no other loss does it.
    #[must_use]
    pub fn far_disagreement(&self, depth: f64) -> f64 {
        let range = self.positions.scale().range();
        let pulls = self.positions.stands().iter().zip(self.positions.weights()).map(|(stand, weight)| {
            let away = stand.position - self.value;
            weight * stand.salience * away * away * away
        });
        self.value + pulls.sum::<f64>() / (range * range * depth * self.positions.total())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::positions::tests::{plain, some};
    use crate::positions::{Scale, Stand};
    use proptest::prelude::*;

    fn mean(positions: &Positions) -> f64 {
        Mean::of(positions).value()
    }

    #[test]
    fn the_example_of_the_page() {
        let two = plain(&[(0.0, 0.25), (100.0, 0.75)]);
        let mean = Mean::of(&two);
        assert_eq!(mean.value(), 75.0);
        assert_eq!((mean.share(0), mean.share(1)), (0.25, 0.75));
        assert_eq!(mean.least_shift(0, 10.0), Some(Shift { by: 40.0, on_scale: true }));
        assert_eq!(mean.least_shift(1, 10.0).map(|shift| shift.on_scale), Some(false));
        assert_eq!(mean.without(1), Some(0.0));
        assert_eq!(mean.weight_needed(0, 50.0), Some(WeightNeeded { weight: 0.75, salience: 0.75 }));
        assert_eq!(mean.weight_needed(0, 0.0), None);
    }

    #[test]
    fn an_actor_without_weight_moves_nothing() {
        let three = plain(&[(0.0, 1.0), (100.0, 1.0), (30.0, 0.0)]);
        assert_eq!(Mean::of(&three).least_shift(2, 1.0), None);
        assert_eq!(Mean::of(&three).without(2), Some(50.0));
        assert_eq!(Mean::of(&plain(&[(10.0, 1.0)])).without(0), None);
    }

    #[test]
    fn the_cheapest_joint_shift_fills_the_heaviest_first() {
        let two = plain(&[(90.0, 1.0), (50.0, 0.5)]);
        let shifts = Mean::of(&two).cheapest_shift(10.0, &[1.0, 1.0]).unwrap();
        assert_eq!(shifts[0], 10.0);
        assert!((shifts[1] - 10.0).abs() < 1e-9);
        assert_eq!(Mean::of(&two).cheapest_shift(90.0, &[1.0, 1.0]), None);
    }

    proptest! {
        #[test]
        fn it_lies_in_the_hull_and_order_does_not_matter(positions in some(12)) {
            let (low, high) = positions.hull();
            prop_assert!((low..=high).contains(&mean(&positions)));
            let reversed: Vec<Stand> = positions.stands().iter().rev().copied().collect();
            let reversed = Positions::new(reversed, Scale::PERCENT).unwrap();
            prop_assert!((mean(&positions) - mean(&reversed)).abs() < 1e-9);
        }

        #[test]
        fn it_goes_with_the_scale_and_not_with_the_unit_of_capability(positions in some(12), unit in 0.001..1000.0_f64) {
            let stands = positions.stands().iter().map(|s| Stand { position: 3.0 - 0.02 * s.position, capability: s.capability * unit, ..*s });
            let other = Positions::new(stands.collect(), Scale::new(1.0, 3.0).unwrap()).unwrap();
            prop_assert!((mean(&other) - (3.0 - 0.02 * mean(&positions))).abs() < 1e-9);
        }

        #[test]
        fn closed_forms_are_what_running_it_again_gives(positions in some(12), actor in any::<prop::sample::Index>(), by in -5.0..5.0_f64) {
            let (actor, of) = (actor.index(positions.len()), Mean::of(&positions));
            let step = 1e-6;
            let inner = positions.with(|stands| stands[actor].salience = stands[actor].salience.min(0.99));
            let of_inner = Mean::of(&inner);
            let salience = inner.with(|stands| stands[actor].salience += step);
            prop_assert!(((mean(&salience) - of_inner.value()) / step - of_inner.by_salience(actor)).abs() < 1e-2);
            let capability = positions.with(|stands| stands[actor].capability += step);
            prop_assert!(((mean(&capability) - of.value()) / step - of.by_capability(actor)).abs() < 1e-2);
            let shift = of.least_shift(actor, by).unwrap();
            if shift.on_scale {
                let moved = positions.with_position(actor, positions.stands()[actor].position + shift.by);
                prop_assert!((mean(&moved) - of.value() - by).abs() < 1e-9);
            }
            if positions.len() > 1 {
                let rest = positions.stands().iter().enumerate().filter(|(i, _)| *i != actor).map(|(_, s)| *s);
                let rest = Positions::new(rest.collect(), Scale::PERCENT).unwrap();
                prop_assert!((mean(&rest) - of.without(actor).unwrap()).abs() < 1e-7);
            }
        }

        #[test]
        fn the_weight_needed_takes_it_there(positions in some(8), target in 0.0..100.0_f64) {
            if let Some(needed) = Mean::of(&positions).weight_needed(0, target) && needed.salience <= 1.0 {
                let there = positions.with(|stands| stands[0].salience = needed.salience);
                prop_assert!((mean(&there) - target).abs() < 1e-6);
            }
        }

        #[test]
        fn joint_shifts_move_it_by_what_was_asked(positions in some(12), by in -20.0..20.0_f64) {
            let of = Mean::of(&positions);
            let moved = |shifts: &[f64]| -> f64 { shifts.iter().enumerate().map(|(i, d)| d * of.share(i)).sum() };
            prop_assert!((moved(&of.joint_shift(by)) - by).abs() < 1e-9);
            if let Some(shifts) = of.cheapest_shift(by, &vec![1.0; positions.len()]) {
                prop_assert!((moved(&shifts) - by).abs() < 1e-9);
                let least = of.joint_shift(by);
                let sum = |shifts: &[f64]| shifts.iter().map(|d| d.abs()).sum::<f64>();
                let squares = |shifts: &[f64]| shifts.iter().map(|d| d * d).sum::<f64>();
                prop_assert!(squares(&least) <= squares(&shifts) + 1e-9);
                let inside = least.iter().zip(positions.stands()).all(|(d, s)| Scale::PERCENT.holds(s.position + d));
                prop_assert!(!inside || sum(&shifts) <= sum(&least) + 1e-9);
            }
        }

        #[test]
        fn an_actor_split_in_two_weighs_the_same(positions in some(8), share in 0.1..0.9_f64) {
            let mut stands = positions.stands().to_vec();
            let first = stands[0];
            stands[0].capability *= share;
            stands.push(Stand { capability: first.capability * (1.0 - share), ..first });
            let split = Positions::new(stands, Scale::PERCENT).unwrap();
            prop_assert!((mean(&split) - mean(&positions)).abs() < 1e-9);
        }
    }
}
