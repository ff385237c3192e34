//! Which state is stable for whom, under which concept: one bit each.

use rayon::prelude::*;

use crate::concept::{Concept, DecisionMaker, State};

/// For each decision maker, concept and state whether the state is stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdicts {
    decision_makers: usize,
    states: usize,
    words: Vec<u64>,
}

impl Verdicts {
    /// No state is stable for anybody.
    pub(crate) fn none(decision_makers: usize, states: usize) -> Verdicts {
        let words = decision_makers * Concept::ALL.len() * states.div_ceil(64);
        Verdicts { decision_makers, states, words: vec![0; words] }
    }

    /// How many decision makers there are.
    #[must_use]
    pub fn decision_makers(&self) -> usize {
        self.decision_makers
    }

    /// How many states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.states
    }

    /// Whether a state is stable for a decision maker. What is not there is not stable.
    #[must_use]
    pub fn stable(&self, decision_maker: DecisionMaker, state: State, concept: Concept) -> bool {
        let words = self.words_of(decision_maker, concept);
        state.place() < self.states
            && words.get(state.place() / 64).is_some_and(|word| word >> (state.place() % 64) & 1 == 1)
    }

    /// The states that are stable for a decision maker, ascending.
    pub fn stable_states(&self, decision_maker: DecisionMaker, concept: Concept) -> impl Iterator<Item = State> + '_ {
        states(self.words_of(decision_maker, concept).iter().copied())
    }

    /// Whether a state is stable for everybody under one concept.
    #[must_use]
    pub fn equilibrium(&self, state: State, concept: Concept) -> bool {
        state.place() < self.states
            && (0..self.decision_makers).all(|mover| self.stable(DecisionMaker(mover), state, concept))
    }

    /// The states that are stable for everybody under one concept, ascending. Without decision makers these are all.
    pub fn equilibria(&self, concept: Concept) -> impl Iterator<Item = State> + '_ {
        self.equilibria_by(move |_| concept)
    }

    /// The states that are stable for each decision maker under a concept of its own (a mixed profile), ascending.
    pub fn equilibria_by(&self, concept: impl Fn(DecisionMaker) -> Concept) -> impl Iterator<Item = State> + '_ {
        let concepts: Vec<Concept> = (0..self.decision_makers).map(|mover| concept(DecisionMaker(mover))).collect();
        let words = (0..self.states.div_ceil(64)).map(move |place| {
            let all = u64::MAX >> (64 - (self.states - 64 * place).min(64));
            let of = |(mover, concept): (usize, &Concept)| self.words_of(DecisionMaker(mover), *concept)[place];
            concepts.iter().enumerate().map(of).fold(all, |common, word| common & word)
        });
        states(words)
    }

    /// The bits of one decision maker and concept, state `64·k + b` being bit `b` of word `k`.
    #[must_use]
    pub fn words_of(&self, decision_maker: DecisionMaker, concept: Concept) -> &[u64] {
        let size = self.states.div_ceil(64);
        let begin = (decision_maker.0 * Concept::ALL.len() + concept.place()) * size;
        if decision_maker.0 < self.decision_makers { &self.words[begin..begin + size] } else { &[] }
    }

    /// The same bits to be written.
    pub(crate) fn words_mut(&mut self, decision_maker: DecisionMaker) -> &mut [u64] {
        let size = Concept::ALL.len() * self.states.div_ceil(64);
        &mut self.words[decision_maker.0 * size..(decision_maker.0 + 1) * size]
    }

    /// The bits of all decision makers to be written at the same time.
    pub(crate) fn par_decision_makers(&mut self) -> impl IndexedParallelIterator<Item = &mut [u64]> {
        let size = Concept::ALL.len() * self.states.div_ceil(64);
        self.words.par_chunks_mut(size.max(1))
    }
}

/// The states whose bits are set.
fn states(words: impl Iterator<Item = u64>) -> impl Iterator<Item = State> {
    words.zip((0u32..).step_by(64)).flat_map(|(mut word, first)| {
        std::iter::from_fn(move || {
            let bit = word.trailing_zeros();
            word &= word.wrapping_sub(1);
            (bit < 64).then(|| State(first + bit))
        })
    })
}
