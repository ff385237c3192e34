//! The definitions written down as they stand in the literature, slowly; nothing is shared with the engine but its input types.

use std::collections::BTreeSet;

use detente_stability::*;

/// A model with preferences and the rule for unknown pairs.
pub struct Definitions<'a> {
    pub model: &'a Model,
    pub preferences: &'a [Preference],
    pub unknowns: Unknowns,
}

impl Definitions<'_> {
    pub fn movers(&self) -> Vec<usize> {
        (0..self.model.decision_makers()).collect()
    }

    /// What is not preferred to `from`, and so deters, as the four variants say.
    pub fn deters(&self, mover: usize, from: State, outcome: State) -> bool {
        match self.preferences[mover].compare(outcome, from) {
            Relation::Better => false,
            Relation::Worse | Relation::Equal => true,
            Relation::Unknown => matches!(self.unknowns, Unknowns::LeavesDeterred | Unknowns::StaysDeterred),
        }
    }

    pub fn improves(&self, mover: usize, from: State, to: State) -> bool {
        match self.preferences[mover].compare(to, from) {
            Relation::Better => true,
            Relation::Worse | Relation::Equal => false,
            Relation::Unknown => matches!(self.unknowns, Unknowns::LeavesNotDeterred | Unknowns::LeavesDeterred),
        }
    }

    /// All states reached by legal sequences, where each mover of the list has steps of its own.
    fn sequences<M: Copy + Ord>(
        &self,
        begin: State,
        movers: &[M],
        step: impl Fn(M, State) -> Vec<State>,
    ) -> BTreeSet<State> {
        let mut seen: BTreeSet<(State, M)> = BTreeSet::new();
        let mut open: Vec<(State, Option<M>)> = vec![(begin, None)];
        while let Some((from, last)) = open.pop() {
            for mover in movers.iter().copied().filter(|mover| Some(*mover) != last) {
                for to in step(mover, from) {
                    if seen.insert((to, mover)) {
                        open.push((to, Some(mover)));
                    }
                }
            }
        }
        seen.into_iter().map(|(state, _)| state).collect()
    }

    /// What a group reaches by any moves.
    pub fn reach(&self, group: &[usize], from: State) -> BTreeSet<State> {
        self.sequences(from, group, |mover, from| self.model.reach(DecisionMaker(mover), from))
    }

    /// What a group reaches by moves each of which improves for the one who moves.
    pub fn reach_improving(&self, group: &[usize], from: State) -> BTreeSet<State> {
        self.sequences(from, group, |mover, from| {
            let to = self.model.reach(DecisionMaker(mover), from);
            to.into_iter().filter(|to| self.improves(mover, from, *to)).collect()
        })
    }

    /// What a coalition reaches together and all its members prefer.
    pub fn improvements(&self, coalition: &[usize], from: State) -> Vec<State> {
        let reach = self.reach(coalition, from).into_iter();
        reach.filter(|to| *to != from && coalition.iter().all(|mover| self.improves(*mover, from, *to))).collect()
    }

    /// What a group reaches by improvements of any coalitions within it.
    fn reach_by_coalitions(&self, group: &[usize], from: State) -> BTreeSet<State> {
        let within: Vec<u32> = (1..1 << group.len()).collect();
        let members = |mask: u32| -> Vec<usize> {
            group.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, mover)| *mover).collect()
        };
        self.sequences(from, &within, |mask, from| self.improvements(&members(mask), from))
    }

    /// Whether a state is stable for a coalition; for one of a single member, for this decision maker.
    pub fn stable(
        &self,
        coalition: &[usize],
        state: State,
        concept: Concept,
        by_coalitions: bool,
        returns: bool,
    ) -> bool {
        let opponents: Vec<usize> = self.movers().into_iter().filter(|mover| !coalition.contains(mover)).collect();
        let deters = |outcome: State| coalition.iter().any(|mover| self.deters(*mover, state, outcome));
        self.improvements(coalition, state).into_iter().all(|improvement| {
            let answers = match concept {
                Concept::Nash => BTreeSet::new(),
                Concept::Gmr | Concept::Smr => self.reach(&opponents, improvement),
                Concept::Seq | Concept::Sseq if by_coalitions => self.reach_by_coalitions(&opponents, improvement),
                Concept::Seq | Concept::Sseq => self.reach_improving(&opponents, improvement),
            };
            let countered = |outcome| self.reach(coalition, outcome).into_iter().any(|to| !deters(to));
            let looks_on = matches!(concept, Concept::Smr | Concept::Sseq);
            answers
                .into_iter()
                .any(|outcome| deters(outcome) && (returns || outcome != state) && !(looks_on && countered(outcome)))
        })
    }
}
