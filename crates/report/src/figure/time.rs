//! Days, months and the time axis.

use super::canvas::{SMALL, label};
use super::style::{GRID, INK, RULE};
use super::svg::{Element, group, line};

/// A day, counted from 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(i64);

/// A month of a year.
pub type Month = (i32, u32);

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Day {
    /// Reads `YYYY-MM-DD`; of `YYYY-MM` and `YYYY` the first day.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let year = parts.next()?.parse().ok().filter(|year| (0..=9999).contains(year))?;
        let month = parts.next().map_or(Some(1), |part| part.parse().ok())?;
        let day = parts.next().map_or(Some(1), |part| part.parse().ok())?;
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| Self::civil(year, month, day))
    }

    /// The first day of a month.
    pub fn first((year, month): Month) -> Self {
        Self::civil(year, month.clamp(1, 12), 1)
    }

    /// The day after the last of a month.
    pub fn after((year, month): Month) -> Self {
        Self::first(next((year, month)))
    }

    /// The day, by the calendar that holds since 1582, kept for earlier days.
    fn civil(year: i32, month: u32, day: u32) -> Self {
        let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self(era * 146_097 + day_of_era - 719_468)
    }
}

/// The month after.
pub fn next((year, month): Month) -> Month {
    if month >= 12 { (year.saturating_add(1), 1) } else { (year, month + 1) }
}

/// "Mar 2022".
pub fn month_name((year, month): Month) -> String {
    format!("{} {year}", MONTHS[(month.clamp(1, 12) - 1) as usize])
}

/// "29 Mar 2022"; what is no date is given back as it is.
pub fn day_name(text: &str) -> String {
    if Day::parse(text).is_none() {
        return text.to_owned();
    }
    let parts: Vec<u32> = text.trim().split('-').filter_map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [year, month] => month_name((*year as i32, *month)),
        [year, month, day] => format!("{day} {}", month_name((*year as i32, *month))),
        _ => text.to_owned(),
    }
}

/// A span of time on the level axis.
#[derive(Debug, Clone, Copy)]
pub struct TimeAxis {
    from: Day,
    to: Day,
    first: Month,
    last: Month,
    /// Where the span begins.
    pub left: f64,
    /// Where the span ends.
    pub right: f64,
}

impl TimeAxis {
    /// The axis from the first day of one month to the last of another; an inverted span becomes one month.
    pub fn new(from: Month, to: Month, left: f64, right: f64) -> Self {
        let clamp = |(year, month): Month| (year.clamp(0, 9999), month.clamp(1, 12));
        let (first, last) = (clamp(from), clamp(to).max(clamp(from)));
        Self { from: Day::first(first), to: Day::after(last), first, last, left, right }
    }

    /// Where a day stands; days outside stand at the ends.
    pub fn x(&self, day: Day) -> f64 {
        let share = (day.0 - self.from.0) as f64 / (self.to.0 - self.from.0).max(1) as f64;
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// Whether a day lies inside.
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && day < self.to
    }

    /// Where a span of days stands, if any of it lies inside; without an end it runs on.
    pub fn span(&self, from: Day, to: Option<Day>) -> Option<(f64, f64)> {
        let to = to.unwrap_or(self.to);
        (from < self.to && to > self.from && from <= to).then(|| (self.x(from), self.x(to)))
    }

    /// "from Feb 2022 to Jun 2026".
    pub fn words(&self) -> String {
        format!("from {} to {}", month_name(self.first), month_name(self.last))
    }

    /// The number of months.
    pub fn months(&self) -> usize {
        let index = |(year, month): Month| i64::from(year) * 12 + i64::from(month);
        usize::try_from(index(self.last) - index(self.first) + 1).unwrap_or(1)
    }

    /// The distance between labelled months, and between labelled years.
    fn steps(&self) -> (u32, i32) {
        let month = (self.right - self.left) / self.months() as f64;
        let months = [1, 3, 6].into_iter().find(|step| f64::from(*step) * month >= 34.0).unwrap_or(12);
        let years = [1, 2, 5, 10, 20, 50, 100, 200, 500]
            .into_iter()
            .find(|step| f64::from(*step) * 12.0 * month >= 40.0)
            .unwrap_or(1000);
        (months, years)
    }

    /// The height of the labels.
    pub fn label_height(&self) -> f64 {
        if self.steps().0 < 12 { 32.0 } else { 18.0 }
    }

    /// Light lines from `top` to `bottom` at the labelled months, stronger ones at years.
    pub fn grid(&self, top: f64, bottom: f64) -> Element {
        let (months, years) = self.steps();
        let mut out = group().set("class", "grid");
        for (year, month, x) in self.starts() {
            if x <= self.left + 0.5 || (month - 1) % months != 0 || (months == 12 && year % years != 0) {
                continue;
            }
            let stroke = if month == 1 { RULE } else { GRID };
            out = out.child(line(x, top, x, bottom).set("stroke", stroke).set("stroke-width", 1.0));
        }
        out
    }

    /// The labels; `y` is the top of their box, `right` the end of the room for them.
    pub fn labels(&self, y: f64, right: f64) -> Element {
        let (months, years) = self.steps();
        let mut out = group().set("class", "axis");
        let year_style = SMALL.bold().fill(INK);
        let mut free = self.left;
        for (year, month, x) in self.starts() {
            let begins_year = month == 1 || x <= self.left + 0.5;
            if months < 12 {
                let name = MONTHS[(month - 1) as usize];
                if (month - 1) % months == 0 && x + SMALL.width(name) <= right {
                    out = out.child(label(x + 2.0, y + 27.0, name, SMALL));
                }
            }
            let wanted = if months < 12 { begins_year } else { month == 1 && year % years == 0 };
            let text = year.to_string();
            let room = self.room_of_year(year, month);
            let fits = x >= free && x + year_style.width(&text) <= right;
            if wanted && fits && (month == 1 || room >= year_style.width(&text)) {
                out = out.child(label(x + 2.0, y + 12.0, &text, year_style));
                free = x + year_style.width(&text) + 4.0;
            }
        }
        out
    }

    fn room_of_year(&self, year: i32, month: u32) -> f64 {
        self.x(Day::first((year.saturating_add(1), 1))) - self.x(Day::first((year, month)))
    }

    fn starts(&self) -> impl Iterator<Item = (i32, u32, f64)> + '_ {
        let mut month = self.first;
        (0..self.months()).map(move |_| {
            let (year, number) = month;
            month = next(month);
            (year, number, self.x(Day::first((year, number))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        assert_eq!(Day::parse("1970-01-01"), Some(Day(0)));
        assert_eq!(Day::parse("2000-03-01"), Some(Day(11_017)));
        assert_eq!(Day::parse("2022-03"), Day::parse("2022-03-01"));
        assert_eq!(Day::parse("2022"), Day::parse("2022-01-01"));
        for bad in ["", "x", "2022-13", "2022-00-01", "2022-01-32", "2022-01-01-01", "-5", "99999999999"] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn names_are_short() {
        assert_eq!(day_name("2022-03-29"), "29 Mar 2022");
        assert_eq!(day_name("2022-03"), "Mar 2022");
        assert_eq!(day_name("soon"), "soon");
    }

    #[test]
    fn the_axis_keeps_to_its_ends() {
        let axis = TimeAxis::new((2022, 1), (2022, 12), 100.0, 200.0);
        assert_eq!(axis.x(Day::first((1900, 1))), 100.0);
        assert_eq!(axis.x(Day::first((2023, 1))), 200.0);
        assert!(axis.span(Day::first((2023, 1)), None).is_none());
        assert!(axis.span(Day::first((2021, 1)), None).is_some());
        let inverted = TimeAxis::new((2022, 5), (2021, 1), 0.0, 10.0);
        assert_eq!(inverted.words(), "from May 2022 to May 2022");
    }
}
