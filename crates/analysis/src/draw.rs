//! Random numbers that depend on a seed, the name of an input and the number of the run, and on nothing else.
//!
//! Adding an input or a thread changes no other draw. The generator is frozen: SplitMix64 (Steele, Lea and Flood 2014) started
//! from an FNV-1a hash of the three.

/// A stream of numbers for one input in one run.
#[derive(Clone, Debug)]
pub struct Stream {
    state: u64,
}

impl Stream {
    /// The stream of an input in a run.
    #[must_use]
    pub fn new(seed: u64, input: &str, run: u64) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let bytes = seed.to_le_bytes().into_iter().chain(input.bytes()).chain([0]).chain(run.to_le_bytes());
        for byte in bytes {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Stream { state: hash }
    }

    /// The next 64 bits.
    pub fn next_bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_seed_input_and_run_alone() {
        let first = |seed, input, run| Stream::new(seed, input, run).next_bits();
        assert_eq!(first(1, "place/a", 0), first(1, "place/a", 0));
        assert_ne!(first(1, "place/a", 0), first(2, "place/a", 0));
        assert_ne!(first(1, "place/a", 0), first(1, "place/b", 0));
        assert_ne!(first(1, "place/a", 0), first(1, "place/a", 1));
    }

    #[test]
    fn the_generator_is_frozen() {
        let mut stream = Stream::new(1, "frozen", 7);
        assert_eq!([stream.next_bits(), stream.next_bits()], [FROZEN[0], FROZEN[1]]);
    }

    const FROZEN: [u64; 2] = [0xb4a6_877b_d747_d901, 0x5d12_a82e_fd73_1625];
}
