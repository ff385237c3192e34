//! Verdicts on a whole model: chooses the way that fits the moves, the preferences and the reading.

use std::fmt;

use crate::code::MOST_OPTIONS;
use crate::concept::{JointMoves, Rules};
use crate::explicit;
use crate::model::{Model, ModelError};
use crate::preference::Preference;
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
/// # Errors
/// See [`AnalyseError`].
pub fn analyse(model: &Model, preferences: &[Preference], rules: Rules) -> Result<Verdicts, AnalyseError> {
    if preferences.len() != model.decision_makers() {
        let decision_makers = model.decision_makers();
        return Err(AnalyseError::Preferences { given: preferences.len(), decision_makers });
    }
    let states = model.states();
    let ranked = preferences.iter().map(|preference| preference.ranks().states());
    if let Some(ranked) = ranked.into_iter().find(|ranked| *ranked != states) {
        return Err(AnalyseError::States { ranked, states });
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
