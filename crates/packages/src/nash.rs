//! The Nash point straight from the problem, without its frontier: branch and bound, then every tie.
//!
//! First one package with the greatest product is sought, depth first, largest issue first. A part of a package is cut where some
//! party can no longer gain, where the rules leave no completion, or where its product cannot reach the best one found: it is at
//! most the product of each party's greatest completed gain, and at most what the inequality of the arithmetic and geometric means
//! gives for the greatest joint completion. These bounds are floats rounded outward by more than their error; every decision between
//! packages is made in whole numbers. Then the parts of packages that can reach that product are built up issue by issue, equal ones merged
//! and counted, so that ties are found however many packages they have.

mod bound;
mod table;
mod ties;

use std::collections::BTreeSet;

use num_bigint::BigInt;

use crate::number::Exact;
use crate::problem::{Package, Problem};
use crate::scale::Int;
use crate::solution::{Powers, Solution, gains};
use bound::{Bound, Part};

/// Limits on the work. A result is whole or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most parts of packages looked at.
    pub nodes: u64,
    /// The most packages listed for each vector.
    pub list: usize,
    /// The most ways for the rules to stand, over all issues, for which a table is made of what can follow each. Beyond it, options that
    /// the rules exclude are left out one by one, which cuts less.
    pub standings: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { nodes: 2_000_000, list: 10, standings: 5000 }
    }
}

/// A Nash point, and how much was looked at for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search<W> {
    /// The point with all its ties.
    pub solution: Solution<W>,
    /// Parts of packages that were looked at: the rest was cut by the bounds.
    pub nodes: u64,
}

/// Why a Nash point was not computed, and what is known all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// The limit of nodes was passed; the best product so far, if any, with its package. A greater one may exist.
    Nodes {
        /// The limit.
        limit: u64,
        /// The best product so far and its package.
        best: Option<(BigInt, Package)>,
    },
    /// The greatest product is known, with a package, but not everything that ties with it.
    Ties {
        /// The limit.
        limit: u64,
        /// The greatest product.
        product: BigInt,
        /// A package that has it.
        package: Package,
    },
}

/// The Nash point among the packages that are worth at least `least` to each party, with every tie.
///
/// The same answer as [`crate::solution::nash`] on the frontier, at a cost that does not grow with the frontier: a few dozen parts of packages for
/// additive utilities. The problem is hard in the worst case, so the work is limited.
///
/// # Errors
/// [`Unfinished`] if the limit is passed.
pub fn nash_point<W: Int>(
    problem: &Problem<W>,
    disagreement: &[W],
    least: &[W],
    powers: &Powers,
    limits: Limits,
) -> Result<Search<W>, Unfinished> {
    // A gain above zero and at least what the threshold asks.
    let floor: Vec<W> = gains(least, disagreement).into_iter().map(|gain| gain.max(W::one())).collect();
    let bound = Bound::new(problem, disagreement, floor, powers.clone(), limits.standings);
    let (best, nodes) = first(&bound, limits.nodes, false)?;
    let Some(Best { product, package, reached }) = best else {
        let any = Bound::new(problem, disagreement, gains(least, disagreement), powers.clone(), limits.standings);
        let (found, more) = first(&any, limits.nodes.saturating_sub(nodes), true)?;
        let solution = if found.is_some() { Solution::Degenerate } else { Solution::NoPackage };
        return Ok(Search { solution, nodes: nodes + more });
    };
    match ties::all(&bound, &product, reached, limits.nodes.saturating_sub(nodes), limits.list) {
        Some((tied, more)) => {
            let value = vec![Exact::from_integer(product)];
            Ok(Search { solution: Solution::Points { value, tied }, nodes: nodes + more })
        }
        None => Err(Unfinished::Ties { limit: limits.nodes, product, package }),
    }
}

/// A package that is worth at least `least` to each party, if there is one; `None` if the limit of nodes is passed.
pub(crate) fn any_package<W: Int>(problem: &Problem<W>, least: &[W], nodes: u64) -> Option<Option<Package>> {
    let floor = vec![W::zero(); least.len()];
    let bound = Bound::new(problem, least, floor, Powers::equal(least.len()), Limits::default().standings);
    first(&bound, nodes, true).ok().map(|(best, _)| best.map(|best| best.package))
}

/// The package with the greatest product so far, and a float that is not above that product in the units of the bounds.
struct Best {
    product: BigInt,
    package: Package,
    reached: f64,
}

/// The greatest product and a package that has it; or any package that reaches the floor.
fn first<W: Int>(bound: &Bound<'_, W>, limit: u64, any: bool) -> Result<(Option<Best>, u64), Unfinished> {
    let order = bound.search_order();
    let course = bound.course(&order);
    let mut best: Option<Best> = None;
    // Parts that come to the same: the second cannot be better.
    let mut seen: BTreeSet<(usize, Vec<W>, Vec<usize>)> = BTreeSet::new();
    let mut chosen: Vec<u16> = Vec::new();
    let mut nodes = 0;
    let mut stack: Vec<(Part<W>, Option<u16>)> = course.start().into_iter().map(|part| (part, None)).collect();
    while let Some((part, option)) = stack.pop() {
        chosen.truncate(part.depth.saturating_sub(1));
        chosen.extend(option);
        if best.as_ref().is_some_and(|best| part.most < best.reached) {
            continue;
        }
        if !seen.insert((part.depth, part.gains.clone(), course.told(&part))) {
            continue;
        }
        nodes += 1;
        if nodes > limit {
            let best = best.map(|best| (best.product, best.package));
            return Err(Unfinished::Nodes { limit, best });
        }
        if part.depth == order.len() {
            let product = if any { BigInt::from(0) } else { bound.product(&part.gains) };
            if best.as_ref().is_none_or(|best| best.product < product) {
                let mut package = vec![0; order.len()];
                order.iter().zip(&chosen).for_each(|(issue, option)| package[*issue] = *option);
                best = Some(Best { product, package, reached: bound.reached(&part.gains) });
            }
            if any {
                break;
            }
            continue;
        }
        let mut children = course.children(&part);
        // The most promising child last, where it is popped first; of equals, the first option.
        children.sort_by(|(a, left), (b, right)| a.most.total_cmp(&b.most).then(right.cmp(left)));
        stack.extend(children.into_iter().map(|(part, option)| (part, Some(option))));
    }
    Ok((best, nodes))
}
