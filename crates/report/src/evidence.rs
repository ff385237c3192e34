//! The rows that a document cites, with their sources: what stands behind each of its sentences.

use std::collections::BTreeSet;

use detente_case::Record;
use detente_case::source::Source;

use crate::document::{Block, Cell, Section, Table};
use crate::words;

/// The rows that any sentence or table cites and that stand nowhere in full, with the sources of all; none if nothing is cited.
pub(crate) fn section(record: Record<'_>, title: &str, sections: &[Section]) -> Option<Section> {
    let mut cited: BTreeSet<String> = BTreeSet::new();
    for block in sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Paragraph { sentences, .. } => cited.extend(sentences.iter().flat_map(|s| s.rows.iter().cloned())),
            Block::Points { points } => {
                cited.extend(points.iter().flat_map(|p| &p.sentences).flat_map(|s| s.rows.iter().cloned()))
            }
            Block::Table(table) => cited.extend(table.rows.iter().flatten().flat_map(|cell| cell.rows.iter().cloned())),
            Block::Figure(_) => {}
        }
    }
    let tables = sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let in_full: BTreeSet<String> = tables
        .flat_map(|table| table.rows.iter().flatten())
        .filter_map(|cell| cell.anchor.strip_prefix("row-").map(str::to_owned))
        .collect();
    let mut rows: Vec<(String, Vec<Cell>)> = Vec::new();
    let mut used: BTreeSet<detente_case::Id<Source>> = BTreeSet::new();
    let case = record.case;
    let mut add =
        |id: &str, source: Option<detente_case::Id<Source>>, link: &str, cells: [String; 4], grade: String| {
            if !cited.contains(id) {
                return;
            }
            used.extend(source);
            if in_full.contains(id) {
                return;
            }
            let origin = match source {
                Some(source) => case.sources[source].id.to_string(),
                None if link.is_empty() => "no source: an assumption".to_owned(),
                None => link.to_owned(),
            };
            let mut row = vec![Cell { text: id.to_owned(), rows: Vec::new(), anchor: format!("row-{id}") }];
            row.extend(cells.map(Cell::from));
            row.push(origin.into());
            row.push(grade.into());
            rows.push((id.to_owned(), row));
        };
    for (_, row) in record.positions() {
        let subject = match row.subject {
            detente_case::position::Subject::Issue(id) => case.issues[id].title.to_string(),
            detente_case::position::Subject::Topic(id) => case.topics[id].title.to_string(),
        };
        let known = if row.known_from == row.valid_from {
            String::new()
        } else {
            format!(" (known {})", words::when(row.known_from))
        };
        let verified = if row.verified { "" } else { ", not verified" };
        let mut text = format!("{subject}: {}", row.statement);
        if !row.condition_text.is_empty() {
            text.push_str(&format!(" [condition: {}]", row.condition_text));
        }
        if !row.quote.is_empty() {
            text.push_str(&format!(" “{}” ({})", row.quote, row.quote_lang));
        }
        let cells = [
            format!("{}{known}", words::when(row.valid_from)),
            case.actors[row.actor].name.to_string(),
            words::kind(row.kind).to_owned(),
            text,
        ];
        add(
            &row.id,
            row.source,
            &row.link,
            cells,
            format!("{}{verified}", row.grade.map(|g| g.to_string()).unwrap_or_else(|| "not graded".into())),
        );
    }
    for (_, event) in record.events() {
        let parties: Vec<String> = event.parties.iter().map(|id| case.actors[*id].name.to_string()).collect();
        let text = if event.outcome.is_empty() {
            event.title.to_string()
        } else {
            format!("{}. {}", words::clause(&event.title), event.outcome)
        };
        let cells = [words::when(event.date), words::list(&parties), event.kind.word().replace('_', " "), text];
        add(
            &event.id,
            event.source,
            &event.link,
            cells,
            if event.verified { String::new() } else { "not verified".to_owned() },
        );
    }
    for (_, row) in record.relations() {
        let text = format!("{} {}: {}", words::relation(row.kind), case.actors[row.to].name, row.basis);
        let cells = [words::when(row.valid_from), case.actors[row.from].name.to_string(), "relation".to_owned(), text];
        add(&row.id, row.source, "", cells, if row.verified { String::new() } else { "not verified".to_owned() });
    }
    rows.sort_by(|a, b| detente_case::natural_order(&a.0, &b.0));
    let table = Table {
        caption: "Rows cited above".into(),
        columns: ["Row", "Date", "Who", "Kind", "What", "Source", "Grade"].map(str::to_owned).to_vec(),
        rows: rows.into_iter().map(|(_, cells)| cells).collect(),
    };
    let bibliography = Table {
        caption: "Sources of these rows. Addresses are text: nothing is opened by itself".into(),
        columns: ["Id", "Citation", "Address", "Note"].map(str::to_owned).to_vec(),
        rows: used
            .iter()
            .map(|id| &case.sources[*id])
            .map(|source| {
                vec![(&*source.id).into(), source.citation().into(), (&*source.url).into(), (&*source.note).into()]
            })
            .collect(),
    };
    let tables = [table, bibliography].into_iter().filter(|table| !table.rows.is_empty());
    let blocks: Vec<Block> = tables.map(Block::Table).collect();
    (!blocks.is_empty()).then(|| Section { id: "rows".to_owned(), title: title.to_owned(), annex: true, blocks })
}
