//! Many results in a few numbers.

use schemars::JsonSchema;
use serde::Serialize;

/// Values below which 5, 25, 50, 75 and 95 of a hundred draws lie.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Quantiles {
    /// 5 of a hundred lie below.
    pub p5: f64,
    /// A quarter lies below.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// Three quarters lie below.
    pub p75: f64,
    /// 95 of a hundred lie below.
    pub p95: f64,
}

impl Quantiles {
    /// The quantiles of some values, with places between two values interpolated; none without values. Rounded to nine decimals.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Option<Self> {
        values.sort_by(f64::total_cmp);
        let last = values.len().checked_sub(1)?;
        let at = |share: f64| {
            let place = share * last as f64;
            let below = place.floor() as usize;
            let rest = place - below as f64;
            let above = values.get(below + 1).unwrap_or(&values[below]);
            rounded(values[below] * (1.0 - rest) + above * rest)
        };
        Some(Quantiles { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) })
    }
}

/// A number to nine decimals: what is behind them is the grain of the scale, not knowledge.
#[must_use]
pub fn rounded(number: f64) -> f64 {
    let rounded = (number * 1e9).round() / 1e9;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// The share of draws in which something holds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Probability {
    /// The share, from 0 to 1.
    pub probability: f64,
    /// Standard error of the share from the number of draws alone: that of plain random draws, of which two of each outcome more
    /// are assumed, so that it is never 0 (Agresti and Coull 1998). Stratified draws lie closer as a rule.
    pub mc_error: f64,
    /// The draws in which it holds.
    pub holds: u32,
    /// All draws.
    pub draws: u32,
}

impl Probability {
    /// The share of draws in which something holds; none without draws.
    #[must_use]
    pub fn of(outcomes: impl IntoIterator<Item = bool>) -> Option<Self> {
        let (holds, draws) =
            outcomes.into_iter().fold((0_u32, 0_u32), |(holds, draws), one| (holds + u32::from(one), draws + 1));
        Self::of_counts(holds, draws)
    }

    /// The same from the number of draws in which it holds; none without draws.
    #[must_use]
    pub fn of_counts(holds: u32, draws: u32) -> Option<Self> {
        if draws == 0 {
            return None;
        }
        let padded = f64::from(draws) + 4.0;
        let share = (f64::from(holds) + 2.0) / padded;
        Some(Probability {
            probability: rounded(f64::from(holds) / f64::from(draws)),
            mc_error: rounded((share * (1.0 - share) / padded).sqrt()),
            holds,
            draws,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_a_hundred_and_one_numbers_are_the_numbers() {
        let quantiles = Quantiles::of((0..=100).rev().map(f64::from).collect()).unwrap();
        assert_eq!(quantiles, Quantiles { p5: 5.0, p25: 25.0, p50: 50.0, p75: 75.0, p95: 95.0 });
        assert_eq!(Quantiles::of(vec![]), None);
        assert_eq!(Quantiles::of(vec![0.25]).map(|q| (q.p5, q.p95)), Some((0.25, 0.25)));
    }

    #[test]
    fn a_share_has_an_error_even_if_it_is_nought() {
        let half = Probability::of((0..1000).map(|n| n % 2 == 0)).unwrap();
        assert_eq!(half.probability, 0.5);
        assert!((half.mc_error - 0.0158).abs() < 1e-4);
        let never = Probability::of([false; 1000]).unwrap();
        assert_eq!(never.probability, 0.0);
        assert!(never.mc_error > 0.001);
        assert_eq!(Probability::of([]), None);
    }
}
