//! Times a model of forecasts on a table of positions from 0 to 100, reading left aside:
//! `cargo run --release -p detente-bench --bin forecast -- MODEL FILE.csv REPEATS` prints JSON. MODEL is `expected-utility` (the first issue, as printed),
//! `exchange` or `exchange-rescale` (all issues, one round). Salience and capability are needed. `bench/peers` runs it beside other programs.

#![expect(clippy::print_stdout, reason = "a tool of the workshop says what it did")]

use std::fs;
use std::process::ExitCode;
use std::time::Instant;

use detente_case::stand_table::{self, Reading, StandIssue, StandRow};
use detente_forecast::expected_utility::Options;
use detente_forecast::{
    ExchangeOptions, Mean, Positions, Reuse, Scale, Stand, Table, exchange as trade, expected_utility as challenge,
};
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
    let [model, file, repeats] = arguments else { return None };
    let repeats = repeats.parse().ok()?;
    let bytes = fs::read(file).ok()?;
    let reading = Reading { scale: (Scale::PERCENT.low(), Scale::PERCENT.high()), salience_needed: true };
    let (issues, _) = stand_table::read(file, &bytes, reading).ok()?;
    match model.as_str() {
        "expected-utility" => expected_utility(issues.first()?, repeats),
        "exchange" => exchange(&issues, Reuse::Drop, repeats),
        "exchange-rescale" => exchange(&issues, Reuse::Rescale, repeats),
        _ => None,
    }
}

fn stand(row: &StandRow) -> Option<Stand> {
    Some(Stand { position: row.position.best, salience: row.salience?.best, capability: row.capability?.best })
}

fn positions(issue: &StandIssue) -> Option<Positions> {
    Positions::new(issue.rows.iter().map(stand).collect::<Option<_>>()?, Scale::PERCENT).ok()
}

/// The seconds of each run, and what the last one came to.
fn timed<T>(repeats: usize, run: impl Fn() -> T) -> Option<(Vec<f64>, T)> {
    let mut seconds = Vec::new();
    let mut last = None;
    for _ in 0..repeats {
        let begun = Instant::now();
        last = Some(run());
        seconds.push(begun.elapsed().as_secs_f64());
    }
    Some((seconds, last?))
}

fn expected_utility(issue: &StandIssue, repeats: usize) -> Option<Value> {
    let positions = positions(issue)?;
    let (seconds, last) = timed(repeats, || challenge(&positions, &Options::PRINTED))?;
    let rounds = last.ok()?.rounds;
    let rounds: Vec<_> = rounds.iter().map(|round| [round.median.lower, round.median.upper, round.mean]).collect();
    Some(json!({ "seconds": seconds, "rounds": rounds }))
}

fn exchange(issues: &[StandIssue], reuse: Reuse, repeats: usize) -> Option<Value> {
    let mut actors: Vec<&str> = Vec::new();
    for row in issues.iter().flat_map(|issue| &issue.rows) {
        if !actors.contains(&row.actor.as_str()) {
            actors.push(&row.actor);
        }
    }
    let rows = |issue: &StandIssue| {
        let of = |actor: &&str| issue.rows.iter().find(|row| row.actor == **actor).and_then(stand);
        (Scale::PERCENT, actors.iter().map(of).collect())
    };
    let table = Table::new(&issues.iter().map(rows).collect::<Vec<_>>())?;
    let means: Option<Vec<f64>> = issues.iter().map(|issue| Some(Mean::of(&positions(issue)?).value())).collect();
    let (seconds, rounds) = timed(repeats, || trade(&table, ExchangeOptions { reuse, ..ExchangeOptions::default() }))?;
    let round = rounds.first()?;
    let votes = |(actor, issue): (usize, usize), shift: f64| json!([actors[actor], issues[issue].name, shift]);
    let exchanges = round.exchanges.iter().map(|trade| {
        json!({ "votes": [votes(trade.first, trade.shifts.0), votes(trade.second, trade.shifts.1)], "gains": trade.gains })
    });
    Some(
        json!({ "seconds": seconds, "means": means?, "outcomes": round.outcomes, "exchanges": exchanges.collect::<Vec<_>>() }),
    )
}
