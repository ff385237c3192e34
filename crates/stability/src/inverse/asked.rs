//! One question about a desired state: the searches it takes, and the whole analysis that confirms what they find.

use std::collections::BTreeSet;

use crate::concept::{DecisionMaker, State};
use crate::engine::{Buffers, Topology};
use crate::inverse::cuts::{Cuts, Pair};
use crate::inverse::ground::{Formula, Ground, Way};
use crate::inverse::search::{Outcome, Search};
use crate::inverse::{Change, InverseError, Least, Margin, Question};
use crate::model::Model;
use crate::ranks::Ranks;
use crate::verdicts::Verdicts;

/// One question, with the analysis as it stands.
pub(super) struct Asked<'a> {
    ground: &'a Ground<'a>,
    question: Question,
    pub(super) cuts: Cuts,
    topology: Topology,
    pub(super) now: Verdicts,
    states: usize,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
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
    pub(super) fn own(&mut self, mover: DecisionMaker, formula: &Formula) -> Outcome {
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
    pub(super) fn alone(&mut self, mover: DecisionMaker, own: &[Outcome]) -> Outcome {
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
    pub(super) fn coupled(&mut self, kept: BTreeSet<Pair>) -> Outcome {
        let (nodes, ground) = (self.nodes(), self.ground);
        Search::least(&mut self.cuts, kept, nodes, self.question.most, |cuts| ground.open(cuts))
    }

    /// The fewest accepted states that, raised, leave an improvement without a way.
    pub(super) fn margin(&mut self, mover: DecisionMaker, formula: &Formula) -> Margin {
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
    pub(super) fn improvements(&self, mover: DecisionMaker) -> Vec<Pair> {
        let to = self.ground.moves(mover).filter(|to| !self.cuts.accepts(mover, *to));
        to.map(|to| (mover, to)).collect()
    }

    /// A change of everybody that makes the state an equilibrium: what each needs with the others as they are, where that will do
    /// together; else everything that anybody could improve to.
    pub(super) fn sufficient(&self, own: &[Outcome]) -> Result<Option<Change>, InverseError> {
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
    pub(super) fn confirmed(
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

    pub(super) fn change(&self, pairs: &[Pair], mover: Option<DecisionMaker>) -> Result<Change, InverseError> {
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
pub(super) fn product(own: &[Outcome], most: usize) -> Outcome {
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
