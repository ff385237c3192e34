//! What if an issue were off the table, and how much of the gap is due to each.

use num_bigint::BigInt;
use num_traits::{One, Zero};

use crate::antichain::minimal;
use crate::frontier::Caps;
use crate::number::{Exact, Number};
use crate::problem::{Problem, ProblemError};
use crate::scale::Int;
use crate::shift::{Cost, Least, Line, NoShift, least_shift};

/// The greatest number of issues over which the gap is shared out: every set of issues is set aside in turn.
pub const GREATEST_ISSUES: usize = 15;

/// The problem with issues set aside, generously: each party is credited with its best option that may be chosen, and
/// lines over these issues alone are waived. Rules and other lines that touch them ask only for some option of theirs. Setting more aside never
/// makes a zone harder to reach.
///
/// # Errors
/// None for issues of the problem; [`ProblemError`] as [`Problem::new`].
pub fn set_aside<W: Number>(
    problem: &Problem<W>,
    lines: &[Line],
    aside: impl Fn(usize) -> bool,
) -> Result<(Problem<W>, Vec<Line>), ProblemError> {
    let best = |issue: usize, values: &[W]| -> Vec<W> {
        let best = |party: usize| problem.allowed(issue).map(|option| &problem.value(issue, option)[party]).max();
        values.iter().enumerate().map(|(party, value)| best(party).unwrap_or(value).clone()).collect()
    };
    let credited =
        problem.map_options(|issue, values| if aside(issue) { best(issue, values) } else { values.to_vec() })?;
    let waived = |line: &Line| line.rule.literals.iter().all(|literal| aside(literal.issue));
    Ok((credited, lines.iter().filter(|line| !waived(line)).cloned().collect()))
}

/// How much of the gap between the thresholds and what packages are worth is due to each issue.
///
/// It depends on the scales of the parties and on the weights of the cost; it is of the gap, not of blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The least weighted shift with the issues of a set aside: at the place whose bits are the issues.
    pub gaps: Vec<Exact>,
    /// The Shapley value of each issue (Shapley, *Contributions to the Theory of Games* 2, 1953): none is negative, and they sum to the gap
    /// with nothing aside less that with everything aside.
    pub shares: Vec<Exact>,
}

impl Attribution {
    /// The smallest sets of issues that, set aside, leave no gap, sorted.
    #[must_use]
    pub fn opening(&self) -> Vec<u64> {
        let open = self.gaps.iter().zip(0_u64..).filter(|(gap, _)| gap.is_zero());
        minimal(open.map(|(_, set)| set).collect())
    }
}

/// Shares the least weighted shift out over the issues, exactly. Lines are kept. `2^issues` least shifts, at most [`GREATEST_ISSUES`] issues.
///
/// # Errors
/// As [`least_shift`]; [`NoShift::TooManyIssues`]; [`NoShift::NoPackage`] if the lines and rules leave no package.
pub fn attribution<W: Int>(
    problem: &Problem<W>,
    thresholds: &[W],
    lines: &[Line],
    weights: &[Exact],
    caps: Caps,
) -> Result<Attribution, NoShift> {
    let issues = problem.issues();
    if issues > GREATEST_ISSUES {
        return Err(NoShift::TooManyIssues);
    }
    let mut gaps: Vec<Exact> = Vec::with_capacity(1 << issues);
    for set in 0..1_usize << issues {
        // Setting more aside never hurts, so where a part leaves no gap there is none.
        if (0..issues).any(|issue| set >> issue & 1 == 1 && gaps[set & !(1 << issue)].is_zero()) {
            gaps.push(Exact::zero());
            continue;
        }
        let (credited, left) = set_aside(problem, lines, |issue| set >> issue & 1 == 1).map_err(NoShift::Line)?;
        let left: Vec<Line> = left.into_iter().map(|line| Line { droppable: false, ..line }).collect();
        let cost = Cost::Sum { weights: weights.to_vec(), prices: vec![Exact::one(); left.len()] };
        match least_shift(&credited, thresholds, &left, &cost, caps, 0)? {
            Least::Found { cost, .. } => gaps.push(cost.into_iter().sum()),
            Least::Impossible { .. } => return Err(NoShift::NoPackage),
        }
    }
    let factorials: Vec<BigInt> = (0..=issues).map(|n| (1..=n).map(BigInt::from).product()).collect();
    let share = |issue: usize| {
        let without = (0..gaps.len()).filter(|set| set >> issue & 1 == 0);
        let weighted = without.map(|set| {
            let size = set.count_ones() as usize;
            (&gaps[set] - &gaps[set | 1 << issue]) * (&factorials[size] * &factorials[issues - size - 1])
        });
        weighted.sum::<Exact>() / &factorials[issues]
    };
    let shares = (0..issues).map(share).collect();
    Ok(Attribution { gaps, shares })
}
