//! Who else matters, and what surrounds the talks.

use detente_case::relation::RelationType;

use super::Findings;
use crate::document::{Block, Cell, Section, Sentence, Table, paragraph};
use crate::{drawings, words};

pub(super) fn section(findings: &Findings<'_>) -> Section {
    let mut blocks = Vec::new();
    if !findings.third_parties.is_empty() {
        blocks.push(paragraph(in_short(findings)));
        blocks.push(Block::Figure(Box::new(drawings::relations(
            findings.case,
            &findings.third_parties,
            findings.moment,
        ))));
    }
    Section { id: "others".into(), title: "Who else matters".into(), annex: false, blocks }
}

/// Third parties with their relations and meetings, for the annex.
pub(super) fn annex(findings: &Findings<'_>) -> Section {
    let blocks = if findings.third_parties.is_empty() { Vec::new() } else { vec![Block::Table(table(findings))] };
    Section { id: "annex-i".into(), title: "Annex I. Third parties".into(), annex: true, blocks }
}

/// Backers of each side and mediators, in a few sentences.
pub(super) fn in_short(findings: &Findings<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (actor, name) in findings.principals() {
        let id = &findings.case.actors[actor].id;
        let (names, rows) = findings.tied_to(id, &[RelationType::Backs, RelationType::Arms, RelationType::Finances]);
        if !names.is_empty() {
            let text = format!(
                "On record as backing, arming or financing {name} at this date: {}.",
                words::list_some(&names, 6)
            );
            sentences.push(Sentence::with_rows(text, rows).over_all());
        }
    }
    let mut mediators = Vec::new();
    let mut rows = Vec::new();
    for third in &findings.third_parties {
        let ties: Vec<_> =
            third.relations.iter().filter(|tie| tie.in_force && tie.kind == RelationType::Mediates).collect();
        let mut sides: Vec<&str> = ties.iter().map(|tie| &*tie.to).collect();
        sides.sort_unstable();
        sides.dedup();
        if sides.len() > 1 {
            mediators.push(findings.name(&third.actor));
            rows.extend(ties.iter().map(|tie| tie.row.clone()));
        }
    }
    if !mediators.is_empty() {
        let text = format!("Mediating with more than one side at this date: {}.", words::list_some(&mediators, 6));
        sentences.push(Sentence::with_rows(text, rows).over_all());
    }
    sentences
}

fn table(findings: &Findings<'_>) -> Table {
    let rows = findings.third_parties.iter().map(|third| {
        let ties: Vec<String> = third
            .relations
            .iter()
            .filter(|tie| tie.in_force)
            .map(|tie| {
                format!("{} {} (since {})", words::relation(tie.kind), findings.name(&tie.to), words::when(tie.from))
            })
            .collect();
        let tie_rows = third.relations.iter().filter(|tie| tie.in_force).map(|tie| tie.row.clone()).collect();
        let last = third
            .meetings
            .iter()
            .chain(&third.rounds)
            .filter_map(|id| findings.event(id))
            .max_by_key(|event| event.date);
        vec![
            Cell::from(findings.name(&third.actor)),
            Cell::with_rows(ties.join("; "), tie_rows),
            third.meetings.len().to_string().into(),
            third.rounds.len().to_string().into(),
            match last {
                Some(event) => Cell::with_rows(
                    format!("{} ({})", words::clause(&event.title), words::when(event.date)),
                    vec![event.id.to_string()],
                ),
                None => Cell::default(),
            },
        ]
    });
    Table {
        caption: "Third parties: relations at this date, meetings with a side, direct talks hosted or mediated".into(),
        columns: ["Who", "Relations", "Meetings with a side", "Direct talks", "Last of these"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
    }
}

/// Series beside the timeline.
pub(super) fn surroundings(findings: &Findings<'_>) -> Option<Section> {
    let figure = drawings::series(findings.record, findings.moment)?;
    let note = "Series from different instruments stand beside each other and are never joined. Revised series (without a date of publication) may tell of earlier days what was not known then.";
    let blocks = vec![paragraph(vec![Sentence::plain(note)]), Block::Figure(Box::new(figure))];
    Some(Section { id: "surroundings".into(), title: "What surrounds it".into(), annex: false, blocks })
}
