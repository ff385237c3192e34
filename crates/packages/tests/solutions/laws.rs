//! What holds for every problem, and that the plain answers tell wrong methods from right ones.

use detente_packages::solution::{
    Ideal, Powers, Solution, egalitarian, ideal, kalai_smorodinsky, min_spread, nash, utilitarian,
};
use detente_packages::{Caps, Frontier, Limits, Package, Problem, frontier_above, nash_point};
use num_bigint::BigUint;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::plain::{self, Answer};
use crate::support::drawn::{Drawn, drawn};
use crate::support::oracle;

/// A problem with a disagreement point near what its packages are worth.
fn with_disagreement() -> impl Strategy<Value = (Drawn, Vec<i64>)> {
    (drawn(), prop::collection::vec(any::<prop::sample::Index>(), 5), prop::collection::vec(-9..=4_i64, 5)).prop_map(
        |(drawn, places, shifts)| {
            let problem = drawn.problem();
            let packages = oracle::packages(&problem);
            let worth = |party: usize| match packages.len() {
                0 => 0,
                count => oracle::worth(&problem, &packages[places[party].index(count)])[party],
            };
            let d = (0..problem.coordinates()).map(|party| worth(party) + shifts[party]).collect();
            (drawn, d)
        },
    )
}

fn zone(problem: &Problem<i64>, least: &[i64]) -> Frontier<i64> {
    frontier_above(problem, least, Caps::default()).unwrap()
}

fn answer(solution: &Solution<i64>) -> Answer {
    for tied in solution.tied() {
        assert_eq!(BigUint::from(tied.first.len()), tied.packages);
    }
    solution.tied().iter().map(|tied| (tied.worth.clone(), tied.first.clone())).collect()
}

fn searched(problem: &Problem<i64>, d: &[i64], least: &[i64], powers: &Powers) -> Solution<i64> {
    nash_point(problem, d, least, powers, Limits { list: ALL, ..Limits::default() }).unwrap().solution
}

const ALL: usize = 10_000;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn every_solution_is_the_one_found_by_listing_all_packages(
        (drawn, d) in with_disagreement(),
        above in prop::collection::vec(-3..=3_i64, 5),
        powers in prop::collection::vec(1..=3_u32, 5),
    ) {
        let problem = drawn.problem();
        let n = d.len();
        // Thresholds need not be the disagreement values.
        let least: Vec<i64> = d.iter().zip(&above).map(|(d, above)| d + above).collect();
        let (found, expected) = (zone(&problem, &least), plain::zone(&problem, &least));
        let ks = |ideal| answer(&kalai_smorodinsky(&found, &d, ideal, ALL).solution);
        let spread = |ideal| answer(&min_spread(&found, &d, ideal, ALL).solution);
        prop_assert_eq!(answer(&nash(&found, &d, &Powers::equal(n), ALL)), plain::nash(&expected, &d, &[1; 5]));
        let weights: Vec<_> = powers[..n].iter().map(|power| detente_packages::Exact::from_integer((*power).into())).collect();
        let weighted = Powers::of(&weights).unwrap();
        prop_assert_eq!(answer(&nash(&found, &d, &weighted, ALL)), plain::nash(&expected, &d, weighted.powers()));
        prop_assert_eq!(answer(&egalitarian(&found, &d, ALL)), plain::egalitarian(&expected, &d));
        prop_assert_eq!(answer(&utilitarian(&found, ALL)), plain::utilitarian(&expected));
        let greatest = plain::greatest(&expected, n);
        prop_assert_eq!(ks(Ideal::Zone), plain::kalai_smorodinsky(&expected, &d, &greatest));
        prop_assert_eq!(spread(Ideal::Zone), plain::min_spread(&expected, &d, &greatest));
        let all = plain::zone(&problem, &[i64::MIN; 5][..n]);
        let most = ideal(&problem, Caps::default()).unwrap();
        prop_assert_eq!(most.is_some(), !all.is_empty());
        if let Some(most) = most {
            prop_assert_eq!(&most, &plain::greatest(&all, n));
            prop_assert_eq!(ks(Ideal::Packages(most.clone())), plain::kalai_smorodinsky(&expected, &d, &most));
        }
    }

    #[test]
    fn nash_by_search_is_nash_on_the_frontier((drawn, d) in with_disagreement(), powers in prop::collection::vec(1..=3_u32, 5)) {
        let problem = drawn.problem();
        let weights: Vec<_> = powers[..d.len()].iter().map(|power| detente_packages::Exact::from_integer((*power).into())).collect();
        for powers in [Powers::equal(d.len()), Powers::of(&weights).unwrap()] {
            let on_frontier = nash(&zone(&problem, &d), &d, &powers, ALL);
            prop_assert_eq!(&searched(&problem, &d, &d, &powers), &on_frontier);
            // The same where the rules are only propagated.
            let limits = Limits { list: ALL, standings: 0, ..Limits::default() };
            prop_assert_eq!(&nash_point(&problem, &d, &d, &powers, limits).unwrap().solution, &on_frontier);
        }
    }

    #[test]
    fn nash_and_kalai_smorodinsky_do_not_depend_on_each_partys_scale(
        (drawn, d) in with_disagreement(),
        scales in prop::collection::vec((1..=7_i64, -20..=20_i64), 5),
    ) {
        let problem = drawn.problem();
        let mut other = drawn.clone();
        other.base.iter_mut().zip(&scales).for_each(|(base, (factor, shift))| *base = *base * factor + shift);
        for option in other.issues.iter_mut().flatten() {
            option.values.iter_mut().zip(&scales).for_each(|(value, (factor, _))| *value *= factor);
        }
        let other = other.problem();
        let there: Vec<i64> = d.iter().zip(&scales).map(|(d, (factor, shift))| d * factor + shift).collect();
        let packages = |solution: Solution<i64>| {
            let mut packages: Vec<Package> = answer(&solution).into_iter().flat_map(|(_, packages)| packages).collect();
            packages.sort();
            packages
        };
        let powers = Powers::equal(d.len());
        let ks = |problem, d: &[i64]| packages(kalai_smorodinsky(&zone(problem, d), d, Ideal::Zone, ALL).solution);
        prop_assert_eq!(packages(searched(&problem, &d, &d, &powers)), packages(searched(&other, &there, &there, &powers)));
        prop_assert_eq!(ks(&problem, &d), ks(&other, &there));
    }

    #[test]
    fn nash_does_not_depend_on_packages_that_it_does_not_choose((drawn, d) in with_disagreement(), place: prop::sample::Index) {
        let mut problem = drawn.problem();
        let powers = Powers::equal(d.len());
        let before = searched(&problem, &d, &d, &powers);
        let chosen = |issue: usize, option: usize| {
            answer(&before).iter().any(|(_, packages)| packages.iter().any(|package| usize::from(package[issue]) == option))
        };
        let options: Vec<(usize, usize)> = (0..problem.issues())
            .flat_map(|issue| problem.allowed(issue).map(|option| (issue, option)).collect::<Vec<_>>())
            .filter(|(issue, option)| !chosen(*issue, *option))
            .collect();
        if !before.tied().is_empty() && !options.is_empty() {
            let (issue, option) = options[place.index(options.len())];
            problem.forbid(issue, option);
            prop_assert_eq!(searched(&problem, &d, &d, &powers), before);
        }
    }

    #[test]
    fn a_party_with_more_to_fall_back_on_gets_no_less_by_nash((drawn, d) in with_disagreement(), party: prop::sample::Index) {
        let problem = drawn.problem();
        let party = party.index(d.len());
        let mut more = d.clone();
        more[party] += 1;
        let powers = Powers::equal(d.len());
        let ends = |d: &[i64]| {
            let solution = searched(&problem, d, d, &powers);
            let worths: Vec<i64> = solution.tied().iter().map(|tied| tied.worth[party]).collect();
            worths.iter().min().copied().zip(worths.iter().max().copied())
        };
        if let (Some(before), Some(after)) = (ends(&d), ends(&more)) {
            prop_assert!(after.0 >= before.0 && after.1 >= before.1);
        }
    }

    #[test]
    fn parties_in_another_order_have_the_same_answers((drawn, d) in with_disagreement()) {
        let order: Vec<usize> = (0..d.len()).rev().collect();
        let problem = drawn.problem();
        let turned = problem.map_worths(|worth| order.iter().map(|party| worth[*party]).collect()).unwrap();
        let back: Vec<i64> = order.iter().map(|party| d[*party]).collect();
        let turn = |answer: Answer| {
            let mut turned: Answer = answer;
            turned.iter_mut().for_each(|(worth, _)| worth.reverse());
            turned.sort_by(|a, b| b.cmp(a));
            turned
        };
        let powers = Powers::equal(d.len());
        prop_assert_eq!(answer(&searched(&problem, &d, &d, &powers)), turn(answer(&searched(&turned, &back, &back, &powers))));
        let ks = |problem, d: &[i64]| answer(&kalai_smorodinsky(&zone(problem, d), d, Ideal::Zone, ALL).solution);
        prop_assert_eq!(ks(&problem, &d), turn(ks(&turned, &back)));
    }
}

/// Problems with their disagreement points, the same on every run.
fn sample() -> Vec<(Problem<i64>, Vec<i64>)> {
    let mut runner = TestRunner::deterministic();
    let mut draw = || with_disagreement().new_tree(&mut runner).unwrap().current();
    (0..1000).map(|_| draw()).map(|(drawn, d)| (drawn.problem(), d)).collect()
}

/// On how many problems of the sample a method differs from the plain answer.
fn caught(
    wrong: impl Fn(&[(Vec<i64>, Package)], &[i64]) -> Answer,
    right: impl Fn(&[(Vec<i64>, Package)], &[i64]) -> Answer,
) -> usize {
    let differs = |(problem, d): &(Problem<i64>, Vec<i64>)| {
        let low: Vec<i64> = d.iter().map(|d| d - 5).collect();
        let zone = plain::zone(problem, &low);
        wrong(&zone, d) != right(&zone, d)
    };
    sample().iter().filter(|case| differs(case)).count()
}

fn keep(zone: &[(Vec<i64>, Package)], value: impl Fn(&[i64]) -> i128) -> Answer {
    let most = zone.iter().map(|(worth, _)| value(worth)).max();
    oracle::undominated(zone.iter().filter(|(worth, _)| Some(value(worth)) == most).cloned())
}

#[test]
fn the_plain_answers_catch_planted_faults() {
    let nash = |zone: &[(Vec<i64>, Package)], d: &[i64]| plain::nash(zone, d, &[1; 5]);
    let unfiltered = |zone: &[(Vec<i64>, Package)], d: &[i64]| {
        keep(zone, |worth| worth.iter().zip(d).map(|(worth, d)| i128::from(worth - d)).product())
    };
    assert!(caught(unfiltered, nash) > 0, "two losses that multiply to a gain");
    let first_of_ties = |zone: &[(Vec<i64>, Package)], d: &[i64]| {
        nash(zone, d).into_iter().take(1).map(|(worth, packages)| (worth, packages[..1].to_vec())).collect()
    };
    assert!(caught(first_of_ties, nash) > 0, "ties dropped");
    let from_zero = |zone: &[(Vec<i64>, Package)], d: &[i64]| plain::nash(zone, &vec![0; d.len()], &[1; 5]);
    assert!(caught(from_zero, nash) > 0, "gains counted from zero");

    let ks =
        |zone: &[(Vec<i64>, Package)], d: &[i64]| plain::kalai_smorodinsky(zone, d, &plain::greatest(zone, d.len()));
    let without_leximin = |zone: &[(Vec<i64>, Package)], d: &[i64]| {
        let ideal = plain::greatest(zone, d.len());
        if ks(zone, d).is_empty() {
            return Vec::new();
        }
        // On the numbers of the sample, 10^9 tells any two different least shares apart.
        keep(zone, |worth| {
            let shares = plain::shares(worth, d, &ideal).unwrap();
            (shares.iter().min().unwrap() * 1_000_000_000).to_integer()
        })
    };
    assert!(caught(without_leximin, ks) > 0, "least share alone");
    let spread = |zone: &[(Vec<i64>, Package)], d: &[i64]| plain::min_spread(zone, d, &plain::greatest(zone, d.len()));
    assert!(caught(spread, ks) > 0, "least spread is another thing");
    assert!(caught(|zone, _| plain::utilitarian(zone), ks) > 0, "so is the greatest sum");
}
