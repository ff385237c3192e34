//! How far rules are decided while a package is put together, and which options they leave.

use crate::number::Number;
use crate::problem::Problem;

/// The rules of a problem, ready to be counted issue by issue.
#[derive(Clone, Debug)]
pub(crate) struct Tallies {
    rules: Vec<Tally>,
    /// For each issue the options that may be chosen.
    allowed: Vec<Vec<bool>>,
}

#[derive(Clone, Debug)]
struct Tally {
    at_least: usize,
    at_most: usize,
    /// For each issue that the rule speaks of, how many of its literals hold with each option.
    counts: Vec<(usize, Vec<usize>)>,
}

/// For each issue whether each option is still open.
pub(crate) type Domains = Vec<Vec<bool>>;

impl Tallies {
    pub(crate) fn new<W: Number>(problem: &Problem<W>) -> Tallies {
        let rules = problem.rules().iter().map(|rule| {
            let mut counts: Vec<(usize, Vec<usize>)> = Vec::new();
            for literal in &rule.literals {
                let place = counts.iter().position(|(issue, _)| *issue == literal.issue).unwrap_or_else(|| {
                    counts.push((literal.issue, vec![0; literal.holds.len()]));
                    counts.len() - 1
                });
                counts[place].1.iter_mut().zip(&literal.holds).for_each(|(count, holds)| *count += usize::from(*holds));
            }
            Tally { at_least: rule.at_least, at_most: rule.at_most, counts }
        });
        let allowed = (0..problem.issues()).map(|issue| {
            let mut allowed = vec![false; problem.options(issue)];
            problem.allowed(issue).for_each(|option| allowed[option] = true);
            allowed
        });
        Tallies { rules: rules.collect(), allowed: allowed.collect() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Counts before the first issue.
    pub(crate) fn start(&self) -> Vec<usize> {
        vec![0; self.rules.len()]
    }

    /// Counts after an option of an issue is chosen.
    pub(crate) fn chosen(&self, before: &[usize], issue: usize, option: usize) -> Vec<usize> {
        let more =
            |rule: &Tally| rule.counts.iter().find(|(of, _)| *of == issue).map_or(0, |(_, counts)| counts[option]);
        before.iter().zip(&self.rules).map(|(count, rule)| count + more(rule)).collect()
    }

    /// The options of the open issues that no rule excludes, by what was counted for the others; options of decided issues stay as
    /// they are. `None` if a rule can no longer be met or an issue has no option left. To a fixed point; what is left need not hold a package.
    pub(crate) fn narrowed(&self, counted: &[usize], open: &[bool]) -> Option<Domains> {
        let mut domains = self.allowed.clone();
        let mut again = true;
        while again {
            again = false;
            for (rule, counted) in self.rules.iter().zip(counted) {
                again |= rule.narrow(*counted, open, &mut domains)?;
            }
        }
        let empty = |(domain, open): (&Vec<bool>, &bool)| *open && !domain.contains(&true);
        (!domains.iter().zip(open).any(empty)).then_some(domains)
    }

    /// Counts in a form that is equal for parts of packages that can be completed in the same ways: what is decided, or more than
    /// enough, is told no further.
    pub(crate) fn told(&self, counted: &[usize], open: &[bool]) -> Vec<usize> {
        let told = |(rule, counted): (&Tally, &usize)| {
            let most: usize = rule.open(open).map(|(_, counts)| counts.iter().max().unwrap_or(&0)).sum();
            let enough = *counted >= rule.at_least;
            if counted + most <= rule.at_most { if enough { usize::MAX } else { *counted } } else { *counted }
        };
        self.rules.iter().zip(counted).map(told).collect()
    }
}

impl Tally {
    fn open<'a>(&'a self, open: &'a [bool]) -> impl Iterator<Item = (usize, &'a Vec<usize>)> {
        self.counts.iter().filter(|(issue, _)| open[*issue]).map(|(issue, counts)| (*issue, counts))
    }

    /// Whether anything was narrowed; `None` if the rule cannot be met.
    fn narrow(&self, counted: usize, open: &[bool], domains: &mut Domains) -> Option<bool> {
        let ends = |domain: &[bool], counts: &[usize]| {
            let left = || domain.iter().zip(counts).filter(|(open, _)| **open).map(|(_, count)| *count);
            Some((left().min()?, left().max()?))
        };
        let (mut least, mut most) = (counted, counted);
        for (issue, counts) in self.open(open) {
            let (low, high) = ends(&domains[issue], counts)?;
            least += low;
            most += high;
        }
        if most < self.at_least || least > self.at_most {
            return None;
        }
        let mut narrowed = false;
        for (issue, counts) in self.open(open) {
            let (low, high) = ends(&domains[issue], counts)?;
            for (option, count) in counts.iter().enumerate() {
                let fits = most - high + count >= self.at_least && least - low + count <= self.at_most;
                narrowed |= domains[issue][option] && !fits;
                domains[issue][option] &= fits;
            }
            // Ends that moved are taken up in the next round.
        }
        Some(narrowed)
    }
}
