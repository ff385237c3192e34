//! What blocks an agreement, and what would unblock it, from the order of options alone (layer B).
//!
//! A package is *admissible* if no principal's limits, no rule of the case and no condition excludes it.
//! 1. [`admissible`] tells what the limits leave open on each issue, under each [`Reading`] of limits.
//! 2. [`search`] goes through the packages of issues that hang together.
//! 3. The smallest sets of limits that cannot all hold (*conflict sets*), and the smallest whose lifting leaves a package
//!    (*correction sets*).
//! 4. The share of each issue in the blockage (Shapley), the steps of each side that would unblock, and whether both must move.
//! 5. Since when it has been so.
//!
//! Nothing here speaks of a zone of agreement: that needs numbers. See `docs/methods/agreement.md`.

pub mod admissible;
mod conflict;
mod rules;
pub mod search;
mod since;
mod steps;
mod sticking;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use detente_case::constraint::ConstraintKind;
use detente_case::issue::{Issue, OptionPlace};
use detente_case::{Case, Day, Id, Moment, Record};
use detente_packages::Exact;
use num_bigint::BigUint;
use num_traits::{ToPrimitive as _, Zero as _};
use schemars::JsonSchema;
use serde::Serialize;

use crate::gap::{self, Gap};
use crate::history;

pub use admissible::{Bounds, Lines, Reading, Side, Words};
pub use rules::case_rules;
pub use search::{CaseRule, Component, Demand, components};
pub use since::Period;

use conflict::{Blockage, blockage};
use steps::Move;
use sticking::Player;

/// What blocks, under every reading of limits, and since when.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Blocks {
    /// How much of the case it covers.
    pub coverage: Coverage,
    /// Each reading of limits, the one that is told first in front.
    pub limits: Vec<ReadingNow>,
    /// Since when declared limits have excluded every package, in the first reading.
    pub periods: Vec<Period>,
}

/// On how many issues it could be tested whether limits exclude every option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Coverage {
    /// Issues on which every principal has a position or a limit.
    pub tested: usize,
    /// Issues on which every principal has ruled something out.
    pub limited: usize,
    /// All issues with a scale.
    pub issues: usize,
}

/// What blocks under one reading of limits.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReadingNow {
    /// The reading.
    #[serde(flatten)]
    pub reading: Reading,
    /// Whether declared limits exclude every package.
    pub blocked: bool,
    /// Whether everything below is listed; if not, a group of issues was too large to go through.
    pub complete: bool,
    /// The smallest sets of limits that cannot all hold.
    pub conflict_sets: Vec<Vec<DemandNow>>,
    /// The smallest sets of limits whose lifting leaves a package; at most 64 are listed.
    pub correction_sets: Vec<Vec<DemandNow>>,
    /// How many correction sets there are.
    pub correction_sets_in_all: String,
    /// The share of each issue in the blockage, the greatest first; without one, the issues by their gap.
    pub sticking: Vec<Sticking>,
    /// The same shares summed by group of issues.
    pub groups: Vec<GroupShare>,
    /// For each blocked issue, or blocked issues that hang together, the minimal steps of the principals that would unblock it.
    pub steps: Vec<StepsNow>,
    /// The minimal steps over all of them together, with a package that they open on these issues.
    pub joint: Vec<JointSteps>,
    /// Whether both must move.
    pub both_must_move: BothMustMove,
    /// Options that count as open because a later offer puts them back on a condition in words.
    pub open_in_words: Vec<OpenInWords>,
}

/// Limits of a principal on an issue, or a rule of the case that is a demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DemandNow {
    /// Id of the principal, or of the actor whose demand a rule is.
    pub actor: Option<String>,
    /// Id of the issue; none for a rule.
    pub issue: Option<String>,
    /// Id of the rule; none for limits.
    pub rule: Option<String>,
    /// Ids of the options ruled out.
    pub rules_out: Vec<String>,
    /// Those of them that are ruled out unless another issue is settled in a certain way.
    pub conditional: Vec<ConditionalNow>,
    /// Ids of the rows that rule them out, laws included.
    pub rows: Vec<String>,
    /// Ids of the laws among these rows.
    pub law: Vec<String>,
}

/// An option that is ruled out unless another issue is settled in a certain way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConditionalNow {
    /// Id of the option.
    pub option: String,
    /// What takes it back, in words.
    pub unless: String,
}

/// The place of an issue among the sticking points.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Sticking {
    /// Id of the issue, or of the rule.
    pub issue: String,
    /// Its group; empty for a rule.
    pub group: String,
    /// Its share in the blockage, from 0 to 1; none where nothing blocks.
    pub share: Option<f64>,
    /// The share as a fraction.
    pub fraction: Option<String>,
    /// Steps between the positions; none where they cannot be compared.
    pub gap: Option<Gap>,
}

/// The share of a group of issues in a blockage.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GroupShare {
    /// The group; empty for issues without one and for rules.
    pub group: String,
    /// The sum of the shares of its issues.
    pub share: f64,
    /// The sum as a fraction.
    pub fraction: String,
}

/// What would unblock one issue, or issues that hang together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepsNow {
    /// Id of the issue; several are joined by ` + `.
    pub issue: String,
    /// Ids of the issues.
    pub issues: Vec<String>,
    /// The minimal steps, one number a principal, in their order. Empty if a principal has ruled out every option.
    pub pairs: Vec<Vec<u32>>,
    /// For each of them, a clause an issue that it opens.
    pub opens: Vec<Vec<ClauseNow>>,
}

/// Minimal steps of the principals over all blocked issues.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct JointSteps {
    /// One number a principal, in their order.
    pub steps: Vec<u32>,
    /// A clause for each of the blocked issues that they open.
    pub opens: Vec<ClauseNow>,
}

/// An option of an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClauseNow {
    /// Id of the issue.
    pub issue: String,
    /// Id of the option.
    pub option: String,
}

/// Whether moves of one principal could unblock, within what it has itself tabled and some steps beyond.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BothMustMove {
    /// What follows.
    pub verdict: BothVerdict,
    /// By id of the principal, and `jointly`: the least number of steps beyond what has been tabled; none if no number suffices.
    pub least_m: BTreeMap<String, Option<u32>>,
    /// Ids of blocked issues on which a principal has tabled nothing, so that it has nothing to go on from.
    pub nothing_tabled: Vec<ClauseOf>,
}

/// A principal and an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClauseOf {
    /// Id of the principal.
    pub actor: String,
    /// Id of the issue.
    pub issue: String,
}

/// Whether both must move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BothVerdict {
    /// Nothing blocks: nobody must move.
    NotBlocked,
    /// A joint move of `jointly` steps unblocks, and no one-sided move of as many does.
    Holds,
    /// A one-sided move of no more steps unblocks as well.
    DoesNotHold,
    /// No number of steps unblocks, from what has been tabled.
    NotDetermined,
}

/// An option that counts as open on a condition in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpenInWords {
    /// Id of the principal.
    pub actor: String,
    /// Id of the issue.
    pub issue: String,
    /// Id of the option.
    pub option: String,
    /// The condition.
    pub condition: String,
    /// Ids of the rows that rule it out otherwise.
    pub rows: Vec<String>,
}

/// The most correction sets that are listed.
const MOST_CORRECTIONS: usize = 64;

/// What blocks at a moment.
///
/// Cost: linear in the rows of the principals, and a search in each group of issues that hang together by conditions or rules; for
/// the periods, that on every day on which a statement of a principal begins or ends.
#[must_use]
pub fn blocks(case: &Case, moment: Moment) -> Blocks {
    let record = Record::known_by(case, moment.known);
    let lines = Lines::new(record);
    let now = at(&lines, moment.at);
    let start = history::start(record).first();
    Blocks { periods: since::periods(&lines, |day| case_rules(record, day), start, moment.at), ..now }
}

/// The issues in conflict sets, in the first reading of limits: those on which limits exclude every option.
#[must_use]
pub fn blocked_issues(words: &Words<'_, '_>, rules: &[CaseRule]) -> BTreeSet<Id<Issue>> {
    let bounds = words.bounds(Reading::FIRST);
    let found = components(&bounds, rules).into_iter().filter_map(|component| blockage(&component));
    let issues = found.flat_map(|blockage| {
        let in_conflict = blockage.conflicts.iter().fold(0, |all, mask| all | mask);
        let demands = blockage.demands.iter().enumerate();
        let named = demands.filter(|(place, _)| in_conflict & (1 << (*place).min(63)) != 0);
        let issue = |demand: &Demand| match demand {
            Demand::Limits { issue, .. } => Some(*issue),
            Demand::Rule(_) => None,
        };
        named.filter_map(|(_, demand)| issue(demand)).collect::<Vec<_>>()
    });
    issues.collect()
}

/// What blocks on a day, without the periods before it.
#[must_use]
pub fn at(lines: &Lines<'_>, day: Day) -> Blocks {
    in_readings(lines, day, &Reading::all())
}

/// The same in the first reading of limits alone: a part of the work, for whoever tries things out.
#[must_use]
pub fn in_first_reading(lines: &Lines<'_>, day: Day) -> Blocks {
    in_readings(lines, day, &[Reading::FIRST])
}

fn in_readings(lines: &Lines<'_>, day: Day, readings: &[Reading]) -> Blocks {
    let words = Words::new(lines, day);
    let rules = case_rules(words.record, day);
    let limits: Vec<ReadingNow> =
        readings.iter().map(|reading| Now { words: &words, rules: &rules, reading: *reading }.told()).collect();
    let first = words.bounds(Reading::FIRST);
    let coverage = Coverage {
        tested: words.tested().count(),
        limited: first.issues.iter().filter(|issue| issue.sides.iter().all(Side::has_limits)).count(),
        issues: words.record.case.issues.len(),
    };
    Blocks { coverage, limits, periods: Vec::new() }
}

/// One reading of the words at a day.
struct Now<'a, 'l, 'c> {
    words: &'a Words<'l, 'c>,
    rules: &'a [CaseRule],
    reading: Reading,
}

impl Now<'_, '_, '_> {
    fn told(&self) -> ReadingNow {
        let bounds = self.words.bounds(self.reading);
        let found: Vec<(Component<'_>, Blockage)> = components(&bounds, self.rules)
            .into_iter()
            .filter_map(|component| blockage(&component).map(|blockage| (component, blockage)))
            .collect();
        let sides = self.words.record.case.principals.len();
        let steps: Vec<(Vec<Move>, bool)> = found.iter().map(|(component, _)| steps::steps(component, sides)).collect();
        let blockages: Vec<&Blockage> = found.iter().map(|(_, blockage)| blockage).collect();
        let set = |blockage: &Blockage, mask: u64| -> Vec<DemandNow> {
            let demands = blockage.demands.iter().enumerate();
            demands
                .filter(|(place, _)| mask & (1 << (*place).min(63)) != 0)
                .map(|(_, of)| self.demand(&bounds, of))
                .collect()
        };
        let sets = |blockage: &Blockage| -> Vec<Vec<DemandNow>> {
            blockage.conflicts.iter().map(|mask| set(blockage, *mask)).collect()
        };
        let mut corrections: Vec<Vec<DemandNow>> = vec![Vec::new()];
        for blockage in &blockages {
            let own: Vec<Vec<DemandNow>> = blockage.corrections.iter().map(|(mask, _)| set(blockage, *mask)).collect();
            let longer = corrections.iter().flat_map(|set| own.iter().map(|more| [set.as_slice(), more].concat()));
            corrections = longer.take(MOST_CORRECTIONS).collect();
        }
        let in_all: BigUint = blockages.iter().map(|blockage| BigUint::from(blockage.corrections.len())).product();
        let blocked = !blockages.is_empty();
        let (sticking, groups) = self.sticking(&blockages);
        ReadingNow {
            reading: self.reading,
            blocked,
            complete: blockages.iter().all(|blockage| blockage.complete) && steps.iter().all(|(_, complete)| *complete),
            conflict_sets: blockages.iter().flat_map(|blockage| sets(blockage)).collect(),
            correction_sets: if blocked { corrections } else { Vec::new() },
            correction_sets_in_all: if blocked { in_all.to_string() } else { "0".to_owned() },
            sticking,
            groups,
            steps: found.iter().zip(&steps).map(|((component, _), (moves, _))| self.steps(component, moves)).collect(),
            joint: self.joint(&found, steps.iter().map(|(moves, _)| moves.clone()).collect()),
            both_must_move: self.both_must_move(&bounds, &found),
            open_in_words: self.open_in_words(&bounds),
        }
    }

    fn demand(&self, bounds: &Bounds, demand: &Demand) -> DemandNow {
        let case = self.words.record.case;
        match *demand {
            Demand::Limits { side, issue } => {
                let of = &bounds.issues[issue.place()].sides[side];
                let counts = |option| of.closed.contains(option) || of.conditional.iter().any(|c| c.option == option);
                let limits = of.limits.iter().filter(|limit| counts(limit.option));
                let mut rows: Vec<_> = limits.clone().flat_map(|limit| limit.rows.iter().copied()).collect();
                let mut law: Vec<_> =
                    limits.filter(|limit| limit.law).flat_map(|limit| limit.rows.iter().copied()).collect();
                [&mut rows, &mut law].into_iter().for_each(|rows| {
                    rows.sort_unstable();
                    rows.dedup();
                });
                let ids = |rows: &[_]| rows.iter().map(|row| case.positions[*row].id.to_string()).collect();
                let all = bounds.issues[issue.place()].all.iter();
                DemandNow {
                    actor: Some(case.actors[of.actor].id.to_string()),
                    issue: Some(case.issues[issue].id.to_string()),
                    rule: None,
                    rules_out: all.filter(|option| counts(*option)).map(|option| self.option(issue, option)).collect(),
                    conditional: of.conditional.iter().map(|c| self.conditional(of, issue, c.option)).collect(),
                    rows: ids(&rows),
                    law: ids(&law),
                }
            }
            Demand::Rule(rule) => {
                let constraint = &case.constraints[Id::at(rule)];
                let actor = match constraint.kind {
                    ConstraintKind::Demand(actor) => Some(case.actors[actor].id.to_string()),
                    ConstraintKind::Logic => None,
                };
                DemandNow {
                    actor,
                    issue: None,
                    rule: Some(constraint.id.to_string()),
                    rules_out: Vec::new(),
                    conditional: Vec::new(),
                    rows: Vec::new(),
                    law: Vec::new(),
                }
            }
        }
    }

    fn conditional(&self, side: &Side, issue: Id<Issue>, option: OptionPlace) -> ConditionalNow {
        let limit = side.limits.iter().find(|limit| limit.option == option && limit.relaxed_if.is_some());
        let unless = limit.and_then(|limit| limit.relaxed_if.clone()).unwrap_or_default();
        ConditionalNow { option: self.option(issue, option), unless }
    }

    fn rule_id(&self, rule: usize) -> String {
        self.words.record.case.constraints[Id::at(rule)].id.to_string()
    }

    fn option(&self, issue: Id<Issue>, option: OptionPlace) -> String {
        self.words.record.case.issues[issue].options[option.0 as usize].id.to_string()
    }

    fn clauses(&self, component: &Component<'_>, package: &[OptionPlace]) -> Vec<ClauseNow> {
        let clause = |(issue, option)| ClauseNow {
            issue: self.words.record.case.issues[issue].id.to_string(),
            option: self.option(issue, option),
        };
        component.clauses(package).into_iter().map(clause).collect()
    }

    fn gap(&self, issue: Id<Issue>) -> Option<Gap> {
        let positions =
            self.words.stances(issue).iter().map(|stance| stance.position.as_ref().map(|held| held.options));
        gap::among(&positions.collect::<Option<Vec<_>>>()?)
    }

    fn sticking(&self, blockages: &[&Blockage]) -> (Vec<Sticking>, Vec<GroupShare>) {
        let case = self.words.record.case;
        let shares = if blockages.is_empty() { None } else { sticking::shares(blockages) };
        let point = |player: Player, share: Option<&Exact>| {
            let (issue, group, gap) = match player {
                Player::Issue(issue) => {
                    (case.issues[issue].id.to_string(), case.issues[issue].group.to_string(), self.gap(issue))
                }
                Player::Rule(rule) => (self.rule_id(rule), String::new(), None),
            };
            Sticking { issue, group, share: share.map(to_f64), fraction: share.map(Exact::to_string), gap }
        };
        let Some(shares) = shares else {
            let mut points: Vec<Sticking> = case.issues.ids().map(|issue| point(Player::Issue(issue), None)).collect();
            points.retain(|point| point.gap.is_some());
            points.sort_by_key(|point| std::cmp::Reverse(point.gap));
            return (points, Vec::new());
        };
        let mut ranked: Vec<&(Player, Exact)> = shares.iter().filter(|(_, share)| !share.is_zero()).collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let points: Vec<Sticking> = ranked.iter().map(|(player, share)| point(*player, Some(share))).collect();
        let mut groups: Vec<(String, Exact)> = Vec::new();
        for ((_, share), point) in ranked.iter().zip(&points) {
            match groups.iter_mut().find(|(group, _)| *group == point.group) {
                Some((_, sum)) => *sum += share,
                None => groups.push((point.group.clone(), share.clone())),
            }
        }
        groups.sort_by(|a, b| b.1.cmp(&a.1));
        let told =
            |(group, share): (String, Exact)| GroupShare { group, share: to_f64(&share), fraction: share.to_string() };
        (points, groups.into_iter().map(told).collect())
    }

    fn steps(&self, component: &Component<'_>, moves: &[Move]) -> StepsNow {
        let case = self.words.record.case;
        let issues: Vec<String> = component.issues.iter().map(|issue| case.issues[*issue].id.to_string()).collect();
        StepsNow {
            issue: issues.join(" + "),
            issues,
            pairs: moves.iter().map(|found| found.steps.clone()).collect(),
            opens: moves.iter().map(|found| self.clauses(component, &found.package)).collect(),
        }
    }

    fn joint(&self, found: &[(Component<'_>, Blockage)], groups: Vec<Vec<Move>>) -> Vec<JointSteps> {
        let merge = |package: &[OptionPlace], other: &[OptionPlace], number: usize| {
            let mut merged = package.to_vec();
            for issue in &found[number].0.issues {
                merged[issue.place()] = other[issue.place()];
            }
            merged
        };
        let told = |joint: Move| JointSteps {
            opens: found.iter().flat_map(|(component, _)| self.clauses(component, &joint.package)).collect(),
            steps: joint.steps,
        };
        steps::jointly(&groups, merge).into_iter().map(told).collect()
    }

    fn both_must_move(&self, bounds: &Bounds, found: &[(Component<'_>, Blockage)]) -> BothMustMove {
        let case = self.words.record.case;
        let sides = case.principals.len();
        let least = |movers: &dyn Fn(usize) -> bool| -> Option<u32> {
            let reaches = found.iter().map(|(component, _)| steps::least_reach(component, movers));
            reaches.collect::<Option<Vec<u32>>>().map(|reaches| reaches.into_iter().max().unwrap_or_default())
        };
        let alone: Vec<Option<u32>> = (0..sides).map(|side| least(&|mover| mover == side)).collect();
        let jointly = least(&|_| true);
        let verdict = match jointly {
            _ if found.is_empty() => BothVerdict::NotBlocked,
            None => BothVerdict::NotDetermined,
            Some(jointly) if alone.iter().flatten().any(|alone| *alone <= jointly) => BothVerdict::DoesNotHold,
            Some(_) => BothVerdict::Holds,
        };
        let actor = |side: usize| case.actors[case.principals[side]].id.to_string();
        let mut least_m: BTreeMap<String, Option<u32>> = BTreeMap::new();
        if !found.is_empty() {
            least_m.extend(alone.into_iter().enumerate().map(|(side, least)| (actor(side), least)));
            least_m.insert("jointly".to_owned(), jointly);
        }
        let blocked: BTreeSet<Id<Issue>> = found
            .iter()
            .flat_map(|(_, blockage)| &blockage.demands)
            .filter_map(|demand| match demand {
                Demand::Limits { issue, .. } => Some(*issue),
                Demand::Rule(_) => None,
            })
            .collect();
        let silent = blocked.iter().flat_map(|issue| {
            let sides = bounds.issues[issue.place()].sides.iter();
            sides.filter(|side| side.tabled.is_empty()).map(|side| (side.actor, *issue))
        });
        BothMustMove {
            verdict,
            least_m,
            nothing_tabled: silent
                .map(|(side, issue)| ClauseOf {
                    actor: case.actors[side].id.to_string(),
                    issue: case.issues[issue].id.to_string(),
                })
                .collect(),
        }
    }

    fn open_in_words(&self, bounds: &Bounds) -> Vec<OpenInWords> {
        let case = self.words.record.case;
        let of = |issue: &admissible::IssueBounds, side: &Side, option: OptionPlace, words: &str| {
            let limits = side.limits.iter().filter(|limit| limit.option == option);
            OpenInWords {
                actor: case.actors[side.actor].id.to_string(),
                issue: case.issues[issue.issue].id.to_string(),
                option: self.option(issue.issue, option),
                condition: words.to_owned(),
                rows: limits.flat_map(|limit| &limit.rows).map(|row| case.positions[*row].id.to_string()).collect(),
            }
        };
        let sides = bounds.issues.iter().flat_map(|issue| issue.sides.iter().map(move |side| (issue, side)));
        sides
            .flat_map(|(issue, side)| side.in_words.iter().map(move |(option, words)| of(issue, side, *option, words)))
            .collect()
    }
}

fn to_f64(share: &Exact) -> f64 {
    share.to_f64().unwrap_or_default()
}
