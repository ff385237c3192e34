//! Two plans compared by the order of options alone: who gains, who loses, on which clauses.

use std::collections::BTreeMap;

use detente_case::actor::Actor;
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::package::Package;
use detente_case::{Day, Id, Record};
use schemars::JsonSchema;
use serde::Serialize;

use super::{PlanMatrix, Verdict};
use crate::stance;

/// What a change of clause is for one principal, by the order of options alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nearer to what it asks for, under every reading.
    Gains,
    /// No nearer and no farther.
    Same,
    /// Farther from what it asks for, under every reading.
    Loses,
    /// It depends on the reading, or on a spacing that the order does not give.
    Unclear,
    /// The principal asks for nothing on the issue.
    NotCompared,
}

/// The second of two plans against the first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Comparison {
    /// The first plan.
    pub from: String,
    /// The second plan.
    pub to: String,
    /// Ids of the issues on which both have a clause with an option.
    pub common: Vec<String>,
    /// Ids of the issues on which only the first has one.
    pub only_from: Vec<String>,
    /// Ids of the issues on which only the second has one.
    pub only_to: Vec<String>,
    /// What going from the first to the second is for each principal on each common issue.
    pub sides: Vec<SideOnIssue>,
    /// The id of the plan that dominates the other: on the common issues no principal loses by it and one gains.
    pub dominates: Option<String>,
    /// The cells of the matrix that are not the same in both.
    pub changed: Vec<Change>,
}

/// What going from one plan to another is for one principal on one issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SideOnIssue {
    /// Id of the issue.
    pub issue: String,
    /// Id of the principal.
    pub actor: String,
    /// What it is for the principal.
    pub outcome: Outcome,
}

/// A cell that is not the same in two plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// Id of the issue.
    pub issue: String,
    /// Id of the actor.
    pub actor: String,
    /// Ids of the options of the first plan.
    pub options_from: Vec<String>,
    /// Ids of the options of the second plan.
    pub options_to: Vec<String>,
    /// The verdicts that the options of the first plan get, each once.
    pub verdicts_from: Vec<Verdict>,
    /// The verdicts that those of the second plan get, each once.
    pub verdicts_to: Vec<Verdict>,
}

/// On which side of an issue a principal's own end lies, seen from what the others ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OwnSide {
    /// At the beginning of the order.
    Low,
    /// At its end.
    High,
    /// Not told by what is asked.
    Unknown,
}

/// What the principals ask for on each issue at a day.
pub(super) struct Sides<'c> {
    record: Record<'c>,
    principals: Vec<Id<Actor>>,
    positions: BTreeMap<(Id<Issue>, Id<Actor>), OptionSet>,
}

impl<'c> Sides<'c> {
    pub(super) fn at(record: Record<'c>, at: Day) -> Self {
        let case = record.case;
        let pairs = case.issues.ids().flat_map(|issue| case.principals.iter().map(move |actor| (issue, *actor)));
        let position = |(issue, actor)| Some(((issue, actor), stance::position(record, actor, issue, at)?.options));
        Sides { record, principals: case.principals.clone(), positions: pairs.filter_map(position).collect() }
    }

    /// The clauses of a plan that have an option, by issue.
    fn options(&self, package: &Package<'_>) -> BTreeMap<Id<Issue>, OptionSet> {
        let clauses = package.clauses.iter().map(|clause| &self.record.case.clauses[*clause]);
        clauses
            .filter(|clause| !clause.options.is_empty())
            .filter_map(|clause| Some((clause.subject.issue()?, clause.options)))
            .collect()
    }

    /// Whether two plans have an option on an issue that is the same.
    pub(super) fn have_in_common(&self, a: &Package<'_>, b: &Package<'_>) -> bool {
        let others = self.options(b);
        self.options(a).keys().any(|issue| others.contains_key(issue))
    }

    /// Whether one plan dominates another: on the issues on which both have an option no principal loses, and one gains.
    pub(super) fn dominates(&self, better: &Package<'_>, worse: &Package<'_>) -> bool {
        let (from, to) = (self.options(worse), self.options(better));
        let outcomes: Vec<Outcome> = from
            .iter()
            .filter_map(|(issue, from)| Some((*issue, *from, *to.get(issue)?)))
            .flat_map(|(issue, from, to)| {
                self.principals.iter().map(move |actor| self.outcome(issue, *actor, from, to))
            })
            .collect();
        let allowed = |outcome: &Outcome| matches!(outcome, Outcome::Gains | Outcome::Same | Outcome::NotCompared);
        outcomes.iter().all(allowed) && outcomes.contains(&Outcome::Gains)
    }

    pub(super) fn compare(
        &self,
        a: &Package<'_>,
        b: &Package<'_>,
        before: &PlanMatrix,
        after: &PlanMatrix,
    ) -> Comparison {
        let case = self.record.case;
        let (from, to) = (self.options(a), self.options(b));
        let name = |issue: &Id<Issue>| case.issues[*issue].id.to_string();
        let common: Vec<Id<Issue>> = from.keys().copied().filter(|issue| to.contains_key(issue)).collect();
        let sides = common.iter().flat_map(|issue| {
            let (from, to) = (&from, &to);
            self.principals.iter().filter_map(move |actor| {
                let outcome = self.outcome(*issue, *actor, *from.get(issue)?, *to.get(issue)?);
                Some(SideOnIssue { issue: name(issue), actor: case.actors[*actor].id.to_string(), outcome })
            })
        });
        let dominates = if self.dominates(b, a) {
            Some(b.id.to_owned())
        } else if self.dominates(a, b) {
            Some(a.id.to_owned())
        } else {
            None
        };
        Comparison {
            from: a.id.to_owned(),
            to: b.id.to_owned(),
            sides: sides.collect(),
            only_from: from.keys().filter(|issue| !to.contains_key(issue)).map(name).collect(),
            only_to: to.keys().filter(|issue| !from.contains_key(issue)).map(name).collect(),
            changed: changes(&common.iter().map(name).collect::<Vec<_>>(), before, after),
            common: common.iter().map(name).collect(),
            dominates,
        }
    }

    /// What going from some options to others is for a principal.
    fn outcome(&self, issue: Id<Issue>, actor: Id<Actor>, from: OptionSet, to: OptionSet) -> Outcome {
        let Some(own) = self.positions.get(&(issue, actor)).copied() else { return Outcome::NotCompared };
        let others = self
            .principals
            .iter()
            .filter(|other| **other != actor)
            .filter_map(|other| self.positions.get(&(issue, *other)))
            .fold(OptionSet::EMPTY, |all, position| all.union(*position));
        compare(own, own_side(own, others), from, to)
    }
}

fn own_side(own: OptionSet, others: OptionSet) -> OwnSide {
    let ends = |set: OptionSet| Some((set.lowest()?, set.highest()?));
    match (ends(own), ends(others)) {
        (Some((own_low, own_high)), Some((low, high))) if (own_low, own_high) != (low, high) => {
            if own_low <= low && own_high <= high {
                OwnSide::Low
            } else if own_low >= low && own_high >= high {
                OwnSide::High
            } else {
                OwnSide::Unknown
            }
        }
        _ => OwnSide::Unknown,
    }
}

/// Compares two sets of options for one that asks for `own`: under every reading of what is asked and of what each clause says.
fn compare(own: OptionSet, side: OwnSide, from: OptionSet, to: OptionSet) -> Outcome {
    let (mut some_gain, mut some_loss, mut unclear) = (false, false, false);
    for asked in own.iter() {
        for x in from.iter() {
            for y in to.iter() {
                match (no_worse(y, x, asked, side), no_worse(x, y, asked, side)) {
                    (true, true) => {}
                    (true, false) => some_gain = true,
                    (false, true) => some_loss = true,
                    (false, false) => unclear = true,
                }
            }
        }
    }
    match (some_gain, some_loss, unclear) {
        (false, false, false) => Outcome::Same,
        (true, false, false) => Outcome::Gains,
        (false, true, false) => Outcome::Loses,
        _ if from == to => Outcome::Same,
        _ => Outcome::Unclear,
    }
}

/// Whether `x` is at least as near as `y` to what is asked. Everything at or beyond it on the own side is as good as it.
fn no_worse(x: OptionPlace, y: OptionPlace, asked: OptionPlace, side: OwnSide) -> bool {
    match side {
        OwnSide::Low => x <= y || x <= asked,
        OwnSide::High => x >= y || x >= asked,
        OwnSide::Unknown => (y <= x && x <= asked) || (asked <= x && x <= y),
    }
}

/// The cells on common issues that are not the same in two matrices.
fn changes(common: &[String], before: &PlanMatrix, after: &PlanMatrix) -> Vec<Change> {
    type Cells = BTreeMap<(String, String), Vec<(String, Verdict)>>;
    let cells = |matrix: &PlanMatrix| {
        let mut cells = Cells::new();
        for cell in &matrix.cells {
            let key = (cell.issue.clone(), cell.actor.clone());
            cells.entry(key).or_default().push((cell.option.clone(), cell.verdict));
        }
        cells
    };
    let after_cells = cells(after);
    let before_cells = cells(before);
    let mut changes = Vec::new();
    for issue in common {
        let mut actors: Vec<&String> = Vec::new();
        for cell in before.cells.iter().filter(|cell| cell.issue == *issue) {
            if !actors.contains(&&cell.actor) {
                actors.push(&cell.actor);
            }
        }
        for actor in actors {
            let key = (issue.clone(), actor.clone());
            let (Some(from), Some(to)) = (before_cells.get(&key), after_cells.get(&key)) else { continue };
            let options = |cells: &[(String, Verdict)]| cells.iter().map(|(option, _)| option.clone()).collect();
            let verdicts = |cells: &[(String, Verdict)]| {
                let mut verdicts: Vec<Verdict> = cells.iter().map(|(_, verdict)| *verdict).collect();
                verdicts.sort_unstable();
                verdicts.dedup();
                verdicts
            };
            let (verdicts_from, verdicts_to) = (verdicts(from), verdicts(to));
            if verdicts_from != verdicts_to {
                changes.push(Change {
                    issue: issue.clone(),
                    actor: actor.clone(),
                    options_from: options(from),
                    options_to: options(to),
                    verdicts_from,
                    verdicts_to,
                });
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(options: &[u8]) -> OptionSet {
        options.iter().copied().map(OptionPlace).collect()
    }

    #[test]
    fn the_own_side_is_told_by_what_the_others_ask_for() {
        assert_eq!(own_side(set(&[0]), set(&[4])), OwnSide::Low);
        assert_eq!(own_side(set(&[3, 4]), set(&[1, 3])), OwnSide::High);
        assert_eq!(own_side(set(&[2]), set(&[1, 3])), OwnSide::Unknown);
        assert_eq!(own_side(set(&[2]), set(&[2])), OwnSide::Unknown);
        assert_eq!(own_side(set(&[2]), set(&[])), OwnSide::Unknown);
    }

    #[test]
    fn beyond_the_own_ask_all_options_are_as_good() {
        assert_eq!(compare(set(&[2]), OwnSide::Low, set(&[0]), set(&[2])), Outcome::Same);
        assert_eq!(compare(set(&[2]), OwnSide::Low, set(&[4]), set(&[3])), Outcome::Gains);
        assert_eq!(compare(set(&[2]), OwnSide::Low, set(&[1]), set(&[3])), Outcome::Loses);
        assert_eq!(compare(set(&[2]), OwnSide::High, set(&[1]), set(&[3])), Outcome::Gains);
    }

    #[test]
    fn where_the_order_does_not_tell_nothing_is_claimed() {
        assert_eq!(compare(set(&[2]), OwnSide::Unknown, set(&[1]), set(&[3])), Outcome::Unclear);
        assert_eq!(compare(set(&[2]), OwnSide::Unknown, set(&[4]), set(&[3])), Outcome::Gains);
        assert_eq!(compare(set(&[1]), OwnSide::Low, set(&[2, 4]), set(&[3])), Outcome::Unclear);
        assert_eq!(compare(set(&[1]), OwnSide::Low, set(&[2, 4]), set(&[2, 4])), Outcome::Same);
    }
}
