//! Options that work together: what a package is worth besides the sum of its options.

use std::collections::BTreeSet;

use crate::number::Whole;
use crate::problem::Problem;
use crate::rule::Literal;

/// What a package is worth besides its options if it meets every literal. Pairs of options are the simplest case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term<W> {
    /// The literals that are all met.
    pub when: Vec<Literal>,
    /// What is added on each coordinate.
    pub bonus: Vec<W>,
}

/// Why terms do not fit a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermError {
    /// A term, by its place, speaks of an issue or option that there is not.
    UnknownOption(usize),
    /// A term, by its place, has another number of values than there are coordinates.
    Values(usize),
}

impl<W: Whole> Term<W> {
    /// Whether it speaks of issues and options of a problem, and has a value for each of its coordinates.
    pub(crate) fn check(&self, place: usize, problem: &Problem<W>) -> Result<(), TermError> {
        let fits = |literal: &Literal| {
            literal.issue < problem.issues() && literal.holds.len() == problem.options(literal.issue)
        };
        if !self.when.iter().all(fits) {
            return Err(TermError::UnknownOption(place));
        }
        if self.bonus.len() == problem.coordinates() { Ok(()) } else { Err(TermError::Values(place)) }
    }

    /// The issues that it speaks of.
    pub(crate) fn issues(&self) -> BTreeSet<usize> {
        self.when.iter().map(|literal| literal.issue).collect()
    }
}
