//! A plain reading of the rules of stances: loops over random rows, nothing shared with the engine.

#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    reason = "each test file uses a part of it, and stops at what it does not expect"
)]

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::stance::LimitReading;
use detente_case::When;

use super::day;
use super::random::{OPTIONS, Row};

/// The rules as they are written, and ways to get them wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rules {
    AsWritten,
    DemandsRelax,
    RankDoesNotMatter,
    LaterRedLineReplacesEarlier,
    SameDayOffersRelax,
    VagueOffersRelax,
    LawsAreRelaxed,
    LapsedRowsStillStand,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Truth {
    No,
    Possibly,
    Yes,
}

pub fn when(text: &str) -> When {
    When::parse(text).unwrap()
}

pub fn come(date: &str, at: &str) -> Truth {
    let (date, at) = (when(date), day(at));
    if date.last() <= at {
        Truth::Yes
    } else if date.first() <= at {
        Truth::Possibly
    } else {
        Truth::No
    }
}

/// Option and whether by law; what rules it out under each truth of x, y and z, and whether only possibly.
pub type Limits = BTreeMap<(u8, bool), (Vec<bool>, bool)>;

/// Option; first and last date, condition of the last, carried, rows.
pub type Tabled = BTreeMap<u8, (String, String, String, bool, BTreeSet<usize>)>;

/// What a plain reading gives for an actor at a day.
#[derive(PartialEq, Eq, Debug)]
pub struct Reading {
    pub position: BTreeSet<u8>,
    /// Under each reading of limits.
    pub limits: Vec<Limits>,
    pub tabled: Tabled,
}

pub struct Oracle<'a> {
    /// All rows of the case, in any order.
    pub rows: &'a [Row],
    /// The issue that is read.
    pub issue: &'a str,
    pub principals: &'a [&'a str],
    pub tiers: bool,
    pub rules: Rules,
}

impl<'a> Oracle<'a> {
    pub fn rank(&self, row: &Row) -> u8 {
        row.rank.unwrap_or(6)
    }

    pub fn tier(&self, row: &Row) -> u8 {
        match (self.tiers, self.rank(row)) {
            (_, _) if self.rules == Rules::RankDoesNotMatter => 0,
            (true, 1 | 2) => 1,
            (true, 3 | 4) => 2,
            (true, 5) => 3,
            (true, _) => 4,
            (false, rank) => rank,
        }
    }

    pub fn force(&self, row: &Row, at: &str) -> Truth {
        let mut over = row.until.map_or(Truth::No, |until| come(until, at));
        if self.rules == Rules::LapsedRowsStillStand {
            over = Truth::No;
        }
        for other in self.rows {
            if other.ends.contains(&row.id) {
                over = over.max(come(other.date, at));
            }
        }
        let stands = match over {
            Truth::Yes => Truth::No,
            Truth::Possibly => Truth::Possibly,
            Truth::No => Truth::Yes,
        };
        stands.min(come(row.date, at))
    }

    /// Whether `a` was certainly said after `b`; of one day by rank, then id.
    pub fn later(&self, a: &Row, b: &Row) -> bool {
        let (x, y) = (when(a.date), when(b.date));
        if x.is_day() && x == y {
            return (self.rank(b), a.id) > (self.rank(a), b.id);
        }
        x.first() > y.last()
    }

    pub fn own(row: &Row) -> bool {
        ["demand", "draft", "offer", "red_line"].contains(&row.kind)
    }

    /// Whether a row of the line of an actor can set its position.
    pub fn sets(&self, actor: &str, row: &Row) -> bool {
        let principal = |to: &str| to != actor && self.principals.contains(&to);
        let to_the_other = row.to.is_empty() || row.to.split(';').any(principal);
        self.of(actor, row) && Self::own(row) && row.ask.is_some() && !row.accepts && to_the_other
    }

    /// Whether a row is on the line of an actor.
    pub fn of(&self, actor: &str, row: &Row) -> bool {
        row.actor == actor && row.issue == self.issue
    }

    /// The rows that state the position.
    pub fn deciding(&self, actor: &str, at: &str) -> Vec<&'a Row> {
        let counts = |row: &Row| self.sets(actor, row) && self.force(row, at) != Truth::No;
        let mut deciding = Vec::new();
        for row in self.rows {
            if !counts(row) {
                continue;
            }
            let mut replaced = false;
            for other in self.rows {
                if other.id != row.id && counts(other) && self.force(other, at) == Truth::Yes {
                    let (theirs, own) = (self.tier(other), self.tier(row));
                    replaced |= theirs < own || (theirs == own && self.later(other, row));
                }
            }
            if !replaced {
                deciding.push(row);
            }
        }
        deciding
    }

    pub fn position(&self, actor: &str, at: &str) -> BTreeSet<u8> {
        self.deciding(actor, at).into_iter().flat_map(Self::asks).collect()
    }

    /// The options that a row asks for.
    pub fn asks(row: &Row) -> Vec<u8> {
        row.ask.map_or(Vec::new(), |(low, best, high)| best.map_or(low..=high, |best| best..=best).collect())
    }

    pub fn tables(&self, row: &Row, option: u8) -> bool {
        match row.ask {
            Some((low, Some(best), high)) => [low, best, high].contains(&option),
            Some((low, None, high)) => self.rules == Rules::VagueOffersRelax && (low..=high).contains(&option),
            None => false,
        }
    }

    pub fn condition(row: &Row, option: u8) -> &'static str {
        match row.condition {
            Some((words, on)) if on.is_none_or(|on| on == option) => words,
            _ => "",
        }
    }

    /// Whether a row rules an option out, where what `holds` of the conditions of offers is true.
    pub fn rules_out(&self, row: &Row, option: u8, at: &str, relaxing: bool, holds: &dyn Fn(&str) -> bool) -> bool {
        if !row.out.contains(&option) {
            return false;
        }
        if !relaxing || (row.law && self.rules != Rules::LawsAreRelaxed) {
            return true;
        }
        for offer in self.rows {
            let kind = ["offer", "draft"].contains(&offer.kind)
                || (self.rules == Rules::DemandsRelax && offer.kind == "demand");
            let rank = self.rank(offer) <= self.rank(row) || self.rules == Rules::RankDoesNotMatter;
            let mut later = when(offer.date).first() > when(row.date).last();
            later |= self.rules == Rules::SameDayOffersRelax && offer.date == row.date;
            let condition = Self::condition(offer, option);
            let holds = condition.is_empty() || holds(condition);
            if self.of(row.actor, offer)
                && kind
                && rank
                && later
                && holds
                && self.tables(offer, option)
                && self.force(offer, at) == Truth::Yes
            {
                return false;
            }
        }
        true
    }

    pub fn limits(&self, actor: &str, at: &str, reading: LimitReading) -> Limits {
        let mut found = BTreeMap::new();
        let latest_only = reading == LimitReading::Latest
            || (reading == LimitReading::Accumulate && self.rules == Rules::LaterRedLineReplacesEarlier);
        for option in 1..=OPTIONS {
            for law in [false, true] {
                let mut standing: Vec<&Row> = Vec::new();
                for row in self.rows {
                    let red_line = |row: &Row| self.of(actor, row) && row.law == law && !row.out.is_empty();
                    let mut counts = red_line(row) && self.force(row, at) != Truth::No;
                    if latest_only && !law {
                        for other in self.rows {
                            counts &=
                                !(red_line(other) && self.force(other, at) == Truth::Yes && self.later(other, row));
                        }
                    }
                    if counts {
                        standing.push(row);
                    }
                }
                let closed = |hold: &[&str]| {
                    let relaxing = reading == LimitReading::Accumulate;
                    standing
                        .iter()
                        .copied()
                        .filter(|row| self.rules_out(row, option, at, relaxing, &|words| hold.contains(&words)))
                        .collect::<Vec<&Row>>()
                };
                let rows = closed(&[]);
                if !rows.is_empty() {
                    let possibly = rows.iter().all(|row| self.force(row, at) == Truth::Possibly);
                    found.insert(
                        (option, law),
                        (worlds().iter().map(|hold| !closed(hold).is_empty()).collect(), possibly),
                    );
                }
            }
        }
        found
    }

    pub fn tabled(&self, actor: &str, at: &str) -> Tabled {
        let mut found = BTreeMap::new();
        for option in 1..=OPTIONS {
            let mut rows: Vec<&Row> = Vec::new();
            for row in self.rows {
                let best = row.ask.is_some_and(|(_, best, _)| best.is_some());
                if self.of(actor, row)
                    && Self::own(row)
                    && best
                    && self.tables(row, option)
                    && when(row.date).first() <= day(at)
                {
                    rows.push(row);
                }
            }
            rows.sort_by_key(|row| (when(row.date), 10 - self.rank(row), row.id));
            if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
                let carried = rows.iter().all(|row| row.until.is_some_and(|until| come(until, at) == Truth::Yes));
                let condition = Self::condition(last, option).to_owned();
                let ids = rows.iter().map(|row| row.id).collect();
                found.insert(option, (first.date.to_owned(), last.date.to_owned(), condition, carried, ids));
            }
        }
        found
    }

    pub fn read(&self, actor: &str, at: &str) -> Reading {
        Reading {
            position: self.position(actor, at),
            limits: READINGS.iter().map(|reading| self.limits(actor, at, *reading)).collect(),
            tabled: self.tabled(actor, at),
        }
    }
}

pub const READINGS: [LimitReading; 3] = [LimitReading::Accumulate, LimitReading::Latest, LimitReading::NeverRelaxed];

/// Which of the words x, y and z are true, in all combinations.
pub fn worlds() -> Vec<Vec<&'static str>> {
    let holds = |world: u8| ["x", "y", "z"].into_iter().enumerate().filter(move |(place, _)| world & (1 << place) != 0);
    (0..8).map(|world| holds(world).map(|(_, word)| word).collect()).collect()
}

/// Whether a printed condition holds: `x`, `x, or y`, `(x, or y) and z`.
pub fn is_met(text: &str, hold: &[&str]) -> bool {
    let any_of = |part: &str| part.trim_matches(['(', ')']).split(", or ").any(|word| hold.contains(&word));
    text.split(" and ").all(any_of)
}
