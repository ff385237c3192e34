//! Factors and scenarios, written back.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::cells::{marking, source_id};
use super::quote;
use crate::Record;
use crate::case::Case;
use crate::range::{Decimal, Range};
use crate::scenario::{SCHEMA, Scenario, ScenarioFactor, Today};

/// The value of a key.
enum Cell {
    Text(String),
    Number(Decimal),
    List(Vec<Cell>),
    Table(Vec<(String, Cell)>),
}

impl Cell {
    fn is_filled(&self) -> bool {
        match self {
            Cell::Text(text) => !text.is_empty(),
            Cell::Number(_) => true,
            Cell::List(cells) => !cells.is_empty(),
            Cell::Table(cells) => !cells.is_empty(),
        }
    }

    fn toml(&self) -> String {
        match self {
            Cell::Text(text) => quote(text),
            Cell::Number(number) => number.to_string(),
            Cell::List(cells) => format!("[{}]", cells.iter().map(Cell::toml).collect::<Vec<_>>().join(", ")),
            Cell::Table(cells) => {
                let entries: Vec<String> =
                    cells.iter().map(|(key, cell)| format!("{} = {}", quote(key), cell.toml())).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Text(text) => json!(text),
            Cell::Number(number) => json!(number.value()),
            Cell::List(cells) => cells.iter().map(Cell::json).collect(),
            Cell::Table(cells) => Value::Object(cells.iter().map(|(key, cell)| (key.clone(), cell.json())).collect()),
        }
    }
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn factor(case: &Case, row: &ScenarioFactor) -> Vec<(&'static str, Cell)> {
    let mut keys = vec![("id", text(&row.id)), ("title", text(&row.title)), ("unit", text(&row.unit))];
    keys.push(match &row.today {
        Today::Series(series) => ("series", text(series)),
        Today::Number(number) => ("base", Cell::Number(number.clone())),
    });
    keys.push(("low", Cell::Number(row.low.clone())));
    keys.push(("high", Cell::Number(row.high.clone())));
    keys.push(("source_id", Cell::Text(source_id(case, row.source))));
    keys.push(("reason", text(&row.reason)));
    keys.push(("marking", Cell::Text(marking(row.marking))));
    keys
}

/// A scenario; of the rows that it lifts, those that are shown.
fn scenario(case: &Case, row: &Scenario, shown: &dyn Fn(&str) -> bool) -> Vec<(&'static str, Cell)> {
    let range = |range: &Range| {
        if range.low() == range.high() {
            return Cell::Number(range.best().clone());
        }
        Cell::List([range.low(), range.best(), range.high()].map(|number| Cell::Number(number.clone())).into())
    };
    let set = row.set.iter().map(|(id, setting)| (case.scenario_factors[*id].id.to_string(), range(setting)));
    let rule_out = row.rule_out.iter().map(|entry| {
        Cell::Table(vec![("model".to_owned(), text(&entry.model.text)), ("when".to_owned(), text(&entry.when.text))])
    });
    let lift = row.lift.iter().filter(|row| shown(&row.text)).map(|row| text(&row.text));
    vec![
        ("id", text(&row.id)),
        ("title", text(&row.title)),
        ("note", text(&row.note)),
        ("set", Cell::Table(set.collect())),
        ("lift", Cell::List(lift.collect())),
        ("rule_out", Cell::List(rule_out.collect())),
        ("marking", Cell::Text(marking(row.marking))),
    ]
}

/// `scenarios.toml` as text; empty if there are neither factors nor scenarios.
#[must_use]
pub fn scenarios_toml(case: &Case) -> String {
    let mut out = String::new();
    let factors = case.scenario_factors.iter().map(|row| ("factor", factor(case, row)));
    let scenarios = case.scenarios.iter().map(|row| ("scenario", scenario(case, row, &|_| true)));
    for (name, keys) in factors.chain(scenarios) {
        if out.is_empty() {
            _ = writeln!(out, "schema = {SCHEMA}");
        }
        _ = writeln!(out, "\n[[{name}]]");
        for (key, cell) in keys.iter().filter(|(_, cell)| cell.is_filled()) {
            _ = writeln!(out, "{key} = {}", cell.toml());
        }
    }
    out
}

/// Factors and scenarios as lists of objects.
pub(super) fn json(case: &Case) -> Value {
    fn object(keys: Vec<(&'static str, Cell)>) -> Value {
        let filled = keys.into_iter().filter(|(_, cell)| cell.is_filled());
        Value::Object(filled.map(|(key, cell)| (key.to_owned(), cell.json())).collect())
    }
    json!({
        "factors": case.scenario_factors.iter().map(|row| object(factor(case, row))).collect::<Vec<_>>(),
        "scenarios": case.scenarios.iter().map(|row| object(scenario(case, row, &|_| true))).collect::<Vec<_>>(),
    })
}

/// Tells `add` the keys of every factor and scenario, without rows that the record does not know.
pub(super) fn known(record: Record<'_>, add: &mut impl FnMut(&[String])) {
    let case = record.case;
    let known: BTreeSet<&str> = record.positions().map(|(_, row)| &*row.id).collect();
    let factors = case.scenario_factors.iter().map(|row| factor(case, row));
    let scenarios = case.scenarios.iter().map(|row| scenario(case, row, &|id| known.contains(id)));
    for keys in factors.chain(scenarios) {
        let cells: Vec<String> = keys.into_iter().map(|(_, cell)| cell.toml()).collect();
        add(&cells);
    }
}
