//! Krippendorff's alpha: how far the agreement of coders lies above what their codes would give by chance.
//!
//! Any number of coders, missing codes, nominal, ordinal and interval codes. Krippendorff, *Content Analysis*, 4th edition (2019),
//! chapter 12: a coincidence matrix of the codes that meet in a unit, and the disagreement in it against that of all codes
//! whatever their unit.

use std::ops::Add;

use schemars::JsonSchema;
use serde::Serialize;

/// What counts as near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Codes are equal or not.
    Nominal,
    /// Codes have an order; two are as far apart as there are codes given between them.
    Ordinal,
    /// Codes are numbers; two are as far apart as the square of their difference.
    Interval,
}

/// The codes that units were given.
#[derive(Clone, Debug, Default)]
pub struct Ratings {
    /// The different codes, ascending.
    codes: Vec<f64>,
    /// For each unit, the places of its codes in `codes`; coders who gave none are left out.
    units: Vec<Vec<usize>>,
}

/// Disagreement within units, and that to be expected if the same codes were spread over the units by chance: sums of distances.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Disagreement {
    observed: f64,
    expected: f64,
    /// The largest distance between two codes.
    largest: f64,
}

impl Disagreement {
    /// Krippendorff's alpha: 1 where all agree, 0 where agreement is that of chance, below where it is less. None where it is not
    /// defined: no unit has two codes, or all codes are the same.
    #[must_use]
    pub fn alpha(self) -> Option<f64> {
        (self.expected > 0.0).then(|| 1.0 - self.observed / self.expected)
    }

    /// The same disagreement in units of the largest distance, so that scales of different length weigh alike when they are added.
    #[must_use]
    pub fn scaled(self) -> Self {
        if self.largest > 0.0 {
            let Disagreement { observed, expected, largest } = self;
            Disagreement { observed: observed / largest, expected: expected / largest, largest: 1.0 }
        } else {
            self
        }
    }
}

impl Add for Disagreement {
    type Output = Self;
    /// The disagreement of two groups of units, each against its own chance.
    fn add(self, other: Self) -> Self {
        Disagreement {
            observed: self.observed + other.observed,
            expected: self.expected + other.expected,
            largest: self.largest.max(other.largest),
        }
    }
}

impl Ratings {
    /// The codes of units, one list a unit, one code a coder who gave one. Codes that are no finite numbers are left out.
    #[must_use]
    pub fn new<U: IntoIterator<Item = f64>>(units: impl IntoIterator<Item = U>) -> Self {
        let finite = |unit: U| unit.into_iter().filter(|code| code.is_finite()).map(|code| code + 0.0);
        let units: Vec<Vec<f64>> = units.into_iter().map(|unit| finite(unit).collect()).collect();
        let mut codes: Vec<f64> = units.iter().flatten().copied().collect();
        codes.sort_by(f64::total_cmp);
        codes.dedup();
        let place = |code: &f64| codes.partition_point(|other| other < code);
        let units = units.iter().map(|unit| unit.iter().map(place).collect()).collect();
        Ratings { codes, units }
    }

    /// Whether any unit has two codes.
    #[must_use]
    pub fn has_pairs(&self) -> bool {
        self.units.iter().any(|unit| unit.len() > 1)
    }

    /// Krippendorff's alpha.
    ///
    /// Cost: the number of codes given, plus the square of the number of different codes.
    #[must_use]
    pub fn alpha(&self, metric: Metric) -> Option<f64> {
        self.disagreement(metric, |_| 1).alpha()
    }

    /// The disagreement if each unit were there as often as `times` says, by its place.
    #[must_use]
    pub fn disagreement(&self, metric: Metric, times: impl Fn(usize) -> u32) -> Disagreement {
        let size = self.codes.len();
        // How often two codes meet in a unit, each unit with the weight of its codes.
        let mut meet = vec![0.0; size * size];
        for (unit, codes) in self.units.iter().enumerate().filter(|(_, codes)| codes.len() > 1) {
            let weight = f64::from(times(unit)) / (codes.len() - 1) as f64;
            for (coder, one) in codes.iter().enumerate() {
                for (other_coder, other) in codes.iter().enumerate() {
                    if coder != other_coder {
                        meet[one * size + other] += weight;
                    }
                }
            }
        }
        let given: Vec<f64> = (0..size).map(|code| meet[code * size..(code + 1) * size].iter().sum()).collect();
        let all: f64 = given.iter().sum();
        let distance = Distances::new(metric, &self.codes, &given);
        let mut sum = Disagreement::default();
        for one in 0..size {
            for other in one + 1..size {
                if given[one] == 0.0 || given[other] == 0.0 {
                    continue;
                }
                let apart = distance.between(one, other);
                sum.observed += 2.0 * meet[one * size + other] * apart;
                sum.expected += 2.0 * given[one] * given[other] * apart / (all - 1.0);
                sum.largest = sum.largest.max(apart);
            }
        }
        sum
    }
}

/// Distances between codes, by their places.
struct Distances<'a> {
    metric: Metric,
    codes: &'a [f64],
    given: &'a [f64],
    /// How many codes were given up to each place, that place included.
    up_to: Vec<f64>,
}

impl<'a> Distances<'a> {
    fn new(metric: Metric, codes: &'a [f64], given: &'a [f64]) -> Self {
        let sum = |total: &mut f64, count: &f64| {
            *total += count;
            Some(*total)
        };
        Distances { metric, codes, given, up_to: given.iter().scan(0.0, sum).collect() }
    }

    /// The distance from one code to a later one.
    fn between(&self, one: usize, other: usize) -> f64 {
        let root = match self.metric {
            Metric::Nominal => 1.0,
            Metric::Ordinal => {
                // The codes given between the two, with half of those given at either end.
                self.up_to[other] - self.up_to[one] + (self.given[one] - self.given[other]) / 2.0
            }
            Metric::Interval => self.codes[other] - self.codes[one],
        };
        root * root
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// No code.
    const X: f64 = f64::NAN;

    /// Four observers, twelve units: the worked example of Krippendorff (2019), section 12.3.
    const EXAMPLE: [[f64; 12]; 4] = [
        [1., 2., 3., 3., 2., 1., 4., 1., 2., X, X, X],
        [1., 2., 3., 3., 2., 2., 4., 1., 2., 5., X, 3.],
        [X, 3., 3., 3., 2., 3., 4., 2., 2., 5., 1., X],
        [1., 2., 3., 3., 2., 4., 4., 1., 2., 5., 1., X],
    ];

    #[test]
    fn the_worked_example_of_the_literature() {
        let ratings = Ratings::new((0..12).map(|unit| EXAMPLE.map(|observer| observer[unit])));
        let rounded = |metric| (ratings.alpha(metric).unwrap() * 1000.0).round() / 1000.0;
        assert_eq!([Metric::Nominal, Metric::Ordinal, Metric::Interval].map(rounded), [0.743, 0.815, 0.849]);
    }

    #[test]
    fn full_agreement_is_one_and_no_variation_is_not_defined() {
        let alpha = |units: &[[f64; 2]]| Ratings::new(units.iter().copied()).alpha(Metric::Ordinal);
        assert_eq!(alpha(&[[1., 1.], [2., 2.]]), Some(1.0));
        assert_eq!(alpha(&[[1., 1.], [1., 1.]]), None, "nothing varies");
        assert_eq!(alpha(&[[1., X], [X, 2.]]), None, "no unit has two codes");
        assert_eq!(alpha(&[]), None);
        assert!(alpha(&[[1., 2.], [2., 1.]]).unwrap() < 0.0, "less than chance");
    }

    /// Alpha by its plain definition: the mean distance of the pairs within units against that of all pairs.
    fn by_definition(units: &[Vec<f64>], metric: Metric) -> Option<f64> {
        let units: Vec<&Vec<f64>> = units.iter().filter(|unit| unit.len() > 1).collect();
        let all: Vec<f64> = units.iter().flat_map(|unit| unit.iter().copied()).collect();
        let apart = |a: f64, b: f64| match metric {
            Metric::Nominal => f64::from(u8::from(a != b)),
            Metric::Interval => (a - b) * (a - b),
            Metric::Ordinal => {
                let count = |code: f64| all.iter().filter(|other| **other == code).count() as f64;
                let between = all.iter().filter(|code| a.min(b) <= **code && **code <= a.max(b)).count() as f64;
                if a == b { 0.0 } else { (between - (count(a) + count(b)) / 2.0).powi(2) }
            }
        };
        let pairs = |codes: &[f64]| -> f64 { codes.iter().flat_map(|a| codes.iter().map(|b| apart(*a, *b))).sum() };
        let observed: f64 = units.iter().map(|unit| pairs(unit) / (unit.len() - 1) as f64).sum();
        let expected = pairs(&all) / (all.len() as f64 - 1.0);
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }

    fn metrics() -> impl Strategy<Value = Metric> {
        prop_oneof![Just(Metric::Nominal), Just(Metric::Ordinal), Just(Metric::Interval)]
    }

    fn units() -> impl Strategy<Value = Vec<Vec<f64>>> {
        let code = (0..7_i8).prop_map(f64::from);
        prop::collection::vec(prop::collection::vec(code, 0..5), 0..14)
    }

    fn close(a: Option<f64>, b: Option<f64>) -> bool {
        match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-9,
            (a, b) => a == b,
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn it_is_what_the_definition_says(units in units(), metric in metrics()) {
            let found = Ratings::new(units.iter().cloned()).alpha(metric);
            prop_assert!(close(found, by_definition(&units, metric)), "{found:?} {:?}", by_definition(&units, metric));
        }

        #[test]
        fn it_does_not_depend_on_who_coded_or_in_which_order(units in units(), metric in metrics()) {
            let reversed = units.iter().rev().map(|unit| unit.iter().rev().copied().collect::<Vec<_>>());
            let (one, other) = (Ratings::new(units.iter().cloned()).alpha(metric), Ratings::new(reversed).alpha(metric));
            prop_assert!(close(one, other));
        }

        #[test]
        fn ordinal_alpha_depends_on_the_order_alone(units in units()) {
            let stretched = units.iter().map(|unit| unit.iter().map(|code| code * code * code).collect::<Vec<_>>());
            let (one, other) = (Ratings::new(units.iter().cloned()), Ratings::new(stretched));
            prop_assert_eq!(one.alpha(Metric::Ordinal), other.alpha(Metric::Ordinal));
        }

        #[test]
        fn a_unit_that_counts_twice_is_two_units(units in units(), metric in metrics(), again in 0..14_usize) {
            let counted = Ratings::new(units.iter().cloned())
                .disagreement(metric, |unit| if unit == again { 2 } else { 1 });
            let twice = units.iter().chain(units.get(again)).cloned();
            prop_assert!(close(counted.alpha(), Ratings::new(twice).alpha(metric)));
        }

        #[test]
        fn scaling_does_not_change_alpha(units in units(), metric in metrics()) {
            let sum = Ratings::new(units).disagreement(metric, |_| 1);
            prop_assert!(close(sum.alpha(), sum.scaled().alpha()));
        }
    }
}
