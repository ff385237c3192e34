//! Makes and reads large workbooks, for measuring time and memory:
//! `cargo run --release -p detente-bench --bin workbook -- write FILE ROWS`, then `grids FILE` or `case FILE`.

#![expect(clippy::print_stdout, reason = "a tool of the workshop says what it did")]

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use detente_case::{Folder, load};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Some(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        None => ExitCode::from(2),
    }
}

fn run(arguments: &[&str]) -> Option<String> {
    match *arguments {
        ["write", file, rows] => {
            let bytes = detente_bench::workbook(rows.parse().ok()?)?;
            detente_case::write::file(Path::new(file), &bytes, true).ok()?;
            Some(format!("{} bytes", bytes.len()))
        }
        ["grids", file] => {
            let grids = detente_workbook::grids(file, &fs::read(file).ok()?).ok()?;
            let cells: usize = grids.iter().flat_map(|grid| &grid.rows).map(|row| row.cells.len()).sum();
            Some(format!("{cells} cells"))
        }
        ["case", file] => {
            let sheets = detente_workbook::open(file, &fs::read(file).ok()?).ok()??;
            let case = load(&Folder::Sheets(Box::new(sheets)), |_| {}).case?;
            Some(format!("{} positions", case.positions.len()))
        }
        ["files", file] => {
            let files = detente_workbook::case_files(file, &fs::read(file).ok()?).ok()??;
            let case = load(&Folder::Memory(files), |_| {}).case?;
            Some(format!("{} positions", case.positions.len()))
        }
        _ => None,
    }
}
