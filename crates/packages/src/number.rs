//! Numbers without rounding: decimals and fractions from their text, and the whole numbers to which they are scaled.

use std::fmt::Debug;

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::{Num, NumAssignRef, Signed};

/// A fraction without rounding.
pub type Exact = Ratio<BigInt>;

/// A kind of number that values of options can have.
pub trait Number: Num + Signed + NumAssignRef + Ord + Clone + Debug + Send + Sync + 'static {}

impl<T: Num + Signed + NumAssignRef + Ord + Clone + Debug + Send + Sync + 'static> Number for T {}

/// A kind of whole number in which packages are computed: `i64` where sums fit, else `i128`, else [`BigInt`].
pub trait Whole: Number + Into<BigInt> {}

impl<T: Number + Into<BigInt>> Whole for T {}

/// Reads `0.1`, `-3`, `1e-3` or `2/3`, exactly. Not-a-number, infinities and exponents beyond ±400 are refused.
#[must_use]
pub fn parse(text: &str) -> Option<Exact> {
    let text = text.trim();
    if let Some((above, below)) = text.split_once('/') {
        let (above, below) = (decimal(above.trim())?, decimal(below.trim())?);
        return (below != Exact::from_integer(0.into())).then(|| above / below);
    }
    decimal(text)
}

fn decimal(text: &str) -> Option<Exact> {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok().filter(|e| e.abs() <= 400)?),
        None => (text, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let unsigned = whole.strip_prefix(['-', '+']).unwrap_or(whole);
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(unsigned) || !all_digits(part) || (unsigned.is_empty() && part.is_empty()) || text.len() > 400 {
        return None;
    }
    let number: BigInt = format!("{unsigned}{part}").parse().ok()?;
    let number = if whole.starts_with('-') { -number } else { number };
    let places = i32::try_from(part.len()).ok()? - exponent;
    let power = BigInt::from(10).pow(places.unsigned_abs());
    Some(if places >= 0 { Exact::new(number, power) } else { Exact::from_integer(number * power) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(above: i64, below: i64) -> Option<Exact> {
        Some(Exact::new(above.into(), below.into()))
    }

    #[test]
    fn decimals_and_fractions_are_read_from_their_text() {
        assert_eq!(parse("0.1"), exact(1, 10));
        assert_eq!(parse("-3"), exact(-3, 1));
        assert_eq!(parse("2/3"), exact(2, 3));
        assert_eq!(parse("1.5e-3"), exact(15, 10_000));
        assert_eq!(parse("2E2"), exact(200, 1));
        assert_eq!(parse(".5"), exact(1, 2));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", ".", "NaN", "inf", "-inf", "1/0", "1e999", "0x10", "1,5", "--1", "1e", "½"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
