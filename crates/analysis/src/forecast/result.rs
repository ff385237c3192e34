//! What a forecast says. Numbers are on the scale of the issue unless said otherwise.

use schemars::JsonSchema;
use serde::Serialize;

use super::calibration::{Calibration, Domain};
use super::multiverse::Multiverse;
use super::sensitivity::Sensitivity;
use super::warnings::Warning;
use crate::about::About;
use crate::ensemble::Quantiles;

/// Forecasts of issues.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Forecast {
    /// What kind of negotiation it is.
    pub domain: Domain,
    /// Whether intervals carry a claim of coverage.
    pub calibrated: bool,
    /// What can be said of how sure a forecast is.
    pub domain_line: String,
    /// Where the intervals come from; none outside the domain in which errors were measured.
    pub calibration: Option<Calibration>,
    /// The issues, in order.
    pub issues: Vec<IssueForecast>,
    /// The exchanges that the exchange model finds in its first round, at the best values; none with one issue.
    pub trades: Vec<Trade>,
    /// Where the answer comes from.
    pub about: About,
}

/// The forecast of one issue.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct IssueForecast {
    /// The issue's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The two ends of its scale.
    pub scale: [f64; 2],
    /// What holds if there is no agreement, where that is known.
    pub reference: Option<f64>,
    /// Who takes part, in order.
    pub actors: Vec<ActorOn>,
    /// Whether the intervals carry a claim of coverage.
    pub calibrated: bool,
    /// The forecast that is told first.
    pub forecast: ForecastOf,
    /// All models, side by side.
    pub models: Vec<Model>,
    /// Which inputs matter.
    pub sensitivity: Sensitivity,
    /// What the named readings of the models leave open.
    pub multiverse: Multiverse,
    /// What to know before a number is used.
    pub warnings: Vec<Warning>,
}

/// An actor on an issue.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ActorOn {
    /// The actor's id.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// Its position.
    pub position: f64,
    /// The position below which 5, and above which 5 of a hundred draws lie.
    pub range: [f64; 2],
    /// Its salience, 0 to 1.
    pub salience: f64,
    /// Its capability.
    pub capability: f64,
    /// Its share in all capability × salience: by so much of its own shift the weighted mean moves.
    pub share: f64,
    /// The weighted mean without it; none where nobody else has weight.
    pub without: Option<f64>,
}

/// The forecast that is told first.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ForecastOf {
    /// The model that it comes from.
    pub from: ModelName,
    /// The forecast.
    pub best: f64,
    /// Intervals in which the outcome lay so often in the benchmark; empty where nothing is calibrated.
    pub intervals: Vec<Interval>,
}

/// An interval with its share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Interval {
    /// The share of outcomes of the benchmark that lay within.
    pub level: f64,
    /// The low end.
    pub low: f64,
    /// The high end.
    pub high: f64,
    /// Whether it is as wide as what the inputs leave open, which is more than the error in the benchmark.
    pub from_inputs: bool,
}

/// A model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModelName {
    /// The mean of positions weighted by capability × salience.
    WeightedMean,
    /// The median weighted so.
    WeightedMedian,
    /// Bargaining where no agreement costs something.
    Bargaining,
    /// Challenges and offers, as printed by Scholz et al. (2011).
    ExpectedUtility,
    /// The same as programmed for their results.
    ExpectedUtilityAsProgrammed,
    /// Trading votes between issues.
    Exchange,
}

/// What one model comes to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Model {
    /// The model.
    pub name: ModelName,
    /// Its forecast at the best values; none where it has none, for which `no_room` or `note` says why.
    pub value: Option<f64>,
    /// The places that are all alike its forecast, such as a tied median, or those that a run goes through again and again.
    pub range: Option<[f64; 2]>,
    /// Forecasts round by round, for models with rounds.
    pub rounds: Vec<RoundTold>,
    /// Whether rounds settled, for models with rounds.
    pub settled: Option<Settled>,
    /// Who leaves no room, where nobody's agreement is better than none.
    pub no_room: Option<NoRoom>,
    /// Its forecasts over the draws of the inputs; none where it was not drawn, or where nothing is uncertain.
    pub spread: Option<Quantiles>,
    /// The number of draws behind the spread that had a forecast.
    pub draws: u32,
    /// What else to know.
    pub note: Option<String>,
}

/// The forecasts of one round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RoundTold {
    /// The weighted median of positions after the round.
    pub median: f64,
    /// Their weighted mean.
    pub mean: f64,
}

/// Whether rounds settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// Nobody moves after this round.
    FixedPoint {
        /// The last round in which somebody moved.
        after: u32,
    },
    /// Rounds repeat.
    Cycle {
        /// The number of rounds after which they do.
        period: u32,
    },
    /// Neither, by the last round.
    Neither {
        /// The last round.
        rounds: u32,
    },
}

/// Why bargaining has no outcome.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct NoRoom {
    /// The ids of the actors that together accept at most one place; one id where a single actor does.
    pub actors: Vec<String>,
    /// The place that is left, if any.
    pub point: Option<f64>,
    /// The least sum that they would have to give up, in shares of the scale times salience.
    pub least_slack: f64,
    /// The cost of no agreement to all, in shares of the scale, above which there is room.
    pub room_above_cost: f64,
}

/// An exchange of votes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Trade {
    /// Who gives way on the first issue.
    pub first: String,
    /// The issue.
    pub first_issue: String,
    /// By how much, on its scale.
    pub first_shift: f64,
    /// Who gives way on the second issue.
    pub second: String,
    /// The issue.
    pub second_issue: String,
    /// By how much, on its scale.
    pub second_shift: f64,
    /// What each of the two gains, in shares of the scale times salience.
    pub gain: f64,
    /// What all others gain or lose by it, in the same unit.
    pub others: f64,
}
