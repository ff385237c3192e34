//! The plain answer is worth something only if it catches mistakes. Each mistake here is one that others have made; on problems drawn
//! at random the plain answer differs from it, and agrees with the engine on the same problems.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up stops")]

mod support;

use std::collections::BTreeMap;

use detente_packages::{Caps, Interactions, Package, Problem, SearchLimits, Term, frontier};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use support::drawn::drawn;
use support::oracle;

/// Worths with their packages.
type Answer = Vec<(Vec<i64>, Vec<Package>)>;

/// Five hundred problems, the same on every run.
fn problems() -> Vec<Problem<i64>> {
    let mut runner = TestRunner::deterministic();
    (0..500).map(|_| drawn().new_tree(&mut runner).unwrap().current().problem()).collect()
}

/// On how many problems a mistaken answer differs from the plain one.
fn caught(mistaken: impl Fn(&Problem<i64>) -> Answer) -> usize {
    problems().iter().filter(|problem| mistaken(problem) != oracle::frontier(problem)).count()
}

fn engine(problem: &Problem<i64>) -> Answer {
    let found = frontier(problem, Caps::default()).unwrap();
    let points = found.points().iter().enumerate();
    points.map(|(place, point)| (point.worth.clone(), found.packages(place).collect())).collect()
}

/// Worths and packages issue by issue, dropping by a test of "the first beats the second"; rules are asked at the end.
fn composed(problem: &Problem<i64>, beats: impl Fn(&[i64], &[i64]) -> bool) -> Answer {
    let mut parts: BTreeMap<Vec<i64>, Vec<Package>> = [(problem.base().to_vec(), vec![Vec::new()])].into();
    for issue in 0..problem.issues() {
        let mut next: BTreeMap<Vec<i64>, Vec<Package>> = BTreeMap::new();
        for (worth, packages) in &parts {
            for option in problem.allowed(issue) {
                let sum: Vec<i64> = worth.iter().zip(problem.value(issue, option)).map(|(a, b)| a + b).collect();
                let longer = packages.iter().map(|package| package.iter().copied().chain([option as u16]).collect());
                next.entry(sum).or_default().extend(longer);
            }
        }
        parts = undominated_by(next, &beats).into_iter().collect();
    }
    let mut all: Vec<(Vec<i64>, Package)> = Vec::new();
    for (worth, packages) in parts {
        all.extend(
            packages.into_iter().filter(|package| problem.admits(package)).map(|package| (worth.clone(), package)),
        );
    }
    let mut by_worth: BTreeMap<Vec<i64>, Vec<Package>> = BTreeMap::new();
    all.into_iter().for_each(|(worth, package)| by_worth.entry(worth).or_default().push(package));
    by_worth.values_mut().for_each(|packages| packages.sort());
    undominated_by(by_worth, beats)
}

fn undominated_by(all: BTreeMap<Vec<i64>, Vec<Package>>, beats: impl Fn(&[i64], &[i64]) -> bool) -> Answer {
    let worths: Vec<Vec<i64>> = all.keys().cloned().collect();
    all.into_iter().rev().filter(|(worth, _)| !worths.iter().any(|other| beats(other, worth))).collect()
}

#[test]
fn the_engine_is_caught_on_none() {
    assert_eq!(caught(engine), 0);
}

#[test]
fn parts_compared_although_rules_stand_differently_are_caught() {
    assert!(caught(|problem| composed(problem, oracle::dominates)) > 20);
}

#[test]
fn the_part_of_the_free_frontier_that_obeys_the_rules_is_caught() {
    let mistaken = |problem: &Problem<i64>| {
        let issues = (0..problem.issues())
            .map(|issue| (0..problem.options(issue)).map(|option| problem.value(issue, option).to_vec()).collect());
        let free = Problem::new(problem.base().to_vec(), issues.collect()).unwrap();
        let obeying = |(worth, mut packages): (Vec<i64>, Vec<Package>)| {
            packages.retain(|package| problem.admits(package));
            (!packages.is_empty()).then_some((worth, packages))
        };
        oracle::frontier(&free).into_iter().filter_map(obeying).collect()
    };
    let caught = caught(mistaken);
    assert!(caught > 20, "{caught}");
}

#[test]
fn dropping_only_what_is_beaten_on_every_coordinate_is_caught() {
    let on_all = |above: &[i64], below: &[i64]| above.iter().zip(below).all(|(above, below)| above > below);
    let mistaken = |problem: &Problem<i64>| {
        let packages = oracle::packages(problem).into_iter().map(|package| (oracle::worth(problem, &package), package));
        let mut by_worth: BTreeMap<Vec<i64>, Vec<Package>> = BTreeMap::new();
        packages.for_each(|(worth, package)| by_worth.entry(worth).or_default().push(package));
        undominated_by(by_worth, on_all)
    };
    let caught = caught(mistaken);
    assert!(caught > 20, "{caught}");
}

#[test]
fn a_tolerance_is_caught() {
    // "Not less by more than one" in place of "not less".
    let about = |above: &[i64], below: &[i64]| {
        above != below && above.iter().zip(below).all(|(above, below)| above + 1 >= *below)
    };
    let mistaken = |problem: &Problem<i64>| {
        let packages = oracle::packages(problem).into_iter().map(|package| (oracle::worth(problem, &package), package));
        let mut by_worth: BTreeMap<Vec<i64>, Vec<Package>> = BTreeMap::new();
        packages.for_each(|(worth, package)| by_worth.entry(worth).or_default().push(package));
        undominated_by(by_worth, about)
    };
    let caught = caught(mistaken);
    assert!(caught > 20, "{caught}");
}

#[test]
fn ties_of_which_only_the_first_is_kept_are_caught() {
    let mistaken = |problem: &Problem<i64>| {
        let mut answer = oracle::frontier(problem);
        answer.iter_mut().for_each(|(_, packages)| packages.truncate(1));
        answer
    };
    let caught = caught(mistaken);
    assert!(caught > 20, "{caught}");
}

#[test]
fn options_dropped_one_by_one_although_they_work_together_are_caught() {
    // Each problem gets one term on its first and last issue; the mistake drops dominated parts before the term is counted.
    let mut differs = 0;
    for problem in problems().into_iter().filter(|problem| problem.issues() > 1 && problem.rules().is_empty()) {
        let last = |issue: usize| detente_packages::Literal {
            issue,
            holds: (0..problem.options(issue)).map(|option| option + 1 == problem.options(issue)).collect(),
        };
        let term = Term { when: vec![last(0), last(problem.issues() - 1)], bonus: vec![12; problem.coordinates()] };
        let interactions = Interactions::new(problem.clone(), vec![term]).unwrap();
        let with_term = |packages: Vec<Package>| {
            oracle::undominated(packages.into_iter().map(|package| (interactions.worth(&package), package)))
        };
        let mistaken =
            with_term(composed(&problem, oracle::dominates).into_iter().flat_map(|(_, packages)| packages).collect());
        let plain = with_term(oracle::packages(&problem));
        let found = interactions.search(SearchLimits::default()).unwrap();
        let listed: Answer = found
            .points()
            .iter()
            .enumerate()
            .map(|(place, point)| (point.worth.clone(), found.packages(place).collect()))
            .collect();
        assert_eq!(listed, plain);
        differs += usize::from(mistaken != plain);
    }
    assert!(differs > 20, "{differs}");
}
