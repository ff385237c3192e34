//! Writes a generated case into a folder: `cargo run --release -p detente-bench --bin generate -- DIR ROWS`.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, rows] = arguments.as_slice() else { return ExitCode::from(2) };
    let Ok(rows) = rows.parse() else { return ExitCode::from(2) };
    match detente_case::write::folder(Path::new(folder), &detente_bench::case(rows, 500), false) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(3),
    }
}
