//! Dates of a record: a day, or a month or a year of which the day is not known.

use std::fmt;

/// A calendar day.
pub type Day = jiff::civil::Date;

/// A date as the record states it. A partial date is the interval of days that it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct When {
    first: Day,
    last: Day,
}

/// Whether something holds at a day, where partial dates may leave it open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holds {
    /// It does not hold.
    No,
    /// It may hold: a partial date leaves it open.
    Possibly,
    /// It holds.
    Yes,
}

impl When {
    /// One day.
    #[must_use]
    pub fn day(day: Day) -> Self {
        When { first: day, last: day }
    }

    /// Reads `2022-03-29`, `2022-03` or `2022`; nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |range: std::ops::Range<usize>| -> Option<i16> {
            let part = text.get(range)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten()
        };
        let bytes = text.as_bytes();
        let year = digits(0..4)?;
        if year == 0 {
            return None;
        }
        match bytes.len() {
            4 => Some(When { first: Day::new(year, 1, 1).ok()?, last: Day::new(year, 12, 31).ok()? }),
            7 if bytes[4] == b'-' => {
                let first = Day::new(year, i8::try_from(digits(5..7)?).ok()?, 1).ok()?;
                Some(When { first, last: first.last_of_month() })
            }
            10 if bytes[4] == b'-' && bytes[7] == b'-' => {
                let month = i8::try_from(digits(5..7)?).ok()?;
                Some(When::day(Day::new(year, month, i8::try_from(digits(8..10)?).ok()?).ok()?))
            }
            _ => None,
        }
    }

    /// The first day that it may be.
    #[must_use]
    pub fn first(self) -> Day {
        self.first
    }

    /// The last day that it may be.
    #[must_use]
    pub fn last(self) -> Day {
        self.last
    }

    /// Whether it is a single day.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.first == self.last
    }

    /// Whether this date has come by `day`.
    #[must_use]
    pub fn reached(self, day: Day) -> Holds {
        if self.last <= day {
            Holds::Yes
        } else if self.first <= day {
            Holds::Possibly
        } else {
            Holds::No
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_day() {
            write!(f, "{}", self.first)
        } else if self.first.month() == self.last.month() {
            write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
        } else {
            write!(f, "{:04}", self.first.year())
        }
    }
}

impl serde::Serialize for When {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl schemars::JsonSchema for When {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "When".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A date: a day (2022-03-29), a month (2022-03) or a year (2022)",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
        })
    }
}

/// A month of a year; months order by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// The month in which a day lies.
    #[must_use]
    pub fn of(day: Day) -> Self {
        Month { year: day.year(), month: day.month() }
    }

    /// Year and month number (1–12).
    #[must_use]
    pub fn parts(self) -> (i16, i8) {
        (self.year, self.month)
    }

    /// The next month; the last representable month is its own successor.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month < 12 {
            Month { month: self.month + 1, ..self }
        } else {
            match self.year.checked_add(1).filter(|year| *year <= 9999) {
                Some(year) => Month { year, month: 1 },
                None => self,
            }
        }
    }

    /// Months from `self` to `later`, negative if `later` is earlier.
    #[must_use]
    pub fn until(self, later: Month) -> i32 {
        (i32::from(later.year) - i32::from(self.year)) * 12 + i32::from(later.month) - i32::from(self.month)
    }

    /// The first day.
    #[must_use]
    pub fn first(self) -> Day {
        jiff::civil::date(self.year, self.month, 1)
    }

    /// The last day.
    #[must_use]
    pub fn last(self) -> Day {
        self.first().last_of_month()
    }
}

/// Whole months from one day to a later one.
#[must_use]
pub fn whole_months(earlier: Day, later: Day) -> i32 {
    let months = Month::of(earlier).until(Month::of(later));
    if later.day() < earlier.day() && months > 0 { months - 1 } else { months }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl serde::Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl schemars::JsonSchema for Month {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Month".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "description": "A month, 2022-03", "pattern": "^[0-9]{4}-[0-9]{2}$" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        When::parse(text).unwrap().first()
    }

    #[test]
    fn a_partial_date_is_the_interval_of_its_days() {
        let march = When::parse("2022-03").unwrap();
        assert_eq!((march.first(), march.last()), (day("2022-03-01"), day("2022-03-31")));
        assert_eq!(march.to_string(), "2022-03");
        assert_eq!(When::parse("2022").unwrap().to_string(), "2022");
        assert_eq!(march.reached(day("2022-02-28")), Holds::No);
        assert_eq!(march.reached(day("2022-03-15")), Holds::Possibly);
        assert_eq!(march.reached(day("2022-03-31")), Holds::Yes);
    }

    #[test]
    fn impossible_and_foreign_dates_are_refused() {
        for text in
            ["2022-02-30", "2022-13", "0000", "22-03-29", "2022-3-29", "29.03.2022", "2022-03-29T00:00", "+022", ""]
        {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_count_across_years() {
        let december = Month::of(day("2022-12-31"));
        assert_eq!(december.next().to_string(), "2023-01");
        assert_eq!(december.until(Month::of(day("2024-02-01"))), 14);
        let last = Month::of(day("9999-12-31"));
        assert_eq!(last.next(), last);
    }
}
