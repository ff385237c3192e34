//! Signs of ripeness: what is read from series and rows, and what stays unknown.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use detente_analysis::about::Settings;
use detente_analysis::ripeness::{Reading, Ripeness, Tick, ripeness};
use detente_case::indicator::IndicatorKind;
use detente_case::{Case, Folder, Moment, When, load};

const SETTINGS: &str =
    "schema = 1\ntitle = \"T\"\nas_of = 2022-12-31\nstarts = 2021-01-01\nprincipals = [\"A\", \"B\"]\n";

fn case(factors: &str, indicators: &str) -> Case {
    let positions = "id,actor,issue,valid_from,valid_to,grade,statement,link\np1,A,t,2021-02-01,2021-09-01,B2,w,l\np2,B,t,2021-03-01,,,w,l\n";
    let files = [
        ("case.toml", SETTINGS.to_owned()),
        ("topics.csv", "topic\nt\n".to_owned()),
        ("positions.csv", positions.to_owned()),
        ("events.csv", "id,date,type,title,parties,link\ne1,2021-06-01,election,V,A,l\n".to_owned()),
        ("relations.csv", "id,from,to,type,valid_from,valid_to\nr1,C,A,arms,2021-01-01,2021-05-01\n".to_owned()),
        ("factors.csv", format!("factor,date,known_from,value\n{factors}")),
        ("indicators.csv", format!("indicator,actor,series,rows,rises,near_zero,reason\n{indicators}")),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes())).to_vec();
    let loaded = load(&Folder::Memory(files), |_| {});
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

fn at(case: &Case, day: &str, months: u32) -> Ripeness {
    let day = When::parse(day).unwrap().last();
    ripeness(case, Moment::new(case, Some(day), None), months, Settings::default())
}

/// A front line at the ends of months from January 2021 on.
fn front(values: &[f64]) -> String {
    let line = |(number, value): (usize, &f64)| {
        let month = When::parse(&format!("{}-{:02}", 2021 + number / 12, number % 12 + 1)).unwrap().last();
        format!("front,{month},{month},{value}\n")
    };
    values.iter().enumerate().map(line).collect()
}

const FRONT: &str = "front_line,A,front,,,0.5,r\n";

#[test]
fn a_line_stands_still_once_it_has_been_quiet_for_so_many_months() {
    let case = case(&front(&[10.0, 12.0, 12.1, 11.9, 12.2]), FRONT);
    let now = at(&case, "2021-05-31", 3);
    let [stalled] = now.stalled.as_slice() else { panic!("{:?}", now.stalled) };
    // From the end of February to the end of May: three months.
    assert_eq!((stalled.verdict, stalled.quiet_months), (Tick::Yes, 3));
    assert_eq!(stalled.quiet_since, When::parse("2021-02-28"));
    assert_eq!(at(&case, "2021-05-31", 4).stalled[0].verdict, Tick::No);
    assert_eq!(at(&case, "2021-04-30", 3).stalled[0].verdict, Tick::No);
    let otherwise: Vec<(f64, i32)> = stalled.otherwise.iter().map(|o| (o.near_zero, o.quiet_months)).collect();
    assert_eq!(otherwise, [(0.25, 0), (1.0, 3)]);
}

#[test]
fn a_gain_of_either_side_is_movement_alike() {
    for step in [2.0, -2.0] {
        let case = case(&front(&[10.0, 10.0, 10.0, 10.0 + step]), FRONT);
        let stalled = &at(&case, "2021-04-30", 1).stalled[0];
        assert_eq!((stalled.verdict, stalled.quiet_since), (Tick::No, None));
    }
}

#[test]
fn an_old_value_and_a_long_silence_say_nothing_of_the_time_between() {
    let case_of = |more: &str| case(&format!("{}{more}", front(&[10.0, 10.0, 10.0, 10.0])), FRONT);
    // The last value is of 30 April 2021; a quarter later nobody knows.
    assert_eq!(at(&case_of(""), "2021-07-31", 3).stalled[0].verdict, Tick::Yes);
    assert_eq!(at(&case_of(""), "2021-08-01", 3).stalled[0].verdict, Tick::Unknown);
    // The same value half a year on: what happened in between is not known.
    let after = at(&case_of("front,2021-10-31,2021-10-31,10\n"), "2021-10-31", 3);
    assert_eq!((after.stalled[0].verdict, after.stalled[0].quiet_months), (Tick::No, 0));
}

#[test]
fn without_a_limit_there_is_no_tick() {
    let case = case(&front(&[10.0, 10.0]), "front_line,A,front,,,,r\n");
    assert!(at(&case, "2021-12-31", 1).stalled.is_empty());
}

#[test]
fn the_pace_is_of_a_month_whatever_the_distance_of_the_values() {
    let case = case("front,2021-01-01,,10\nfront,2021-03-03,,14\n", FRONT);
    let series = at(&case, "2021-03-31", 1).indicators[0].series[0].clone();
    // 61 days.
    let pace = series.pace.unwrap();
    assert!((pace.per_month - 4.0 / 61.0 * 30.4375).abs() < 1e-12, "{pace:?}");
    assert!(series.revised);
    assert_eq!(series.age_days, 28);
}

#[test]
fn changes_are_measured_from_the_nearest_value_that_is_near_enough() {
    let case = case(
        "polls,2021-01-10,,30\npolls,2021-10-20,,44\npolls,2021-11-25,,50\npolls,2022-02-01,,40\n",
        "opinion,A,polls,,more,,r\n",
    );
    let series = at(&case, "2022-02-28", 1).indicators[2].series[0].clone();
    let told: Vec<(u32, String, f64, Option<Reading>)> =
        series.changes.iter().map(|c| (c.months, c.from.to_string(), c.change, c.reading)).collect();
    // 1 November 2021 is 12 days after 20 October and 24 before 25 November; a year before lies within 61 days of 10 January 2021.
    assert_eq!(
        told,
        [
            (3, "2021-10-20".to_owned(), -4.0, Some(Reading::Less)),
            (12, "2021-01-10".to_owned(), 10.0, Some(Reading::More))
        ]
    );
    let early = at(&case, "2021-12-31", 1).indicators[2].series[0].clone();
    assert_eq!(early.changes.iter().map(|change| change.months).collect::<Vec<_>>(), [12]);
}

#[test]
fn what_rises_is_read_as_the_case_says_or_not_at_all() {
    let polls = "polls,2021-01-01,,30\npolls,2021-04-01,,31\n";
    for (rises, reading) in [("more", Some(Reading::More)), ("less", Some(Reading::Less)), ("", None)] {
        let case = case(polls, &format!("opinion,A,polls,,{rises},,r\n"));
        assert_eq!(at(&case, "2021-04-30", 1).indicators[2].series[0].changes[0].reading, reading, "{rises}");
    }
}

#[test]
fn going_on_is_dearer_for_a_side_if_all_its_costs_rose() {
    let factors = "bread,2021-01-01,,1\nbread,2022-01-01,,2\nfuel,2021-01-01,,5\nfuel,2022-01-01,,4\n";
    let costly = |indicators: &str| {
        let now = at(&case(factors, indicators), "2022-01-31", 1);
        now.costly.iter().map(|costly| costly.verdict).collect::<Vec<_>>()
    };
    assert_eq!(costly("cost,A,bread,,more,,r\ncost,B,fuel,,more,,r\n"), [Tick::Yes, Tick::No]);
    assert_eq!(costly("cost,A,bread,,more,,r\ncost,A,fuel,,more,,r\n"), [Tick::Mixed, Tick::Unknown]);
    assert_eq!(costly("cost,,bread,,more,,r\ncost,B,fuel,,less,,r\n"), [Tick::Yes, Tick::Yes]);
    assert_eq!(costly("cost,A,bread,,,,r\n"), [Tick::Unknown, Tick::Unknown]);
}

#[test]
fn of_what_no_row_speaks_nothing_is_known() {
    let now =
        at(&case("polls,2021-05-01,2021-06-01,3\n", "opinion,A,polls,,,,r\nauthority,,,p2,,,r\n"), "2021-12-31", 6);
    let unknown = |kind: IndicatorKind| {
        now.indicators.iter().find(|now| now.indicator == kind).map(|now| now.unknown.join(" ")).unwrap()
    };
    assert_eq!(unknown(IndicatorKind::Opinion), "B");
    assert_eq!(unknown(IndicatorKind::Authority), "");
    for kind in [IndicatorKind::FrontLine, IndicatorKind::Cost, IndicatorKind::Optimism, IndicatorKind::Deadline] {
        assert_eq!(unknown(kind), "A B", "{kind:?}");
    }
}

#[test]
fn a_value_counts_from_the_day_on_which_it_was_published() {
    let case = case("polls,2021-05-01,2021-06-01,3\n", "opinion,A,polls,,,,r\n");
    assert!(at(&case, "2021-05-31", 6).indicators[2].series.is_empty());
    assert_eq!(at(&case, "2021-06-01", 6).indicators[2].series.len(), 1);
}

#[test]
fn rows_are_told_with_what_stands_and_what_does_not() {
    let case = case("", "authority,A,,p1;p2;e1;r1,,,r\n");
    let rows = at(&case, "2021-12-31", 6).indicators[4].rows[0].rows.clone();
    let told: Vec<(&str, Option<bool>, Option<&str>)> =
        rows.iter().map(|row| (row.id.as_str(), row.stands, row.grade.as_deref())).collect();
    // The latest first; the statement of A has ended by its own terms, the relation too.
    assert_eq!(
        told,
        [("e1", None, None), ("p2", Some(true), None), ("p1", Some(false), Some("B2")), ("r1", Some(false), None)]
    );
    assert_eq!(at(&case, "2021-02-15", 6).indicators[4].rows[0].rows.len(), 2);
}

#[test]
fn there_is_nothing_to_say_of_a_way_out_where_no_issue_has_a_scale() {
    assert_eq!(at(&case("", ""), "2021-12-31", 6).way_out, None);
}
