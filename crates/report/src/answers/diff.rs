//! What changed since a date.

use detente_analysis::diff::Diff;
use detente_analysis::gap::Gap;
use detente_case::issue::Track;
use detente_case::{Case, Moment};

use super::{answer, section};
use crate::document::{Block, Cell, Document, Sentence, Table, paragraph};
use crate::words;

/// The changes as a document.
#[must_use]
pub fn diff(case: &Case, moment: Moment, diff: &Diff) -> Document {
    let summary = format!(
        "Since {}: {}, {}, {} on which the phase is new or another, {} on which the gap or its comparability changed.",
        diff.since,
        words::count_of(diff.rows.len(), "row that became known", "rows that became known"),
        words::count_of(diff.movements.len(), "movement", "movements"),
        words::count_of(diff.phases.len(), "month of a track", "months of a track"),
        words::count_of(diff.verdicts.len(), "issue", "issues"),
    );
    let mut blocks = vec![paragraph(vec![Sentence::counted(summary)])];
    let tables = [verdicts(diff), phases(diff), movements(diff), rows(diff)];
    blocks.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
    answer(case, moment, "What changed", &diff.about, vec![section("diff", "", blocks)])
}

fn table(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table { caption: caption.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

fn verdicts(diff: &Diff) -> Table {
    let gap = |gap: Option<Gap>| gap.map_or_else(|| "not comparable".to_owned(), words::steps);
    let rows = diff
        .verdicts
        .iter()
        .map(|change| vec![change.issue.as_str().into(), gap(change.before).into(), gap(change.after).into()]);
    table("Gaps", &["Issue", "Then", "Now"], rows.collect())
}

fn phases(diff: &Diff) -> Table {
    let rows = diff.phases.iter().map(|change| {
        let track = match change.track {
            Track::Political => "political",
            Track::Humanitarian => "humanitarian",
        };
        let before = change.before.map_or("not seen yet", |phase| phase.word());
        vec![change.month.to_string().into(), track.into(), before.into(), change.after.word().into()]
    });
    table("Phases", &["Month", "Track", "Seen then as", "Seen now as"], rows.collect())
}

fn movements(diff: &Diff) -> Table {
    let rows = diff.movements.iter().map(|movement| {
        vec![
            Cell::with_rows(movement.date.to_string(), movement.rows.clone()),
            movement.actor.as_str().into(),
            movement.issue.as_str().into(),
            format!("{:?}", movement.kind).to_lowercase().into(),
            format!("{} to {}", movement.from.join(" or "), movement.to.join(" or ")).into(),
        ]
    });
    table("Movements", &["Date", "Who", "Issue", "Kind", "What"], rows.collect())
}

fn rows(diff: &Diff) -> Table {
    let rows = diff.rows.iter().map(|row| {
        vec![
            row.id.as_str().into(),
            row.table.as_str().into(),
            row.date.to_string().into(),
            row.known_from.to_string().into(),
            row.text.as_str().into(),
        ]
    });
    table("Rows that became known", &["Row", "Table", "Date", "Known from", "What"], rows.collect())
}
