//! From results to figures: what is drawn, and in which words.
//!
//! One file per figure. Every function is pure: a record or a case and a result in, a [`Figure`] out. What is chosen (key
//! events, series) is chosen by a rule that stands in the comment of its function. The words are neutral: "after", never
//! "because of"; no end of a scale carries a side's name.

mod blocks;
mod common;
mod coverage;
mod forecast;
mod gap;
mod known_then;
mod ladder;
mod matrix;
mod now;
mod relations;
mod ripeness;
mod scenarios;
mod series;
mod stability;
pub(crate) mod statements;
mod timeline;
mod values;

pub use blocks::{conflict_sets, steps};
pub use common::common_ground;
pub use coverage::coverage_grid;
pub use forecast::forecast;
pub use gap::gap_over_time;
pub use known_then::known_then;
pub use ladder::ladder;
pub use matrix::plan_matrix;
pub use now::now_plot;
pub use relations::relations;
pub use ripeness::ripeness;
pub use scenarios::scenarios;
pub use series::series;
pub use stability::{outcomes, stability_paths, state_graph};
pub use statements::{statements, tally};
pub use timeline::timeline;
pub use values::{cloud, thresholds, tornado, zone_tornado};

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::history::{History, MovementOfHistory};
use detente_case::event::{Direction as EventDirection, Event};
use detente_case::issue::Track;
use detente_case::position::Position;
use detente_case::{Case, Id, Month, Record, When};

use crate::figure::{Caption, Figure};

/// The longest label of an event, in characters: long, so that of two names for one thing neither is cut off.
const LABEL: usize = 140;
/// The longest statement in a tooltip or a table, in characters.
const STATEMENT: usize = 220;
/// The most ids that a tooltip lists.
const MOST_IDS: usize = 8;

fn caption(id: &str, title: impl Into<String>) -> Caption {
    Caption { id: id.to_owned(), title: title.into(), credit: None }
}

/// The figure with a sentence or two on how to read it; what it shows in words stays inside the drawing.
fn read_as(figure: Figure, description: impl Into<String>) -> Figure {
    Figure { description: description.into(), ..figure }
}

/// A day as figures write it: "29 Mar 2022".
fn date(text: &str) -> String {
    crate::figure::day_name(text)
}

/// A month as figures take it.
fn month(month: Month) -> (i32, u32) {
    let (year, number) = month.parts();
    (i32::from(year), u32::try_from(number).unwrap_or(1))
}

/// A word of the files as a heading: `security_guarantees` is "Security guarantees".
fn heading(word: &str) -> String {
    let words = word.replace('_', " ");
    let mut characters = words.trim().chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// The beginning of a text up to the end of a word, with an ellipsis where something is left out.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let beginning = &text[..cut];
    let end = beginning.rfind(char::is_whitespace).unwrap_or(cut);
    format!("{}…", beginning[..end].trim_end_matches(|c: char| c.is_whitespace() || ",;:–-(".contains(c)))
}

/// The first ids and how many more there are.
fn ids<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<&str> = ids.into_iter().collect();
    match all.len().checked_sub(MOST_IDS) {
        Some(more @ 1..) => format!("{} and {more} more", all[..MOST_IDS].join(", ")),
        _ => all.join(", "),
    }
}

/// "A", "A and B", "A, B and C".
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The name of an actor for people; its id where the case does not list it.
fn actor_name(case: &Case, id: &str) -> String {
    case.actors.iter().find(|actor| *actor.id == *id).map_or(id, |actor| &actor.name).to_owned()
}

fn principals(case: &Case) -> Vec<String> {
    case.principals.iter().map(|actor| case.actors[*actor].name.to_string()).collect()
}

/// The number of a principal, by its id.
fn principal(case: &Case, id: &str) -> Option<usize> {
    case.principals.iter().position(|actor| *case.actors[*actor].id == *id)
}

/// The title of an issue or topic; its id where it has none.
fn issue_title(case: &Case, id: &str) -> String {
    let title = case.issues.iter().find(|issue| *issue.id == *id).map(|issue| &*issue.title);
    title.filter(|title| !title.is_empty()).unwrap_or(id).to_owned()
}

fn positions_by_id(case: &Case) -> BTreeMap<&str, Id<Position>> {
    case.positions.with_ids().map(|(id, row)| (&*row.id, id)).collect()
}

fn events_by_id(case: &Case) -> BTreeMap<&str, &Event> {
    case.events.iter().map(|event| (&*event.id, event)).collect()
}

/// A statement with its date and the id of its row.
fn statement(row: &Position) -> String {
    let law = if row.is_law() { ", law" } else { "" };
    format!("{} ({}, {}{law})", shorten(&row.statement, STATEMENT), row.valid_from, row.id)
}

/// Whether a row is in its actor's own words.
fn is_own(row: &Position) -> bool {
    row.kind.is_some_and(detente_case::position::Kind::own_words)
}

/// The span of the history; one month where it has none.
fn span(record: Record<'_>, history: &History, at: detente_case::Day) -> ((i32, u32), (i32, u32)) {
    let last = Month::of(at);
    let first = history.months.first().map_or_else(|| detente_analysis::history::start(record), |first| first.month);
    (month(first.min(last)), month(last))
}

/// Events by how many of the movements list them, the most often listed first; of equal ones the earlier first.
fn events_before<'c>(
    case: &'c Case,
    movements: impl Iterator<Item = &'c MovementOfHistory>,
    track: Option<Track>,
) -> Vec<(&'c Event, usize)> {
    let by_id = events_by_id(case);
    // A speech on many issues moves many positions on one day; the day counts once for each actor.
    let mut days: BTreeMap<&str, BTreeSet<(&str, When)>> = BTreeMap::new();
    for movement in movements {
        for id in &movement.events {
            days.entry(id).or_default().insert((&movement.actor, movement.date));
        }
    }
    let mut events: Vec<(&Event, usize)> = days
        .into_iter()
        .filter_map(|(id, days)| by_id.get(id).map(|event| (*event, days.len())))
        .filter(|(event, _)| event.direction != EventDirection::Neutral)
        .filter(|(event, _)| track.is_none_or(|track| event.on_track(track, &case.topics)))
        .collect();
    events.sort_by(|(a, more), (b, less)| {
        less.cmp(more).then(a.date.cmp(&b.date)).then_with(|| detente_case::natural_order(&a.id, &b.id))
    });
    events
}

/// The title of an event with its id and the number of movements that came after it.
fn event_title(event: &Event, count: usize) -> String {
    let days = if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
    format!("{} ({}; {days} with movements followed within the time that the method looks back)", event.title, event.id)
}

#[cfg(test)]
mod tests;
