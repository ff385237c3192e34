//! Does the story follow? The claims of the case, tested against the rows.

use detente_analysis::claims::ClaimTested;

use super::Findings;
use crate::answers::claims::{overview, row_ids, summary};
use crate::document::{Block, Point, Section, Sentence, paragraph};
use crate::words;

/// The most sentences on what the rows show of one claim; the page of `claims` holds all of them.
const MOST_SENTENCES: usize = 2;

/// The page of the claims; none where the case has no claims.
pub(super) fn section(findings: &Findings<'_>) -> Option<Section> {
    let claims = &findings.claims;
    if claims.claims.is_empty() {
        return None;
    }
    let points = claims.claims.iter().map(point).collect();
    Some(Section {
        id: "claims".to_owned(),
        title: "Does the story follow?".to_owned(),
        annex: false,
        blocks: vec![
            paragraph(summary(claims.verdicts)),
            Block::Table(overview(&claims.claims)),
            Block::Points { points },
        ],
    })
}

/// What the rows show of a claim.
fn point(claim: &ClaimTested) -> Point {
    let name = claim.number.map_or_else(|| claim.id.clone(), |number| number.to_string());
    let mut shows: Vec<&str> = claim.shows.iter().take(MOST_SENTENCES).map(String::as_str).collect();
    if claim.shows.len() > MOST_SENTENCES {
        shows.push("The page of the claims shows the rest.");
    }
    Point {
        lead: format!("{name}. {}.", words::sentence_case(claim.verdict.words())),
        sentences: vec![Sentence::with_rows(shows.join(" "), row_ids(&claim.rows)).over_all()],
    }
}
