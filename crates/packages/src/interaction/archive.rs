//! The frontier of the packages listed so far.

use super::SearchRefused;
use crate::frontier::Point;
use crate::frontier::pool::Survivors;
use crate::number::Whole;

/// The vectors found so far that none dominates, and those not yet compared.
pub(super) struct Archive<W> {
    dimensions: usize,
    limit: usize,
    /// How many vectors are compared already: the first ones, the greatest first.
    settled: usize,
    values: Vec<W>,
    counts: Vec<u64>,
    /// The first package with each vector.
    first: Vec<(usize, usize)>,
    /// A few vectors with a great sum, which dominate most of what is offered.
    strong: Vec<Vec<W>>,
}

/// How many new vectors are collected before they are compared, at least.
const BATCH: usize = 4096;

/// How many strong vectors are kept at hand.
const STRONG: usize = 16;

impl<W: Whole> Archive<W> {
    pub(super) fn new(dimensions: usize, limit: usize) -> Self {
        Archive {
            dimensions,
            limit,
            settled: 0,
            values: Vec::new(),
            counts: Vec::new(),
            first: Vec::new(),
            strong: Vec::new(),
        }
    }

    /// Whether one of the vectors compared already, of which at most so many are tried, dominates another.
    pub(super) fn dominates(&self, vector: &[W], tries: usize) -> bool {
        let settled = self.values.chunks_exact(self.dimensions).take(self.settled.min(tries));
        self.strong.iter().map(Vec::as_slice).chain(settled).any(|row| dominates(row, vector))
    }

    /// The first package with each vector, as its parts.
    pub(super) fn first(&self) -> &[(usize, usize)] {
        &self.first
    }

    /// Takes the vector of a package, unless a strong one dominates it.
    pub(super) fn offer(&mut self, vector: &[W], package: (usize, usize)) -> Result<(), SearchRefused> {
        if self.strong.iter().any(|strong| dominates(strong, vector)) {
            return Ok(());
        }
        self.values.extend_from_slice(vector);
        self.counts.push(1);
        self.first.push(package);
        if self.counts.len() >= BATCH + 2 * self.settled { self.settle() } else { Ok(()) }
    }

    /// Compares what was collected. Equal vectors stay in the order in which they came, so the first stays the first.
    pub(super) fn settle(&mut self) -> Result<(), SearchRefused> {
        let survivors = Survivors::of(&self.values, self.dimensions);
        let (mut values, mut counts, mut first) = (Vec::new(), Vec::new(), Vec::new());
        for group in survivors.groups() {
            let place = group[0] as usize;
            values.extend_from_slice(&self.values[place * self.dimensions..][..self.dimensions]);
            counts.push(group.iter().map(|&same| self.counts[same as usize]).sum());
            first.push(self.first[place]);
        }
        (self.settled, self.values, self.counts, self.first) = (counts.len(), values, counts, first);
        if self.settled > self.limit {
            return Err(SearchRefused::Vectors { limit: self.limit });
        }
        let total = |row: &&[W]| row.iter().fold(W::zero(), |sum, value| sum + value.clone());
        let mut rows: Vec<&[W]> = self.values.chunks_exact(self.dimensions).collect();
        rows.sort_by_cached_key(|row| -total(row));
        self.strong = rows.into_iter().take(STRONG).map(<[W]>::to_vec).collect();
        Ok(())
    }

    pub(super) fn points(&self) -> Vec<Point<W>> {
        let rows = self.values.chunks_exact(self.dimensions).zip(&self.counts);
        rows.map(|(row, &count)| Point { worth: row.to_vec(), packages: count.into() }).collect()
    }
}

/// No less on any coordinate, and different.
fn dominates<W: Whole>(above: &[W], below: &[W]) -> bool {
    above.iter().zip(below).all(|(above, below)| above >= below) && above != below
}
