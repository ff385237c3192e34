#![allow(clippy::all, clippy::unwrap_used, clippy::print_stdout, clippy::allow_attributes)]
use detente_analysis::blocks::{Lines, Reading, Words, case_rules};
use detente_analysis::ensemble::Budget;
use detente_analysis::room::{Effort, values};
use detente_case::{Moment, Record, When, bundled, load};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let case = load(&bundled::folder("russia-ukraine").unwrap(), |_| {}).case.unwrap();
    let day = When::parse(&args[1]).unwrap().first();
    let moment = Moment::new(&case, Some(day), None);
    let record = Record::known_by(&case, moment.known);
    let lines = Lines::new(record);
    let words = Words::new(&lines, moment.at);
    let bounds = words.bounds(Reading::FIRST);
    let rules = case_rules(record, moment.at);
    let start = std::time::Instant::now();
    let effort = Effort {
        seed: 1,
        budget: Budget { draws: args[2].parse().unwrap(), time: None },
        alone: args[3].parse().unwrap(),
        points: args[4].parse().unwrap(),
    };
    let v = values(&words, &bounds, &rules, effort, &mut |_| {}).unwrap();
    let took = start.elapsed();
    let json = serde_json::to_string(&v).unwrap();
    println!("{json}");
    eprintln!("{:?} draws {} bytes {}", took, v.draws, json.len());
}
