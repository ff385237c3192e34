//! Where results go: standard output or a file, whole or not at all; and how a command fails.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use detente_analysis::progress::Stopped;
use detente_case::write;
use detente_report::figure::{self, Figure};

/// Why a command did not do what was asked. Each is reported once, in `main`.
#[derive(Debug)]
pub enum Failure {
    /// The case has errors; they have been printed.
    CaseHasErrors,
    /// The words of the command are off: the sentence says how to go on.
    Usage(String),
    /// The answer could not be computed or written: the sentence says why.
    NotDone(String),
}

impl Failure {
    /// The exit code: 1 the case has errors, 2 wrong usage, 3 not done.
    pub fn code(&self) -> u8 {
        match self {
            Failure::CaseHasErrors => 1,
            Failure::Usage(_) => 2,
            Failure::NotDone(_) => 3,
        }
    }

    /// Prints the failure on standard error.
    pub fn report(self) -> ExitCode {
        match &self {
            Failure::CaseHasErrors => {}
            Failure::Usage(text) | Failure::NotDone(text) => say(text),
        }
        self.into()
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        Failure::NotDone(stopped.to_string())
    }
}

/// Prints on standard output. A reader that closes early, such as `head`, is no failure.
pub fn print(text: &str) -> Result<(), Failure> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::NotDone(format!("the result cannot be printed ({})", error.kind())))
        }
        _ => Ok(()),
    }
}

/// Says something beside the result, on standard error.
pub fn say(text: &str) {
    // There is nobody left to tell if standard error is closed.
    _ = writeln!(io::stderr().lock(), "{text}");
}

/// A value as JSON.
pub fn json_text(value: &impl serde::Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::NotDone(format!("the result cannot be written as JSON ({error})")))?;
    text.push('\n');
    Ok(text)
}

/// Prints a value as JSON.
pub fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    print(&json_text(value)?)
}

/// Writes a file whole or not at all.
pub fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<(), Failure> {
    write::file(path, bytes, force).map_err(|error| Failure::NotDone(error.to_string()))
}

/// Writes a figure as SVG, or as PNG if the file's name ends so.
pub fn write_figure(path: &Path, figure: &Figure, force: bool) -> Result<(), Failure> {
    let svg = figure.standalone();
    let is_png = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("png"));
    let bytes = if is_png {
        figure::png(&svg, 2.0).map_err(|error| Failure::NotDone(error.to_string()))?
    } else {
        svg.into_bytes()
    };
    write_file(path, &bytes, force)
}
