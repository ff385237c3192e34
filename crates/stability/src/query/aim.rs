//! What a decision maker wants of option vectors, and bounds on it where only some options are known.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use crate::code::Code;
use crate::formula::Formula;
use crate::ranks::{Exact, scaled};

/// What a decision maker wants, as a rule over option vectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Statements, the most important first; see [`statements`](crate::statements).
    Statements(Vec<Formula>),
    /// A weight an option; the greater the sum over the options that are taken, the better.
    Weights(Vec<Exact>),
}

/// An aim made ready for many questions.
pub(super) enum Wants<'a> {
    Statements(&'a [Formula]),
    Weights(Vec<BigInt>),
}

/// What a vector is worth under an aim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Worth {
    Truths(Vec<bool>),
    Sum(BigInt),
}

/// Options of which some are known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub known: Code,
    /// Which of the known options are taken; no others.
    pub code: Code,
}

impl Part {
    pub(super) fn with(self, option: usize, taken: bool) -> Part {
        Part { known: self.known.with(option, true), code: self.code.with(option, taken) }
    }

    /// The same with some options forgotten.
    pub(super) fn without(self, options: Code) -> Part {
        Part { known: self.known.without(options), code: self.code.without(options) }
    }
}

impl<'a> Wants<'a> {
    pub(super) fn new(aim: &'a Aim) -> Wants<'a> {
        match aim {
            Aim::Statements(statements) => Wants::Statements(statements),
            Aim::Weights(weights) => Wants::Weights(scaled(weights)),
        }
    }

    pub(super) fn worth(&self, code: Code) -> Worth {
        match self {
            Wants::Statements(statements) => Worth::Truths(statements.iter().map(|entry| entry.holds(code)).collect()),
            Wants::Weights(weights) => {
                let taken = weights.iter().enumerate().filter(|(option, _)| code.has(*option));
                Worth::Sum(taken.map(|(_, weight)| weight).sum())
            }
        }
    }

    /// Whether nothing that a part can become is worth more than this.
    pub(super) fn at_most(&self, part: Part, worth: &Worth) -> bool {
        self.bound(part, worth, true).is_le()
    }

    /// Whether all that a part can become is worth more than this.
    pub(super) fn above(&self, part: Part, worth: &Worth) -> bool {
        self.bound(part, worth, false).is_gt()
    }

    /// How a bound on what a part can become compares: the upper one with all that is open in its favour, or the lower one.
    fn bound(&self, part: Part, worth: &Worth, upper: bool) -> Ordering {
        match (self, worth) {
            (Wants::Statements(statements), Worth::Truths(truths)) => {
                let compared = statements
                    .iter()
                    .zip(truths)
                    .map(|(entry, truth)| entry.truth(part.known, part.code).unwrap_or(upper).cmp(truth));
                compared.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
            }
            (Wants::Weights(weights), Worth::Sum(sum)) => {
                let counts = |(option, weight): &(usize, &BigInt)| match part.known.has(*option) {
                    true => part.code.has(*option),
                    false => weight.is_positive() == upper && !weight.is_zero(),
                };
                weights.iter().enumerate().filter(counts).map(|(_, weight)| weight).sum::<BigInt>().cmp(sum)
            }
            // A worth is always made by the aim that it is compared under.
            (Wants::Statements(_), Worth::Sum(_)) | (Wants::Weights(_), Worth::Truths(_)) => Ordering::Equal,
        }
    }

    /// The open option, of those given, that decides most: of the first open statement, or the heaviest.
    pub(super) fn weightiest(&self, part: Part, among: Code) -> Option<usize> {
        let open = among.without(part.known);
        match self {
            Wants::Statements(statements) => statements
                .iter()
                .filter(|entry| entry.truth(part.known, part.code).is_none())
                .find_map(|entry| entry.options().and(open).options().next()),
            Wants::Weights(weights) => {
                let weigh =
                    open.options().filter(|option| weights.get(*option).is_some_and(|weight| !weight.is_zero()));
                weigh.max_by_key(|option| (weights[*option].magnitude().clone(), std::cmp::Reverse(*option)))
            }
        }
    }

    /// Whether taking an open option rather helps than harms, as far as the first statement tells that it can decide.
    pub(super) fn likes(&self, part: Part, option: usize) -> bool {
        match self {
            Wants::Weights(weights) => weights.get(option).is_some_and(Signed::is_positive),
            Wants::Statements(statements) => {
                let with = |taken: bool| part.with(option, taken);
                let told = statements.iter().find_map(|entry| {
                    let [taken, left] = [true, false].map(|taken| entry.truth(with(taken).known, with(taken).code));
                    (taken != left).then_some(taken == Some(true) || left == Some(false))
                });
                told.unwrap_or(true)
            }
        }
    }
}
