//! The plain answer: list every package, keep those that obey the rules, compare each with each.
//!
//! It knows the input types only, and reads them itself: it shares no step with what it checks.

use std::collections::BTreeMap;

use detente_packages::{Literal, Package, Problem, Rule};

/// Every package that no rule and no ruled-out option forbids, in canonical order.
pub fn packages(problem: &Problem<i64>) -> Vec<Package> {
    let mut all: Vec<Package> = vec![Vec::new()];
    for issue in 0..problem.issues() {
        let longer =
            |package: &Package, option: usize| package.iter().copied().chain([option as u16]).collect::<Package>();
        all = all
            .iter()
            .flat_map(|package| problem.allowed(issue).map(|option| longer(package, option)).collect::<Vec<_>>())
            .collect();
    }
    all.retain(|package| problem.rules().iter().all(|rule| obeys(rule, package)));
    all
}

/// What a package is worth.
pub fn worth(problem: &Problem<i64>, package: &[u16]) -> Vec<i64> {
    let sum = |coordinate: usize| {
        let values =
            package.iter().enumerate().map(|(issue, option)| problem.value(issue, usize::from(*option))[coordinate]);
        problem.base()[coordinate] + values.sum::<i64>()
    };
    (0..problem.coordinates()).map(sum).collect()
}

/// The worths that no package's worth dominates, the greatest first, each with its packages in canonical order.
pub fn frontier(problem: &Problem<i64>) -> Vec<(Vec<i64>, Vec<Package>)> {
    undominated(packages(problem).into_iter().map(|package| (worth(problem, &package), package)))
}

/// Of some packages with their worths, those that none dominates.
pub fn undominated(packages: impl Iterator<Item = (Vec<i64>, Package)>) -> Vec<(Vec<i64>, Vec<Package>)> {
    let mut by_worth: BTreeMap<Vec<i64>, Vec<Package>> = BTreeMap::new();
    packages.for_each(|(worth, package)| by_worth.entry(worth).or_default().push(package));
    let worths: Vec<Vec<i64>> = by_worth.keys().cloned().collect();
    let beaten = |worth: &Vec<i64>| worths.iter().any(|other| dominates(other, worth));
    by_worth.into_iter().rev().filter(|(worth, _)| !beaten(worth)).collect()
}

/// No less on any coordinate, more on one.
pub fn dominates(above: &[i64], below: &[i64]) -> bool {
    above != below && above.iter().zip(below).all(|(above, below)| above >= below)
}

fn obeys(rule: &Rule, package: &[u16]) -> bool {
    let holds = |literal: &&Literal| literal.holds[usize::from(package[literal.issue])];
    let count = rule.literals.iter().filter(holds).count();
    rule.at_least <= count && count <= rule.at_most
}
