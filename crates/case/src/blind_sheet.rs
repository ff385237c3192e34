//! A sheet for a second coder: the statements of a case without the codes of the first.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::coding::whole;
use crate::export::write_csv;
use crate::position::{Position, Subject};

/// The columns that the second coder fills.
pub const TO_FILL: [&str; 9] =
    ["issue", "kind", "low_option", "best_option", "high_option", "rules_out", "uncoded_reason", "coder_note", "coder"];

/// The columns that the sheet fills.
pub const FILLED: [&str; 10] =
    ["id", "document", "actor", "valid_from", "statement", "quote", "quote_lang", "locator", "source_id", "link"];

/// The sheet as CSV, for a case that is already at its level of markings, and the number of its lines.
///
/// Parts into which the first coder split a statement are one line, since how it was split is a code too; `with_issues` gives the
/// issue of each part, and so a line for each.
#[must_use]
pub fn sheet(case: &Case, with_issues: bool) -> (Vec<u8>, usize) {
    let mut seen = BTreeSet::new();
    let rows: Vec<Vec<String>> = case
        .positions
        .iter()
        .filter(|row| with_issues || seen.insert((whole(&row.id), row.actor, row.valid_from, &*row.statement)))
        .map(|row| line(case, row, with_issues))
        .collect();
    let header: Vec<&str> = FILLED.iter().chain(&TO_FILL).copied().collect();
    (write_csv(&header, rows.iter()), rows.len())
}

fn line(case: &Case, row: &Position, with_issues: bool) -> Vec<String> {
    let mut cells = vec![
        row.id.to_string(),
        // A row that names no document is its own: its id says nothing more.
        if row.document == row.id { String::new() } else { row.document.to_string() },
        case.actors[row.actor].id.to_string(),
        row.valid_from.to_string(),
        row.statement.to_string(),
        row.quote.to_string(),
        row.quote_lang.to_string(),
        row.locator.to_string(),
        row.source.map(|source| case.sources[source].id.to_string()).unwrap_or_default(),
        row.link.to_string(),
    ];
    let issue = match row.subject {
        Subject::Issue(id) => &case.issues[id].id,
        Subject::Topic(id) => &case.topics[id].id,
    };
    cells.extend(TO_FILL.iter().map(
        |column| {
            if with_issues && *column == "issue" { issue.to_string() } else { String::new() }
        },
    ));
    cells
}
