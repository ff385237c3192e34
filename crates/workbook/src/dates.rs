//! Numbers that a workbook shows as dates. Days are counted from 1900, with a 29 February 1900 that never was, or from 1904.

use jiff::civil::Date;

/// What a format makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Shape {
    /// A number.
    #[default]
    Number,
    /// A day.
    Day,
    /// A month, such as `Mar-22`: the first day of a month stands for the month.
    Month,
    /// A year: the first day of a year stands for the year.
    Year,
    /// A time of a day.
    Time,
    /// A span of hours.
    Span,
}

impl Shape {
    /// Of a format that every program knows by its number.
    pub(crate) fn of_builtin(id: u32) -> Self {
        match id {
            14..=16 | 22 | 27..=31 | 36 | 50..=54 | 57..=58 => Shape::Day,
            17 => Shape::Month,
            18..=21 | 32..=35 | 45 | 47 | 55..=56 => Shape::Time,
            46 => Shape::Span,
            _ => Shape::Number,
        }
    }

    /// Of a format of the workbook's own, such as `dd/mm/yyyy;@`.
    pub(crate) fn of_code(code: &str) -> Self {
        if code.trim().eq_ignore_ascii_case("general") {
            return Shape::Number;
        }
        let code = code.to_lowercase().replace("am/pm", "h").replace("a/p", "h");
        let (mut year, mut month, mut day, mut time) = (false, false, false, false);
        let mut characters = code.chars();
        while let Some(character) = characters.next() {
            match character {
                // Only the format of positive numbers counts.
                ';' => break,
                '"' => _ = characters.by_ref().find(|c| *c == '"'),
                '\\' | '_' | '*' => _ = characters.next(),
                '[' => {
                    let inner: String = characters.by_ref().take_while(|c| *c != ']').collect();
                    if !inner.is_empty() && inner.chars().all(|c| matches!(c, 'h' | 'm' | 's')) {
                        return Shape::Span;
                    }
                }
                'y' => year = true,
                'd' => day = true,
                'm' => month = true,
                'h' | 's' => time = true,
                _ => {}
            }
        }
        match (day, year, time) {
            (true, _, _) | (_, true, true) => Shape::Day,
            (_, true, _) if month => Shape::Month,
            (_, true, _) => Shape::Year,
            (_, _, true) => Shape::Time,
            _ if month => Shape::Day,
            _ => Shape::Number,
        }
    }

    /// A number as text: a number in its shortest form, a day as `2022-03-29`, with its time after a `T` unless that is midnight.
    pub(crate) fn show(self, number: f64, from_1904: bool) -> String {
        if self == Shape::Number {
            return shortest(number);
        }
        let seconds = (number * 86_400.0).round();
        // Beyond the year 9999 and before the first day there are no dates.
        if !(0.0..2_958_466.0 * 86_400.0).contains(&seconds) {
            return shortest(number);
        }
        #[expect(clippy::cast_possible_truncation, reason = "the range was tested")]
        let seconds = seconds as i64;
        let (days, second) = (seconds / 86_400, seconds % 86_400);
        let time = clock(second);
        match self {
            Shape::Span => return clock(seconds),
            Shape::Time if days == 0 => return time,
            _ => {}
        }
        let Some(date) = date(days, from_1904) else { return shortest(number) };
        match self {
            Shape::Month if second == 0 && date.ends_with("-01") => date[..7].to_owned(),
            Shape::Year if second == 0 && date.ends_with("-01-01") => date[..4].to_owned(),
            _ if second == 0 => date,
            _ => format!("{date}T{time}"),
        }
    }
}

/// The day of a number of days.
fn date(days: i64, from_1904: bool) -> Option<String> {
    if !from_1904 && days == 60 {
        return Some("1900-02-29".to_owned());
    }
    let first = if from_1904 { Date::new(1904, 1, 1) } else { Date::new(1899, 12, 31) };
    let days = if !from_1904 && days > 60 { days - 1 } else { days };
    Some(first.ok()?.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?.to_string())
}

fn clock(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{seconds:02}") }
}

/// A number in the fewest digits that stand for it and no other: `2022`, `0.1`, `1e300`.
pub(crate) fn shortest(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    if (1e-7..1e21).contains(&number.abs()) { number.to_string() } else { format!("{number:e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_days_from_numbers() {
        for (code, shape) in [
            ("General", Shape::Number),
            ("0.00E+00", Shape::Number),
            ("#,##0.00 \"days\"", Shape::Number),
            ("[Red]0", Shape::Number),
            ("@", Shape::Number),
            ("yyyy\\-mm\\-dd;@", Shape::Day),
            ("[$-409]d\\-mmm\\-yy", Shape::Day),
            ("dd/mm/yyyy hh:mm", Shape::Day),
            ("mmm\\-yy", Shape::Month),
            ("yyyy", Shape::Year),
            ("h:mm AM/PM", Shape::Time),
            ("mm:ss.0", Shape::Time),
            ("[h]:mm:ss", Shape::Span),
            ("0;[Red]yyyy", Shape::Number),
        ] {
            assert_eq!(Shape::of_code(code), shape, "{code}");
        }
    }

    #[test]
    fn numbers_become_days() {
        for (number, shape, from_1904, text) in [
            (1.0, Shape::Day, false, "1900-01-01"),
            (59.0, Shape::Day, false, "1900-02-28"),
            (60.0, Shape::Day, false, "1900-02-29"),
            (61.0, Shape::Day, false, "1900-03-01"),
            (44649.0, Shape::Day, false, "2022-03-29"),
            (44_649.604_166_666_664, Shape::Day, false, "2022-03-29T14:30"),
            (44_648.999_999_999, Shape::Day, false, "2022-03-29"),
            (43187.0, Shape::Day, true, "2022-03-29"),
            (0.0, Shape::Day, true, "1904-01-01"),
            (2_958_465.0, Shape::Day, false, "9999-12-31"),
            (2_958_466.0, Shape::Day, false, "2958466"),
            (-1.0, Shape::Day, false, "-1"),
            (44621.0, Shape::Month, false, "2022-03"),
            (44649.0, Shape::Month, false, "2022-03-29"),
            (44562.0, Shape::Year, false, "2022"),
            (0.5, Shape::Time, false, "12:00"),
            (1.5, Shape::Span, false, "36:00"),
            (2022.0, Shape::Number, false, "2022"),
            (0.1, Shape::Number, false, "0.1"),
            (1e300, Shape::Number, false, "1e300"),
            (-0.0, Shape::Number, false, "0"),
        ] {
            assert_eq!(shape.show(number, from_1904), text, "{number} {shape:?}");
        }
    }
}
