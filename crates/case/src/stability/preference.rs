//! What a decision maker prefers, and how sure that is.

use super::{Formula, Fraction, ModelOption, Placed, StateNumber};
use crate::ids::Id;

/// What a decision maker prefers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preference {
    /// The states in order.
    Ranking(Ranking),
    /// Statements, the most important first: of two states the better is the one that meets the first statement that tells them apart.
    Statements(Order),
    /// The sum of the weights of the options that are taken.
    Weights(Weights),
    /// All states alike.
    Indifferent,
}

/// States in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// The most preferred first; states that are equal stand in one entry.
    pub classes: Vec<Vec<Placed<StateNumber>>>,
    /// By how many places a draw may move each state; 0 if the order is taken as certain.
    pub noise: u32,
}

/// Statements in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The most important first.
    pub statements: Vec<Placed<Statement>>,
    /// How many swaps of neighbouring statements a draw may make; 0 if the order is taken as certain.
    pub swaps: u32,
}

/// Something that a decision maker wants to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it wants to hold.
    pub holds: Formula,
    /// What the statement and its place rest on.
    pub basis: Basis,
    /// Why it is made.
    pub reason: Box<str>,
}

/// What a statement rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The file gives it in its list, and its place is that of the list.
    Given,
    /// Rows of the case, by their ids. Its place is that of the file.
    Rows(Vec<Placed<Box<str>>>),
    /// Nothing but its reason: an assumption, at any of these places in the order, from 1; at any place of all if none.
    Assumption(Option<Places>),
}

/// Places in an order, from 1; the first is not after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    pub(super) first: u32,
    pub(super) last: u32,
}

impl Places {
    /// The first place, from 1.
    #[must_use]
    pub fn first(self) -> u32 {
        self.first
    }

    /// The last place, at most the number of statements.
    #[must_use]
    pub fn last(self) -> u32 {
        self.last
    }
}

/// For options, what taking them is worth; options that are not listed are worth nothing. Sorted by option, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights(pub(super) Vec<(Id<ModelOption>, Placed<Weight>)>);

impl Weights {
    /// The options that have a weight, in their order.
    #[must_use]
    pub fn options(&self) -> &[(Id<ModelOption>, Placed<Weight>)] {
        &self.0
    }
}

/// What taking an option is worth. The three rise; where they are the same the weight is taken as certain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    low: Fraction,
    best: Fraction,
    high: Fraction,
}

impl Weight {
    /// A weight that is taken as certain.
    #[must_use]
    pub fn certain(weight: Fraction) -> Self {
        Weight { low: weight.clone(), best: weight.clone(), high: weight }
    }

    /// A weight from a range; none unless `low` ≤ `best` ≤ `high`.
    #[must_use]
    pub fn range(low: Fraction, best: Fraction, high: Fraction) -> Option<Self> {
        (low <= best && best <= high).then_some(Weight { low, best, high })
    }

    /// The least value.
    #[must_use]
    pub fn low(&self) -> &Fraction {
        &self.low
    }

    /// The value thought most likely.
    #[must_use]
    pub fn best(&self) -> &Fraction {
        &self.best
    }

    /// The greatest value.
    #[must_use]
    pub fn high(&self) -> &Fraction {
        &self.high
    }

    /// Whether it is taken as certain.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.low == self.high
    }
}

/// States whose order is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// These two.
    States(StateNumber, StateNumber),
    /// Each state in which the first holds against each in which the second does.
    Sets(Formula, Formula),
}
