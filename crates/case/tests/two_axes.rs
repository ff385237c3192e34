//! What stands at a day, and what could be known by a day.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::{Case, Day, Folder, Holds, Moment, Record, When, export, load};

fn day(text: &str) -> Day {
    When::parse(text).unwrap().first()
}

fn case(files: &[(&str, &str)]) -> Case {
    let settings = "schema = 1\ntitle = \"T\"\nas_of = 2024-06-30\nprincipals = []\n";
    let files: Vec<(String, Vec<u8>)> = [("case.toml", settings)]
        .iter()
        .chain(files)
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    let loaded = load(&Folder::Memory(files), |_| {});
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

fn positions(rows: &str) -> Case {
    let text = format!("id,actor,issue,valid_from,valid_to,known_from,supersedes,statement,link\n{rows}");
    case(&[("positions.csv", &text)])
}

/// Whether the row with an id stands at a day, as known by another.
fn holds(case: &Case, id: &str, at: &str, known: &str) -> Holds {
    let (row, _) = case.positions.with_ids().find(|(_, row)| &*row.id == id).unwrap();
    Record::known_by(case, day(known)).in_force(row, day(at))
}

const LATE: &str = "2024-06-30";

#[test]
fn a_row_stands_from_its_day_to_the_day_before_its_end() {
    let case = positions("a,X,i,2022-03-29,2022-05-01,,,w,l\n");
    for (at, expected) in
        [("2022-03-28", Holds::No), ("2022-03-29", Holds::Yes), ("2022-04-30", Holds::Yes), ("2022-05-01", Holds::No)]
    {
        assert_eq!(holds(&case, "a", at, LATE), expected, "{at}");
    }
}

#[test]
fn within_a_partial_beginning_or_end_a_row_stands_possibly() {
    let case = positions("a,X,i,2022-03,2023,,,w,l\n");
    for (at, expected) in [
        ("2022-02-28", Holds::No),
        ("2022-03-01", Holds::Possibly),
        ("2022-03-30", Holds::Possibly),
        ("2022-03-31", Holds::Yes),
        ("2022-12-31", Holds::Yes),
        ("2023-01-01", Holds::Possibly),
        ("2023-12-30", Holds::Possibly),
        ("2023-12-31", Holds::No),
    ] {
        assert_eq!(holds(&case, "a", at, LATE), expected, "{at}");
    }
}

#[test]
fn a_row_is_ended_by_the_one_that_supersedes_it() {
    let case = positions("a,X,i,2022-03-29,,,,w,l\nb,X,i,2022-06-01,,,a,w,l\n");
    assert_eq!(holds(&case, "a", "2022-05-31", LATE), Holds::Yes);
    assert_eq!(holds(&case, "a", "2022-06-01", LATE), Holds::No);
    assert_eq!(holds(&case, "b", "2022-06-01", LATE), Holds::Yes);
}

#[test]
fn a_superseding_row_that_is_not_known_yet_ends_nothing() {
    let case = positions("a,X,i,2022-03-29,,,,w,l\nb,X,i,2022-06-01,,2023-01-15,a,w,l\n");
    assert_eq!(holds(&case, "a", "2022-12-31", "2023-01-14"), Holds::Yes);
    assert_eq!(holds(&case, "a", "2022-12-31", "2023-01-15"), Holds::No);
}

#[test]
fn a_superseding_row_with_a_partial_date_leaves_it_open() {
    let case = positions("a,X,i,2022-03-29,,,,w,l\nb,X,i,2022-06,,,a,w,l\n");
    assert_eq!(holds(&case, "a", "2022-06-15", LATE), Holds::Possibly);
    assert_eq!(holds(&case, "a", "2022-06-30", LATE), Holds::No);
}

#[test]
fn a_row_is_known_on_the_last_day_that_its_date_may_be() {
    let case = positions("a,X,i,2022-03-29,,2022-04,,w,l\nb,X,i,2022-05,,,,w,l\n");
    let known = |at: &str| -> Vec<String> {
        Record::known_by(&case, day(at)).positions().map(|(_, row)| row.id.to_string()).collect()
    };
    assert_eq!(known("2022-04-29"), Vec::<String>::new());
    assert_eq!(known("2022-04-30"), ["a"]);
    assert_eq!(known("2022-05-31"), ["a", "b"]);
}

#[test]
fn rows_dated_after_the_record_ends_are_no_part_of_it() {
    let case = positions("a,X,i,2024-06-30,,,,w,l\nb,X,i,2024-07-01,,,,w,l\n");
    let record = Record::known_by(&case, day("2030-01-01"));
    assert_eq!(record.known, day("2024-06-30"));
    assert_eq!(record.positions().map(|(_, row)| &*row.id).collect::<Vec<_>>(), ["a"]);
}

#[test]
fn events_come_by_date_and_number_and_once_they_are_known() {
    let case = case(&[(
        "events.csv",
        "id,date,known_from,type,title,link\ne10,2022-03-02,,talks,T,l\ne9,2022-03-02,,talks,T,l\n\
         e1,2022-03-01,2022-09-01,talks,T,l\n",
    )]);
    let events = |known: &str| -> Vec<String> {
        Record::known_by(&case, day(known)).events().map(|(_, row)| row.id.to_string()).collect()
    };
    assert_eq!(events("2022-08-31"), ["e9", "e10"]);
    assert_eq!(events("2022-09-01"), ["e1", "e9", "e10"]);
}

#[test]
fn the_end_of_a_relation_is_hidden_until_it_has_come() {
    let case = case(&[("relations.csv", "from,to,type,valid_from,valid_to\nA,B,arms,2022-03-01,2023-05\n")]);
    let relation = case.relations.iter().next().unwrap();
    let end = |known: &str| Record::known_by(&case, day(known)).end_of(relation).map(|end| end.to_string());
    assert_eq!(end("2023-05-30"), None);
    assert_eq!(end("2023-05-31").as_deref(), Some("2023-05"));
    assert_eq!(Record::known_by(&case, day("2022-02-28")).relations().count(), 0);
    assert_eq!(Record::known_by(&case, day("2022-03-01")).relations().count(), 1);
}

#[test]
fn values_count_from_their_publication_and_revised_series_from_their_own_date() {
    let case =
        case(&[("factors.csv", "factor,date,known_from,value\ngdp,2022-03-31,2022-06-15,1\nprice,2022-04-30,,2\n")]);
    let names = |known: &str| -> Vec<String> {
        Record::known_by(&case, day(known)).factors().map(|(_, row)| row.name.to_string()).collect()
    };
    assert_eq!(names("2022-04-30"), ["price"]);
    assert_eq!(names("2022-06-15"), ["gdp", "price"]);
}

#[test]
fn a_line_goes_by_date_then_rank_highest_last_then_number() {
    let case = case(&[(
        "positions.csv",
        "id,actor,issue,organ,valid_from,statement,link\np10,X,i,2,2022-03-29,w,l\np9,X,i,2,2022-03-29,w,l\n\
         p3,X,i,1,2022-03-29,w,l\np4,X,i,,2022-03-29,w,l\np5,X,i,1,2022-03-28,w,l\np6,Y,i,1,2022-03-28,w,l\n",
    )]);
    let record = Record::known_by(&case, day(LATE));
    let lines: Vec<Vec<&str>> =
        record.lines().map(|(actor, subject)| record.line(actor, subject).map(|(_, row)| &*row.id).collect()).collect();
    assert_eq!(lines, [vec!["p5", "p4", "p9", "p10", "p3"], vec!["p6"]]);
}

#[test]
fn a_question_about_a_later_day_is_answered_for_the_last_day_of_the_record() {
    let case = positions("a,X,i,2022-03-29,,,,w,l\n");
    let late = Moment::new(&case, Some(day("2025-01-01")), None);
    assert_eq!((late.at, late.known), (day("2024-06-30"), day("2024-06-30")));
    assert_eq!(late.unknown_after, Some(day("2024-06-30")));
    let last = Moment::new(&case, None, None);
    assert_eq!((last.at, last.known, last.unknown_after), (day("2024-06-30"), day("2024-06-30"), None));
}

#[test]
fn what_was_known_defaults_to_the_day_asked_about_and_may_be_later() {
    let case = positions("a,X,i,2022-03-29,,,,w,l\n");
    let then = Moment::new(&case, Some(day("2022-05-01")), None);
    assert_eq!((then.at, then.known, then.unknown_after), (day("2022-05-01"), day("2022-05-01"), None));
    let hindsight = Moment::new(&case, Some(day("2022-05-01")), Some(day("2023-01-01")));
    assert_eq!((hindsight.at, hindsight.known), (day("2022-05-01"), day("2023-01-01")));
    let future = Moment::new(&case, Some(day("2022-05-01")), Some(day("2030-01-01")));
    assert_eq!(future.known, day("2024-06-30"));
}

#[test]
fn rows_known_after_the_cut_change_nothing_of_what_was_known_at_it() {
    let early = "a,X,i,2022-03-29,,,,w,l\n,Y,i,2022-04-01,,,,w,l\n";
    let with_late = format!(",Aardvark,i,2022-01-01,,2023-02-01,,w,l\n{early}z,X,i,2022-05-01,,2023-02-01,a,w,l\n");
    let digest = |rows: &str| export::digest(Record::known_by(&positions(rows), day("2022-12-31")));
    assert_eq!(digest(early), digest(&with_late));
}

#[test]
fn rows_without_an_id_are_numbered_as_they_became_known() {
    let case = positions(",X,i,2022-01-01,,2023-02-01,,w,l\n,X,i,2022-04-01,,,,w,l\n,X,i,2022-02-01,,,,w,l\n");
    let ids: Vec<&str> = case.positions.iter().map(|row| &*row.id).collect();
    assert_eq!(ids, ["p-003", "p-002", "p-001"]);
}
