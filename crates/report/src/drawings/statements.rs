//! Statements without a code: by date, and how many on which topic.

use std::collections::BTreeMap;

use detente_analysis::uncoded::{IssueWords, StatementWords};
use detente_case::{Case, Moment, Month};

use super::{STATEMENT, caption, month, read_as, shorten};
use crate::figure::Figure;
use crate::figure::statements::{self, Line, Statement, Statements, Topic};
use crate::figure::tally::{self, Cell, Row, Tally};

/// The most topics that have a place of their own in the drawing by date; the others stand together in one.
const MOST_TOPICS: usize = 12;
/// The most actors with a line or column of their own; the others stand together in one.
const MOST_ACTORS: usize = 8;

/// Every uncoded statement by date: on each topic a line for each actor that spoke.
pub fn statements(case: &Case, issues: &[IssueWords], moment: Moment) -> Figure {
    let actors = columns(case, issues);
    let dates = issues.iter().flat_map(IssueWords::by_date).map(|(_, said)| said.date.first());
    let last = Month::of(moment.at);
    let first = dates.min().map_or(last, Month::of).min(last);
    let by_weight = by_weight(issues);
    let (own, others) =
        by_weight.split_at(if by_weight.len() > MOST_TOPICS { MOST_TOPICS - 1 } else { by_weight.len() });
    let mut topics: Vec<Topic> = own.iter().map(|issue| topic(&issue.title, &[issue], &actors)).collect();
    if !others.is_empty() {
        topics.push(topic(&format!("{} other topics", others.len()), others, &actors));
    }
    let input = Statements {
        caption: caption("statements", "Who said something on what, by date"),
        from: month(first),
        to: month(last),
        actors: actors.into_iter().map(|(name, _)| name).collect(),
        topics,
    };
    read_as(
        statements::draw(&input),
        "One mark is one statement; the topics with most statements stand first. What is not drawn is not on this record, which \
         does not mean that it was not said.",
    )
}

/// How many uncoded statements each actor made on each topic, and when the last.
pub fn tally(case: &Case, issues: &[IssueWords]) -> Figure {
    let columns = columns(case, issues);
    let cell = |issue: &IssueWords, ids: &[&str]| {
        let said = issue.actors.iter().filter(|actor| ids.contains(&&*actor.actor)).flat_map(|actor| &actor.statements);
        Cell {
            statements: said.clone().count(),
            last: said.map(|said| said.date).max().map(|date| date.to_string()).unwrap_or_default(),
        }
    };
    let input = Tally {
        caption: caption("tally", "How much each has said on what, and when last"),
        topics: by_weight(issues)
            .into_iter()
            .map(|issue| Row {
                title: issue.title.clone(),
                cells: columns.iter().map(|(_, ids)| cell(issue, ids)).collect(),
            })
            .collect(),
        actors: columns.into_iter().map(|(name, _)| name).collect(),
    };
    read_as(
        tally::draw(&input),
        "Each cell holds the number of statements that carry no code, and the date of the last. An empty cell means that this \
         record holds nothing, not that nothing was said.",
    )
}

/// The principals in their order, silent or not, then the others who spoke by the number of their statements: id and name.
fn actors<'a>(case: &'a Case, issues: &'a [IssueWords]) -> Vec<(&'a str, &'a str)> {
    let mut others: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for actor in issues.iter().flat_map(|issue| &issue.actors).filter(|actor| !actor.principal) {
        *others.entry((&actor.actor, &actor.name)).or_default() += actor.statements.len();
    }
    let mut others: Vec<_> = others.into_iter().collect();
    others.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let principals = case.principals.iter().map(|id| (&*case.actors[*id].id, &*case.actors[*id].name));
    principals.chain(others.into_iter().map(|(actor, _)| actor)).collect()
}

/// Names of those with a place of their own, and of the others together, each with the ids behind it.
fn columns<'a>(case: &'a Case, issues: &'a [IssueWords]) -> Vec<(String, Vec<&'a str>)> {
    let mut own = actors(case, issues);
    let rest = if own.len() > MOST_ACTORS { own.split_off(MOST_ACTORS - 1) } else { Vec::new() };
    let mut columns: Vec<(String, Vec<&str>)> = own.into_iter().map(|(id, name)| (name.to_owned(), vec![id])).collect();
    if !rest.is_empty() {
        columns.push((format!("{} others", rest.len()), rest.into_iter().map(|(id, _)| id).collect()));
    }
    columns
}

/// The topics with most statements first; of equal ones in the order given.
pub(crate) fn by_weight(issues: &[IssueWords]) -> Vec<&IssueWords> {
    let mut issues: Vec<&IssueWords> = issues.iter().collect();
    issues.sort_by_key(|issue| std::cmp::Reverse(issue.count()));
    issues
}

fn topic(title: &str, issues: &[&IssueWords], actors: &[(String, Vec<&str>)]) -> Topic {
    let mut lines: BTreeMap<usize, Vec<Statement>> = BTreeMap::new();
    for actor in issues.iter().flat_map(|issue| &issue.actors) {
        let Some(place) = actors.iter().position(|(_, ids)| ids.contains(&&*actor.actor)) else { continue };
        lines.entry(place).or_default().extend(actor.statements.iter().map(statement));
    }
    let lines = lines.into_iter().map(|(actor, statements)| Line { actor, statements }).collect();
    Topic { title: title.to_owned(), lines }
}

fn statement(said: &StatementWords) -> Statement {
    Statement { date: said.date.to_string(), words: shorten(&said.words, STATEMENT), row: said.row.clone() }
}
