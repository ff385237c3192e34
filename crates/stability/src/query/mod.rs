//! Is this one state stable? Asked of a model in option form without listing its states, for up to
//! [`MOST_OPTIONS`](crate::code::MOST_OPTIONS) options.
//!
//! Where nothing is infeasible, all that opponents can reach by any moves is a cube: their options, each in the directions in which it can be
//! changed. A sanction is looked for in it by branch and bound: statements are evaluated with some options open, and a part of the cube
//! in which nothing deters, or everything does, is not entered. One answer may deter many improvements at once: then what the decision maker
//! itself does is left open, too. Where vectors are infeasible, or the opponents' own improvements count, a cube without
//! sanctions still proves that there is none; else the opponents' moves are searched, the worst for the decision maker first.
//!
//! The canonical reading; a sanction may lead back to the state. Every search draws on one budget, and what it does not suffice for is not
//! decided.

mod aim;
mod search;

use std::fmt;

pub use aim::Aim;
use aim::{Part, Wants};
use search::{Cube, Stop};

use crate::code::Code;
use crate::concept::{Concept, DecisionMaker};
use crate::option_form::OptionForm;

/// What is known of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is stable.
    Stable,
    /// It is not.
    Unstable {
        /// An improvement that nothing deters.
        improvement: Code,
    },
    /// The budget was spent before that could be told.
    NotDecided,
}

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryError {
    /// The state is ruled out.
    Infeasible,
    /// There is no such decision maker.
    NoSuchDecisionMaker,
    /// There are not as many aims as decision makers.
    Aims,
    /// An aim names an option that is not there.
    NoSuchOption,
    /// States that are one state, or single moves added or removed, need a model whose states are listed.
    NeedsList,
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            QueryError::Infeasible => "the state is ruled out",
            QueryError::NoSuchDecisionMaker => "there is no such decision maker",
            QueryError::Aims => "there are not as many aims as decision makers",
            QueryError::NoSuchOption => "an aim names an option that is not there",
            QueryError::NeedsList => "states made one and single moves need a model whose states are listed",
        })
    }
}

impl std::error::Error for QueryError {}

/// Whether a state is stable for a decision maker. `budget` bounds the steps of all searches together, each linear in the length
/// of the rules and aims: a million take about a second.
///
/// # Errors
/// See [`QueryError`].
pub fn stable(
    form: &OptionForm,
    aims: &[Aim],
    state: Code,
    decision_maker: DecisionMaker,
    concept: Concept,
    budget: u64,
) -> Result<Answer, QueryError> {
    let options = form.options().len();
    if aims.len() != form.decision_makers() {
        return Err(QueryError::Aims);
    }
    if decision_maker.0 >= aims.len() {
        return Err(QueryError::NoSuchDecisionMaker);
    }
    if !form.same_state().is_empty() || !form.edits().is_empty() {
        return Err(QueryError::NeedsList);
    }
    let named = |aim: &Aim| match aim {
        Aim::Statements(statements) => {
            statements.iter().filter_map(|entry| entry.greatest_option()).max().map_or(0, |k| k + 1)
        }
        Aim::Weights(weights) => weights.len(),
    };
    if aims.iter().any(|aim| named(aim) > options) {
        return Err(QueryError::NoSuchOption);
    }
    if !form.feasible(state) {
        return Err(QueryError::Infeasible);
    }
    let wants: Vec<Wants<'_>> = aims.iter().map(Wants::new).collect();
    let mut cube = Cube::new(form, &wants, decision_maker, state, concept, budget);
    let own = cube.changeable(decision_maker, state);
    let part = Part { known: Code::first(options), code: state }.without(own);
    Ok(match cube.improvements(part, own) {
        Ok(None) => Answer::Stable,
        Ok(Some(improvement)) => Answer::Unstable { improvement },
        Err(Stop) => Answer::NotDecided,
    })
}
