//! What if: small answers for whoever tries something out, on a case that is otherwise as it is.
//!
//! 1. [`without_limits`] is the case as it would be if some statements ruled nothing out, [`with_moves`] if principals moved some steps, and
//!    [`what_if`] tells what would block then.
//! 2. [`zone_if`] tells whether there is a zone of agreement with what no agreement is worth set by hand.

mod moves;

use std::collections::BTreeSet;

use detente_case::actor::Actor;
use detente_case::input::alternative::{Alternative, AlternativeOf};
use detente_case::issue::OptionSet;
use detente_case::range::{Decimal, Range};
use detente_case::{Case, Id, Moment, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::Settings;
use crate::agreement::why_not;
use crate::blocks::{self, Lines, Reading, Words};
use crate::ensemble::Budget;
use crate::progress::Progress;
use crate::room::{Effort, Stairs, ValuesError, share_of};
use crate::view::{LimitsUse, OneSided, View};
use crate::zone::{self, Zone};

pub use moves::{Move, Mover, Opens, with_moves};

/// The case as it would be if these statements ruled nothing out.
#[must_use]
pub fn without_limits(case: &Case, rows: &[&str]) -> Case {
    let rows: BTreeSet<&str> = rows.iter().copied().collect();
    let mut case = case.clone();
    lift(&mut case, &rows);
    case
}

/// Takes the limits of these statements out of a case.
pub(crate) fn lift(case: &mut Case, rows: &BTreeSet<&str>) {
    for row in case.positions.iter_mut().filter(|row| rows.contains(&*row.id)) {
        row.rules_out = OptionSet::default();
    }
}

/// What would block without some limits or after some steps, beside what blocks as things are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WhatIf {
    /// Without the limits, and after the steps.
    #[serde(flatten)]
    pub then: Blockage,
    /// As things are.
    pub today: Blockage,
    /// The steps that principals could make on the issues that block as things are.
    pub movers: Vec<Mover>,
}

/// What blocks, in the first reading of limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Blockage {
    /// Whether declared limits exclude every package.
    pub blocked: bool,
    /// Issues on which every principal has a position or a limit.
    pub tested: usize,
    /// All issues with a scale.
    pub issues: usize,
    /// The issues, or rules, with a share in the blockage, the greatest share first.
    pub blocking: Vec<Blocking>,
    /// The least number of steps of all principals together that would unblock; none if nothing blocks or no steps do.
    pub steps: Option<u32>,
}

/// An issue, or a rule, with a share in a blockage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Blocking {
    /// Its id.
    pub issue: String,
    /// Its title; of a rule, its text.
    pub title: String,
}

/// What would block if some statements ruled nothing out and principals had moved some steps from what is left open then.
///
/// Cost: what blocks in the first reading of limits, twice.
#[must_use]
pub fn what_if(case: &Case, moment: Moment, lifted: &[&str], moves: &[Move]) -> WhatIf {
    let today = blockage(case, moment);
    let movers = moves::movers(case, moment, |issue| today.blocking.iter().any(|of| *of.issue == *issue.id));
    let then = with_moves(&without_limits(case, lifted), moment, moves);
    WhatIf { then: blockage(&then, moment), today, movers }
}

fn blockage(case: &Case, moment: Moment) -> Blockage {
    let now = blocks::in_first_reading(&Lines::new(Record::known_by(case, moment.known)), moment.at);
    let first = now.limits.first();
    let title = |id: &str| {
        let issue = case.issues.iter().find(|issue| *issue.id == *id).map(|issue| &issue.title);
        let rule = || case.constraints.iter().find(|rule| *rule.id == *id).map(|rule| &rule.text);
        issue.or_else(rule).map_or(id, |title| title.as_ref()).to_owned()
    };
    let sticking = first.map(|now| now.sticking.as_slice()).unwrap_or_default();
    let shares = sticking.iter().filter(|point| point.share.is_some_and(|share| share > 0.0));
    Blockage {
        blocked: first.is_some_and(|now| now.blocked),
        tested: now.coverage.tested,
        issues: now.coverage.issues,
        blocking: shares.map(|point| Blocking { issue: point.issue.clone(), title: title(&point.issue) }).collect(),
        steps: first.and_then(|now| now.joint.iter().map(|joint| joint.steps.iter().sum()).min()),
    }
}

/// A principal and what no agreement is worth to it, as somebody sets it.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// The principal.
    pub actor: Id<Actor>,
    /// From 0, the worst package, to 1, the best.
    pub value: Decimal,
}

/// Whether there is a zone of agreement, with thresholds as somebody sets them.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ZoneIf {
    /// By how much all thresholds can rise together above the equal share of the benchmark, at the best values; it does not depend on the thresholds. None
    /// without packages.
    pub room: Option<f64>,
    /// Whether `room` is with limits kept, or lifted because they exclude every package.
    pub room_limits: Option<LimitsUse>,
    /// The zone; none where nothing is set or stated for any principal.
    pub zone: Option<Zone>,
    /// Why words do not become numbers here.
    pub no_values: Option<String>,
    /// The threshold of each principal.
    pub thresholds: Vec<ThresholdNow>,
    /// Number of draws.
    pub draws: u32,
}

/// The threshold of a principal.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ThresholdNow {
    /// Id of the principal.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// The least that the case states; 0 where it states nothing.
    pub low: f64,
    /// The most that the case states; 1 where it states nothing.
    pub high: f64,
    /// What is used: what is set, else the best value that the case states; none where anything from 0 to 1 is drawn.
    pub value: Option<f64>,
    /// Whether the case states it.
    pub stated: bool,
}

/// The zone of agreement at a moment with some thresholds set.
///
/// # Errors
/// [`ValuesError::Stopped`] if `progress` says so. Where words do not become numbers, the answer says why.
pub fn zone_if(
    case: &Case,
    moment: Moment,
    settings: Settings,
    set: &[Threshold],
    progress: &mut Progress<'_>,
) -> Result<ZoneIf, ValuesError> {
    let stated = Record::known_by(case, moment.known).alternatives(moment.at);
    let thresholds = case.principals.iter().map(|actor| {
        let row = stated.iter().find(|(_, row)| row.about.actor == *actor).map(|(_, row)| &row.range);
        let by_hand = set.iter().find(|threshold| threshold.actor == *actor).map(|threshold| threshold.value.value());
        ThresholdNow {
            actor: case.actors[*actor].id.to_string(),
            name: case.actors[*actor].name.to_string(),
            low: row.map_or(0.0, |range| range.low().value()),
            high: row.map_or(1.0, |range| range.high().value()),
            value: by_hand.or_else(|| row.map(|range| range.best().value())),
            stated: row.is_some(),
        }
    });
    let mut told = ZoneIf {
        room: None,
        room_limits: None,
        zone: None,
        no_values: None,
        thresholds: thresholds.collect(),
        draws: settings.draws,
    };
    let case = with_thresholds(case, set);
    match numbers(&case, moment, settings, progress, &mut told) {
        Err(ValuesError::Stopped) => return Err(ValuesError::Stopped),
        Err(error) => told.no_values = Some(why_not(&error)),
        Ok(()) => {}
    }
    Ok(told)
}

fn numbers(
    case: &Case,
    moment: Moment,
    settings: Settings,
    progress: &mut Progress<'_>,
    told: &mut ZoneIf,
) -> Result<(), ValuesError> {
    let record = Record::known_by(case, moment.known);
    let lines = Lines::new(record);
    let words = Words::new(&lines, moment.at);
    let rules = blocks::case_rules(record, moment.at);
    let view = View::new(&words, &words.bounds(Reading::FIRST), &rules, OneSided::LeftOut)?;
    let ways = view.ways();
    let stairs = Stairs::new(&view, &view.inputs().best(), &ways)?;
    let way = (0..ways.len().min(2)).find(|way| stairs.room(*way).is_some());
    told.room = way.and_then(|way| stairs.room(way)).map(share_of);
    told.room_limits = way.map(|way| ways[way].limits);
    let effort = Effort {
        seed: settings.seed,
        budget: Budget { draws: settings.draws, time: None },
        alone: 0,
        points: 0,
        turns: false,
    };
    told.zone = zone::zone(&words, &view, effort, progress)?.map(|(zone, _)| zone);
    Ok(())
}

/// The case with these thresholds in place of what it states of the same actors.
fn with_thresholds(case: &Case, set: &[Threshold]) -> Case {
    let mut case = case.clone();
    let kept = case.alternatives.iter().filter(|row| set.iter().all(|threshold| threshold.actor != row.about.actor));
    let by_hand = set.iter().filter_map(|threshold| {
        let value = || threshold.value.clone();
        Some(Alternative {
            id: "".into(),
            about: AlternativeOf { actor: threshold.actor },
            range: Range::new(value(), value(), value())?,
            confidence: None,
            valid_from: None,
            known_from: None,
            basis: "".into(),
            source: None,
            reason: "Set by hand.".into(),
            verified: false,
            marking: None,
            extra: Vec::new(),
        })
    });
    case.alternatives = kept.cloned().chain(by_hand).collect();
    case
}
