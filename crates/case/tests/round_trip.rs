//! A case that is written and read again is the same: to the byte, and in what it says.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[path = "../../../fuzz/src/stable.rs"]
mod stable;

#[path = "support/random_case.rs"]
mod random_case;

use detente_case::{Case, Folder, Severity, bundled, export, load};
use proptest::prelude::*;

use random_case::{files, parts};
use stable::assert_stable;

fn read(files: Vec<(String, Vec<u8>)>) -> Case {
    let loaded = load(&Folder::Memory(files), |_| {});
    let errors: Vec<_> = loaded.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).collect();
    loaded.case.unwrap_or_else(|| panic!("{errors:#?}"))
}

#[test]
fn bundled_cases() {
    for name in bundled::names().into_iter().chain(["_template"]) {
        assert_stable(&load(&bundled::folder(name).unwrap(), |_| {}).case.unwrap());
    }
}

#[test]
fn issues_whose_options_are_still_to_be_written_stay_topics_with_all_that_events_name() {
    let text = |text: &str| text.as_bytes().to_vec();
    let case = read(vec![
        ("case.toml".to_owned(), text("schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\"A\", \"B\"]\n")),
        ("issues.csv".to_owned(), text("issue,title,option,notes\nland,Land,one,\nland,,two,\nsea,The sea,,words\n")),
        ("positions.csv".to_owned(), text("actor,issue,valid_from,statement\nA,sea,2023,w\nB,land,2023,w\n")),
        ("events.csv".to_owned(), text("date,type,title,topics\n2023,talks,T,air;land\n")),
    ]);
    let sea = case.topics.iter().find(|topic| *topic.id == *"sea").unwrap();
    assert!(sea.issue.is_none() && *sea.title == *"The sea");
    assert_eq!(case.issues.len(), 1);
    assert_stable(&case);
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_escaped_and_come_back() {
    let files = |cell: &str| {
        let cell = cell.replace('"', "\"\"");
        let positions = format!("actor,issue,valid_from,statement,\"=x_{cell}\"\nA,i,2022,\"{cell}\",\"{cell}\"\n");
        let settings = "schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\n";
        vec![("case.toml".to_owned(), settings.into()), ("positions.csv".to_owned(), positions.into_bytes())]
    };
    for cell in ["=1+1", "+49 30", "-x", "@SUM(A1)", "=HYPERLINK(\"x\";\"y\")", "-inf", "+nan", "''=1", "=a;b,c\nd"] {
        let case = read(files(cell));
        let sheet = export::files(&case).into_iter().find(|(name, _)| name == "positions.csv").unwrap().1;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(sheet.as_slice());
        for written in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
            assert!(!written.starts_with(['=', '+', '-', '@', '\t', '\r']), "{written}");
        }
        assert_stable(&case);
    }
    let sheet = export::files(&read(files("-3.5"))).remove(1).1;
    assert!(String::from_utf8(sheet).unwrap().contains(",-3.5,"));
}

proptest! {
    #[test]
    fn made_up_cases(parts in parts()) {
        assert_stable(&read(files(&parts)));
    }

    #[test]
    fn made_up_cases_at_every_level(parts in parts()) {
        let case = read(files(&parts));
        for level in [detente_case::Level::Public, detente_case::Level::Restricted] {
            assert_stable(&case.at_level(level));
        }
    }
}
