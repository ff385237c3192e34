//! What blocks and what would unblock, on small cases with answers by hand and on the flagship.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use detente_analysis::about::Settings;
use detente_analysis::blocks::{self, Blocks, BothVerdict, Reading, ReadingNow};
use detente_analysis::unlock::{self, What};
use detente_case::{Case, Moment, When, bundled, load};
use support::{moment, small};

fn blocks_at(case: &Case, at: &str) -> Blocks {
    blocks::blocks(case, moment(case, at))
}

fn first(blocks: &Blocks) -> &ReadingNow {
    &blocks.limits[0]
}

fn sets(told: &ReadingNow) -> Vec<String> {
    let name = |set: &Vec<blocks::DemandNow>| {
        let each = set.iter().map(|of| format!("{}:{}", of.actor.as_deref().unwrap(), of.issue.as_deref().unwrap()));
        each.collect::<Vec<_>>().join(" ")
    };
    told.conflict_sets.iter().map(name).collect()
}

#[test]
fn limits_that_leave_nothing_block_from_the_day_of_the_later_one() {
    let case = small().says("2022-01-10 A red_line - out=o4;o5\n2022-02-10 B red_line - out=o1;o2;o3").case();
    let told = blocks_at(&case, "2022-12-31");
    assert!(first(&told).blocked);
    assert_eq!(sets(first(&told)), ["A:i B:i"]);
    assert_eq!(first(&told).steps[0].pairs, [[0, 1], [1, 0]]);
    let periods: Vec<(&str, bool)> = told.periods.iter().map(|period| (period.from.as_str(), period.blocked)).collect();
    assert_eq!(periods, [("2022-01-01", false), ("2022-02-10", true)]);
    assert_eq!(told.periods[1].rows, ["s2"]);
}

#[test]
fn silence_rules_nothing_out_and_is_not_tested() {
    let case = small().says("2022-01-10 A red_line - out=o1;o2;o3;o4;o5").case();
    let told = blocks_at(&case, "2022-12-31");
    assert_eq!((told.coverage.tested, told.coverage.issues), (0, 1));
    assert!(first(&told).blocked, "one side alone has ruled out everything");
    assert!(first(&told).steps[0].pairs.is_empty());
}

#[test]
fn a_conditional_offer_ties_issues_together() {
    let case = small()
        .issue("j", "k", 3, "political")
        .says(
            "2022-01-10 A red_line - out=o1;o2
             2022-01-10 B red_line - out=o3;o4;o5
             2022-02-10 B offer o3 if=j=k3
             2022-01-10 A red_line - out=k3 on=j",
        )
        .case();
    let told = blocks_at(&case, "2022-12-31");
    assert_eq!(sets(first(&told)), ["A:i B:i A:j"]);
    let shares: Vec<&str> = first(&told).sticking.iter().filter_map(|point| point.fraction.as_deref()).collect();
    assert_eq!(shares, ["1/2", "1/2"]);
    let before = blocks_at(&case, "2022-02-01");
    assert_eq!(sets(first(&before)), ["A:i B:i"]);
}

#[test]
fn a_condition_in_words_leaves_the_option_open_and_is_told() {
    let case = small()
        .says(
            "2022-01-10 A red_line - out=o1;o2
             2022-01-10 B red_line - out=o3;o4;o5
             2022-02-10 B offer o3 if='a_referendum'",
        )
        .case();
    let told = blocks_at(&case, "2022-12-31");
    assert!(!first(&told).blocked);
    assert_eq!(first(&told).open_in_words[0].option, "o3");
}

#[test]
fn a_report_relaxes_only_in_its_own_reading() {
    let case = small()
        .says(
            "2022-01-10 A red_line - out=o1;o2
             2022-01-10 B red_line - out=o3;o4;o5
             2022-02-10 B reported o3 rank=-",
        )
        .case();
    let told = blocks_at(&case, "2022-12-31");
    let blocked = |reported: bool| {
        let of = |told: &&ReadingNow| told.reading == Reading { reported, ..Reading::FIRST };
        told.limits.iter().find(of).unwrap().blocked
    };
    assert!(blocked(false));
    assert!(!blocked(true));
}

#[test]
fn both_must_move_is_counted_from_what_each_has_tabled() {
    let case = small()
        .says(
            "2022-01-01 A demand o1
             2022-01-01 B demand o5
             2022-01-10 A red_line - out=o2;o3;o4;o5
             2022-01-10 B red_line - out=o1;o2;o3;o4",
        )
        .case();
    let both = &first(&blocks_at(&case, "2022-12-31")).both_must_move.clone();
    assert_eq!(both.verdict, BothVerdict::Holds);
    assert_eq!((both.least_m["A"], both.least_m["B"], both.least_m["jointly"]), (Some(4), Some(4), Some(2)));
}

#[test]
fn unlock_says_which_limit_would_have_to_move_and_whether_a_law() {
    let case = small()
        .says(
            "2022-01-10 A red_line - out=o4;o5
             2022-01-10 B red_line - out=o1;o2;o3 law",
        )
        .case();
    let told = unlock::unlock(&case, moment(&case, "2022-12-31"), Settings::default());
    assert_eq!(told.steps.frontier, [[0, 1], [1, 0]]);
    let whats: Vec<(&str, What, &str)> =
        told.steps.moves.iter().flatten().map(|part| (part.actor.as_str(), part.what, part.to.as_str())).collect();
    assert_eq!(whats, [("B", What::Law, "o3"), ("A", What::Limit, "o4")]);
    assert!(!told.steps_without_law.blocked);
}

fn flagship() -> Case {
    load(&bundled::folder("russia-ukraine").unwrap(), |_| {}).case.unwrap()
}

fn day(text: &str) -> detente_case::Day {
    When::parse(text).unwrap().last()
}

#[test]
fn the_flagship_is_blocked_on_five_issues_at_the_end_of_2023() {
    let case = flagship();
    let told = blocks::blocks(&case, Moment::new(&case, Some(day("2023-12-31")), None));
    assert_eq!((told.coverage.tested, told.coverage.issues), (15, 18));
    let issues =
        ["territory_crimea", "territory_donbas", "territory_zap_kherson", "nato_neutrality", "language_culture"];
    let sticking: Vec<&str> = first(&told).sticking.iter().map(|point| point.issue.as_str()).collect();
    assert_eq!(sticking, issues);
    assert!(first(&told).joint.iter().all(|joint| joint.steps.iter().sum::<u32>() == 22));
    let both = &first(&told).both_must_move;
    assert_eq!((both.least_m["Russia"], both.least_m["Ukraine"], both.least_m["jointly"]), (Some(6), Some(6), Some(3)));
    let blocked: Vec<&str> =
        told.periods.iter().filter(|period| period.blocked).map(|period| period.from.as_str()).collect();
    assert_eq!(blocked, ["2022-04-12", "2022-09-30", "2022-11-15", "2023-12-14"]);
    assert!(told.periods[1].issues_without_law.is_empty());
}

#[test]
fn what_becomes_known_later_changes_nothing() {
    let case = flagship();
    let at = Moment::new(&case, Some(day("2022-12-31")), None);
    let early: std::collections::BTreeSet<String> = {
        let told = blocks::blocks(&case, at);
        told.limits.iter().flat_map(|told| &told.conflict_sets).flatten().flat_map(|of| of.rows.clone()).collect()
    };
    let known =
        |id: &str| case.positions.iter().find(|row| *row.id == *id).unwrap().known_from.last() <= day("2022-12-31");
    assert!(!early.is_empty() && early.iter().all(|row| known(row)));
}
