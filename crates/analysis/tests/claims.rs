//! Claims under test: one test a question, and what holds of every case.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use detente_analysis::about::Settings;
use detente_analysis::claims::{Answer, Claims, Verdict, claims};
use detente_case::{Moment, When};
use proptest::prelude::*;
use support::random::{DAYS, cases, config};
use support::{Files, Small, day, loaded, moment, small};

/// The files of a case with a claim for each predicate.
fn with_claims(mut files: Files, predicates: &[&str]) -> Files {
    let mut text = "schema = 1\n".to_owned();
    for (number, predicate) in predicates.iter().enumerate() {
        text.push_str(&format!("[[claim]]\nid = \"c{number}\"\ntext = \"t\"\npredicate = \"{predicate}\"\n"));
    }
    files.insert("claims.toml".to_owned(), text);
    files
}

fn tested(case: &Small, predicates: &[&str], at: &str) -> Claims {
    let case = loaded(&with_claims(case.files(), predicates));
    claims(&case, moment(&case, at), Settings::default())
}

/// The verdict of one predicate at the end of the record, in short.
fn says(case: &Small, predicate: &str) -> &'static str {
    tested(case, &[predicate], "2025-12-31").claims[0].verdict.words()
}

fn answer(case: &Small, predicate: &str) -> Answer {
    tested(case, &[predicate], "2025-12-31").claims[0].questions[0].clone()
}

fn assert_says(case: &Small, expected: &[(&str, &str)]) {
    for (predicate, verdict) in expected {
        assert_eq!(says(case, predicate), *verdict, "{predicate}: {:#?}", answer(case, predicate));
    }
}

fn talks() -> Small {
    small().setting("starts = 2022-01-01").actors(&["A", "B", "T", "U"]).happens(
        "2022-01-10 talks with=A;B at=delegations in=CH on=i progress
         2022-02-10 talks with=A;B at=ministers in=TR by=T on=relief
         2022-02-20 talks with=A;B in=TR
         2022-03 talks with=A;B at=technical in=CH on=i
         2022-04-05 breakdown with=A;B setback
         2022-09-01 mediation with=A;T at=leaders by=T",
    )
}

#[test]
fn a_phase_is_that_of_the_month() {
    assert_says(
        &talks(),
        &[
            ("phase(at: 2022-01) = movement", "supported"),
            ("phase(at: 2022-01-31) in {talks, movement}", "supported"),
            ("phase(at: 2022-04) = talks", "not supported"),
            ("phase(at: 2021-12) = not_started", "no data"),
            ("months(stalemate, within: 2022) >= 4", "supported"),
            ("months({setback, lull}, within: 2022) = 5", "supported"),
            ("spell(stalemate, within: 2022) = 6", "supported"),
            ("spell(stalemate, from: 2022-08, to: 2022-09) > 2", "not supported"),
        ],
    );
    let found = answer(&talks(), "phase(at: 2022-04) = talks");
    assert_eq!(
        found.shows,
        "In 2022-04 the phase was setback: an event marked as a setback (event e5), with no direct talks after it in the month."
    );
    assert_eq!((found.rows, found.figures[0].value.as_str()), (vec!["e5".to_owned()], "setback"));
}

#[test]
fn contact_of_which_no_level_is_stated_may_have_been_at_any() {
    assert_says(
        &talks(),
        &[
            ("contact(direct, within: 2022-01) = delegations", "supported"),
            ("contact(direct, within: 2022-01) <= technical", "not supported"),
            ("contact(direct, within: 2022-02) = none", "not supported"),
            ("contact(direct, within: 2022-02, track: humanitarian) = ministers", "supported"),
            // Talks of 20 February have neither an agenda nor a level.
            ("contact(direct, within: 2022-02) <= ministers", "not determined"),
            ("contact(direct, within: 2022-02) >= technical", "supported"),
            ("contact(direct, within: 2023) = none", "supported"),
            ("contact(mediated, within: 2022) = none", "supported"),
            ("contact(direct, within: 2021) = none", "no data"),
        ],
    );
}

#[test]
fn what_an_event_does_not_state_is_left_open_only_if_it_is_asked() {
    assert_says(
        &talks(),
        &[
            ("rounds(within: 2022) = 4", "supported"),
            ("rounds(country: CH) = 2", "supported"),
            ("rounds(country: {CH, TR}) = 4", "supported"),
            ("rounds(country: TR, topic: relief)", "supported"),
            ("rounds(country: TR, topic: relief) = 1", "not determined"),
            ("rounds(level: delegations) >= 2", "supported"),
            ("rounds(level: delegations) = 2", "not determined"),
            ("rounds(mediator: T)", "supported"),
            ("rounds(mediator: U)", "not supported"),
            ("rounds(direction: progress) = 1", "supported"),
            ("mediations(mediator: T) = 1", "supported"),
            ("events(breakdown, within: 2022-04)", "supported"),
            ("events(allegation, within: 2022-04)", "not supported"),
            ("events(party: A, within: 2022) = 6", "supported"),
            // The round of March may have been before or after the middle of the month.
            ("rounds(from: 2022-03-15, to: 2022-04) = 0", "not determined"),
            ("rounds(from: 2022-03-15, to: 2022-04) <= 1", "supported"),
            ("rounds(within: 2021)", "no data"),
        ],
    );
}

fn words() -> Small {
    small().issue("j", "k", 3, "political").says(
        "2022-01-05 A demand o1
         2022-01-06 B demand o5
         2022-02-10 A offer o2
         2022-03-10 B red_line - out=o1;o2
         2022-04-10 B offer o2 if='a_vote'
         2022-05-10 A demand o1..o3
         2022-06-10 A red_line - out=o5 law
         2022-07 B demand o4",
    )
}

#[test]
fn a_position_is_a_set_and_a_silent_actor_has_no_data() {
    assert_says(
        &words(),
        &[
            ("position(A, i, at: 2022-02-28) = o2", "supported"),
            ("position(A, i, at: 2022-02-28) includes {o1, o2}", "not supported"),
            ("position(A, i, at: 2022-05-31) includes {o1, o2}", "supported"),
            ("position(A, i, at: 2022-05-31) in {o1, o2}", "not supported"),
            // The demand of July may have been made before the 15th or after.
            ("position(B, i, at: 2022-07-15) = o4", "not determined"),
            ("position(B, i, at: 2022-07-15) = o1", "not supported"),
            ("position(B, i, at: 2022-08) = o4", "supported"),
            ("position(A, i, at: 2021-12) = o1", "no data"),
            ("position(A, j, at: 2022-12) = k1", "no data"),
            ("tabled(A, i, from: 2022-01, to: 2022-02) includes {o1, o2}", "supported"),
            ("tabled(A, i, within: 2022-02) includes o1", "not supported"),
            ("tabled(A, i, within: 2022-03) includes o1", "no data"),
            ("tabled(B, i, from: 2022-07-15, to: 2022-12) includes o4", "not determined"),
        ],
    );
}

#[test]
fn a_limit_stands_only_if_it_does_under_every_reading_that_is_asked() {
    assert_says(
        &words(),
        &[
            ("limits(B, i, at: 2022-03) includes o1", "supported"),
            ("limits(B, i, at: 2022-03) includes {o1, o2}", "supported"),
            ("limits(B, i, at: 2022-03) includes o3", "not supported"),
            // A vote would open the second option again, but for a reading in which nothing does.
            ("limits(B, i, at: 2022-04) includes o2", "not determined"),
            ("limits(B, i, at: 2022-04, reading: never_relaxed) includes o2", "supported"),
            ("limits(B, i, at: 2022-04) includes o1", "supported"),
            ("limits(A, i, at: 2022-06) includes o5", "not determined"),
            ("limits(A, i, at: 2022-06, law: yes) includes o5", "supported"),
            ("limits(A, i, at: 2022-06, law: no) includes o5", "not supported"),
            ("limits(A, i, at: 2022-05) includes o5", "no data"),
        ],
    );
}

#[test]
fn movements_are_counted_by_direction_issue_and_kind() {
    assert_says(
        &words(),
        &[
            ("concession(by: A, within: 2022-02) = 1", "supported"),
            ("hardening(by: B, within: 2022-03) = 1", "supported"),
            ("hardening(by: B, kind: shift, within: 2022-03)", "not supported"),
            ("hardening(by: A, law: yes, within: 2022) = 1", "supported"),
            ("hardening(within: 2022-03) = 1", "supported"),
            ("hardening(by: A, issue: j)", "no data"),
            ("hardening(by: A, within: 2021)", "no data"),
        ],
    );
}

#[test]
fn a_gap_is_a_range_of_steps() {
    assert_says(
        &words(),
        &[
            ("gap(at: 2022-01-31) = 4", "supported"),
            ("gap(issue: i, at: 2022-02-28) <= 3", "supported"),
            ("gap(issue: i, at: 2022-08) >= 2", "not determined"),
            ("gap(issue: j, at: 2022-08) >= 2", "no data"),
            ("gap_change(from: 2022-01-31, to: 2022-02-28) = narrower", "supported"),
            ("gap_change(from: 2022-01-31, to: 2022-02-28) = wider", "not supported"),
            ("gap_change(from: 2021-01-31, to: 2022-02-28) = wider", "no data"),
        ],
    );
}

#[test]
fn what_blocks_and_what_sticks_is_by_order_alone() {
    let case = small().issue("j", "k", 3, "political").says(
        "2022-01-05 A demand o1
         2022-01-05 B demand o5
         2022-01-05 A red_line - out=o4;o5
         2022-01-05 B red_line - out=o1;o2;o3
         2022-01-05 A demand k1 on=j
         2022-01-05 B demand k2 on=j",
    );
    assert_says(
        &case,
        &[
            ("blocked(at: 2022-02)", "supported"),
            ("not blocked(at: 2022-02)", "not supported"),
            ("blocked(at: 2021-12)", "no data"),
            ("sticking(issue: i, at: 2022-02) = 1", "supported"),
            ("sticking(issue: j, at: 2022-02) = 1", "not supported"),
            ("both_must_move(at: 2021-12)", "no data"),
        ],
    );
    // Where nothing blocks, the wider gap sticks; a tie leaves the place open.
    assert_says(
        &words(),
        &[("blocked(at: 2022-02)", "not supported"), ("sticking(issue: i, at: 2022-02) = 1", "supported")],
    );
    let tied = small().issue("j", "k", 3, "political").says(
        "2022-01-05 A demand o1\n2022-01-05 B demand o2\n2022-01-05 A demand k1 on=j\n2022-01-05 B demand k2 on=j",
    );
    assert_says(
        &tied,
        &[
            ("sticking(issue: i, at: 2022-02) = 1", "not determined"),
            ("sticking(issue: i, at: 2022-02) <= 2", "supported"),
            ("both_must_move(at: 2022-02)", "not supported"),
        ],
    );
}

#[test]
fn relations_stand_on_any_day_of_a_window() {
    let case = small().actors(&["A", "B", "T", "U"]).relates("T A arms 2022-03-01\nT A finances 2023");
    assert_says(
        &case,
        &[
            ("relation(T, A, arms, within: 2022)", "supported"),
            ("relation(T, A, arms, at: 2022-02-28)", "no data"),
            ("relation(T, A, mediates, at: 2022-12)", "not supported"),
            ("relation(U, A, arms)", "no data"),
            ("trust_change(A, B, from: 2022, to: 2023) < 0", "no data"),
            ("effect(front_line) > 0", "no data"),
        ],
    );
}

#[test]
fn a_series_has_its_latest_value_and_one_value_is_no_change() {
    let mut files = with_claims(small().files(), &[]);
    files.insert(
        "factors.csv".into(),
        "factor,date,known_from,value\npoll,2022-01-31,,40\npoll,2022-06-30,,35\npoll,2022-06-30,,37\nlate,2022-01-31,2023-01-01,1\n".into(),
    );
    for (predicate, at, expected) in [
        ("series(poll, at: 2022-05) = 40", "2025-12-31", "supported"),
        ("series(poll, at: 2022-07) >= 35", "2025-12-31", "supported"),
        ("series(poll, at: 2022-07) > 36", "2025-12-31", "not determined"),
        ("series(poll, at: 2021) > 0", "2025-12-31", "no data"),
        ("change(poll, from: 2022-01, to: 2022-07) < 0", "2025-12-31", "supported"),
        ("change(poll, from: 2022-02, to: 2022-05) = 0", "2025-12-31", "no data"),
        ("series(late, at: 2022-05) = 1", "2022-12-31", "no data"),
        ("series(late, at: 2022-05) = 1", "2023-01-01", "supported"),
    ] {
        let case = loaded(&with_claims(files.clone(), &[predicate]));
        let told = claims(&case, moment(&case, at), Settings::default());
        assert_eq!(told.claims[0].verdict.words(), expected, "{predicate} {at}: {told:#?}");
    }
}

#[test]
fn parts_have_verdicts_of_their_own_and_one_without_a_question_has_no_data() {
    let mut files = talks().files();
    files.insert(
        "claims.toml".into(),
        "schema = 1\n[[claim]]\nid = \"c\"\ntext = \"t\"\nwithin = 2022\npredicate = \"early or late\"\n\
         [[claim.part]]\nid = \"early\"\ntext = \"t\"\nwithin = \"2022-01\"\npredicate = \"rounds()\"\n\
         [[claim.part]]\nid = \"late\"\ntext = \"t\"\nnote = \"n\"\n\
         [[claim.part]]\nid = \"beside\"\ntext = \"t\"\npredicate = \"rounds() = 0\"\n"
            .into(),
    );
    let case = loaded(&files);
    let told = claims(&case, moment(&case, "2022-12-31"), Settings::default());
    let verdicts: Vec<&str> = told.claims[0].parts.iter().map(|part| part.verdict.words()).collect();
    assert_eq!(verdicts, ["supported", "no data", "not supported"]);
    assert_eq!(told.claims[0].verdict, Verdict::Supported);
    assert_eq!(told.claims[0].shows, ["1 round of direct talks is on record from 2022-01-01 to 2022-01-31."]);
    assert_eq!(told.verdicts.supported, 1);
}

/// Questions to random cases; the actors are `A` and `B`, the issues `i` and `j`.
const QUESTIONS: [&str; 16] = [
    "position(A, i, at: 2022-02-02) includes o2",
    "position(B, i, at: 2022-02) in {o1, o2, o3}",
    "tabled(A, i, from: 2022-01, to: 2022-02) includes o3",
    "limits(A, i, at: 2022-02-15) includes o5",
    "limits(B, i, at: 2022-02-15, law: yes) includes o1",
    "hardening(by: A, within: 2022-02)",
    "concession(by: B, from: 2022-01, to: 2022-02) = 0",
    "hardening(from: 2022-01-10, to: 2022-02-20) >= 2",
    "gap(at: 2022-02-15) >= 2",
    "gap_change(from: 2022-01-20, to: 2022-03) = wider",
    "blocked(at: 2022-02-15)",
    "sticking(issue: i, at: 2022-02-15) = 1",
    "both_must_move(at: 2022-02-15)",
    "hardening(by: A, within: 2022) and not blocked(at: 2022-02)",
    "position(A, i) = o1 or position(B, i) = o5",
    "blocked(reading: latest, law: no)",
];

fn verdicts(files: &Files, at: &str, known: &str) -> Vec<Verdict> {
    let case = loaded(&with_claims(files.clone(), &QUESTIONS));
    let moment = Moment::new(&case, Some(day(at)), Some(day(known)));
    claims(&case, moment, Settings::default()).claims.iter().map(|claim| claim.verdict).collect()
}

/// The files with the statements for which `keep` holds; what they end is ended by none.
fn with_rows(files: &Files, keep: impl Fn(&dyn Fn(&str) -> String) -> bool) -> Files {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(files["positions.csv"].as_bytes());
    let mut rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
    let columns = rows.next().unwrap();
    let place = |name: &str| columns.iter().position(|column| column == name);
    let cell = |row: &[String], name: &str| place(name).map_or(String::new(), |at| row[at].clone());
    let all: Vec<Vec<String>> = rows.collect();
    let kept: Vec<&Vec<String>> = all.iter().filter(|row| keep(&|name| cell(row, name))).collect();
    let ids: Vec<String> = kept.iter().map(|row| cell(row, "id")).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns).unwrap();
    for row in kept {
        let mut row = row.clone();
        if let Some(at) = place("supersedes") {
            let ends: Vec<&str> = row[at].split(';').filter(|id| ids.iter().any(|kept| kept == id)).collect();
            row[at] = ends.join(";");
        }
        writer.write_record(&row).unwrap();
    }
    let mut changed = files.clone();
    changed.insert("positions.csv".into(), String::from_utf8(writer.into_inner().unwrap()).unwrap());
    changed
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn the_opposite_of_a_claim_is_supported_exactly_where_the_claim_is_not(rows in cases(), at in 0..DAYS.len()) {
        let files = rows.files();
        let opposites: Vec<String> = QUESTIONS.iter().map(|predicate| format!("not ({predicate})")).collect();
        let opposites: Vec<&str> = opposites.iter().map(String::as_str).collect();
        let case = loaded(&with_claims(files.clone(), &opposites));
        let told = claims(&case, moment(&case, DAYS[at]), Settings::default());
        for (claim, verdict) in told.claims.iter().zip(verdicts(&files, DAYS[at], DAYS[at])) {
            prop_assert_eq!(claim.verdict, verdict.opposite(), "{}", claim.predicate);
        }
    }

    #[test]
    fn rows_that_are_not_known_by_then_change_nothing(rows in cases(), at in 0..DAYS.len()) {
        let files = rows.files();
        let cut = day(DAYS[at]);
        let known = |cell: &dyn Fn(&str) -> String| {
            let known = Some(cell("known_from")).filter(|known| !known.is_empty()).unwrap_or_else(|| cell("valid_from"));
            When::parse(&known).unwrap().last() <= cut
        };
        prop_assert_eq!(verdicts(&files, DAYS[at], DAYS[at]), verdicts(&with_rows(&files, known), DAYS[at], DAYS[at]));
    }

    #[test]
    fn rows_after_all_days_of_a_claim_change_nothing(rows in cases()) {
        let files = rows.files();
        // The first thirteen questions name their days, the last of which is 31 March 2022.
        let end = day("2022-12-31");
        let last = day("2022-03-31");
        let before = |cell: &dyn Fn(&str) -> String| When::parse(&cell("valid_from")).unwrap().first() <= last;
        let at = end.to_string();
        prop_assert_eq!(&verdicts(&files, &at, &at)[..13], &verdicts(&with_rows(&files, before), &at, &at)[..13]);
    }

    #[test]
    fn a_day_that_has_not_come_has_no_data(rows in cases()) {
        let told = verdicts(&rows.files(), "2022-01-03", "2022-01-03");
        prop_assert!(told[..5].iter().chain(&told[8..13]).all(|verdict| *verdict == Verdict::NoData));
    }

    #[test]
    fn swapping_the_labels_of_the_parties_swaps_the_verdicts(rows in cases(), at in 0..DAYS.len()) {
        let files = rows.files();
        let mut swapped = with_rows(&files, |_| true);
        let positions = swapped.get_mut("positions.csv").unwrap();
        let swap = |text: &str| text.replace('A', "\u{1}").replace('B', "A").replace('\u{1}', "B");
        *positions = swap(positions);
        let settings = swapped.get_mut("case.toml").unwrap();
        *settings = settings.replace("[\"A\", \"B\"]", "[\"B\", \"A\"]");
        let turned: Vec<String> = QUESTIONS.iter().map(|predicate| swap(predicate)).collect();
        let turned: Vec<&str> = turned.iter().map(String::as_str).collect();
        let case = loaded(&with_claims(swapped, &turned));
        let told = claims(&case, moment(&case, DAYS[at]), Settings::default());
        let told: Vec<Verdict> = told.claims.iter().map(|claim| claim.verdict).collect();
        prop_assert_eq!(told, verdicts(&files, DAYS[at], DAYS[at]));
    }
}
