//! What is handed over: figures and pages as files.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use detente_case::table::csv_text;
use detente_report::figure::{self, Figure};
use detente_report::render;

use crate::app::App;
use crate::fault::Fault;
use crate::pages::Page;
use crate::parameters::shown;

/// Pixels to a unit of a drawing, as `--svg FILE.png` has them.
const SCALE: f32 = 2.0;

/// `GET /api/figure/{page}/{file}`: a figure as SVG, PNG or the CSV of its data.
pub(crate) async fn figure(
    State(app): State<Arc<App>>,
    Path((page, file)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let (id, form) = parted(&file, &["svg", "png", "csv"])?;
    let page = page_of(Page::shown(&page), &page)?;
    let answer = app.page(page, query.as_deref()).await?;
    let (name, form, id) = (format!("{}-{id}.{form}", page.name()), form.to_owned(), id.to_owned());
    app.quick(move || {
        let Some(drawn) = answer.document.figures().find(|figure| figure.id == id) else {
            return Err(no_figure(&id, answer.document.figures()));
        };
        match form.as_str() {
            "svg" => Ok(file_of(&name, "image/svg+xml", drawn.standalone())),
            "png" => {
                let pixels = figure::png(&drawn.standalone(), SCALE);
                let pixels = pixels
                    .map_err(|error| Fault::question(format!("No picture was made: {error}. Take it as SVG.")))?;
                Ok(file_of(&name, "image/png", pixels))
            }
            _ => {
                let lines = std::iter::once(&drawn.table.columns).chain(&drawn.table.rows).cloned();
                Ok(file_of(&name, "text/csv; charset=utf-8", csv_text(&lines.collect::<Vec<_>>())))
            }
        }
    })
    .await
}

/// `GET /api/report/{file}`: a page, or the brief, as a file.
pub(crate) async fn report(
    State(app): State<Arc<App>>,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let (name, form) = parted(&file, &["docx", "html", "md"])?;
    let page = page_of(Page::handed(name), name)?;
    let answer = app.page(page, query.as_deref()).await?;
    let (name, form) = (format!("{}.{form}", page.name()), form.to_owned());
    app.quick(move || {
        let failed = |error: String| Fault::question(format!("The page cannot be written in this form: {error}."));
        let document = &answer.document;
        match form.as_str() {
            "docx" => {
                let bytes = render::docx(document).map_err(|error| failed(error.to_string()))?;
                let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
                Ok(file_of(&name, kind, bytes))
            }
            "html" => {
                let text = render::html(document).map_err(|error| failed(error.to_string()))?;
                Ok(file_of(&name, "text/html; charset=utf-8", text))
            }
            _ => Ok(file_of(&name, "text/markdown; charset=utf-8", render::markdown(document))),
        }
    })
    .await
}

/// The name and the form of a file.
fn parted<'f>(file: &'f str, forms: &[&str]) -> Result<(&'f str, &'f str), Fault> {
    match file.rsplit_once('.') {
        Some((name, form)) if forms.contains(&form) && !name.is_empty() => Ok((name, form)),
        _ => {
            Err(Fault::nothing(format!("`{}` cannot be handed over; the forms are {}.", shown(file), forms.join(", "))))
        }
    }
}

fn page_of(page: Option<Page>, name: &str) -> Result<Page, Fault> {
    page.ok_or_else(|| Fault::nothing(no_page(name)))
}

/// That there is no such page, and which there are.
pub(crate) fn no_page(name: &str) -> String {
    let known: Vec<&str> = Page::SHOWN.into_iter().map(Page::name).collect();
    format!("There is no page `{}`. The pages are {}.", shown(name), known.join(", "))
}

fn no_figure<'f>(id: &str, figures: impl Iterator<Item = &'f Figure>) -> Fault {
    let known: Vec<&str> = figures.map(|figure| figure.id.as_str()).collect();
    let what = if known.is_empty() { "It has none.".to_owned() } else { format!("It has {}.", known.join(", ")) };
    Fault::nothing(format!("The page has no figure `{}`. {what}", shown(id)))
}

/// A file for the folder of downloads.
fn file_of(name: &str, kind: &'static str, bytes: impl Into<axum::body::Bytes>) -> Response {
    let plain = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let name: String = name.chars().map(|character| if plain(character) { character } else { '-' }).collect();
    let headers = [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))];
    (headers, bytes.into()).into_response()
}
