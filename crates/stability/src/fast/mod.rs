//! Verdicts of models in option form with complete preferences, in little more than linear time.
//!
//! Fix a decision maker `i`. Let `f(x)` be what `i` gets of a sanction `x`: its rank, or under [`Concept::Smr`](crate::Concept::Smr) and
//! [`Concept::Sseq`](crate::Concept::Sseq) the best rank that it can still reach from `x`. Let `m(t)` be the least `f(x)` over the states `x`
//! to which its opponents can move from `t`. Then `s` is unstable for `i` just if some `t` that it can move to has `min(rank(t), m(t)) >
//! rank(s)`: one number a state in place of the quantifiers.
//!
//! - `m` over all moves is one minimum a component of the opponents' moves. Over improvements it is found by a search backwards
//!   from the states of least `f`: in each cell of an opponent, sorted by its ranks, a pointer passes each state once.
//!   Where they can take nothing back, one pass over the vectors in order does.
//! - Opponents never change what they do not own, so the states fall into blocks that are searched one by one, in the cache.
//! - What `i` can move to is the group of its own; with one-way options the cells that contain its own, by a maximum over the lattice.

mod cells;
mod one_way;
mod search;
mod topology;
mod work;

pub(crate) use topology::Slabs;
pub(crate) use work::Work;
