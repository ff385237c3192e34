//! Placement without overlap: greedy, in a fixed order, so that the same input always gives the same picture.

/// The lane of each interval: the first whose last interval ends at least `gap` before. Intervals are taken by their
/// start, equal starts in the order given.
pub fn lanes(intervals: &[(f64, f64)], gap: f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..intervals.len()).collect();
    order.sort_by(|a, b| intervals[*a].0.total_cmp(&intervals[*b].0).then(a.cmp(b)));
    let mut ends: Vec<f64> = Vec::new();
    let mut lanes = vec![0; intervals.len()];
    for index in order {
        let (start, end) = intervals[index];
        let lane = ends.iter().position(|last| last + gap <= start).unwrap_or(ends.len());
        if lane == ends.len() {
            ends.push(end);
        } else {
            ends[lane] = end;
        }
        lanes[index] = lane;
    }
    lanes
}

/// Moves blocks of the given sizes as little as needed so that none overlaps another and all stay between `low` and
/// `high`, in the order given. Gives the centres. Where there is too little room the blocks are spaced evenly.
pub fn spread(centres: &[f64], sizes: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let count = centres.len().min(sizes.len());
    let needed: f64 = sizes[..count].iter().sum::<f64>() + gap * count.saturating_sub(1) as f64;
    if needed > high - low {
        let step = (high - low) / count.max(1) as f64;
        return (0..count).map(|rank| low + step * (rank as f64 + 0.5)).collect();
    }
    // Clusters of touching blocks, each at the mean of what its members wish for.
    let mut clusters: Vec<Cluster> = Vec::new();
    for (index, (centre, size)) in centres.iter().zip(sizes).enumerate() {
        let mut cluster = Cluster::of(index, *centre, *size, low, high);
        while let Some(last) = clusters.pop() {
            if last.start + last.size + gap <= cluster.start {
                clusters.push(last);
                break;
            }
            cluster = last.join(&cluster, gap, low, high);
        }
        clusters.push(cluster);
    }
    let mut placed = vec![0.0; count];
    for cluster in &clusters {
        let mut start = cluster.start;
        for index in &cluster.members {
            placed[*index] = start + sizes[*index] / 2.0;
            start += sizes[*index] + gap;
        }
    }
    placed
}

struct Cluster {
    members: Vec<usize>,
    /// The sum over members of where the cluster would start if each stood where it wishes.
    wishes: f64,
    size: f64,
    start: f64,
}

impl Cluster {
    fn of(index: usize, centre: f64, size: f64, low: f64, high: f64) -> Self {
        let wish = centre - size / 2.0;
        Self { members: vec![index], wishes: wish, size, start: wish.min(high - size).max(low) }
    }

    fn join(&self, next: &Self, gap: f64, low: f64, high: f64) -> Self {
        let members = [self.members.as_slice(), &next.members].concat();
        let offset = self.size + gap;
        let wishes = self.wishes + next.wishes - offset * next.members.len() as f64;
        let size = offset + next.size;
        let start = (wishes / members.len() as f64).min(high - size).max(low);
        Self { members, wishes, size, start }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_in_one_lane_do_not_touch() {
        let intervals = [(0.0, 10.0), (5.0, 15.0), (11.0, 20.0), (12.0, 13.0), (0.0, 1.0)];
        let lanes = lanes(&intervals, 1.0);
        for a in 0..intervals.len() {
            for b in 0..a {
                let apart = intervals[a].1 < intervals[b].0 || intervals[b].1 < intervals[a].0;
                assert!(lanes[a] != lanes[b] || apart, "{a} {b}");
            }
        }
        assert_eq!(lanes, [0, 1, 0, 2, 1]);
    }

    #[test]
    fn blocks_are_spread_inside_the_frame() {
        let centres = [5.0, 6.0, 7.0, 90.0, 99.0];
        let sizes = [10.0; 5];
        let placed = spread(&centres, &sizes, 2.0, 0.0, 100.0);
        for pair in placed.windows(2) {
            assert!(pair[1] - pair[0] >= 12.0 - 1e-9, "{placed:?}");
        }
        assert!(placed[0] >= 5.0 && placed[4] <= 95.0, "{placed:?}");
    }

    #[test]
    fn the_order_given_is_kept() {
        let placed = spread(&[50.0, 48.0, 49.0], &[4.0, 20.0, 4.0], 1.0, 0.0, 100.0);
        assert!(placed.is_sorted(), "{placed:?}");
    }

    #[test]
    fn without_room_blocks_are_even() {
        assert_eq!(spread(&[1.0, 1.0], &[80.0, 80.0], 0.0, 0.0, 100.0), [25.0, 75.0]);
        assert!(spread(&[], &[], 0.0, 0.0, 1.0).is_empty());
    }
}
