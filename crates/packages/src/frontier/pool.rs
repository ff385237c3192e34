//! Sums from which the labels after an issue are taken.

use std::ops::Range;

use num_bigint::BigUint;
use num_traits::Zero;

use super::filter;
use super::labels::Labels;
use crate::number::Whole;

/// A pool is filtered when it has grown by this many sums, so that memory stays bounded.
const GROWTH: usize = 1 << 18;

/// Sums of labels and an option's values, with the number of parts of packages that each stands for.
pub(super) struct Pool<'a, W> {
    dimensions: usize,
    /// What is less than this on a coordinate is not wanted.
    floor: Option<&'a [W]>,
    /// The most labels that may be kept.
    room: usize,
    kept: Labels<W>,
    values: Vec<W>,
    counts: Vec<BigUint>,
}

impl<'a, W: Whole> Pool<'a, W> {
    pub(super) fn new(dimensions: usize, floor: Option<&'a [W]>, room: usize) -> Self {
        Pool { dimensions, floor, room, kept: Labels::new(dimensions), values: Vec::new(), counts: Vec::new() }
    }

    /// Adds the sums of labels and a value.
    ///
    /// # Errors
    /// How many labels there are, if they are more than there is room for.
    pub(super) fn add(&mut self, labels: &Labels<W>, value: &[W]) -> Result<(), usize> {
        for label in 0..labels.len() {
            let start = self.values.len();
            self.values.extend(labels.row(label).iter().zip(value).map(|(sum, value)| sum.clone() + value.clone()));
            let low =
                self.floor.is_some_and(|floor| self.values[start..].iter().zip(floor).any(|(sum, least)| sum < least));
            if low {
                self.values.truncate(start);
                continue;
            }
            self.counts.push(labels.count(label).clone());
            if self.counts.len() >= GROWTH {
                self.settle()?;
            }
        }
        Ok(())
    }

    /// The labels among the sums: those that no other dominates, equal ones merged.
    ///
    /// # Errors
    /// How many they are, if they are more than there is room for.
    pub(super) fn finish(mut self) -> Result<Labels<W>, usize> {
        self.settle()?;
        Ok(self.kept)
    }

    fn settle(&mut self) -> Result<(), usize> {
        for label in 0..self.kept.len() {
            self.values.extend_from_slice(self.kept.row(label));
            self.counts.push(self.kept.count(label).clone());
        }
        let mut kept = Labels::new(self.dimensions);
        let survivors = Survivors::of(&self.values, self.dimensions);
        for group in survivors.groups() {
            let count = group.iter().fold(BigUint::zero(), |sum, &same| sum + &self.counts[same as usize]);
            kept.push(&self.values[group[0] as usize * self.dimensions..][..self.dimensions], count);
        }
        self.kept = kept;
        self.values.clear();
        self.counts.clear();
        if self.kept.len() > self.room { Err(self.kept.len()) } else { Ok(()) }
    }
}

/// The vectors among many, equal ones together, that no other dominates.
pub(crate) struct Survivors {
    order: Vec<u32>,
    ranges: Vec<Range<usize>>,
}

impl Survivors {
    /// Of vectors row by row in one array: fewer than 2³² of them, each of at least one dimension.
    pub(crate) fn of<W: Whole>(values: &[W], dimensions: usize) -> Self {
        let row = |place: u32| &values[place as usize * dimensions..][..dimensions];
        let mut order: Vec<u32> = (0..).take(values.len() / dimensions).collect();
        order.sort_by(|&a, &b| row(b).cmp(row(a)));
        let mut start = 0;
        let mut ranges = Vec::with_capacity(order.len());
        for group in order.chunk_by(|&a, &b| row(a) == row(b)) {
            ranges.push(start..start + group.len());
            start += group.len();
        }
        let rows: Vec<&[W]> = ranges.iter().map(|range| row(order[range.start])).collect();
        let ranges = filter::undominated(&rows).into_iter().map(|place| ranges[place as usize].clone()).collect();
        Survivors { order, ranges }
    }

    /// The places of equal vectors in order, the greatest vector first.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &[u32]> {
        self.ranges.iter().map(|range| &self.order[range.clone()])
    }
}
