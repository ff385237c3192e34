//! As known then: what could be said at the end of each quarter from rows known by then, what came next, and how one plain rule would have
//! done against a base rate. The rule stands in `docs/methods/known-then.md` and was written before any result was looked at.
//!
//! The rows of a case are coded with hindsight; `known_from` is when the public could know what they say, not when they were coded.

mod ask;
mod next;
mod score;
mod then;

use detente_case::{Case, Day, Moment, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::coverage::Quarter;
use crate::history;

pub use ask::{Asked, Question};
pub use next::{Moves, Next};
pub use score::{Bin, CountScore, Difference, QuestionScore, Scores};
pub use then::Then;

/// The back-test of a case.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KnownThen {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// Ids of the principals.
    pub principals: Vec<String>,
    /// Name of the series of the front line; none if the case names none.
    pub front_series: Option<String>,
    /// Whether that series was revised after the day of its values.
    pub front_revised: bool,
    /// The quarters, in order.
    pub quarters: Vec<QuarterThen>,
    /// Earlier quarters that were left out, where there are more than [`MOST_QUARTERS`].
    pub left_out: usize,
    /// How the rule did against the base rate.
    pub scores: Scores,
    /// Where the result comes from.
    pub about: About,
}

/// The most quarters that are looked at: twenty years.
pub const MOST_QUARTERS: usize = 80;

/// One quarter.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct QuarterThen {
    /// The quarter.
    pub quarter: Quarter,
    /// What could be said on its last day.
    pub then: Then,
    /// What was asked on that day, with both answers.
    pub asked: Vec<Asked>,
    /// What came in the next quarter; none if that had not ended by the moment.
    pub next: Option<Next>,
}

/// The back-test of a case at a moment: the quarters that ended by then, from the one in which the case starts.
///
/// Cost: for each quarter that of the history, and of what blocks on its last day and on those of all quarters before.
#[must_use]
pub fn known_then(case: &Case, moment: Moment, settings: Settings) -> KnownThen {
    let record = Record::known_by(case, moment.known);
    let mut ended = quarters(record, moment.at);
    let left_out = ended.len().saturating_sub(MOST_QUARTERS);
    ended.drain(..left_out);
    let last = then::Seen::new(record, moment.at, &ended);
    let quarters: Vec<QuarterThen> = ended
        .iter()
        .enumerate()
        .map(|(number, quarter)| {
            let day = quarter.last_day();
            let seen = then::Seen::new(Record::known_by(case, day.min(moment.known)), day, &ended[..=number]);
            QuarterThen {
                quarter: *quarter,
                then: then::then(&seen),
                asked: ask::asked(&seen),
                next: next::next(&last, number),
            }
        })
        .collect();
    let revised = |name: &str| record.factors().any(|(_, value)| *value.name == *name && value.known_from.is_none());
    KnownThen {
        moment: moment.into(),
        principals: case.principals.iter().map(|id| case.actors[*id].id.to_string()).collect(),
        front_series: last.front.map(str::to_owned),
        front_revised: last.front.is_some_and(revised),
        scores: score::scores(&quarters, settings),
        quarters,
        left_out,
        about: About::new(Layer::B, "known-then", false, record, settings),
    }
}

/// The quarters that ended by a day, from the one in which the case starts.
fn quarters(record: Record<'_>, at: Day) -> Vec<Quarter> {
    let mut quarter = Quarter::of(history::start(record).first());
    let mut quarters = Vec::new();
    while quarter.last_day() <= at {
        quarters.push(quarter);
        if quarter.next() == quarter {
            break;
        }
        quarter = quarter.next();
    }
    quarters
}
