//! What holds for every gap, and that the plain answers tell wrong methods from right ones.

use detente_packages::antichain::{minimal, minimal_hitting_sets, sort};
use detente_packages::conflict::{ConflictLimits, Demand, attribution, conflicts};
use detente_packages::shift::{Concessions, Cost, Least, Line, concessions, least_shift};
use detente_packages::{Caps, Exact, Literal, Problem, Rule, frontier_above};
use num_bigint::BigUint;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::gap_plain::{self as plain, Ask};
use crate::support::drawn::{Drawn, drawn};
use crate::support::oracle;

/// A problem with thresholds around what packages are worth, and lines: red ones on one issue, others over two.
#[derive(Clone, Debug)]
pub struct Gap {
    pub problem: Problem<i64>,
    pub thresholds: Vec<i64>,
    pub lines: Vec<Line>,
}

pub fn gap() -> impl Strategy<Value = Gap> {
    let line = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        prop::collection::vec(any::<bool>(), 8),
        0..=2_usize,
        0..=2_usize,
        any::<bool>(),
        any::<bool>(),
    );
    let shifts = prop::collection::vec((any::<prop::sample::Index>(), -6..=9_i64), 5);
    (drawn(), shifts, prop::collection::vec(line, 0..=3)).prop_map(|(drawn, shifts, lines): (Drawn, _, _)| {
        let problem = drawn.problem();
        let packages = oracle::packages(&problem);
        let worth = |(party, (place, shift)): (usize, &(prop::sample::Index, i64))| match packages.len() {
            0 => *shift,
            count => oracle::worth(&problem, &packages[place.index(count)])[party] + shift,
        };
        let thresholds = shifts.iter().take(problem.coordinates()).enumerate().map(worth).collect();
        let line = |(one, other, holds, at_least, more, red, droppable): &(
            prop::sample::Index,
            prop::sample::Index,
            Vec<bool>,
            usize,
            usize,
            bool,
            bool,
        )| {
            let literal = |issue: usize, skip: usize| Literal {
                issue,
                holds: (0..problem.options(issue)).map(|option| holds[option + skip]).collect(),
            };
            let (one, other) = (one.index(problem.issues()), other.index(problem.issues()));
            let rule = match red {
                true => Rule::any(vec![literal(one, 0)]),
                false => Rule {
                    literals: vec![literal(one, 0), literal(other, 4)],
                    at_least: *at_least,
                    at_most: at_least + more,
                },
            };
            Line { owner: Some(0), rule, droppable: *droppable }
        };
        let lines = lines.iter().map(line).collect();
        Gap { problem, thresholds, lines }
    })
}

fn demands(gap: &Gap) -> Vec<Demand<i64>> {
    let thresholds = gap.thresholds.iter().enumerate().map(|(party, least)| Demand::Threshold { party, least: *least });
    let lines = gap.lines.iter().map(|line| Demand::Line { owner: line.owner, rule: line.rule.clone() });
    thresholds.chain(lines).collect()
}

pub fn whole(numbers: &[i64]) -> Vec<Exact> {
    numbers.iter().map(|number| Exact::from_integer((*number).into())).collect()
}

fn all(gap: &Gap) -> Concessions<i64> {
    concessions(&gap.problem, &gap.thresholds, &gap.lines, Caps::default(), 10_000).unwrap()
}

fn quick(gap: &Gap, cost: &Cost) -> Least<i64> {
    least_shift(&gap.problem, &gap.thresholds, &gap.lines, cost, Caps::default(), 10_000).unwrap()
}

fn value(least: &Least<i64>) -> Option<Vec<Exact>> {
    match least {
        Least::Found { cost, .. } => Some(cost.clone()),
        Least::Impossible { .. } => None,
    }
}

/// What a package costs; `None` if the cost rules it out.
type PlainCost<'a> = Box<dyn Fn(&Ask) -> Option<Vec<i64>> + 'a>;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn the_concession_frontier_is_the_one_found_by_listing_all_packages(gap in gap()) {
        let asks = plain::asks(&gap.problem, &gap.thresholds, &gap.lines);
        let found = all(&gap);
        let mut rows: Vec<_> = found.rows.iter().map(|row| (row.shift.clone(), row.dropped.clone())).collect();
        rows.sort();
        prop_assert_eq!(&rows, &plain::minimal(&asks));
        for row in &found.rows {
            prop_assert_eq!(BigUint::from(row.first.len()), row.packages.clone());
            prop_assert!(!row.first.is_empty() && row.first.is_sorted());
            for package in &row.first {
                let ask = asks.iter().find(|ask| ask.package == *package).unwrap();
                prop_assert_eq!((&ask.shift, &ask.dropped), (&row.shift, &row.dropped));
            }
            // What it asks opens a zone; less does not.
            let lower: Vec<i64> = gap.thresholds.iter().zip(&row.shift).map(|(threshold, shift)| threshold - shift).collect();
            let opens = |lower: &[i64]| {
                let mut problem = gap.problem.clone();
                let lines = gap.lines.iter().enumerate().filter(|(line, _)| !row.dropped.contains(line));
                lines.for_each(|(_, line)| problem.add_rule(line.rule.clone()).unwrap());
                !frontier_above(&problem, lower, Caps::default()).unwrap().points().is_empty()
            };
            prop_assert!(opens(&lower));
            for party in (0..lower.len()).filter(|party| row.shift[*party] > 0) {
                let mut less = lower.clone();
                less[party] += 1;
                prop_assert!(!opens(&less));
            }
        }
    }

    #[test]
    fn every_cost_is_least_where_listing_all_packages_finds_it(gap in gap(), weights in prop::collection::vec(1..=4_i64, 8)) {
        let n = gap.thresholds.len();
        let (weights, prices) = (&weights[..n], &weights[5..5 + gap.lines.len()]);
        let asks = plain::asks(&gap.problem, &gap.thresholds, &gap.lines);
        let weighted = |ask: &Ask| ask.shift.iter().zip(weights).map(|(shift, weight)| shift * weight).collect::<Vec<_>>();
        let sum = |ask: &Ask| Some(vec![weighted(ask).iter().sum::<i64>() + ask.dropped.iter().map(|line| prices[*line]).sum::<i64>()]);
        let keeps = |cost: Vec<i64>, ask: &Ask| ask.dropped.is_empty().then_some(cost);
        let order: Vec<usize> = (0..n).rev().collect();
        let costs: Vec<(Cost, PlainCost<'_>)> = vec![
            (Cost::Sum { weights: whole(weights), prices: whole(prices) }, Box::new(sum)),
            (Cost::Largest { weights: whole(weights) }, Box::new(|ask| {
                keeps(vec![*weighted(ask).iter().max().unwrap(), weighted(ask).iter().sum()], ask)
            })),
            (Cost::InTurn { order: order.clone() }, Box::new(|ask| keeps(order.iter().map(|party| ask.shift[*party]).collect(), ask))),
            (Cost::Movers, Box::new(|ask| keeps(vec![ask.shift.iter().filter(|shift| **shift > 0).count() as i64], ask))),
            (Cost::Alone { party: 0 }, Box::new(|ask| {
                ask.shift[1..].iter().all(|shift| *shift == 0).then(|| keeps(vec![ask.shift[0]], ask)).flatten()
            })),
        ];
        for (cost, plain) in costs {
            let expected = asks.iter().filter_map(&plain).min();
            let found = all(&gap).least(&cost, &gap.lines).unwrap();
            prop_assert_eq!(value(&found), expected.as_ref().map(|cost| whole(cost)));
            let quick = quick(&gap, &cost);
            match (found, quick) {
                (Least::Found { tied, .. }, Least::Found { tied: too, cost, .. }) => {
                    prop_assert_eq!(&tied, &too);
                    prop_assert_eq!(Some(cost), expected.as_ref().map(|cost| whole(cost)));
                    // Every minimal ask of that cost is listed.
                    let mut expected_ties: Vec<_> = plain::minimal(&asks).into_iter().filter(|(shift, dropped)| {
                        let ask = asks.iter().find(|ask| ask.shift == *shift && ask.dropped == *dropped).unwrap();
                        plain(ask) == expected
                    }).collect();
                    let mut ties: Vec<_> = tied.into_iter().map(|row| (row.shift, row.dropped)).collect();
                    ties.sort();
                    expected_ties.sort();
                    prop_assert_eq!(ties, expected_ties);
                }
                (Least::Impossible { .. }, Least::Impossible { .. }) => {}
                (found, quick) => prop_assert!(false, "{:?} is not {:?}", found, quick),
            }
        }
    }

    #[test]
    fn costs_bound_each_other_and_grow_with_thresholds(gap in gap(), party: prop::sample::Index) {
        let n = gap.thresholds.len();
        let lines: Vec<Line> = gap.lines.iter().map(|line| Line { droppable: false, ..line.clone() }).collect();
        let gap = Gap { lines, ..gap };
        let (one, prices) = (whole(&vec![1; n]), whole(&vec![1; gap.lines.len()]));
        let sum = |gap: &Gap, factor: i64| {
            let weights = whole(&vec![factor; gap.thresholds.len()]);
            value(&quick(gap, &Cost::Sum { weights, prices: prices.clone() })).map(|cost| cost[0].clone())
        };
        let Some(least) = sum(&gap, 1) else { return Ok(()) };
        let largest = value(&quick(&gap, &Cost::Largest { weights: one })).unwrap()[0].clone();
        prop_assert!(largest <= least);
        prop_assert!(least <= &largest * Exact::from_integer(n.into()));
        for alone in (0..n).filter_map(|party| value(&quick(&gap, &Cost::Alone { party }))) {
            prop_assert!(alone[0] >= least);
        }
        prop_assert_eq!(sum(&gap, 3), Some(&least * Exact::from_integer(3.into())));
        let mut higher = gap.clone();
        higher.thresholds[party.index(n)] += 2;
        prop_assert!(sum(&higher, 1).unwrap() >= least);
        let mut fewer = gap.clone();
        if fewer.lines.pop().is_some() {
            let weights = whole(&vec![1; n]);
            let prices = whole(&vec![1; fewer.lines.len()]);
            let without = value(&quick(&fewer, &Cost::Sum { weights, prices })).unwrap();
            prop_assert!(without[0] <= least);
        }
        // No gap, a zone and no conflict are the same.
        let found = conflicts(&gap.problem, &demands(&gap), ConflictLimits::default()).unwrap();
        prop_assert_eq!(least == Exact::from_integer(0.into()), found.conflicts.is_empty());
    }

    #[test]
    fn conflict_and_correction_sets_are_those_of_trying_every_set(gap in gap()) {
        let demands = demands(&gap);
        if oracle::packages(&gap.problem).is_empty() {
            prop_assert!(conflicts(&gap.problem, &demands, ConflictLimits::default()).is_err());
            return Ok(());
        }
        let found = conflicts(&gap.problem, &demands, ConflictLimits::default()).unwrap();
        prop_assert!(found.complete);
        let set = |demands: &[usize]| demands.iter().map(|demand| 1_u64 << demand).sum::<u64>();
        let (mut expected, mut corrections) = plain::conflicts(&gap.problem, &demands);
        sort(&mut expected);
        sort(&mut corrections);
        prop_assert_eq!(found.conflicts.iter().map(|one| set(&one.demands)).collect::<Vec<_>>(), expected.clone());
        prop_assert_eq!(found.corrections.iter().map(|one| set(&one.demands)).collect::<Vec<_>>(), corrections.clone());
        prop_assert_eq!(&minimal_hitting_sets(&expected, 1000).sets, &corrections);
        prop_assert_eq!(minimal_hitting_sets(&corrections, 1000).sets, minimal(expected));
        // Each is shown by packages.
        for conflict in &found.conflicts {
            prop_assert_eq!(conflict.without.len(), conflict.demands.len());
            for (place, demand) in conflict.demands.iter().enumerate() {
                let rest = set(&conflict.demands) & !(1 << demand);
                prop_assert!(gap.problem.admits(&conflict.without[place]));
                prop_assert_eq!(plain::failed(&gap.problem, &demands, &conflict.without[place]) & rest, 0);
                let others = |package: &Vec<u16>| plain::failed(&gap.problem, &demands, package) & rest == 0;
                let expected = match demands[*demand] {
                    Demand::Line { .. } => None,
                    Demand::Threshold { party, .. } => oracle::packages(&gap.problem).iter().filter(|package| others(package))
                        .map(|package| oracle::worth(&gap.problem, package)[party]).max(),
                };
                prop_assert_eq!(conflict.reach[place], expected);
            }
        }
        for correction in &found.corrections {
            let failed = plain::failed(&gap.problem, &demands, &correction.package);
            prop_assert!(gap.problem.admits(&correction.package));
            prop_assert_eq!(failed & !set(&correction.demands), 0);
        }
        // A list that is cut holds only right sets.
        let cut = conflicts(&gap.problem, &demands, ConflictLimits { sets: 1, ..ConflictLimits::default() }).unwrap();
        prop_assert!(cut.conflicts.len() <= 1 && cut.corrections.len() <= 1 + found.corrections.len());
        prop_assert!(cut.conflicts.iter().all(|one| found.conflicts.iter().any(|other| other.demands == one.demands)));
        prop_assert!(cut.corrections.iter().all(|one| found.corrections.iter().any(|other| other.demands == one.demands)));
        prop_assert!(cut.complete || found.conflicts.len() > 1 || found.corrections.len() > 1);
    }

    #[test]
    fn the_gap_is_shared_out_as_by_trying_every_order(gap in gap()) {
        let n = gap.thresholds.len();
        let issues = gap.problem.issues();
        let found = attribution(&gap.problem, &gap.thresholds, &gap.lines, &whole(&vec![1; n]), Caps::default());
        let plain_gap = |aside: &[usize]| plain::gap(&gap.problem, &gap.thresholds, &gap.lines, aside);
        let Ok(found) = found else {
            let aside = |set: usize| (0..issues).filter(move |issue| set >> issue & 1 == 1).collect::<Vec<_>>();
            let impossible = (0..1_usize << issues).any(|set| plain_gap(&aside(set)).is_none());
            prop_assert!(impossible);
            return Ok(());
        };
        for (set, gap) in found.gaps.iter().enumerate() {
            let aside: Vec<usize> = (0..issues).filter(|issue| set >> issue & 1 == 1).collect();
            prop_assert_eq!(plain_gap(&aside).map(|gap| Exact::from_integer(gap.into())), Some(gap.clone()));
            prop_assert!((0..issues).all(|issue| found.gaps[set | 1 << issue] <= *gap));
        }
        let whole_gap = &found.gaps[0] - found.gaps.last().unwrap();
        prop_assert_eq!(found.shares.iter().sum::<Exact>(), whole_gap);
        prop_assert!(found.shares.iter().all(|share| *share >= Exact::from_integer(0.into())));
        if issues <= 4 {
            let shares = plain::shares(issues, |aside| plain_gap(aside).unwrap());
            let exact = |share: &num_rational::Ratio<i64>| Exact::new((*share.numer()).into(), (*share.denom()).into());
            prop_assert_eq!(&found.shares, &shares.iter().map(exact).collect::<Vec<_>>());
        }
    }
}

fn sample() -> Vec<Gap> {
    let mut runner = TestRunner::deterministic();
    (0..1000).map(|_| gap().new_tree(&mut runner).unwrap().current()).collect()
}

fn caught<A: PartialEq>(wrong: impl Fn(&Gap) -> A, right: impl Fn(&Gap) -> A) -> bool {
    sample().iter().any(|gap| wrong(gap) != right(gap))
}

#[test]
fn the_plain_answers_catch_planted_faults() {
    let rows = |gap: &Gap| plain::minimal(&plain::asks(&gap.problem, &gap.thresholds, &gap.lines));
    let lines_averaged_away = |gap: &Gap| {
        let lines: Vec<Line> = gap.lines.iter().cloned().map(Line::droppable).collect();
        let rows = plain::minimal(&plain::asks(&gap.problem, &gap.thresholds, &lines));
        rows.into_iter().map(|(shift, _)| (shift, Vec::new())).collect()
    };
    assert!(caught(lines_averaged_away, rows));
    let surplus_counts_against_shifts = |gap: &Gap| {
        let asks = plain::asks(&gap.problem, &gap.thresholds, &gap.lines);
        let sum = |ask: &Ask| {
            gap.thresholds.iter().sum::<i64>() - oracle::worth(&gap.problem, &ask.package).iter().sum::<i64>()
        };
        asks.iter().map(|ask| sum(ask).max(0)).min()
    };
    let least = |gap: &Gap| {
        plain::asks(&gap.problem, &gap.thresholds, &gap.lines).iter().map(|ask| ask.shift.iter().sum::<i64>()).min()
    };
    assert!(caught(surplus_counts_against_shifts, least));
    let only_by_thresholds =
        |gap: &Gap| plain::conflicts(&gap.problem, &demands(&Gap { lines: Vec::new(), ..gap.clone() }));
    let sets = |gap: &Gap| plain::conflicts(&gap.problem, &demands(gap));
    assert!(caught(only_by_thresholds, sets));
    let each_package_a_correction = |gap: &Gap| {
        let packages = oracle::packages(&gap.problem);
        let mut failed: Vec<u64> =
            packages.iter().map(|package| plain::failed(&gap.problem, &demands(gap), package)).collect();
        failed.sort_unstable();
        failed.dedup();
        (sets(gap).0, failed)
    };
    assert!(caught(each_package_a_correction, sets));
    let one_at_a_time = |gap: &Gap| {
        let gap_with = |aside: &[usize]| plain::gap(&gap.problem, &gap.thresholds, &gap.lines, aside).unwrap_or(0);
        (0..gap.problem.issues()).map(|issue| (gap_with(&[]) - gap_with(&[issue])).into()).collect()
    };
    let shares = |gap: &Gap| {
        let gap_with = |aside: &[usize]| plain::gap(&gap.problem, &gap.thresholds, &gap.lines, aside).unwrap_or(0);
        plain::shares(gap.problem.issues().min(3), gap_with)
    };
    assert!(caught(one_at_a_time, shares));
}
