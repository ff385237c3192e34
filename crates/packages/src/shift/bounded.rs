//! The least cost without the whole concession frontier.

use num_bigint::BigInt;

use super::{Cost, Least, Line, NoShift, pose};
use crate::frontier::{Caps, frontier};
use crate::problem::Problem;
use crate::scale::Int;

/// The least cost at which a zone opens, with every tie.
///
/// The same answer as [`super::Concessions::least`]. For weighted costs it is quicker: a package is taken that costs little (the greatest weighted sum of
/// worths, less prices), and only what asks no party for more than that whole cost is built up. `examined` then counts what such packages
/// leave of the frontier.
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
    let least = match whole.weights() {
        [] => None,
        weights => {
            let prices = posed.droppable.iter().map(|line| &whole.prices()[*line]);
            let factors: Vec<BigInt> = weights.iter().chain(prices).cloned().collect();
            let sum = |worth: &[W]| {
                vec![worth.iter().zip(&factors).map(|(worth, factor)| worth.clone().into() * factor).sum::<BigInt>()]
            };
            let joint = posed.problem.map_worths(sum).map_err(NoShift::Line)?;
            let joint = frontier(&joint, caps).map_err(NoShift::TooLarge)?;
            if joint.points().is_empty() {
                return Ok(Least::Impossible { examined: 0 });
            }
            let start = posed.asked_by(&posed.problem.worth(&joint.witness(0)), thresholds);
            let floor = |(bound, threshold): (BigInt, &W)| {
                let threshold: BigInt = threshold.clone().into();
                W::try_from(threshold - bound).ok()
            };
            whole
                .bounds(&start)
                .and_then(|bounds| bounds.into_iter().zip(thresholds).map(floor).collect::<Option<Vec<W>>>())
        }
    };
    let found = match least {
        Some(least) => posed.above(&least, caps),
        None => frontier(&posed.problem, caps),
    };
    Ok(whole.least(posed.rows(&found.map_err(NoShift::TooLarge)?, thresholds, list)))
}
