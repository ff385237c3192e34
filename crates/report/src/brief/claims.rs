//! Does the story follow? The claims of the case, tested against the rows.

use detente_analysis::claims::ClaimTested;

use super::Findings;
use crate::answers::claims::{row_ids, summary};
use crate::document::{Block, Cell, Section, Table, paragraph};

/// The most sentences on what the rows show that stand beside a claim; the page of `claims` holds all of them.
const MOST_SENTENCES: usize = 3;

/// The page of the claims; none where the case has no claims.
pub(super) fn section(findings: &Findings<'_>) -> Option<Section> {
    let claims = &findings.claims;
    if claims.claims.is_empty() {
        return None;
    }
    let table = Table {
        caption: "Claims, what the rows conclude of them, and what they show".to_owned(),
        columns: ["", "Claim", "Verdict", "What the rows show"].map(str::to_owned).to_vec(),
        rows: claims.claims.iter().map(row).collect(),
    };
    Some(Section {
        id: "claims".to_owned(),
        title: "Does the story follow?".to_owned(),
        annex: false,
        blocks: vec![paragraph(summary(claims.verdicts)), Block::Table(table)],
    })
}

fn row(claim: &ClaimTested) -> Vec<Cell> {
    let mut shows: Vec<&str> = claim.shows.iter().take(MOST_SENTENCES).map(String::as_str).collect();
    if claim.shows.len() > MOST_SENTENCES {
        shows.push("More stands on the page of the claims.");
    }
    vec![
        claim.number.map(|number| number.to_string()).unwrap_or_default().into(),
        claim.text.as_str().into(),
        claim.verdict.words().into(),
        Cell::with_rows(shows.join(" "), row_ids(&claim.rows).collect()),
    ]
}
