//! Dates as people write them: `29.03.2022`, `March 29, 2022`, `29 березня 2022 р.`, `2022年3月29日`.
//!
//! [`read`] reads one text and never guesses: where day and month could change places it takes the order it is given, and
//! [`column`] finds that order from the cells that allow only one.

pub(super) mod column;
mod months;

use super::field::key;
use crate::when::{Day, When};
use months::Word;

/// Which of the numbers in `04/05/2022` is the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// Day before month.
    DayFirst,
    /// Month before day.
    MonthFirst,
}

/// A date as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadDate {
    /// The date; of a range, its first part.
    pub when: When,
    /// Whether the text names a range of dates.
    pub of_range: bool,
}

/// A part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Number {
        value: i16,
        digits: usize,
    },
    Month(i8),
    Sign(char),
    /// A word such as "to".
    Until,
}

use Part::{Month, Number, Sign, Until};

/// The longest text that is tried as a date (bytes): some ranges with names of months come near 60 letters.
const LONGEST: usize = 200;

/// Reads a date in any of the known styles; none if the text holds anything else, or a year of two digits.
#[must_use]
pub fn read(text: &str, order: DayOrder) -> Option<ReadDate> {
    if text.len() > LONGEST {
        return None;
    }
    let parts = parts(without_time(text.trim()))?;
    if let Some(when) = single(&parts, order) {
        return Some(ReadDate { when, of_range: false });
    }
    range(&parts, order).map(|when| ReadDate { when, of_range: true })
}

/// The text without a time of day at its end, as spreadsheets and logs write it.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text };
    let hour = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
    let date = hour.strip_suffix(['T', ' ', ',']);
    let is_time = |c: char| {
        c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | ' ' | 'A' | 'P' | 'M' | 'a' | 'p' | 'm')
    };
    match date {
        Some(date) if hour.len() < colon && colon - hour.len() <= 2 && text[colon..].chars().all(is_time) => {
            date.trim_end().trim_end_matches(',')
        }
        _ => text,
    }
}

/// The parts of a text; none if it holds a word or sign that no date has.
fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    // Chinese, Japanese and Korean write a word after each number.
    let plain: Vec<char> = text
        .chars()
        .map(|c| match c {
            '年' | '月' | '년' | '월' => '-',
            '日' | '号' | '號' | '일' => ' ',
            c => digit(c).unwrap_or(c),
        })
        .collect();
    let is_letter = |c: char| c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c);
    let mut at = 0;
    while let Some(&c) = plain.get(at) {
        let run = |from: usize, belongs: &dyn Fn(char) -> bool| {
            let end = plain[from..].iter().position(|c| !belongs(*c)).map_or(plain.len(), |length| from + length);
            (plain[from..end].iter().collect::<String>(), end)
        };
        if c.is_ascii_digit() {
            let (number, end) = run(at, &|c| c.is_ascii_digit());
            if number.len() == 8 {
                // The compact form of ISO 8601.
                for (part, digits) in [(0..4, 4), (4..6, 2), (6..8, 2)] {
                    parts.push(Number { value: number.get(part)?.parse().ok()?, digits });
                }
            } else {
                let digits = number.len();
                parts.push(Number { value: Some(number).filter(|_| digits <= 4)?.parse().ok()?, digits });
            }
            at = end;
        } else if is_letter(c) {
            let (word, end) = run(at, &is_letter);
            // Some names of months in Arabic are two words.
            if is_arabic(c) && plain.get(end) == Some(&' ') {
                let (second, second_end) = run(end + 1, &is_letter);
                if let Some(Word::Month(month)) = months::word(&key(&format!("{word} {second}"))) {
                    parts.push(Month(month));
                    at = second_end;
                    continue;
                }
            }
            match months::word(&key(&word))? {
                Word::Month(month) => parts.push(Month(month)),
                Word::Until => parts.push(Until),
                Word::Filler => {}
            }
            at = end;
        } else if c.is_whitespace() || is_invisible(c) {
            at += 1;
        } else {
            parts.push(match c {
                '.' | ',' | '/' | '-' | '–' | '—' => Sign(c),
                '،' => Sign(','),
                '‐' | '‑' | '−' => Sign('-'),
                _ => return None,
            });
            at += 1;
        }
    }
    // A full stop after the year or a shortened word is no part of the date.
    while let Some(Sign('.' | ',' | '-')) = parts.last() {
        parts.pop();
    }
    Some(parts)
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}')
}

/// Marks of direction, which texts in Arabic and Hebrew carry.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

/// A digit of Arabic, Persian or full-width writing as an ASCII digit.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

/// One date, whole.
fn single(parts: &[Part], order: DayOrder) -> Option<When> {
    let (values, gaps) = values_and_gaps(parts)?;
    let same_sign = gaps.windows(2).all(|pair| pair[0] == pair[1]);
    match *values.as_slice() {
        [year] => When::parse(&format!("{:04}", year_of(year)?)),
        [Number { .. }, Number { .. }] if gaps == [Some(',')] || gaps == [None] => None,
        [year @ Number { digits: 4, .. }, month] | [month, year @ Number { digits: 4, .. }] => {
            month_of(year_of(year)?, number_or_month(month)?)
        }
        [Number { .. }, Number { .. }, Number { .. }] if !same_sign || gaps[0] == Some(',') => None,
        [year @ Number { digits: 4, .. }, month, date] => day(year_of(year)?, number_or_month(month)?, short(date)?),
        [Month(month), date, year] | [date, Month(month), year] => day(year_of(year)?, month, short(date)?),
        [first, second, year] => {
            let (first, second) = (short(first)?, short(second)?);
            match order {
                DayOrder::DayFirst => day(year_of(year)?, second, first),
                DayOrder::MonthFirst => day(year_of(year)?, first, second),
            }
        }
        _ => None,
    }
}

/// The first part of a range of dates: what is missing in it, it has from the last.
fn range(parts: &[Part], order: DayOrder) -> Option<When> {
    let until = |part: &Part| matches!(part, Until | Sign('-' | '–' | '—' | '/'));
    let places = parts.iter().enumerate().filter(|(_, part)| until(part)).map(|(place, _)| place);
    places.into_iter().find_map(|place| {
        let (left, right) = (parts.get(..place)?, parts.get(place + 1..)?);
        let (first, last) = ends(left, right, order)?;
        (first.first() < last.first()).then_some(first)
    })
}

/// Both ends of a range.
fn ends(left: &[Part], right: &[Part], order: DayOrder) -> Option<(When, When)> {
    let (left_values, left_gaps) = values_and_gaps(left)?;
    let Some(last) = single(right, order) else {
        // March 29–31, 2022
        let (right_values, _) = values_and_gaps(right)?;
        let [Month(month), first] = *left_values.as_slice() else { return None };
        let [last, year] = *right_values.as_slice() else { return None };
        let year = year_of(year)?;
        return Some((day(year, month, short(first)?)?, day(year, month, short(last)?)?));
    };
    let (year, month) = (last.first().year(), last.first().month());
    let first = match *left_values.as_slice() {
        [date @ Number { digits: 1..=2, .. }] if last.is_day() => day(year, month, short(date)?),
        [Month(month)] if !last.is_day() => month_of(year, month),
        [Month(month), date @ Number { digits: 1..=2, .. }] | [date @ Number { digits: 1..=2, .. }, Month(month)]
            if last.is_day() =>
        {
            day(year, month, short(date)?)
        }
        [first @ Number { digits: 1..=2, .. }, second @ Number { digits: 1..=2, .. }] if last.is_day() => {
            let (first, second) = (short(first)?, short(second)?);
            match order {
                _ if !matches!(left_gaps[..], [Some('.' | '/')]) => None,
                DayOrder::DayFirst => day(year, second, first),
                DayOrder::MonthFirst => day(year, first, second),
            }
        }
        _ => single(left, order),
    };
    Some((first?, last))
}

/// Numbers and months, and what stands between each and the next: at most one sign, or a full stop and a comma.
fn values_and_gaps(parts: &[Part]) -> Option<(Vec<Part>, Vec<Option<char>>)> {
    let mut values: Vec<Part> = Vec::new();
    let mut gaps = Vec::new();
    let mut gap: Option<char> = None;
    for part in parts {
        match (*part, gap) {
            (Until, _) => return None,
            (Sign(_), _) if values.is_empty() => return None,
            (Sign(sign), None) => gap = Some(sign),
            (Sign(sign), Some('.')) if sign != '.' => gap = Some(sign),
            (Sign(_), Some(_)) => return None,
            (value, _) => {
                if !values.is_empty() {
                    gaps.push(gap.take());
                }
                values.push(value);
            }
        }
    }
    Some((values, gaps))
}

/// A year of four digits.
fn year_of(part: Part) -> Option<i16> {
    match part {
        Number { value, digits: 4 } if value >= 1000 => Some(value),
        _ => None,
    }
}

/// A number of one or two digits.
fn short(part: Part) -> Option<i8> {
    match part {
        Number { value, digits: 1..=2 } => i8::try_from(value).ok(),
        _ => None,
    }
}

fn number_or_month(part: Part) -> Option<i8> {
    match part {
        Month(month) => Some(month),
        part => short(part),
    }
}

fn day(year: i16, month: i8, day: i8) -> Option<When> {
    Day::new(year, month, day).ok().map(When::day)
}

fn month_of(year: i16, month: i8) -> Option<When> {
    When::parse(&format!("{year:04}-{month:02}"))
}

#[cfg(test)]
mod tests;
