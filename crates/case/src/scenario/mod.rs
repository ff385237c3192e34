//! `scenarios.toml`: factors that may turn out one way or another, and named settings of them.
//!
//! A factor is something outside the talks that a number describes. `drivers.csv` says which inputs it moves, and how far. A scenario sets
//! some factors, takes some limits as lifted, and rules out states of stability models; all else stays as the case has it.

mod check;
mod read;

use crate::diagnostic::{Code, Diagnostic};
use crate::ids::{Id, List};
use crate::marking::Marking;
use crate::range::{Decimal, Range};
use crate::source::Source;

pub use check::option_rule;
pub(crate) use check::{DriverLine, report_drivers};
pub(crate) use read::read;

/// The file's name.
pub const FILE: &str = "scenarios.toml";

/// What the file unlocks.
pub const UNLOCKS: &str = "the scenario table";

/// The schema number that this version reads.
pub const SCHEMA: i64 = 1;

/// Most factors, and most scenarios, of a case.
pub const MOST_ENTRIES: usize = 200;

/// The keys of a factor: (key, whether every factor has it, what stands in it).
pub const FACTOR_KEYS: [(&str, bool, &str); 10] = [
    ("id", true, "id of the factor, as `drivers.csv` and `set` name it"),
    ("title", true, "what it is, for people"),
    ("unit", false, "its unit"),
    ("series", false, "a series of factors.csv that shows it; what it is today is the last value known"),
    ("base", false, "what it is today, where no series shows it; 0 if missing"),
    ("low", true, "the least that is looked at"),
    ("high", true, "the most that is looked at"),
    ("source_id", false, "id of a source in the bibliography; without one the range is an assumption"),
    ("reason", false, "why this range; an assumption has one"),
    ("marking", false, "public, restricted or confidential"),
];

/// The keys of a scenario, likewise.
pub const SCENARIO_KEYS: [(&str, bool, &str); 7] = [
    ("id", true, "id of the scenario"),
    ("title", true, "what happens in it, for people"),
    ("note", false, "why it is looked at"),
    ("set", false, "what factors are in it: `{ aid = 0.5, front = [18, 20, 22] }`, a number or low, best and high"),
    ("lift", false, "ids of rows of positions.csv; what they rule out is taken as ruled out no more"),
    ("rule_out", false, "states of stability models that cannot be: `[{ model = \"ceasefire\", when = \"us_arms\" }]`"),
    ("marking", false, "public, restricted or confidential"),
];

/// Something that may turn out one way or another.
#[derive(Clone, Debug)]
pub struct ScenarioFactor {
    /// Id.
    pub id: Box<str>,
    /// What it is, for people.
    pub title: Box<str>,
    /// Its unit.
    pub unit: Box<str>,
    /// What it is today.
    pub today: Today,
    /// The least that is looked at.
    pub low: Decimal,
    /// The most that is looked at; more than the least.
    pub high: Decimal,
    /// Where the range was read; without one it is an assumption.
    pub source: Option<Id<Source>>,
    /// Why this range.
    pub reason: Box<str>,
    /// Marking of its own.
    pub marking: Option<Marking>,
}

/// What a factor is today.
#[derive(Clone, Debug)]
pub enum Today {
    /// The last value of a series of `factors.csv`.
    Series(Box<str>),
    /// A number.
    Number(Decimal),
}

/// A named setting of factors.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Id.
    pub id: Box<str>,
    /// What happens in it, for people.
    pub title: Box<str>,
    /// Why it is looked at.
    pub note: Box<str>,
    /// What factors are in it, in the order of the factors; those that are not here stay as they are.
    pub set: Vec<(Id<ScenarioFactor>, Range)>,
    /// Rows whose limits are taken as lifted.
    pub lift: Vec<PlacedText>,
    /// States of stability models that cannot be.
    pub rule_out: Vec<RuledOut>,
    /// Marking of its own.
    pub marking: Option<Marking>,
}

/// States of a stability model that cannot be in a scenario.
#[derive(Clone, Debug)]
pub struct RuledOut {
    /// The name of the model.
    pub model: PlacedText,
    /// What holds in the states, as the file writes it: a rule over the options of the model.
    pub when: PlacedText,
}

/// A text and its place in the file: line and column, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedText {
    /// The text.
    pub text: Box<str>,
    /// Where it stands.
    pub place: (u64, u64),
}

impl PlacedText {
    /// A finding at this place.
    pub(crate) fn finding(&self, code: Code, message: String) -> Diagnostic {
        Diagnostic::new(code, FILE, message).at(self.place.0, Some(self.place.1))
    }
}

/// The factors and scenarios of a case.
#[derive(Debug, Default)]
pub(crate) struct ScenariosFile {
    pub(crate) factors: List<ScenarioFactor>,
    pub(crate) scenarios: List<Scenario>,
}

impl ScenariosFile {
    pub(crate) fn is_marked(&self) -> bool {
        self.factors.iter().any(|row| row.marking.is_some()) || self.scenarios.iter().any(|row| row.marking.is_some())
    }
}
