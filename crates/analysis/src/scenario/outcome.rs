//! What every analysis gives in one world: what blocks, what room there is, which outcomes would hold, where forecasts lie.

use detente_case::stability::{Form, StabilityModel};
use detente_case::{Findings, Moment, Record};
use detente_forecast::Mean;
use detente_stability::{Concept, Rules, State, analyse};
use schemars::JsonSchema;
use serde::Serialize;

use super::world::World;
use crate::about::Settings;
use crate::agreement::{Detail, values, why_not};
use crate::blocks::{self, BothVerdict, Reading};
use crate::ensemble::{self, Budget, Draw, Quantiles, rounded};
use crate::forecast::of_case::{CaseTable, Participants, tables};
use crate::progress::go_on;
use crate::room::{RoomNow, Values};
use crate::stability::of_case::MOST_STATES;
use crate::stability::{ByConcept, Lowered, letters, lower};
use crate::view::{LimitsUse, OneSided};
use crate::zone::Verdict;

/// What the analyses give in one world.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    /// What blocks, and what room numbers leave.
    pub agreement: AgreementThen,
    /// Which outcomes would hold, by stability model.
    pub equilibria: Vec<ModelThen>,
    /// Where the weighted mean lies, by issue.
    pub forecast: Vec<ForecastThen>,
}

/// What blocks, and what room numbers leave.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AgreementThen {
    /// Whether declared limits exclude every package, by the order of options alone.
    pub blocked: bool,
    /// Ids of the issues, or rules, with a share in that.
    pub blocking: Vec<String>,
    /// The least number of steps of all principals together that would unblock; none if nothing blocks or nothing does.
    pub steps: Option<u32>,
    /// Whether both must move.
    pub both_must_move: BothVerdict,
    /// The room, limits lifted: by how much all thresholds can rise together above the equal share of the benchmark.
    pub room: Option<f64>,
    /// The room over all draws.
    pub room_range: Option<Quantiles>,
    /// The zone of agreement, where the case states what no agreement is worth: limits kept, or lifted where they exclude everything.
    pub zone: Option<ZoneThen>,
    /// Why there are no values.
    pub no_values: Option<String>,
}

/// Whether there is a zone of agreement.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ZoneThen {
    /// Whether limits are lifted, because kept they exclude every package.
    pub limits_lifted: bool,
    /// The share of draws with a zone.
    pub probability: f64,
    /// Its standard error from the number of draws.
    pub mc_error: f64,
    /// What all draws agree on.
    pub verdict: Verdict,
    /// By how much all thresholds could rise together, at the best values.
    pub slack: Option<f64>,
}

/// Which outcomes of a model would hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ModelThen {
    /// The model, by the name of its file.
    pub model: String,
    /// Its title.
    pub title: String,
    /// The outcomes that hold for everybody, by concept: the name of the state, or the options that it takes.
    pub equilibria: ByConcept<Vec<String>>,
    /// Why it could not be analysed in this world.
    pub not_analysed: Option<String>,
}

/// Where the weighted mean of positions lies on one issue.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ForecastThen {
    /// Id of the issue.
    pub issue: String,
    /// The weighted mean at the best values, from 0 to 100.
    pub value: f64,
    /// The same over all draws.
    pub range: Option<Quantiles>,
    /// Id of the nearest option.
    pub nearest: String,
    /// Ids of the principals whose limits rule this option out.
    pub ruled_out_by: Vec<String>,
}

/// How much is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// Draws of everything.
    Draws(Settings),
    /// The best values alone.
    Best(Settings),
}

impl Effort {
    fn settings(self) -> Settings {
        match self {
            Effort::Draws(settings) => settings,
            Effort::Best(settings) => Settings { draws: 0, ..settings },
        }
    }
}

/// What the analyses give in a world at a moment.
pub(super) fn outcome(world: &World, moment: Moment, effort: Effort) -> Outcome {
    let settings = effort.settings();
    Outcome {
        agreement: values_then(world, moment, settings, blocked(world, moment)),
        equilibria: equilibria(world, moment),
        forecast: forecasts(world, moment, settings),
    }
}

/// The same of a world in which only factors are others than today: limits and models are as they were.
pub(super) fn with_factors(world: &World, moment: Moment, effort: Effort, today: &Outcome) -> Outcome {
    let settings = effort.settings();
    Outcome {
        agreement: values_then(world, moment, settings, today.agreement.clone()),
        equilibria: today.equilibria.clone(),
        forecast: forecasts(world, moment, settings),
    }
}

/// What blocks, by the order of options alone.
fn blocked(world: &World, moment: Moment) -> AgreementThen {
    let record = Record::known_by(&world.case, moment.known);
    let now = blocks::at(&blocks::Lines::new(record), moment.at);
    let first = now.limits.iter().find(|now| now.reading == Reading::FIRST);
    let sticking = first.map(|now| now.sticking.as_slice()).unwrap_or_default();
    let shares = sticking.iter().filter(|point| point.share.is_some_and(|share| share > 0.0));
    AgreementThen {
        blocked: first.is_some_and(|now| now.blocked),
        blocking: shares.map(|point| point.issue.clone()).collect(),
        steps: first.and_then(|now| now.joint.iter().map(|joint| joint.steps.iter().sum()).min()),
        both_must_move: first.map_or(BothVerdict::NotDetermined, |now| now.both_must_move.verdict),
        room: None,
        room_range: None,
        zone: None,
        no_values: None,
    }
}

/// What room numbers leave beside what blocks.
fn values_then(world: &World, moment: Moment, settings: Settings, blocked: AgreementThen) -> AgreementThen {
    let values = values(&world.case, moment, settings, Detail::Scenario, &mut go_on);
    let no_values = values.as_ref().err().map(why_not);
    let values = values.ok();
    let lifted = values.as_ref().and_then(|values| {
        let is_lifted = |room: &&RoomNow| {
            room.limits == LimitsUse::Lifted && room.norm_flagged && room.one_sided == OneSided::LeftOut
        };
        values.rooms.iter().find(is_lifted)
    });
    AgreementThen {
        room: lifted.and_then(|room| room.room),
        room_range: lifted.and_then(|room| room.room_range),
        zone: values.as_ref().and_then(zone),
        no_values,
        ..blocked
    }
}

fn zone(values: &Values) -> Option<ZoneThen> {
    let zone = values.zone.as_ref()?;
    let way = zone.ways.iter().find(|way| way.limits == zone.influence_of && way.norm_flagged)?;
    Some(ZoneThen {
        limits_lifted: way.limits == LimitsUse::Lifted,
        probability: way.chance.probability,
        mc_error: way.chance.mc_error,
        verdict: way.verdict,
        slack: way.slack,
    })
}

fn equilibria(world: &World, moment: Moment) -> Vec<ModelThen> {
    let record = Record::known_by(&world.case, moment.known);
    let models = record.models().into_iter().filter(|model| model.model.at.is_none_or(|at| at <= moment.at));
    models
        .map(|model| {
            let mut findings = Findings::default();
            let verdicts = lower(&model.model, MOST_STATES, &mut findings)
                .ok_or_else(|| "Its states cannot be listed in this scenario.".to_owned())
                .and_then(|lowered| {
                    let verdicts = analyse(&lowered.model, &lowered.preferences, Rules::default());
                    verdicts.map(|verdicts| (lowered, verdicts)).map_err(|error| format!("Not analysed: {error}."))
                });
            let (equilibria, not_analysed) = match verdicts {
                Err(why) => (ByConcept::default(), Some(why)),
                Ok((lowered, verdicts)) => {
                    let of = |concept: Concept| {
                        let states = verdicts.equilibria(concept);
                        states.map(|state| told(&model.model, &lowered, state)).collect::<Vec<String>>()
                    };
                    (ByConcept::of(of), None)
                }
            };
            ModelThen { model: model.name().to_owned(), title: model.model.title.to_string(), equilibria, not_analysed }
        })
        .collect()
}

/// The name of a state; its options where it has none, or its number where it has no options.
fn told(model: &StabilityModel, lowered: &Lowered, state: State) -> String {
    let name = lowered.names.get(state.place()).map(|name| &**name).unwrap_or_default();
    let letters = letters(model, lowered, state);
    match (name.is_empty(), letters.is_empty()) {
        (false, _) => name.to_owned(),
        (true, false) => taken(model, &letters),
        (true, true) => state.number().to_string(),
    }
}

/// The options that a state takes, by their ids.
fn taken(model: &StabilityModel, letters: &str) -> String {
    let Form::Options(form) = &model.form else { return String::new() };
    let taken = form.options.iter().zip(letters.chars()).filter(|(_, letter)| *letter == 'Y');
    let ids: Vec<&str> = taken.map(|(option, _)| &*option.id).collect();
    if ids.is_empty() { "none of the options".to_owned() } else { ids.join(" & ") }
}

fn forecasts(world: &World, moment: Moment, settings: Settings) -> Vec<ForecastThen> {
    let case = &world.case;
    let record = Record::known_by(case, moment.known);
    let budget = Budget { draws: settings.draws, time: None };
    let mean = |table: &CaseTable<'_>, draw: &Draw<'_>| table.positions(draw).ok().map(|at| Mean::of(&at).value());
    let then = |table: CaseTable<'_>| {
        let value = mean(&table, &table.inputs().best())?;
        let drawn = match settings.draws {
            0 => Vec::new(),
            _ => {
                let runs = ensemble::run(table.inputs(), settings.seed, budget, &mut go_on, |draw| mean(&table, draw));
                runs.ok()?.results
            }
        };
        let nearest = table.nearest(value);
        let issue = &case.issues[table.issue()];
        Some(ForecastThen {
            issue: issue.id.to_string(),
            value: rounded(value),
            range: Quantiles::of(drawn.into_iter().flatten().collect()),
            nearest: issue.options[usize::from(nearest.0)].id.to_string(),
            ruled_out_by: table.closed_by(nearest).map(|actor| case.actors[actor].id.to_string()).collect(),
        })
    };
    let tables = tables(record, moment.at, Participants::Principals).unwrap_or_default();
    tables.into_iter().filter_map(then).collect()
}
