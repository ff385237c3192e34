//! What would make a state an equilibrium? (Kinsara, Kilgour and Hipel 2015.)
//!
//! A preference is changed by letting states *cross* the desired one: a state that goes down comes to stand just below it, one that goes
//! up just above it, and states that cross together keep their order. The cost of a change is the number of states that cross, counted
//! for each decision maker. Under Nash, GMR and SMR only crossing matters, so that nothing cheaper is overlooked, and each decision maker
//! is a question of its own. Under SEQ and SSEQ it also matters what opponents prefer among other states; there the least change is
//! exact among changes that cross, and others, such as swapping two states both better than the desired one, are not tried.
//!
//! The canonical reading holds, and all preferences are known.

mod clauses;
mod cuts;
mod ground;
mod search;

use std::collections::BTreeSet;
use std::fmt;

use crate::analyse::{self, AnalyseError};
use crate::concept::{Concept, DecisionMaker, State};
use crate::engine::{Buffers, Topology};
use crate::model::Model;
use crate::ranks::Ranks;
use crate::verdicts::Verdicts;
use clauses::Clauses;
use cuts::{Cuts, Pair};
use ground::{Formula, Ground, Way};
use search::{Outcome, Search};

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
        Question { desired, concept, budget: 1 << 26, most: 16 }
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

/// Why the question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InverseError {
    /// The preferences do not fit the model.
    Analyse(AnalyseError),
    /// A desired state that is not there.
    NoSuchState(State),
    /// Too many states follow from the moves from the desired one.
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

/// One question, with the analysis as it stands.
struct Asked<'a> {
    ground: &'a Ground<'a>,
    question: Question,
    cuts: Cuts,
    topology: Topology,
    now: Verdicts,
    states: usize,
}

impl<'a> Asked<'a> {
    fn new(
        model: &Model,
        ranks: &[Ranks],
        question: Question,
        ground: &'a Ground<'a>,
    ) -> Result<Asked<'a>, InverseError> {
        let topology = Topology::new(model);
        let mut buffers = Buffers::new(&topology);
        topology.run(ranks, &mut buffers).ok_or(InverseError::Fault)?;
        let question = Question { most: question.most.max(1), ..question };
        let (cuts, now) = (Cuts::new(ranks, question.desired), buffers.into_verdicts());
        Ok(Asked { ground, question, cuts, topology, now, states: model.states() })
    }

    fn nodes(&self) -> u64 {
        (self.question.budget / self.ground.steps()).max(1)
    }

    /// The least lowering of a decision maker's own that satisfies its formula.
    fn own(&mut self, mover: DecisionMaker, formula: &Formula) -> Outcome {
        let nodes = self.nodes();
        let open = |cuts: &Cuts| {
            let missing = |way: &Vec<State>| -> Vec<Pair> {
                way.iter().filter(|state| !cuts.accepts(mover, **state)).map(|state| (mover, *state)).collect()
            };
            let each = formula.iter().map(|ways| ways.iter().map(missing).collect::<Vec<Vec<Pair>>>());
            each.filter(|ways| !ways.iter().any(Vec::is_empty)).collect::<Vec<_>>()
        };
        Search::least(&mut self.cuts, BTreeSet::new(), nodes, self.question.most, open)
    }

    /// The least change of one decision maker that makes the state stable for everybody.
    fn alone(&mut self, mover: DecisionMaker, own: &[Outcome]) -> Outcome {
        let Question { desired, concept, .. } = self.question;
        if concept.by_improvements() {
            let others = (0..self.now.decision_makers()).map(DecisionMaker).filter(|other| *other != mover);
            let states = || (0..u32::try_from(self.states).unwrap_or(u32::MAX)).map(State);
            let kept = others.flat_map(|other| states().map(move |state| (other, state))).collect();
            return self.coupled(kept);
        }
        let mut others = (0..own.len()).map(DecisionMaker).filter(|other| *other != mover);
        match others.all(|other| self.now.stable(other, desired, concept)) {
            true => own[mover.0].clone(),
            false => Outcome::Impossible,
        }
    }

    /// The least change where the preferences of each bear on the stability of others.
    fn coupled(&mut self, kept: BTreeSet<Pair>) -> Outcome {
        let (nodes, ground) = (self.nodes(), self.ground);
        Search::least(&mut self.cuts, kept, nodes, self.question.most, |cuts| ground.open(cuts))
    }

    /// The fewest accepted states that, raised, leave an improvement without a way.
    fn margin(&mut self, mover: DecisionMaker, formula: &Formula) -> Margin {
        if !self.now.stable(mover, self.question.desired, self.question.concept) {
            return Margin::NotStable;
        }
        let breakable: Vec<&Vec<Way>> = formula.iter().filter(|ways| !ways.iter().any(Vec::is_empty)).collect();
        let nodes = (self.nodes() / breakable.len().max(1) as u64).max(1);
        let (mut least, mut lost): (Option<Vec<State>>, Option<usize>) = (None, None);
        for ways in breakable {
            let open = |cuts: &Cuts| {
                let held = ways.iter().filter(|way| way.iter().all(|state| cuts.accepts(mover, *state)));
                held.map(|way| way.iter().map(|state| vec![(mover, *state)]).collect()).collect::<Vec<Vec<Vec<Pair>>>>()
            };
            match Search::least(&mut self.cuts, BTreeSet::new(), nodes, 1, open) {
                Outcome::Found { cost, changes, .. } if least.as_ref().is_none_or(|least| cost < least.len()) => {
                    least =
                        changes.into_iter().next().map(|change| change.into_iter().map(|(_, state)| state).collect());
                }
                Outcome::Found { .. } | Outcome::Impossible => {}
                Outcome::Undecided { at_least } => lost = Some(lost.map_or(at_least, |lost| lost.min(at_least))),
            }
        }
        match (least, lost) {
            (Some(least), Some(lost)) if least.len() > lost => Margin::NotFound,
            (Some(least), _) => Margin::States(least),
            (None, Some(_)) => Margin::NotFound,
            (None, None) => Margin::Never,
        }
    }

    /// The improvements of a decision maker: lowered, they leave it none.
    fn improvements(&self, mover: DecisionMaker) -> Vec<Pair> {
        let to = self.ground.moves(mover).filter(|to| !self.cuts.accepts(mover, *to));
        to.map(|to| (mover, to)).collect()
    }

    /// A change of everybody that makes the state an equilibrium: what each needs with the others as they are, where that will do
    /// together; else everything that anybody could improve to.
    fn sufficient(&self, own: &[Outcome]) -> Result<Option<Change>, InverseError> {
        let first = |outcome: &Outcome| match outcome {
            Outcome::Found { changes, .. } => changes.first().cloned(),
            Outcome::Impossible | Outcome::Undecided { .. } => None,
        };
        let each: Option<Vec<Vec<Pair>>> = own.iter().map(first).collect();
        if let Some(Ok(change)) = each.map(|each| self.change(&each.concat(), None)) {
            return Ok(Some(change));
        }
        let all: Vec<Pair> = (0..own.len()).flat_map(|mover| self.improvements(DecisionMaker(mover))).collect();
        self.change(&all, None).map(Some)
    }

    /// Confirms changes by the whole analysis, for one decision maker or for all.
    fn confirmed(
        &self,
        outcome: Outcome,
        mover: Option<DecisionMaker>,
        suffices: impl FnOnce() -> Result<Option<Change>, InverseError>,
    ) -> Result<Least, InverseError> {
        match outcome {
            Outcome::Impossible => Ok(Least::Impossible),
            Outcome::Undecided { at_least } => Ok(Least::Undecided { at_least, suffices: suffices()? }),
            Outcome::Found { cost, changes, all } => {
                let changes = changes.iter().map(|change| self.change(change, mover));
                Ok(Least::Found { cost, changes: changes.collect::<Result<_, _>>()?, all })
            }
        }
    }

    fn change(&self, pairs: &[Pair], mover: Option<DecisionMaker>) -> Result<Change, InverseError> {
        let Question { desired, concept, .. } = self.question;
        let mut cuts = self.cuts.clone();
        pairs.iter().for_each(|pair| cuts.toggle(*pair));
        let mut buffers = Buffers::new(&self.topology);
        let then = self.topology.run(&cuts.to_ranks(), &mut buffers).ok_or(InverseError::Fault)?;
        let holds = match mover {
            Some(mover) => then.stable(mover, desired, concept),
            None => then.equilibrium(desired, concept),
        };
        if !holds {
            return Err(InverseError::Fault);
        }
        let new = |one: &Verdicts, other: &Verdicts| -> Vec<State> {
            one.equilibria(concept).filter(|state| *state != desired && !other.equilibrium(*state, concept)).collect()
        };
        let crossings = pairs.iter().map(|pair| self.cuts.crossing(*pair)).collect();
        Ok(Change { crossings, appear: new(then, &self.now), vanish: new(&self.now, then) })
    }
}

/// Changes of all decision makers together, where none bears on the stability of another.
fn product(own: &[Outcome], most: usize) -> Outcome {
    let (mut sum, mut decided, mut all) = (0, true, true);
    let mut together: Vec<Vec<Pair>> = vec![Vec::new()];
    for outcome in own {
        match outcome {
            Outcome::Impossible => return Outcome::Impossible,
            Outcome::Undecided { at_least } => {
                sum += at_least;
                decided = false;
            }
            Outcome::Found { cost, changes, all: of_one } => {
                sum += cost;
                let with = |before: &Vec<Pair>| {
                    let before = before.clone();
                    changes.iter().map(move |change| [&before[..], change].concat())
                };
                let mut next: Vec<Vec<Pair>> = together.iter().flat_map(with).take(most.saturating_add(1)).collect();
                all &= *of_one && next.len() <= most;
                next.truncate(most);
                together = next;
            }
        }
    }
    match decided {
        true => Outcome::Found { cost: sum, changes: together, all },
        false => Outcome::Undecided { at_least: sum },
    }
}
