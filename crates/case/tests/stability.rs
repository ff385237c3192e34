//! Stability models: what is read, what is refused and where, what is written.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::stability::{self, Basis, Forbidden, Form, Preference, StabilityModel, StatusQuo, Unknown};
use detente_case::{Diagnostic, Findings, Severity, bundled};

/// What is read from a file, and what is said of it.
fn read(file: &str, text: &str) -> (Option<StabilityModel>, Vec<Diagnostic>) {
    let mut findings = Findings::default();
    let model = stability::read(file, text.as_bytes().to_vec(), &mut findings);
    (model, findings.into_sorted())
}

fn model(text: &str) -> StabilityModel {
    let (model, findings) = read("m.toml", text);
    model.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// The findings as `code line:column message`.
fn told(findings: &[Diagnostic]) -> Vec<String> {
    let place = |finding: &Diagnostic| match (finding.line, finding.column) {
        (Some(line), Some(column)) => format!("{line}:{column} "),
        _ => String::new(),
    };
    findings.iter().map(|finding| format!("{} {}{}", finding.code, place(finding), finding.message)).collect()
}

/// What is said of a TOML file.
fn said(text: &str) -> Vec<String> {
    told(&read("m.toml", text).1)
}

const GAME: &str = "schema = 1
title = \"Game\"
[[option]]
id = \"a\"
[[option]]
id = \"b\"
[[decision_maker]]
id = \"one\"
options = [\"a\"]
ranking = \"3 4 1 2\"
[[decision_maker]]
id = \"two\"
options = [\"b\"]
statements = [\"a\", \"-b\"]
";

/// The game, with other lines in the place of some.
fn game(from: &str, to: &str) -> String {
    assert!(GAME.contains(from), "{from}");
    GAME.replacen(from, to, 1)
}

/// A model whose second decision maker has lines of its own, after which other sections may follow.
fn with(lines: &str) -> String {
    game("statements = [\"a\", \"-b\"]\n", lines)
}

#[test]
fn every_bundled_model_is_read_without_a_finding_and_written_to_the_same() {
    let names = bundled::models();
    assert!(names.iter().any(|name| name == "textbook/chicken") && names.is_sorted(), "{names:?}");
    for name in names {
        let (file, content) = bundled::model(&name).unwrap();
        let (model, findings) = read(file, str::from_utf8(content).unwrap());
        assert!(findings.is_empty(), "{name}: {findings:#?}");
        let model = model.unwrap();
        let (again, findings) = read(file, &stability::to_toml(&model));
        assert_eq!(again.as_ref(), Some(&model), "{name}: {findings:#?}");
    }
    assert!(bundled::model("textbook/expected").is_none() && bundled::folder("textbook").is_none());
}
