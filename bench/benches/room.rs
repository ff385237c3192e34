//! The room of the flagship: staircases, room and what moves it, over ten thousand draws.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_analysis::blocks::{Lines, Reading, Words, case_rules};
use detente_analysis::ensemble::Budget;
use detente_analysis::progress::go_on;
use detente_analysis::room::{Effort, of_view};
use detente_analysis::view::{OneSided, View};
use detente_case::{Case, Moment, Record, When, bundled, load};

fn main() {
    divan::main();
}

fn flagship() -> Case {
    let folder = bundled::folder("russia-ukraine").expect("the flagship is bundled");
    load(&folder, |_| {}).case.expect("the flagship has no errors")
}

fn with_view(day: &str, of: impl FnOnce(&View<'_>)) {
    let case = flagship();
    let day = When::parse(day).map(When::first);
    let moment = Moment::new(&case, day, None);
    let record = Record::known_by(&case, moment.known);
    let lines = Lines::new(record);
    let words = Words::new(&lines, moment.at);
    let bounds = words.bounds(Reading::FIRST);
    let view = View::new(&words, &bounds, &case_rules(record, moment.at), OneSided::LeftOut);
    of(&view.expect("some issue is contested"));
}

#[divan::bench(args = ["2023-12-31", ""], sample_count = 5, sample_size = 1)]
fn staircase_and_room_of_10_000_draws(bencher: divan::Bencher<'_, '_>, day: &str) {
    let effort = Effort { seed: 1, budget: Budget { draws: 10_000, time: None }, alone: 0, points: 0, turns: true };
    with_view(day, |view| bencher.bench_local(|| of_view(view, effort, &mut go_on).map(|values| values.room)));
}

#[divan::bench(args = ["2023-12-31", ""], sample_count = 5, sample_size = 1)]
fn what_moves_the_room_200_draws_a_group(bencher: divan::Bencher<'_, '_>, day: &str) {
    let effort = Effort { seed: 1, budget: Budget { draws: 1, time: None }, alone: 200, points: 0, turns: true };
    with_view(day, |view| bencher.bench_local(|| of_view(view, effort, &mut go_on).map(|values| values.room)));
}
