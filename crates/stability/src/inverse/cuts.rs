//! Preferences in which single states cross the desired one.

use crate::concept::{DecisionMaker, State};
use crate::inverse::Crossing;
use crate::ranks::Ranks;

/// A state and whose opinion of it changes.
pub(super) type Pair = (DecisionMaker, State);

/// The preferences of all decision makers, and which states have crossed the desired one.
#[derive(Clone, Debug)]
pub(super) struct Cuts {
    desired: State,
    ranks: Vec<Vec<u32>>,
    crossed: Vec<Vec<bool>>,
}

impl Cuts {
    pub(super) fn new(ranks: &[Ranks], desired: State) -> Cuts {
        let ranks: Vec<Vec<u32>> = ranks.iter().map(|ranks| ranks.as_slice().to_vec()).collect();
        let crossed = ranks.iter().map(|ranks| vec![false; ranks.len()]).collect();
        Cuts { desired, ranks, crossed }
    }

    /// Lets a state cross, or cross back.
    pub(super) fn toggle(&mut self, (mover, state): Pair) {
        let crossed = &mut self.crossed[mover.0][state.place()];
        *crossed = !*crossed;
    }

    pub(super) fn crossed(&self, (mover, state): Pair) -> bool {
        self.crossed[mover.0][state.place()]
    }

    /// Where a state stands: what crosses comes to stand next to the desired one, in its order among what crosses with it.
    fn value(&self, mover: DecisionMaker, state: State) -> (u8, u32) {
        let ranks = &self.ranks[mover.0];
        let (rank, desired) = (ranks[state.place()], ranks[self.desired.place()]);
        let group = match (rank > desired, self.crossed((mover, state))) {
            (true, false) => 4,
            (false, true) => 3,
            (false, false) if rank == desired => 2,
            (true, true) => 1,
            (false, false) => 0,
        };
        (group, rank)
    }

    /// Whether a state is no better than the desired one.
    pub(super) fn accepts(&self, mover: DecisionMaker, state: State) -> bool {
        self.value(mover, state).0 <= 2
    }

    pub(super) fn improves(&self, mover: DecisionMaker, from: State, to: State) -> bool {
        self.value(mover, to) > self.value(mover, from)
    }

    /// A crossing of a state, with its direction.
    pub(super) fn crossing(&self, (mover, state): Pair) -> Crossing {
        let ranks = &self.ranks[mover.0];
        let down = ranks[state.place()] > ranks[self.desired.place()];
        Crossing { decision_maker: mover, state, down }
    }

    /// The ranks as they stand now.
    pub(super) fn to_ranks(&self) -> Vec<Ranks> {
        let of = |mover: usize| {
            let states = (0u32..).map(State).take(self.ranks[mover].len());
            Ranks::of_values(&states.map(|state| self.value(DecisionMaker(mover), state)).collect::<Vec<_>>())
        };
        (0..self.ranks.len()).map(of).collect()
    }
}
