//! Verdicts on a whole model: chooses the way that fits the moves, the preferences and the reading.

use std::fmt;

use crate::code::{Code, MOST_OPTIONS};
use crate::concept::{DecisionMaker, JointMoves, Returns, Rules};
use crate::engine::{Buffers, Topology};
use crate::explicit;
use crate::model::{Model, ModelError};
use crate::preference::Preference;
use crate::ranks::Ranks;
use crate::verdicts::Verdicts;

/// Why there are no verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnalyseError {
    /// There are not as many preferences as decision makers.
    Preferences {
        /// How many there are.
        given: usize,
        /// How many decision makers there are.
        decision_makers: usize,
    },
    /// A decision maker does not rank as many states as there are.
    States {
        /// How many it ranks.
        ranked: usize,
        /// How many there are.
        states: usize,
    },
    /// The moves would have to be listed one by one and are too many.
    Moves(ModelError),
    /// The reading, or preferences that are not known, would need more steps than [`MOST_STEPS`].
    TooManySteps {
        /// About how many.
        steps: u128,
    },
}

impl fmt::Display for AnalyseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AnalyseError::Preferences { given, decision_makers } => {
                write!(f, "{given} preferences are given for {decision_makers} decision makers")
            }
            AnalyseError::States { ranked, states } => write!(f, "{ranked} states are ranked; there are {states}"),
            AnalyseError::Moves(error) => error.fmt(f),
            AnalyseError::TooManySteps { steps } => write!(
                f,
                "this reading would take about {steps} steps on a model of this size, more than {MOST_STEPS}; the canonical reading takes far fewer"
            ),
        }
    }
}

impl std::error::Error for AnalyseError {}

/// The most steps of an analysis that lists all moves: minutes.
pub const MOST_STEPS: u128 = 1 << 37;

/// Which states are stable for whom. One preference a decision maker, in their order.
///
/// Complete preferences under the canonical reading go by [`Topology::run`], for millions of states; other readings, sanctions that may
/// lead back and do not count, and preferences that are not known go by a search from each improvement, for thousands.
///
/// # Errors
/// See [`AnalyseError`].
pub fn analyse(model: &Model, preferences: &[Preference], rules: Rules) -> Result<Verdicts, AnalyseError> {
    check(model, preferences)?;
    let states = model.states();
    let canonical =
        rules.joint_moves == JointMoves::Canonical && (rules.returns == Returns::Count || !returning(model));
    if canonical && preferences.iter().all(|preference| preference.unknown().is_empty()) {
        let ranks: Vec<&Ranks> = preferences.iter().map(Preference::ranks).collect();
        let topology = Topology::new(model);
        let mut buffers = Buffers::new(&topology);
        topology.run(&ranks, &mut buffers);
        return Ok(buffers.into_verdicts());
    }
    let graph = model.to_graph().map_err(AnalyseError::Moves)?;
    let orders = match rules.joint_moves {
        JointMoves::EachOnce => 1u128 << preferences.len().min(MOST_OPTIONS / 4),
        JointMoves::Canonical | JointMoves::SingleMove => preferences.len() as u128,
    };
    let steps = (states as u128).saturating_mul(graph.len() as u128).saturating_mul(orders);
    if steps > MOST_STEPS {
        return Err(AnalyseError::TooManySteps { steps });
    }
    Ok(explicit::analyse(&graph, preferences, rules))
}

/// Whether there is one preference a decision maker, over all states.
pub(crate) fn check(model: &Model, preferences: &[Preference]) -> Result<(), AnalyseError> {
    check_ranks(model, preferences.iter().map(Preference::ranks))
}

/// The same of ranks.
pub(crate) fn check_ranks<'a>(
    model: &Model,
    ranks: impl ExactSizeIterator<Item = &'a Ranks>,
) -> Result<(), AnalyseError> {
    let (given, decision_makers, states) = (ranks.len(), model.decision_makers(), model.states());
    if given != decision_makers {
        return Err(AnalyseError::Preferences { given, decision_makers });
    }
    match ranks.map(Ranks::states).find(|ranked| *ranked != states) {
        Some(ranked) => Err(AnalyseError::States { ranked, states }),
        None => Ok(()),
    }
}

/// Whether opponents may undo a decision maker's move: not where each option has one owner.
fn returning(model: &Model) -> bool {
    let Some(form) = model.form().filter(|_| model.graph().is_none()) else { return true };
    let mut owned = Code::NONE;
    (0..form.decision_makers()).map(DecisionMaker).any(|mover| {
        let own = form.changeable(mover);
        let shared = !owned.and(own).is_empty();
        owned = owned.or(own);
        shared
    })
}

#[cfg(test)]
#[path = "../tests/support/random.rs"]
#[expect(dead_code, reason = "the tests of the whole crate use the rest of it")]
mod random;

#[cfg(test)]
mod tests {
    use super::random::Random;
    use super::*;
    use crate::concept::{Concept, State};
    use crate::formula::Formula;
    use crate::option_form::{Moves, OptionForm};

    fn differences(one: &Verdicts, other: &Verdicts) -> Vec<(usize, State, Concept)> {
        let states = (0u32..).map(State).take(one.states());
        let all = states.flat_map(|state| (0..one.decision_makers()).map(move |mover| (mover, state)));
        let all = all.flat_map(|(mover, state)| Concept::ALL.map(|concept| (mover, state, concept)));
        let holds =
            |verdicts: &Verdicts, (mover, state, concept)| verdicts.stable(DecisionMaker(mover), state, concept);
        all.filter(|place| holds(one, *place) != holds(other, *place)).collect()
    }

    #[test]
    fn all_ways_give_the_same_verdicts() {
        let mut random = Random(5);
        let mut unstable = 0;
        for _ in 0..3000 {
            let form = random.form();
            let Ok(model) = Model::from_options(form.clone(), 1 << 10) else { continue };
            let preferences: Vec<Preference> =
                (0..model.decision_makers()).map(|_| random.preference(model.states())).collect();
            let graph = model.to_graph().unwrap();
            let plain = explicit::analyse(&graph, &preferences, Rules::default());
            let fast = analyse(&model, &preferences, Rules::default()).unwrap();
            let pairs = analyse(&Model::from_graph(graph.into_owned()), &preferences, Rules::default()).unwrap();
            assert_eq!(differences(&plain, &fast), [], "{form:?} {preferences:?}");
            assert_eq!(differences(&plain, &pairs), [], "{form:?} {preferences:?}");
            unstable += model.states() - plain.equilibria(Concept::Nash).count();
        }
        assert!(unstable > 10_000);
    }

    #[test]
    fn options_that_are_all_one_way() {
        let mut random = Random(9);
        for round in 0..600 {
            let (options, movers) = (1 + random.below(8), 2 + random.below(3));
            let moves = (0..options).map(|_| [Moves::Forward, Moves::Back][random.below(2)]).collect();
            let mut owned = vec![Vec::new(); movers];
            (0..options).for_each(|option| owned[random.below(movers)].push(option));
            // Some options shared.
            (0..round % 3).for_each(|_| owned[random.below(movers)].push(random.below(options)));
            let model = Model::from_options(OptionForm::new(moves, &owned).unwrap(), 1 << 8).unwrap();
            let preferences: Vec<Preference> = (0..movers).map(|_| random.preference(model.states())).collect();
            let plain = explicit::analyse(&model.to_graph().unwrap(), &preferences, Rules::default());
            let fast = analyse(&model, &preferences, Rules::default()).unwrap();
            assert_eq!(differences(&plain, &fast), [], "{owned:?} {preferences:?}");
        }
    }

    #[test]
    fn few_feasible_vectors_of_many_one_way_options() {
        let mut random = Random(7);
        for _ in 0..400 {
            let (options, movers) = (12 + random.below(50), 1 + random.below(4));
            let moves = (0..options).map(|_| [Moves::Forward, Moves::Back, Moves::Both][random.below(3)]).collect();
            let mut owned = vec![Vec::new(); movers];
            (0..options).for_each(|option| owned[random.below(movers)].push(option));
            let mut form = OptionForm::new(moves, &owned).unwrap();
            // Vectors close to each other, so that there are moves.
            let spread: Vec<usize> = (0..5).map(|_| random.below(options)).collect();
            let mut vector = || {
                let taken: Vec<usize> = spread.iter().copied().filter(|_| random.below(2) == 0).collect();
                let literal = |option| match taken.contains(&option) {
                    true => Formula::Option(option),
                    false => Formula::Not(Formula::Option(option).into()),
                };
                Formula::All((0..options).map(literal).collect())
            };
            let vectors = (0..24).map(|_| vector()).collect();
            form.rule_out(Formula::Not(Formula::Any(vectors).into())).unwrap();
            let model = Model::from_options(form.clone(), 100).unwrap();
            let preferences: Vec<Preference> = (0..movers).map(|_| random.preference(model.states())).collect();
            let plain = explicit::analyse(&model.to_graph().unwrap(), &preferences, Rules::default());
            let fast = analyse(&model, &preferences, Rules::default()).unwrap();
            assert_eq!(differences(&plain, &fast), [], "{form:?} {preferences:?}");
        }
    }

    #[test]
    fn any_number_of_threads_gives_the_same_verdicts() {
        let owned: Vec<Vec<usize>> = (0..3).map(|mover| (mover..16).step_by(3).collect()).collect();
        let form = OptionForm::new(vec![Moves::Both; 16], &owned).unwrap();
        let model = Model::from_options(form, 1 << 16).unwrap();
        let mut random = Random(8);
        let mut preference =
            || Preference::from(Ranks::of_values(&(0..1 << 16).map(|_| random.below(1 << 20)).collect::<Vec<_>>()));
        let preferences = [preference(), preference(), preference()];
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| analyse(&model, &preferences, Rules::default()).unwrap())
        };
        assert_eq!(with(1), with(4));
    }

    #[test]
    fn random_graphs_that_are_not_transitive() {
        let mut random = Random(6);
        for _ in 0..2000 {
            let model = random.graph();
            let preferences: Vec<Preference> =
                (0..model.decision_makers()).map(|_| random.preference(model.states())).collect();
            let plain = explicit::analyse(&model.to_graph().unwrap(), &preferences, Rules::default());
            let pairs = analyse(&model, &preferences, Rules::default()).unwrap();
            assert_eq!(differences(&plain, &pairs), [], "{model:?} {preferences:?}");
        }
    }
}
