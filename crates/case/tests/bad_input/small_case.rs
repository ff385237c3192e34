//! A case without faults, in which single files are put in or replaced.

use detente_case::{Code, Diagnostic, Folder, Loaded, load};

pub type File = (&'static str, &'static [u8]);

pub const SETTINGS: &[u8] = b"schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\"A\", \"B\"]\n";
const ACTORS: &[u8] = b"id\nA\nB\n";
const ISSUES: &[u8] = b"issue,option\nland,none\nland,some\nland,all\n";
const SOURCES: &[u8] = br#"[{"id": "book"}]"#;

/// A case without faults, with files put in or replaced.
pub fn case(files: &[File]) -> Vec<(String, Vec<u8>)> {
    let mut case = vec![
        ("case.toml".to_owned(), SETTINGS.to_vec()),
        ("actors.csv".to_owned(), ACTORS.to_vec()),
        ("issues.csv".to_owned(), ISSUES.to_vec()),
        ("sources.json".to_owned(), SOURCES.to_vec()),
        (
            "positions.csv".to_owned(),
            b"id,actor,issue,kind,best_option,valid_from,statement,source_id\np1,A,land,demand,all,2022-03-29,w,book\n"
                .to_vec(),
        ),
    ];
    for (name, bytes) in files {
        case.retain(|(known, _)| known != name);
        case.push(((*name).to_owned(), bytes.to_vec()));
    }
    case
}

pub fn read(files: &[File]) -> Loaded {
    load(&Folder::Memory(case(files)), |_| {})
}

pub fn found(loaded: &Loaded, code: Code) -> Vec<&Diagnostic> {
    loaded.diagnostics.iter().filter(|finding| finding.code == code.text()).collect()
}
