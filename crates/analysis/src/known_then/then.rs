//! What could be said on the last day of a quarter.

use std::collections::BTreeSet;

use detente_case::indicator::{Evidence, IndicatorKind};
use detente_case::issue::{Issue, Track};
use detente_case::{Day, Id, Month, Record, export};
use schemars::JsonSchema;
use serde::Serialize;

use crate::blocks::{self, BothVerdict, Lines, Words};
use crate::contact;
use crate::coverage::Quarter;
use crate::gap;
use crate::history;
use crate::movement::{self, Movement};
use crate::phase::{self, MonthPhase, Phase};
use crate::ripeness::days;

/// The key figures of a quarter, as known on its last day.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Then {
    /// The day.
    pub day: String,
    /// Digest of the rows that were known.
    pub case_digest: String,
    /// Phase of the political track in its last month.
    pub phase: Phase,
    /// Issues on which every principal had a position.
    pub comparable: usize,
    /// Issues on which it could be tested whether limits exclude every option.
    pub tested: usize,
    /// All issues with a scale.
    pub issues: usize,
    /// Whether declared limits excluded every package.
    pub blocked: bool,
    /// Ids of the issues in conflict sets, in the order of the case.
    pub blocked_issues: Vec<String>,
    /// The group with the greatest share in the blockage; none if nothing blocked or the group is not named.
    pub first_group: Option<String>,
    /// The least number of steps that would have unblocked, all principals together; none if nothing blocked or no steps would have.
    pub steps: Option<u32>,
    /// Whether both had to move.
    pub both_must_move: BothVerdict,
    /// Sum of the least steps between the positions, on the issues that could be compared.
    pub gap_min: u32,
    /// Sum of the greatest.
    pub gap_max: u32,
    /// Whole months since the last direct political talks; none if there had been none.
    pub months_since_talks: Option<i32>,
    /// Value of the front line.
    pub front: Option<f64>,
}

/// Everything that a record shows of the quarters that ended by a day.
pub(super) struct Seen<'c> {
    pub(super) record: Record<'c>,
    pub(super) at: Day,
    pub(super) quarters: &'c [Quarter],
    pub(super) movements: Vec<Movement>,
    pub(super) phases: Vec<(Month, MonthPhase)>,
    pub(super) front: Option<&'c str>,
    /// The issues on which limits excluded every option, at the end of each quarter.
    pub(super) blocked: Vec<BTreeSet<Id<Issue>>>,
}

impl<'c> Seen<'c> {
    pub(super) fn new(record: Record<'c>, at: Day, quarters: &'c [Quarter]) -> Self {
        let movements = movement::movements(record, at);
        let rules = history::rules(record.case);
        let phases = phase::phases(record, Track::Political, history::start(record), at, &movements, rules);
        let lines = Lines::new(record);
        let blocked = |quarter: &Quarter| {
            let words = Words::new(&lines, quarter.last_day());
            blocks::blocked_issues(&words, &blocks::case_rules(record, quarter.last_day()))
        };
        let front = front_series(record);
        Seen { record, at, quarters, phases, front, blocked: quarters.iter().map(blocked).collect(), movements }
    }

    /// The phase of the last month of a quarter, as seen from here.
    pub(super) fn phase(&self, quarter: Quarter) -> Phase {
        let month = Month::of(quarter.last_day());
        self.phases.iter().find(|(other, _)| *other == month).map_or(Phase::NotStarted, |(_, phase)| phase.phase)
    }

    /// The value of the front line at the end of a quarter: the latest of the quarter.
    pub(super) fn front(&self, quarter: Quarter) -> Option<f64> {
        let name = self.front?;
        let day = quarter.last_day();
        let values = self.record.factors().map(|(_, value)| value).filter(|value| *value.name == *name);
        let within = values.filter(|value| value.date.last() <= day && Quarter::of(value.date.last()) == quarter);
        within.max_by_key(|value| value.date).map(|value| value.value)
    }
}

/// The first front line that the case names a series for, of those that the record knows.
fn front_series(record: Record<'_>) -> Option<&str> {
    let fronts = record.case.indicators.iter().filter(|row| row.kind == IndicatorKind::FrontLine);
    fronts.filter(|row| record.knows_indicator(row)).find_map(|row| match &row.evidence {
        Evidence::Series(name) => Some(&**name),
        Evidence::Rows { .. } => None,
    })
}

/// The key figures of the last quarter that is seen.
pub(super) fn then(seen: &Seen<'_>) -> Then {
    let (record, at) = (seen.record, seen.at);
    let case = record.case;
    let now = blocks::at(&Lines::new(record), at);
    let first = now.limits.first();
    let comparable = gap::comparable(record, at);
    let gaps = || comparable.values().filter_map(|sets| gap::among(sets));
    let quarter = Quarter::of(at);
    Then {
        day: at.to_string(),
        case_digest: export::digest(record),
        phase: seen.phase(quarter),
        comparable: comparable.len(),
        tested: now.coverage.tested,
        issues: now.coverage.issues,
        blocked: first.is_some_and(|reading| reading.blocked),
        blocked_issues: seen
            .blocked
            .last()
            .into_iter()
            .flatten()
            .map(|issue| case.issues[*issue].id.to_string())
            .collect(),
        first_group: first
            .and_then(|reading| reading.groups.first())
            .map(|group| group.group.clone())
            .filter(|group| !group.is_empty()),
        steps: first.and_then(|reading| reading.joint.iter().map(|joint| joint.steps.iter().sum()).min()),
        both_must_move: first.map_or(BothVerdict::NotBlocked, |reading| reading.both_must_move.verdict),
        gap_min: gaps().map(|gap| gap.steps_min).sum(),
        gap_max: gaps().map(|gap| gap.steps_max).sum(),
        months_since_talks: last_talks(seen).map(|day| detente_case::when::whole_months(day, at)),
        front: seen.front(quarter),
    }
}

/// The last day of the latest direct political talks that had begun.
fn last_talks(seen: &Seen<'_>) -> Option<Day> {
    let case = seen.record.case;
    let level = case.settings.methods.talks_level;
    let talks = seen.record.events().map(|(_, event)| event).filter(|event| {
        event.date.first() <= seen.at
            && contact::is_direct(case, event)
            && event.level >= level
            && event.on_track(Track::Political, &case.topics)
    });
    talks.map(|event| event.last_day().min(seen.at)).filter(|day| days(*day, seen.at) >= 0).max()
}
