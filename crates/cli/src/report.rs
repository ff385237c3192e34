//! Findings as text: what, where, the line itself, and how to mend it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use detente_case::{Diagnostic, Folder, Severity};

/// The longest part of a line that is shown.
const LONGEST_LINE: usize = 110;

/// Findings as text, with the lines of the files where there are any.
pub fn diagnostics(findings: &[Diagnostic], folder: &Folder, color: bool) -> String {
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    let mut out = String::new();
    for finding in findings {
        let (word, paint) = match finding.severity {
            Severity::Error => ("error", "\u{1b}[1;31m"),
            Severity::Warning => ("warning", "\u{1b}[1;33m"),
            Severity::Note => ("note", "\u{1b}[1;36m"),
        };
        let (paint, bold, plain) = if color { (paint, "\u{1b}[1m", "\u{1b}[0m") } else { ("", "", "") };
        _ = writeln!(out, "{paint}{word}[{}]{plain}{bold}: {}{plain}", finding.code, finding.message);
        if !finding.file.is_empty() {
            _ = writeln!(out, "  at {}", folder.place(finding));
        }
        let line = match (folder, finding.line) {
            (Folder::Sheets(sheets), _) => sheets.line(finding),
            (_, None) => None,
            (_, Some(number)) => {
                let text = files.entry(&finding.file).or_insert_with(|| {
                    let bytes = folder.read(&finding.file).unwrap_or_default();
                    String::from_utf8_lossy(&bytes).into_owned()
                });
                let index = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
                text.lines().nth(index).map(str::to_owned)
            }
        };
        if let Some(line) = line.filter(|line| !line.trim().is_empty()) {
            let visible: String = line.chars().filter(|c| !c.is_control()).collect();
            let short: String = visible.chars().take(LONGEST_LINE).collect();
            let more = if visible.chars().count() > LONGEST_LINE { "…" } else { "" };
            _ = writeln!(out, "   | {short}{more}");
        }
        for hint in &finding.hints {
            _ = writeln!(out, "   = {hint}");
        }
        out.push('\n');
    }
    out
}
