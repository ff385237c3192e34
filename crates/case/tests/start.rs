//! A case made from a spreadsheet of five columns.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::start::{self, Mapping};
use detente_case::{Case, Diagnostic, Folder, Severity, load};

fn proposed(text: &str) -> Mapping {
    start::propose(&start::read_table("talks.csv", text.as_bytes().to_vec()).unwrap())
}

fn start_with(text: &str, mapping: &Mapping) -> Result<Vec<(String, Vec<u8>)>, Vec<Diagnostic>> {
    let table = start::read_table("talks.csv", text.as_bytes().to_vec()).unwrap();
    start::from_table("talks.csv", "Talks", &table, mapping)
}

/// The case that a spreadsheet becomes with the proposed columns.
fn case(text: &str) -> Case {
    let files = start_with(text, &proposed(text)).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let loaded = load(&Folder::Memory(files), |_| {});
    let faults: Vec<_> = loaded.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    loaded.case.unwrap()
}

fn problems(text: &str) -> Vec<(String, String)> {
    let found = start_with(text, &proposed(text)).unwrap_err();
    found.into_iter().map(|finding| (finding.code.clone(), finding.place())).collect()
}

#[test]
fn five_columns_in_any_order_and_capitalisation_become_a_case() {
    for text in [
        "actor,issue,date,words,link\nUkraine,borders,2022-03-29,\"No, never\",https://example.org\n",
        "Link,Words,Date,Issue,Actor\nhttps://example.org,\"No, never\",2022-03-29,borders,Ukraine\n",
        "WHEN;WHO;TOPIC;TEXT;URL\n2022-03-29;Ukraine;borders;No, never;https://example.org\n",
        " side \tsubject\tday\tposition\tsource\nUkraine\tborders\t2022-03-29\tNo, never\thttps://example.org\n",
        "\u{feff}actor,issue,date,words,link\r\nUkraine,borders,2022-03-29,\"No, never\",https://example.org\r\n",
    ] {
        let case = case(text);
        let row = case.positions.iter().next().unwrap();
        assert_eq!(&*case.actors[row.actor].id, "Ukraine");
        assert_eq!((&*row.statement, &*row.link), ("No, never", "https://example.org"));
        assert_eq!(row.valid_from.to_string(), "2022-03-29");
        assert!(!row.is_coded());
    }
}

#[test]
fn the_fields_are_proposed_by_the_names_of_the_columns() {
    let pairs: Vec<(String, String)> = proposed("Party,Theme,Day,Statement,Address,Page\n");
    let expected =
        [("actor", "Party"), ("issue", "Theme"), ("date", "Day"), ("words", "Statement"), ("link", "Address")];
    assert_eq!(pairs, expected.map(|(field, column)| (field.to_owned(), column.to_owned())));
}

#[test]
fn a_mapping_that_is_given_is_followed() {
    let text = "a,b,c,d\nUkraine,borders,2022,w\n";
    let mapping: Mapping = [("actor", "a"), ("issue", "b"), ("date", "c"), ("words", "d")]
        .map(|(f, c)| (f.to_owned(), c.to_owned()))
        .to_vec();
    assert!(start_with(text, &mapping).is_ok());
}

#[test]
fn a_mapping_to_what_is_not_there_lists_what_is() {
    let mapping: Mapping = vec![("actor".to_owned(), "z".to_owned())];
    let found = start_with("a,b\n1,2\n", &mapping).unwrap_err();
    assert_eq!(found[0].code, "T003");
    assert_eq!(found[0].hints, ["columns: a, b", "fields: actor, issue, date, words, link"]);
}

#[test]
fn a_field_without_a_column_is_named_with_the_option_that_mends_it() {
    let text = "Alpha,issue,date,words\nUkraine,borders,2022,w\n";
    let found = start_with(text, &proposed(text)).unwrap_err();
    assert_eq!((found[0].code.as_str(), found[0].message.as_str()), ("T003", "no column is known to hold the actor"));
    assert_eq!(found[0].hints, ["say which: --map \"Alpha=actor\""]);
}

#[test]
fn faults_in_cells_have_their_places_and_come_all_at_once() {
    let text = "actor,issue,date,words\n\n,borders,2022,w\nUkraine,borders,29.3.2022,\n\nUkraine,borders,2022,w,more\n";
    let expected =
        [("R001", "talks.csv:3:1"), ("R001", "talks.csv:4:4"), ("R002", "talks.csv:4:3"), ("T006", "talks.csv:6:5")];
    assert_eq!(problems(text), expected.map(|(code, place)| (code.to_owned(), place.to_owned())));
}

#[test]
fn a_table_without_rows_is_no_case() {
    assert_eq!(problems("actor,issue,date,words\n"), [("T002".to_owned(), "talks.csv".to_owned())]);
}

#[test]
fn text_that_is_no_table_is_refused() {
    for (bytes, code) in [(&b""[..], "T002"), (b"\n \n", "T002"), (b"a,\xe9\n", "T001"), (b"a\n\"open\n", "T006")] {
        assert_eq!(start::read_table("talks.csv", bytes.to_vec()).map(|_| ()).unwrap_err().code, code);
    }
}

#[test]
fn columns_of_ones_own_are_kept_under_names_of_their_own() {
    let case = case(
        "actor,issue,date,words,Page,x_tone,my note,my;note,,,Page\nUkraine,borders,2022,w,4,calm,one,two,three,four,five\n",
    );
    let row = case.positions.iter().next().unwrap();
    let extra: Vec<(&str, &str)> = row.extra.iter().map(|(name, text)| (&**name, &**text)).collect();
    let expected = [
        ("x_Page", "4"),
        ("x_tone", "calm"),
        ("x_my_note", "one"),
        ("x_my_note_2", "two"),
        ("x_column", "three"),
        ("x_column_2", "four"),
        ("x_Page_2", "five"),
    ];
    assert_eq!(extra, expected);
}

#[test]
fn the_first_two_actors_are_proposed_as_principals() {
    let case = case(
        "actor,issue,date,words\nRussia,i,2022,w\nRussian Federation,i,2022,w\nРосія,i,2022,w\nUkraine,i,2023-05,w\nIsrael,i,2022,w\n",
    );
    assert_eq!(case.principals.iter().map(|id| &*case.actors[*id].id).collect::<Vec<_>>(), ["Russia", "Ukraine"]);
}

#[test]
fn the_record_ends_on_the_last_day_that_a_row_may_be_of() {
    let case = case("actor,issue,date,words\nA,i,2022-03-29,w\nB,i,2022-05,w\nC,i,2021,w\n");
    assert_eq!(case.settings.as_of.to_string(), "2022-05-31");
}

#[test]
fn cells_and_titles_that_look_like_formulas_or_code_stay_text() {
    let text = "actor,issue,date,words\n\"=A\"\"B\",'@issue,2022,=1+1\n\u{7f}C\\,i,2022,-5\n";
    let table = start::read_table("talks.csv", text.as_bytes().to_vec()).unwrap();
    let files = start::from_table("talks.csv", "\"T\"\u{7f}\n\\", &table, &proposed(text)).unwrap();
    let sheet = String::from_utf8(files[1].1.clone()).unwrap();
    assert!(sheet.contains("\"'=A\"\"B\",'@issue,2022,'=1+1,"), "{sheet}");
    let case = load(&Folder::Memory(files), |_| {}).case.unwrap();
    assert_eq!(case.settings.title, "\"T\"\u{7f}\n\\");
    let rows: Vec<&str> = case.positions.iter().map(|row| &*row.statement).collect();
    assert_eq!(rows, ["=1+1", "-5"]);
}

#[test]
fn a_case_without_a_title_is_called_after_its_file() {
    let text = "actor,issue,date,words\nA,i,2022,w\n";
    let table = start::read_table("talks.csv", text.as_bytes().to_vec()).unwrap();
    let files = start::from_table("talks.csv", " ", &table, &proposed(text)).unwrap();
    assert_eq!(load(&Folder::Memory(files), |_| {}).case.unwrap().settings.title, "talks.csv");
}

#[test]
fn the_template_is_a_case() {
    assert!(load(&Folder::Memory(start::template()), |_| {}).case.is_some());
}
