//! The common-ground register: one test a rule.

mod support;

use detente_analysis::about::Settings;
use detente_analysis::common::{self, Common, CommonIssue, Near, Overlap};
use detente_case::{Case, Moment};
use support::{day, small};

const LATE: &str = "2025-12-31";

fn register(case: &Case, at: &str) -> Common {
    common::common(case, Moment::new(case, Some(day(at)), None), Settings::default())
}

/// The register of `i`.
fn on_issue(case: &Case, at: &str) -> CommonIssue {
    register(case, at).issues.remove(0)
}

/// Overlaps, one a line: `o2 2022-03-01 to 2022-05-01, A ruled out s3`, or `apart` where it never stood for all at once.
fn overlaps(case: &Case, at: &str) -> Vec<String> {
    let told = |overlap: &Overlap| {
        let until = overlap.until.map(|until| format!(" to {until}")).unwrap_or_default();
        let apart = if overlap.together { "" } else { " apart" };
        let left = overlap.left_by.iter().map(|left| {
            let how = serde_json::to_value(left.how).map(|how| how.as_str().unwrap_or_default().replace('_', " "));
            format!(", {} {} {}", left.actor, how.unwrap_or_default(), left.rows.join(" "))
        });
        format!("{} {}{until}{apart}{}", overlap.option, overlap.since, left.collect::<String>())
    };
    on_issue(case, at).overlaps.iter().map(told).collect()
}

fn near(case: &Case, at: &str) -> Vec<String> {
    let told = |near: &Near| {
        let standing = if near.standing { " standing" } else { "" };
        format!("{} {}–{} {}: {}{standing}", near.a.actor, near.a.option, near.b.actor, near.b.option, near.steps)
    };
    on_issue(case, at).near.iter().map(told).collect()
}

/// Both put `o2`, A in January and B in March; then something.
fn shared(then: &str) -> Case {
    small().says(&format!("2022-01-01 A demand o2\n2022-03-01 B offer o2\n{then}")).case()
}

mod an_option_in_common {
    use super::*;

    #[test]
    fn stands_from_the_day_on_which_the_last_principal_puts_it() {
        assert_eq!(overlaps(&shared(""), LATE), ["o2 2022-03-01"]);
        assert_eq!(overlaps(&shared(""), "2022-02-28"), [""; 0]);
    }

    #[test]
    fn ends_when_one_rules_it_out_in_words_or_by_law() {
        let by = |row: &str| overlaps(&shared(row), LATE);
        assert_eq!(by("2022-05-01 A red_line - out=o2 rank=5"), ["o2 2022-03-01 to 2022-05-01, A ruled out s3"]);
        assert_eq!(by("2022-05-01 A red_line - out=o2 law"), ["o2 2022-03-01 to 2022-05-01, A ruled out s3"]);
        assert_eq!(by("2022-05-01 A red_line - out=o3"), ["o2 2022-03-01"]);
    }

    #[test]
    fn ends_when_one_asks_for_something_else_at_an_equal_or_higher_rank() {
        let by = |row: &str| overlaps(&shared(row), LATE);
        let left = ["o2 2022-03-01 to 2022-05-01, A asked for else s3"];
        assert_eq!(by("2022-05-01 A demand o1"), left);
        assert_eq!(by("2022-05-01 A demand o1 rank=1"), left);
        assert_eq!(by("2022-05-01 A demand o3..o5"), left);
        assert_eq!(by("2022-05-01 A demand o1 rank=3"), ["o2 2022-03-01"]);
    }

    #[test]
    fn stays_where_the_later_ask_still_has_room_for_it() {
        let by = |row: &str| overlaps(&shared(row), LATE);
        assert_eq!(by("2022-05-01 A demand o1..o3"), ["o2 2022-03-01"]);
        assert_eq!(by("2022-05-01 A offer o1<o1<o2"), ["o2 2022-03-01"]);
    }

    #[test]
    fn stays_where_one_accepts_another_or_asks_it_of_somebody_else_or_is_only_reported_to() {
        let by = |row: &str| overlaps(&shared(row), LATE);
        assert_eq!(by("2022-05-01 A offer o4 accepts"), ["o2 2022-03-01"]);
        assert_eq!(by("2022-05-01 A demand o4 to=C"), ["o2 2022-03-01"]);
        assert_eq!(by("2022-05-01 A reported o4"), ["o2 2022-03-01"]);
    }

    #[test]
    fn ends_when_the_text_lapses_or_is_superseded() {
        let lapsed = small().says("2022-01-01 A draft o2 until=2022-05\n2022-03-01 B offer o2").case();
        assert_eq!(overlaps(&lapsed, "2022-05-30"), ["o2 2022-03-01"]);
        assert_eq!(overlaps(&lapsed, LATE), ["o2 2022-03-01 to 2022-05-31, A lapsed s1"]);
        let superseded = shared("2022-05-01 A demand o2..o3 ends=s1 rank=5");
        assert_eq!(overlaps(&superseded, LATE), ["o2 2022-03-01 to 2022-05-01, A lapsed s3"]);
    }

    #[test]
    fn ends_by_the_row_that_supersedes_it_whoever_says_that() {
        let case = shared("2022-05-01 B draft o3 ends=s1 rank=5");
        assert_eq!(overlaps(&case, LATE), ["o2 2022-03-01 to 2022-05-01, A lapsed s3"]);
    }

    #[test]
    fn ends_by_the_first_of_several_ends() {
        let case = shared("2022-06-01 A red_line - out=o2\n2022-05-01 B demand o4\n2022-05-01 B demand o5 rank=1");
        assert_eq!(overlaps(&case, LATE), ["o2 2022-03-01 to 2022-05-01, B asked for else s4 s5"]);
    }

    #[test]
    fn stands_as_long_as_one_text_of_each_does() {
        let rows =
            "2022-01-01 A draft o2 until=2022-05-01\n2022-01-02 A draft o2 until=2022-07-01\n2022-03-01 B offer o2";
        assert_eq!(overlaps(&small().says(rows).case(), LATE), ["o2 2022-03-01 to 2022-07-01, A lapsed s2"]);
        let alike =
            "2022-01-01 A draft o2 until=2022-07-01\n2022-01-02 A draft o2 until=2022-07-01\n2022-03-01 B offer o2";
        assert_eq!(overlaps(&small().says(alike).case(), LATE), ["o2 2022-03-01 to 2022-07-01, A lapsed s1 s2"]);
    }

    #[test]
    fn that_comes_back_is_told_from_the_first_time_to_the_last() {
        let case = shared("2022-05-01 A demand o1\n2022-07-01 A offer o2\n2022-09-01 B demand o5");
        assert_eq!(overlaps(&case, "2022-06-01"), ["o2 2022-03-01 to 2022-05-01, A asked for else s3"]);
        assert_eq!(overlaps(&case, "2022-08-01"), ["o2 2022-03-01"]);
        assert_eq!(overlaps(&case, LATE), ["o2 2022-03-01 to 2022-09-01, B asked for else s5"]);
    }

    #[test]
    fn that_never_stood_for_all_at_once_is_told_apart() {
        let case = small().says("2022-01-01 A demand o2\n2022-02-01 A demand o1\n2022-03-01 B offer o2").case();
        assert_eq!(overlaps(&case, LATE), ["o2 2022-03-01 to 2022-02-01 apart, A asked for else s2"]);
    }

    #[test]
    fn ends_that_are_still_to_come_do_not_count() {
        let case = shared("2022-05-01 A demand o1");
        let known = Moment::new(&case, Some(day("2022-04-30")), Some(day(LATE)));
        let overlap = &common::common(&case, known, Settings::default()).issues[0].overlaps[0];
        assert_eq!((overlap.until, overlap.left_by.len()), (None, 0));
    }

    #[test]
    fn begins_on_the_first_day_that_a_partial_date_may_be() {
        let case = small().says("2022-01-01 A demand o2\n2022-03 B offer o2 known=2022-03-02").case();
        assert_eq!(overlaps(&case, "2022-03-05"), ["o2 2022-03-01"]);
    }

    #[test]
    fn is_told_with_the_last_condition_of_each() {
        let case = shared("2022-04-01 A offer o2 if='guarantees'");
        let conditions = &on_issue(&case, LATE).overlaps[0].conditions;
        let told: Vec<_> = conditions.iter().map(|c| (c.actor.as_str(), c.condition.as_str())).collect();
        assert_eq!(told, [("A", "guarantees")]);
    }

    #[test]
    fn is_put_by_acceptances_and_alternatives_and_by_no_vague_words() {
        let with = |row: &str| overlaps(&small().says(&format!("2022-01-01 A demand o2\n{row}")).case(), LATE);
        assert_eq!(with("2022-03-01 B offer o2 accepts"), ["o2 2022-03-01"]);
        assert_eq!(with("2022-03-01 B offer o2<o4<o4"), ["o2 2022-03-01"]);
        assert_eq!(with("2022-03-01 B red_line o2 out=o5"), ["o2 2022-03-01"]);
        assert_eq!(with("2022-03-01 B offer o1<o4<o5"), [""; 0]);
        assert_eq!(with("2022-03-01 B demand o1..o3"), [""; 0]);
        assert_eq!(with("2022-03-01 B reported o2"), [""; 0]);
    }

    #[test]
    fn is_of_every_principal_where_there_are_three() {
        let three = small().setting("principals = [\"A\", \"B\", \"C\"]");
        let case = three.says("2022-01-01 A demand o2\n2022-02-01 B demand o2\n2022-04-01 C demand o2\n2022-05-01 B demand o1\n2022-05-01 C demand o3");
        let case = case.case();
        assert_eq!(overlaps(&case, "2022-03-01"), [""; 0]);
        assert_eq!(overlaps(&case, "2022-04-01"), ["o2 2022-04-01"]);
        assert_eq!(overlaps(&case, LATE), ["o2 2022-04-01 to 2022-05-01, B asked for else s4, C asked for else s5"]);
    }

    #[test]
    fn needs_at_least_two_principals() {
        for principals in ["[]", "[\"A\"]"] {
            let case = small().setting(&format!("principals = {principals}")).says("2022-01-01 A demand o2").case();
            let register = register(&case, LATE);
            assert!(register.issues[0].overlaps.is_empty() && register.issues[0].near.is_empty());
            assert_eq!(register.coverage.with_overlap, 0);
        }
    }
}

#[test]
fn coverage_counts_issues() {
    let case = small().issue("j", "k", 2, "political").issue("l", "m", 2, "political").issue("n", "r", 2, "political");
    let case = case
        .says("2022-01-01 A demand o2\n2022-01-01 B demand o2\n2022-01-01 A demand k1 on=j\n2022-01-01 B demand k1 on=j")
        .says("2022-02-01 B demand k2 on=j\n2022-01-01 A demand m1 on=l\n2022-01-01 B demand m2 on=l\n2022-01-01 A demand r1 on=n");
    let coverage = register(&case.case(), LATE).coverage;
    assert_eq!((coverage.all_have_tabled, coverage.with_overlap, coverage.standing, coverage.issues), (3, 2, 1, 4));
}

#[test]
fn sides_name_what_was_put_and_what_stands() {
    let side = &on_issue(&shared("2022-05-01 A demand o1"), LATE).sides[0];
    assert_eq!((side.tabled.join(" "), side.standing.join(" ")), ("o1 o2".to_owned(), "o1".to_owned()));
}

mod near_misses {
    use super::*;

    #[test]
    fn are_the_pairs_with_the_fewest_steps() {
        let case = small().says("2022-01-01 A demand o1<o1<o2\n2022-01-01 B demand o4<o5<o5").case();
        assert_eq!(near(&case, LATE), ["A o2–B o4: 2 standing"]);
    }

    #[test]
    fn are_of_what_stands_and_of_what_was_ever_put() {
        let case = small().says("2022-01-01 A demand o3\n2022-02-01 A demand o1\n2022-01-01 B demand o4").case();
        assert_eq!(near(&case, LATE), ["A o3–B o4: 1", "A o1–B o4: 3 standing"]);
    }

    #[test]
    fn are_none_where_the_same_was_put() {
        assert_eq!(near(&shared(""), LATE), [""; 0]);
        assert_eq!(near(&shared("2022-05-01 A demand o1"), LATE), ["A o1–B o2: 1 standing"]);
    }

    #[test]
    fn are_all_of_those_with_as_few_steps() {
        let case = small().says("2022-01-01 A demand o1<o1<o5\n2022-01-01 B demand o3").case();
        assert_eq!(near(&case, LATE), ["A o1–B o3: 2 standing", "A o5–B o3: 2 standing"]);
    }

    #[test]
    fn are_of_each_pair_of_principals() {
        let three = small().setting("principals = [\"A\", \"B\", \"C\"]");
        let case = three.says("2022-01-01 A demand o1\n2022-01-01 B demand o2\n2022-01-01 C demand o5").case();
        assert_eq!(near(&case, LATE), ["A o1–B o2: 1 standing", "A o1–C o5: 4 standing", "B o2–C o5: 3 standing"]);
    }
}

mod third_parties {
    use super::*;

    fn inside(case: &Case, at: &str) -> Vec<String> {
        let told = |third: &common::ThirdParty| {
            let against = if third.ruled_out_by.is_empty() {
                String::new()
            } else {
                format!(" against {}", third.ruled_out_by.join(" "))
            };
            format!("{} {}{against}", third.put.actor, third.put.option)
        };
        on_issue(case, at).third_party.iter().map(told).collect()
    }

    #[test]
    fn are_told_where_they_put_something_strictly_between() {
        let case = small().says("2022-01-01 A demand o1..o2\n2022-01-01 B demand o5\n2022-02-01 C offer o2<o3<o4\n2022-02-01 D offer o5").case();
        assert_eq!(inside(&case, LATE), ["C o3", "C o4"]);
    }

    #[test]
    fn are_told_with_who_rules_it_out() {
        let case = small().says("2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-01-02 A red_line - out=o3 law\n2022-01-02 B red_line - out=o3;o4\n2022-02-01 C offer o3").case();
        assert_eq!(inside(&case, LATE), ["C o3 against A B"]);
    }

    #[test]
    fn are_none_where_a_principal_asks_for_nothing_or_the_asks_meet() {
        assert_eq!(inside(&small().says("2022-01-01 A demand o1\n2022-02-01 C offer o3").case(), LATE), [""; 0]);
        let meet = small().says("2022-01-01 A demand o1..o4\n2022-01-01 B demand o4\n2022-02-01 C offer o3").case();
        assert_eq!(inside(&meet, LATE), [""; 0]);
    }

    #[test]
    fn are_between_the_two_principals_that_are_farthest_apart_in_whatever_order_they_stand() {
        for principals in ["\"A\", \"B\", \"D\"", "\"D\", \"B\", \"A\"", "\"B\", \"D\", \"A\""] {
            let three = small().setting(&format!("principals = [{principals}]"));
            let case = three.says("2022-01-01 A demand o1\n2022-01-01 B demand o2\n2022-01-01 D demand o5\n2022-02-01 C offer o2<o4<o4").case();
            assert_eq!(inside(&case, LATE), ["C o2", "C o4"], "{principals}");
        }
    }

    #[test]
    fn are_told_whatever_the_order_of_principals_where_one_asks_on_both_sides_of_another() {
        // On 10 February A may ask for o1 or o5, on either side of what B asks for.
        let rows = "2022-01-01 A demand o1\n2022-02 A demand o5 known=2022-02-03\n2022-01-01 B demand o3\n2022-01-01 D demand o1\n2022-01-02 C offer o2";
        for principals in ["\"A\", \"B\", \"D\"", "\"D\", \"B\", \"A\""] {
            let case = small().setting(&format!("principals = [{principals}]")).says(rows).case();
            assert_eq!(inside(&case, "2022-02-10"), ["C o2"], "{principals}");
        }
    }
}
