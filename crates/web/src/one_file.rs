//! The case as one page that opens from disk with no server: the pages of the workbench, with their answers inside.
//!
//! 1. [`one_file`] opens the case at a level, and asks every page what the workbench asks: those that follow the days at each quarter's end,
//!    the others at the last day.
//! 2. The answers, the cards of all rows and what lifted limits open go into the page as compressed JSON.
//! 3. Style and script stand in the page; its own policy lets nothing else run and nothing be fetched.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use detente_analysis::history;
use detente_analysis::what_if::what_if;
use detente_case::{Case, Day, Moment, Record, package};
use detente_report::document::{Block, Document};
use detente_report::render;
use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::assets;
use crate::case_card::CaseCard;
use crate::check::checked_for_others;
use crate::documents::{Question, document};
use crate::marks::with_rows;
use crate::pages::Page;
use crate::parameters::Parameters;
use crate::server::Refused;
use crate::session::{Options, Session, Snapshot};

/// The pages that are there for each day; the others are there for the last one.
const BY_DAY: [Page; 3] = [Page::Now, Page::Common, Page::Blocks];
/// The most days: a longer record has fewer of them, evenly chosen.
const MOST_DAYS: usize = 40;
/// The section of the page on what blocks whose sentences name the limits.
const LIMITS: &str = "blocks";

/// Documents by the name of their page and the day.
type Documents = BTreeMap<String, BTreeMap<String, Document>>;

/// Hears how many pages of how many are made.
pub type Made<'m> = dyn Fn(usize, usize) + Sync + 'm;

/// Makes the page.
///
/// Cost: that of all pages of the workbench, and of some of them once for each quarter of the record.
///
/// # Errors
/// If the case has errors.
pub fn one_file(options: Options, made: &Made<'_>) -> Result<Vec<u8>, Refused> {
    let options = Options { edit: false, ..options };
    let session = Session::open(options).map_err(|(findings, folder)| Refused::Case(findings, folder))?;
    let state = session.state();
    let snapshot = &state.snapshot;
    let days = days(&snapshot.case);
    let pages = documents(&session, &days, made);
    let card = json!(CaseCard::new(session.options(), &state));
    let card = with_pages(card, &pages);
    let blocks = pages.get(Page::Blocks.name()).and_then(|by_day| by_day.values().next_back());
    let what_if = blocks.map(|page| lifted(&snapshot.case, page)).unwrap_or_default();
    let in_file = |(page, by_day): (String, BTreeMap<String, Document>)| {
        let by_day: BTreeMap<String, Value> =
            by_day.into_iter().map(|(day, page)| (day, json_of(snapshot, &page))).collect();
        (page, by_day)
    };
    let data = json!({
        "case": card,
        "days": days.iter().map(Day::to_string).collect::<Vec<_>>(),
        "what_if": what_if,
        "pages": pages.into_iter().map(in_file).collect::<BTreeMap<_, _>>(),
        "rows": snapshot.rows.cards(),
        "check": checked_for_others(&state),
    });
    page_of(&snapshot.case.settings.title, &data).map_err(|error| Refused::System(error.to_string()))
}

/// The last days of the quarters of the record, of its months where it is shorter than a year; and its last day.
fn days(case: &Case) -> Vec<Day> {
    let record = Record::known_by(case, case.settings.as_of);
    let (begin, last) = (history::start(record), case.settings.as_of);
    let months = std::iter::successors(Some(begin), |month| Some(month.next()));
    let ends: Vec<(i8, Day)> =
        months.map(|month| (month.parts().1, month.last())).take_while(|(_, end)| *end < last).collect();
    let every = if ends.len() < 12 { 1 } else { 3 };
    let mut days: Vec<Day> = ends.into_iter().filter(|(month, _)| month % every == 0).map(|(_, end)| end).collect();
    let step = days.len().div_ceil(MOST_DAYS).max(1);
    days.push(last);
    // The last day stays, whatever is left out.
    days.reverse();
    let mut kept: Vec<Day> = days.into_iter().step_by(step).collect();
    kept.reverse();
    kept
}

/// Every page that the case has data for, by its name and day. A page without an answer is left out.
fn documents(session: &Session, days: &[Day], made: &Made<'_>) -> Documents {
    let state = session.state();
    let snapshot: &Snapshot = &state.snapshot;
    let last = days.last().copied().unwrap_or(snapshot.case.settings.as_of);
    let asked: Vec<Asked> = Page::SHOWN
        .into_iter()
        .filter(|page| page.has_data(&snapshot.case))
        .flat_map(|page| {
            let earlier = days.iter().filter(move |day| **day != last && BY_DAY.contains(&page));
            earlier.copied().chain([last]).map(move |day| Asked { page, day, plan: None })
        })
        .chain(plans(&snapshot.case).into_iter().map(|plan| Asked { page: Page::Plans, day: last, plan: Some(plan) }))
        .collect();
    let (done, of) = (AtomicUsize::new(0), asked.len());
    let settings = session.options().settings();
    let answers: Vec<(Asked, Document)> = asked
        .into_par_iter()
        .filter_map(|asked| {
            let day = asked.day.to_string();
            let given = [("at", Some(&day)), ("known", Some(&day)), ("package", asked.plan.as_ref())];
            let question = Question::new(snapshot, asked.page, &Parameters::of(&given)).ok()?;
            let answer = document(snapshot, &question, settings, &|_, _| ControlFlow::Continue(())).ok();
            made(done.fetch_add(1, Ordering::Relaxed) + 1, of);
            answer.map(|answer| (asked, answer))
        })
        .collect();
    let mut pages = Documents::new();
    for (asked, answer) in answers {
        pages.entry(asked.name()).or_default().insert(asked.day.to_string(), answer);
    }
    pages
}

/// A page on a day; of plans, all of them or one.
struct Asked {
    page: Page,
    day: Day,
    plan: Option<String>,
}

impl Asked {
    /// The name under which the browser looks for it.
    fn name(&self) -> String {
        let name = self.page.name();
        self.plan.as_ref().map_or_else(|| name.to_owned(), |plan| format!("{name}?package={plan}"))
    }
}

/// The plans on record, by id.
fn plans(case: &Case) -> Vec<String> {
    package::packages(Record::known_by(case, case.settings.as_of)).iter().map(|plan| plan.id.to_owned()).collect()
}

/// A page as the workbench gets it.
fn json_of(snapshot: &Snapshot, document: &Document) -> Value {
    let text = render::json(&with_rows(document, &|row| snapshot.rows.has(row)));
    serde_json::from_str(&text).unwrap_or_default()
}

/// The card of the case with the pages that are in the file.
fn with_pages(mut card: Value, pages: &Documents) -> Value {
    let shown: Vec<&str> = Page::SHOWN.into_iter().map(Page::name).filter(|name| pages.contains_key(*name)).collect();
    if let Some(keys) = card.as_object_mut() {
        keys.insert("pages".to_owned(), json!(shown));
    }
    card
}

/// What would block on the last day without some limits: each by itself, those of one sentence, of one issue, of one actor, and all; by
/// the ids in their order, joined by commas. Nothing lifted is the empty name.
fn lifted(case: &Case, blocks: &Document) -> BTreeMap<String, Value> {
    let limits = |rows: &[String]| -> BTreeSet<String> {
        let rules_out = |id: &str| case.positions.iter().any(|row| *row.id == *id && !row.rules_out.is_empty());
        rows.iter().filter(|id| rules_out(id)).cloned().collect()
    };
    let mut sets: BTreeSet<BTreeSet<String>> = BTreeSet::from([BTreeSet::new()]);
    let mut all = BTreeSet::new();
    let blocks = blocks.sections.iter().filter(|section| section.id == LIMITS).flat_map(|section| &section.blocks);
    for block in blocks {
        let Block::Points { points } = block else { continue };
        for point in points {
            let of_point: Vec<BTreeSet<String>> =
                point.sentences.iter().map(|sentence| limits(&sentence.rows)).collect();
            sets.insert(of_point.iter().flatten().cloned().collect());
            all.extend(of_point.iter().flatten().cloned());
            sets.extend(of_point);
        }
    }
    sets.extend(all.iter().map(|id| BTreeSet::from([id.clone()])));
    for actor in case.actors.with_ids().map(|(id, _)| id) {
        let of_actor = |id: &&String| case.positions.iter().any(|row| *row.id == **id && row.actor == actor);
        sets.insert(all.iter().filter(of_actor).cloned().collect());
    }
    sets.insert(all);
    let moment = Moment::new(case, None, None);
    sets.into_iter()
        .map(|set| {
            let rows: Vec<&str> = set.iter().map(String::as_str).collect();
            (rows.join(","), json!(what_if(case, moment, &rows, &[])))
        })
        .collect()
}

/// The page itself.
fn page_of(title: &str, data: &Value) -> io::Result<Vec<u8>> {
    let (script, style) = (inlined(assets::SCRIPT, "script"), inlined(assets::STYLE, "style"));
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data: blob:; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(&style)
    );
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    let mut page = Vec::new();
    write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<div id=\"app\"></div>\n\
         <noscript>This page needs JavaScript.</noscript>\n<script type=\"application/octet-stream\" id=\"embedded\">"
    )?;
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(data.to_string().as_bytes())?;
    page.extend(STANDARD.encode(packed.finish()?).into_bytes());
    write!(page, "</script>\n<script type=\"module\">{script}</script>\n</body>\n</html>\n")?;
    Ok(page)
}

/// A part of the bundle as it can stand in a page: nothing in it ends its element.
fn inlined(bytes: &[u8], element: &str) -> String {
    String::from_utf8_lossy(bytes).replace(&format!("</{element}"), &format!("<\\/{element}"))
}

/// How a policy names a text.
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}
