//! The phase of each month on a track, with the rule and the rows behind it (layer A).

use std::collections::BTreeMap;

use detente_case::event::{ContactLevel, Direction as EventDirection, EventType};
use detente_case::issue::Track;
use detente_case::{Day, Month, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::contact::{self, Contact};
use crate::movement::{Direction, Movement};

/// What a month was like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Something was broken off or a principal hardened, and no direct talks followed in the month.
    Setback,
    /// Direct talks, with progress or a concession.
    Movement,
    /// Direct talks without either.
    Talks,
    /// No such talks; a third party met with the sides.
    Mediated,
    /// None of these; people, remains or goods were exchanged (humanitarian track only).
    Exchanges,
    /// None of these, for a short while.
    Lull,
    /// None of these for longer.
    Stalemate,
    /// None of these yet.
    NotStarted,
}

impl Phase {
    /// The word for people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Phase::Setback => "setback",
            Phase::Movement => "movement",
            Phase::Talks => "talks",
            Phase::Mediated => "mediated contact",
            Phase::Exchanges => "exchanges",
            Phase::Lull => "lull",
            Phase::Stalemate => "stalemate",
            Phase::NotStarted => "not started",
        }
    }
}

/// The phase of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthPhase {
    /// The phase.
    pub phase: Phase,
    /// Highest level of direct contact.
    pub direct: ContactLevel,
    /// Level of mediated contact.
    pub mediated: ContactLevel,
    /// Why it is that phase, in a sentence.
    pub rule: String,
    /// Ids of the positions and events behind it.
    pub rows: Vec<String>,
}

/// Rules that can be varied to see how much hangs on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Months without contact from which a lull is a stalemate.
    pub stalemate_after_months: u8,
    /// Lowest level of direct contact that counts as talks.
    pub talks_level: ContactLevel,
    /// Whether laws that rule options out count as hardening.
    pub laws_harden: bool,
    /// Whether a setback starts the count of months anew.
    pub setback_restarts: bool,
}

/// The phases of a track, month by month.
#[must_use]
pub fn phases(
    record: Record<'_>,
    track: Track,
    from: Month,
    until: Day,
    movements: &[Movement],
    rules: Rules,
) -> Vec<(Month, MonthPhase)> {
    let contacts = contact::by_month(record, track, until);
    let notable = notable_by_month(record, track, until);
    let moved = movements_by_month(record, track, movements);
    let nothing = Contact::default();
    let mut months = Vec::new();
    let mut last_active: Option<Month> = None;
    let mut month = from;
    while month <= Month::of(until) {
        let contact = contacts.get(&month).unwrap_or(&nothing);
        let notable = notable.get(&month).map(Vec::as_slice).unwrap_or_default();
        let moved = moved.get(&month).map(Vec::as_slice).unwrap_or_default();
        let quiet = last_active.map(|last| last.until(month));
        let (phase, rule, rows) = judge(record, track, contact, notable, moved, quiet, rules);
        if matches!(phase, Phase::Movement | Phase::Talks | Phase::Mediated | Phase::Exchanges)
            || phase == Phase::Setback && rules.setback_restarts
        {
            last_active = Some(month);
        }
        let phase = MonthPhase {
            phase,
            direct: contact.direct.unwrap_or(ContactLevel::None),
            mediated: contact.mediated.unwrap_or(ContactLevel::None),
            rule,
            rows,
        };
        months.push((month, phase));
        if month.next() == month {
            break;
        }
        month = month.next();
    }
    months
}

/// A setback or progress on the track: the day, its id, whether it is a setback, and what it is.
struct Notable {
    day: Day,
    id: String,
    setback: bool,
    what: String,
}

fn notable_by_month(record: Record<'_>, track: Track, until: Day) -> BTreeMap<Month, Vec<Notable>> {
    let mut months: BTreeMap<Month, Vec<Notable>> = BTreeMap::new();
    for (_, event) in record.events() {
        let setback = event.direction == EventDirection::Setback || event.kind == EventType::Breakdown;
        let progress = event.direction == EventDirection::Progress;
        if event.date.first() <= until && event.on_track(track, &record.case.topics) && (setback || progress) {
            months.entry(Month::of(event.date.first())).or_default().push(Notable {
                day: event.date.first(),
                id: event.id.to_string(),
                setback,
                what: event.title.to_string(),
            });
        }
    }
    months
}

fn movements_by_month<'m>(
    record: Record<'_>,
    track: Track,
    movements: &'m [Movement],
) -> BTreeMap<Month, Vec<&'m Movement>> {
    let case = record.case;
    let mut months: BTreeMap<Month, Vec<&Movement>> = BTreeMap::new();
    for movement in movements {
        let principal = case.principals.contains(&movement.actor);
        if principal && case.issues[movement.issue].track == track && movement.direction != Direction::None {
            months.entry(Month::of(movement.date.first())).or_default().push(movement);
        }
    }
    months
}

/// The first rule that fits, as a sentence, and the rows behind it.
fn judge(
    record: Record<'_>,
    track: Track,
    contact: &Contact,
    notable: &[Notable],
    moved: &[&Movement],
    quiet: Option<i32>,
    rules: Rules,
) -> (Phase, String, Vec<String>) {
    let case = record.case;
    let event_id = |id: &detente_case::Id<detente_case::event::Event>| case.events[*id].id.to_string();
    let talks: Vec<_> = contact.talks.iter().filter(|(_, level, _)| *level >= rules.talks_level).collect();
    let last_talks = talks.iter().map(|(day, ..)| *day).max();
    let not_followed = |day: Day| last_talks.is_none_or(|talks| talks <= day);
    let movement_rows =
        |movement: &Movement| movement.rows.iter().map(|row| case.positions[*row].id.to_string()).collect::<Vec<_>>();

    let broken: Vec<&Notable> = notable.iter().filter(|event| event.setback && not_followed(event.day)).collect();
    let hardened: Vec<&&Movement> = moved
        .iter()
        .filter(|m| m.direction == Direction::Hardening && (rules.laws_harden || !m.law) && not_followed(m.date.last()))
        .collect();
    if !broken.is_empty() || !hardened.is_empty() {
        let mut parts: Vec<String> = Vec::new();
        if let Some(first) = broken.first() {
            parts.push(match broken.len() {
                1 => format!("an event marked as a setback ({})", first.what),
                count => format!("{count} events marked as setbacks"),
            });
        }
        if !hardened.is_empty() {
            let mut who: Vec<&str> = hardened.iter().map(|m| &*case.actors[m.actor].name).collect();
            who.sort_unstable();
            who.dedup();
            parts.push(format!("hardening by {}", who.join(" and ")));
        }
        let rows = broken.iter().map(|event| event.id.clone()).chain(hardened.iter().flat_map(|m| movement_rows(m)));
        return (
            Phase::Setback,
            format!("{}, with no direct talks after it in the month", parts.join(" and ")),
            sorted(rows),
        );
    }
    if !talks.is_empty() {
        let talk_rows = talks.iter().map(|(_, _, id)| event_id(id));
        let progress: Vec<String> =
            notable.iter().filter(|event| !event.setback).map(|event| event.id.clone()).collect();
        let conceded: Vec<&&Movement> = moved.iter().filter(|m| m.direction == Direction::Concession).collect();
        if !progress.is_empty() || !conceded.is_empty() {
            let what = match (progress.is_empty(), conceded.is_empty()) {
                (false, true) => "a progress event",
                (true, false) => "a concession",
                _ => "progress and a concession",
            };
            let rows = talk_rows.chain(progress).chain(conceded.iter().flat_map(|m| movement_rows(m)));
            return (Phase::Movement, format!("direct talks, with {what}"), sorted(rows));
        }
        return (Phase::Talks, "direct talks, with neither progress nor concession".to_owned(), sorted(talk_rows));
    }
    if contact.mediated.is_some() {
        let rows = contact.mediations.iter().map(event_id);
        return (Phase::Mediated, "no direct talks; a third party met with each side".to_owned(), sorted(rows));
    }
    if track == Track::Humanitarian && !contact.exchanges.is_empty() {
        let rows = contact.exchanges.iter().map(event_id);
        return (Phase::Exchanges, "no talks recorded; exchanges or agreements carried out".to_owned(), sorted(rows));
    }
    match quiet {
        None => (Phase::NotStarted, "no contact and no setback on record yet".to_owned(), Vec::new()),
        Some(months) if months < i32::from(rules.stalemate_after_months) => (
            Phase::Lull,
            format!("none of these; {months} month{} after the last", if months == 1 { "" } else { "s" }),
            Vec::new(),
        ),
        Some(months) => (Phase::Stalemate, format!("none of these; {months} months after the last"), Vec::new()),
    }
}

fn sorted(rows: impl Iterator<Item = String>) -> Vec<String> {
    let mut rows: Vec<String> = rows.collect();
    rows.sort_by(|a, b| detente_case::natural_order(a, b));
    rows.dedup();
    rows
}
