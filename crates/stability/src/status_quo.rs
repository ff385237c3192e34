//! Which states can come about from the status quo, by which moves of whom (Li, Kilgour and Hipel 2005).
//!
//! An equilibrium that cannot be reached is stable but not available; one that is reached only through another may not be arrived at,
//! since the parties may stop there.

use std::fmt;

use crate::analyse::{self, AnalyseError, MOST_STEPS};
use crate::certificate::Step;
use crate::concept::{DecisionMaker, State, Unknowns};
use crate::model::Model;
use crate::preference::Preference;
use crate::sequence::Sequences;

/// Which moves are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movement {
    /// Who moves.
    pub movers: Vec<DecisionMaker>,
    /// Whether each moves only to what it prefers to the state that it leaves.
    pub improving: bool,
    /// Whether it does so where it is unknown which it prefers; without effect where everything is known.
    pub unknowns: Unknowns,
}

impl Movement {
    /// Any moves of all decision makers of a model.
    #[must_use]
    pub fn any(model: &Model) -> Movement {
        let movers = (0..model.decision_makers()).map(DecisionMaker).collect();
        Movement { movers, improving: false, unknowns: Unknowns::default() }
    }

    /// Improvements of all decision makers of a model.
    #[must_use]
    pub fn improving(model: &Model) -> Movement {
        Movement { improving: true, ..Movement::any(model) }
    }
}

/// Why no search is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusQuoError {
    /// The preferences do not fit the model, or it would take too many steps.
    Analyse(AnalyseError),
    /// A status quo that is no state of the model.
    NoSuchState(State),
    /// A mover who is no decision maker of the model.
    NoSuchDecisionMaker(DecisionMaker),
    /// More states than [`MOST_SEARCHED`].
    TooManyStates(usize),
}

impl fmt::Display for StatusQuoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StatusQuoError::Analyse(error) => error.fmt(f),
            StatusQuoError::NoSuchState(state) => write!(f, "there is no state {}", state.number()),
            StatusQuoError::NoSuchDecisionMaker(mover) => write!(f, "there is no decision maker {}", mover.0 + 1),
            StatusQuoError::TooManyStates(states) => {
                write!(
                    f,
                    "moves from the status quo are followed through at most {MOST_SEARCHED} states; there are {states}"
                )
            }
        }
    }
}

impl std::error::Error for StatusQuoError {}

/// The most states of a model that is searched from its status quo.
pub const MOST_SEARCHED: usize = 1 << 24;

/// What can be reached from a status quo.
#[derive(Clone, Debug)]
pub struct Evolution<'a> {
    preferences: &'a [Preference],
    sequences: Sequences,
}

/// How a state can come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The state.
    pub state: State,
    /// A sequence of the fewest moves, in which nobody moves twice in a row; of several the first by movers, then by states.
    /// Nothing where the state cannot be reached.
    pub path: Option<Vec<Step>>,
    /// The equilibria among the states that this sequence passes through, in its order, the status quo included.
    pub on_the_way: Vec<State>,
}

/// Searches from a status quo, in layers of one move each. `O(decision makers × moves)`, and memory of some 40 bytes a state.
///
/// # Errors
/// See [`StatusQuoError`]; found before anything large is allocated.
pub fn evolve<'a>(
    model: &Model,
    preferences: &'a [Preference],
    status_quo: State,
    movement: &Movement,
) -> Result<Evolution<'a>, StatusQuoError> {
    analyse::check(model, preferences).map_err(StatusQuoError::Analyse)?;
    let states = model.states();
    if status_quo.place() >= states {
        return Err(StatusQuoError::NoSuchState(status_quo));
    }
    if let Some(stranger) = movement.movers.iter().find(|mover| mover.0 >= model.decision_makers()) {
        return Err(StatusQuoError::NoSuchDecisionMaker(*stranger));
    }
    if states > MOST_SEARCHED {
        return Err(StatusQuoError::TooManyStates(states));
    }
    let steps = model.moves_at_most().saturating_mul(2);
    if steps > MOST_STEPS {
        return Err(StatusQuoError::Analyse(AnalyseError::TooManySteps { steps }));
    }
    let mut movers = movement.movers.clone();
    movers.sort_unstable();
    movers.dedup();
    let sequences = Sequences::search(states, status_quo, &movers, |mover, from| {
        let mut to = model.reach(mover, from);
        to.retain(|to| !movement.improving || preferences[mover.0].leaves(from, *to, movement.unknowns));
        to
    });
    Ok(Evolution { preferences, sequences })
}

impl Evolution<'_> {
    /// All states that can come about, the status quo left out, ascending.
    #[must_use]
    pub fn reached(&self) -> Vec<State> {
        self.sequences.reached()
    }

    /// A sequence of the fewest moves to a state: empty for the status quo, nothing for a state that cannot be reached.
    #[must_use]
    pub fn path(&self, state: State) -> Option<Vec<Step>> {
        let step = |(mover, from, to): (DecisionMaker, State, State)| Step {
            mover,
            from,
            to,
            relation: self.preferences[mover.0].compare(to, from),
        };
        Some(self.sequences.path(state)?.into_iter().map(step).collect())
    }

    /// For each equilibrium of a list, in its order, how it can come about.
    #[must_use]
    pub fn arrivals(&self, equilibria: &[State]) -> Vec<Arrival> {
        let arrival = |state: &State| {
            let path = self.path(*state);
            let passed = path.iter().flatten().map(|step| step.from);
            let on_the_way = passed.filter(|from| from != state && equilibria.contains(from)).collect();
            Arrival { state: *state, path, on_the_way }
        };
        equilibria.iter().map(arrival).collect()
    }
}
