//! What has to hold: clauses, each "at least one of these states is no better than the desired one".

use crate::concept::State;
use crate::inverse::ground::{Formula, Way, smallest};

/// The clauses of one decision maker, none of which contains another, and whether these are all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clauses {
    pub(super) clauses: Vec<Vec<State>>,
    pub(super) all: bool,
}

/// The most clauses that one improvement may have.
const MOST: usize = 1 << 8;

impl Clauses {
    /// The clauses that hold exactly where each improvement has a way: for formulas without negation these are unique.
    pub(super) fn of(formula: &Formula) -> Clauses {
        let each: Vec<Option<Vec<Vec<State>>>> = formula.iter().map(|ways| hitting(ways)).collect();
        let all = each.iter().all(Option::is_some);
        Clauses { clauses: smallest(each.into_iter().flatten().flatten().collect()), all }
    }
}

/// The smallest sets that have a state in common with every way (Berge's multiplication); nothing if they are too many.
fn hitting(ways: &[Way]) -> Option<Vec<Vec<State>>> {
    let mut sets: Vec<Vec<State>> = vec![Vec::new()];
    for way in ways {
        let mut next = Vec::new();
        for set in sets {
            if way.iter().any(|state| set.binary_search(state).is_ok()) {
                next.push(set);
                continue;
            }
            for state in way {
                let mut larger = set.clone();
                larger.push(*state);
                larger.sort_unstable();
                next.push(larger);
            }
            if next.len() > 4 * MOST {
                return None;
            }
        }
        sets = smallest(next);
        if sets.len() > MOST {
            return None;
        }
    }
    Some(sets)
}
