//! What each party gets if there is no agreement: the point from which gains are counted, always named beside a solution.

use std::fmt;

use num_traits::{Signed, Zero};

use crate::frontier::{Caps, TooLarge, frontier};
use crate::number::{Exact, Number, Whole};
use crate::problem::{Package, Problem, ProblemError};
use crate::rule::{Literal, Rule};
use crate::scale::{Factors, Int, Scale, Scaled, scale};

/// A rule for the disagreement values. Prints as its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// The reservation values, one a party, as given: nothing is raised or mended.
    Reservation(Vec<Exact>),
    /// What the status quo is worth to each party, less its cost of no agreement. No cost is a choice that is made, not a default.
    StatusQuo {
        /// The package that is the status quo.
        package: Package,
        /// The cost of no agreement, one a party, not negative.
        cost: Vec<Exact>,
    },
    /// The least that any package is worth to each party: depends on which options were listed.
    Minimum,
    /// Zero: meaningful only if the scale has a meaningful zero.
    Zero,
}

/// Why there are no disagreement values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoDisagreement {
    /// There are as many parties as the problem has coordinates, and another number of values was given.
    Values,
    /// The cost of no agreement of a party, by its place, is negative.
    NegativeCost(usize),
    /// The status quo is not one option an issue.
    NoSuchPackage,
    /// There is no package, so no least worth either.
    NoPackage,
    /// The least worth of a party could not be computed within the limit.
    TooLarge(TooLarge),
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Disagreement::Reservation(_) => "reservation",
            Disagreement::StatusQuo { .. } => "status-quo",
            Disagreement::Minimum => "minimum",
            Disagreement::Zero => "zero",
        })
    }
}

impl Disagreement {
    /// The disagreement value of each party.
    ///
    /// # Errors
    /// See [`NoDisagreement`].
    pub fn values(&self, problem: &Problem<Exact>, caps: Caps) -> Result<Vec<Exact>, NoDisagreement> {
        let n = problem.coordinates();
        match self {
            Disagreement::Reservation(values) if values.len() == n => Ok(values.clone()),
            Disagreement::StatusQuo { package, cost } if cost.len() == n => {
                if let Some(party) = cost.iter().position(Signed::is_negative) {
                    return Err(NoDisagreement::NegativeCost(party));
                }
                let fits = package.len() == problem.issues()
                    && package.iter().enumerate().all(|(issue, option)| usize::from(*option) < problem.options(issue));
                if !fits {
                    return Err(NoDisagreement::NoSuchPackage);
                }
                Ok(problem.worth(package).into_iter().zip(cost).map(|(worth, cost)| worth - cost).collect())
            }
            Disagreement::Reservation(_) | Disagreement::StatusQuo { .. } => Err(NoDisagreement::Values),
            Disagreement::Minimum => {
                let scaled = scale(problem, &[], Factors::OwnEach).map_err(|_| NoDisagreement::Values)?;
                match scaled {
                    Scaled::Narrow(scaled) => minimum(&scaled, caps),
                    Scaled::Wide(scaled) => minimum(&scaled, caps),
                    Scaled::Any(scaled) => minimum(&scaled, caps),
                }
            }
            Disagreement::Zero => Ok(vec![Exact::zero(); n]),
        }
    }
}

/// The least that any package is worth to each party.
fn minimum<W: Int>(scaled: &Scale<W>, caps: Caps) -> Result<Vec<Exact>, NoDisagreement> {
    let least = |party| match greatest(&scaled.problem, party, true, caps) {
        Ok(Some(least)) => Ok(-scaled.exact(party, &least)),
        Ok(None) => Err(NoDisagreement::NoPackage),
        Err(too_large) => Err(NoDisagreement::TooLarge(too_large)),
    };
    (0..scaled.problem.coordinates()).map(least).collect()
}

/// The most that any package is worth on each coordinate: the ideal over all packages. `None` if there is no package.
///
/// # Errors
/// [`TooLarge`] if the rules leave too much open.
pub fn ideal<W: Whole>(problem: &Problem<W>, caps: Caps) -> Result<Option<Vec<W>>, TooLarge> {
    (0..problem.coordinates()).map(|coordinate| greatest(problem, coordinate, false, caps)).collect()
}

/// The greatest worth on a coordinate, or the greatest negated worth.
fn greatest<W: Whole>(
    problem: &Problem<W>,
    coordinate: usize,
    negated: bool,
    caps: Caps,
) -> Result<Option<W>, TooLarge> {
    let sign = |number: &W| if negated { W::zero() - number.clone() } else { number.clone() };
    let Ok(alone) = problem.map_worths(|worth| vec![sign(&worth[coordinate])]) else { return Ok(None) };
    Ok(frontier(&alone, caps)?.points().first().and_then(|point| point.worth.first().cloned()))
}

/// The same problem without one package: with the status quo as the disagreement point, the status quo itself is no agreement.
///
/// # Errors
/// [`ProblemError::UnknownOption`] if it is not a package of the problem.
pub fn without<W: Number>(problem: &Problem<W>, package: &[u16]) -> Result<Problem<W>, ProblemError> {
    let fits = package.len() == problem.issues()
        && package.iter().enumerate().all(|(issue, option)| usize::from(*option) < problem.options(issue));
    if !fits {
        return Err(ProblemError::UnknownOption(problem.rules().len()));
    }
    let other = |(issue, chosen): (usize, &u16)| {
        let holds = (0..problem.options(issue)).map(|option| option != usize::from(*chosen)).collect();
        Literal { issue, holds }
    };
    let mut rest = problem.clone();
    rest.add_rule(Rule::any(package.iter().enumerate().map(other).collect()))?;
    Ok(rest)
}
