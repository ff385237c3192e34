//! Where the principals stood on one issue over time.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::history::History;
use detente_analysis::stance::{self, Held, LimitReading};
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::position::{Position, Subject};
use detente_case::{Day, Holds, Id, Moment, Month, Record};

use super::{
    LABEL, caption, event_title, events_before, is_own, month, principal, principals, read_as, shorten, span, statement,
};
use crate::figure::Figure;
use crate::figure::ladder::{self, Event, Ladder, Limit, Stance};

/// The most events above the ladder.
const MOST_EVENTS: usize = 6;

/// The ladder of one issue up to a moment: positions in the principals' own words, what is only reported or inferred, limits,
/// and up to six events.
///
/// Events are chosen by a rule: those that most movements of principals on this issue list among the events of the days
/// before; of equal ones the earlier.
pub fn ladder(record: Record<'_>, moment: Moment, issue: Id<Issue>, history: &History) -> Figure {
    let case = record.case;
    let (from, to) = span(record, history, moment.at);
    let what = &case.issues[issue];
    let mut stances = Vec::new();
    let mut limits = Vec::new();
    for (party, actor) in case.principals.iter().enumerate() {
        let line = Line { record, party, actor: *actor, issue, at: moment.at };
        let days = line.days();
        stances.extend(line.positions(&days));
        stances.extend(line.reported(&days));
        limits.extend(line.limits(&days));
    }
    let title = if what.title.is_empty() { &what.id } else { &what.title };
    let input = Ladder {
        caption: caption(&format!("ladder-{}", what.id), format!("{title}: what each side asked for and ruled out")),
        from,
        to,
        // The options are written out: their ends need no name.
        first_end: String::new(),
        last_end: String::new(),
        options: what.options.iter().map(|option| option.label.to_string()).collect(),
        parties: principals(case),
        stances,
        limits,
        events: events(record, issue, history, from),
    };
    read_as(
        ladder::draw(&input),
        "Options stand in their order from top to bottom, time runs to the right. A line is what a side asks for in its own \
         words as long as that stands, hatching is what it rules out, in words or by law; hollow marks are only reported or inferred.",
    )
}

/// A day on which a limit counts, with the condition under which an offer has put the option back.
type Counted = (Day, Option<String>);

/// What one principal has said on one issue.
struct Line<'c> {
    record: Record<'c>,
    party: usize,
    actor: Id<detente_case::actor::Actor>,
    issue: Id<Issue>,
    at: Day,
}

impl<'c> Line<'c> {
    fn rows(&self) -> impl Iterator<Item = (Id<Position>, &'c Position)> {
        self.record.line(self.actor, Subject::Issue(self.issue))
    }

    /// The days on which anything may change: where a row begins, ends, or is superseded; of a partial date both ends.
    fn days(&self) -> Vec<Day> {
        let own: BTreeSet<Id<Position>> = self.rows().map(|(id, _)| id).collect();
        let mut days = BTreeSet::new();
        for (id, row) in self.record.positions() {
            if own.contains(&id) || row.supersedes.iter().any(|old| own.contains(old)) {
                days.extend([row.valid_from.first(), row.valid_from.last()]);
                days.extend(row.valid_to.into_iter().flat_map(|end| [end.first(), end.last()]));
            }
        }
        days.into_iter().filter(|day| *day <= self.at).collect()
    }

    /// The spans over which the position is the same, stated by the same rows.
    fn positions(&self, days: &[Day]) -> Vec<Stance> {
        let held = |day: &Day| stance::position(self.record, self.actor, self.issue, *day);
        spans(days, held).into_iter().map(|(from, to, held)| self.position(from, to, &held)).collect()
    }

    fn position(&self, from: Day, to: Option<Day>, held: &Held) -> Stance {
        let rows = &self.record.case.positions;
        let mut title: Vec<String> = held.rows.iter().map(|id| statement(&rows[*id])).collect();
        if held.possibly {
            title.push("a date that is not exact leaves open what stands".to_owned());
        }
        let options = numbers(held.options);
        Stance {
            party: self.party,
            from: from.to_string(),
            to: to.map(|day| day.to_string()),
            best: if options.len() == 1 { options.first().copied() } else { None },
            options,
            own: true,
            title: title.join("; "),
        }
    }

    /// Rows that are only reported, inferred or read into the principal, as long as they stand.
    fn reported(&self, days: &[Day]) -> Vec<Stance> {
        let mut found = Vec::new();
        for (id, row) in self.rows().filter(|(_, row)| !is_own(row)) {
            let Some(ask) = row.ask else { continue };
            let options = numbers(OptionSet::range(ask.low, ask.high));
            for (from, to, ()) in spans(days, |day| self.stands(id, *day)) {
                found.push(Stance {
                    party: self.party,
                    from: from.to_string(),
                    to: to.map(|day| day.to_string()),
                    options: options.clone(),
                    best: ask.best.map(number),
                    own: false,
                    title: statement(row),
                });
            }
        }
        found
    }

    fn stands(&self, id: Id<Position>, day: Day) -> Option<()> {
        (self.record.in_force(id, day) != Holds::No).then_some(())
    }

    /// Each row with what it rules out as long as that counts; where an offer has put an option back under a condition, that
    /// stands in the title.
    fn limits(&self, days: &[Day]) -> Vec<Limit> {
        let case = self.record.case;
        // For each row and option the days on which it counts, with the condition of a relaxation.
        let mut counted: BTreeMap<(Id<Position>, OptionPlace), Vec<Counted>> = BTreeMap::new();
        for day in days {
            for limit in stance::limits(self.record, self.actor, self.issue, *day, LimitReading::Accumulate) {
                for row in &limit.rows {
                    counted.entry((*row, limit.option)).or_default().push((*day, limit.relaxed_if.clone()));
                }
            }
        }
        let mut found: Vec<(Id<Position>, Limit)> = Vec::new();
        for ((row, option), counted) in &counted {
            let on = |day: &Day| counted.iter().any(|(counted, _)| counted == day).then_some(());
            for (from, to, ()) in spans(days, on) {
                let inside = counted.iter().filter(|(day, _)| *day >= from && to.is_none_or(|to| *day < to));
                let mut title = statement(&case.positions[*row]);
                if let Some((since, Some(condition))) = inside.clone().find(|(_, relaxed)| relaxed.is_some()) {
                    title +=
                        &format!("; from {since} no longer ruled out if: {}", shorten(condition, super::STATEMENT));
                }
                let limit = Limit {
                    party: self.party,
                    from: from.to_string(),
                    to: to.map(|day| day.to_string()),
                    options: vec![number(*option)],
                    law: case.positions[*row].is_law(),
                    title,
                };
                // Options that one row rules out over the same span, in the same words, are one limit.
                let same = found.iter_mut().find(|(other, old)| {
                    other == row && (&old.from, &old.to, &old.title) == (&limit.from, &limit.to, &limit.title)
                });
                match same {
                    Some((_, old)) => old.options.extend(limit.options),
                    None => found.push((*row, limit)),
                }
            }
        }
        found.sort_by(|(_, a), (_, b)| a.from.cmp(&b.from).then_with(|| a.options.cmp(&b.options)));
        found.into_iter().map(|(_, limit)| limit).collect()
    }
}

/// The spans of days over which `value` gives the same; from a day to the next change, the last one open.
fn spans<T: PartialEq>(days: &[Day], value: impl Fn(&Day) -> Option<T>) -> Vec<(Day, Option<Day>, T)> {
    let mut found: Vec<(Day, Option<Day>, T)> = Vec::new();
    let mut open = false;
    for day in days {
        let now = value(day);
        if open {
            if found.last().map(|(_, _, before)| before) == now.as_ref() {
                continue;
            }
            if let Some(last) = found.last_mut() {
                last.1 = Some(*day);
            }
        }
        open = now.is_some();
        found.extend(now.map(|now| (*day, None, now)));
    }
    found
}

fn number(place: OptionPlace) -> usize {
    usize::from(place.0)
}

fn numbers(set: OptionSet) -> Vec<usize> {
    set.iter().map(number).collect()
}

fn events(record: Record<'_>, issue: Id<Issue>, history: &History, from: (i32, u32)) -> Vec<Event> {
    let case = record.case;
    let id = &case.issues[issue].id;
    let on = history.movements.iter().filter(|m| *m.issue == **id && principal(case, &m.actor).is_some());
    events_before(case, on, None)
        .into_iter()
        .filter(|(event, _)| month(Month::of(event.date.first())) >= from)
        .take(MOST_EVENTS)
        .map(|(event, count)| Event {
            date: event.date.to_string(),
            text: shorten(&event.title, LABEL),
            title: event_title(event, count),
        })
        .collect()
}
