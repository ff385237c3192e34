//! The order in which issues are added: so that few rules are open at a time.

use crate::number::Whole;
use crate::problem::Problem;

/// The issues in the order of work: those that rules speak of first, each time the one that leaves the fewest rules open, then the
/// free ones. Of equals the last in the order of the case goes first.
pub(super) fn processing_order<W: Whole>(problem: &Problem<W>) -> Vec<usize> {
    let rules = problem.rules();
    let mut rules_of = vec![Vec::new(); problem.issues()];
    let mut left = vec![0_usize; rules.len()];
    for (place, rule) in rules.iter().enumerate() {
        for literal in &rule.literals {
            if rules_of[literal.issue].last() != Some(&place) && !rules_of[literal.issue].contains(&place) {
                rules_of[literal.issue].push(place);
                left[place] += 1;
            }
        }
    }
    let mut open = vec![false; rules.len()];
    let mut waiting: Vec<usize> = (0..problem.issues()).rev().filter(|&issue| !rules_of[issue].is_empty()).collect();
    let mut order = Vec::with_capacity(problem.issues());
    while !waiting.is_empty() {
        // How many more rules are open after an issue: those that it opens and does not close, less those that it closes.
        let opened = |issue: usize| -> isize {
            let change = |&rule: &usize| match (open[rule], left[rule]) {
                (true, 1) => -1,
                (true, _) | (false, 1) => 0,
                (false, _) => 1,
            };
            rules_of[issue].iter().map(change).sum()
        };
        let best = (0..waiting.len()).min_by_key(|&place| (opened(waiting[place]), place)).unwrap_or(0);
        let issue = waiting.remove(best);
        for &rule in &rules_of[issue] {
            left[rule] -= 1;
            open[rule] = left[rule] > 0;
        }
        order.push(issue);
    }
    order.extend((0..problem.issues()).rev().filter(|&issue| rules_of[issue].is_empty()));
    order
}
