//! From exact numbers to whole ones and back: a positive factor a party, or one for all.
//!
//! A factor of a party's own changes neither dominance nor the Nash and Kalai–Smorodinsky points; sums and differences across
//! parties it does change, so the egalitarian and utilitarian points need one factor for all.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::number::{Exact, Whole};
use crate::problem::{Problem, ProblemError};

/// A whole number that an exact one can be made of.
pub trait Int: Whole + TryFrom<BigInt> + ToPrimitive {}

impl<T: Whole + TryFrom<BigInt> + ToPrimitive> Int for T {}

/// Which factors numbers are multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factors {
    /// Each coordinate by its own: the least that makes its numbers whole.
    OwnEach,
    /// All coordinates by the same.
    OneForAll,
}

/// A problem in whole numbers, with the factors that made them whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale<W> {
    /// The problem: every number is the exact one times the factor of its coordinate.
    pub problem: Problem<W>,
    /// The vectors that came with it (thresholds, disagreement values), times the same factors.
    pub vectors: Vec<Vec<W>>,
    /// One positive factor a coordinate.
    pub factors: Vec<BigInt>,
}

/// A scaled problem in the narrowest whole numbers in which no sum of its numbers can overflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scaled {
    /// All sums are below 2^62.
    Narrow(Scale<i64>),
    /// All sums are below 2^126.
    Wide(Scale<i128>),
    /// Numbers of any length.
    Any(Scale<BigInt>),
}

impl<W: Int> Scale<W> {
    /// A number of a coordinate as it was before scaling.
    #[must_use]
    pub fn exact(&self, coordinate: usize, number: &W) -> Exact {
        Exact::new(number.clone().into(), self.factors[coordinate].clone())
    }

    /// A vector as it was before scaling.
    #[must_use]
    pub fn exact_vector(&self, numbers: &[W]) -> Vec<Exact> {
        numbers.iter().enumerate().map(|(coordinate, number)| self.exact(coordinate, number)).collect()
    }

    /// A product of one number a coordinate, as it was before scaling.
    #[must_use]
    pub fn exact_product(&self, product: &BigInt) -> Exact {
        Exact::new(product.clone(), self.factors.iter().product())
    }

    /// What one unit of each coordinate was worth before scaling: weights and prices a unit, times this, are a whole unit's.
    #[must_use]
    pub fn units(&self) -> Vec<Exact> {
        self.factors.iter().map(|factor| Exact::new(BigInt::one(), factor.clone())).collect()
    }
}

/// Scales a problem, and vectors with a number a coordinate (thresholds, disagreement values), to whole numbers.
///
/// # Errors
/// [`ProblemError::Values`] (of issue and option 0) if a vector has another number of values than there are coordinates.
pub fn scale(problem: &Problem<Exact>, vectors: &[Vec<Exact>], factors: Factors) -> Result<Scaled, ProblemError> {
    let n = problem.coordinates();
    if vectors.iter().any(|vector| vector.len() != n) {
        return Err(ProblemError::Values(0, 0));
    }
    let rows = || {
        let options = (0..problem.issues()).flat_map(|issue| (0..problem.options(issue)).map(move |o| (issue, o)));
        let values = options.map(|(issue, option)| problem.value(issue, option));
        values.chain([problem.base()]).chain(vectors.iter().map(Vec::as_slice))
    };
    let mut own = vec![BigInt::one(); n];
    rows().for_each(|row| own.iter_mut().zip(row).for_each(|(factor, number)| *factor = factor.lcm(number.denom())));
    if factors == Factors::OneForAll {
        let common = own.iter().fold(BigInt::one(), |common, factor| common.lcm(factor));
        own.fill(common);
    }
    let bits = largest_sum(problem, vectors, &own).bits();
    Ok(match bits {
        0..=62 => Scaled::Narrow(apply(problem, vectors, own, |number| number.to_i64())?),
        63..=126 => Scaled::Wide(apply(problem, vectors, own, |number| number.to_i128())?),
        _ => Scaled::Any(apply(problem, vectors, own, Some)?),
    })
}

/// The greatest size that a sum of one number an issue, the base and a vector can have, over all coordinates together, so that sums
/// across coordinates and differences fit too.
fn largest_sum(problem: &Problem<Exact>, vectors: &[Vec<Exact>], factors: &[BigInt]) -> BigInt {
    let size = |coordinate: usize, number: &Exact| (number * &factors[coordinate]).to_integer().abs();
    let sum = (0..factors.len()).map(|c| {
        let issues = (0..problem.issues())
            .map(|issue| (0..problem.options(issue)).map(|o| size(c, &problem.value(issue, o)[c])).max());
        let vector = vectors.iter().map(|vector| size(c, &vector[c])).max();
        issues.flatten().sum::<BigInt>() + size(c, &problem.base()[c]) + vector.unwrap_or_else(BigInt::zero)
    });
    sum.sum::<BigInt>() * 2
}

fn apply<W: Int>(
    problem: &Problem<Exact>,
    vectors: &[Vec<Exact>],
    factors: Vec<BigInt>,
    narrow: impl Fn(BigInt) -> Option<W>,
) -> Result<Scale<W>, ProblemError> {
    // Every number is at most the largest sum, so it fits; one that did not would leave a row too short, which is refused.
    let row = |row: &[Exact]| -> Vec<W> {
        row.iter().zip(&factors).filter_map(|(number, factor)| narrow((number * factor).to_integer())).collect()
    };
    let problem = problem.map_worths(row)?;
    let vectors = vectors.iter().map(|vector| row(vector)).collect();
    Ok(Scale { problem, vectors, factors })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::parse;

    fn numbers(texts: &[&str]) -> Vec<Exact> {
        texts.iter().filter_map(|text| parse(text)).collect()
    }

    fn problem(values: &[&[&str]]) -> Problem<Exact> {
        Problem::new(numbers(&["0", "0"]), vec![values.iter().map(|value| numbers(value)).collect()]).unwrap()
    }

    #[test]
    fn each_party_has_its_own_factor_or_all_have_one() {
        let problem = problem(&[&["0.1", "1/3"], &["0.25", "2"]]);
        let vectors = [numbers(&["0.5", "1/2"])];
        let Ok(Scaled::Narrow(own)) = scale(&problem, &vectors, Factors::OwnEach) else { panic!("small numbers") };
        assert_eq!(own.factors, [20.into(), 6.into()]);
        assert_eq!((own.problem.value(0, 0), own.vectors[0].as_slice()), ([2, 2].as_slice(), [10, 3].as_slice()));
        assert_eq!(own.exact_vector(own.problem.value(0, 1)), numbers(&["0.25", "2"]));
        let Ok(Scaled::Narrow(one)) = scale(&problem, &vectors, Factors::OneForAll) else { panic!("small numbers") };
        assert_eq!(one.factors, [60.into(), 60.into()]);
        assert_eq!(one.exact_product(&BigInt::from(60 * 60)), parse("1").unwrap());
    }

    #[test]
    fn numbers_are_as_wide_as_their_sums_need() {
        let width = |text: &str| match scale(&problem(&[&[text, "1"]]), &[], Factors::OwnEach) {
            Ok(Scaled::Narrow(_)) => 64,
            Ok(Scaled::Wide(_)) => 128,
            Ok(Scaled::Any(_)) => 0,
            Err(_) => panic!("a problem"),
        };
        assert_eq!(
            [width("1e10"), width("1e-18"), width("1e20"), width("1e40"), width("1e-400")],
            [64, 64, 128, 0, 64]
        );
    }

    #[test]
    fn ruled_out_options_and_rules_stay() {
        let mut problem = problem(&[&["0.1", "1"], &["0.2", "2"]]);
        problem.forbid(0, 1);
        let Ok(Scaled::Narrow(scaled)) = scale(&problem, &[], Factors::OwnEach) else { panic!("small numbers") };
        assert!(scaled.problem.admits(&[0]) && !scaled.problem.admits(&[1]));
    }
}
