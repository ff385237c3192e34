//! A package that costs little, by changing one or two issues at a time. Floats only choose where to look: whatever they choose, the
//! answer that is sought from there on is exact.

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::Posed;
use crate::problem::Package;
use crate::scale::Int;

/// The most changes that are made.
const GREATEST_CHANGES: usize = 50;

/// Changes of two issues are tried for at most this many options in all: their number grows with its square.
const GREATEST_PAIRED: usize = 400;

/// How much the sum of shifts counts where the largest is what matters: enough to choose between equals.
const LITTLE: f64 = 1e-3;

/// A package that is one of the problem's, as the first one is, and costs no more by the floats.
pub(super) fn improved<W: Int>(
    posed: &Posed<W>,
    factors: &[BigInt],
    thresholds: &[W],
    by_largest: bool,
    mut package: Package,
) -> Package {
    let near = Near::new(posed, factors, thresholds, by_largest);
    let mut worth: Vec<f64> = posed.problem.worth(&package).iter().map(float).collect();
    for _ in 0..GREATEST_CHANGES {
        let Some((changed, to)) = near.better(posed, &package, &worth) else { break };
        package = changed;
        worth = to;
    }
    package
}

fn float(number: &impl ToPrimitive) -> f64 {
    number.to_f64().unwrap_or(f64::INFINITY)
}

struct Near {
    factors: Vec<f64>,
    targets: Vec<f64>,
    by_largest: bool,
    /// For each issue the options that may be chosen, with their worths.
    options: Vec<Vec<(u16, Vec<f64>)>>,
}

impl Near {
    fn new<W: Int>(posed: &Posed<W>, factors: &[BigInt], thresholds: &[W], by_largest: bool) -> Near {
        let problem = &posed.problem;
        let option = |issue: usize, option: usize| {
            let values = problem.value(issue, option).iter().map(float).collect();
            u16::try_from(option).ok().map(|option| (option, values))
        };
        let options = (0..problem.issues())
            .map(|issue| problem.allowed(issue).filter_map(|place| option(issue, place)).collect());
        let mut targets: Vec<f64> = thresholds.iter().map(float).collect();
        // A line that is kept is worth nothing, one that is dropped one less.
        targets.resize(factors.len(), 0.0);
        Near { factors: factors.iter().map(float).collect(), targets, by_largest, options: options.collect() }
    }

    fn cost(&self, worth: &[f64]) -> f64 {
        let shifts = self.targets.iter().zip(worth).map(|(target, worth)| (target - worth).max(0.0));
        let weighted = shifts.zip(&self.factors).map(|(shift, factor)| shift * factor);
        if self.by_largest {
            weighted.fold(0.0, |most: f64, shift| most.max(shift) + LITTLE * shift)
        } else {
            weighted.sum()
        }
    }

    /// The best change of one issue, else of two, that lowers the cost and leaves a package of the problem.
    fn better<W: Int>(&self, posed: &Posed<W>, package: &Package, worth: &[f64]) -> Option<(Package, Vec<f64>)> {
        let mut best = (self.cost(worth), None);
        for issue in 0..self.options.len() {
            self.change(posed, package, worth, issue, &mut best);
        }
        if best.1.is_none() && self.options.iter().map(Vec::len).sum::<usize>() <= GREATEST_PAIRED {
            for one in 0..self.options.len() {
                for (option, values) in &self.options[one] {
                    let mut changed = package.clone();
                    changed[one] = *option;
                    let worth = self.moved(worth, one, package[one], values);
                    for other in one + 1..self.options.len() {
                        self.change(posed, &changed, &worth, other, &mut best);
                    }
                }
            }
        }
        best.1
    }

    /// Tries every option of an issue.
    fn change<W: Int>(
        &self,
        posed: &Posed<W>,
        package: &Package,
        worth: &[f64],
        issue: usize,
        best: &mut (f64, Option<(Package, Vec<f64>)>),
    ) {
        for (option, values) in &self.options[issue] {
            let to = self.moved(worth, issue, package[issue], values);
            let cost = self.cost(&to);
            if cost < best.0 {
                let mut changed = package.clone();
                changed[issue] = *option;
                if posed.problem.admits(&changed) {
                    *best = (cost, Some((changed, to)));
                }
            }
        }
    }

    fn moved(&self, worth: &[f64], issue: usize, from: u16, to: &[f64]) -> Vec<f64> {
        let from = self.options[issue].iter().find(|(option, _)| *option == from);
        let from = from.map_or(&[][..], |(_, values)| values);
        worth.iter().zip(from.iter().zip(to)).map(|(worth, (from, to))| worth - from + to).collect()
    }
}
