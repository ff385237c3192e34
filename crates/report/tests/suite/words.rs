//! The brief's voice: options and not orders, no side taken, no cause claimed.

use crate::support::Tables;
use detente_report::render;

const DATES: [&str; 4] = ["2022-03-31", "2022-12-31", "2023-12-31", "2026-06-23"];

#[test]
fn no_sentence_of_ours_gives_orders_or_claims_a_cause() {
    for at in DATES {
        let document = Tables::bundled("russia-ukraine").brief(at);
        let words_of_the_case = document.sections.iter().find(|section| section.id == "annex-e").unwrap();
        let own = document.sections.iter().filter(|section| section.id != words_of_the_case.id);
        for sentence in own.flat_map(|section| section.sentences()).filter(|sentence| sentence.rows.is_empty()) {
            let words: Vec<String> =
                sentence.text.to_lowercase().split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect();
            for order in ["should", "must", "optimal", "best", "unfortunately"] {
                let quoted = order == "best" && sentence.text.contains("best option");
                assert!(quoted || !words.iter().any(|word| word == order), "{order}: {}", sentence.text);
            }
            assert!(!sentence.text.contains("because of"), "{}", sentence.text);
        }
    }
}

#[test]
fn every_sentence_ends_and_holds_no_double_space_or_empty_name() {
    for name in ["russia-ukraine", "camp-david-1978"] {
        for at in ["1978-01-31", "1979-03-26", "2022-03-31", "2026-06-23"] {
            for sentence in Tables::bundled(name).brief(at).sentences() {
                let text = &sentence.text;
                assert!(text.ends_with(['.', '!', '?']) || text.contains("CC BY"), "{text}");
                assert!(
                    !text.contains("  ") && !text.contains("“”") && !text.contains(" ,") && !text.contains(".."),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn the_same_facts_stand_in_the_same_order_for_each_side() {
    let document = Tables::bundled("russia-ukraine").brief("2023-12-31");
    let sides = document.sections.iter().find(|section| section.id == "sides").unwrap();
    let openings: Vec<Vec<String>> = sides
        .blocks
        .iter()
        .map(|block| match block {
            detente_report::document::Block::Paragraph { lead, sentences } => {
                let name = lead.trim_end_matches('.');
                sentences.iter().map(|s| s.text.replace(name, "X").split(' ').take(1).collect::<String>()).collect()
            }
            _ => Vec::new(),
        })
        .collect();
    assert_eq!(openings.len(), 2);
    assert_eq!(openings[0], openings[1]);
}

#[test]
fn markup_in_a_cell_stays_text_in_every_form() {
    let hostile = "<script>window.x=1</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}]]>";
    let tables = Tables::bundled("camp-david-1978");
    let mut edited = tables.clone();
    for (file, column) in [
        ("positions.csv", "statement"),
        ("events.csv", "title"),
        ("issues.csv", "label"),
        ("issues.csv", "title"),
        ("actors.csv", "name"),
    ] {
        let (_, rows) = tables.rows(file);
        for row in 0..rows.len() {
            edited = edited.with_cell(file, row, column, hostile);
        }
    }
    let document = edited.brief("1979-03-26");
    let html = render::html(&document).unwrap();
    assert!(!html.contains("<script") && !html.contains("<img") && html.contains("{{ 7*7 }}"), "markup came through");
    let markdown = render::markdown(&document).replace("\\<", "");
    assert!(!markdown.contains("<script") && !markdown.contains("<img"));
    assert!(serde_json::from_str::<serde_json::Value>(&render::json(&document)).unwrap()["sections"].is_array());
}
