//! A case on disk, corrected row by row.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use detente_case::edit::{Change, Desk, Refusal, Target};
use detente_case::{Folder, Severity, blind_sheet, bundled, coding, load};

fn copied(name: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let Some(Folder::Bundled(files)) = bundled::folder(name) else { panic!("{name} is a bundled case") };
    for (file, bytes) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn cells(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect()
}

fn row(desk: &Desk, file: &str, id: &str, pairs: &[(&str, &str)]) -> (String, [Change; 1]) {
    let table = desk.table(file).unwrap();
    let target = table.target(id).unwrap();
    (table.digest, [Change { target, cells: cells(pairs) }])
}

fn text(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap()
}

#[test]
fn a_correction_changes_one_line_and_is_undone_to_the_byte() {
    let folder = copied("camp-david-1978");
    let before = text(folder.path(), "positions.csv");
    let mut desk = Desk::new(folder.path());
    let (digest, change) = row(&desk, "positions.csv", "p02", &[("statement", "Asks for a withdrawal, \"complete\"")]);
    let saved = desk.save("positions.csv", &digest, &change).unwrap();
    let after = text(folder.path(), "positions.csv");
    let differing: Vec<_> = before.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
    let [(old, new)] = differing.as_slice() else { panic!("{differing:?}") };
    assert!(old.starts_with("p02,") && new.contains("\"Asks for a withdrawal, \"\"complete\"\"\""), "{new}");
    assert_eq!((saved.undo, desk.table("positions.csv").unwrap().digest), (1, saved.digest));
    assert_eq!(desk.undo().unwrap().undo, 0);
    assert_eq!(text(folder.path(), "positions.csv"), before);
    assert!(matches!(desk.undo(), Err(Refusal::NothingToUndo)));
}

#[test]
fn a_new_event_is_seen_by_the_case() {
    let folder = copied("camp-david-1978");
    let mut desk = Desk::new(folder.path());
    let table = desk.table("events.csv").unwrap();
    let first = table.cells(&table.rows[0]);
    let mut new = first.clone();
    new.insert("id".to_owned(), "e-new".to_owned());
    desk.save("events.csv", &table.digest, &[Change { target: Target::New, cells: new }]).unwrap();
    let case = load(&Folder::Disk(folder.path().to_owned()), |_| {}).case.unwrap();
    assert!(case.events.iter().any(|event| &*event.id == "e-new"));
}

#[test]
fn two_who_edit_the_same_file_lose_nothing() {
    let folder = copied("camp-david-1978");
    let mut desk = Desk::new(folder.path());
    let (digest, mine) = row(&desk, "positions.csv", "p01", &[("coder_note", "mine")]);
    let (_, theirs) = row(&desk, "positions.csv", "p01", &[("coder_note", "theirs")]);
    desk.save("positions.csv", &digest, &theirs).unwrap();
    let Err(Refusal::Changed { now }) = desk.save("positions.csv", &digest, &mine) else {
        panic!("saved over another")
    };
    assert_eq!(now.cells(now.row_of("p01").unwrap())["coder_note"], "theirs");
    // Seen and wanted nonetheless.
    desk.save("positions.csv", &now.digest, &mine).unwrap();
    assert!(text(folder.path(), "positions.csv").contains(",mine\n"));
}

#[test]
fn what_somebody_else_wrote_is_neither_overwritten_nor_undone() {
    let folder = copied("camp-david-1978");
    let mut desk = Desk::new(folder.path());
    let (digest, change) = row(&desk, "positions.csv", "p01", &[("coder_note", "seen")]);
    desk.save("positions.csv", &digest, &change).unwrap();
    let elsewhere = text(folder.path(), "positions.csv").replace(",seen\n", ",seen twice\n");
    fs::write(folder.path().join("positions.csv"), &elsewhere).unwrap();
    assert!(matches!(desk.undo(), Err(Refusal::Changed { .. })));
    assert_eq!(text(folder.path(), "positions.csv"), elsewhere);
    assert_eq!(desk.undo_depth(), 1);
}

#[test]
fn a_change_that_would_break_the_case_is_refused_with_the_reason() {
    let folder = copied("camp-david-1978");
    let before = text(folder.path(), "positions.csv");
    let mut desk = Desk::new(folder.path());
    let (digest, change) =
        row(&desk, "positions.csv", "p02", &[("issue", "no_such_issue"), ("valid_from", "yesterday")]);
    let Err(Refusal::Errors(errors)) = desk.save("positions.csv", &digest, &change) else { panic!("saved") };
    assert!(
        errors.iter().all(|error| error.severity == Severity::Error && error.file == "positions.csv"),
        "{errors:?}"
    );
    let line = desk.table("positions.csv").unwrap().row_of("p02").unwrap().line;
    assert!(errors.iter().any(|error| error.line == Some(line)), "{errors:?}");
    assert_eq!(text(folder.path(), "positions.csv"), before);
}

#[test]
fn a_case_with_errors_can_be_mended_here() {
    let folder = copied("camp-david-1978");
    let broken = text(folder.path(), "positions.csv").replacen("1977-11-20", "yesterday", 1);
    fs::write(folder.path().join("positions.csv"), broken).unwrap();
    let mut desk = Desk::new(folder.path());
    let (digest, note) = row(&desk, "positions.csv", "p01", &[("coder_note", "not worse than before")]);
    let saved = desk.save("positions.csv", &digest, &note).unwrap();
    let (_, mended) = row(&desk, "positions.csv", "p01", &[("valid_from", "1977-11-20")]);
    desk.save("positions.csv", &saved.digest, &mended).unwrap();
    assert!(load(&Folder::Disk(folder.path().to_owned()), |_| {}).case.is_some());
}

#[test]
fn a_file_that_was_not_there_is_begun_and_taken_away_again() {
    let folder = copied("camp-david-1978");
    let (file, path) = ("capabilities.csv", folder.path().join("capabilities.csv"));
    let mut desk = Desk::new(folder.path());
    let table = desk.table(file).unwrap();
    assert_eq!((table.digest.as_str(), table.rows.len()), ("", 0));
    let new = [Change {
        target: Target::New,
        cells: cells(&[("actor", "Egypt"), ("best", "1"), ("low", "0.5"), ("high", "2"), ("reason", "a trial")]),
    }];
    desk.save(file, "", &new).unwrap();
    assert!(path.exists());
    desk.undo().unwrap();
    assert!(!path.exists());
}

#[test]
fn files_that_are_no_tables_of_the_format_cannot_be_reached() {
    let folder = copied("camp-david-1978");
    let desk = Desk::new(folder.path());
    for file in ["case.toml", "../positions.csv", "/etc/passwd", "", "codings/a.csv", "positions.csv/"] {
        assert!(matches!(desk.table(file), Err(Refusal::NoSuchTable(_))), "{file}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_not_followed() {
    let folder = copied("camp-david-1978");
    let elsewhere = tempfile::tempdir().unwrap();
    let outside = elsewhere.path().join("positions.csv");
    fs::rename(folder.path().join("positions.csv"), &outside).unwrap();
    std::os::unix::fs::symlink(&outside, folder.path().join("positions.csv")).unwrap();
    assert!(matches!(Desk::new(folder.path()).table("positions.csv"), Err(Refusal::NotDone(_))));
}

#[test]
fn a_file_whose_lines_end_with_carriage_returns_alone_is_refused_and_kept() {
    let folder = copied("camp-david-1978");
    let path = folder.path().join("positions.csv");
    let old = text(folder.path(), "positions.csv").replace('\n', "\r");
    fs::write(&path, &old).unwrap();
    let mut desk = Desk::new(folder.path());
    let Err(Refusal::NotDone(sentence)) = desk.table("positions.csv") else { panic!("shown") };
    assert!(sentence.contains("carriage returns"), "{sentence}");
    let change = Change { target: Target::Line(1), cells: cells(&[("coder_note", "seen")]) };
    let digest = detente_case::export::digest_of(old.as_bytes());
    assert!(matches!(desk.save("positions.csv", &digest, &[change]), Err(Refusal::NotDone(_))));
    assert_eq!(text(folder.path(), "positions.csv"), old);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = copied("camp-david-1978");
    let path = folder.path().join("positions.csv");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let mut desk = Desk::new(folder.path());
    let (digest, change) = row(&desk, "positions.csv", "p01", &[("coder_note", "seen")]);
    desk.save("positions.csv", &digest, &change).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn several_rows_are_changed_in_one_step_and_undone_in_one() {
    let folder = copied("camp-david-1978");
    let before = text(folder.path(), "positions.csv");
    let mut desk = Desk::new(folder.path());
    let (digest, [first]) = row(&desk, "positions.csv", "p01", &[("coder_note", "over\ntwo lines")]);
    let (_, [second]) = row(&desk, "positions.csv", "p03", &[("coder_note", "seen")]);
    let table = desk.table("positions.csv").unwrap();
    let mut new = table.cells(&table.rows[0]);
    new.insert("id".to_owned(), "p-new".to_owned());
    let new = Change { target: Target::New, cells: new };
    desk.save("positions.csv", &digest, &[new, first.clone(), second]).unwrap();
    let now = desk.table("positions.csv").unwrap();
    let note = |id: &str| now.cells(now.row_of(id).unwrap()).get("coder_note").cloned();
    assert_eq!((note("p01").as_deref(), note("p03").as_deref()), (Some("over\ntwo lines"), Some("seen")));
    assert!(now.rows.last().unwrap().cells.contains(&"p-new".to_owned()));
    let twice = desk.save("positions.csv", &now.digest, &[first.clone(), first]);
    assert!(matches!(twice, Err(Refusal::NotDone(_))));
    desk.undo().unwrap();
    assert_eq!(text(folder.path(), "positions.csv"), before);
}

#[test]
fn the_sheet_of_a_second_coder_is_a_file_of_the_case_like_any() {
    let folder = copied("camp-david-1978");
    let case = load(&Folder::Disk(folder.path().to_owned()), |_| {}).case.unwrap();
    let file = coding::sheet_of("Anna O'Neil").unwrap();
    assert_eq!(file, "coding-anna-o-neil.csv");
    let mut desk = Desk::new(folder.path());
    desk.add(&file, &blind_sheet::sheet(&case, true).0).unwrap();
    assert!(matches!(desk.add(&file, b"id\n"), Err(Refusal::Changed { .. })));
    let asked = case.positions.iter().find(|row| row.is_coded()).unwrap();
    let (digest, change) = row(&desk, &file, &asked.id, &[("kind", "no_such_kind")]);
    let Err(Refusal::Errors(errors)) = desk.save(&file, &digest, &change) else { panic!("saved") };
    assert!(errors[0].message.contains("no_such_kind"), "{errors:?}");
    let (digest, change) = row(&desk, &file, &asked.id, &[("kind", "demand")]);
    desk.save(&file, &digest, &change).unwrap();
    let found = load(&Folder::Disk(folder.path().to_owned()), |_| {}).diagnostics;
    assert!(found.iter().all(|finding| finding.file != file), "{found:?}");
    for other in ["coding-.csv", "coding-../x.csv", "coding-A.csv", "case.toml"] {
        assert!(matches!(desk.table(other), Err(Refusal::NoSuchTable(_))), "{other}");
    }
}
