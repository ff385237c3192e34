//! How an input is drawn.

use super::copula::Joint;
use super::strata::Unit;

/// How an input is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Any number between two, all alike.
    Uniform {
        /// The least.
        low: f64,
        /// The greatest.
        high: f64,
    },
    /// A number near a best one.
    Triangle(Triangle),
    /// Weights of so many parts that sum to 1, every weighting alike (the flat Dirichlet distribution).
    FlatSimplex {
        /// The number of parts.
        parts: usize,
    },
    /// Places of options between 0 and 1 that keep their order, the first at 0 and the last at 1, every such placing alike. A single
    /// option stands at one half.
    OrderPreserving {
        /// The number of options.
        places: usize,
    },
    /// Numbers near best ones that rest on one source.
    Joint(Joint),
    /// One of some options, all alike, as its place from 0.
    OneOf {
        /// The number of options.
        options: usize,
    },
}

impl Distribution {
    /// How many numbers a value has.
    #[must_use]
    pub fn width(&self) -> usize {
        match self {
            Distribution::Uniform { .. } | Distribution::Triangle(_) | Distribution::OneOf { .. } => 1,
            Distribution::FlatSimplex { parts } => *parts,
            Distribution::OrderPreserving { places } => *places,
            Distribution::Joint(joint) => joint.width(),
        }
    }

    /// How many numbers of the unit interval a draw needs.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        match self {
            Distribution::Uniform { .. } | Distribution::Triangle(_) | Distribution::OneOf { .. } => 1,
            Distribution::FlatSimplex { parts } => parts.saturating_sub(1),
            Distribution::OrderPreserving { places } => places.saturating_sub(2),
            Distribution::Joint(joint) => joint.width() + 1,
        }
    }

    /// The name, and the number within it, on which each number of the unit interval depends.
    pub(super) fn keys<'n>(&'n self, name: &'n str) -> Vec<(&'n str, usize)> {
        match self {
            Distribution::Joint(joint) => {
                std::iter::once((name, 0)).chain(joint.names().map(|name| (name, 0))).collect()
            }
            _ => (0..self.dimensions()).map(|dimension| (name, dimension)).collect(),
        }
    }

    /// Adds the value that some numbers of the unit interval, [`Distribution::dimensions`] of them, stand for.
    pub fn shape(&self, units: &[Unit], value: &mut Vec<f64>) {
        let first = units.first().copied();
        match self {
            Distribution::Uniform { low, high } => {
                value.extend(first.map(|unit| low * unit.mirrored().value() + high * unit.value()));
            }
            Distribution::Triangle(triangle) => value.extend(first.map(|unit| triangle.quantile(unit))),
            Distribution::Joint(joint) => joint.shape(units, value),
            // The spacings of points that fall anywhere are a flat Dirichlet draw.
            Distribution::FlatSimplex { parts } => match parts {
                0 => {}
                _ => {
                    let cuts: Vec<f64> = sorted(units).chain([1.0]).collect();
                    let before = std::iter::once(0.0).chain(cuts.iter().copied());
                    value.extend(cuts.iter().zip(before).map(|(cut, before)| cut - before));
                }
            },
            Distribution::OrderPreserving { places } => match places {
                0 => {}
                1 => value.push(0.5),
                _ => value.extend(std::iter::once(0.0).chain(sorted(units)).chain([1.0])),
            },
            Distribution::OneOf { options } => value.extend(first.map(|unit| unit.pick(*options) as f64)),
        }
    }
}

/// Some numbers in order. Their differences are exact.
fn sorted(units: &[Unit]) -> impl Iterator<Item = f64> {
    let mut units = units.to_vec();
    units.sort_unstable();
    units.into_iter().map(Unit::value)
}

/// A triangle around a best value whose stated range holds a stated share of the draws.
///
/// Half-widths are the stated ones × 1/(1 − √(1 − c)) for a confidence c; what lies outside the bounds is cut off, and the tails that
/// are left share the mass 1 − c. With no tail left the stated range holds all.
#[derive(Clone, Debug, PartialEq)]
pub struct Triangle {
    stated: [f64; 3],
    /// Ends of the widened triangle.
    wide: [f64; 2],
    bounds: [f64; 2],
    confidence: f64,
}

impl Triangle {
    /// A triangle; none unless bounds, low, best and high are finite and in order and the confidence is above 0 and at most 1.
    #[must_use]
    pub fn new(low: f64, best: f64, high: f64, confidence: f64, bounds: (f64, f64)) -> Option<Self> {
        let in_order = bounds.0 <= low && low <= best && best <= high && high <= bounds.1;
        let finite = bounds.0.is_finite() && bounds.1.is_finite();
        let held = confidence > 0.0 && confidence <= 1.0;
        if !(in_order && finite && held) {
            return None;
        }
        let widen = 1.0 / (1.0 - (1.0 - confidence).sqrt());
        let wide = [best - (best - low) * widen, best + (high - best) * widen];
        Some(Triangle { stated: [low, best, high], wide, bounds: [bounds.0, bounds.1], confidence })
    }

    /// The value below which a share of the draws lies.
    #[must_use]
    pub fn quantile(&self, share: Unit) -> f64 {
        let [low, best, high] = self.stated;
        let [start, end] = self.wide;
        if end <= start {
            return best;
        }
        // Shares of the wide triangle: cut off below, in the lower tail, inside, in the upper tail.
        let (cut_below, cut_above) = (self.below(self.bounds[0]), self.above(self.bounds[1]));
        let lower = (self.below(low) - cut_below).max(0.0);
        let upper = (self.above(high) - cut_above).max(0.0);
        let tails = lower + upper;
        let outside = if tails > 0.0 { 1.0 - self.confidence } else { 0.0 };
        let (mass_lower, mass_upper) =
            if tails > 0.0 { (outside * lower / tails, outside * upper / tails) } else { (0.0, 0.0) };
        let inside = 1.0 - outside;
        let (below, above) = (share.value(), share.mirrored().value());
        let value = if below < mass_lower {
            self.at_share_below(cut_below + lower * below / mass_lower)
        } else if above < mass_upper {
            self.at_share_above(cut_above + upper * above / mass_upper)
        } else {
            // Within the stated range each half is entered from its own side, so that mirrored triangles give mirrored values.
            let (start_inside, end_inside) = (self.below(low), self.above(high));
            let held = 1.0 - start_inside - end_inside;
            let from_below = start_inside + held * (below - mass_lower) / inside;
            let from_above = end_inside + held * (above - mass_upper) / inside;
            if from_below <= self.below(best) {
                self.at_share_below(from_below)
            } else {
                self.at_share_above(from_above)
            }
        };
        value.clamp(self.bounds[0], self.bounds[1])
    }

    /// The share of the wide triangle below a value that is not above the best one.
    fn below(&self, value: f64) -> f64 {
        let [start, end] = self.wide;
        let (rise, reach) = (self.stated[1] - start, (value - start).max(0.0));
        if rise > 0.0 { reach * reach / ((end - start) * rise) } else { 0.0 }
    }

    /// The share of the wide triangle above a value that is not below the best one.
    fn above(&self, value: f64) -> f64 {
        let [start, end] = self.wide;
        let (fall, reach) = (end - self.stated[1], (end - value).max(0.0));
        if fall > 0.0 { reach * reach / ((end - start) * fall) } else { 0.0 }
    }

    fn at_share_below(&self, share: f64) -> f64 {
        let [start, end] = self.wide;
        start + (share.max(0.0) * (end - start) * (self.stated[1] - start)).sqrt()
    }

    fn at_share_above(&self, share: f64) -> f64 {
        let [start, end] = self.wide;
        end - (share.max(0.0) * (end - start) * (end - self.stated[1])).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Evenly spread numbers of the unit interval.
    fn even(count: u64) -> impl Iterator<Item = Unit> {
        let width = (1_u64 << 52) / count;
        (0..count).map(move |slice| Unit::in_slice(slice * width + width / 2))
    }

    fn draws(triangle: &Triangle) -> Vec<f64> {
        even(20_000).map(|unit| triangle.quantile(unit)).collect()
    }

    fn mean(values: &[f64]) -> f64 {
        values.iter().sum::<f64>() / values.len() as f64
    }

    #[test]
    fn a_certain_triangle_is_the_plain_one() {
        let triangle = Triangle::new(0.1, 0.2, 0.6, 1.0, (0.0, 1.0)).unwrap();
        let draws = draws(&triangle);
        assert!((mean(&draws) - (0.1 + 0.2 + 0.6) / 3.0).abs() < 1e-4);
        assert!(draws.iter().all(|x| (0.1..=0.6).contains(x)));
    }

    #[test]
    fn a_range_that_is_a_point_is_that_point() {
        let triangle = Triangle::new(0.3, 0.3, 0.3, 0.8, (0.0, 1.0)).unwrap();
        assert!(draws(&triangle).iter().all(|x| *x == 0.3));
    }

    #[test]
    fn what_is_no_triangle_is_refused() {
        assert_eq!(Triangle::new(0.4, 0.3, 0.5, 0.8, (0.0, 1.0)), None);
        assert_eq!(Triangle::new(0.2, 0.3, 1.5, 0.8, (0.0, 1.0)), None);
        assert_eq!(Triangle::new(0.2, 0.3, 0.5, 0.0, (0.0, 1.0)), None);
        assert_eq!(Triangle::new(0.2, f64::NAN, 0.5, 0.8, (0.0, 1.0)), None);
        assert_eq!(Triangle::new(0.2, 0.3, 0.5, 0.8, (f64::NEG_INFINITY, 1.0)), None);
    }

    #[test]
    fn a_flat_simplex_has_the_moments_of_a_flat_dirichlet_distribution() {
        let simplex = Distribution::FlatSimplex { parts: 3 };
        let units: Vec<Unit> = even(200).collect();
        let mut values = Vec::new();
        units.iter().for_each(|a| units.iter().for_each(|b| simplex.shape(&[*a, *b], &mut values)));
        for part in 0..3 {
            let weights: Vec<f64> = values.iter().skip(part).step_by(3).copied().collect();
            assert!((mean(&weights) - 1.0 / 3.0).abs() < 0.005);
            // Variance (1/3)(2/3)/4.
            let spread = weights.iter().map(|w| (w - 1.0 / 3.0) * (w - 1.0 / 3.0)).sum::<f64>() / weights.len() as f64;
            assert!((spread - 1.0 / 18.0).abs() < 0.002);
        }
    }

    #[test]
    fn small_sets_need_no_draw() {
        let mut values = Vec::new();
        Distribution::FlatSimplex { parts: 1 }.shape(&[], &mut values);
        Distribution::OrderPreserving { places: 1 }.shape(&[], &mut values);
        Distribution::OrderPreserving { places: 2 }.shape(&[], &mut values);
        assert_eq!(values, [1.0, 0.5, 0.0, 1.0]);
    }

    proptest! {
        #[test]
        fn the_stated_range_holds_the_stated_share(
            mut ends in proptest::array::uniform3(0.0..1.0_f64), confidence in 0.05..1.0_f64, tight in any::<bool>(),
        ) {
            ends.sort_by(f64::total_cmp);
            let [low, best, high] = ends;
            prop_assume!(high - low > 0.01);
            // A tail is cut off at a bound that the stated range reaches.
            let bounds = if tight { (low, 1.0) } else { (-100.0, 100.0) };
            let triangle = Triangle::new(low, best, high, confidence, bounds).unwrap();
            let draws = draws(&triangle);
            let inside = draws.iter().filter(|x| (low..=high).contains(*x)).count() as f64 / draws.len() as f64;
            let no_tail = tight && (best - high).abs() < 1e-9;
            prop_assert!(no_tail || (inside - confidence).abs() < 2e-3, "{inside} for {confidence}");
            prop_assert!(draws.windows(2).all(|pair| pair[0] <= pair[1] + 1e-12));
            prop_assert!(draws.iter().all(|x| (bounds.0..=bounds.1).contains(x)));
        }

        #[test]
        fn order_preserving_places_keep_their_order(slices in proptest::collection::vec(0..1_u64 << 52, 0..6)) {
            let units: Vec<Unit> = slices.iter().copied().map(Unit::in_slice).collect();
            let mut places = Vec::new();
            Distribution::OrderPreserving { places: units.len() + 2 }.shape(&units, &mut places);
            prop_assert!(places.windows(2).all(|pair| pair[0] <= pair[1]));
            prop_assert_eq!((places[0], places[units.len() + 1]), (0.0, 1.0));
        }
    }
}
