//! What blocks an agreement, and what room there is.

use detente_analysis::about::About;
use detente_analysis::agreement::Agreement;
use detente_analysis::blocks::Blocks;
use detente_analysis::room::Values;
use detente_case::{Case, Moment, Record};

use super::{answer, section};
use crate::blocking::Blocking;
use crate::document::{Block, Document, Point, Section, Sentence, Table, paragraph};
use crate::drawings;
use crate::evidence;
use crate::valuing::Valuing;
use crate::words;

/// What blocks an agreement, and what room there is, as a document.
#[must_use]
pub fn agreement(case: &Case, moment: Moment, agreement: &Agreement) -> Document {
    let mut sections = by_order(Blocking { case, blocks: &agreement.blocks }, moment, Part::First);
    sections
        .extend(by_numbers(case, agreement.values.as_ref().ok_or(agreement.no_values.as_deref().unwrap_or_default())));
    finished(case, moment, "Agreement", &agreement.about, sections)
}

/// What blocks, by the order of options alone, as a document of its own. `lifted` are the rows whose limits the case is taken to be without.
#[must_use]
pub fn blocks(case: &Case, moment: Moment, blocks: &Blocks, about: &About, lifted: &[String]) -> Document {
    let sections = by_order(Blocking { case, blocks }, moment, Part::Alone);
    let mut document = finished(case, moment, "What blocks", about, sections);
    if !lifted.is_empty() {
        let rows = words::list(lifted);
        document.banners.push(format!("As it would be if the limits of {rows} did not hold. They do."));
    }
    document
}

/// What room numbers leave, as a document of its own; or why there are no numbers.
#[must_use]
pub fn values(case: &Case, moment: Moment, values: Result<&Values, &str>, about: &About) -> Document {
    finished(case, moment, "What room numbers leave", about, by_numbers(case, values))
}

/// Whether what blocks is the first part of a page, or a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    First,
    Alone,
}

fn by_order(blocking: Blocking<'_>, moment: Moment, part: Part) -> Vec<Section> {
    let mut sections = vec![in_short(blocking, part)];
    sections.extend(what_blocks(blocking, moment));
    sections.extend(what_would_unblock(blocking));
    sections.push(section("readings", "Other readings of limits", vec![Block::Table(blocking.readings_table())]));
    sections.push(section("since", "Since when", vec![Block::Table(blocking.periods_table())]));
    sections
}

fn by_numbers(case: &Case, values: Result<&Values, &str>) -> Vec<Section> {
    match values {
        Ok(values) => {
            let valuing = Valuing { case, values };
            let mut sections = valuing.sections();
            sections.push(section("assumptions", "What the numbers assume", vec![Block::Table(valuing.assumptions())]));
            sections
        }
        Err(why) => {
            let told = Sentence::counted(format!("No numbers are given here. {why}"));
            vec![section("values", "What room numbers leave", vec![paragraph(vec![told])])]
        }
    }
}

/// The document of some sections, with the rows and sources behind them.
fn finished(case: &Case, moment: Moment, what: &str, about: &About, mut sections: Vec<Section>) -> Document {
    let record = Record::known_by(case, moment.known);
    sections.extend(evidence::section(record, "Rows and sources behind this page", &sections));
    answer(case, moment, what, about, sections)
}

fn in_short(blocking: Blocking<'_>, part: Part) -> Section {
    let mut what = blocking.verdict();
    what.extend(blocking.since());
    let mut change = Vec::new();
    if let Some(told) = blocking.first() {
        change.extend(blocking.steps_in_all(told));
        change.extend(blocking.both_must_move(&told.both_must_move));
    }
    let points = [("What blocks.", what), ("What would have to change.", change)];
    let points = points.into_iter().filter(|(_, sentences)| !sentences.is_empty());
    let points = points.map(|(lead, sentences)| Point { lead: lead.to_owned(), sentences }).collect();
    let this = if part == Part::First { "The first part of this page" } else { "This page" };
    let terms = Sentence::plain(format!(
        "A package is one option for every issue. A limit is an option that a side has ruled out, by words or by law; limits add up until an \
         offer of its own puts the option back. {this} uses the order of the options and no numbers."
    ));
    section("in-short", "In short", vec![Block::Points { points }, paragraph(vec![terms])])
}

fn what_blocks(blocking: Blocking<'_>, moment: Moment) -> Option<Section> {
    let told = blocking.first()?;
    let mut blocks = Vec::new();
    if told.blocked {
        blocks
            .push(paragraph(vec![Sentence::plain("Each of these is a smallest set of limits that cannot all hold.")]));
        blocks.push(Block::Points { points: blocking.conflicts(told) });
        let figure = drawings::conflict_sets(blocking.case, moment, blocking.blocks);
        blocks.extend(figure.map(|figure| Block::Figure(Box::new(figure))));
    }
    if !told.complete {
        blocks.push(paragraph(vec![Sentence::plain(
            "Not all sets are listed: too many issues hang together. What is listed is right; whether there is more is not known.",
        )]));
    }
    blocks.push(Block::Table(blocking.sticking_table(told)));
    let open = blocking.open_in_words(told);
    if !open.is_empty() {
        blocks.push(paragraph(open));
    }
    blocks.retain(|block| !matches!(block, Block::Table(Table { rows, .. }) if rows.is_empty()));
    (!blocks.is_empty()).then(|| section("blocks", "What blocks", blocks))
}

fn what_would_unblock(blocking: Blocking<'_>) -> Option<Section> {
    let told = blocking.first().filter(|told| told.blocked)?;
    let figure = drawings::steps(blocking.case, blocking.blocks).map(|figure| Block::Figure(Box::new(figure)));
    let blocks = std::iter::once(Block::Table(blocking.steps_table(told))).chain(figure).collect();
    Some(section("unblock", "What would unblock", blocks))
}
