//! Plain English for dates, numbers, lists and codes.

use detente_analysis::gap::Gap;
use detente_case::event::ContactLevel;
use detente_case::position::Kind;
use detente_case::relation::RelationType;
use detente_case::{Day, Month, When};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month_name(month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or("")
}

/// `29 March 2022`.
#[must_use]
pub fn day(day: Day) -> String {
    format!("{} {} {}", day.day(), month_name(day.month()), day.year())
}

/// `29 March 2022`, `March 2022` or `2022`.
#[must_use]
pub fn when(when: When) -> String {
    let first = when.first();
    if when.is_day() {
        day(first)
    } else if first.month() == when.last().month() {
        month(Month::of(first))
    } else {
        first.year().to_string()
    }
}

/// `March 2022`.
#[must_use]
pub fn month(month: Month) -> String {
    let (year, number) = month.parts();
    format!("{} {year}", month_name(number))
}

/// `one month`, `8 months`.
#[must_use]
pub fn months(count: u32) -> String {
    count_of(count as usize, "month", "months")
}

/// `one row`, `8 rows`, `no rows`.
#[must_use]
pub fn count_of(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("one {one}"),
        count => format!("{count} {many}"),
    }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., last] => format!("{} and {last}", init.join(", ")),
    }
}

/// The first items and how many more there are.
#[must_use]
pub fn list_some(items: &[String], most: usize) -> String {
    if items.len() <= most {
        return list(items);
    }
    format!("{} and {} more", items[..most].join(", "), items.len() - most)
}

/// The text with its first letter in upper case.
#[must_use]
pub fn sentence_case(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// The text without trailing full stops, for use inside a sentence.
#[must_use]
pub fn clause(text: &str) -> String {
    text.trim().trim_end_matches('.').to_owned()
}

/// The age of a day, seen from another: `12 days`, `5 months`, `2 years and 3 months`.
#[must_use]
pub fn age(earlier: Day, later: Day) -> String {
    let months = detente_case::when::whole_months(earlier, later);
    if months < 1 {
        let days = earlier.until(later).map(|span| span.get_days()).unwrap_or_default().max(0);
        return count_of(usize::try_from(days).unwrap_or_default(), "day", "days");
    }
    let part = |count: i32, one: &str, many: &str| count_of(usize::try_from(count).unwrap_or_default(), one, many);
    match (months / 12, months % 12) {
        (0, months) => part(months, "month", "months"),
        (years, 0) => part(years, "year", "years"),
        (years, months) => format!("{} and {}", part(years, "year", "years"), part(months, "month", "months")),
    }
}

/// How long a day lies before another: `the same day`, `5 months before`.
#[must_use]
pub fn before(earlier: Day, later: Day) -> String {
    if earlier >= later { "the same day".to_owned() } else { format!("{} before", age(earlier, later)) }
}

/// A share from 0 to 1 in whole percent; what is neither none nor all never reads as such, and what is no number reads as none.
#[must_use]
pub fn percent(share: f64) -> String {
    let share = if share.is_finite() { share } else { 0.0 };
    match (share * 100.0).round() {
        0.0 if share > 0.0 => "under 1 %".to_owned(),
        100.0 if share < 1.0 => "over 99 %".to_owned(),
        whole => format!("{whole:.0} %"),
    }
}

/// The distance between positions: `same option`, `1 step`, `5 steps`, `2 to 4 steps`.
#[must_use]
pub fn steps(gap: Gap) -> String {
    match (gap.steps_min, gap.steps_max) {
        (0, 0) => "same option".to_owned(),
        (1, 1) => "1 step".to_owned(),
        (least, greatest) if least == greatest => format!("{least} steps"),
        (least, greatest) => format!("{least} to {greatest} steps"),
    }
}

/// The level of a contact in words.
#[must_use]
pub fn level(level: ContactLevel) -> &'static str {
    match level {
        ContactLevel::None => "no level stated",
        ContactLevel::Technical => "technical level",
        ContactLevel::Delegations => "level of delegations",
        ContactLevel::Ministers => "level of ministers",
        ContactLevel::Leaders => "level of leaders",
    }
}

/// What a statement does, in words.
#[must_use]
pub fn kind(kind: Option<Kind>) -> &'static str {
    match kind {
        Some(Kind::Demand) => "demand",
        Some(Kind::Draft) => "draft",
        Some(Kind::Offer) => "offer",
        Some(Kind::RedLine) => "red line",
        Some(Kind::Reported) => "reported",
        Some(Kind::Inferred) => "inferred",
        Some(Kind::ReservationReading) => "reading of what it would accept",
        None => "uncoded",
    }
}

/// What a relation is, as a verb.
#[must_use]
pub fn relation(kind: RelationType) -> &'static str {
    match kind {
        RelationType::Backs => "backs",
        RelationType::Arms => "arms",
        RelationType::Finances => "finances",
        RelationType::Sanctions => "has sanctions on",
        RelationType::Mediates => "mediates with",
        RelationType::Hosts => "hosts for",
        RelationType::Guarantees => "has a guarantee agreement with",
        RelationType::Trades => "trades with",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_that_are_neither_none_nor_all_never_read_as_such() {
        assert_eq!([0.0, 0.001, 0.999, 1.0, f64::NAN].map(percent), ["0 %", "under 1 %", "over 99 %", "100 %", "0 %"]);
    }
}
