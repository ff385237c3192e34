//! Frontiers of random additive problems: ten options an issue, so ten to the power of the issues packages.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_packages::{Caps, Problem, frontier};

fn main() {
    divan::main();
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same problems on every run.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Every option is worth a whole number from 0 to 999 to each party.
fn problem(issues: usize, parties: usize) -> Problem<i64> {
    let mut random = SplitMix64(20_261_122);
    let mut value = || i64::try_from(random.next() % 1000).expect("below a thousand");
    let mut option = || (0..parties).map(|_| value()).collect();
    let issues = (0..issues).map(|_| (0..10).map(|_| option()).collect()).collect();
    Problem::new(vec![0; parties], issues).expect("a problem")
}

/// The number of points, so that nothing is left out.
fn points(problem: &Problem<i64>) -> usize {
    frontier(problem, Caps::default()).expect("within the caps").points().len()
}

#[divan::bench(args = [2, 3, 5])]
fn ten_million_packages(bencher: divan::Bencher<'_, '_>, parties: usize) {
    let problem = problem(7, parties);
    bencher.bench_local(|| points(divan::black_box(&problem)));
}

#[divan::bench(args = [12, 40])]
fn two_parties_ten_to_the(bencher: divan::Bencher<'_, '_>, issues: usize) {
    let problem = problem(issues, 2);
    bencher.bench_local(|| points(divan::black_box(&problem)));
}
