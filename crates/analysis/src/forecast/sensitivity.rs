//! Which inputs move a forecast, and how far an actor would have to move to do so.

use detente_forecast::expected_utility::Options;
use detente_forecast::{Mean, Median, Positions, expected_utility, least_shift};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::question::{IssueOf, Setting, Shifts};
use super::result::ModelName;
use crate::ensemble::{Bar, Index, SobolError, rounded, sobol, tornado};

/// Draws of each input alone.
const TORNADO_DRAWS: u32 = 200;
/// Points for the indices.
const SOBOL_POINTS: u32 = 256;

/// Which inputs matter. Inputs that rest on one source are one.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Sensitivity {
    /// How far each input alone moves the weighted mean; those that do not move it are listed too.
    pub mean: Vec<Bar>,
    /// The same of the weighted median.
    pub median: Vec<Bar>,
    /// Shares of the variance of the weighted mean.
    pub indices: Vec<Index>,
    /// Why there are no shares, where there are none.
    pub no_indices: Option<String>,
    /// How far the forecast is to move in `least_shifts`, on the scale of the issue.
    pub by: f64,
    /// How far each actor alone would have to move for that.
    pub least_shifts: Vec<LeastShift>,
}

/// How far one actor alone would have to move.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LeastShift {
    /// The actor's id.
    pub actor: String,
    /// Its shifts, model by model.
    pub shifts: Vec<ShiftOf>,
}

/// The least shift for one model.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ShiftOf {
    /// The model.
    pub model: ModelName,
    /// To raise its forecast; none where no place on the scale does.
    pub up: Option<f64>,
    /// To lower it.
    pub down: Option<f64>,
    /// Whether the shifts are exact, or found by steps of a hundredth of the scale.
    pub exact: bool,
}

pub(super) fn of(of: &IssueOf<'_>, setting: &Setting) -> Sensitivity {
    let mean = |positions: &Positions| Mean::of(positions).value();
    let median = |positions: &Positions| Median::of(positions).label();
    let bars = |value: &(dyn Fn(&Positions) -> f64 + Sync)| {
        tornado(&of.inputs, setting.seed, TORNADO_DRAWS.min(setting.draws.max(2)), |draw| value(&of.drawn(draw)))
    };
    let seed = u32::try_from(setting.seed & u64::from(u32::MAX)).unwrap_or_default();
    let (indices, no_indices) = match sobol(&of.inputs, seed, SOBOL_POINTS, |draw| mean(&of.drawn(draw))) {
        Ok(indices) => (indices, None),
        Err(SobolError::NoSpread) => (Vec::new(), Some("Nothing that is uncertain moves the mean.".to_owned())),
        Err(SobolError::TooManyDimensions(inputs)) => {
            (Vec::new(), Some(format!("There are {inputs} uncertain numbers; shares are computed for at most 128.")))
        }
    };
    let by = setting.shift * of.best.scale().range();
    Sensitivity {
        mean: bars(&mean),
        median: bars(&median),
        indices,
        no_indices,
        by: rounded(by),
        least_shifts: least_shifts(of, setting, by),
    }
}

fn least_shifts(of: &IssueOf<'_>, setting: &Setting, by: f64) -> Vec<LeastShift> {
    let mean = Mean::of(&of.best);
    let searched = |actor: usize, model: ModelName, value: &(dyn Fn(&Positions) -> Option<f64> + Sync)| {
        let to = |by: f64| least_shift(&of.best, actor, by, value).map(|found| rounded(found.by));
        ShiftOf { model, up: to(by), down: to(-by), exact: false }
    };
    let one = |(actor, named): (usize, &super::ActorOf)| {
        let exact = |by: f64| mean.least_shift(actor, by).filter(|shift| shift.on_scale).map(|shift| rounded(shift.by));
        let mut shifts = vec![
            ShiftOf { model: ModelName::WeightedMean, up: exact(by), down: exact(-by), exact: true },
            searched(actor, ModelName::WeightedMedian, &|positions| Some(Median::of(positions).label())),
        ];
        if setting.shifts == Shifts::All {
            let rounds =
                |positions: &Positions| expected_utility(positions, &Options::PRINTED).ok().map(|run| run.value);
            shifts.push(searched(actor, ModelName::ExpectedUtility, &rounds));
        }
        LeastShift { actor: named.id.clone(), shifts }
    };
    of.actors.par_iter().enumerate().map(one).collect()
}
