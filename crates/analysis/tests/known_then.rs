//! What could be said at the end of each quarter, and the scores of the rule, on cases small enough to be counted by hand.

#![expect(clippy::panic, reason = "a test stops at what it does not expect")]

use detente_analysis::about::Settings;
use detente_analysis::known_then::{Asked, KnownThen, MOST_QUARTERS, Question, known_then};
use detente_analysis::phase::Phase;
use detente_case::{Case, Folder, Moment, load};

fn case(starts: &str, as_of: &str, positions: &str, events: &str) -> Case {
    let settings =
        format!("schema = 1\ntitle = \"T\"\nas_of = {as_of}\nstarts = {starts}\nprincipals = [\"A\", \"B\"]\n");
    let files = [
        ("case.toml", settings),
        ("issues.csv", "issue,option,group\ni,o1,land\ni,o2,land\ni,o3,land\n".to_owned()),
        (
            "positions.csv",
            format!("id,actor,issue,kind,best_option,rules_out,valid_from,known_from,statement,link\n{positions}"),
        ),
        ("events.csv", format!("id,date,known_from,type,title,level,parties,direction,link\n{events}")),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes())).to_vec();
    let loaded = load(&Folder::Memory(files), |_| {});
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

fn whole(case: &Case) -> KnownThen {
    known_then(case, Moment::new(case, None, None), Settings { draws: 200, ..Settings::default() })
}

/// Talks on the fifteenth of some months.
fn talks(months: &[&str]) -> String {
    months.iter().map(|month| format!("t{month},{month}-15,,talks,T,delegations,A;B,,l\n")).collect()
}

fn asked(row: &detente_analysis::known_then::QuarterThen, question: Question) -> Option<&Asked> {
    row.asked.iter().find(|asked| asked.question == question)
}

#[test]
fn quarters_run_from_the_start_to_the_last_that_has_ended() {
    let result = whole(&case("2021-02-10", "2021-12-30", "", ""));
    let quarters: Vec<(i16, i8)> = result.quarters.iter().map(|row| (row.quarter.year, row.quarter.quarter)).collect();
    assert_eq!(quarters, [(2021, 1), (2021, 2), (2021, 3)]);
    // Of the last the quarter after has not ended.
    assert_eq!(result.quarters.iter().map(|row| row.next.is_some()).collect::<Vec<_>>(), [true, true, false]);
}

#[test]
fn the_key_figures_are_those_of_the_last_day() {
    let positions = "p1,A,i,red_line,o1,o2;o3,2021-02-01,,w,l\np2,B,i,red_line,o3,o1;o2,2021-05-01,,w,l\n";
    let result = whole(&case("2021-01-01", "2021-12-31", positions, &talks(&["2021-01", "2021-05"])));
    let [first, second, ..] = result.quarters.as_slice() else { panic!("{}", result.quarters.len()) };
    assert_eq!((first.then.phase, first.then.comparable, first.then.blocked), (Phase::Lull, 0, false));
    assert_eq!((first.then.tested, first.then.issues, first.then.months_since_talks), (0, 1, Some(2)));
    let then = &second.then;
    assert_eq!((then.comparable, then.tested, then.blocked), (1, 1, true));
    assert_eq!((then.blocked_issues.join(" "), then.first_group.as_deref()), ("i".to_owned(), Some("land")));
    assert_eq!((then.gap_min, then.gap_max, then.steps, then.months_since_talks), (2, 2, Some(2), Some(1)));
    let next = first.next.as_ref().unwrap();
    assert_eq!((next.talks.join(" "), next.verdict_changed), ("t2021-05".to_owned(), true));
}

#[test]
fn what_became_known_later_is_not_in_the_figures_and_is_in_what_came_next() {
    let events = "e1,2021-05-10,2021-09-01,talks,T,delegations,A;B,progress,l\n";
    let result = whole(&case("2021-01-01", "2021-12-31", "", events));
    assert_eq!(result.quarters[1].then.months_since_talks, None);
    assert_eq!(result.quarters[2].then.months_since_talks, Some(4));
    let next = result.quarters[0].next.as_ref().unwrap();
    assert_eq!((next.talks.join(" "), next.progress.join(" ")), ("e1".to_owned(), "e1".to_owned()));
}

#[test]
fn hardening_and_concessions_are_those_of_each_principal() {
    let positions = "p1,A,i,demand,o1,,2021-01-05,,w,l\np2,B,i,demand,o3,,2021-01-06,,w,l\np3,A,i,offer,o2,,2021-04-05,,w,l\n\
                     p4,B,i,red_line,,o1,2021-05-05,,w,l\n";
    let result = whole(&case("2021-01-01", "2021-12-31", positions, ""));
    let moves = &result.quarters[0].next.as_ref().unwrap().moves;
    let counts: Vec<(&str, usize, usize)> =
        moves.iter().map(|moves| (moves.actor.as_str(), moves.hardenings, moves.concessions)).collect();
    assert_eq!(counts, [("A", 0, 1), ("B", 1, 0)]);
}

/// Talks in every second quarter of three years, in its second month; no talks in the others.
fn alternating() -> Case {
    let months = ["2021-02", "2021-08", "2022-02", "2022-08", "2023-02", "2023-08"];
    case("2021-01-01", "2023-12-31", "", &talks(&months))
}

#[test]
fn the_rule_and_the_base_rate_are_the_shares_that_the_page_says() {
    let result = whole(&alternating());
    assert_eq!(result.quarters.len(), 12);
    // A quarter with talks ends in a lull of one month; one without in a stalemate of four months.
    let phases: Vec<Phase> = result.quarters.iter().map(|row| row.then.phase).collect();
    assert_eq!(phases[..4], [Phase::Lull, Phase::Stalemate, Phase::Lull, Phase::Stalemate]);
    // Fewer than four earlier quarters: nothing is asked.
    assert!(result.quarters[3].asked.is_empty());
    // At the end of 2022 Q1, a lull, what came of four quarters is known: no, yes, no, yes. Two of them ended in a lull, without talks after it.
    let row = &result.quarters[4];
    let talks = asked(row, Question::Talks).unwrap();
    assert_eq!((talks.earlier, talks.same_phase), (4, 2));
    assert_eq!(talks.base, 3.0 / 6.0);
    assert_eq!(talks.rule, (0.0 + 2.0 * 0.5) / (2.0 + 2.0));
    let rounds = asked(row, Question::Rounds).unwrap();
    assert_eq!(rounds.numbers, [(0.0, true), (1.0, false), (0.0, true), (1.0, false)]);
    assert_eq!((rounds.base, rounds.rule), (0.5, (0.0 + 2.0 * 0.5) / 4.0));
    assert_eq!(asked(row, Question::Front), None);
}

#[test]
fn scores_are_those_of_a_plain_recomputation() {
    let result = whole(&alternating());
    let (mut rule, mut base, mut count) = (0.0, 0.0, 0);
    for row in &result.quarters {
        let (Some(asked), Some(next)) = (asked(row, Question::Talks), &row.next) else { continue };
        let outcome = if next.talks.is_empty() { 0.0 } else { 1.0 };
        rule += (asked.rule - outcome) * (asked.rule - outcome);
        base += (asked.base - outcome) * (asked.base - outcome);
        count += 1;
    }
    let score = &result.scores.questions[0];
    assert_eq!((score.question, score.asked, count), (Some(Question::Talks), 7, 7));
    assert!((score.rule - rule / 7.0).abs() < 1e-12 && (score.base - base / 7.0).abs() < 1e-12);
    assert!((score.difference.mean - (rule - base) / 7.0).abs() < 1e-12);
    // The phase tells what comes, so the rule is nearer in every quarter, and in every draw of quarters.
    assert!(score.difference.high < 0.0 && !score.difference.within_noise, "{score:?}");
    let asked: usize = result.scores.reliability.iter().map(|bin| bin.asked).sum();
    assert_eq!(Some(asked), result.scores.together.as_ref().map(|all| all.asked));
}

#[test]
fn where_nothing_ever_comes_rule_and_base_rate_are_alike() {
    let result = whole(&case("2021-01-01", "2023-12-31", "", ""));
    for score in &result.scores.questions {
        assert_eq!(score.came_true, 0);
        // With the same phase throughout, the rule is the base rate pulled towards what was seen.
        assert!(score.rule <= score.base, "{score:?}");
    }
    assert_eq!(result.scores.numbers.iter().map(|score| (score.rule, score.base)).collect::<Vec<_>>(), [(0.0, 0.0)]);
}

#[test]
fn an_endless_case_is_cut_to_its_last_quarters() {
    let result = whole(&case("0001-01-01", "9999-12-31", "", ""));
    assert_eq!(result.quarters.len(), MOST_QUARTERS);
    assert_eq!(result.left_out, 9999 * 4 - MOST_QUARTERS);
    assert_eq!(result.quarters.last().map(|row| row.quarter.year), Some(9999));
}
