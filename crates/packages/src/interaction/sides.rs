//! The cut: the parts of packages on either side, and what a pair of them is worth.

use std::ops::Range;

use super::archive::Archive;
use super::{Interactions, SearchRefused, add};
use crate::number::Whole;
use crate::problem::{Package, Problem};
use crate::rule::Literal;
use crate::term::Term;

/// The parts of packages on either side of the cut.
#[derive(Clone, Debug)]
pub(super) struct Sides<W> {
    dimensions: usize,
    left: Side<W>,
    right: Side<W>,
    /// The bonuses of the terms that speak of issues on both sides.
    across: Vec<Vec<W>>,
    /// The bounds of the rules.
    bounds: Vec<(usize, usize)>,
}

/// Parts of packages in canonical order, each array row by row.
#[derive(Clone, Debug)]
struct Side<W> {
    parts: Vec<Package>,
    worths: Vec<W>,
    /// For each part, the terms across the cut whose literals on this side are all met, as bits.
    met: Vec<u64>,
    /// For each part, how many literals of each rule hold on this side.
    hits: Vec<usize>,
}

impl<W: Whole> Sides<W> {
    pub(super) fn new(interactions: &Interactions<W>, sizes: &[usize]) -> Self {
        let size = |sizes: &[usize]| sizes.iter().fold(1_usize, |product, &size| product.saturating_mul(size));
        let parts = |cut: usize| size(&sizes[..cut]).saturating_add(size(&sizes[cut..]));
        let cut = (0..=sizes.len()).min_by_key(|&cut| parts(cut)).unwrap_or(0);
        let problem = &interactions.problem;
        let on_left = |term: &&Term<W>| term.when.iter().all(|literal| literal.issue < cut);
        let on_right = |term: &&Term<W>| term.when.iter().all(|literal| literal.issue >= cut);
        let terms = || interactions.terms.iter();
        let across: Vec<&Term<W>> = terms().filter(|term| !on_left(term) && !on_right(term)).collect();
        let left = Side::new(problem, 0..cut, terms().filter(on_left).collect(), &across, problem.base());
        let right_terms = terms().filter(|term| on_right(term) && !on_left(term)).collect();
        let right = Side::new(problem, cut..sizes.len(), right_terms, &across, &vec![W::zero(); problem.coordinates()]);
        Sides {
            dimensions: problem.coordinates(),
            left,
            right,
            across: across.into_iter().map(|term| term.bonus.clone()).collect(),
            bounds: problem.rules().iter().map(|rule| (rule.at_least, rule.at_most)).collect(),
        }
    }

    /// Every package in canonical order, as its parts.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let rights = self.right.parts.len();
        (0..self.left.parts.len()).flat_map(move |left| (0..rights).map(move |right| (left, right)))
    }

    pub(super) fn package(&self, left: usize, right: usize) -> Package {
        [self.left.parts[left].as_slice(), self.right.parts[right].as_slice()].concat()
    }

    /// Writes what a package is worth; false if a rule is broken.
    pub(super) fn sum(&self, left: usize, right: usize, sum: &mut Vec<W>) -> bool {
        let rules = self.bounds.len();
        let hits = self.left.hits[left * rules..].iter().zip(&self.right.hits[right * rules..]);
        if !hits.zip(&self.bounds).all(|((left, right), (least, most))| (least..=most).contains(&&(left + right))) {
            return false;
        }
        sum.clear();
        let worths = self.left.worth(left, self.dimensions).iter().zip(self.right.worth(right, self.dimensions));
        sum.extend(worths.map(|(left, right)| left.clone() + right.clone()));
        let words = self.across.len().div_ceil(64);
        let met = self.left.met[left * words..][..words].iter().zip(&self.right.met[right * words..]);
        for (word, (left, right)) in met.enumerate() {
            let mut both = left & right;
            while both != 0 {
                add(sum, &self.across[word * 64 + both.trailing_zeros() as usize]);
                both &= both - 1;
            }
        }
        true
    }

    /// On each coordinate, what no package with a part on the left is worth more than.
    fn most(&self, left: usize, most_right: &[W], most: &mut Vec<W>) {
        most.clear();
        let worths = self.left.worth(left, self.dimensions).iter().zip(most_right);
        most.extend(worths.map(|(left, right)| left.clone() + right.clone()));
        let words = self.across.len().div_ceil(64);
        for (term, bonus) in self.across.iter().enumerate() {
            if self.left.met[left * words + term / 64] >> (term % 64) & 1 == 1 {
                most.iter_mut()
                    .zip(bonus)
                    .filter(|(_, bonus)| bonus.is_positive())
                    .for_each(|(sum, bonus)| *sum += bonus);
            }
        }
    }

    /// Offers the archive every package that can be on the frontier.
    ///
    /// # Errors
    /// If more vectors than its limit are on the frontier of those offered.
    pub(super) fn list(&self, archive: &mut Archive<W>) -> Result<(), SearchRefused> {
        let most_right: Vec<W> = (0..self.dimensions)
            .map(|coordinate| self.right.worths.iter().skip(coordinate).step_by(self.dimensions).max())
            .map(|most| most.cloned().unwrap_or_else(W::zero))
            .collect();
        let mut sum = Vec::with_capacity(self.dimensions);
        for left in 0..self.left.parts.len() {
            self.most(left, &most_right, &mut sum);
            if archive.dominates(&sum, self.right.parts.len()) {
                continue;
            }
            for right in 0..self.right.parts.len() {
                if self.sum(left, right, &mut sum) {
                    archive.offer(&sum, (left, right))?;
                }
            }
        }
        Ok(())
    }
}

impl<W: Whole> Side<W> {
    fn new(problem: &Problem<W>, issues: Range<usize>, terms: Vec<&Term<W>>, across: &[&Term<W>], base: &[W]) -> Self {
        // Without an option for some issue there is no package, however many options the others have.
        let none = (0..problem.issues()).any(|issue| problem.allowed(issue).next().is_none());
        let mut parts: Vec<Package> = if none { Vec::new() } else { vec![Vec::new()] };
        for issue in issues.clone() {
            let options: Vec<u16> = problem.allowed(issue).filter_map(|option| u16::try_from(option).ok()).collect();
            let longer = |part: &Package| {
                options.iter().map(|&option| [part.as_slice(), &[option]].concat()).collect::<Vec<_>>()
            };
            parts = parts.iter().flat_map(longer).collect();
        }
        let here = |literal: &&Literal| issues.contains(&literal.issue);
        let words = across.len().div_ceil(64);
        let (mut worths, mut met, mut hits) = (Vec::new(), vec![0_u64; words * parts.len()], Vec::new());
        for (place, part) in parts.iter().enumerate() {
            let holds = |literal: &Literal| literal.holds[usize::from(part[literal.issue - issues.start])];
            let mut worth = base.to_vec();
            issues
                .clone()
                .zip(part)
                .for_each(|(issue, option)| add(&mut worth, problem.value(issue, usize::from(*option))));
            terms.iter().filter(|term| term.when.iter().all(holds)).for_each(|term| add(&mut worth, &term.bonus));
            worths.extend(worth);
            for (term, _) in across.iter().enumerate().filter(|(_, term)| term.when.iter().filter(here).all(holds)) {
                met[place * words + term / 64] |= 1 << (term % 64);
            }
            let rules = problem.rules().iter();
            hits.extend(rules.map(|rule| rule.literals.iter().filter(here).filter(|literal| holds(literal)).count()));
        }
        Side { parts, worths, met, hits }
    }

    fn worth(&self, part: usize, dimensions: usize) -> &[W] {
        &self.worths[part * dimensions..][..dimensions]
    }
}
