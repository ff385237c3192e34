//! Verdicts under any reading and any preference, straight from the definitions: moves one by one, a search from each improvement.
//!
//! `O(states × moves)` a decision maker: for readings and preferences in which a sanction cannot be summed up in one number a state, and
//! for models of some thousand states.

use std::collections::BTreeSet;

use crate::code::Code;
use crate::concept::{Concept, DecisionMaker, JointMoves, Returns, Rules, State};
use crate::graph::GraphForm;
use crate::preference::Preference;
use crate::verdicts::Verdicts;

/// Finds all verdicts; one preference a decision maker.
pub(crate) fn analyse(graph: &GraphForm, preferences: &[Preference], rules: Rules) -> Verdicts {
    let states = graph.states();
    let mut verdicts = Verdicts::none(preferences.len(), states);
    let mut search = Search::new(graph, preferences, rules);
    for focal in (0..preferences.len()).map(DecisionMaker) {
        let mut unstable = vec![[false; 5]; states];
        let before = predecessors(graph, focal);
        for (to, before) in (0u32..).map(State).zip(&before) {
            let leaving = |from: &&State| preferences[focal.0].leaves(**from, to, rules.unknowns);
            if !before.iter().any(|from| leaving(&from)) {
                continue;
            }
            let reached = [false, true].map(|improving| search.reached(focal, to, improving));
            for from in before.iter().filter(leaving) {
                for concept in Concept::ALL {
                    let sanctions = &reached[usize::from(concept.by_improvements())];
                    let deterred = concept != Concept::Nash
                        && sanctions.iter().any(|outcome| search.sanctions(focal, *from, *outcome, concept));
                    unstable[from.place()][concept.place()] |= !deterred;
                }
            }
        }
        for concept in Concept::ALL {
            let words = verdicts.words_mut(focal);
            let size = states.div_ceil(64);
            for (place, unstable) in unstable.iter().enumerate() {
                words[concept.place() * size + place / 64] |= u64::from(!unstable[concept.place()]) << (place % 64);
            }
        }
    }
    verdicts
}

/// For each state those from which a decision maker can move to it.
fn predecessors(graph: &GraphForm, mover: DecisionMaker) -> Vec<Vec<State>> {
    let mut before = vec![Vec::new(); graph.states()];
    for from in (0u32..).map(State).take(graph.states()) {
        for to in graph.to(mover, from) {
            before[*to as usize].push(from);
        }
    }
    before
}

/// What opponents can bring about, by forward search.
pub(crate) struct Search<'a> {
    graph: &'a GraphForm,
    preferences: &'a [Preference],
    rules: Rules,
    /// By state and last mover, the search that saw it last.
    seen: Vec<u32>,
    searches: u32,
}

impl<'a> Search<'a> {
    pub(crate) fn new(graph: &'a GraphForm, preferences: &'a [Preference], rules: Rules) -> Search<'a> {
        let seen = match rules.joint_moves {
            JointMoves::Canonical => vec![0; graph.states() * preferences.len()],
            JointMoves::EachOnce | JointMoves::SingleMove => Vec::new(),
        };
        Search { graph, preferences, rules, seen, searches: 0 }
    }

    /// Whether an outcome that opponents bring about deters the focal decision maker from leaving `from`.
    pub(crate) fn sanctions(&self, focal: DecisionMaker, from: State, outcome: State, concept: Concept) -> bool {
        let preference = &self.preferences[focal.0];
        let deters = |outcome: State| preference.deters(from, outcome, self.rules.unknowns);
        let counts = outcome != from || self.rules.returns == Returns::Count;
        let countermoves = self.graph.to(focal, outcome);
        counts && deters(outcome) && (!concept.with_countermoves() || countermoves.iter().all(|to| deters(State(*to))))
    }

    /// The states that the opponents of `focal` can reach from a state, by improvements only or by any moves; ascending.
    pub(crate) fn reached(&mut self, focal: DecisionMaker, begin: State, improving: bool) -> Vec<State> {
        let mut reached = match self.rules.joint_moves {
            JointMoves::SingleMove => {
                self.opponents(focal).flat_map(|mover| self.moves(mover, begin, improving)).collect()
            }
            JointMoves::EachOnce => self.each_once(focal, begin, improving),
            JointMoves::Canonical => self.canonical(focal, begin, improving),
        };
        reached.sort_unstable();
        reached.dedup();
        reached
    }

    fn opponents(&self, focal: DecisionMaker) -> impl Iterator<Item = DecisionMaker> + use<> {
        (0..self.preferences.len()).map(DecisionMaker).filter(move |mover| *mover != focal)
    }

    fn moves(&self, mover: DecisionMaker, from: State, improving: bool) -> impl Iterator<Item = State> + '_ {
        let (preference, unknowns) = (&self.preferences[mover.0], self.rules.unknowns);
        let to = self.graph.to(mover, from).iter().map(|to| State(*to));
        to.filter(move |to| !improving || preference.leaves(from, *to, unknowns))
    }

    fn canonical(&mut self, focal: DecisionMaker, begin: State, improving: bool) -> Vec<State> {
        self.searches += 1;
        let movers = self.preferences.len();
        let mut open: Vec<(State, Option<DecisionMaker>)> = vec![(begin, None)];
        let mut reached = Vec::new();
        while let Some((from, last)) = open.pop() {
            for mover in self.opponents(focal).filter(|mover| Some(*mover) != last) {
                let to: Vec<State> = self.moves(mover, from, improving).collect();
                for to in to {
                    let seen = &mut self.seen[to.place() * movers + mover.0];
                    if *seen != self.searches {
                        *seen = self.searches;
                        reached.push(to);
                        open.push((to, Some(mover)));
                    }
                }
            }
        }
        reached
    }

    fn each_once(&self, focal: DecisionMaker, begin: State, improving: bool) -> Vec<State> {
        let mut open = vec![(begin, Code::NONE)];
        let mut seen = BTreeSet::new();
        while let Some((from, moved)) = open.pop() {
            for mover in self.opponents(focal).filter(|mover| !moved.has(mover.0)) {
                let moved = moved.with(mover.0, true);
                open.extend(self.moves(mover, from, improving).map(|to| (to, moved)).filter(|pair| seen.insert(*pair)));
            }
        }
        seen.into_iter().map(|(state, _)| state).collect()
    }
}
