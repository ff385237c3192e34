//! The files of a new case.

use super::columns::Columns;
use super::rows::{LeftOut, Statement};
use super::sheet::{Column, Sheet};
use super::topics::TopicFound;
use crate::export::quote;
use crate::table::escape;
use crate::when::Day;

/// Rows as CSV, with a line feed after each, and no cell that a spreadsheet would run.
fn csv(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).flexible(true).from_writer(Vec::new());
    for row in rows {
        // Writing to memory does not fail.
        _ = writer.write_record(row.iter().map(|cell| escape(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// The settings of a new case.
pub(super) struct Settings<'s> {
    pub(super) title: &'s str,
    pub(super) as_of: Day,
    pub(super) languages: &'s [String],
    pub(super) principals: &'s [String],
    /// Whether the principals are those with the most statements, as nobody named any.
    pub(super) proposed: bool,
}

pub(super) fn case_toml(settings: &Settings<'_>) -> Vec<u8> {
    let list = |texts: &[String]| texts.iter().map(|text| quote(text)).collect::<Vec<_>>().join(", ");
    let why = if settings.proposed { ": those with the most statements; change them as the case needs" } else { "" };
    format!(
        "schema = 1\ntitle = {}\nquestion = \"\"\n# The last day of which the record claims anything.\nas_of = {}\n\
         # Languages of the sources. A name in one of them comes before the same name in another.\nlanguages = [{}]\n\
         # Those whose consent is needed{why}.\nprincipals = [{}]\nmarking = \"public\"\n",
        quote(settings.title),
        settings.as_of,
        list(settings.languages),
        list(settings.principals),
    )
    .into_bytes()
}

/// `positions.csv`: a row for each statement. What was rewritten stands beside it as it was; columns that no field takes are
/// kept under `x_` and their own name.
pub(super) fn positions(
    sheet: &Sheet,
    columns: &Columns,
    statements: &[Statement<'_>],
    topics: &[TopicFound],
    topic_of: &[usize],
) -> Vec<u8> {
    let own = columns.own(sheet);
    let rows: Vec<[String; 8]> = statements
        .iter()
        .zip(topic_of)
        .map(|(statement, place)| {
            let topic = &topics[*place];
            let when = statement.date.when.to_string();
            let differs = |text: &str, from: &str| if text == from { String::new() } else { text.to_owned() };
            let note =
                if statement.date.of_range { "a range of days in the table; its first day is taken" } else { "" };
            [
                statement.actor.to_owned(),
                topic.id.clone(),
                when.clone(),
                statement.words.to_owned(),
                statement.link.to_owned(),
                note.to_owned(),
                differs(statement.date_text, &when),
                if statement.issue.is_empty() { String::new() } else { differs(statement.issue, &topic.title) },
            ]
        })
        .collect();
    let names =
        ["actor", "issue", "valid_from", "statement", "link", "coder_note", "x_date_as_written", "x_issue_as_written"];
    // The last three only where a row needs them.
    let shown: Vec<usize> =
        (0..names.len()).filter(|place| *place < 5 || rows.iter().any(|row| !row[*place].is_empty())).collect();
    let mut header: Vec<String> = shown.iter().map(|place| names[*place].to_owned()).collect();
    for place in &own {
        let name = own_name(&sheet.columns[*place], &header);
        header.push(name);
    }
    let body = rows.iter().zip(statements).map(|(row, statement)| {
        let known = shown.iter().map(|place| row[*place].clone());
        known.chain(own.iter().map(|place| sheet.cell(statement.row, Some(*place)).to_owned())).collect()
    });
    csv(std::iter::once(header).chain(body))
}

/// The name of a column of the sheet's own, unlike those that are taken.
fn own_name(column: &Column, taken: &[String]) -> String {
    let name = if column.name.is_empty() { format!("column_{}", column.letter) } else { column.name.clone() };
    let words: String =
        name.trim_start_matches("x_")
            .chars()
            .map(|c| {
                if c.is_alphanumeric() || c == '-' || unicode_normalization::char::is_combining_mark(c) {
                    c
                } else {
                    '_'
                }
            })
            .collect();
    let name = format!("x_{words}");
    let numbered = (2_u32..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(name)
}

pub(super) fn topics(topics: &[TopicFound]) -> Vec<u8> {
    let header = vec!["topic".to_owned(), "title".to_owned()];
    csv(std::iter::once(header).chain(topics.iter().map(|topic| vec![topic.id.clone(), topic.title.clone()])))
}

/// `left-out.csv`: the rows that are no statements, as they were, with the reason.
pub(super) fn left_out(sheet: &Sheet, rows: &[LeftOut]) -> Vec<u8> {
    let names = sheet.columns.iter().map(|column| column.label().to_owned());
    let header = ["row", "why"].map(str::to_owned).into_iter().chain(names).collect();
    let body =
        rows.iter().map(|row| [row.line.to_string(), row.why.clone()].into_iter().chain(row.cells.clone()).collect());
    csv(std::iter::once(header).chain(body))
}
