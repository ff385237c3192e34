//! First tick of a hurting stalemate: whether the line of contact stands still.
//!
//! From the latest value backwards, two values next to each other are *quiet* if the change a month between them is at most what the case
//! calls near zero, either way. The line is stalled if the quiet stretch up to the latest value is at least so many months long. Values that
//! lie more than a quarter apart end the stretch, since nobody can say what happened in between; so does a day on which nothing is known.

use detente_case::{Day, Month, When};
use schemars::JsonSchema;
use serde::Serialize;

use super::days;
use super::series::{SeriesNow, pace};

/// A tick. Ticks of different indicators are never added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tick {
    /// The rows say so.
    Yes,
    /// The rows say that it is not so.
    No,
    /// Some rows say so and others do not.
    Mixed,
    /// No row, or none recent enough, speaks to it.
    Unknown,
}

/// Whether the line of contact stands still, by one series.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Stalled {
    /// Name of the series.
    pub series: String,
    /// The tick.
    pub verdict: Tick,
    /// Months that it must have stood still.
    pub months: u32,
    /// The largest change a month that counts as none, in the unit of the series.
    pub near_zero: f64,
    /// The unit of the series.
    pub unit: String,
    /// Date of the value from which on it was quiet up to the latest; none if the last change was larger.
    pub quiet_since: Option<When>,
    /// Whole months from then to the latest value.
    pub quiet_months: i32,
    /// Whole months of quiet up to the latest value, had half or twice as large a change counted as none.
    pub otherwise: Vec<Otherwise>,
}

/// The same with another largest change.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Otherwise {
    /// The largest change a month.
    pub near_zero: f64,
    /// Whole months of quiet.
    pub quiet_months: i32,
    /// The tick.
    pub verdict: Tick,
}

/// The most days between two values, and from the latest to the moment: a quarter.
const QUARTER: i32 = 92;

/// Whether a front line stands still at a day; none where the case does not say which change counts as none.
pub(super) fn stalled(series: &SeriesNow, months: u32, at: Day) -> Option<Stalled> {
    let near_zero = series.near_zero?;
    let latest = series.latest()?.date;
    let fresh = days(latest.last(), at) <= QUARTER;
    let judge = |near_zero: f64| {
        let since = quiet_since(series, near_zero);
        let quiet = since.map_or(0, |since| whole_months(since.last(), latest.last()));
        let verdict = match fresh {
            false => Tick::Unknown,
            true if i64::from(quiet) >= i64::from(months) && since.is_some() => Tick::Yes,
            true => Tick::No,
        };
        (since, quiet, verdict)
    };
    let (quiet_since, quiet_months, verdict) = judge(near_zero);
    let otherwise = [near_zero / 2.0, near_zero * 2.0].map(|other| {
        let (_, quiet_months, verdict) = judge(other);
        Otherwise { near_zero: other, quiet_months, verdict }
    });
    Some(Stalled {
        series: series.series.clone(),
        verdict,
        months,
        near_zero,
        unit: series.unit.clone(),
        quiet_since,
        quiet_months,
        otherwise: otherwise.to_vec(),
    })
}

/// The value from which on the series was quiet up to its latest.
fn quiet_since(series: &SeriesNow, near_zero: f64) -> Option<When> {
    let quiet = |pair: &&[super::ValueNow]| {
        let apart = days(pair[0].date.last(), pair[1].date.last());
        apart <= QUARTER && pace(pair).is_none_or(|pace| pace.per_month.abs() <= near_zero)
    };
    series.values.windows(2).rev().take_while(quiet).last().map(|pair| pair[0].date)
}

/// Whole months between two days. The last day of a month completes it, however long the month of the earlier day was.
fn whole_months(earlier: Day, later: Day) -> i32 {
    let months = Month::of(earlier).until(Month::of(later));
    let complete = later.day() >= earlier.day() || later == later.last_of_month();
    if complete { months } else { months - 1 }
}

#[cfg(test)]
mod tests {
    use super::whole_months;
    use detente_case::Day;

    fn months(earlier: &str, later: &str) -> i32 {
        let day = |text: &str| text.parse::<Day>().unwrap();
        whole_months(day(earlier), day(later))
    }

    #[test]
    fn the_last_day_of_a_month_completes_it() {
        assert_eq!(months("2025-12-31", "2026-06-30"), 6);
        assert_eq!(months("2025-12-31", "2026-06-29"), 5);
        assert_eq!(months("2026-01-15", "2026-02-14"), 0);
        assert_eq!(months("2026-01-15", "2026-02-15"), 1);
        assert_eq!(months("2025-11-30", "2026-02-28"), 3);
    }
}
