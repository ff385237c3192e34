#![allow(missing_docs, clippy::all, clippy::unwrap_used, clippy::print_stdout, clippy::allow_attributes)]
use detente_analysis::blocks::{Lines, Reading, Words, case_rules};
use detente_analysis::room::Staircase;
use detente_analysis::view::*;
use detente_case::{Moment, Record, When, bundled, load};
fn main() {
    let case = load(&bundled::folder("russia-ukraine").unwrap(), |_| {}).case.unwrap();
    let day = When::parse("2023-12-31").unwrap().first();
    let moment = Moment::new(&case, Some(day), None);
    let record = Record::known_by(&case, moment.known);
    let lines = Lines::new(record);
    let words = Words::new(&lines, moment.at);
    let bounds = words.bounds(Reading::FIRST);
    let rules = case_rules(record, moment.at);
    let view = View::new(&words, &bounds, &rules, OneSided::LeftOut).unwrap();
    let caps = detente_packages::Caps { vectors: 1_000_000 };
    let s = view.inputs().sampler(1);
    let lifted = Packages { limits: LimitsUse::Lifted, norm_flagged: true };
    let kept = Packages { limits: LimitsUse::Kept, norm_flagged: true };
    let show = |draw: &detente_analysis::ensemble::Draw<'_>| {
        let t0 = std::time::Instant::now();
        let p = view.problem(draw, lifted).unwrap();
        let t1 = t0.elapsed();
        let a = Staircase::of(&p, caps).unwrap();
        let t2 = t0.elapsed();
        let b = Staircase::of(&view.benchmark(draw).unwrap(), caps).unwrap();
        let t3 = t0.elapsed();
        let c = Staircase::of(&view.problem(draw, kept).unwrap(), caps).unwrap();
        let t4 = t0.elapsed();
        let slack = a.least_slack(&b);
        let t5 = t0.elapsed();
        println!(
            "problem {:?} lifted {} {:?} bench {} {:?} kept {} {:?} slack {:?} {:?}",
            t1,
            a.points().len(),
            t2 - t1,
            b.points().len(),
            t3 - t2,
            c.points().len(),
            t4 - t3,
            slack,
            t5 - t4
        );
    };
    println!("rules {}", view.problem(&view.inputs().best(), kept).unwrap().rules().len());
    for k in 0..6 {
        show(&s.draw(k));
    }
    show(&view.inputs().best());
    for k in 0..3 {
        show(&s.draw_only(&[0], k));
        show(&s.draw_only(&[3], k));
    }
}
