//! `detente check`: all findings; what can run now; what each missing file would unlock.

use clap::Args;
use detente_analysis::coded_by::coded_by;
use detente_analysis::readiness::{self, Check};
use detente_analysis::stability::of_case;
use detente_case::formats::Unlock;
use detente_case::{Diagnostic, Severity};
use std::fmt::Write as _;

use crate::open::{Terminal, find, read};
use crate::output::{Failure, print, print_json};
use crate::report;

/// What is wrong with a case and how to mend it; what can run now; what each missing file would unlock
#[derive(Args)]
pub struct Arguments {
    /// A folder, a workbook (.xlsx) that `export` made, or the name of a bundled case
    #[arg(value_name = "CASE")]
    case: String,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    terminal: Terminal,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let folder = find(&arguments.case, arguments.terminal.color)?;
    let mut loaded = read(&folder, arguments.terminal.quiet);
    loaded.diagnostics.extend(loaded.case.iter().flat_map(of_case::findings));
    loaded.diagnostics.sort();
    let worst = loaded.diagnostics.iter().map(|finding| finding.severity).min();
    let check = Check {
        runs: loaded.case.as_ref().map(readiness::runs).unwrap_or_default(),
        coding: loaded.case.as_ref().map(|case| coded_by(case.positions.iter())),
        unlocks: loaded.case.as_ref().map(readiness::unlocks).unwrap_or_default(),
        diagnostics: loaded.diagnostics,
    };
    if arguments.json {
        print_json(&check)?;
    } else {
        print(&text(&check, &folder, &arguments.terminal))?;
    }
    let fails = worst == Some(Severity::Error) || arguments.strict && worst == Some(Severity::Warning);
    if fails { Err(Failure::CaseHasErrors) } else { Ok(()) }
}

fn text(check: &Check, folder: &detente_case::Folder, terminal: &Terminal) -> String {
    let shown: Vec<Diagnostic> = check
        .diagnostics
        .iter()
        .filter(|finding| !terminal.quiet || finding.severity == Severity::Error)
        .cloned()
        .collect();
    let color = terminal.color.applies() && std::io::IsTerminal::is_terminal(&std::io::stdout());
    let mut out = report::diagnostics(&shown, folder, color);
    let count = |severity| check.diagnostics.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let plural = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let notes = count(Severity::Note);
    _ = writeln!(out, "{}, {}, {}.", plural(errors, "error"), plural(warnings, "warning"), plural(notes, "note"));
    if check.runs.is_empty() {
        out.push_str("Nothing can run until the errors are mended.\n");
        return out;
    }
    if errors > 0 {
        out.push_str("A stability model with errors cannot be analysed until they are mended; all else can run.\n");
    }
    out.push_str("\nCan run now:\n");
    for run in &check.runs {
        _ = writeln!(out, "  {:<10} {}", run.command, run.shows);
    }
    if let Some(sentence) = check.coding.and_then(detente_report::answers::coded_by) {
        _ = writeln!(out, "\n{sentence}");
    }
    for (used, heading) in
        [(true, "Missing files, and what each would unlock:"), (false, "Not used by this version yet:")]
    {
        let files: Vec<&Unlock> = check.unlocks.iter().filter(|unlock| unlock.used == used).collect();
        if !files.is_empty() {
            _ = writeln!(out, "\n{heading}");
            for unlock in files {
                _ = writeln!(out, "  {:<19} {}", unlock.file, unlock.unlocks);
            }
        }
    }
    out
}
