//! What to watch: which observable change would flip a result.

use detente_case::scenario::ScenarioFactor;
use detente_case::{Id, Moment, Record};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::Span;
use super::factors::{Setting, today};
use super::outcome::{Effort, Outcome, with_factors};
use super::world::{Beside, World};
use crate::about::Settings;
use crate::blocks::{self, DemandNow, Reading};
use crate::ensemble::rounded;

/// What would flip a result, all else as it is today.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Watch {
    /// Values of factors at which a result flips, at the best values of all inputs.
    pub factors: Vec<Flip>,
    /// The smallest sets of limits that cannot all hold: to unblock, one of each would have to be lifted. Empty where nothing blocks.
    pub limits: Vec<Vec<DemandNow>>,
}

/// A value of a factor at which a result flips.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Flip {
    /// Id of the factor.
    pub factor: String,
    /// Its value, to a thousandth of its range.
    pub value: f64,
    /// Whether it has to rise above the value, rather than fall below it.
    pub above: bool,
    /// The result: `zone` or `forecast/ISSUE`.
    pub result: String,
    /// What it is today.
    pub from: String,
    /// What it is beyond the value.
    pub to: String,
}

/// Steps from today to each end of the range in which a flip is looked for; one that is undone within a step is not seen.
const STEPS: u32 = 24;
/// Halvings of a step: to less than a thousandth of the range.
const HALVINGS: u32 = 8;

/// The results that factors can flip, each with what it is, as text: limits and stability models do not depend on factors.
fn results(outcome: &Outcome) -> Vec<(String, String)> {
    let mut all = Vec::new();
    if let Some(slack) = outcome.agreement.zone.as_ref().and_then(|zone| zone.slack) {
        all.push(("zone".to_owned(), if slack >= 0.0 { "a zone" } else { "no zone" }.to_owned()));
    }
    all.extend(outcome.forecast.iter().map(|then| (format!("forecast/{}", then.issue), then.nearest.clone())));
    all
}

/// What would flip a result.
pub(super) fn watch(record: Record<'_>, moment: Moment, settings: Settings, base: &World, now: &Outcome) -> Watch {
    let factors: Vec<(Id<ScenarioFactor>, &ScenarioFactor)> = record.case.scenario_factors.with_ids().collect();
    let flips: Vec<Vec<Flip>> = factors
        .par_iter()
        .map(|(id, factor)| {
            let Some(known) = today(record, moment.at, factor) else { return Vec::new() };
            let at = |value: f64| {
                let world =
                    World::new(record, moment.at, &Setting::from([(*id, Span::exactly(value))]), Beside::default());
                // A world in which nothing is moved is that of today.
                if world.moved.iter().all(|moved| moved.idle.is_some()) {
                    return results(now);
                }
                results(&with_factors(&world, moment, Effort::Best(settings), now))
            };
            let ends = [(factor.low.value(), false), (factor.high.value(), true)];
            let ways =
                ends.into_iter().filter(|(end, above)| if *above { *end > known.value } else { *end < known.value });
            ways.flat_map(|(end, above)| flips_toward(&factor.id, known.value, end, above, &results(now), &at))
                .collect()
        })
        .collect();
    let record = Record::known_by(&base.case, moment.known);
    let blocks = blocks::at(&blocks::Lines::new(record), moment.at);
    let first = blocks.limits.into_iter().find(|now| now.reading == Reading::FIRST);
    let limits = first.map(|now| now.conflict_sets).unwrap_or_default();
    Watch { factors: flips.into_iter().flatten().collect(), limits }
}

/// The first value on the way from today to an end at which each result is another.
fn flips_toward(
    factor: &str,
    from: f64,
    end: f64,
    above: bool,
    now: &[(String, String)],
    at: &impl Fn(f64) -> Vec<(String, String)>,
) -> Vec<Flip> {
    let value = |step: f64| from + (end - from) * step / f64::from(STEPS);
    let of = |results: &[(String, String)], name: &str| {
        results.iter().find(|(result, _)| result == name).map(|(_, what)| what.clone()).unwrap_or_default()
    };
    let mut flips: Vec<Flip> = Vec::new();
    for step in 1..=STEPS {
        let here = at(value(f64::from(step)));
        for (name, before) in now {
            if flips.iter().any(|flip| flip.result == *name) || of(&here, name) == *before {
                continue;
            }
            let (mut same, mut other) = (f64::from(step - 1), f64::from(step));
            let mut to = of(&here, name);
            for _ in 0..HALVINGS {
                let middle = f64::midpoint(same, other);
                let what = of(&at(value(middle)), name);
                if what == *before {
                    same = middle;
                } else {
                    (other, to) = (middle, what);
                }
            }
            flips.push(Flip {
                factor: factor.to_owned(),
                value: rounded(value(other)),
                above,
                result: name.clone(),
                from: before.clone(),
                to,
            });
        }
    }
    flips
}
