//! Digests: what a record shows, and what a file holds.

use std::fmt::Write as _;

use super::{ActorTexts, Cells, case_toml, cells, claims, inputs, models, scenarios};
use crate::case::Case;
use crate::ids::Id;
use crate::issue::{OptionPlace, Track};
use crate::position::Position;

/// A digest of what a record shows: SHA-256 over its rows in their order, as text. Rows that the record does not know leave no trace.
#[must_use]
pub fn digest(record: crate::Record<'_>) -> String {
    use sha2::{Digest as _, Sha256};
    let case = record.case;
    let mut hash = Sha256::new();
    let mut add = |cells: &[String]| {
        for cell in cells {
            hash.update(cell.as_bytes());
            hash.update([0x1f]);
        }
        hash.update([0x1e]);
    };
    add(&[case_toml_without_contradictions(case)]);
    case.actors.iter().filter(|actor| !actor.implied).for_each(|actor| add(&cells::actor_cells(case, actor)));
    for issue in case.issues.iter() {
        (0u8..).zip(&issue.options).for_each(|(place, _)| add(&cells::option_cells(issue, OptionPlace(place))));
        add(&[issue.track.word().to_owned()]);
    }
    case.topics
        .iter()
        .filter(|topic| topic.track != Track::Political && !topic.implied)
        .for_each(|topic| add(&cells::topic_cells(case, topic)));
    let texts = ActorTexts::of(case);
    record.positions().for_each(|(_, row)| {
        let mut row = std::borrow::Cow::Borrowed(row);
        if row.supersedes.iter().any(|ended| !record.knows(&case.positions[*ended])) {
            row.to_mut().supersedes.retain(|ended| record.knows(&case.positions[*ended]));
        }
        // What a statement says, whether it or its source says it: defaults of sources that no known row uses leave no trace.
        add(&cells::position_cells(case, &texts, &row, Cells::WithDefaults));
    });
    record.events().for_each(|(_, row)| add(&cells::event_cells(case, &texts, row)));
    record.relations().for_each(|(_, row)| add(&cells::relation_cells(case, &texts, row)));
    record.factors().for_each(|(_, row)| add(&cells::factor_cells(case, row)));
    for row in case.indicators.iter().filter(|row| record.knows_indicator(row)) {
        add(&cells::indicator_cells(case, &texts, row, &record.known_evidence(&row.evidence)));
    }
    for row in case.clauses.iter().filter(|row| record.knows_clause(row)) {
        let known: Vec<Id<Position>> =
            row.rows.iter().copied().filter(|id| record.knows(&case.positions[*id])).collect();
        add(&cells::clause_cells(case, row, &known));
    }
    inputs::known_rows(record, &texts, &mut add);
    models::known(record, &texts, &mut add);
    claims::known(record, &mut add);
    scenarios::known(record, &mut add);
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        _ = write!(text, "{byte:02x}");
    }
    text
}

/// The SHA-256 of a file, as text.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// Contradictions name rows, and rows that are not known yet leave no trace.
fn case_toml_without_contradictions(case: &Case) -> String {
    let text = case_toml(case);
    match text.find("\n[[contradiction]]") {
        Some(at) => text[..at].to_owned(),
        None => text,
    }
}
