//! A case started from a spreadsheet that somebody drops on the page: looked at first, then made beside the case that is open.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use detente_case::grid::Grid;
use detente_case::start::{self, Choices, Column, Columns, DayOrder, Field, Report, Sheet};
use detente_case::{Diagnostic, Folder, Level, write};
use detente_workbook::{Brought, Unusable, bring};
use serde_json::{Value, json};

use crate::app::App;
use crate::check;
use crate::desk::desk_of;
use crate::fault::Fault;
use crate::locked::hold;
use crate::origin::Origin;
use crate::parameters::{Parameters, shown};

/// The address that takes a file.
pub(crate) const PATH: &str = "/api/start";

/// The parameters.
const KNOWN: [&str; 9] = ["name", "look", "sheet", "header", "map", "dates", "alias", "keep_going", "folder"];

/// `POST /api/start`: with `look` says how the file is read; without it makes the case and opens it.
pub(crate) async fn start(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Result<Response, Fault> {
    let given = Parameters::read(query.as_deref(), &KNOWN)?;
    let desk = desk_of(&app)?;
    let name = file_name(given.one("name")?.unwrap_or_default())?;
    let choices = choices(&given)?;
    let look = given.one("look")?.is_some();
    let folder = folder_name(given.one("folder")?.unwrap_or(stem(&name)))?;
    let session = app.session.clone();
    app.quick(move || {
        let brought = match bring(&name, body.to_vec()) {
            Ok(brought) => brought,
            Err(unusable) => return Ok(refused("This file cannot be read as it is. Nothing was made.", unusable)),
        };
        let (files, told) = match brought {
            Brought::Case(_) if look => return Ok(Json(json!({ "case": true })).into_response()),
            Brought::Case(files) => (files, Vec::new()),
            Brought::Tables { grids, findings, shown, .. } if look => {
                return Ok(Json(looked(&name, &grids, &choices, findings, &shown)).into_response());
            }
            Brought::Tables { grids, shown, .. } => match start::from_grids(&name, stem(&name), &grids, &choices) {
                Ok(started) => (started.files, started.report.made()),
                Err(problems) => {
                    return Ok(refused("This file leaves something open. Nothing was made.", (problems, shown)));
                }
            },
        };
        let mut opened = hold(&desk);
        let path = beside(opened.desk.root()).join(&folder);
        write::folder(&path, &files, false).map_err(|error| {
            let sentence = match error {
                write::WriteError::Exists(_) => {
                    format!("A folder `{folder}` is beside this case already. Nothing was made: give another name.")
                }
                write::WriteError::Io(_, error) => {
                    format!("The folder `{folder}` cannot be made ({}). Nothing was made.", error.kind())
                }
            };
            Fault::new(StatusCode::CONFLICT, sentence)
        })?;
        if let Err(problems) = session.open_other(Origin::Folder(path.clone())) {
            let sentence =
                format!("The folder `{folder}` was made, but the case in it has errors; this one stays open.");
            return Ok(refused(&sentence, (problems, Folder::Disk(path))));
        }
        opened.replace(path);
        let told: Vec<String> = told.iter().map(|line| without_options(line)).collect();
        Ok(Json(json!({ "folder": folder, "told": told })).into_response())
    })
    .await
}

/// How a file would be read: its sheet and columns, and what keeps it from being read.
fn looked(file: &str, grids: &[Grid], choices: &Choices, findings: Vec<Diagnostic>, shown: &Folder) -> Value {
    let names: Vec<&str> = grids.iter().map(|grid| grid.name.as_str()).filter(|name| !name.is_empty()).collect();
    let open = |problems: Vec<Diagnostic>| told(findings.iter().cloned().chain(problems).collect(), shown);
    let sheet = match Sheet::choose(file, grids, choices) {
        Ok(sheet) => sheet,
        Err(problems) => return json!({ "sheet": null, "sheets": names, "columns": [], "diagnostics": open(problems) }),
    };
    let labels: Vec<&str> = sheet.columns.iter().map(Column::label).collect();
    let columns = match Columns::propose(&sheet, choices) {
        Ok(columns) => columns,
        Err(problems) => {
            return json!({ "sheet": sheet.name, "sheets": names, "columns": labels, "diagnostics": open(problems) });
        }
    };
    let fields: serde_json::Map<String, Value> = Field::ALL
        .iter()
        .map(|field| (field.word().to_owned(), json!(columns.of(*field).and_then(|place| labels.get(place)))))
        .collect();
    // What the rows themselves leave open shows only when they are read.
    let (problems, made) = match start::case(stem(file), &sheet, &columns, choices) {
        Ok(started) => (Vec::new(), started.report.made()),
        Err(problems) => (problems, Vec::new()),
    };
    let lines = Report::columns(&sheet, &columns).into_iter().chain(made);
    let lines: Vec<String> = lines.map(|line| without_options(&line)).collect();
    let header = sheet.header.first();
    json!({
        "sheet": sheet.name,
        "sheets": names,
        "header": header,
        "columns": labels,
        "fields": fields,
        "told": lines,
        "diagnostics": open(problems),
    })
}

/// Findings with their lines, for people who type no command.
fn told(findings: Vec<Diagnostic>, shown: &Folder) -> Value {
    let plain = |finding: Diagnostic| {
        let hints = finding.hints.iter().filter(|hint| !hint.contains("--")).cloned().collect();
        Diagnostic { hints, message: without_options(&finding.message), ..finding }
    };
    json!(check::told(findings.into_iter().map(plain).collect(), shown, Level::All, false))
}

fn refused(sentence: &str, (problems, shown): Unusable) -> Response {
    let body = json!({ "error": sentence, "diagnostics": told(problems, &shown) });
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}

/// A sentence without what it says in brackets about options of the command line.
fn without_options(line: &str) -> String {
    let mut rest = line;
    let mut out = String::new();
    while let Some(begin) = rest.find(" (") {
        let Some(length) = rest[begin..].find(')') else { break };
        let (inside, after) = (&rest[begin..=begin + length], &rest[begin + length + 1..]);
        out.push_str(&rest[..begin]);
        if !inside.contains("--") {
            out.push_str(inside);
        }
        rest = after;
    }
    out + rest
}

fn choices(given: &Parameters) -> Result<Choices, Fault> {
    let header = given.one("header")?.map(|line| {
        line.parse().map_err(|_| Fault::question(format!("`{}` is no row. Give its number, or 0.", shown(line))))
    });
    let dates = given.one("dates")?.map(|order| match order {
        "dmy" => Ok(DayOrder::DayFirst),
        "mdy" => Ok(DayOrder::MonthFirst),
        other => Err(Fault::question(format!("`{}` is no order of dates. Give dmy or mdy.", shown(other)))),
    });
    let pair = |text: &str| {
        let parts = text.rsplit_once('=');
        let pair = parts.and_then(|(column, field)| Some((Field::parse(field)?, column.to_owned())));
        pair.ok_or_else(|| Fault::question(format!("`{}` is not COLUMN=FIELD.", shown(text))))
    };
    let alias = |text: &str| {
        let parts = text.split_once('=').map(|(text, actor)| (text.trim(), actor.trim()));
        let pair = parts.filter(|(text, actor)| !text.is_empty() && !actor.is_empty());
        let pair = pair.map(|(text, actor)| (text.to_owned(), actor.to_owned()));
        pair.ok_or_else(|| Fault::question(format!("`{}` is not TEXT=ACTOR.", shown(text))))
    };
    Ok(Choices {
        aliases: given.all("alias").map(alias).collect::<Result<_, _>>()?,
        sheet: given.one("sheet")?.map(str::to_owned),
        header: header.transpose()?,
        columns: given.all("map").map(pair).collect::<Result<_, _>>()?,
        dates: dates.transpose()?,
        keep_going: given.one("keep_going")?.is_some(),
        ..Choices::default()
    })
}

/// The folder in which the folder of a case lies, however it was named.
fn beside(case: &Path) -> PathBuf {
    let whole = case.canonicalize().unwrap_or_else(|_| case.to_owned());
    whole.parent().map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The name of a file, without anything that leads elsewhere.
fn file_name(name: &str) -> Result<String, Fault> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|letter| !letter.is_control()).take(120).collect();
    if plain.trim().is_empty() { Err(Fault::question("The file has no name. Choose it again.")) } else { Ok(plain) }
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The name of a folder: letters, digits, spaces, `-`, `_`; it leads nowhere else and hides nothing.
fn folder_name(name: &str) -> Result<String, Fault> {
    let kept: String = name
        .chars()
        .map(|letter| if letter.is_alphanumeric() || " -_".contains(letter) { letter } else { '-' })
        .collect();
    let kept = kept.trim_matches([' ', '-']).to_owned();
    let fits = !kept.is_empty() && kept.chars().count() <= 80;
    if fits { Ok(kept) } else { Err(Fault::question("A folder needs a name of up to 80 letters or digits. Give one.")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stays_beside_the_case_whatever_the_file_is_called() {
        for (name, folder) in [("Interviews 2023", "Interviews 2023"), ("../../etc", "etc"), ("a/b\\c:d", "a-b-c-d")] {
            assert_eq!(folder_name(name).unwrap(), folder);
        }
        assert!(folder_name("..").is_err() && folder_name("").is_err() && folder_name(&"a".repeat(81)).is_err());
        assert_eq!(file_name("C:\\Users\\somebody\\table.xlsx").unwrap(), "table.xlsx");
    }

    #[test]
    fn sentences_lose_what_they_say_of_options_and_nothing_else() {
        let line = "no row is a header; columns are called A (the first), B (`--header N` names the row)";
        assert_eq!(without_options(line), "no row is a header; columns are called A (the first), B");
    }
}
