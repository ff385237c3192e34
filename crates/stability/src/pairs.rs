//! Verdicts of models in graph form with complete preferences: a search backwards over states and movers.
//!
//! As in option form one number a state takes the place of the quantifiers, but moves of one decision maker one after the other need not be
//! one move, so that whose move comes next is part of what is searched. `O(decision makers × moves)` and a sort, each decision maker.

use crate::concept::{DecisionMaker, State};
use crate::graph::GraphForm;

/// The moves of each decision maker, forwards and backwards.
#[derive(Clone, Debug)]
pub(crate) struct Pairs {
    graph: GraphForm,
    /// For each decision maker the states before each state, and where they begin.
    before: Vec<(Vec<usize>, Vec<u32>)>,
}

/// Space for the verdicts of one decision maker, used again and again.
#[derive(Debug, Default)]
pub(crate) struct PairWork {
    counter: Vec<u32>,
    /// States by their value, least first.
    order: Vec<u32>,
    /// By state the least value that the opponents can bring about; and by state and next mover.
    least: Vec<u32>,
    marks: Vec<bool>,
    /// By state and mover, whether what leads to the state by a move of the mover has been marked.
    opened: Vec<bool>,
    stack: Vec<(u32, u32)>,
}

const NONE: u32 = u32::MAX;

impl Pairs {
    pub(crate) fn new(graph: GraphForm) -> Pairs {
        let states = graph.states();
        let before = (0..graph.decision_makers()).map(|mover| {
            let arcs = || {
                let from = (0u32..).take(states);
                from.flat_map(|from| graph.to(DecisionMaker(mover), State(from)).iter().map(move |to| (from, *to)))
            };
            let mut start = vec![0usize; states + 1];
            arcs().for_each(|(_, to)| start[to as usize + 1] += 1);
            (0..states).for_each(|state| start[state + 1] += start[state]);
            let mut next = start.clone();
            let mut from = vec![0; start[states]];
            for (begin, to) in arcs() {
                from[next[to as usize]] = begin;
                next[to as usize] += 1;
            }
            (start, from)
        });
        let before = before.collect();
        Pairs { graph, before }
    }

    pub(crate) fn decision_makers(&self) -> usize {
        self.before.len()
    }

    fn to(&self, mover: usize, from: usize) -> &[u32] {
        self.graph.to(DecisionMaker(mover), State(from as u32))
    }
}

impl PairWork {
    /// Writes the verdicts of one decision maker, concept after concept, into `words`.
    pub(crate) fn verdicts<'a>(
        &mut self,
        pairs: &Pairs,
        focal: usize,
        ranks: impl Fn(usize) -> &'a [u32] + Copy,
        words: &mut [u64],
    ) {
        let own = ranks(focal);
        let size = own.len().div_ceil(64);
        words.fill(0);
        self.counter.clear();
        self.counter.extend(
            own.iter()
                .enumerate()
                .map(|(state, rank)| pairs.to(focal, state).iter().fold(*rank, |best, to| best.max(own[*to as usize]))),
        );
        let mut write = |concept: usize, stable: &dyn Fn(usize, u32) -> bool| {
            for (state, rank) in own.iter().enumerate() {
                words[concept * size + state / 64] |= u64::from(stable(state, *rank)) << (state % 64);
            }
        };
        write(0, &|state, rank| self.counter[state] <= rank);
        let counter = std::mem::take(&mut self.counter);
        for (concept, values, improving) in [(1, own, false), (2, &counter, false), (3, own, true), (4, &counter, true)]
        {
            self.least(pairs, focal, values, ranks, improving);
            let least = &self.least;
            write(concept, &|state, rank| {
                pairs.to(focal, state).iter().all(|to| own[*to as usize].min(least[*to as usize]) <= rank)
            });
        }
        self.counter = counter;
    }

    /// The least of `values` that the opponents of `focal` can bring about from each state, left in `least`.
    fn least<'a>(
        &mut self,
        pairs: &Pairs,
        focal: usize,
        values: &[u32],
        ranks: impl Fn(usize) -> &'a [u32],
        improving: bool,
    ) {
        let movers = pairs.decision_makers();
        self.least.clear();
        self.least.resize(values.len(), NONE);
        for flags in [&mut self.marks, &mut self.opened] {
            flags.clear();
            flags.resize(values.len() * movers, false);
        }
        self.order.clear();
        self.order.extend(0..values.len() as u32);
        self.order.sort_unstable_by_key(|state| (values[*state as usize], *state));
        for root in &self.order {
            let value = values[*root as usize];
            // No mover comes last before a sequence has begun.
            self.stack.push((*root, NONE));
            while let Some((state, next)) = self.stack.pop() {
                for mover in (0..movers).filter(|mover| *mover != focal && *mover as u32 != next) {
                    let opened = &mut self.opened[state as usize * movers + mover];
                    if std::mem::replace(opened, true) {
                        continue;
                    }
                    let ranks = ranks(mover);
                    let (start, from) = &pairs.before[mover];
                    for from in &from[start[state as usize]..start[state as usize + 1]] {
                        let better = ranks[state as usize] > ranks[*from as usize];
                        let mark = &mut self.marks[*from as usize * movers + mover];
                        if (better || !improving) && !std::mem::replace(mark, true) {
                            let least = &mut self.least[*from as usize];
                            *least = (*least).min(value);
                            self.stack.push((*from, mover as u32));
                        }
                    }
                }
            }
        }
    }
}
