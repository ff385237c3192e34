//! One series as an indicator: its values, their age, how it changed, how fast it moves.

use detente_case::factor::Factor;
use detente_case::indicator::{Indicator, Rises};
use detente_case::{Day, Record, When};
use jiff::ToSpan as _;
use schemars::JsonSchema;
use serde::Serialize;

use super::days;

/// A series that speaks to an indicator.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SeriesNow {
    /// Its name.
    pub series: String,
    /// Id of the actor that it is about; none for all. Of a front line: who gains when it rises.
    pub actor: Option<String>,
    /// Why it speaks to the indicator.
    pub reason: String,
    /// Its unit.
    pub unit: String,
    /// What a rise means; none where the case does not say.
    pub rises: Option<Rises>,
    /// The largest change a month that counts as none, of a front line.
    pub near_zero: Option<f64>,
    /// Its known values up to the moment, by date.
    pub values: Vec<ValueNow>,
    /// Days from the latest value to the moment.
    pub age_days: i32,
    /// Whether values were revised after their own date, so that what was known earlier may have been another number.
    pub revised: bool,
    /// How it changed over three and over twelve months, where it reaches so far.
    pub changes: Vec<Change>,
    /// How fast it moved between its last two values; none with one.
    pub pace: Option<Pace>,
}

/// One value of a series.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ValueNow {
    /// Last day of the period measured.
    pub date: When,
    /// The value.
    pub value: f64,
    /// Whether it was read in the source.
    pub verified: bool,
    /// Id of its source.
    pub source: Option<String>,
    /// What the case notes on it.
    pub note: String,
}

/// Change of a series up to its latest value.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// Over how many months it was asked for: 3 or 12.
    pub months: u32,
    /// The date of the value that it is measured from: the nearest to so many months before.
    pub from: When,
    /// The value at that date.
    pub from_value: f64,
    /// The latest value less that one, in the unit of the series.
    pub change: f64,
    /// What it means; none where the case does not say what a rise means.
    pub reading: Option<Reading>,
}

/// What a change means for an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// More of what the indicator asks for.
    More,
    /// Neither.
    Same,
    /// Less.
    Less,
}

/// How fast a series moved between two of its values.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Pace {
    /// The earlier date.
    pub from: When,
    /// The later date.
    pub to: When,
    /// Change a month of 30.4375 days, in the unit of the series.
    pub per_month: f64,
}

/// Days of a month, on average over four years.
const MONTH: f64 = 30.4375;

/// The windows over which change is told: months, and how many days the earlier value may lie off.
const WINDOWS: [(u32, i32); 2] = [(3, 31), (12, 61)];

impl SeriesNow {
    /// The latest value.
    pub(crate) fn latest(&self) -> Option<&ValueNow> {
        self.values.last()
    }

    /// What the change over the longest window means.
    pub(crate) fn longest_reading(&self) -> Option<Reading> {
        self.changes.iter().max_by_key(|change| change.months)?.reading
    }
}

/// A series at a day; none if no value of it was known and dated by then.
pub(super) fn series(record: Record<'_>, entry: &Indicator, name: &str, at: Day) -> Option<SeriesNow> {
    let case = record.case;
    let mut factors: Vec<&Factor> = record
        .factors()
        .map(|(_, value)| value)
        .filter(|value| *value.name == *name && value.date.last() <= at)
        .collect();
    // Of two values for one date the later in the file counts: it is the one that was added.
    factors.sort_by_key(|value| value.date);
    let latest = factors.last()?;
    let values: Vec<ValueNow> = factors
        .iter()
        .map(|value| ValueNow {
            date: value.date,
            value: value.value,
            verified: value.verified,
            source: value.source.map(|source| case.sources[source].id.to_string()),
            note: value.note.to_string(),
        })
        .collect();
    Some(SeriesNow {
        series: name.to_owned(),
        actor: entry.actor.map(|actor| case.actors[actor].id.to_string()),
        reason: entry.reason.to_string(),
        unit: latest.unit.to_string(),
        rises: entry.rises,
        near_zero: entry.near_zero,
        age_days: days(latest.date.last(), at),
        revised: factors.iter().any(|value| value.known_from.is_none()),
        changes: WINDOWS.iter().filter_map(|window| change(&values, *window, entry.rises)).collect(),
        pace: values.windows(2).next_back().and_then(pace),
        values,
    })
}

fn change(values: &[ValueNow], (months, off): (u32, i32), rises: Option<Rises>) -> Option<Change> {
    let latest = values.last()?;
    let wanted = latest.date.last().checked_sub(i64::from(months).months()).ok()?;
    let distance = |value: &&ValueNow| days(wanted, value.date.last()).abs();
    // Of two values as near, the earlier: `min_by_key` takes the first.
    let from = values[..values.len() - 1].iter().min_by_key(distance).filter(|value| distance(value) <= off)?;
    let change = latest.value - from.value;
    let reading = |rises| match (change.partial_cmp(&0.0), rises) {
        (Some(std::cmp::Ordering::Greater), Rises::More) | (Some(std::cmp::Ordering::Less), Rises::Less) => {
            Reading::More
        }
        (Some(std::cmp::Ordering::Greater), Rises::Less) | (Some(std::cmp::Ordering::Less), Rises::More) => {
            Reading::Less
        }
        _ => Reading::Same,
    };
    Some(Change { months, from: from.date, from_value: from.value, change, reading: rises.map(reading) })
}

/// How fast a series moved between two values; none if they are of one day.
pub(super) fn pace(pair: &[ValueNow]) -> Option<Pace> {
    let [from, to] = pair else { return None };
    let days = days(from.date.last(), to.date.last());
    let per_month = (to.value - from.value) / f64::from(days) * MONTH;
    (days > 0 && per_month.is_finite()).then_some(Pace { from: from.date, to: to.date, per_month })
}
