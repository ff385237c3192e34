//! How much of the spread of the result comes from each group of inputs, alone and together with others.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::strata::Unit;
use super::summary::rounded;
use super::{Draw, Inputs};

/// The most points of the table of directions.
const MOST_POINTS: u32 = 1 << 16;

/// The share of the spread of the result that comes from one group of inputs. Estimates: small ones can fall below 0.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Index {
    /// The group.
    pub input: String,
    /// The share of the variance that the group explains alone.
    pub first: f64,
    /// The share that the group explains alone and together with others.
    pub total: f64,
}

/// Why there are no indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SobolError {
    /// The inputs need this many numbers a run; the table of directions has 256, and two runs stand side by side.
    TooManyDimensions(usize),
    /// The result is the same in every run.
    NoSpread,
}

/// First-order and total indices by groups of inputs, from `points` Sobol points (at most 65,536; powers of two are best) with
/// the estimator of Jansen (1999) for totals and that of Saltelli et al. (2010) for firsts. The latter takes the mean off the
/// results and is made of what changes with the group, so that of a group without influence it is 0, not noise. Cost:
/// `points` × (groups + 2) evaluations.
///
/// # Errors
/// See [`SobolError`].
pub fn sobol(
    inputs: &Inputs,
    seed: u32,
    points: u32,
    evaluate: impl Fn(&Draw<'_>) -> f64 + Sync,
) -> Result<Vec<Index>, SobolError> {
    let dimensions = inputs.dimensions();
    if 2 * dimensions > sobol_burley::NUM_DIMENSIONS as usize {
        return Err(SobolError::TooManyDimensions(dimensions));
    }
    let points = points.min(MOST_POINTS);
    let groups = inputs.groups();
    let unit = |point: u32, dimension: usize| {
        let dimension = u32::try_from(dimension).unwrap_or_default();
        Unit::in_slice((f64::from(sobol_burley::sample(point, dimension, seed)) * (1_u64 << 52) as f64) as u64)
    };
    // The result at a point of the first matrix, with the numbers of some inputs from the second.
    let result = |point: u32, from_second: &dyn Fn(usize) -> bool| {
        let mut numbers = Vec::new();
        let mut first = 0;
        for (place, input) in inputs.list.iter().enumerate() {
            let shift = if from_second(place) { dimensions } else { 0 };
            let end = first + input.distribution.dimensions();
            let units: Vec<Unit> = (first..end).map(|dimension| unit(point, dimension + shift)).collect();
            input.distribution.shape(&units, &mut numbers);
            first = end;
        }
        evaluate(&Draw { inputs, numbers })
    };
    let row = |point: u32| {
        let mixed = groups.iter().map(|(_, group)| result(point, &|place| group.contains(&place)));
        (result(point, &|_| false), result(point, &|_| true), mixed.collect::<Vec<f64>>())
    };
    let rows: Vec<(f64, f64, Vec<f64>)> = (0..points).into_par_iter().map(row).collect();

    let count = f64::from(points);
    let mean = rows.iter().map(|(a, b, _)| a + b).sum::<f64>() / (2.0 * count);
    let variance =
        rows.iter().map(|(a, b, _)| (a - mean) * (a - mean) + (b - mean) * (b - mean)).sum::<f64>() / (2.0 * count);
    if variance.is_nan() || variance <= 0.0 {
        return Err(SobolError::NoSpread);
    }
    let index = |(at, (group, _)): (usize, &(&str, Vec<usize>))| {
        let alone = rows.iter().map(|(a, b, mixed)| (b - mean) * (mixed[at] - a)).sum::<f64>() / count;
        let involved = rows.iter().map(|(a, _, mixed)| (a - mixed[at]) * (a - mixed[at])).sum::<f64>() / (2.0 * count);
        Index { input: (*group).to_owned(), first: rounded(alone / variance), total: rounded(involved / variance) }
    };
    Ok(groups.iter().enumerate().map(index).collect())
}

#[cfg(test)]
mod tests {
    use super::super::{Distribution, Input};
    use super::*;
    use std::f64::consts::PI;

    fn three(low: f64, high: f64) -> Inputs {
        let input = |name: &str| Input {
            name: name.into(),
            group: name.into(),
            distribution: Distribution::Uniform { low, high },
            best: vec![0.0],
        };
        Inputs::new(["x", "y", "z"].map(input).to_vec()).unwrap()
    }

    /// Ishigami and Homma (1990) with a = 7, b = 0.1; the indices are known in closed form.
    #[test]
    fn the_ishigami_function_has_its_known_indices() {
        let ishigami = |draw: &Draw<'_>| {
            let [x, y, z] = [0, 1, 2].map(|place| draw.get(place)[0]);
            let sine = libm::sin(y);
            libm::sin(x) + 7.0 * sine * sine + 0.1 * z * z * z * z * libm::sin(x)
        };
        let indices = sobol(&three(-PI, PI), 1, 8192, ishigami).unwrap();
        for (index, (first, total)) in indices.iter().zip([(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)]) {
            assert!((index.first - first).abs() < 0.01, "{index:?}");
            assert!((index.total - total).abs() < 0.01, "{index:?}");
        }
    }

    #[test]
    fn of_a_sum_each_part_explains_its_own_share() {
        let indices = sobol(&three(0.0, 1.0), 1, 4096, |draw| draw.get(0)[0] + 2.0 * draw.get(1)[0]).unwrap();
        for (index, share) in indices.iter().zip([0.2, 0.8, 0.0]) {
            assert!((index.first - share).abs() < 0.01 && (index.total - share).abs() < 0.01, "{index:?}");
        }
    }

    /// Few points say little about inputs that matter, and nothing wrong about one that does not.
    #[test]
    fn an_input_without_influence_has_none_with_few_points() {
        let result = |draw: &Draw<'_>| draw.get(0)[0] * draw.get(1)[0];
        let indices = sobol(&three(0.0, 1.0), 1, 16, result).unwrap();
        assert_eq!((indices[2].first, indices[2].total), (0.0, 0.0));
        assert!(indices[..2].iter().all(|index| index.first > 0.0), "{indices:?}");
    }

    #[test]
    fn without_spread_or_with_too_many_numbers_there_are_no_indices() {
        assert_eq!(sobol(&three(0.0, 1.0), 1, 64, |_| 1.0), Err(SobolError::NoSpread));
        let distribution = Distribution::FlatSimplex { parts: 200 };
        let input = Input { name: "w".into(), group: "w".into(), distribution, best: vec![0.005; 200] };
        let inputs = Inputs::new(vec![input]).unwrap();
        assert_eq!(sobol(&inputs, 1, 64, |draw| draw.get(0)[0]), Err(SobolError::TooManyDimensions(199)));
    }
}
