//! Each model at the best values and over draws.

use detente_forecast::expected_utility::{Options, Status};
use detente_forecast::{
    Bargaining, Disagreement, Loss, Mean, Median, NashOptions, NashOutcome, NoZone, Positions, expected_utility, nash,
};

use super::question::{IssueOf, Setting};
use super::result::{Model, ModelName, NoRoom, RoundTold, Settled};
use crate::ensemble::{self, Budget, Quantiles, rounded};
use crate::progress::{Progress, Stopped};

/// Draws that models in rounds get at least.
const LEAST_DRAWS: u32 = 250;

/// All models of one issue, and the draws of the mean in order.
pub(super) struct Models {
    pub list: Vec<Model>,
    pub mean_draws: Vec<f64>,
    pub median_draws: Vec<f64>,
}

pub(super) fn all(of: &IssueOf<'_>, setting: &Setting, progress: &mut Progress<'_>) -> Result<Models, Stopped> {
    let mut mean = bare(ModelName::WeightedMean);
    mean.value = Some(rounded(Mean::of(&of.best).value()));
    let median_of = Median::of(&of.best);
    let mut median = bare(ModelName::WeightedMedian);
    median.value = Some(rounded(median_of.label()));
    median.range = (median_of.lower != median_of.upper).then(|| [rounded(median_of.lower), rounded(median_of.upper)]);
    let mut list = vec![mean, median, bargaining(of, setting)];
    for (name, options) in
        [(ModelName::ExpectedUtility, Options::PRINTED), (ModelName::ExpectedUtilityAsProgrammed, Options::PROGRAMMED)]
    {
        list.push(in_rounds(of, name, &options));
    }
    if of.inputs.list().is_empty() {
        return Ok(Models { list, mean_draws: Vec::new(), median_draws: Vec::new() });
    }
    let budget = |draws: u32| Budget { draws, time: None };
    let runs = ensemble::run(&of.inputs, setting.seed, budget(setting.draws), progress, |draw| {
        let positions = of.drawn(draw);
        (Mean::of(&positions).value(), Median::of(&positions).label())
    })?;
    let (mean_draws, median_draws): (Vec<f64>, Vec<f64>) = runs.results.into_iter().unzip();
    let fewer = (setting.draws / 10).max(LEAST_DRAWS).min(setting.draws);
    let slow = ensemble::run(&of.inputs, setting.seed, budget(fewer), &mut |_| progress(setting.draws), |draw| {
        let positions = of.drawn(draw);
        let room = of.reference.and_then(|point| solution(&positions, point, setting.cost));
        let rounds = |options: &Options| expected_utility(&positions, options).ok().map(|run| run.value);
        [room, rounds(&Options::PRINTED), rounds(&Options::PROGRAMMED)]
    })?;
    let column = |place: usize| slow.results.iter().filter_map(|row| row[place]).collect::<Vec<f64>>();
    let spreads = [mean_draws.clone(), median_draws.clone(), column(0), column(1), column(2)];
    for (model, values) in list.iter_mut().zip(spreads) {
        model.draws = u32::try_from(values.len()).unwrap_or(u32::MAX);
        model.spread = Quantiles::of(values);
    }
    Ok(Models { list, mean_draws, median_draws })
}

pub(super) fn bare(name: ModelName) -> Model {
    Model {
        name,
        value: None,
        range: None,
        rounds: Vec::new(),
        settled: None,
        no_room: None,
        spread: None,
        draws: 0,
        note: None,
    }
}

fn bargain(positions: &Positions, point: f64, cost: f64) -> Option<NashOutcome> {
    let disagreement = Disagreement::Reference { point, costs: vec![cost; positions.len()] };
    let options = NashOptions { loss: Loss::Linear, bargaining: Bargaining::Capability, disagreement };
    nash(positions, &options).ok()
}

fn solution(positions: &Positions, point: f64, cost: f64) -> Option<f64> {
    match bargain(positions, point, cost) {
        Some(NashOutcome::Zone { value, .. }) => Some(value),
        Some(NashOutcome::NoZone(_)) | None => None,
    }
}

fn bargaining(of: &IssueOf<'_>, setting: &Setting) -> Model {
    let mut model = bare(ModelName::Bargaining);
    let Some(point) = of.reference else {
        model.note = Some("No reference point is stated: what holds without an agreement.".to_owned());
        return model;
    };
    model.note = Some(format!(
        "Capability as bargaining power, linear loss; that there is no agreement costs everyone {} of the scale beside the reference point.",
        percent(setting.cost)
    ));
    match bargain(&of.best, point, setting.cost) {
        Some(NashOutcome::Zone { low, high, value }) => {
            model.value = Some(rounded(value));
            model.range = Some([rounded(low), rounded(high)]);
        }
        Some(NashOutcome::NoZone(none)) => model.no_room = Some(no_room(of, none)),
        None => {}
    }
    model
}

fn percent(share: f64) -> String {
    format!("{} %", rounded(share * 100.0))
}

fn no_room(of: &IssueOf<'_>, none: NoZone) -> NoRoom {
    let mut actors = vec![none.actors.0, none.actors.1];
    actors.dedup();
    NoRoom {
        actors: actors.into_iter().filter_map(|actor| of.actors.get(actor)).map(|actor| actor.id.clone()).collect(),
        point: none.point.map(rounded),
        least_slack: rounded(none.least_slack),
        room_above_cost: rounded(none.least_common_cost),
    }
}

fn in_rounds(of: &IssueOf<'_>, name: ModelName, options: &Options) -> Model {
    let mut model = bare(name);
    // Both presets are within their ranges.
    let Ok(run) = expected_utility(&of.best, options) else { return model };
    model.value = Some(rounded(run.value));
    model.rounds = run
        .rounds
        .iter()
        .map(|round| RoundTold { median: rounded(round.median.label()), mean: rounded(round.mean) })
        .collect();
    model.settled = Some(match run.status {
        Status::FixedPoint(after) => Settled::FixedPoint { after },
        Status::Cycle(period) => Settled::Cycle { period },
        Status::Neither => Settled::Neither { rounds: run.stopped },
    });
    model.range = (run.range.0 != run.range.1).then(|| [rounded(run.range.0), rounded(run.range.1)]);
    model
}
