//! The statements that carry no code, put together by issue and actor: what a scale is made from (layer A).
//!
//! Nothing is coded here. The words stand side by side, and the template is for a person to fill.

use std::collections::BTreeMap;

use detente_case::actor::Actor;
use detente_case::position::{Position, Subject};
use detente_case::{Case, Id, Moment, Record, When, natural_order};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};

/// What `scales --json` prints.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Uncoded {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// Statements that carry no code.
    pub uncoded: usize,
    /// All statements.
    pub statements: usize,
    /// The uncoded statements by issue or topic; topics without a scale first, then issues, in the order of the case.
    pub issues: Vec<IssueWords>,
    /// Rows in the shape of `issues.csv`, with options for a person to fill; none for issues that have a scale.
    pub template: Vec<TemplateRow>,
    /// Where the result comes from.
    pub about: About,
}

/// The uncoded statements on one issue or topic.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct IssueWords {
    /// Issue or topic id.
    pub id: String,
    /// Title.
    pub title: String,
    /// The options of its scale in their order; empty where there is no scale.
    pub scale: Vec<ScaleOption>,
    /// Who spoke: principals in their order, then the others in the order of the case.
    pub actors: Vec<ActorWords>,
}

/// An option of a scale that is there already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ScaleOption {
    /// Option id.
    pub id: String,
    /// The option as a clause.
    pub label: String,
}

/// The uncoded statements of one actor on one issue.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ActorWords {
    /// Actor id.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// Whether it is a principal.
    pub principal: bool,
    /// By date.
    pub statements: Vec<StatementWords>,
}

/// One uncoded statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatementWords {
    /// Id of the row.
    pub row: String,
    /// When it was said.
    pub date: When,
    /// What was said, as the record has it.
    pub words: String,
    /// Words as they stand in the source; may be empty.
    pub quote: String,
    /// Language of the quote; may be empty.
    pub quote_lang: String,
    /// Address, where the row has one; may be empty.
    pub link: String,
    /// Id of the source; may be empty.
    pub source: String,
    /// Admiralty grade of the pair of claim and source; may be empty.
    pub grade: String,
    /// Whether the core of the row was read in the source.
    pub verified: bool,
    /// Why the row carries no options; may be empty.
    pub uncoded_reason: String,
    /// The coder's note; may be empty.
    pub note: String,
}

/// A row in the shape of `issues.csv`. What a person fills is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TemplateRow {
    /// Issue id, as the statements name it.
    pub issue: String,
    /// Title.
    pub title: String,
    /// Empty: the group of issues.
    pub group: String,
    /// Empty: the id of the option.
    pub option: String,
    /// Empty: its place in the order, 1, 2, …
    pub order: String,
    /// Empty: the option as a clause.
    pub label: String,
    /// Words that were said on the issue, to read beside the empty cells.
    pub notes: String,
}

/// The fewest rows of an issue in the template: a scale has two ends and a middle.
const FEWEST_ROWS: usize = 3;

impl IssueWords {
    /// The number of statements.
    #[must_use]
    pub fn count(&self) -> usize {
        self.actors.iter().map(|actor| actor.statements.len()).sum()
    }

    /// All statements with who said them, by date, then in the order of the actors.
    #[must_use]
    pub fn by_date(&self) -> Vec<(&ActorWords, &StatementWords)> {
        let mut all: Vec<_> =
            self.actors.iter().flat_map(|actor| actor.statements.iter().map(move |said| (actor, said))).collect();
        all.sort_by_key(|(_, said)| said.date);
        all
    }
}

/// Puts the uncoded statements together, with a template to fill.
///
/// Cost: that of sorting the rows known.
#[must_use]
pub fn uncoded(case: &Case, moment: Moment, settings: Settings) -> Uncoded {
    let record = Record::known_by(case, moment.known);
    let issues = group(record, moment);
    Uncoded {
        moment: moment.into(),
        uncoded: issues.iter().map(IssueWords::count).sum(),
        statements: record.positions().filter(|(_, row)| row.valid_from.first() <= moment.at).count(),
        template: issues.iter().flat_map(template).collect(),
        about: About::new(Layer::A, "scales", true, record, settings),
        issues,
    }
}

/// The uncoded statements up to a moment, by issue and actor.
#[must_use]
pub fn group(record: Record<'_>, moment: Moment) -> Vec<IssueWords> {
    let case = record.case;
    let place = |actor: Id<Actor>| case.principals.iter().position(|principal| *principal == actor);
    let mut lines: BTreeMap<Subject, Vec<Id<Actor>>> = BTreeMap::new();
    for (actor, subject) in record.lines() {
        lines.entry(subject).or_default().push(actor);
    }
    // Principals first, in their order; the others are in the order of the case already.
    lines.values_mut().for_each(|actors| actors.sort_by_key(|actor| place(*actor).unwrap_or(usize::MAX)));
    let subjects = case.topics.ids().map(Subject::Topic).chain(case.issues.ids().map(Subject::Issue));
    subjects
        .filter_map(|subject| {
            let actors = lines.get(&subject)?.iter();
            let actors: Vec<ActorWords> =
                actors.filter_map(|actor| of_actor(record, moment, *actor, subject)).collect();
            (!actors.is_empty()).then(|| on_subject(case, subject, actors))
        })
        .collect()
}

fn on_subject(case: &Case, subject: Subject, actors: Vec<ActorWords>) -> IssueWords {
    let (id, title, issue) = match subject {
        Subject::Issue(id) => (&case.issues[id].id, &case.issues[id].title, Some(id)),
        Subject::Topic(id) => (&case.topics[id].id, &case.topics[id].title, case.topics[id].issue),
    };
    let options = issue.map(|id| case.issues[id].options.as_slice()).unwrap_or_default();
    let scale = options.iter().map(|option| ScaleOption { id: option.id.to_string(), label: option.label.to_string() });
    IssueWords { id: id.to_string(), title: title.to_string(), scale: scale.collect(), actors }
}

fn of_actor(record: Record<'_>, moment: Moment, actor: Id<Actor>, subject: Subject) -> Option<ActorWords> {
    let case = record.case;
    let mut rows: Vec<&Position> = record
        .line(actor, subject)
        .map(|(_, row)| row)
        .filter(|row| !row.is_coded() && row.valid_from.first() <= moment.at)
        .collect();
    rows.sort_by(|a, b| a.valid_from.cmp(&b.valid_from).then_with(|| natural_order(&a.id, &b.id)));
    (!rows.is_empty()).then(|| ActorWords {
        actor: case.actors[actor].id.to_string(),
        name: case.actors[actor].name.to_string(),
        principal: case.principals.contains(&actor),
        statements: rows.into_iter().map(|row| statement(case, row)).collect(),
    })
}

fn statement(case: &Case, row: &Position) -> StatementWords {
    StatementWords {
        row: row.id.to_string(),
        date: row.valid_from,
        words: row.statement.to_string(),
        quote: row.quote.to_string(),
        quote_lang: row.quote_lang.to_string(),
        link: row.link.to_string(),
        source: row.source.map(|id| case.sources[id].id.to_string()).unwrap_or_default(),
        grade: row.grade.map(|grade| grade.to_string()).unwrap_or_default(),
        verified: row.verified,
        uncoded_reason: row.uncoded_reason.to_string(),
        note: row.coder_note.to_string(),
    }
}

/// One row for each thing said, the same words once, and a few rows for options that nobody has named.
fn template(issue: &IssueWords) -> Vec<TemplateRow> {
    if !issue.scale.is_empty() {
        return Vec::new();
    }
    let mut said: Vec<(&str, Vec<String>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (actor, statement) in issue.by_date() {
        let who = format!("{}, {} [{}]", actor.name, statement.date, statement.row);
        let place = *places.entry(&statement.words).or_insert(said.len());
        match said.get_mut(place) {
            Some((_, all)) => all.push(who),
            None => said.push((&statement.words, vec![who])),
        }
    }
    let notes = said.into_iter().map(|(words, who)| format!("{words} ({})", who.join("; ")));
    let mut notes: Vec<String> = notes.collect();
    notes.resize(notes.len().max(FEWEST_ROWS), String::new());
    let row = |notes| TemplateRow {
        issue: issue.id.clone(),
        title: issue.title.clone(),
        group: String::new(),
        option: String::new(),
        order: String::new(),
        label: String::new(),
        notes,
    };
    notes.into_iter().map(row).collect()
}
