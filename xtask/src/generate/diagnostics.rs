//! `docs/reference/diagnostics.md`: every kind of finding.

use detente_case::{Code, Findings, Severity};

use super::table;

/// The page.
pub fn page() -> String {
    let rows = Code::ALL
        .iter()
        .map(|code| [format!("`{}`", code.text()), severity(code.severity()).to_owned(), code.about().to_owned()]);
    format!(
        "# Diagnostics\n\n\
         Made from the program: `cargo xtask generate`.\n\n\
         `detente check CASE` lists everything that it finds in a case, each with file, line and column, what was found, what was\n\
         expected and, where there is one, the line that mends it. The codes are stable. Only errors keep a case from being used;\n\
         with `--strict`, warnings count as errors. After {} findings of one code in one file the rest are counted, not listed.\n\n\
         {}",
        Findings::LIMIT,
        table(["code", "severity", "what it stands for"], rows),
    )
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
