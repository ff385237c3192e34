//! The words without a code, side by side: what a person makes scales from.

use detente_analysis::uncoded::{ActorWords, IssueWords, StatementWords, Uncoded};
use detente_case::{Case, Moment};

use super::{answer, section};
use crate::document::{Block, Cell, Document, Section, Sentence, Table, paragraph};
use crate::render::{self, columns};
use crate::words;

/// The most actors whose words stand side by side; those of more stand below each other.
pub(crate) const SIDE_BY_SIDE: usize = 3;
/// Characters in a line of the text form.
const WIDTH: usize = 100;
/// Characters of a date in the text form.
const DATE: usize = 10;

/// The words as a document.
#[must_use]
pub fn scales(case: &Case, moment: Moment, uncoded: &Uncoded) -> Document {
    let mut sections = vec![summary(uncoded)];
    sections.extend((1_usize..).zip(&uncoded.issues).map(|(number, issue)| {
        let blocks = vec![paragraph(vec![about(issue)]), Block::Table(table(issue, true))];
        section(&format!("issue-{number}"), &heading(issue), blocks)
    }));
    sections.push(next(uncoded));
    sections.retain(|section| !section.blocks.is_empty());
    answer(case, moment, "Words without a code", &uncoded.about, sections)
}

/// The words as text: in columns side by side, or below each other by date.
#[must_use]
pub fn scales_text(case: &Case, moment: Moment, uncoded: &Uncoded) -> String {
    let page = |sections| answer(case, moment, "Words without a code", &uncoded.about, sections);
    let mut out = render::text(&page(vec![summary(uncoded)]));
    for issue in &uncoded.issues {
        let section = section("", &heading(issue), vec![paragraph(vec![about(issue)])]);
        out.push_str(&render::section_text(&section));
        out.push('\n');
        out.push_str(&grid(issue));
    }
    let next = next(uncoded);
    if !next.blocks.is_empty() {
        out.push_str(&render::section_text(&next));
    }
    out
}

fn summary(uncoded: &Uncoded) -> Section {
    let text = match uncoded.uncoded {
        0 if uncoded.statements == 0 => "There is no statement on record.".to_owned(),
        0 => "Every statement carries a code: there is nothing to put together.".to_owned(),
        count => format!(
            "{} without a code, of {} on record, on {}; by date, as the record has them.",
            words::sentence_case(&words::count_of(count, "statement", "statements")),
            uncoded.statements,
            words::count_of(uncoded.issues.len(), "issue or topic", "issues and topics"),
        ),
    };
    section("words", "", vec![paragraph(vec![Sentence::counted(text)])])
}

fn next(uncoded: &Uncoded) -> Section {
    let mut sentences = Vec::new();
    if !uncoded.template.is_empty() {
        sentences.push(Sentence::plain(
            "With `--to scales.csv` this command writes these words beside empty options, for a person to fill.",
        ));
    }
    if uncoded.uncoded > 0 {
        sentences.push(Sentence::plain("No option is proposed and no statement is coded by the program."));
    }
    let blocks = if sentences.is_empty() { Vec::new() } else { vec![paragraph(sentences)] };
    section("next", "How to go on", blocks)
}

fn heading(issue: &IssueWords) -> String {
    if issue.title == issue.id { issue.title.clone() } else { format!("{} ({})", issue.title, issue.id) }
}

/// How much was said, from when to when, and whether there is a scale.
pub(crate) fn about(issue: &IssueWords) -> Sentence {
    let scale: Vec<String> =
        issue.scale.iter().map(|option| format!("{} “{}”", option.id, words::clause(&option.label))).collect();
    let scale = match scale.as_slice() {
        [] => "It has no scale yet".to_owned(),
        options => format!("Its scale: {}", options.join("; ")),
    };
    Sentence::counted(format!("{} {scale}.", extent(issue)))
}

/// How much was said, by how many, from when to when.
pub(crate) fn extent(issue: &IssueWords) -> String {
    let all = issue.by_date();
    let count = words::count_of(all.len(), "uncoded statement", "uncoded statements");
    let actors = words::count_of(issue.actors.len(), "actor", "actors");
    let span = match (all.first(), all.last()) {
        (Some((_, first)), Some((_, last))) if first.date != last.date => {
            format!(", {} to {}", words::when(first.date), words::when(last.date))
        }
        (Some((_, only)), _) => format!(", {}", words::when(only.date)),
        _ => String::new(),
    };
    format!("{} by {actors}{span}.", words::sentence_case(&count))
}

/// The words with the quote and the reason why they carry no code.
pub(crate) fn said(statement: &StatementWords) -> String {
    let mut text = statement.words.clone();
    if !statement.quote.is_empty() && statement.quote != statement.words {
        let language = &statement.quote_lang;
        let language = if language.is_empty() { String::new() } else { format!(" ({language})") };
        text.push_str(&format!(" “{}”{language}", statement.quote));
    }
    let reason = if statement.uncoded_reason.is_empty() { &statement.note } else { &statement.uncoded_reason };
    if !reason.is_empty() {
        text.push_str(&format!(" [{}]", words::clause(reason)));
    }
    text
}

/// The words by date: a column for each actor, or one for who spoke where there are many. With `whole`, each statement stands with
/// its source and can be linked to.
pub(crate) fn table(issue: &IssueWords, whole: bool) -> Table {
    let cell = |statement: &StatementWords| Cell {
        text: said(statement),
        rows: vec![statement.row.clone()],
        anchor: if whole { format!("row-{}", statement.row) } else { String::new() },
    };
    let beside = issue.actors.len() <= SIDE_BY_SIDE;
    let mut columns = vec!["Date".to_owned()];
    if beside {
        columns.extend(issue.actors.iter().map(|actor| actor.name.clone()));
    } else {
        columns.extend(["Who", "Words"].map(str::to_owned));
    }
    if whole {
        columns.push("Source".to_owned());
    }
    let row = |(actor, statement): (&ActorWords, &StatementWords)| {
        let mut cells = vec![Cell::from(words::when(statement.date))];
        if beside {
            let own = |other: &ActorWords| if other.actor == actor.actor { cell(statement) } else { Cell::default() };
            cells.extend(issue.actors.iter().map(own));
        } else {
            cells.extend([Cell::from(actor.name.as_str()), cell(statement)]);
        }
        if whole {
            cells.push(source(statement).into());
        }
        cells
    };
    Table { caption: "Who said what, by date".into(), columns, rows: issue.by_date().into_iter().map(row).collect() }
}

/// Where a statement was read: the id of its source, else its address.
pub(crate) fn source(statement: &StatementWords) -> String {
    match (statement.source.as_str(), statement.link.as_str()) {
        ("", "") => "no source: an assumption".to_owned(),
        ("", link) => link.to_owned(),
        (source, _) => source.to_owned(),
    }
}

fn grid(issue: &IssueWords) -> String {
    let beside = issue.actors.len() <= SIDE_BY_SIDE;
    let others = if beside { issue.actors.len() } else { 1 };
    let widths = columns::widths(DATE, others, WIDTH);
    let mut out = String::new();
    if beside {
        let names = issue.actors.iter().map(|actor| actor.name.clone());
        out.push_str(&columns::row(&widths, &std::iter::once(String::new()).chain(names).collect::<Vec<_>>()));
    }
    for (actor, statement) in issue.by_date() {
        let words = format!("{} [{}]", said(statement), statement.row);
        let mut cells = vec![statement.date.to_string()];
        if beside {
            let own = |other: &ActorWords| if other.actor == actor.actor { words.clone() } else { String::new() };
            cells.extend(issue.actors.iter().map(own));
        } else {
            cells.push(format!("{}: {words}", actor.name));
        }
        out.push_str(&columns::row(&widths, &cells));
    }
    out
}
