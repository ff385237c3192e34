//! Forecasts: the scale of each issue with its actors and where each model points.

use detente_analysis::forecast::{Forecast, IssueForecast, Model, ModelName};

use super::{caption, read_as};
use crate::figure::Figure;
use crate::figure::forecast::{self as drawing, Forecasts};

/// Actors and models on the scales of the issues; none without issues.
pub fn forecast(answer: &Forecast) -> Option<Figure> {
    if answer.issues.is_empty() {
        return None;
    }
    let band = if answer.calibrated {
        "in 80 of 100 cases of the benchmark the outcome lay within"
    } else {
        "what the stated ranges leave open for the mean (5 to 95 of 100 draws)"
    };
    let input = Forecasts {
        caption: caption("forecast", "Where actors stand, and where models point"),
        issues: answer.issues.iter().map(issue).collect(),
        band: band.to_owned(),
    };
    Some(read_as(
        drawing::draw(&input),
        format!("Models stand side by side and are not averaged. {}", answer.domain_line),
    ))
}

fn issue(of: &IssueForecast) -> drawing::Issue {
    let actors = of.actors.iter().map(|actor| drawing::Actor {
        name: actor.name.clone(),
        position: actor.position,
        share: actor.share,
    });
    let model = |model: &Model| {
        Some(drawing::Model {
            kind: kind(model.name),
            value: model.value?,
            // The zone of bargaining is where all gain, not where the forecast may lie.
            range: model.range.filter(|_| model.name != ModelName::Bargaining),
        })
    };
    let calibrated = of.forecast.intervals.iter().find(|interval| interval.level == 0.8);
    let spread = of.models.iter().find(|model| model.name == of.forecast.from).and_then(|model| model.spread);
    drawing::Issue {
        title: of.title.clone(),
        scale: of.scale,
        actors: actors.collect(),
        models: of.models.iter().filter_map(model).collect(),
        band: calibrated.map(|of| [of.low, of.high]).or_else(|| spread.map(|of| [of.p5, of.p95])),
    }
}

fn kind(name: ModelName) -> usize {
    match name {
        ModelName::WeightedMean => 0,
        ModelName::WeightedMedian => 1,
        ModelName::Bargaining => 2,
        ModelName::ExpectedUtility => 3,
        ModelName::ExpectedUtilityAsProgrammed => 4,
        ModelName::Exchange => 5,
    }
}
