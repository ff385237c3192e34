//! Who met whom: direct contact of the principals, mediated contact, rounds of talks (layer A).

use std::collections::BTreeMap;

use detente_case::actor::Actor;
use detente_case::event::{ContactLevel, Direction, Event, EventType};
use detente_case::issue::Track;
use detente_case::{Case, Day, Id, Month, Record, When};
use schemars::JsonSchema;
use serde::Serialize;

/// A round of talks in which at least two principals took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Round {
    /// Id of the event.
    pub id: String,
    /// When it was held or began.
    pub date: When,
    /// Its last day.
    pub end_date: Option<When>,
    /// Title.
    pub title: String,
    /// Where.
    pub place: String,
    /// ISO 3166-1 alpha-2 of the place.
    pub country: String,
    /// The highest level present.
    pub level: ContactLevel,
    /// Actor ids.
    pub parties: Vec<String>,
    /// Actor ids of those between the sides; hosts included.
    pub mediators: Vec<String>,
    /// Topic ids: the agenda.
    pub topics: Vec<String>,
    /// What it meant for agreement.
    pub direction: Direction,
}

impl Round {
    /// An event as a round.
    #[must_use]
    pub fn of(case: &Case, event: &Event) -> Self {
        Round {
            id: event.id.to_string(),
            date: event.date,
            end_date: event.end_date,
            title: event.title.to_string(),
            place: event.place.to_string(),
            country: event.country.to_string(),
            level: event.level,
            parties: event.parties.iter().map(|actor| case.actors[*actor].id.to_string()).collect(),
            mediators: event.mediators.iter().map(|mediator| case.actors[mediator.actor].id.to_string()).collect(),
            topics: event.topics.iter().map(|topic| case.topics[*topic].id.to_string()).collect(),
            direction: event.direction,
        }
    }
}

/// Whether an event is direct contact: talks in which at least two principals took part. A text alone is no contact.
#[must_use]
pub fn is_direct(case: &Case, event: &Event) -> bool {
    event.kind == EventType::Talks && principals_in(case, event).nth(1).is_some()
}

/// Whether an event may be half or the whole of a mediated contact: a third party negotiates with a principal.
#[must_use]
pub fn is_mediated(case: &Case, event: &Event) -> bool {
    matches!(event.kind, EventType::Talks | EventType::Mediation)
        && !is_direct(case, event)
        && principals_in(case, event).next().is_some()
        && third_parties(case, event).next().is_some()
}

fn principals_in<'a>(case: &'a Case, event: &'a Event) -> impl Iterator<Item = Id<Actor>> + 'a {
    case.principals.iter().copied().filter(|actor| event.parties.contains(actor))
}

/// Third parties at an event; those that only gave the place are none.
fn third_parties<'a>(case: &'a Case, event: &'a Event) -> impl Iterator<Item = Id<Actor>> + 'a {
    let hosts =
        |actor: &Id<Actor>| event.mediators.iter().any(|mediator| mediator.actor == *actor && mediator.only_host());
    let all = event.parties.iter().copied().chain(event.mediators.iter().map(|mediator| mediator.actor));
    all.filter(move |actor| !case.principals.contains(actor) && !hosts(actor))
}

/// The contacts of one month on one track.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// The highest level of direct contact.
    pub direct: Option<ContactLevel>,
    /// The level of mediated contact: the highest at which one third party met at least two principals, the lower of the two sides.
    pub mediated: Option<ContactLevel>,
    /// The direct talks: last day, level and id.
    pub talks: Vec<(Day, ContactLevel, Id<Event>)>,
    /// The events behind the mediated contact.
    pub mediations: Vec<Id<Event>>,
    /// Exchanges and agreements carried out.
    pub exchanges: Vec<Id<Event>>,
}

/// Whom a third party met: the principal, at which level, and the event.
type Met = (Id<Actor>, ContactLevel, Id<Event>);

/// The contacts of each month on a track; months without any are left out.
///
/// Talks and meetings count in the month in which they began.
#[must_use]
pub fn by_month(record: Record<'_>, track: Track, until: Day) -> BTreeMap<Month, Contact> {
    let case = record.case;
    let mut months: BTreeMap<Month, Contact> = BTreeMap::new();
    let mut meetings: BTreeMap<Month, BTreeMap<Id<Actor>, Vec<Met>>> = BTreeMap::new();
    for (id, event) in record.events() {
        if event.date.first() > until || !event.on_track(track, &case.topics) {
            continue;
        }
        let month = Month::of(event.date.first());
        if is_direct(case, event) {
            let contact = months.entry(month).or_default();
            contact.direct = contact.direct.max(Some(event.level));
            contact.talks.push((event.last_day(), event.level, id));
        } else if is_mediated(case, event) {
            let by_third = meetings.entry(month).or_default();
            for third in third_parties(case, event) {
                let met = principals_in(case, event).map(|principal| (principal, event.level, id));
                by_third.entry(third).or_default().extend(met);
            }
        } else if matches!(event.kind, EventType::Exchange | EventType::Agreement) {
            months.entry(month).or_default().exchanges.push(id);
        }
    }
    for (month, by_third) in meetings {
        for (_, met) in by_third {
            let mut levels: BTreeMap<Id<Actor>, ContactLevel> = BTreeMap::new();
            for (principal, level, _) in &met {
                let highest = levels.entry(*principal).or_insert(*level);
                *highest = (*highest).max(*level);
            }
            if levels.len() < 2 {
                continue;
            }
            let mut highest: Vec<ContactLevel> = levels.values().copied().collect();
            highest.sort_unstable();
            let contact = months.entry(month).or_default();
            contact.mediated = contact.mediated.max(highest.iter().rev().nth(1).copied());
            contact.mediations.extend(met.iter().map(|(_, _, event)| *event));
            contact.mediations.sort();
            contact.mediations.dedup();
        }
    }
    months
}

/// Rounds of direct talks up to a day, by date.
#[must_use]
pub fn rounds(record: Record<'_>, until: Day) -> Vec<Round> {
    let direct = record.events().filter(|(_, event)| event.date.first() <= until && is_direct(record.case, event));
    direct.map(|(_, event)| Round::of(record.case, event)).collect()
}

/// Meetings of third parties with principals up to a day, by date.
#[must_use]
pub fn mediated_rounds(record: Record<'_>, until: Day) -> Vec<Round> {
    let mediated = record.events().filter(|(_, event)| event.date.first() <= until && is_mediated(record.case, event));
    mediated.map(|(_, event)| Round::of(record.case, event)).collect()
}
