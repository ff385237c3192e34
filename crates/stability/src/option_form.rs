//! Option form: who can change which options, in which direction, and which option vectors cannot be.

use std::fmt;

use crate::code::{Code, MOST_DECISION_MAKERS, MOST_OPTIONS};
use crate::concept::{DecisionMaker, State};
use crate::formula::Formula;

/// In which directions an option can be changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moves {
    /// Taken and given up.
    #[default]
    Both,
    /// Taken, and never given up.
    Forward,
    /// Given up, and never taken again.
    Back,
    /// Neither.
    Fixed,
}

/// One arc added to a model or taken from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    /// Whose move it is.
    pub decision_maker: DecisionMaker,
    /// From which state; numbered after states that are one have been made one.
    pub from: State,
    /// To which state.
    pub to: State,
    /// Whether the move is added; otherwise it is removed.
    pub added: bool,
}

/// A model in option form, before its states are listed.
///
/// A decision maker moves from one feasible vector to another if they differ only in options that it owns and each of these may be
/// changed in that direction. Several options changed at once are one move; vectors in between need not be feasible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionForm {
    options: Vec<Moves>,
    /// Options that can only be taken, only be given up, and neither.
    directed: [Code; 3],
    owned: Vec<Code>,
    infeasible: Vec<Formula>,
    same_state: Vec<Formula>,
    edits: Vec<Edit>,
}

/// Why a model in option form cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormError {
    /// More than [`MOST_OPTIONS`] options.
    TooManyOptions(usize),
    /// More than [`MOST_DECISION_MAKERS`] decision makers.
    TooManyDecisionMakers(usize),
    /// A decision maker or a formula names an option that is not there.
    NoSuchOption(usize),
    /// A move is added or removed for a decision maker that is not there.
    NoSuchDecisionMaker(usize),
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormError::TooManyOptions(count) => {
                write!(f, "{count} options are more than the {MOST_OPTIONS} that a model can have")
            }
            FormError::TooManyDecisionMakers(count) => {
                write!(f, "{count} decision makers are more than the {MOST_DECISION_MAKERS} that a model can have")
            }
            FormError::NoSuchOption(option) => write!(f, "there is no option {}", option + 1),
            FormError::NoSuchDecisionMaker(place) => write!(f, "there is no decision maker {}", place + 1),
        }
    }
}

impl std::error::Error for FormError {}

impl OptionForm {
    /// Options with their directions, and for each decision maker the options that it owns. An option may have several owners
    /// (any of them can change it) or none (nobody can).
    ///
    /// # Errors
    /// See [`FormError`].
    pub fn new(options: Vec<Moves>, owned: &[Vec<usize>]) -> Result<OptionForm, FormError> {
        if options.len() > MOST_OPTIONS {
            return Err(FormError::TooManyOptions(options.len()));
        }
        if owned.len() > MOST_DECISION_MAKERS {
            return Err(FormError::TooManyDecisionMakers(owned.len()));
        }
        if let Some(option) = owned.iter().flatten().find(|option| **option >= options.len()) {
            return Err(FormError::NoSuchOption(*option));
        }
        let owned = owned.iter().map(|options| options.iter().copied().collect()).collect();
        let with = |moves: Moves| (0..options.len()).filter(|option| options[*option] == moves).collect();
        let directed = [with(Moves::Forward), with(Moves::Back), with(Moves::Fixed)];
        Ok(OptionForm { options, directed, owned, infeasible: Vec::new(), same_state: Vec::new(), edits: Vec::new() })
    }

    /// Rules out the vectors of which a formula holds.
    ///
    /// # Errors
    /// [`FormError::NoSuchOption`].
    pub fn rule_out(&mut self, formula: Formula) -> Result<(), FormError> {
        self.check(&formula)?;
        self.infeasible.push(formula);
        Ok(())
    }

    /// Makes one state of all feasible vectors of which a formula holds. Formulas that hold of a common vector make one state together.
    ///
    /// # Errors
    /// [`FormError::NoSuchOption`].
    pub fn make_one(&mut self, formula: Formula) -> Result<(), FormError> {
        self.check(&formula)?;
        self.same_state.push(formula);
        Ok(())
    }

    /// Adds a single move or removes one. Whether the states are there is found when the model is made.
    ///
    /// # Errors
    /// [`FormError::NoSuchDecisionMaker`].
    pub fn edit(&mut self, edit: Edit) -> Result<(), FormError> {
        if edit.decision_maker.0 >= self.owned.len() {
            return Err(FormError::NoSuchDecisionMaker(edit.decision_maker.0));
        }
        self.edits.push(edit);
        Ok(())
    }

    fn check(&self, formula: &Formula) -> Result<(), FormError> {
        match formula.greatest_option() {
            Some(option) if option >= self.options.len() => Err(FormError::NoSuchOption(option)),
            _ => Ok(()),
        }
    }

    /// The options, by the directions in which they can be changed.
    #[must_use]
    pub fn options(&self) -> &[Moves] {
        &self.options
    }

    /// How many decision makers there are.
    #[must_use]
    pub fn decision_makers(&self) -> usize {
        self.owned.len()
    }

    /// What rules vectors out, in the order given.
    #[must_use]
    pub fn infeasible(&self) -> &[Formula] {
        &self.infeasible
    }

    /// What makes one state of several vectors.
    #[must_use]
    pub fn same_state(&self) -> &[Formula] {
        &self.same_state
    }

    /// Single moves added and removed.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The options that a decision maker owns and can change in some direction. A decision maker that is not there has none.
    #[must_use]
    pub fn changeable(&self, decision_maker: DecisionMaker) -> Code {
        self.owned(decision_maker).without(self.directed[2])
    }

    /// The options that a decision maker owns.
    #[must_use]
    pub fn owned(&self, decision_maker: DecisionMaker) -> Code {
        self.owned.get(decision_maker.0).copied().unwrap_or_default()
    }

    /// The options that can be taken and never given up.
    #[must_use]
    pub fn forward(&self) -> Code {
        self.directed[0]
    }

    /// The options that can be given up and never taken.
    #[must_use]
    pub fn back(&self) -> Code {
        self.directed[1]
    }

    /// Whether a vector is feasible. `O(length of the formulas)`.
    #[must_use]
    pub fn feasible(&self, code: Code) -> bool {
        code.without(Code::first(self.options.len())).is_empty()
            && !self.infeasible.iter().any(|entry| entry.holds(code))
    }

    /// Whether a decision maker can move from one vector to the other, if both are feasible.
    #[must_use]
    pub fn can_move(&self, decision_maker: DecisionMaker, from: Code, to: Code) -> bool {
        let changed = from.xor(to);
        let taken = changed.and(to);
        !changed.is_empty()
            && changed.without(self.changeable(decision_maker)).is_empty()
            && taken.and(self.back()).is_empty()
            && changed.without(taken).and(self.forward()).is_empty()
    }
}
