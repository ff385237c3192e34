//! The least cost without the whole concession frontier.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::cost::Whole;
use super::{Cost, Least, Line, NoShift, Posed, near, pose};
use crate::frontier::{Caps, frontier, frontier_above};
use crate::problem::Problem;
use crate::scale::Int;

/// The least cost at which a zone opens, with every tie.
///
/// The same answer as [`super::Concessions::least`]. For weighted costs it is quicker: first the package with the greatest weighted sum of worths, less
/// prices, is found and improved by changing one or two issues; then only what can cost no more than that one is built up. `examined` counts the vectors of the frontier
/// that are left.
///
/// # Errors
/// As [`super::concessions`].
pub fn least_shift<W: Int>(
    problem: &Problem<W>,
    thresholds: &[W],
    lines: &[Line],
    cost: &Cost,
    caps: Caps,
    list: usize,
) -> Result<Least<W>, NoShift> {
    // Only a sum has prices; by other costs no line is dropped.
    let kept: Vec<Line> = lines.iter().map(|line| Line { droppable: false, ..line.clone() }).collect();
    let lines = if matches!(cost, Cost::Sum { .. }) { lines } else { &kept };
    let posed = pose(problem, thresholds, lines)?;
    let whole = cost.whole(thresholds.len(), lines)?;
    let found = if whole.weights().is_empty() {
        frontier(&posed.problem, caps)
    } else {
        let prices = posed.droppable.iter().map(|line| &whole.prices()[*line]);
        let factors: Vec<BigInt> = whole.weights().iter().chain(prices).cloned().collect();
        let sum = |worth: &[W]| -> BigInt {
            worth.iter().zip(&factors).map(|(worth, factor)| worth.clone().into() * factor).sum()
        };
        let joint = posed.problem.map_worths(|worth| vec![sum(worth)]).map_err(NoShift::Line)?;
        let joint = frontier(&joint, caps).map_err(NoShift::TooLarge)?;
        if joint.points().is_empty() {
            return Ok(Least::Impossible { examined: 0 });
        }
        let start =
            posed.problem.worth(&near::improved(&posed, &factors, thresholds, whole.by_largest(), joint.witness(0)));
        match bounded(&posed, &whole, &factors, thresholds, &start) {
            Some((bounded, least)) => frontier_above(&bounded, &least, caps),
            None => frontier(&posed.problem, caps),
        }
    };
    Ok(whole.least(posed.rows(&found.map_err(NoShift::TooLarge)?, thresholds, list)))
}

/// The problem with its weighted sum as one more coordinate, which changes nothing about what beats what, and the least that a package is worth which
/// costs no more than one of worth `start`. `None` if the numbers are too large for that.
fn bounded<W: Int>(
    posed: &Posed<W>,
    whole: &Whole<'_>,
    factors: &[BigInt],
    thresholds: &[W],
    start: &[W],
) -> Option<(Problem<W>, Vec<W>)> {
    let most = whole.most(&posed.asked_by(start, thresholds))?;
    let whole_number = |number: &W| -> BigInt { number.clone().into() };
    let parties = factors.iter().zip(thresholds).map(|(weight, asked)| whole_number(asked) - &most / weight);
    // A line that alone costs more is kept.
    let lines =
        factors[thresholds.len()..].iter().map(|price| if *price > most { BigInt::zero() } else { -BigInt::one() });
    let asked: BigInt = thresholds.iter().zip(factors).map(|(asked, weight)| whole_number(asked) * weight).sum();
    // By the largest shift, each party may shift that much.
    let together = if whole.by_largest() { &most * thresholds.len() } else { most.clone() };
    let least = parties.chain(lines).chain([asked - together]);
    let least: Vec<W> = least.map(|least| W::try_from(least).ok()).collect::<Option<_>>()?;

    let sum =
        |worth: &[W]| -> BigInt { worth.iter().zip(factors).map(|(worth, factor)| whole_number(worth) * factor).sum() };
    let problem = &posed.problem;
    let largest = (0..problem.issues()).map(|issue| {
        problem.allowed(issue).map(|option| sum(problem.value(issue, option)).abs()).max().unwrap_or_default()
    });
    let size = largest.sum::<BigInt>() + sum(problem.base()).abs() + whole_number(least.last()?).abs();
    W::try_from(size * 4).ok()?;
    let with_sum = |worth: &[W]| worth.iter().cloned().chain(W::try_from(sum(worth)).ok()).collect();
    Some((problem.map_worths(with_sum).ok()?, least))
}
