//! Why there is no package that meets every demand, and what could be given up.
//!
//! A *minimal conflict set* is a set of demands that no package meets together while every smaller part can be met. A *minimal correction
//! set* is one that, given up, lets the rest be met, while no part of it does. Each family is the minimal hitting sets of the other
//! (Reiter, *Artificial Intelligence* 32, 1987; Liffiton & Sakallah, *Journal of Automated Reasoning* 40, 2008). Rules of the problem and
//! its ruled-out options are always in force and in no set.

mod aside;

pub use aside::{Attribution, GREATEST_ISSUES, attribution, set_aside};

use crate::antichain::{members, minimal_hitting_sets, sort};
use crate::frontier::{Caps, TooLarge, frontier_above};
use crate::nash::any_package;
use crate::problem::{Package, Problem, ProblemError};
use crate::rule::Rule;
use crate::scale::Int;

/// What a party asks of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand<W> {
    /// That it is worth at least this much to the party.
    Threshold {
        /// The party, by its place.
        party: usize,
        /// The least worth.
        least: W,
    },
    /// That it meets a rule: a red line (options of one issue) or a condition over several.
    Line {
        /// The party, by its place; `None` if it is nobody's own.
        owner: Option<usize>,
        /// The rule.
        rule: Rule,
    },
}

/// Limits on the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConflictLimits {
    /// Limits on each frontier.
    pub caps: Caps,
    /// The most conflict sets, and the most correction sets, that are sought.
    pub sets: usize,
}

impl Default for ConflictLimits {
    fn default() -> Self {
        ConflictLimits { caps: Caps::default(), sets: 1000 }
    }
}

/// Demands that cannot all be met while any part of them can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict<W> {
    /// The demands, by their places.
    pub demands: Vec<usize>,
    /// For each of them a package that meets all the others.
    pub without: Vec<Package>,
    /// For each of them, if it is a threshold, the most that packages which meet the others are worth to that party: less than it asks.
    pub reach: Vec<Option<W>>,
}

/// Demands that, given up, let all others be met, while no part of them does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The demands, by their places.
    pub demands: Vec<usize>,
    /// A package that meets all others.
    pub package: Package,
}

/// Both families: small sets first, then by their first demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflicts<W> {
    /// The minimal conflict sets; none if some package meets every demand.
    pub conflicts: Vec<Conflict<W>>,
    /// The minimal correction sets; the empty one, alone, if some package meets every demand.
    pub corrections: Vec<Correction>,
    /// Whether both lists are whole. Otherwise every set that is listed is right, but there are others.
    pub complete: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoConflicts {
    /// There are more than 64 demands.
    TooManyDemands,
    /// A demand, by its place, is of a party that there is not.
    UnknownParty(usize),
    /// A demand speaks of issues or options that there are not.
    Line(ProblemError),
    /// There is no package even without any demand.
    NoPackage,
    /// Whether some demands can be met was too much to find out.
    TooLarge(TooLarge),
}

impl From<TooLarge> for NoConflicts {
    fn from(too_large: TooLarge) -> Self {
        NoConflicts::TooLarge(too_large)
    }
}

/// Parts of packages that are looked at before the frontier is asked whether demands can be met.
const QUICK_LOOK: u64 = 2000;

/// All minimal conflict sets and minimal correction sets of at most 64 demands, with packages that show each.
///
/// The hitting sets of the conflict sets known so far are tried as corrections: one that is none holds a new conflict set, which is
/// found by leaving demands out one by one. When all are corrections, both families are whole. About one question "can these be met
/// together?" a correction set, and one a demand a conflict set; each is answered by a short search or a frontier of the thresholds in question.
///
/// # Errors
/// See [`NoConflicts`].
pub fn conflicts<W: Int>(
    problem: &Problem<W>,
    demands: &[Demand<W>],
    limits: ConflictLimits,
) -> Result<Conflicts<W>, NoConflicts> {
    let mut asked = Asked::new(problem, demands, limits.caps)?;
    if asked.met_together(0)?.is_none() {
        return Err(NoConflicts::NoPackage);
    }
    let all = (0..demands.len()).fold(0, |all, demand| all | 1_u64 << demand);
    let mut known: Vec<u64> = Vec::new();
    let mut corrections: Vec<(u64, Package)> = Vec::new();
    let complete = loop {
        let hitting = minimal_hitting_sets(&known, limits.sets);
        let mut conflict = None;
        for set in hitting.sets {
            if corrections.iter().any(|(of, _)| *of == set) {
                continue;
            }
            match asked.met_together(all & !set)? {
                Some(package) => corrections.push((set, package)),
                None => {
                    conflict = Some(all & !set);
                    break;
                }
            }
        }
        match conflict {
            None => break hitting.complete,
            Some(_) if known.len() >= limits.sets => break false,
            Some(set) => known.push(asked.least_part(set)?),
        }
    };
    sort(&mut known);
    let conflicts = known.into_iter().map(|set| asked.shown(set)).collect::<Result<_, _>>()?;
    let mut order: Vec<u64> = corrections.iter().map(|(set, _)| *set).collect();
    sort(&mut order);
    corrections.sort_by_key(|(set, _)| order.iter().position(|of| of == set));
    let correction = |(set, package)| Correction { demands: members(set).collect(), package };
    Ok(Conflicts { conflicts, corrections: corrections.into_iter().map(correction).collect(), complete })
}

/// Demands that are asked about, with the packages found so far.
struct Asked<'a, W> {
    problem: &'a Problem<W>,
    demands: &'a [Demand<W>],
    caps: Caps,
    /// Packages and the demands that each fails.
    found: Vec<(u64, Package)>,
}

impl<'a, W: Int> Asked<'a, W> {
    fn new(problem: &'a Problem<W>, demands: &'a [Demand<W>], caps: Caps) -> Result<Self, NoConflicts> {
        if demands.len() > 64 {
            return Err(NoConflicts::TooManyDemands);
        }
        let mut check = problem.clone();
        for (place, demand) in demands.iter().enumerate() {
            match demand {
                Demand::Threshold { party, .. } if *party >= problem.coordinates() => {
                    return Err(NoConflicts::UnknownParty(place));
                }
                Demand::Threshold { .. } => {}
                Demand::Line { rule, .. } => check.add_rule(rule.clone()).map_err(NoConflicts::Line)?,
            }
        }
        Ok(Asked { problem, demands, caps, found: Vec::new() })
    }

    /// A package that meets these demands.
    fn met_together(&mut self, set: u64) -> Result<Option<Package>, NoConflicts> {
        if let Some((_, package)) = self.found.iter().find(|(failed, _)| failed & set == 0) {
            return Ok(Some(package.clone()));
        }
        let (posed, least) = self.posed(set, None)?;
        let package = match any_package(&posed, &least, QUICK_LOOK) {
            Some(answer) => answer,
            None => {
                let frontier = frontier_above(&posed, &least, self.caps)?;
                (!frontier.points().is_empty()).then(|| frontier.witness(0))
            }
        };
        if let Some(package) = &package {
            self.found.push((self.failed(package), package.clone()));
        }
        Ok(package)
    }

    /// The problem with only the parties whose thresholds are in the set and with the rules in it; `first` is a party that comes first.
    fn posed(&self, set: u64, first: Option<usize>) -> Result<(Problem<W>, Vec<W>), NoConflicts> {
        let mut parties: Vec<usize> = first.into_iter().collect();
        let mut least: Vec<W> = first.into_iter().map(|party| self.lowest(party)).collect();
        for demand in members(set).map(|demand| &self.demands[demand]) {
            if let Demand::Threshold { party, least: asked } = demand {
                parties.push(*party);
                least.push(asked.clone());
            }
        }
        let worth = |worth: &[W]| match parties.as_slice() {
            // Nobody asks for anything: every package is worth nothing to nobody.
            [] => vec![W::zero()],
            parties => parties.iter().map(|party| worth[*party].clone()).collect(),
        };
        let mut posed = self.problem.map_worths(worth).map_err(NoConflicts::Line)?;
        for demand in members(set).map(|demand| &self.demands[demand]) {
            if let Demand::Line { rule, .. } = demand {
                posed.add_rule(rule.clone()).map_err(NoConflicts::Line)?;
            }
        }
        least.resize(posed.coordinates(), W::zero());
        Ok((posed, least))
    }

    /// What no package is worth less than to a party.
    fn lowest(&self, party: usize) -> W {
        let lowest =
            |issue| self.problem.allowed(issue).map(|option| self.problem.value(issue, option)[party].clone()).min();
        let issues = (0..self.problem.issues()).filter_map(lowest);
        issues.fold(self.problem.base()[party].clone(), |sum, lowest| sum + lowest)
    }

    /// The demands that a package fails.
    fn failed(&self, package: &Package) -> u64 {
        let worth = self.problem.worth(package);
        let meets = |demand: &Demand<W>| match demand {
            Demand::Threshold { party, least } => worth[*party] >= *least,
            Demand::Line { rule, .. } => rule.met_by(package),
        };
        (0..self.demands.len()).filter(|demand| !meets(&self.demands[*demand])).fold(0, |all, demand| all | 1 << demand)
    }

    /// A minimal part of a set that cannot be met: members are left out as long as the rest cannot be met either.
    fn least_part(&mut self, mut set: u64) -> Result<u64, NoConflicts> {
        for demand in members(set) {
            if self.met_together(set & !(1 << demand))?.is_none() {
                set &= !(1 << demand);
            }
        }
        Ok(set)
    }

    /// A conflict set with what shows it.
    fn shown(&mut self, set: u64) -> Result<Conflict<W>, NoConflicts> {
        let mut without = Vec::new();
        let mut reach = Vec::new();
        for demand in members(set) {
            let rest = set & !(1 << demand);
            // Every part can be met: the set is minimal.
            without.extend(self.met_together(rest)?);
            reach.push(match &self.demands[demand] {
                Demand::Line { .. } => None,
                Demand::Threshold { party, .. } => {
                    let (posed, least) = self.posed(rest, Some(*party))?;
                    let frontier = frontier_above(&posed, &least, self.caps)?;
                    // Sorted by the first coordinate, the greatest first.
                    frontier.points().first().and_then(|point| point.worth.first().cloned())
                }
            });
        }
        Ok(Conflict { demands: members(set).collect(), without, reach })
    }
}
