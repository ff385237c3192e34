//! Every worth that no package improves for one without a loss for another, issue by issue.
//!
//! The values of an issue are added to the values found so far, and what is beaten is dropped at once: whatever beats a part of a
//! package also beats every package that the part grows into (Villarreal and Karwan 1981). Rules need care: two parts are compared
//! only where every open rule stands the same with both, else a part that is beaten but still allowed is lost.

mod filter;
mod labels;
mod order;
mod pool;
mod standing;
mod walk;

use num_bigint::{BigInt, BigUint};
use num_traits::Zero;

use crate::number::Whole;
use crate::problem::{Package, Problem};
use labels::Labels;
use order::processing_order;
use pool::Pool;
use standing::{Standing, Standings};
pub use walk::Packages;

/// Limits on memory. A result is whole or refused; it is never cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// The most vectors kept, over all issues and standings of the rules together.
    pub vectors: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Caps { vectors: 1_000_000 }
    }
}

/// A worth on the frontier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point<W> {
    /// The worth on each coordinate.
    pub worth: Vec<W>,
    /// The exact number of packages with this worth; at least one.
    pub packages: BigUint,
}

/// The worths that no package of a problem dominates, and the packages that have them.
///
/// A worth dominates another if it is no less on any coordinate and differs (strong Pareto). Equal worths are one point.
#[derive(Clone, Debug)]
pub struct Frontier<W> {
    points: Vec<Point<W>>,
    trail: Trail<W>,
}

/// Why a frontier was not computed, and what is known all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TooLarge {
    /// More vectors than the cap would have to be kept.
    Vectors {
        /// The cap.
        cap: usize,
        /// The vectors kept when the cap was passed: at least this many are needed.
        kept: usize,
        /// The issue, by its place, whose options were being added.
        issue: usize,
        /// How many issues had been added before it.
        done: usize,
        /// On each coordinate, what no package is worth more than.
        upper: Vec<BigInt>,
    },
}

/// What is kept to find the packages again: for each issue in the order of work the labels before it, and how one goes to the next.
#[derive(Clone, Debug)]
struct Trail<W> {
    problem: Problem<W>,
    order: Vec<usize>,
    /// The labels before the first issue, before the second, …, after the last: one [`Labels`] for each standing of the rules.
    layers: Vec<Vec<Labels<W>>>,
    /// For each issue in the order of work and each standing after it, the standing before and the option that lead there.
    steps: Vec<Vec<Vec<Step>>>,
}

/// One way into a standing of the rules.
#[derive(Clone, Copy, Debug)]
struct Step {
    from: usize,
    option: usize,
}

/// The frontier of all packages that the problem admits.
///
/// The cost grows with the number of vectors kept, not with the number of packages: for `v` vectors and `k` options an issue,
/// `k·v` sums and one filter of them, O(k·v·log) for two coordinates and O(k·v·log^(d−1)) for `d`. Sums of values, and differences
/// of two sums, are assumed to fit in `W`.
///
/// # Errors
/// [`TooLarge`] if the caps are passed.
pub fn frontier<W: Whole>(problem: &Problem<W>, caps: Caps) -> Result<Frontier<W>, TooLarge> {
    compute(problem, None, caps)
}

/// The part of the frontier that is worth at least `least` on every coordinate. What cannot reach it any more is dropped early.
///
/// Because whatever dominates an acceptable worth is itself acceptable, this is also the frontier of the acceptable packages.
/// Coordinates beyond the length of `least` are not bounded.
///
/// # Errors
/// [`TooLarge`] if the caps are passed.
pub fn frontier_above<W: Whole>(problem: &Problem<W>, least: &[W], caps: Caps) -> Result<Frontier<W>, TooLarge> {
    compute(problem, Some(least), caps)
}

fn compute<W: Whole>(problem: &Problem<W>, least: Option<&[W]>, caps: Caps) -> Result<Frontier<W>, TooLarge> {
    let order = processing_order(problem);
    let rests = rests(problem, &order);
    let mut standings = Standings::new(problem, &order);
    let dimensions = problem.coordinates();
    let mut trail = Trail { problem: problem.clone(), order, layers: Vec::new(), steps: Vec::new() };
    let start = standings.start();
    let mut states: Vec<Standing> = start.into_iter().collect();
    let mut layer: Vec<Labels<W>> = states.iter().map(|_| Labels::single(problem.base())).collect();
    let mut kept = layer.len();
    for (place, &issue) in trail.order.iter().enumerate() {
        let (after, steps) = standings.advance(&states, place);
        let floor: Option<Vec<W>> = least.map(|least| {
            least.iter().zip(&rests[place + 1]).map(|(least, rest)| least.clone() - rest.clone()).collect()
        });
        let mut next = Vec::with_capacity(after.len());
        for steps in &steps {
            let mut pool = Pool::new(dimensions, floor.as_deref(), caps.vectors.saturating_sub(kept));
            let filled =
                steps.iter().try_for_each(|step| pool.add(&layer[step.from], problem.value(issue, step.option)));
            let labels = filled.and_then(|()| pool.finish()).map_err(|more| TooLarge::Vectors {
                cap: caps.vectors,
                kept: kept.saturating_add(more),
                issue,
                done: place,
                upper: upper(&layer, &rests[place], dimensions),
            })?;
            kept += labels.len();
            next.push(labels);
        }
        layer.iter_mut().for_each(Labels::forget_counts);
        trail.layers.push(std::mem::replace(&mut layer, next));
        trail.steps.push(steps);
        states = after;
    }
    let points = layer.iter().flat_map(Labels::points).collect();
    trail.layers.push(layer);
    Ok(Frontier { points, trail })
}

/// For each place in the order of work, the most that the issues from there on can add on each coordinate.
fn rests<W: Whole>(problem: &Problem<W>, order: &[usize]) -> Vec<Vec<W>> {
    let mut rest = vec![W::zero(); problem.coordinates()];
    let mut rests = vec![rest.clone()];
    for &issue in order.iter().rev() {
        for (coordinate, sum) in rest.iter_mut().enumerate() {
            let most = problem.allowed(issue).map(|option| &problem.value(issue, option)[coordinate]).max();
            *sum += most.unwrap_or(&W::zero());
        }
        rests.push(rest.clone());
    }
    rests.reverse();
    rests
}

/// On each coordinate, the most that any kept label can still reach.
fn upper<W: Whole>(layer: &[Labels<W>], rest: &[W], dimensions: usize) -> Vec<BigInt> {
    let most = |coordinate: usize| {
        let best = layer.iter().flat_map(Labels::rows).map(|row| row[coordinate].clone()).max();
        best.unwrap_or_else(W::zero) + rest[coordinate].clone()
    };
    (0..dimensions).map(|coordinate| most(coordinate).into()).collect()
}

impl<W: Whole> Frontier<W> {
    /// The points, the greatest first: by the first coordinate, then the second, and so on.
    #[must_use]
    pub fn points(&self) -> &[Point<W>] {
        &self.points
    }

    /// The exact number of packages on the frontier.
    #[must_use]
    pub fn package_count(&self) -> BigUint {
        self.points.iter().fold(BigUint::zero(), |sum, point| sum + &point.packages)
    }

    /// The first package, in canonical order, that has the worth of a point.
    ///
    /// `point` is a place in [`Frontier::points`]; a place beyond them has the empty package.
    #[must_use]
    pub fn witness(&self, point: usize) -> Package {
        self.packages(point).next().unwrap_or_default()
    }

    /// All packages that have the worth of a point, found one by one, in canonical order: by the option of the first issue, then of the
    /// second, and so on. The next one costs at most O(issues × labels that lead to the point).
    #[must_use]
    pub fn packages(&self, point: usize) -> Packages {
        Packages::new(&self.trail, point)
    }
}
