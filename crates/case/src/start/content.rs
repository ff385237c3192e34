//! What the cells of a column look like, where its name does not tell what it holds.

use std::collections::BTreeSet;

use super::dates::{DayOrder, read};
use super::field::Field;
use super::header::is_address;
use super::sheet::Sheet;
use crate::names;

/// Filled cells of a column that are looked at.
const SAMPLE: usize = 500;
/// The longest cell that may be a name or a topic (letters).
const SHORT: usize = 60;
/// The shortest cells, on average, that are taken for what was said (letters).
const SENTENCE: usize = 20;

/// What the filled cells of a column are.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    filled: usize,
    dates: usize,
    addresses: usize,
    named: usize,
    numbers: usize,
    short: usize,
    distinct: usize,
    letters: usize,
}

impl Content {
    pub(super) fn of(sheet: &Sheet, column: usize) -> Content {
        let mut content = Content::default();
        let mut distinct: BTreeSet<String> = BTreeSet::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        let cells = sheet.rows.iter().map(|row| sheet.cell(row, Some(column))).filter(|cell| !cell.is_empty());
        for cell in cells.take(SAMPLE) {
            let letters = cell.chars().count();
            content.filled += 1;
            content.letters += letters;
            let is_date = read(cell, DayOrder::DayFirst).or_else(|| read(cell, DayOrder::MonthFirst)).is_some();
            content.dates += usize::from(is_date);
            content.addresses += usize::from(is_address(cell));
            content.numbers += usize::from(cell.parse::<f64>().is_ok());
            content.short += usize::from(letters <= SHORT);
            let normalised = names::normalise(cell);
            if letters <= SHORT && distinct.insert(normalised.clone()) && names::settle(cell, &[], false).is_some() {
                known.insert(normalised.clone());
            }
            content.named += usize::from(known.contains(&normalised));
        }
        content.distinct = distinct.len();
        content
    }

    /// How much the column looks as if it held a field, in thousandths; 0 if it does not.
    pub(super) fn likeness(&self, field: Field) -> usize {
        if self.filled == 0 {
            return 0;
        }
        let share = |count: usize| if count * 10 >= self.filled * 6 { count * 1000 / self.filled } else { 0 };
        match field {
            Field::Date => share(self.dates),
            Field::Link => share(self.addresses),
            Field::Actor => share(self.named),
            Field::Issue => usize::from(self.is_grouping()) * 1000,
            // By length: what was said is the longest text.
            Field::Words if share(self.addresses) > 0 || self.letters / self.filled < SENTENCE => 0,
            Field::Words => self.letters * 1000 / self.filled,
        }
    }

    /// Whether the cells are few distinct short texts, as names and topics are.
    pub(super) fn is_grouping(&self) -> bool {
        self.filled >= 3
            && self.distinct * 2 <= self.filled + 1
            && self.short == self.filled
            && [self.dates, self.addresses, self.numbers].iter().all(|count| count * 2 < self.filled)
    }

    /// Why the column is taken for a field, in words.
    pub(super) fn reason(&self, field: Field) -> String {
        let of = |count: usize, what: &str| format!("{count} of {} cells are {what}", self.filled);
        match field {
            Field::Date => of(self.dates, "dates"),
            Field::Link => of(self.addresses, "addresses"),
            Field::Words => "its texts are the longest".to_owned(),
            Field::Actor if self.likeness(Field::Actor) > 0 => of(self.named, "names of countries or organisations"),
            Field::Actor | Field::Issue => format!("its {} cells are {} short texts", self.filled, self.distinct),
        }
    }
}

/// The column that looks clearly more like a field than all others: half as much again as the next. Otherwise those that may.
pub(super) fn clear_best(contents: &[Content], columns: &[usize], field: Field) -> Result<Option<usize>, Vec<usize>> {
    let mut like: Vec<(usize, usize)> = columns
        .iter()
        .map(|place| (contents[*place].likeness(field), *place))
        .filter(|(likeness, _)| *likeness > 0)
        .collect();
    like.sort_by_key(|(likeness, place)| (std::cmp::Reverse(*likeness), *place));
    match like.as_slice() {
        [] => Ok(None),
        [(_, only)] => Ok(Some(*only)),
        [(best, place), (next, _), ..] if best * 2 >= next * 3 => Ok(Some(*place)),
        [(best, _), ..] => {
            Err(like.iter().filter(|(likeness, _)| best * 2 < likeness * 3).map(|(_, place)| *place).collect())
        }
    }
}
