//! What a plan would meet: each clause against each actor's own words (layer A), and plans compared by order alone (layer B).
//!
//! A clause is one option of an issue, or the options that its words leave open. For each option and each actor a [`Verdict`] says
//! whether the actor asks for it, has tabled it before, has not ruled it out, rules it out, or is silent, with the rows. Conditions
//! of offers are held against the plan's own clauses. Of two plans one *dominates* if on the clauses that both have no principal
//! loses and one gains. See `docs/methods/plan.md`.

mod compare;

use detente_case::actor::Actor;
use detente_case::condition::{Condition, Requirement};
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::package::{self, Clause, Package};
use detente_case::position::{Position, Subject};
use detente_case::{Case, Id, Moment, Record, When};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::stance::{self, Limit, Line, Stance, Tabled};

pub use compare::{Change, Comparison, Outcome, SideOnIssue};

/// Plans against the words of each actor.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Plans {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// The plans asked about, in the order asked; all in the order of the file if none is named.
    pub packages: Vec<PlanMatrix>,
    /// Each plan compared with the one before it.
    pub comparisons: Vec<Comparison>,
    /// Where the result comes from.
    pub about: About,
}

/// One plan against the words of each actor.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanMatrix {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its day, where one is stated or follows from its rows.
    pub date: Option<When>,
    /// Ids of the actors whose rows stand behind its clauses.
    pub authors: Vec<String>,
    /// Its clauses, in the order of the file.
    pub clauses: Vec<ClauseNow>,
    /// Clauses with an option, of all clauses.
    pub coverage: ClauseCoverage,
    /// A cell for each option of each clause and each actor.
    pub cells: Vec<PlanCell>,
    /// How many other plans on record have a clause with an option on an issue of this one.
    pub comparable_plans: usize,
    /// Ids of those of them that dominate it on the clauses that both have.
    pub dominated_by: Vec<String>,
}

/// How much of a plan can be held against the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClauseCoverage {
    /// Clauses with an option on a scale.
    pub coded: usize,
    /// All clauses.
    pub clauses: usize,
    /// Issues of the case with a scale.
    pub issues: usize,
}

/// A clause of a plan.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClauseNow {
    /// Id of the issue or topic.
    pub issue: String,
    /// Title of the issue or topic.
    pub title: String,
    /// Group of the issue; empty for a topic.
    pub group: String,
    /// Ids of the options that its words leave open; empty where it was not read or has no scale.
    pub options: Vec<String>,
    /// Whether its issue has a scale.
    pub scale: bool,
    /// The clause in words.
    pub words: String,
    /// Note of the coder.
    pub note: String,
    /// Ids of the rows behind it.
    pub rows: Vec<String>,
    /// Id of the source, where the clause names one.
    pub source: Option<String>,
}

/// What an actor's words say of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is what the actor asks for, or one of the options between which its words leave open.
    Asked,
    /// The actor has put it in its own words before, and asks for something else now.
    TabledBefore,
    /// The actor has spoken on the issue and has not ruled the option out.
    NotRuledOut,
    /// The actor rules it out.
    RuledOut,
    /// The actor has said nothing on the issue in its own words.
    Silent,
}

impl Verdict {
    /// All verdicts, from the most to the least welcome, silence last.
    pub const ALL: [Verdict; 5] =
        [Verdict::Asked, Verdict::TabledBefore, Verdict::NotRuledOut, Verdict::RuledOut, Verdict::Silent];
}

/// Whether a plan meets the condition of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// The plan's own clauses meet it.
    Met,
    /// It is in words, or on an issue or among options that the plan leaves open.
    Open,
    /// A clause of the plan says something else.
    NotMet,
}

/// One option of a clause against the words of one actor.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PlanCell {
    /// Id of the issue.
    pub issue: String,
    /// Id of the option.
    pub option: String,
    /// Id of the actor.
    pub actor: String,
    /// Whether it is a principal.
    pub principal: bool,
    /// What the actor's words and laws say of the option.
    pub verdict: Verdict,
    /// The same without the layer of laws.
    pub verdict_without_law: Verdict,
    /// How many options the actor's ask leaves open, where the option is one of them.
    pub one_of: usize,
    /// When it was last asked for; where it is not asked for, when it was last tabled.
    pub date: Option<When>,
    /// The condition under which it was, in words.
    pub condition: String,
    /// Whether the plan meets that condition; none where there is no condition.
    pub condition_met: Option<Met>,
    /// Whether every text that tabled it has lapsed.
    pub carried: bool,
    /// Steps from the option to what the actor asks for.
    pub steps: Option<u32>,
    /// Ids of the rows behind the verdict.
    pub rows: Vec<String>,
    /// Ids of the rows that rule the option out, also where the actor asks for it or has tabled it.
    pub ruled_out_by: Vec<String>,
    /// Ids of the laws that rule it out.
    pub law: Vec<String>,
    /// Ids of the rows that asked for it or tabled it.
    pub tabled: Vec<String>,
    /// Ids of reports that it is asked for or would be accepted; they decide nothing here.
    pub reported: Vec<String>,
}

/// A plan that nobody has entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPlan {
    /// The id asked for.
    pub id: String,
    /// The ids that there are.
    pub known: Vec<String>,
}

/// Plans against the words at a moment: those named, or all that the record knows.
///
/// Cost: linear in the rows on the plans' issues, times the clauses.
///
/// # Errors
/// A name that is no plan of the record.
pub fn plans(case: &Case, moment: Moment, names: &[String], settings: Settings) -> Result<Plans, UnknownPlan> {
    let record = Record::known_by(case, moment.known);
    let about = About::new(Layer::B, "plan", true, record, settings);
    let known = package::packages(record);
    let chosen: Vec<&Package<'_>> = if names.is_empty() {
        known.iter().collect()
    } else {
        let find = |name: &String| {
            known.iter().find(|package| package.id == name).ok_or_else(|| UnknownPlan {
                id: name.clone(),
                known: known.iter().map(|package| package.id.to_owned()).collect(),
            })
        };
        names.iter().map(find).collect::<Result<_, _>>()?
    };
    let sides = compare::Sides::at(record, moment.at);
    let actors = actors_on(record, &chosen);
    let packages: Vec<PlanMatrix> = chosen
        .iter()
        .map(|package| {
            let others: Vec<&Package<'_>> =
                known.iter().filter(|other| other.id != package.id && sides.have_in_common(other, package)).collect();
            let dominating = others.iter().filter(|other| sides.dominates(other, package));
            PlanMatrix {
                comparable_plans: others.len(),
                dominated_by: dominating.map(|other| other.id.to_owned()).collect(),
                ..matrix(record, moment, package, &actors)
            }
        })
        .collect();
    let pairs = chosen.windows(2).zip(packages.windows(2));
    let comparisons = pairs
        .filter_map(|(chosen, matrices)| match (chosen, matrices) {
            ([a, b], [before, after]) => Some(sides.compare(a, b, before, after)),
            _ => None,
        })
        .collect();
    Ok(Plans { moment: moment.into(), packages, comparisons, about })
}

/// The principals, then everybody else who has said anything on an issue of some plans.
fn actors_on(record: Record<'_>, packages: &[&Package<'_>]) -> Vec<Id<Actor>> {
    let case = record.case;
    let clauses = packages.iter().flat_map(|package| &package.clauses).map(|clause| &case.clauses[*clause]);
    let mut issues: Vec<Id<Issue>> =
        clauses.filter(|clause| !clause.options.is_empty()).filter_map(|clause| clause.subject.issue()).collect();
    issues.sort_unstable();
    issues.dedup();
    let speaks = |actor: &Id<Actor>| {
        issues.iter().any(|issue| record.line(*actor, Subject::Issue(*issue)).any(|(_, row)| row.is_coded()))
    };
    let others = case.actors.ids().filter(|actor| !case.principals.contains(actor) && speaks(actor));
    case.principals.iter().copied().chain(others).collect()
}

fn matrix(record: Record<'_>, moment: Moment, package: &Package<'_>, actors: &[Id<Actor>]) -> PlanMatrix {
    let case = record.case;
    let clauses: Vec<&Clause> = package.clauses.iter().map(|id| &case.clauses[*id]).collect();
    let rows = clauses.iter().flat_map(|clause| known_rows(record, clause));
    let mut authors: Vec<Id<Actor>> = rows.map(|row| case.positions[row].actor).collect();
    authors.sort_unstable();
    authors.dedup();
    let mut cells = Vec::new();
    for clause in &clauses {
        let Some(issue) = clause.subject.issue() else { continue };
        for actor in actors {
            let line = Line::new(record, *actor, issue);
            let stance = line.stance(moment.at);
            let cell = |option| Against { case, plan: &clauses, line: &line, stance: &stance, option }.cell();
            cells.extend(clause.options.iter().map(cell));
        }
    }
    PlanMatrix {
        id: package.id.to_owned(),
        title: package.title.to_owned(),
        date: package.date,
        authors: authors.iter().map(|actor| case.actors[*actor].id.to_string()).collect(),
        coverage: ClauseCoverage {
            coded: clauses.iter().filter(|clause| !clause.options.is_empty()).count(),
            clauses: clauses.len(),
            issues: case.issues.len(),
        },
        clauses: clauses.iter().map(|clause| clause_now(record, clause)).collect(),
        cells,
        comparable_plans: 0,
        dominated_by: Vec::new(),
    }
}

fn clause_now(record: Record<'_>, clause: &Clause) -> ClauseNow {
    let case = record.case;
    let (id, title, group, options) = match clause.subject {
        Subject::Issue(id) => {
            let issue = &case.issues[id];
            let options = clause.options.iter().map(|option| option_id(issue, option)).collect();
            (&issue.id, &issue.title, &*issue.group, options)
        }
        Subject::Topic(id) => (&case.topics[id].id, &case.topics[id].title, "", Vec::new()),
    };
    ClauseNow {
        issue: id.to_string(),
        title: title.to_string(),
        group: group.to_owned(),
        options,
        scale: clause.subject.issue().is_some(),
        words: clause.words.to_string(),
        note: clause.note.to_string(),
        rows: row_ids(case, known_rows(record, clause)),
        source: clause.source.map(|source| case.sources[source].id.to_string()),
    }
}

/// The rows behind a clause that the record knows.
fn known_rows(record: Record<'_>, clause: &Clause) -> impl Iterator<Item = Id<Position>> {
    clause.rows.iter().copied().filter(move |row| record.knows(&record.case.positions[*row]))
}

fn option_id(issue: &Issue, option: OptionPlace) -> String {
    issue.options[option.0 as usize].id.to_string()
}

fn row_ids(case: &Case, rows: impl IntoIterator<Item = Id<Position>>) -> Vec<String> {
    rows.into_iter().map(|row| case.positions[row].id.to_string()).collect()
}

/// An option of a plan held against the stance of an actor.
struct Against<'a> {
    case: &'a Case,
    plan: &'a [&'a Clause],
    line: &'a Line<'a>,
    stance: &'a Stance,
    option: OptionPlace,
}

impl Against<'_> {
    fn cell(&self) -> PlanCell {
        let (case, stance, option) = (self.case, self.stance, self.option);
        let issue = &case.issues[stance.issue];
        let held = stance.position.as_ref();
        let asked = held.filter(|held| held.options.contains(option));
        let tabled = stance.tabled.iter().find(|tabled| tabled.option == option);
        let limits: Vec<&Limit> = stance.limits.iter().filter(|limit| limit.option == option).collect();
        let by_words = limits.iter().copied().find(|limit| !limit.law && self.stands(limit));
        let by_law = limits.iter().copied().find(|limit| limit.law);

        let spoken = !(stance.is_silent() && stance.tabled.is_empty());
        let without_law = match (asked, by_words, tabled) {
            (Some(_), _, _) => Verdict::Asked,
            (None, Some(_), _) => Verdict::RuledOut,
            (None, None, Some(_)) => Verdict::TabledBefore,
            (None, None, None) if spoken => Verdict::NotRuledOut,
            (None, None, None) => Verdict::Silent,
        };
        // A law says nothing of its own that would make an actor speak; without it, an actor whose only row is a law is silent.
        let only_law = held.is_none()
            && stance.tabled.is_empty()
            && stance.beside.is_empty()
            && stance.limits.iter().all(|limit| limit.law);
        let without_law = if only_law && without_law == Verdict::NotRuledOut { Verdict::Silent } else { without_law };
        let verdict = match (without_law, by_law) {
            (Verdict::Asked, _) => Verdict::Asked,
            (_, Some(_)) => Verdict::RuledOut,
            (Verdict::Silent, None) if spoken => Verdict::NotRuledOut,
            (verdict, None) => verdict,
        };

        let asked_rows: Vec<Id<Position>> = asked.map(|held| self.asking(&held.rows)).unwrap_or_default();
        let tabled_rows: Vec<Id<Position>> = tabled.map(|tabled| tabled.rows.clone()).unwrap_or_default();
        let limit_rows: Vec<Id<Position>> = by_words.map(|limit| limit.rows.clone()).unwrap_or_default();
        let law_rows: Vec<Id<Position>> = by_law.map(|limit| limit.rows.clone()).unwrap_or_default();
        let latest = asked_rows.last().or(tabled_rows.last()).copied();
        let conditions: Vec<&Condition> =
            latest.map(|row| case.positions[row].conditions_on(option).collect()).unwrap_or_default();
        let behind = match verdict {
            Verdict::Asked => asked_rows.clone(),
            Verdict::RuledOut => limit_rows.iter().chain(&law_rows).copied().collect(),
            Verdict::TabledBefore => tabled_rows.clone(),
            Verdict::NotRuledOut => held.map_or_else(|| self.in_order(&own_rows(stance)), |held| held.rows.clone()),
            Verdict::Silent => Vec::new(),
        };
        let reported = stance.reported.iter().copied().filter(|row| {
            case.positions[*row].ask.is_some_and(|ask| ask.position().union(ask.tabled()).contains(option))
        });
        let named = self.in_order(&[asked_rows, tabled_rows].concat());
        PlanCell {
            issue: issue.id.to_string(),
            option: option_id(issue, option),
            actor: case.actors[stance.actor].id.to_string(),
            principal: case.principals.contains(&stance.actor),
            verdict,
            verdict_without_law: without_law,
            one_of: asked.map_or(0, |held| held.options.len()),
            date: latest.map(|row| case.positions[row].valid_from),
            condition: latest
                .map(|row| stance::condition_words(case, &case.positions[row], option))
                .unwrap_or_default(),
            condition_met: (!conditions.is_empty()).then(|| self.met(conditions.iter().copied())),
            carried: tabled.is_some_and(|Tabled { carried, .. }| *carried) && asked.is_none(),
            steps: held.and_then(|held| steps_to(held.options, option)),
            rows: row_ids(case, behind),
            ruled_out_by: row_ids(case, limit_rows),
            law: row_ids(case, law_rows),
            tabled: row_ids(case, named),
            reported: row_ids(case, reported),
        }
    }

    /// Of the rows that state a position, those that ask for the option, the latest last.
    fn asking(&self, rows: &[Id<Position>]) -> Vec<Id<Position>> {
        let asks = |row: &Position| row.ask.is_some_and(|ask| ask.position().contains(self.option));
        let line = self.line.rows().iter();
        line.filter(|(id, row)| rows.contains(id) && asks(row)).map(|(id, _)| *id).collect()
    }

    /// Some rows of the line in its order, each once.
    fn in_order(&self, rows: &[Id<Position>]) -> Vec<Id<Position>> {
        self.line.rows().iter().map(|(id, _)| *id).filter(|id| rows.contains(id)).collect()
    }

    /// Whether a limit stands in this plan: it does unless every row that rules the option out is relaxed by an offer whose
    /// condition the plan does not fail.
    fn stands(&self, limit: &Limit) -> bool {
        if limit.relaxed_if.is_none() {
            return true;
        }
        let holds = |row: &Id<Position>| self.met(self.case.positions[*row].conditions_on(self.option)) != Met::NotMet;
        !limit.relaxed_by.iter().all(|offers| offers.iter().any(holds))
    }

    /// Whether the plan meets some conditions, all of which must hold.
    fn met<'c>(&self, conditions: impl IntoIterator<Item = &'c Condition>) -> Met {
        let one = |condition: &Condition| match &condition.requires {
            Requirement::Words(_) => Met::Open,
            Requirement::Outcome(issue, option) => {
                let clause = self.plan.iter().find(|clause| clause.subject == Subject::Issue(*issue));
                match clause.map(|clause| clause.options) {
                    None | Some(OptionSet::EMPTY) => Met::Open,
                    Some(options) if options == OptionSet::one(*option) => Met::Met,
                    Some(options) if options.contains(*option) => Met::Open,
                    Some(_) => Met::NotMet,
                }
            }
        };
        conditions.into_iter().map(one).max().unwrap_or(Met::Met)
    }
}

/// The rows by which an actor has spoken on an issue in its own words.
fn own_rows(stance: &Stance) -> Vec<Id<Position>> {
    let limits = stance.limits.iter().flat_map(|limit| &limit.rows);
    let tabled = stance.tabled.iter().flat_map(|tabled| &tabled.rows);
    stance.beside.iter().chain(limits).chain(tabled).copied().collect()
}

fn steps_to(options: OptionSet, option: OptionPlace) -> Option<u32> {
    options.iter().map(|asked| u32::from(asked.0.abs_diff(option.0))).min()
}
