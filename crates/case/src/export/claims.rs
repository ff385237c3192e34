//! Claims, written back.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::cells::{date, marking};
use super::quote;
use crate::Record;
use crate::case::Case;
use crate::claim::{self, Claim, Part, Times};

/// A key and its value, as TOML and JSON write them.
type Entry = (&'static str, Value);

/// `claims.toml` as text; empty if there are no claims.
#[must_use]
pub fn claims_toml(case: &Case) -> String {
    if case.claims.is_empty() {
        return String::new();
    }
    let mut out = format!("schema = {}\n", claim::SCHEMA);
    for row in case.claims.iter() {
        section("claim", &entries(row), &mut out);
        row.parts.iter().for_each(|part| section("claim.part", &part_entries(part), &mut out));
    }
    out
}

fn section(name: &str, entries: &[Entry], out: &mut String) {
    _ = writeln!(out, "\n[[{name}]]");
    for (key, value) in entries {
        _ = match value {
            Value::String(text) => writeln!(out, "{key} = {}", quote(text)),
            value => writeln!(out, "{key} = {value}"),
        };
    }
}

/// The claims as a list of objects.
pub(super) fn list(case: &Case) -> Value {
    let object = |entries: Vec<Entry>| {
        Value::Object(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
    };
    let claim = |row: &Claim| {
        let mut entries = entries(row);
        if !row.parts.is_empty() {
            entries.push(("part", row.parts.iter().map(|part| object(part_entries(part))).collect()));
        }
        object(entries)
    };
    case.claims.iter().map(claim).collect()
}

/// Tells `add` the text of every claim.
pub(super) fn known(record: Record<'_>, add: &mut impl FnMut(&[String])) {
    if !record.case.claims.is_empty() {
        add(&[claim::FILE.to_owned(), claims_toml(record.case)]);
    }
}

fn entries(row: &Claim) -> Vec<Entry> {
    let mut entries = vec![("id", json!(row.id)), ("text", json!(row.text))];
    entries.extend(row.number.map(|number| ("number", json!(number))));
    texts(&[("predicate", row.written.to_string())], &mut entries);
    times(row.times, &mut entries);
    let rest = [("reason", row.reason.to_string()), ("note", row.note.to_string()), ("marking", marking(row.marking))];
    texts(&rest, &mut entries);
    entries
}

fn part_entries(part: &Part) -> Vec<Entry> {
    let mut entries = vec![("id", json!(part.id)), ("text", json!(part.text))];
    texts(&[("predicate", part.written.to_string())], &mut entries);
    times(part.times, &mut entries);
    texts(&[("note", part.note.to_string())], &mut entries);
    entries
}

fn times(times: Times, entries: &mut Vec<Entry>) {
    texts(&[("at", date(times.at)), ("from", date(times.from)), ("to", date(times.to))], entries);
}

/// Adds the texts that are not empty.
fn texts(of: &[(&'static str, String)], entries: &mut Vec<Entry>) {
    entries.extend(of.iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (*key, json!(text))));
}
