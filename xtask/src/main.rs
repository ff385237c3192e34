//! Checks and generated files of this workspace: `cargo xtask help`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "these commands talk to whoever runs them")]

mod browser;
mod fences;
mod generate;
mod names;
mod office;
mod shell;
mod test;
mod workbench;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask COMMAND

Commands:
  test [--quick]       every check, in order; stops at the first that fails; --quick leaves out names, workbench,
                       browser, office, fuzz and bench
  test STEP…           the steps of that name: format, lints, tests, docs, generate, fences, names, workbench, browser, office,
                       fuzz, bench
  generate [--check]   writes docs/schemas and docs/reference; with --check, compares them
  names [--check]      writes crates/case/data/names from its npm packages; with --check, compares it
  browser [--picture]  checks the brief in headless Chromium; with --picture, writes docs/brief.png
  workbench            checks the pages of the workbench, builds them, compares the bundle, and tries them in headless Chromium
  office               opens the brief for Word in LibreOffice and checks its pages
  fences               checks what each crate may depend on, that the build is pure Rust, and the licences
  help                 prints this";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["test", arguments @ ..] => test::run_all(arguments),
        ["generate"] => generate::run(false),
        ["generate", "--check"] => generate::run(true),
        ["names"] => names::run(false),
        ["names", "--check"] => names::run(true),
        ["browser"] => browser::check(),
        ["browser", "--picture"] => browser::picture(),
        ["workbench"] => workbench::check(),
        ["office"] => office::check(),
        ["fences"] => fences::run(),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
