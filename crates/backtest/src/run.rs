//! The back-test: every forecaster on every issue with an outcome.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::deu::{Issue, proposals};
use crate::forecasters::{self, Forecaster};
use crate::resample::counts;
use crate::score::{crps, half_width, quantile};

/// How a back-test is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Seed of the resamples.
    pub seed: u64,
    /// Number of resamples.
    pub resamples: u32,
}

impl Default for Setting {
    fn default() -> Self {
        Setting { seed: 1, resamples: 2000 }
    }
}

/// How forecasts did. Errors are in hundredths of the scale.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Backtest {
    /// Issues with an outcome.
    pub issues: u32,
    /// Proposals to which they belong.
    pub proposals: u32,
    /// Resamples behind the intervals.
    pub resamples: u32,
    /// The forecasters, in order; the first is that with which others are compared.
    pub rows: Vec<Row>,
    /// The ranked probability score of the outcomes of all other proposals, taken as the forecast.
    pub climatology_crps: Option<f64>,
    /// Issues with a reference point on which bargaining without a cost finds no place that all prefer.
    pub without_room: u32,
    /// Issues with a reference point.
    pub with_reference: u32,
    /// Half-widths around the first forecaster that hold 50, 80, 90 and 95 of a hundred outcomes.
    pub half_widths: Vec<[f64; 2]>,
}

/// How one forecaster did.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Row {
    /// Its name.
    pub forecaster: String,
    /// Issues on which it has a forecast.
    pub issues: u32,
    /// Mean absolute error.
    pub mean_error: f64,
    /// 95 % interval of the mean absolute error, proposals drawn again.
    pub mean_error_range: Range,
    /// Median absolute error.
    pub median_error: f64,
    /// Share of errors of at most 10.
    pub within_10: f64,
    /// Share of errors of at most 25.
    pub within_25: f64,
    /// Continuous ranked probability score, with residuals of all other proposals.
    pub crps: Option<f64>,
    /// How often intervals from the residuals of all other proposals held the outcome.
    pub coverage: Vec<Coverage>,
    /// Mean absolute error minus that of the first forecaster on the same issues.
    pub difference: Option<f64>,
    /// 95 % interval of the difference, on the same resamples.
    pub difference_range: Option<Range>,
}

/// An interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Range {
    /// Its low end.
    pub low: f64,
    /// Its high end.
    pub high: f64,
}

/// How often an interval held the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Coverage {
    /// How often it is meant to, 0 to 1.
    pub level: f64,
    /// How often it did.
    pub held: f64,
    /// Its mean width.
    pub width: f64,
}

const LEVELS: [f64; 3] = [0.5, 0.8, 0.9];

/// An issue with an outcome: its proposal by number from 0, its outcome, and the forecasts in the order of the forecasters.
struct Case {
    proposal: usize,
    outcome: f64,
    forecasts: Vec<Option<f64>>,
}

/// Runs all forecasters. The same bytes on any number of threads. Issues without an outcome are not scored; none without any that has one.
#[must_use]
pub fn run(issues: &[Issue], setting: Setting) -> Option<Backtest> {
    let forecasters = forecasters::all();
    let mut scored: Vec<(&Issue, f64)> = issues.iter().filter_map(|issue| Some((issue, issue.outcome?))).collect();
    scored.sort_by_key(|(issue, _)| issue.proposal);
    let mut numbers: Vec<u32> = scored.iter().map(|(issue, _)| issue.proposal).collect();
    numbers.dedup();
    let case = |(issue, outcome): &(&Issue, f64)| Case {
        proposal: numbers.binary_search(&issue.proposal).unwrap_or_default(),
        outcome: *outcome,
        forecasts: forecasters.iter().map(|(_, forecast): &(&str, Forecaster)| forecast(issue)).collect(),
    };
    let cases: Vec<Case> = scored.par_iter().map(case).collect();
    if cases.is_empty() {
        return None;
    }
    let resamples: Vec<Vec<u32>> = (0..u64::from(setting.resamples))
        .into_par_iter()
        .map(|draw| counts(numbers.len(), setting.seed, draw))
        .collect();
    let rows = forecasters
        .par_iter()
        .enumerate()
        .filter_map(|(place, (name, _))| row(name, place, &cases, numbers.len(), &resamples))
        .collect();
    let with_outcome: Vec<Issue> = scored.iter().map(|(issue, _)| (*issue).clone()).collect();
    let literal = forecasters.iter().position(|(name, _)| *name == "bargaining, cost 0");
    let reference = |(issue, _): &&(&Issue, f64)| issue.reference.is_some();
    let with_reference = scored.iter().filter(reference).count();
    let with_room = cases.iter().filter(|case| literal.is_some_and(|at| case.forecasts[at].is_some())).count();
    let mut errors: Vec<f64> =
        cases.iter().filter_map(|case| case.forecasts[0].map(|forecast| (forecast - case.outcome).abs())).collect();
    errors.sort_by(f64::total_cmp);
    Some(Backtest {
        issues: count(cases.len()),
        proposals: count(proposals(&with_outcome)),
        resamples: setting.resamples,
        rows,
        climatology_crps: climatology(&cases).map(rounded),
        without_room: count(with_reference - with_room),
        with_reference: count(with_reference),
        half_widths: [0.5, 0.8, 0.9, 0.95]
            .iter()
            .filter_map(|level| Some([*level, rounded(half_width(&errors, *level)?)]))
            .collect(),
    })
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Six decimals: far more than the data hold.
fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

fn row(name: &str, place: usize, cases: &[Case], proposals: usize, resamples: &[Vec<u32>]) -> Option<Row> {
    let known: Vec<(&Case, f64)> = cases.iter().filter_map(|case| Some((case, case.forecasts[place]?))).collect();
    let errors: Vec<f64> = known.iter().map(|(case, forecast)| (forecast - case.outcome).abs()).collect();
    let mut sorted = errors.clone();
    sorted.sort_by(f64::total_cmp);
    let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
    let share =
        |within: f64| sorted.iter().filter(|error| **error <= within + 1e-9).count() as f64 / sorted.len() as f64;
    let differences: Option<Vec<f64>> = (place > 0).then(|| {
        let first = |(case, _): &(&Case, f64)| case.forecasts[0].map(|forecast| (forecast - case.outcome).abs());
        known.iter().zip(&errors).map(|(known, error)| error - first(known).unwrap_or(*error)).collect()
    });
    let range = |values: &[f64]| bootstrap(&known, values, proposals, resamples);
    let (score, coverage) = left_out(&known)?;
    Some(Row {
        forecaster: name.to_owned(),
        issues: count(errors.len()),
        mean_error: rounded(mean(&errors)),
        mean_error_range: range(&errors)?,
        median_error: rounded(quantile(&sorted, 0.5)?),
        within_10: rounded(share(10.0)),
        within_25: rounded(share(25.0)),
        crps: Some(rounded(score)),
        coverage,
        difference: differences.as_ref().map(|values| rounded(mean(values))),
        difference_range: differences.as_ref().and_then(|values| range(values)),
    })
}

/// The 95 % interval of a mean over issues when proposals are drawn again.
fn bootstrap(known: &[(&Case, f64)], values: &[f64], proposals: usize, resamples: &[Vec<u32>]) -> Option<Range> {
    let mut sums = vec![(0.0, 0.0); proposals];
    for ((case, _), value) in known.iter().zip(values) {
        let (sum, number) = &mut sums[case.proposal];
        *sum += value;
        *number += 1.0;
    }
    let mean = |counts: &Vec<u32>| {
        let (sum, number) = counts.iter().zip(&sums).fold((0.0, 0.0), |(sum, number), (count, (own, size))| {
            (sum + f64::from(*count) * own, number + f64::from(*count) * size)
        });
        (number > 0.0).then(|| sum / number)
    };
    let mut means: Vec<f64> = resamples.iter().filter_map(mean).collect();
    means.sort_by(f64::total_cmp);
    Some(Range { low: rounded(quantile(&means, 0.025)?), high: rounded(quantile(&means, 0.975)?) })
}

/// The score and coverage of each forecast with the residuals of all other proposals. None where one proposal is all there is.
fn left_out(known: &[(&Case, f64)]) -> Option<(f64, Vec<Coverage>)> {
    let (mut score, mut held, mut widths) = (0.0, [0.0; 3], [0.0; 3]);
    for (case, forecast) in known {
        let others = known.iter().filter(|(other, _)| other.proposal != case.proposal);
        let residuals: Vec<f64> = others.map(|(other, forecast)| other.outcome - forecast).collect();
        let mut sample: Vec<f64> = residuals.iter().map(|residual| (forecast + residual).clamp(0.0, 100.0)).collect();
        score += crps(&mut sample, case.outcome)?;
        let mut sizes: Vec<f64> = residuals.iter().map(|residual| residual.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        for (at, level) in LEVELS.iter().enumerate() {
            let half = half_width(&sizes, *level)?;
            let (low, high) = ((forecast - half).max(0.0), (forecast + half).min(100.0));
            held[at] += f64::from(u8::from((low - 1e-9..=high + 1e-9).contains(&case.outcome)));
            widths[at] += high - low;
        }
    }
    let count = known.len() as f64;
    let coverage = LEVELS.iter().enumerate().map(|(at, level)| Coverage {
        level: *level,
        held: rounded(held[at] / count),
        width: rounded(widths[at] / count),
    });
    (count > 0.0).then(|| (score / count, coverage.collect()))
}

fn climatology(cases: &[Case]) -> Option<f64> {
    let mut sum = 0.0;
    for case in cases {
        let others = cases.iter().filter(|other| other.proposal != case.proposal);
        let mut sample: Vec<f64> = others.map(|other| other.outcome).collect();
        sum += crps(&mut sample, case.outcome)?;
    }
    Some(sum / cases.len() as f64)
}

#[cfg(test)]
mod tests {
    use detente_forecast::{Positions, Scale, Stand};

    use super::*;

    fn issue(proposal: u32, places: &[f64], outcome: Option<f64>) -> Issue {
        let stand = |position: &f64| Stand { position: *position, salience: 0.5, capability: 1.0 };
        let positions = Positions::new(places.iter().map(stand).collect(), Scale::PERCENT).unwrap();
        Issue { proposal, positions, reference: Some(0.0), outcome }
    }

    #[test]
    fn a_small_table_by_hand() {
        let issues = [
            issue(1, &[0.0, 100.0], Some(60.0)),
            issue(1, &[20.0, 40.0], Some(30.0)),
            issue(2, &[0.0, 40.0], Some(40.0)),
            issue(3, &[0.0, 40.0], None),
        ];
        let back = run(&issues, Setting::default()).unwrap();
        assert_eq!((back.issues, back.proposals), (3, 2));
        let mean = &back.rows[0];
        // Errors 10, 0 and 20.
        assert_eq!((mean.mean_error, mean.median_error, mean.within_10), (10.0, 10.0, rounded(2.0 / 3.0)));
        // One proposal has the mean 5, the other 20.
        assert_eq!(mean.mean_error_range, Range { low: 5.0, high: 20.0 });
        assert_eq!((mean.difference, mean.difference_range), (None, None));
        let fifty = back.rows.iter().find(|row| row.forecaster == "always 50").unwrap();
        assert_eq!((fifty.mean_error, fifty.difference), (rounded(40.0 / 3.0), Some(rounded(10.0 / 3.0))));
        assert!(run(&issues[3..], Setting::default()).is_none());
    }
}
