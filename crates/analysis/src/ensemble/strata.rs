//! Random numbers of the unit interval, stratified in blocks of runs.

use crate::draw::Stream;

/// The number of runs in a block: each of as many equal slices of the unit interval is hit once in it.
pub const BLOCK: u32 = 250;

/// Half the width of the Feistel network that permutes a block, in bits: 16 × 16 covers it.
const HALF_BITS: u32 = 4;

/// A number between 0 and 1, both left out, as an odd number over 2⁵³: its mirror image is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit(u64);

impl Unit {
    const END: u64 = 1 << 53;

    /// The number in the middle of a slice, of 2⁵² slices.
    #[must_use]
    pub fn in_slice(slice: u64) -> Self {
        Unit(2 * slice.min((1 << 52) - 1) + 1)
    }

    /// The number.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0 as f64 / Self::END as f64
    }

    /// One minus the number.
    #[must_use]
    pub fn mirrored(self) -> Self {
        Unit(Self::END - self.0)
    }

    /// One of some places, all alike, in order: of fewer than 2³² places.
    #[must_use]
    pub fn pick(self, places: usize) -> usize {
        let place = (u128::from(self.0) * places as u128) >> 53;
        usize::try_from(place).unwrap_or_default()
    }
}

/// What the draws of an input depend on, beside the run: for each dimension a key, and whether its mirror image is drawn.
#[derive(Clone, Debug)]
pub(super) struct Key {
    dimensions: Vec<(u64, bool)>,
}

impl Key {
    /// The key of an input from the name, and the number within it, of each of its dimensions.
    pub(super) fn new<'n>(seed: u64, names: impl IntoIterator<Item = (&'n str, usize)>) -> Self {
        let key = |(name, number): (&str, usize)| {
            let (mirrored, name) = name.strip_prefix('~').map_or((false, name), |name| (true, name));
            (Stream::new(seed, name, number as u64).next_bits(), mirrored)
        };
        Key { dimensions: names.into_iter().map(key).collect() }
    }

    /// The numbers of a run, one a dimension.
    pub(super) fn units(&self, run: u32) -> Vec<Unit> {
        let unit = |(key, mirrored): &(u64, bool)| {
            let unit = stratified(*key, run);
            if *mirrored { unit.mirrored() } else { unit }
        };
        self.dimensions.iter().map(unit).collect()
    }
}

/// A number in the slice that the run has in its block.
fn stratified(key: u64, run: u32) -> Unit {
    let (block, within) = (run / BLOCK, run % BLOCK);
    let slice = permuted(within, mixed(key, u64::from(block)));
    let jitter = mixed(!key, u64::from(run));
    let place = (((u128::from(slice) << 64) | u128::from(jitter)) / u128::from(BLOCK)) >> 12;
    Unit::in_slice(u64::try_from(place).unwrap_or(u64::MAX))
}

/// Where a permutation of a block takes a place: a Feistel network over 256 places, walked on until it is inside the block.
fn permuted(place: u32, key: u64) -> u32 {
    let mut place = feistel(place, key);
    while place >= BLOCK {
        place = feistel(place, key);
    }
    place
}

fn feistel(place: u32, key: u64) -> u32 {
    const MASK: u32 = (1 << HALF_BITS) - 1;
    let (mut left, mut right) = (place >> HALF_BITS, place & MASK);
    for round in 0..6_u64 {
        let scrambled = mixed(key, (round << 32) | u64::from(right)) >> 32;
        let next = left ^ (u32::try_from(scrambled).unwrap_or_default() & MASK);
        (left, right) = (right, next);
    }
    (left << HALF_BITS) | right
}

/// Two numbers hashed to one (the finaliser of SplitMix64, twice).
fn mixed(a: u64, b: u64) -> u64 {
    let finish = |mut z: u64| {
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    finish(a ^ finish(b.wrapping_add(0x9e37_79b9_7f4a_7c15)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_permuted_and_each_key_permutes_it_otherwise() {
        let places = |key| (0..BLOCK).map(|place| permuted(place, key)).collect::<Vec<_>>();
        let mut sorted = places(1);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..BLOCK).collect::<Vec<_>>());
        assert_ne!(places(1), places(2));
    }

    #[test]
    fn a_mirror_image_is_exact() {
        for slice in [0, 1, 12_345_678_901, (1 << 52) - 1] {
            let unit = Unit::in_slice(slice);
            assert_eq!(unit.mirrored().value(), 1.0 - unit.value());
            assert!(unit.value() > 0.0 && unit.value() < 1.0);
            assert_eq!(unit.mirrored().pick(7), 6 - unit.pick(7));
        }
    }

    /// The draws are part of every result of layer C: a change here changes them all.
    #[test]
    fn the_draws_are_frozen() {
        let key = Key::new(1, [("frozen", 0), ("frozen", 1)]);
        let values: Vec<u64> = (0..2).flat_map(|run| key.units(run)).map(|unit| unit.0).collect();
        assert_eq!(values, FROZEN);
    }

    const FROZEN: [u64; 4] =
        [8_354_517_344_404_701, 2_129_514_572_620_933, 8_720_826_456_918_273, 2_678_509_186_645_133];
}
