//! Blocks in which the opponents can take nothing back.
//!
//! Where all vectors of a block are feasible and every option of the opponents is one-way, each move changes further options for good. Read
//! with the bit of an option set once it has been changed, moves lead to greater numbers only: what can be brought about from a vector is
//! known once it is known of all greater ones, and no search is needed.

use super::cells::Owner;
use crate::gather::Gather;

/// The steps that a vector may take on average; beyond, a search takes fewer.
const MOST_STEPS: u64 = 64;

/// The opponents' options as bits of the places of vectors.
#[derive(Clone, Debug)]
pub(super) struct OneWay {
    /// The bits that are set as long as the option has not been changed.
    flip: u32,
    /// For each opponent the bits of its options.
    own: Vec<u32>,
}

impl OneWay {
    /// For a block of all vectors that differ in the options `inside`, which `gather` moves to the places of vectors; nothing where an
    /// option can be changed back, or where so many belong to one opponent that listing what it can do takes too long.
    pub(super) fn new(inside: u64, gather: &Gather, opponents: impl Iterator<Item = Owner> + Clone) -> Option<OneWay> {
        if inside.count_ones() > 31 || !opponents.clone().all(|owner| owner.one_way == owner.own) {
            return None;
        }
        let steps = |owner: Owner| 3u64.pow(owner.own.count_ones()) >> owner.own.count_ones();
        if opponents.clone().map(steps).sum::<u64>() > MOST_STEPS {
            return None;
        }
        let places = |bits: u64| gather.of(bits & inside) as u32;
        let flip = places(opponents.clone().fold(0, |back, owner| back | owner.back));
        Some(OneWay { flip, own: opponents.map(|owner| places(owner.own)).collect() })
    }

    /// For each vector the least of both values over itself and what the opponents can move to, each step an improvement by the ranks of
    /// the one who moves: those of all vectors for the first opponent, then for the second, and so on.
    ///
    /// `O((3/2)^options)` a vector and opponent, for the options of the opponent.
    pub(super) fn least(&self, ranks: &[u32], values: [&[u32]; 2], least: &mut Vec<[u32; 2]>) {
        let count = values[0].len();
        least.clear();
        least.resize(count, [u32::MAX; 2]);
        for changed in (0..count as u32).rev() {
            let vector = (changed ^ self.flip) as usize;
            let mut found = values.map(|values| values[vector]);
            for (own, ranks) in self.own.iter().zip(ranks.chunks_exact(count)) {
                let (here, open) = (ranks[vector], own & !changed);
                let mut more = open;
                while more != 0 {
                    let to = ((changed | more) ^ self.flip) as usize;
                    let beyond = if ranks[to] > here { least[to] } else { [u32::MAX; 2] };
                    found = [found[0].min(beyond[0]), found[1].min(beyond[1])];
                    more = (more - 1) & open;
                }
            }
            least[vector] = found;
        }
    }
}
