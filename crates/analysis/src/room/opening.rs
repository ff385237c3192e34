//! For which weights of a group of issues given thresholds can be met (the opening set).

use detente_packages::{Caps, TooLarge, frontier_above};

use crate::ensemble::{Draw, rounded};
use crate::view::{Packages, SCALE, View, share};

/// The most worths kept while opening sets are looked for.
const CAPS: Caps = Caps { vectors: 200_000 };

/// The weights of a group for one side, between 0 and 1, with which some package meets a threshold of all sides; the weights of its
/// other groups keep their proportions, as do those within the group. Intervals, ends included, in order.
///
/// None if the group has no weight or all of it, so that there is no proportion to keep. Each package of the staircase over the
/// others' worths, the group and the rest is met for an interval of weights; the answer is their union.
///
/// # Errors
/// [`TooLarge`] if there are too many packages to go through.
pub fn opening(
    view: &View<'_>,
    draw: &Draw<'_>,
    packages: Packages,
    side: usize,
    group: &[usize],
    threshold: i64,
) -> Result<Option<Vec<[f64; 2]>>, TooLarge> {
    let sides = view.case().principals.len();
    let weights: Vec<Vec<i64>> = (0..sides).map(|side| view.weights(draw, side)).collect();
    let inside: i64 = group.iter().map(|place| weights[side][*place]).sum();
    if inside <= 0 || inside >= SCALE {
        return Ok(None);
    }
    let values: Vec<Vec<Vec<i64>>> =
        (0..weights[side].len()).map(|place| (0..sides).map(|side| view.values(draw, place, side)).collect()).collect();
    let part = |weight: i64, of: i64, value: i64| {
        let weight = i128::from(weight) * i128::from(SCALE) / i128::from(of);
        share(i64::try_from(weight).unwrap_or(SCALE), value)
    };
    // The worths of the others, then the side's worth in the group and in the rest.
    let worth = |place: usize, option: usize| {
        let others = (0..sides).filter(|other| *other != side);
        let mut worth: Vec<i64> =
            others.map(|other| share(weights[other][place], values[place][other][option])).collect();
        let (weight, value) = (weights[side][place], values[place][side][option]);
        let own = if group.contains(&place) {
            [part(weight, inside, value), 0]
        } else {
            [0, part(weight, SCALE - inside, value)]
        };
        worth.extend(own);
        worth
    };
    let Ok(problem) = view.recast(Some(packages), vec![0; sides + 1], worth) else { return Ok(None) };
    // A package that gives the side the threshold within the group and in the rest alike is met for every weight; looking for one
    // is quick, since nearly everything falls short on the way.
    if !frontier_above(&problem, &vec![threshold; sides + 1], CAPS)?.points().is_empty() {
        return Ok(Some(vec![[0.0, 1.0]]));
    }
    let least = vec![threshold; sides - 1];
    let found = frontier_above(&problem, &least, CAPS)?;
    let met = found.points().iter().filter_map(|point| {
        let [.., group, rest] = point.worth[..] else { return None };
        weights_that_meet(group, rest, threshold)
    });
    Ok(Some(union(met.collect())))
}

/// The weights w from 0 to 1 with w·group + (1 − w)·rest ≥ threshold.
fn weights_that_meet(group: i64, rest: i64, threshold: i64) -> Option<[f64; 2]> {
    // Worths are whole, so whether an end is met is exact; only its place is a fraction.
    let place = || ((threshold - rest) as f64 / (group - rest) as f64).clamp(0.0, 1.0);
    match (group >= threshold, rest >= threshold) {
        (true, true) => Some([0.0, 1.0]),
        (true, false) => Some([place(), 1.0]),
        (false, true) => Some([0.0, place()]),
        (false, false) => None,
    }
}

fn union(mut intervals: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    intervals.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    let mut merged: Vec<[f64; 2]> = Vec::new();
    for [low, high] in intervals {
        match merged.last_mut() {
            Some(last) if low <= last[1] => last[1] = last[1].max(high),
            _ => merged.push([low, high]),
        }
    }
    merged.into_iter().map(|interval| interval.map(rounded)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_met_from_or_up_to_a_weight() {
        assert_eq!(weights_that_meet(8, 0, 4), Some([0.5, 1.0]));
        assert_eq!(weights_that_meet(0, 8, 6), Some([0.0, 0.25]));
        assert_eq!(weights_that_meet(5, 5, 4), Some([0.0, 1.0]));
        assert_eq!(weights_that_meet(3, 3, 4), None);
    }

    #[test]
    fn intervals_that_touch_are_one() {
        assert_eq!(union(vec![[0.5, 1.0], [0.0, 0.2], [0.1, 0.3]]), [[0.0, 0.3], [0.5, 1.0]]);
        assert_eq!(union(vec![[0.5, 1.0], [0.0, 0.5]]), [[0.0, 1.0]]);
    }
}
