//! Numbers as text, exactly or for reading.

use detente_packages::{Exact, number as exact};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use crate::limits;

/// Reads a decimal or fraction of at most [`limits::DIGITS`] characters.
pub(crate) fn number(text: &str) -> Option<Exact> {
    if text.len() > limits::DIGITS { None } else { exact::parse(text) }
}

/// Places after the point in numbers for reading.
const PLACES: u32 = 9;

/// The number exactly: a decimal if it has one that ends, else a fraction. [`exact::parse`] reads it back.
#[must_use]
pub fn text(number: &Exact) -> String {
    decimal(number, u32::MAX).unwrap_or_else(|| format!("{}/{}", number.numer(), number.denom()))
}

/// The number for reading: exactly if it has at most nine places after the point, else rounded to nine, half away from zero.
#[must_use]
pub fn rounded(number: &Exact) -> String {
    decimal(number, PLACES).unwrap_or_else(|| {
        let power = Exact::from_integer(BigInt::from(10).pow(PLACES));
        let rounded = (number * &power).round() / power;
        decimal(&rounded, PLACES).unwrap_or_default()
    })
}

/// The decimal that ends after at most so many places, if there is one.
fn decimal(number: &Exact, most: u32) -> Option<String> {
    let mut rest = number.denom().clone();
    let mut count = |prime: u32| {
        let mut times = 0_u32;
        loop {
            let (quotient, remainder) = rest.div_rem(&BigInt::from(prime));
            if !remainder.is_zero() {
                return times;
            }
            rest = quotient;
            times += 1;
        }
    };
    let places = count(2).max(count(5));
    if !rest.is_one() || places > most {
        return None;
    }
    let digits = (number * Exact::from_integer(BigInt::from(10).pow(places))).to_integer();
    let unsigned = format!("{:0>width$}", digits.abs().to_string(), width = places as usize + 1);
    let (whole, part) = unsigned.split_at(unsigned.len() - places as usize);
    let sign = if digits.is_negative() { "-" } else { "" };
    Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_written_exactly() {
        for (written, expected) in
            [("0.50", "0.5"), ("-3", "-3"), ("2/6", "1/3"), ("-1/8", "-0.125"), ("1e-3", "0.001"), ("0", "0")]
        {
            assert_eq!(number(written).map(|number| text(&number)).as_deref(), Some(expected));
        }
    }

    #[test]
    fn numbers_for_reading_have_at_most_nine_places() {
        for (written, expected) in
            [("1/3", "0.333333333"), ("-2/3", "-0.666666667"), ("0.5", "0.5"), ("12.0000000004", "12"), ("7", "7")]
        {
            assert_eq!(number(written).map(|number| rounded(&number)).as_deref(), Some(expected));
        }
    }

    proptest! {
        #[test]
        fn a_number_written_is_read_back(above in -1_000_000_i64..1_000_000, below in 1_i64..1_000_000) {
            let number = Exact::new(above.into(), below.into());
            prop_assert_eq!(exact::parse(&text(&number)), Some(number));
        }
    }
}
