//! What a decision maker prefers, as one whole number a state.

use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::Ratio;
use num_traits::{One, ToPrimitive, Zero};

use crate::concept::State;
use crate::model::Model;

/// A fraction without rounding.
pub type Exact = Ratio<BigInt>;

/// The ranks of all states for one decision maker: larger is better, equal is a tie, and every rank from 0 to the greatest occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranks {
    of: Vec<u32>,
    classes: usize,
}

/// Why a ranking is none: what it misses, repeats, or does not know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RankingError {
    /// States that the ranking leaves out.
    pub missing: Vec<State>,
    /// States that it names more than once.
    pub repeated: Vec<State>,
    /// States that are not there.
    pub unknown: Vec<State>,
}

impl fmt::Display for RankingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("leaves out", &self.missing),
            ("repeats", &self.repeated),
            ("names without their being there", &self.unknown),
        ];
        let told = parts.iter().filter(|(_, states)| !states.is_empty()).map(|(what, states)| {
            let numbers: Vec<String> = states.iter().take(10).map(|state| state.number().to_string()).collect();
            let more = if states.len() > 10 { format!(" and {} more", states.len() - 10) } else { String::new() };
            format!("{what} {}{more}", numbers.join(", "))
        });
        write!(f, "the ranking {}", told.collect::<Vec<_>>().join("; "))
    }
}

impl std::error::Error for RankingError {}

/// Two vectors of one state that are ranked apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankedApart {
    /// The state.
    pub state: State,
    /// Its smallest vector.
    pub code: u64,
    /// One that is ranked otherwise.
    pub other: u64,
}

impl Ranks {
    /// The ranks of values, one a state: equal values tie, larger is better. `O(states log states)`.
    #[must_use]
    pub fn of_values<T: Ord>(values: &[T]) -> Ranks {
        let mut order: Vec<u32> = (0..u32::try_from(values.len()).unwrap_or(u32::MAX)).collect();
        order.sort_unstable_by(|one, other| values[*one as usize].cmp(&values[*other as usize]));
        let mut ranks = Ranks { of: vec![0; values.len()], classes: usize::from(!values.is_empty()) };
        let mut rank = 0;
        for pair in order.windows(2) {
            rank += u32::from(values[pair[0] as usize] != values[pair[1] as usize]);
            ranks.of[pair[1] as usize] = rank;
            ranks.classes = rank as usize + 1;
        }
        ranks
    }

    /// Ranks of which every one from 0 to the greatest occurs.
    pub(crate) fn dense(of: Vec<u32>) -> Ranks {
        let classes = of.iter().max().map_or(0, |greatest| *greatest as usize + 1);
        Ranks { of, classes }
    }

    /// All states alike.
    #[must_use]
    pub fn indifferent(states: usize) -> Ranks {
        Ranks { of: vec![0; states], classes: usize::from(states > 0) }
    }

    /// A ranking, the most preferred states first; the states of one entry tie. Every state stands in it once.
    ///
    /// # Errors
    /// The states that it misses, repeats or does not know, all of them, ascending.
    pub fn from_ranking(states: usize, ranking: &[Vec<State>]) -> Result<Ranks, RankingError> {
        let mut seen = vec![0u32; states];
        let mut of = vec![0; states];
        let mut error = RankingError::default();
        let filled = ranking.iter().rev().filter(|tied| !tied.is_empty());
        let mut classes = 0;
        for (rank, tied) in (0u32..).zip(filled) {
            for state in tied {
                let Some(count) = seen.get_mut(state.place()) else {
                    error.unknown.push(*state);
                    continue;
                };
                *count += 1;
                if *count == 2 {
                    error.repeated.push(*state);
                }
                of[state.place()] = rank;
            }
            classes += 1;
        }
        error.missing = (0u32..).zip(&seen).filter(|(_, count)| **count == 0).map(|(state, _)| State(state)).collect();
        error.repeated.sort_unstable();
        error.unknown.sort_unstable();
        error.unknown.dedup();
        if error == RankingError::default() { Ok(Ranks { of, classes }) } else { Err(error) }
    }

    /// The ranks of the sums of the weights of the options that are taken, without rounding, over vectors given by their codes.
    /// An option without a weight weighs nothing.
    #[must_use]
    pub fn from_weights(codes: impl Iterator<Item = u64>, weights: &[Exact]) -> Ranks {
        let whole = scaled(weights);
        let all = |codes: &mut dyn Iterator<Item = u64>, narrow: &[i128]| -> Ranks {
            let sum = |code: u64| taken(code, narrow.len()).map(|option| narrow[option]).sum();
            Ranks::of_values(&codes.map(sum).collect::<Vec<i128>>())
        };
        let mut codes = codes;
        let bound = BigInt::from(i128::MAX / 256);
        let narrow: Option<Vec<i128>> =
            whole.iter().map(|weight| weight.to_i128().filter(|_| weight.magnitude() < bound.magnitude())).collect();
        if let Some(narrow) = narrow {
            return all(&mut codes, &narrow);
        }
        let sum = |code: u64| taken(code, whole.len()).fold(BigInt::zero(), |sum, option| sum + &whole[option]);
        Ranks::of_values(&codes.map(sum).collect::<Vec<_>>())
    }

    /// The ranks of the states of a model, from the ranks of its feasible vectors before any were made one. The same ranks where
    /// none were.
    ///
    /// # Errors
    /// Two vectors of one state that are ranked apart; `None` where the ranks are not those of the feasible vectors.
    pub fn of_states(&self, model: &Model) -> Result<Ranks, Option<RankedApart>> {
        let feasible = model.feasible().ok_or(None)?;
        if self.of.len() != feasible.len() {
            return Err(None);
        }
        let mut of: Vec<Option<(u32, u64)>> = vec![None; model.states()];
        for ((code, place), rank) in feasible.codes().zip(0u32..).zip(&self.of) {
            let state = model.state_of_feasible(State(place)).ok_or(None)?;
            let (first, smallest) = *of[state.place()].get_or_insert((*rank, code));
            if first != *rank {
                return Err(Some(RankedApart { state, code: smallest, other: code }));
            }
        }
        let values: Vec<u32> = of.into_iter().flatten().map(|(rank, _)| rank).collect();
        Ok(Ranks { of: values, classes: self.classes })
    }

    /// How many states are ranked.
    #[must_use]
    pub fn states(&self) -> usize {
        self.of.len()
    }

    /// How many ranks there are.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The rank of a state. A state that is not there has the least.
    #[must_use]
    pub fn rank(&self, state: State) -> u32 {
        self.of.get(state.place()).copied().unwrap_or(0)
    }

    /// The ranks of all states in their order.
    #[must_use]
    pub fn as_slice(&self) -> &[u32] {
        &self.of
    }

    /// The ranking that these ranks are, most preferred first.
    #[must_use]
    pub fn ranking(&self) -> Vec<Vec<State>> {
        let mut ranking = vec![Vec::new(); self.classes];
        for (state, rank) in (0u32..).zip(&self.of) {
            ranking[self.classes - 1 - *rank as usize].push(State(state));
        }
        ranking
    }
}

impl AsRef<[u32]> for Ranks {
    fn as_ref(&self) -> &[u32] {
        &self.of
    }
}

/// Whole numbers in the same proportion.
pub(crate) fn scaled(weights: &[Exact]) -> Vec<BigInt> {
    let common = weights.iter().fold(BigInt::one(), |common, weight| common.lcm(weight.denom()));
    weights.iter().map(|weight| weight.numer() * (&common / weight.denom())).collect()
}

/// The options of a code that are taken, among the first `count`.
fn taken(mut code: u64, count: usize) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let option = code.trailing_zeros() as usize;
        code &= code.wrapping_sub(1);
        (option < count).then_some(option)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(numbers: &[u32]) -> Vec<State> {
        numbers.iter().map(|number| State(number - 1)).collect()
    }

    #[test]
    fn a_ranking_lists_every_state_once() {
        let ranks = Ranks::from_ranking(4, &[states(&[3]), states(&[1, 4]), states(&[2])]).unwrap();
        assert_eq!(ranks.as_slice(), [1, 0, 2, 1]);
        assert_eq!(ranks.ranking(), [states(&[3]), states(&[1, 4]), states(&[2])]);
        let error = Ranks::from_ranking(3, &[states(&[1, 1]), states(&[5])]).unwrap_err();
        assert_eq!(error.missing, states(&[2, 3]));
        assert_eq!((error.repeated.clone(), error.unknown.clone()), (states(&[1]), states(&[5])));
        assert_eq!(error.to_string(), "the ranking leaves out 2, 3; repeats 1; names without their being there 5");
    }

    #[test]
    fn weights_are_added_without_rounding() {
        let weight = |above: i64, below: i64| Exact::new(above.into(), below.into());
        let third = [weight(1, 3), weight(2, 3), weight(1, 1)];
        assert_eq!(Ranks::from_weights(0..8, &third).as_slice(), [0, 1, 2, 3, 3, 4, 5, 6]);
        let huge = BigInt::from(10).pow(60);
        let huge = [Exact::from_integer(huge.clone() + 1), Exact::from_integer(huge)];
        assert_eq!(Ranks::from_weights(0..4, &huge).as_slice(), [0, 2, 1, 3]);
        assert_eq!(Ranks::from_weights(0..4, &[weight(-1, 1)]).as_slice(), [1, 0, 1, 0]);
    }
}
