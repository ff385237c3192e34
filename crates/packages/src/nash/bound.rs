//! What a part of a package can still come to.

use num_bigint::BigInt;

use super::table::Table;
use crate::number::Number;
use crate::problem::Problem;
use crate::scale::Int;
use crate::solution::Powers;
use crate::tally::{Domains, Tallies};

/// A problem with what bounds its products of gains.
pub(super) struct Bound<'a, W> {
    problem: &'a Problem<W>,
    disagreement: &'a [W],
    /// The least gain of each party.
    floor: Vec<W>,
    powers: Powers,
    /// The sum of the powers.
    degree: f64,
    /// One over the greatest gain that each party could have: makes gains comparable in floats.
    units: Vec<f64>,
    tallies: Tallies,
    /// The most ways for the rules to stand for which a table is made.
    standings: usize,
    /// More than the relative error of any bound.
    error: f64,
}

/// A part of a package: options for the first issues of an order.
#[derive(Clone, Debug)]
pub(super) struct Part<W> {
    pub(super) depth: usize,
    /// The sum of gains so far, the disagreement values taken off.
    pub(super) gains: Vec<W>,
    standing: Standing,
    /// No completion has a greater product, in units of the greatest gains; rounded up.
    pub(super) most: f64,
}

/// How the rules stand with a part of a package.
#[derive(Clone, Debug)]
enum Standing {
    /// By its place in the table.
    Place(usize),
    /// By how many literals hold, where there is no table.
    Counted(Vec<usize>),
}

/// The issues in an order, with what those from each place on can add.
pub(super) struct Course<'a, W> {
    bound: &'a Bound<'a, W>,
    order: &'a [usize],
    rests: Vec<Rest<W>>,
    table: Option<Table<W>>,
}

/// The most that open issues can add: to each party, and jointly in floats, with the size of the numbers that the joint sum was made of.
#[derive(Clone)]
pub(super) struct Rest<W> {
    each: Vec<W>,
    joint: f64,
    size: f64,
}

impl<W: Number> Rest<W> {
    /// The greater of each.
    pub(super) fn most(mut self, other: Rest<W>) -> Rest<W> {
        for (most, other) in self.each.iter_mut().zip(other.each) {
            if other > *most {
                *most = other;
            }
        }
        Rest { each: self.each, joint: self.joint.max(other.joint), size: self.size.max(other.size) }
    }
}

impl<'a, W: Int> Bound<'a, W> {
    pub(super) fn new(
        problem: &'a Problem<W>,
        disagreement: &'a [W],
        floor: Vec<W>,
        powers: Powers,
        standings: usize,
    ) -> Self {
        let degree = powers.powers().iter().map(|power| f64::from(*power)).sum();
        let tallies = Tallies::new(problem);
        let mut bound = Bound {
            problem,
            disagreement,
            floor,
            powers,
            degree,
            units: Vec::new(),
            tallies,
            standings,
            error: f64::EPSILON,
        };
        bound.units = vec![1.0; disagreement.len()];
        let most = bound.base().into_iter().zip(bound.rest(0..problem.issues(), None).each);
        let units = most.map(|(base, rest)| 1.0 / float(&(base + rest))).collect();
        bound.units = units;
        bound.error = f64::EPSILON * (16.0 * degree + 64.0 + 16.0 * float(&problem.issues()));
        bound
    }

    pub(super) fn product(&self, gains: &[W]) -> BigInt {
        self.powers.product(gains)
    }

    /// The product of gains in units of the greatest ones, rounded down.
    pub(super) fn reached(&self, gains: &[W]) -> f64 {
        (self.float_product(gains) * (1.0 - self.error) - SMALLEST).max(0.0)
    }

    /// Issues by how much they move, in units of the greatest gains: the largest first. With rules, the order of the case: rules
    /// mostly join issues that lie near each other, and stand in fewer ways if these are decided together.
    pub(super) fn search_order(&self) -> Vec<usize> {
        if !self.tallies.is_empty() {
            return self.case_order();
        }
        let spread = |issue: usize| {
            let spread = |party: usize| {
                let values = || self.problem.allowed(issue).map(|o| float(&self.problem.value(issue, o)[party]));
                (values().fold(f64::MIN, f64::max) - values().fold(f64::MAX, f64::min)) * self.units[party]
            };
            (0..self.units.len()).map(spread).sum::<f64>()
        };
        let mut order: Vec<(f64, usize)> = (0..self.problem.issues()).map(|issue| (spread(issue), issue)).collect();
        order.sort_by(|(a, left), (b, right)| b.total_cmp(a).then(left.cmp(right)));
        order.into_iter().map(|(_, issue)| issue).collect()
    }

    pub(super) fn case_order(&self) -> Vec<usize> {
        (0..self.problem.issues()).collect()
    }

    /// What gains are worth.
    pub(super) fn worth(&self, gains: &[W]) -> Vec<W> {
        gains.iter().zip(self.disagreement).map(|(gain, least)| gain.clone() + least.clone()).collect()
    }

    pub(super) fn course(&'a self, order: &'a [usize]) -> Course<'a, W> {
        let rests = (0..=order.len()).map(|depth| self.rest(order[depth..].iter().copied(), None)).collect();
        let nothing = Rest { each: vec![W::zero(); self.units.len()], joint: 0.0, size: 0.0 };
        let add = |value: &[W], rest: &Rest<W>| {
            let (joint, size) = self.joint(value);
            let each = rest.each.iter().zip(value).map(|(rest, value)| rest.clone() + value.clone()).collect();
            Rest { each, joint: rest.joint + joint, size: rest.size + size }
        };
        let ruled = !self.tallies.is_empty();
        let table = if ruled { Table::new(self.problem, order, add, &nothing, self.standings) } else { None };
        Course { bound: self, order, rests, table }
    }

    fn base(&self) -> Vec<W> {
        self.problem.base().iter().zip(self.disagreement).map(|(base, least)| base.clone() - least.clone()).collect()
    }

    fn rest(&self, issues: impl Iterator<Item = usize>, left: Option<&Domains>) -> Rest<W> {
        let mut rest = Rest { each: vec![W::zero(); self.units.len()], joint: 0.0, size: 0.0 };
        for issue in issues {
            let mut most: Option<(Vec<W>, f64, f64)> = None;
            let options = self.problem.allowed(issue).filter(|option| left.is_none_or(|left| left[issue][*option]));
            for option in options {
                let value = self.problem.value(issue, option);
                let (joint, size) = self.joint(value);
                match &mut most {
                    None => most = Some((value.to_vec(), joint, size)),
                    Some((each, most, largest)) => {
                        for (most, value) in each.iter_mut().zip(value) {
                            if *value > *most {
                                most.clone_from(value);
                            }
                        }
                        *most = most.max(joint);
                        *largest = largest.max(size);
                    }
                }
            }
            if let Some((each, joint, size)) = most {
                rest.each.iter_mut().zip(&each).for_each(|(sum, most)| *sum += most);
                rest.joint += joint;
                rest.size += size;
            }
        }
        rest
    }

    /// The sum of values weighted by powers, in units of the greatest gains, and the sum of their sizes.
    fn joint(&self, values: &[W]) -> (f64, f64) {
        let terms = values.iter().zip(&self.units).zip(self.powers.powers());
        let (sum, size) = terms
            .map(|((value, unit), power)| float(value) * unit * f64::from(*power))
            .fold((0.0, 0.0), |(sum, size), term| (sum + term, size + term.abs()));
        // Numbers too large for floats bound nothing.
        if sum.is_finite() { (sum, size) } else { (f64::INFINITY, f64::INFINITY) }
    }

    fn float_product(&self, gains: &[W]) -> f64 {
        let factors = gains.iter().zip(&self.units).zip(self.powers.powers());
        factors.map(|((gain, unit), power)| power_of(float(gain) * unit, *power)).product()
    }

    /// The most that a part can come to; `None` if some party cannot reach its floor.
    fn most(&self, gains: &[W], rest: &Rest<W>) -> Option<f64> {
        let each: Vec<W> = gains.iter().zip(&rest.each).map(|(gain, rest)| gain.clone() + rest.clone()).collect();
        if each.iter().zip(&self.floor).any(|(most, floor)| most < floor) {
            return None;
        }
        let (sum, size) = self.joint(gains);
        let joint = sum + rest.joint + (size + rest.size) * self.error;
        let mean = power_of((joint / self.degree).max(0.0), self.powers.powers().iter().sum());
        let most = match self.float_product(&each) {
            product if mean < product => mean,
            product => product,
        };
        let most = most * (1.0 + self.error) + SMALLEST;
        Some(if most.is_nan() { f64::INFINITY } else { most })
    }
}

/// More than what is lost where floats become too small to be exact.
const SMALLEST: f64 = 1e-290;

/// The nearest float; infinite where there is none.
fn float(number: &impl num_traits::ToPrimitive) -> f64 {
    number.to_f64().unwrap_or(f64::INFINITY)
}

/// A power by repeated multiplication, the same on every machine: its error is at most that many roundings.
fn power_of(base: f64, power: u32) -> f64 {
    let (mut result, mut square, mut left) = (1.0, base, power);
    while left > 0 {
        if left & 1 == 1 {
            result *= square;
        }
        square *= square;
        left >>= 1;
    }
    result
}

impl<W: Int> Course<'_, W> {
    /// The empty part, unless nothing can come of it.
    pub(super) fn start(&self) -> Option<Part<W>> {
        let empty = self.bound.problem.issues();
        if (0..empty).any(|issue| self.bound.problem.allowed(issue).next().is_none()) {
            return None;
        }
        let standing =
            if self.table.is_some() { Standing::Place(0) } else { Standing::Counted(self.bound.tallies.start()) };
        self.part(0, self.bound.base(), standing)
    }

    /// The parts that one more option makes, in the order of options, without those that nothing can come of.
    pub(super) fn children(&self, part: &Part<W>) -> Vec<(Part<W>, u16)> {
        let issue = self.order[part.depth];
        let child = |option: usize| {
            let standing = match (&part.standing, &self.table) {
                (Standing::Place(place), Some(table)) => Standing::Place(table.after(part.depth, *place, option)?),
                (Standing::Counted(counted), _) => Standing::Counted(self.bound.tallies.chosen(counted, issue, option)),
                (Standing::Place(_), None) => return None,
            };
            let value = self.bound.problem.value(issue, option);
            let gains = part.gains.iter().zip(value).map(|(gain, value)| gain.clone() + value.clone()).collect();
            Some((self.part(part.depth + 1, gains, standing)?, u16::try_from(option).ok()?))
        };
        self.bound.problem.allowed(issue).filter_map(child).collect()
    }

    /// What tells this part from others of its depth and gains, for all that can come of it.
    pub(super) fn told(&self, part: &Part<W>) -> Vec<usize> {
        match &part.standing {
            Standing::Place(place) => vec![*place],
            Standing::Counted(_) if self.bound.tallies.is_empty() => Vec::new(),
            Standing::Counted(counted) => self.bound.tallies.told(counted, &self.open(part.depth)),
        }
    }

    fn part(&self, depth: usize, gains: Vec<W>, standing: Standing) -> Option<Part<W>> {
        let most = match (&standing, &self.table) {
            (Standing::Place(place), Some(table)) => self.bound.most(&gains, table.rest(depth, *place)?)?,
            (Standing::Place(_), None) => return None,
            (Standing::Counted(counted), _) => {
                let most = self.bound.most(&gains, &self.rests[depth])?;
                if self.bound.tallies.is_empty() {
                    most
                } else {
                    let left = self.bound.tallies.narrowed(counted, &self.open(depth))?;
                    self.bound.most(&gains, &self.bound.rest(self.order[depth..].iter().copied(), Some(&left)))?
                }
            }
        };
        Some(Part { depth, gains, standing, most })
    }

    fn open(&self, depth: usize) -> Vec<bool> {
        let mut open = vec![true; self.order.len()];
        self.order[..depth].iter().for_each(|issue| open[*issue] = false);
        open
    }
}
