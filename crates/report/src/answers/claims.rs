//! Whether an analyst's claims follow from the rows.

use detente_analysis::claims::{Answer, ClaimTested, Claims, PartTested, Tally, Verdict};
use detente_case::{Case, Moment};

use super::{answer, section};
use crate::document::{Block, Cell, Document, Point, Section, Sentence, Table, paragraph};
use crate::words;

/// The claims as a document: a table of verdicts, then a section a claim.
#[must_use]
pub fn claims(case: &Case, moment: Moment, claims: &Claims) -> Document {
    let mut blocks = vec![paragraph(summary(claims.verdicts))];
    if claims.claims.len() > 1 {
        blocks.push(Block::Table(overview(&claims.claims)));
    }
    let mut sections = vec![section("claims", "", blocks)];
    sections.extend(claims.claims.iter().map(told));
    answer(case, moment, "Claims", &claims.about, sections)
}

/// How many claims have which verdict.
pub(crate) fn summary(verdicts: Tally) -> Vec<Sentence> {
    let counts = [verdicts.supported, verdicts.not_supported, verdicts.not_determined, verdicts.no_data];
    let all: usize = counts.iter().sum();
    if all == 0 {
        return vec![Sentence::plain(
            "The case has no claims at this level. Statements to test stand in claims.toml; docs/methods/claims.md shows how they are written.",
        )];
    }
    let told: Vec<String> = Verdict::ALL
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("{count} {}", verdict.words()))
        .collect();
    let claims = words::sentence_case(&words::count_of(all, "claim was", "claims were"));
    vec![
        Sentence::counted(format!("{claims} tested against the rows: {}.", words::list(&told))),
        Sentence::plain(
            "Not determined means that the answer differs between readings, ranges or dates that the rows leave open; no data means that no row or series bears on it.",
        ),
    ]
}

/// The claims and their verdicts, a line each.
pub(crate) fn overview(claims: &[ClaimTested]) -> Table {
    let row = |claim: &ClaimTested| -> Vec<Cell> {
        vec![
            claim.number.map(|number| number.to_string()).unwrap_or_default().into(),
            claim.verdict.words().into(),
            format!("{:?}", claim.layer).into(),
            claim.text.as_str().into(),
        ]
    };
    Table {
        caption: "Claims and verdicts".to_owned(),
        columns: ["", "Verdict", "Layer", "Claim"].map(str::to_owned).to_vec(),
        rows: claims.iter().map(row).collect(),
    }
}

/// The ids of rows among what stands behind an answer: a series has no row of its own.
pub(crate) fn row_ids(rows: &[String]) -> impl Iterator<Item = String> + '_ {
    rows.iter().filter(|row| !row.starts_with("factor:")).cloned()
}

fn told(claim: &ClaimTested) -> Section {
    let number = claim.number.map(|number| format!("{number}. ")).unwrap_or_default();
    let title = format!("{number}{}", words::sentence_case(claim.verdict.words()));
    let mut blocks = vec![paragraph(vec![Sentence::plain(format!("“{}”", claim.text))])];
    let mut points: Vec<Point> = claim.questions.iter().map(question).collect();
    points.extend(claim.parts.iter().map(part));
    blocks.push(Block::Points { points });
    let mut notes = Vec::new();
    if !claim.parts.is_empty() && !claim.predicate.is_empty() {
        notes.push(Sentence::plain(format!("The parts combine as: {}.", claim.predicate)));
    }
    for (lead, text) in [("How it is read: ", &claim.reason), ("Note: ", &claim.note)] {
        if !text.is_empty() {
            notes.push(Sentence::plain(format!("{lead}{text}")));
        }
    }
    if !notes.is_empty() {
        blocks.push(paragraph(notes));
    }
    section(&format!("claim-{}", claim.id), &title, blocks)
}

/// A part with its verdict and what the rows show.
fn part(part: &PartTested) -> Point {
    let rows: Vec<String> = row_ids(&part.rows).collect();
    Point {
        lead: format!("{} {}.", part.text, words::sentence_case(part.verdict.words())),
        sentences: vec![Sentence::with_rows(part.shows.join(" "), rows).over_all()],
    }
}

/// A question with its verdict, what the rows show, and what was found under each reading where there are several.
fn question(answer: &Answer) -> Point {
    let mut sentences = vec![Sentence::with_rows(answer.shows.clone(), row_ids(&answer.rows)).over_all()];
    if answer.figures.len() > 1 {
        let figures: Vec<String> =
            answer.figures.iter().map(|figure| format!("{}: {}", figure.name, figure.value)).collect();
        sentences.push(Sentence::counted(format!("{}.", words::sentence_case(&figures.join("; ")))));
    }
    Point { lead: format!("{} {}.", answer.question, words::sentence_case(answer.verdict.words())), sentences }
}
