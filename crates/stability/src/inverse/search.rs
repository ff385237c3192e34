//! The least changes, by branch and bound.

use std::collections::BTreeSet;

use crate::inverse::cuts::{Cuts, Pair};

/// What a search has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Changes of so many opinions each, none of which can be made with fewer; whether these are all.
    Found { cost: usize, changes: Vec<Vec<Pair>>, all: bool },
    /// There are none.
    Impossible,
    /// The budget did not suffice; there are none of fewer changes than these.
    Undecided { at_least: usize },
}

/// A search for the smallest sets of changes with which nothing is open.
///
/// Every solution makes a further change wherever something is open: all of one of its ways. So the search branches on the changes of
/// the open improvement that has the fewest, each branch leaving alone what the branches before it have changed, and no solution is met
/// twice. It looks for solutions of 0, 1, 2, … changes until there is one.
pub(super) struct Search<'a, F> {
    /// What is open under some changes, as ways for each.
    open: F,
    cuts: &'a mut Cuts,
    /// Opinions that are not changed.
    kept: BTreeSet<Pair>,
    /// Nodes that may still be looked at.
    nodes: u64,
    /// How many solutions are listed.
    most: usize,
    chosen: Vec<Pair>,
    found: Vec<Vec<Pair>>,
    more: bool,
    /// Whether anything was left out for being too many changes.
    beyond: bool,
}

impl<F: Fn(&Cuts) -> Vec<Vec<Vec<Pair>>>> Search<'_, F> {
    /// Searches with `nodes` nodes at most, for `most` solutions; `kept` opinions stay as they are. The cuts are given back unchanged.
    pub(super) fn least(cuts: &mut Cuts, kept: BTreeSet<Pair>, nodes: u64, most: usize, open: F) -> Outcome {
        let (chosen, found) = (Vec::new(), Vec::new());
        let mut search = Search { open, cuts, kept, nodes, most, chosen, found, more: false, beyond: false };
        for cost in 0.. {
            search.beyond = false;
            let finished = search.descend(cost);
            search.found.iter_mut().for_each(|change| change.sort_unstable());
            search.found.sort_unstable();
            if !search.found.is_empty() {
                return Outcome::Found { cost, changes: search.found, all: finished && !search.more };
            }
            match (finished, search.beyond) {
                (false, _) => return Outcome::Undecided { at_least: cost },
                (true, false) => return Outcome::Impossible,
                (true, true) => {}
            }
        }
        Outcome::Impossible
    }

    /// Looks through all solutions that make up to `room` further changes; `false` if the budget is used up.
    fn descend(&mut self, room: usize) -> bool {
        let Some(nodes) = self.nodes.checked_sub(1) else { return false };
        self.nodes = nodes;
        let mut open = (self.open)(self.cuts);
        if open.is_empty() {
            self.more |= self.found.len() == self.most;
            if self.found.len() < self.most {
                self.found.push(self.chosen.clone());
            }
            return true;
        }
        for ways in &mut open {
            ways.retain(|way| !way.iter().any(|pair| self.kept.contains(pair)));
        }
        if open.iter().any(Vec::is_empty) {
            return true;
        }
        if at_least(&open) > room {
            self.beyond = true;
            return true;
        }
        for ways in &mut open {
            let before = ways.len();
            ways.retain(|way| way.len() <= room);
            self.beyond |= ways.len() < before;
        }
        let changes = |ways: &Vec<Vec<Pair>>| ways.iter().flatten().copied().collect::<BTreeSet<Pair>>();
        let fewest = open.iter().map(changes).min_by_key(BTreeSet::len).unwrap_or_default();
        let mut finished = true;
        for pair in &fewest {
            self.cuts.toggle(*pair);
            self.chosen.push(*pair);
            finished = self.descend(room - 1);
            self.chosen.pop();
            self.cuts.toggle(*pair);
            if !finished || self.more {
                break;
            }
            self.kept.insert(*pair);
        }
        self.kept.retain(|pair| !fewest.contains(pair));
        finished
    }
}

/// A number of changes below which nothing is solved: the sum over open improvements no two of which have a change in common.
fn at_least(open: &[Vec<Vec<Pair>>]) -> usize {
    let mut taken: BTreeSet<Pair> = BTreeSet::new();
    let mut sum = 0;
    for ways in open {
        if ways.iter().flatten().all(|pair| !taken.contains(pair)) {
            taken.extend(ways.iter().flatten());
            sum += ways.iter().map(Vec::len).min().unwrap_or(0);
        }
    }
    sum
}
