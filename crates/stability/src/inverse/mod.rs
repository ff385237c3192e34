//! What would make a state an equilibrium? (Kinsara, Kilgour and Hipel 2015.)
//!
//! A preference is changed by letting states *cross* the desired one: a state that goes down comes to stand just below it, one that goes
//! up just above it, and states that cross together keep their order. The cost of a change is the number of states that cross, counted
//! for each decision maker. Under Nash, GMR and SMR only crossing matters, so that nothing cheaper is overlooked, and each decision maker
//! is a question of its own. Under SEQ and SSEQ it also matters what opponents prefer among other states; there the least change is
//! exact among changes that cross, and others, such as swapping two states both better than the desired one, are not tried.
//!
//! The canonical reading holds, and all preferences are known.

mod asked;
mod clauses;
mod cuts;
mod ground;
mod search;

use std::collections::BTreeSet;
use std::fmt;

use crate::analyse::{self, AnalyseError};
use crate::concept::{Concept, DecisionMaker, State};
use crate::model::Model;
use crate::ranks::Ranks;
use asked::{Asked, product};
use clauses::Clauses;
use cuts::Cuts;
use ground::{Formula, Ground};
use search::Outcome;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Which state is to be an equilibrium.
    pub desired: State,
    /// Under which concept.
    pub concept: Concept,
    /// About how many steps each search may take; one is the look at a state.
    pub budget: u64,
    /// How many changes of the same cost are listed at most, at least 1.
    pub most: usize,
}

impl Question {
    /// A question with a budget of some seconds, and up to 16 changes.
    #[must_use]
    pub fn new(desired: State, concept: Concept) -> Question {
        Question { desired, concept, budget: 1 << 24, most: 16 }
    }
}

/// A state that crosses the desired one in the eyes of a decision maker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Crossing {
    /// Who changes its mind.
    pub decision_maker: DecisionMaker,
    /// About which state.
    pub state: State,
    /// It was better than the desired one and becomes just worse; otherwise it was no better and becomes just better.
    pub down: bool,
}

/// A change of preferences that the whole analysis has confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which states cross, by decision maker and state.
    pub crossings: Vec<Crossing>,
    /// Other states that become equilibria under the concept.
    pub appear: Vec<State>,
    /// Other states that cease to be equilibria under it.
    pub vanish: Vec<State>,
}

/// The least change of some kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Least {
    /// So many states cross, and none is possible with fewer.
    Found {
        /// How many states cross; 0 where nothing has to change.
        cost: usize,
        /// Changes of this cost, ordered by their crossings.
        changes: Vec<Change>,
        /// Whether these are all changes of this cost.
        all: bool,
    },
    /// No change of this kind would do.
    Impossible,
    /// The budget did not suffice to tell.
    Undecided {
        /// Fewer states than these do not suffice.
        at_least: usize,
        /// A change that does, if perhaps not with the fewest states; always there but for [`Inverse::alone`].
        suffices: Option<Change>,
    },
}

/// A relation that holds in every solution: at least one of the states is no better than the desired one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// For whom.
    pub decision_maker: DecisionMaker,
    /// Which states, ascending.
    pub states: Vec<State>,
    /// Whether it holds now.
    pub holds: bool,
}

/// How near a state is to being no longer stable for a decision maker, while its opponents' preferences stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Margin {
    /// It is not stable.
    NotStable,
    /// No change of its preferences would make it so.
    Never,
    /// It takes so many states that go up, for instance these.
    States(Vec<State>),
    /// The budget did not suffice.
    NotFound,
}

/// What would make a state an equilibrium, and how firmly it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inverse {
    /// What was asked.
    pub question: Question,
    /// The decision makers for whom the desired state is not stable now.
    pub unstable_for: Vec<DecisionMaker>,
    /// What has to hold whatever the preferences of others are: no clause contains another.
    pub necessary: Vec<Clause>,
    /// Whether these are all such clauses.
    pub all_clauses: bool,
    /// Whether they suffice: under [`Concept::Nash`], [`Concept::Gmr`] and [`Concept::Smr`], if these are all.
    pub sufficient: bool,
    /// For each decision maker the least change of its own preferences that makes the state stable for itself, those of the others
    /// being as they are.
    pub own: Vec<Least>,
    /// For each decision maker the least change of its preferences alone that makes the state an equilibrium.
    pub alone: Vec<Least>,
    /// The least change of the preferences of any decision makers that makes the state an equilibrium.
    pub joint: Least,
    /// For each decision maker how near the state is to being no longer stable.
    pub margins: Vec<Margin>,
}

/// The most states of a model that is asked about.
pub const MOST_STATES: usize = 1 << 16;

/// Why the question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InverseError {
    /// The preferences do not fit the model.
    Analyse(AnalyseError),
    /// A desired state that is not there.
    NoSuchState(State),
    /// More than [`MOST_STATES`] states, or too many that follow from the moves from the desired one.
    TooLarge,
    /// A change that was found does not hold in the whole analysis: a fault of this program, told rather than shown as a result.
    Fault,
}

impl fmt::Display for InverseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InverseError::Analyse(error) => error.fmt(f),
            InverseError::NoSuchState(state) => write!(f, "there is no state {}", state.number()),
            InverseError::TooLarge => {
                f.write_str("too many states follow from this one to look for changes; fewer options make fewer states")
            }
            InverseError::Fault => {
                f.write_str("a change that was found does not hold; this is a fault of the program, please report it")
            }
        }
    }
}

impl std::error::Error for InverseError {}

/// The preferences after some states have crossed; nothing if a crossing is of something that is not there.
#[must_use]
pub fn crossed(ranks: &[Ranks], desired: State, crossings: &[Crossing]) -> Option<Vec<Ranks>> {
    let there = |mover: DecisionMaker, state: State| {
        ranks.get(mover.0).is_some_and(|ranks| state.place().max(desired.place()) < ranks.states()) && state != desired
    };
    if !crossings.iter().all(|crossing| there(crossing.decision_maker, crossing.state)) {
        return None;
    }
    let mut cuts = Cuts::new(ranks, desired);
    crossings.iter().for_each(|crossing| cuts.toggle((crossing.decision_maker, crossing.state)));
    Some(cuts.to_ranks())
}

/// What would make a state an equilibrium; the ranks of the states, one a decision maker. Every change is confirmed by a whole analysis.
///
/// # Errors
/// See [`InverseError`].
pub fn inverse(model: &Model, ranks: &[Ranks], question: Question) -> Result<Inverse, InverseError> {
    analyse::check_ranks(model, ranks.iter()).map_err(InverseError::Analyse)?;
    let Question { desired, concept, .. } = question;
    if desired.place() >= model.states() {
        return Err(InverseError::NoSuchState(desired));
    }
    if model.states() > MOST_STATES {
        return Err(InverseError::TooLarge);
    }
    let ground = Ground::new(model, desired, concept)?;
    let mut asked = Asked::new(model, ranks, question, &ground)?;
    let movers: Vec<DecisionMaker> = (0..model.decision_makers()).map(DecisionMaker).collect();

    let formulas: Vec<Formula> = movers.iter().map(|mover| ground.as_opponents_are(*mover, &asked.cuts)).collect();
    let own: Vec<Outcome> = movers.iter().map(|mover| asked.own(*mover, &formulas[mover.0])).collect();
    let alone: Vec<Outcome> = movers.iter().map(|mover| asked.alone(*mover, &own)).collect();
    let joint = if concept.by_improvements() { asked.coupled(BTreeSet::new()) } else { product(&own, question.most) };

    let necessary: Vec<Clauses> = movers.iter().map(|mover| Clauses::of(&ground.by_any_moves(*mover))).collect();
    let all_clauses = necessary.iter().all(|clauses| clauses.all);
    let margins = movers.iter().map(|mover| asked.margin(*mover, &formulas[mover.0])).collect();
    let clause = |(mover, states): (DecisionMaker, Vec<State>)| {
        let holds = states.iter().any(|state| asked.cuts.accepts(mover, *state));
        Clause { decision_maker: mover, states, holds }
    };
    let by_mover = movers.iter().copied().zip(necessary);
    let clauses = by_mover.flat_map(|(mover, clauses)| clauses.clauses.into_iter().map(move |states| (mover, states)));
    let necessary = clauses.map(clause).collect();

    let stable = |mover: &DecisionMaker| asked.now.stable(*mover, desired, concept);
    let unstable_for: Vec<DecisionMaker> = movers.iter().copied().filter(|mover| !stable(mover)).collect();
    let joint = asked.confirmed(joint, None, || asked.sufficient(&own))?;
    let own = movers.iter().zip(own).map(|(mover, outcome)| {
        asked.confirmed(outcome, Some(*mover), || asked.change(&asked.improvements(*mover), Some(*mover)).map(Some))
    });
    let own = own.collect::<Result<Vec<Least>, InverseError>>()?;
    let alone = alone.into_iter().map(|outcome| asked.confirmed(outcome, None, || Ok(None)));
    let alone = alone.collect::<Result<Vec<Least>, InverseError>>()?;
    let sufficient = all_clauses && !concept.by_improvements();
    Ok(Inverse { question, unstable_for, necessary, all_clauses, sufficient, own, alone, joint, margins })
}

impl Inverse {
    /// The decision maker for whom alone the state is not stable now.
    #[must_use]
    pub fn pivotal(&self) -> Option<DecisionMaker> {
        match self.unstable_for[..] {
            [pivotal] => Some(pivotal),
            _ => None,
        }
    }

    /// The decision makers through whom an equilibrium is nearest to breaking, and how many states it takes; nothing where the state is
    /// no equilibrium, where no change would break it, or where a margin was not found.
    #[must_use]
    pub fn margin(&self) -> Option<(usize, Vec<DecisionMaker>)> {
        let mut sizes = Vec::new();
        for (mover, margin) in self.margins.iter().enumerate() {
            match margin {
                Margin::NotStable | Margin::NotFound => return None,
                Margin::Never => {}
                Margin::States(states) => sizes.push((states.len(), DecisionMaker(mover))),
            }
        }
        let least = sizes.iter().map(|(size, _)| *size).min()?;
        Some((least, sizes.into_iter().filter(|(size, _)| *size == least).map(|(_, mover)| mover).collect()))
    }
}
