//! The least that would unblock: steps of limits (layer B), and shifts of thresholds (layer C), as frontiers with a package behind
//! each row.
//!
//! Every row is checked by what it opens: the package holds an option an issue, and each part says which limit would have to
//! move from where to where for it. That no less suffices follows from the search, which goes through every package of the issues
//! that block.

use detente_case::issue::OptionPlace;
use detente_case::price::Per;
use detente_case::{Case, Moment, Record};
use detente_packages::{Exact, number};
use num_traits::ToPrimitive as _;
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::agreement::why_not;
use crate::blocks::{self, Blocks, ClauseNow, Coverage, Lines, Reading, ReadingNow, Words};
use crate::room::ValuesError;
use crate::view::{OneSided, View};
use crate::zone::{self, Thresholds};

/// The least that would unblock.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Unlock {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// Ids of the principals, in the order in which numbers of steps stand.
    pub principals: Vec<String>,
    /// How much of the case was tested.
    pub coverage: Coverage,
    /// Steps of limits that would unblock, laws counted among the limits.
    pub steps: StepFrontier,
    /// The same without laws.
    pub steps_without_law: StepFrontier,
    /// The parts of the row of `steps` that asks most evenly of all sides.
    pub parts: Vec<Part>,
    /// The least shifts of thresholds (layer C); none where words do not become numbers.
    pub thresholds: Option<Thresholds>,
    /// Why there are none.
    pub no_thresholds: Option<String>,
    /// The cheapest shift of thresholds, as a single number; none unless the case states prices.
    pub priced: Option<PricedShift>,
    /// What blocks, from which the steps follow; `agreement` hands it over, so it stands in no JSON of this answer.
    #[serde(skip)]
    pub blocks: Blocks,
    /// Where the steps come from.
    pub about: About,
}

/// The cheapest shift of thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PricedShift {
    /// What it costs, at the prices that the case states.
    pub shift: f64,
}

/// Minimal steps of the principals after which a package is left.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepFrontier {
    /// Whether anything blocks at all.
    pub blocked: bool,
    /// One number a principal in each row; no row asks for less of one without asking for more of another.
    pub frontier: Vec<Vec<u32>>,
    /// For each row, what would have to move.
    pub moves: Vec<Vec<Part>>,
    /// For each row, a package that it opens, on the issues that block.
    pub opens: Vec<Vec<ClauseNow>>,
    /// Whether the search went through every package, so that no less suffices.
    pub exhausted: bool,
    /// The cheapest rows; none unless the case states the price of a step for every principal.
    pub priced: Option<PricedSteps>,
}

/// The steps that cost least at the stated prices.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PricedSteps {
    /// The sum of steps, each times the price of a step of its side.
    pub cost: f64,
    /// Every row that costs that.
    pub rows: Vec<Vec<u32>>,
}

/// One thing that would have to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Part {
    /// Id of the principal.
    pub actor: String,
    /// What of it would have to change.
    pub what: What,
    /// Id of the issue.
    pub issue: String,
    /// Id of the nearest option that it has not ruled out; none if it has ruled out all.
    pub from: Option<String>,
    /// Id of the option that it would have to leave open.
    pub to: String,
    /// Steps between the two.
    pub steps: u32,
    /// Ids of the rows that rule the option out.
    pub rows: Vec<String>,
}

/// What would have to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A limit in words.
    Limit,
    /// A law.
    Law,
    /// A limit in words and a law.
    LimitAndLaw,
}

/// The least that would unblock at a moment.
///
/// Cost: that of [`blocks::at`].
#[must_use]
pub fn unlock(case: &Case, moment: Moment, settings: Settings) -> Unlock {
    let record = Record::known_by(case, moment.known);
    let lines = Lines::new(record);
    let words = Words::new(&lines, moment.at);
    let found = blocks::at(&lines, moment.at);
    let frontier = |reading: Reading| {
        let told = found.limits.iter().find(|told| told.reading == reading);
        told.map_or_else(StepFrontier::empty, |told| step_frontier(&words, told))
    };
    let steps = frontier(Reading::FIRST);
    let bounds = words.bounds(Reading::FIRST);
    let view = View::new(&words, &bounds, &blocks::case_rules(record, moment.at), OneSided::LeftOut);
    let (thresholds, no_thresholds) =
        match view.map_err(ValuesError::from).and_then(|view| zone::thresholds(&words, &view)) {
            Ok(thresholds) => (Some(thresholds), None),
            Err(error) => (None, Some(why_not(&error))),
        };
    let priced =
        thresholds.as_ref().and_then(|found| found.priced.as_ref()).map(|priced| PricedShift { shift: priced.cost });
    Unlock {
        thresholds,
        no_thresholds,
        priced,
        moment: moment.into(),
        principals: case.principals.iter().map(|actor| case.actors[*actor].id.to_string()).collect(),
        coverage: found.coverage,
        parts: steps.most_even().map(|row| steps.moves[row].clone()).unwrap_or_default(),
        steps_without_law: frontier(Reading { law: false, ..Reading::FIRST }),
        steps,
        about: About::new(Layer::B, "unlock", true, record, settings),
        blocks: found,
    }
}

impl StepFrontier {
    fn empty() -> Self {
        StepFrontier {
            blocked: false,
            frontier: Vec::new(),
            moves: Vec::new(),
            opens: Vec::new(),
            exhausted: true,
            priced: None,
        }
    }

    /// The row that asks most evenly: with the smallest largest number, the first of them in order.
    #[must_use]
    pub fn most_even(&self) -> Option<usize> {
        let most = |row: &usize| self.frontier[*row].iter().copied().max();
        (0..self.frontier.len()).min_by_key(most)
    }
}

fn step_frontier(words: &Words<'_, '_>, told: &ReadingNow) -> StepFrontier {
    StepFrontier {
        blocked: told.blocked,
        frontier: told.joint.iter().map(|joint| joint.steps.clone()).collect(),
        moves: told.joint.iter().map(|joint| parts(words, told.reading, &joint.opens)).collect(),
        opens: told.joint.iter().map(|joint| joint.opens.clone()).collect(),
        exhausted: told.complete,
        priced: priced_steps(words.record.case, told),
    }
}

/// The rows that cost least, compared without rounding; none unless the price of a step is stated for every principal.
fn priced_steps(case: &Case, told: &ReadingNow) -> Option<PricedSteps> {
    let price = |actor| {
        let stated = case.prices.iter().find(|price| price.actor == actor && price.per == Per::Step)?;
        number::parse(stated.amount.text())
    };
    let prices: Vec<Exact> = case.principals.iter().map(|actor| price(*actor)).collect::<Option<_>>()?;
    let cost = |steps: &[u32]| -> Exact {
        steps.iter().zip(&prices).map(|(steps, price)| price * Exact::from_integer((*steps).into())).sum()
    };
    let least = told.joint.iter().map(|joint| cost(&joint.steps)).min()?;
    let rows = told.joint.iter().map(|joint| &joint.steps).filter(|steps| cost(steps) == least);
    Some(PricedSteps { rows: rows.cloned().collect(), cost: least.to_f64()? })
}

/// What each side would have to leave open for a package.
fn parts(words: &Words<'_, '_>, reading: Reading, package: &[ClauseNow]) -> Vec<Part> {
    let case = words.record.case;
    let bounds = words.bounds(reading);
    let place = |issue: &str, option: &str| case.issues.iter().find(|of| *of.id == *issue)?.option(option);
    let holds = |issue: detente_case::Id<detente_case::issue::Issue>| {
        let clause = package.iter().find(|clause| *clause.issue == *case.issues[issue].id);
        clause.and_then(|clause| place(&clause.issue, &clause.option)).unwrap_or(OptionPlace(0))
    };
    let mut parts = Vec::new();
    for issue in &bounds.issues {
        let of = &case.issues[issue.issue];
        if !package.iter().any(|clause| *clause.issue == *of.id) {
            continue;
        }
        let option = holds(issue.issue);
        for side in &issue.sides {
            let open = side.open_in(issue.all, holds);
            if open.contains(option) {
                continue;
            }
            let from = open.iter().min_by_key(|other| (other.0.abs_diff(option.0), other.0));
            let limits: Vec<_> = side.limits.iter().filter(|limit| limit.option == option).collect();
            let what = match (limits.iter().any(|limit| limit.law), limits.iter().any(|limit| !limit.law)) {
                (true, true) => What::LimitAndLaw,
                (true, false) => What::Law,
                (false, _) => What::Limit,
            };
            let rows = limits.iter().flat_map(|limit| &limit.rows).map(|row| case.positions[*row].id.to_string());
            let id = |option: OptionPlace| of.options[option.0 as usize].id.to_string();
            parts.push(Part {
                actor: case.actors[side.actor].id.to_string(),
                what,
                issue: of.id.to_string(),
                from: from.map(id),
                to: id(option),
                steps: from.map_or(0, |from| u32::from(from.0.abs_diff(option.0))),
                rows: rows.collect(),
            });
        }
    }
    parts
}
