//! Every check of the workspace, in order.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::shell::{Temporary, cargo, root, run, stdout_of};
use crate::{browser, fences, generate, names, office, workbench};

/// How a step ended, if it did not fail.
enum Outcome {
    Passed,
    /// Not run, and why.
    LeftOut(&'static str),
}

type Step = (&'static str, fn() -> Result<Outcome, String>);

/// What needs neither a browser nor the network, fastest first.
const QUICK: [Step; 6] = [
    ("format", || passed(run(&mut cargo(&["fmt", "--all", "--check"])))),
    ("lints", || passed(run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])))),
    ("tests", || passed(run(&mut cargo(&["test", "--workspace"])))),
    ("docs", documentation),
    ("generate", || passed(generate::run(true))),
    ("fences", || passed(fences::run())),
];

/// What takes longer or needs more.
const FURTHER: [Step; 6] = [
    ("names", || passed(names::run(true))),
    ("workbench", || passed(workbench::check())),
    ("browser", || passed(browser::check())),
    ("office", || passed(office::check())),
    ("fuzz", fuzzing),
    ("bench", benchmarks),
];

/// Seconds for each fuzz target: enough to see that it runs and holds on its corpus.
const FUZZ_SECONDS: u32 = 3;

/// Runs the steps until one fails, and sums up.
fn run_steps(steps: &[Step]) -> Result<(), String> {
    let mut lines = Vec::new();
    let mut count = 0;
    let mut failure = None;
    for (name, step) in steps {
        println!("\n── {name}");
        let begun = Instant::now();
        let result = step();
        let time = seconds(begun.elapsed());
        match result {
            Ok(Outcome::Passed) => {
                count += 1;
                lines.push(format!("{name:<10} {time:>7}  passed"));
            }
            Ok(Outcome::LeftOut(why)) => {
                println!("{why}");
                lines.push(format!("{name:<10} {time:>7}  left out: {why}"));
            }
            Err(message) => {
                println!("{message}");
                lines.push(format!("{name:<10} {time:>7}  FAILED"));
                failure = Some(*name);
                break;
            }
        }
    }
    println!("\n{}\n", lines.join("\n"));
    println!("{count} passed, {} failed", u8::from(failure.is_some()));
    match failure {
        None => Ok(()),
        Some(name) => Err(format!("the step `{name}` failed")),
    }
}

/// Runs every check, the quick ones, or those that are named.
pub fn run_all(arguments: &[&str]) -> Result<(), String> {
    let all = [&QUICK[..], &FURTHER].concat();
    match arguments {
        [] => run_steps(&all),
        ["--quick"] => run_steps(&QUICK),
        names => {
            if let Some(unknown) = names.iter().find(|name| !all.iter().any(|(step, _)| step == *name)) {
                let steps: Vec<&str> = all.iter().map(|(step, _)| *step).collect();
                return Err(format!("`{unknown}` is not a step; the steps are {}", steps.join(", ")));
            }
            let named: Vec<Step> = all.into_iter().filter(|(step, _)| names.contains(step)).collect();
            run_steps(&named)
        }
    }
}

fn passed(result: Result<(), String>) -> Result<Outcome, String> {
    result.map(|()| Outcome::Passed)
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn documentation() -> Result<Outcome, String> {
    passed(run(cargo(&["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings")))
}

/// A few seconds on each fuzz target, as `fuzz/README.md` describes, with a fixed seed: what breaks here breaks again. New inputs go to a
/// folder that is thrown away.
fn fuzzing() -> Result<Outcome, String> {
    let folder = root().join("fuzz");
    let fuzz = |arguments: &[&str]| {
        let mut command = cargo(&[&["fuzz"], arguments].concat());
        command.current_dir(&folder).env("RUSTC_BOOTSTRAP", "1");
        command
    };
    if stdout_of(&mut fuzz(&["--version"])).is_err() {
        return Ok(Outcome::LeftOut("cargo-fuzz is not installed; the tests have replayed the committed inputs"));
    }
    let time = format!("-max_total_time={FUZZ_SECONDS}");
    for target in stdout_of(&mut fuzz(&["list"]))?.split_whitespace() {
        let inputs = Temporary::new()?;
        let (new, committed) = (inputs.0.to_string_lossy(), format!("corpus/{target}"));
        run(&mut fuzz(&[
            "run",
            "--sanitizer",
            "none",
            target,
            &new,
            &committed,
            "--",
            &time,
            "-timeout=20",
            "-seed=1",
        ]))?;
    }
    Ok(Outcome::Passed)
}

/// Every benchmark once, to see that it runs; unoptimised, so that nothing is built anew.
fn benchmarks() -> Result<Outcome, String> {
    let metadata = stdout_of(&mut cargo(&["metadata", "--format-version", "1", "--no-deps"]))?;
    let metadata: Value = serde_json::from_str(&metadata).map_err(|error| format!("cargo metadata: {error}"))?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let kinds = packages
        .flat_map(|package| package["targets"].as_array().into_iter().flatten())
        .flat_map(|target| target["kind"].as_array().into_iter().flatten());
    if !kinds.into_iter().any(|kind| kind == "bench") {
        return Ok(Outcome::LeftOut("there are no benchmarks yet"));
    }
    passed(run(&mut cargo(&["test", "--workspace", "--bench", "*"])))
}
