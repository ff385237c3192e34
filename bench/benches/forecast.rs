//! Forecasts of one issue: single models by the number of actors, and a whole answer with draws.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_analysis::About;
use detente_analysis::about::{Layer, Settings};
use detente_analysis::forecast::{Domain, Setting, TableSetting, forecast, of_table};
use detente_analysis::progress::go_on;
use detente_case::stand_table::{StandIssue, StandRow, Stated};
use detente_forecast::expected_utility::Options;
use detente_forecast::{Mean, Positions, Scale, Stand, expected_utility};

fn main() {
    divan::main();
}

/// A number from 0 to 1 that depends on two numbers.
fn share(actor: usize, what: usize) -> f64 {
    ((actor * 7919 + what * 104_729 + 13) * 2_654_435_761 % 10_007) as f64 / 10_007.0
}

fn positions(actors: usize) -> Positions {
    let stand = |actor| Stand {
        position: 100.0 * share(actor, 1),
        salience: 0.1 + 0.9 * share(actor, 2),
        capability: 0.1 + share(actor, 3),
    };
    Positions::new((0..actors).map(stand).collect(), Scale::PERCENT).expect("all numbers are in their ranges")
}

#[divan::bench(args = [10, 50, 200])]
fn mean(bencher: divan::Bencher<'_, '_>, actors: usize) {
    let positions = positions(actors);
    bencher.bench_local(|| Mean::of(&positions).value());
}

#[divan::bench(args = [10, 20, 50, 100, 200])]
fn ten_rounds_as_printed(bencher: divan::Bencher<'_, '_>, actors: usize) {
    let positions = positions(actors);
    bencher.bench_local(|| expected_utility(&positions, &Options::PRINTED).expect("the options are in range"));
}

#[divan::bench(args = [10, 20, 50, 100, 200])]
fn ten_rounds_as_programmed(bencher: divan::Bencher<'_, '_>, actors: usize) {
    let positions = positions(actors);
    bencher.bench_local(|| expected_utility(&positions, &Options::PROGRAMMED).expect("the options are in range"));
}

/// All models, 10,000 draws, the influence of every input, and all readings.
#[divan::bench(args = [10, 30], sample_count = 5)]
fn whole_answer_of_10_000_draws(bencher: divan::Bencher<'_, '_>, actors: usize) {
    let stated =
        |best: f64, by: f64, most: f64| Stated { best, range: Some(((best - by).max(0.0), (best + by).min(most))) };
    let row = |actor: usize| StandRow {
        actor: format!("a{actor}"),
        position: stated(100.0 * share(actor, 1), 10.0, 100.0),
        salience: Some(stated(0.1 + 0.9 * share(actor, 2), 0.1, 1.0)),
        capability: Some(stated(0.1 + share(actor, 3), 0.05, 2.0)),
        group: None,
    };
    let issues = [StandIssue { name: String::new(), rows: (0..actors).map(row).collect() }];
    let setting = TableSetting {
        scale: Scale::PERCENT,
        domain: Domain::ArmedConflict,
        title: "issue".into(),
        references: vec![(String::new(), 50.0)],
        correlation: 0.5,
    };
    let question = of_table(&issues, &setting).expect("the table is a question");
    let how = Setting { draws: 10_000, ..Setting::default() };
    let about = || About::of_file(Layer::C, "forecast", b"", Settings::default());
    bencher.bench_local(|| forecast(&question, &how, about(), &mut go_on));
}
