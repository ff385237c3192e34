//! The document as text for a terminal or a mail.

use std::fmt::Write as _;

use super::rows_in_brackets;
use crate::document::{Block, Cell, Document, Section, Sentence, Table};

/// Characters in a line.
const WIDTH: usize = 100;

/// The document as text. Figures are given by their data tables.
#[must_use]
pub fn text(document: &Document) -> String {
    let mut out = format!("{}\n{}\n", document.title, "=".repeat(document.title.chars().count()));
    wrap(&mut out, &document.subtitle, "", "");
    for banner in &document.banners {
        wrap(&mut out, banner, "| ", "| ");
    }
    for section in &document.sections {
        out.push_str(&section_text(section));
    }
    out
}

/// One section as text.
#[must_use]
pub fn section_text(section: &Section) -> String {
    let mut out = String::new();
    if !section.title.is_empty() {
        _ = write!(out, "\n{}\n{}\n", section.title, "-".repeat(section.title.chars().count()));
    }
    for block in &section.blocks {
        match block {
            Block::Paragraph { lead, sentences } => wrap(&mut out, &run(lead, sentences), "", ""),
            Block::Points { points } => {
                for point in points {
                    wrap(&mut out, &run(&point.lead, &point.sentences), "- ", "  ");
                }
            }
            Block::Figure(figure) => {
                wrap(&mut out, &format!("Figure: {}. {}", figure.title, figure.description), "", "");
                if let Some(credit) = &figure.credit {
                    wrap(&mut out, credit, "", "");
                }
            }
            Block::Table(table) => out.push_str(&table_text(table)),
        }
    }
    out
}

fn run(lead: &str, sentences: &[Sentence]) -> String {
    let mut parts: Vec<String> = if lead.is_empty() { Vec::new() } else { vec![lead.to_owned()] };
    parts.extend(sentences.iter().map(|sentence| format!("{}{}", sentence.text, rows_in_brackets(&sentence.rows))));
    parts.join(" ")
}

fn wrap(out: &mut String, text: &str, first: &str, rest: &str) {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line = rest.to_owned();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    out.push_str(line.trim_end());
    out.push('\n');
}

fn table_text(table: &Table) -> String {
    let mut out = format!("\n{}\n", table.caption);
    let cell = |cell: &Cell| format!("{}{}", cell.text, rows_in_brackets(&cell.rows));
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let columns = table.columns.len();
    let longest = |index: usize| {
        let cells = rows.iter().filter_map(|row| row.get(index)).chain(table.columns.get(index));
        cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> =
        (0..columns).map(|index| longest(index).min(if index + 1 == columns { usize::MAX } else { 44 })).collect();
    let mut line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| {
            let short: String = if cell.chars().count() > *width {
                cell.chars().take(width.saturating_sub(1)).chain(['…']).collect()
            } else {
                cell.clone()
            };
            let pad = width.saturating_sub(short.chars().count()).min(44);
            format!("{short}{}", " ".repeat(pad))
        });
        let text = padded.collect::<Vec<_>>().join("  ");
        out.push_str(text.trim_end());
        out.push('\n');
    };
    line(&table.columns);
    rows.iter().for_each(|row| line(row));
    out
}
