//! The verdicts for one decision maker after another.

use super::cells::Cells;
use super::search::{Kind, Search};
use super::topology::{Focal, Shape, Slabs};

/// Space for the verdicts of one decision maker, used again and again.
#[derive(Debug, Default)]
pub(crate) struct Work {
    /// By own cell the best rank that can be reached from it, itself included.
    top: Vec<u32>,
    /// By own cell the greatest `min(rank, m)` that can be reached, for each concept but the first.
    best: Vec<[u32; 4]>,
    /// By vector of a block its rank, and the best rank that can be reached from it.
    rank: Vec<u32>,
    counter: Vec<u32>,
    /// By joint cell or vector of a block the least of both.
    least: Vec<[u32; 2]>,
    search: Search,
}

impl Work {
    /// Writes the verdicts of one decision maker, concept after concept, into `words`. Nothing is allocated once the space has grown.
    pub(crate) fn verdicts<'a>(
        &mut self,
        slabs: &Slabs,
        focal: usize,
        ranks: impl Fn(usize) -> &'a [u32] + Copy,
        words: &mut [u64],
    ) {
        let own = ranks(focal);
        let Some(focal) = &slabs.focals[focal] else { return everywhere(slabs.states, words) };
        self.tops(focal, own);
        self.best.clear();
        self.best.resize(focal.own.count, [0; 4]);
        for (block, shape) in focal.start.windows(2).zip(&focal.shape) {
            let states = &focal.states[block[0] as usize..block[1] as usize];
            self.block(focal, &focal.shapes[*shape as usize], states, own, ranks);
        }
        upward(&focal.own, &mut self.best, |below, above| std::array::from_fn(|k| below[k].max(above[k])));
        self.compare(focal, own, words, slabs.states.div_ceil(64));
    }

    /// The best rank that the decision maker can reach from each of its cells.
    fn tops(&mut self, focal: &Focal, own: &[u32]) {
        self.top.clear();
        self.top.resize(focal.own.count, 0);
        for (cell, rank) in focal.own.of.iter().zip(own) {
            let top = &mut self.top[*cell as usize];
            *top = (*top).max(*rank);
        }
        upward(&focal.own, &mut self.top, |below, above| *below.max(above));
    }

    /// Adds the vectors of one block to `best`.
    fn block<'a>(
        &mut self,
        focal: &Focal,
        shape: &Shape,
        states: &[u32],
        own: &[u32],
        ranks: impl Fn(usize) -> &'a [u32],
    ) {
        self.rank.clear();
        self.rank.extend(states.iter().map(|state| own[*state as usize]));
        if shape.opponents.is_empty() {
            for (state, rank) in states.iter().zip(&self.rank) {
                let best = &mut self.best[focal.own.of[*state as usize] as usize];
                best.iter_mut().for_each(|best| *best = (*best).max(*rank));
            }
            return;
        }
        self.counter.clear();
        self.counter.extend(states.iter().map(|state| self.top[focal.own.of[*state as usize] as usize]));
        self.search.load(shape, states, ranks);
        if let Some(joint) = &shape.joint {
            self.jointly(focal, joint, states);
        }
        if let Some(one_way) = &shape.one_way {
            one_way.least(&self.search.ranks, [&self.rank, &self.counter], &mut self.least);
            for ((state, rank), [least, least_counter]) in states.iter().zip(&self.rank).zip(&self.least) {
                let best = &mut self.best[focal.own.of[*state as usize] as usize];
                best[2] = best[2].max(*least.min(rank));
                best[3] = best[3].max(*least_counter.min(rank));
            }
            return;
        }
        self.search.sort(shape);
        if shape.joint.is_none() {
            for (concept, values) in [(0, &self.rank), (1, &self.counter)] {
                self.search.least(shape, values, Kind::Any);
                raise(&mut self.best, concept, focal, states, &self.rank, &self.search.least);
            }
        }
        for (concept, values) in [(2, &self.rank), (3, &self.counter)] {
            self.search.least(shape, values, Kind::Improving);
            raise(&mut self.best, concept, focal, states, &self.rank, &self.search.least);
        }
    }

    /// The two concepts without regard to the opponents' preferences, where what they can reach is known.
    fn jointly(&mut self, focal: &Focal, joint: &Cells, states: &[u32]) {
        self.least.clear();
        self.least.resize(joint.count, [u32::MAX; 2]);
        for ((component, rank), counter) in joint.of.iter().zip(&self.rank).zip(&self.counter) {
            let [least, least_counter] = &mut self.least[*component as usize];
            *least = (*least).min(*rank);
            *least_counter = (*least_counter).min(*counter);
        }
        upward(joint, &mut self.least, |below, above| std::array::from_fn(|k| below[k].min(above[k])));
        for ((state, component), rank) in states.iter().zip(&joint.of).zip(&self.rank) {
            let best = &mut self.best[focal.own.of[*state as usize] as usize];
            let [least, least_counter] = self.least[*component as usize];
            best[0] = best[0].max(least.min(*rank));
            best[1] = best[1].max(least_counter.min(*rank));
        }
    }

    /// One bit a state and concept: stable if nothing better than the state comes of any improvement.
    fn compare(&self, focal: &Focal, own: &[u32], words: &mut [u64], size: usize) {
        for (word, (cells, ranks)) in focal.own.of.chunks(64).zip(own.chunks(64)).enumerate() {
            let mut bits = [0u64; 5];
            for (bit, (cell, rank)) in cells.iter().zip(ranks).enumerate() {
                let best = &self.best[*cell as usize];
                bits[0] |= u64::from(self.top[*cell as usize] <= *rank) << bit;
                for concept in 0..4 {
                    bits[concept + 1] |= u64::from(best[concept] <= *rank) << bit;
                }
            }
            for (concept, bits) in bits.into_iter().enumerate() {
                words[concept * size + word] = bits;
            }
        }
    }
}

/// Stable everywhere under each concept, as whoever has no moves is.
fn everywhere(states: usize, words: &mut [u64]) {
    words.fill(u64::MAX);
    if !states.is_multiple_of(64) {
        words.iter_mut().skip(states / 64).step_by(states.div_ceil(64)).for_each(|last| *last >>= 64 - states % 64);
    }
}

/// Takes `min(rank, m)` of each vector of a block into the best of its cell.
fn raise(best: &mut [[u32; 4]], concept: usize, focal: &Focal, states: &[u32], rank: &[u32], least: &[u32]) {
    for ((state, rank), least) in states.iter().zip(rank).zip(least) {
        let best = &mut best[focal.own.of[*state as usize] as usize][concept];
        *best = (*best).max((*rank).min(*least));
    }
}

/// Hands to each cell what the cells hold that can be reached from it.
fn upward<T: Copy>(cells: &Cells, values: &mut [T], join: impl Fn(&T, &T) -> T) {
    if cells.covers.is_none() {
        return;
    }
    for cell in (0..cells.count as u32).rev() {
        let above = values[cell as usize];
        cells.covers.below(cell, |below| values[below as usize] = join(&values[below as usize], &above));
    }
}
