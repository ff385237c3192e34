//! Verdicts on generated conflicts: three decision makers, five concepts, random strict rankings.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_bench::stability::{Kind, model, ranks};
use detente_stability::{Buffers, Topology};

fn main() {
    divan::main();
}

fn analyses(bencher: divan::Bencher<'_, '_>, options: usize, kind: Kind) {
    let model = model(options, 3, kind).expect("a model");
    let topology = Topology::new(&model);
    let ranks = ranks(&model, 20_261_122);
    let mut buffers = Buffers::new(&topology);
    bencher.bench_local(|| topology.run(divan::black_box(&ranks), &mut buffers).is_some());
}

#[divan::bench(args = [6, 12, 16, 20], sample_count = 10)]
fn plain(bencher: divan::Bencher<'_, '_>, options: usize) {
    analyses(bencher, options, Kind::Plain);
}

#[divan::bench(args = [12, 20], sample_count = 10)]
fn one_way(bencher: divan::Bencher<'_, '_>, options: usize) {
    analyses(bencher, options, Kind::OneWay);
}

#[divan::bench(args = [12, 20], sample_count = 10)]
fn infeasible(bencher: divan::Bencher<'_, '_>, options: usize) {
    analyses(bencher, options, Kind::Infeasible);
}

#[divan::bench(args = [12, 20], sample_count = 5)]
fn topology(bencher: divan::Bencher<'_, '_>, options: usize) {
    let model = model(options, 3, Kind::Plain).expect("a model");
    bencher.bench_local(|| Topology::new(divan::black_box(&model)));
}
