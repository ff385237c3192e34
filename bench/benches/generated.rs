//! Generated cases of 1, 10 and 100 thousand positions and as many events: how cost grows.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_analysis::about::Settings;
use detente_analysis::now::stances;
use detente_case::{Case, Folder, Moment, Record, load};

const ROWS: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

fn folder(rows: usize) -> Folder {
    Folder::Memory(detente_bench::case(rows, 500))
}

fn case(rows: usize) -> Case {
    load(&folder(rows), |_| {}).case.expect("generated cases have no errors")
}

#[divan::bench(args = ROWS, sample_count = 10, sample_size = 1)]
fn load_and_check(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let folder = folder(rows);
    bencher.bench_local(|| load(&folder, |_| {}));
}

#[divan::bench(args = ROWS, sample_count = 10, sample_size = 1)]
fn now(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let case = case(rows);
    let moment = Moment::new(&case, None, None);
    let about = detente_analysis::now(&case, moment, Settings::default()).about;
    bencher.bench_local(|| stances(Record::known_by(&case, moment.known), moment, about.clone()));
}

#[divan::bench(args = ROWS, sample_count = 10, sample_size = 1)]
fn now_with_digest(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let case = case(rows);
    bencher.bench_local(|| detente_analysis::now(&case, Moment::new(&case, None, None), Settings::default()));
}

#[divan::bench(args = ROWS, sample_count = 3, sample_size = 1)]
fn history(bencher: divan::Bencher<'_, '_>, rows: usize) {
    let case = case(rows);
    bencher.bench_local(|| detente_analysis::history(&case, Moment::new(&case, None, None), Settings::default()));
}
