//! Three parties without a zone: why, and what would open one. Worked out by listing all 27 packages.

use detente_packages::conflict::{ConflictLimits, Conflicts, Demand, attribution, conflicts, set_aside};
use detente_packages::number::parse;
use detente_packages::shift::{Concessions, Cost, Least, Line, NoShift, concessions, least_shift};
use detente_packages::solution::without;
use detente_packages::{Caps, Exact, Literal, Problem};

use crate::cases::{name, problem};

const THRESHOLDS: [i64; 3] = [16, 15, 11];

fn case_c() -> Problem<i64> {
    problem(&[
        &[&[1, 3, 0], &[5, 0, 0], &[4, 5, 8]],
        &[&[3, 3, 5], &[5, 0, 6], &[1, 5, 4]],
        &[&[0, 7, 5], &[8, 0, 6], &[8, 3, 4]],
    ])
}

/// A: issue 1 is 1 or 2. B: issue 1 is 2 or 3. C: issue 2 is 1 or 3.
fn red_lines() -> Vec<Line> {
    let line = |owner, issue, holds: [bool; 3]| Line::red(owner, Literal { issue, holds: holds.into() });
    vec![line(0, 0, [true, true, false]), line(1, 0, [false, true, true]), line(2, 1, [true, false, true])]
}

fn whole(number: i64) -> Exact {
    Exact::from_integer(number.into())
}

fn sum(weights: [i64; 3], prices: &[i64]) -> Cost {
    Cost::Sum { weights: weights.map(whole).to_vec(), prices: prices.iter().copied().map(whole).collect() }
}

/// The cost and the packages; both ways to the least give the same.
fn least(lines: &[Line], cost: &Cost) -> Option<(Vec<Exact>, Vec<String>)> {
    let all = concessions(&case_c(), &THRESHOLDS, lines, Caps::default(), 10).unwrap().least(cost, lines).unwrap();
    let quick = least_shift(&case_c(), &THRESHOLDS, lines, cost, Caps::default(), 10).unwrap();
    let found = |least: &Least<i64>| match least {
        Least::Impossible { .. } => None,
        Least::Found { cost, tied, .. } => Some((cost.clone(), tied.clone())),
    };
    assert_eq!(found(&all), found(&quick));
    match quick {
        Least::Impossible { .. } => None,
        Least::Found { cost, tied, examined } => {
            assert!(examined >= tied.len());
            let mut names: Vec<String> = tied.iter().flat_map(|row| row.first.iter().map(name)).collect();
            names.sort();
            Some((cost, names))
        }
    }
}

fn found(cost: &[i64], names: &[&str]) -> Option<(Vec<Exact>, Vec<String>)> {
    Some((cost.iter().copied().map(whole).collect(), names.iter().map(ToString::to_string).collect()))
}

fn rows(concessions: &Concessions<i64>) -> Vec<(Vec<i64>, String)> {
    let name =
        |row: &detente_packages::shift::Concession<i64>| row.first.iter().map(name).collect::<Vec<_>>().join(" ");
    concessions.rows.iter().map(|row| (row.shift.clone(), name(row))).collect()
}

#[test]
fn with_red_lines_kept_six_ways_open_a_zone() {
    let found = concessions(&case_c(), &THRESHOLDS, &red_lines(), Caps::default(), 10).unwrap();
    let expected = [
        ([0, 9, 2], "213"),
        ([0, 12, 0], "212"),
        ([2, 7, 3], "233"),
        ([2, 10, 1], "232"),
        ([8, 5, 1], "211"),
        ([10, 3, 2], "231"),
    ];
    assert_eq!(rows(&found), expected.map(|(shift, name)| (shift.to_vec(), name.to_owned())));
    assert_eq!(found.examined, 6);
}

#[test]
fn what_is_least_depends_on_the_cost() {
    let lines = red_lines();
    let none = [1, 1, 1];
    assert_eq!(least(&lines, &sum([1, 1, 1], &none)), found(&[11], &["213"]));
    assert_eq!(least(&lines, &Cost::Largest { weights: vec![whole(1); 3] }), found(&[7, 12], &["233"]));
    assert_eq!(least(&lines, &Cost::Movers), found(&[1], &["212"]));
    assert_eq!(least(&lines, &sum([1, 2, 1], &none)), found(&[18], &["231"]));
    assert_eq!(least(&lines, &sum([1, 1, 4], &none)), found(&[12], &["212"]));
    assert_eq!(least(&lines, &Cost::InTurn { order: vec![2, 1, 0] }), found(&[0, 12, 0], &["212"]));
    assert_eq!([0, 1, 2].map(|party| least(&lines, &Cost::Alone { party })), [None, found(&[12], &["212"]), None]);
}

#[test]
fn with_red_lines_waived_less_is_needed() {
    let all = concessions(&case_c(), &THRESHOLDS, &[], Caps::default(), 10).unwrap();
    let expected = [([0, 7, 0], "323"), ([1, 4, 0], "313"), ([3, 2, 0], "333"), ([9, 0, 0], "311")];
    assert_eq!(rows(&all), expected.map(|(shift, name)| (shift.to_vec(), name.to_owned())));
    assert_eq!(all.examined, 11);
    assert_eq!(least(&[], &sum([1, 1, 1], &[])), found(&[5], &["313", "333"]));
    assert_eq!(
        [0, 1, 2].map(|party| least(&[], &Cost::Alone { party })),
        [found(&[9], &["311"]), found(&[7], &["323"]), None]
    );
}

#[test]
fn red_lines_fall_where_their_price_is_below_the_shift_they_spare() {
    let lines: Vec<Line> = red_lines().into_iter().map(Line::droppable).collect();
    let at = |price| least(&lines, &sum([1, 1, 1], &[price; 3]));
    assert_eq!(at(2), found(&[7], &["313", "333"]));
    assert_eq!(at(4), found(&[9], &["313", "333"]));
    assert_eq!(at(6), found(&[11], &["213", "313", "333"]));
    assert_eq!(at(20), found(&[11], &["213"]));
    let cheap = least_shift(&case_c(), &THRESHOLDS, &lines, &sum([1, 1, 1], &[2; 3]), Caps::default(), 1).unwrap();
    let a_falls = matches!(cheap, Least::Found { tied, .. } if tied.iter().all(|row| row.dropped == [0]));
    assert!(a_falls);
}

#[test]
fn weights_prices_and_thresholds_that_do_not_fit_are_refused() {
    let ask = |thresholds: &[i64], cost: &Cost| least_shift(&case_c(), thresholds, &[], cost, Caps::default(), 1);
    assert_eq!(ask(&[1, 2], &Cost::Movers), Err(NoShift::Numbers));
    assert_eq!(ask(&THRESHOLDS, &sum([1, 0, 1], &[])), Err(NoShift::NotPositive));
    assert_eq!(ask(&THRESHOLDS, &Cost::Alone { party: 3 }), Err(NoShift::Numbers));
    assert_eq!(ask(&THRESHOLDS, &Cost::InTurn { order: vec![0, 0, 1] }), Err(NoShift::Numbers));
}

/// T_A, T_B, T_C, R_A, R_B, R_C.
fn demands() -> Vec<Demand<i64>> {
    let thresholds = THRESHOLDS.iter().enumerate().map(|(party, least)| Demand::Threshold { party, least: *least });
    thresholds.chain(red_lines().into_iter().map(|line| Demand::Line { owner: line.owner, rule: line.rule })).collect()
}

#[test]
fn the_demands_that_cannot_be_met_together_are_named() {
    let Conflicts { conflicts, corrections, complete } =
        conflicts(&case_c(), &demands(), ConflictLimits::default()).unwrap();
    assert!(complete);
    let sets: Vec<&[usize]> = conflicts.iter().map(|conflict| conflict.demands.as_slice()).collect();
    let expected: [&[usize]; 3] = [&[0, 1], &[1, 2, 3], &[1, 3, 4]];
    assert_eq!(sets, expected);
    let sets: Vec<&[usize]> = corrections.iter().map(|correction| correction.demands.as_slice()).collect();
    let expected: [&[usize]; 3] = [&[1], &[0, 3], &[0, 2, 4]];
    assert_eq!(sets, expected);
    assert_eq!(
        conflicts[2].reach,
        [Some(12), None, None],
        "where A's and B's red lines hold, B gets at most 12, below 15"
    );
}

#[test]
fn setting_issues_aside_shows_where_the_gap_is() {
    let found =
        attribution(&case_c(), &THRESHOLDS, &red_lines(), &[whole(1), whole(1), whole(1)], Caps::default()).unwrap();
    // By the bits of the set: nothing, 1, 2, 1 and 2, 3, 1 and 3, 2 and 3, all.
    assert_eq!(found.gaps, [11, 4, 8, 2, 5, 0, 3, 0].map(whole));
    assert_eq!(found.shares, ["31/6", "5/3", "25/6"].map(|share| parse(share).unwrap()));
    assert_eq!(found.opening(), [0b101]);
    let (_, lines) = set_aside(&case_c(), &red_lines(), |issue| issue == 0).unwrap();
    assert_eq!(lines, red_lines()[2..]);
}

#[test]
fn the_costs_of_no_agreement_that_open_a_zone_are_the_concessions_from_the_status_quo() {
    let problem = problem(&[&[&[5, 5], &[8, 4], &[4, 7], &[6, 4]]]);
    let rest = without(&problem, &[0]).unwrap();
    let found = concessions(&rest, &[5, 5], &[], Caps::default(), 10).unwrap();
    assert_eq!(rows(&found), [(vec![0, 1], "2".to_owned()), (vec![1, 0], "3".to_owned())]);
}
