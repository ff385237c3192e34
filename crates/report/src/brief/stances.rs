//! Where everyone stands: the now-plot, the table behind it, the ladder of the widest issue, the gap over time.

use detente_analysis::now::{IssueNow, StanceNow};

use super::Findings;
use crate::document::{Block, Cell, Section, Sentence, Table, paragraph};
use crate::{drawings, words};

pub(super) fn section(findings: &Findings<'_>) -> Section {
    let mut blocks = Vec::new();
    if !findings.case.issues.is_empty() {
        blocks.push(Block::Figure(Box::new(drawings::now_plot(findings.case, &findings.now))));
        if let Some(widest) = findings.by_gap().first() {
            let id = findings.case.issues.with_ids().find(|(_, issue)| *issue.id == *widest.id).map(|(id, _)| id);
            if let Some(id) = id {
                blocks.push(Block::Figure(Box::new(drawings::ladder(
                    findings.record,
                    findings.moment,
                    id,
                    &findings.history,
                ))));
            }
        }
        blocks.push(Block::Figure(Box::new(drawings::gap_over_time(
            findings.case,
            &findings.gaps,
            findings.moment.at,
        ))));
    }
    Section { id: "stances".into(), title: "Where everyone stands".into(), annex: false, blocks }
}

/// The words without a code, where they are few; pages of their own have more.
fn uncoded_blocks(findings: &Findings<'_>) -> Vec<Block> {
    if findings.words.is_empty() || super::uncoded::has_pages(findings) {
        return Vec::new();
    }
    let note = "These words carry no code, because they are on a topic without a scale or name no clause; they are shown and not compared.";
    vec![paragraph(vec![Sentence::counted(note)]), Block::Table(uncoded(findings))]
}

/// Positions and limits issue by issue, and words without a code, for the annex.
pub(super) fn annex(findings: &Findings<'_>) -> Section {
    let mut blocks = Vec::new();
    if !findings.case.issues.is_empty() {
        blocks.push(Block::Table(table(findings)));
        blocks.extend(uncoded_blocks(findings));
    }
    Section { id: "annex-g".into(), title: "Annex G. Positions, limits and uncoded words".into(), annex: true, blocks }
}

fn table(findings: &Findings<'_>) -> Table {
    let mut columns = vec!["Issue".to_owned()];
    columns.extend(findings.principal_names());
    columns.push("Apart".to_owned());
    let rows = findings.now.issues.iter().map(|issue| {
        let mut cells = vec![Cell::from(issue.title.as_str())];
        cells.extend(
            issue.stances.iter().filter(|stance| stance.principal).map(|stance| stance_cell(findings, issue, stance)),
        );
        cells.push(match issue.gap {
            Some(gap) => words::steps(gap).into(),
            None => "not comparable".into(),
        });
        cells
    });
    Table { caption: "Positions and limits, issue by issue".into(), columns, rows: rows.collect() }
}

fn stance_cell(findings: &Findings<'_>, issue: &IssueNow, stance: &StanceNow) -> Cell {
    let mut parts = Vec::new();
    if stance.position.is_empty() {
        parts.push(if stance.limits.is_empty() && stance.beside.is_empty() {
            "Silent.".to_owned()
        } else {
            "Asks for nothing on record.".to_owned()
        });
    } else {
        let condition = if stance.condition.is_empty() {
            String::new()
        } else {
            format!(", if: {}", words::clause(&stance.condition))
        };
        let open = if stance.possibly { " (a partial date leaves open which statement stands)" } else { "" };
        parts.push(format!("Asks for {}{condition}{open}.", findings.options(&issue.id, &stance.position)));
    }
    let in_words = stance.limits.iter().filter(|limit| !limit.law && limit.relaxed_if.is_none()).count();
    let by_law = stance.limits.iter().filter(|limit| limit.law).count();
    let relaxed = stance.limits.iter().filter(|limit| !limit.law && limit.relaxed_if.is_some()).count();
    let all = findings.case.issues.iter().find(|i| *i.id == *issue.id).map_or(0, |i| i.options.len());
    let limits: Vec<String> = [(in_words, "in words"), (by_law, "by law"), (relaxed, "unless a condition is met")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, how)| format!("{count} {how}"))
        .collect();
    if !limits.is_empty() {
        parts.push(format!("Rules out {} of {all} options.", limits.join(", ")));
    }
    if !stance.beside.is_empty() {
        parts.push("Other own words stand beside this.".to_owned());
    }
    if !stance.reported.is_empty() {
        parts.push("Reported otherwise.".to_owned());
    }
    if let Some(last) = stance.last {
        parts.push(format!("Last spoke on it {}.", words::when(last)));
    }
    Cell::with_rows(parts.join(" "), stance.rows.clone())
}

fn uncoded(findings: &Findings<'_>) -> Table {
    let rows = findings.words.iter().flat_map(|issue| {
        issue.by_date().into_iter().map(|(actor, said)| {
            vec![
                Cell::from(issue.title.as_str()),
                actor.name.as_str().into(),
                words::when(said.date).into(),
                Cell::with_rows(said.words.clone(), vec![said.row.clone()]),
            ]
        })
    });
    Table {
        caption: "Statements without a code, by topic and date".into(),
        columns: ["Topic", "Who", "Date", "Words"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
