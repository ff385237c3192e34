//! The positions of a case as tables of numbers, one an issue (layer C).
//!
//! Who takes part is a choice: those whose consent is needed, or everyone who has a position in its own words. Capabilities are not invented:
//! where none are stated, all weigh the same. Where some are, those without one count as the mean of the others. What salience nobody
//! states spans its whole range. Options stand at their printed places; every placing that keeps their order is drawn. A vague ask is one of its
//! options, each drawn alike; where one number is needed, the furthest on the own side.

use detente_case::actor::Actor;
use detente_case::input::salience::Weighed;
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::{Case, Day, Id, Moment, Record};
use detente_forecast::{Mean, Positions, PositionsError, Scale, Stand};
use schemars::JsonSchema;
use serde::Serialize;

use super::question::{ActorOf, IssueOf, Question, Setting};
use super::{Domain, Forecast, forecast};
use crate::about::{About, At, Layer, Settings};
use crate::ensemble::{Distribution, Draw, Input, InputError, Inputs, rounded};
use crate::progress::Progress;
use crate::stance::{Line, Stance, ruled_out};
use crate::view::stated::{stated, unstated};
use crate::view::{Assumption, Toward, places};

/// Who takes part in a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Participants {
    /// Those whose consent is needed.
    Principals,
    /// Everyone who has a position in its own words.
    Everyone,
}

/// What positions, salience and capability a case states on one issue at a day, with what is uncertain about them left open.
///
/// Inputs of several issues that have one name are drawn alike.
#[derive(Clone, Debug)]
pub struct CaseTable<'c> {
    case: &'c Case,
    issue: Id<Issue>,
    options: usize,
    /// The input of its places, where there is more than one way to place its options in order.
    places: Option<usize>,
    asks: Vec<Ask>,
    /// For each principal that has ruled options out, which; laws included.
    closed: Vec<(Id<Actor>, OptionSet)>,
    inputs: Inputs,
    assumptions: Vec<Assumption>,
}

/// What one actor asks for, and what is stated of it.
#[derive(Clone, Debug)]
struct Ask {
    actor: Id<Actor>,
    set: OptionSet,
    /// Which option of a vague ask it is.
    which: Option<usize>,
    rows: Vec<String>,
    salience: Salience,
    /// The input of its capability; none where none is stated.
    capability: Option<usize>,
}

/// What weight an actor gives to issues.
#[derive(Clone, Debug)]
enum Salience {
    /// For each input, the issues among which it is split evenly.
    Stated(Vec<(usize, Vec<Id<Issue>>)>),
    /// One number from 0 to 1 for every issue.
    Unstated(usize),
}

/// Forecasts of the issues of a case, and what they are near to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CaseForecast {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// Who takes part.
    pub participants: Participants,
    /// On how many issues there is a forecast.
    pub coverage: CaseCoverage,
    /// The forecasts, on scales from 0 to 100.
    #[serde(flatten)]
    pub forecast: Forecast,
    /// What the weighted mean of each issue is near to, in the order of the forecasts.
    pub options: Vec<OptionNear>,
    /// What is assumed where the case says nothing, each once.
    pub assumptions: Vec<Assumption>,
}

/// On how many issues there is a forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CaseCoverage {
    /// Issues on which at least two who take part have a position.
    pub forecast: usize,
    /// Issues of the case with a scale.
    pub issues: usize,
}

/// What the weighted mean of an issue is near to.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OptionNear {
    /// Id of the issue.
    pub issue: String,
    /// Id of the option nearest to the weighted mean, options at their printed places.
    pub nearest: String,
    /// Ids of the principals whose limits, laws included, rule that option out.
    pub ruled_out_by: Vec<String>,
    /// Ids of the rows that state the positions, in the order of the actors.
    pub rows: Vec<Vec<String>>,
    /// The weighted mean of everyone who has a position in its own words, and how many they are; none where those are the same who take part.
    pub everyone: Option<Everyone>,
}

/// What everyone's positions come to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Everyone {
    /// How many actors have a position.
    pub actors: usize,
    /// Their weighted mean.
    pub mean: f64,
}

/// Forecasts of the issues of a case at a moment. `progress` hears the number of draws done, over all issues.
///
/// # Errors
/// [`NoForecast`] where there is nothing to forecast from.
pub fn of_case(
    case: &Case,
    moment: Moment,
    settings: Settings,
    how: &Setting,
    who: Participants,
    progress: &mut Progress<'_>,
) -> Result<CaseForecast, NoForecast> {
    let record = Record::known_by(case, moment.known);
    let all = tables(record, moment.at, who).map_err(|_| NoForecast::Numbers)?;
    if all.is_empty() {
        return Err(NoForecast::NoIssue);
    }
    let everyone = match who {
        Participants::Everyone => Vec::new(),
        Participants::Principals => {
            tables(record, moment.at, Participants::Everyone).map_err(|_| NoForecast::Numbers)?
        }
    };
    let options = all.iter().map(|table| table.near(&everyone)).collect::<Result<_, _>>();
    let mut assumptions: Vec<Assumption> = Vec::new();
    for assumption in all.iter().flat_map(CaseTable::assumptions) {
        if !assumptions.contains(assumption) {
            assumptions.push(assumption.clone());
        }
    }
    let coverage = CaseCoverage { forecast: all.len(), issues: case.issues.len() };
    let issues = all.into_iter().map(CaseTable::question).collect::<Result<_, _>>();
    let question =
        Question { issues: issues.map_err(|_| NoForecast::Numbers)?, domain: Domain::of(&case.settings.domain) };
    let about = About::new(Layer::C, "forecast", false, record, settings);
    Ok(CaseForecast {
        moment: moment.into(),
        participants: who,
        coverage,
        forecast: forecast(&question, how, about, progress).map_err(|_| NoForecast::Stopped)?,
        options: options.map_err(|_| NoForecast::Numbers)?,
        assumptions,
    })
}

/// Why a case has no forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoForecast {
    /// On no issue do two who take part have a position.
    NoIssue,
    /// The numbers of the case do not fit together.
    Numbers,
    /// Whoever listened to the progress ended it.
    Stopped,
}

impl std::fmt::Display for NoForecast {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NoForecast::NoIssue => {
                "on no issue do two of those who take part have a position in their own words at this day"
            }
            NoForecast::Numbers => "the numbers that the case states do not fit together",
            NoForecast::Stopped => "the computation was stopped before its end",
        })
    }
}

impl std::error::Error for NoForecast {}

/// The tables of a day: an issue on which at least two who take part have a position has one.
///
/// # Errors
/// [`InputError`] if two inputs of an issue have one name, which ids of the case rule out.
pub fn tables<'c>(record: Record<'c>, at: Day, who: Participants) -> Result<Vec<CaseTable<'c>>, InputError> {
    let case = record.case;
    let all: Vec<Id<Actor>> = match who {
        Participants::Principals => case.principals.clone(),
        Participants::Everyone => {
            let others = case.actors.ids().filter(|actor| !case.principals.contains(actor));
            case.principals.iter().copied().chain(others).collect()
        }
    };
    case.issues.ids().filter_map(|issue| CaseTable::new(record, at, issue, &all).transpose()).collect()
}

impl<'c> CaseTable<'c> {
    fn new(record: Record<'c>, at: Day, issue: Id<Issue>, all: &[Id<Actor>]) -> Result<Option<Self>, InputError> {
        let case = record.case;
        let stances: Vec<_> = all.iter().map(|actor| Line::new(record, *actor, issue).stance(at)).collect();
        let spoken: Vec<OptionSet> =
            stances.iter().filter_map(|stance| stance.position.as_ref()).map(|held| held.options).collect();
        if spoken.len() < 2 {
            return Ok(None);
        }
        let options = case.issues[issue].options.len();
        let mut making = Making { record, at, inputs: Vec::new(), assumptions: Vec::new() };
        let places = places(case, issue, &mut making.inputs, &mut making.assumptions);
        let asks = stances.iter().filter_map(|stance| making.ask(stance, &spoken, options)).collect();
        let principals = stances.iter().filter(|stance| case.principals.contains(&stance.actor));
        let closed = principals.map(|stance| (stance.actor, ruled_out(&stance.limits, true)));
        let closed = closed.filter(|(_, set)| !set.is_empty()).collect();
        let (inputs, assumptions) = (Inputs::new(making.inputs)?, making.assumptions);
        Ok(Some(CaseTable { case, issue, options, places, asks, closed, inputs, assumptions }))
    }

    /// The issue.
    #[must_use]
    pub fn issue(&self) -> Id<Issue> {
        self.issue
    }

    /// What is only known as a range.
    #[must_use]
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// What was assumed where the case says nothing.
    #[must_use]
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// Where each of them stands in a run, what it cares and what it can do: places from 0 to 100.
    #[must_use]
    pub fn stands(&self, draw: &Draw<'_>) -> Vec<Stand> {
        let places = self.places(draw);
        let stated: Vec<Option<f64>> = self.asks.iter().map(|ask| ask.salience.stated(self.issue, draw)).collect();
        let mean = |known: &[f64]| (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64);
        let known: Vec<f64> = stated.iter().copied().flatten().collect();
        let of_others = mean(&known);
        let capability = |ask: &Ask| ask.capability.map(|input| draw.get(input)[0]);
        let capabilities: Vec<f64> = self.asks.iter().filter_map(capability).collect();
        let usual = mean(&capabilities).unwrap_or(1.0);
        let stand = |(ask, stated): (&Ask, &Option<f64>)| Stand {
            position: ask.place(&places, draw).clamp(0.0, 100.0),
            salience: stated.or(of_others).unwrap_or_else(|| ask.salience.drawn(draw)).clamp(0.0, 1.0),
            capability: capability(ask).unwrap_or(usual),
        };
        self.asks.iter().zip(&stated).map(stand).collect()
    }

    /// The same as positions. There are two actors at least, all on the scale.
    ///
    /// # Errors
    /// None for a run of this table's own inputs.
    pub fn positions(&self, draw: &Draw<'_>) -> Result<Positions, PositionsError> {
        Positions::new(self.stands(draw), Scale::PERCENT)
    }

    /// The place of each option in a run, from 0 to 100.
    #[must_use]
    pub fn places(&self, draw: &Draw<'_>) -> Vec<f64> {
        match self.places {
            Some(input) => draw.get(input).iter().map(|place| 100.0 * place).collect(),
            None if self.options == 1 => vec![50.0],
            None => vec![0.0, 100.0],
        }
    }

    /// The option nearest to a place, with options at their printed places; of two, the lower.
    #[must_use]
    pub fn nearest(&self, place: f64) -> OptionPlace {
        let places = self.places(&self.inputs.best());
        let distance = |option: &usize| (places[*option] - place).abs();
        let nearest = (0..places.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0);
        OptionPlace(u8::try_from(nearest).unwrap_or(u8::MAX))
    }

    /// The principals whose limits rule out an option.
    pub fn closed_by(&self, option: OptionPlace) -> impl Iterator<Item = Id<Actor>> {
        self.closed.iter().filter(move |(_, set)| set.contains(option)).map(|(actor, _)| *actor)
    }

    /// What the weighted mean is near to.
    fn near(&self, everyone: &[CaseTable<'_>]) -> Result<OptionNear, PositionsError> {
        let mean = |table: &CaseTable<'_>| {
            table.positions(&table.inputs.best()).map(|positions| rounded(Mean::of(&positions).value()))
        };
        let nearest = self.nearest(mean(self)?);
        let all =
            everyone.iter().find(|table| table.issue == self.issue).filter(|all| all.asks.len() > self.asks.len());
        let issue = &self.case.issues[self.issue];
        Ok(OptionNear {
            issue: issue.id.to_string(),
            nearest: issue.options[usize::from(nearest.0)].id.to_string(),
            ruled_out_by: self.closed_by(nearest).map(|actor| self.case.actors[actor].id.to_string()).collect(),
            rows: self.asks.iter().map(|ask| ask.rows.clone()).collect(),
            everyone: match all {
                Some(all) => Some(Everyone { actors: all.asks.len(), mean: mean(all)? }),
                None => None,
            },
        })
    }

    /// The table as an issue of a question.
    ///
    /// # Errors
    /// None for a table of a case.
    pub fn question(self) -> Result<IssueOf<'c>, PositionsError> {
        let best = self.positions(&self.inputs.best())?;
        let of = &self.case.issues[self.issue];
        let actor = |ask: &Ask| {
            let actor = &self.case.actors[ask.actor];
            ActorOf { id: actor.id.to_string(), name: actor.name.to_string() }
        };
        let inputs = self.inputs.clone();
        Ok(IssueOf {
            id: of.id.to_string(),
            title: of.title.to_string(),
            actors: self.asks.iter().map(actor).collect(),
            best,
            inputs,
            bind: Box::new(move |draw, stands| stands.copy_from_slice(&self.stands(draw))),
            reference: None,
        })
    }
}

impl Ask {
    /// Where it stands in a run.
    fn place(&self, places: &[f64], draw: &Draw<'_>) -> f64 {
        let which = self.which.map_or(0, |input| draw.get(input)[0].round().max(0.0) as usize);
        let option = self.set.iter().nth(which.min(self.set.len().saturating_sub(1)));
        option.and_then(|option| places.get(usize::from(option.0)).copied()).unwrap_or(50.0)
    }
}

impl Salience {
    /// The share of an issue in all that rows state for the actor; none where they state none, or nothing of this issue.
    fn stated(&self, issue: Id<Issue>, draw: &Draw<'_>) -> Option<f64> {
        let Salience::Stated(rows) = self else { return None };
        let all: f64 = rows.iter().map(|(input, _)| draw.get(*input)[0]).sum();
        let of_issue: Vec<f64> = rows
            .iter()
            .filter(|(_, issues)| issues.contains(&issue))
            .map(|(input, issues)| draw.get(*input)[0] / issues.len() as f64)
            .collect();
        (all > 0.0 && !of_issue.is_empty()).then(|| of_issue.iter().sum::<f64>() / all)
    }

    fn drawn(&self, draw: &Draw<'_>) -> f64 {
        match self {
            Salience::Unstated(input) => draw.get(*input)[0],
            Salience::Stated(_) => 0.5,
        }
    }
}

/// The inputs of an issue in the making.
struct Making<'c> {
    record: Record<'c>,
    at: Day,
    inputs: Vec<Input>,
    assumptions: Vec<Assumption>,
}

impl Making<'_> {
    fn add(&mut self, (input, assumption): (Input, Assumption)) -> usize {
        self.inputs.push(input);
        self.assumptions.push(assumption);
        self.inputs.len() - 1
    }

    /// What an actor asks for; none if it is silent.
    fn ask(&mut self, stance: &Stance, spoken: &[OptionSet], options: usize) -> Option<Ask> {
        let case = self.record.case;
        let held = stance.position.as_ref()?;
        let set = held.options;
        let which = (set.len() > 1).then(|| {
            let furthest = match Toward::of(set, spoken, options) {
                Toward::High => set.len() - 1,
                Toward::Low => 0,
                Toward::Neither => (set.len() - 1) / 2,
            };
            let name = format!("position/{}/{}", case.actors[stance.actor].id, case.issues[stance.issue].id);
            let assumption = Assumption::one_of(&name, case, stance, set, furthest);
            let distribution = Distribution::OneOf { options: set.len() };
            self.add((Input { group: name.clone(), name, distribution, best: vec![furthest as f64] }, assumption))
        });
        Some(Ask {
            actor: stance.actor,
            set,
            which,
            rows: held.rows.iter().map(|row| case.positions[*row].id.to_string()).collect(),
            salience: self.salience(stance.actor),
            capability: self.capability(stance.actor),
        })
    }

    fn salience(&mut self, actor: Id<Actor>) -> Salience {
        let case = self.record.case;
        let of = &case.actors[actor];
        let rows: Vec<_> =
            self.record.salience(self.at).into_iter().filter(|(_, row)| row.about.actor == actor).collect();
        if rows.is_empty() {
            let reason = "No weights are stated, so the whole range is drawn; for one number, all care alike. Rows in salience.csv replace this.";
            let what = format!("What share of its effort {} gives to an issue", of.name);
            let name = format!("salience/{}", of.id);
            let input = unstated(name.clone(), name, (0.0, 1.0), 0.5, what, reason);
            return Salience::Unstated(self.add(input));
        }
        let named: Vec<Id<Issue>> = rows
            .iter()
            .filter_map(|(_, row)| match row.about.weighed {
                Weighed::Issue(issue) => Some(issue),
                Weighed::Group(_) => None,
            })
            .collect();
        let most = rows.iter().map(|(_, row)| row.range.high().value()).fold(0.0, f64::max);
        let mut parts = Vec::with_capacity(rows.len());
        for (_, row) in rows {
            let (issues, part) = match &row.about.weighed {
                Weighed::Issue(issue) => (vec![*issue], case.issues[*issue].id.to_string()),
                Weighed::Group(group) => {
                    let of_group = case.issues.with_ids().filter(|(_, issue)| issue.group == *group).map(|(id, _)| id);
                    // A row about an issue goes before one about its group.
                    (of_group.filter(|issue| !named.contains(issue)).collect(), format!("group/{group}"))
                }
            };
            let name = format!("salience/{}/{part}", of.id);
            let what = format!("What weight {} gives to {part}", of.name);
            let input = self.add(stated(case, row, name, format!("salience/{}", of.id), (0.0, most), what));
            if !issues.is_empty() {
                parts.push((input, issues));
            }
        }
        Salience::Stated(parts)
    }

    fn capability(&mut self, actor: Id<Actor>) -> Option<usize> {
        let case = self.record.case;
        let of = &case.actors[actor];
        let rows = self.record.capabilities(self.at);
        let most = rows.iter().map(|(_, row)| row.range.high().value()).fold(0.0, f64::max);
        let (_, row) = rows.into_iter().find(|(_, row)| row.about.actor == actor)?;
        let name = format!("capability/{}", of.id);
        let what = format!("What {} can bring to bear", of.name);
        Some(self.add(stated(case, row, name.clone(), name, (0.0, most), what)))
    }
}
