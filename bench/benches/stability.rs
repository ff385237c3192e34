//! Verdicts on generated conflicts: three decision makers, five concepts, random strict rankings.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_bench::stability::{Kind, draws, model, ranks};
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

/// A hundred draws of all rankings, the drawing left aside: 4,096 states, and the 144 that four patterns leave of 256.
#[divan::bench(args = [(12, Kind::Plain), (8, Kind::Infeasible)], sample_count = 10)]
fn a_hundred_draws(bencher: divan::Bencher<'_, '_>, (options, kind): (usize, Kind)) {
    let model = model(options, 3, kind).expect("a model");
    let topology = Topology::new(&model);
    let draws = draws(&model, 100);
    let mut buffers = Buffers::new(&topology);
    bencher.bench_local(|| draws.iter().filter(|ranks| topology.run(ranks, &mut buffers).is_some()).count());
}
