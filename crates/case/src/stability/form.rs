//! What a model is about: options that are taken or not, or states; and who can move where.

use super::{Formula, Placed, StateNumber};
use crate::expression::Expression;
use crate::ids::{Id, List};
use crate::words::word_enum;

use super::DecisionMaker;

/// The two ways to write a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Options; a state says which are taken, and moves follow from who has which.
    Options(OptionForm),
    /// States, and every move.
    Graph(GraphForm),
}

/// A model in option form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionForm {
    /// The options; the first is the lowest bit of a state. At least one, at most [`super::MOST_OPTIONS`].
    pub options: List<ModelOption>,
    /// For each decision maker, in their order, the options that it has. Several may have the same.
    pub owned: Vec<Vec<Id<ModelOption>>>,
    /// What cannot be.
    pub infeasible: Vec<Placed<Infeasible>>,
    /// Combinations of options that are one state.
    pub same_state: Vec<Placed<SameState>>,
    /// Single moves that are added or taken out.
    pub edits: Vec<Placed<ArcEdit>>,
    /// Names of states.
    pub names: Vec<Placed<StateName>>,
}

/// Something that is done or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelOption {
    /// Id, unique in the model.
    pub id: Box<str>,
    /// Its name for people; the id where the file has none.
    pub label: Box<str>,
    /// In which direction it can change.
    pub moves: Moves,
}

word_enum! {
    /// In which direction an option can change.
    Moves {
        Both "both" "It can be taken and given up.";
        Forward "forward" "It can be taken, and not given up.";
        Back "back" "It can be given up, and not taken.";
        Fixed "fixed" "It stays as it is.";
    }
}

/// A combination of options that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Infeasible {
    /// What cannot be.
    pub what: Forbidden,
    /// Why.
    pub why: Box<str>,
}

/// What cannot be, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forbidden {
    /// States in which this holds.
    When(Formula),
    /// States of this pattern.
    Pattern(Pattern),
    /// Two of these options together.
    Exclusive(Vec<Id<ModelOption>>),
    /// None of these options.
    AtLeastOne(Vec<Id<ModelOption>>),
    /// None of these options, or two of them.
    ExactlyOne(Vec<Id<ModelOption>>),
    /// The first option without the second.
    Requires(Id<ModelOption>, Id<ModelOption>),
}

impl Forbidden {
    /// What holds in the states that are ruled out.
    #[must_use]
    pub fn rule(&self) -> Expression<Id<ModelOption>> {
        let count = |at_least: usize, at_most: usize, of: &[Id<ModelOption>]| Expression::Count {
            at_least,
            at_most,
            of: of.iter().copied().map(Expression::Atom).collect(),
        };
        match self {
            Forbidden::When(formula) => formula.rule.clone(),
            Forbidden::Pattern(pattern) => pattern.rule(),
            Forbidden::Exclusive(options) => count(2, options.len(), options),
            Forbidden::AtLeastOne(options) => count(0, 0, options),
            Forbidden::ExactlyOne(options) => Expression::Not(Box::new(count(1, 1, options))),
            Forbidden::Requires(option, needed) => {
                Expression::All(vec![Expression::Atom(*option), Expression::Not(Box::new(Expression::Atom(*needed)))])
            }
        }
    }
}

/// For each option, whether it is taken; none if that does not matter. Some option matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(pub(super) Vec<Option<bool>>);

impl Pattern {
    /// For each option in order: taken, not taken, or either.
    #[must_use]
    pub fn options(&self) -> &[Option<bool>] {
        &self.0
    }

    /// What holds in the states of this pattern.
    #[must_use]
    pub fn rule(&self) -> Expression<Id<ModelOption>> {
        let literal = |(place, taken): (usize, &Option<bool>)| {
            let atom = Expression::Atom(Id::at(place));
            taken.map(|taken| if taken { atom } else { Expression::Not(Box::new(atom)) })
        };
        Expression::All(self.0.iter().enumerate().filter_map(literal).collect())
    }
}

/// `Y`, `N` and `-` in the order of the options.
impl std::fmt::Display for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|taken| {
            f.write_str(match taken {
                Some(true) => "Y",
                Some(false) => "N",
                None => "-",
            })
        })
    }
}

/// Combinations of options that are one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SameState {
    /// What holds in them.
    pub when: Formula,
    /// The state's name for people; may be empty.
    pub label: Box<str>,
}

/// The name of a state in option form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateName {
    /// What holds in it.
    pub when: Formula,
    /// The name for people.
    pub label: Box<str>,
}

/// Moves of a decision maker that are added to those that follow from its options, or taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArcEdit {
    /// Whose moves.
    pub decision_maker: Id<DecisionMaker>,
    /// Added or taken out.
    pub change: Change,
    /// From which state to which; not to itself.
    pub arcs: Vec<(StateNumber, StateNumber)>,
}

/// What becomes of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It is added.
    Add,
    /// It is taken out.
    Remove,
}

/// A model in graph form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphForm {
    /// The states; at least one.
    pub states: List<GraphState>,
    /// For each decision maker, in their order, its moves, sorted and each once; none leads to where it begins.
    pub arcs: Vec<Vec<(Id<GraphState>, Id<GraphState>)>>,
}

/// A state of a graph form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphState {
    /// Id, unique in the model.
    pub id: Box<str>,
    /// Its name for people; the id where the file has none.
    pub label: Box<str>,
}
