//! Option vectors as bits: bit `k` is set where option `k` is taken.

use std::fmt;

/// The most options of a model.
pub const MOST_OPTIONS: usize = 256;

/// The most decision makers of a model.
pub const MOST_DECISION_MAKERS: usize = 256;

/// The most options of a model whose states are listed.
pub const MOST_LISTED: usize = 64;

/// A set of options, of at most [`MOST_OPTIONS`]; also an option vector, the set of the options that are taken.
///
/// Models whose states are listed have at most [`MOST_LISTED`] options and use the first word alone ([`Code::word`]). Codes are
/// ordered as the binary numbers that they are, option 0 being the lowest bit.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Code([u64; 4]);

impl Code {
    /// No option.
    pub const NONE: Code = Code([0; 4]);

    /// The first `count` options, `count` at most [`MOST_OPTIONS`].
    #[must_use]
    pub fn first(count: usize) -> Code {
        (0..count).collect()
    }

    /// Whether an option is in the set. An option beyond [`MOST_OPTIONS`] never is.
    #[must_use]
    pub fn has(self, option: usize) -> bool {
        self.0.get(option / 64).is_some_and(|word| word >> (option % 64) & 1 == 1)
    }

    /// The set with an option or without it.
    #[must_use]
    pub fn with(mut self, option: usize, taken: bool) -> Code {
        if let Some(word) = self.0.get_mut(option / 64) {
            *word = *word & !(1 << (option % 64)) | u64::from(taken) << (option % 64);
        }
        self
    }

    /// What is in both.
    #[must_use]
    pub fn and(self, other: Code) -> Code {
        Code(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    /// What is in either.
    #[must_use]
    pub fn or(self, other: Code) -> Code {
        Code(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// What is in exactly one of the two.
    #[must_use]
    pub fn xor(self, other: Code) -> Code {
        Code(std::array::from_fn(|word| self.0[word] ^ other.0[word]))
    }

    /// What is in this and not in the other.
    #[must_use]
    pub fn without(self, other: Code) -> Code {
        Code(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Code::NONE
    }

    /// How many options it has.
    #[must_use]
    pub fn count(self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The options of the set, ascending.
    pub fn options(self) -> impl Iterator<Item = usize> {
        (0..MOST_OPTIONS).filter(move |option| self.has(*option))
    }

    /// The first 64 options.
    #[must_use]
    pub fn word(self) -> u64 {
        self.0[0]
    }
}

impl From<u64> for Code {
    fn from(word: u64) -> Code {
        Code([word, 0, 0, 0])
    }
}

impl FromIterator<usize> for Code {
    fn from_iter<I: IntoIterator<Item = usize>>(options: I) -> Code {
        options.into_iter().fold(Code::NONE, |code, option| code.with(option, true))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Code) -> std::cmp::Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }
}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Code) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.options()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_the_options_that_are_taken() {
        let code = Code::NONE.with(0, true).with(200, true).with(0, false).with(63, true);
        assert_eq!(code.options().collect::<Vec<_>>(), [63, 200]);
        assert!(!code.has(300));
        assert_eq!(Code::first(70).count(), 70);
    }

    #[test]
    fn codes_are_ordered_as_numbers() {
        assert!(Code::from(5) < Code::from(6));
        assert!(Code::from(u64::MAX) < Code::NONE.with(64, true));
    }
}
