//! The order in which issues are added: so that few rules and terms are open at a time.

use std::collections::BTreeSet;

/// The issues in the order of work: those that rules and terms speak of first, each time the one that leaves the fewest of them open, then
/// the free ones. Of equals the last in the order of the case goes first. A scope is the issues that a rule or a term speaks of.
pub(super) fn processing_order(issues: usize, scopes: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut scopes_of = vec![Vec::new(); issues];
    for (place, scope) in scopes.iter().enumerate() {
        scope.iter().for_each(|&issue| scopes_of[issue].push(place));
    }
    let mut left: Vec<usize> = scopes.iter().map(BTreeSet::len).collect();
    let mut open = vec![false; scopes.len()];
    let mut waiting: Vec<usize> = (0..issues).rev().filter(|&issue| !scopes_of[issue].is_empty()).collect();
    let mut order = Vec::with_capacity(issues);
    while !waiting.is_empty() {
        // How many more are open after an issue: those that it opens and does not close, less those that it closes.
        let opened = |issue: usize| -> isize {
            let change = |&scope: &usize| match (open[scope], left[scope]) {
                (true, 1) => -1,
                (true, _) | (false, 1) => 0,
                (false, _) => 1,
            };
            scopes_of[issue].iter().map(change).sum()
        };
        let best = (0..waiting.len()).min_by_key(|&place| (opened(waiting[place]), place)).unwrap_or(0);
        let issue = waiting.remove(best);
        for &scope in &scopes_of[issue] {
            left[scope] -= 1;
            open[scope] = left[scope] > 0;
        }
        order.push(issue);
    }
    order.extend((0..issues).rev().filter(|&issue| scopes_of[issue].is_empty()));
    order
}
