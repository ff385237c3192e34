//! Numbers that people state: decimals kept as they are written, ranges of them, and how sure of a range they are.

use std::cmp::Ordering;
use std::fmt;

/// A decimal as it is written, so that exact arithmetic can begin from its text: of at least 0, unless it was read as one with a sign. Two
/// are equal if they are the same number.
#[derive(Clone, Debug)]
pub struct Decimal {
    text: Box<str>,
    value: f64,
}

impl Decimal {
    /// Longest text, in bytes.
    const LONGEST: usize = 64;

    /// Reads `0.25`, `.5`, `3` or `2.5e-3`. Signs, not-a-number, infinities, numbers too large or too small for a 64-bit float, and texts of
    /// more than 64 bytes are refused.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let exponent_digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let well_formed = all_digits(whole)
            && all_digits(part)
            && !(whole.is_empty() && part.is_empty())
            && all_digits(exponent_digits)
            && (1..=3).contains(&exponent_digits.len())
            && text.len() <= Self::LONGEST;
        let value: f64 = text.parse().ok().filter(|_| well_formed)?;
        let lost = value == 0.0 && digits.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
        (value.is_finite() && !lost).then(|| Decimal { text: text.into(), value })
    }

    /// The same, with or without a minus sign in front: `-0.25`.
    #[must_use]
    pub fn parse_signed(text: &str) -> Option<Self> {
        let Some(digits) = text.strip_prefix('-') else { return Self::parse(text) };
        let positive = Self::parse(digits).filter(|_| text.len() <= Self::LONGEST)?;
        Some(Decimal { text: text.into(), value: -positive.value })
    }

    /// The shortest decimal that is read as this float; none if it is not finite.
    #[must_use]
    pub fn of(value: f64) -> Option<Self> {
        // Adding 0 takes the sign off a zero.
        let value = value + 0.0;
        let text = value.to_string();
        let text = if text.len() <= Self::LONGEST { text } else { format!("{value:e}") };
        Self::parse_signed(&text)
    }

    /// The text, as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The nearest 64-bit float.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.value
    }

    /// Digits without zeros before and after, and the place of the point before the first of them; nothing and 0 for zero.
    fn scaled(&self) -> (Vec<u8>, i64) {
        let unsigned = self.text.strip_prefix('-').unwrap_or(&self.text);
        let (digits, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all: Vec<u8> = whole.bytes().chain(part.bytes()).collect();
        let Some(first) = all.iter().position(|digit| *digit != b'0') else { return (Vec::new(), 0) };
        let last = all.iter().rposition(|digit| *digit != b'0').unwrap_or(first);
        let point = i64::try_from(whole.len()).unwrap_or_default() - i64::try_from(first).unwrap_or_default();
        (all[first..=last].to_vec(), point + exponent.parse::<i64>().unwrap_or_default())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Ord for Decimal {
    /// Exactly, also where the nearest floats are the same.
    fn cmp(&self, other: &Self) -> Ordering {
        let ((a, a_point), (b, b_point)) = (self.scaled(), other.scaled());
        let sign = |digits: &[u8], number: &Decimal| match (digits.is_empty(), number.text.starts_with('-')) {
            (true, _) => 0,
            (false, false) => 1,
            (false, true) => -1,
        };
        let (a_sign, b_sign) = (sign(&a, self), sign(&b, other));
        let by_size = a_point.cmp(&b_point).then_with(|| a.cmp(&b));
        a_sign.cmp(&b_sign).then(if a_sign < 0 { by_size.reverse() } else { by_size })
    }
}
impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Decimal {}

/// What is thought of a number: at least, most likely, at most. The three rise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    low: Decimal,
    best: Decimal,
    high: Decimal,
}

impl Range {
    /// A range; none unless `low` ≤ `best` ≤ `high`.
    #[must_use]
    pub fn new(low: Decimal, best: Decimal, high: Decimal) -> Option<Self> {
        (low <= best && best <= high).then_some(Range { low, best, high })
    }

    /// The least value.
    #[must_use]
    pub fn low(&self) -> &Decimal {
        &self.low
    }

    /// The value thought most likely.
    #[must_use]
    pub fn best(&self) -> &Decimal {
        &self.best
    }

    /// The greatest value.
    #[must_use]
    pub fn high(&self) -> &Decimal {
        &self.high
    }
}

/// The share of the chance that lies within a stated range: above 0, at most 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confidence(Decimal);

impl Confidence {
    /// Reads a number above 0 and at most 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Decimal::parse(text).filter(|number| number.value() > 0.0 && number.value() <= 1.0).map(Confidence)
    }

    /// The number.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.0.value()
    }

    /// The text, as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn decimals_are_read_and_keep_their_text() {
        for (text, value) in
            [("0.25", 0.25), (".5", 0.5), ("3", 3.0), ("3.", 3.0), ("2.5e-3", 0.0025), ("1E+2", 100.0), ("00", 0.0)]
        {
            assert_eq!((number(text).value(), number(text).text()), (value, text));
        }
    }

    #[test]
    fn what_is_no_plain_decimal_is_refused() {
        for text in [
            "", ".", "NaN", "nan", "inf", "infinity", "-1", "-0", "+1", "1e999", "1e-999", "1e1000", "0x1", "1,5", "½",
            "1e", "1_0", " 1",
        ] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
        assert!(Decimal::parse(&"1".repeat(65)).is_none());
    }

    #[test]
    fn decimals_are_compared_exactly() {
        let rising = ["0", "1e-300", "0.1", "0.10000000000000000000001", "0.2", "1", "9.99", "10", "1e2"];
        for pair in rising.windows(2) {
            assert!(number(pair[0]) < number(pair[1]), "{pair:?}");
        }
        for (a, b) in [("0", "0.00"), ("1", "1.0"), ("10", "1e1"), ("0.5", ".50"), ("0e5", "0")] {
            assert_eq!(number(a), number(b));
        }
    }

    #[test]
    fn decimals_with_a_sign_are_compared_exactly_too() {
        let signed = |text| Decimal::parse_signed(text).unwrap();
        let rising = ["-1e2", "-10", "-0.2", "-0.1000000000000000000001", "-0.1", "0", "0.1", "3"];
        for pair in rising.windows(2) {
            assert!(signed(pair[0]) < signed(pair[1]), "{pair:?}");
        }
        assert_eq!(signed("-0"), signed("0"));
        assert!(["--1", "+1", "-", "- 1"].into_iter().all(|text| Decimal::parse_signed(text).is_none()));
    }

    #[test]
    fn a_float_has_a_decimal_that_is_read_as_it() {
        for value in [0.0, -0.0, 0.1, -0.1 - 0.2, 1e-300, -1.5e300, 4.25] {
            assert_eq!(Decimal::of(value).map(|decimal| decimal.value()), Some(value));
        }
        assert_eq!(Decimal::of(-0.0).unwrap().text(), "0");
        assert!([f64::NAN, f64::INFINITY].into_iter().all(|value| Decimal::of(value).is_none()));
    }

    #[test]
    fn a_range_rises() {
        let range = |low, best, high| Range::new(number(low), number(best), number(high));
        assert!(range("0", "0", "0").is_some() && range("0.1", "0.2", "1").is_some());
        assert!(range("0.2", "0.1", "1").is_none() && range("0", "1", "0.9").is_none());
        assert!(range("0.10000000000000000000001", "0.1", "1").is_none());
    }

    #[test]
    fn confidence_is_above_zero_and_at_most_one() {
        assert!(["0.8", "1", "1.0", "1e-9"].into_iter().all(|text| Confidence::parse(text).is_some()));
        assert!(["0", "0.0", "1.1", "", "high"].into_iter().all(|text| Confidence::parse(text).is_none()));
    }
}
