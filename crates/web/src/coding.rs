//! The coding desk: statements without a code by issue, sheets of second coders, and how far two codings agree.

use std::fs;
use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use detente_analysis::codings;
use detente_analysis::uncoded::{self, IssueWords};
use detente_case::coding::{self, Coding};
use detente_case::edit::{Desk, Refusal};
use detente_case::position::{Kind, PositionColumn};
use detente_case::{Folder, Moment, blind_sheet};
use detente_report::{answers, render};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::desk::{desk_of, plain, read};
use crate::fault::Fault;
use crate::locked::hold;
use crate::parameters::{Parameters, shown};
use crate::session::Snapshot;

/// The columns of a sheet that say that somebody has coded a row.
const CODES: [&str; 6] = ["kind", "low_option", "best_option", "high_option", "rules_out", "uncoded_reason"];

/// `GET /api/coding`.
pub(crate) async fn uncoded(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    Parameters::read(query.as_deref(), &[])?;
    let desk = desk_of(&app)?;
    let session = app.session.clone();
    app.quick(move || {
        let snapshot = session.state().snapshot.clone();
        let case = &snapshot.case;
        let found = uncoded::uncoded(case, Moment::new(case, None, None), session.options().settings());
        let issues: Vec<Value> = found.issues.iter().map(|issue| words_of(&snapshot, issue)).collect();
        let kinds: Vec<Value> =
            Kind::WORDS.iter().map(|(word, kind)| json!({ "id": word, "about": kind.about() })).collect();
        let second = sheets(&hold(&desk).desk).map_err(|refusal| plain(&refusal))?;
        Ok(Json(json!({
            "uncoded": { "uncoded": found.uncoded, "statements": found.statements, "issues": issues },
            "kinds": kinds,
            "second": second,
        }))
        .into_response())
    })
    .await
}

/// The uncoded statements of an issue or topic, by date.
fn words_of(snapshot: &Snapshot, issue: &IssueWords) -> Value {
    let case = &snapshot.case;
    let group = case.issues.iter().find(|of| *of.id == *issue.id).map_or("", |of| &of.group);
    let statements: Vec<Value> = issue
        .by_date()
        .into_iter()
        .map(|(actor, said)| {
            let source =
                case.sources.iter().find(|of| *of.id == *said.source).map(detente_case::source::Source::citation);
            json!({
                "row": said.row,
                "line": snapshot.rows.line(PositionColumn::FORMAT.file, &said.row),
                "actor": actor.name,
                "date": said.date,
                "words": said.words,
                "quote": said.quote,
                "language": said.quote_lang,
                "source": source.unwrap_or_default(),
                "link": said.link,
                "reason": said.uncoded_reason,
                "note": said.note,
            })
        })
        .collect();
    json!({
        "id": issue.id,
        "title": issue.title,
        "group": group,
        "has_scale": !issue.scale.is_empty(),
        "options": issue.scale,
        "statements": statements,
    })
}

/// The sheets of second coders in the folder of the case, by name, and how many of their rows are coded.
fn sheets(desk: &Desk) -> Result<Vec<Value>, Refusal> {
    let entries = fs::read_dir(desk.root()).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    files.retain(|file| coding::is_sheet(file));
    files.sort();
    files.iter().map(|file| told(desk, file)).collect()
}

fn told(desk: &Desk, file: &str) -> Result<Value, Refusal> {
    let table = desk.table(file)?;
    let rows: Vec<_> = table.rows.iter().map(|row| table.cells(row)).collect();
    let done = rows.iter().filter(|cells| CODES.iter().any(|column| cells.contains_key(*column))).count();
    let coder = rows.iter().find_map(|cells| cells.get("coder"));
    Ok(json!({ "file": file, "coder": coder, "done": done, "of": rows.len() }))
}

/// `POST /api/second`: whose sheet.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Second {
    coder: String,
}

/// `POST /api/second`: makes the sheet of a second coder, without the codes of the first; or finds it, if it is there.
pub(crate) async fn second(State(app): State<Arc<App>>, body: String) -> Result<Response, Fault> {
    let desk = desk_of(&app)?;
    let Second { coder } = read(&body)?;
    let file = coding::sheet_of(&coder).ok_or_else(|| {
        Fault::question(format!("`{}` cannot name a file. Give a name of up to 60 letters or digits.", shown(&coder)))
    })?;
    let session = app.session.clone();
    app.quick(move || {
        // Held first: the case that is open stays the same one until its sheet is written.
        let mut opened = hold(&desk);
        let snapshot = session.state().snapshot.clone();
        match opened.desk.add(&file, &blind_sheet::sheet(&snapshot.case, true).0) {
            Ok(_) => _ = session.refresh(),
            // What was begun before is gone on with.
            Err(Refusal::Changed { .. }) => {}
            Err(refusal) => return Err(plain(&refusal)),
        }
        Ok(Json(json!({ "file": file })).into_response())
    })
    .await
}

/// `GET /api/pages/coders`: how far the sheet of a second coder agrees with the record.
pub(crate) async fn agreement(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let given = Parameters::read(query.as_deref(), &["second"])?;
    let desk = desk_of(&app)?;
    let file = given.one("second")?.unwrap_or_default().to_owned();
    if !coding::is_sheet(&file) {
        return Err(Fault::question(format!(
            "`{}` is no sheet of a second coder. Choose one on the page.",
            shown(&file)
        )));
    }
    let session = app.session.clone();
    app.quick(move || {
        let snapshot = session.state().snapshot.clone();
        let case = &snapshot.case;
        let folder = Folder::Disk(hold(&desk).desk.root().to_owned());
        let bytes = folder.read(&file).map_err(|problem| {
            Fault::nothing(format!("{file} cannot be read: {}. Begin it again.", problem.message))
        })?;
        let (second, findings) = coding::read(&file, bytes, case, &case.issues);
        let second = second.ok_or_else(|| {
            let first = findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
            Fault::question(format!("{file} cannot be read as a coding: {first}. Mend it, and ask again."))
        })?;
        let settings = session.options().settings();
        let compared = codings::compare(case, &case.issues, &Coding::of_statements(case), &second, settings);
        let compared = compared.ok_or_else(|| {
            Fault::question(format!("{file} codes events, and the record here is one of statements."))
        })?;
        let document = answers::coders(case, Moment::new(case, None, None), &compared);
        Ok(([(CONTENT_TYPE, "application/json")], render::json(&document)).into_response())
    })
    .await
}
