//! The least change that opens a zone: who moves how much, and which red lines fall.
//!
//! A package asks of each party the shift `max(0, threshold − worth)`. Whatever a cost that grows with each shift is, some package on
//! the frontier is cheapest: what beats a package asks no more of anyone. So one frontier answers every such question, and because
//! all of it is looked at, nothing less suffices.

mod bounded;
mod cost;
mod near;

pub use bounded::least_shift;
pub use cost::{Cost, Least};

use std::collections::BTreeMap;

use num_bigint::BigUint;
use num_traits::Zero;

use crate::frontier::{Caps, Frontier, TooLarge, frontier};
use crate::number::Whole;
use crate::problem::{Package, Problem, ProblemError};
use crate::rule::{Literal, Rule};

/// A demand on packages: a red line of a party (options of one issue, or a rule over several), or a rule that may be bargained over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The party, by its place, whose demand it is; `None` for a rule that belongs to nobody.
    pub owner: Option<usize>,
    /// What a package that respects it meets.
    pub rule: Rule,
    /// Whether it may be dropped; otherwise it is kept as a rule is.
    pub droppable: bool,
}

impl Line {
    /// A red line that is kept: the option of an issue is one of these.
    #[must_use]
    pub fn red(owner: usize, literal: Literal) -> Line {
        Line { owner: Some(owner), rule: Rule::any(vec![literal]), droppable: false }
    }

    /// The same line, to be dropped at a price.
    #[must_use]
    pub fn droppable(mut self) -> Line {
        self.droppable = true;
        self
    }
}

/// One way to open a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concession<W> {
    /// How far each party's threshold comes down.
    pub shift: Vec<W>,
    /// The lines that are dropped, by their places.
    pub dropped: Vec<usize>,
    /// How many packages of the frontier ask exactly this. (Packages that these beat may ask the same.)
    pub packages: BigUint,
    /// The first of them in canonical order, as many as were asked for.
    pub first: Vec<Package>,
}

/// Every way to open a zone of which nothing can be spared: no vector of shifts and dropped lines that is smaller opens one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concessions<W> {
    /// The ways, sorted by shift and dropped lines. A shift of nothing, alone, if there is a zone already; none if no package keeps the lines that stay.
    pub rows: Vec<Concession<W>>,
    /// How many vectors were looked at: the whole frontier.
    pub examined: usize,
}

/// The concession frontier.
///
/// Cost: one frontier of as many coordinates as there are parties and droppable lines.
///
/// # Errors
/// [`NoShift`] if thresholds or lines do not fit the problem, or the frontier is too large.
pub fn concessions<W: Whole>(
    problem: &Problem<W>,
    thresholds: &[W],
    lines: &[Line],
    caps: Caps,
    list: usize,
) -> Result<Concessions<W>, NoShift> {
    let posed = pose(problem, thresholds, lines)?;
    let found = frontier(&posed.problem, caps).map_err(NoShift::TooLarge)?;
    Ok(posed.rows(&found, thresholds, list))
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoShift {
    /// There is not one threshold (or weight, or price) for each party (or line).
    Numbers,
    /// A weight or a price is not above zero.
    NotPositive,
    /// A line speaks of issues or options that there are not.
    Line(ProblemError),
    /// No package keeps the lines and rules, so there is no gap to share out.
    NoPackage,
    /// There are more issues than can be set aside in every combination.
    TooManyIssues,
    /// The frontier was too large.
    TooLarge(TooLarge),
}

/// The problem in which droppable lines are further coordinates and issues.
struct Posed<W> {
    problem: Problem<W>,
    issues: usize,
    /// The lines that may be dropped, by their places, in the order of their coordinates.
    droppable: Vec<usize>,
}

/// Kept lines become rules. Each droppable one gets an issue of two options, kept and dropped, after all others; a coordinate, on which dropped is
/// worth one less; and a rule that is met once it is dropped. What drops a line for nothing is beaten by what keeps it, so each package
/// counts once.
fn pose<W: Whole>(problem: &Problem<W>, thresholds: &[W], lines: &[Line]) -> Result<Posed<W>, NoShift> {
    let n = problem.coordinates();
    if thresholds.len() != n {
        return Err(NoShift::Numbers);
    }
    let droppable: Vec<usize> = (0..lines.len()).filter(|line| lines[*line].droppable).collect();
    let longer = |values: &[W]| {
        let mut values = values.to_vec();
        values.resize(n + droppable.len(), W::zero());
        values
    };
    let issues = problem.issues();
    let mut rows: Vec<Vec<Vec<W>>> = (0..issues)
        .map(|issue| (0..problem.options(issue)).map(|option| longer(problem.value(issue, option))).collect())
        .collect();
    for place in 0..droppable.len() {
        let kept = vec![W::zero(); n + droppable.len()];
        let mut dropped = kept.clone();
        dropped[n + place] = -W::one();
        rows.push(vec![kept, dropped]);
    }
    let mut posed = Problem::new(longer(problem.base()), rows).map_err(NoShift::Line)?;
    for issue in 0..issues {
        let allowed: Vec<usize> = problem.allowed(issue).collect();
        let ruled_out = (0..problem.options(issue)).filter(|option| !allowed.contains(option));
        ruled_out.for_each(|option| posed.forbid(issue, option));
    }
    for rule in problem.rules() {
        posed.add_rule(rule.clone()).map_err(NoShift::Line)?;
    }
    for (place, line) in lines.iter().enumerate() {
        match droppable.iter().position(|of| *of == place) {
            None => posed.add_rule(line.rule.clone()).map_err(NoShift::Line)?,
            Some(switch) => {
                for rule in unless(&line.rule, issues + switch) {
                    posed.add_rule(rule).map_err(NoShift::Line)?;
                }
            }
        }
    }
    Ok(Posed { problem: posed, issues, droppable })
}

/// Rules that a package meets if it meets `rule` or the issue `switch` has its second option.
fn unless(rule: &Rule, switch: usize) -> Vec<Rule> {
    let count = rule.literals.len();
    let dropped = || Literal { issue: switch, holds: [false, true].into() };
    // "At least a of these" as "at least a of these and a times dropped"; "at most b of n" as "at least n − b of their opposites".
    let at_least = |literals: Vec<Literal>, least: usize| {
        let literals: Vec<Literal> = literals.into_iter().chain((0..least).map(|_| dropped())).collect();
        Rule { at_most: literals.len(), literals, at_least: least }
    };
    let mut rules = Vec::new();
    if rule.at_least > 0 {
        rules.push(at_least(rule.literals.clone(), rule.at_least));
    }
    if rule.at_most < count {
        rules.push(at_least(rule.literals.iter().map(Literal::negated).collect(), count - rule.at_most));
    }
    rules
}

impl<W: Whole> Posed<W> {
    /// What the points ask, clipped at nothing, without what asks more than another.
    fn rows(&self, found: &Frontier<W>, thresholds: &[W], list: usize) -> Concessions<W> {
        let mut asks: BTreeMap<Vec<W>, Vec<usize>> = BTreeMap::new();
        for (place, point) in found.points().iter().enumerate() {
            asks.entry(self.asked(&point.worth, thresholds)).or_default().push(place);
        }
        let mut minimal: Vec<(Vec<W>, Vec<usize>)> = Vec::new();
        // Sorted ascending, so whatever asks no more of anyone comes first.
        for (ask, places) in asks {
            if !minimal.iter().any(|(less, _)| less.iter().zip(&ask).all(|(less, ask)| less <= ask)) {
                minimal.push((ask, places));
            }
        }
        let row = |(ask, places): (Vec<W>, Vec<usize>)| {
            let mut first: Vec<Package> = places.iter().flat_map(|place| found.packages(*place).take(list)).collect();
            first.iter_mut().for_each(|package| package.truncate(self.issues));
            first.sort_unstable();
            first.truncate(list);
            let packages = places.iter().fold(BigUint::zero(), |sum, place| sum + &found.points()[*place].packages);
            Concession { packages, first, ..self.concession(ask) }
        };
        Concessions { rows: minimal.into_iter().map(row).collect(), examined: found.points().len() }
    }

    /// What a worth asks: of each party a shift, and of each droppable line one if it falls.
    fn asked(&self, worth: &[W], thresholds: &[W]) -> Vec<W> {
        let shifts = thresholds.iter().zip(worth).map(|(threshold, worth)| threshold.clone() - worth.clone());
        let dropped = worth[thresholds.len()..].iter().take(self.droppable.len()).map(|kept| -kept.clone());
        shifts.chain(dropped).map(|shift| shift.max(W::zero())).collect()
    }

    /// What a worth asks, without packages.
    fn asked_by(&self, worth: &[W], thresholds: &[W]) -> Concession<W> {
        self.concession(self.asked(worth, thresholds))
    }

    fn concession(&self, mut ask: Vec<W>) -> Concession<W> {
        let lines = ask.split_off(ask.len() - self.droppable.len());
        let dropped = self.droppable.iter().zip(lines).filter(|(_, dropped)| !dropped.is_zero()).map(|(line, _)| *line);
        Concession { dropped: dropped.collect(), shift: ask, packages: BigUint::zero(), first: Vec::new() }
    }
}
