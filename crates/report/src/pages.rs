//! Pages that only the workbench has: answers with the figures that stand beside them, and what the record is made of.
//!
//! Every other page of the workbench is the document that the command of its name writes.

use detente_analysis::about::{About, Layer, Settings};
use detente_analysis::stability::{OfCase, of_case};
use detente_analysis::{census, coverage, gap, history as past, now as stances, uncoded};
use detente_case::position::Subject;
use detente_case::{Case, Moment, Record};

use crate::answers;
use crate::document::{Block, Cell, Document, Section, Sentence, Table, paragraph};
use crate::drawings;
use crate::figure::Figure;
use crate::sourcing::Sourcing;
use crate::words;

fn section(id: &str, title: &str, blocks: Vec<Block>) -> Section {
    Section { id: id.to_owned(), title: title.to_owned(), annex: false, blocks }
}

fn figure(figure: Figure) -> Block {
    Block::Figure(Box::new(figure))
}

/// Who stands where: the plot of all issues first, then the tables that `detente now` prints, then how much is on record and how the
/// gap has moved.
#[must_use]
pub fn now(case: &Case, moment: Moment, settings: Settings) -> Document {
    let record = Record::known_by(case, moment.known);
    let now = stances::now(case, moment, settings);
    let mut document = answers::now(case, moment, &now);
    if now.issues.is_empty() {
        let words = uncoded::group(record, moment);
        if !words.is_empty() {
            let drawn = vec![figure(drawings::statements(case, &words, moment)), figure(drawings::tally(case, &words))];
            document.sections.insert(0, section("plot", "At a glance", drawn));
        }
        return document;
    }
    document.sections.insert(0, section("plot", "At a glance", vec![figure(drawings::now_plot(case, &now))]));
    let grid = coverage::grid(record, moment);
    let gaps = gap::over_time(record, past::start(record), moment.at);
    let drawn =
        vec![figure(drawings::coverage_grid(case, &grid)), figure(drawings::gap_over_time(case, &gaps, moment.at))];
    document.sections.push(section("record", "What is on record", drawn));
    document
}

/// How it got here: the timeline first, then the ladder of each issue on which anybody has spoken, then the tables that
/// `detente history` prints.
#[must_use]
pub fn history(case: &Case, moment: Moment, settings: Settings) -> Document {
    let record = Record::known_by(case, moment.known);
    let history = past::history(case, moment, settings);
    let mut document = answers::history(case, moment, &history);
    let mut spoken = vec![false; case.issues.len()];
    for (_, row) in record.positions().filter(|(_, row)| row.is_coded() && row.valid_from.first() <= moment.at) {
        if let Subject::Issue(issue) = row.subject {
            spoken[issue.place()] = true;
        }
    }
    let ladders = case.issues.ids().filter(|issue| spoken[issue.place()]);
    let ladders: Vec<Block> = ladders.map(|issue| figure(drawings::ladder(record, moment, issue, &history))).collect();
    if !ladders.is_empty() {
        document.sections.insert(0, section("ladders", "Issue by issue", ladders));
    }
    if record.events().next().is_some() {
        let timeline = vec![figure(drawings::timeline(record, moment, &history))];
        document.sections.insert(0, section("timeline", "At a glance", timeline));
    }
    document
}

/// Which outcomes would hold, of every stability model of the case that speaks of no later day. A single model is told as
/// `detente stability` tells it.
#[must_use]
pub fn stability(case: &Case, moment: Moment, settings: Settings) -> Document {
    let record = Record::known_by(case, moment.known);
    let models = of_case(record, moment, settings);
    if let [OfCase { answer: Some(answer), .. }] = models.as_slice() {
        return answers::stability(answer);
    }
    let mut sections = Vec::new();
    for model in &models {
        match &model.answer {
            Some(answer) => {
                sections.extend(answers::stability::of_one(answer, &model.name).sections.into_iter().map(|part| {
                    Section {
                        id: format!("{}-{}", model.name, part.id),
                        title: format!("{}: {}", words::clause(&model.title), part.title),
                        ..part
                    }
                }))
            }
            None => sections.push(section(&model.name, &model.title, vec![paragraph(vec![too_large(&model.name)])])),
        }
    }
    if sections.is_empty() {
        let none = "The case has no stability model that speaks of this day or an earlier one.";
        sections.push(section("stability", "", vec![paragraph(vec![Sentence::counted(none)])]));
    }
    let about = About::new(Layer::C, "stability", true, record, settings);
    answers::answer(case, moment, "Which outcomes would hold", &about, sections)
}

fn too_large(model: &str) -> Sentence {
    Sentence::counted(format!(
        "This model is too large for this page, or cannot be analysed; `detente stability CASE --model {model}` tells of it, or says why not."
    ))
}

/// Of what the record is made: by side, by publisher, what contradicts what, and every source with the rows that rest on it.
#[must_use]
pub fn sources(case: &Case, moment: Moment, settings: Settings) -> Document {
    let record = Record::known_by(case, moment.known);
    let census = census::census(record, moment);
    let sourcing = Sourcing { case, record, census: &census };
    let (table, unsourced) = bibliography(record, moment);
    let mut short = vec![Sentence::counted(format!(
        "The record rests on {} by this day.",
        words::count_of(table.rows.len(), "source", "sources")
    ))];
    if unsourced > 0 {
        short.push(Sentence::counted(format!(
            "{} no source: shown as assumptions.",
            if unsourced == 1 { "One row has".to_owned() } else { format!("{unsourced} rows have") }
        )));
    }
    let mut sections = vec![section("in-short", "In short", vec![paragraph(short)])];
    let mut sides = vec![Block::Table(sourcing.census_table())];
    sides.push(Block::Points { points: sourcing.publishers() });
    sections.push(section("sides", "By side", sides));
    let contradictions = sourcing.contradictions();
    if !contradictions.is_empty() {
        sections.push(section("contradictions", "Contradictions left standing", contradictions));
    }
    if !table.rows.is_empty() {
        sections.push(section("sources", "Every source", vec![Block::Table(table)]));
    }
    let credits: Vec<Block> = sourcing.credits().collect();
    if !credits.is_empty() {
        sections.push(section("credits", "Credits", credits));
    }
    let about = About::new(Layer::A, "sources", true, record, settings);
    answers::answer(case, moment, "Sources", &about, sections)
}

/// Every source that a statement, event or relation of the record rests on, with these rows; and how many rows rest on none.
fn bibliography(record: Record<'_>, moment: Moment) -> (Table, usize) {
    let case = record.case;
    let mut rows: Vec<Vec<String>> = vec![Vec::new(); case.sources.len()];
    let mut without = 0;
    let said = record.positions().filter(|(_, row)| row.valid_from.first() <= moment.at);
    let said = said.map(|(_, row)| (&row.id, row.source, &row.link));
    let happened = record.events().filter(|(_, row)| row.date.first() <= moment.at);
    let happened = happened.map(|(_, row)| (&row.id, row.source, &row.link));
    for (id, source, link) in said.chain(happened) {
        match source {
            Some(source) => rows[source.place()].push(id.to_string()),
            None if link.is_empty() => without += 1,
            None => {}
        }
    }
    for (_, row) in record.relations().filter(|(_, row)| row.valid_from.first() <= moment.at) {
        match row.source {
            Some(source) => rows[source.place()].push(row.id.to_string()),
            None => without += 1,
        }
    }
    let used = case.sources.with_ids().filter(|(id, _)| !rows[id.place()].is_empty());
    let line = |(id, source): (detente_case::Id<detente_case::source::Source>, &detente_case::source::Source)| {
        let behind = rows[id.place()].clone();
        vec![
            Cell { text: source.id.to_string(), rows: Vec::new(), anchor: format!("source-{}", source.id) },
            source.citation().into(),
            (&*source.url).into(),
            (&*source.note).into(),
            Cell::with_rows(behind.len().to_string(), behind),
        ]
    };
    let table = Table {
        caption: "Addresses are text: nothing is opened by itself".into(),
        columns: ["Id", "Citation", "Address", "Note", "Rows"].map(str::to_owned).to_vec(),
        rows: used.map(line).collect(),
    };
    (table, without)
}
