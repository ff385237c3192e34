//! The stance engine against a plain reading of the rules: loops over rows, nothing shared with it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use std::collections::BTreeMap;

use detente_analysis::gap::{self, Gap};
use detente_analysis::stance::{self, LimitReading};
use detente_case::Case;
use detente_case::issue::{OptionPlace, OptionSet};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use support::plain::{Oracle, READINGS, Reading, Rules, is_met, worlds};
use support::random::{DAYS, RandomCase, Row, cases, config};
use support::{day, issue, record};

/// What the engine gives.
fn engine(case: &Case, id: &str, at: &str) -> Reading {
    let (record, issue) = (record(case), issue(case, "i"));
    let Some((actor, _)) = case.actors.with_ids().find(|(_, actor)| *actor.id == *id) else {
        return Reading { position: Default::default(), limits: vec![BTreeMap::new(); 3], tabled: BTreeMap::new() };
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
    let oracle = Oracle { rows: &random.rows, issue: "i", principals: &["A", "B"], tiers: random.tiers, rules };
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
        let found = (0..5000).any(|_| differs(&cases().new_tree(&mut runner).unwrap().current(), rules).is_some());
        assert!(found, "{rules:?}");
    }
}
