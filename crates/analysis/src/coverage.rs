//! What the record holds of whom, on what, when (layer A): the coverage grid.

use detente_case::actor::Actor;
use detente_case::issue::Issue;
use detente_case::position::Subject;
use detente_case::{Day, Id, Moment, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{history, stance};

/// Quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Quarter {
    /// Year.
    pub year: i16,
    /// 1 to 4.
    pub quarter: i8,
}

impl Quarter {
    /// The quarter in which a day lies.
    #[must_use]
    pub fn of(day: Day) -> Self {
        Quarter { year: day.year(), quarter: (day.month() - 1) / 3 + 1 }
    }

    /// The quarter after; the last representable quarter is its own successor.
    #[must_use]
    pub fn next(self) -> Self {
        if self.quarter < 4 {
            Quarter { quarter: self.quarter + 1, ..self }
        } else {
            match self.year.checked_add(1).filter(|year| *year <= 9999) {
                Some(year) => Quarter { year, quarter: 1 },
                None => self,
            }
        }
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(self) -> Day {
        jiff::civil::date(self.year, self.quarter * 3, 1).last_of_month()
    }
}

/// What there is in one cell of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Cell {
    /// Statements made in the quarter, documents counted once.
    pub statements: usize,
    /// Whether a position or limit stands at the end of the quarter.
    pub in_force: bool,
}

/// The grid: issues by principals by quarters.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Grid {
    /// The quarters.
    pub quarters: Vec<Quarter>,
    /// One row for each principal and issue, issues in the order of the case.
    pub rows: Vec<GridRow>,
}

/// One row of the grid.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GridRow {
    /// Issue id.
    pub issue: String,
    /// Actor id.
    pub actor: String,
    /// One cell a quarter.
    pub cells: Vec<Cell>,
}

/// The coverage grid of the principals up to a moment.
#[must_use]
pub fn grid(record: Record<'_>, moment: Moment) -> Grid {
    let case = record.case;
    let mut quarters = vec![Quarter::of(history::start(record).first())];
    let last = Quarter::of(moment.at);
    while quarters.last().is_some_and(|quarter| *quarter < last) {
        quarters.extend(quarters.last().map(|quarter| quarter.next()));
    }
    let rows = case
        .issues
        .ids()
        .flat_map(|issue| case.principals.iter().map(move |actor| (issue, *actor)))
        .map(|(issue, actor)| GridRow {
            issue: case.issues[issue].id.to_string(),
            actor: case.actors[actor].id.to_string(),
            cells: quarters.iter().map(|quarter| cell(record, actor, issue, *quarter, moment.at)).collect(),
        })
        .collect();
    Grid { quarters, rows }
}

fn cell(record: Record<'_>, actor: Id<Actor>, issue: Id<Issue>, quarter: Quarter, until: Day) -> Cell {
    let mut documents: Vec<&str> = record
        .line(actor, Subject::Issue(issue))
        .filter(|(_, row)| Quarter::of(row.valid_from.first()) == quarter && row.valid_from.first() <= until)
        .map(|(_, row)| &*row.document)
        .collect();
    documents.sort_unstable();
    documents.dedup();
    let at = quarter.last_day().min(until);
    let stance = stance::stance(record, actor, issue, at);
    Cell { statements: documents.len(), in_force: stance.position.is_some() || !stance.limits.is_empty() }
}
