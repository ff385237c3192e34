//! Vectors by who can change them into each other.
//!
//! The vectors that agree outside a decision maker's options are one **group** of it. Those of a group that also agree on its one-way
//! options are one **cell**: within a cell it moves freely. Each one-way option has a bit that is set once the option has been changed;
//! it moves from a cell to another of the same group whose bits contain those of the first.

use crate::gather::Gather;

/// How vectors fall into cells. The cells of a group stand together, and a cell comes after every cell from which it can be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cells {
    /// The cell of each vector.
    pub of: Vec<u32>,
    /// How many cells there are; some may be empty.
    pub count: usize,
    pub covers: Covers,
}

/// From which cells a cell is reached, those left out that reach it through others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Covers {
    /// From none: no option is one-way.
    #[default]
    None,
    /// The lowest bits of a cell's place are its one-way bits: it is reached from the cells with one of them cleared.
    Lattice(u32),
    /// Listed for each cell.
    Listed { start: Vec<usize>, below: Vec<u32> },
}

impl Covers {
    /// Calls `visit` with each cell from which `cell` is reached directly.
    #[inline]
    pub(super) fn below(&self, cell: u32, mut visit: impl FnMut(u32)) {
        match self {
            Covers::None => {}
            Covers::Lattice(bits) => {
                let mut set = cell & ((1u64 << bits) - 1) as u32;
                while set != 0 {
                    visit(cell ^ (set & set.wrapping_neg()));
                    set &= set - 1;
                }
            }
            Covers::Listed { start, below } => {
                let cell = cell as usize;
                below[start[cell]..start[cell + 1]].iter().for_each(|below| visit(*below));
            }
        }
    }

    pub(super) fn is_none(&self) -> bool {
        *self == Covers::None
    }
}

/// The places of the bits that are set, ascending.
pub(super) fn places(mut set: u64) -> Vec<u32> {
    let mut places = Vec::new();
    while set != 0 {
        places.push(set.trailing_zeros());
        set &= set - 1;
    }
    places
}

/// What of a code tells a decision maker's cells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    /// Its options that can be changed.
    pub own: u64,
    /// Those of them that can be changed in one direction only.
    pub one_way: u64,
    /// Those of these that can only be given up.
    pub back: u64,
}

impl Cells {
    /// The cells of an owner among vectors whose codes differ at most in the options `spoken`.
    pub(super) fn new(codes: impl ExactSizeIterator<Item = u64>, spoken: u64, owner: Owner) -> Cells {
        let one_way = owner.one_way & spoken;
        let bits = one_way.count_ones();
        let mut order = places(one_way);
        order.extend(places(spoken & !owner.own));
        let gather = Gather::new(order.iter().copied());
        let count = codes.len();
        let keys = codes.map(|code| gather.of(code ^ owner.back));
        let domain = 1u128 << order.len();
        if domain <= 4 * count as u128 {
            let covers = if bits == 0 { Covers::None } else { Covers::Lattice(bits) };
            let of = keys.map(|key| key as u32).collect();
            return Cells { of, count: domain as usize, covers };
        }
        Cells::sparse(keys, bits)
    }

    /// The cells where most keys do not occur.
    fn sparse(keys: impl ExactSizeIterator<Item = u64>, bits: u32) -> Cells {
        let mut sorted: Vec<(u64, u32)> = keys.zip(0..).collect();
        sorted.sort_unstable();
        let mut cells = Cells { of: vec![0; sorted.len()], count: 0, covers: Covers::None };
        // With 64 one-way options every bit tells cells of one group apart.
        let low = 1u64.checked_shl(bits).map_or(u64::MAX, |bit| bit - 1);
        let (mut start, mut below) = (vec![0], Vec::new());
        for group in sorted.chunk_by(|one, other| one.0 & !low == other.0 & !low) {
            let pattern = |entry: &(u64, u32)| entry.0 & low;
            let mut patterns: Vec<u64> = group.iter().map(pattern).collect();
            patterns.dedup();
            let lattice = bits > 0 && 1u128 << bits <= 4 * patterns.len() as u128;
            if lattice {
                patterns = (0..1 << bits).collect();
            }
            let first = cells.count as u32;
            let mut place = 0;
            for entry in group {
                while patterns[place] != pattern(entry) {
                    place += 1;
                }
                cells.of[entry.1 as usize] = first + place as u32;
            }
            cells.count += patterns.len();
            if bits > 0 {
                for place in 0..patterns.len() {
                    match lattice {
                        true => {
                            below.extend(places(place as u64).into_iter().map(|bit| first + (place as u32 ^ 1 << bit)))
                        }
                        false => covered(&patterns, place, |covered| below.push(first + covered)),
                    }
                    start.push(below.len());
                }
            }
        }
        if bits > 0 {
            cells.covers = Covers::Listed { start, below };
        }
        cells
    }

    /// The vectors of each cell together, and where each cell begins.
    pub(super) fn members(&self) -> (Vec<u32>, Vec<u32>) {
        let mut start = vec![0u32; self.count + 1];
        self.of.iter().for_each(|cell| start[*cell as usize + 1] += 1);
        (0..self.count).for_each(|cell| start[cell + 1] += start[cell]);
        let mut next = start.clone();
        let mut members = vec![0; self.of.len()];
        for (vector, cell) in (0u32..).zip(&self.of) {
            members[next[*cell as usize] as usize] = vector;
            next[*cell as usize] += 1;
        }
        (members, start)
    }
}

/// The greatest proper subsets of a pattern among those that occur, which are sorted. Subsets are smaller as numbers, and of two of
/// them one that contains the other is the greater.
fn covered(patterns: &[u64], place: usize, mut found: impl FnMut(u32)) {
    let mut kept: Vec<u64> = Vec::new();
    for below in (0..place).rev() {
        let subset = patterns[below];
        if subset & !patterns[place] == 0 && kept.iter().all(|greater| subset & !greater != 0) {
            kept.push(subset);
            found(below as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_covered_by_the_greatest_that_it_contains() {
        let patterns = [0b000, 0b001, 0b010, 0b011, 0b111];
        let mut found = Vec::new();
        covered(&patterns, 4, |place| found.push(place));
        assert_eq!(found, [3]);
        found.clear();
        covered(&patterns, 3, |place| found.push(place));
        assert_eq!(found, [2, 1]);
    }

    #[test]
    fn few_vectors_of_many_options_have_listed_cells() {
        // Two free bits outside; the owner has a one-way option at bit 2 and twenty more that nothing uses.
        let owner = Owner { own: 0b100, one_way: 0b100, back: 0 };
        let codes = [0b000, 0b100, 1 << 20, 1 << 20 | 0b100, 1 << 30 | 0b100];
        let cells = Cells::new(codes.into_iter(), (1 << 31) - 1, owner);
        assert_eq!(cells.of, [0, 1, 2, 3, 5]);
        let mut below = Vec::new();
        cells.covers.below(3, |cell| below.push(cell));
        assert_eq!(below, [2]);
    }
}
