//! Workbooks of 1, 10 and 100 thousand positions in 17 columns: how the cost of writing and reading grows.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_case::{Folder, Level, load};

const ROWS: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

fn bytes(rows: usize) -> Vec<u8> {
    detente_bench::workbook(rows).expect("generated cases fit into a sheet")
}

#[divan::bench(args = ROWS, sample_count = 3, sample_size = 1)]
fn write(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let case =
        load(&Folder::Memory(detente_bench::case(rows, 500)), |_| {}).case.expect("generated cases have no errors");
    bencher.bench_local(|| detente_workbook::write(&case, Level::All));
}

#[divan::bench(args = ROWS, sample_count = 5, sample_size = 1)]
fn grids(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let bytes = bytes(rows);
    bencher.bench_local(|| detente_workbook::grids("case.xlsx", &bytes));
}

#[divan::bench(args = ROWS, sample_count = 5, sample_size = 1)]
fn open_and_load(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let bytes = bytes(rows);
    bencher.bench_local(|| {
        let sheets = detente_workbook::open("case.xlsx", &bytes).expect("it is a workbook").expect("it holds a case");
        load(&Folder::Sheets(Box::new(sheets)), |_| {})
    });
}
