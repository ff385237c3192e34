//! Each side in a paragraph: the same facts in the same order.

use detente_analysis::movement::Direction;
use detente_analysis::now::StanceNow;
use detente_case::relation::RelationType;

use super::Findings;
use crate::document::{Block, Section, Sentence};
use crate::words;

pub(super) fn section(findings: &Findings<'_>) -> Section {
    let blocks = findings
        .principals()
        .map(|(actor, name)| {
            let id = findings.case.actors[actor].id.to_string();
            let sentences = [
                asks(findings, &id, &name),
                rules_out(findings, &id),
                offered(findings, &id),
                moved(findings, &id),
                company(findings, &id),
                last_words(findings, &id).into_iter().collect(),
            ];
            Block::Paragraph { lead: format!("{name}."), sentences: sentences.into_iter().flatten().collect() }
        })
        .collect();
    Section { id: "sides".into(), title: "Each side in a paragraph".into(), annex: false, blocks }
}

fn stances<'f>(findings: &'f Findings<'_>, id: &str) -> Vec<(&'f str, &'f str, &'f StanceNow)> {
    let own = |issue: &'f detente_analysis::now::IssueNow| {
        issue.stances.iter().find(|stance| stance.actor == id).map(|stance| (&*issue.id, &*issue.title, stance))
    };
    findings.now.issues.iter().filter_map(own).collect()
}

fn asks(findings: &Findings<'_>, id: &str, name: &str) -> Vec<Sentence> {
    let stances = stances(findings, id);
    let asked = stances.iter().filter(|(_, _, stance)| !stance.position.is_empty()).count();
    let mut sentences =
        vec![Sentence::counted(format!("{name} asks for something on {asked} of {} issues.", stances.len()))];
    let widest: Vec<&str> = findings.by_gap().iter().take(3).map(|issue| &*issue.id).collect();
    for issue in widest {
        if let Some((_, title, stance)) = stances.iter().find(|(candidate, ..)| *candidate == issue) {
            let text = format!("On “{title}” it asks for {}.", findings.options(issue, &stance.position));
            sentences.push(Sentence::with_rows(text, stance.position_rows.clone()).over_all());
        }
    }
    sentences
}

fn rules_out(findings: &Findings<'_>, id: &str) -> Vec<Sentence> {
    let stances = stances(findings, id);
    let limited = |law: bool| {
        let with =
            |stance: &StanceNow| stance.limits.iter().any(|limit| limit.law == law && limit.relaxed_if.is_none());
        let issues: Vec<String> =
            stances.iter().filter(|(_, _, stance)| with(stance)).map(|(_, title, _)| format!("“{title}”")).collect();
        let rows: Vec<String> = stances
            .iter()
            .flat_map(|(_, _, stance)| &stance.limits)
            .filter(|limit| limit.law == law && limit.relaxed_if.is_none())
            .flat_map(|limit| limit.rows.clone())
            .collect();
        (issues, rows)
    };
    let mut sentences = Vec::new();
    let (issues, rows) = limited(false);
    sentences.push(match issues.len() {
        0 => Sentence::counted("In words it rules out nothing on record."),
        count => Sentence::with_rows(
            format!(
                "In words it rules options out on {}: {}.",
                words::count_of(count, "issue", "issues"),
                words::list(&issues)
            ),
            rows,
        )
        .over_all(),
    });
    let (issues, rows) = limited(true);
    sentences.push(match issues.len() {
        0 => Sentence::counted("By its own law it rules out nothing on record."),
        _ => {
            let text = format!("By its own law it rules options out on {}.", words::list(&issues));
            Sentence::with_rows(text, rows).over_all()
        }
    });
    sentences
}

fn offered(findings: &Findings<'_>, id: &str) -> Vec<Sentence> {
    let stances = stances(findings, id);
    let carried: Vec<(&str, &str, &detente_analysis::now::TabledNow)> = stances
        .iter()
        .flat_map(|(issue, title, stance)| {
            stance
                .tabled
                .iter()
                .filter(|t| t.carried && !stance.position.contains(&t.option))
                .map(move |t| (*issue, *title, t))
        })
        .collect();
    let open: usize = stances
        .iter()
        .map(|(_, _, stance)| stance.tabled.iter().filter(|t| !stance.position.contains(&t.option)).count())
        .sum();
    let mut sentences = vec![Sentence::counted(format!(
        "Beside what it asks for now it has put {} in its own words.",
        words::count_of(open, "other option", "other options")
    ))];
    sentences.push(match carried.iter().max_by_key(|(_, _, tabled)| tabled.last) {
        Some((issue, title, tabled)) => {
            let text = format!(
                "Of these, the latest in a text that has lapsed: on “{title}”, {} ({}).",
                findings.option(issue, &tabled.option),
                words::when(tabled.last)
            );
            Sentence::with_rows(text, tabled.rows.clone()).over_all()
        }
        None => Sentence::counted("Of these, none stands only in a text that has lapsed."),
    });
    sentences
}

fn moved(findings: &Findings<'_>, id: &str) -> Vec<Sentence> {
    let start = findings.history.months.first().map(|month| month.month.first());
    let moved: Vec<_> = findings
        .history
        .movements
        .iter()
        .filter(|m| {
            m.actor == id && m.direction != Direction::None && start.is_none_or(|start| m.date.first() >= start)
        })
        .collect();
    let count = |direction| moved.iter().filter(|m| m.direction == direction).count();
    let mut sentences = vec![Sentence::counted(format!(
        "Over the whole period: {} away from the other side or closing an option, {} toward it or opening one.",
        words::count_of(count(Direction::Hardening), "movement", "movements"),
        count(Direction::Concession)
    ))];
    sentences.push(match moved.iter().rev().find(|m| m.direction == Direction::Concession) {
        Some(movement) => {
            let text = format!(
                "The latest toward it or opening: {}, on “{}”: it {}.",
                words::when(movement.date),
                findings.issue_title(&movement.issue),
                super::history::what(findings, movement)
            );
            Sentence::with_rows(text, movement.rows.clone()).over_all()
        }
        None => Sentence::counted("The latest toward it or opening: none on record."),
    });
    sentences
}

pub(super) fn company(findings: &Findings<'_>, id: &str) -> Vec<Sentence> {
    let backing = [RelationType::Backs, RelationType::Arms, RelationType::Finances, RelationType::Guarantees];
    [
        ("Backed, armed, financed or guaranteed at this date by", &backing[..]),
        ("Mediating with it at this date:", &[RelationType::Mediates]),
    ]
    .into_iter()
    .map(|(lead, kinds)| {
        let (names, rows) = findings.tied_to(id, kinds);
        match names.len() {
            0 => Sentence::counted(format!("{lead} nobody on record.")),
            _ => Sentence::with_rows(format!("{lead} {}.", words::list_some(&names, 6)), rows).over_all(),
        }
    })
    .collect()
}

pub(super) fn last_words(findings: &Findings<'_>, id: &str) -> Option<Sentence> {
    let last = findings
        .record
        .positions()
        .map(|(_, row)| row)
        .filter(|row| {
            *findings.case.actors[row.actor].id == *id && row.valid_from.first() <= findings.moment.at && !row.is_law()
        })
        .filter(|row| row.kind.is_none_or(|kind| kind.own_words()))
        .max_by(|a, b| a.valid_from.cmp(&b.valid_from).then_with(|| detente_case::natural_order(&a.id, &b.id)))?;
    let text = format!(
        "Its last statement on record is of {} ({}): {}.",
        words::when(last.valid_from),
        words::before(last.valid_from.first(), findings.moment.at),
        words::clause(&last.statement)
    );
    Some(Sentence::with_rows(text, [last.id.to_string()]).over_all())
}
