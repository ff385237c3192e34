//! Scores of forecasts, in hundredths of the scale.

/// The quantile of sorted values at a share, places between two values interpolated; none without values.
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(last);
    Some(sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64))
}

/// The half-width that holds a share of the sample: the ⌈(n + 1)p⌉-th smallest absolute residual, the greatest where there are fewer
/// (conformal prediction). None without residuals.
#[must_use]
pub fn half_width(sorted_absolute: &[f64], share: f64) -> Option<f64> {
    let last = sorted_absolute.len().checked_sub(1)?;
    let rank = ((sorted_absolute.len() + 1) as f64 * share).ceil() as usize;
    Some(sorted_absolute[rank.saturating_sub(1).min(last)])
}

/// The continuous ranked probability score of a sample, all alike: mean |X − y| − ½ mean |X − X′|. At least 0; of one number its absolute error.
/// Sorts the sample. None without one. Cost: m log m.
#[must_use]
pub fn crps(sample: &mut [f64], outcome: f64) -> Option<f64> {
    sample.sort_by(f64::total_cmp);
    let count = sample.len() as f64;
    if sample.is_empty() {
        return None;
    }
    let error: f64 = sample.iter().map(|x| (x - outcome).abs()).sum();
    // Σᵢⱼ |xᵢ − xⱼ| = 2 Σᵢ (2i − n + 1) xᵢ over sorted values.
    let spread: f64 = sample.iter().enumerate().map(|(i, x)| (2.0 * i as f64 - count + 1.0) * x).sum();
    Some((error / count - spread / (count * count)).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quantiles_and_half_widths_of_small_samples() {
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_eq!((quantile(&ten, 0.0), quantile(&ten, 0.5), quantile(&ten, 1.0)), (Some(1.0), Some(5.5), Some(10.0)));
        // Of eleven, eight tenths are nine.
        assert_eq!((half_width(&ten, 0.8), half_width(&ten, 0.99)), (Some(9.0), Some(10.0)));
        assert_eq!((quantile(&[], 0.5), half_width(&[], 0.5), crps(&mut [], 0.0)), (None, None, None));
    }

    proptest! {
        #[test]
        fn the_score_is_what_its_definition_says(mut sample in proptest::collection::vec(0.0..100.0_f64, 1..30), outcome in 0.0..100.0_f64) {
            let count = sample.len() as f64;
            let error: f64 = sample.iter().map(|x| (x - outcome).abs()).sum::<f64>() / count;
            let spread: f64 = sample.iter().flat_map(|x| sample.iter().map(move |y| (x - y).abs())).sum::<f64>() / (count * count);
            let score = crps(&mut sample, outcome).unwrap();
            prop_assert!((score - (error - spread / 2.0)).abs() < 1e-9);
            prop_assert!(score >= 0.0);
            prop_assert!((crps(&mut [sample[0]], outcome).unwrap() - (sample[0] - outcome).abs()).abs() < 1e-12);
        }
    }
}
