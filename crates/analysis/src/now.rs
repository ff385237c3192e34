//! Where everyone stands at a moment, and how much of it can be compared (layer A).

use std::collections::BTreeMap;

use detente_case::actor::Actor;
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::position::{Position, Subject};
use detente_case::{Case, Id, Moment, Record, When};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::gap::{self, Gap};
use crate::stance::{self, LimitReading, Line, Stance};

/// Who stands where.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Now {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// How much can be compared.
    pub coverage: Coverage,
    /// The issues in the order of the case.
    pub issues: Vec<IssueNow>,
    /// The latest words of each actor on each topic that carry no code: shown, not compared.
    pub uncoded: Vec<Words>,
    /// Where the result comes from.
    pub about: About,
}

/// On how many issues the principals can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Coverage {
    /// Issues on which every principal has a position.
    pub comparable: usize,
    /// Issues on which every principal has a position or a limit.
    pub any_stance: usize,
    /// All issues with a scale.
    pub issues: usize,
}

/// One issue.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct IssueNow {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Group.
    pub group: String,
    /// Whether every principal has a position.
    pub comparable: bool,
    /// Steps between the principals' positions; none where not comparable.
    pub gap: Option<Gap>,
    /// Least steps between what the principals have not ruled out, under each reading of limits; none where something is left in common is 0.
    pub limits_apart: LimitsApart,
    /// The principals in their order, silent or not, then everybody else who has a stance.
    pub stances: Vec<StanceNow>,
}

/// Least steps between the sets that the principals have not ruled out; none where one of them has ruled out everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LimitsApart {
    /// Limits accumulate and can be relaxed (the default), without laws.
    pub accumulate: Option<u32>,
    /// Only the latest red line counts, without laws.
    pub latest: Option<u32>,
    /// Nothing relaxes a limit, without laws.
    pub never_relaxed: Option<u32>,
    /// As `accumulate`, with the layer of laws.
    pub with_law: Option<u32>,
}

/// The stance of one actor on one issue.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StanceNow {
    /// Actor id.
    pub actor: String,
    /// Whether it is a principal.
    pub principal: bool,
    /// Option ids of the position; empty where the actor is silent.
    pub position: Vec<String>,
    /// The conditions under which the position is offered, in words.
    pub condition: String,
    /// Whether a partial date leaves open which row stands.
    pub possibly: bool,
    /// Options ever put in the actor's own words.
    pub tabled: Vec<TabledNow>,
    /// Options ruled out.
    pub limits: Vec<LimitNow>,
    /// Option ids that are only reported, inferred or read into the actor.
    pub reported: Vec<String>,
    /// Option ids in own words that stand beside the position.
    pub beside: Vec<String>,
    /// Ids of the rows behind all this.
    pub rows: Vec<String>,
    /// Ids of the rows that state the position.
    pub position_rows: Vec<String>,
    /// When the actor last spoke on the issue in its own words.
    pub last: Option<When>,
}

/// An option that has been tabled.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TabledNow {
    /// Option id.
    pub option: String,
    /// When it was first put.
    pub first: When,
    /// When it was last put.
    pub last: When,
    /// Conditions of the last time.
    pub condition: String,
    /// Whether every statement of it has lapsed.
    pub carried: bool,
    /// Ids of the rows.
    pub rows: Vec<String>,
}

/// An option that is ruled out.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LimitNow {
    /// Option id.
    pub option: String,
    /// Whether a law rules it out.
    pub law: bool,
    /// The condition under which a later offer has put it back.
    pub relaxed_if: Option<String>,
    /// Whether a partial date leaves open if it stands.
    pub possibly: bool,
    /// Ids of the rows.
    pub rows: Vec<String>,
}

/// Words that carry no code.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Words {
    /// Actor id.
    pub actor: String,
    /// Issue or topic id.
    pub topic: String,
    /// When they were said.
    pub date: When,
    /// The words.
    pub statement: String,
    /// Id of the row.
    pub row: String,
    /// Rows of this actor on this topic without a code.
    pub count: usize,
}

/// Who stands where at a moment.
///
/// Cost: linear in the rows known.
#[must_use]
pub fn now(case: &Case, moment: Moment, settings: Settings) -> Now {
    let record = Record::known_by(case, moment.known);
    let about = About::new(Layer::A, "stance", true, record, settings);
    stances(record, moment, about)
}

/// The same, described as told; for callers that have a description of the record at hand and need no digest of their own.
#[must_use]
pub fn stances(record: Record<'_>, moment: Moment, about: About) -> Now {
    let case = record.case;
    let ids: Vec<Id<Issue>> = case.issues.ids().collect();
    let issues: Vec<IssueNow> = ids.par_iter().map(|issue| issue_now(record, *issue, moment)).collect();
    let count = |test: &dyn Fn(&IssueNow) -> bool| issues.iter().filter(|issue| test(issue)).count();
    let coverage = Coverage {
        comparable: count(&|issue| issue.comparable),
        any_stance: count(&|issue| {
            let principals = issue.stances.iter().filter(|stance| stance.principal);
            !case.principals.is_empty()
                && principals.clone().all(|stance| !(stance.position.is_empty() && stance.limits.is_empty()))
        }),
        issues: issues.len(),
    };
    Now { moment: moment.into(), coverage, issues, uncoded: uncoded(record, moment), about }
}

fn issue_now(record: Record<'_>, id: Id<Issue>, moment: Moment) -> IssueNow {
    let case = record.case;
    let issue = &case.issues[id];
    let lines: Vec<Line<'_>> = case.principals.iter().map(|actor| Line::new(record, *actor, id)).collect();
    let principals: Vec<Stance> = lines.iter().map(|line| line.stance(moment.at)).collect();
    let positions: Option<Vec<OptionSet>> =
        principals.iter().map(|stance| stance.position.as_ref().map(|held| held.options)).collect();
    let gap = positions.as_deref().and_then(gap::among);
    let everyone = OptionSet::range(
        OptionPlace(0),
        OptionPlace(u8::try_from(issue.options.len().saturating_sub(1)).unwrap_or(63)),
    );
    let apart = |reading: LimitReading, law: bool| {
        let left = |line: &Line<'_>| everyone.minus(stance::ruled_out(&line.limits(moment.at, reading), law));
        let left: Vec<OptionSet> = lines.iter().map(left).collect();
        gap::among(&left).map(|gap| gap.steps_min)
    };
    let limits_apart = LimitsApart {
        accumulate: apart(LimitReading::Accumulate, false),
        latest: apart(LimitReading::Latest, false),
        never_relaxed: apart(LimitReading::NeverRelaxed, false),
        with_law: apart(LimitReading::Accumulate, true),
    };
    let others = case
        .actors
        .ids()
        .filter(|actor| !case.principals.contains(actor))
        .map(|actor| Line::new(record, actor, id))
        .filter(|line| !line.rows().is_empty())
        .map(|line| line.stance(moment.at))
        .filter(|stance| !(stance.is_silent() && stance.reported.is_empty() && stance.tabled.is_empty()));
    let stances = principals.iter().cloned().chain(others).map(|stance| stance_now(case, &stance)).collect();
    IssueNow {
        id: issue.id.to_string(),
        title: issue.title.to_string(),
        group: issue.group.to_string(),
        comparable: gap.is_some(),
        gap,
        limits_apart,
        stances,
    }
}

fn stance_now(case: &Case, stance: &Stance) -> StanceNow {
    let issue = &case.issues[stance.issue];
    let option = |place: OptionPlace| issue.options[place.0 as usize].id.to_string();
    let rows = |ids: &[Id<Position>]| ids.iter().map(|id| case.positions[*id].id.to_string()).collect::<Vec<_>>();
    let asked = |ids: &[Id<Position>]| {
        let set = ids
            .iter()
            .filter_map(|id| case.positions[*id].ask)
            .fold(OptionSet::EMPTY, |set, ask| set.union(ask.position()));
        set.iter().map(option).collect::<Vec<_>>()
    };
    let mut conditions: Vec<String> = Vec::new();
    for id in stance.position.iter().flat_map(|held| &held.rows) {
        let row = &case.positions[*id];
        for option in row.ask.map(|ask| ask.position()).unwrap_or_default().iter() {
            let words = stance::condition_words(case, row, option);
            if !words.is_empty() && !conditions.contains(&words) {
                conditions.push(words);
            }
        }
    }
    StanceNow {
        actor: case.actors[stance.actor].id.to_string(),
        principal: case.principals.contains(&stance.actor),
        position: stance.position.iter().flat_map(|held| held.options.iter()).map(option).collect(),
        condition: conditions.join("; or "),
        possibly: stance.position.as_ref().is_some_and(|held| held.possibly),
        tabled: stance
            .tabled
            .iter()
            .map(|tabled| TabledNow {
                option: option(tabled.option),
                first: tabled.first,
                last: tabled.last,
                condition: tabled.condition.clone(),
                carried: tabled.carried,
                rows: rows(&tabled.rows),
            })
            .collect(),
        limits: stance
            .limits
            .iter()
            .map(|limit| LimitNow {
                option: option(limit.option),
                law: limit.law,
                relaxed_if: limit.relaxed_if.clone(),
                possibly: limit.possibly,
                rows: rows(&limit.rows),
            })
            .collect(),
        reported: asked(&stance.reported),
        beside: asked(&stance.beside),
        rows: rows(&stance.rows),
        position_rows: stance.position.iter().flat_map(|held| rows(&held.rows)).collect(),
        last: stance.last,
    }
}

fn uncoded(record: Record<'_>, moment: Moment) -> Vec<Words> {
    let case = record.case;
    let mut latest: BTreeMap<(Id<Actor>, Subject), (Id<Position>, usize)> = BTreeMap::new();
    for (actor, subject) in record.lines() {
        for (id, row) in record.line(actor, subject) {
            if !row.is_coded() && row.valid_from.first() <= moment.at {
                let entry = latest.entry((actor, subject)).or_insert((id, 0));
                *entry = (id, entry.1 + 1);
            }
        }
    }
    let words = |((actor, subject), (id, count)): ((Id<Actor>, Subject), (Id<Position>, usize))| {
        let row = &case.positions[id];
        Words {
            actor: case.actors[actor].id.to_string(),
            topic: match subject {
                Subject::Issue(issue) => case.issues[issue].id.to_string(),
                Subject::Topic(topic) => case.topics[topic].id.to_string(),
            },
            date: row.valid_from,
            statement: row.statement.to_string(),
            row: row.id.to_string(),
            count,
        }
    };
    latest.into_iter().map(words).collect()
}
