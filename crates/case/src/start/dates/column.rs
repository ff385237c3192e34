//! The dates of one column: which of day and month comes first, and whether its numbers are days as spreadsheets count them.

use super::{DayOrder, ReadDate, read};
use crate::when::{Day, When};

/// How the dates of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Texts; the order applies where day and month could change places.
    Text(DayOrder),
    /// Numbers of days, as spreadsheets store dates.
    Serial,
}

/// A style and the cell that settled it, if the order had to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) style: Style,
    /// Place of the first cell that allows only the order found, where other cells allow both.
    pub(crate) by: Option<usize>,
}

/// Why the order of a column is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unsettled {
    /// Places of the cells that can be read in both orders.
    pub(crate) both: Vec<usize>,
    /// Places of a cell that is only day first, and of one that is only month first, where the column has both.
    pub(crate) clash: Option<(usize, usize)>,
}

impl Style {
    /// Finds the style of some cells, of which empty ones do not count.
    pub(crate) fn of(cells: &[&str], given: Option<DayOrder>) -> Result<Found, Unsettled> {
        let filled = || cells.iter().filter(|cell| !cell.is_empty());
        if filled().count() >= FEWEST_SERIALS && filled().all(|cell| serial(cell).is_some()) {
            return Ok(Found { style: Style::Serial, by: None });
        }
        let (mut day_first, mut month_first, mut both) = (None, None, Vec::new());
        for (place, cell) in cells.iter().enumerate() {
            match (read(cell, DayOrder::DayFirst), read(cell, DayOrder::MonthFirst)) {
                (Some(day), Some(month)) if day != month => both.push(place),
                (Some(_), None) => day_first = day_first.or(Some(place)),
                (None, Some(_)) => month_first = month_first.or(Some(place)),
                _ => {}
            }
        }
        let text =
            |order, by: Option<usize>| Ok(Found { style: Style::Text(order), by: by.filter(|_| !both.is_empty()) });
        match (given, day_first, month_first) {
            (Some(order), ..) => text(order, None),
            (None, by, None) if by.is_some() || both.is_empty() => text(DayOrder::DayFirst, by),
            (None, None, by @ Some(_)) => text(DayOrder::MonthFirst, by),
            // Each cell has one reading, though not all have the same order.
            (None, Some(_), Some(_)) if both.is_empty() => text(DayOrder::DayFirst, None),
            (None, day, month) => Err(Unsettled { both, clash: day.zip(month) }),
        }
    }

    /// Reads a cell of the column.
    pub(crate) fn read(self, cell: &str) -> Option<ReadDate> {
        match self {
            Style::Serial => serial(cell).map(|day| ReadDate { when: When::day(day), of_range: false }),
            Style::Text(order) => {
                let other = match order {
                    DayOrder::DayFirst => DayOrder::MonthFirst,
                    DayOrder::MonthFirst => DayOrder::DayFirst,
                };
                read(cell, order).or_else(|| read(cell, other))
            }
        }
    }
}

/// Whether a cell alone looks like a date.
pub(crate) fn looks_dated(cell: &str) -> bool {
    read(cell, DayOrder::DayFirst).or_else(|| read(cell, DayOrder::MonthFirst)).is_some() || serial(cell).is_some()
}

/// The fewest numbers that make a column one of counted days: a single number may be anything.
const FEWEST_SERIALS: usize = 3;

/// The day that a spreadsheet stores as a number: days since 30 December 1899. From 1950 to 2099, so that no year or small
/// number is taken for one.
fn serial(cell: &str) -> Option<Day> {
    let number: i64 =
        Some(cell).filter(|cell| cell.len() == 5 && cell.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    if !(18_264..=73_050).contains(&number) {
        return None;
    }
    Day::new(1899, 12, 30).ok()?.checked_add(jiff::Span::new().try_days(number).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(cells: &[&str]) -> Result<Found, Unsettled> {
        Style::of(cells, None)
    }

    #[test]
    fn a_cell_that_allows_one_order_settles_the_column() {
        let day_first = Ok(Found { style: Style::Text(DayOrder::DayFirst), by: Some(1) });
        assert_eq!(style(&["04/05/2022", "29/03/2022"]), day_first);
        let month_first = Ok(Found { style: Style::Text(DayOrder::MonthFirst), by: Some(2) });
        assert_eq!(style(&["04/05/2022", "", "03/29/2022"]), month_first);
    }

    #[test]
    fn without_such_a_cell_or_with_both_kinds_the_order_is_not_known() {
        assert_eq!(style(&["04/05/2022", "2022-03-29"]), Err(Unsettled { both: vec![0], clash: None }));
        let mixed = ["29/03/2022", "04/05/2022", "03/29/2022"];
        assert_eq!(style(&mixed), Err(Unsettled { both: vec![1], clash: Some((0, 2)) }));
        let given = Style::of(&mixed, Some(DayOrder::MonthFirst)).unwrap().style;
        let days = mixed.map(|cell| given.read(cell).unwrap().when.to_string());
        assert_eq!(days, ["2022-03-29", "2022-04-05", "2022-03-29"]);
    }

    #[test]
    fn cells_of_one_reading_each_need_no_order() {
        let cells = ["29/03/2022", "03/29/2022", "05/05/2022", "March 2022"];
        let found = style(&cells).unwrap();
        assert_eq!(found.by, None);
        assert!(cells.iter().all(|cell| found.style.read(cell).is_some()));
    }

    #[test]
    fn numbers_are_counted_days_only_where_the_whole_column_is() {
        let found = style(&["44649", "", "44650", "36526"]).unwrap();
        assert_eq!(found.style.read("44649").unwrap().when.to_string(), "2022-03-29");
        assert_eq!(found.style.read("36526").unwrap().when.to_string(), "2000-01-01");
        assert_ne!(style(&["44649", "44650", "2022"]).unwrap().style, Style::Serial);
        assert_ne!(style(&["44649", "44650"]).unwrap().style, Style::Serial);
    }
}
