//! Exact numbers with a sign: whole numbers, decimals, and fractions such as `1/3`.

use std::cmp::Ordering;
use std::fmt;

/// A number that is a fraction of two 64-bit whole numbers, kept as it is written. Two are equal if they are the same number.
#[derive(Clone, Debug)]
pub struct Fraction {
    text: Box<str>,
    numerator: i64,
    denominator: i64,
}

impl Fraction {
    /// Longest text, in bytes.
    const LONGEST: usize = 64;

    /// Reads `2`, `-1`, `+3`, `0.25`, `2.5e-3` or `1/3`. Anything else is refused, and so is a number whose numerator or denominator, in
    /// lowest terms, does not fit 64 bits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > Self::LONGEST {
            return None;
        }
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (numerator, denominator) = match unsigned.split_once('/') {
            Some((above, below)) => (whole(above)?, whole(below)?),
            None => decimal(unsigned)?,
        };
        let shared = greatest_common_divisor(numerator, denominator);
        let numerator = i64::try_from(numerator.checked_div(shared)?).ok()?;
        let denominator = i64::try_from(denominator / shared).ok().filter(|number| *number > 0)?;
        let numerator = if text.starts_with('-') { -numerator } else { numerator };
        Some(Fraction { text: text.into(), numerator, denominator })
    }

    /// The text, as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The numerator, in lowest terms.
    #[must_use]
    pub fn numerator(&self) -> i64 {
        self.numerator
    }

    /// The denominator, in lowest terms; above 0.
    #[must_use]
    pub fn denominator(&self) -> i64 {
        self.denominator
    }

    /// The nearest 64-bit float, or one beside it.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the nearest is asked for")]
    pub fn value(&self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

/// Digits as a number.
fn whole(digits: &str) -> Option<u128> {
    let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| all)
}

/// A decimal without a sign as a numerator and a power of ten.
fn decimal(text: &str) -> Option<(u128, u128)> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = whole(&format!("{before}{after}"))?;
    let unsigned = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let shift = i64::try_from(whole(unsigned)?).ok()?;
    let shift = if exponent.starts_with('-') { -shift } else { shift } - i64::try_from(after.len()).ok()?;
    let power = u32::try_from(shift.unsigned_abs()).ok().and_then(|shift| 10_u128.checked_pow(shift));
    match (digits, shift >= 0) {
        (0, _) => Some((0, 1)),
        (_, true) => Some((digits.checked_mul(power?)?, 1)),
        (_, false) => Some((digits, power?)),
    }
}

fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let product = |a: i64, b: i64| i128::from(a) * i128::from(b);
        product(self.numerator, other.denominator).cmp(&product(other.numerator, self.denominator))
    }
}
impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Fraction {}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Fraction {
        Fraction::parse(text).unwrap()
    }

    #[test]
    fn whole_numbers_decimals_and_fractions_are_read_exactly() {
        for (text, numerator, denominator) in [
            ("2", 2, 1),
            ("-1", -1, 1),
            ("+3", 3, 1),
            ("0.25", 1, 4),
            (".5", 1, 2),
            ("-2.50", -5, 2),
            ("2.5e-3", 1, 400),
            ("1E+2", 100, 1),
            ("2/6", 1, 3),
            ("-1/3", -1, 3),
            ("0", 0, 1),
            ("-0.0", 0, 1),
            ("0e400", 0, 1),
            ("9223372036854775807", i64::MAX, 1),
        ] {
            let read = number(text);
            assert_eq!((read.numerator(), read.denominator(), read.text()), (numerator, denominator, text));
        }
    }

    #[test]
    fn what_is_no_plain_number_or_too_large_is_refused() {
        for text in [
            "",
            "-",
            ".",
            "NaN",
            "inf",
            "-inf",
            "1/0",
            "0/0",
            "1/-3",
            "1 / 3",
            "1/3/5",
            "1/2.5",
            "--1",
            "1e",
            "1e400",
            "0x1",
            "1_0",
            " 1",
            "½",
            "9223372036854775808",
            "1e-30",
        ] {
            assert!(Fraction::parse(text).is_none(), "{text}");
        }
        assert!(Fraction::parse(&"1".repeat(65)).is_none());
    }

    #[test]
    fn numbers_are_compared_exactly() {
        assert_eq!(number("0.5"), number("1/2"));
        assert!(number("0.3333333333333333") < number("1/3"));
        assert!(number("-1/3") < number("-0.3333333333333333"));
    }
}
