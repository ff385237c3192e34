//! `indicators.csv`: which series and rows of the case speak to which indicator of ripeness.
//!
//! The values stay where they are, in `factors.csv`, `events.csv`, `relations.csv` and `positions.csv`, with their dates and sources. A row
//! here only says what they are looked at for, of whom, and what a rise means. Nothing is added up, and what no row speaks to is unknown.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::Record;
use crate::actor::{Actor, Extra, extra};
use crate::cell;
use crate::diagnostic::{Code, Findings};
use crate::event::Event;
use crate::ids::{Id, List};
use crate::load::Loading;
use crate::marking::Marking;
use crate::position::Position;
use crate::relation::Relation;
use crate::table::{self, Row, Table, table_format};
use crate::text::nearest;
use crate::words::word_enum;

table_format! {
    /// Columns of `indicators.csv`.
    IndicatorColumn, "indicators.csv", row is "one series, or rows of the case, that speak to one indicator of ripeness", unlocks "ripeness: separate indicators, each with its source",
    {
        Indicator "indicator" required "front_line, cost, opinion, optimism, authority, way_out or deadline";
        Actor "actor" optional "the party it is about; of a front line the one that gains when the series rises; empty for all";
        Series "series" optional "name of a series in `factors.csv`; either this or `rows`";
        Rows "rows" optional "list of ids in `events.csv`, `relations.csv` or `positions.csv`";
        Rises "rises" optional "what a rise of the series means: `more` of what the indicator asks for, or `less`; empty where that is not said";
        NearZero "near_zero" optional "of a front line: the largest change a month, in the unit of the series, that counts as none";
        Reason "reason" required "why this series or these rows speak to the indicator";
        Marking "marking" optional "public, restricted or confidential";
    }
}

word_enum! {
    /// What is looked at, one thing apart from the other.
    IndicatorKind {
        FrontLine "front_line" "How fast the line of contact moves.";
        Cost "cost" "What going on costs a party.";
        Opinion "opinion" "How far people support talks, or terms short of what their side asks for.";
        Optimism "optimism" "How far a party believes that it wins by going on.";
        Authority "authority" "Whether somebody can speak for a party and bind it.";
        WayOut "way_out" "Whether there is an agreement that neither side has ruled out.";
        Deadline "deadline" "Pressure and dates set from outside.";
    }
}

word_enum! {
    /// What a rise of a series means for its indicator.
    Rises {
        More "more" "A rise is more of what the indicator asks for.";
        Less "less" "A rise is less of what the indicator asks for.";
    }
}

/// What an indicator is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A series of `factors.csv`, by its name.
    Series(Box<str>),
    /// Rows of other tables; at least one.
    Rows {
        /// Statements.
        positions: Vec<Id<Position>>,
        /// Events.
        events: Vec<Id<Event>>,
        /// Relations.
        relations: Vec<Id<Relation>>,
    },
}

/// A series, or rows, that speak to an indicator.
#[derive(Clone, Debug)]
pub struct Indicator {
    /// The indicator.
    pub kind: IndicatorKind,
    /// Whom it is about; none for all. Of a front line: who gains when the series rises.
    pub actor: Option<Id<Actor>>,
    /// What it is read from.
    pub evidence: Evidence,
    /// What a rise of the series means.
    pub rises: Option<Rises>,
    /// Of a front line: the largest change a month that counts as none, in the unit of the series; not negative.
    pub near_zero: Option<f64>,
    /// Why it speaks to the indicator.
    pub reason: Box<str>,
    /// Marking of its own.
    pub marking: Option<Marking>,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

impl Record<'_> {
    /// Whether an indicator is part of the record: any value or row behind it is known.
    #[must_use]
    pub fn knows_indicator(self, indicator: &Indicator) -> bool {
        match &indicator.evidence {
            Evidence::Series(name) => self.factors().any(|(_, value)| value.name == *name),
            rows @ Evidence::Rows { .. } => !self.known_evidence(rows).is_empty(),
        }
    }

    /// What is known of the rows of an indicator; a series is known as a whole, with the values that are.
    #[must_use]
    pub fn known_evidence(self, evidence: &Evidence) -> Evidence {
        match evidence {
            Evidence::Series(name) => Evidence::Series(name.clone()),
            Evidence::Rows { positions, events, relations } => Evidence::Rows {
                positions: positions.iter().copied().filter(|id| self.knows(&self.case.positions[*id])).collect(),
                events: events.iter().copied().filter(|id| self.knows_event(&self.case.events[*id])).collect(),
                relations: relations
                    .iter()
                    .copied()
                    .filter(|id| self.case.relations[*id].valid_from.last() <= self.known)
                    .collect(),
            },
        }
    }
}

impl Evidence {
    /// Whether no row is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Evidence::Series(_) => false,
            Evidence::Rows { positions, events, relations } => {
                positions.is_empty() && events.is_empty() && relations.is_empty()
            }
        }
    }
}

/// The rows that a cell may name, by their ids.
struct Named {
    positions: HashMap<Box<str>, Id<Position>>,
    events: HashMap<Box<str>, Id<Event>>,
    relations: HashMap<Box<str>, Id<Relation>>,
}

fn by_id<T>(rows: &List<T>, text: impl Fn(&T) -> &Box<str>) -> HashMap<Box<str>, Id<T>> {
    rows.with_ids().map(|(id, row)| (text(row).clone(), id)).filter(|(text, _)| !text.is_empty()).collect()
}

impl Named {
    fn evidence(&self, row: &Row<'_>, findings: &mut Findings) -> Evidence {
        let (mut positions, mut events, mut relations) = (Vec::new(), Vec::new(), Vec::new());
        for text in row.list(IndicatorColumn::Rows) {
            if let Some(id) = self.positions.get(text) {
                positions.push(*id);
            } else if let Some(id) = self.events.get(text) {
                events.push(*id);
            } else if let Some(id) = self.relations.get(text) {
                relations.push(*id);
            } else {
                let message = format!("no statement, event or relation has the id `{text}`");
                findings.push(
                    row.finding(Code::UnknownReference, IndicatorColumn::Rows, message)
                        .hint("rows are named by the `id` that their own table gives them"),
                );
            }
        }
        positions.sort_unstable();
        positions.dedup();
        events.sort_unstable();
        events.dedup();
        relations.sort_unstable();
        relations.dedup();
        Evidence::Rows { positions, events, relations }
    }
}

/// Reads `indicators.csv`; the rows that it names have been read before.
pub(crate) fn read(table: Table<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> List<Indicator> {
    let mut indicators = List::default();
    let series: BTreeSet<String> = loading.factors.iter().map(|value| value.name.to_string()).collect();
    let named = Named {
        positions: by_id(&loading.positions, |row| &row.id),
        events: by_id(&loading.events, |row| &row.id),
        relations: by_id(&loading.relations, |row| &row.id),
    };
    let mut seen: BTreeMap<(IndicatorKind, Box<str>), u64> = BTreeMap::new();
    table::read(&IndicatorColumn::FORMAT, table, findings, |row, findings| {
        let kind = cell::word(row, IndicatorColumn::Indicator, &IndicatorKind::WORDS, findings);
        let who = row.get(IndicatorColumn::Actor);
        let actor = if who.is_empty() { None } else { loading.actor(who, row, IndicatorColumn::Actor, findings) };
        let rises = cell::word(row, IndicatorColumn::Rises, &Rises::WORDS, findings);
        let near_zero = cell::number(row, IndicatorColumn::NearZero, 0.0..=f64::MAX, findings);
        let name = row.get(IndicatorColumn::Series);
        let has_rows = row.list(IndicatorColumn::Rows).next().is_some();
        if name.is_empty() != has_rows {
            let message = "an indicator is read from one series or from rows: fill either `series` or `rows`";
            let code = if has_rows { Code::IndicatorEvidence } else { Code::MissingCell };
            findings.push(
                row.finding(code, IndicatorColumn::Series, message)
                    .hint("a series and rows that speak to the same indicator stand in two lines"),
            );
            return;
        }
        let of_series = [(IndicatorColumn::Rises, "rises"), (IndicatorColumn::NearZero, "near_zero")];
        for (column, title) in of_series.into_iter().filter(|(column, _)| !row.get(*column).is_empty()) {
            let fits = !has_rows && (title == "rises" || kind == Some(IndicatorKind::FrontLine));
            if !fits && kind.is_some() {
                let of = if title == "rises" { "a series" } else { "a series of a front line" };
                let finding = row.finding(Code::IndicatorEvidence, column, format!("`{title}` is said of {of} only"));
                findings.push(finding.hint("leave the cell empty"));
            }
        }
        let evidence = if has_rows { named.evidence(row, findings) } else { Evidence::Series(name.into()) };
        let Some(kind) = kind else { return };
        if !has_rows {
            if !series.contains(name) {
                let finding = row.finding(
                    Code::UnknownReference,
                    IndicatorColumn::Series,
                    format!("no series is called `{name}`"),
                );
                let listed = !findings.is_full(IndicatorColumn::FORMAT.file, Code::UnknownReference);
                let near = nearest(name, series.iter().map(String::as_str).filter(|_| listed));
                findings.push(match near {
                    Some(near) => finding.hint(format!("is `{near}` meant?")),
                    None => finding.hint("add its values to factors.csv"),
                });
                return;
            }
            if let Some(first) = seen.insert((kind, name.into()), row.line) {
                let message = format!("`{name}` speaks to `{}` at line {first} already", kind.word());
                findings
                    .push(row.finding(Code::DuplicateId, IndicatorColumn::Series, message).hint("keep one of them"));
                return;
            }
        }
        indicators.push(Indicator {
            kind,
            actor,
            evidence,
            rises,
            near_zero,
            reason: cell::text(row, IndicatorColumn::Reason),
            marking: cell::marking(row, IndicatorColumn::Marking, findings),
            extra: extra(row),
        });
    });
    indicators
}
