//! Since when and until when an option stands for an actor.

use std::cmp::Ordering;

use detente_case::issue::OptionPlace;
use detente_case::position::Position;
use detente_case::{Day, Id, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::stance;

/// How an option ended for an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The actor ruled it out, in words or by law.
    RuledOut,
    /// The actor asked for something else.
    AskedForElse,
    /// The text ended by its own terms, or a later row superseded it.
    Lapsed,
}

/// The end of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// The first day on which it no longer stood.
    pub(super) day: Day,
    /// How it ended.
    pub(super) how: How,
    /// The rows by which it ended; those that lapsed, where nothing else ended them.
    pub(super) rows: Vec<Id<Position>>,
}

/// A time during which an option stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Period {
    /// First day.
    pub(super) from: Day,
    /// Its end, if it has one.
    pub(super) end: Option<End>,
}

/// The times during which an option stood for an actor.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    /// The rows that put it, in order.
    pub(super) rows: Vec<Id<Position>>,
    /// The periods, apart from each other and in order.
    pub(super) periods: Vec<Period>,
}

impl Standing {
    /// Whether it stands at the day asked about.
    pub(super) fn stands(&self) -> bool {
        self.periods.last().is_some_and(|period| period.end.is_none())
    }

    /// The last end, if it does not stand.
    pub(super) fn end(&self) -> Option<&End> {
        self.periods.last()?.end.as_ref()
    }
}

/// When an option stood for the actor of a line, up to a day.
pub(super) fn of(record: Record<'_>, line: &[(Id<Position>, &Position)], option: OptionPlace, at: Day) -> Standing {
    let line: Vec<(Id<Position>, &Position)> =
        line.iter().copied().filter(|(_, row)| row.valid_from.first() <= at).collect();
    let mut rows = Vec::new();
    let mut periods: Vec<Period> = Vec::new();
    for (id, row) in &line {
        if !row.is_own_ask() || !row.ask.is_some_and(|ask| ask.tabled().contains(option)) {
            continue;
        }
        rows.push(*id);
        let end = end_of(record, &line, *id, row, option, at);
        periods.push(Period { from: row.valid_from.first(), end });
    }
    periods.sort_by_key(|period| period.from);
    Standing { rows, periods: merged(periods) }
}

/// The first thing that ended the option of one row.
fn end_of(
    record: Record<'_>,
    line: &[(Id<Position>, &Position)],
    id: Id<Position>,
    row: &Position,
    option: OptionPlace,
    at: Day,
) -> Option<End> {
    let case = record.case;
    let methods = &case.settings.methods;
    let later = |other: &Position| other.valid_from.first() > row.valid_from.last();
    let ruled_out = line
        .iter()
        .filter(|(_, other)| later(other) && other.rules_out.contains(option))
        .map(|(by, other)| End { day: other.valid_from.first(), how: How::RuledOut, rows: vec![*by] });
    let moved = line.iter().filter(|(_, other)| {
        let asks = other.ask.is_some_and(|ask| !ask.position().union(ask.tabled()).contains(option));
        asks && later(other)
            && stance::sets_position(other, case)
            && stance::tier(other, methods) <= stance::tier(row, methods)
    });
    let moved = moved.map(|(by, other)| End { day: other.valid_from.first(), how: How::AskedForElse, rows: vec![*by] });
    // A row may be ended by one of an earlier date; then it stood on no day.
    let superseded = record.superseded_by(id).map(|(by, other)| End {
        day: other.valid_from.last().max(row.valid_from.first()),
        how: How::Lapsed,
        rows: vec![by],
    });
    let lapsed = row.valid_to.map(|end| End { day: end.last(), how: How::Lapsed, rows: vec![id] });
    let ends = ruled_out.chain(moved).chain(superseded).chain(lapsed).filter(|end| end.day <= at);
    let mut ends: Vec<End> = ends.collect();
    ends.sort_by_key(|end| (end.day, end.how));
    let first = ends.first()?.clone();
    // Several rows of one day that end it alike are named together.
    let alike = ends.iter().filter(|end| end.day == first.day && end.how == first.how);
    let mut rows: Vec<Id<Position>> = alike.flat_map(|end| end.rows.iter().copied()).collect();
    rows.sort_unstable();
    rows.dedup();
    Some(End { rows, ..first })
}

/// Periods that touch or overlap as one; they are sorted by their beginning.
fn merged(periods: Vec<Period>) -> Vec<Period> {
    let mut merged: Vec<Period> = Vec::new();
    for period in periods {
        match merged.last_mut() {
            Some(last) if last.end.as_ref().is_none_or(|end| end.day >= period.from) => {
                last.end = last.end.take().zip(period.end).map(|(a, b)| later_end(a, b));
            }
            _ => merged.push(period),
        }
    }
    merged
}

/// The later of two ends; of two ends of one day both, if they are of one kind.
fn later_end(mut a: End, b: End) -> End {
    match (a.day, b.how).cmp(&(b.day, a.how)) {
        Ordering::Less => b,
        Ordering::Greater => a,
        Ordering::Equal => {
            a.rows.extend(b.rows);
            a.rows.sort_unstable();
            a.rows.dedup();
            a
        }
    }
}

/// A time during which an option stood for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Together {
    /// First day.
    pub(super) from: Day,
    /// The first day on which it no longer did, if that has come.
    pub(super) end: Option<Day>,
}

/// The times during which an option stood for all of several actors, in order.
pub(super) fn together(all: &[&Standing]) -> Vec<Together> {
    let spans = |standing: &Standing| -> Vec<Together> {
        standing
            .periods
            .iter()
            .map(|period| Together { from: period.from, end: period.end.as_ref().map(|end| end.day) })
            .collect()
    };
    let both = |a: Vec<Together>, b: Vec<Together>| {
        let mut common = Vec::new();
        for x in &a {
            for y in &b {
                let from = x.from.max(y.from);
                let end = match (x.end, y.end) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (one, other) => one.or(other),
                };
                if end.is_none_or(|end| from < end) {
                    common.push(Together { from, end });
                }
            }
        }
        common
    };
    all.iter().map(|standing| spans(standing)).reduce(both).unwrap_or_default()
}
