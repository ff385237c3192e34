//! Graph form: states without options, and the moves of each decision maker one by one.

use std::fmt;

use crate::code::MOST_DECISION_MAKERS;
use crate::concept::{DecisionMaker, State};

/// Where a move comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// It is given as such in a model in graph form.
    Given,
    /// It follows from the options.
    Options,
    /// It was added to what follows from the options.
    Added,
}

/// The moves of each decision maker between numbered states. The same move may belong to several decision makers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphForm {
    states: usize,
    movers: Vec<Arcs>,
}

/// The moves of one decision maker, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arcs {
    /// For each state where its moves begin in `to`, and the end of the last.
    start: Vec<usize>,
    to: Vec<u32>,
    origin: Vec<Origin>,
}

/// Why a list of moves is no model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphError {
    /// There is no state.
    NoState,
    /// More states than can be numbered.
    TooManyStates(usize),
    /// More than [`MOST_DECISION_MAKERS`] decision makers.
    TooManyDecisionMakers(usize),
    /// A move from or to a state that is not there.
    NoSuchState(DecisionMaker, State),
    /// A move from a state to itself.
    Loop(DecisionMaker, State),
    /// A move that is there already.
    Repeated(DecisionMaker, State, State),
    /// A move to be removed that is not there.
    NoSuchMove(DecisionMaker, State, State),
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from_to =
            |from: &State, to: &State| format!("the move from state {} to state {}", from.number(), to.number());
        match self {
            GraphError::NoState => f.write_str("there is no state"),
            GraphError::TooManyStates(states) => write!(f, "{states} states are too many"),
            GraphError::TooManyDecisionMakers(count) => {
                write!(f, "{count} decision makers are more than the {MOST_DECISION_MAKERS} that a model can have")
            }
            GraphError::NoSuchState(_, state) => write!(f, "there is no state {}", state.number()),
            GraphError::Loop(_, state) => write!(f, "a move leads from state {} to itself", state.number()),
            GraphError::Repeated(_, from, to) => write!(f, "{} is there already", from_to(from, to)),
            GraphError::NoSuchMove(_, from, to) => write!(f, "{} is not there", from_to(from, to)),
        }
    }
}

impl std::error::Error for GraphError {}

impl GraphForm {
    /// The moves of each decision maker, as pairs of states, in any order.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub fn new(states: usize, moves: &[Vec<(State, State)>]) -> Result<GraphForm, GraphError> {
        if states == 0 {
            return Err(GraphError::NoState);
        }
        if u32::try_from(states).is_err() {
            return Err(GraphError::TooManyStates(states));
        }
        if moves.len() > MOST_DECISION_MAKERS {
            return Err(GraphError::TooManyDecisionMakers(moves.len()));
        }
        let mut movers = Vec::with_capacity(moves.len());
        for (place, moves) in moves.iter().enumerate() {
            let mover = DecisionMaker(place);
            for (from, to) in moves {
                if let Some(state) = [from, to].into_iter().find(|state| state.place() >= states) {
                    return Err(GraphError::NoSuchState(mover, *state));
                }
                if from == to {
                    return Err(GraphError::Loop(mover, *from));
                }
            }
            let mut sorted: Vec<(State, State, Origin)> =
                moves.iter().map(|(from, to)| (*from, *to, Origin::Given)).collect();
            sorted.sort_unstable();
            if let Some(pair) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
                return Err(GraphError::Repeated(mover, pair[0].0, pair[0].1));
            }
            movers.push(Arcs::from_sorted(states, &sorted));
        }
        Ok(GraphForm { states, movers })
    }

    /// From arcs that are known to be sorted, between states that are there, and without loops.
    pub(crate) fn from_arcs(states: usize, movers: Vec<Arcs>) -> GraphForm {
        GraphForm { states, movers }
    }

    /// How many states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.states
    }

    /// How many moves there are, those of several decision makers counted for each.
    #[must_use]
    pub fn len(&self) -> usize {
        self.movers.iter().map(|arcs| arcs.to.len()).sum()
    }

    /// Whether nobody has a move.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many decision makers there are.
    #[must_use]
    pub fn decision_makers(&self) -> usize {
        self.movers.len()
    }

    /// The moves of a decision maker from a state, ascending, with their origins. There are none where there is no such state or
    /// decision maker.
    pub fn moves(&self, decision_maker: DecisionMaker, from: State) -> impl Iterator<Item = (State, Origin)> + '_ {
        let arcs = self.movers.get(decision_maker.0);
        let (to, origin) = arcs.map_or((&[][..], &[][..]), |arcs| {
            let range = arcs.range(from);
            (&arcs.to[range.clone()], &arcs.origin[range])
        });
        to.iter().zip(origin).map(|(to, origin)| (State(*to), *origin))
    }

    pub(crate) fn to(&self, decision_maker: DecisionMaker, from: State) -> &[u32] {
        self.movers.get(decision_maker.0).map_or(&[], |arcs| &arcs.to[arcs.range(from)])
    }

    /// Whether any two moves of the decision maker one after the other are also one move, or lead back.
    /// `O(Σ moves of the states that a move leads to)`.
    #[must_use]
    pub fn transitive(&self, decision_maker: DecisionMaker) -> bool {
        (0..self.states).filter_map(|from| u32::try_from(from).ok()).all(|from| {
            let direct = self.to(decision_maker, State(from));
            let onward = direct.iter().flat_map(|over| self.to(decision_maker, State(*over)));
            onward.into_iter().all(|to| *to == from || direct.binary_search(to).is_ok())
        })
    }
}

impl Arcs {
    pub(crate) fn from_sorted(states: usize, sorted: &[(State, State, Origin)]) -> Arcs {
        let mut start = vec![0; states + 1];
        for (from, ..) in sorted {
            start[from.place() + 1] += 1;
        }
        for place in 0..states {
            start[place + 1] += start[place];
        }
        let to = sorted.iter().map(|(_, to, _)| to.0).collect();
        Arcs { start, to, origin: sorted.iter().map(|(.., origin)| *origin).collect() }
    }

    fn range(&self, from: State) -> std::ops::Range<usize> {
        let place = from.place();
        if place + 1 < self.start.len() { self.start[place]..self.start[place + 1] } else { 0..0 }
    }
}
