//! All packages of a known product: parts that can still reach it, issue by issue in case order, equal ones merged and counted.

use std::collections::BTreeMap;

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Zero};

use super::bound::{Bound, Part};
use crate::problem::Package;
use crate::scale::Int;
use crate::solution::Tied;

/// A part of packages and where its options lead in the next layer, in the order of options.
struct Merged<W> {
    part: Part<W>,
    to: Vec<(u16, usize)>,
}

/// Every vector of that product, sorted descending, with its packages, and the number of parts looked at. `reached` is a float that
/// the product is not below. `None` if the limit is passed.
pub(super) fn all<W: Int>(
    bound: &Bound<'_, W>,
    product: &BigInt,
    reached: f64,
    limit: u64,
    list: usize,
) -> Option<(Vec<Tied<W>>, u64)> {
    let order: Vec<usize> = bound.case_order();
    let course = bound.course(&order);
    let mut layers: Vec<Vec<Merged<W>>> =
        vec![course.start().map(|part| Merged { part, to: Vec::new() }).into_iter().collect()];
    let mut nodes = 1;
    for _ in &order {
        let mut next: Vec<Merged<W>> = Vec::new();
        let mut places: BTreeMap<(Vec<W>, Vec<usize>), usize> = BTreeMap::new();
        let layer = layers.last_mut()?;
        for merged in layer {
            let children = course.children(&merged.part);
            for (part, option) in children.into_iter().filter(|(part, _)| part.most >= reached) {
                let place = *places.entry((part.gains.clone(), course.told(&part))).or_insert_with(|| {
                    next.push(Merged { part, to: Vec::new() });
                    next.len() - 1
                });
                merged.to.push((option, place));
            }
        }
        nodes += u64::try_from(next.len()).ok()?;
        if nodes > limit {
            return None;
        }
        layers.push(next);
    }
    let last = layers.last()?;
    let mut ends: Vec<usize> =
        (0..last.len()).filter(|end| bound.product(&last[*end].part.gains) == *product).collect();
    ends.sort_by(|a, b| last[*b].part.gains.cmp(&last[*a].part.gains));
    Some((ends.into_iter().map(|end| tied(bound, &layers, end, list)).collect(), nodes))
}

/// A final part as a vector with its packages: counted from the end, listed from the start.
fn tied<W: Int>(bound: &Bound<'_, W>, layers: &[Vec<Merged<W>>], end: usize, list: usize) -> Tied<W> {
    let mut counts: Vec<Vec<BigUint>> = Vec::new();
    for layer in layers.iter().rev() {
        let of = |(place, merged): (usize, &Merged<W>)| match counts.last() {
            None => {
                if place == end {
                    BigUint::one()
                } else {
                    BigUint::zero()
                }
            }
            Some(after) => merged.to.iter().map(|(_, place)| &after[*place]).sum(),
        };
        counts.push(layer.iter().enumerate().map(of).collect());
    }
    counts.reverse();
    let mut first: Vec<Package> = Vec::new();
    let mut chosen: Package = Vec::new();
    // Parts still to look at: depth, place, the option that led there. Options later in order lie deeper in the stack.
    let mut stack: Vec<(usize, usize, Option<u16>)> = vec![(0, 0, None)];
    while let Some((depth, place, option)) = stack.pop() {
        if first.len() == list {
            break;
        }
        chosen.truncate(depth.saturating_sub(1));
        chosen.extend(option);
        match counts.get(depth + 1) {
            None => first.push(chosen.clone()),
            Some(after) => {
                let leads = layers[depth][place].to.iter().rev().filter(|(_, place)| !after[*place].is_zero());
                stack.extend(leads.map(|(option, place)| (depth + 1, *place, Some(*option))));
            }
        }
    }
    let gains = &layers[layers.len() - 1][end].part.gains;
    Tied { worth: bound.worth(gains), packages: counts[0][0].clone(), first }
}
