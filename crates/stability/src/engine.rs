//! Verdicts under the canonical reading for complete preferences, again and again on one model.

use std::borrow::Borrow;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::concept::DecisionMaker;
use crate::fast::{Slabs, Work};
use crate::model::Model;
use crate::pairs::{PairWork, Pairs};
use crate::ranks::Ranks;
use crate::verdicts::Verdicts;

/// What of a model does not depend on preferences: made once, used for any number of them.
///
/// In option form it takes about 8 bytes a state and decision maker, more where few vectors are feasible.
#[derive(Clone, Debug)]
pub struct Topology {
    states: usize,
    decision_makers: usize,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Slabs(Slabs),
    Pairs(Pairs),
}

/// Space for analyses of one topology. After the first analysis nothing more is allocated.
#[derive(Debug)]
pub struct Buffers {
    verdicts: Verdicts,
    pool: Mutex<Vec<Space>>,
}

#[derive(Debug, Default)]
struct Space {
    slabs: Work,
    pairs: PairWork,
}

/// From so many states on the decision makers are shared among threads.
const PARALLEL: usize = 1 << 15;

impl Topology {
    /// The topology of a model. `O(decision makers² × states)`.
    #[must_use]
    pub fn new(model: &Model) -> Topology {
        let way = match (model.graph(), model.form(), model.feasible()) {
            (None, Some(form), Some(feasible)) => Way::Slabs(Slabs::new(form, feasible)),
            (graph, ..) => Way::Pairs(Pairs::new(graph.cloned().unwrap_or_else(|| model.without_moves()))),
        };
        Topology { states: model.states(), decision_makers: model.decision_makers(), way }
    }

    /// How many states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.states
    }

    /// How many decision makers there are.
    #[must_use]
    pub fn decision_makers(&self) -> usize {
        self.decision_makers
    }

    /// All verdicts for these ranks, one a decision maker, under the canonical reading; nothing if they are not the ranks of this
    /// model's states. The same for any number of threads.
    ///
    /// In option form `O(decision makers × states × (log states + decision makers))` for random ranks.
    pub fn run<'a, R: Borrow<Ranks> + Sync>(&self, ranks: &[R], buffers: &'a mut Buffers) -> Option<&'a Verdicts> {
        let sizes = ranks.iter().map(|ranks| ranks.borrow().states());
        let fits = ranks.len() == self.decision_makers && sizes.into_iter().all(|states| states == self.states);
        let verdicts = &mut buffers.verdicts;
        if !fits || verdicts.states() != self.states || verdicts.decision_makers() != self.decision_makers {
            return None;
        }
        let of = |mover: usize| ranks[mover].borrow().as_slice();
        let one = |space: &mut Space, mover: usize, words: &mut [u64]| match &self.way {
            Way::Slabs(slabs) => space.slabs.verdicts(slabs, mover, of, words),
            Way::Pairs(pairs) => space.pairs.verdicts(pairs, mover, of, words),
        };
        let pool = &buffers.pool;
        if self.states < PARALLEL {
            let mut space = taken(pool);
            for mover in 0..self.decision_makers {
                one(&mut space, mover, verdicts.words_mut(DecisionMaker(mover)));
            }
            given_back(pool, space);
        } else {
            verdicts.par_decision_makers().enumerate().for_each(|(mover, words)| {
                let mut space = taken(pool);
                one(&mut space, mover, words);
                given_back(pool, space);
            });
        }
        Some(&buffers.verdicts)
    }
}

fn taken(pool: &Mutex<Vec<Space>>) -> Space {
    pool.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
}

fn given_back(pool: &Mutex<Vec<Space>>, space: Space) {
    pool.lock().unwrap_or_else(PoisonError::into_inner).push(space);
}

impl Buffers {
    /// Space for a topology.
    #[must_use]
    pub fn new(topology: &Topology) -> Buffers {
        let verdicts = Verdicts::none(topology.decision_makers, topology.states);
        Buffers { verdicts, pool: Mutex::new(Vec::new()) }
    }

    /// The verdicts of the last analysis.
    #[must_use]
    pub fn into_verdicts(self) -> Verdicts {
        self.verdicts
    }
}
