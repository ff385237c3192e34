//! Powers of shares, many at a time.
//!
//! Rounds of the expected-utility model take most of their time in powers xʳ of distances between 0 and 1, where many share x
//! and many share r. So logarithms are taken once for each x, and what is left is one exponential a power, without branches or tables.
//! Plain sums and products only: the same bits on every machine. Within 10⁻¹⁴ of `libm::pow`, which tests check.

/// 1/19 to 1/3: the series of artanh after its first term, the last term first.
const ODD: [f64; 9] =
    [1.0 / 19.0, 1.0 / 17.0, 1.0 / 15.0, 1.0 / 13.0, 1.0 / 11.0, 1.0 / 9.0, 1.0 / 7.0, 1.0 / 5.0, 1.0 / 3.0];

/// 1/12! to 1/0!: the series of the exponential, the last term first.
const FACTORIAL: [f64; 13] = [
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

/// A polynomial, its coefficients from the highest power on.
#[inline]
fn horner<const N: usize>(coefficients: &[f64; N], at: f64) -> f64 {
    let mut sum = 0.0;
    for coefficient in coefficients {
        sum = sum * at + coefficient;
    }
    sum
}

/// The logarithm to base 2 of a share above 0; of 0 a number so low that every power of it is 0.
#[inline]
pub(crate) fn log2(share: f64) -> f64 {
    // x = m · 2ᵉ with m from √½ to √2.
    const ROOT_HALF_BITS: u64 = 0x3fe6_a09e_667f_3bcd;
    let bits = share.to_bits().wrapping_sub(ROOT_HALF_BITS).wrapping_add(1.0_f64.to_bits());
    // The bits of 2⁵² + e are those of 2⁵² with e at their end: a conversion that whole registers can do.
    const TWO_52: f64 = 4_503_599_627_370_496.0;
    let exponent = f64::from_bits(TWO_52.to_bits() | (bits >> 52)) - (TWO_52 + 1023.0);
    let mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff).wrapping_add(ROOT_HALF_BITS));
    // ln m = 2 artanh((m − 1)/(m + 1)).
    let t = (mantissa - 1.0) / (mantissa + 1.0);
    let q = t * t;
    let series = horner(&ODD, q);
    // A choice, not a branch: loops over many shares stay one stream of instructions.
    let log = exponent + std::f64::consts::LOG2_E * 2.0 * (t + t * q * series);
    if share < 1e-300 { ZERO } else { log }
}

const ZERO: f64 = -1e9;

/// 2 to a power of at most 0.
#[inline]
pub(crate) fn exp2(power: f64) -> f64 {
    let (asked, power) = (power, power.max(-1000.0));
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    let shifted = power + SHIFT;
    let whole = shifted - SHIFT;
    let t = (power - whole) * std::f64::consts::LN_2;
    let series = horner(&FACTORIAL, t);
    let scale = f64::from_bits(shifted.to_bits().wrapping_add(1023).wrapping_shl(52));
    // Below this the result is less than 10⁻³⁰⁰: a distance so small weighs nothing.
    if asked < -1000.0 { 0.0 } else { series * scale }
}

/// A share to a power.
#[cfg(test)]
fn power(share: f64, exponent: f64) -> f64 {
    exp2(exponent * log2(share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ends_are_exact() {
        for exponent in [0.5, 1.0, 1.3, 2.0] {
            assert_eq!((power(0.0, exponent), power(1.0, exponent)), (0.0, 1.0));
        }
        assert_eq!(power(0.5, 2.0), 0.25);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn it_is_the_power(share in prop_oneof![0.0..=1.0_f64, 1e-12..1e-3_f64], exponent in 0.5..=2.0_f64) {
            let (own, other) = (power(share, exponent), libm::pow(share, exponent));
            prop_assert!((own - other).abs() <= 2e-14 * other, "{share}^{exponent}: {own} {other}");
        }
    }
}
