//! Which outcomes of a conflict would hold? The Graph Model for Conflict Resolution (Kilgour, Hipel and Fang 1987), exact in whole numbers;
//! nothing here knows a case, a file or a word.
//!
//! 1. A [`Model`] is states and the moves of each decision maker between them: from an [`OptionForm`] (who can change which options, which
//!    vectors cannot be, which are one state) or a [`GraphForm`] (moves one by one).
//! 2. What a decision maker prefers is [`Ranks`]: from a ranking, from weights, from [`statements`] in order of importance; or a
//!    [`Preference`], in which some pairs are not known.
//! 3. A [`Concept`] says what deters a decision maker from an improvement; [`Rules`] name the reading. [`Verdicts`] say which state is stable
//!    for whom, and which are equilibria.
//!
//! 4. A [`certificate`](fn@certificate) says why; a [`query`] asks about one state of a model too large to be listed.
//! 5. [`coalition`]: what holds against several who move together. [`status_quo`]: what can come about, and how. [`inverse`]: what would
//!    make a state an equilibrium.
//!
//! The prisoner's dilemma, by statements in order: each wants the other to cooperate, then not to cooperate itself.
//!
//! ```
//! use detente_stability::*;
//!
//! let form = OptionForm::new(vec![Moves::Both; 2], &[vec![0], vec![1]])?;
//! let model = Model::from_options(form, 1000)?;
//! let wants = |own: usize, other: usize| {
//!     let statements = [Formula::Option(other), Formula::Not(Formula::Option(own).into())];
//!     statements::prioritise(|| model.feasible().into_iter().flat_map(States::codes), &statements).ranks.into()
//! };
//! let verdicts = analyse(&model, &[wants(0, 1), wants(1, 0)], Rules::default())?;
//! let equilibria = |concept| verdicts.equilibria(concept).map(State::number).collect::<Vec<_>>();
//! assert_eq!(equilibria(Concept::Nash), [1]);
//! assert_eq!(equilibria(Concept::Seq), [1, 4]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! States, options and decision makers are counted from 0 inside; [`State::number`] is what people read.

// The generator of random models of the tests in `tests/` serves those in here too, and names the crate.
#[cfg(test)]
extern crate self as detente_stability;

mod analyse;
pub mod certificate;
pub mod coalition;
pub mod code;
mod concept;
mod engine;
mod explicit;
mod fast;
mod formula;
mod gather;
mod graph;
pub mod inverse;
mod model;
mod option_form;
mod pairs;
mod preference;
pub mod query;
mod ranks;
mod sequence;
pub mod statements;
mod states;
pub mod status_quo;
mod table;
mod verdicts;

pub use analyse::{AnalyseError, MOST_STEPS, analyse};
pub use certificate::{Certificate, certificate};
pub use code::Code;
pub use concept::{Concept, DecisionMaker, JointMoves, Returns, Rules, State, Unknowns};
pub use engine::{Buffers, Topology};
pub use formula::Formula;
pub use graph::{GraphError, GraphForm, Origin};
pub use model::{MOST_MOVES, Model, ModelError};
pub use option_form::{Edit, FormError, Moves, OptionForm};
pub use preference::{NoPair, Preference, Relation};
pub use ranks::{Exact, RankedApart, RankingError, Ranks};
pub use states::{MOST_STATES, Removed, States, StatesError, memory};
pub use verdicts::Verdicts;
