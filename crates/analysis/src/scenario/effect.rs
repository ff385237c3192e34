//! What one factor does, all others as they are today.

use std::collections::BTreeSet;

use detente_case::scenario::ScenarioFactor;
use detente_case::{Id, Moment, Record};
use schemars::JsonSchema;
use serde::Serialize;

use super::Span;
use super::factors::{Moved, Setting};
use super::outcome::{Effort, Outcome, outcome, with_factors};
use super::world::{Beside, World};
use crate::about::Settings;
use crate::ensemble::rounded;
use crate::stability::ByConcept;

/// By how much results differ between two worlds, at the best values of all inputs. What is the same in both is left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Effect {
    /// What inputs are moved; between the ends of a range, in the world of its high end.
    pub moved: Vec<Moved>,
    /// By how much the room changes, as a share of each side's range.
    pub room: Option<f64>,
    /// By how much all thresholds can rise together, the more or the less.
    pub slack: Option<f64>,
    /// Whether something blocks in the second world and not in the first (1), the other way round (-1), or the same in both (0).
    pub blocked: i8,
    /// Where the weighted mean moves, by issue.
    pub forecast: Vec<ForecastShift>,
    /// Outcomes that would hold in the second world and not in the first, by model.
    pub gained: Vec<[String; 2]>,
    /// Outcomes that would hold in the first world and not in the second, by model.
    pub lost: Vec<[String; 2]>,
}

/// By how much a forecast moves.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ForecastShift {
    /// Id of the issue.
    pub issue: String,
    /// By how much, on the scale from 0 to 100.
    pub by: f64,
}

/// What one factor of a scenario does alone.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FactorEffect {
    /// Id of the factor; none for what the scenario lifts and rules out.
    pub factor: Option<String>,
    /// The results with it alone, less those of today.
    pub effect: Effect,
}

impl Effect {
    /// Whether no result differs. Inputs may be moved that no result depends on.
    #[must_use]
    pub fn is_none(&self) -> bool {
        Effect { moved: Vec::new(), ..self.clone() } == Effect::default()
    }

    fn between(first: &Outcome, second: &Outcome, moved: Vec<Moved>) -> Self {
        let difference = |first: Option<f64>, second: Option<f64>| {
            first.zip(second).map(|(first, second)| rounded(second - first)).filter(|by| *by != 0.0)
        };
        let slack = |outcome: &Outcome| outcome.agreement.zone.as_ref().and_then(|zone| zone.slack);
        let shift = |then: &super::ForecastThen| {
            let before = first.forecast.iter().find(|before| before.issue == then.issue)?;
            let by = rounded(then.value - before.value);
            (by != 0.0).then(|| ForecastShift { issue: then.issue.clone(), by })
        };
        let held = |outcome: &Outcome| -> BTreeSet<[String; 2]> {
            let all = |states: &ByConcept<Vec<String>>| {
                [&states.nash, &states.gmr, &states.smr, &states.seq, &states.sseq].map(Clone::clone).concat()
            };
            let models = outcome.equilibria.iter();
            models
                .flat_map(|model| all(&model.equilibria).into_iter().map(|state| [model.model.clone(), state]))
                .collect()
        };
        let (before, after) = (held(first), held(second));
        Effect {
            moved,
            room: difference(first.agreement.room, second.agreement.room),
            slack: difference(slack(first), slack(second)),
            blocked: i8::from(second.agreement.blocked) - i8::from(first.agreement.blocked),
            forecast: second.forecast.iter().filter_map(shift).collect(),
            gained: after.difference(&before).cloned().collect(),
            lost: before.difference(&after).cloned().collect(),
        }
    }
}

fn at(
    record: Record<'_>,
    moment: Moment,
    settings: Settings,
    factor: (Id<ScenarioFactor>, Span),
    today: &Outcome,
) -> (Outcome, World) {
    let world = World::new(record, moment.at, &Setting::from([factor]), Beside::default());
    (with_factors(&world, moment, Effort::Best(settings), today), world)
}

/// What each factor of a setting does alone, and what stands beside them without any.
pub(super) fn alone(
    record: Record<'_>,
    moment: Moment,
    settings: Settings,
    setting: &Setting,
    beside: Beside<'_>,
    today: &Outcome,
) -> Vec<FactorEffect> {
    let one = |(id, value): (&Id<ScenarioFactor>, &Span)| {
        let (then, world) = at(record, moment, settings, (*id, *value), today);
        FactorEffect {
            factor: Some(record.case.scenario_factors[*id].id.to_string()),
            effect: Effect::between(today, &then, world.moved),
        }
    };
    let mut effects: Vec<FactorEffect> = setting.iter().map(one).collect();
    if !beside.lift.is_empty() || !beside.rule_out.is_empty() {
        let world = World::new(record, moment.at, &Setting::new(), beside);
        let then = outcome(&world, moment, Effort::Best(settings));
        effects.push(FactorEffect { factor: None, effect: Effect::between(today, &then, Vec::new()) });
    }
    effects
}

/// What a factor does from the low end of its range to the high end.
pub(super) fn over_range(
    record: Record<'_>,
    moment: Moment,
    settings: Settings,
    id: Id<ScenarioFactor>,
    today: &Outcome,
) -> Effect {
    let factor = &record.case.scenario_factors[id];
    let end = |value: f64| at(record, moment, settings, (id, Span::exactly(value)), today);
    let ((low, _), (high, world)) = (end(factor.low.value()), end(factor.high.value()));
    Effect::between(&low, &high, world.moved)
}
