//! How stances moved (layer A): shifts, closures, openings, entries.
//!
//! A *shift* is a position that moved. A *closure* is an option newly ruled out, an *opening* one that is no longer. An *entry*
//! is the first statement on an issue, and the first ask after statements that only ruled options out. A principal's shift away
//! from the other side and its closure harden; its shift toward the other side and its opening concede; an entry does neither.
//! What lapses by its own terms moves nobody. Events of the days before stand beside a movement: after, never because of.

use std::collections::{BTreeMap, BTreeSet};

use detente_case::actor::Actor;
use detente_case::event::Event;
use detente_case::issue::{Issue, OptionPlace, OptionSet, Track};
use detente_case::position::{Kind, Position, Subject};
use detente_case::{Case, Day, Id, Record, When};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::Serialize;

use crate::gap;
use crate::stance::{self, LimitReading, Line};

/// What kind of movement it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// The position moved.
    Shift,
    /// Options were newly ruled out.
    Closure,
    /// Options are no longer ruled out, or only under a condition.
    Opening,
    /// The first statement on the issue.
    Entry,
}

/// Where a movement leads with respect to the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Away from the other side, or options closed.
    Hardening,
    /// Toward the other side, or options opened.
    Concession,
    /// Neither, or it cannot be said: an entry, a silent other side, a set that widened on both ends, an actor that is no principal.
    None,
}

/// One movement of one actor on one issue.
#[derive(Clone, Debug)]
pub struct Movement {
    /// Who.
    pub actor: Id<Actor>,
    /// On what.
    pub issue: Id<Issue>,
    /// When the statement was made.
    pub date: When,
    /// What kind.
    pub kind: MovementKind,
    /// Where to.
    pub direction: Direction,
    /// Before: the position of a shift; the options not yet ruled out of a closure; the options ruled out of an opening.
    pub from: OptionSet,
    /// After: the position; the options newly ruled out; the options opened.
    pub to: OptionSet,
    /// What the first statement rules out, on an entry.
    pub closed: OptionSet,
    /// Steps moved, at the end that moved farther; options closed or opened otherwise.
    pub steps: u32,
    /// Whether it is a law, statute or decree.
    pub law: bool,
    /// Under which condition an opening holds.
    pub condition: String,
    /// The statements.
    pub rows: Vec<Id<Position>>,
    /// Events on the same track within the days before, the nearest of them.
    pub events: Vec<Id<Event>>,
    /// Further events of these days that are not listed.
    pub more_events: usize,
}

/// All movements up to a day, by date, then actor and issue.
///
/// Cost: linear in the rows, times the rows of one actor on one issue.
#[must_use]
pub fn movements(record: Record<'_>, until: Day) -> Vec<Movement> {
    let case = record.case;
    let mut walk = Walk { record, until, before: EventsBefore::new(record), sides: BTreeMap::new(), found: Vec::new() };
    for (actor, subject) in record.lines() {
        if let Subject::Issue(issue) = subject {
            walk.line(actor, issue);
        }
    }
    let mut found = walk.found;
    let rank = |actor: Id<Actor>| case.principals.iter().position(|p| *p == actor).unwrap_or(case.principals.len());
    found.sort_by_key(|m| (m.date, rank(m.actor), m.actor, m.issue, m.kind, m.law));
    found
}

/// Goes through the lines of a record and collects their movements.
struct Walk<'c> {
    record: Record<'c>,
    until: Day,
    before: EventsBefore<'c>,
    /// The lines of the principals that shifts have been compared with.
    sides: BTreeMap<(Id<Actor>, Id<Issue>), Line<'c>>,
    found: Vec<Movement>,
}

impl Walk<'_> {
    fn line(&mut self, actor: Id<Actor>, issue: Id<Issue>) {
        let (record, case) = (self.record, self.record.case);
        let line = Line::new(record, actor, issue);
        let told = |row: &Position| {
            row.valid_from.first() <= self.until && row.is_coded() && row.kind.is_some_and(|kind| kind.own_words())
        };
        let rows: Vec<(Id<Position>, &Position)> = line.rows().iter().filter(|(_, row)| told(row)).copied().collect();
        // A law that is older than all words is background: the first words after it are still the first. A law after words is not.
        let mut asked = OptionSet::EMPTY;
        let mut spoken = false;
        let mut legislated = false;
        for day in rows.chunk_by(|a, b| a.1.valid_from == b.1.valid_from) {
            let date = day[0].1.valid_from;
            let (at, eve) = (date.first(), date.first().yesterday().unwrap_or(date.first()));
            let ids = |keep: &dyn Fn(&Position) -> bool| {
                day.iter().filter(|(_, row)| keep(row)).map(|(id, _)| *id).collect::<Vec<_>>()
            };
            let mut push =
                |kind, direction, from, to: OptionSet, steps, law, condition: String, rows: Vec<Id<Position>>| {
                    let (events, more_events) = self.before.of(date, case.issues[issue].track);
                    let direction = if case.principals.contains(&actor) { direction } else { Direction::None };
                    let closed = if kind == MovementKind::Entry {
                        rows.iter().fold(OptionSet::EMPTY, |set, row| set.union(case.positions[*row].rules_out))
                    } else {
                        OptionSet::EMPTY
                    };
                    self.found.push(Movement {
                        actor,
                        issue,
                        date,
                        kind,
                        direction,
                        from,
                        to,
                        closed,
                        steps,
                        law,
                        condition,
                        rows,
                        events,
                        more_events,
                    });
                };
            let setting = ids(&|row| stance::sets_position(row, case));
            let after = if setting.is_empty() { None } else { line.position(date.last()) };
            let set_today = after.as_ref().filter(|held| held.rows.iter().any(|row| setting.contains(row)));
            let words_today = day.iter().any(|(_, row)| !row.is_law());
            let first_words = words_today && !spoken;
            if let Some(held) = set_today {
                if asked.is_empty() {
                    let first = |row: &Position| {
                        stance::sets_position(row, case) || !(row.is_law() || row.rules_out.is_empty())
                    };
                    let rows = if first_words { ids(&first) } else { setting };
                    push(
                        MovementKind::Entry,
                        Direction::None,
                        OptionSet::EMPTY,
                        held.options,
                        0,
                        false,
                        String::new(),
                        rows,
                    );
                } else if asked != held.options {
                    let direction = shift_direction(record, &mut self.sides, (actor, issue), at, asked, held.options);
                    push(
                        MovementKind::Shift,
                        direction,
                        asked,
                        held.options,
                        steps(asked, held.options),
                        false,
                        String::new(),
                        setting,
                    );
                }
                asked = held.options;
            }
            let bears = |row: &Position| stance::bears_on_limits(row) || !row.supersedes.is_empty();
            let (earlier, later) = if day.iter().any(|(_, row)| bears(row)) {
                (line.limits(eve, LimitReading::Accumulate), line.limits(date.last(), LimitReading::Accumulate))
            } else {
                (Vec::new(), Vec::new())
            };
            for law in [false, true] {
                let own = |limit: &&stance::Limit| limit.law == law;
                let closed = |limits: &[stance::Limit]| {
                    limits
                        .iter()
                        .filter(own)
                        .filter(|limit| limit.relaxed_if.is_none())
                        .map(|limit| limit.option)
                        .collect::<OptionSet>()
                };
                let (was, is) = (closed(&earlier), closed(&later));
                // What begins or ceases to be ruled out because a row lapses on this day moves nobody.
                let of_layer = || day.iter().map(|(_, row)| *row).filter(|row| row.is_law() == law);
                let newly =
                    is.minus(was).intersection(of_layer().fold(OptionSet::EMPTY, |set, row| set.union(row.rules_out)));
                let rows_today = ids(&|row| row.is_law() == law && !row.rules_out.intersection(newly).is_empty());
                let first = if law { !(legislated || spoken) } else { first_words };
                if !newly.is_empty() && !rows_today.is_empty() {
                    if !first {
                        let left = all(case, issue).minus(was);
                        push(
                            MovementKind::Closure,
                            Direction::Hardening,
                            left,
                            newly,
                            count(newly),
                            law,
                            String::new(),
                            rows_today,
                        );
                    } else if law || set_today.is_none() {
                        // The first statement on the issue only rules options out.
                        push(
                            MovementKind::Entry,
                            Direction::None,
                            OptionSet::EMPTY,
                            OptionSet::EMPTY,
                            0,
                            law,
                            String::new(),
                            rows_today,
                        );
                    }
                }
                let opened = |id: &Id<Position>| opens(case, *id, law).intersection(was.minus(is));
                let opening: Vec<Id<Position>> =
                    ids(&|_| true).into_iter().filter(|id| !opened(id).is_empty()).collect();
                let gone = opening.iter().fold(OptionSet::EMPTY, |set, id| set.union(opened(id)));
                if !gone.is_empty() {
                    let conditions: BTreeSet<&str> = later
                        .iter()
                        .filter(own)
                        .filter(|limit| gone.contains(limit.option))
                        .filter_map(|limit| limit.relaxed_if.as_deref())
                        .collect();
                    let condition = conditions.into_iter().collect::<Vec<_>>().join("; or ");
                    push(MovementKind::Opening, Direction::Concession, was, gone, count(gone), law, condition, opening);
                }
            }
            spoken |= words_today;
            legislated |= day.iter().any(|(_, row)| row.is_law());
        }
    }
}

/// The options that a row may take out of earlier limits: those that it tables as an offer or draft, which relaxes no law, and
/// those that rows which it ends had ruled out.
fn opens(case: &Case, id: Id<Position>, law: bool) -> OptionSet {
    let row = &case.positions[id];
    let tables = !law && matches!(row.kind, Some(Kind::Offer | Kind::Draft));
    let tabled = row.ask.filter(|_| tables).map(|ask| ask.tabled()).unwrap_or_default();
    let ended = row.supersedes.iter().map(|old| &case.positions[*old]).filter(|old| old.is_law() == law);
    ended.fold(tabled, |set, old| set.union(old.rules_out))
}

fn all(case: &Case, issue: Id<Issue>) -> OptionSet {
    let last = case.issues[issue].options.len().saturating_sub(1);
    OptionSet::range(OptionPlace(0), OptionPlace(u8::try_from(last).unwrap_or(63)))
}

fn count(set: OptionSet) -> u32 {
    u32::try_from(set.len()).unwrap_or(u32::MAX)
}

/// Steps moved: the greater of the two ends.
fn steps(from: OptionSet, to: OptionSet) -> u32 {
    let distance = |a: Option<OptionPlace>, b: Option<OptionPlace>| match (a, b) {
        (Some(a), Some(b)) => u32::from(a.0.abs_diff(b.0)),
        _ => 0,
    };
    distance(from.lowest(), to.lowest()).max(distance(from.highest(), to.highest()))
}

/// Away from another principal is hardening, toward one is concession; where both or neither happens, none.
fn shift_direction<'c>(
    record: Record<'c>,
    sides: &mut BTreeMap<(Id<Actor>, Id<Issue>), Line<'c>>,
    (actor, issue): (Id<Actor>, Id<Issue>),
    at: Day,
    from: OptionSet,
    to: OptionSet,
) -> Direction {
    let case = record.case;
    if !case.principals.contains(&actor) {
        return Direction::None;
    }
    let (mut away, mut toward) = (false, false);
    for other in case.principals.iter().filter(|other| **other != actor) {
        let side = sides.entry((*other, issue)).or_insert_with(|| Line::new(record, *other, issue));
        let Some(held) = side.position(at) else { continue };
        let (Some(before), Some(after)) = (gap::between(from, held.options), gap::between(to, held.options)) else {
            continue;
        };
        let least = after.steps_min.cmp(&before.steps_min);
        let greatest = after.steps_max.cmp(&before.steps_max);
        away |= least.is_ge() && greatest.is_ge() && (least.is_gt() || greatest.is_gt());
        toward |= least.is_le() && greatest.is_le() && (least.is_lt() || greatest.is_lt());
    }
    match (away, toward) {
        (true, false) => Direction::Hardening,
        (false, true) => Direction::Concession,
        _ => Direction::None,
    }
}

/// The most events that are listed beside a movement: those nearest to it.
pub const MOST_EVENTS: usize = 50;

/// Finds the events of the days before a date.
struct EventsBefore<'c> {
    record: Record<'c>,
    political: Vec<(Day, Id<Event>)>,
    humanitarian: Vec<(Day, Id<Event>)>,
}

impl<'c> EventsBefore<'c> {
    fn new(record: Record<'c>) -> Self {
        let on = |track| {
            let events = record.events().filter(|(_, event)| event.on_track(track, &record.case.topics));
            events.map(|(id, event)| (event.date.first(), id)).collect()
        };
        EventsBefore { record, political: on(Track::Political), humanitarian: on(Track::Humanitarian) }
    }

    /// Events on a track that began before the day and within the setting's number of days of it: the nearest, and how many more.
    fn of(&self, date: When, track: Track) -> (Vec<Id<Event>>, usize) {
        let events = match track {
            Track::Political => &self.political,
            Track::Humanitarian => &self.humanitarian,
        };
        let days = i64::from(self.record.case.settings.methods.events_before_days);
        let first = date.first().saturating_sub(days.days());
        let from = events.partition_point(|(day, _)| *day < first);
        let until = events.partition_point(|(day, _)| *day < date.first()).max(from);
        let nearest = until.saturating_sub(MOST_EVENTS).max(from);
        (events[nearest..until].iter().map(|(_, id)| *id).collect(), nearest - from)
    }
}
