//! Agreement: what blocks, from the order of options alone, and what room there is, from numbers.

use std::time::Duration;

use detente_case::{Case, Moment, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::blocks::{self, Blocks, Lines, Reading, Words};
use crate::ensemble::Budget;
use crate::progress::{Progress, Stopped};
use crate::room::{self, Effort, Values, ValuesError};
use crate::view::ViewError;

/// What blocks an agreement at a moment, and what room there is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Agreement {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// Ids of the principals, in the order in which numbers of steps and values stand.
    pub principals: Vec<String>,
    /// What blocks, by the order of options alone (layer B).
    #[serde(flatten)]
    pub blocks: Blocks,
    /// What room numbers leave (layer C); none if words do not become numbers here.
    pub values: Option<Values>,
    /// Why there are no values.
    pub no_values: Option<String>,
    /// Where what blocks comes from.
    pub about: About,
    /// Where the values come from.
    pub values_about: About,
}

/// Draws of one group of inputs alone, for the tornado, and Sobol points.
const ALONE: u32 = 200;
const POINTS: u32 = 64;
/// A brief makes one draw where the page makes so many.
const OF_THE_PAGE: u32 = 5;

/// How much is computed of what room numbers leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// All of it; with a time, no new draws begin after it.
    Page(Option<Duration>),
    /// For a brief: a fifth of the draws, and not how far each input moves the room.
    Brief,
    /// For a scenario: all draws, and neither how far each input moves the room nor where the answer turns.
    Scenario,
}

/// What blocks an agreement at a moment, and what room there is. With a time, no new draws begin after it: then their number, and
/// so the ranges, depend on the machine.
///
/// Cost: that of [`blocks::blocks`] and of [`room::values`].
///
/// # Errors
/// [`Stopped`] if `progress` says so.
pub fn agreement(
    case: &Case,
    moment: Moment,
    settings: Settings,
    time: Option<Duration>,
    progress: &mut Progress<'_>,
) -> Result<Agreement, Stopped> {
    let record = Record::known_by(case, moment.known);
    let (values, no_values) = match values(case, moment, settings, Detail::Page(time), progress) {
        Ok(values) => (Some(values), None),
        Err(ValuesError::Stopped) => return Err(Stopped),
        Err(error) => (None, Some(why_not(&error))),
    };
    Ok(Agreement {
        moment: moment.into(),
        principals: case.principals.iter().map(|actor| case.actors[*actor].id.to_string()).collect(),
        blocks: blocks::blocks(case, moment),
        values,
        no_values,
        about: About::new(Layer::B, "agreement", true, record, settings),
        values_about: About::new(Layer::C, "values", false, record, settings),
    })
}

/// What room numbers leave at a moment.
///
/// # Errors
/// See [`ValuesError`].
pub fn values(
    case: &Case,
    moment: Moment,
    settings: Settings,
    detail: Detail,
    progress: &mut Progress<'_>,
) -> Result<Values, ValuesError> {
    let record = Record::known_by(case, moment.known);
    let lines = Lines::new(record);
    let words = Words::new(&lines, moment.at);
    let rules = blocks::case_rules(record, moment.at);
    let (seed, draws) = (settings.seed, settings.draws);
    let effort = match detail {
        Detail::Page(time) => Effort {
            seed,
            budget: Budget { draws, time },
            alone: ALONE.min(draws),
            points: POINTS.min(draws),
            turns: true,
        },
        Detail::Scenario => Effort { seed, budget: Budget { draws, time: None }, alone: 0, points: 0, turns: false },
        Detail::Brief => Effort {
            seed,
            budget: Budget { draws: draws.div_ceil(OF_THE_PAGE), time: None },
            alone: 0,
            points: 0,
            turns: true,
        },
    };
    room::values(&words, &words.bounds(Reading::FIRST), &rules, effort, progress)
}

/// Why there are no values, as a sentence.
#[must_use]
pub fn why_not(error: &ValuesError) -> String {
    match error {
        ValuesError::View(ViewError::Principals(_)) => "The case names fewer than two principals.".to_owned(),
        ValuesError::View(ViewError::NothingContested) => {
            "There is no issue on which every principal asks for something and they ask for different things."
                .to_owned()
        }
        ValuesError::View(ViewError::Inputs(_) | ViewError::Problem(_)) => {
            "The inputs that the case states do not fit together.".to_owned()
        }
        ValuesError::TooLarge(_) => {
            "There are too many packages that none improves on; fewer options or issues would make it possible."
                .to_owned()
        }
        ValuesError::Shift(_) => "The shifts of thresholds are too large to be computed.".to_owned(),
        ValuesError::Stopped => "The computation was stopped before its end.".to_owned(),
    }
}
