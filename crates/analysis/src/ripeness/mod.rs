//! Ripeness: separate indicators, each with its rows, dates and sources (layer A). See `docs/methods/ripeness.md`.
//!
//! Zartman (1985, 2000) calls a conflict ripe when both sides feel a stalemate that hurts and see a way out, and somebody can speak for
//! each. That is about what people feel, and near to saying the same thing twice: so nothing here is added up, nothing is a score and nothing
//! a probability. What no row speaks to is unknown, never filled. The two ticks of a *hurting stalemate*, `stalled` and *costly*, stand
//! side by side and are not joined.

mod series;
mod stalled;

use detente_case::actor::Actor;
use detente_case::indicator::{Evidence, Indicator, IndicatorKind};
use detente_case::source::Source;
use detente_case::{Case, Day, Holds, Id, Moment, Record, When};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::blocks::{self, Lines};

pub use series::{Change, Pace, Reading, SeriesNow, ValueNow};
pub use stalled::{Otherwise, Stalled, Tick};

/// Months without movement of the line of contact from which it counts as stalled, if nobody says otherwise.
pub const STALLED_MONTHS: u32 = 6;

/// The indicators of a case at a moment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Ripeness {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// Ids of the principals.
    pub principals: Vec<String>,
    /// First tick of a hurting stalemate: whether the line of contact stands still, by each series that can say so.
    pub stalled: Vec<Stalled>,
    /// Second tick, one a principal: whether going on has become dearer.
    pub costly: Vec<Costly>,
    /// Every indicator, also those of which nothing is known.
    pub indicators: Vec<IndicatorNow>,
    /// Whether declared limits leave an agreement, by the order of options alone; none with fewer than two principals.
    pub way_out: Option<WayOut>,
    /// Where the result comes from.
    pub about: About,
}

/// One indicator.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct IndicatorNow {
    /// Which.
    pub indicator: IndicatorKind,
    /// What it is read from: series.
    pub series: Vec<SeriesNow>,
    /// What it is read from: rows.
    pub rows: Vec<RowsNow>,
    /// Ids of the principals of whom nothing is known.
    pub unknown: Vec<String>,
}

/// Rows that speak to an indicator.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RowsNow {
    /// Id of the actor that they are about; none for all.
    pub actor: Option<String>,
    /// Why they speak to it.
    pub reason: String,
    /// The rows, the latest first.
    pub rows: Vec<RowNow>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RowNow {
    /// Its id.
    pub id: String,
    /// Its date.
    pub date: When,
    /// Ids of the actors in it: who said it, who took part, or from whom to whom.
    pub who: Vec<String>,
    /// What it says.
    pub text: String,
    /// Whether it stands at the moment; none for events, and where a partial date leaves it open.
    pub stands: Option<bool>,
    /// Its grade, if it has one.
    pub grade: Option<String>,
    /// Whether its core was read in the source.
    pub verified: bool,
    /// Id of its source.
    pub source: Option<String>,
    /// Days from the day of the row to the moment.
    pub age_days: i32,
}

/// Whether going on has become dearer for a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Costly {
    /// Id of the principal.
    pub actor: String,
    /// The tick.
    pub verdict: Tick,
    /// Names of the series that it was read from.
    pub series: Vec<String>,
}

/// Whether declared limits leave an agreement (layer B).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WayOut {
    /// The layer: this part follows from the order of options, not from the words alone.
    pub layer: Layer,
    /// Issues on which every principal has a position or a limit.
    pub tested: usize,
    /// All issues with a scale.
    pub issues: usize,
    /// Whether declared limits exclude every package.
    pub blocked: bool,
    /// The number of smallest sets of limits that cannot all hold.
    pub conflict_sets: usize,
    /// Ids of the issues in them.
    pub blocked_issues: Vec<String>,
    /// Ids of the rows behind them.
    pub rows: Vec<String>,
    /// Whether the case states what every principal has without an agreement. Without that, nobody can say whether an offer is better than
    /// none for both.
    pub alternatives_stated: bool,
}

/// The indicators at a moment. `months` is how long the line of contact must have stood still to count as stalled.
///
/// Cost: linear in the rows for each line of `indicators.csv`, and what blocks on one day.
#[must_use]
pub fn ripeness(case: &Case, moment: Moment, months: u32, settings: Settings) -> Ripeness {
    let record = Record::known_by(case, moment.known);
    let indicators: Vec<IndicatorNow> =
        IndicatorKind::WORDS.iter().map(|(_, kind)| indicator(record, moment.at, *kind)).collect();
    let of = |kind| indicators.iter().filter(move |now: &&IndicatorNow| now.indicator == kind);
    let fronts = of(IndicatorKind::FrontLine).flat_map(|now| &now.series);
    let stalled = fronts.filter_map(|series| stalled::stalled(series, months, moment.at)).collect();
    let costs: Vec<&SeriesNow> = of(IndicatorKind::Cost).flat_map(|now| &now.series).collect();
    let principals: Vec<String> = case.principals.iter().map(|id| case.actors[*id].id.to_string()).collect();
    Ripeness {
        moment: moment.into(),
        stalled,
        costly: principals.iter().map(|actor| costly(actor, &costs)).collect(),
        way_out: way_out(record, moment.at),
        indicators,
        principals,
        about: About::new(Layer::A, "ripeness", true, record, settings),
    }
}

fn indicator(record: Record<'_>, at: Day, kind: IndicatorKind) -> IndicatorNow {
    let case = record.case;
    let mut now = IndicatorNow { indicator: kind, series: Vec::new(), rows: Vec::new(), unknown: Vec::new() };
    let mut known: Vec<Option<Id<Actor>>> = Vec::new();
    for entry in case.indicators.iter().filter(|entry| entry.kind == kind) {
        let found = match &entry.evidence {
            Evidence::Series(name) => {
                let series = series::series(record, entry, name, at);
                let found = series.is_some();
                now.series.extend(series);
                found
            }
            Evidence::Rows { .. } => {
                let rows = rows(record, entry, at);
                let found = rows.is_some();
                now.rows.extend(rows);
                found
            }
        };
        if found {
            known.push(entry.actor);
        }
    }
    // A line of contact, a way out and a deadline are of the whole conflict, whoever gains by them; the rest is of a party.
    let of_all = matches!(kind, IndicatorKind::FrontLine | IndicatorKind::WayOut | IndicatorKind::Deadline);
    let is_known =
        |actor: Id<Actor>| (of_all && !known.is_empty()) || known.contains(&None) || known.contains(&Some(actor));
    let by_order_alone = kind == IndicatorKind::WayOut && case.principals.len() > 1 && !case.issues.is_empty();
    let unknown = case.principals.iter().filter(|actor| !by_order_alone && !is_known(**actor));
    now.unknown = unknown.map(|actor| case.actors[*actor].id.to_string()).collect();
    now
}

/// The rows of an entry that are known and dated by a day, the latest first; none if there are none.
fn rows(record: Record<'_>, entry: &Indicator, at: Day) -> Option<RowsNow> {
    let case = record.case;
    let Evidence::Rows { positions, events, relations } = record.known_evidence(&entry.evidence) else { return None };
    let mut rows: Vec<RowNow> = Vec::new();
    let actor = |id: Id<Actor>| case.actors[id].id.to_string();
    let source = |id: Option<Id<Source>>| id.map(|id| case.sources[id].id.to_string());
    for id in positions {
        let row = &case.positions[id];
        let stands = match record.in_force(id, at) {
            Holds::Yes => Some(true),
            Holds::No => Some(false),
            Holds::Possibly => None,
        };
        rows.push(RowNow {
            id: row.id.to_string(),
            date: row.valid_from,
            who: vec![actor(row.actor)],
            text: row.statement.to_string(),
            stands,
            grade: row.grade.map(|grade| grade.to_string()),
            verified: row.verified,
            source: source(row.source),
            age_days: days(row.valid_from.first(), at),
        });
    }
    for id in events {
        let row = &case.events[id];
        rows.push(RowNow {
            id: row.id.to_string(),
            date: row.date,
            who: row.parties.iter().copied().map(actor).collect(),
            text: row.title.to_string(),
            stands: None,
            grade: None,
            verified: row.verified,
            source: source(row.source),
            age_days: days(row.date.first(), at),
        });
    }
    for id in relations {
        let row = &case.relations[id];
        rows.push(RowNow {
            id: row.id.to_string(),
            date: row.valid_from,
            who: vec![actor(row.from), actor(row.to)],
            text: format!("{}: {}", row.kind.word(), row.basis),
            stands: Some(record.end_of(row).is_none_or(|end| end.last() >= at)),
            grade: None,
            verified: row.verified,
            source: source(row.source),
            age_days: days(row.valid_from.first(), at),
        });
    }
    rows.retain(|row| row.date.first() <= at);
    rows.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| detente_case::natural_order(&a.id, &b.id)));
    let actor = entry.actor.map(actor);
    (!rows.is_empty()).then(|| RowsNow { actor, reason: entry.reason.to_string(), rows })
}

/// Whether every cost of a party that can be read has risen over a year, or over three months where a year cannot be seen.
fn costly(actor: &str, costs: &[&SeriesNow]) -> Costly {
    let own = costs.iter().filter(|series| series.actor.as_deref().is_none_or(|of| of == actor));
    let read: Vec<(&str, Reading)> =
        own.filter_map(|now| Some((now.series.as_str(), now.longest_reading()?))).collect();
    let rose = read.iter().filter(|(_, reading)| *reading == Reading::More).count();
    let verdict = match rose {
        _ if read.is_empty() => Tick::Unknown,
        0 => Tick::No,
        rose if rose == read.len() => Tick::Yes,
        _ => Tick::Mixed,
    };
    Costly { actor: actor.to_owned(), verdict, series: read.iter().map(|(name, _)| (*name).to_owned()).collect() }
}

fn way_out(record: Record<'_>, at: Day) -> Option<WayOut> {
    let case = record.case;
    if case.principals.len() < 2 || case.issues.is_empty() {
        return None;
    }
    let now = blocks::at(&Lines::new(record), at);
    let first = now.limits.first()?;
    let demands = || first.conflict_sets.iter().flatten();
    let mut blocked_issues: Vec<String> = Vec::new();
    for issue in demands().filter_map(|demand| demand.issue.as_ref()) {
        if !blocked_issues.contains(issue) {
            blocked_issues.push(issue.clone());
        }
    }
    let mut rows: Vec<String> = demands().flat_map(|demand| demand.rows.iter().cloned()).collect();
    rows.sort_by(|a, b| detente_case::natural_order(a, b));
    rows.dedup();
    let stated = record.alternatives(at);
    Some(WayOut {
        layer: Layer::B,
        tested: now.coverage.tested,
        issues: now.coverage.issues,
        blocked: first.blocked,
        conflict_sets: first.conflict_sets.len(),
        blocked_issues,
        rows,
        alternatives_stated: case
            .principals
            .iter()
            .all(|actor| stated.iter().any(|(_, row)| row.about.actor == *actor)),
    })
}

/// Days from one day to a later one.
pub(crate) fn days(earlier: Day, later: Day) -> i32 {
    earlier.until(later).map(|span| span.get_days()).unwrap_or_default()
}
