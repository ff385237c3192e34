//! Frontiers of random problems: ten options an issue, so ten to the power of the issues packages.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_packages::{Caps, Interactions, Literal, Problem, Rule, SearchLimits, Term, frontier};

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

#[divan::bench(args = [2, 3, 5], sample_count = 10)]
fn ten_million_packages(bencher: divan::Bencher<'_, '_>, parties: usize) {
    let problem = problem(7, parties);
    bencher.bench_local(|| points(divan::black_box(&problem)));
}

#[divan::bench(args = [12, 40])]
fn two_parties_ten_to_the(bencher: divan::Bencher<'_, '_>, issues: usize) {
    let problem = problem(issues, 2);
    bencher.bench_local(|| points(divan::black_box(&problem)));
}

/// The first half of an issue's options.
fn half(issue: usize) -> Literal {
    Literal { issue, holds: (0..10).map(|option| option < 5).collect() }
}

/// Eight rules, each on two neighbouring issues or three.
#[divan::bench(args = [2, 3])]
fn ten_million_packages_with_rules(bencher: divan::Bencher<'_, '_>, parties: usize) {
    let mut problem = problem(7, parties);
    let any = (0..6).map(|issue| Rule::any(vec![half(issue), half(issue + 1)]));
    let not_all = (0..2).map(|issue| Rule::not_all(vec![half(issue), half(issue + 2), half(issue + 4)]));
    any.chain(not_all).for_each(|rule| problem.add_rule(rule).expect("a rule of this problem"));
    bencher.bench_local(|| points(divan::black_box(&problem)));
}

/// A bonus for each pair of issues.
fn pairs(parties: usize) -> Interactions<i64> {
    let bonus = |one: usize, other: usize| {
        (0..parties).map(|party| if (one + other + party).is_multiple_of(2) { 300 } else { -200 }).collect()
    };
    let term = |one: usize, other: usize| Term { when: vec![half(one), half(other)], bonus: bonus(one, other) };
    let terms = (0..7).flat_map(|one| (one + 1..7).map(move |other| term(one, other))).collect();
    Interactions::new(problem(7, parties), terms).expect("terms of this problem")
}

#[divan::bench(args = [2, 3, 5], sample_count = 10)]
fn ten_million_packages_searched(bencher: divan::Bencher<'_, '_>, parties: usize) {
    let pairs = pairs(parties);
    bencher.bench_local(|| pairs.search(SearchLimits::default()).expect("within the limits").points().len());
}

#[divan::bench(args = [2, 3, 5], sample_count = 10)]
fn ten_million_packages_that_work_together_composed(bencher: divan::Bencher<'_, '_>, parties: usize) {
    let pairs = pairs(parties);
    bencher.bench_local(|| pairs.compose(Caps::default()).expect("within the caps").points().len());
}
