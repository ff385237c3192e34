//! Times the frontier and the Nash point of a table of options, reading left aside:
//! `cargo run --release -p detente-bench --bin packages -- FILE.csv REPEATS` prints JSON. `bench/peers` runs it beside other programs.

#![expect(clippy::print_stdout, reason = "a tool of the workshop says what it did")]

use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use detente_domain::table;
use detente_packages::scale::{Factors, Scaled, scale};
use detente_packages::solution::{self, Powers};
use detente_packages::{Caps, Problem, frontier};
use num_traits::Zero;
use serde_json::{Value, json};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Some(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        None => ExitCode::from(2),
    }
}

fn run(arguments: &[String]) -> Option<Value> {
    let [file, repeats] = arguments else { return None };
    let bytes = fs::read(file).ok()?;
    let begun = Instant::now();
    let domain = table::read((file, &bytes)).ok()?;
    let read = begun.elapsed().as_secs_f64();
    let parties = domain.parties.len();
    let issues = (0..domain.issues.len()).map(|issue| {
        let option = |option: usize| domain.parties.iter().map(|party| party.worth[issue][option].clone()).collect();
        (0..domain.issues[issue].options.len()).map(option).collect()
    });
    let problem = Problem::new(vec![Zero::zero(); parties], issues.collect()).ok()?;
    let Ok(Scaled::Narrow(scaled)) = scale(&problem, &[], Factors::OneForAll) else { return None };
    let (zero, powers) = (vec![0; parties], Powers::equal(parties));
    let mut seconds = Vec::new();
    let mut last = Value::Null;
    for _ in 0..repeats.parse::<usize>().ok()? {
        let begun = Instant::now();
        let frontier = frontier(&scaled.problem, Caps::default()).ok()?;
        let nash = solution::nash(&frontier, &zero, &powers, 1);
        seconds.push(begun.elapsed().as_secs_f64());
        let points: Vec<&[i64]> = frontier.points().iter().map(|point| point.worth.as_slice()).collect();
        let tied: Vec<&[i64]> = nash.tied().iter().map(|tied| tied.worth.as_slice()).collect();
        last = json!({ "frontier": points, "nash": tied });
    }
    Some(json!({ "read_seconds": read, "seconds": seconds, "result": last }))
}
