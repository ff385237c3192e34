//! Where an actor stands: one test a rule.

mod support;

use detente_analysis::stance::LimitReading::{Accumulate, Latest, NeverRelaxed};
use support::{ids, limits, limits_read, position, said, small, stance};

const TIERS: &str = "organ_tiers = [[1, 2], [3, 4], [5]]";

#[test]
fn the_position_is_what_the_latest_own_words_ask_for() {
    let case =
        said("2022-03-01 A demand o1\n2022-04-01 A offer o2\n2022-05-01 A draft o3\n2022-06-01 A red_line o4 out=o1");
    for (at, expected) in [
        ("2022-02-28", "silent"),
        ("2022-03-01", "o1"),
        ("2022-03-31", "o1"),
        ("2022-04-01", "o2"),
        ("2022-05-01", "o3"),
        ("2022-06-01", "o4"),
        ("2025-12-31", "o4"),
    ] {
        assert_eq!(position(&case, at), expected, "{at}");
    }
}

#[test]
fn a_red_line_that_asks_for_nothing_sets_no_position() {
    let case = said("2022-03-01 A demand o2\n2022-04-01 A red_line - out=o4;o5");
    assert_eq!(position(&case, "2022-04-01"), "o2");
    let only_limits = said("2022-04-01 A red_line - out=o4");
    assert_eq!(position(&only_limits, "2022-04-01"), "silent");
    assert_eq!(limits(&only_limits, "2022-04-01"), "o4");
}

#[test]
fn words_of_equal_or_higher_rank_replace_and_those_of_lower_rank_stand_beside() {
    let case = said("2022-03-01 A demand o2 rank=2\n2022-04-01 A demand o3 rank=3\n2022-05-01 A demand o4 rank=1");
    let in_april = stance(&case, "2022-04-01");
    assert_eq!(position(&case, "2022-04-01"), "o2");
    assert_eq!(ids(&case, &in_april.beside), "s2");
    let in_may = stance(&case, "2022-05-01");
    assert_eq!(position(&case, "2022-05-01"), "o4");
    assert_eq!(ids(&case, &in_may.beside), "");
}

#[test]
fn words_of_low_rank_are_the_position_where_nothing_of_higher_rank_stands() {
    let case = said("2022-03-01 A demand o2 rank=5\n2022-04-01 A demand o3 rank=4\n2022-05-01 A demand o1 rank=-");
    assert_eq!(position(&case, "2022-03-01"), "o2");
    assert_eq!(position(&case, "2022-05-01"), "o3");
}

#[test]
fn ranks_of_one_tier_replace_each_other() {
    let rows = "2022-03-01 A demand o1 rank=1\n2022-04-01 A demand o2 rank=2\n2022-05-01 A demand o3 rank=3";
    assert_eq!(position(&said(rows), "2022-05-01"), "o1");
    assert_eq!(position(&small().method(TIERS).says(rows).case(), "2022-05-01"), "o2");
}

#[test]
fn ranks_that_no_tier_names_come_after_all_tiers() {
    let case = small()
        .method("organ_tiers = [[3]]")
        .says("2022-03-01 A demand o3 rank=3\n2022-04-01 A demand o1 rank=1")
        .case();
    assert_eq!(position(&case, "2022-04-01"), "o3");
}

#[test]
fn a_vague_row_is_a_set_and_never_its_midpoint() {
    let case = said("2022-03-01 A demand o2..o4");
    assert_eq!(position(&case, "2022-03-01"), "o2 o3 o4");
    assert!(!stance(&case, "2022-03-01").position.unwrap().possibly);
}

#[test]
fn a_row_with_a_best_option_is_that_option() {
    assert_eq!(position(&said("2022-03-01 A demand o1<o2<o4"), "2022-03-01"), "o2");
}

#[test]
fn accepting_anothers_proposal_stands_beside_the_position() {
    let case = said("2022-03-01 A demand o1\n2022-04-01 A offer o4 accepts");
    let stance = stance(&case, "2022-04-01");
    assert_eq!(position(&case, "2022-04-01"), "o1");
    assert_eq!(ids(&case, &stance.beside), "s2");
    assert_eq!(position(&said("2022-04-01 A offer o4 accepts"), "2022-04-01"), "silent");
}

#[test]
fn what_is_reported_inferred_or_read_into_an_actor_stands_beside() {
    let case = said(
        "2022-03-01 A demand o1
         2022-04-01 A reported o2 rank=-
         2022-04-02 A inferred o3 rank=-
         2022-04-03 A reservation_reading o4 rank=-",
    );
    let stance = stance(&case, "2022-05-01");
    assert_eq!(position(&case, "2022-05-01"), "o1");
    assert_eq!(ids(&case, &stance.reported), "s2 s3 s4");
    assert_eq!(ids(&case, &stance.beside), "");
    assert_eq!(position(&said("2022-04-01 A reported o2 rank=-"), "2022-05-01"), "silent");
}

#[test]
fn what_is_asked_of_others_is_a_line_of_its_own() {
    let case = said(
        "2022-03-01 A demand o1\n2022-04-01 A demand o5 to=C\n2022-05-01 A demand o3 to=B\n2022-06-01 A demand o4 to=C;B",
    );
    assert_eq!(position(&case, "2022-04-01"), "o1");
    assert_eq!(ids(&case, &stance(&case, "2022-04-01").beside), "s2");
    assert_eq!(position(&case, "2022-05-01"), "o3");
    assert_eq!(position(&case, "2022-06-01"), "o4");
}

#[test]
fn rows_of_one_day_count_by_rank_and_then_by_id() {
    let by_rank = said("2022-03-01 A demand o1 rank=1 id=p1\n2022-03-01 A demand o2 rank=2 id=p2");
    assert_eq!(position(&by_rank, "2022-03-01"), "o1");
    let by_id = said("2022-03-01 A demand o1 id=p10\n2022-03-01 A demand o2 id=p9");
    assert_eq!(position(&by_id, "2022-03-01"), "o1");
    let within_a_tier =
        small().method(TIERS).says("2022-03-01 A demand o1 rank=1 id=p1\n2022-03-01 A demand o2 rank=2 id=p2").case();
    assert_eq!(position(&within_a_tier, "2022-03-01"), "o1");
}

#[test]
fn a_row_that_lapses_gives_way_to_the_earlier_one_that_still_stands() {
    let case = said("2022-03-01 A demand o1\n2022-04-01 A draft o3 until=2022-05-17");
    assert_eq!(position(&case, "2022-05-16"), "o3");
    assert_eq!(position(&case, "2022-05-17"), "o1");
    let alone = said("2022-04-01 A draft o3 until=2022-05-17");
    assert_eq!(position(&alone, "2022-05-17"), "silent");
}

#[test]
fn words_of_low_rank_come_forward_once_those_of_higher_rank_lapse() {
    let case = said("2022-03-01 A draft o1 rank=1 until=2022-05-17\n2022-04-01 A demand o3 rank=4");
    assert_eq!(position(&case, "2022-05-16"), "o1");
    assert_eq!(position(&case, "2022-05-17"), "o3");
}

#[test]
fn a_row_that_supersedes_another_ends_it() {
    let case = said("2022-03-01 A demand o1 rank=1\n2022-04-01 A demand o3 rank=3 ends=s1");
    assert_eq!(position(&case, "2022-04-01"), "o3");
}

#[test]
fn no_row_in_force_is_silence() {
    let case = said("2022-04-01 B demand o1\n2022-04-01 A demand - \n2022-03-01 A draft o1 until=2022-04-01");
    let stance = stance(&case, "2022-05-01");
    assert!(stance.is_silent());
    assert_eq!(position(&case, "2022-05-01"), "silent");
    assert_eq!(limits(&case, "2022-05-01"), "");
}

#[test]
fn tabled_is_every_option_ever_put_in_own_words() {
    let case = said(
        "2022-03-01 A demand o1
         2022-04-01 A offer o1<o2<o4 if='guarantees'
         2022-05-01 A demand o5 to=C
         2022-06-01 A offer o2
         2022-06-02 A reported o3 rank=-",
    );
    let tabled = stance(&case, "2022-07-01").tabled;
    let rows: Vec<_> = tabled
        .iter()
        .map(|t| (t.option.0 + 1, t.first.to_string(), t.last.to_string(), t.condition.as_str(), ids(&case, &t.rows)))
        .collect();
    let row = |option, first: &str, last: &str, condition, rows: &str| {
        (option, first.to_owned(), last.to_owned(), condition, rows.to_owned())
    };
    assert_eq!(
        rows,
        [
            row(1, "2022-03-01", "2022-04-01", "guarantees", "s1 s2"),
            row(2, "2022-04-01", "2022-06-01", "", "s2 s4"),
            row(4, "2022-04-01", "2022-04-01", "guarantees", "s2"),
            row(5, "2022-05-01", "2022-05-01", "", "s3"),
        ]
    );
}

#[test]
fn a_vague_row_tables_nothing_in_particular() {
    assert!(stance(&said("2022-03-01 A draft o2..o4"), "2022-03-01").tabled.is_empty());
}

#[test]
fn what_was_tabled_in_suspended_talks_is_carried() {
    let case =
        said("2022-03-29 A draft o2 until=2022-05-17\n2022-03-29 A draft o3 until=2022-05-17\n2022-08-01 A demand o3");
    let carried = |at: &str| stance(&case, at).tabled.iter().map(|t| (t.option.0 + 1, t.carried)).collect::<Vec<_>>();
    assert_eq!(carried("2022-05-16"), [(2, false), (3, false)]);
    assert_eq!(carried("2022-05-17"), [(2, true), (3, true)]);
    assert_eq!(carried("2022-08-01"), [(2, true), (3, false)]);
}

#[test]
fn limits_accumulate() {
    let case = said(
        "2022-03-01 A red_line - out=o1\n2022-04-01 A red_line - out=o2\n2022-05-01 A red_line - out=o2;o3 rank=5",
    );
    assert_eq!(limits(&case, "2022-03-01"), "o1");
    assert_eq!(limits(&case, "2022-04-01"), "o1 o2");
    assert_eq!(limits(&case, "2022-05-01"), "o1 o2 o3");
    assert_eq!(ids(&case, &stance(&case, "2022-05-01").limits[1].rows), "s2 s3");
}

#[test]
fn what_a_later_statement_does_not_mention_stays_ruled_out() {
    let case =
        said("2022-03-01 A red_line - out=o1;o2\n2022-04-01 A red_line - out=o2 rank=1\n2022-05-01 A offer o4 rank=1");
    assert_eq!(limits(&case, "2022-05-01"), "o1 o2");
}

#[test]
fn a_later_offer_or_draft_of_equal_or_higher_rank_relaxes_the_options_that_it_tables() {
    for kind in ["offer", "draft"] {
        for (rank, expected) in [(1, "o2 o3"), (2, "o2 o3"), (3, "o1 o2 o3"), (5, "o1 o2 o3")] {
            let case =
                said(&format!("2022-03-01 A red_line - out=o1;o2;o3 rank=2\n2022-04-01 A {kind} o1 rank={rank}"));
            assert_eq!(limits(&case, "2022-03-31"), "o1 o2 o3");
            assert_eq!(limits(&case, "2022-04-01"), expected, "{kind} of rank {rank}");
        }
    }
    let with_alternatives = said("2022-03-01 A red_line - out=o1;o2;o3\n2022-04-01 A offer o1<o1<o3");
    assert_eq!(limits(&with_alternatives, "2022-04-01"), "o2");
}

#[test]
fn an_acceptance_relaxes_as_any_offer_does() {
    assert_eq!(limits(&said("2022-03-01 A red_line - out=o1\n2022-04-01 A offer o1 accepts"), "2022-04-01"), "");
}

#[test]
fn an_offer_of_another_actor_relaxes_nothing() {
    assert_eq!(limits(&said("2022-03-01 A red_line - out=o1\n2022-04-01 B offer o1"), "2022-04-01"), "o1");
}

#[test]
fn an_offer_of_the_same_day_or_before_relaxes_nothing() {
    let case =
        said("2022-02-01 A offer o1\n2022-03-01 A red_line - out=o1;o2 id=p1\n2022-03-01 A offer o2 id=p2 rank=1");
    assert_eq!(limits(&case, "2022-12-31"), "o1 o2");
}

#[test]
fn a_demand_a_red_line_and_what_is_reported_relax_nothing() {
    for row in ["demand o1", "red_line o1", "reported o1", "inferred o1", "reservation_reading o1"] {
        let case = said(&format!("2022-03-01 A red_line - out=o1\n2022-04-01 A {row}"));
        assert_eq!(limits(&case, "2022-04-01"), "o1", "{row}");
    }
}

#[test]
fn a_vague_offer_relaxes_nothing() {
    assert_eq!(limits(&said("2022-03-01 A red_line - out=o2\n2022-04-01 A offer o1..o3"), "2022-04-01"), "o2");
}

#[test]
fn an_offer_with_a_condition_relaxes_under_it() {
    let case = said("2022-03-01 A red_line - out=o1;o2\n2022-04-01 A offer o1 if='guarantees';i=o3");
    assert_eq!(limits(&case, "2022-04-01"), "o1 (open if guarantees and i: o3) o2");
    let later = said("2022-03-01 A red_line - out=o1\n2022-04-01 A offer o1 if='guarantees'\n2022-05-01 A offer o1");
    assert_eq!(limits(&later, "2022-05-01"), "");
}

#[test]
fn a_condition_may_be_on_one_alternative_only() {
    let case = said("2022-03-01 A red_line - out=o1;o2;o3\n2022-04-01 A offer o1<o1<o3 if=o3:'a_referendum'");
    assert_eq!(limits(&case, "2022-04-01"), "o2 o3 (open if a referendum)");
}

#[test]
fn of_several_conditional_offers_one_condition_is_enough() {
    let case = said(
        "2022-03-01 A red_line - out=o1
         2022-04-01 A offer o1 if='x'
         2022-05-01 A offer o1 if='y'
         2022-06-01 A offer o1 if='y'",
    );
    assert_eq!(limits(&case, "2022-06-01"), "o1 (open if y, or x)");
}

#[test]
fn an_option_that_two_red_lines_rule_out_is_open_once_both_are_relaxed() {
    let case = said(
        "2022-03-01 A red_line - out=o1\n2022-04-01 A offer o1\n2022-05-01 A red_line - out=o1\n2022-06-01 A offer o1 if='x'",
    );
    assert_eq!(limits(&case, "2022-06-01"), "o1 (open if x)");
    let of_different_ranks = said(
        "2022-03-01 A red_line - out=o1 rank=1
         2022-04-01 A offer o1 if='x' rank=1
         2022-05-01 A red_line - out=o1 rank=3
         2022-06-01 A offer o1 if='y' rank=3",
    );
    assert_eq!(limits(&of_different_ranks, "2022-04-01"), "o1 (open if x)");
    assert_eq!(limits(&of_different_ranks, "2022-05-01"), "o1");
    assert_eq!(limits(&of_different_ranks, "2022-06-01"), "o1 (open if y and x)");
    let nested = said(
        "2022-03-01 A red_line - out=o1
         2022-04-01 A offer o1 if='x'
         2022-05-01 A red_line - out=o1
         2022-06-01 A offer o1 if='y'",
    );
    assert_eq!(limits(&nested, "2022-06-01"), "o1 (open if y)");
}

#[test]
fn a_later_red_line_closes_what_an_offer_had_opened() {
    let case = said("2022-03-01 A red_line - out=o1\n2022-04-01 A offer o1\n2022-05-01 A red_line - out=o1 rank=5");
    assert_eq!(limits(&case, "2022-04-30"), "");
    assert_eq!(limits(&case, "2022-05-01"), "o1");
}

#[test]
fn an_offer_relaxes_as_long_as_it_stands() {
    let case = said("2022-03-01 A red_line - out=o1\n2022-04-01 A draft o1 until=2022-05-17");
    assert_eq!(limits(&case, "2022-05-16"), "");
    assert_eq!(limits(&case, "2022-05-17"), "o1");
}

#[test]
fn a_limit_ends_when_it_is_superseded_or_its_time_is_up() {
    let superseded = said("2022-03-01 A red_line - out=o1;o2\n2022-04-01 A red_line - out=o2 rank=5 ends=s1");
    assert_eq!(limits(&superseded, "2022-03-31"), "o1 o2");
    assert_eq!(limits(&superseded, "2022-04-01"), "o2");
    let ended = said("2022-03-01 A red_line - out=o1 until=2022-04-01");
    assert_eq!(limits(&ended, "2022-03-31"), "o1");
    assert_eq!(limits(&ended, "2022-04-01"), "");
}

#[test]
fn law_is_a_layer_that_offers_do_not_relax_and_that_ends_by_repeal() {
    let case = said(
        "2022-03-01 A red_line - out=o1;o2 rank=1 law until=2023-01-01\n2022-04-01 A red_line - out=o2\n2022-05-01 A offer o1<o1<o2 rank=1",
    );
    assert_eq!(limits(&case, "2022-04-01"), "o1 (law) o2 o2 (law)");
    assert_eq!(limits(&case, "2022-05-01"), "o1 (law) o2 (law)");
    assert_eq!(limits(&case, "2023-01-01"), "");
    let in_may = stance(&case, "2022-05-01");
    assert_eq!(detente_analysis::stance::ruled_out(&in_may.limits, false).len(), 0);
    assert_eq!(detente_analysis::stance::ruled_out(&in_may.limits, true).len(), 2);
}

#[test]
fn limits_can_be_read_in_three_ways() {
    let case = said(
        "2022-03-01 A red_line - out=o1;o2
         2022-04-01 A red_line - out=o3 rank=5
         2022-05-01 A offer o1<o1<o3
         2022-06-01 A red_line - out=o5 law rank=1",
    );
    let read = |reading| limits_read(&case, "2022-07-01", reading);
    assert_eq!(read(Accumulate), "o2 o5 (law)");
    assert_eq!(read(Latest), "o3 o5 (law)");
    assert_eq!(read(NeverRelaxed), "o1 o2 o3 o5 (law)");
}

#[test]
fn a_partial_date_is_an_interval_in_which_a_row_stands_possibly() {
    let case = said("2022-01-10 A demand o1\n2022-03 A demand o3");
    for (at, expected, possibly) in [
        ("2022-02-28", "o1", false),
        ("2022-03-01", "o1 o3", true),
        ("2022-03-30", "o1 o3", true),
        ("2022-03-31", "o3", false),
    ] {
        assert_eq!(position(&case, at), expected, "{at}");
        assert_eq!(stance(&case, at).position.unwrap().possibly, possibly, "{at}");
    }
    let alone = said("2022-03 A demand o3");
    assert_eq!(position(&alone, "2022-03-10"), "o3");
    assert!(stance(&alone, "2022-03-10").position.unwrap().possibly);
}

#[test]
fn of_dates_that_overlap_it_stays_open_which_is_the_later_one() {
    let case = said("2022-03-15 A demand o1\n2022-03 A demand o3");
    let held = stance(&case, "2022-12-31").position.unwrap();
    assert_eq!(position(&case, "2022-12-31"), "o1 o3");
    assert!(held.possibly);
    assert_eq!(
        position(&said("2022-03-15 A demand o1\n2022-03 A demand o3\n2022-04-01 A demand o2"), "2022-12-31"),
        "o2"
    );
    assert_eq!(position(&said("2022-03 A demand o1 rank=2\n2022-03-15 A demand o3 rank=3"), "2022-12-31"), "o1");
    assert_eq!(position(&said("2022-03 A demand o1\n2022-03 A demand o3"), "2022-12-31"), "o1 o3");
}

#[test]
fn an_end_with_a_partial_date_leaves_it_open_if_the_row_still_stands() {
    let case = said("2022-01-10 A demand o1\n2022-02-10 A draft o3 until=2022-05");
    assert_eq!(position(&case, "2022-04-30"), "o3");
    assert_eq!(position(&case, "2022-05-15"), "o1 o3");
    assert_eq!(position(&case, "2022-05-31"), "o1");
}

#[test]
fn a_limit_that_stands_possibly_is_shown_as_such() {
    let case = said("2022-03 A red_line - out=o1\n2022-03-10 A red_line - out=o2");
    assert_eq!(limits(&case, "2022-03-15"), "o1 (possibly) o2");
    assert_eq!(limits(&case, "2022-03-31"), "o1 o2");
    assert_eq!(limits_read(&case, "2022-03-15", Latest), "o1 (possibly) o2");
}

#[test]
fn an_offer_that_stands_possibly_relaxes_nothing_yet() {
    let case = said("2022-01-10 A red_line - out=o1\n2022-03 A offer o1");
    assert_eq!(limits(&case, "2022-03-15"), "o1");
    assert_eq!(limits(&case, "2022-03-31"), "");
    let perhaps_before = said("2022-03-15 A red_line - out=o1\n2022-03 A offer o1");
    assert_eq!(limits(&perhaps_before, "2022-12-31"), "o1");
}
