//! What could happen: every analysis again, with factors as scenarios set them (layer C).
//!
//! 1. [`Today`] tells what each factor is now: the last value of its series, or what the file says.
//! 2. A scenario sets some factors. Drivers carry the change to other factors and to inputs ([`Moved`]); limits are lifted and states ruled
//!    out as it says. What results is a case like any other, on which every analysis runs ([`Outcome`]). All worlds share their draws.
//! 3. Beside each scenario stands what each of its factors does alone, and for each factor what it does over its range ([`Effect`]).
//! 4. [`Watch`] lists what would flip a result: values of factors, and limits whose lifting would unblock.
//!
//! Effects are added up: a factor has the same effect per unit at any value, and factors that change together have the sum of their
//! effects. The page `docs/methods/scenarios.md` has the definitions.

mod effect;
mod factors;
mod outcome;
mod span;
mod watch;
mod world;

use std::collections::BTreeMap;

use detente_case::scenario::{Scenario, ScenarioFactor};
use detente_case::{Case, Id, Moment, Record};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::progress::{Share, Stopped, heard};

pub use effect::{Effect, FactorEffect, ForecastShift};
pub use factors::Moved;
pub use outcome::{AgreementThen, ForecastThen, ModelThen, Outcome, ZoneThen};
pub use span::Span;
pub use watch::{Flip, Watch};

use effect::{alone, over_range};
use factors::{Known, Setting, today};
use outcome::{Effort, outcome};
use world::{Beside, World};

/// The id of the row in which every factor is as it is today.
pub const AS_TODAY: &str = "today";

/// Results by scenario and by factor.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Scenarios {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// The first row has every factor as it is today; then the scenarios in the order of the file.
    pub scenarios: Vec<ScenarioNow>,
    /// Each factor, and what it does alone over its range.
    pub factors: Vec<FactorNow>,
    /// What would flip a result.
    pub watch: Watch,
    /// Where the results come from.
    pub about: About,
}

/// A scenario and what the analyses give in it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ScenarioNow {
    /// Id.
    pub id: String,
    /// What happens in it.
    pub title: String,
    /// Why it is looked at.
    pub note: String,
    /// What factors are in it, those that it sets.
    pub set: Vec<SetFactor>,
    /// What inputs that moves.
    pub moved: Vec<Moved>,
    /// Ids of the rows whose limits it takes as lifted, and that are known by then.
    pub lifted: Vec<String>,
    /// The states of stability models that it rules out: model and rule.
    pub ruled_out: Vec<[String; 2]>,
    /// What the analyses give.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What each factor that it sets does alone, and what it lifts and rules out does without factors.
    pub alone: Vec<FactorEffect>,
}

/// A factor as a scenario sets it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SetFactor {
    /// Id of the factor.
    pub factor: String,
    /// What it is today; none where its series has no value by then, and the scenario then changes nothing by it.
    pub today: Option<f64>,
    /// What it is in the scenario.
    pub value: Span,
}

/// A factor, what it is today, and what it does over its range.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FactorNow {
    /// Id of the factor.
    pub factor: String,
    /// What it is, for people.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// What it is today.
    pub today: Today,
    /// The least that is looked at.
    pub low: f64,
    /// The most that is looked at.
    pub high: f64,
    /// Id of the source of the range; without one it is an assumption.
    pub source: Option<String>,
    /// Why this range.
    pub reason: String,
    /// What the results are at the high end of its range, less what they are at the low end, all other factors as today.
    pub effect: Effect,
}

/// What a factor is today.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Today {
    /// The value; none where its series has none by then.
    pub value: Option<f64>,
    /// The day of the value, where a series shows it.
    pub date: Option<String>,
    /// Id of the source of that value.
    pub source: Option<String>,
    /// The series.
    pub series: Option<String>,
}

/// Results by scenario and by factor, at a moment.
///
/// Cost: for each scenario that of every analysis with all draws, and for each factor and each setting of one the same at the best values
/// with a fifth of the draws. `progress` is told how many scenarios are done.
///
/// # Errors
/// [`Stopped`] if `progress` says so.
pub fn scenarios(case: &Case, moment: Moment, settings: Settings, progress: &Share<'_>) -> Result<Scenarios, Stopped> {
    let record = Record::known_by(case, moment.known);
    let base = World::new(record, moment.at, &Setting::new(), Beside::default());
    let today = outcome(&base, moment, Effort::Draws(settings));
    let all = case.scenarios.len() + 1;
    heard(progress(1, all))?;
    let mut rows = vec![ScenarioNow {
        id: AS_TODAY.to_owned(),
        title: "Every factor as it is today".to_owned(),
        note: String::new(),
        set: Vec::new(),
        moved: Vec::new(),
        lifted: Vec::new(),
        ruled_out: Vec::new(),
        outcome: today,
        alone: Vec::new(),
    }];
    let at_best = outcome(&base, moment, Effort::Best(settings));
    // Each analysis is parallel inside: scenarios follow each other.
    for (done, scenario) in case.scenarios.iter().enumerate() {
        rows.push(scenario_now(record, moment, settings, scenario, &at_best));
        heard(progress(done + 2, all))?;
    }
    let factors: Vec<(Id<ScenarioFactor>, &ScenarioFactor)> = case.scenario_factors.with_ids().collect();
    let factors = factors
        .into_par_iter()
        .map(|(id, factor)| {
            heard(progress(all, all))?;
            Ok(FactorNow {
                factor: factor.id.to_string(),
                title: factor.title.to_string(),
                unit: factor.unit.to_string(),
                today: today_of(record, moment, factor),
                low: factor.low.value(),
                high: factor.high.value(),
                source: factor.source.map(|source| case.sources[source].id.to_string()),
                reason: factor.reason.to_string(),
                effect: over_range(record, moment, settings, id, &at_best),
            })
        })
        .collect::<Result<_, Stopped>>()?;
    Ok(Scenarios {
        moment: moment.into(),
        scenarios: rows,
        factors,
        watch: watch::watch(record, moment, settings, &base, &at_best),
        about: About::new(Layer::C, "scenarios", false, record, settings),
    })
}

fn today_of(record: Record<'_>, moment: Moment, factor: &ScenarioFactor) -> Today {
    let known = today(record, moment.at, factor);
    let series = match &factor.today {
        detente_case::scenario::Today::Series(series) => Some(series.to_string()),
        detente_case::scenario::Today::Number(_) => None,
    };
    let (value, date, source) = match known {
        Some(Known { value, date, source }) => (Some(value), date, source),
        None => (None, None, None),
    };
    Today { value, date, source, series }
}

/// What a scenario sets, as a setting.
fn setting_of(scenario: &Scenario) -> Setting {
    scenario.set.iter().map(|(factor, range)| (*factor, Span::of(range))).collect()
}

fn scenario_now(
    record: Record<'_>,
    moment: Moment,
    settings: Settings,
    scenario: &Scenario,
    today_at_best: &Outcome,
) -> ScenarioNow {
    let case = record.case;
    let known: BTreeMap<&str, bool> = case.positions.iter().map(|row| (&*row.id, record.knows(row))).collect();
    let lifted: Vec<&str> =
        scenario.lift.iter().map(|row| &*row.text).filter(|id| known.get(id).copied().unwrap_or_default()).collect();
    let beside = Beside { lift: &lifted, rule_out: &scenario.rule_out };
    let setting = setting_of(scenario);
    let world = World::new(record, moment.at, &setting, beside);
    let outcome = outcome(&world, moment, Effort::Draws(settings));
    let set = scenario.set.iter().map(|(id, range)| {
        let factor = &case.scenario_factors[*id];
        let today = today(record, moment.at, factor).map(|known| known.value);
        SetFactor { factor: factor.id.to_string(), today, value: Span::of(range) }
    });
    ScenarioNow {
        id: scenario.id.to_string(),
        title: scenario.title.to_string(),
        note: scenario.note.to_string(),
        set: set.collect(),
        alone: alone(record, moment, settings, &setting, beside, today_at_best),
        moved: world.moved,
        lifted: lifted.into_iter().map(str::to_owned).collect(),
        ruled_out: scenario
            .rule_out
            .iter()
            .map(|entry| [entry.model.text.to_string(), entry.when.text.to_string()])
            .collect(),
        outcome,
    }
}
