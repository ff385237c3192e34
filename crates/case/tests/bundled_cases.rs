//! The cases that travel inside the program load without a fault.

use detente_case::{Level, Severity, bundled, export, load};

#[test]
fn every_bundled_case_loads_without_errors_or_warnings() {
    for name in bundled::names().into_iter().chain(["_template"]) {
        let loaded = load(&bundled::folder(name).unwrap(), |_| {});
        let faults: Vec<_> = loaded.diagnostics.iter().filter(|d| d.severity != Severity::Note).collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        assert!(loaded.case.is_some(), "{name}");
    }
}

#[test]
fn the_flagship_keeps_its_rows_ids_and_limits() {
    let case = load(&bundled::folder("russia-ukraine").unwrap(), |_| {}).case.unwrap();
    assert_eq!((case.positions.len(), case.events.len(), case.relations.len()), (267, 282, 99));
    assert_eq!(case.issues.len(), 18);
    assert_eq!(case.positions.iter().filter(|row| !row.rules_out.is_empty()).count(), 61);
    assert_eq!(case.positions.iter().filter(|row| row.is_coded()).count(), 249);
    assert_eq!(case.positions.iter().filter(|row| !row.condition_text.is_empty()).count(), 34);
    assert_eq!(case.positions.iter().filter(|row| row.is_law() && !row.rules_out.is_empty()).count(), 9);
    let documents: std::collections::BTreeSet<_> = case.positions.iter().map(|row| &row.document).collect();
    assert_eq!(documents.len(), 111);
}

#[test]
fn a_case_moved_to_a_level_is_the_case_copied_to_it() {
    for name in bundled::names() {
        let case = || load(&bundled::folder(name).unwrap(), |_| {}).case.unwrap();
        for level in [Level::Public, Level::Restricted, Level::All] {
            assert_eq!(export::files(&case().into_level(level)), export::files(&case().at_level(level)), "{name}");
        }
    }
}
