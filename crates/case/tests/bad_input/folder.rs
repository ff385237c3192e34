//! What is wrong with a folder on disk is said; nothing outside it is read.

use std::fs;
use std::path::Path;

use detente_case::folder::LARGEST_FILE;
use detente_case::{Code, Diagnostic, Folder, Loaded, load};

use crate::small_case::{SETTINGS, case, found};

/// A case without faults on disk.
fn on_disk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in case(&[]) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn read_disk(path: &Path) -> Loaded {
    load(&Folder::Disk(path.to_owned()), |_| {})
}

fn only(loaded: &Loaded, code: Code) -> &Diagnostic {
    assert!(loaded.case.is_none());
    found(loaded, code).first().copied().unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

#[test]
fn a_case_on_disk_is_read() {
    assert!(read_disk(on_disk().path()).case.is_some());
}

#[test]
fn a_folder_that_is_not_a_case_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Case.toml.txt"), SETTINGS).unwrap();
    let loaded = read_disk(folder.path());
    let finding = only(&loaded, Code::NotACase);
    assert_eq!(finding.place(), "case.toml");
    assert!(finding.hints.iter().any(|hint| hint.contains("detente new DIR")));
}

#[test]
fn a_misspelt_case_toml_is_suggested() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("cases.toml"), SETTINGS).unwrap();
    assert_eq!(only(&read_disk(folder.path()), Code::NotACase).hints[0], "is `cases.toml` meant to be `case.toml`?");
}

#[test]
fn a_missing_folder_and_a_file_in_its_place_cannot_be_read() {
    let folder = on_disk();
    for path in ["nowhere", "actors.csv"] {
        let loaded = read_disk(&folder.path().join(path));
        assert!(only(&loaded, Code::NotACase).message.contains("cannot be read"));
    }
}

#[test]
fn a_folder_in_place_of_a_file_is_refused() {
    let folder = on_disk();
    fs::create_dir(folder.path().join("events.csv")).unwrap();
    let loaded = read_disk(folder.path());
    assert_eq!(only(&loaded, Code::LinkOutside).place(), "events.csv");
}

#[test]
fn a_sparse_file_larger_than_the_limit_is_refused_without_being_read() {
    let folder = on_disk();
    let file = fs::File::create(folder.path().join("events.csv")).unwrap();
    file.set_len(LARGEST_FILE * 64).unwrap();
    let loaded = read_disk(folder.path());
    let finding = only(&loaded, Code::TooLarge);
    assert_eq!(finding.place(), "events.csv");
    assert!(finding.message.contains("at most 256 MB"), "{}", finding.message);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_out_of_the_folder_is_refused() {
        let (folder, elsewhere) = (on_disk(), tempfile::tempdir().unwrap());
        fs::write(elsewhere.path().join("events.csv"), "date,type,title\n2022,talks,T\n").unwrap();
        symlink(elsewhere.path().join("events.csv"), folder.path().join("events.csv")).unwrap();
        assert_eq!(only(&read_disk(folder.path()), Code::LinkOutside).place(), "events.csv");
    }

    #[test]
    fn a_link_within_the_folder_and_a_link_to_the_folder_are_followed() {
        let folder = on_disk();
        fs::write(folder.path().join(".events"), "date,type,title\n2022,talks,T\n").unwrap();
        symlink(".events", folder.path().join("events.csv")).unwrap();
        let beside = tempfile::tempdir().unwrap();
        symlink(folder.path(), beside.path().join("case")).unwrap();
        assert_eq!(read_disk(&beside.path().join("case")).case.unwrap().events.len(), 1);
    }

    #[test]
    fn a_link_that_leads_nowhere_cannot_be_read() {
        let folder = on_disk();
        symlink("gone.csv", folder.path().join("events.csv")).unwrap();
        assert_eq!(only(&read_disk(folder.path()), Code::Unreadable).place(), "events.csv");
    }

    #[test]
    fn a_named_pipe_is_refused_and_not_waited_for() {
        let folder = on_disk();
        let pipe = folder.path().join("events.csv");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|status| status.success()));
        assert_eq!(only(&read_disk(folder.path()), Code::LinkOutside).place(), "events.csv");
    }
}
