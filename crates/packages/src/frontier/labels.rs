//! Vectors of worth that parts of packages reach, none dominating another, with the number of parts that reach each.

use std::cmp::Ordering;

use num_bigint::BigUint;
use num_traits::One;

use super::Point;
use crate::number::Whole;

/// Distinct vectors, the greatest first, row by row in one array.
#[derive(Clone, Debug)]
pub(super) struct Labels<W> {
    dimensions: usize,
    values: Vec<W>,
    counts: Vec<BigUint>,
}

impl<W: Whole> Labels<W> {
    pub(super) fn new(dimensions: usize) -> Self {
        Labels { dimensions, values: Vec::new(), counts: Vec::new() }
    }

    /// The one vector of the empty part of a package.
    pub(super) fn single(base: &[W]) -> Self {
        Labels { dimensions: base.len(), values: base.to_vec(), counts: vec![BigUint::one()] }
    }

    /// Adds a vector, less than those that it has.
    pub(super) fn push(&mut self, row: &[W], count: BigUint) {
        self.values.extend_from_slice(row);
        self.counts.push(count);
    }

    pub(super) fn len(&self) -> usize {
        self.values.len() / self.dimensions
    }

    pub(super) fn row(&self, label: usize) -> &[W] {
        &self.values[label * self.dimensions..(label + 1) * self.dimensions]
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &[W]> {
        self.values.chunks_exact(self.dimensions)
    }

    pub(super) fn count(&self, label: usize) -> &BigUint {
        &self.counts[label]
    }

    /// Drops the counts, which only the next issue needs.
    pub(super) fn forget_counts(&mut self) {
        self.counts = Vec::new();
    }

    pub(super) fn points(&self) -> impl Iterator<Item = Point<W>> {
        self.rows().zip(&self.counts).map(|(row, count)| Point { worth: row.to_vec(), packages: count.clone() })
    }

    /// The label whose vector, with `value` added, is `sum`.
    pub(super) fn before(&self, sum: &[W], value: &[W]) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match compare_shifted(self.row(middle), value, sum) {
                Ordering::Equal => return Some(middle),
                Ordering::Greater => low = middle + 1,
                Ordering::Less => high = middle,
            }
        }
        None
    }
}

/// How `row + value` compares with `sum`, lexicographically.
fn compare_shifted<W: Whole>(row: &[W], value: &[W], sum: &[W]) -> Ordering {
    let each = row.iter().zip(value).zip(sum);
    each.map(|((row, value), sum)| (row.clone() + value.clone()).cmp(sum))
        .find(|ordering| ordering.is_ne())
        .unwrap_or(Ordering::Equal)
}
