//! The Nash point without the frontier, and the least shift, on problems drawn at random: the same on every run.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_packages::conflict::{ConflictLimits, Demand, conflicts};
use detente_packages::shift::{Cost, Least, least_shift};
use detente_packages::solution::Powers;
use detente_packages::{Caps, Exact, Limits, Literal, Problem, Rule, Search, nash_point};

fn main() {
    divan::main();
}

/// SplitMix64.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % end
    }
}

/// Ten options an issue, each worth 0 to 1,000 to each party.
fn random(parties: usize, issues: usize, seed: u64) -> Problem<i64> {
    let mut draws = Draws(seed);
    let mut option = || (0..parties).map(|_| i64::try_from(draws.below(1001)).unwrap_or(0)).collect::<Vec<_>>();
    let issues = (0..issues).map(|_| (0..10).map(|_| option()).collect()).collect();
    Problem::new(vec![0; parties], issues).expect("every option has a value for each party")
}

/// A chain of rules: the first half of each issue's options excludes the second half of the next one's.
fn chained(mut problem: Problem<i64>) -> Problem<i64> {
    for issue in 1..problem.issues() {
        let half =
            |issue: usize, first: bool| Literal { issue, holds: (0..10).map(|option| (option < 5) == first).collect() };
        problem.add_rule(Rule::not_all(vec![half(issue - 1, true), half(issue, false)])).expect("the issues are there");
    }
    problem
}

fn nash(problem: &Problem<i64>) -> Search<i64> {
    let d = vec![0; problem.coordinates()];
    nash_point(problem, &d, &d, &Powers::equal(d.len()), Limits::default()).expect("within the limit")
}

/// Parties and issues: 10^7 packages with 2, 3 and 5 parties, 10^12 and 10^40 with 2.
#[divan::bench(args = [(2, 7), (3, 7), (5, 7), (2, 12), (2, 40)])]
fn nash_alone(bencher: divan::Bencher<'_, '_>, (parties, issues): (usize, usize)) {
    let problem = random(parties, issues, 1);
    bencher.bench_local(|| nash(&problem));
}

#[divan::bench(args = [(2, 7), (3, 7), (5, 7), (2, 12), (2, 40)])]
fn nash_alone_with_rules(bencher: divan::Bencher<'_, '_>, (parties, issues): (usize, usize)) {
    let problem = chained(random(parties, issues, 1));
    bencher.bench_local(|| nash(&problem));
}

/// 10^14 packages with rules. Every party asks for some hundredths of the most that it could have: at 90 all are far from it, at the
/// lower figure a package comes near.
#[divan::bench(args = [(2, 90), (2, 80), (3, 90), (3, 75), (5, 90), (5, 72)])]
fn least_shift_with_rules(bencher: divan::Bencher<'_, '_>, (parties, hundredths): (usize, i64)) {
    let problem = chained(random(parties, 14, 1));
    let thresholds = thresholds(&problem, hundredths);
    let cost = Cost::Sum { weights: vec![Exact::from_integer(1.into()); parties], prices: Vec::new() };
    let shift = || -> Least<i64> {
        least_shift(&problem, &thresholds, &[], &cost, Caps::default(), 10).expect("within the limit")
    };
    bencher.bench_local(shift);
}

/// 10^14 packages; each party has a threshold and a red line on every issue: half of the options.
#[divan::bench(args = [2, 3])]
fn conflict_sets(bencher: divan::Bencher<'_, '_>, parties: usize) {
    let problem = random(parties, 14, 1);
    let thresholds = thresholds(&problem, 80).into_iter().enumerate();
    let mut demands: Vec<Demand<i64>> = thresholds.map(|(party, least)| Demand::Threshold { party, least }).collect();
    for (owner, issue) in (0..parties).flat_map(|party| (0..14).map(move |issue| (party, issue))) {
        // Its own half begins at another option for each party.
        let holds = (0..10).map(|option| (option + 4 * owner + issue) % 10 < 5).collect();
        demands.push(Demand::Line { owner: Some(owner), rule: Rule::any(vec![Literal { issue, holds }]) });
    }
    let limits = ConflictLimits { sets: 100, ..ConflictLimits::default() };
    bencher.bench_local(|| conflicts(&problem, &demands, limits).expect("within the limit"));
}

fn thresholds(problem: &Problem<i64>, hundredths: i64) -> Vec<i64> {
    let most =
        |issue: usize, party: usize| problem.allowed(issue).map(|option| problem.value(issue, option)[party]).max();
    let sum = |party: usize| (0..problem.issues()).filter_map(|issue| most(issue, party)).sum::<i64>();
    (0..problem.coordinates()).map(|party| sum(party) * hundredths / 100).collect()
}
