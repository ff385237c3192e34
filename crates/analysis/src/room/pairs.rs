//! The staircase of two sides without rules between options: worths alone, no packages to find again.
//!
//! Thousands of draws need nothing but the worths, so issues are joined in pairs, then the pairs, and so on: far fewer sums than
//! issue by issue, and no record of how each came about.

use detente_packages::Problem;

/// A worth of the first and of the second side.
pub(super) type Pair = (i64, i64);

/// The pairs that no package improves for one side without a loss for the other, the first side's greatest first. None if the
/// problem is not one of two sides without rules, or if a stage has more than `most` pairs.
pub(super) fn pairs(problem: &Problem<i64>, most: usize) -> Option<Vec<Pair>> {
    let [first, second] = halves(problem, most)?;
    Some(sums(&first, &second)).filter(|pairs| pairs.len() <= most)
}

/// The greatest threshold that both sides can have at once, without the staircase; none within if there is no package. None at all
/// as for [`pairs`].
pub(super) fn equal(problem: &Problem<i64>, most: usize) -> Option<Option<i64>> {
    let [first, second] = halves(problem, most)?;
    let ends = |pairs: &[Pair]| Some((pairs.last()?.0.min(pairs.first()?.1), pairs.first()?.0.max(pairs.last()?.1)));
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
        while from_end.next_if(|y| x.0 + y.0 < threshold).is_some() {}
        from_end.peek().is_some_and(|y| x.1 + y.1 >= threshold)
    })
}

/// Two staircases whose sums are the packages: the issues joined in pairs, then the pairs, and so on, but for the last step.
fn halves(problem: &Problem<i64>, most: usize) -> Option<[Vec<Pair>; 2]> {
    if problem.coordinates() != 2 || !problem.rules().is_empty() {
        return None;
    }
    let base = problem.base();
    let options = |issue: usize| {
        let pair = |option: usize| (problem.value(issue, option)[0], problem.value(issue, option)[1]);
        let mut pairs: Vec<Pair> = problem.allowed(issue).map(pair).collect();
        pairs.sort_unstable_by(|a, b| b.cmp(a));
        undominated(pairs.into_iter())
    };
    let mut stages: Vec<Vec<Pair>> = (0..problem.issues()).map(options).collect();
    stages.push(vec![(base[0], base[1])]);
    while stages.len() > 2 {
        // The smallest first, so that the two halves that are joined last are about as large.
        stages.sort_by_key(Vec::len);
        let mut left = std::mem::take(&mut stages).into_iter();
        while let Some(first) = left.next() {
            stages.push(match left.next() {
                Some(second) => sums(&first, &second),
                None => first,
            });
        }
        if stages.iter().any(|stage| stage.len() > most) {
            return None;
        }
    }
    let second = stages.pop()?;
    Some([stages.pop().unwrap_or_else(|| vec![(0, 0)]), second])
}

/// More sums than this are sieved before they are sorted.
const SIEVED: usize = 256;
/// Bits of the number of slices into which the range of the first side is cut for the sieve.
const SLICE_BITS: u32 = 12;

/// The sums of a pair of one staircase and a pair of another that no other sum beats.
///
/// A sum cannot stand if one in a higher slice of the first side's range has at least as much for the second. Two passes over the
/// sums find those that may; only they are sorted.
fn sums(a: &[Pair], b: &[Pair]) -> Vec<Pair> {
    let all = || a.iter().flat_map(|x| b.iter().map(move |y| (x.0 + y.0, x.1 + y.1)));
    let ends = |pairs: &[Pair]| Some((pairs.last()?.0, pairs.first()?.0));
    let (Some((a_least, a_most)), Some((b_least, b_most))) = (ends(a), ends(b)) else { return Vec::new() };
    let mut kept: Vec<Pair> = if a.len() * b.len() <= SIEVED {
        all().collect()
    } else {
        let least = a_least + b_least;
        let shift = (i64::BITS - (a_most + b_most - least).leading_zeros()).saturating_sub(SLICE_BITS);
        let slice = |pair: &Pair| usize::try_from((pair.0 - least) >> shift).unwrap_or_default();
        let mut above = vec![i64::MIN; (1 << SLICE_BITS) + 1];
        all().for_each(|pair| {
            let reached = &mut above[slice(&pair)];
            *reached = (*reached).max(pair.1);
        });
        for slice in (0..above.len() - 1).rev() {
            above[slice] = above[slice].max(above[slice + 1]);
        }
        all().filter(|pair| pair.1 > above[slice(pair) + 1]).collect()
    };
    kept.sort_unstable_by(|a, b| b.cmp(a));
    undominated(kept.into_iter())
}

/// Of pairs in falling order those that no other beats.
fn undominated(pairs: impl Iterator<Item = Pair>) -> Vec<Pair> {
    let mut reached = i64::MIN;
    let mut kept = Vec::new();
    for pair in pairs {
        if pair.1 > reached {
            reached = pair.1;
            kept.push(pair);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
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
            let plain: Vec<Pair> = found.points().iter().map(|point| (point.worth[0], point.worth[1])).collect();
            let least = plain.iter().map(|pair| pair.0.min(pair.1)).max();
            prop_assert_eq!(equal(&problem, 100_000).unwrap(), least);
            prop_assert_eq!(pairs(&problem, 100_000).unwrap(), plain);
        }
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
