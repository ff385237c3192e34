//! The plain answers about gaps: every package, every set of demands, every order of issues.

use detente_packages::conflict::Demand;
use detente_packages::shift::Line;
use detente_packages::{Package, Problem, Rule};
use num_rational::Ratio;

use crate::support::oracle;

/// What a package asks: a shift of each party, and which of the lines it breaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ask {
    pub shift: Vec<i64>,
    pub dropped: Vec<usize>,
    pub package: Package,
}

pub fn meets(rule: &Rule, package: &[u16]) -> bool {
    let count = rule.literals.iter().filter(|literal| literal.holds[usize::from(package[literal.issue])]).count();
    (rule.at_least..=rule.at_most).contains(&count)
}

/// What every package asks that keeps the lines that are kept.
pub fn asks(problem: &Problem<i64>, thresholds: &[i64], lines: &[Line]) -> Vec<Ask> {
    let all = oracle::packages(problem).into_iter();
    let kept = all.filter(|package| lines.iter().all(|line| line.droppable || meets(&line.rule, package)));
    let ask = |package: Package| {
        let worth = oracle::worth(problem, &package);
        let shift = thresholds.iter().zip(&worth).map(|(threshold, worth)| (threshold - worth).max(0)).collect();
        let dropped = (0..lines.len()).filter(|line| !meets(&lines[*line].rule, &package)).collect();
        Ask { shift, dropped, package }
    };
    kept.map(ask).collect()
}

/// Whether one asks no more than the other.
pub fn no_more(one: &Ask, other: &Ask) -> bool {
    one.shift.iter().zip(&other.shift).all(|(one, other)| one <= other)
        && one.dropped.iter().all(|line| other.dropped.contains(line))
}

/// The shifts and dropped lines that nothing less opens a zone than, sorted.
pub fn minimal(asks: &[Ask]) -> Vec<(Vec<i64>, Vec<usize>)> {
    let less = |one: &Ask, other: &Ask| no_more(one, other) && !no_more(other, one);
    let kept = asks.iter().filter(|ask| !asks.iter().any(|other| less(other, ask)));
    let mut kept: Vec<_> = kept.map(|ask| (ask.shift.clone(), ask.dropped.clone())).collect();
    kept.sort();
    kept.dedup();
    kept
}

pub fn failed(problem: &Problem<i64>, demands: &[Demand<i64>], package: &Package) -> u64 {
    let worth = oracle::worth(problem, package);
    let meets = |demand: &Demand<i64>| match demand {
        Demand::Threshold { party, least } => worth[*party] >= *least,
        Demand::Line { rule, .. } => meets(rule, package),
    };
    (0..demands.len()).filter(|demand| !meets(&demands[*demand])).map(|demand| 1 << demand).sum()
}

/// Minimal conflict and correction sets: every set of demands, tried on every package.
pub fn conflicts(problem: &Problem<i64>, demands: &[Demand<i64>]) -> (Vec<u64>, Vec<u64>) {
    let failures: Vec<u64> =
        oracle::packages(problem).iter().map(|package| failed(problem, demands, package)).collect();
    let met = |set: u64| failures.iter().any(|failed| failed & set == 0);
    let all = (1_u64 << demands.len()) - 1;
    let smaller =
        |set: u64| (0..demands.len()).filter(move |one| set >> one & 1 == 1).map(move |one| set & !(1 << one));
    let conflicts = (0..=all).filter(|set| !met(*set) && smaller(*set).all(met)).collect();
    let corrections = (0..=all).filter(|set| met(all & !set) && smaller(*set).all(|part| !met(all & !part))).collect();
    (conflicts, corrections)
}

/// The least sum of shifts with issues aside: each party is credited with its best allowed option of them; lines over them alone do not
/// count. `None` if no package keeps the lines.
pub fn gap(problem: &Problem<i64>, thresholds: &[i64], lines: &[Line], aside: &[usize]) -> Option<i64> {
    let counted = lines.iter().filter(|line| !line.rule.literals.iter().all(|literal| aside.contains(&literal.issue)));
    let counted: Vec<&Line> = counted.collect();
    let kept =
        oracle::packages(problem).into_iter().filter(|package| counted.iter().all(|line| meets(&line.rule, package)));
    let shift = |package: Package| {
        let worth = |party: usize| {
            let of = |issue: usize| match aside.contains(&issue) {
                true => problem.allowed(issue).map(|option| problem.value(issue, option)[party]).max().unwrap_or(0),
                false => problem.value(issue, usize::from(package[issue]))[party],
            };
            problem.base()[party] + (0..problem.issues()).map(of).sum::<i64>()
        };
        (0..thresholds.len()).map(|party| (thresholds[party] - worth(party)).max(0)).sum::<i64>()
    };
    kept.map(shift).min()
}

/// The mean over all orders in which issues are set aside of what each takes off the gap.
pub fn shares(issues: usize, gap: impl Fn(&[usize]) -> i64) -> Vec<Ratio<i64>> {
    let mut orders: Vec<Vec<usize>> = vec![vec![]];
    for _ in 0..issues {
        let longer = |order: &Vec<usize>| {
            let order = order.clone();
            (0..issues).filter(move |issue| !order.contains(issue)).collect::<Vec<_>>()
        };
        orders = orders
            .iter()
            .flat_map(|order| {
                longer(order).into_iter().map(|issue| [order.clone(), vec![issue]].concat()).collect::<Vec<_>>()
            })
            .collect();
    }
    let mut sums = vec![0; issues];
    for order in &orders {
        for (place, issue) in order.iter().enumerate() {
            sums[*issue] += gap(&order[..place]) - gap(&order[..=place]);
        }
    }
    sums.into_iter().map(|sum| Ratio::new(sum, i64::try_from(orders.len()).unwrap())).collect()
}
