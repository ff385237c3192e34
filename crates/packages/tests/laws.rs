//! What holds for every problem: the frontier is the one found by listing all packages, whatever the order of things.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up stops")]

mod support;

use detente_packages::{
    Caps, Excess, Frontier, Literal, Package, Problem, Rule, TooLarge, Whole, frontier, frontier_above,
};
use num_bigint::{BigInt, BigUint};
use proptest::prelude::*;
use support::drawn::{Choice, Drawn, drawn};
use support::oracle;

fn found<W: Whole>(problem: &Problem<W>) -> Frontier<W> {
    frontier(problem, Caps::default()).unwrap()
}

/// Each worth with its packages.
fn listed<W: Whole>(frontier: &Frontier<W>) -> Vec<(Vec<W>, Vec<Package>)> {
    let points = frontier.points().iter().enumerate();
    points.map(|(place, point)| (point.worth.clone(), frontier.packages(place).collect())).collect()
}

/// Each worth with the number of its packages.
fn counted<W: Whole>(frontier: &Frontier<W>) -> Vec<(Vec<W>, BigUint)> {
    frontier.points().iter().map(|point| (point.worth.clone(), point.packages.clone())).collect()
}

/// The same problem with the parties in another order.
fn with_parties(drawn: &Drawn, order: &[usize]) -> Drawn {
    let mut other = drawn.clone();
    other.base = order.iter().map(|&party| drawn.base[party]).collect();
    for option in other.issues.iter_mut().flatten() {
        option.values = order.iter().map(|&party| option.values[party]).collect();
    }
    other
}

fn shuffled(places: usize) -> impl Strategy<Value = Vec<usize>> {
    Just((0..places).collect::<Vec<usize>>()).prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn the_frontier_is_the_one_found_by_listing_all_packages(drawn in drawn()) {
        let problem = drawn.problem();
        let (found, expected) = (found(&problem), oracle::frontier(&problem));
        prop_assert_eq!(&listed(&found), &expected);
        for (place, (worth, packages)) in expected.iter().enumerate() {
            prop_assert_eq!(&found.points()[place].packages, &BigUint::from(packages.len()));
            let witness = found.witness(place);
            prop_assert!(problem.admits(&witness));
            prop_assert_eq!(&problem.worth(&witness), worth);
            prop_assert_eq!(&witness, &packages[0]);
        }
        let all: usize = expected.iter().map(|(_, packages)| packages.len()).sum();
        prop_assert_eq!(found.package_count(), BigUint::from(all));
    }

    #[test]
    fn every_package_is_dominated_or_on_the_frontier_and_no_point_dominates_another(drawn in drawn()) {
        let problem = drawn.problem();
        let worths: Vec<Vec<i64>> = found(&problem).points().iter().map(|point| point.worth.clone()).collect();
        for package in oracle::packages(&problem) {
            let worth = oracle::worth(&problem, &package);
            prop_assert!(worths.iter().any(|point| *point == worth || oracle::dominates(point, &worth)));
        }
        prop_assert!(!worths.iter().any(|a| worths.iter().any(|b| oracle::dominates(a, b))));
        prop_assert!(worths.windows(2).all(|pair| pair[0] > pair[1]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn above_a_bound_it_is_the_part_above_the_bound(drawn in drawn(), least in prop::collection::vec(-20..60_i64, 5)) {
        let problem = drawn.problem();
        let least = &least[..problem.coordinates()];
        let mut expected = oracle::frontier(&problem);
        expected.retain(|(worth, _)| worth.iter().zip(least).all(|(worth, least)| worth >= least));
        prop_assert_eq!(listed(&frontier_above(&problem, least, Caps::default()).unwrap()), expected);
    }

    #[test]
    fn it_is_the_same_in_every_kind_of_whole_number(drawn in drawn()) {
        let small = listed(&found(&drawn.problem_in::<i64>()));
        let wide = |(worth, packages): (Vec<i128>, Vec<Package>)| (worth.into_iter().map(|w| i64::try_from(w).unwrap()).collect(), packages);
        prop_assert_eq!(&listed(&found(&drawn.problem_in::<i128>())).into_iter().map(wide).collect::<Vec<_>>(), &small);
        let big = |(worth, packages): (Vec<BigInt>, Vec<Package>)| (worth.into_iter().map(|w| i64::try_from(w).unwrap()).collect(), packages);
        prop_assert_eq!(&listed(&found(&drawn.problem_in::<BigInt>())).into_iter().map(big).collect::<Vec<_>>(), &small);
    }

    #[test]
    fn the_order_of_issues_changes_no_worth_and_no_count((drawn, order) in drawn().prop_flat_map(|drawn| { let order = shuffled(drawn.issues.len()); (Just(drawn), order) })) {
        let mut other = drawn.clone();
        other.issues = order.iter().map(|&issue| drawn.issues[issue].clone()).collect();
        prop_assert_eq!(counted(&found(&other.problem())), counted(&found(&drawn.problem())));
    }

    #[test]
    fn the_order_of_options_changes_no_worth_and_no_count(drawn in drawn(), turn in 0..4_usize) {
        let mut other = drawn.clone();
        other.issues.iter_mut().for_each(|options| { let by = turn % options.len(); options.rotate_left(by); options.reverse(); });
        prop_assert_eq!(counted(&found(&other.problem())), counted(&found(&drawn.problem())));
    }

    #[test]
    fn the_order_of_parties_reorders_the_worths_only((drawn, order) in drawn().prop_flat_map(|drawn| { let order = shuffled(drawn.base.len()); (Just(drawn), order) })) {
        let reorder = |(worth, count): (Vec<i64>, BigUint)| (order.iter().map(|&party| worth[party]).collect::<Vec<i64>>(), count);
        let mut expected: Vec<_> = counted(&found(&drawn.problem())).into_iter().map(reorder).collect();
        expected.sort();
        expected.reverse();
        prop_assert_eq!(counted(&found(&with_parties(&drawn, &order).problem())), expected);
    }

    #[test]
    fn an_option_listed_twice_changes_counts_only(drawn in drawn(), issue in 0..5_usize) {
        let mut other = drawn.clone();
        let issue = issue % other.issues.len();
        let twice = other.issues[issue][0].clone();
        other.issues[issue].push(twice);
        let (once, twice) = (counted(&found(&drawn.problem())), counted(&found(&other.problem())));
        prop_assert_eq!(once.iter().map(|(worth, _)| worth).collect::<Vec<_>>(), twice.iter().map(|(worth, _)| worth).collect::<Vec<_>>());
        prop_assert!(once.iter().zip(&twice).all(|((_, once), (_, twice))| once <= twice));
    }

    #[test]
    fn an_issue_with_one_option_shifts_every_worth(drawn in drawn(), shift in prop::collection::vec(-9..=20_i64, 5)) {
        let shift = &shift[..drawn.base.len()];
        let mut other = drawn.clone();
        let holds = vec![Vec::new(); drawn.rules.len()];
        other.issues.push(vec![Choice { values: shift.to_vec(), allowed: true, holds }]);
        let mut expected = counted(&found(&drawn.problem()));
        expected.iter_mut().for_each(|(worth, _)| worth.iter_mut().zip(shift).for_each(|(worth, shift)| *worth += shift));
        prop_assert_eq!(&counted(&found(&other.problem())), &expected);
        let mut based = drawn.clone();
        based.base.iter_mut().zip(shift).for_each(|(base, shift)| *base += shift);
        prop_assert_eq!(&counted(&found(&based.problem())), &expected);
    }

    #[test]
    fn the_frontier_of_the_frontier_is_itself(drawn in drawn()) {
        let worths: Vec<Vec<i64>> = found(&drawn.problem()).points().iter().map(|point| point.worth.clone()).collect();
        prop_assume!(!worths.is_empty());
        let again = Problem::new(vec![0; drawn.base.len()], vec![worths.clone()]).unwrap();
        prop_assert_eq!(found(&again).points().iter().map(|point| point.worth.clone()).collect::<Vec<_>>(), worths);
    }

    #[test]
    fn past_the_cap_nothing_is_answered_but_a_bound_that_holds(drawn in drawn(), cap in 0..40_usize) {
        let problem = drawn.problem();
        match frontier(&problem, Caps { vectors: cap }) {
            Ok(whole) => prop_assert_eq!(listed(&whole), oracle::frontier(&problem)),
            Err(TooLarge { what, cap: told, issue, done, upper }) => {
                prop_assert_eq!(told, cap);
                match what {
                    Excess::Vectors(kept) => prop_assert!(kept > cap),
                    Excess::Standings(ways) => prop_assert!(ways > 1),
                }
                prop_assert!(done < problem.issues() && issue < problem.issues());
                prop_assert_eq!(upper.len(), problem.coordinates());
                for package in oracle::packages(&problem) {
                    let worth = oracle::worth(&problem, &package);
                    prop_assert!(worth.into_iter().zip(&upper).all(|(worth, upper)| BigInt::from(worth) <= *upper));
                }
            }
        }
    }
}

/// Thousands of options of one issue, so that the filter has to divide: many ties, one to ten coordinates.
fn many_options() -> impl Strategy<Value = Vec<Vec<i64>>> {
    (1..=10_usize, prop_oneof![Just(3_i64), Just(40), Just(1_000_000)], 1..=2500_usize, any::<bool>()).prop_flat_map(
        |(coordinates, span, options, against)| {
            let value = move |values: Vec<i64>| {
                let mut values: Vec<i64> = values;
                // What one gains the others lose: nearly nothing is dominated.
                if against {
                    values[0] = -values[1..].iter().sum::<i64>();
                }
                values
            };
            prop::collection::vec(prop::collection::vec(0..span, coordinates).prop_map(value), options)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn thousands_of_options_are_filtered_as_by_comparing_each_with_each(options in many_options()) {
        let problem = Problem::new(vec![0; options[0].len()], vec![options]).unwrap();
        prop_assert_eq!(listed(&found(&problem)), oracle::frontier(&problem));
    }
}

#[test]
fn one_party_takes_what_is_worth_most() {
    let issues = vec![vec![vec![3_i64], vec![5], vec![5]], vec![vec![1], vec![-2]]];
    let found = found(&Problem::new(vec![0], issues).unwrap());
    assert_eq!(listed(&found), vec![(vec![6], vec![vec![1, 0], vec![2, 0]])]);
}

#[test]
fn a_hundred_issues_are_counted_without_rounding() {
    // Each issue shares one unit: the worth is how many go to each, and the counts are binomial coefficients.
    let issues = vec![vec![vec![1_i64, 0], vec![0, 1]]; 100];
    let found = found(&Problem::new(vec![0, 0], issues).unwrap());
    assert_eq!(found.points().len(), 101);
    assert_eq!(found.package_count(), BigUint::from(2_u8).pow(100));
    assert_eq!(found.points()[50].packages, "100891344545564193334812497256".parse::<BigUint>().unwrap());
    let first: Package = [vec![0; 50], vec![1; 50]].concat();
    assert_eq!(found.witness(50), first);
    let second: Package = [vec![0; 49], vec![1, 0], vec![1; 49]].concat();
    assert_eq!(found.packages(50).nth(1), Some(second));
}

#[test]
fn nothing_is_left_out_of_a_drawn_problem() {
    // The generator makes all that the laws are about.
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let all: Vec<Drawn> = (0..500).map(|_| drawn().new_tree(&mut runner).unwrap().current()).collect();
    let ruled: Vec<&Drawn> = all.iter().filter(|drawn| !drawn.rules.is_empty()).collect();
    assert!(ruled.iter().filter(|drawn| oracle::packages(&drawn.problem()).is_empty()).count() > 10);
    let bites = |drawn: &&&Drawn| {
        let free = Drawn { rules: Vec::new(), ..(**drawn).clone() };
        let free = Drawn {
            issues: free
                .issues
                .into_iter()
                .map(|options| options.into_iter().map(|option| Choice { holds: Vec::new(), ..option }).collect())
                .collect(),
            ..free
        };
        let with = oracle::frontier(&drawn.problem());
        !with.is_empty() && with != oracle::frontier(&free.problem())
    };
    assert!(ruled.iter().filter(bites).count() > 50);
    assert!(all.iter().any(|drawn| drawn.issues.iter().flatten().any(|option| !option.allowed)));
}

/// Issues of ten options each, and rules of which each speaks of all of them.
fn tangled(issues: usize, rules: usize) -> Problem<i64> {
    let mut problem =
        Problem::new(vec![0; 2], vec![(0..10).map(|option| vec![option, 9 - option]).collect(); issues]).unwrap();
    for rule in 0..rules {
        let literal = |issue: usize| Literal {
            issue,
            holds: (0..10).map(|option| (option * 7 + rule * 3 + issue) % 10 < 5).collect(),
        };
        problem
            .add_rule(Rule { literals: (0..issues).map(literal).collect(), at_least: issues / 3, at_most: issues / 2 })
            .unwrap();
    }
    problem
}

#[test]
fn rules_that_stand_in_too_many_ways_are_refused_in_time() {
    let refused = frontier(&tangled(40, 40), Caps { vectors: 10_000 }).unwrap_err();
    assert!(matches!(refused.what, Excess::Standings(ways) if ways > 1), "{refused:?}");
    assert_eq!(refused.upper, vec![BigInt::from(360), BigInt::from(360)]);
}

#[test]
fn rules_that_speak_of_neighbours_are_decided_soon_however_many_issues_there_are() {
    // A chain: no two issues in a row may both take their best option for the first party.
    let issues = 60;
    let mut chain = Problem::new(vec![0; 2], vec![vec![vec![3_i64, 0], vec![2, 1], vec![0, 2]]; issues]).unwrap();
    for issue in 1..issues {
        let first = |issue| Literal { issue, holds: [true, false, false].into() };
        chain.add_rule(Rule::not_all(vec![first(issue - 1), first(issue)])).unwrap();
    }
    let found = found(&chain);
    // Thirty first options for the first party, with the second option between.
    assert_eq!(found.points()[0].worth, vec![150, 30]);
    assert_eq!(found.points()[0].packages, BigUint::from(31_u8));
    assert!(chain.admits(&found.witness(0)));
    assert_eq!(found.packages(0).count(), 31);
    assert_eq!(found.points().last().unwrap().worth, vec![0, 120]);
}
