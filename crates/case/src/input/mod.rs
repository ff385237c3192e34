//! Numbers that no document states: what people think of weights, values, trust and what there is without an agreement.
//!
//! Each of the eight tables says of something that a number lies between `low` and `high`, most likely at `best`, from a day on, and where that
//! comes from. What it is said of differs; all else is the same and is read here. [`crate::Record`] tells which rows hold at a day.

pub mod alternative;
pub mod assurance;
pub mod capability;
pub mod driver;
pub mod exposure;
mod option_of;
pub mod salience;
pub mod trust;
pub mod value;

use std::collections::BTreeMap;
use std::fmt::Debug;

use crate::actor::{Actor, Extra, duplicate, extra};
use crate::case::Case;
use crate::cell;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::export::ActorTexts;
use crate::ids::{Id, List};
use crate::issue::{Issue, OptionPlace};
use crate::load::Loading;
use crate::marking::Marking;
use crate::range::{Confidence, Decimal, Range};
use crate::source::Source;
use crate::table::{self, Row, Table, TableFormat};
use crate::when::{Day, When};

/// What is thought of a number, and why.
#[derive(Clone, Debug)]
pub struct Input<A> {
    /// Id, as the file writes it.
    pub id: Box<str>,
    /// What the number is of.
    pub about: A,
    /// The number.
    pub range: Range,
    /// The share of the chance that lies within the range; that of the case if none.
    pub confidence: Option<Confidence>,
    /// First day on which it holds; from the beginning if none. It holds until a later row about the same.
    pub valid_from: Option<When>,
    /// When it was known, if that is not `valid_from`.
    pub known_from: Option<When>,
    /// On what it rests.
    pub basis: Box<str>,
    /// Where it was read. A row without a source is an assumption.
    pub source: Option<Id<Source>>,
    /// Why it is so.
    pub reason: Box<str>,
    /// Whether the core of the row was read in the source.
    pub verified: bool,
    /// Marking of its own.
    pub marking: Option<Marking>,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

impl<A> Input<A> {
    /// When it was known: `known_from`, else `valid_from`; none if it was always known.
    #[must_use]
    pub fn known(&self) -> Option<When> {
        self.known_from.or(self.valid_from)
    }

    /// Whether it rests on no source.
    #[must_use]
    pub fn is_assumption(&self) -> bool {
        self.source.is_none()
    }

    /// The day by which it was known, for the order of rows.
    pub(crate) fn known_day(&self) -> Day {
        self.known().map_or(Day::MIN, When::last)
    }
}

/// Which numbers a table takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bounds {
    /// Any from 0.
    Weight,
    /// From 0 to 1.
    Share,
    /// Above 0, to 1.
    PositiveShare,
    /// Any, below 0 too.
    Effect,
}

/// What the numbers of a table are of.
pub(crate) trait About: Clone + Ord + Debug {
    /// The table.
    const FORMAT: TableFormat;
    /// Ids of rows that have none begin with it.
    const LETTER: char;
    /// Which numbers it takes.
    const BOUNDS: Bounds;

    /// What a row is about; what is wrong goes to `findings`.
    fn read(row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Self>;
    /// The cells between `id` and `low`.
    fn cells(&self, case: &Case, texts: &ActorTexts<'_>) -> Vec<String>;
    /// Whom it names.
    fn actors(&self) -> Vec<Id<Actor>>;
    /// Which issues it names; of a group, those of the group.
    fn issues(&self, all: &List<Issue>) -> Vec<Id<Issue>>;
    /// The same with other ids.
    fn moved(&self, actor: &dyn Fn(Id<Actor>) -> Id<Actor>, issue: &dyn Fn(Id<Issue>) -> Id<Issue>) -> Self;
}

/// Declares one of the eight tables: its own columns, between `id` and those that all have.
macro_rules! input_format {
    ($(#[$meta:meta])* $name:ident, $file:literal, row is $row_is:literal, unlocks $unlocks:literal, number is $number:literal,
     { $($variant:ident $column:literal $need:ident $about:literal;)* }) => {
        $crate::table::table_format! {
            $(#[$meta])*
            $name, $file, row is $row_is, unlocks $unlocks,
            {
                Id "id" optional "id of the row; a letter and a number in the order in which the rows became known if empty";
                $($variant $column $need $about;)*
                Low "low" required "the least that it may be";
                Best "best" required $number;
                High "high" required "the most that it may be";
                Confidence "confidence" optional "the share of the chance that lies within `low` to `high`, above 0 and at most 1; that of case.toml, else 1, if empty";
                ValidFrom "valid_from" optional "first day on which it holds, until a later row about the same; from the beginning if empty";
                KnownFrom "known_from" optional "day on which it was known; `valid_from` if empty";
                Basis "basis" optional "on what the row rests";
                SourceId "source_id" optional "id of a source in the bibliography; a row without one is an assumption";
                Reason "reason" optional "why it is so; an assumption has one";
                Verified "verified" optional "yes if the core of the row was read in the source; no otherwise";
                Marking "marking" optional "public, restricted or confidential";
            }
        }
    };
}
pub(crate) use input_format;

/// The eight tables, in the order in which they are read.
pub(crate) const FORMATS: [TableFormat; 8] = [
    salience::SalienceColumn::FORMAT,
    value::ValueColumn::FORMAT,
    alternative::AlternativeColumn::FORMAT,
    trust::TrustColumn::FORMAT,
    exposure::ExposureColumn::FORMAT,
    assurance::AssuranceColumn::FORMAT,
    capability::CapabilityColumn::FORMAT,
    driver::DriverColumn::FORMAT,
];

/// The place of a column that all eight tables have.
fn place(format: &TableFormat, name: &str) -> usize {
    format.columns.iter().position(|column| column.name == name).unwrap_or(usize::MAX)
}

/// Reads one of the eight tables.
pub(crate) fn read<A: About>(table: Table<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> List<Input<A>> {
    let format = &A::FORMAT;
    let at = |name: &str| place(format, name);
    let mut rows = List::default();
    let mut ids: BTreeMap<String, u64> = BTreeMap::new();
    let mut seen: BTreeMap<(A, Option<When>, Option<When>), u64> = BTreeMap::new();
    let mut without_reason: Vec<u64> = Vec::new();
    table::read(const { &A::FORMAT }, table, findings, |row, findings| {
        let id = row.get(at("id"));
        if !id.is_empty()
            && let Some(first) = ids.insert(id.to_owned(), row.line)
        {
            findings.push(duplicate(row, at("id"), id, first));
            return;
        }
        let about = A::read(row, loading, findings);
        let range = range(row, format, A::BOUNDS, findings);
        let confidence = confidence(row, at("confidence"), findings);
        let valid_from = cell::when(row, at("valid_from"), findings);
        let known_from = cell::when(row, at("known_from"), findings);
        let source = loading.source(row.get(at("source_id")), row, at("source_id"), findings);
        let reason = cell::text(row, at("reason"));
        if row.get(at("source_id")).is_empty() && reason.is_empty() {
            without_reason.push(row.line);
        }
        let (Some(about), Some(range)) = (about, range) else { return };
        if let Some(first) = seen.insert((about.clone(), valid_from, known_from), row.line) {
            let message = format!("line {first} states the same for the same time");
            findings.push(row.finding(Code::RepeatedInput, at("best"), message).hint(
                "keep one of them; a later estimate has a later `valid_from`, a correction a later `known_from`",
            ));
            return;
        }
        rows.push(Input {
            id: id.into(),
            about,
            range,
            confidence,
            valid_from,
            known_from,
            basis: cell::text(row, at("basis")),
            source,
            reason,
            verified: cell::yes(row, at("verified"), false, findings),
            marking: cell::marking(row, at("marking"), findings),
            extra: extra(row),
        });
    });
    if let Some(first) = without_reason.first() {
        let message =
            format!("{} rows have neither `source_id` nor `reason`, for instance line {first}", without_reason.len());
        findings.push(
            Diagnostic::new(Code::NoReason, format.file, message)
                .hint("what has no source is called an assumption in every report; `reason` says why it is made"),
        );
    }
    rows
}

/// Low, best and high.
fn range(row: &Row<'_>, format: &TableFormat, bounds: Bounds, findings: &mut Findings) -> Option<Range> {
    let mut number = |name: &str| number(row, place(format, name), bounds, findings);
    let (low, best, high) = (number("low"), number("best"), number("high"));
    let (low, best, high) = (low?, best?, high?);
    let texts = format!("{low}, {best}, {high}");
    let range = Range::new(low, best, high);
    if range.is_none() {
        let message = format!("`low`, `best` and `high` fall where they rise or stay: {texts}");
        findings.push(
            row.finding(Code::RangeOrder, place(format, "low"), message)
                .hint("the least stands in `low`, the most in `high`, and the likeliest between them in `best`"),
        );
    }
    range
}

fn number(row: &Row<'_>, column: usize, bounds: Bounds, findings: &mut Findings) -> Option<Decimal> {
    let text = row.get(column);
    let number = if bounds == Bounds::Effect { Decimal::parse_signed(text) } else { Decimal::parse(text) };
    if bounds == Bounds::PositiveShare && number.as_ref().is_some_and(|number| number.value() == 0.0) {
        findings.push(
            row.finding(Code::NoTrust, column, "a trust of 0: the premium would be infinite")
                .hint("the least chance that is thought possible, for instance 0.01"),
        );
        return None;
    }
    let most = if matches!(bounds, Bounds::Weight | Bounds::Effect) { f64::MAX } else { 1.0 };
    if let Some(number) = number.filter(|number| number.value() <= most) {
        return Some(number);
    }
    let expected = match bounds {
        Bounds::Weight => "a finite number, 0 or more",
        Bounds::Share => "a number from 0 to 1",
        Bounds::PositiveShare => "a number above 0, at most 1",
        Bounds::Effect => "a finite number",
    };
    let finding = row.finding(Code::NotANumber, column, format!("`{text}` is not {expected}"));
    findings.push(if text.contains(',') {
        finding.hint("decimals are written with a point: 0.25")
    } else if text.contains('%') {
        finding.hint("a share is written as a decimal: 0.25 for 25 %")
    } else {
        finding
    });
    None
}

fn confidence(row: &Row<'_>, column: usize, findings: &mut Findings) -> Option<Confidence> {
    let text = row.get(column);
    let confidence = Confidence::parse(text);
    if confidence.is_none() && !text.is_empty() {
        let message = format!("`{text}` is not a number above 0, at most 1");
        findings.push(row.finding(Code::NotANumber, column, message));
    }
    confidence
}

/// The cells that all eight tables have, from `low` on.
pub(crate) fn shared_cells<A>(row: &Input<A>, source_id: String, marking: String) -> Vec<String> {
    let date = |when: Option<When>| when.map(|when| when.to_string()).unwrap_or_default();
    vec![
        row.range.low().to_string(),
        row.range.best().to_string(),
        row.range.high().to_string(),
        row.confidence.as_ref().map(|confidence| confidence.text().to_owned()).unwrap_or_default(),
        date(row.valid_from),
        date(row.known_from),
        row.basis.to_string(),
        source_id,
        row.reason.to_string(),
        if row.verified { "yes" } else { "no" }.to_owned(),
        marking,
    ]
}

/// The issue that a cell names.
pub(crate) fn issue(
    row: &Row<'_>,
    column: impl Into<usize> + Copy,
    loading: &Loading<'_>,
    findings: &mut Findings,
) -> Option<Id<Issue>> {
    loading.issue(row.get(column), |message| row.finding(Code::UnknownReference, column, message), findings)
}

/// The option of an issue that a cell names.
pub(crate) fn option(
    row: &Row<'_>,
    issue: Option<Id<Issue>>,
    column: impl Into<usize> + Copy,
    loading: &Loading<'_>,
    findings: &mut Findings,
) -> Option<OptionPlace> {
    let at = |message| row.finding(Code::UnknownReference, column, message);
    loading.option(row.get(column), issue?, at, findings)
}
