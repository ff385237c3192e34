//! Whether one state of a model holds, without listing its states: for models of dozens of options.

use std::fmt;

use detente_case::Id;
use detente_case::expression::Expression;
use detente_case::stability::{Form, ModelOption, OptionForm, Preference, StabilityModel, StatusQuo};
use detente_stability::code::Code;
use detente_stability::query::{self, Aim, Answer, QueryError};
use detente_stability::{Concept, DecisionMaker, Exact};
use num_traits::Zero as _;
use schemars::JsonSchema;
use serde::Serialize;

use super::model::{exact, formula, option_form};
use super::told::{ByConcept, OptionNow};
use crate::about::About;

/// Steps of search for one side and concept; about a tenth of a second.
const BUDGET: u64 = 1 << 17;

/// Whether one state holds.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SingleState {
    /// Name of the model.
    pub title: String,
    /// The day of which it speaks.
    pub at: Option<String>,
    /// The options, the first being the first letter of a state.
    pub options: Vec<OptionNow>,
    /// The state: for each option Y where it is taken, N where it is not.
    pub state: String,
    /// For each side in the order of the model, what is known.
    pub sides: Vec<SideOfState>,
    /// Whether the state holds for everybody.
    pub holds: ByConcept<Verdict>,
    /// Where the answer comes from.
    pub about: About,
}

/// Whether a state holds for one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SideOfState {
    /// Id of the decision maker.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the state holds for it.
    pub verdicts: ByConcept<Verdict>,
    /// Where it does not: the state to which it could go for good, in letters; empty elsewhere.
    pub improvements: ByConcept<String>,
}

/// What is known of a state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It does not hold.
    DoesNotHold,
    /// The search was given up before that could be told.
    #[default]
    NotDecided,
    /// It holds.
    Holds,
}

/// Which state is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// Where the model says that the conflict stands.
    StatusQuo,
    /// A letter for each option: Y where it is taken, N where it is not.
    Letters(&'a str),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSingle {
    /// The model is in graph form, whose states are listed anyway.
    GraphForm,
    /// The letters are not one for each option.
    Letters {
        /// How many options there are.
        options: usize,
    },
    /// The model does not say where the conflict stands, for every option.
    NoStatusQuo,
    /// The preference of this decision maker names states by number, or pairs of unknown order.
    NamesStates(String),
    /// As the engine says.
    Query(QueryError),
}

impl fmt::Display for NoSingle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoSingle::GraphForm => f.write_str("this model lists its states; ask with `--why STATE`"),
            NoSingle::Letters { options } => write!(
                f,
                "a state is given by {options} letters, one for each option in the order of the file: Y where it is taken, N where it is not"
            ),
            NoSingle::NoStatusQuo => f.write_str(
                "the `status_quo` of this model does not say of every option whether it is taken; give the state by letters, Y and N",
            ),
            NoSingle::NamesStates(side) => write!(
                f,
                "what `{side}` prefers names states by their numbers, which need the states listed; statements and weights do not"
            ),
            NoSingle::Query(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NoSingle {}

/// Whether one state of a model in option form holds, by the canonical reading, without listing the states. What is uncertain about
/// preferences is taken as the file gives it.
///
/// Cost: bounded for each side and concept; what that does not suffice for is not decided.
///
/// # Errors
/// See [`NoSingle`].
pub fn single(source: &StabilityModel, which: Which<'_>, about: About) -> Result<SingleState, NoSingle> {
    let Form::Options(stated) = &source.form else { return Err(NoSingle::GraphForm) };
    let form = option_form(source).ok_or(NoSingle::GraphForm)?;
    if !stated.edits.is_empty() {
        return Err(NoSingle::Query(QueryError::NeedsList));
    }
    let options = stated.options.len();
    let state = match which {
        Which::Letters(letters) => from_letters(letters, options).ok_or(NoSingle::Letters { options })?,
        Which::StatusQuo => status_quo(source, options).ok_or(NoSingle::NoStatusQuo)?,
    };
    let aims = source.decision_makers.iter().map(|maker| {
        let none_unknown = maker.unknown.is_empty();
        aim(&maker.preference.value, options)
            .filter(|_| none_unknown)
            .ok_or_else(|| NoSingle::NamesStates(maker.id.to_string()))
    });
    let aims: Vec<Aim> = aims.collect::<Result<_, _>>()?;
    let mut sides = Vec::new();
    for (place, maker) in source.decision_makers.iter().enumerate() {
        let mut verdicts = ByConcept::<Verdict>::default();
        let mut improvements = ByConcept::<String>::default();
        for concept in Concept::ALL {
            let answer =
                query::stable(&form, &aims, state, DecisionMaker(place), concept, BUDGET).map_err(NoSingle::Query)?;
            *verdicts.get_mut(concept) = match answer {
                Answer::Stable => Verdict::Holds,
                Answer::NotDecided => Verdict::NotDecided,
                Answer::Unstable { improvement } => {
                    *improvements.get_mut(concept) = letters(improvement, options);
                    Verdict::DoesNotHold
                }
            };
        }
        sides.push(SideOfState { id: maker.id.to_string(), name: maker.name.to_string(), verdicts, improvements });
    }
    let holds = |concept: Concept| sides.iter().map(|side| *side.verdicts.get(concept)).min().unwrap_or_default();
    Ok(SingleState {
        title: source.title.to_string(),
        at: source.at.map(|day| day.to_string()),
        options: options_now(stated),
        state: letters(state, options),
        holds: ByConcept::of(holds),
        sides,
        about,
    })
}

/// The options of a model, as they are told.
pub(super) fn options_now(form: &OptionForm) -> Vec<OptionNow> {
    let told = |option: &ModelOption| OptionNow {
        id: option.id.to_string(),
        label: option.label.to_string(),
        moves: option.moves.word().to_owned(),
    };
    form.options.iter().map(told).collect()
}

fn letters(state: Code, options: usize) -> String {
    (0..options).map(|option| if state.has(option) { 'Y' } else { 'N' }).collect()
}

fn from_letters(text: &str, options: usize) -> Option<Code> {
    let taken = |letter: char| match letter.to_ascii_uppercase() {
        'Y' => Some(true),
        'N' => Some(false),
        _ => None,
    };
    let letters: Vec<bool> = text.chars().map(taken).collect::<Option<_>>()?;
    let all = letters.iter().enumerate().fold(Code::NONE, |code, (option, taken)| code.with(option, *taken));
    (letters.len() == options).then_some(all)
}

/// Where the conflict stands, if the file says so of every option.
fn status_quo(source: &StabilityModel, options: usize) -> Option<Code> {
    let StatusQuo::When(rule) = &source.status_quo.as_ref()?.value else { return None };
    let mut known = vec![None; options];
    let mut rest = vec![&rule.rule];
    while let Some(rule) = rest.pop() {
        let (option, taken): (&Id<ModelOption>, bool) = match rule {
            Expression::All(entries) => {
                rest.extend(entries);
                continue;
            }
            Expression::Atom(option) => (option, true),
            Expression::Not(entry) => match &**entry {
                Expression::Atom(option) => (option, false),
                _ => return None,
            },
            _ => return None,
        };
        let before = known.get_mut(option.place())?.replace(taken);
        if before.is_some_and(|before| before != taken) {
            return None;
        }
    }
    let known: Vec<bool> = known.into_iter().collect::<Option<_>>()?;
    Some(known.iter().enumerate().fold(Code::NONE, |code, (option, taken)| code.with(option, *taken)))
}

/// What a decision maker wants, as a rule over options; nothing where it names states.
fn aim(preference: &Preference, options: usize) -> Option<Aim> {
    match preference {
        Preference::Ranking(_) => None,
        Preference::Indifferent => Some(Aim::Statements(Vec::new())),
        Preference::Statements(order) => {
            Some(Aim::Statements(order.statements.iter().map(|entry| formula(&entry.holds.rule)).collect()))
        }
        Preference::Weights(weights) => {
            let mut all = vec![Exact::zero(); options];
            for (option, weight) in weights.options() {
                *all.get_mut(option.place())? = exact(weight.best());
            }
            Some(Aim::Weights(all))
        }
    }
}
