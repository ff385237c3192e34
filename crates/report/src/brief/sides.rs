//! Each side in a paragraph: the same facts in the same order.

use detente_analysis::movement::{Direction, MovementKind};
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
    if !issues.is_empty() {
        sentences.push(
            Sentence::with_rows(format!("By its own law it rules options out on {}.", words::list(&issues)), rows)
                .over_all(),
        );
    }
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
        "Beside what it asks for today it has put {} in its own words.",
        words::count_of(open, "other option", "other options")
    ))];
    if let Some((issue, title, tabled)) = carried.iter().max_by_key(|(_, _, tabled)| tabled.last) {
        let text = format!(
            "Of texts that have lapsed, the latest: on “{title}”, {} ({}).",
            findings.option(issue, &tabled.option),
            words::when(tabled.last)
        );
        sentences.push(Sentence::with_rows(text, tabled.rows.clone()).over_all());
    }
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
        "Over the whole period it moved away or closed options {}, and moved toward the other side or opened options {}.",
        times(count(Direction::Hardening)),
        times(count(Direction::Concession))
    ))];
    let last = moved.iter().rev().find(|m| m.direction == Direction::Concession);
    if let Some(movement) = last {
        let law = if movement.kind == MovementKind::Opening && movement.law { " by law" } else { "" };
        let text = format!(
            "The latest toward or opening{law}: {}, on “{}”: it {}.",
            words::when(movement.date),
            findings.issue_title(&movement.issue),
            super::history::what(findings, movement)
        );
        sentences.push(Sentence::with_rows(text, movement.rows.clone()).over_all());
    }
    sentences
}

fn times(count: usize) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

fn company(findings: &Findings<'_>, id: &str) -> Vec<Sentence> {
    let with = |kinds: &[RelationType]| {
        let mut names = Vec::new();
        let mut rows = Vec::new();
        for third in &findings.third_parties {
            let ties: Vec<_> = third
                .relations
                .iter()
                .filter(|tie| tie.to == id && tie.in_force && kinds.contains(&tie.kind))
                .collect();
            if !ties.is_empty() {
                names.push(findings.name(&third.actor));
                rows.extend(ties.iter().map(|tie| tie.row.clone()));
            }
        }
        (names, rows)
    };
    let (backers, backer_rows) =
        with(&[RelationType::Backs, RelationType::Arms, RelationType::Finances, RelationType::Guarantees]);
    let (mediators, mediator_rows) = with(&[RelationType::Mediates]);
    let mut sentences = Vec::new();
    if !backers.is_empty() {
        sentences.push(
            Sentence::with_rows(
                format!("Backed, armed, financed or guaranteed at this date by {}.", words::list_some(&backers, 6)),
                backer_rows,
            )
            .over_all(),
        );
    }
    if !mediators.is_empty() {
        sentences.push(
            Sentence::with_rows(
                format!("Mediating with it at this date: {}.", words::list_some(&mediators, 6)),
                mediator_rows,
            )
            .over_all(),
        );
    }
    sentences
}

fn last_words(findings: &Findings<'_>, id: &str) -> Option<Sentence> {
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
        "Its last statement on record is of {}, {} before: {}.",
        words::when(last.valid_from),
        words::age(last.valid_from.first(), findings.moment.at),
        words::clause(&last.statement)
    );
    Some(Sentence::with_rows(text, [last.id.to_string()]))
}
