//! A plan against the words of each actor.

use std::collections::BTreeMap;

use detente_analysis::about::At;
use detente_analysis::plan::{ClauseNow, Met, PlanCell, PlanMatrix, Verdict};
use detente_case::position::Position;
use detente_case::{Case, Id, When};

use super::{actor_name, caption, date, heading, ids, issue_title, positions_by_id, read_as, shorten, statement};
use crate::figure::Figure;
use crate::figure::matrix::{self, Actor, Cell, Clause, Condition, Law, Matrix, PlanOption, Reading};

/// The heading of clauses that no scale can hold.
const NO_SCALE: &str = "Without a scale";
/// The most statements in a tooltip and a row of the table.
const MOST_STATEMENTS: usize = 4;

/// The clauses of a plan against what each actor has said, at the moment of the result.
pub fn plan_matrix(case: &Case, plan: &PlanMatrix, at: &At) -> Figure {
    let drawing = Drawing { case, rows: positions_by_id(case), cells: cells(plan) };
    let actors = actors(plan);
    let title = if plan.title.is_empty() { &plan.id } else { &plan.title };
    let input = Matrix {
        caption: caption(&format!("plan-{}", plan.id), format!("{title}: each actor's words as of {}", date(&at.at))),
        clauses: plan.clauses.iter().map(|clause| drawing.clause(clause, &actors)).collect(),
        actors: actors
            .into_iter()
            .map(|(actor, principal)| Actor { name: actor_name(case, actor), short: actor.to_owned(), principal })
            .collect(),
    };
    read_as(
        matrix::draw(&input),
        "Each row is a clause of the plan, each column an actor. A filled mark is what the actor asks for, a half one what it \
         has tabled before, a hollow one what it has not ruled out, a crossed square on hatching what it rules out, a dash \
         silence. The cells say what was said, not what would be accepted, and clauses are counted, not weighed.",
    )
}

type Cells<'a> = BTreeMap<(&'a str, &'a str, &'a str), &'a PlanCell>;

fn cells(plan: &PlanMatrix) -> Cells<'_> {
    plan.cells.iter().map(|cell| ((&*cell.issue, &*cell.option, &*cell.actor), cell)).collect()
}

/// The actors in the order of the result, and whether each is a principal.
fn actors(plan: &PlanMatrix) -> Vec<(&str, bool)> {
    let mut actors: Vec<(&str, bool)> = Vec::new();
    for cell in &plan.cells {
        if !actors.iter().any(|(known, _)| *known == cell.actor) {
            actors.push((&cell.actor, cell.principal));
        }
    }
    actors
}

struct Drawing<'a> {
    case: &'a Case,
    rows: BTreeMap<&'a str, Id<Position>>,
    cells: Cells<'a>,
}

impl Drawing<'_> {
    fn clause(&self, clause: &ClauseNow, actors: &[(&str, bool)]) -> Clause {
        let issue = self.case.issues.iter().find(|issue| *issue.id == *clause.issue);
        let option = |id: &String| {
            let place = issue.and_then(|issue| Some((issue, issue.option(id)?)));
            let label = place.map_or(&**id, |(issue, place)| &issue.options[usize::from(place.0)].label);
            let cell = |(actor, _): &(&str, bool)| {
                let key = (&*clause.issue, &**id, *actor);
                self.cells.get(&key).map(|cell| self.cell(cell)).unwrap_or_default()
            };
            PlanOption {
                label: if label.is_empty() { id.clone() } else { label.to_owned() },
                cells: actors.iter().map(cell).collect(),
            }
        };
        let rows = ids(clause.rows.iter().map(String::as_str));
        let source = clause.source.clone().unwrap_or_default();
        let parts: Vec<&str> =
            [clause.note.as_str(), &rows, &source].into_iter().filter(|part| !part.is_empty()).collect();
        Clause {
            title: if clause.title.is_empty() { issue_title(self.case, &clause.issue) } else { clause.title.clone() },
            group: if clause.scale { heading(&clause.group) } else { NO_SCALE.to_owned() },
            words: shorten(&clause.words, super::STATEMENT),
            note: parts.join("; "),
            reading: if clause.scale {
                Reading::Options(clause.options.iter().map(option).collect())
            } else {
                Reading::NoScale
            },
        }
    }

    fn cell(&self, cell: &PlanCell) -> Cell {
        let law = match (cell.law.is_empty(), cell.verdict, cell.verdict_without_law) {
            (true, ..) => Law::Free,
            (false, Verdict::RuledOut, without) if without != Verdict::RuledOut => Law::Only,
            (false, ..) => Law::Also,
        };
        let condition = cell.condition_met.map(|met| Condition {
            words: shorten(&cell.condition, super::STATEMENT),
            met: match met {
                Met::Met => matrix::Met::Met,
                Met::Open => matrix::Met::Open,
                Met::NotMet => matrix::Met::NotMet,
            },
        });
        Cell {
            verdict: match cell.verdict {
                Verdict::Asked => matrix::Verdict::Asked,
                Verdict::TabledBefore => matrix::Verdict::TabledBefore,
                Verdict::NotRuledOut => matrix::Verdict::NotRuledOut,
                Verdict::RuledOut => matrix::Verdict::RuledOut,
                Verdict::Silent => matrix::Verdict::Silent,
            },
            one_of: cell.one_of,
            date: cell.date.map(|date: When| date.to_string()).unwrap_or_default(),
            carried: cell.carried,
            steps: cell.steps,
            law,
            disputed: cell.verdict == Verdict::Asked && !cell.ruled_out_by.is_empty(),
            title: self.title(cell, condition.as_ref()),
            condition,
        }
    }

    /// The rows behind a verdict, those that speak the other way, the condition, and reports.
    fn title(&self, cell: &PlanCell, condition: Option<&Condition>) -> String {
        let mut parts: Vec<String> = self.statements(&cell.rows).into_iter().collect();
        let also: Vec<String> = [&cell.ruled_out_by, &cell.law]
            .into_iter()
            .flatten()
            .filter(|row| !cell.rows.contains(row))
            .cloned()
            .collect();
        parts.extend(self.statements(&also).map(|words| format!("ruled out: {words}")));
        let before: Vec<String> = cell.tabled.iter().filter(|row| !cell.rows.contains(row)).cloned().collect();
        parts.extend(self.statements(&before).map(|words| format!("asked for or tabled: {words}")));
        parts.extend(condition.map(Condition::words));
        parts.extend(self.statements(&cell.reported).map(|words| format!("reported: {words}")));
        parts.join("; ")
    }

    /// Some statements, the latest last, and the ids of earlier ones; none of no rows.
    fn statements(&self, rows: &[String]) -> Option<String> {
        let (earlier, latest) = rows.split_at(rows.len().saturating_sub(MOST_STATEMENTS));
        let words = |row: &String| {
            self.rows.get(row.as_str()).map_or_else(|| row.clone(), |id| statement(&self.case.positions[*id]))
        };
        let mut parts: Vec<String> = Vec::new();
        if !earlier.is_empty() {
            parts.push(format!("earlier {}", ids(earlier.iter().map(String::as_str))));
        }
        parts.extend(latest.iter().map(words));
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}
