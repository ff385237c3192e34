//! Where actors stand on one issue.

use std::fmt;

/// The scale of an issue: two finite ends, the first below the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// The scale from 0 to 100, on which benchmarks are coded.
    pub const PERCENT: Scale = Scale { low: 0.0, high: 100.0 };

    /// A scale; none unless both ends are at most 10¹² from 0 and in order, with a thousand-millionth of the greater between them.
    #[must_use]
    pub fn new(low: f64, high: f64) -> Option<Self> {
        let reach = low.abs().max(high.abs());
        (reach <= 1e12 && high - low > reach * 1e-9).then_some(Scale { low, high })
    }

    /// The low end.
    #[must_use]
    pub fn low(self) -> f64 {
        self.low
    }

    /// The high end.
    #[must_use]
    pub fn high(self) -> f64 {
        self.high
    }

    /// The length of the scale, above 0.
    #[must_use]
    pub fn range(self) -> f64 {
        self.high - self.low
    }

    /// Whether a place is on the scale.
    #[must_use]
    pub fn holds(self, place: f64) -> bool {
        place >= self.low && place <= self.high
    }

    /// The nearest place on the scale.
    #[must_use]
    pub fn clip(self, place: f64) -> f64 {
        place.clamp(self.low, self.high)
    }

    /// A place of this scale on the scale from 0 to 100.
    #[must_use]
    pub fn to_percent(self, place: f64) -> f64 {
        100.0 * (place - self.low) / self.range()
    }

    /// A place of the scale from 0 to 100 on this scale.
    #[must_use]
    pub fn from_percent(self, place: f64) -> f64 {
        self.low + self.range() * place / 100.0
    }
}

/// One actor on one issue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    /// Its position, on the scale of the issue.
    pub position: f64,
    /// How much of its effort it would spend on the issue, from 0 to 1.
    pub salience: f64,
    /// How much it can do, at least 0, in any unit: only ratios matter.
    pub capability: f64,
}

/// Where actors stand on one issue. At least one actor; all numbers in their ranges; weights are not all 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Positions {
    stands: Vec<Stand>,
    scale: Scale,
    /// Capability × salience over the greatest capability, or 1 each where all of that is 0.
    weights: Vec<f64>,
    total: f64,
    equal_weights: bool,
}

/// Why some numbers are no positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionsError {
    /// There is no actor.
    NoActor,
    /// The position of this actor is outside the scale, or no number.
    Position(usize),
    /// The salience of this actor is not between 0 and 1.
    Salience(usize),
    /// The capability of this actor is below 0, above 10¹⁵, or no number.
    Capability(usize),
}

impl fmt::Display for PositionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PositionsError::NoActor => f.write_str("there is no actor with a position"),
            PositionsError::Position(actor) => write!(f, "the position of actor {actor} is outside the scale"),
            PositionsError::Salience(actor) => write!(f, "the salience of actor {actor} is not between 0 and 1"),
            PositionsError::Capability(actor) => {
                write!(f, "the capability of actor {actor} is not between 0 and a million thousand million")
            }
        }
    }
}

impl std::error::Error for PositionsError {}

/// The greatest capability: far above any count of troops or dollars, and sums of them stay finite.
const MOST_CAPABILITY: f64 = 1e15;

impl Positions {
    /// Positions on a scale.
    ///
    /// # Errors
    /// See [`PositionsError`].
    pub fn new(stands: Vec<Stand>, scale: Scale) -> Result<Self, PositionsError> {
        if stands.is_empty() {
            return Err(PositionsError::NoActor);
        }
        for (actor, stand) in stands.iter().enumerate() {
            if !scale.holds(stand.position) {
                return Err(PositionsError::Position(actor));
            }
            if !(0.0..=1.0).contains(&stand.salience) {
                return Err(PositionsError::Salience(actor));
            }
            if !(0.0..=MOST_CAPABILITY).contains(&stand.capability) {
                return Err(PositionsError::Capability(actor));
            }
        }
        Ok(Positions::of_valid(stands, scale))
    }

    fn of_valid(stands: Vec<Stand>, scale: Scale) -> Self {
        let most = stands.iter().map(|stand| stand.capability).fold(0.0, f64::max);
        let weight = |stand: &Stand| if most > 0.0 { stand.capability / most * stand.salience } else { 0.0 };
        let mut weights: Vec<f64> = stands.iter().map(weight).collect();
        let mut total: f64 = weights.iter().sum();
        let equal_weights = total <= f64::MIN_POSITIVE;
        if equal_weights {
            weights.fill(1.0);
            total = weights.len() as f64;
        }
        Positions { stands, scale, weights, total, equal_weights }
    }

    /// The same actors with other numbers. What falls outside its range is clipped to it; what is no number changes nothing.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut [Stand])) -> Self {
        let mut stands = self.stands.clone();
        change(&mut stands);
        let number = |new: f64, old: f64| if new.is_nan() { old } else { new };
        for (stand, old) in stands.iter_mut().zip(&self.stands) {
            stand.position = self.scale.clip(number(stand.position, old.position));
            stand.salience = number(stand.salience, old.salience).clamp(0.0, 1.0);
            stand.capability = number(stand.capability, old.capability).clamp(0.0, MOST_CAPABILITY);
        }
        Positions::of_valid(stands, self.scale)
    }

    /// The same with one actor at another position, clipped to the scale.
    #[must_use]
    pub fn with_position(&self, actor: usize, position: f64) -> Self {
        self.with(|stands| {
            if let Some(stand) = stands.get_mut(actor) {
                stand.position = position;
            }
        })
    }

    /// The actors, in order.
    #[must_use]
    pub fn stands(&self) -> &[Stand] {
        &self.stands
    }

    /// The number of actors, at least 1.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always an actor")]
    pub fn len(&self) -> usize {
        self.stands.len()
    }

    /// The scale.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The weights, capability × salience, in units of the greatest capability: not all 0.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The sum of the weights, above 0.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.total
    }

    /// Whether all of capability × salience is 0, so that all actors weigh the same.
    #[must_use]
    pub fn equal_weights(&self) -> bool {
        self.equal_weights
    }

    /// Whether all actors with a weight stand at one place, so that every model returns it.
    #[must_use]
    pub fn unanimous(&self) -> bool {
        let (low, high) = self.hull();
        low == high
    }

    /// The least and the greatest position of actors with a weight.
    #[must_use]
    pub fn hull(&self) -> (f64, f64) {
        let weighed = self.stands.iter().zip(&self.weights).filter(|(_, weight)| **weight > 0.0);
        weighed.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (stand, _)| {
            (low.min(stand.position), high.max(stand.position))
        })
    }

    /// The greatest capability: the unit of [`Positions::weights`]; 1 where all weigh the same for want of any.
    #[must_use]
    pub fn unit(&self) -> f64 {
        let most = self.stands.iter().map(|stand| stand.capability).fold(0.0, f64::max);
        if most > 0.0 { most } else { 1.0 }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Some actors on the scale from 0 to 100, many of them at the same places.
    pub(crate) fn some(most: usize) -> impl Strategy<Value = Positions> {
        let place = prop_oneof![(0_u8..=20).prop_map(|step| 5.0 * f64::from(step)), 0.0..=100.0];
        let one = (place, 0.01..=1.0, 0.01..=10.0).prop_map(|(position, salience, capability)| Stand {
            position,
            salience,
            capability,
        });
        proptest::collection::vec(one, 1..=most).prop_map(|stands| Positions::new(stands, Scale::PERCENT).unwrap())
    }

    /// Positions with equal capability.
    pub(crate) fn plain(rows: &[(f64, f64)]) -> Positions {
        let stands =
            rows.iter().map(|(position, salience)| Stand { position: *position, salience: *salience, capability: 1.0 });
        Positions::new(stands.collect(), Scale::PERCENT).unwrap()
    }

    #[test]
    fn numbers_outside_their_ranges_are_refused() {
        let good = Stand { position: 10.0, salience: 0.5, capability: 1.0 };
        let with = |stand: Stand| Positions::new(vec![good, stand], Scale::PERCENT).map(|_| ());
        assert_eq!(with(good), Ok(()));
        assert_eq!(Positions::new(vec![], Scale::PERCENT), Err(PositionsError::NoActor));
        for position in [-0.1, 100.1, f64::NAN, f64::INFINITY] {
            assert_eq!(with(Stand { position, ..good }), Err(PositionsError::Position(1)));
        }
        for salience in [-0.1, 1.1, f64::NAN] {
            assert_eq!(with(Stand { salience, ..good }), Err(PositionsError::Salience(1)));
        }
        for capability in [-1.0, 1e16, f64::INFINITY, f64::NAN] {
            assert_eq!(with(Stand { capability, ..good }), Err(PositionsError::Capability(1)));
        }
        for (low, high) in [(1.0, 1.0), (1.0, 0.0), (f64::NAN, 1.0), (0.0, f64::INFINITY), (1e12, 1e12 + 1.0)] {
            assert_eq!(Scale::new(low, high), None, "{low} {high}");
        }
    }

    #[test]
    fn without_any_weight_all_weigh_the_same_and_it_is_said() {
        let nothing = plain(&[(0.0, 0.0), (50.0, 0.0)]);
        assert!(nothing.equal_weights());
        assert_eq!((nothing.weights(), nothing.total()), ([1.0, 1.0].as_slice(), 2.0));
        assert!(!plain(&[(0.0, 0.0), (50.0, 0.1)]).equal_weights());
    }

    #[test]
    fn huge_and_tiny_capabilities_keep_their_ratios() {
        let stand = |capability| Stand { position: 0.0, salience: 1.0, capability };
        for unit in [1e-300, 1.0, 5e14] {
            let two = Positions::new(vec![stand(unit), stand(2.0 * unit)], Scale::PERCENT).unwrap();
            assert_eq!(two.weights(), [0.5, 1.0]);
        }
    }

    #[test]
    fn changed_numbers_are_clipped() {
        let changed = plain(&[(20.0, 0.5), (30.0, 0.5)]).with(|stands| {
            stands[0] = Stand { position: 300.0, salience: -1.0, capability: f64::NAN };
        });
        assert_eq!(changed.stands()[0], Stand { position: 100.0, salience: 0.0, capability: 1.0 });
        assert_eq!(changed.hull(), (30.0, 30.0));
    }

    proptest! {
        #[test]
        fn places_go_to_percent_and_back(low in -1e6..1e6_f64, range in 1.0..1e6_f64, share in 0.0..=1.0_f64) {
            let scale = Scale::new(low, low + range).unwrap();
            let place = low + share * range;
            prop_assert!((scale.from_percent(scale.to_percent(place)) - place).abs() < 1e-6);
        }
    }
}
