//! The stance engine against a plain reading of the rules: loops over rows, nothing shared with it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::gap::{self, Gap};
use detente_analysis::stance::{self, LimitReading};
use detente_case::issue::{OptionPlace, OptionSet};
use detente_case::{Case, When};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use support::random::{DAYS, OPTIONS, RandomCase, Row, cases, config};
use support::{day, issue, record};

/// The rules as they are written, and ways to get them wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Rules {
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
enum Truth {
    No,
    Possibly,
    Yes,
}

fn when(text: &str) -> When {
    When::parse(text).unwrap()
}

fn come(date: &str, at: &str) -> Truth {
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
type Limits = BTreeMap<(u8, bool), (Vec<bool>, bool)>;

/// Option; first and last date, condition of the last, carried, rows.
type Tabled = BTreeMap<u8, (String, String, String, bool, BTreeSet<usize>)>;

/// What a plain reading gives for an actor at a day.
#[derive(PartialEq, Eq, Debug)]
struct Reading {
    position: BTreeSet<u8>,
    /// Under each reading of limits.
    limits: Vec<Limits>,
    tabled: Tabled,
}

struct Oracle<'a> {
    rows: &'a [Row],
    tiers: bool,
    rules: Rules,
}

impl Oracle<'_> {
    fn rank(&self, row: &Row) -> u8 {
        row.rank.unwrap_or(6)
    }

    fn tier(&self, row: &Row) -> u8 {
        match (self.tiers, self.rank(row)) {
            (_, _) if self.rules == Rules::RankDoesNotMatter => 0,
            (true, 1 | 2) => 1,
            (true, 3 | 4) => 2,
            (true, 5) => 3,
            (true, _) => 4,
            (false, rank) => rank,
        }
    }

    fn force(&self, row: &Row, at: &str) -> Truth {
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
    fn later(&self, a: &Row, b: &Row) -> bool {
        let (x, y) = (when(a.date), when(b.date));
        if x.is_day() && x == y {
            return (self.rank(b), a.id) > (self.rank(a), b.id);
        }
        x.first() > y.last()
    }

    fn own(row: &Row) -> bool {
        ["demand", "draft", "offer", "red_line"].contains(&row.kind)
    }

    fn position(&self, actor: &str, at: &str) -> BTreeSet<u8> {
        let counts = |row: &Row| {
            let to_the_other = row.to.is_empty() || row.to.split(';').any(|to| (to == "A" || to == "B") && to != actor);
            row.actor == actor
                && Self::own(row)
                && row.ask.is_some()
                && !row.accepts
                && to_the_other
                && self.force(row, at) != Truth::No
        };
        let mut options = BTreeSet::new();
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
            if let (false, Some((low, best, high))) = (replaced, row.ask) {
                options.extend(best.map_or(low..=high, |best| best..=best));
            }
        }
        options
    }

    fn tables(&self, row: &Row, option: u8) -> bool {
        match row.ask {
            Some((low, Some(best), high)) => [low, best, high].contains(&option),
            Some((low, None, high)) => self.rules == Rules::VagueOffersRelax && (low..=high).contains(&option),
            None => false,
        }
    }

    fn condition(row: &Row, option: u8) -> &'static str {
        match row.condition {
            Some((words, on)) if on.is_none_or(|on| on == option) => words,
            _ => "",
        }
    }

    /// Whether a row rules an option out while the words in `hold` are true.
    fn rules_out(&self, row: &Row, option: u8, at: &str, relaxing: bool, hold: &[&str]) -> bool {
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
            let holds = condition.is_empty() || hold.contains(&condition);
            if offer.actor == row.actor
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

    fn limits(&self, actor: &str, at: &str, reading: LimitReading) -> Limits {
        let mut found = BTreeMap::new();
        let latest_only = reading == LimitReading::Latest
            || (reading == LimitReading::Accumulate && self.rules == Rules::LaterRedLineReplacesEarlier);
        for option in 1..=OPTIONS {
            for law in [false, true] {
                let mut standing: Vec<&Row> = Vec::new();
                for row in self.rows {
                    let red_line = |row: &Row| row.actor == actor && row.law == law && !row.out.is_empty();
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
                        .filter(|row| self.rules_out(row, option, at, relaxing, hold))
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

    fn tabled(&self, actor: &str, at: &str) -> Tabled {
        let mut found = BTreeMap::new();
        for option in 1..=OPTIONS {
            let mut rows: Vec<&Row> = Vec::new();
            for row in self.rows {
                let best = row.ask.is_some_and(|(_, best, _)| best.is_some());
                if row.actor == actor
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

    fn read(&self, actor: &str, at: &str) -> Reading {
        Reading {
            position: self.position(actor, at),
            limits: READINGS.iter().map(|reading| self.limits(actor, at, *reading)).collect(),
            tabled: self.tabled(actor, at),
        }
    }
}

const READINGS: [LimitReading; 3] = [LimitReading::Accumulate, LimitReading::Latest, LimitReading::NeverRelaxed];

/// Which of the words x, y and z are true, in all combinations.
fn worlds() -> Vec<Vec<&'static str>> {
    let holds = |world: u8| ["x", "y", "z"].into_iter().enumerate().filter(move |(place, _)| world & (1 << place) != 0);
    (0..8).map(|world| holds(world).map(|(_, word)| word).collect()).collect()
}

/// Whether a printed condition holds: `x`, `x, or y`, `(x, or y) and z`.
fn is_met(text: &str, hold: &[&str]) -> bool {
    let any_of = |part: &str| part.trim_matches(['(', ')']).split(", or ").any(|word| hold.contains(&word));
    text.split(" and ").all(any_of)
}

/// What the engine gives.
fn engine(case: &Case, id: &str, at: &str) -> Reading {
    let (record, issue) = (record(case), issue(case, "i"));
    let Some((actor, _)) = case.actors.with_ids().find(|(_, actor)| *actor.id == *id) else {
        return Reading { position: BTreeSet::new(), limits: vec![BTreeMap::new(); 3], tabled: BTreeMap::new() };
    };
    let number = |option: OptionPlace| option.0 + 1;
    let position = stance::position(record, actor, issue, day(at)).map(|held| held.options).unwrap_or_default();
    let limits = |reading: &LimitReading| {
        let limits = stance::limits(record, actor, issue, day(at), *reading);
        let closed = |limit: &stance::Limit| {
            worlds().iter().map(|hold| limit.relaxed_if.as_ref().is_none_or(|text| !is_met(text, hold))).collect()
        };
        limits.iter().map(|limit| ((number(limit.option), limit.law), (closed(limit), limit.possibly))).collect()
    };
    let tabled = stance::tabled(record, actor, issue, day(at));
    let row_number =
        |id: &detente_case::Id<detente_case::position::Position>| case.positions[*id].id[1..].parse().unwrap();
    Reading {
        position: position.iter().map(number).collect(),
        limits: READINGS.iter().map(limits).collect(),
        tabled: tabled
            .iter()
            .map(|t| {
                let rows = t.rows.iter().map(row_number).collect();
                (number(t.option), (t.first.to_string(), t.last.to_string(), t.condition.clone(), t.carried, rows))
            })
            .collect(),
    }
}

fn differs(random: &RandomCase, rules: Rules) -> Option<String> {
    let case = random.small().case();
    let oracle = Oracle { rows: &random.rows, tiers: random.tiers, rules };
    for at in DAYS {
        for actor in ["A", "B", "C"] {
            let (expected, found) = (oracle.read(actor, at), engine(&case, actor, at));
            if expected != found {
                return Some(format!("{actor} at {at}:\nby the rules {expected:?}\nby the engine {found:?}"));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn the_engine_gives_what_a_plain_reading_of_the_rules_gives(random in cases()) {
        let difference = differs(&random, Rules::AsWritten);
        let rows: Vec<String> = random.rows.iter().map(Row::line).collect();
        prop_assert!(difference.is_none(), "{}\n{}", rows.join("\n"), difference.unwrap_or_default());
    }

    #[test]
    fn a_gap_is_the_least_and_the_greatest_distance_of_all_pairs(a in any::<u64>(), b in any::<u64>(), fewer in 0..64_u32) {
        let set = |bits: u64| (0..64).filter(|o| bits.rotate_left(*o) & 1 == 1).map(|o| OptionPlace(o as u8)).collect::<OptionSet>();
        let (a, b) = (a & b.rotate_left(fewer) & b.rotate_right(7), b & a.rotate_left(fewer + 3));
        for (a, b) in [(set(a), set(b)), (set(a), set(a)), (set(a), OptionSet::EMPTY)] {
            let mut pairs = Vec::new();
            for x in a.iter() {
                for y in b.iter() {
                    pairs.push(u32::from(x.0.max(y.0) - x.0.min(y.0)));
                }
            }
            let expected = pairs.iter().min().zip(pairs.iter().max());
            let expected = expected.map(|(least, greatest)| Gap { steps_min: *least, steps_max: *greatest });
            prop_assert_eq!(gap::between(a, b), expected);
        }
    }
}

#[test]
fn a_rule_that_is_got_wrong_is_found_out() {
    for rules in [
        Rules::DemandsRelax,
        Rules::RankDoesNotMatter,
        Rules::LaterRedLineReplacesEarlier,
        Rules::SameDayOffersRelax,
        Rules::VagueOffersRelax,
        Rules::LawsAreRelaxed,
        Rules::LapsedRowsStillStand,
    ] {
        let mut runner = TestRunner::new(config(1));
        let found = (0..1000).any(|_| differs(&cases().new_tree(&mut runner).unwrap().current(), rules).is_some());
        assert!(found, "{rules:?}");
    }
}
