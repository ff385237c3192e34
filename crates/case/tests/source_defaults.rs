//! What the rows of one source have in common is written once, and means the same as if every row said it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[path = "../../../fuzz/src/stable.rs"]
mod stable;

use detente_case::position::{Basis, Position};
use detente_case::{Case, Code, Folder, Level, Loaded, Record, When, export, load};
use stable::assert_stable;

const SOURCES: &str = r#"[{"id": "gazette"}, {"id": "paper"}, {"id": "secret"}]"#;
const DEFAULTS: &str = "source_id,grade,basis,language,x_own\ngazette,A1,party_text,uk,mine\npaper,F3,,,\n";

fn read(defaults: &str, columns: &str, rows: &str) -> Loaded {
    let settings = "schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\n";
    let positions = format!("id,actor,issue,valid_from,statement,source_id,{columns}\n{rows}");
    let mut files = vec![("case.toml", settings), ("sources.json", SOURCES), ("positions.csv", positions.as_str())];
    if !defaults.is_empty() {
        files.push(("source_defaults.csv", defaults));
    }
    let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect();
    load(&Folder::Memory(files), |_| {})
}

fn case(defaults: &str, columns: &str, rows: &str) -> Case {
    let loaded = read(defaults, columns, rows);
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// Grade, basis and language of the quote of a row.
fn says(row: &Position) -> (String, Option<Basis>, &str) {
    (row.grade.map(|grade| grade.to_string()).unwrap_or_default(), row.basis, &row.quote_lang)
}

fn file(case: &Case, name: &str) -> String {
    let (_, bytes) = export::files(case).into_iter().find(|(file, _)| file == name).unwrap();
    String::from_utf8(bytes).unwrap()
}

const COLUMNS: &str = "grade,basis,quote,quote_lang";
const ROWS: &str = "p1,X,i,2022,w,gazette,,,words,\np2,X,i,2022,w,gazette,B2,law,words,ru\np3,X,i,2022,w,gazette,,,,\n\
                    p4,X,i,2022,w,paper,,,words,\np5,X,i,2022,w,,,,words,\n";

#[test]
fn empty_cells_take_what_their_source_says_and_filled_ones_keep_their_own() {
    let case = case(DEFAULTS, COLUMNS, ROWS);
    let rows: Vec<_> = case.positions.iter().map(says).collect();
    assert_eq!(rows[0], ("A1".to_owned(), Some(Basis::PartyText), "uk"));
    assert_eq!(rows[1], ("B2".to_owned(), Some(Basis::Law), "ru"));
    assert_eq!(rows[2], ("A1".to_owned(), Some(Basis::PartyText), ""), "no quote, no language");
    assert_eq!(rows[3], ("F3".to_owned(), None, ""), "this source names a grade alone");
    assert_eq!(rows[4], (String::new(), None, ""), "no source, no default");
}

#[test]
fn cells_that_came_from_a_default_are_written_empty_again() {
    let case = case(DEFAULTS, COLUMNS, ROWS);
    assert_stable(&case);
    assert_eq!(file(&case, "source_defaults.csv"), DEFAULTS);
    let positions = file(&case, "positions.csv");
    assert!(positions.contains("p2,X,i,2022,2022,w,words,ru,law,gazette,B2,no\n"), "{positions}");
    assert!(positions.contains("p1,X,i,2022,2022,w,words,,,gazette,,no\n"), "{positions}");
    assert!(positions.contains("p3,X,i,2022,2022,w,,,,gazette,,no\n"), "{positions}");
}

#[test]
fn a_table_of_the_statements_alone_holds_what_their_sources_say() {
    let case = case(DEFAULTS, COLUMNS, ROWS);
    let alone = String::from_utf8(export::csv(&export::statements(&case).unwrap())).unwrap();
    assert!(alone.contains("p1,X,i,2022,2022,w,words,uk,party_text,gazette,A1,no\n"), "{alone}");
    assert_eq!(export::json(&case)["positions"][0]["grade"], "A1");
}

#[test]
fn a_default_of_a_text_that_nobody_read_warns_on_a_verified_row() {
    let warned = read(DEFAULTS, "grade,verified", "p1,X,i,2022,w,paper,,yes\np2,X,i,2022,w,paper,B1,yes\n");
    let found: Vec<_> = warned.diagnostics.iter().filter(|d| d.code == Code::GradeVerified.text()).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place(), "positions.csv:2:8");
    assert_eq!(found[0].message, "verified: grade F3 (the default of its source) says that no text was read");
}

#[test]
fn a_default_uses_no_source() {
    let found = read(DEFAULTS, "grade", "p1,X,i,2022,w,gazette,\n").diagnostics;
    let unused: Vec<_> = found.iter().filter(|d| d.code == Code::SourceUnused.text()).collect();
    assert!(unused[0].message.contains("2 sources") && unused[0].message.contains("`paper`"), "{unused:?}");
}

#[test]
fn defaults_vanish_with_their_source() {
    let defaults = "source_id,grade\nsecret,A1\ngazette,B2\n";
    let rows = "p1,X,i,2022,w,gazette,\np2,X,i,2022,w,secret,restricted\n";
    let shown = case(defaults, "marking", rows).at_level(Level::Public);
    assert_eq!(file(&shown, "source_defaults.csv"), "source_id,grade\ngazette,B2\n");
    assert_eq!(shown.positions.iter().map(|row| says(row).0).collect::<Vec<_>>(), ["B2"]);
    assert_eq!(case(defaults, "marking", rows).at_level(Level::All).source_defaults.len(), 2);
    assert_stable(&shown);
}

/// The digest of a case as known by a day.
fn digest(case: &Case, known: &str) -> String {
    export::digest(Record::known_by(case, When::parse(known).unwrap().first()))
}

#[test]
fn a_default_means_the_same_as_if_every_row_said_it() {
    let by_default = case(DEFAULTS, COLUMNS, "p1,X,i,2022,w,gazette,,,words,\n");
    let by_row = case("", COLUMNS, "p1,X,i,2022,w,gazette,A1,party_text,words,uk\n");
    assert_eq!(digest(&by_default, "2024-01-31"), digest(&by_row, "2024-01-31"));
}

#[test]
fn the_default_of_a_source_whose_rows_are_known_later_changes_nothing_before() {
    let rows = "p1,X,i,2022-01-01,w,gazette,\np2,X,i,2023-01-01,w,paper,\n";
    let with = case("source_id,grade\ngazette,A1\npaper,F3\n", "grade", rows);
    let without = case("source_id,grade\ngazette,A1\n", "grade", rows);
    assert_eq!(digest(&with, "2022-06-01"), digest(&without, "2022-06-01"));
    assert_ne!(digest(&with, "2023-06-01"), digest(&without, "2023-06-01"));
}
