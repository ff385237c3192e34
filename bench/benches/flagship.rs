//! The flagship: load and check, each question, the whole brief.

#![expect(clippy::expect_used, reason = "a benchmark that cannot run stops")]

use detente_analysis::about::Settings;
use detente_analysis::blocks::{self, Lines};
use detente_analysis::progress::go_on;
use detente_case::{Case, Moment, Record, bundled, load};
use detente_report::brief::Reading;
use detente_report::document::Document;
use detente_report::{brief, render};

fn main() {
    divan::main();
}

fn flagship() -> Case {
    let folder = bundled::folder("russia-ukraine").expect("the flagship is bundled");
    load(&folder, |_| {}).case.expect("the flagship has no errors")
}

#[divan::bench]
fn load_and_check() -> usize {
    let folder = bundled::folder("russia-ukraine").expect("the flagship is bundled");
    let loaded = load(divan::black_box(&folder), |_| {});
    loaded.diagnostics.len() + loaded.case.map_or(0, |case| detente_analysis::readiness::unlocks(&case).len())
}

#[divan::bench]
fn now(bencher: divan::Bencher<'_, '_>) {
    let case = flagship();
    bencher.bench_local(|| detente_analysis::now(&case, Moment::new(&case, None, None), Settings::default()));
}

#[divan::bench]
fn history(bencher: divan::Bencher<'_, '_>) {
    let case = flagship();
    bencher.bench_local(|| detente_analysis::history(&case, Moment::new(&case, None, None), Settings::default()));
}

#[divan::bench(args = ["28-points-2025-11", ""])]
fn plan(bencher: divan::Bencher<'_, '_>, id: &str) {
    let case = flagship();
    let names: Vec<String> = Some(id.to_owned()).filter(|id| !id.is_empty()).into_iter().collect();
    let moment = Moment::new(&case, None, None);
    bencher.bench_local(|| detente_analysis::plan::plans(&case, moment, &names, Settings::default()));
}

#[divan::bench]
fn common(bencher: divan::Bencher<'_, '_>) {
    let case = flagship();
    let moment = Moment::new(&case, None, None);
    bencher.bench_local(|| detente_analysis::common::common(&case, moment, Settings::default()));
}

/// Layer B at one moment: conflict and correction sets, shares and steps under every reading of limits.
#[divan::bench(args = ["2023-12-31", "2026-06-23"])]
fn blocks_at(bencher: divan::Bencher<'_, '_>, at: &str) {
    let case = flagship();
    let day = at.parse().expect("a day");
    bencher.bench_local(|| blocks::at(&Lines::new(Record::known_by(&case, day)), day));
}

/// Layer B, and the least shifts of thresholds.
#[divan::bench]
fn unlock(bencher: divan::Bencher<'_, '_>) {
    let case = flagship();
    let moment = Moment::new(&case, None, None);
    bencher.bench_local(|| detente_analysis::unlock::unlock(&case, moment, Settings::default()));
}

#[divan::bench]
fn ripeness(bencher: divan::Bencher<'_, '_>) {
    let case = flagship();
    let moment = Moment::new(&case, None, None);
    bencher.bench_local(|| detente_analysis::ripeness::ripeness(&case, moment, 6, Settings::default()));
}

/// Every quarter as known then, with scores.
#[divan::bench]
fn known_then(bencher: divan::Bencher<'_, '_>) {
    let case = flagship();
    let moment = Moment::new(&case, None, None);
    bencher.bench_local(|| detente_analysis::known_then::known_then(&case, moment, Settings::default()));
}

#[divan::bench]
fn brief_html_after_load(bencher: divan::Bencher<'_, '_>) {
    let case = flagship();
    bencher.bench_local(|| html(&case));
}

#[divan::bench]
fn brief_html_with_load() -> usize {
    html(&flagship())
}

#[divan::bench]
fn brief_docx_with_load() -> usize {
    render::docx(&document(&flagship())).expect("the figures are drawings").len()
}

fn html(case: &Case) -> usize {
    render::html(&document(case)).expect("the template fits").len()
}

fn document(case: &Case) -> Document {
    brief::brief(case, Moment::new(case, None, None), Settings::default(), Reading::default())
}

/// The scenario table: today and eight scenarios with all draws, every factor alone, and what to watch.
#[divan::bench(args = [200, 2_000], sample_count = 5, sample_size = 1)]
fn scenarios(bencher: divan::Bencher<'_, '_>, draws: u32) {
    let case = flagship();
    let moment = Moment::new(&case, None, None);
    let settings = Settings { draws, ..Settings::default() };
    bencher.bench_local(|| {
        detente_analysis::scenario::scenarios(&case, moment, settings, &|_, _| std::ops::ControlFlow::Continue(()))
    });
}

/// The claims of the case against its rows.
#[divan::bench]
fn claims(bencher: divan::Bencher<'_, '_>) {
    let case = flagship();
    let moment = Moment::new(&case, None, None);
    bencher.bench_local(|| detente_analysis::claims::claims(&case, moment, Settings::default()));
}

/// Every model on every issue on which both principals have a position.
#[divan::bench]
fn forecast(bencher: divan::Bencher<'_, '_>) {
    use detente_analysis::forecast::{Participants, Setting, of_case};
    let case = flagship();
    let moment = Moment::new(&case, None, None);
    let ask = || of_case(&case, moment, Settings::default(), &Setting::default(), Participants::Principals, &mut go_on);
    bencher.bench_local(ask);
}
