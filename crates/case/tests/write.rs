//! Files are written whole or not at all.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::fs;
use std::path::Path;

use detente_case::write::{self, WriteError};

fn files(files: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

/// Names of everything in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_file_is_written_and_nothing_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    write::file(&folder.path().join("a.csv"), b"one", false).unwrap();
    assert_eq!(names(folder.path()), ["a.csv"]);
    assert_eq!(fs::read(folder.path().join("a.csv")).unwrap(), b"one");
}

#[test]
fn a_file_that_is_there_is_replaced_only_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    fs::write(&path, "old").unwrap();
    let refused = write::file(&path, b"new", false).unwrap_err();
    assert!(matches!(refused, WriteError::Exists(_)));
    assert!(refused.to_string().contains("nothing was written. `--force` replaces it"));
    assert_eq!(fs::read(&path).unwrap(), b"old");
    write::file(&path, b"new", true).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(names(folder.path()), ["a.csv"]);
}

#[test]
fn a_folder_in_place_of_a_file_stays_even_by_force() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a.csv")).unwrap();
    let refused = write::file(&folder.path().join("a.csv"), b"new", true).unwrap_err();
    assert!(matches!(refused, WriteError::Exists(_)));
    assert_eq!(names(folder.path()), ["a.csv"]);
}

#[test]
fn a_file_in_a_folder_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = write::file(&folder.path().join("none/a.csv"), b"new", false).unwrap_err();
    assert!(matches!(refused, WriteError::Io(..)));
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_folder_is_written_with_its_folders() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    write::folder(&path, &files(&[("case.toml", "t"), ("stability/war.toml", "w")]), false).unwrap();
    assert_eq!(names(folder.path()), ["case"]);
    assert_eq!(names(&path), ["case.toml", "stability"]);
    assert_eq!(fs::read(path.join("stability/war.toml")).unwrap(), b"w");
}

#[test]
fn an_empty_folder_is_filled_and_a_full_one_only_by_force() {
    let folder = tempfile::tempdir().unwrap();
    write::folder(folder.path(), &files(&[("a", "old"), ("b", "old")]), false).unwrap();
    let refused = write::folder(folder.path(), &files(&[("a", "new")]), false).unwrap_err();
    assert!(matches!(refused, WriteError::Exists(_)));
    assert_eq!(fs::read(folder.path().join("a")).unwrap(), b"old");
    write::folder(folder.path(), &files(&[("a", "new"), ("c", "new")]), true).unwrap();
    let contents: Vec<String> =
        names(folder.path()).iter().map(|n| fs::read_to_string(folder.path().join(n)).unwrap()).collect();
    assert_eq!(
        (names(folder.path()), contents),
        (vec!["a".into(), "b".into(), "c".into()], vec!["new".into(), "old".into(), "new".into()])
    );
}

#[test]
fn if_one_file_cannot_be_replaced_none_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a"), "old").unwrap();
    fs::create_dir(folder.path().join("b")).unwrap();
    fs::write(folder.path().join("c"), "a file, not a folder").unwrap();
    for second in ["b", "c/d"] {
        assert!(write::folder(folder.path(), &files(&[("a", "new"), (second, "new")]), true).is_err());
        assert_eq!(fs::read(folder.path().join("a")).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["a", "b", "c"]);
    }
}

#[test]
fn a_new_folder_of_which_one_file_cannot_be_written_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    assert!(write::folder(&path, &files(&[("a", "file"), ("a/b", "not in a folder")]), false).is_err());
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_file_in_place_of_the_folder_stays_even_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case");
    fs::write(&path, "old").unwrap();
    assert!(matches!(write::folder(&path, &files(&[("a", "new")]), true), Err(WriteError::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), b"old");
}

#[test]
fn names_that_lead_out_of_the_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["../a", "/a", "b/../../a", "."] {
        assert!(matches!(
            write::folder(&folder.path().join("case"), &files(&[(name, "new")]), false),
            Err(WriteError::Io(..))
        ));
    }
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_there_already() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("gone", folder.path().join("a")).unwrap();
    assert!(matches!(write::file(&folder.path().join("a"), b"new", false), Err(WriteError::Exists(_))));
}

#[test]
fn only_what_a_killed_program_left_is_told_as_left() {
    let folder = tempfile::tempdir().unwrap();
    let name = |text: &str| folder.path().join(text);
    fs::create_dir(name("stability")).unwrap();
    for file in [
        ".positions.csv.12-0.part",
        "stability/.a.toml.7-33.part",
        ".positions.csv.part",
        ".x.-1.part",
        "a.12-0.part",
        "case.toml",
    ] {
        fs::write(name(file), "x").unwrap();
    }
    let left = write::leftovers(folder.path()).unwrap();
    assert_eq!(left, [name(".positions.csv.12-0.part"), name("stability/.a.toml.7-33.part")]);
}
