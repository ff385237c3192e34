//! Preferences in which the order of some pairs of states is not known.

use std::fmt;

use crate::concept::{State, Unknowns};
use crate::ranks::Ranks;

/// How one state compares to another for a decision maker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It is less preferred.
    Worse,
    /// Both are equally preferred.
    Equal,
    /// It is more preferred.
    Better,
    /// That is not known.
    Unknown,
}

/// Ranks, and the pairs of states of which it is not known how they compare (Li, Hipel, Kilgour and Fang 2004).
/// What is not known need not be transitive, so ranks still stand behind all other pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    ranks: Ranks,
    /// Smaller state first, sorted.
    unknown: Vec<(State, State)>,
}

/// A pair that cannot be unknown: a state that is not there, or one and the same state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPair(pub State, pub State);

impl fmt::Display for NoPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the states {} and {} are no pair of states of the model", self.0.number(), self.1.number())
    }
}

impl std::error::Error for NoPair {}

impl From<Ranks> for Preference {
    fn from(ranks: Ranks) -> Preference {
        Preference { ranks, unknown: Vec::new() }
    }
}

impl Preference {
    /// Ranks with unknown pairs, in any order; a pair that is given twice counts once.
    ///
    /// # Errors
    /// The first pair that cannot be one.
    pub fn new(ranks: Ranks, unknown: &[(State, State)]) -> Result<Preference, NoPair> {
        let there = |state: State| state.place() < ranks.states();
        if let Some((one, other)) = unknown.iter().find(|(one, other)| one == other || !there(*one) || !there(*other)) {
            return Err(NoPair(*one, *other));
        }
        let mut unknown: Vec<(State, State)> =
            unknown.iter().map(|(one, other)| (*one.min(other), *one.max(other))).collect();
        unknown.sort_unstable();
        unknown.dedup();
        Ok(Preference { ranks, unknown })
    }

    /// The ranks behind the pairs that are known.
    #[must_use]
    pub fn ranks(&self) -> &Ranks {
        &self.ranks
    }

    /// The pairs that are not known, smaller state first, sorted.
    #[must_use]
    pub fn unknown(&self) -> &[(State, State)] {
        &self.unknown
    }

    /// How `state` compares to `other`. `O(log unknown pairs)`.
    #[must_use]
    pub fn compare(&self, state: State, other: State) -> Relation {
        let pair = (state.min(other), state.max(other));
        if self.unknown.binary_search(&pair).is_ok() {
            return Relation::Unknown;
        }
        match self.ranks.rank(state).cmp(&self.ranks.rank(other)) {
            std::cmp::Ordering::Less => Relation::Worse,
            std::cmp::Ordering::Equal => Relation::Equal,
            std::cmp::Ordering::Greater => Relation::Better,
        }
    }

    /// Whether the decision maker would leave `from` for `to`, if it could move there.
    #[must_use]
    pub fn leaves(&self, from: State, to: State, unknowns: Unknowns) -> bool {
        match self.compare(to, from) {
            Relation::Better => true,
            Relation::Unknown => unknowns.leaves(),
            Relation::Worse | Relation::Equal => false,
        }
    }

    /// Whether the prospect of `outcome` deters the decision maker from leaving `from`.
    #[must_use]
    pub fn deters(&self, from: State, outcome: State, unknowns: Unknowns) -> bool {
        match self.compare(outcome, from) {
            Relation::Better => false,
            Relation::Unknown => unknowns.deters(),
            Relation::Worse | Relation::Equal => true,
        }
    }
}
