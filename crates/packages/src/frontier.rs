//! Every worth that no package improves for one without a loss for another, issue by issue.
//!
//! The values of an issue are added to the values found so far, and what is beaten is dropped at once: whatever beats a part of a
//! package also beats every package that the part grows into (Villarreal and Karwan 1981). Rules need care: two parts are compared
//! only where every open rule stands the same with both, else a part that is beaten but still allowed is lost.

mod filter;
mod labels;
mod order;
pub(crate) mod pool;
mod standing;
mod walk;

use num_bigint::{BigInt, BigUint};
use num_traits::Zero;

use crate::number::Whole;
use crate::problem::{Package, Problem};
use crate::term::Term;
use labels::Labels;
use order::processing_order;
use pool::Pool;
use standing::{Standing, Standings};
pub use walk::Packages;

/// Limits on memory. A result is whole or refused; it is never cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caps {
    /// The most vectors kept, over all issues and standings of the rules together. Memory is for so many vectors, and for a quarter of a
    /// million more at a time that are compared with them.
    pub vectors: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Caps { vectors: 250_000 }
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
pub struct TooLarge {
    /// What grew too large.
    pub what: Excess,
    /// The cap on vectors.
    pub cap: usize,
    /// The issue, by its place, whose options were being added.
    pub issue: usize,
    /// How many issues had been added before it.
    pub done: usize,
    /// On each coordinate, what no package is worth more than. (Above a bound: no package that reaches the bound.)
    pub upper: Vec<BigInt>,
}

/// What grew too large. At least so much would have to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// Vectors, more than the cap: fewer parties, options or issues would do, or a bound below which nothing counts.
    Vectors(usize),
    /// Ways in which rules can stand while issues are added, more than the cap on vectors or than 64 ways from one to the next for each
    /// vector: rules that speak of fewer issues would do.
    Standings(usize),
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
    /// What sets of terms add.
    bonuses: Vec<Vec<W>>,
}

/// One way into a standing of the rules.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// The standing before, by its place.
    from: u32,
    option: u16,
    /// The set of terms that are met with it, by its place among [`Trail::bonuses`].
    counted: u32,
}

/// How many ways from one standing to the next may be kept for each vector of the cap.
const STEPS: usize = 64;

/// The frontier of all packages that the problem admits.
///
/// The cost grows with the number of vectors kept, not with the number of packages: for `v` vectors and `k` options an issue,
/// `k·v` sums and one filter of them, O(k·v·log) for two coordinates and O(k·v·log^(d−1)) for `d`. Sums of values, and differences
/// of two sums, are assumed to fit in `W`.
///
/// # Errors
/// [`TooLarge`] if the caps are passed.
pub fn frontier<W: Whole>(problem: &Problem<W>, caps: Caps) -> Result<Frontier<W>, TooLarge> {
    compute(problem, &[], None, caps)
}

/// The part of the frontier that is worth at least `least` on every coordinate. What cannot reach it any more is dropped early.
///
/// Because whatever dominates an acceptable worth is itself acceptable, this is also the frontier of the acceptable packages.
/// Coordinates beyond the length of `least` are not bounded.
///
/// # Errors
/// [`TooLarge`] if the caps are passed.
pub fn frontier_above<W: Whole>(problem: &Problem<W>, least: &[W], caps: Caps) -> Result<Frontier<W>, TooLarge> {
    compute(problem, &[], Some(least), caps)
}

/// The frontier of a problem with terms, of the packages that are worth at least so much.
pub(crate) fn compute<W: Whole>(
    problem: &Problem<W>,
    terms: &[Term<W>],
    least: Option<&[W]>,
    caps: Caps,
) -> Result<Frontier<W>, TooLarge> {
    let of_rules = problem.rules().iter().map(|rule| rule.literals.iter().map(|literal| literal.issue).collect());
    let scopes: Vec<_> = of_rules.chain(terms.iter().map(Term::issues)).collect();
    let order = processing_order(problem.issues(), &scopes);
    let mut standings = Standings::new(problem, terms, &order);
    let rests = rests(problem, terms, &order, &standings);
    let dimensions = problem.coordinates();
    let mut base = problem.base().to_vec();
    terms.iter().filter(|term| term.when.is_empty()).for_each(|term| add(&mut base, &term.bonus));
    let mut trail =
        Trail { problem: problem.clone(), order, layers: Vec::new(), steps: Vec::new(), bonuses: Vec::new() };
    let mut states: Vec<Standing> = standings.start().into_iter().collect();
    let mut layer: Vec<Labels<W>> = states.iter().map(|_| Labels::single(&base)).collect();
    let mut room = caps.vectors;
    let mut room_for_steps = caps.vectors.saturating_mul(STEPS);
    for (place, &issue) in trail.order.iter().enumerate() {
        let too_large = |what: Excess| {
            let upper = upper(&layer, &rests[place], dimensions);
            TooLarge { what, cap: caps.vectors, issue, done: place, upper }
        };
        // The steps that do without rules are no more than the options; the rest have to be afforded.
        let most = room_for_steps.saturating_add(problem.options(issue));
        let advanced = standings.advance(&states, place, room, most);
        let ways = advanced.map_err(|more| too_large(Excess::Standings(more)))?;
        let of_set = |set: &[usize]| {
            let mut sum = vec![W::zero(); dimensions];
            set.iter().for_each(|&term| add(&mut sum, &terms[term].bonus));
            sum
        };
        trail.bonuses.extend(standings.counted().into_iter().skip(trail.bonuses.len()).map(of_set));
        let floor = least.map(|least| differences(least, &rests[place + 1]));
        let (mut next_states, mut next, mut steps) = (Vec::new(), Vec::new(), Vec::new());
        for (state, into) in ways {
            let mut pool = Pool::new(dimensions, floor.as_deref(), room);
            let add = |step: &Step| pool.add(&layer[step.from as usize], &trail.value(issue, step));
            let labels = into.iter().try_for_each(add).and_then(|()| pool.finish());
            let labels =
                labels.map_err(|more| too_large(Excess::Vectors((caps.vectors - room).saturating_add(more))))?;
            if labels.len() > 0 {
                room -= labels.len();
                room_for_steps = room_for_steps.saturating_sub(into.len());
                next_states.push(state);
                next.push(labels);
                steps.push(into);
            }
        }
        layer.iter_mut().for_each(Labels::forget_counts);
        trail.layers.push(std::mem::replace(&mut layer, next));
        trail.steps.push(steps);
        states = next_states;
    }
    let points = layer.iter().flat_map(Labels::points).collect();
    trail.layers.push(layer);
    Ok(Frontier { points, trail })
}

/// What is left of each of the first numbers without the second.
fn differences<W: Whole>(from: &[W], less: &[W]) -> Vec<W> {
    from.iter().zip(less).map(|(from, less)| from.clone() - less.clone()).collect()
}

impl<W: Whole> Trail<W> {
    /// What a step adds: the option's values, and the terms met with it.
    fn value(&self, issue: usize, step: &Step) -> Vec<W> {
        let mut value = self.problem.value(issue, usize::from(step.option)).to_vec();
        add(&mut value, &self.bonuses[step.counted as usize]);
        value
    }
}

/// For each place in the order of work, the most that the issues from there on, and the terms decided with them, can add.
fn rests<W: Whole>(problem: &Problem<W>, terms: &[Term<W>], order: &[usize], standings: &Standings<'_>) -> Vec<Vec<W>> {
    let mut rest = vec![W::zero(); problem.coordinates()];
    let mut rests = vec![rest.clone()];
    for (place, &issue) in order.iter().enumerate().rev() {
        for (coordinate, sum) in rest.iter_mut().enumerate() {
            let most = problem.allowed(issue).map(|option| &problem.value(issue, option)[coordinate]).max();
            *sum += most.unwrap_or(&W::zero());
            let bonuses = standings.closing(place).map(|term| &terms[term].bonus[coordinate]);
            bonuses.filter(|bonus| bonus.is_positive()).for_each(|bonus| *sum += bonus);
        }
        rests.push(rest.clone());
    }
    rests.reverse();
    rests
}

/// Adds a vector to another.
fn add<W: Whole>(sum: &mut [W], value: &[W]) {
    sum.iter_mut().zip(value).for_each(|(sum, value)| *sum += value);
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
