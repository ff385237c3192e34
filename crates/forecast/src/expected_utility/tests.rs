use proptest::prelude::*;

use super::options::{Denominator, OfferRule, Options, Outcome, Security, SecurityCompare, Stop, Tie};
use super::*;
use crate::positions::tests::some;
use crate::positions::{Scale, Stand};

/// Years of delay before the strict standard for car emissions (Bueno de Mesquita 1994; table 1 of Scholz et al. 2011).
fn emissions() -> Positions {
    const TABLE: [(f64, f64, f64); 10] = [
        (0.08, 4.0, 0.8),
        (0.08, 7.0, 0.4),
        (0.03, 4.0, 0.2),
        (0.16, 4.0, 0.8),
        (0.16, 10.0, 0.6),
        (0.16, 10.0, 0.6),
        (0.16, 10.0, 0.9),
        (0.05, 7.0, 0.1),
        (0.05, 4.0, 1.0),
        (0.08, 7.0, 0.7),
    ];
    let stands = TABLE.map(|(capability, position, salience)| Stand { position, salience, capability });
    Positions::new(stands.to_vec(), Scale::new(4.0, 10.0).unwrap()).unwrap()
}

fn run(positions: &Positions, options: &Options) -> Run {
    expected_utility(positions, options).unwrap()
}

/// Forecasts of ten rounds, the last one again where nobody moves any more.
fn ten(options: &Options, told: impl Fn(&Round) -> f64) -> Vec<f64> {
    let rounds: Vec<f64> = run(&emissions(), options).rounds.iter().map(told).collect();
    (0..10).map(|round| rounds[round.min(rounds.len() - 1)]).collect()
}

fn assert_trace(options: &Options, medians: &[f64], means: &[f64]) {
    let near = |found: Vec<f64>, expected: &[f64]| {
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.000_051), "{found:.4?} {expected:?}");
    };
    near(ten(options, |round| round.mean), means);
    near(ten(options, |round| round.median.label()), medians);
}

#[test]
fn the_published_table_is_met_as_programmed() {
    assert_trace(
        &Options::PROGRAMMED,
        &[8.4159, 9.6109, 9.9620, 9.9620, 9.9620, 7.4720, 8.8246, 9.6711, 9.6711, 7.0000],
        &[7.4613, 7.5525, 7.5901, 7.3581, 7.3492, 7.4149, 7.5105, 7.5724, 7.3250, 7.2421],
    );
    // As printed by Scholz et al., to a tenth, but for the median of round 2 (9.9), which no reading gives.
    let printed = [7.4, 7.5, 7.6, 7.3, 7.3, 7.4, 7.5, 7.6];
    for (found, printed) in ten(&Options::PROGRAMMED, |round| round.mean).iter().zip(printed) {
        assert!((found - printed).abs() < 0.1);
    }
}

#[test]
fn places_of_the_first_rounds_as_programmed() {
    let places = |rounds| run(&emissions(), &Options { stop: Stop::Rounds(rounds), ..Options::PROGRAMMED }).places;
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 0.000_051, "{found} {expected}");
    for (found, expected) in places(1).iter().zip([4.0, 8.4159, 7.0, 4.0, 10.0, 10.0, 10.0, 4.0, 4.0, 7.0]) {
        near(*found, expected);
    }
    let second = places(2);
    for (actor, place) in [(1, 9.6109), (2, 8.4159), (7, 7.0)] {
        near(second[actor], place);
    }
    let fourth = places(4);
    for (actor, place) in [(1, 4.8009), (2, 9.9620), (7, 9.6109)] {
        near(fourth[actor], place);
    }
}

#[test]
fn the_printed_equations_lead_elsewhere() {
    assert_trace(
        &Options::PRINTED,
        &[7.0; 10],
        &[7.5502, 7.4231, 7.2756, 7.2546, 7.2358, 7.2228, 7.2184, 7.3024, 7.2295, 7.1994],
    );
}

#[test]
fn other_readings_lead_elsewhere_again() {
    assert_trace(
        &Options { offer: OfferRule::CodeOrder, ..Options::PRINTED },
        &[7.0; 10],
        &[7.6038, 7.0266, 7.0, 7.0, 7.0, 7.0, 7.0, 7.0, 7.0, 7.0],
    );
    // With votes on all pairs and least moves Belgium nears 10 so fast that after round 6 it is away by 10⁻¹³, and what follows is the
    // rounding of whoever computes it. Here places so near are one place.
    let all_pairs = Options { denominator: Denominator::AllPairs, ..Options::PRINTED };
    let near = |found: &[f64], expected: [f64; 6]| {
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.000_051), "{found:.4?} {expected:?}");
    };
    for capitulation in [true, false] {
        let options = Options { capitulation, ..all_pairs };
        near(&ten(&options, |round| round.median.label()), [8.4159, 9.4747, 9.9318, 9.9988, 10.0, 10.0]);
        near(&ten(&options, |round| round.mean), [7.4680, 7.5253, 7.5477, 7.5521, 7.5539, 7.5560]);
    }
}

#[test]
fn one_place_is_a_fixed_point() {
    let one =
        Positions::new(vec![Stand { position: 30.0, salience: 1.0, capability: 1.0 }; 3], Scale::PERCENT).unwrap();
    let run = run(&one, &Options::PRINTED);
    assert_eq!((run.status, run.value, run.range), (Status::FixedPoint(0), 30.0, (30.0, 30.0)));
}

#[test]
fn options_out_of_range_are_refused() {
    let bad = |options: Options| expected_utility(&emissions(), &options).unwrap_err();
    assert_eq!(bad(Options { stays: 1.5, ..Options::PRINTED }), OptionsError::Stays);
    assert_eq!(bad(Options { anchor: Anchor::Reference(11.0), ..Options::PRINTED }), OptionsError::Reference);
    assert_eq!(bad(Options { stop: Stop::Rounds(0), ..Options::PRINTED }), OptionsError::Rounds);
    assert_eq!(bad(Options { stop: Stop::Settles(1001), ..Options::PRINTED }), OptionsError::Rounds);
}

/// The first round from its definition: every challenge by a sum over all voters.
mod by_definition {
    use super::*;

    pub struct World {
        pub x: Vec<f64>,
        pub w: Vec<f64>,
        pub s: Vec<f64>,
        pub range: f64,
        pub median: f64,
    }

    impl World {
        pub fn new(positions: &Positions, options: &Options) -> Self {
            let x: Vec<f64> = positions.stands().iter().map(|s| s.position).collect();
            let hull =
                x.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h): (f64, f64), p| (l.min(*p), h.max(*p)));
            let range = if options.range == RangeRule::Scale { positions.scale().range() } else { hull.1 - hull.0 };
            World {
                x,
                w: positions.weights().to_vec(),
                s: positions.stands().iter().map(|s| s.salience).collect(),
                range,
                median: Median::of(positions).label(),
            }
        }

        fn votes(&self, i: usize, j: usize, r: &[f64]) -> f64 {
            let distance = |k: usize, j: usize| libm::pow((self.x[k] - self.x[j]).abs() / self.range, r[k]);
            (0..self.x.len()).map(|k| (self.w[k] * (distance(k, j) - distance(k, i))).max(0.0)).sum()
        }

        pub fn chance(&self, i: usize, j: usize, r: &[f64], denominator: Denominator) -> f64 {
            let n = self.x.len();
            let of = match denominator {
                Denominator::Pairwise => self.votes(i, j, r) + self.votes(j, i, r),
                Denominator::AllPairs => (0..n)
                    .flat_map(|a| (0..n).map(move |b| (a, b)))
                    .map(|(a, b)| self.votes(a, b, r) + self.votes(b, a, r))
                    .sum(),
            };
            self.votes(i, j, r) / of
        }

        /// E(i→j) from a view.
        pub fn expected(&self, i: usize, j: usize, view: f64, r: &[f64], options: &Options) -> f64 {
            let d = (self.x[i] - self.x[j]).abs() / self.range;
            let u = |base: f64| 2.0 - 4.0 * libm::pow(base, view);
            let (p, s, q) = (self.chance(i, j, r, options.denominator), self.s[j], options.stays);
            let (success, failure) = (u(0.5 - d / 2.0), u(0.5 + d / 2.0));
            let to_median = (self.x[i] - self.median).abs();
            let quarter = 0.25 * (to_median / self.range + d);
            let changed = if to_median < (self.x[i] - self.x[j]).abs() { u(0.5 - quarter) } else { u(0.5 + quarter) };
            s * (p * success + (1.0 - p) * failure) + (1.0 - s) * success - q * u(0.5) - (1.0 - q) * changed
        }

        pub fn exponents(&self, options: &Options) -> Vec<f64> {
            let n = self.x.len();
            let one = vec![1.0; n];
            if !options.risk {
                return one;
            }
            let secure = |i: usize| -> f64 {
                (0..n)
                    .filter(|j| self.x[*j] != self.x[i])
                    .map(|j| match options.security {
                        Security::Adversaries => self.expected(j, i, 1.0, &one, options),
                        Security::Own => self.expected(i, j, 1.0, &one, options),
                    })
                    .sum()
            };
            let all: Vec<f64> = (0..n).map(secure).collect();
            let (low, high) =
                all.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h): (f64, f64), v| (l.min(*v), h.max(*v)));
            all.iter()
                .map(|v| if high - low > 1e-12 { (2.0 * v - high - low) / (high - low) } else { 0.0 })
                .map(|risk| (1.0 - risk / 3.0) / (1.0 + risk / 3.0))
                .collect()
        }

        /// Where each actor goes under the rule of the least move, without ties.
        pub fn moves(&self, options: &Options) -> Vec<f64> {
            let (n, r) = (self.x.len(), self.exponents(options));
            (0..n)
                .map(|i| {
                    let offers = (0..n).filter(|j| self.x[*j] != self.x[i]).filter_map(|j| {
                        let a = self.expected(i, j, r[i], &r, options);
                        let b = self.expected(j, i, r[i], &r, options);
                        let other = self.x[j];
                        if a > 0.0 && b > a {
                            Some(other)
                        } else if a < 0.0 && b > -a {
                            Some(self.x[i] + (other - self.x[i]) * (a / b).abs())
                        } else if a < 0.0 && b > 0.0 && b < -a && options.capitulation {
                            Some(other)
                        } else {
                            None
                        }
                    });
                    offers.min_by(|p, q| (p - self.x[i]).abs().total_cmp(&(q - self.x[i]).abs())).unwrap_or(self.x[i])
                })
                .collect()
        }
    }
}

fn readings() -> impl Strategy<Value = Options> {
    (any::<[bool; 6]>(), prop_oneof![Just(1.0), Just(0.5)]).prop_map(|(choice, stays)| Options {
        denominator: if choice[0] { Denominator::AllPairs } else { Denominator::Pairwise },
        capitulation: choice[1],
        risk: choice[2],
        security: if choice[3] { Security::Own } else { Security::Adversaries },
        range: if choice[4] { RangeRule::Scale } else { RangeRule::Initial },
        stays,
        ..Options::PRINTED
    })
}

/// Places that are never the same, so that no ties hide a difference.
fn apart(most: usize) -> impl Strategy<Value = Positions> {
    let one = (0.0..=100.0_f64, 0.05..=1.0, 0.1..=10.0).prop_map(|(position, salience, capability)| Stand {
        position,
        salience,
        capability,
    });
    proptest::collection::vec(one, 2..=most).prop_map(|stands| Positions::new(stands, Scale::PERCENT).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_round_is_what_its_definition_says(positions in apart(9), options in readings()) {
        let world = by_definition::World::new(&positions, &options);
        let expected = world.moves(&options);
        let found = run(&positions, &Options { stop: Stop::Rounds(1), ..options }).places;
        // Where two offers are equally good to the last bits, either may be taken.
        let differ = found.iter().zip(&expected).filter(|(a, b)| (**a - **b).abs() > 1e-8).count();
        prop_assert!(differ == 0, "{found:?} {expected:?}");
    }

    #[test]
    fn places_stay_within_those_there_were(positions in some(12), options in readings()) {
        let (low, high) = positions.stands().iter().fold((100.0, 0.0), |(l, h): (f64, f64), s| (l.min(s.position), h.max(s.position)));
        let run = run(&positions, &options);
        prop_assert!(run.places.iter().all(|place| (low - 1e-9..=high + 1e-9).contains(place)));
        prop_assert!(run.range.0 <= run.value && run.value <= run.range.1);
        prop_assert!(run.range.0 <= run.middle && run.middle <= run.range.1);
    }

    #[test]
    fn the_mirror_image_of_the_scale_gives_the_mirror_image(positions in apart(10), options in readings()) {
        let mirror = |s: &Stand| Stand { position: 100.0 - s.position, ..*s };
        let mirrored = Positions::new(positions.stands().iter().map(mirror).collect(), Scale::PERCENT).unwrap();
        let options = Options { stop: Stop::Rounds(1), ..options };
        for (one, other) in run(&positions, &options).places.iter().zip(&run(&mirrored, &options).places) {
            prop_assert!((one + other - 100.0).abs() < 1e-7, "{one} {other}");
        }
    }

    #[test]
    fn another_scale_of_the_same_positions_gives_the_same(positions in apart(10), options in readings()) {
        let stands = positions.stands().iter().map(|s| Stand { position: 2.0 + 0.5 * s.position, ..*s });
        let other = Positions::new(stands.collect(), Scale::new(2.0, 52.0).unwrap()).unwrap();
        let options = Options { stop: Stop::Rounds(1), ..options };
        for (one, other) in run(&positions, &options).places.iter().zip(&run(&other, &options).places) {
            prop_assert!((2.0 + 0.5 * one - other).abs() < 1e-7, "{one} {other}");
        }
    }

    #[test]
    fn a_run_is_the_beginning_of_a_longer_one(positions in some(10), options in readings(), rounds in 1_u32..15) {
        let short = run(&positions, &Options { stop: Stop::Rounds(rounds), ..options });
        let long = run(&positions, &Options { stop: Stop::Rounds(40), ..options });
        prop_assert_eq!(&long.rounds[..short.rounds.len().min(long.rounds.len())], &short.rounds[..short.rounds.len().min(long.rounds.len())]);
        if let Status::Cycle(period) = short.status {
            prop_assert_eq!(long.status, Status::Cycle(period));
            prop_assert!(short.rounds.len() >= period as usize);
        }
    }
}

#[test]
fn the_order_of_the_code_is_not_symmetric() {
    let positions = emissions();
    let mirror = |s: &Stand| Stand { position: 14.0 - s.position, ..*s };
    let mirrored = Positions::new(positions.stands().iter().map(mirror).collect(), positions.scale()).unwrap();
    let options = Options { capitulation: true, ..Options::PROGRAMMED };
    let (one, other) = (run(&positions, &options), run(&mirrored, &options));
    let apart = one.rounds.iter().zip(&other.rounds).any(|(a, b)| (a.mean + b.mean - 14.0).abs() > 0.01);
    assert!(apart, "{:?} {:?}", one.rounds, other.rounds);
}

#[test]
fn every_stop_rule_and_tie_rule_says_what_it_did() {
    let positions = emissions();
    for tie in [Tie::First, Tie::Mean, Tie::NoMove] {
        for compare in [SecurityCompare::AcrossActors, SecurityCompare::OwnAttainable] {
            for outcome in [Outcome::Median, Outcome::Mean] {
                for stop in [Stop::Rounds(3), Stop::Settles(30), Stop::SmallStep(30)] {
                    let run = run(&positions, &Options { tie, compare, stop, outcome, ..Options::PRINTED });
                    assert!((4.0..=10.0).contains(&run.value), "{run:?}");
                    assert!(run.stopped <= stop.most() && run.stopped as usize >= run.rounds.len(), "{run:?}");
                }
            }
        }
    }
}
