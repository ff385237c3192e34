//! The feasible option vectors of a model, counted first, then listed.

use std::fmt;

use crate::code::{Code, MOST_LISTED};
use crate::concept::State;
use crate::formula::Formula;
use crate::option_form::OptionForm;

/// The feasible option vectors in the order of their codes; state number 1 is the smallest code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct States {
    options: usize,
    list: List,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum List {
    /// All vectors: the code is the place.
    All,
    Some(Vec<u64>),
}

/// What an entry of the infeasible vectors took away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Vectors that no earlier entry had ruled out.
    pub removed: u128,
    /// Vectors that an earlier entry had ruled out already.
    pub already_gone: u128,
}

/// Why the states of a model are not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatesError {
    /// More options than codes of listed states have.
    TooManyOptions(usize),
    /// More states than allowed.
    TooLarge {
        /// How many there are.
        states: u128,
        /// About how many bytes an analysis of them would take.
        bytes: u128,
        /// How many were allowed.
        limit: usize,
    },
    /// Every vector is ruled out.
    NoState,
    /// The rules are so interwoven that the states could not be counted within seconds.
    Uncounted,
}

impl fmt::Display for StatesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StatesError::TooManyOptions(options) => {
                write!(f, "the states of {options} options are not listed; {MOST_LISTED} options are the most")
            }
            StatesError::TooLarge { states, bytes, limit } => write!(
                f,
                "{states} states would take about {} MB; at most {limit} states are allowed",
                bytes.div_ceil(1_000_000)
            ),
            StatesError::NoState => f.write_str("every combination of options is ruled out, so no state is left"),
            StatesError::Uncounted => {
                f.write_str("the rules on what is infeasible are too interwoven for the states to be counted")
            }
        }
    }
}

impl std::error::Error for StatesError {}

/// The most states that are listed, whatever the limit.
pub const MOST_STATES: usize = 1 << 28;

/// The most steps of a count, each the look at one part of a rule: seconds.
const MOST_STEPS: usize = 1 << 27;

/// About how many bytes the analysis of a model in option form takes, all that is kept at the same time included.
#[must_use]
pub fn memory(states: u128, decision_makers: usize) -> u128 {
    // Per state its code; per state and decision maker its rank, block, own cell, verdicts and a share of the buffers.
    states.saturating_mul(24 + 16 * decision_makers as u128)
}

impl OptionForm {
    /// Lists the feasible vectors, at most `limit` of them. They are counted first, so that nothing is allocated for a model that is
    /// too large. Steps grow with the states and with how interwoven the rules are, not with all vectors.
    ///
    /// # Errors
    /// See [`StatesError`].
    pub fn states(&self, limit: usize) -> Result<States, StatesError> {
        let options = self.options().len();
        if options > MOST_LISTED {
            return Err(StatesError::TooManyOptions(options));
        }
        let limit = limit.min(MOST_STATES);
        let all: Vec<&Formula> = self.infeasible().iter().collect();
        let states = Count::of(&all, options, &mut { MOST_STEPS }).ok_or(StatesError::Uncounted)?;
        if states == 0 {
            return Err(StatesError::NoState);
        }
        if states > limit as u128 {
            return Err(StatesError::TooLarge { states, bytes: memory(states, self.decision_makers()), limit });
        }
        if states == 1 << options {
            return Ok(States { options, list: List::All });
        }
        let mut codes = Vec::with_capacity(usize::try_from(states).unwrap_or(limit));
        // The order of the options is not that of the count, so that it may take more steps; no more than for each state anew.
        let size = all.iter().map(|entry| entry.size() + 1).sum::<usize>();
        let mut steps = MOST_STEPS.saturating_add(codes.capacity().saturating_mul(2 * options * size));
        let finished = list(&all, options, Code::NONE, Code::NONE, &mut codes, &mut steps);
        if !finished {
            return Err(StatesError::Uncounted);
        }
        Ok(States { options, list: List::Some(codes) })
    }

    /// For each entry of the infeasible vectors what it took away; nothing for an entry that is too interwoven with those before it
    /// to be counted within seconds. A model of more than [`MOST_LISTED`] options has nothing counted.
    #[must_use]
    pub fn removed(&self) -> Vec<Option<Removed>> {
        let options = self.options().len();
        let entries: Vec<&Formula> = self.infeasible().iter().collect();
        if options > MOST_LISTED {
            return vec![None; entries.len()];
        }
        let mut steps = MOST_STEPS;
        let mut before = Some(1u128 << options);
        let mut removed = Vec::with_capacity(entries.len());
        for (place, entry) in entries.iter().enumerate() {
            let after = Count::of(&entries[..=place], options, &mut steps);
            let free = Count::of(&[entry], options, &mut steps);
            removed.push(before.zip(after).zip(free).map(|((before, after), free)| {
                let matched = (1u128 << options) - free;
                Removed { removed: before - after, already_gone: matched - (before - after) }
            }));
            before = after;
        }
        removed
    }
}

/// Counts vectors by fixing one option after another; a part in which every entry is decided is counted at once.
struct Count<'a> {
    /// Options that entries speak of, those of most entries first.
    order: Vec<usize>,
    steps: &'a mut usize,
}

impl Count<'_> {
    /// The vectors of which no entry holds; nothing if that takes too many steps.
    fn of(entries: &[&Formula], options: usize, steps: &mut usize) -> Option<u128> {
        let spoken: Vec<Code> = entries.iter().map(|entry| entry.options()).collect();
        let weight = |option: usize| spoken.iter().filter(|code| code.has(option)).count();
        let mut order: Vec<usize> = (0..options).filter(|option| weight(*option) > 0).collect();
        order.sort_by_key(|option| (std::cmp::Reverse(weight(*option)), *option));
        let free = options - order.len();
        let mut count = Count { order, steps };
        Some(count.below(entries, 0, Code::NONE, Code::NONE)? << free)
    }

    fn below(&mut self, entries: &[&Formula], depth: usize, known: Code, code: Code) -> Option<u128> {
        let Some(open) = open(entries, known, code, self.steps)? else { return Some(0) };
        if open.is_empty() {
            return Some(1 << (self.order.len() - depth));
        }
        let option = self.order[depth];
        let known = known.with(option, true);
        let without = self.below(&open, depth + 1, known, code)?;
        Some(without + self.below(&open, depth + 1, known, code.with(option, true))?)
    }
}

/// The entries that are still open where `known` options are as in `code`: `Some(None)` if one holds, `None` if the steps run out.
fn open<'a>(entries: &[&'a Formula], known: Code, code: Code, steps: &mut usize) -> Option<Option<Vec<&'a Formula>>> {
    *steps = steps.checked_sub(1)?;
    let mut open = Vec::new();
    for entry in entries {
        *steps = steps.checked_sub(entry.size())?;
        match entry.truth(known, code) {
            Some(true) => return Some(None),
            Some(false) => {}
            None => open.push(*entry),
        }
    }
    Some(Some(open))
}

/// Lists the vectors of which no entry holds in ascending order; `false` if the steps run out.
fn list(entries: &[&Formula], rest: usize, known: Code, code: Code, codes: &mut Vec<u64>, steps: &mut usize) -> bool {
    let Some(decided) = open(entries, known, code, steps) else { return false };
    let Some(open) = decided else { return true };
    if open.is_empty() {
        codes.extend((0..1u64 << rest).map(|low| code.word() | low));
        return true;
    }
    let option = rest - 1;
    let known = known.with(option, true);
    list(&open, option, known, code, codes, steps) && list(&open, option, known, code.with(option, true), codes, steps)
}

impl States {
    /// How many there are; at least 1.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "there is always a state")]
    pub fn len(&self) -> usize {
        match &self.list {
            List::All => 1 << self.options,
            List::Some(codes) => codes.len(),
        }
    }

    /// How many options a vector has.
    #[must_use]
    pub fn options(&self) -> usize {
        self.options
    }

    /// Whether no vector is ruled out.
    #[must_use]
    pub fn all(&self) -> bool {
        matches!(self.list, List::All)
    }

    /// The option vector of a state, nothing if there is no such state.
    #[must_use]
    pub fn code(&self, state: State) -> Option<u64> {
        match &self.list {
            List::All => (state.place() < self.len()).then_some(u64::from(state.0)),
            List::Some(codes) => codes.get(state.place()).copied(),
        }
    }

    /// The state of an option vector, nothing if it is ruled out. `O(log states)`.
    #[must_use]
    pub fn state(&self, code: u64) -> Option<State> {
        let place = match &self.list {
            List::All => usize::try_from(code).ok().filter(|place| *place < self.len()),
            List::Some(codes) => codes.binary_search(&code).ok(),
        };
        place.and_then(|place| u32::try_from(place).ok()).map(State)
    }

    /// The codes of all states, ascending.
    pub fn codes(&self) -> impl ExactSizeIterator<Item = u64> + '_ {
        (0..self.len()).map(|place| match &self.list {
            List::All => place as u64,
            List::Some(codes) => codes[place],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::option_form::Moves;

    fn form(options: usize, patterns: &[&str]) -> OptionForm {
        let mut form = OptionForm::new(vec![Moves::Both; options], &[(0..options).collect()]).unwrap();
        patterns.iter().for_each(|pattern| form.rule_out(Formula::pattern(pattern).unwrap()).unwrap());
        form
    }

    #[test]
    fn states_are_the_feasible_vectors_in_ascending_order() {
        let form = form(5, &["-YY--", "-Y-Y-", "--YY-", "-NNN-"]);
        let states = form.states(100).unwrap();
        assert_eq!(states.codes().collect::<Vec<_>>(), [2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25]);
        assert_eq!(states.state(18), Some(State(6)));
        assert_eq!(states.state(0), None);
    }

    #[test]
    fn each_entry_says_what_it_took_away() {
        let removed = form(3, &["YY-", "Y-Y", "YY-"]).removed();
        let told = |removed, already_gone| Some(Removed { removed, already_gone });
        assert_eq!(removed, [told(2, 0), told(1, 1), told(0, 2)]);
    }

    #[test]
    fn a_model_that_is_too_large_is_refused_with_its_size() {
        let refused = form(40, &["Y"]).states(1_000_000);
        assert!(matches!(refused, Err(StatesError::TooLarge { states, .. }) if states == 1 << 39), "{refused:?}");
        assert_eq!(form(65, &[]).states(10), Err(StatesError::TooManyOptions(65)));
        assert_eq!(form(2, &["Y", "N"]).states(10), Err(StatesError::NoState));
    }

    #[test]
    fn few_states_of_many_options_are_listed_without_trying_all_vectors() {
        let mut form = form(64, &[]);
        let of: Vec<Formula> = (0..64).map(Formula::Option).collect();
        form.rule_out(Formula::Not(Formula::Count { at_least: 1, at_most: 1, of }.into())).unwrap();
        assert_eq!(
            form.states(100).unwrap().codes().collect::<Vec<_>>(),
            (0..64).map(|k| 1 << k).collect::<Vec<u64>>()
        );
    }

    #[test]
    fn rules_that_are_too_interwoven_are_refused_and_do_not_hang() {
        // The parity of 60 options is no conjunction of anything shorter.
        let mut form = form(60, &[]);
        let odd = (1..60).fold(Formula::Option(0), |odd, option| {
            Formula::Not(Formula::Iff(odd.into(), Formula::Option(option).into()).into())
        });
        form.rule_out(odd).unwrap();
        assert_eq!(form.states(1000), Err(StatesError::Uncounted));
        assert_eq!(form.removed(), [None]);
    }

    #[test]
    fn no_option_is_one_state() {
        assert_eq!(form(0, &[]).states(1).unwrap().len(), 1);
    }
}
