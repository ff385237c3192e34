//! What questions are answered from: the record at a moment, and the analyses of it, each made once.

use std::collections::BTreeMap;

use detente_case::actor::Actor;
use detente_case::claim::predicate::{Issues, Window};
use detente_case::issue::{Issue, OptionSet, Track};
use detente_case::{Day, Holds, Id, Moment, Month, Record, When};

use crate::blocks::{self, Blocks, Lines};
use crate::history;
use crate::movement::{self, Movement};
use crate::phase::{self, MonthPhase};

/// The record at a moment.
pub(super) struct Ground<'c> {
    pub(super) record: Record<'c>,
    pub(super) moment: Moment,
    movements: Option<Vec<Movement>>,
    phases: BTreeMap<Track, Vec<(Month, MonthPhase)>>,
    lines: Option<Lines<'c>>,
    blocks: BTreeMap<Day, Blocks>,
}

/// Why a question about days has no data: they have not come, at the moment.
pub(super) struct NotYet(pub(super) String);

/// A window with its ends.
#[derive(Clone, Copy)]
pub(super) struct Days {
    pub(super) from: Day,
    pub(super) to: Day,
    /// Whether it has a first day of its own.
    begins: bool,
}

impl Days {
    /// Whether a date lies in it.
    pub(super) fn holds(self, date: When) -> Holds {
        if self.from <= date.first() && date.last() <= self.to {
            Holds::Yes
        } else if date.last() < self.from || date.first() > self.to {
            Holds::No
        } else {
            Holds::Possibly
        }
    }

    /// The window in words: `from 2022-03-01 to 2022-04-30`, `up to 2022-04-30`, `on 2022-04-30`.
    pub(super) fn words(self) -> String {
        if self.from == self.to {
            return format!("on {}", self.to);
        }
        if self.begins { format!("from {} to {}", self.from, self.to) } else { format!("up to {}", self.to) }
    }
}

impl<'c> Ground<'c> {
    pub(super) fn new(record: Record<'c>, moment: Moment) -> Self {
        Ground { record, moment, movements: None, phases: BTreeMap::new(), lines: None, blocks: BTreeMap::new() }
    }

    /// The last day of a date, as far as it has come; the day of the question without one.
    pub(super) fn day(&self, date: Option<When>) -> Result<Day, NotYet> {
        match date {
            Some(date) if date.first() > self.moment.at => Err(self.not_yet(date)),
            Some(date) => Ok(date.last().min(self.moment.at)),
            None => Ok(self.moment.at),
        }
    }

    /// A window, as far as it has come.
    pub(super) fn days(&self, window: Window) -> Result<Days, NotYet> {
        if let Some(from) = window.from.filter(|from| from.first() > self.moment.at) {
            return Err(self.not_yet(from));
        }
        let to = self.day(window.to)?;
        let from = window.from.map(When::first);
        Ok(Days { from: from.unwrap_or(Day::MIN), to, begins: from.is_some() })
    }

    fn not_yet(&self, date: When) -> NotYet {
        NotYet(format!("{date} lies after {}, the day asked about.", self.moment.at))
    }

    /// All movements up to the moment.
    pub(super) fn movements(&mut self) -> &[Movement] {
        let (record, at) = (self.record, self.moment.at);
        self.movements.get_or_insert_with(|| movement::movements(record, at))
    }

    /// The phases of a track, month by month up to the moment.
    pub(super) fn phases(&mut self, track: Track) -> &[(Month, MonthPhase)] {
        if !self.phases.contains_key(&track) {
            let (record, until) = (self.record, self.moment.at);
            let rules = history::rules(record.case);
            let phases = phase::phases(record, track, history::start(record), until, self.movements(), rules);
            self.phases.insert(track, phases);
        }
        self.phases.get(&track).map_or(&[], Vec::as_slice)
    }

    /// What blocks on a day, under every reading of limits.
    pub(super) fn blocks(&mut self, day: Day) -> &Blocks {
        let record = self.record;
        let lines = self.lines.get_or_insert_with(|| Lines::new(record));
        self.blocks.entry(day).or_insert_with(|| blocks::at(lines, day))
    }

    /// Whether the record holds any event up to a day: where it does, what it does not hold did not happen as far as is known.
    pub(super) fn has_events(&self, until: Day) -> bool {
        self.record.events().any(|(_, event)| event.date.first() <= until)
    }

    pub(super) fn name(&self, actor: Id<Actor>) -> &'c str {
        &self.record.case.actors[actor].name
    }

    pub(super) fn title(&self, issue: Id<Issue>) -> &'c str {
        &self.record.case.issues[issue].title
    }

    /// Ids of options, in the order of the issue.
    pub(super) fn options(&self, issue: Id<Issue>, set: OptionSet) -> String {
        let options = &self.record.case.issues[issue].options;
        let ids: Vec<&str> = set.iter().map(|option| &*options[option.0 as usize].id).collect();
        if ids.is_empty() { "nothing".to_owned() } else { ids.join(", ") }
    }

    /// Whether an issue is one of those that a question is about.
    pub(super) fn is_among(&self, of: &Issues, issue: Id<Issue>) -> bool {
        match of {
            Issues::All => true,
            Issues::One(one) => *one == issue,
            Issues::Group(group) => *self.record.case.issues[issue].group == **group,
        }
    }

    /// What a question is about, in words.
    pub(super) fn about(&self, of: &Issues) -> String {
        match of {
            Issues::All => "all issues that can be compared".to_owned(),
            Issues::One(issue) => self.title(*issue).to_owned(),
            Issues::Group(group) => format!("the group {group}"),
        }
    }
}

/// A range as text: `3`, `2 to 4`.
pub(super) fn span<T: PartialEq + std::fmt::Display>(low: T, high: T) -> String {
    if low == high { low.to_string() } else { format!("{low} to {high}") }
}

/// A number and its noun.
pub(super) fn counted<T: PartialEq + std::fmt::Display + From<u8>>(low: T, high: T, one: &str, many: &str) -> String {
    let noun = if low == high && low == T::from(1) { one } else { many };
    format!("{} {noun}", span(low, high))
}
