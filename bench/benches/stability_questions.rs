//! Questions about generated conflicts of three decision makers: coalitions, what can come about, what would have to change, and one
//! state of a model of 40 options.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_bench::stability::{Kind, dilemma, model, ranks};
use detente_stability::coalition::{Coalition, CoalitionRules, Coalitions, Sanctioners};
use detente_stability::inverse::{Question, inverse};
use detente_stability::query::stable;
use detente_stability::status_quo::{Movement, evolve};
use detente_stability::{Code, Concept, DecisionMaker, Model, Preference, Ranks, State, Topology};

fn main() {
    divan::main();
}

const SEED: u64 = 20_261_122;

fn conflict(options: usize, kind: Kind) -> (Model, Vec<Ranks>, Vec<Preference>) {
    let model = model(options, 3, kind).expect("a model");
    let ranks = ranks(&model, SEED);
    let preferences = ranks.iter().cloned().map(Preference::from).collect();
    (model, ranks, preferences)
}

/// All seven coalitions, answered by single opponents.
#[divan::bench(args = [6, 8, 10], sample_count = 3, sample_size = 1)]
fn coalitions(bencher: divan::Bencher<'_, '_>, options: usize) {
    answered(bencher, options, Sanctioners::Single);
}

/// The same, answered by coalitions too.
#[divan::bench(args = [6, 8, 10], sample_count = 3, sample_size = 1)]
fn coalitions_answered_by_coalitions(bencher: divan::Bencher<'_, '_>, options: usize) {
    answered(bencher, options, Sanctioners::Coalitions);
}

fn answered(bencher: divan::Bencher<'_, '_>, options: usize, sanctioners: Sanctioners) {
    let (model, _, preferences) = conflict(options, Kind::Plain);
    let all = Coalition::all(3).expect("three sides");
    let rules = CoalitionRules { sanctioners, ..CoalitionRules::default() };
    bencher.bench_local(|| {
        let coalitions = Coalitions::new(&model, &preferences, rules).expect("small enough");
        coalitions.verdicts(&all).expect("they are there")
    });
}

/// Which of all states can come about from the first by improvements.
#[divan::bench(args = [8, 12, 16], sample_count = 10, sample_size = 1)]
fn status_quo_by_improvements(bencher: divan::Bencher<'_, '_>, options: usize) {
    let (model, _, preferences) = conflict(options, Kind::Infeasible);
    let improving = Movement::improving(&model);
    bencher.bench_local(|| evolve(&model, &preferences, State(0), &improving).expect("small enough").path(State(1)));
}

/// What would have to change for a state in the middle to hold.
#[divan::bench(
    args = [(6, Concept::Nash), (6, Concept::Smr), (6, Concept::Sseq), (10, Concept::Nash), (10, Concept::Smr), (10, Concept::Sseq)],
    sample_count = 5,
    sample_size = 1
)]
fn changes(bencher: divan::Bencher<'_, '_>, (options, concept): (usize, Concept)) {
    let (model, ranks, _) = conflict(options, Kind::Plain);
    let question = Question::new(State(1 << (options - 1)), concept);
    bencher.bench_local(|| inverse(&model, &ranks, question).expect("an answer"));
}

/// One state of 2⁴⁰, for each of three decision makers.
#[divan::bench(args = [Concept::Nash, Concept::Gmr, Concept::Smr], sample_count = 20)]
fn one_state_of_forty_options(bencher: divan::Bencher<'_, '_>, concept: Concept) {
    let (form, aims) = dilemma(40).expect("a form");
    let ask = |mover| stable(&form, &aims, Code::first(40), DecisionMaker(mover), concept, 1 << 20).expect("an answer");
    bencher.bench_local(|| [0, 1, 2].map(ask));
}

/// All options one-way beside the plain case, to be compared within one run.
#[divan::bench(args = [(12, Kind::Plain), (12, Kind::AllOneWay), (20, Kind::Plain), (20, Kind::AllOneWay)], sample_count = 10, sample_size = 1)]
fn all_one_way(bencher: divan::Bencher<'_, '_>, (options, kind): (usize, Kind)) {
    let (model, ranks, _) = conflict(options, kind);
    let topology = Topology::new(&model);
    let mut buffers = detente_stability::Buffers::new(&topology);
    bencher.bench_local(|| topology.run(divan::black_box(&ranks), &mut buffers).is_some());
}
