//! The document as Markdown.

use std::fmt::Write as _;

use super::rows_in_brackets;
use crate::document::{Block, Cell, Document, Sentence, Table};

/// The document as Markdown. Figures are given by their descriptions and data tables.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(&document.title), escape(&document.subtitle));
    for banner in &document.banners {
        _ = write!(out, "\n> {}\n", escape(banner));
    }
    for section in &document.sections {
        if !section.title.is_empty() {
            _ = write!(out, "\n## {}\n", escape(&section.title));
        }
        for block in &section.blocks {
            match block {
                Block::Paragraph { lead, sentences } => _ = write!(out, "\n{}\n", run(lead, sentences)),
                Block::Points { points } => {
                    out.push('\n');
                    for point in points {
                        _ = writeln!(out, "- {}", run(&point.lead, &point.sentences));
                    }
                }
                Block::Figure(figure) => {
                    _ = write!(out, "\n*Figure: {}.* {}\n", escape(&figure.title), escape(&figure.description));
                    if let Some(credit) = &figure.credit {
                        _ = write!(out, "\n{}\n", escape(credit));
                    }
                    let rows: Vec<Vec<String>> = figure.table.rows.clone();
                    table(&mut out, &figure.table.columns, &rows);
                }
                Block::Table(block) => table_block(&mut out, block),
            }
        }
    }
    out
}

fn run(lead: &str, sentences: &[Sentence]) -> String {
    let mut parts: Vec<String> = if lead.is_empty() { Vec::new() } else { vec![format!("**{}**", escape(lead))] };
    parts.extend(sentences.iter().map(|s| escape(&format!("{}{}", s.text, rows_in_brackets(&s.rows)))));
    parts.join(" ")
}

fn table_block(out: &mut String, block: &Table) {
    _ = write!(out, "\n*{}*\n", escape(&block.caption));
    let cell = |cell: &Cell| format!("{}{}", cell.text, rows_in_brackets(&cell.rows));
    let rows: Vec<Vec<String>> = block.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    table(out, &block.columns, &rows);
}

fn table(out: &mut String, columns: &[String], rows: &[Vec<String>]) {
    let line =
        |cells: &[String]| format!("| {} |\n", cells.iter().map(|cell| escape(cell)).collect::<Vec<_>>().join(" | "));
    _ = write!(out, "\n{}|{}\n", line(columns), " --- |".repeat(columns.len()));
    for row in rows {
        out.push_str(&line(row));
    }
}

/// Text that stays text: nothing in it is markup, a link or HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(character);
            }
            '\n' | '\r' => out.push(' '),
            '&' => out.push_str("&amp;"),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn markup_in_a_text_stays_text() {
        assert_eq!(escape("<b>*x* | [y](z)"), "\\<b\\>\\*x\\* \\| \\[y\\](z)");
    }
}
