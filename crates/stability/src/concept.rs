//! Solution concepts, and the readings of them that differ in the literature.

use std::fmt;

/// A state of a model, counted from 0 inside; what people read is its [`number`](State::number).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State(pub u32);

impl State {
    /// The number that people read, from 1.
    #[must_use]
    pub fn number(self) -> u64 {
        u64::from(self.0) + 1
    }

    /// The place in a list of all states.
    #[must_use]
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{}", self.number())
    }
}

/// A decision maker of a model, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecisionMaker(pub usize);

/// When is a state stable for a decision maker? In each: every improvement that it could make on its own is deterred, by …
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concept {
    /// … nothing: there is no improvement (Nash 1950).
    Nash,
    /// … moves of the opponents to a state no better for it (Howard 1971, general metarationality).
    Gmr,
    /// … the same, and it has no countermove to anything better (Howard 1971, symmetric metarationality).
    Smr,
    /// … moves of the opponents each of which improves matters for the one who moves (Fraser and Hipel 1979, sequential stability).
    Seq,
    /// … the same, and it has no countermove to anything better (Rêgo and Vieira 2017, symmetric sequential stability).
    Sseq,
}

impl Concept {
    /// All concepts, in the order of the lists of results.
    pub const ALL: [Concept; 5] = [Concept::Nash, Concept::Gmr, Concept::Smr, Concept::Seq, Concept::Sseq];

    /// The place in [`Concept::ALL`].
    #[must_use]
    pub fn place(self) -> usize {
        self as usize
    }

    /// Whether opponents deter by improvements only.
    #[must_use]
    pub fn by_improvements(self) -> bool {
        matches!(self, Concept::Seq | Concept::Sseq)
    }

    /// Whether the decision maker's countermoves are looked at.
    #[must_use]
    pub fn with_countermoves(self) -> bool {
        matches!(self, Concept::Smr | Concept::Sseq)
    }
}

/// Which sequences of moves several opponents can make together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JointMoves {
    /// Of any length, none of them twice in a row (Fang, Hipel and Kilgour 1993).
    #[default]
    Canonical,
    /// Each of them moves at most once, in any order. For comparison with results that read it so.
    EachOnce,
    /// One move of one of them. For comparison with results that read it so.
    SingleMove,
}

/// Whether a sanction may lead back to the state that was left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Returns {
    /// The opponents deter also by undoing the improvement: the state that was left is no better than itself.
    #[default]
    Count,
    /// They do not, as in matrix forms with an empty diagonal.
    DoNotCount,
}

/// What an unknown preference between two states does (Li, Hipel, Kilgour and Fang 2004).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unknowns {
    /// Variant a: a decision maker leaves for what is better or unknown, and is deterred by what is no better.
    #[default]
    LeavesNotDeterred,
    /// Variant b: leaves for what is better, is deterred by what is no better.
    StaysNotDeterred,
    /// Variant c: leaves for what is better or unknown, is deterred by what is no better or unknown.
    LeavesDeterred,
    /// Variant d: leaves for what is better, is deterred by what is no better or unknown.
    StaysDeterred,
}

impl Unknowns {
    /// All variants, a to d.
    pub const ALL: [Unknowns; 4] =
        [Unknowns::LeavesNotDeterred, Unknowns::StaysNotDeterred, Unknowns::LeavesDeterred, Unknowns::StaysDeterred];

    /// Whether a decision maker leaves a state for one of which it is unknown whether it is better. The opponents' improvements in
    /// [`Concept::Seq`] and [`Concept::Sseq`] follow the same rule.
    #[must_use]
    pub fn leaves(self) -> bool {
        matches!(self, Unknowns::LeavesNotDeterred | Unknowns::LeavesDeterred)
    }

    /// Whether a state of which that is unknown deters.
    #[must_use]
    pub fn deters(self) -> bool {
        matches!(self, Unknowns::LeavesDeterred | Unknowns::StaysDeterred)
    }
}

/// The readings under which verdicts are found. The default is the canonical one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rules {
    /// Sequences of moves of several opponents.
    pub joint_moves: JointMoves,
    /// Sanctions that lead back.
    pub returns: Returns,
    /// Unknown preferences; without effect where there are none.
    pub unknowns: Unknowns,
}
