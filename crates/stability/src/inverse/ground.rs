//! What the stability of one state depends on.
//!
//! For a decision maker only matters which states are no better for it than the desired one: call these accepted. Each improvement has
//! *ways* in which it ceases to matter, each a set of states that have to be accepted: the improvement itself, or something to which the
//! opponents answer, together with all countermoves from there where the concept looks at these. One way for each improvement makes the
//! state stable. Where opponents answer by improvements their preferences say what the ways are; else nothing but the moves does.

use std::collections::BTreeSet;

use crate::concept::{Concept, DecisionMaker, State};
use crate::inverse::InverseError;
use crate::inverse::cuts::{Cuts, Pair};
use crate::model::Model;
use crate::sequence::Sequences;

/// States all of which have to be accepted, ascending; the desired one is left out.
pub(super) type Way = Vec<State>;

/// For each improvement that a decision maker could make its ways, none of which contains another.
pub(super) type Formula = Vec<Vec<Way>>;

/// A move from the desired state and what may come of it.
#[derive(Clone, Debug)]
struct Move {
    to: State,
    /// What the opponents can reach from there by any moves.
    answers: Vec<State>,
    /// Between which of these, and `to`, opponents move.
    between: Vec<Pair>,
    /// About how many steps it takes to look at it once: states, countermoves, and moves of opponents where their preferences matter.
    steps: usize,
}

/// The moves of each decision maker from the desired state.
#[derive(Clone, Debug)]
pub(super) struct Ground<'a> {
    model: &'a Model,
    desired: State,
    concept: Concept,
    moves: Vec<Vec<Move>>,
}

/// The most states that moves and their answers may have together, countermoves included.
const MOST: usize = 1 << 22;

/// The most pairs of answers to one move that are compared, where countermoves make each a set.
const MOST_PAIRS: usize = 1 << 30;

impl<'a> Ground<'a> {
    pub(super) fn new(model: &'a Model, desired: State, concept: Concept) -> Result<Ground<'a>, InverseError> {
        let mut ground = Ground { model, desired, concept, moves: Vec::new() };
        let (mut size, mut pairs) = (0, 0usize);
        for mover in (0..model.decision_makers()).map(DecisionMaker) {
            let mut moves = Vec::new();
            for to in model.reach(mover, desired) {
                let answers = match concept {
                    Concept::Nash => Vec::new(),
                    _ => ground.answers(mover, to, |_, _, _| true),
                };
                let counter =
                    |state: &State| if concept.with_countermoves() { model.reach(mover, *state).len() } else { 0 };
                let looked_at = 1 + answers.iter().map(|answer| 1 + counter(answer)).sum::<usize>();
                size += looked_at;
                pairs += if concept.with_countermoves() { answers.len().saturating_mul(answers.len()) } else { 0 };
                if size > MOST || pairs > MOST_PAIRS {
                    return Err(InverseError::TooLarge);
                }
                let (between, arcs) = match concept.by_improvements() {
                    true => ground.between(mover, to, &answers),
                    false => (Vec::new(), 0),
                };
                moves.push(Move { to, answers, between, steps: looked_at + arcs });
            }
            ground.moves.push(moves);
        }
        Ok(ground)
    }

    /// Where a decision maker can move from the desired state.
    pub(super) fn moves(&self, mover: DecisionMaker) -> impl Iterator<Item = State> + '_ {
        self.moves[mover.0].iter().map(|single| single.to)
    }

    /// About how many steps it takes to look at everything once.
    pub(super) fn steps(&self) -> u64 {
        self.moves.iter().flatten().map(|single| single.steps as u64).sum::<u64>().max(1)
    }

    /// The ways of a decision maker where opponents answer by any moves. Where they answer by improvements these are necessary and not
    /// sufficient, since improvements are moves.
    pub(super) fn by_any_moves(&self, mover: DecisionMaker) -> Formula {
        self.moves[mover.0].iter().map(|single| self.ways(mover, single, &single.answers)).collect()
    }

    /// The ways of a decision maker where the preferences of its opponents are as they are.
    pub(super) fn as_opponents_are(&self, mover: DecisionMaker, cuts: &Cuts) -> Formula {
        if !self.concept.by_improvements() {
            return self.by_any_moves(mover);
        }
        let of = |single: &Move| self.ways(mover, single, &self.improving(mover, single, cuts));
        self.moves[mover.0].iter().map(of).collect()
    }

    /// For each improvement that nothing deters, of any decision maker, the changes of opinion of which every solution that keeps those
    /// already made makes at least one more.
    pub(super) fn open(&self, cuts: &Cuts) -> Vec<Vec<Vec<Pair>>> {
        let mut open = Vec::new();
        for mover in (0..self.moves.len()).map(DecisionMaker) {
            for single in self.moves[mover.0].iter().filter(|single| !cuts.accepts(mover, single.to)) {
                let answers = self.improving(mover, single, cuts);
                if !answers.iter().any(|answer| self.after(mover, *answer).all(|state| cuts.accepts(mover, state))) {
                    open.push(self.relevant(mover, single, cuts).into_iter().map(|pair| vec![pair]).collect());
                }
            }
        }
        open
    }

    /// The opinions on which it depends whether a move is deterred, as far as a change could help.
    fn relevant(&self, mover: DecisionMaker, single: &Move, cuts: &Cuts) -> BTreeSet<Pair> {
        // Ways are sets of states to be accepted, so that its own opinion of a state helps by going down only. Any answer may come to
        // be one that improves, so that no way makes another needless.
        let answers = single.answers.iter().flat_map(|answer| self.after(mover, *answer));
        let own = answers.chain([single.to]).filter(|state| !cuts.accepts(mover, *state)).map(|state| (mover, state));
        let others = single.between.iter().copied();
        own.chain(others).filter(|pair| !cuts.crossed(*pair)).collect()
    }

    fn improving(&self, mover: DecisionMaker, single: &Move, cuts: &Cuts) -> Vec<State> {
        self.answers(mover, single.to, |opponent, from, to| cuts.improves(opponent, from, to))
    }

    /// What the opponents reach from a state.
    fn answers(
        &self,
        mover: DecisionMaker,
        begin: State,
        moves: impl Fn(DecisionMaker, State, State) -> bool,
    ) -> Vec<State> {
        let opponents = self.opponents(mover);
        let reached = Sequences::search(self.model.states(), begin, &opponents, |opponent, from| {
            let mut to = self.model.reach(opponent, from);
            to.retain(|to| moves(opponent, from, *to));
            to
        });
        reached.reached()
    }

    fn between(&self, mover: DecisionMaker, begin: State, answers: &[State]) -> (Vec<Pair>, usize) {
        let inside = |state: &State| *state == begin || answers.binary_search(state).is_ok();
        let (mut between, mut steps) = (BTreeSet::new(), 0);
        for from in answers.iter().copied().chain([begin]) {
            for opponent in self.opponents(mover) {
                for to in self.model.reach(opponent, from).into_iter().filter(inside) {
                    between.extend([from, to].map(|state| (opponent, state)));
                    steps += 1;
                }
            }
        }
        (between.into_iter().filter(|(_, state)| *state != self.desired).collect(), steps)
    }

    /// An answer and where the decision maker can move from it, where the concept looks at that; the desired state is left out.
    fn after(&self, mover: DecisionMaker, answer: State) -> impl Iterator<Item = State> + '_ {
        let counter = if self.concept.with_countermoves() { self.model.reach(mover, answer) } else { Vec::new() };
        counter.into_iter().chain([answer]).filter(|state| *state != self.desired)
    }

    fn opponents(&self, mover: DecisionMaker) -> Vec<DecisionMaker> {
        (0..self.model.decision_makers()).map(DecisionMaker).filter(|opponent| *opponent != mover).collect()
    }

    fn ways(&self, mover: DecisionMaker, single: &Move, answers: &[State]) -> Vec<Way> {
        let way = |answer: &State| -> Way {
            let mut way: Way = self.after(mover, *answer).collect();
            way.sort_unstable();
            way
        };
        let by_answers = answers.iter().map(way);
        smallest(by_answers.chain([vec![single.to]]).collect())
    }
}

/// The sets that contain no other, sorted by size, then by states.
pub(super) fn smallest(mut sets: Vec<Vec<State>>) -> Vec<Vec<State>> {
    sets.sort_unstable_by(|one, other| one.len().cmp(&other.len()).then_with(|| one.cmp(other)));
    sets.dedup();
    if sets.first().is_some_and(Vec::is_empty) {
        return vec![Vec::new()];
    }
    let larger = sets.split_off(sets.partition_point(|set| set.len() == 1));
    let single: BTreeSet<State> = sets.iter().flatten().copied().collect();
    let singles = sets.len();
    for set in larger {
        let within = |smaller: &Vec<State>| smaller.iter().all(|state| set.binary_search(state).is_ok());
        if !set.iter().any(|state| single.contains(state)) && !sets[singles..].iter().any(within) {
            sets.push(set);
        }
    }
    sets
}
