//! Stability models in a workbook: the first cell of a sheet names the file, and no place outside the case.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use detente_case::{Folder, Level, bundled, load};
use detente_workbook::{case_files, open, write};

const MODEL: &str = "schema = 1\ntitle = \"M\"\n[[option]]\nid = \"a\"\n[[decision_maker]]\nid = \"A\"\noptions = [\"a\"]\nstatements = [\"a\"]\n";

/// The models of the flagship's workbook, with another name in the first cell of their sheet.
fn models_named(head: &str) -> Vec<String> {
    let case = load(&bundled::folder("russia-ukraine").unwrap(), |_| {}).case.unwrap();
    let mut parts = support::parts(&write(&case, Level::All).unwrap());
    for (_, bytes) in parts.iter_mut().filter(|(name, _)| name.ends_with("sharedStrings.xml")) {
        *bytes = String::from_utf8_lossy(bytes).replace("stability/ceasefire.toml", head).into_bytes();
    }
    let files = case_files("case.xlsx", &support::package(&parts)).unwrap().unwrap();
    files
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("stability/") || name.starts_with("elsewhere"))
        .collect()
}

#[test]
fn the_first_cell_names_the_model() {
    assert_eq!(models_named("stability/ceasefire.toml"), ["stability/ceasefire.toml"]);
    assert_eq!(models_named("stability/A ceasefire, again.toml"), ["stability/A ceasefire, again.toml"]);
}

#[test]
fn a_name_that_leads_elsewhere_is_not_followed() {
    for head in [
        "stability/../case2.toml",
        "stability/a/b.toml",
        "elsewhere.toml",
        "stability/.toml",
        "stability/.hidden.toml",
        "stability/..\\x.toml",
    ] {
        assert_eq!(models_named(head), Vec::<String>::new(), "{head}");
    }
}

#[test]
fn two_sheets_of_one_name_are_told() {
    let files = [
        ("case.toml", "schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\"A\"]\n"),
        ("actors.csv", "id\nA\n"),
        ("stability/one.toml", MODEL),
        ("stability/two.toml", MODEL),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).to_vec();
    let case = load(&Folder::Memory(files), |_| {}).case.unwrap();
    assert_eq!(case.stability.len(), 2);
    let mut parts = support::parts(&write(&case, Level::All).unwrap());
    for (_, bytes) in parts.iter_mut().filter(|(name, _)| name.ends_with("sharedStrings.xml")) {
        *bytes = String::from_utf8_lossy(bytes).replace("stability/two.toml", "stability/one.toml").into_bytes();
    }
    let sheets = open("case.xlsx", &support::package(&parts)).unwrap().unwrap();
    assert_eq!(sheets.findings.len(), 1);
    assert_eq!(
        sheets.findings[0].message,
        "sheets `stability 1` and `stability 2` both name the file stability/one.toml"
    );
}

#[test]
fn a_workbook_answers_what_its_folder_answers() {
    let folder = load(&bundled::folder("russia-ukraine").unwrap(), |_| {}).case.unwrap();
    let sheets = open("case.xlsx", &write(&folder, Level::All).unwrap()).unwrap().unwrap();
    let book = load(&Folder::Sheets(Box::new(sheets)), |_| {}).case.unwrap();
    assert_eq!(book.stability.len(), 1);
    assert_eq!(book.stability.iter().next().unwrap().name(), folder.stability.iter().next().unwrap().name());
}
