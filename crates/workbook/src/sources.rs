//! The bibliography as a sheet: what people read and edit in columns of its own, the rest of each item in a last column, so that
//! nothing is lost.

use std::collections::BTreeMap;

use detente_case::grid::{Grid, GridRow};
use detente_case::{Case, Code, Diagnostic, source};
use serde_json::{Map, Value, json};

/// A column of the sheet: its name, which is the field of the item, and what stands in it.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
}

/// The columns, save for the last.
pub(crate) const FIELDS: [Field; 10] = [
    Field { name: "id", about: "citation key, as `source_id` names it" },
    Field { name: "type", about: "what it is: webpage, article-newspaper, book, report, …" },
    Field { name: "title", about: "title" },
    Field {
        name: "author",
        about: "`Family, Given`; several are separated by `;`; a name without a comma is an organisation",
    },
    Field { name: "issued", about: "when it was published: 2022-03-29, 2022-03 or 2022" },
    Field { name: "publisher", about: "who published it" },
    Field { name: "container-title", about: "the journal, site or book in which it stands" },
    Field { name: "URL", about: "address" },
    Field { name: "note", about: "note" },
    Field { name: "language", about: "its language" },
];

/// The last column.
pub(crate) const REST: Field =
    Field { name: "other_fields", about: "the other fields of the item, as CSL-JSON; it can be left as it is" };

/// The cells of each item: those of [`FIELDS`], then the rest.
pub(crate) fn rows(case: &Case) -> impl Iterator<Item = Vec<String>> {
    case.sources.iter().map(|source| {
        let mut rest = source.item.clone();
        let mut cells: Vec<String> = Vec::new();
        for field in &FIELDS {
            let value = source.item.get(field.name);
            let cell = value.map(|value| show(field.name, value)).unwrap_or_default();
            // What a cell cannot say in full also stands with the rest.
            if value.is_some_and(|value| parse(field.name, &cell).as_ref() == Some(value)) {
                rest.remove(field.name);
            }
            cells.push(cell);
        }
        cells.push(if rest.is_empty() { String::new() } else { Value::Object(rest).to_string() });
        cells
    })
}

/// `sources.json` from the sheet; none if it has no items. What is wrong with a row is found with its place, and the row left out.
pub(crate) fn read(grid: &Grid, findings: &mut Vec<Diagnostic>) -> Option<Vec<u8>> {
    let (header, rows) = grid.rows.split_first()?;
    let columns: Vec<&str> = header.cells.iter().map(|name| name.trim()).collect();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let mut items = Vec::new();
    for row in rows {
        match item(&columns, row, &mut seen) {
            Ok(item) => items.push(Value::Object(item)),
            Err(finding) => findings.push(finding),
        }
    }
    for (place, name) in columns.iter().enumerate() {
        let known = name.is_empty() || *name == REST.name || FIELDS.iter().any(|field| field.name == *name);
        if !known {
            let message = format!("column `{name}` is not known here; its cells are read as fields of the items");
            let finding = Diagnostic::new(Code::UnknownColumn, source::JSON_FILE, message);
            findings.push(finding.at(header.line, Some(place as u64 + 1)));
        }
    }
    if items.is_empty() {
        return None;
    }
    let mut text = serde_json::to_string_pretty(&items).unwrap_or_default();
    text.push('\n');
    Some(text.into_bytes())
}

fn item(columns: &[&str], row: &GridRow, seen: &mut BTreeMap<String, u64>) -> Result<Map<String, Value>, Diagnostic> {
    let at = |code: Code, column: &str, message: String| {
        let place = columns.iter().position(|name| *name == column).map(|place| place as u64 + 1);
        Diagnostic::new(code, source::JSON_FILE, format!("{column}: {message}")).at(row.line, place)
    };
    let cells =
        || columns.iter().zip(&row.cells).map(|(name, cell)| (*name, cell.trim())).filter(|(_, cell)| !cell.is_empty());
    let rest = cells().find(|(name, _)| *name == REST.name).map(|(_, cell)| serde_json::from_str(cell));
    let mut item = match rest {
        None => Map::new(),
        Some(Ok(Value::Object(rest))) => rest,
        Some(_) => {
            let message = "this is not an object of CSL-JSON {…}".to_owned();
            return Err(at(Code::SourcesSyntax, REST.name, message).hint("empty the cell if its fields are not needed"));
        }
    };
    for (name, cell) in cells().filter(|(name, _)| !name.is_empty() && *name != REST.name) {
        let kept = item.get(name).is_some_and(|value| show(name, value) == cell);
        if !kept {
            item.insert(name.to_owned(), parse(name, cell).unwrap_or_else(|| json!(cell)));
        }
    }
    let id = item.get("id").map(|id| show("id", id)).filter(|id| !id.is_empty());
    let Some(id) = id else {
        let message = "this cell is empty".to_owned();
        return Err(at(Code::MissingCell, "id", message).hint("every item has an `id`, its citation key"));
    };
    if let Some(first) = seen.get(&id) {
        return Err(at(Code::DuplicateId, "id", format!("`{id}` is already the id of line {first}")));
    }
    seen.insert(id, row.line);
    Ok(item)
}

/// A field as the text of a cell.
fn show(field: &str, value: &Value) -> String {
    let text = match (field, value) {
        (_, Value::String(text)) => text.clone(),
        ("author", Value::Array(people)) => people.iter().map(person).collect::<Vec<_>>().join("; "),
        ("issued", Value::Object(_)) => issued(value),
        ("author" | "issued", _) | (_, Value::Null | Value::Object(_) | Value::Array(_)) => String::new(),
        (_, value) => value.to_string(),
    };
    text.trim().to_owned()
}

fn person(person: &Value) -> String {
    let part = |name: &str| person.get(name).and_then(Value::as_str).unwrap_or_default();
    match (part("literal"), part("family"), part("given")) {
        ("", family, "") => family.to_owned(),
        ("", family, given) => format!("{family}, {given}"),
        (literal, ..) => literal.to_owned(),
    }
}

fn issued(date: &Value) -> String {
    let parts = date.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array);
    let number = |part: &Value| part.as_i64().or_else(|| part.as_str()?.trim().parse().ok());
    let numbers: Vec<i64> = parts.into_iter().flatten().map_while(number).collect();
    match numbers[..] {
        [year] => format!("{year:04}"),
        [year, month] => format!("{year:04}-{month:02}"),
        [year, month, day, ..] => format!("{year:04}-{month:02}-{day:02}"),
        [] => date.get("raw").or(date.get("literal")).and_then(Value::as_str).unwrap_or_default().to_owned(),
    }
}

/// The field that a cell stands for; none for an empty cell.
fn parse(field: &str, cell: &str) -> Option<Value> {
    if cell.is_empty() {
        return None;
    }
    Some(match field {
        "author" => cell
            .split(';')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| match name.split_once(',') {
                Some((family, given)) => json!({ "family": family.trim(), "given": given.trim() }),
                None => json!({ "literal": name }),
            })
            .collect(),
        "issued" => {
            let parts: Option<Vec<i64>> = cell.splitn(3, '-').map(|part| part.parse().ok()).collect();
            match parts {
                Some(parts) => json!({ "date-parts": [parts] }),
                None => json!({ "literal": cell }),
            }
        }
        _ => json!(cell),
    })
}
