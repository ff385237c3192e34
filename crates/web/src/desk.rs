//! Rows corrected and added from the browser, where the program was started with `--edit`.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use detente_case::edit::{Cells, Change, Desk, Refusal, Saved, TableRow, TableText, Target, format_of};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::check::Finding;
use crate::fault::Fault;
use crate::locked::hold;
use crate::parameters::{Parameters, shown};
use crate::session::{Snapshot, State as Shown};

/// The bibliography as a table, to choose sources from: it cannot be changed here.
const SOURCES: &str = "sources.csv";

/// The case that is open, and where it is changed.
pub(crate) struct Opened {
    /// How many cases were opened before it. It stands in every digest that the browser gets, so that what was begun on one case is not saved to
    /// another that was opened since.
    number: u64,
    pub(crate) desk: Desk,
}

impl Opened {
    /// The first case.
    pub(crate) fn new(folder: impl Into<PathBuf>) -> Self {
        Opened { number: 0, desk: Desk::new(folder) }
    }

    /// Another case in its place.
    pub(crate) fn replace(&mut self, folder: impl Into<PathBuf>) {
        *self = Opened { number: self.number + 1, desk: Desk::new(folder) };
    }

    /// A digest as the browser gets it.
    fn marked(&self, digest: &str) -> String {
        format!("{}-{digest}", self.number)
    }

    /// The digest that the browser gives back.
    ///
    /// # Errors
    /// If it is of another case.
    fn unmarked<'d>(&self, digest: &'d str) -> Result<&'d str, Fault> {
        let parts = digest.split_once('-').filter(|(number, _)| *number == self.number.to_string());
        parts.map(|(_, digest)| digest).ok_or_else(|| {
            Fault::new(
                StatusCode::CONFLICT,
                "Another case has been opened since. Nothing was saved: open the page again.",
            )
        })
    }
}

/// The change of one row, as the browser asks for it.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// The row; none for a new one.
    id: Option<String>,
    /// The line on which the row begins, for rows without an id of their own.
    #[serde(default)]
    line: Option<u64>,
    /// The row as the browser saw it.
    before: Option<Cells>,
    /// The new texts by column.
    cells: Cells,
}

/// `POST /api/edit`: one row of a file.
#[derive(Debug, Deserialize)]
pub(crate) struct OneRow {
    file: String,
    /// SHA-256 of the file as the browser saw it; empty if it was not there.
    digest: String,
    #[serde(flatten)]
    row: Asked,
}

/// `POST /api/edits`: several rows of a file, in one step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rows {
    file: String,
    /// SHA-256 of the file as the browser saw it; empty if it was not there.
    digest: String,
    changes: Vec<Asked>,
}

/// `GET /api/table/{file}`.
pub(crate) async fn table(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::read(query.as_deref(), &[])?;
    let desk = desk_of(&app)?;
    if file == SOURCES {
        return Ok(Json(sources(&app.session.state().snapshot)).into_response());
    }
    app.quick(move || {
        let opened = hold(&desk);
        let table = opened.desk.table(&file).map_err(|refusal| plain(&refusal))?;
        Ok(Json(told(&table, &opened)).into_response())
    })
    .await
}

/// `POST /api/edit`.
pub(crate) async fn edit(State(app): State<Arc<App>>, body: String) -> Result<Response, Fault> {
    desk_of(&app)?;
    let OneRow { file, digest, row } = read(&body)?;
    save(&app, Rows { file, digest, changes: vec![row] }).await
}

/// `POST /api/edits`.
pub(crate) async fn edits(State(app): State<Arc<App>>, body: String) -> Result<Response, Fault> {
    desk_of(&app)?;
    save(&app, read(&body)?).await
}

/// What the browser sent.
///
/// # Errors
/// If it is not what is expected.
pub(crate) fn read<'b, T: Deserialize<'b>>(body: &'b str) -> Result<T, Fault> {
    serde_json::from_str(body)
        .map_err(|error| Fault::question(format!("The change cannot be read: {error}. Load the page again.")))
}

async fn save(app: &App, mut asked: Rows) -> Result<Response, Fault> {
    let desk = desk_of(app)?;
    with_lines(&mut asked, &app.session.state().snapshot);
    if asked.changes.is_empty() {
        return Err(Fault::question("Nothing is to be changed. Load the page again."));
    }
    let session = app.session.clone();
    app.quick(move || {
        let mut opened = hold(&desk);
        let digest = opened.unmarked(&asked.digest)?;
        match changes(&opened.desk, &asked).and_then(|changes| opened.desk.save(&asked.file, digest, &changes)) {
            Ok(saved) => {
                let line = |row| place(&opened.desk, &asked.file, row);
                let lines: Vec<u64> = asked.changes.iter().filter_map(line).collect();
                Ok(Json(done(&saved, &opened, &session.refresh(), &lines)).into_response())
            }
            Err(refusal) => Ok(refused(&refusal, &opened, &asked)),
        }
    })
    .await
}

/// How many changes could be undone when the browser last looked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    undo: usize,
}

/// `POST /api/undo`.
pub(crate) async fn undo(State(app): State<Arc<App>>, body: String) -> Result<Response, Fault> {
    let desk = desk_of(&app)?;
    let Seen { undo } = read(&body)?;
    let session = app.session.clone();
    app.quick(move || {
        let mut opened = hold(&desk);
        if opened.desk.undo_depth() != undo {
            let sentence =
                "The last change is another one than this page shows. Nothing was undone: look at the page again.";
            return Err(Fault::new(StatusCode::CONFLICT, sentence));
        }
        let saved = opened.desk.undo().map_err(|refusal| plain(&refusal))?;
        Ok(Json(done(&saved, &opened, &session.refresh(), &[])).into_response())
    })
    .await
}

/// The desk, where the case may be changed.
///
/// # Errors
/// If it may not.
pub(crate) fn desk_of(app: &App) -> Result<Arc<Mutex<Opened>>, Fault> {
    app.desk.clone().ok_or_else(|| {
        Fault::new(StatusCode::FORBIDDEN, "The case is open for reading. Start the program with `--edit` to change it.")
    })
}

/// Gives rows of a file that has no ids the lines on which the case found them. Only a row that the browser has seen is found so: what
/// stands on the line is compared with that.
fn with_lines(asked: &mut Rows, snapshot: &Snapshot) {
    let file = asked.file.as_str();
    for row in asked.changes.iter_mut().filter(|row| row.line.is_none() && row.before.is_some()) {
        row.line = row.id().and_then(|id| snapshot.rows.line(file, id));
    }
}

/// Which rows are meant, and what is to stand in them.
fn changes(desk: &Desk, asked: &Rows) -> Result<Vec<Change>, Refusal> {
    let now = desk.table(&asked.file)?;
    let change = |row: &Asked| -> Option<Change> {
        let target = if row.is_new() { Target::New } else { Target::Line(row.seen_in(&now)?.line) };
        Some(Change { target, cells: row.cells.clone() })
    };
    let changes: Option<Vec<Change>> = asked.changes.iter().map(change).collect();
    // A row that stands there no longer, or otherwise, is a file that has changed.
    changes.ok_or_else(|| Refusal::Changed { now: Box::new(now) })
}

impl Asked {
    fn is_new(&self) -> bool {
        self.id().is_none() && self.line.is_none()
    }

    fn id(&self) -> Option<&str> {
        self.id.as_deref().filter(|id| !id.is_empty())
    }

    /// The row by its id, else by its line.
    fn row_in<'t>(&self, table: &'t TableText) -> Option<&'t TableRow> {
        match self.id() {
            Some(id) if table.columns.iter().any(|name| name == "id") => table.row_of(id),
            _ => self.line.and_then(|line| table.row(line)),
        }
    }

    /// The row, if it stands there as the browser saw it.
    fn seen_in<'t>(&self, table: &'t TableText) -> Option<&'t TableRow> {
        let row = self.row_in(table)?;
        let same = self.before.as_ref().is_none_or(|seen| {
            let filled = seen.iter().filter(|(_, cell)| !cell.is_empty());
            filled.eq(table.cells(row).iter())
        });
        same.then_some(row)
    }
}

/// The line of a row that was written.
fn place(desk: &Desk, file: &str, asked: &Asked) -> Option<u64> {
    let table = desk.table(file).ok()?;
    let new = asked.cells.get("id").filter(|id| !id.is_empty() && asked.is_new());
    let row = match new {
        Some(id) => table.row_of(id),
        None if asked.is_new() => table.rows.last(),
        None => asked.row_in(&table),
    };
    row.map(|row| row.line)
}

/// A table as the browser shows it: the columns of the file, then those that its format has besides, each with its note.
fn told(table: &TableText, opened: &Opened) -> Value {
    let known = format_of(&table.file).map(|format| format.columns).unwrap_or_default();
    let absent = known.iter().map(|column| column.name).filter(|name| !table.columns.iter().any(|own| own == name));
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(String::as_str)
        .chain(absent)
        .map(|name| {
            let column = known.iter().find(|column| column.name == name);
            json!({
                "name": name,
                "note": column.map_or("a column of your own", |column| column.about),
                "required": column.is_some_and(|column| column.required),
            })
        })
        .collect();
    let id = table.columns.iter().position(|name| name == "id");
    let row = |row: &TableRow| {
        let mut cells = row.cells.clone();
        cells.resize(columns.len().max(cells.len()), String::new());
        json!({ "line": row.line, "id": id.and_then(|id| row.cells.get(id)).map_or("", String::as_str), "cells": cells })
    };
    let rows: Vec<Value> = table.rows.iter().map(row).collect();
    let (digest, undo) = (opened.marked(&table.digest), opened.desk.undo_depth());
    json!({ "file": table.file, "digest": digest, "columns": columns, "rows": rows, "undo": undo })
}

/// The sources as a table.
fn sources(snapshot: &Snapshot) -> Value {
    let column = |name: &str, note: &str| json!({ "name": name, "note": note, "required": false });
    let rows: Vec<Value> = (1_u64..)
        .zip(snapshot.case.sources.iter())
        .map(|(line, source)| {
            json!({ "line": line, "id": *source.id, "cells": [*source.id, source.citation(), *source.url] })
        })
        .collect();
    let columns = [column("id", "name of the source"), column("citation", "what it is"), column("url", "where it is")];
    json!({ "file": SOURCES, "digest": "", "columns": columns, "rows": rows, "undo": 0 })
}

/// What was saved, and what the program has to say about these rows.
fn done(saved: &Saved, opened: &Opened, shown: &Shown, lines: &[u64]) -> Value {
    let about = |finding: &&Finding| lines.iter().any(|line| finding.is_at(&saved.file, *line));
    let findings: Vec<&Finding> = shown.findings.iter().filter(about).collect();
    json!({
        "file": saved.file,
        "digest": opened.marked(&saved.digest),
        "undo": saved.undo,
        "generation": shown.snapshot.generation,
        "diagnostics": findings,
    })
}

/// A refusal that carries both versions, or what is wrong.
fn refused(refusal: &Refusal, opened: &Opened, asked: &Rows) -> Response {
    let fault = plain(refusal);
    match refusal {
        Refusal::Changed { now } => {
            let not_as_seen = asked.changes.iter().find(|row| !row.is_new() && row.seen_in(now).is_none());
            let row = not_as_seen.or(asked.changes.first());
            let on_disk = row.and_then(|row| row.row_in(now)).map(|row| now.cells(row));
            let yours = row.map(|row| &row.cells);
            let digest = opened.marked(&now.digest);
            let body = json!({ "error": fault.sentence, "on_disk": on_disk, "yours": yours, "digest": digest });
            (fault.status, Json(body)).into_response()
        }
        Refusal::Errors(errors) => {
            (fault.status, Json(json!({ "error": fault.sentence, "diagnostics": errors }))).into_response()
        }
        _ => fault.into_response(),
    }
}

/// A refusal as a sentence.
pub(crate) fn plain(refusal: &Refusal) -> Fault {
    match refusal {
        Refusal::NoSuchTable(file) => {
            Fault::nothing(format!("`{}` is no table of a case that can be changed here.", shown(file)))
        }
        Refusal::Changed { now } => Fault::new(
            StatusCode::CONFLICT,
            format!("{} has changed since you opened it. Nothing was saved: look at both versions first.", now.file),
        ),
        Refusal::Errors(_) => Fault::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "The case would have errors after this change. Nothing was saved: mend what is listed and save again.",
        ),
        Refusal::NotDone(what) => Fault::new(StatusCode::CONFLICT, format!("Nothing was saved: {what}.")),
        Refusal::NothingToUndo => Fault::new(StatusCode::CONFLICT, "There is nothing to undo."),
    }
}
