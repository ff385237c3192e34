//! Stability models: a conflict as a graph model, from a TOML file or a `.gmcr` file.
//!
//! 1. [`read`] reads a file, in either format.
//! 2. It gives a [`StabilityModel`]: options or states, who can move where, what each decision maker prefers, and how sure that is.
//! 3. [`to_toml`] writes a model as TOML, which is read to the same model.
//! 4. Models in the folder of a case are parts of it: a [`CaseModel`] each.
//!
//! What can be said without listing the states is checked here. The rest (a ranking that misses a state, a status quo that cannot be) is
//! found when the model is turned into one to compute with; for that, what is written keeps its [`Place`].

mod form;
mod fraction;
mod gmcr;
mod of_case;
mod preference;
mod read;
mod write;

pub use form::{ArcEdit, Change, Forbidden, Form, GraphForm, GraphState, Infeasible, ModelOption, OptionForm};
pub use form::{Moves, Pattern, SameState, StateName};
pub use fraction::Fraction;
pub(crate) use of_case::read_folder;
pub use of_case::{CaseModel, MOST_MODELS, is_model_file};
pub use preference::{Basis, Order, Places, Preference, Ranking, Statement, Unknown, Weight, Weights};
pub use read::read;
pub use write::to_toml;

use crate::diagnostic::Diagnostic;
use crate::expression::{Atom, Expression, Name};
use crate::ids::{Id, List};
use crate::marking::Marking;
use crate::when::Day;

/// The schema number that this version reads.
pub const SCHEMA: i64 = 1;

/// The folder of a case in which its models lie.
pub const FOLDER: &str = "stability/";

/// What the folder unlocks.
pub const UNLOCKS: &str = "which outcomes would hold";

/// Most options of a model.
pub const MOST_OPTIONS: usize = 256;

/// Most decision makers of a model.
pub const MOST_DECISION_MAKERS: usize = 256;

/// Most states that a model lists one by one, as a graph form does.
pub const MOST_STATES: usize = 1 << 20;

/// Most statements of a decision maker, and most entries of a kind such as `[[infeasible]]`.
pub const MOST_ENTRIES: usize = 4096;

/// Largest file of a model, in bytes.
pub const LARGEST: usize = 32 << 20;

/// A model of a conflict, as a file states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StabilityModel {
    /// The file, as messages name it.
    pub file: FileName,
    /// Its name for people.
    pub title: Box<str>,
    /// Where it was read: the id of a source of the case, or free text. Text without spaces is an id.
    pub source: Option<Placed<Box<str>>>,
    /// Remarks.
    pub note: Box<str>,
    /// The day of which it speaks.
    pub at: Option<Day>,
    /// Marking of its own.
    pub marking: Option<Marking>,
    /// Who decides, in the order of the file.
    pub decision_makers: List<DecisionMaker>,
    /// Options, or states; and who can move where.
    pub form: Form,
    /// Where the conflict stands.
    pub status_quo: Option<Placed<StatusQuo>>,
    /// Coalitions to ask about; at least two members each.
    pub coalitions: Vec<Vec<Id<DecisionMaker>>>,
}

/// Who decides, and what it prefers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionMaker {
    /// Id, unique in the model.
    pub id: Box<str>,
    /// Its name for people; the id where the file has none.
    pub name: Box<str>,
    /// The actor of the case that it stands for, as the file writes it.
    pub actor: Option<Placed<Box<str>>>,
    /// What it prefers.
    pub preference: Placed<Preference>,
    /// States whose order is not known.
    pub unknown: Vec<Placed<Unknown>>,
}

/// Where the conflict stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusQuo {
    /// In the state of this number.
    State(StateNumber),
    /// In the one state in which this holds.
    When(Formula),
}

/// A logical rule over the options of a model, with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The rule as it is written.
    pub text: Box<str>,
    /// The rule; an atom holds where the option is taken.
    pub rule: Expression<Id<ModelOption>>,
}

impl Formula {
    /// A rule with the text that is read to it.
    #[must_use]
    pub fn new(rule: Expression<Id<ModelOption>>, options: &List<ModelOption>) -> Self {
        let name = |option: Id<ModelOption>| Atom::Name(Name { text: options[option].id.clone(), span: 0..0 });
        let text = rule.clone().map_atoms(&mut |option| name(option)).to_string();
        Formula { text: text.into(), rule }
    }
}

/// The number of a state, from 1. In option form the numbers count the feasible states by rising binary value, the first option being the
/// lowest bit, before states are made one; in graph form they are the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateNumber(pub std::num::NonZeroU32);

impl StateNumber {
    /// The number, from 1.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

impl std::fmt::Display for StateNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The name of the file of a model. It says where the model was read and not what it is, so any two are equal.
#[derive(Clone, Debug, Default)]
pub struct FileName(pub Box<str>);

impl PartialEq for FileName {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for FileName {}

/// Where something stands in a file.
#[derive(Clone, Debug)]
pub enum Place {
    /// A line and a column, from 1.
    Text(u64, u64),
    /// A path of keys in a JSON file, for instance `decisionMakers[0].preferences`.
    Path(Box<str>),
}

impl Place {
    /// A finding at this place.
    #[must_use]
    pub fn on(&self, finding: Diagnostic) -> Diagnostic {
        match self {
            Place::Text(line, column) => finding.at(*line, Some(*column)),
            Place::Path(path) => Diagnostic { message: format!("{path}: {}", finding.message), ..finding },
        }
    }
}

/// A value with its place. Two are equal if their values are.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
impl<T: Eq> Eq for Placed<T> {}

impl<T> std::ops::Deref for Placed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
