//! The plain answers: every package of the zone, compared with every other by the definition.

use std::cmp::Ordering;

use detente_packages::{Package, Problem};
use num_rational::Ratio;

use crate::support::oracle;

/// What a solution is: each vector that ties with its packages, the greatest vector first.
pub type Answer = Vec<(Vec<i64>, Vec<Package>)>;

pub type Share = Ratio<i128>;

/// The packages that are worth at least `least` to each party.
pub fn zone(problem: &Problem<i64>, least: &[i64]) -> Vec<(Vec<i64>, Package)> {
    let all = oracle::packages(problem).into_iter().map(|package| (oracle::worth(problem, &package), package));
    all.filter(|(worth, _)| worth.iter().zip(least).all(|(worth, least)| worth >= least)).collect()
}

/// Those that no other beats.
fn unbeaten(zone: &[(Vec<i64>, Package)], order: impl Fn(&[i64], &[i64]) -> Ordering) -> Answer {
    let left = zone.iter().filter(|(worth, _)| !zone.iter().any(|(other, _)| order(other, worth) == Ordering::Greater));
    // Grouped by vector; of unbeaten ones none dominates another unless the order cannot tell them apart.
    oracle::undominated(left.cloned())
}

pub fn nash(zone: &[(Vec<i64>, Package)], d: &[i64], powers: &[u32]) -> Answer {
    let gaining: Vec<_> =
        zone.iter().filter(|(worth, _)| worth.iter().zip(d).all(|(worth, d)| worth > d)).cloned().collect();
    let product = |worth: &[i64]| -> i128 {
        worth.iter().zip(d).zip(powers).map(|((worth, d), power)| i128::from(worth - d).pow(*power)).product()
    };
    unbeaten(&gaining, |a, b| product(a).cmp(&product(b)))
}

pub fn egalitarian(zone: &[(Vec<i64>, Package)], d: &[i64]) -> Answer {
    let gains = |worth: &[i64]| {
        let mut gains: Vec<i64> = worth.iter().zip(d).map(|(worth, d)| worth - d).collect();
        gains.sort_unstable();
        gains
    };
    unbeaten(zone, |a, b| gains(a).cmp(&gains(b)))
}

pub fn utilitarian(zone: &[(Vec<i64>, Package)]) -> Answer {
    unbeaten(zone, |a, b| a.iter().sum::<i64>().cmp(&b.iter().sum()))
}

/// The normalised gains of parties that can gain; `None` if none can.
pub fn shares(worth: &[i64], d: &[i64], ideal: &[i64]) -> Option<Vec<Share>> {
    let counted = (0..d.len()).filter(|party| ideal[*party] != d[*party]);
    let share = |party: usize| Share::new((worth[party] - d[party]).into(), (ideal[party] - d[party]).into());
    let shares: Vec<Share> = counted.map(share).collect();
    (!shares.is_empty()).then_some(shares)
}

pub fn greatest(zone: &[(Vec<i64>, Package)], parties: usize) -> Vec<i64> {
    (0..parties).map(|party| zone.iter().map(|(worth, _)| worth[party]).max().unwrap_or(0)).collect()
}

pub fn kalai_smorodinsky(zone: &[(Vec<i64>, Package)], d: &[i64], ideal: &[i64]) -> Answer {
    if shares(d, d, ideal).is_none() || ideal.iter().zip(d).any(|(ideal, d)| ideal < d) {
        return Vec::new();
    }
    let sorted = |worth: &[i64]| {
        let mut shares = shares(worth, d, ideal).unwrap();
        shares.sort_unstable();
        shares
    };
    unbeaten(zone, |a, b| sorted(a).cmp(&sorted(b)))
}

pub fn min_spread(zone: &[(Vec<i64>, Package)], d: &[i64], ideal: &[i64]) -> Answer {
    if shares(d, d, ideal).is_none() || ideal.iter().zip(d).any(|(ideal, d)| ideal < d) {
        return Vec::new();
    }
    let spread = |worth: &[i64]| {
        let shares = shares(worth, d, ideal).unwrap();
        shares.iter().max().unwrap() - shares.iter().min().unwrap()
    };
    let frontier: Vec<_> = oracle::undominated(zone.iter().cloned())
        .into_iter()
        .flat_map(|(worth, packages)| packages.into_iter().map(move |package| (worth.clone(), package)))
        .collect();
    unbeaten(&frontier, |a, b| spread(b).cmp(&spread(a)))
}
