//! Inputs, constraints and prices, written back.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::cells::{date, marking, source_id};
use super::{ActorTexts, Sheet, quote, sheet};
use crate::Record;
use crate::case::Case;
use crate::constraint::{self, Constraint, ConstraintKind};
use crate::ids::List;
use crate::input::{About, Input, shared_cells};

/// The eight tables, those without rows included.
pub(super) fn sheets(case: &Case, texts: &ActorTexts<'_>) -> [Sheet; 8] {
    [
        table(case, texts, &case.salience),
        table(case, texts, &case.values),
        table(case, texts, &case.alternatives),
        table(case, texts, &case.trust),
        table(case, texts, &case.exposure),
        table(case, texts, &case.assurances),
        table(case, texts, &case.capabilities),
        table(case, texts, &case.drivers),
    ]
}

fn table<A: About>(case: &Case, texts: &ActorTexts<'_>, rows: &List<Input<A>>) -> Sheet {
    sheet(A::FORMAT, rows.iter().map(|row| (cells(case, texts, row), &row.extra)))
}

fn cells<A: About>(case: &Case, texts: &ActorTexts<'_>, row: &Input<A>) -> Vec<String> {
    let mut cells = vec![row.id.to_string()];
    cells.extend(row.about.cells(case, texts));
    cells.extend(shared_cells(row, source_id(case, row.source), marking(row.marking)));
    cells
}

/// Tells `add` the cells of every input and constraint that a record knows, each after the name of its file.
pub(super) fn known_rows(record: Record<'_>, texts: &ActorTexts<'_>, add: &mut impl FnMut(&[String])) {
    fn known<A: About>(
        record: Record<'_>,
        texts: &ActorTexts<'_>,
        rows: &List<Input<A>>,
        add: &mut impl FnMut(&[String]),
    ) {
        for row in rows.iter().filter(|row| record.knows_input(row)) {
            let mut named = vec![A::FORMAT.file.to_owned()];
            named.extend(cells(record.case, texts, row));
            add(&named);
        }
    }
    let case = record.case;
    known(record, texts, &case.salience, add);
    known(record, texts, &case.values, add);
    known(record, texts, &case.alternatives, add);
    known(record, texts, &case.trust, add);
    known(record, texts, &case.exposure, add);
    known(record, texts, &case.assurances, add);
    known(record, texts, &case.capabilities, add);
    known(record, texts, &case.drivers, add);
    for (_, row) in record.constraints() {
        let mut named = vec![constraint::FILE.to_owned()];
        named.extend(entry(case, texts, row).into_iter().map(|(_, value)| value.text()));
        add(&named);
    }
}

/// The value of a key of a constraint.
enum Cell {
    Text(String),
    Flag(bool),
}

impl Cell {
    fn text(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Flag(flag) => flag.to_string(),
        }
    }
}

/// The keys of a constraint, in the order of the format.
fn entry(case: &Case, texts: &ActorTexts<'_>, row: &Constraint) -> [(&'static str, Cell); 11] {
    let actor = match row.kind {
        ConstraintKind::Logic => String::new(),
        ConstraintKind::Demand(actor) => texts.one(actor).to_owned(),
    };
    let cells = [
        Cell::Text(row.id.to_string()),
        Cell::Text(row.text.to_string()),
        Cell::Text(row.kind.word().to_owned()),
        Cell::Text(actor),
        Cell::Text(source_id(case, row.source)),
        Cell::Text(row.reason.to_string()),
        Cell::Text(date(row.valid_from)),
        Cell::Text(date(row.valid_to)),
        Cell::Text(date(row.known_from)),
        Cell::Flag(row.verified),
        Cell::Text(marking(row.marking)),
    ];
    let mut keys = constraint::KEYS.iter();
    cells.map(|cell| (keys.next().map_or("", |(key, ..)| *key), cell))
}

/// The keys of a constraint that are filled.
fn filled(case: &Case, texts: &ActorTexts<'_>, row: &Constraint) -> impl Iterator<Item = (&'static str, Cell)> {
    let is_filled = |cell: &Cell| match cell {
        Cell::Text(text) => !text.is_empty(),
        Cell::Flag(flag) => *flag,
    };
    entry(case, texts, row).into_iter().filter(move |(_, cell)| is_filled(cell))
}

/// `constraints.toml` as text; empty if there are no constraints.
#[must_use]
pub fn constraints_toml(case: &Case) -> String {
    let texts = ActorTexts::of(case);
    let mut out = String::new();
    for row in case.constraints.iter() {
        out.push_str(if out.is_empty() { "[[constraint]]\n" } else { "\n[[constraint]]\n" });
        for (key, cell) in filled(case, &texts, row) {
            _ = match cell {
                Cell::Text(text) => writeln!(out, "{key} = {}", quote(&text)),
                Cell::Flag(flag) => writeln!(out, "{key} = {flag}"),
            };
        }
    }
    out
}

/// The constraints as a list of objects.
pub(super) fn constraints_json(case: &Case) -> Value {
    let texts = ActorTexts::of(case);
    let object = |row| {
        let cells = filled(case, &texts, row).map(|(key, cell)| match cell {
            Cell::Text(text) => (key.to_owned(), json!(text)),
            Cell::Flag(flag) => (key.to_owned(), json!(flag)),
        });
        Value::Object(cells.collect())
    };
    case.constraints.iter().map(object).collect()
}

/// The prices of `case.toml`.
pub(super) fn prices(case: &Case, texts: &ActorTexts<'_>, out: &mut String) {
    for price in &case.prices {
        let actor = quote(texts.one(price.actor));
        _ = write!(out, "\n[[price]]\nactor = {actor}\nper = \"{}\"\namount = {}\n", price.per.word(), price.amount);
        for (key, text) in [("source_id", source_id(case, price.source)), ("reason", price.reason.to_string())] {
            if !text.is_empty() {
                _ = writeln!(out, "{key} = {}", quote(&text));
            }
        }
    }
}
