//! Plans against the words: one test a rule.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use detente_analysis::about::Settings;
use detente_analysis::plan::{self, Met, Outcome, PlanCell, Plans, UnknownPlan, Verdict};
use detente_case::{Case, Moment};
use support::{Small, day, small};

const LATE: &str = "2025-12-31";

fn asked(case: &Case, at: &str, names: &[&str]) -> Plans {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    plan::plans(case, Moment::new(case, Some(day(at)), None), &names, Settings::default()).unwrap()
}

fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap_or("none").to_owned()
}

/// A cell of the first plan.
fn cell(case: &Case, at: &str, actor: &str, option: &str) -> PlanCell {
    let plans = asked(case, at, &[]);
    let cell = plans.packages[0].cells.iter().find(|cell| cell.actor == actor && cell.option == option);
    cell.unwrap_or_else(|| panic!("no cell of {actor} on {option}")).clone()
}

/// The verdicts of an actor on the options of the first plan, in order; after a bar without law, where that differs.
fn verdicts(case: &Case, at: &str, actor: &str) -> String {
    let plans = asked(case, at, &[]);
    let cells = plans.packages[0].cells.iter().filter(|cell| cell.actor == actor);
    let told = |cell: &PlanCell| match (word(cell.verdict), word(cell.verdict_without_law)) {
        (with, without) if with == without => with,
        (with, without) => format!("{with}|{without}"),
    };
    cells.map(told).collect::<Vec<_>>().join(" ")
}

/// A plan with all five options of the issue.
fn all(rows: &str) -> Small {
    small().says(rows).plans("q i o1;o2;o3;o4;o5")
}

mod verdict {
    use super::*;

    #[test]
    fn each_option_of_a_clause_gets_its_own() {
        let case = all("2022-01-01 A offer o2\n2022-02-01 A red_line o1 out=o4;o5").case();
        assert_eq!(verdicts(&case, LATE, "A"), "asked tabled_before not_ruled_out ruled_out ruled_out");
        assert_eq!(verdicts(&case, LATE, "B"), "silent silent silent silent silent");
        assert_eq!(verdicts(&case, "2022-01-01", "A"), "not_ruled_out asked not_ruled_out not_ruled_out not_ruled_out");
        assert_eq!(verdicts(&case, "2021-12-31", "A"), "silent silent silent silent silent");
    }

    #[test]
    fn names_the_rows_behind_it() {
        let case = all("2022-01-01 A offer o2\n2022-02-01 A red_line o1 out=o4\n2022-03-01 A red_line - out=o4").case();
        assert_eq!(cell(&case, LATE, "A", "o1").rows, ["s2"]);
        assert_eq!(cell(&case, LATE, "A", "o2").rows, ["s1"]);
        assert_eq!(cell(&case, LATE, "A", "o3").rows, ["s2"]);
        assert_eq!(cell(&case, LATE, "A", "o4").rows, ["s2", "s3"]);
        assert_eq!(cell(&case, LATE, "B", "o4").rows, Vec::<String>::new());
    }

    #[test]
    fn of_a_vague_ask_is_asked_and_says_of_how_many() {
        let case = all("2022-01-01 A demand o2..o4").case();
        assert_eq!(verdicts(&case, LATE, "A"), "not_ruled_out asked asked asked not_ruled_out");
        assert_eq!(cell(&case, LATE, "A", "o3").one_of, 3);
        assert_eq!(cell(&case, LATE, "A", "o5").one_of, 0);
        assert_eq!(cell(&case, LATE, "A", "o5").steps, Some(1));
    }

    #[test]
    fn of_what_is_asked_and_ruled_out_is_asked_and_names_the_limit() {
        let case = all("2022-01-01 A red_line - out=o2\n2022-02-01 A demand o2").case();
        let cell = cell(&case, LATE, "A", "o2");
        assert_eq!((cell.verdict, cell.ruled_out_by), (Verdict::Asked, vec!["s1".to_owned()]));
    }

    #[test]
    fn of_what_was_tabled_and_then_ruled_out_is_ruled_out() {
        let case = all("2022-01-01 A offer o2\n2022-02-01 A red_line o1 out=o2").case();
        let cell = cell(&case, LATE, "A", "o2");
        assert_eq!((cell.verdict, cell.tabled), (Verdict::RuledOut, vec!["s1".to_owned()]));
    }

    #[test]
    fn of_what_has_lapsed_is_tabled_before_and_carried() {
        let case = all("2022-01-01 A draft o2 until=2022-03-01\n2022-02-01 A draft o3 until=2022-03-01").case();
        assert_eq!(verdicts(&case, "2022-02-28", "A"), "not_ruled_out tabled_before asked not_ruled_out not_ruled_out");
        assert!(!cell(&case, "2022-02-28", "A", "o2").carried);
        assert_eq!(verdicts(&case, LATE, "A"), "not_ruled_out tabled_before tabled_before not_ruled_out not_ruled_out");
        assert!(cell(&case, LATE, "A", "o2").carried);
        assert_eq!(cell(&case, LATE, "A", "o3").date.unwrap().to_string(), "2022-02-01");
    }

    #[test]
    fn is_silent_again_when_a_vague_ask_has_lapsed() {
        let case = all("2022-01-01 A demand o2..o4 until=2022-03-01").case();
        assert_eq!(verdicts(&case, LATE, "A"), "silent silent silent silent silent");
    }

    #[test]
    fn on_a_day_on_which_rows_only_possibly_stand_is_asked_of_both() {
        let case = all("2022-01-01 A demand o1\n2022-02 A demand o2 known=2022-02-03").case();
        assert_eq!(verdicts(&case, "2022-02-10", "A"), "asked asked not_ruled_out not_ruled_out not_ruled_out");
        assert_eq!(cell(&case, "2022-02-10", "A", "o2").one_of, 2);
        assert_eq!(verdicts(&case, "2022-02-28", "A"), "tabled_before asked not_ruled_out not_ruled_out not_ruled_out");
        let limit = all("2022-02 A red_line o1 out=o5 known=2022-02-03").case();
        assert_eq!(verdicts(&limit, "2022-02-10", "A"), "asked not_ruled_out not_ruled_out not_ruled_out ruled_out");
    }

    #[test]
    fn of_an_acceptance_is_tabled_before_and_leaves_the_ask() {
        let case = all("2022-01-01 A demand o1\n2022-02-01 A offer o3 accepts").case();
        assert_eq!(verdicts(&case, LATE, "A"), "asked not_ruled_out tabled_before not_ruled_out not_ruled_out");
        let vague = all("2022-02-01 A offer o3..o4 accepts").case();
        assert_eq!(verdicts(&vague, LATE, "A"), ["not_ruled_out"; 5].join(" "));
    }

    #[test]
    fn of_what_is_asked_of_somebody_else_is_tabled_before() {
        let case = all("2022-01-01 A demand o1\n2022-02-01 A demand o3 to=C").case();
        assert_eq!(verdicts(&case, LATE, "A"), "asked not_ruled_out tabled_before not_ruled_out not_ruled_out");
    }

    #[test]
    fn is_not_decided_by_reports() {
        let case = all("2022-01-01 A reported o3 rank=-\n2022-01-02 A inferred o2..o4 rank=-").case();
        assert_eq!(verdicts(&case, LATE, "A"), ["silent"; 5].join(" "));
        assert_eq!(cell(&case, LATE, "A", "o3").reported, ["s1", "s2"]);
        assert_eq!(cell(&case, LATE, "A", "o4").reported, ["s2"]);
    }

    #[test]
    fn of_an_earlier_limit_stands_when_a_later_one_is_narrower() {
        let case = all("2022-01-01 A red_line o1 out=o3;o4\n2022-02-01 A red_line o1 out=o4").case();
        assert_eq!(verdicts(&case, LATE, "A"), "asked not_ruled_out ruled_out ruled_out not_ruled_out");
    }

    #[test]
    fn tells_the_latest_ask_and_its_condition_whatever_the_order_of_the_file() {
        let rows = ["2022-02 A demand o2 if='late' known=2022-02-03", "2022-01-01 A demand o2 if='early'"];
        for rows in [rows.join("\n"), [rows[1], rows[0]].join("\n")] {
            let cell = cell(&all(&rows).case(), "2022-02-10", "A", "o2");
            assert_eq!((cell.date.unwrap().to_string().as_str(), cell.condition.as_str()), ("2022-02", "late"));
        }
    }
}

mod law {
    use super::*;

    #[test]
    fn is_told_apart_and_turns_all_but_asked_into_ruled_out() {
        let case =
            all("2022-01-01 A offer o2\n2022-02-01 A demand o1\n2022-01-05 A red_line - out=o1;o2;o3 law").case();
        let expected = "asked ruled_out|tabled_before ruled_out|not_ruled_out not_ruled_out not_ruled_out";
        assert_eq!(verdicts(&case, LATE, "A"), expected);
        let asked = cell(&case, LATE, "A", "o1");
        assert_eq!((asked.rows, asked.law), (vec!["s2".to_owned()], vec!["s3".to_owned()]));
    }

    #[test]
    fn alone_makes_nobody_speak() {
        let case = all("2022-01-01 A red_line - out=o4 law").case();
        let expected =
            "not_ruled_out|silent not_ruled_out|silent not_ruled_out|silent ruled_out|silent not_ruled_out|silent";
        assert_eq!(verdicts(&case, LATE, "A"), expected);
        assert_eq!(cell(&case, LATE, "A", "o1").rows, ["s1"]);
    }

    #[test]
    fn is_not_relaxed_by_an_offer() {
        let case = all("2022-01-01 A red_line - out=o4 law\n2022-02-01 A offer o4\n2022-03-01 A demand o1").case();
        let cell = cell(&case, LATE, "A", "o4");
        assert_eq!((cell.verdict, cell.verdict_without_law), (Verdict::RuledOut, Verdict::TabledBefore));
    }

    #[test]
    fn that_names_what_is_asked_is_an_ask() {
        let case = all("2022-01-01 A red_line o1 out=o4 law").case();
        let expected = "asked not_ruled_out not_ruled_out ruled_out|not_ruled_out not_ruled_out";
        assert_eq!(verdicts(&case, LATE, "A"), expected);
    }
}

mod condition {
    use super::*;

    /// A rules out `o4`, then offers it on a condition, then asks for `o1`; a plan with `o4` and some clauses on `j`.
    fn offered(condition: &str, plans: &str) -> Case {
        let rows =
            format!("2022-01-01 A red_line - out=o4\n2022-02-01 A offer o4 if={condition}\n2022-03-01 A demand o1");
        small().issue("j", "k", 3, "political").says(&rows).plans(&format!("q i o4\n{plans}")).case()
    }

    fn verdict_and_met(condition: &str, plans: &str) -> (Verdict, Option<Met>) {
        let cell = cell(&offered(condition, plans), LATE, "A", "o4");
        (cell.verdict, cell.condition_met)
    }

    #[test]
    fn that_the_plan_meets_lifts_the_limit() {
        assert_eq!(verdict_and_met("j=k2", "q j k2"), (Verdict::TabledBefore, Some(Met::Met)));
    }

    #[test]
    fn that_the_plan_leaves_open_lifts_the_limit_too() {
        let open = (Verdict::TabledBefore, Some(Met::Open));
        assert_eq!(verdict_and_met("j=k2", ""), open);
        assert_eq!(verdict_and_met("j=k2", "q j k2;k3"), open);
        assert_eq!(verdict_and_met("j=k2", "q j -"), open);
        assert_eq!(verdict_and_met("j=k2", "r j k1"), open);
        assert_eq!(verdict_and_met("'a_bridge'", "q j k1"), open);
    }

    #[test]
    fn that_the_plan_contradicts_leaves_the_limit() {
        let not_met = (Verdict::RuledOut, Some(Met::NotMet));
        assert_eq!(verdict_and_met("j=k2", "q j k1"), not_met);
        assert_eq!(verdict_and_met("j=k2", "q j k1;k3"), not_met);
        assert_eq!(verdict_and_met("'a_bridge';j=k2", "q j k1"), not_met);
    }

    #[test]
    fn on_another_option_does_not_matter() {
        let rows = "2022-01-01 A red_line - out=o4\n2022-02-01 A offer o3<o4<o4 if=o3:j=k2\n2022-03-01 A demand o1";
        let case = small().issue("j", "k", 3, "political").says(rows).plans("q i o4\nq j k1").case();
        let cell = cell(&case, LATE, "A", "o4");
        assert_eq!((cell.verdict, cell.condition_met), (Verdict::TabledBefore, None));
    }

    #[test]
    fn of_one_of_two_offers_is_enough_for_a_row_and_every_row_needs_one() {
        let red = "2022-01-01 A red_line - out=o4\n";
        let two = format!("{red}2022-02-01 A offer o4 if=j=k1\n2022-03-01 A offer o4 if=j=k2\n2022-04-01 A demand o1");
        let between = format!(
            "{red}2022-02-01 A offer o4 if=j=k1\n2022-03-01 A red_line - out=o4\n2022-04-01 A offer o4 if=j=k2"
        );
        let verdict = |rows: &str, plans: &str| {
            let small = small().issue("j", "k", 3, "political").says(rows).says("2022-05-01 A demand o1");
            cell(&small.plans(&format!("q i o4\n{plans}")).case(), LATE, "A", "o4").verdict
        };
        assert_eq!(verdict(&two, "q j k1"), Verdict::TabledBefore);
        assert_eq!(verdict(&two, "q j k2"), Verdict::TabledBefore);
        assert_eq!(verdict(&two, "q j k3"), Verdict::RuledOut);
        assert_eq!(verdict(&between, "q j k1"), Verdict::RuledOut);
        assert_eq!(verdict(&between, "q j k2"), Verdict::TabledBefore);
    }

    #[test]
    fn of_the_ask_itself_is_told() {
        let case = small().issue("j", "k", 3, "political");
        let case = case.says("2022-01-01 A offer o2 if=j=k2").plans("q i o2\nq j k1").case();
        let cell = cell(&case, LATE, "A", "o2");
        assert_eq!((cell.verdict, cell.condition_met, &*cell.condition), (Verdict::Asked, Some(Met::NotMet), "j: k2"));
    }
}

mod actors {
    use super::*;

    fn actors(case: &Case) -> Vec<String> {
        let mut actors: Vec<String> = Vec::new();
        for cell in &asked(case, LATE, &[]).packages[0].cells {
            if !actors.contains(&cell.actor) {
                actors.push(cell.actor.clone());
            }
        }
        actors
    }

    #[test]
    fn are_the_principals_and_then_who_else_has_spoken_on_an_issue_of_the_plan() {
        let rows = "2022-01-01 C demand o3\n2022-01-01 D demand k1 on=j\n2022-01-01 A demand o1";
        let case = small().issue("j", "k", 2, "political").says(rows).plans("q i o3").case();
        assert_eq!(actors(&case), ["A", "B", "C"]);
        assert!(!cell(&case, LATE, "C", "o3").principal);
    }

    #[test]
    fn are_only_others_where_there_is_no_principal() {
        let case = small().setting("principals = []").says("2022-01-01 C demand o3").plans("q i o3").case();
        assert_eq!(actors(&case), ["C"]);
        assert_eq!(verdicts(&case, LATE, "C"), "asked");
    }

    #[test]
    fn of_rows_that_are_not_known_yet_are_no_authors() {
        let rows = "2022-01-01 A demand o1\n2022-01-01 B demand o1 known=2022-06-01";
        let case = small().says(rows).plans("q i o1 row=s1;s2").case();
        assert_eq!(asked(&case, "2022-03-01", &[]).packages[0].authors, ["A"]);
        assert_eq!(asked(&case, "2022-03-01", &[]).packages[0].clauses[0].rows, ["s1"]);
        assert_eq!(asked(&case, LATE, &[]).packages[0].authors, ["A", "B"]);
    }
}

mod record {
    use super::*;

    fn known(case: &Case, at: &str) -> Vec<String> {
        let told = |plan: &plan::PlanMatrix| format!("{} {}", plan.id, plan.clauses.len());
        asked(case, at, &[]).packages.iter().map(told).collect()
    }

    #[test]
    fn knows_a_clause_from_its_own_day_else_that_of_its_rows_else_that_of_the_plan_else_always() {
        let rows = "2022-01-01 A demand o1 known=2022-05-01\n2022-02-01 A demand o2";
        let plans = "own i o1 row=s1 known=2022-03 date=2022-01-01\nrows i o1 row=s1;s2 date=2022-01-01\n\
                     plan i o1 date=2022-04-01\nthought i o1";
        let case = small().says(rows).plans(plans).case();
        assert_eq!(known(&case, "2022-01-31"), ["thought 1"]);
        assert_eq!(known(&case, "2022-02-01"), ["rows 1", "thought 1"]);
        assert_eq!(known(&case, "2022-03-30"), ["rows 1", "thought 1"]);
        assert_eq!(known(&case, "2022-03-31"), ["own 1", "rows 1", "thought 1"]);
        assert_eq!(known(&case, "2022-04-01"), ["own 1", "rows 1", "plan 1", "thought 1"]);
    }

    #[test]
    fn knows_a_plan_by_the_clauses_that_it_knows() {
        let case = small()
            .issue("j", "k", 2, "political")
            .plans("q j k1 known=2022-06-01 title=Late\nq i o1 title=Early")
            .case();
        let early = asked(&case, "2022-01-01", &[]);
        assert_eq!((early.packages[0].clauses.len(), early.packages[0].title.as_str()), (1, "Early"));
        assert_eq!(asked(&case, LATE, &[]).packages[0].title, "Late");
    }

    #[test]
    fn has_clauses_without_an_option_and_topics_without_a_scale() {
        let case = small().plans("q i - says=too_vague\nq relief - says=aid").case();
        let plans = asked(&case, LATE, &[]);
        let plan = &plans.packages[0];
        assert_eq!((plan.coverage.coded, plan.coverage.clauses, plan.coverage.issues), (0, 2, 1));
        assert_eq!(plan.clauses.iter().map(|clause| clause.scale).collect::<Vec<_>>(), [true, false]);
        assert!(plan.cells.is_empty());
    }

    #[test]
    fn of_an_unknown_plan_names_those_that_there_are() {
        let case = small().plans("q i o1\nr i o2").case();
        let moment = Moment::new(&case, None, None);
        let unknown = plan::plans(&case, moment, &["x".to_owned()], Settings::default()).unwrap_err();
        assert_eq!(unknown, UnknownPlan { id: "x".into(), known: vec!["q".into(), "r".into()] });
    }
}

mod comparison {
    use super::*;

    /// What going from `a` to `b` is for each principal: `A gains B loses`.
    fn outcome(small: &Small, a: &str, b: &str) -> String {
        let case = small.clone().plans(&format!("a i {a}\nb i {b}")).case();
        let comparison = asked(&case, LATE, &["a", "b"]).comparisons.remove(0);
        comparison
            .sides
            .iter()
            .map(|side| format!("{} {}", side.actor, word(side.outcome)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn between(rows: &str) -> Small {
        small().says(rows)
    }

    #[test]
    fn is_by_order_from_the_side_on_which_a_principal_stands() {
        let case = between("2022-01-01 A demand o2\n2022-01-01 B demand o4");
        assert_eq!(outcome(&case, "o3", "o2"), "A gains B loses");
        assert_eq!(outcome(&case, "o2", "o1"), "A same B loses");
        assert_eq!(outcome(&case, "o4", "o5"), "A loses B same");
        assert_eq!(outcome(&case, "o3", "o3"), "A same B same");
        assert_eq!(outcome(&case, "o5", "o1"), "A gains B loses");
    }

    #[test]
    fn needs_every_reading_of_an_ask_and_of_a_clause() {
        let case = between("2022-01-01 A demand o1..o3\n2022-01-01 B demand o5");
        assert_eq!(outcome(&case, "o4", "o3"), "A gains B loses");
        assert_eq!(outcome(&case, "o3", "o2"), "A gains B loses");
        assert_eq!(outcome(&case, "o2;o4", "o3"), "A unclear B unclear");
        assert_eq!(outcome(&case, "o3;o4", "o3"), "A gains B loses");
        assert_eq!(outcome(&case, "o2;o4", "o2;o4"), "A same B same");
    }

    #[test]
    fn claims_nothing_across_an_ask_whose_side_is_not_known() {
        let alone = between("2022-01-01 A demand o3");
        assert_eq!(outcome(&alone, "o1", "o2"), "A gains B not_compared");
        assert_eq!(outcome(&alone, "o2", "o4"), "A unclear B not_compared");
        assert_eq!(outcome(&alone, "o3", "o4"), "A loses B not_compared");
        let within = between("2022-01-01 A demand o3\n2022-01-01 B demand o2..o4");
        assert_eq!(outcome(&within, "o2", "o4"), "A unclear B unclear");
        let alike = between("2022-01-01 A demand o3\n2022-01-01 B demand o3");
        assert_eq!(outcome(&alike, "o2", "o3"), "A gains B gains");
    }

    #[test]
    fn of_three_principals_takes_the_side_from_what_the_others_ask_for_together() {
        let rows = "2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-01-01 C demand o3";
        let three = small().setting("principals = [\"A\", \"B\", \"C\"]").says(rows);
        assert_eq!(outcome(&three, "o3", "o2"), "A gains B loses C loses");
        assert_eq!(outcome(&three, "o2", "o4"), "A loses B gains C unclear");
    }

    fn two_issues(plans: &str) -> Case {
        let rows =
            "2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-01-01 A demand k1 on=j\n2022-01-01 B demand k1 on=j";
        small().issue("j", "k", 3, "political").says(rows).plans(plans).case()
    }

    #[test]
    fn finds_the_plan_by_which_nobody_loses_and_somebody_gains() {
        let case = two_issues("a i o3\na j k3\nb i o3\nb j k2\nc i o2\nc j k1\nd i o3");
        let plans = asked(&case, LATE, &[]);
        let dominated: Vec<_> =
            plans.packages.iter().map(|p| (p.id.as_str(), p.comparable_plans, p.dominated_by.clone())).collect();
        let none = Vec::<String>::new;
        assert_eq!(dominated, [("a", 3, vec!["b".to_owned()]), ("b", 3, none()), ("c", 3, none()), ("d", 3, none())]);
        let dominates: Vec<_> = plans.comparisons.iter().map(|c| c.dominates.clone()).collect();
        assert_eq!(dominates, [Some("b".to_owned()), None, None]);
    }

    #[test]
    fn names_what_both_and_what_only_one_of_them_speaks_of() {
        let case = two_issues("a i o3\na j -\nb i o3\nb j k2\nc relief -");
        let plans = asked(&case, LATE, &["a", "b", "c"]);
        let told = |c: &plan::Comparison| (c.common.join(" "), c.only_from.join(" "), c.only_to.join(" "));
        let text = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(plans.comparisons.iter().map(told).collect::<Vec<_>>(), [text("i", "", "j"), text("", "i j", "")]);
        assert_eq!(plans.packages[2].comparable_plans, 0);
    }

    #[test]
    fn is_at_the_day_asked_about() {
        let rows = "2022-01-01 A demand o1\n2022-01-01 B demand o5\n2022-06-01 A demand o5\n2022-06-01 B demand o1";
        let case = small().says(rows).plans("a i o2\nb i o4").case();
        let first = |at: &str| asked(&case, at, &["a", "b"]).comparisons[0].sides[0].outcome;
        assert_eq!((first("2022-01-01"), first("2022-06-01")), (Outcome::Loses, Outcome::Gains));
    }

    #[test]
    fn names_the_cells_that_change() {
        let case =
            small().says("2022-01-01 A red_line o1 out=o5\n2022-01-01 B demand o5").plans("a i o1;o2\nb i o5").case();
        let changed = &asked(&case, LATE, &["a", "b"]).comparisons[0].changed;
        let told: Vec<_> = changed
            .iter()
            .map(|c| (c.actor.as_str(), c.verdicts_from.clone(), c.verdicts_to.clone(), c.options_from.join(" ")))
            .collect();
        let from = "o1 o2".to_owned();
        assert_eq!(
            told,
            [
                ("A", vec![Verdict::Asked, Verdict::NotRuledOut], vec![Verdict::RuledOut], from.clone()),
                ("B", vec![Verdict::NotRuledOut], vec![Verdict::Asked], from),
            ]
        );
    }
}
