//! Rows on the marks of figures, so that a mark opens the statements behind it.

use detente_report::document::{Block, Document};

/// What every mark of a figure begins with, as the figures write it.
const MARK: &str = "<g class=\"mark\"><title>";

/// The document with the ids of rows on the marks whose titles name them: `data-rows="p1 p2"`. A word counts as an id if it has both a letter
/// and a digit and `is_row` knows it; other rows are reached through the table of the figure.
pub(crate) fn with_rows(document: &Document, is_row: &dyn Fn(&str) -> bool) -> Document {
    let mut document = document.clone();
    for block in document.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        if let Block::Figure(figure) = block {
            figure.svg = on_marks(&figure.svg, is_row);
        }
    }
    document
}

fn on_marks(svg: &str, is_row: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(svg.len() + svg.len() / 16);
    let mut parts = svg.split(MARK);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let title = part.split("</title>").next().unwrap_or_default();
        let mut rows: Vec<&str> = title
            .split(|character: char| !character.is_alphanumeric() && !"-_.".contains(character))
            .map(|word| word.trim_matches('.'))
            .filter(|word| {
                word.contains(char::is_alphabetic) && word.contains(|c: char| c.is_ascii_digit()) && is_row(word)
            })
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        rows.retain(|row| seen.insert(*row));
        if rows.is_empty() {
            out.push_str(MARK);
        } else {
            out.push_str(&format!("<g class=\"mark\" data-rows=\"{}\"><title>", rows.join(" ")));
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_carries_the_rows_that_its_title_names_and_no_other_word() {
        let svg = "<svg><g class=\"mark\"><title>A asks for x: said (2022-03-29, p1); p1b, p1.</title><circle/></g>\
                   <g class=\"mark\"><title>month 3, p9</title></g></svg>";
        let known = |word: &str| ["p1", "p1b", "2022-03-29", "3"].contains(&word);
        assert_eq!(
            on_marks(svg, &known),
            "<svg><g class=\"mark\" data-rows=\"p1 p1b\"><title>A asks for x: said (2022-03-29, p1); p1b, p1.</title><circle/></g>\
             <g class=\"mark\"><title>month 3, p9</title></g></svg>"
        );
    }
}
