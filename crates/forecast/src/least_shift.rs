//! How far one actor would have to move for a forecast to move by a stated amount, for any model.

use crate::positions::Positions;

/// A shift that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// By how much the actor moves, on the scale of the issue.
    pub by: f64,
    /// The forecast then.
    pub forecast: f64,
}

/// Steps into which the scale is divided: a forecast that moves only within a shorter stretch is not found.
const STEPS: u32 = 100;

/// The nearest place to which one actor could move for the forecast to rise by at least `by` (or fall, where it is below 0), in steps of
/// a hundredth of the scale and between two of them by halving. None where no place on the scale does. Cost: some hundred runs.
///
/// For the weighted mean, [`crate::Mean::least_shift`] is exact.
#[must_use]
pub fn least_shift(
    positions: &Positions,
    actor: usize,
    by: f64,
    forecast: impl Fn(&Positions) -> Option<f64>,
) -> Option<Found> {
    let (scale, place) = (positions.scale(), positions.stands().get(actor)?.position);
    let goal = forecast(positions)? + by;
    // A billionth of the scale less is enough: sums round.
    let tolerance = scale.range() * 1e-9;
    let at = |shift: f64| {
        let value = forecast(&positions.with_position(actor, place + shift))?;
        let enough = if by >= 0.0 { value >= goal - tolerance } else { value <= goal + tolerance };
        enough.then_some(value)
    };
    if let Some(forecast) = at(0.0) {
        return Some(Found { by: 0.0, forecast });
    }
    let step = scale.range() / f64::from(STEPS);
    for number in 1..=STEPS {
        let ends = [f64::from(number) * step, f64::from(number) * -step];
        // Past the end of the scale the last place is the end.
        let inside = |shift: &f64| scale.holds(place + shift - shift.signum() * step);
        let found = ends.iter().filter(|shift| inside(shift)).filter_map(|shift| {
            let clipped = scale.clip(place + shift) - place;
            at(clipped).map(|forecast| halved(shift - shift.signum() * step, Found { by: clipped, forecast }, &at))
        });
        if let Some(least) = found.min_by(|a, b| a.by.abs().total_cmp(&b.by.abs())) {
            return Some(least);
        }
    }
    None
}

/// The least shift between one that does not do and one that does.
fn halved(mut short: f64, mut found: Found, at: &dyn Fn(f64) -> Option<f64>) -> Found {
    for _ in 0..30 {
        let middle = short + (found.by - short) / 2.0;
        match at(middle) {
            Some(forecast) => found = Found { by: middle, forecast },
            None => short = middle,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mean::Mean;
    use crate::median::Median;
    use crate::positions::tests::{plain, some};
    use proptest::prelude::*;

    #[test]
    fn the_median_gives_way_where_the_weight_crosses() {
        let three = plain(&[(0.0, 1.0), (50.0, 1.0), (100.0, 1.0)]);
        let median = |positions: &Positions| Some(Median::of(positions).label());
        // The middle actor takes the median with it; the lower one has to pass it first; the upper one cannot raise it.
        assert!((least_shift(&three, 1, 10.0, median).unwrap().by - 10.0).abs() < 1e-6);
        assert!((least_shift(&three, 0, 10.0, median).unwrap().by - 60.0).abs() < 1e-6);
        assert_eq!(least_shift(&three, 2, 10.0, median), None);
        assert!((least_shift(&three, 2, -10.0, median).unwrap().by + 60.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn of_the_mean_it_finds_the_closed_form(positions in some(8), by in -20.0..20.0_f64) {
            let exact = Mean::of(&positions).least_shift(0, by).unwrap();
            let found = least_shift(&positions, 0, by, |p| Some(Mean::of(p).value()));
            match found {
                Some(found) => prop_assert!((found.by - exact.by).abs() < 1e-5, "{found:?} {exact:?}"),
                None => prop_assert!(!exact.on_scale, "{exact:?}"),
            }
        }
    }
}
