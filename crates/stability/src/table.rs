//! Relations between states as rows of bits, and what several movers can reach together.

use crate::concept::State;

/// For each state the states that it is related to, one bit each.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    words: usize,
    bits: Vec<u64>,
}

impl Table {
    /// No state is related to any.
    pub(crate) fn none(states: usize) -> Table {
        let words = states.div_ceil(64);
        Table { words, bits: vec![0; words * states] }
    }

    /// How many bytes a table of so many states takes.
    pub(crate) fn bytes(states: usize) -> u128 {
        states as u128 * states.div_ceil(64) as u128 * 8
    }

    pub(crate) fn row(&self, from: State) -> &[u64] {
        &self.bits[from.place() * self.words..(from.place() + 1) * self.words]
    }

    pub(crate) fn row_mut(&mut self, from: State) -> &mut [u64] {
        &mut self.bits[from.place() * self.words..(from.place() + 1) * self.words]
    }

    pub(crate) fn add(&mut self, from: State, to: State) {
        set(self.row_mut(from), to);
    }
}

/// Puts a state into a row.
pub(crate) fn set(row: &mut [u64], state: State) {
    row[state.place() / 64] |= 1 << (state.place() % 64);
}

/// The states of a row, ascending.
pub(crate) fn states(row: &[u64]) -> impl Iterator<Item = State> + '_ {
    row.iter().zip((0u32..).step_by(64)).flat_map(|(word, first)| bits(*word).map(move |bit| State(first + bit)))
}

fn bits(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros();
        word &= word.wrapping_sub(1);
        (bit < 64).then_some(bit)
    })
}

/// Whether two rows have a state in common.
pub(crate) fn meet(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}

/// Whether every state of the first row is in the second.
pub(crate) fn within(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).all(|(one, other)| one & !other == 0)
}

/// Who may move on from a state.
#[derive(Clone, Copy)]
enum Turn {
    Anybody,
    AllBut(usize),
    Only(usize),
}

impl Turn {
    fn of(self, mover: usize) -> bool {
        match self {
            Turn::Anybody => true,
            Turn::AllBut(last) => mover != last,
            Turn::Only(only) => mover == only,
        }
    }
}

/// Searches through what several movers can reach, none of them twice in a row (Fang, Hipel and Kilgour 1993).
pub(crate) struct Walk {
    /// By state the mover who was the first to reach it.
    first: Vec<usize>,
    /// States that another has reached too, so that anybody may move on.
    by_others: Vec<u64>,
    open: Vec<(State, Turn)>,
}

impl Walk {
    pub(crate) fn new(states: usize) -> Walk {
        Walk { first: vec![0; states], by_others: vec![0; states.div_ceil(64)], open: Vec::new() }
    }

    /// Writes into `reached` the states that movers reach from one in one or more moves. Each state is left at most twice by a mover:
    /// `O(movers × states² / 64)` at worst.
    pub(crate) fn reach(&mut self, movers: &[&Table], begin: State, reached: &mut [u64]) {
        reached.fill(0);
        self.by_others.fill(0);
        self.open.push((begin, Turn::Anybody));
        while let Some((from, turn)) = self.open.pop() {
            for (mover, moves) in movers.iter().enumerate().filter(|(mover, _)| turn.of(*mover)) {
                for (place, row) in moves.row(from).iter().enumerate() {
                    for bit in bits(row & !self.by_others[place]) {
                        let at = 64 * place + bit as usize;
                        let to = State(from_place(at));
                        if reached[place] >> bit & 1 == 0 {
                            reached[place] |= 1 << bit;
                            self.first[at] = mover;
                            self.open.push((to, Turn::AllBut(mover)));
                        } else if self.first[at] != mover {
                            self.by_others[place] |= 1 << bit;
                            self.open.push((to, Turn::Only(self.first[at])));
                        }
                    }
                }
            }
        }
    }
}

/// States are numbered by 32 bits.
fn from_place(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
