//! Times the analysis of a generated conflict: `cargo run --release -p detente-bench --bin stability -- OPTIONS DECISION-MAKERS KIND REPEATS`
//! prints JSON. KIND is plain, one-way, all-one-way, infeasible or infeasible-one-way. Seconds of the processor and peak memory are read
//! from `/proc`, where there is one.

#![expect(clippy::print_stdout, reason = "a tool of the workshop says what it did")]

use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use detente_bench::stability::{Kind, model, ranks};
use detente_stability::{Buffers, Concept, Topology};
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
    let [options, decision_makers, kind, repeats] = arguments else { return None };
    let begun = (Instant::now(), processor());
    let model = model(options.parse().ok()?, decision_makers.parse().ok()?, Kind::named(kind)?)?;
    let topology = Topology::new(&model);
    let topology_seconds = seconds(begun);
    let ranks = ranks(&model, 20_261_122);
    let mut buffers = Buffers::new(&topology);
    let mut analyses = Vec::new();
    for _ in 0..repeats.parse::<usize>().ok()? {
        let begun = (Instant::now(), processor());
        topology.run(&ranks, &mut buffers)?;
        analyses.push(seconds(begun));
    }
    let verdicts = buffers.into_verdicts();
    let equilibria = Concept::ALL.map(|concept| verdicts.equilibria(concept).count());
    Some(json!({
        "states": model.states(), "topology": topology_seconds, "analyses": analyses,
        "peak_megabytes": peak(), "equilibria": equilibria,
    }))
}

/// Seconds by the clock and of the processor.
fn seconds(begun: (Instant, Option<f64>)) -> Value {
    let wall = begun.0.elapsed().as_secs_f64();
    json!({ "wall": wall, "processor": processor().zip(begun.1).map(|(now, then)| now - then) })
}

/// Seconds of the processor so far, all threads, in steps of a hundredth.
fn processor() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let ticks: Vec<f64> =
        after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    Some(ticks.iter().sum::<f64>() / 100.0)
}

/// The most memory held so far, in megabytes.
fn peak() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes * 1024.0 / 1e6)
}
