//! What is told of a stability model: its states, what each decision maker prefers, which outcomes would hold, and why.

use std::collections::BTreeMap;

use detente_stability::Concept;
use schemars::JsonSchema;
use serde::Serialize;

use super::desired::InverseNow;
use super::robust::{Robustness, WithoutStatement};
use crate::about::About;

/// The answer to which outcomes of a model would hold.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Stability {
    /// Name of the model.
    pub title: String,
    /// Where it was read.
    pub source: String,
    /// Remarks of its author.
    pub note: String,
    /// The day of which it speaks.
    pub at: Option<String>,
    /// Who decides.
    pub decision_makers: Vec<DecisionMakerNow>,
    /// The options, the first being the first letter of a state; none in graph form.
    pub options: Vec<OptionNow>,
    /// What cannot be.
    pub infeasible: Vec<InfeasibleNow>,
    /// How many states there are.
    pub count: usize,
    /// The states; left out where there are more than [`MOST_LISTED`], unless asked for.
    pub states: Option<Vec<StateNow>>,
    /// All moves, by who makes them, then by states; left out where there are more than [`MOST_DRAWN`] states.
    pub moves: Option<Vec<StepNow>>,
    /// The readings of the concepts.
    pub rules: RulesNow,
    /// Numbers of the states that are stable for everybody.
    pub equilibria: ByConcept<Vec<u64>>,
    /// For each decision maker, by its id, numbers of the states that are stable for it; left out with the states.
    pub stable: BTreeMap<String, ByConcept<Vec<u64>>>,
    /// Where the conflict stands.
    pub status_quo: Option<u64>,
    /// How the states that would hold can come about from there; none without a status quo.
    pub from_status_quo: Option<FromStatusQuo>,
    /// Which states hold against sides that move together; none if it was not asked.
    pub coalitions: Option<CoalitionsNow>,
    /// What would have to change for the state that was asked for to hold; none if none was.
    pub inverse: Option<InverseNow>,
    /// Reasons for verdicts, for the states asked about.
    pub why: Vec<WhyNow>,
    /// What holds over draws of what is uncertain about preferences; none if nothing is.
    pub robustness: Option<Robustness>,
    /// Statements without which other states would hold.
    pub without: Vec<WithoutStatement>,
    /// Where the answer comes from.
    pub about: About,
}

/// Most states that are listed without being asked for.
pub const MOST_LISTED: usize = 4096;

/// Most states of a model whose moves are told one by one.
pub const MOST_DRAWN: usize = 40;

/// One value for each concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ByConcept<T> {
    /// Nash.
    pub nash: T,
    /// General metarationality.
    pub gmr: T,
    /// Symmetric metarationality.
    pub smr: T,
    /// Sequential stability.
    pub seq: T,
    /// Symmetric sequential stability.
    pub sseq: T,
}

impl<T> ByConcept<T> {
    /// The value of each concept.
    pub fn of(mut value: impl FnMut(Concept) -> T) -> Self {
        ByConcept {
            nash: value(Concept::Nash),
            gmr: value(Concept::Gmr),
            smr: value(Concept::Smr),
            seq: value(Concept::Seq),
            sseq: value(Concept::Sseq),
        }
    }

    /// The value of a concept, to be set.
    pub fn get_mut(&mut self, concept: Concept) -> &mut T {
        match concept {
            Concept::Nash => &mut self.nash,
            Concept::Gmr => &mut self.gmr,
            Concept::Smr => &mut self.smr,
            Concept::Seq => &mut self.seq,
            Concept::Sseq => &mut self.sseq,
        }
    }

    /// The value of a concept.
    pub fn get(&self, concept: Concept) -> &T {
        match concept {
            Concept::Nash => &self.nash,
            Concept::Gmr => &self.gmr,
            Concept::Smr => &self.smr,
            Concept::Seq => &self.seq,
            Concept::Sseq => &self.sseq,
        }
    }
}

/// Who decides, and what it prefers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DecisionMakerNow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Ids of its options; none in graph form.
    pub options: Vec<String>,
    /// How its preference is given.
    pub preference: PreferenceKind,
    /// Its statements, the most important first.
    pub statements: Vec<StatementNow>,
    /// The states from the most preferred on, equal ones in one entry; left out with the states.
    pub ranking: Vec<Vec<u64>>,
    /// Pairs of states whose order is not known.
    pub unknown: Vec<[u64; 2]>,
}

/// How a preference is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PreferenceKind {
    /// The states in order.
    Ranking,
    /// Statements in order of importance.
    Statements,
    /// Weights of options.
    Weights,
    /// All states are equal.
    Indifferent,
}

/// Something that a decision maker wants to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatementNow {
    /// What it wants to hold, as the file puts it.
    pub holds: String,
    /// The same in words, with the names of the options.
    pub in_words: String,
    /// Rows of the case on which it rests.
    pub rows: Vec<String>,
    /// Whether it rests on no row: an assumption, drawn at any of its places.
    pub assumption: bool,
    /// The first and the last of its places, from 1.
    pub places: [u32; 2],
    /// Why it is made.
    pub reason: String,
}

/// Something that is done or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OptionNow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// In which direction it can change: both, forward, back or fixed.
    pub moves: String,
}

/// A combination of options that cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InfeasibleNow {
    /// What cannot be.
    pub what: String,
    /// Why.
    pub why: String,
    /// How many combinations it takes away that no entry before it did; none where that was not counted.
    pub removed: Option<u64>,
}

/// A state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StateNow {
    /// Its number, from 1.
    pub number: u64,
    /// For each option Y where it is taken, N where it is not; where combinations are one state, that of the smallest. Empty in graph form.
    pub options: String,
    /// Its name, if it has one.
    pub name: String,
    /// Ids of the decision makers that cannot move from here: for these it is stable whatever they prefer.
    pub no_moves: Vec<String>,
}

/// The readings of the concepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RulesNow {
    /// Moves of several opponents: canonical, each_once or single_move.
    pub joint_moves: String,
    /// Whether it deters if the opponents undo a move.
    pub returns_count: bool,
    /// The variant for preferences that are not known, from a to d.
    pub unknown: char,
}

/// Why a state is stable for a decision maker, or is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WhyNow {
    /// Number of the state.
    pub state: u64,
    /// Id of the decision maker.
    pub decision_maker: String,
    /// The concept.
    pub concept: String,
    /// Whether it is stable.
    pub stable: bool,
    /// Where it is: each improvement and what deters it.
    pub deterred: Vec<DeterredNow>,
    /// Where it is not: the improvement that nothing deters.
    pub open: Option<OpenNow>,
}

/// An improvement and what deters it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DeterredNow {
    /// Number of the state to which it could go.
    pub improvement: u64,
    /// The moves of the others from there.
    pub path: Vec<StepNow>,
    /// Number of the state where they end, no better than where it started.
    pub outcome: u64,
    /// Number of the state of its least bad countermove, no better either.
    pub countermove: Option<u64>,
}

/// An improvement that nothing deters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpenNow {
    /// Number of the state to which it can go.
    pub improvement: u64,
    /// The answer of the others that comes nearest to deterring it; empty if there is none or answers are not looked at.
    pub path: Vec<StepNow>,
    /// Number of the state where that ends.
    pub outcome: Option<u64>,
    /// Number of the state to which it can go on from there.
    pub countermove: Option<u64>,
}

/// A move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StepNow {
    /// Id of who moves.
    pub by: String,
    /// Number of the state from which.
    pub from: u64,
    /// Number of the state to which.
    pub to: u64,
    /// Whether the one who moves prefers that state; not so where its order is unknown.
    pub better: bool,
}

/// How states that would hold can come about from the status quo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FromStatusQuo {
    /// By any moves.
    pub any: Vec<ArrivalNow>,
    /// By moves each of which improves matters for the one who makes it.
    pub improving: Vec<ArrivalNow>,
}

/// How a state can come about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ArrivalNow {
    /// Number of the state.
    pub state: u64,
    /// Whether it can come about.
    pub reached: bool,
    /// A sequence of the fewest moves; empty for the status quo itself, and where the state is not reached.
    pub path: Vec<StepNow>,
    /// Numbers of the states on the way that would hold too; the parties may stop there.
    pub on_the_way: Vec<u64>,
}

/// Which states hold against sides that move together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CoalitionsNow {
    /// Whose improvements deter in SEQ and SSEQ: those of single opponents, or of opponents together as well.
    pub answered_by: String,
    /// Each coalition, single sides first; those of several are the ones that the file names, or all.
    pub of: Vec<CoalitionNow>,
    /// Numbers of the states that are stable for every one of these coalitions, by concept.
    pub stable_for_all: ByConcept<Vec<u64>>,
    /// Coalitions of several that improve from one state that would hold (SSEQ) to another.
    pub jumps: Vec<JumpNow>,
}

/// For which states a coalition would not move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CoalitionNow {
    /// Ids of its members.
    pub members: Vec<String>,
    /// Numbers of the states that are stable for it, by concept.
    pub stable: ByConcept<Vec<u64>>,
}

/// A coalition improves from one state to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct JumpNow {
    /// Ids of its members.
    pub members: Vec<String>,
    /// Number of the state that is left.
    pub from: u64,
    /// Number of the state to which they go.
    pub to: u64,
}
