//! What could happen: results by scenario and by factor.

use detente_analysis::scenario::Scenarios;
use detente_case::{Case, Moment, Record};

use super::{answer, section};
use crate::document::{Block, Document, Section, Sentence, paragraph};
use crate::drawings;
use crate::evidence;
use crate::prospects::Telling;

/// Results by scenario and by factor, as a document.
#[must_use]
pub fn scenarios(case: &Case, moment: Moment, scenarios: &Scenarios) -> Document {
    let telling = Telling { case, scenarios };
    let mut sections = vec![section("in-short", "In short", telling.in_short())];
    if let Some(figure) = drawings::scenarios(case, scenarios) {
        sections.push(section("table", "Results by scenario", vec![Block::Figure(Box::new(figure))]));
    }
    if scenarios.scenarios.len() > 1 {
        sections.push(section("each", "Each scenario", vec![Block::Points { points: telling.each() }]));
    }
    if !scenarios.factors.is_empty() {
        sections.push(factors(telling));
    }
    sections.push(section("watch", "What to watch", telling.watch()));
    let moved = telling.moved_table();
    if !moved.rows.is_empty() {
        let assumed = Sentence::plain(
            "Effects are added up: a factor has the same effect for each of its units, and effects of several factors are summed. The range of \
             an input and the range of what moves it are taken low with low and high with high, the widest that they allow.",
        );
        sections.push(section(
            "moved",
            "What each scenario moves",
            vec![paragraph(vec![assumed]), Block::Table(moved)],
        ));
    }
    sections.extend(evidence::section(
        Record::known_by(case, moment.known),
        "Rows and sources behind this page",
        &sections,
    ));
    answer(case, moment, "Scenarios", &scenarios.about, sections)
}

fn factors(telling: Telling<'_>) -> Section {
    let words = Sentence::plain(
        "Each factor alone, from the low end of its range to the high end, all others as today, at the best values of all inputs.",
    );
    section(
        "factors",
        "What each factor does alone",
        vec![paragraph(vec![words]), Block::Table(telling.factors_table())],
    )
}
