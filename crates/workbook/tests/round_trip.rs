//! A case that is written as a workbook and read again is the same, to the byte.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[path = "../../case/tests/support/random_case.rs"]
mod random_case;

use detente_case::{Case, Folder, Level, Severity, bundled, export, load};
use detente_workbook::{case_files, open, write};
use proptest::prelude::*;
use random_case::{files, parts};

type Files = Vec<(String, Vec<u8>)>;

fn read(folder: &Folder) -> Case {
    let loaded = load(folder, |_| {});
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).collect();
    loaded.case.unwrap_or_else(|| panic!("{errors:#?}"))
}

fn assert_same(before: &Files, after: &Files, by: &str) {
    for (before, after) in before.iter().zip(after) {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert_eq!((&before.0, text(&before.1)), (&after.0, text(&after.1)), "{by}");
    }
    assert_eq!(before.len(), after.len(), "{by}");
}

/// That a case comes back: by its files, and from the workbook itself.
fn assert_comes_back(case: &Case) {
    let files = export::files(case);
    let bytes = write(case, Level::All).unwrap();
    assert_eq!(bytes, write(case, Level::All).unwrap(), "the same case gives the same bytes");
    let back = case_files("case.xlsx", &bytes).unwrap().unwrap();
    assert_same(&files, &export::files(&read(&Folder::Memory(back))), "by files");
    let sheets = open("case.xlsx", &bytes).unwrap().unwrap();
    assert_eq!(sheets.findings, []);
    assert_same(&files, &export::files(&read(&Folder::Sheets(Box::new(sheets)))), "from the workbook");
}

#[test]
fn bundled_cases() {
    for name in bundled::names().into_iter().chain(["_template"]) {
        assert_comes_back(&read(&bundled::folder(name).unwrap()));
    }
}

#[test]
fn the_files_of_a_workbook_are_those_of_an_export() {
    let case = read(&bundled::folder("russia-ukraine").unwrap());
    let mut files = export::files(&case);
    let mut back = case_files("case.xlsx", &write(&case, Level::All).unwrap()).unwrap().unwrap();
    files.sort();
    back.sort();
    assert_same(&files, &back, "file by file");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn made_up_cases(parts in parts()) {
        assert_comes_back(&read(&Folder::Memory(files(&parts))));
    }
}
