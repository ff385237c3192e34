//! The staircase of two sides without rules between options: worths alone, no packages to find again.
//!
//! Thousands of draws need nothing but the worths, so issues are joined in pairs, then the pairs, and so on: far fewer sums than
//! issue by issue, and no record of how each came about.

use detente_packages::Problem;

/// A worth of the first and of the second side.
pub(super) type Pair = [i64; 2];

/// The pairs that no package improves for one side without a loss for the other, the first side's greatest first. None if the
/// problem is not one of two sides without rules, or if a stage has more than `most` pairs.
pub(super) fn pairs(problem: &Problem<i64>, most: usize) -> Option<Vec<Pair>> {
    let [first, second] = halves(problem, most)?;
    sums(&first, &second, most).filter(|pairs| pairs.len() <= most)
}

/// The greatest threshold that both sides can have at once, without the staircase; none within if there is no package. None at all
/// as for [`pairs`].
pub(super) fn equal(problem: &Problem<i64>, most: usize) -> Option<Option<i64>> {
    let [first, second] = halves(problem, most)?;
    let ends =
        |pairs: &[Pair]| Some((pairs.last()?[0].min(pairs.first()?[1]), pairs.first()?[0].max(pairs.last()?[1])));
    let (Some(a), Some(b)) = (ends(&first), ends(&second)) else { return Some(None) };
    // `met` can be had, `missed` cannot.
    let (mut met, mut missed) = (a.0 + b.0, a.1 + b.1 + 1);
    while met + 1 < missed {
        let between = met + (missed - met) / 2;
        if meet(&first, &second, between) {
            met = between;
        } else {
            missed = between;
        }
    }
    Some(Some(met))
}

/// Whether some sum gives both sides at least a threshold. Going down one staircase, the other is gone up: it has to give the
/// first side more and more.
fn meet(first: &[Pair], second: &[Pair], threshold: i64) -> bool {
    let mut from_end = second.iter().rev().peekable();
    first.iter().any(|x| {
        while from_end.next_if(|y| x[0] + y[0] < threshold).is_some() {}
        from_end.peek().is_some_and(|y| x[1] + y[1] >= threshold)
    })
}

/// Two staircases whose sums are the packages: the issues joined in pairs, then the pairs, and so on, but for the last step.
fn halves(problem: &Problem<i64>, most: usize) -> Option<[Vec<Pair>; 2]> {
    if problem.coordinates() != 2 || !problem.rules().is_empty() {
        return None;
    }
    let base = problem.base();
    let options = |issue: usize| {
        let pair = |option: usize| [problem.value(issue, option)[0], problem.value(issue, option)[1]];
        undominated(problem.allowed(issue).map(pair).collect())
    };
    let mut stages: Vec<Vec<Pair>> = (0..problem.issues()).map(options).collect();
    stages.push(vec![[base[0], base[1]]]);
    while stages.len() > 2 {
        // The smallest first, so that the two halves that are joined last are about as large.
        stages.sort_by_key(Vec::len);
        let mut left = std::mem::take(&mut stages).into_iter();
        while let Some(first) = left.next() {
            stages.push(match left.next() {
                Some(second) => sums(&first, &second, most)?,
                None => first,
            });
        }
        if stages.iter().any(|stage| stage.len() > most) {
            return None;
        }
    }
    let second = stages.pop()?;
    Some([stages.pop().unwrap_or_else(|| vec![[0, 0]]), second])
}

/// More sums than this are sieved before they are sorted.
const SIEVED: usize = 256;
/// The most tiles at first.
const TILES: usize = 256;
/// Bits of the greatest number of slices.
const SLICE_BITS: u32 = 12;

/// The sums of a pair of one staircase and a pair of another that no other sum beats. None if more than `most` tiles are left at once.
///
/// The sums lie in tiles: so many neighbours of one staircase with so many of the other. No sum of a tile is better than its
/// corner, the greatest worth of either side in it. A tile whose corner is beaten by a sum that was seen is left out, the others are
/// cut into four, down to single sums; only those that are left are sorted.
fn sums(a: &[Pair], b: &[Pair], most: usize) -> Option<Vec<Pair>> {
    let sum = |(i, j): (usize, usize)| [a[i][0] + b[j][0], a[i][1] + b[j][1]];
    let cut =
        |side: usize| (0..a.len()).step_by(side).flat_map(move |i| (0..b.len()).step_by(side).map(move |j| (i, j)));
    if a.len() * b.len() <= SIEVED {
        return Some(undominated(cut(1).map(sum).collect()));
    }
    let mut sieve = Sieve::of_sums(a, b);
    let mut side = 1;
    while a.len().div_ceil(side) * b.len().div_ceil(side) > TILES {
        side *= 2;
    }
    let mut tiles: Vec<(usize, usize)> = cut(side).collect();
    tiles.iter().for_each(|tile| sieve.see(sum(*tile)));
    let mut left = Vec::new();
    while side > 1 {
        sieve.settle();
        let half = side / 2;
        left.clear();
        for (i, j) in tiles.iter().copied() {
            let (last_i, last_j) = ((i + side).min(a.len()) - 1, (j + side).min(b.len()) - 1);
            if sieve.beats([a[i][0] + b[j][0], a[last_i][1] + b[last_j][1]]) {
                continue;
            }
            left.push((i, j));
            for part in [(i + half, j), (i, j + half), (i + half, j + half)] {
                if part.0 <= last_i && part.1 <= last_j {
                    left.push(part);
                    sieve.see(sum(part));
                }
            }
        }
        if left.len() > most {
            return None;
        }
        std::mem::swap(&mut tiles, &mut left);
        side = half;
    }
    sieve.settle();
    Some(undominated(tiles.into_iter().map(sum).filter(|sum| !sieve.beats(*sum)).collect()))
}

/// What the second side was seen to have, by slices of the range of the first side.
struct Sieve {
    least: i64,
    shift: u32,
    /// The greatest worth of the second side seen in a slice; once settled, in it or in a higher one. The last slice stays empty.
    reached: Vec<i64>,
}

impl Sieve {
    /// A sieve for the sums of two staircases that are not empty.
    fn of_sums(a: &[Pair], b: &[Pair]) -> Self {
        let least = a[a.len() - 1][0] + b[b.len() - 1][0];
        let bits = SLICE_BITS.min((a.len() * b.len()).ilog2());
        let shift = (i64::BITS - (a[0][0] + b[0][0] - least).leading_zeros()).saturating_sub(bits);
        Sieve { least, shift, reached: vec![i64::MIN; (1 << bits) + 1] }
    }

    fn slice(&self, pair: Pair) -> usize {
        usize::try_from((pair[0] - self.least) >> self.shift).unwrap_or_default()
    }

    fn see(&mut self, pair: Pair) {
        let slice = self.slice(pair);
        self.reached[slice] = self.reached[slice].max(pair[1]);
    }

    /// Carries what was seen down to the lower slices.
    fn settle(&mut self) {
        let mut above = i64::MIN;
        for reached in self.reached.iter_mut().rev() {
            above = above.max(*reached);
            *reached = above;
        }
    }

    /// Whether a sum in a higher slice was seen that has at least as much for the second side.
    fn beats(&self, pair: Pair) -> bool {
        pair[1] <= self.reached[self.slice(pair) + 1]
    }
}

/// Of some pairs those that no other beats, the first side's greatest first.
fn undominated(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_unstable_by_key(|pair| std::cmp::Reverse(pair[0]));
    let mut kept: Vec<Pair> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        match kept.last_mut() {
            Some(last) if pair[1] <= last[1] => {}
            Some(last) if pair[0] == last[0] => *last = pair,
            _ => kept.push(pair),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::SCALE;
    use detente_packages::{Caps, Literal, Rule, frontier};
    use proptest::prelude::*;

    fn issues() -> impl Strategy<Value = Vec<Vec<(i64, i64, bool)>>> {
        let option = (-900..2000_i64, -900..2000_i64, prop::bool::weighted(0.85));
        proptest::collection::vec(proptest::collection::vec(option, 1..8), 0..9)
    }

    fn problem(issues: &[Vec<(i64, i64, bool)>]) -> Problem<i64> {
        let values = issues.iter().map(|options| options.iter().map(|(a, b, _)| vec![*a, *b]).collect()).collect();
        let mut problem = Problem::new(vec![1, -1], values).unwrap();
        for (issue, options) in issues.iter().enumerate() {
            for (option, _) in options.iter().enumerate().filter(|(_, (.., allowed))| !allowed) {
                problem.forbid(issue, option);
            }
        }
        problem
    }

    proptest! {
        #[test]
        fn the_pairs_are_the_frontier(issues in issues()) {
            let problem = problem(&issues);
            let found = frontier(&problem, Caps::default()).unwrap();
            let plain: Vec<Pair> = found.points().iter().map(|point| [point.worth[0], point.worth[1]]).collect();
            let least = plain.iter().map(|pair| pair[0].min(pair[1])).max();
            prop_assert_eq!(equal(&problem, 100_000).unwrap(), least);
            prop_assert_eq!(pairs(&problem, 100_000).unwrap(), plain);
        }
    }

    /// Staircases of many points, of narrow and of wide ranges: with ties and without.
    fn staircases() -> impl Strategy<Value = [Vec<Pair>; 2]> {
        let stairs = |width: i64| {
            let steps = proptest::collection::vec((1..=width, 1..=width), 1..150);
            steps.prop_map(|steps| {
                let up = |last: &mut Pair, (loss, gain): (i64, i64)| {
                    *last = [last[0] - loss, last[1] + gain];
                    Some(*last)
                };
                steps.into_iter().scan([0, 0], up).collect::<Vec<Pair>>()
            })
        };
        let width = || prop_oneof![Just(1), Just(3), Just(SCALE / 100)];
        (width(), width()).prop_flat_map(move |(a, b)| [stairs(a), stairs(b)])
    }

    /// The sums that no other beats, by sorting all.
    fn plain_sums(a: &[Pair], b: &[Pair]) -> Vec<Pair> {
        let mut all: Vec<Pair> = a.iter().flat_map(|x| b.iter().map(move |y| [x[0] + y[0], x[1] + y[1]])).collect();
        all.sort_unstable();
        let mut reached = i64::MIN;
        all.into_iter().rev().filter(|sum| (sum[1] > reached).then(|| reached = sum[1]).is_some()).collect()
    }

    proptest! {
        #[test]
        fn sums_by_tiles_are_those_of_all_sums([a, b] in staircases()) {
            prop_assert_eq!(sums(&a, &b, 100_000), Some(plain_sums(&a, &b)));
        }
    }

    #[test]
    fn sums_that_would_be_too_many_are_given_up() {
        let stairs = |step: i64| (0..64).map(|at| [-at * step, at * step]).collect::<Vec<Pair>>();
        assert_eq!(sums(&stairs(1), &stairs(64), 4096).unwrap().len(), 4096);
        assert_eq!(sums(&stairs(1), &stairs(64), 1000), None);
    }

    #[test]
    fn rules_caps_and_other_numbers_of_sides_are_left_to_the_frontier() {
        let mut small = problem(&[vec![(1, 2, true), (2, 1, true)]]);
        assert_eq!(pairs(&small, 1), None);
        small.add_rule(Rule::any(vec![Literal { issue: 0, holds: [true, false].into() }])).unwrap();
        assert_eq!(pairs(&small, 100), None);
        let three = Problem::new(vec![0, 0, 0], vec![]).unwrap();
        assert_eq!(pairs(&three, 100), None);
    }
}
