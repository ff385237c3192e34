//! A brief of words without codes: it says what can be said, and each statement stands in it in full.

use std::collections::BTreeSet;

use detente_report::document::{Block, Document};
use detente_report::render;

use crate::support::{Choices, Tables, changed};

const AT: &str = "2024-02-01";

fn anchors(document: &Document) -> Vec<String> {
    let tables = document.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let cells = tables.flat_map(|table| table.rows.iter().flatten());
    cells.filter_map(|cell| cell.anchor.strip_prefix("row-")).map(str::to_owned).collect()
}

#[test]
fn nothing_is_said_of_what_is_not_there() {
    let document = Tables::of_words().brief(AT);
    let text = render::text(&document);
    for empty in ["0 of 0", "no issues", "rules out", "asks for", "Phase in", "stalemate", "no movements", ": .", " 0 "]
    {
        assert!(!text.contains(empty), "{empty}: {text}");
    }
    assert!(document.sections.iter().all(|section| !section.blocks.is_empty()));
    for sentence in document.sentences() {
        let text = &sentence.text;
        assert!(text.ends_with(['.', '!', '?']) && !text.contains("  ") && !text.contains(".."), "{text}");
    }
}

#[test]
fn the_first_box_holds_who_said_how_much_and_the_latest_words_of_each_side() {
    let document = Tables::of_words().brief(AT);
    let in_short = document.sections.iter().find(|section| section.id == "in-short").unwrap();
    let texts: Vec<&str> = in_short.sentences().map(|sentence| sentence.text.as_str()).collect();
    assert_eq!(texts[0], "30 statements by 3 actors on 4 topics, from 17 January 2023 to 1 February 2024.");
    assert!(texts.contains(&"Upland, 16 January 2024: The third filling has begun."), "{texts:#?}");
    assert!(texts.contains(&"Lowland, 18 January 2024: Filling without a treaty is a breach."), "{texts:#?}");
    assert!(texts.last().unwrap().contains("detente scales"));
}

#[test]
fn every_statement_stands_in_full_once_and_every_row_that_is_cited_is_found() {
    for (tables, at) in [
        (Tables::of_words(), AT),
        (Tables::bundled("russia-ukraine"), "2026-06-23"),
        (Tables::bundled("camp-david-1978"), "1979-03-26"),
    ] {
        let document = tables.brief(at);
        let found = anchors(&document);
        let once: BTreeSet<&String> = found.iter().collect();
        assert_eq!(once.len(), found.len());
        for row in document.sentences().flat_map(|sentence| &sentence.rows) {
            assert!(once.contains(row), "{row}");
        }
    }
    assert_eq!(anchors(&Tables::of_words().brief(AT)).len(), 30);
}

#[test]
fn pages_stand_in_the_contents() {
    let html = render::html(&Tables::of_words().brief(AT)).unwrap();
    for page in ["words-on-1", "words-on-4", "words-of-1", "words-of-3"] {
        assert!(html.contains(&format!("<a href=\"#{page}\">")), "{page}");
        assert!(html.contains(&format!("<section id=\"{page}\"")), "{page}");
    }
    let flagship = render::html(&Tables::bundled("russia-ukraine").brief("2026-06-23")).unwrap();
    assert!(!flagship.contains("words-on-"), "a few uncoded rows have no pages of their own");
}

#[test]
fn other_words_in_a_row_change_only_sentences_that_cite_it() {
    let tables = Tables::of_words();
    let before = tables.brief(AT);
    let (header, rows) = tables.rows("positions.csv");
    let place = header.iter().position(|name| name == "statement").unwrap();
    for (row, cells) in rows.iter().enumerate() {
        let after = tables.with_cell("positions.csv", row, "statement", "Other words entirely").brief(AT);
        for sentence in changed(&before, &after) {
            assert!(sentence.rows.contains(&cells[0]), "{}: {sentence:?}", cells[0]);
        }
        assert!(!render::html(&after).unwrap().contains(&cells[place].replace('\'', "&#x27;")), "{}", cells[place]);
    }
}

#[test]
fn a_row_taken_out_leaves_no_sentence_that_cites_it() {
    let tables = Tables::of_words();
    let before = tables.brief(AT);
    let (_, rows) = tables.rows("positions.csv");
    let mut choices = Choices(7);
    for _ in 0..12 {
        let row = choices.below(rows.len());
        let id = &rows[row][0];
        let after = tables.without_row("positions.csv", row).brief(AT);
        assert!(!after.sentences().any(|sentence| sentence.rows.contains(id)), "{id}");
        for sentence in changed(&before, &after) {
            assert!(sentence.counts || sentence.rows.contains(id), "{id}: {sentence:?}");
        }
    }
}

#[test]
fn what_became_known_later_changes_no_byte() {
    let tables = Tables::of_words();
    let at = "2023-06-30";
    let (header, rows) = tables.rows("positions.csv");
    let known = header.iter().position(|name| name == "known_from").unwrap();
    let mut early = tables.clone();
    let kept: Vec<Vec<String>> = rows.into_iter().filter(|row| *row[known] <= *at).collect();
    assert_eq!(kept.len(), 19);
    early.set("positions.csv", &header, &kept);
    let html = |tables: &Tables| render::html(&tables.brief(at)).unwrap();
    let (all, early) = (html(&tables), html(&early));
    assert!(all == early, "{}", crate::support::first_difference(&all, &early));
}

#[test]
fn hundreds_of_uncoded_statements_beside_coded_ones_get_pages_of_their_own() {
    let issues = "issue,title,option,label\nland,Land,a,One\nland,,b,Two\n";
    let topics = "topic,title\nland,Land\nsea,The sea\n";
    let mut positions =
        "id,actor,issue,kind,best_option,valid_from,statement\nc1,A,land,demand,a,2023-01-01,One\n".to_owned();
    for number in 0..300 {
        let (actor, month, day) = (["A", "B", "C", "D"][number % 4], number % 12 + 1, number % 28 + 1);
        positions += &format!("u{number},{actor},sea,,,2023-{month:02}-{day:02},Words {number}\n");
    }
    let toml = "schema = 1\ntitle = \"T\"\nas_of = 2023-12-31\nprincipals = [\"A\", \"B\"]\n";
    let tables = Tables::of_words()
        .with_file("case.toml", toml)
        .with_file("issues.csv", issues)
        .with_file("topics.csv", topics)
        .with_file("positions.csv", &positions);
    let document = tables.brief("2023-12-31");
    let pages: Vec<&str> =
        document.sections.iter().map(|section| section.id.as_str()).filter(|id| id.starts_with("words-")).collect();
    assert_eq!(pages, ["words-on-1", "words-of-1", "words-of-2", "words-of-3", "words-of-4"]);
    let figure = document.figures().find(|figure| figure.id == "statements").unwrap();
    assert!(figure.svg.contains("month from Jan 2023"), "months are counted");
    let found = anchors(&document);
    assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len());
    assert_eq!(found.iter().filter(|row| row.starts_with('u')).count(), 300);
}
