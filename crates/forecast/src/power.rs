//! Powers of shares, many at a time.
//!
//! Rounds of the expected-utility model take most of their time in powers xʳ of distances between 0 and 1, where many share x
//! and many share r. So logarithms are taken once for each x, and what is left is one exponential a power, without branches or tables.
//! Plain sums and products only: the same bits on every machine. Within 10⁻¹⁴ of `libm::pow`, which tests check.

/// (artanh t − t)/t³ as a polynomial of t², for t from −0.172 to 0.172: through the nodes of Chebyshev, within 10⁻¹⁷ of t.
const ARTANH: [f64; 7] = [
    0.073_082_248_425_217_03,
    0.076_658_608_002_780_21,
    0.090_914_445_626_308_61,
    0.111_111_055_673_975_4,
    0.142_857_143_129_877_43,
    0.199_999_999_999_497_52,
    0.333_333_333_333_333_5,
];

/// (2ᵗ − 1)/t for t from −½ to ½, in the same way: 2ᵗ within 6 · 10⁻¹⁶.
const EXP2: [f64; 10] = [
    7.070_977_866_508_138e-9,
    1.020_590_541_376_559_5e-7,
    1.321_545_163_322_143_4e-6,
    1.525_267_292_485_073_7e-5,
    0.000_154_035_304_247_765_29,
    0.001_333_355_820_079_459_2,
    0.009_618_129_107_618_665,
    0.055_504_108_664_651_67,
    0.240_226_506_959_100_75,
    0.693_147_180_559_946_2,
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
    let series = horner(&ARTANH, q);
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
    let t = power - whole;
    let series = 1.0 + t * horner(&EXP2, t);
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

    #[test]
    fn powers_of_two_are_within_a_thousand_million_millionth() {
        for step in 0..=1_000_000 {
            let power = -f64::from(step) / 1001.0;
            let (own, other) = (exp2(power), libm::exp2(power));
            assert!((own - other).abs() <= 1e-15 * other, "2^{power}: {own} {other}");
        }
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
