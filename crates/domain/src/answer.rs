//! What a study of a domain comes to, as it is printed with `--json`. Numbers are texts, exact: a decimal if it ends, else a fraction.

use schemars::JsonSchema;
use serde::Serialize;

/// What `--json` prints: one answer, or both readings of GENIUS profiles where none was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Printed {
    /// The answer.
    One(Box<Answer>),
    /// An answer for each reading.
    Readings {
        /// As the numbers stand, then as shares of the greatest of each issue.
        readings: Vec<Answer>,
        /// Whether the readings have other frontiers or single other packages out.
        differ: bool,
    },
}

/// The packages of a domain: how many there are, which no package improves on, and which stand out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answer {
    /// What the domain is called.
    pub domain: String,
    /// How evaluations of GENIUS profiles were read: `raw` or `genius`; none for a table.
    pub scores: Option<String>,
    /// The parties, in the order of all vectors.
    pub parties: Vec<PartyAnswer>,
    /// The issues, in the order of all packages.
    pub issues: Vec<IssueAnswer>,
    /// The rules, as they are written.
    pub rules: Vec<String>,
    /// Whether what a package is worth is the sum over its options. If not, combinations were searched.
    pub additive: bool,
    /// How many packages there are, all rules met; none if that could not be counted.
    pub packages: Option<String>,
    /// The frontier of all packages; none if it is larger than the limit.
    pub frontier: Option<Frontier>,
    /// The frontier of the packages that reach every reservation and disagreement value; none if it is larger than the limit.
    pub zone: Option<Frontier>,
    /// What is known where a frontier is larger than the limit.
    pub bound: Option<Bound>,
    /// The rule by which disagreement values were found: `reservation`, `minimum`, `zero` or `status-quo`.
    pub disagreement_rule: String,
    /// What each party gets without agreement; none if the rule gives no values.
    pub disagreement: Option<Vec<String>>,
    /// Over which packages the greatest worth of a party is taken for Kalai–Smorodinsky: `zone` or `all`.
    pub ideal_over: String,
    /// The greatest worth of each party over those packages; none if it was not needed or not found.
    pub ideal: Option<Vec<String>>,
    /// For each concept, the worths that tie.
    pub solutions: Solutions,
    /// The same with formulas, packages, and what is worth knowing of each.
    pub found: Vec<Found>,
}

/// A party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PartyAnswer {
    /// Its name.
    pub name: String,
    /// The least that it accepts; none if nothing is said.
    pub reservation: Option<String>,
    /// What worth is multiplied by for each unit of time. Not applied.
    pub discount: Option<String>,
    /// The least that its issues can be worth to it, each by itself; rules left aside.
    pub least: String,
    /// The most that they can be worth to it.
    pub most: String,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IssueAnswer {
    /// Its name.
    pub name: String,
    /// How many options it has.
    pub options: usize,
}

/// Worths that no package improves for one party without a loss for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Frontier {
    /// How many different worths.
    pub points: usize,
    /// How many packages have them.
    pub packages: String,
    /// The first of them, the greatest for the first party first; as many as were asked for.
    pub vectors: Vec<Vector>,
}

/// What packages are worth, one number a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Vector {
    /// The worth to each party.
    pub worth: Vec<String>,
    /// How many packages are worth exactly that.
    pub packages: String,
    /// The first of them, as many as were asked for: one option an issue.
    pub first: Vec<Vec<String>>,
}

/// What is known where a frontier has more points than the limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Bound {
    /// The limit.
    pub limit: usize,
    /// What it limits: `vectors`, or `ways in which rules can stand`.
    pub of: String,
    /// Issues whose options had been added when it was passed.
    pub issues_done: usize,
    /// What no package is worth more than, to each party.
    pub most: Vec<String>,
}

/// For each concept all worths that tie, one number a party; empty if there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Solutions {
    /// The greatest product of gains.
    pub nash: Vec<Vec<String>>,
    /// The greatest least share of what each could gain.
    pub kalai_smorodinsky: Vec<Vec<String>>,
    /// The greatest least gain.
    pub egalitarian: Vec<Vec<String>>,
    /// The greatest sum of worths.
    pub utilitarian: Vec<Vec<String>>,
}

/// What stands out by one concept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Found {
    /// Which.
    pub concept: Concept,
    /// What is compared, in words.
    pub formula: String,
    /// Whether there is a point.
    pub state: State,
    /// What was compared, greatest first to decide: a product, a sum, or gains or shares from the least on.
    pub value: Vec<String>,
    /// All worths that tie, with their packages.
    pub tied: Vec<Vector>,
    /// What is worth knowing of it, in words.
    pub remarks: Vec<String>,
}

/// A way to single a package out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Concept {
    /// Nash 1950.
    Nash,
    /// Kalai and Smorodinsky 1975, in the discrete form.
    KalaiSmorodinsky,
    /// Kalai 1977.
    Egalitarian,
    /// The greatest sum.
    Utilitarian,
}

/// Whether a concept singles anything out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It does.
    Found,
    /// There are packages, and it singles none out.
    Degenerate,
    /// There is no package to single out.
    NoPackage,
    /// It could not be computed: a remark says why.
    NotComputed,
}
