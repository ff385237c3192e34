//! What would have to change for a state to hold, as it is told.

use detente_case::stability::StabilityModel;
use detente_stability::inverse::{Change, Inverse, InverseError, Least, Margin, Question, inverse};
use detente_stability::{Concept, DecisionMaker, Ranks, Rules, State};
use schemars::JsonSchema;
use serde::Serialize;

use super::answer::{NoAnswer, concept_id};
use super::model::Lowered;
use super::reorder::{ReorderNow, reorder};

/// What would have to change for a state to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InverseNow {
    /// Number of the state that is asked for.
    pub desired: u64,
    /// The concept under which it is to hold.
    pub concept: String,
    /// Ids of the decision makers for whom it is not stable now.
    pub unstable_for: Vec<String>,
    /// Id of the only one of these, if there is just one.
    pub pivotal: Option<String>,
    /// What has to hold whatever the others prefer: at least one of the states is no better for the decision maker than the desired one.
    pub necessary: Vec<ClauseNow>,
    /// Whether these are all such relations.
    pub all_clauses: bool,
    /// Whether these relations suffice.
    pub sufficient: bool,
    /// For each decision maker the least change of its preferences after which the state is stable for it.
    pub own: Vec<LeastNow>,
    /// For each decision maker the least change of its preferences alone after which the state holds.
    pub alone: Vec<LeastNow>,
    /// The least change of any preferences after which the state holds.
    pub joint: LeastNow,
    /// For each decision maker how near the state is to being no longer stable.
    pub margins: Vec<MarginNow>,
    /// Other orders of statements under which the state holds; none where no decision maker's preference is statements.
    pub by_statements: Option<ReorderNow>,
}

/// A relation that holds in every solution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClauseNow {
    /// Id of the decision maker.
    pub decision_maker: String,
    /// Numbers of the states.
    pub states: Vec<u64>,
    /// Whether it holds now.
    pub holds: bool,
}

/// The least change of some kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LeastNow {
    /// Whether a least change was found.
    pub verdict: LeastVerdict,
    /// How many states cross; of an undecided one how many suffice, if a change is known.
    pub cost: Option<usize>,
    /// Fewer states than these do not suffice.
    pub at_least: Option<usize>,
    /// Whether all changes of this cost are listed.
    pub all: bool,
    /// The changes; each was confirmed by a whole analysis.
    pub changes: Vec<ChangeNow>,
}

/// Whether a least change was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeastVerdict {
    /// It was, and nothing less suffices.
    Found,
    /// No change of this kind would do.
    Impossible,
    /// The search was given up.
    Undecided,
}

/// A change of preferences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChangeNow {
    /// Which states cross the desired one.
    pub crossings: Vec<CrossingNow>,
    /// Numbers of other states that then hold as well.
    pub appear: Vec<u64>,
    /// Numbers of other states that then no longer hold.
    pub vanish: Vec<u64>,
}

/// A state that crosses the desired one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CrossingNow {
    /// Id of the decision maker.
    pub decision_maker: String,
    /// Number of the state.
    pub state: u64,
    /// It was better than the desired one and becomes just worse; otherwise the reverse.
    pub down: bool,
}

/// How near a state is to being no longer stable for a decision maker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MarginNow {
    /// Id of the decision maker.
    pub decision_maker: String,
    /// What was found.
    pub verdict: MarginVerdict,
    /// Numbers of states that would have to become better than it, as few as suffice.
    pub states: Vec<u64>,
}

/// How near a state is to being no longer stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarginVerdict {
    /// It is not stable.
    NotStable,
    /// No change of the decision maker's own preferences would make it so.
    Never,
    /// It takes some states.
    States,
    /// The search was given up.
    NotFound,
}

/// What would have to change for a state to hold under a concept.
///
/// # Errors
/// Where preferences are unknown, the reading is not the canonical one, or there is no such state.
pub(super) fn desired(
    source: &StabilityModel,
    lowered: &Lowered,
    rules: Rules,
    (state, concept): (State, Concept),
    id: impl Fn(DecisionMaker) -> String,
) -> Result<InverseNow, NoAnswer> {
    let known = lowered.preferences.iter().all(|preference| preference.unknown().is_empty());
    if !known || rules != Rules::default() {
        return Err(NoAnswer::OnlyCanonical);
    }
    let ranks: Vec<Ranks> = lowered.preferences.iter().map(|preference| preference.ranks().clone()).collect();
    let found = inverse(&lowered.model, &ranks, Question::new(state, concept)).map_err(|error| match error {
        InverseError::NoSuchState(state) => NoAnswer::NoState(state.number()),
        error => NoAnswer::Inverse(error),
    })?;
    let by_statements = reorder(source, lowered, (state, concept), &id)?;
    Ok(told(&found, by_statements, &id))
}

fn told(found: &Inverse, by_statements: Option<ReorderNow>, id: &impl Fn(DecisionMaker) -> String) -> InverseNow {
    let clauses = found.necessary.iter().map(|clause| ClauseNow {
        decision_maker: id(clause.decision_maker),
        states: numbers(&clause.states),
        holds: clause.holds,
    });
    let margin = |(mover, margin): (usize, &Margin)| {
        let (verdict, states) = match margin {
            Margin::NotStable => (MarginVerdict::NotStable, Vec::new()),
            Margin::Never => (MarginVerdict::Never, Vec::new()),
            Margin::States(states) => (MarginVerdict::States, numbers(states)),
            Margin::NotFound => (MarginVerdict::NotFound, Vec::new()),
        };
        MarginNow { decision_maker: id(DecisionMaker(mover)), verdict, states }
    };
    InverseNow {
        desired: found.question.desired.number(),
        concept: concept_id(found.question.concept).to_owned(),
        unstable_for: found.unstable_for.iter().map(|mover| id(*mover)).collect(),
        pivotal: found.pivotal().map(id),
        necessary: clauses.collect(),
        all_clauses: found.all_clauses,
        sufficient: found.sufficient,
        own: found.own.iter().map(|least| least_now(least, id)).collect(),
        alone: found.alone.iter().map(|least| least_now(least, id)).collect(),
        joint: least_now(&found.joint, id),
        margins: found.margins.iter().enumerate().map(margin).collect(),
        by_statements,
    }
}

fn least_now(least: &Least, id: &impl Fn(DecisionMaker) -> String) -> LeastNow {
    let change = |change: &Change| ChangeNow {
        crossings: change
            .crossings
            .iter()
            .map(|crossing| CrossingNow {
                decision_maker: id(crossing.decision_maker),
                state: crossing.state.number(),
                down: crossing.down,
            })
            .collect(),
        appear: numbers(&change.appear),
        vanish: numbers(&change.vanish),
    };
    match least {
        Least::Found { cost, changes, all } => LeastNow {
            verdict: LeastVerdict::Found,
            cost: Some(*cost),
            at_least: Some(*cost),
            all: *all,
            changes: changes.iter().map(change).collect(),
        },
        Least::Impossible => {
            LeastNow { verdict: LeastVerdict::Impossible, cost: None, at_least: None, all: true, changes: Vec::new() }
        }
        Least::Undecided { at_least, suffices } => LeastNow {
            verdict: LeastVerdict::Undecided,
            cost: suffices.as_ref().map(|change| change.crossings.len()),
            at_least: Some(*at_least),
            all: false,
            changes: suffices.iter().map(change).collect(),
        },
    }
}

fn numbers(states: &[State]) -> Vec<u64> {
    states.iter().map(|state| state.number()).collect()
}
