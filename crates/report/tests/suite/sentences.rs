//! Every sentence follows from its rows: edit a row, and the sentences about it change and no others.

use crate::support::{Choices, Tables, changed};

const EDITS: usize = 24;

#[test]
fn other_words_in_a_row_change_only_sentences_that_cite_it() {
    let tables = Tables::bundled("russia-ukraine");
    let before = tables.brief("2025-12-31");
    let mut choices = Choices(1);
    for (file, column) in [
        ("positions.csv", "statement"),
        ("events.csv", "title"),
        ("relations.csv", "basis"),
        ("positions.csv", "coder_note"),
    ] {
        let (header, rows) = tables.rows(file);
        let place = header.iter().position(|name| name == column).unwrap();
        for _ in 0..EDITS {
            let row = choices.below(rows.len());
            let (id, old) = (&rows[row][0], &rows[row][place]);
            let after = tables.with_cell(file, row, column, "other words entirely").brief("2025-12-31");
            for sentence in changed(&before, &after) {
                let about_month = sentence.text.starts_with("Phase in ");
                assert!(sentence.rows.contains(id) || about_month, "{file} {id}: {sentence:?}");
            }
            if old.chars().count() > 20 {
                assert!(
                    !after
                        .sentences()
                        .any(|sentence| sentence.text.contains(old.trim_end_matches('.'))
                            && sentence.rows == [id.clone()]),
                    "{id}"
                );
            }
        }
    }
}

#[test]
fn a_row_taken_out_leaves_no_sentence_that_cites_it() {
    let tables = Tables::bundled("russia-ukraine").tables_alone();
    let before = tables.brief("2025-12-31");
    let mut choices = Choices(2);
    for file in ["positions.csv", "events.csv", "relations.csv"] {
        let (_, rows) = tables.rows(file);
        for _ in 0..EDITS {
            let row = choices.below(rows.len());
            let id = &rows[row][0];
            let after = tables.without_row(file, row).brief("2025-12-31");
            assert!(!after.sentences().any(|sentence| sentence.rows.contains(id)), "{id}");
            for sentence in changed(&before, &after) {
                assert!(sentence.counts || sentence.rows.contains(id), "{file} {id}: {sentence:?}");
            }
        }
    }
}

#[test]
fn another_option_moves_only_what_cites_the_row_or_counts() {
    let tables = Tables::bundled("russia-ukraine");
    let before = tables.brief("2025-12-31");
    let (header, rows) = tables.rows("positions.csv");
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (_, options) = tables.rows("issues.csv");
    let mut choices = Choices(3);
    for _ in 0..EDITS {
        let row = choices.below(rows.len());
        let of_issue: Vec<&String> =
            options.iter().filter(|option| option[0] == rows[row][column("issue")]).map(|option| &option[3]).collect();
        if rows[row][column("best_option")].is_empty() || of_issue.is_empty() {
            continue;
        }
        let new = of_issue[choices.below(of_issue.len())];
        let mut edited = tables.clone();
        for name in ["low_option", "best_option", "high_option"] {
            edited = edited.with_cell("positions.csv", row, name, new);
        }
        if !edited.loads() {
            continue;
        }
        for sentence in changed(&before, &edited.brief("2025-12-31")) {
            assert!(sentence.counts || sentence.rows.contains(&rows[row][0]), "{}: {sentence:?}", rows[row][0]);
        }
    }
}

#[test]
fn what_lies_after_the_day_or_became_known_after_it_changes_no_byte() {
    let tables = Tables::bundled("russia-ukraine").tables_alone();
    let at = "2022-12-31";
    let mut early = tables.clone();
    for file in ["positions.csv", "events.csv"] {
        let (header, rows) = tables.rows(file);
        let known = header.iter().position(|name| name == "known_from").unwrap();
        let kept: Vec<Vec<String>> = rows.iter().filter(|row| *row[known] <= *at).cloned().collect();
        let later = |id: &str| rows.iter().any(|row| row[0] == id && *row[known] > *at);
        early.set(file, &header, &kept);
        early.forget(file, "supersedes", later);
        // A clause is known once a row behind it is; without any it would always be.
        let (header, mut clauses) = early.rows("packages.csv");
        let behind = header.iter().position(|name| name == "row").unwrap();
        clauses.retain(|clause| clause[behind].is_empty() || !clause[behind].split(';').all(later));
        early.set("packages.csv", &header, &clauses);
        early.forget("packages.csv", "row", later);
        early.forget_indicators(later);
    }
    let render = |tables: &Tables| detente_report::render::html(&tables.brief(at)).unwrap();
    let (all, early) = (render(&tables), render(&early));
    assert!(all == early, "{}", crate::support::first_difference(&all, &early));
}
