//! What is wrong with the files, as far as the level shows it, and what can run.

use std::collections::BTreeMap;

use detente_analysis::coded_by::coded_by;
use detente_analysis::readiness::{self, Check};
use detente_case::formats::is_of_a_case;
use detente_case::{Code, Diagnostic, Folder, Level};
use serde::Serialize;

use crate::session::State;

/// The longest part of a line that is shown, in characters.
const LONGEST_LINE: usize = 2_000;

/// A finding with the line that it is about.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Finding {
    #[serde(flatten)]
    diagnostic: Diagnostic,
    /// The line itself; none where there is none, or the level does not show it.
    text: Option<String>,
}

impl Finding {
    /// Whether it is about this line of a file.
    pub(crate) fn is_at(&self, file: &str, line: u64) -> bool {
        self.diagnostic.file == file && self.diagnostic.line == Some(line)
    }
}

/// What `GET /api/check` answers: what `detente check --json` prints, each finding with its line.
#[derive(Debug, Serialize)]
pub(crate) struct Checked<'s> {
    diagnostics: &'s [Finding],
    #[serde(flatten)]
    rest: serde_json::Value,
}

/// The findings as they may be shown. Below the level that shows all rows, where markings are in use, a finding says what kind it is
/// and in which file, and nothing that stands in it: the words of a hidden row may be in its message.
pub(crate) fn told(findings: Vec<Diagnostic>, folder: &Folder, level: Level, has_markings: bool) -> Vec<Finding> {
    if has_markings && level != Level::All {
        return findings.into_iter().map(veiled).collect();
    }
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut line = |finding: &Diagnostic| -> Option<String> {
        if let Folder::Sheets(sheets) = folder {
            return sheets.line(finding);
        }
        let text = files.entry(finding.file.clone()).or_insert_with(|| {
            let bytes = folder.read(&finding.file).unwrap_or_default();
            String::from_utf8_lossy(&bytes).into_owned()
        });
        let index = usize::try_from(finding.line?).ok()?.saturating_sub(1);
        text.lines().nth(index).map(str::to_owned)
    };
    let with_line = |diagnostic: Diagnostic| {
        let text = line(&diagnostic).filter(|text| !text.trim().is_empty());
        let text = text.map(|text| text.chars().filter(|c| !c.is_control()).take(LONGEST_LINE).collect());
        Finding { diagnostic, text }
    };
    findings.into_iter().map(with_line).collect()
}

fn veiled(finding: Diagnostic) -> Finding {
    let about = Code::ALL.iter().find(|code| code.text() == finding.code).map_or("", |code| code.about());
    let diagnostic = Diagnostic {
        file: if is_of_a_case(&finding.file) { finding.file.clone() } else { String::new() },
        line: None,
        column: None,
        message: about.to_owned(),
        hints: vec!["Rows here carry markings. Start with `--level all` to see the place and the words.".to_owned()],
        ..finding
    };
    Finding { diagnostic, text: None }
}

/// The same for a page that is handed over: nothing about files that lie beside the case, whose names may say more than the case does.
pub(crate) fn checked_for_others(state: &State) -> serde_json::Value {
    let mut checked = serde_json::to_value(checked(state)).unwrap_or_default();
    if let Some(findings) = checked["diagnostics"].as_array_mut() {
        findings.retain(|finding| finding["file"].as_str().is_some_and(is_of_a_case));
    }
    checked
}

/// What is wrong with the files now, and what can run.
pub(crate) fn checked(state: &State) -> Checked<'_> {
    let case = (state.broken.is_none()).then_some(&state.snapshot.case);
    let check = Check {
        diagnostics: Vec::new(),
        runs: case.map(readiness::runs).unwrap_or_default(),
        unlocks: case.map(readiness::unlocks).unwrap_or_default(),
        coding: case.map(|case| coded_by(case.positions.iter())),
    };
    let mut rest = serde_json::to_value(check).unwrap_or_default();
    if let Some(keys) = rest.as_object_mut() {
        keys.remove("diagnostics");
    }
    Checked { diagnostics: &state.findings, rest }
}
