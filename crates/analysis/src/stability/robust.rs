//! How often each state is an equilibrium over draws of uncertain preferences, and which statements decide it.

use detente_case::stability::{Preference as Stated, StabilityModel};
use detente_stability::statements::{Scratch, prioritise};
use detente_stability::{
    AnalyseError, Buffers, Concept, Formula, Preference, Ranks, Rules, State, States, Topology, Verdicts, analyse,
};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::draws::Draws;
use super::model::{Lowered, formula};
use super::told::ByConcept;
use crate::ensemble::{Probability, rounded};

/// Draws that one thread makes in one go.
const CHUNK: u32 = 64;

/// Most states for which it is counted how often each is an equilibrium.
pub const MOST_STATES: usize = 1 << 20;

/// What holds over draws of what is uncertain about preferences.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Robustness {
    /// How many draws there were.
    pub draws: u32,
    /// Ids of the decision makers whose preferences were drawn.
    pub uncertain: Vec<String>,
    /// States that are an equilibrium in some draw, under some concept; ascending.
    pub shares: Vec<ShareNow>,
}

/// How often a state is an equilibrium.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ShareNow {
    /// Number of the state.
    pub state: u64,
    /// The share of draws in which it is an equilibrium, from 0 to 1, with its sampling error, by concept.
    pub by_concept: ByConcept<Share>,
    /// For each decision maker, in order, the share of draws in which the state is stable for it.
    pub for_each: ByConcept<Vec<f64>>,
}

/// A share of draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Share {
    /// The share, from 0 to 1.
    pub share: f64,
    /// Its standard error from the number of draws.
    pub error: f64,
}

/// What becomes of the equilibria if one statement of a decision maker is left out.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct WithoutStatement {
    /// Id of the decision maker.
    pub decision_maker: String,
    /// The place of the statement in its order, from 1.
    pub statement: usize,
    /// States that become equilibria, by concept.
    pub gained: ByConcept<Vec<u64>>,
    /// States that no longer are, by concept.
    pub lost: ByConcept<Vec<u64>>,
}

/// Verdicts for ranks, one a decision maker, the pairs that are not known being those of the file.
pub(super) fn verdicts(lowered: &Lowered, ranks: Vec<Ranks>, rules: Rules) -> Result<Verdicts, AnalyseError> {
    let preferences: Vec<Preference> = ranks
        .into_iter()
        .zip(&lowered.preferences)
        .map(|(ranks, stated)| Preference::new(ranks.clone(), stated.unknown()).unwrap_or_else(|_| ranks.into()))
        .collect();
    analyse(&lowered.model, &preferences, rules)
}

/// How often each state is an equilibrium; none if nothing is uncertain or the model has more than [`MOST_STATES`] states.
/// Counts are whole numbers, so the same on any number of threads.
///
/// # Errors
/// As [`analyse`].
pub(super) fn robustness(
    source: &StabilityModel,
    lowered: &Lowered,
    rules: Rules,
    settings: crate::about::Settings,
) -> Result<Option<Robustness>, AnalyseError> {
    let ranks: Vec<Ranks> = lowered.preferences.iter().map(|preference| preference.ranks().clone()).collect();
    let states = lowered.model.states();
    let draws = Draws::new(source, &lowered.model, &ranks, settings.seed).filter(|_| states <= MOST_STATES);
    let Some(draws) = draws.filter(|_| settings.draws > 0) else { return Ok(None) };
    let plain =
        rules == Rules::default() && lowered.preferences.iter().all(|preference| preference.unknown().is_empty());
    let topology = plain.then(|| Topology::new(&lowered.model));
    let chunks = settings.draws.div_ceil(CHUNK);
    let counts = (0..chunks)
        .into_par_iter()
        .map(|chunk| {
            let mut counts = Counts::new(states, ranks.len());
            let mut scratch = Scratch::default();
            let mut buffers = topology.as_ref().map(Buffers::new);
            for run in chunk * CHUNK..((chunk + 1) * CHUNK).min(settings.draws) {
                let drawn = draws.draw(run, &mut scratch);
                match topology.as_ref().zip(buffers.as_mut()) {
                    Some((topology, buffers)) => {
                        topology.run(&drawn, buffers).into_iter().for_each(|found| counts.add(found))
                    }
                    None => counts.add(&verdicts(lowered, drawn, rules)?),
                }
            }
            Ok(counts)
        })
        .try_reduce(|| Counts::new(states, ranks.len()), |one, other| Ok(one.and(&other)))?;
    let uncertain = draws.uncertain().map(str::to_owned).collect();
    Ok(Some(Robustness { draws: settings.draws, uncertain, shares: counts.shares(settings.draws) }))
}

/// In how many draws each state is an equilibrium, and stable for each decision maker.
struct Counts {
    states: usize,
    /// By concept, then state.
    equilibria: Vec<u32>,
    /// By decision maker, then concept, then state.
    stable: Vec<u32>,
}

impl Counts {
    fn new(states: usize, decision_makers: usize) -> Self {
        let each = states * Concept::ALL.len();
        Counts { states, equilibria: vec![0; each], stable: vec![0; each * decision_makers] }
    }

    fn add(&mut self, verdicts: &Verdicts) {
        for concept in Concept::ALL {
            for state in verdicts.equilibria(concept) {
                self.equilibria[concept.place() * self.states + state.place()] += 1;
            }
            for mover in 0..verdicts.decision_makers() {
                let begin = (mover * Concept::ALL.len() + concept.place()) * self.states;
                for state in verdicts.stable_states(detente_stability::DecisionMaker(mover), concept) {
                    self.stable[begin + state.place()] += 1;
                }
            }
        }
    }

    fn and(mut self, other: &Counts) -> Counts {
        self.equilibria.iter_mut().zip(&other.equilibria).for_each(|(own, more)| *own += more);
        self.stable.iter_mut().zip(&other.stable).for_each(|(own, more)| *own += more);
        self
    }

    fn shares(&self, draws: u32) -> Vec<ShareNow> {
        let concepts = Concept::ALL.len();
        let makers = self.stable.len() / (self.states * concepts).max(1);
        let share = |count: u32| {
            let found = Probability::of_counts(count, draws);
            found.map_or_else(Share::default, |found| Share { share: found.probability, error: found.mc_error })
        };
        let told = |state: State| {
            let equilibria = |concept: Concept| self.equilibria[concept.place() * self.states + state.place()];
            let stable = |concept: Concept| {
                let of = |mover: usize| self.stable[(mover * concepts + concept.place()) * self.states + state.place()];
                (0..makers).map(|mover| rounded(f64::from(of(mover)) / f64::from(draws.max(1)))).collect()
            };
            Concept::ALL.into_iter().any(|concept| equilibria(concept) > 0).then(|| ShareNow {
                state: state.number(),
                by_concept: ByConcept::of(|concept| share(equilibria(concept))),
                for_each: ByConcept::of(stable),
            })
        };
        (0..u32::try_from(self.states).unwrap_or(u32::MAX)).map(State).filter_map(told).collect()
    }
}

/// What each statement decides: the equilibria without it. Only statements whose absence changes some are listed.
///
/// # Errors
/// As [`analyse`].
pub(super) fn without_statements(
    source: &StabilityModel,
    lowered: &Lowered,
    rules: Rules,
    whole: &Verdicts,
) -> Result<Vec<WithoutStatement>, AnalyseError> {
    let Some(feasible) = lowered.model.feasible() else { return Ok(Vec::new()) };
    let ranks: Vec<Ranks> = lowered.preferences.iter().map(|preference| preference.ranks().clone()).collect();
    let mut changes = Vec::new();
    for (place, maker) in source.decision_makers.iter().enumerate() {
        let Stated::Statements(order) = &maker.preference.value else { continue };
        let statements: Vec<Formula> = order.statements.iter().map(|entry| formula(&entry.holds.rule)).collect();
        for left_out in 0..statements.len() {
            let kept: Vec<Formula> = statements
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != left_out)
                .map(|(_, entry)| entry.clone())
                .collect();
            let of_vectors = prioritise(|| States::codes(feasible), &kept).ranks;
            let Ok(own) = of_vectors.of_states(&lowered.model) else { continue };
            let mut all = ranks.clone();
            all[place] = own;
            let found = verdicts(lowered, all, rules)?;
            let but = |one: &Verdicts, other: &Verdicts| {
                ByConcept::of(|concept| {
                    let new = |state: &State| !other.equilibrium(*state, concept);
                    one.equilibria(concept).filter(new).map(State::number).collect::<Vec<u64>>()
                })
            };
            let (gained, lost) = (but(&found, whole), but(whole, &found));
            if gained != ByConcept::default() || lost != ByConcept::default() {
                changes.push(WithoutStatement {
                    decision_maker: maker.id.to_string(),
                    statement: left_out + 1,
                    gained,
                    lost,
                });
            }
        }
    }
    Ok(changes)
}
