//! What to know before a number is used.

use detente_forecast::Median;
use schemars::JsonSchema;
use serde::Serialize;

use super::models::Models;
use super::question::IssueOf;
use super::result::{ForecastOf, Model, ModelName, Settled};
use super::sensitivity::Sensitivity;

/// A warning in words.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Warning {
    /// Its kind.
    pub kind: WarningKind,
    /// What it says.
    pub text: String,
}

/// Kinds of warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// One actor only takes part.
    OneActor,
    /// All actors with a weight stand at one place.
    NoDisagreement,
    /// All weights are 0, so that all actors weigh the same.
    EqualWeights,
    /// No input is known as a range.
    NoRanges,
    /// The median does not move with most inputs.
    MedianLocked,
    /// More than one place is a median.
    MedianTied,
    /// Rounds repeat, so that no single one is the outcome.
    Cycle,
    /// Rounds had not settled.
    NotSettled,
    /// Nobody's agreement is better than none for all.
    NoRoom,
    /// What the inputs leave open is wider than the error measured in the benchmark.
    InputsWider,
}

pub(super) fn of(of: &IssueOf<'_>, models: &Models, sensitivity: &Sensitivity, forecast: &ForecastOf) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |kind: WarningKind, text: String| warnings.push(Warning { kind, text });
    if of.best.len() == 1 {
        warn(WarningKind::OneActor, "Only one actor takes a position: every model returns it.".to_owned());
    } else if of.best.unanimous() {
        warn(
            WarningKind::NoDisagreement,
            "There is no disagreement in the data: every model returns one place.".to_owned(),
        );
    }
    if of.best.equal_weights() {
        warn(
            WarningKind::EqualWeights,
            "Capability × salience is 0 for every actor, so all actors weigh the same.".to_owned(),
        );
    }
    if of.inputs.list().is_empty() {
        warn(
            WarningKind::NoRanges,
            "No number is given as a range, so nothing is drawn; that does not make the forecast certain.".to_owned(),
        );
    }
    locked(of, models, sensitivity, &mut warn);
    for model in &models.list {
        rounds(model, &mut warn);
    }
    if forecast.intervals.iter().any(|interval| interval.from_inputs) {
        warn(
            WarningKind::InputsWider,
            "The inputs leave more open than the error measured in the benchmark; the wider interval is shown."
                .to_owned(),
        );
    }
    warnings
}

/// The median is piecewise constant: it can look certain because it ignores most inputs.
fn locked(of: &IssueOf<'_>, models: &Models, sensitivity: &Sensitivity, warn: &mut dyn FnMut(WarningKind, String)) {
    let median = Median::of(&of.best);
    if median.lower != median.upper {
        warn(
            WarningKind::MedianTied,
            format!("Every place from {} to {} is a median.", short(median.lower), short(median.upper)),
        );
    }
    let still = sensitivity.median.iter().filter(|bar| bar.low == bar.high).count();
    let mut draws = models.median_draws.clone();
    draws.sort_by(f64::total_cmp);
    let most = draws.chunk_by(|a, b| a == b).map(<[f64]>::len).max().unwrap_or(0);
    if draws.is_empty() || (2 * still <= sensitivity.median.len() && 2 * most <= draws.len()) {
        return;
    }
    let slack = median.lock_slack(&of.best);
    warn(
        WarningKind::MedianLocked,
        format!(
            "The median is locked: {still} of {} inputs do not move it, and {} % of draws give the same value. It moves down if {} % of all weight crosses to below it, up if {} % crosses to above. That it does not move is no sign of certainty.",
            sensitivity.median.len(),
            (100.0 * most as f64 / draws.len() as f64).round(),
            (100.0 * slack.down).round(),
            (100.0 * slack.up).round(),
        ),
    );
}

fn rounds(model: &Model, warn: &mut dyn FnMut(WarningKind, String)) {
    let name = match model.name {
        ModelName::ExpectedUtility => "as printed",
        ModelName::ExpectedUtilityAsProgrammed => "as programmed",
        _ => "",
    };
    let span = model.range.map(|[low, high]| format!("between {} and {}", short(low), short(high))).unwrap_or_default();
    match model.settled {
        Some(Settled::Cycle { period }) if model.range.is_some() => warn(
            WarningKind::Cycle,
            format!(
                "The expected-utility model {name} goes round {span} every {period} rounds; the value is that of the last round."
            ),
        ),
        Some(Settled::Neither { rounds }) if model.range.is_some() => warn(
            WarningKind::NotSettled,
            format!("The expected-utility model {name} has not settled after {rounds} rounds; they lie {span}."),
        ),
        _ => {}
    }
    if let Some(none) = &model.no_room {
        warn(
            WarningKind::NoRoom,
            format!(
                "Bargaining finds no place that all prefer to no agreement; {} leaves none.",
                none.actors.join(" with ")
            ),
        );
    }
}

/// A number as a sentence has it: at most two decimals.
fn short(number: f64) -> String {
    format!("{}", (number * 100.0).round() / 100.0)
}
