//! Questions about talks: phases, contact, rounds, meetings and other events (layer A).

use detente_case::claim::predicate::{Compare, ContactKind, Counted, EventFilter, PhaseWord, Window};
use detente_case::event::{ContactLevel, Event};
use detente_case::issue::Track;
use detente_case::{Holds, Month, Record, When};

use super::ground::{Days, Ground, NotYet, counted, span};
use super::{Found, Verdict};
use crate::contact;
use crate::phase::{MonthPhase, Phase};

fn word(phase: Phase) -> PhaseWord {
    match phase {
        Phase::Setback => PhaseWord::Setback,
        Phase::Movement => PhaseWord::Movement,
        Phase::Talks => PhaseWord::Talks,
        Phase::Mediated => PhaseWord::Mediated,
        Phase::Exchanges => PhaseWord::Exchanges,
        Phase::Lull => PhaseWord::Lull,
        Phase::Stalemate => PhaseWord::Stalemate,
        Phase::NotStarted => PhaseWord::NotStarted,
    }
}

fn track_words(track: Track) -> &'static str {
    match track {
        Track::Political => "",
        Track::Humanitarian => " on the humanitarian track",
    }
}

/// Why a question about events cannot be answered.
fn no_events(until: impl std::fmt::Display) -> Found {
    Found::no_data(format!("The record holds no event up to {until}."))
}

pub(super) fn phase(
    ground: &mut Ground<'_>,
    track: Track,
    at: Option<When>,
    is: &Compare<PhaseWord>,
) -> Result<Found, NotYet> {
    let month = Month::of(ground.day(at)?);
    if !ground.has_events(month.last()) {
        return Ok(no_events(month.last()));
    }
    let Some((_, found)) = ground.phases(track).iter().find(|(of, _)| *of == month) else {
        return Ok(Found::no_data(format!("{month} lies before the first month of the history.")));
    };
    let shows = format!("In {month} the phase{} was {}: {}.", track_words(track), found.phase.word(), found.rule);
    Ok(Found::new(Verdict::of(is.holds(&word(found.phase))), shows)
        .figure(format!("phase of {month}"), found.phase.word())
        .rows(found.rows.iter().cloned()))
}

pub(super) fn months(
    ground: &mut Ground<'_>,
    track: Track,
    phases: &[PhaseWord],
    in_a_row: bool,
    window: Window,
    number: &Compare<f64>,
) -> Result<Found, NotYet> {
    let days = ground.days(window)?;
    if !ground.has_events(days.to) {
        return Ok(no_events(days.to));
    }
    let inside = |month: Month| month.last() >= days.from && month.first() <= days.to;
    let months: Vec<&(Month, MonthPhase)> = ground.phases(track).iter().filter(|(month, _)| inside(*month)).collect();
    let (Some((first, _)), Some((last, _))) = (months.first(), months.last()) else {
        return Ok(Found::no_data(format!("The history holds no month {}.", days.words())));
    };
    let spells: Vec<&[&(Month, MonthPhase)]> = months
        .chunk_by(|(_, a), (_, b)| phases.contains(&word(a.phase)) == phases.contains(&word(b.phase)))
        .filter(|chunk| chunk.first().is_some_and(|(_, month)| phases.contains(&word(month.phase))))
        .collect();
    let longest = spells.iter().map(|spell| spell.len()).max().unwrap_or_default();
    let in_all: usize = spells.iter().map(|spell| spell.len()).sum();
    let named: Vec<&str> = phases.iter().map(|phase| phase.word()).collect();
    let named = named.join(" or ").replace('_', " ");
    let mut shows = format!(
        "From {first} to {last}, the phase{} was {named} in {in_all} of {}",
        track_words(track),
        counted(months.len(), months.len(), "month", "months"),
    );
    if let Some(spell) = spells.iter().rev().max_by_key(|spell| spell.len()).filter(|_| longest > 0) {
        let ends: Vec<String> =
            [spell.first(), spell.last()].into_iter().flatten().map(|(month, _)| month.to_string()).collect();
        shows.push_str(&format!(
            "; the longest spell lasted {}, {}",
            counted(longest, longest, "month", "months"),
            if longest == 1 { ends[0].clone() } else { ends.join(" to ") }
        ));
    }
    let answer = if in_a_row { longest } else { in_all };
    let rows: Vec<String> =
        spells.iter().flat_map(|spell| spell.iter()).flat_map(|(_, month)| month.rows.clone()).collect();
    let name = if in_a_row { "most months in a row in" } else { "months in" };
    Ok(Found::new(Verdict::of(number.holds(&(answer as f64))), shows + ".")
        .figure(format!("{name} {named}"), answer)
        .rows(rows))
}

pub(super) fn contact(
    ground: &Ground<'_>,
    kind: ContactKind,
    track: Track,
    window: Window,
    level: &Compare<ContactLevel>,
) -> Result<Found, NotYet> {
    let days = ground.days(window)?;
    if !ground.has_events(days.to) {
        return Ok(no_events(days.to));
    }
    let record = ground.record;
    let months = contact::by_month(record, track, days.to);
    let inside = months.iter().filter(|(month, _)| month.last() >= days.from && month.first() <= days.to);
    let id = |event: &detente_case::Id<Event>| record.case.events[*event].id.to_string();
    // Meetings of which the level is not stated may have been at any.
    let mut met: Vec<(ContactLevel, Vec<String>)> = Vec::new();
    for (_, month) in inside {
        match kind {
            ContactKind::Direct => met.extend(month.talks.iter().map(|(_, level, event)| (*level, vec![id(event)]))),
            ContactKind::Mediated => {
                met.extend(month.mediated.map(|level| (level, month.mediations.iter().map(id).collect())));
            }
        }
    }
    let words = match kind {
        ContactKind::Direct => "direct contact",
        ContactKind::Mediated => "mediated contact",
    };
    let (Some(stated), unstated) =
        (met.iter().map(|(level, _)| *level).max(), met.iter().any(|(level, _)| *level == ContactLevel::None))
    else {
        let shows = format!("No {words}{} is on record {}.", track_words(track), days.words());
        return Ok(
            Found::new(Verdict::of(level.holds(&ContactLevel::None)), shows).figure(format!("highest {words}"), "none")
        );
    };
    let (low, high) =
        if unstated { (stated.max(ContactLevel::Technical), ContactLevel::Leaders) } else { (stated, stated) };
    let at_highest = met.iter().filter(|(level, _)| *level == stated);
    let rows: Vec<String> = at_highest.flat_map(|(_, rows)| rows.clone()).collect();
    let open = if unstated { ", and of some meetings the level is not stated" } else { "" };
    let shows = format!(
        "The highest {words}{} {} was at the level of {}{open}.",
        track_words(track),
        days.words(),
        stated.word()
    );
    Ok(Found::new(Verdict::of_all([level.holds_between(&low, &high)]), shows)
        .figure(format!("highest {words}"), span(low.word(), high.word()))
        .rows(rows))
}

pub(super) fn count(
    ground: &Ground<'_>,
    of: Counted,
    filter: &EventFilter,
    window: Window,
    number: &Compare<f64>,
) -> Result<Found, NotYet> {
    let days = ground.days(window)?;
    if !ground.has_events(days.to) {
        return Ok(no_events(days.to));
    }
    let (mut certain, mut possible) = (Vec::new(), Vec::new());
    for (_, event) in ground.record.events() {
        match counts(ground.record, event, of, filter, days) {
            Holds::Yes => certain.push(event.id.to_string()),
            Holds::Possibly => possible.push(event.id.to_string()),
            Holds::No => {}
        }
    }
    let (low, high) = (certain.len(), certain.len() + possible.len());
    let (one, many) = match of {
        Counted::Rounds => ("round of direct talks", "rounds of direct talks"),
        Counted::Mediations => {
            ("meeting of a third party with a principal", "meetings of third parties with principals")
        }
        Counted::Events => ("event", "events"),
    };
    let filtered = filter_words(ground, filter);
    let open = match possible.len() {
        0 => "",
        _ => "; of some of them a date, a level, a country or an agenda that the question asks for is left open",
    };
    let verb = if high == 1 { "is" } else { "are" };
    let shows = format!("{}{filtered} {verb} on record {}{open}.", counted(low, high, one, many), days.words());
    Ok(Found::new(Verdict::of_all([number.holds_between(&(low as f64), &(high as f64))]), shows)
        .figure(format!("{many}{filtered}"), span(low, high))
        .rows(certain.into_iter().chain(possible)))
}

/// Whether an event is one of those that are counted: what it does not state is left open.
fn counts(record: Record<'_>, event: &Event, of: Counted, filter: &EventFilter, days: Days) -> Holds {
    let case = record.case;
    let is = |holds: bool| if holds { Holds::Yes } else { Holds::No };
    let stated = |states: bool, holds: bool| if states { is(holds) } else { Holds::Possibly };
    let kind = match of {
        Counted::Rounds => contact::is_direct(case, event),
        Counted::Mediations => contact::is_mediated(case, event),
        Counted::Events => filter.kind.is_none_or(|kind| kind == event.kind),
    };
    let country = || event.country.split([';', ',', ' ']).any(|code| filter.countries.iter().any(|of| **of == *code));
    let topic = || event.topics.iter().any(|topic| filter.topics.contains(topic));
    let level =
        filter.level.map_or(Holds::Yes, |level| stated(event.level != ContactLevel::None, event.level >= level));
    let mediator =
        |actor| event.mediators.iter().any(|mediator| mediator.actor == actor) || event.parties.contains(&actor);
    [
        is(kind),
        days.holds(event.date),
        if filter.countries.is_empty() { Holds::Yes } else { stated(!event.country.is_empty(), country()) },
        if filter.topics.is_empty() { Holds::Yes } else { stated(!event.topics.is_empty(), topic()) },
        level,
        is(filter.party.is_none_or(|actor| event.parties.contains(&actor))),
        is(filter.mediator.is_none_or(mediator)),
        is(filter.direction.is_none_or(|direction| direction == event.direction)),
        is(filter.track.is_none_or(|track| event.on_track(track, &case.topics))),
    ]
    .into_iter()
    .min()
    .unwrap_or(Holds::No)
}

/// What is asked of events, in words.
fn filter_words(ground: &Ground<'_>, filter: &EventFilter) -> String {
    let case = ground.record.case;
    let mut words = String::new();
    let mut add = |text: String| words.push_str(&text);
    if let Some(kind) = filter.kind {
        add(format!(" of type {}", kind.word()));
    }
    if !filter.countries.is_empty() {
        add(format!(" in {}", filter.countries.join(" or ")));
    }
    if !filter.topics.is_empty() {
        let topics: Vec<&str> = filter.topics.iter().map(|topic| &*case.topics[*topic].title).collect();
        add(format!(" on {}", topics.join(" or ")));
    }
    if let Some(level) = filter.level {
        add(format!(" at the level of {} or higher", level.word()));
    }
    for (actor, before) in [(filter.party, " with "), (filter.mediator, " with the third party ")] {
        if let Some(actor) = actor {
            add(format!("{before}{}", ground.name(actor)));
        }
    }
    if let Some(direction) = filter.direction {
        add(format!(" marked as {}", direction.word().replace('_', " ")));
    }
    if let Some(track) = filter.track {
        add(format!(" on the {} track", track.word()));
    }
    words
}
