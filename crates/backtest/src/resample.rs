//! Resamples of whole clusters, keyed by a seed and the number of the draw.

/// A resample: how often each cluster is drawn, with as many draws as there are clusters.
#[must_use]
pub fn counts(clusters: usize, seed: u64, draw: u64) -> Vec<u32> {
    let mut counts = vec![0; clusters];
    // SplitMix64 (Steele, Lea and Flood 2014), begun apart for each draw.
    let mut state = mixed(seed ^ mixed(draw.wrapping_add(0x9e37_79b9_7f4a_7c15)));
    for _ in 0..clusters {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let place = (u128::from(mixed(state)) * clusters as u128) >> 64;
        counts[usize::try_from(place).unwrap_or_default()] += 1;
    }
    counts
}

fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cluster_is_drawn_once_on_average_and_draws_differ() {
        let mut sums = [0_u32; 10];
        for draw in 0..10_000 {
            let counts = counts(10, 1, draw);
            assert_eq!(counts.iter().sum::<u32>(), 10);
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        assert!(sums.iter().all(|sum| (9_500..10_500).contains(sum)), "{sums:?}");
        assert_ne!(counts(10, 1, 0), counts(10, 1, 1));
        assert_ne!(counts(10, 1, 0), counts(10, 2, 0));
        assert_eq!(counts(10, 1, 7), counts(10, 1, 7));
    }
}
