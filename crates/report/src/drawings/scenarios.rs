//! Results by scenario.

use std::collections::BTreeSet;

use detente_analysis::scenario::{Outcome, Scenarios};
use detente_analysis::stability::ByConcept;
use detente_case::Case;

use super::{caption, date, read_as};
use crate::figure::Figure;
use crate::figure::heat::{self, Cell, Change, Heat, Row};
use crate::labels::Labels;
use crate::words;

/// Results in rows, scenarios in columns; none where the case has no scenarios.
#[must_use]
pub fn scenarios(case: &Case, scenarios: &Scenarios) -> Option<Figure> {
    let worlds: Vec<&Outcome> = scenarios.scenarios.iter().map(|scenario| &scenario.outcome).collect();
    if worlds.len() < 2 {
        return None;
    }
    let columns = scenarios.scenarios.iter().enumerate().map(|(place, scenario)| match place {
        0 => "As today".to_owned(),
        _ => scenario.title.clone(),
    });
    let mut rows = agreement(&worlds);
    rows.extend(forecasts(case, &worlds));
    rows.extend(equilibria(&worlds));
    let input = Heat {
        caption: caption("scenarios", format!("Results by scenario as of {}", date(&scenarios.moment.at))),
        columns: columns.collect(),
        rows,
        keys: ["less than today".to_owned(), "more than today".to_owned(), "another answer than today".to_owned()],
    };
    Some(read_as(
        heat::draw(&input),
        "Each row is a result, each column a scenario; the first column has every factor as it is today. Forecasts are places on the scale of \
         an issue, from 0 to 100, of which the order of options alone is data. A scenario is a question: nothing says how likely it is.",
    ))
}

/// A row of numbers: how they are written, and the most by which they could differ.
fn numbers(label: &str, group: &str, values: &[Option<f64>], most: f64, written: impl Fn(f64) -> String) -> Row {
    let first = values.first().copied().flatten();
    let cell = |value: &Option<f64>| match value {
        None => Cell { text: "–".into(), words: "not computed".into(), change: Change::None },
        Some(value) => {
            let by = first.map_or(0.0, |first| (value - first) / most);
            let change = if by.abs() < 5e-4 { Change::None } else { Change::By(by.clamp(-1.0, 1.0)) };
            Cell { text: written(*value), words: String::new(), change }
        }
    };
    Row { label: label.into(), group: group.into(), cells: values.iter().map(cell).collect() }
}

/// A row of words.
fn answers(label: &str, group: &str, values: &[String]) -> Row {
    let cell = |value: &String| Cell {
        text: value.clone(),
        words: String::new(),
        change: if Some(value) == values.first() { Change::None } else { Change::Other },
    };
    Row { label: label.into(), group: group.into(), cells: values.iter().map(cell).collect() }
}

fn agreement(worlds: &[&Outcome]) -> Vec<Row> {
    const GROUP: &str = "Agreement";
    let of = |value: &dyn Fn(&Outcome) -> Option<f64>| worlds.iter().map(|world| value(world)).collect::<Vec<_>>();
    let blocked: Vec<String> =
        worlds.iter().map(|world| if world.agreement.blocked { "yes" } else { "no" }.to_owned()).collect();
    let issues = of(&|world| Some(world.agreement.blocking.len() as f64));
    let steps = of(&|world| world.agreement.steps.map(f64::from));
    let room = of(&|world| world.agreement.room.map(|room| 100.0 * room));
    let zone = of(&|world| world.agreement.zone.as_ref().map(|zone| 100.0 * zone.probability));
    let most = |values: &[Option<f64>]| values.iter().copied().flatten().fold(1.0, f64::max);
    let whole = |value: f64| format!("{value:.0}");
    let mut rows = vec![
        answers("Do declared limits block?", GROUP, &blocked),
        numbers("Issues that block", GROUP, &issues, most(&issues), whole),
    ];
    for (label, values, most) in [
        ("Least steps to unblock", &steps, most(&steps)),
        ("Room with limits lifted, points", &room, 50.0),
        ("Draws with a zone, %", &zone, 100.0),
    ] {
        if values.iter().any(Option::is_some) {
            rows.push(numbers(label, GROUP, values, most, whole));
        }
    }
    rows
}

fn forecasts(case: &Case, worlds: &[&Outcome]) -> Vec<Row> {
    let mut issues: Vec<&str> = Vec::new();
    for then in worlds.iter().flat_map(|world| &world.forecast) {
        if !issues.contains(&&*then.issue) {
            issues.push(&then.issue);
        }
    }
    let row = |issue: &&str| {
        let value = |world: &&Outcome| world.forecast.iter().find(|then| then.issue == **issue).map(|then| then.value);
        let values: Vec<Option<f64>> = worlds.iter().map(value).collect();
        numbers(&Labels(case).title(issue), "Weighted mean of positions, 0 to 100", &values, 50.0, |value| {
            format!("{value:.0}")
        })
    };
    issues.iter().map(row).collect()
}

/// A row for each outcome that would hold in some world by the first or the last of the five concepts: under how many of them it does.
fn equilibria(worlds: &[&Outcome]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut models: Vec<(&str, &str)> = Vec::new();
    for model in worlds.iter().flat_map(|world| &world.equilibria) {
        if !models.iter().any(|(name, _)| *name == model.model) {
            models.push((&model.model, &model.title));
        }
    }
    for (name, title) in models {
        let of = |world: &Outcome| world.equilibria.iter().find(|model| model.model == name).cloned();
        let worlds: Vec<_> = worlds.iter().map(|world| of(world)).collect();
        let held = |states: &ByConcept<Vec<String>>| {
            [&states.nash, &states.gmr, &states.smr, &states.seq, &states.sseq].map(|held| held.clone())
        };
        let told = |states: &ByConcept<Vec<String>>| [states.nash.clone(), states.sseq.clone()].concat();
        let states: BTreeSet<String> = worlds.iter().flatten().flat_map(|model| told(&model.equilibria)).collect();
        for state in states {
            let concepts = worlds.iter().map(|model| match model {
                None => "–".to_owned(),
                Some(model) if model.not_analysed.is_some() => "–".to_owned(),
                Some(model) => match held(&model.equilibria).iter().filter(|held| held.contains(&state)).count() {
                    0 => "no".to_owned(),
                    5 => "all five".to_owned(),
                    count => format!("{count} of 5"),
                },
            });
            let group = format!("Holds under how many of five concepts: {}", words::clause(title));
            rows.push(answers(&state, &group, &concepts.collect::<Vec<_>>()));
        }
    }
    rows
}
