//! What came in the quarter after.

use detente_case::event::{ContactLevel, Direction as EventDirection, Event, EventType};
use detente_case::issue::Track;
use detente_case::{Day, Record};
use schemars::JsonSchema;
use serde::Serialize;

use super::then::Seen;
use crate::contact;
use crate::coverage::Quarter;
use crate::movement::Direction;
use crate::phase::Phase;

/// What came in a quarter, by rows.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Next {
    /// Ids of direct political talks at the level that counts as talks, by the day on which they began.
    pub talks: Vec<String>,
    /// The highest level among them.
    pub level: ContactLevel,
    /// Ids of events marked as progress on the political track.
    pub progress: Vec<String>,
    /// Ids of events marked as setbacks, and of breakdowns, on that track.
    pub setbacks: Vec<String>,
    /// Movements of each principal on political issues, in the order of the principals.
    pub moves: Vec<Moves>,
    /// Phase of the political track in its last month.
    pub phase: Phase,
    /// Whether the issues on which limits exclude every option are others than a quarter before.
    pub verdict_changed: bool,
    /// Change of the front line since the end of the quarter before.
    pub front: Option<f64>,
}

/// Movements of a principal in a quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Moves {
    /// Id of the principal.
    pub actor: String,
    /// How often it hardened.
    pub hardenings: usize,
    /// How often it conceded.
    pub concessions: usize,
}

/// What came after a quarter, by its number; none if the quarter after had not ended.
pub(super) fn next(seen: &Seen<'_>, number: usize) -> Option<Next> {
    let quarter = *seen.quarters.get(number + 1)?;
    let case = seen.record.case;
    let within = |day: Day| day <= seen.at && Quarter::of(day) == quarter;
    let events = || {
        let events = seen.record.events().map(|(_, event)| event);
        events.filter(|event| within(event.date.first()) && event.on_track(Track::Political, &case.topics))
    };
    let ids = |keep: &dyn Fn(&Event) -> bool| -> Vec<String> {
        events().filter(|event| keep(event)).map(|event| event.id.to_string()).collect()
    };
    let is_talks = |event: &Event| is_talks(seen.record, event);
    let moved = |actor, direction| {
        let own = seen.movements.iter().filter(|moved| moved.actor == actor && moved.direction == direction);
        own.filter(|moved| within(moved.date.first()) && case.issues[moved.issue].track == Track::Political).count()
    };
    Some(Next {
        talks: ids(&is_talks),
        level: events().filter(|event| is_talks(event)).map(|event| event.level).max().unwrap_or(ContactLevel::None),
        progress: ids(&|event| event.direction == EventDirection::Progress),
        setbacks: ids(&|event| event.direction == EventDirection::Setback || event.kind == EventType::Breakdown),
        moves: case
            .principals
            .iter()
            .map(|actor| Moves {
                actor: case.actors[*actor].id.to_string(),
                hardenings: moved(*actor, Direction::Hardening),
                concessions: moved(*actor, Direction::Concession),
            })
            .collect(),
        phase: seen.phase(quarter),
        verdict_changed: seen.blocked.get(number) != seen.blocked.get(number + 1),
        front: match (seen.front(seen.quarters[number]), seen.front(quarter)) {
            (Some(before), Some(after)) => Some(after - before),
            _ => None,
        },
    })
}

fn is_talks(record: Record<'_>, event: &Event) -> bool {
    contact::is_direct(record.case, event) && event.level >= record.case.settings.methods.talks_level
}
