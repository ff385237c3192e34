//! Inputs that rest on one source, and so are wrong together.
//!
//! A Gaussian copula with one factor a group: zᵢ = √ρ f + √(1 − ρ) εᵢ, where f is drawn once for the group and εᵢ for each input. Each input
//! keeps its own triangle; only which of them are high at once changes. Such a matrix of correlations is always possible, whatever ρ is.

use super::distribution::Triangle;
use super::strata::Unit;

/// Triangles that are drawn together.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    strength: f64,
    parts: Vec<(String, Triangle)>,
}

impl Joint {
    /// Named triangles and how strongly they hang together: the correlation ρ of the normal numbers behind any two, from 0 to 1. None if it is
    /// outside.
    #[must_use]
    pub fn new(strength: f64, parts: Vec<(String, Triangle)>) -> Option<Self> {
        (0.0..=1.0).contains(&strength).then_some(Joint { strength, parts })
    }

    /// The number of triangles.
    #[must_use]
    pub fn width(&self) -> usize {
        self.parts.len()
    }

    /// The names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|(name, _)| name.as_str())
    }

    /// Adds the value of each triangle: the first number of the unit interval is the factor.
    pub(super) fn shape(&self, units: &[Unit], value: &mut Vec<f64>) {
        let Some((factor, own)) = units.split_first() else { return };
        let (common, alone) = (self.strength.sqrt() * normal(*factor), (1.0 - self.strength).sqrt());
        for (unit, (_, triangle)) in own.iter().zip(&self.parts) {
            // Alone, an input is drawn as it would be without a group, to the bit.
            let share = if self.strength == 0.0 { *unit } else { share(common + alone * normal(*unit)) };
            value.push(triangle.quantile(share));
        }
    }
}

/// The share of normal numbers below one. The mirror image of the number gives the mirror image of the share, to the bit.
fn share(number: f64) -> Unit {
    let tail = 0.5 * libm::erfc(number.abs() * std::f64::consts::FRAC_1_SQRT_2);
    let unit = Unit::in_slice((tail * (1_u64 << 52) as f64) as u64);
    if number > 0.0 { unit.mirrored() } else { unit }
}

/// The normal number below which a share lies: the approximation of Acklam, made exact by one step of Halley.
fn normal(share: Unit) -> f64 {
    let below = share.value();
    if below > 0.5 {
        return -normal(share.mirrored());
    }
    const CENTRE: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const CENTRE_BELOW: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const TAIL: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const TAIL_BELOW: [f64; 5] =
        [7.784_695_709_041_462e-3, 3.224_671_290_700_398e-1, 2.445_134_137_142_996, 3.754_408_661_907_416, 1.0];
    let sum = |of: &[f64], at: f64| of.iter().fold(0.0, |sum, coefficient| sum * at + coefficient);
    let start = if below < 0.024_25 {
        let far = (-2.0 * libm::log(below)).sqrt();
        sum(&TAIL, far) / sum(&TAIL_BELOW, far)
    } else {
        let from_middle = below - 0.5;
        let square = from_middle * from_middle;
        from_middle * sum(&CENTRE, square) / sum(&CENTRE_BELOW, square)
    };
    let error = 0.5 * libm::erfc(-start * std::f64::consts::FRAC_1_SQRT_2) - below;
    let step = error * (2.0 * std::f64::consts::PI).sqrt() * libm::exp(start * start / 2.0);
    start - step / (1.0 + start * step / 2.0)
}

#[cfg(test)]
mod tests {
    use super::super::{Budget, Distribution, Input, Inputs, run};
    use super::*;
    use crate::progress::go_on;

    fn triangle() -> Triangle {
        Triangle::new(20.0, 50.0, 80.0, 1.0, (0.0, 100.0)).unwrap()
    }

    fn joint(strength: f64, names: &[&str]) -> Inputs {
        let parts = names.iter().map(|name| ((*name).to_owned(), triangle())).collect();
        let distribution = Distribution::Joint(Joint::new(strength, parts).unwrap());
        let mirrored = names.first().is_some_and(|name| name.starts_with('~'));
        let name = if mirrored { "~group" } else { "group" };
        Inputs::new(vec![Input { name: name.into(), group: name.into(), best: vec![50.0; names.len()], distribution }])
            .unwrap()
    }

    fn drawn(inputs: &Inputs) -> Vec<Vec<f64>> {
        run(inputs, 3, Budget { draws: 10_000, time: None }, &mut go_on, |draw| draw.get(0).to_vec()).unwrap().results
    }

    #[test]
    fn normal_numbers_and_shares_are_each_others_inverse() {
        for (below, number) in [(0.5, 0.0), (0.975, 1.959_963_984_540_054), (0.001, -3.090_232_306_167_814)] {
            let unit = Unit::in_slice((below * (1_u64 << 52) as f64) as u64);
            assert!((normal(unit) - number).abs() < 1e-12, "{below}: {}", normal(unit));
            assert!((share(number).value() - below).abs() < 1e-12);
        }
        for slice in [0, 1, 12_345, 1 << 40, (1 << 52) - 1] {
            let unit = Unit::in_slice(slice);
            assert_eq!(normal(unit), -normal(unit.mirrored()));
            assert_eq!(share(normal(unit)).mirrored(), share(-normal(unit)));
        }
    }

    #[test]
    fn triangles_stay_and_hang_together_as_strongly_as_is_said() {
        for (strength, expected) in [(0.0, 0.0), (0.5, 0.5), (0.9, 0.9), (1.0, 1.0)] {
            let draws = drawn(&joint(strength, &["a", "b"]));
            let count = draws.len() as f64;
            let mean = |place: usize| draws.iter().map(|d| d[place]).sum::<f64>() / count;
            let (x, y) = (mean(0), mean(1));
            let product = |f: &dyn Fn(&[f64]) -> f64| draws.iter().map(|d| f(d)).sum::<f64>() / count;
            let variance = product(&|d| (d[0] - x) * (d[0] - x));
            // A triangle from 20 to 80 with its top at 50 has the variance 150.
            assert!((x - 50.0).abs() < 0.5 && (variance - 150.0).abs() < 5.0, "{strength}: {x} {variance}");
            let correlation = product(&|d| (d[0] - x) * (d[1] - y)) / variance;
            // A triangle is nearly normal: the correlation of values is within a few hundredths of that behind them.
            assert!((correlation - expected).abs() < 0.03, "{strength}: {correlation}");
        }
    }

    #[test]
    fn another_in_the_group_changes_no_draw_and_no_strength_is_no_group() {
        let (two, three) = (drawn(&joint(0.6, &["a", "b"])), drawn(&joint(0.6, &["a", "b", "c"])));
        assert!(two.iter().zip(&three).all(|(two, three)| two[..] == three[..2]));
        let alone = Input {
            name: "b".into(),
            group: "b".into(),
            best: vec![50.0],
            distribution: Distribution::Triangle(triangle()),
        };
        let alone = drawn(&Inputs::new(vec![alone]).unwrap());
        assert!(drawn(&joint(0.0, &["a", "b"])).iter().zip(&alone).all(|(joint, alone)| joint[1] == alone[0]));
    }

    #[test]
    fn mirrored_names_draw_the_mirror_image() {
        let (one, other) = (drawn(&joint(0.6, &["a", "b"])), drawn(&joint(0.6, &["~a", "~b"])));
        for (one, other) in one.iter().zip(&other) {
            assert!(
                one.iter().zip(other).all(|(x, y)| *x == 100.0 - y || (x + y - 100.0).abs() < 1e-12),
                "{one:?} {other:?}"
            );
        }
    }
}
