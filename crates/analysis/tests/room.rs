//! The room that numbers leave: small cases by hand, a plain oracle that lists every package, and laws.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use std::collections::BTreeMap;

use detente_analysis::blocks::{Bounds, Lines, Reading, Words};
use detente_analysis::ensemble::Budget;
use detente_analysis::progress::go_on;
use detente_analysis::room::{Effort, RoomNow, Values, ValuesError, of_view, values};
use detente_analysis::view::{LimitsUse, OneSided, View, ViewError};
use detente_analysis::zone::{From, Thresholds, Verdict, Zone, thresholds};
use detente_case::issue::OptionPlace;
use detente_case::{Case, Id};
use proptest::prelude::*;
use support::random::config;
use support::{Files, day, loaded, record, small};

const EFFORT: Effort = Effort { seed: 1, budget: Budget { draws: 200, time: None }, alone: 20, points: 0, turns: true };

fn with_words<T>(case: &Case, of: impl FnOnce(&Words<'_, '_>, &Bounds) -> T) -> T {
    let lines = Lines::new(record(case));
    let words = Words::new(&lines, day("2022-12-31"));
    let bounds = words.bounds(Reading::FIRST);
    of(&words, &bounds)
}

fn try_values(case: &Case) -> Result<Values, ValuesError> {
    with_words(case, |words, bounds| values(words, bounds, &[], EFFORT, &mut go_on))
}

fn values_of(case: &Case) -> Values {
    try_values(case).unwrap()
}

fn said(rows: &str) -> Values {
    values_of(&small().says(rows).case())
}

fn with_file(rows: &str, extra: &[(&str, &str)]) -> Case {
    let mut files: Files = small().says(rows).files();
    for (name, text) in extra {
        files.insert((*name).to_owned(), (*text).to_owned());
    }
    loaded(&files)
}

fn lifted(values: &Values) -> &RoomNow {
    values.rooms.iter().find(|room| room.limits == LimitsUse::Lifted).unwrap()
}

#[test]
fn opposite_ends_are_their_own_benchmark() {
    let values = said("2022-01-01 A demand o1\n2022-01-01 B demand o5");
    let stairs = vec![vec![1.0, 0.0], vec![0.75, 0.25], vec![0.5, 0.5], vec![0.25, 0.75], vec![0.0, 1.0]];
    assert_eq!(values.staircase, stairs);
    assert_eq!(values.benchmark, stairs);
    assert_eq!((values.equal_share, values.room), (0.5, Some(0.0)));
    assert_eq!(values.rooms[0].least_slack, Some(0.0));
    assert_eq!(values.zone, None);
}

#[test]
fn asks_short_of_the_ends_leave_room() {
    let values = said("2022-01-01 A demand o2\n2022-01-01 B demand o4");
    let third = 0.333333333;
    assert_eq!(values.staircase, vec![vec![1.0, third], vec![0.666666667, 0.666666667], vec![third, 1.0]]);
    assert_eq!(values.room, Some(0.166666667));
    // From the benchmark's (0.75, 0.25): one side has all, the other rises from 0.25 to a third.
    assert_eq!(values.rooms[0].least_slack, Some(0.083333333));
    let critical: Vec<Option<f64>> = values.critical.iter().take(3).map(|critical| critical.value).collect();
    assert_eq!(critical, [Some(0.666666667); 3]);
}

#[test]
fn limits_lower_the_staircase_or_leave_none() {
    let asks = "2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-01-02 B red_line - out=o1;o2;o3";
    let kept = said(asks);
    assert_eq!(kept.staircase, vec![vec![0.25, 0.75], vec![0.0, 1.0]]);
    assert_eq!((kept.room, lifted(&kept).room), (Some(-0.25), Some(0.0)));
    let blocked = said(&format!("{asks}\n2022-01-02 A red_line - out=o4;o5"));
    assert!(blocked.staircase.is_empty() && blocked.rooms[0].blocked);
    assert_eq!((blocked.room, lifted(&blocked).room), (None, Some(0.0)));
    assert_eq!(blocked.influence_of, LimitsUse::Lifted);
}

#[test]
fn an_issue_outside_can_block_all_packages() {
    let rows = "2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-01-01 A red_line - out=k1;k2 on=k";
    let values = values_of(&small().issue("k", "k", 2, "political").says(rows).case());
    assert!(values.rooms[0].blocked && !lifted(&values).blocked);
}

#[test]
fn without_a_difference_there_are_no_values() {
    let none = |rows: &str| try_values(&small().says(rows).case()).unwrap_err();
    let nothing = ValuesError::View(ViewError::NothingContested);
    assert_eq!(none("2022-01-01 A demand o1\n2022-01-01 B demand o1"), nothing);
    assert_eq!(none("2022-01-01 A demand o1"), nothing);
    assert_eq!(none(""), nothing);
}

#[test]
fn a_single_principal_or_option_is_no_fault_of_the_program() {
    let alone = small().setting("principals = [\"A\"]").says("2022-01-01 A demand o1").case();
    assert_eq!(try_values(&alone), Err(ValuesError::View(ViewError::Principals(1))));
    let one_option =
        small().issue("k", "k", 1, "political").says("2022-01-01 A demand k1 on=k\n2022-01-01 B demand k1 on=k");
    assert_eq!(try_values(&one_option.case()), Err(ValuesError::View(ViewError::NothingContested)));
}

#[test]
fn silence_is_a_bound_on_either_side() {
    let rows = "2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-01-01 A demand k1 on=k";
    let values = values_of(&small().issue("k", "k", 3, "political").says(rows).case());
    assert_eq!((values.coverage.contested, values.coverage.one_sided), (1, 1));
    let equal = |one_sided| {
        let room = values.rooms.iter().find(|room| room.one_sided == one_sided && room.limits == LimitsUse::Kept);
        room.and_then(|room| room.equal).unwrap()
    };
    // Half the weight is on `k`. Indifferent: A has its half for nothing. Opposed: two issues of pure opposition.
    assert_eq!(equal(OneSided::LeftOut), 0.5);
    assert_eq!(equal(OneSided::Indifferent), 0.75);
    assert_eq!(equal(OneSided::Opposed), 0.5);
}

#[test]
fn three_principals_have_three_thresholds() {
    let rows = "2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-01-01 C demand o3";
    let values = values_of(&small().setting("principals = [\"A\", \"B\", \"C\"]").says(rows).case());
    // C is in the middle and has no side: 1 in the middle, falling both ways.
    assert!(values.staircase.contains(&vec![0.5, 0.5, 1.0]));
    assert_eq!(values.staircase.len(), 5);
    assert_eq!(values.rooms[0].equal, Some(0.5));
}

#[test]
fn stated_weights_and_values_are_used() {
    let two = || {
        small().issue("k", "k", 5, "political").says(
            "2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-01-01 A demand k1 on=k\n2022-01-01 B demand k5 on=k",
        )
    };
    let weights = |salience: &str| {
        let mut files = two().files();
        files.insert("salience.csv".into(), format!("actor,issue,low,best,high,reason\n{salience}"));
        let values = values_of(&loaded(&files));
        values.issues.iter().map(|issue| issue.sides[0].weight).collect::<Vec<f64>>()
    };
    assert_eq!(weights(""), [0.5, 0.5]);
    assert_eq!(weights("A,i,3,3,3,r\nA,k,1,1,1,r\n"), [0.75, 0.25]);
    // What is not stated counts as the mean of what is.
    assert_eq!(weights("A,i,3,3,3,r\n"), [0.5, 0.5]);
    assert_eq!(weights("A,i,0,0,0,r\nA,k,0,0,0,r\n"), [0.5, 0.5]);

    let mut files = two().files();
    files.insert("values.csv".into(), "actor,issue,option,low,best,high,reason\nA,i,o2,0.1,0.125,0.2,r\n".into());
    let values = values_of(&loaded(&files));
    assert_eq!(values.issues[0].sides[0].values, [1.0, 0.125, 0.5, 0.25, 0.0]);
    assert!(values.assumptions.iter().any(|of| of.input == "value/A/i/o2" && of.low == Some(0.1)));
}

#[test]
fn options_that_collide_with_a_norm_are_counted_and_left_out() {
    let mut files = small().says("2022-01-01 A demand o1\n2022-01-01 B demand o5").files();
    let issues =
        "issue,option,order,place,norm_flag\ni,o1,1,0,\ni,o2,2,25,\ni,o3,3,50,some norm\ni,o4,4,75,\ni,o5,5,100,\n";
    files.insert("issues.csv".into(), issues.into());
    let values = values_of(&loaded(&files));
    let equal = |flagged| values.rooms.iter().find(|room| room.norm_flagged == flagged).and_then(|room| room.equal);
    assert_eq!((equal(true), equal(false)), (Some(0.5), Some(0.25)));
}

// The zone.

const ENDS: &str = "2022-01-01 A demand o1\n2022-01-01 B demand o5";

fn zone_of(extra: &[(&str, &str)]) -> (Zone, Values) {
    let values = values_of(&with_file(ENDS, extra));
    (values.zone.clone().unwrap(), values)
}

fn alternatives(rows: &str) -> (&'static str, String) {
    ("alternatives.csv", format!("actor,low,best,high,reason\n{rows}"))
}

#[test]
fn a_zone_is_what_both_accept() {
    let (name, rows) = alternatives("A,0.3,0.3,0.3,r\nB,0.4,0.4,0.4,r\n");
    let (zone, values) = zone_of(&[(name, &rows)]);
    assert_eq!(zone.ways[0].slack, Some(0.1));
    assert_eq!(zone.premium_at_which_it_vanishes, Some(0.1));
    let critical: Vec<Option<f64>> = zone.critical.iter().map(|critical| critical.value).collect();
    assert_eq!(critical, [Some(0.5), Some(0.5)]);
    let solutions = values.solutions.unwrap();
    assert_eq!(solutions.nash.tied.len(), 1);
    assert_eq!(solutions.nash.tied[0].worth, [0.5, 0.5]);
    assert_eq!(solutions.nash.tied[0].package, [["i", "o3"]]);
    assert_eq!(solutions.disagreement, [0.3, 0.4]);
    // Places are uncertain, so whether some option is worth enough to both is not determined.
    assert_eq!(zone.verdict, Verdict::NotDetermined);
}

#[test]
fn the_verdict_is_that_of_all_draws() {
    let verdict = |rows: &str| {
        let (name, rows) = alternatives(rows);
        zone_of(&[(name, &rows)]).0
    };
    let sure = verdict("A,0,0,0,r\nB,0.1,0.5,1,r\n");
    assert_eq!((sure.verdict, sure.chance.probability), (Verdict::Zone, 1.0));
    let never = verdict("A,0.8,0.9,1,r\nB,0.8,0.9,1,r\n");
    assert_eq!((never.verdict, never.chance.probability), (Verdict::NoZone, 0.0));
    assert!(never.chance.mc_error > 0.0 && never.premium_at_which_it_vanishes.is_none());
    // A side of which nothing is stated has anything.
    let open = verdict("A,0.3,0.3,0.3,r\n");
    assert_eq!(open.decided_by.as_deref(), Some("B"));
    assert!(open.assumptions.iter().any(|of| of.input == "alternative/B" && of.high == Some(1.0)));
}

#[test]
fn limits_that_exclude_all_leave_no_zone() {
    let rows = format!("{ENDS}\n2022-01-02 A red_line - out=o3;o4;o5\n2022-01-02 B red_line - out=o1;o2");
    let (name, stated) = alternatives("A,0,0,0,r\nB,0,0,0,r\n");
    let zone = values_of(&with_file(&rows, &[(name, &stated)])).zone.unwrap();
    assert_eq!((zone.verdict, zone.ways[0].slack), (Verdict::NoZone, None));
    assert_eq!((zone.ways[1].verdict, zone.influence_of), (Verdict::Zone, LimitsUse::Lifted));
}

#[test]
fn a_premium_needs_more_and_an_assurance_takes_off_from_it() {
    let (name, stated) = alternatives("A,0.3,0.3,0.3,r\nB,0.4,0.4,0.4,r\n");
    let trust = ("trust.csv", "from,to,low,best,high,reason\nA,B,0.5,0.5,0.5,r\n");
    let exposure = ("exposure.csv", "actor,issue,option,low,best,high,reason\nA,i,o3,0.3,0.3,0.3,r\n");
    // ((1 − 0.5)/0.5)·0.3 on top of 0.3: A needs 0.6 of an option worth 0.5. Of o4 it needs 0.3, and has 0.25.
    let (zone, _) = zone_of(&[(name, &stated), trust, exposure]);
    assert_eq!(zone.ways[0].slack, Some(-0.05));
    assert_eq!(zone.premium_at_which_it_vanishes, Some(0.1));
    let assured = |off: &str| {
        let rows = format!("issue,option,for_actor,low,best,high,reason\ni,o3,A,{off},{off},{off},r\n");
        zone_of(&[(name, &stated), trust, exposure, ("assurances.csv", &rows)])
    };
    let (zone, values) = assured("0.15");
    assert_eq!(zone.ways[0].slack, Some(0.05));
    assert_eq!(zone.without_assurances.and_then(|zone| zone.slack), Some(-0.05));
    assert_eq!(values.solutions.unwrap().nash.tied[0].worth, [0.35, 0.5]);
    // A premium does not fall below 0: an assurance is no gain of its own.
    assert_eq!(assured("0.9").0.ways[0].slack, Some(0.1));
}

fn thresholds_of(case: &Case) -> Thresholds {
    with_words(case, |words, bounds| {
        let view = View::new(words, bounds, &[], OneSided::LeftOut).unwrap();
        thresholds(words, &view).unwrap()
    })
}

#[test]
fn the_least_shifts_come_down_from_the_full_ask_or_from_alternatives() {
    let full = thresholds_of(&with_file(ENDS, &[]));
    assert_eq!((full.rule, full.thresholds.as_slice()), (From::FullAsk, &[1.0, 1.0][..]));
    assert_eq!(full.frontier, vec![vec![0.0, 1.0], vec![0.25, 0.75], vec![0.5, 0.5], vec![0.75, 0.25], vec![1.0, 0.0]]);
    assert_eq!(full.opens[1], [["i", "o2"]]);
    assert_eq!((full.examined, full.priced), (5, None));

    let (name, stated) = alternatives("A,0.8,0.8,0.8,r\nB,0.3,0.3,0.3,r\n");
    let from = thresholds_of(&with_file(ENDS, &[(name, &stated)]));
    assert_eq!(from.rule, From::Alternatives);
    assert_eq!(from.frontier, vec![vec![0.0, 0.3], vec![0.05, 0.05], vec![0.3, 0.0]]);
}

#[test]
fn a_single_shift_needs_prices_for_all() {
    let priced = |prices: &[(&str, &str)]| {
        let text: String = prices
            .iter()
            .map(|(actor, amount)| {
                format!("\n[[price]]\nactor = \"{actor}\"\nper = \"threshold\"\namount = {amount}\nreason = \"r\"\n")
            })
            .collect();
        thresholds_of(&small().method(&text).says(ENDS).case()).priced
    };
    assert_eq!(priced(&[("A", "1")]), None);
    let found = priced(&[("A", "3"), ("B", "1")]).unwrap();
    assert_eq!((found.cost, found.shifts), (1.0, vec![vec![0.0, 1.0]]));
    let tied = priced(&[("A", "1"), ("B", "1")]).unwrap();
    assert_eq!((tied.cost, tied.shifts.len()), (1.0, 5));
}

// Laws, on random cases of two sides and three issues.

const ISSUES: [(&str, &str, u8); 3] = [("i", "o", 5), ("k", "k", 5), ("l", "l", 3)];

/// Options asked for (least and greatest, from 1) and ruled out, by issue and side; and an offer on a condition.
#[derive(Clone, Debug)]
struct Said {
    asks: Vec<[Option<(u8, u8)>; 2]>,
    out: Vec<[Vec<u8>; 2]>,
    /// A offers this option of `i` on the condition of this option of `k`.
    offer: Option<(u8, u8)>,
}

fn cases() -> impl Strategy<Value = Said> {
    let ask = proptest::option::weighted(0.9, (1..=5_u8, 1..=5_u8));
    let out = proptest::collection::btree_set(1..=5_u8, 0..3);
    let asks = proptest::collection::vec((ask.clone(), ask), 3);
    let outs = proptest::collection::vec((out.clone(), out), 3);
    (asks, outs, proptest::option::of((1..=5_u8, 1..=5_u8))).prop_map(|(asks, outs, offer)| {
        let fit = |place: usize, option: u8| option.min(ISSUES[place].2);
        let ask = |place: usize, ask: Option<(u8, u8)>| ask.map(|(a, b)| (fit(place, a.min(b)), fit(place, a.max(b))));
        let out = |place: usize, out: std::collections::BTreeSet<u8>| {
            out.into_iter().filter(|option| *option <= ISSUES[place].2).collect::<Vec<u8>>()
        };
        Said {
            asks: asks.into_iter().enumerate().map(|(place, (a, b))| [ask(place, a), ask(place, b)]).collect(),
            out: outs.into_iter().enumerate().map(|(place, (a, b))| [out(place, a), out(place, b)]).collect(),
            offer,
        }
    })
}

impl Said {
    fn case(&self) -> Case {
        let mut rows = String::new();
        for (place, (issue, letter, _)) in ISSUES.iter().enumerate() {
            for (side, actor) in ["A", "B"].iter().enumerate() {
                if let Some((low, high)) = self.asks[place][side] {
                    rows.push_str(&format!("2022-01-01 {actor} demand {letter}{low}..{letter}{high} on={issue}\n"));
                }
                if !self.out[place][side].is_empty() {
                    let out: Vec<String> =
                        self.out[place][side].iter().map(|option| format!("{letter}{option}")).collect();
                    rows.push_str(&format!("2022-01-02 {actor} red_line - out={} on={issue}\n", out.join(";")));
                }
            }
        }
        if let Some((option, on)) = self.offer {
            rows.push_str(&format!("2022-02-01 A offer o{option} on=i if=k=k{on}\n"));
        }
        small().issue("k", "k", 5, "political").issue("l", "l", 3, "political").actors(&["A", "B"]).says(&rows).case()
    }

    /// Sides swapped and orders reversed. Without the offer, which only A makes.
    fn mirrored(&self) -> Said {
        let turned = |place: usize, option: u8| ISSUES[place].2 + 1 - option;
        let ask =
            |place: usize, ask: Option<(u8, u8)>| ask.map(|(low, high)| (turned(place, high), turned(place, low)));
        let out = |place: usize, out: &[u8]| out.iter().rev().map(|option| turned(place, *option)).collect::<Vec<u8>>();
        Said {
            asks: self.asks.iter().enumerate().map(|(place, [a, b])| [ask(place, *b), ask(place, *a)]).collect(),
            out: self.out.iter().enumerate().map(|(place, [a, b])| [out(place, b), out(place, a)]).collect(),
            offer: None,
        }
    }
}

/// The greatest common threshold of both sides and that of the benchmark, by listing every package; limits kept or lifted.
fn plain(words: &Words<'_, '_>, bounds: &Bounds, kept: bool) -> Option<(Option<f64>, f64)> {
    let case = words.record.case;
    let issues: Vec<Id<detente_case::issue::Issue>> = case.issues.ids().collect();
    let ends = |issue, side: usize| {
        let held = words.stance(issue, side).position.as_ref()?;
        Some((f64::from(held.options.lowest()?.0), f64::from(held.options.highest()?.0)))
    };
    // By contested issue: the value of an option to each side, and in the benchmark.
    let mut worth: BTreeMap<usize, Vec<[f64; 4]>> = BTreeMap::new();
    for issue in &issues {
        let (Some(a), Some(b)) = (ends(*issue, 0), ends(*issue, 1)) else { continue };
        let sets = [0, 1].map(|side| words.stance(*issue, side).position.as_ref().map(|held| held.options));
        if sets[0] == sets[1] {
            continue;
        }
        let last = case.issues[*issue].options.len() as f64 - 1.0;
        let value = |own: (f64, f64), other: (f64, f64), option: f64, benchmark: bool| {
            let away = (own.0 + own.1) - (other.0 + other.1);
            let (low, high) = (if benchmark { 0.0 } else { own.0 }, if benchmark { last } else { own.1 });
            if away < 0.0 {
                if option <= low { 1.0 } else { (last - option) / (last - low) }
            } else if away > 0.0 {
                if option >= high { 1.0 } else { option / high }
            } else {
                let off = (own.0 - option).max(option - own.1).max(0.0);
                let reach = own.0.max(last - own.1);
                if off == 0.0 { 1.0 } else { 1.0 - off / reach }
            }
        };
        let options = (0..case.issues[*issue].options.len()).map(|option| {
            let option = option as f64;
            [
                value(a, b, option, false),
                value(b, a, option, false),
                value(a, b, option, true),
                value(b, a, option, true),
            ]
        });
        worth.insert(issue.place(), options.collect());
    }
    if worth.is_empty() {
        return None;
    }
    let counts: Vec<usize> = issues.iter().map(|issue| case.issues[*issue].options.len()).collect();
    let (mut equal, mut benchmark) = (None, 0.0_f64);
    for number in 0..counts.iter().product::<usize>() {
        let mut rest = number;
        let package: Vec<usize> = counts.iter().map(|count| (rest % count, rest /= count).0).collect();
        let holds = |issue: Id<detente_case::issue::Issue>| OptionPlace(package[issue.place()] as u8);
        let admissible = bounds
            .issues
            .iter()
            .all(|of| of.sides.iter().all(|side| side.open_in(of.all, holds).contains(holds(of.issue))));
        let sum = |at: usize| worth.iter().map(|(issue, of)| of[package[*issue]][at]).sum::<f64>() / worth.len() as f64;
        benchmark = benchmark.max(sum(2).min(sum(3)));
        if admissible || !kept {
            equal = Some(sum(0).min(sum(1)).max(equal.unwrap_or(f64::NEG_INFINITY)));
        }
    }
    Some((equal, benchmark))
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn the_room_is_that_of_all_packages_one_by_one(said in cases()) {
        let case = said.case();
        with_words(&case, |words, bounds| {
            let quick = Effort { budget: Budget { draws: 0, time: None }, alone: 0, ..EFFORT };
            let found = values(words, bounds, &[], quick, &mut go_on);
            let Some((kept, benchmark)) = plain(words, bounds, true) else {
                prop_assert_eq!(found, Err(ValuesError::View(ViewError::NothingContested)));
                return Ok(());
            };
            let found = found.unwrap();
            let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-8,
                (a, b) => a == b,
            };
            let (lifted_equal, _) = plain(words, bounds, false).unwrap();
            prop_assert!(near(Some(found.equal_share), Some(benchmark)));
            prop_assert!(near(found.rooms[0].equal, kept), "{:?} {kept:?}", found.rooms[0]);
            prop_assert!(near(lifted(&found).equal, lifted_equal));
            // Lifting limits never shrinks the room.
            prop_assert!(found.room.is_none_or(|room| Some(room) <= lifted(&found).room));
            Ok(())
        })?;
    }

    #[test]
    fn a_limit_less_never_shrinks_the_room(said in cases(), issue in 0..3_usize, side in 0..2_usize) {
        let mut fewer = said.clone();
        fewer.out[issue][side].pop();
        let quick = Effort { budget: Budget { draws: 0, time: None }, alone: 0, ..EFFORT };
        let room = |said: &Said| {
            with_words(&said.case(), |words, bounds| values(words, bounds, &[], quick, &mut go_on)).ok()
        };
        let (Some(more), Some(fewer)) = (room(&said), room(&fewer)) else { return Ok(()) };
        prop_assert!(more.room <= fewer.room);
        prop_assert!(more.rooms[0].least_slack <= fewer.rooms[0].least_slack);
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn the_mirrored_case_has_the_mirrored_room_to_the_bit(said in cases()) {
        let said = Said { offer: None, ..said };
        let (case, mirrored) = (said.case(), said.mirrored().case());
        let other = |name: &str| if name == "A" { "B".to_owned() } else { "A".to_owned() };
        let rename = |name: &str| match name.split('/').collect::<Vec<_>>()[..] {
            ["place", issue] => format!("~place/{issue}"),
            ["position", actor, issue] => format!("~position/{}/{issue}", other(actor)),
            ["weights", actor] => format!("weights/{}", other(actor)),
            ref parts => unreachable!("{parts:?}"),
        };
        let found = |case: &Case, mirror: bool| {
            with_words(case, |words, bounds| {
                let view = View::new(words, bounds, &[], OneSided::LeftOut).ok()?;
                let view = if mirror { view.renamed(rename).unwrap() } else { view };
                Some(of_view(&view, EFFORT, &mut go_on).unwrap())
            })
        };
        let (Some(plain), Some(mirror)) = (found(&case, false), found(&mirrored, true)) else { return Ok(()) };
        let turned = |points: &[Vec<f64>]| {
            points.iter().rev().map(|point| point.iter().rev().copied().collect()).collect::<Vec<Vec<f64>>>()
        };
        prop_assert_eq!(&plain.staircase, &turned(&mirror.staircase));
        prop_assert_eq!(&plain.benchmark, &turned(&mirror.benchmark));
        prop_assert_eq!(&plain.rooms, &mirror.rooms);
        prop_assert_eq!(plain.equal_share_range, mirror.equal_share_range);
        for share in &plain.shares {
            let actor = other(&share.actor);
            let same = |of: &&detente_analysis::room::ShareAt| {
                (of.limits, &of.actor, of.others) == (share.limits, &actor, share.others)
            };
            let image = mirror.shares.iter().find(same).unwrap();
            prop_assert_eq!((share.share, share.met, share.range), (image.share, image.met, image.range));
        }
    }
}

#[test]
fn one_and_two_threads_give_the_same_bytes() {
    let case = small()
        .issue("k", "k", 5, "political")
        .says("2022-01-01 A demand o1..o2\n2022-01-01 B demand o4\n2022-01-01 A demand k2 on=k\n2022-01-01 B demand k5 on=k")
        .case();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| serde_json::to_string(&values_of(&case)).unwrap())
    };
    assert_eq!(on(1), on(2));
}

#[test]
fn the_unit_of_places_changes_nothing() {
    let rows = "2022-01-01 A demand o2\n2022-01-01 B demand o5";
    let places = |places: [u8; 5]| {
        let mut issues = "issue,option,order,place\n".to_owned();
        for (number, place) in places.iter().enumerate() {
            issues.push_str(&format!("i,o{},{},{place}\n", number + 1, number + 1));
        }
        values_of(&with_file(rows, &[("issues.csv", &issues)]))
    };
    let (wide, narrow) = (places([0, 20, 50, 60, 100]), places([10, 20, 35, 40, 60]));
    assert_eq!((wide.staircase, wide.rooms), (narrow.staircase, narrow.rooms));
}

/// At weights across the range, the equal share can be had where the opening set says so.
#[test]
fn an_opening_set_holds_the_weights_with_which_the_share_can_be_had() {
    let rows = "2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-01-01 A demand k1 on=k\n2022-01-01 B demand k5 on=k\n2022-01-02 B red_line - out=o1;o2;o3";
    let case = |weight: f64| {
        let mut files = small().issue("k", "k", 5, "political").says(rows).files();
        let other = 1.0 - weight;
        let text = format!(
            "actor,issue,low,best,high,reason\nA,i,{weight},{weight},{weight},r\nA,k,{other},{other},{other},r\n"
        );
        files.insert("salience.csv".into(), text);
        values_of(&loaded(&files))
    };
    let base = case(0.5);
    let share = base.equal_share;
    let opens = &base.critical.iter().find(|of| of.input == "weights/A/i").unwrap().opens;
    let mut turns = 0;
    for step in 1..20 {
        let weight = f64::from(step) / 20.0;
        let inside = opens.iter().any(|[low, high]| (low - 1e-9..=high + 1e-9).contains(&weight));
        // The share is that of equal weights, whatever the benchmark at the other weight.
        let can = case(weight).staircase.iter().any(|point| point.iter().all(|worth| *worth >= share - 1e-9));
        assert_eq!(inside, can, "{weight} {opens:?}");
        turns += usize::from(!can);
    }
    assert!(turns > 0 && turns < 19, "{opens:?}");
}
