//! The forecast of one issue.

use detente_forecast::Mean;

use super::calibration::Calibration;
use super::models::{self, Models};
use super::multiverse;
use super::question::{IssueOf, Setting};
use super::result::{ActorOn, ForecastOf, Interval, IssueForecast, ModelName};
use super::{sensitivity, warnings};
use crate::ensemble::rounded;
use crate::progress::{Progress, Stopped};

pub(super) fn answer(
    of: &IssueOf<'_>,
    setting: &Setting,
    calibration: Option<&Calibration>,
    progress: &mut Progress<'_>,
) -> Result<IssueForecast, Stopped> {
    let models = models::all(of, setting, progress)?;
    let sensitivity = sensitivity::of(of, setting);
    let forecast = ForecastOf {
        from: ModelName::WeightedMean,
        best: rounded(Mean::of(&of.best).value()),
        intervals: intervals(of, &models, calibration),
    };
    let warnings = warnings::of(of, &models, &sensitivity, &forecast);
    let scale = of.best.scale();
    Ok(IssueForecast {
        id: of.id.clone(),
        title: of.title.clone(),
        scale: [scale.low(), scale.high()],
        reference: of.reference,
        actors: actors(of, setting),
        calibrated: calibration.is_some(),
        forecast,
        models: models.list,
        sensitivity,
        multiverse: multiverse::of(&of.best),
        warnings,
    })
}

/// The calibrated intervals around the mean, cut off at the ends of the scale; where the draws of the mean reach farther, those.
fn intervals(of: &IssueOf<'_>, models: &Models, calibration: Option<&Calibration>) -> Vec<Interval> {
    let Some(calibration) = calibration else { return Vec::new() };
    let (scale, mean) = (of.best.scale(), Mean::of(&of.best).value());
    let mut draws = models.mean_draws.clone();
    draws.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let last = draws.len().saturating_sub(1);
        draws.get((share * last as f64).round() as usize).copied().unwrap_or(mean)
    };
    let interval = |quantile: &super::calibration::Quantile| {
        let half = quantile.error / 100.0 * scale.range();
        let (low, high) = (scale.clip(mean - half), scale.clip(mean + half));
        let (inner, outer) = (at((1.0 - quantile.level) / 2.0), at((1.0 + quantile.level) / 2.0));
        Interval {
            level: quantile.level,
            low: rounded(low.min(inner)),
            high: rounded(high.max(outer)),
            from_inputs: inner < low || outer > high,
        }
    };
    calibration.quantiles.iter().map(interval).collect()
}

/// Draws by which ranges of positions are told.
const RANGE_DRAWS: u32 = 200;

fn actors(of: &IssueOf<'_>, setting: &Setting) -> Vec<ActorOn> {
    let mean = Mean::of(&of.best);
    let sampler = of.inputs.sampler(setting.seed);
    let mut places: Vec<Vec<f64>> = vec![Vec::new(); of.best.len()];
    if !of.inputs.list().is_empty() {
        for run in 0..RANGE_DRAWS {
            for (place, stand) in places.iter_mut().zip(of.drawn(&sampler.draw(run)).stands()) {
                place.push(stand.position);
            }
        }
    }
    let one = |((actor, named), mut drawn): ((usize, &super::ActorOf), Vec<f64>)| {
        let stand = of.best.stands()[actor];
        drawn.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let last = drawn.len().saturating_sub(1) as f64;
            rounded(drawn.get((share * last).round() as usize).copied().unwrap_or(stand.position))
        };
        ActorOn {
            actor: named.id.clone(),
            name: named.name.clone(),
            position: rounded(stand.position),
            range: [at(0.05), at(0.95)],
            salience: rounded(stand.salience),
            capability: rounded(stand.capability),
            share: rounded(mean.share(actor)),
            without: mean.without(actor).map(rounded),
        }
    };
    of.actors.iter().enumerate().zip(places).map(one).collect()
}
