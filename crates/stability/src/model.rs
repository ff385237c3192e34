//! A model of a conflict: states and the moves of each decision maker between them, from either form.

use std::borrow::Cow;
use std::fmt;

use crate::concept::{DecisionMaker, State};
use crate::graph::{Arcs, GraphError, GraphForm, Origin};
use crate::option_form::OptionForm;
use crate::states::{States, StatesError};

/// States, and who can move between which of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    decision_makers: usize,
    states: usize,
    vectors: Option<Vectors>,
    graph: Option<GraphForm>,
}

/// The option vectors behind the states.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Vectors {
    form: OptionForm,
    feasible: States,
    classes: Option<Classes>,
}

/// Which feasible vectors are one state.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Classes {
    /// The state of each vector, by its place among the feasible ones.
    of: Vec<u32>,
    /// The vectors of each state, ascending.
    members: Vec<Vec<u32>>,
}

/// Why a model cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// Its states cannot be listed.
    States(StatesError),
    /// A move that was added or removed does not fit.
    Edit(GraphError),
    /// Single moves of a model with so many moves are not listed; so many are allowed.
    TooManyMoves {
        /// About how many moves there are.
        moves: u128,
        /// How many are listed at most.
        limit: usize,
    },
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ModelError::States(error) => error.fmt(f),
            ModelError::Edit(error) => error.fmt(f),
            ModelError::TooManyMoves { moves, limit } => write!(
                f,
                "states made one and single moves need all moves listed; up to {moves} moves are more than {limit}"
            ),
        }
    }
}

impl std::error::Error for ModelError {}

/// The most moves that are listed one by one.
pub const MOST_MOVES: usize = 1 << 25;

impl Model {
    /// The model of an option form, of at most `limit` feasible vectors.
    ///
    /// Where vectors are made one state, or single moves added or removed, the moves are listed one by one: a state has the moves of
    /// all its vectors, those within it left out, and is numbered by its smallest vector.
    ///
    /// # Errors
    /// See [`ModelError`].
    pub fn from_options(form: OptionForm, limit: usize) -> Result<Model, ModelError> {
        let feasible = form.states(limit).map_err(ModelError::States)?;
        let decision_makers = form.decision_makers();
        let classes = (!form.same_state().is_empty()).then(|| Classes::of(&form, &feasible));
        let listed = classes.is_some() || !form.edits().is_empty();
        let states = classes.as_ref().map_or(feasible.len(), |classes| classes.members.len());
        let mut model =
            Model { decision_makers, states, vectors: Some(Vectors { form, feasible, classes }), graph: None };
        if listed {
            model.graph = Some(model.listed()?);
        }
        Ok(model)
    }

    /// The model of a graph form.
    #[must_use]
    pub fn from_graph(graph: GraphForm) -> Model {
        Model { decision_makers: graph.decision_makers(), states: graph.states(), vectors: None, graph: Some(graph) }
    }

    /// How many states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.states
    }

    /// All states, ascending.
    pub fn all_states(&self) -> impl Iterator<Item = State> + use<> {
        (0..u32::try_from(self.states).unwrap_or(u32::MAX)).map(State)
    }

    /// How many decision makers there are.
    #[must_use]
    pub fn decision_makers(&self) -> usize {
        self.decision_makers
    }

    /// The option form, of a model that comes from one.
    #[must_use]
    pub fn form(&self) -> Option<&OptionForm> {
        self.vectors.as_ref().map(|vectors| &vectors.form)
    }

    /// The feasible vectors before any were made one, of a model that comes from option form.
    #[must_use]
    pub fn feasible(&self) -> Option<&States> {
        self.vectors.as_ref().map(|vectors| &vectors.feasible)
    }

    /// The moves one by one, where they are listed: in graph form, or after states were made one or moves edited.
    #[must_use]
    pub fn graph(&self) -> Option<&GraphForm> {
        self.graph.as_ref()
    }

    /// The feasible vectors that are one state, ascending; none in graph form.
    #[must_use]
    pub fn codes(&self, state: State) -> Vec<u64> {
        let Some(vectors) = &self.vectors else { return Vec::new() };
        match &vectors.classes {
            None => vectors.feasible.code(state).into_iter().collect(),
            Some(classes) => {
                let members = classes.members.get(state.place()).into_iter().flatten();
                members.filter_map(|member| vectors.feasible.code(State(*member))).collect()
            }
        }
    }

    /// The state of a feasible vector.
    #[must_use]
    pub fn state_of(&self, code: u64) -> Option<State> {
        let vectors = self.vectors.as_ref()?;
        let place = vectors.feasible.state(code)?;
        Some(vectors.classes.as_ref().map_or(place, |classes| State(classes.of[place.place()])))
    }

    /// The state of a feasible vector, given by its place among the feasible ones.
    #[must_use]
    pub fn state_of_feasible(&self, vector: State) -> Option<State> {
        let vectors = self.vectors.as_ref()?;
        match &vectors.classes {
            None => (vector.place() < vectors.feasible.len()).then_some(vector),
            Some(classes) => classes.of.get(vector.place()).copied().map(State),
        }
    }

    /// The states to which a decision maker can move from a state, ascending. `O(min(states, 2^own options))` in option form.
    #[must_use]
    pub fn reach(&self, decision_maker: DecisionMaker, from: State) -> Vec<State> {
        match (&self.graph, &self.vectors) {
            (Some(graph), _) => graph.to(decision_maker, from).iter().map(|to| State(*to)).collect(),
            (None, Some(vectors)) => vectors.reach(decision_maker, from),
            (None, None) => Vec::new(),
        }
    }

    /// Whether any two moves of the decision maker one after the other are also one move: always so in option form.
    #[must_use]
    pub fn transitive(&self, decision_maker: DecisionMaker) -> bool {
        self.graph.as_ref().is_none_or(|graph| graph.transitive(decision_maker))
    }

    /// The moves one by one, whatever form the model has.
    ///
    /// # Errors
    /// [`ModelError::TooManyMoves`] before anything is listed.
    pub fn to_graph(&self) -> Result<Cow<'_, GraphForm>, ModelError> {
        match &self.graph {
            Some(graph) => Ok(Cow::Borrowed(graph)),
            None => self.listed().map(Cow::Owned),
        }
    }

    /// How many moves there are at most, counted from the options where they are not listed.
    pub(crate) fn moves_at_most(&self) -> u128 {
        match (&self.graph, &self.vectors) {
            (Some(graph), _) => graph.len() as u128,
            (None, Some(vectors)) => vectors.moves_at_most(self.decision_makers),
            (None, None) => 0,
        }
    }

    /// Its states without any moves.
    pub(crate) fn without_moves(&self) -> GraphForm {
        let none = Arcs::from_sorted(self.states, &[]);
        GraphForm::from_arcs(self.states, vec![none; self.decision_makers])
    }

    /// All moves one by one, with classes and edits.
    fn listed(&self) -> Result<GraphForm, ModelError> {
        let Some(vectors) = &self.vectors else { return Err(ModelError::Edit(GraphError::NoState)) };
        let moves = vectors.moves_at_most(self.decision_makers);
        if moves > MOST_MOVES as u128 {
            return Err(ModelError::TooManyMoves { moves, limit: MOST_MOVES });
        }
        let mut movers = Vec::with_capacity(self.decision_makers);
        for mover in (0..self.decision_makers).map(DecisionMaker) {
            let class =
                |vector: State| vectors.classes.as_ref().map_or(vector, |classes| State(classes.of[vector.place()]));
            let mut arcs = Vec::new();
            for vector in (0..vectors.feasible.len()).filter_map(|place| u32::try_from(place).ok()).map(State) {
                let from = class(vector);
                let to = vectors.reach(mover, vector).into_iter().map(class).filter(|to| *to != from);
                arcs.extend(to.map(|to| (from, to, Origin::Options)));
            }
            arcs.sort_unstable();
            arcs.dedup();
            self.edit(mover, vectors.form.edits(), &mut arcs).map_err(ModelError::Edit)?;
            movers.push(Arcs::from_sorted(self.states, &arcs));
        }
        Ok(GraphForm::from_arcs(self.states, movers))
    }

    /// Applies the edits of one decision maker, in their order, to its sorted moves.
    fn edit(
        &self,
        mover: DecisionMaker,
        edits: &[crate::option_form::Edit],
        arcs: &mut Vec<(State, State, Origin)>,
    ) -> Result<(), GraphError> {
        for edit in edits.iter().filter(|edit| edit.decision_maker == mover) {
            let (from, to) = (edit.from, edit.to);
            if let Some(state) = [from, to].into_iter().find(|state| state.place() >= self.states) {
                return Err(GraphError::NoSuchState(mover, state));
            }
            if from == to {
                return Err(GraphError::Loop(mover, from));
            }
            match (arcs.binary_search_by_key(&(from, to), |(from, to, _)| (*from, *to)), edit.added) {
                (Ok(_), true) => return Err(GraphError::Repeated(mover, from, to)),
                (Err(_), false) => return Err(GraphError::NoSuchMove(mover, from, to)),
                (Err(place), true) => arcs.insert(place, (from, to, Origin::Added)),
                (Ok(place), false) => {
                    arcs.remove(place);
                }
            }
        }
        Ok(())
    }
}

impl Vectors {
    fn moves_at_most(&self, decision_makers: usize) -> u128 {
        let count = self.feasible.len() as u128;
        let own = |mover: usize| self.form.changeable(DecisionMaker(mover)).count();
        (0..decision_makers).map(|mover| (1u128 << own(mover)).min(count) * count).sum()
    }

    /// The feasible vectors, by place, to which a decision maker can move from one.
    fn reach(&self, mover: DecisionMaker, from: State) -> Vec<State> {
        let Some(code) = self.feasible.code(from) else { return Vec::new() };
        let own = self.form.changeable(mover).word();
        let can = |to: u64| self.form.can_move(mover, code.into(), to.into());
        if own.count_ones() < 64 && (1u64 << own.count_ones()) as u128 <= self.feasible.len() as u128 {
            let fixed = code & !own;
            let mut part = 0u64;
            let mut reach = Vec::new();
            loop {
                let to = fixed | part;
                reach.extend(can(to).then(|| self.feasible.state(to)).flatten());
                part = part.wrapping_sub(own) & own;
                if part == 0 {
                    return reach;
                }
            }
        }
        let numbered = self.feasible.codes().zip(0u32..);
        numbered.filter(|(to, _)| can(*to)).map(|(_, place)| State(place)).collect()
    }
}

impl Classes {
    /// Vectors of which a formula of `same_state` holds are one state; those that share a vector are one together.
    fn of(form: &OptionForm, feasible: &States) -> Classes {
        let mut parent: Vec<u32> = (0..u32::try_from(feasible.len()).unwrap_or(u32::MAX)).collect();
        for formula in form.same_state() {
            let mut first = None;
            for (code, place) in feasible.codes().zip(0u32..) {
                if formula.holds(code.into()) {
                    let one = root(&mut parent, *first.get_or_insert(place));
                    let other = root(&mut parent, place);
                    parent[one.max(other) as usize] = one.min(other);
                }
            }
        }
        let mut of = vec![0; parent.len()];
        let mut members: Vec<Vec<u32>> = Vec::new();
        for place in 0u32.. {
            if place as usize == parent.len() {
                break;
            }
            let smallest = root(&mut parent, place);
            if smallest == place {
                of[place as usize] = u32::try_from(members.len()).unwrap_or(u32::MAX);
                members.push(Vec::new());
            } else {
                of[place as usize] = of[smallest as usize];
            }
            members[of[place as usize] as usize].push(place);
        }
        Classes { of, members }
    }
}

/// The representative of a set, which is its smallest member as long as sets are joined under the smaller one.
pub(crate) fn root(parent: &mut [u32], mut place: u32) -> u32 {
    while parent[place as usize] != place {
        let above = parent[parent[place as usize] as usize];
        parent[place as usize] = above;
        place = above;
    }
    place
}
