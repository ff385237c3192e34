//! Why a state is stable for a decision maker, or is not: what anybody can check move by move.

use std::collections::{BTreeMap, HashMap};

use crate::code::Code;
use crate::concept::{Concept, DecisionMaker, JointMoves, Returns, Rules, State};
use crate::model::Model;
use crate::preference::{Preference, Relation};

/// A verdict with its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// For whom.
    pub decision_maker: DecisionMaker,
    /// Which state.
    pub state: State,
    /// Under which concept.
    pub concept: Concept,
    /// Under which readings.
    pub rules: Rules,
    /// What makes it so.
    pub reason: Reason,
}

/// What makes a state stable or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is stable: every improvement, by state number, is deterred. Where the list is empty there is none.
    Stable(Vec<Deterred>),
    /// It is not: this improvement, the first by state number, is not deterred.
    Unstable {
        /// Where the decision maker can go.
        improvement: State,
        /// The answer that comes nearest to deterring it.
        answer: Answer,
    },
}

/// An improvement and what deters it: a sanction of the fewest moves, of these the first by state number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deterred {
    /// Where the decision maker could go.
    pub improvement: State,
    /// How its opponents would answer, one or more moves from there.
    pub path: Vec<Step>,
    /// Where they would end: no better for the decision maker than where it started.
    pub outcome: State,
    /// Its best countermove from there, which is no better either; where the concept looks at these and there is one.
    pub countermove: Option<State>,
}

/// Why no answer of the opponents deters an improvement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Answers are not looked at.
    NotAsked,
    /// They have none.
    None,
    /// All that they can bring about is better for the decision maker than where it started; this is the worst of it.
    Better {
        /// Their moves.
        path: Vec<Step>,
        /// Where they end.
        outcome: State,
    },
    /// From all that would deter it the decision maker can move to something better; here to what is least good.
    Countered {
        /// The opponents' moves.
        path: Vec<Step>,
        /// Where they end.
        outcome: State,
        /// Where the decision maker goes from there.
        countermove: State,
    },
    /// They can only bring it back, which does not count.
    Back {
        /// Their moves.
        path: Vec<Step>,
    },
}

/// A move of an opponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// Who moves.
    pub mover: DecisionMaker,
    /// From where.
    pub from: State,
    /// To where.
    pub to: State,
    /// How the mover likes the second compared to the first.
    pub relation: Relation,
}

impl Certificate {
    /// Whether the state is stable.
    #[must_use]
    pub fn stable(&self) -> bool {
        matches!(self.reason, Reason::Stable(_))
    }
}

/// The reasons for one verdict; nothing if there is no such state or decision maker, or the preferences are not those of the model.
///
/// Searches forwards from each improvement, at worst through all states that the opponents can reach from it:
/// `O(improvements × decision makers × moves among these)`.
#[must_use]
pub fn certificate(
    model: &Model,
    preferences: &[Preference],
    rules: Rules,
    decision_maker: DecisionMaker,
    state: State,
    concept: Concept,
) -> Option<Certificate> {
    let ranked = preferences.iter().all(|preference| preference.ranks().states() == model.states());
    if !ranked || preferences.len() != model.decision_makers() || state.place() >= model.states() {
        return None;
    }
    let preference = preferences.get(decision_maker.0)?;
    let asked = Asked { model, preferences, preference, rules, decision_maker, state, concept };
    let mut deterred = Vec::new();
    let improvements = model.reach(decision_maker, state);
    for improvement in improvements.into_iter().filter(|to| preference.leaves(state, *to, rules.unknowns)) {
        match asked.answer(improvement) {
            Ok(found) => deterred.push(found),
            Err(answer) => {
                let reason = Reason::Unstable { improvement, answer };
                return Some(Certificate { decision_maker, state, concept, rules, reason });
            }
        }
    }
    Some(Certificate { decision_maker, state, concept, rules, reason: Reason::Stable(deterred) })
}

/// What is asked about.
struct Asked<'a> {
    model: &'a Model,
    preferences: &'a [Preference],
    preference: &'a Preference,
    rules: Rules,
    decision_maker: DecisionMaker,
    state: State,
    concept: Concept,
}

/// A state that opponents have reached, and who may not move next.
type Node = (State, Code);

impl Asked<'_> {
    /// What deters an improvement, or why nothing does. Searches layer by layer, so that the first sanction has the fewest moves.
    fn answer(&self, improvement: State) -> Result<Deterred, Answer> {
        if self.concept == Concept::Nash {
            return Err(Answer::NotAsked);
        }
        let mut reached = Reached::default();
        let mut layer: Vec<Node> = vec![(improvement, Code::NONE.with(self.decision_maker.0, true))];
        while !layer.is_empty() {
            let mut next = Vec::new();
            for node in layer {
                for mover in (0..self.preferences.len()).map(DecisionMaker).filter(|mover| !node.1.has(mover.0)) {
                    self.step(node, mover, &mut reached, &mut next);
                }
            }
            // Of several ways to a state the one that was found first is kept, so the order of the layer is part of the result.
            let mut states: Vec<State> = next.iter().map(|node: &Node| node.0).collect();
            states.sort_unstable();
            states.dedup();
            if let Some(outcome) =
                states.into_iter().find(|outcome| self.deters(*outcome) && self.escape(*outcome).is_none())
            {
                let countermove = self.concept.with_countermoves().then(|| self.best_countermove(outcome)).flatten();
                return Ok(Deterred { improvement, path: reached.path(outcome), outcome, countermove });
            }
            layer = next;
        }
        Err(self.nearest(&reached))
    }

    /// Adds the moves of one mover from a node.
    fn step(&self, (from, barred): Node, mover: DecisionMaker, reached: &mut Reached, next: &mut Vec<Node>) {
        let preference = &self.preferences[mover.0];
        let barred_next = match self.rules.joint_moves {
            JointMoves::Canonical => Code::NONE.with(self.decision_maker.0, true).with(mover.0, true),
            JointMoves::EachOnce => barred.with(mover.0, true),
            JointMoves::SingleMove => Code::first(self.preferences.len()),
        };
        for to in self.model.reach(mover, from) {
            if self.concept.by_improvements() && !preference.leaves(from, to, self.rules.unknowns) {
                continue;
            }
            let node = (to, barred_next);
            let step = Step { mover, from, to, relation: preference.compare(to, from) };
            if let std::collections::hash_map::Entry::Vacant(entry) = reached.nodes.entry(node) {
                entry.insert(((from, barred), step));
                reached.first.entry(to).or_insert(node);
                next.push(node);
            }
        }
    }

    /// Whether an outcome is no better than the state, and counts.
    fn deters(&self, outcome: State) -> bool {
        (outcome != self.state || self.rules.returns == Returns::Count)
            && self.preference.deters(self.state, outcome, self.rules.unknowns)
    }

    /// A countermove from an outcome that makes the sanction fail, if countermoves are looked at: the best by rank, then by number.
    fn escape(&self, outcome: State) -> Option<State> {
        if !self.concept.with_countermoves() {
            return None;
        }
        let fails = |to: &State| !self.preference.deters(self.state, *to, self.rules.unknowns);
        let escapes = self.model.reach(self.decision_maker, outcome).into_iter().filter(fails);
        escapes.max_by_key(|to| (self.preference.ranks().rank(*to), std::cmp::Reverse(*to)))
    }

    fn best_countermove(&self, outcome: State) -> Option<State> {
        let countermoves = self.model.reach(self.decision_maker, outcome).into_iter();
        countermoves.max_by_key(|to| (self.preference.ranks().rank(*to), std::cmp::Reverse(*to)))
    }

    /// The answer that comes nearest to deterring, of those that were reached.
    fn nearest(&self, reached: &Reached) -> Answer {
        let rank = |state: State| self.preference.ranks().rank(state);
        let countered = reached.first.keys().filter(|outcome| self.deters(**outcome));
        let countered = countered.filter_map(|outcome| Some((*outcome, self.escape(*outcome)?)));
        if let Some((outcome, countermove)) = countered.min_by_key(|(outcome, to)| (rank(*to), *outcome)) {
            return Answer::Countered { path: reached.path(outcome), outcome, countermove };
        }
        let better = reached.first.keys().copied().filter(|outcome| *outcome != self.state);
        if let Some(outcome) = better.min_by_key(|outcome| (rank(*outcome), *outcome)) {
            return Answer::Better { path: reached.path(outcome), outcome };
        }
        match reached.first.contains_key(&self.state) {
            true => Answer::Back { path: reached.path(self.state) },
            false => Answer::None,
        }
    }
}

/// What has been reached, and how.
#[derive(Default)]
struct Reached {
    nodes: HashMap<Node, (Node, Step)>,
    /// The node by which each state was reached first.
    first: BTreeMap<State, Node>,
}

impl Reached {
    /// The moves by which a state was reached first.
    fn path(&self, outcome: State) -> Vec<Step> {
        let mut path = Vec::new();
        let mut node = self.first.get(&outcome).copied();
        while let Some((before, step)) = node.and_then(|node| self.nodes.get(&node)) {
            path.push(*step);
            node = Some(*before);
        }
        path.reverse();
        path
    }
}
