//! What is assumed where the case says nothing, or leaves it open.

use detente_case::actor::Actor;
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::{Case, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::OneSided;
use crate::ensemble::rounded;
use crate::stance::Stance;

/// Something that is assumed, with the range that is admissible in its place.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Assumption {
    /// Name of the input that it sets; empty where it is not drawn.
    pub input: String,
    /// What it is about.
    pub what: String,
    /// What is used where one number is needed, in words or numbers.
    pub used: String,
    /// The least of the range over which it is drawn; none where it is not drawn.
    pub low: Option<f64>,
    /// The greatest of that range.
    pub high: Option<f64>,
    /// Why this is used, and what would replace it.
    pub reason: String,
    /// Ids of the rows behind it.
    pub rows: Vec<String>,
    /// Id of the source, where the case states the number.
    pub source: Option<String>,
}

impl Assumption {
    pub(super) fn places(input: &str, issue: &Issue, best: &[f64]) -> Self {
        Assumption {
            input: input.to_owned(),
            what: format!("How far apart the options of “{}” are", issue.title),
            used: list(issue.options.iter().map(|option| &*option.id).zip(best.iter().copied())),
            low: Some(0.0),
            high: Some(1.0),
            reason: "Only the order of options is data. The printed places are used for display; every placing that keeps the order is drawn.".into(),
            rows: Vec::new(),
            source: None,
        }
    }

    pub(crate) fn one_of(input: &str, case: &Case, stance: &Stance, set: OptionSet, furthest: usize) -> Self {
        let issue = &case.issues[stance.issue];
        let option = |option: OptionPlace| &*issue.options[usize::from(option.0)].id;
        let ends = |place: Option<OptionPlace>| place.map(|place| f64::from(place.0) + 1.0);
        Assumption {
            input: input.to_owned(),
            what: format!("Which option {} asks for on “{}”", case.actors[stance.actor].name, issue.title),
            used: set.iter().nth(furthest).map(option).unwrap_or_default().to_owned(),
            low: ends(set.lowest()),
            high: ends(set.highest()),
            reason: format!(
                "The words leave open {}. The furthest on the own side is used; each is drawn alike. The range is that of the order of options.",
                set.iter().map(option).collect::<Vec<_>>().join(", ")
            ),
            rows: stance
                .position
                .iter()
                .flat_map(|held| &held.rows)
                .map(|row| case.positions[*row].id.to_string())
                .collect(),
            source: None,
        }
    }

    pub(super) fn silent(actor: &Actor, issue: &Issue, one_sided: OneSided) -> Self {
        let used = match one_sided {
            OneSided::Opposed => "loses whatever the other side gains, one for one",
            OneSided::Indifferent | OneSided::LeftOut => "has all it asks for with any option",
        };
        Assumption {
            input: String::new(),
            what: format!("What {} wants on “{}”, on which it is silent", actor.name, issue.title),
            used: used.into(),
            low: None,
            high: None,
            reason: "Silence is neither consent nor refusal: the two extremes are computed apart, as bounds. A row in positions.csv replaces this.".into(),
            rows: Vec::new(),
            source: None,
        }
    }

    pub(super) fn weights(input: &str, actor: &Actor, parts: &[&str], best: &[f64]) -> Self {
        Assumption {
            input: input.to_owned(),
            what: format!("What {} gives weight to, among {}", actor.name, parts.join(", ")),
            used: list(parts.iter().copied().zip(best.iter().copied())),
            low: Some(0.0),
            high: Some(1.0),
            reason: "No weights are stated: equal ones are used, and every weighting is drawn. Rows in salience.csv replace this.".into(),
            rows: Vec::new(),
            source: None,
        }
    }

    /// A stated number that cannot be used, because its issue does not enter.
    pub(crate) fn left_out(what: String, issue: &Issue, source: Option<String>) -> Self {
        Assumption {
            input: String::new(),
            what,
            used: "left out".into(),
            low: None,
            high: None,
            reason: format!(
                "“{}” does not enter: not every principal asks for something there, or all ask for the same. A package holds no option of it here.",
                issue.title
            ),
            rows: Vec::new(),
            source,
        }
    }

    pub(super) fn in_words(case: &Case, actor: Id<Actor>, issue: Id<Issue>, option: OptionPlace, words: &str) -> Self {
        let of = &case.issues[issue];
        let option = &of.options[usize::from(option.0)];
        Assumption {
            input: String::new(),
            what: format!(
                "Whether the condition of {} for “{}” ({}) is met",
                case.actors[actor].name, option.label, of.title
            ),
            used: format!("it can be met: {words}"),
            low: None,
            high: None,
            reason: "The condition lies on no scale, so no package can be held against it.".into(),
            rows: Vec::new(),
            source: None,
        }
    }
}

/// Names with their numbers: `a 0.25, b 0.75`.
fn list<'a>(parts: impl Iterator<Item = (&'a str, f64)>) -> String {
    let part = |(name, number): (&str, f64)| format!("{name} {}", (rounded(number) * 1e4).round() / 1e4);
    parts.map(part).collect::<Vec<_>>().join(", ")
}
