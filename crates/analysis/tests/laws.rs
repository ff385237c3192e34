//! What holds of every case: random ones and the bundled ones.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use std::collections::BTreeMap;

use detente_analysis::about::Settings;
use detente_analysis::claims::claims;
use detente_analysis::diff::diff;
use detente_analysis::gap::{self, Comparison};
use detente_analysis::known_then::known_then;
use detente_analysis::ripeness::ripeness;
use detente_analysis::stance::{self, LimitReading};
use detente_analysis::{common, history, now, plan};
use detente_case::{Case, Day, Folder, Moment, Record, When, bundled};
use proptest::prelude::*;
use serde_json::Value;
use support::plans::plan_cases;
use support::random::{DAYS, OPTIONS, cases, config, date};
use support::{Files, actor, day, issue, loaded, record};

/// The text files of a bundled case. Contradictions are left out: they name rows, and no analysis reads them.
fn bundle(name: &str) -> Files {
    let Some(Folder::Bundled(files)) = bundled::folder(name) else { panic!("no {name}") };
    let read = |name: &str, bytes: &[u8]| {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        if name != "case.toml" {
            return text;
        }
        let (kept, _) = text.split_once("[[contradiction]]").unwrap_or((&text, ""));
        kept.to_owned()
    };
    files
        .iter()
        .filter(|(name, _)| !name.contains('/'))
        .map(|(name, bytes)| ((*name).to_owned(), read(name, bytes)))
        .collect()
}

/// A table: columns and rows.
type Table = (Vec<String>, Vec<Vec<String>>);

fn table(text: &str) -> Table {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
    (rows.next().unwrap(), rows.collect())
}

fn text((columns, rows): Table) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Changes the tables that are there, each given by its file.
fn change(files: &Files, mut each: impl FnMut(&str, &mut Table)) -> Files {
    let mut changed = files.clone();
    for (file, content) in &mut changed {
        if file.ends_with(".csv") {
            let mut found = table(content);
            each(file, &mut found);
            *content = text(found);
        }
    }
    changed
}

fn place(columns: &[String], name: &str) -> Option<usize> {
    columns.iter().position(|column| column == name)
}

fn cell<'r>(columns: &[String], row: &'r [String], name: &str) -> &'r str {
    place(columns, name).map_or("", |place| &row[place])
}

/// The files without the rows that were not known by a day.
fn known_by(files: &Files, cut: Day) -> Files {
    let mut gone: Vec<String> = Vec::new();
    let left = change(files, |file, (columns, rows)| {
        let date = match file {
            "positions.csv" | "relations.csv" => "valid_from",
            "events.csv" | "factors.csv" => "date",
            _ => return,
        };
        rows.retain(|row| {
            let known =
                Some(cell(columns, row, "known_from")).filter(|known| !known.is_empty() && file != "relations.csv");
            let known = When::parse(known.unwrap_or(cell(columns, row, date))).unwrap().last() <= cut;
            if !known && file == "positions.csv" {
                gone.push(cell(columns, row, "id").to_owned());
            }
            known
        });
    });
    let left = without_signs_of_nothing(without_clauses_unknown_by(files, left, cut));
    change(&left, |file, (columns, rows)| {
        let names_rows = match file {
            "positions.csv" => place(columns, "supersedes"),
            "packages.csv" => place(columns, "row"),
            _ => None,
        };
        if let Some(place) = names_rows {
            for row in rows {
                let kept: Vec<&str> =
                    row[place].split(';').map(str::trim).filter(|id| !gone.iter().any(|g| g == id)).collect();
                row[place] = kept.join(";");
            }
        }
    })
}

/// Files whose indicators name what is there: without the ids of rows that are gone, and without those of which nothing is left.
fn without_signs_of_nothing(files: Files) -> Files {
    let named = |file: &str, column: &str| -> Vec<String> {
        let Some((columns, rows)) = files.get(file).map(|text| table(text)) else { return Vec::new() };
        rows.iter().map(|row| cell(&columns, row, column).to_owned()).collect()
    };
    let ids = ["positions.csv", "events.csv", "relations.csv"].map(|file| named(file, "id")).concat();
    let series = named("factors.csv", "factor");
    change(&files, |file, (columns, rows)| {
        if let ("indicators.csv", Some(place)) = (file, place(columns, "rows")) {
            for row in rows.iter_mut() {
                let kept: Vec<&str> =
                    row[place].split(';').filter(|id| ids.iter().any(|own| own == id.trim())).collect();
                row[place] = kept.join(";");
            }
            rows.retain(|row| !row[place].is_empty() || series.iter().any(|name| name == cell(columns, row, "series")));
        }
    })
}

/// Files without the clauses that were not known by a day: by their own date, else by that of the rows of `all`, else by their day.
fn without_clauses_unknown_by(all: &Files, files: Files, cut: Day) -> Files {
    let known: BTreeMap<String, Day> = {
        let (columns, rows) = table(&all["positions.csv"]);
        let date = |row: &[String]| {
            let known = Some(cell(&columns, row, "known_from")).filter(|known| !known.is_empty());
            When::parse(known.unwrap_or(cell(&columns, row, "valid_from"))).unwrap().last()
        };
        rows.iter().map(|row| (cell(&columns, row, "id").to_owned(), date(row))).collect()
    };
    change(&files, |file, (columns, rows)| {
        if file == "packages.csv" {
            rows.retain(|row| {
                let date = |column: &str| When::parse(cell(columns, row, column)).map(When::last);
                let of_rows =
                    || cell(columns, row, "row").split(';').filter_map(|id| known.get(id.trim())).min().copied();
                date("known_from").or_else(of_rows).or(date("date")).is_none_or(|known| known <= cut)
            });
        }
    })
}

/// What is said of a cut: now, history, all plans, the common ground, the signs of ripeness, the quarters before, and what changed since
/// two days before it.
fn told(case: &Case, cut: Day) -> Vec<String> {
    let moment = Moment::new(case, Some(cut), None);
    let settings = Settings::default();
    let since = |months: i32| diff(case, cut.saturating_sub(jiff::Span::new().months(months)), moment, settings);
    vec![
        serde_json::to_string(&now(case, moment, settings)).unwrap(),
        serde_json::to_string(&history(case, moment, settings)).unwrap(),
        serde_json::to_string(&plan::plans(case, moment, &[], settings).unwrap()).unwrap(),
        serde_json::to_string(&common::common(case, moment, settings)).unwrap(),
        serde_json::to_string(&ripeness(case, moment, 6, settings)).unwrap(),
        serde_json::to_string(&known_then(case, moment, Settings { draws: 20, ..settings })).unwrap(),
        serde_json::to_string(&since(1)).unwrap(),
        serde_json::to_string(&since(9)).unwrap(),
    ]
}

fn values(case: &Case, cut: Day) -> Vec<Value> {
    told(case, cut).iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

fn compared(case: &Case, from: Day, to: Day, draws: u32) -> Comparison {
    gap::compare(record(case), from, to, 7, draws)
}

/// Empties the ids of rows that neither another row nor a clause names.
fn without_ids(files: &Files) -> Files {
    let mut named: Vec<String> = Vec::new();
    for (file, column) in [("positions.csv", "supersedes"), ("packages.csv", "row"), ("indicators.csv", "rows")] {
        let Some((columns, rows)) = files.get(file).map(|text| table(text)) else { continue };
        let lists = rows.iter().map(|row| cell(&columns, row, column));
        named.extend(lists.flat_map(|list| list.split(';').map(|id| id.trim().to_owned()).collect::<Vec<_>>()));
    }
    change(files, |file, (columns, rows)| {
        if let ("positions.csv" | "events.csv" | "relations.csv", Some(place)) = (file, place(columns, "id")) {
            for row in rows.iter_mut().filter(|row| !named.contains(&row[place])) {
                row[place].clear();
            }
        }
    })
}

/// Sorts the lists under some names, wherever they stand.
fn sort_lists(value: &mut Value, names: &[&str]) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| sort_lists(value, names)),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                sort_lists(value, names);
                if let (true, Value::Array(values)) = (names.contains(&name.as_str()), &mut *value) {
                    values.sort_by_key(Value::to_string);
                }
                if let ("condition", Value::String(text)) = (name.as_str(), &mut *value) {
                    let mut parts: Vec<&str> = text.split("; or ").collect();
                    parts.sort_unstable();
                    *text = parts.join("; or ");
                }
                if name == "case_digest" {
                    *value = Value::Null;
                }
            }
        }
        _ => {}
    }
}

fn without_digest(mut values: Vec<Value>) -> Vec<Value> {
    values.iter_mut().for_each(|value| sort_lists(value, &[]));
    values
}

fn swapped<'t>(text: &'t str, (a, b): (&'t str, &'t str)) -> &'t str {
    match text {
        text if text == a => b,
        text if text == b => a,
        text => text,
    }
}

/// The case in a mirror: the principals' labels swapped, the order of options and their places reversed.
fn mirror(files: &Files, principals: (&str, &str), codes: (&str, &str)) -> Files {
    let counts: BTreeMap<String, usize> = {
        let (columns, rows) = table(&files["issues.csv"]);
        let mut counts = BTreeMap::new();
        rows.iter().for_each(|row| *counts.entry(cell(&columns, row, "issue").to_owned()).or_default() += 1);
        counts
    };
    let mut mirrored = change(files, |file, (columns, rows)| {
        for row in rows {
            let of_actors = match file {
                "actors.csv" => &["id", "name", "parent", "iso3"][..],
                "aliases.csv" => &["actor"][..],
                "positions.csv" => &["actor", "addressee"][..],
                "events.csv" => &["parties", "mediators"][..],
                "relations.csv" => &["from", "to"][..],
                "indicators.csv" => &["actor"][..],
                _ => &[][..],
            };
            for place in of_actors.iter().filter_map(|column| place(columns, column)) {
                let names: Vec<&str> =
                    row[place].split(';').map(|name| swapped(swapped(name.trim(), principals), codes)).collect();
                row[place] = names.join(";");
            }
            if let (Some(low), Some(high)) = (place(columns, "low_option"), place(columns, "high_option")) {
                row.swap(low, high);
            }
            if file == "issues.csv" {
                let count = counts[cell(columns, row, "issue")];
                let (order, at) = (place(columns, "order").unwrap(), place(columns, "place").unwrap());
                row[order] = (count + 1 - row[order].parse::<usize>().unwrap()).to_string();
                row[at] = (100.0 - row[at].parse::<f64>().unwrap()).to_string();
            }
        }
    });
    let settings = mirrored.get_mut("case.toml").unwrap();
    let line = |(a, b): (&str, &str)| format!("principals = [\"{a}\", \"{b}\"]");
    assert!(settings.contains(&line(principals)));
    *settings = settings.replace(&line(principals), &line((principals.1, principals.0)));
    mirrored
}

/// Takes a result out of the mirror: names swapped back, lists of options as sets.
fn back(mut value: Value, principals: (&str, &str)) -> Value {
    fn names(value: &mut Value, principals: (&str, &str)) {
        match value {
            Value::String(text) => {
                *text = swapped(text, principals).to_owned();
                if let Some((before, after)) = text.split_once("ardening by ") {
                    let (who, rest) = after.split_once(", with").unwrap();
                    let mut who: Vec<&str> = who.split(" and ").map(|name| swapped(name, principals)).collect();
                    who.sort_unstable();
                    *text = format!("{before}ardening by {}, with{rest}", who.join(" and "));
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| names(value, principals)),
            Value::Object(fields) => {
                fields.iter_mut().filter(|(name, _)| *name != "layer").for_each(|(_, value)| names(value, principals));
            }
            _ => {}
        }
    }
    names(&mut value, principals);
    as_sets(value)
}

fn as_sets(mut value: Value) -> Value {
    let lists = [
        "position",
        "tabled",
        "limits",
        "reported",
        "beside",
        "from",
        "to",
        "closed",
        "uncoded",
        "rows",
        "cells",
        "options",
        "options_from",
        "options_to",
        "overlaps",
        "near",
        "standing",
        "third_party",
    ];
    sort_lists(&mut value, &lists);
    value
}

fn assert_mirrored(files: &Files, principals: (&str, &str), codes: (&str, &str), days: &[Day]) {
    let (straight, mirrored) = (loaded(files), loaded(&mirror(files, principals, codes)));
    for cut in days {
        for (plain, turned) in values(&straight, *cut).into_iter().zip(values(&mirrored, *cut)) {
            assert_eq!(as_sets(plain), back(turned, principals), "{cut}");
        }
        for (from, to) in days.iter().map(|from| (*from, *cut)) {
            assert_eq!(compared(&straight, from, to, 51), compared(&mirrored, from, to, 51), "{from} {to}");
        }
    }
}

fn assert_blind_to_the_future(files: &Files, days: &[Day]) {
    let case = loaded(files);
    for cut in days {
        let then = loaded(&known_by(files, *cut));
        for (with, without) in told(&case, *cut).iter().zip(&told(&then, *cut)) {
            assert!(with == without, "{cut}:\n{with}\n{without}");
        }
        let tested =
            |case| serde_json::to_string(&claims(case, Moment::new(case, Some(*cut), None), Settings::default()));
        assert_eq!(tested(&case).unwrap(), tested(&then).unwrap(), "{cut}");
    }
}

fn some_days() -> Vec<Day> {
    DAYS.iter().map(|text| day(text)).collect()
}

/// Days on which the bundled cases are looked at.
fn days_of(files: &Files, count: usize) -> Vec<Day> {
    let mut known: Vec<Day> = ["positions.csv", "events.csv"]
        .iter()
        .flat_map(|file| {
            let (columns, rows) = table(&files[*file]);
            rows.into_iter().map(move |row| cell(&columns, &row, "known_from").to_owned()).collect::<Vec<_>>()
        })
        .filter_map(|text| When::parse(&text))
        .map(When::last)
        .collect();
    known.sort_unstable();
    known.dedup();
    let step = (known.len() / count).max(1);
    known.into_iter().step_by(step).collect()
}

const FLAGSHIP: &str = "russia-ukraine";
const PRINCIPALS: (&str, &str) = ("Russia", "Ukraine");
const CODES: (&str, &str) = ("RUS", "UKR");

/// Rows, clauses, issues and options under other names that keep their order.
fn renamed(text: &str) -> String {
    let word = |word: &str| match (word, word.split_at_checked(1)) {
        ("i", _) => "land".to_owned(),
        ("j", _) => "sea".to_owned(),
        (_, Some((letter, number))) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            match letter {
                "p" => format!("row{number}"),
                "q" => format!("plan{number}"),
                "o" => format!("land{number}"),
                "k" => format!("sea{number}"),
                _ => word.to_owned(),
            }
        }
        _ => word.to_owned(),
    };
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::new();
    for part in text.split_inclusive(|c: char| !in_word(c)) {
        let own = part.trim_end_matches(|c: char| !in_word(c));
        out.push_str(&word(own));
        out.push_str(&part[own.len()..]);
    }
    out
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn of_plans_too_rows_and_clauses_that_become_known_later_change_no_byte(random in plan_cases()) {
        assert_blind_to_the_future(&random.ending_known_rows().files(), &some_days());
    }

    #[test]
    fn mirrored_cases_with_plans_give_mirrored_results(random in plan_cases()) {
        let two = support::plans::RandomPlans { principals: &["A", "B"], ..random };
        assert_mirrored(&two.files(), ("A", "B"), ("", ""), &some_days());
    }

    #[test]
    fn other_names_of_rows_plans_issues_and_options_change_nothing_else(random in plan_cases()) {
        let files = random.files();
        let other: Files = files.iter().map(|(name, text)| (name.clone(), renamed(text))).collect();
        prop_assert_ne!(&files["issues.csv"], &other["issues.csv"]);
        let (plain, other) = (loaded(&files), loaded(&other));
        for cut in some_days() {
            let told = told(&plain, cut).iter().map(|text| serde_json::from_str(&renamed(text)).unwrap()).collect();
            prop_assert_eq!(without_digest(told), without_digest(values(&other, cut)));
        }
    }

    #[test]
    fn with_plans_too_the_order_of_rows_in_files_changes_nothing(random in plan_cases()) {
        let files = random.files();
        let turned = change(&files, |file, (_, rows)| {
            if file == "positions.csv" {
                rows.reverse();
            }
        });
        let in_order = |case: &Case, cut| {
            let mut values = values(case, cut);
            values.iter_mut().for_each(|value| sort_lists(value, &["rows", "position_rows"]));
            values
        };
        let (straight, turned) = (loaded(&files), loaded(&turned));
        for cut in some_days() {
            prop_assert_eq!(in_order(&straight, cut), in_order(&turned, cut));
        }
    }
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn rows_that_become_known_later_change_no_byte(random in cases(), unnamed in any::<bool>()) {
        let files = random.ending_known_rows().files();
        assert_blind_to_the_future(&if unnamed { without_ids(&files) } else { files }, &some_days());
    }

    #[test]
    fn a_mirrored_case_gives_mirrored_results(random in cases()) {
        assert_mirrored(&random.files(), ("A", "B"), ("", ""), &some_days());
    }

    #[test]
    fn an_offer_closes_nothing(random in cases(), on in date(), option in 1..=OPTIONS, rank in 1..=5_u8) {
        let before = random.small();
        let after = before.clone().says(&format!("{on} A offer o{option} rank={rank} id=p99")).case();
        let before = before.says(&format!("{on} A reported - id=p99")).case();
        for at in some_days() {
            for reading in [LimitReading::Accumulate, LimitReading::Latest, LimitReading::NeverRelaxed] {
                let limits = |case: &Case| {
                    let limits = stance::limits(record(case), actor(case, "A"), issue(case, "i"), at, reading);
                    limits.into_iter().map(|limit| ((limit.option, limit.law), limit.relaxed_if.is_none())).collect::<BTreeMap<_, _>>()
                };
                let (before, after) = (limits(&before), limits(&after));
                for (limit, closed) in after {
                    prop_assert!(before.get(&limit).is_some_and(|was| *was || !closed), "{:?} at {}", limit, at);
                }
            }
        }
    }

    #[test]
    fn places_are_for_drawing_only(random in cases(), places in proptest::collection::btree_set(0..100_u8, usize::from(OPTIONS))) {
        let files = random.files();
        let mut places = places.iter();
        let moved = change(&files, |file, (columns, rows)| {
            if file == "issues.csv" {
                let at = place(columns, "place").unwrap();
                rows.iter_mut().for_each(|row| row[at] = places.next().unwrap().to_string());
            }
        });
        let (straight, moved) = (loaded(&files), loaded(&moved));
        for cut in some_days() {
            prop_assert_eq!(without_digest(values(&straight, cut)), without_digest(values(&moved, cut)));
            prop_assert_eq!(compared(&straight, day(DAYS[1]), cut, 20), compared(&moved, day(DAYS[1]), cut, 20));
        }
    }

    #[test]
    fn the_order_of_rows_in_files_changes_nothing(random in cases(), turn in 1..7_usize) {
        let files = random.files();
        let turned = change(&files, |file, (_, rows)| {
            if ["positions.csv", "events.csv", "relations.csv"].contains(&file) && !rows.is_empty() {
                rows.reverse();
                let by = turn % rows.len();
                rows.rotate_left(by);
            }
        });
        let in_order = |case: &Case, cut| {
            let mut values = values(case, cut);
            values.iter_mut().for_each(|value| sort_lists(value, &["rows", "position_rows"]));
            values
        };
        let (straight, turned) = (loaded(&files), loaded(&turned));
        for cut in some_days() {
            prop_assert_eq!(in_order(&straight, cut), in_order(&turned, cut));
        }
    }
}

#[test]
fn rows_that_become_known_later_change_no_byte_of_what_could_be_said_at_the_end_of_a_quarter() {
    let files = bundle(FLAGSHIP);
    let case = loaded(&files);
    let settings = Settings { draws: 20, ..Settings::default() };
    let said =
        |row: &detente_analysis::known_then::QuarterThen| serde_json::to_string(&(&row.then, &row.asked)).unwrap();
    let whole = known_then(&case, Moment::new(&case, None, None), settings);
    assert_eq!(whole.quarters.len(), 18);
    for row in &whole.quarters {
        let end = row.quarter.last_day();
        let then = loaded(&known_by(&files, end));
        let cut = known_then(&then, Moment::new(&then, Some(end), None), settings);
        assert_eq!(said(row), said(cut.quarters.last().unwrap()), "{end}");
    }
}

#[test]
fn in_the_bundled_cases_rows_that_become_known_later_change_no_byte() {
    for name in bundled::names() {
        let files = bundle(name);
        let days = days_of(&files, 12);
        assert_blind_to_the_future(&files, &days);
        assert_blind_to_the_future(&without_ids(&files), &days[..days.len().min(4)]);
    }
}

#[test]
fn without_a_list_of_actors_rows_that_become_known_later_change_no_byte() {
    let mut files = bundle(FLAGSHIP);
    files.remove("actors.csv");
    // Without the list the name is that of two states.
    files.get_mut("aliases.csv").unwrap().push_str("Congo,en,Congo - Brazzaville,\n");
    let days = days_of(&files, 4);
    assert_blind_to_the_future(&files, &days);
}

#[test]
fn the_flagship_in_a_mirror_gives_mirrored_results() {
    let files = bundle(FLAGSHIP);
    assert_mirrored(&files, PRINCIPALS, CODES, &days_of(&files, 5));
}

#[test]
fn camp_david_in_a_mirror_gives_mirrored_results() {
    let files = bundle("camp-david-1978");
    assert_mirrored(&files, ("Egypt", "Israel"), ("EGY", "ISR"), &days_of(&files, 5));
}

#[test]
fn in_the_flagship_places_are_for_drawing_only() {
    let files = bundle(FLAGSHIP);
    let moved = change(&files, |file, (columns, rows)| {
        if file == "issues.csv" {
            let at = place(columns, "place").unwrap();
            for row in rows {
                let place: f64 = row[at].parse().unwrap();
                row[at] = format!("{}", place * place / 100.0);
            }
        }
    });
    let (straight, moved) = (loaded(&files), loaded(&moved));
    for cut in days_of(&files, 3) {
        assert_eq!(without_digest(values(&straight, cut)), without_digest(values(&moved, cut)));
    }
}

#[test]
fn in_the_flagship_the_order_of_rows_in_files_changes_nothing() {
    let files = bundle(FLAGSHIP);
    let turned = change(&files, |file, (_, rows)| {
        if ["positions.csv", "events.csv", "relations.csv", "factors.csv"].contains(&file) {
            rows.reverse();
        }
    });
    let in_order = |files: &Files, cut| {
        let mut values = values(&loaded(files), cut);
        values.iter_mut().for_each(|value| sort_lists(value, &["rows", "position_rows"]));
        values
    };
    for cut in days_of(&files, 3) {
        assert_eq!(in_order(&files, cut), in_order(&turned, cut));
    }
}

#[test]
fn every_run_and_every_thread_gives_the_same_bytes() {
    let case = loaded(&bundle(FLAGSHIP));
    let cut = day("2023-12-31");
    let all = |case: &Case| {
        let comparison = gap::compare(Record::known_by(case, cut), day("2022-04-15"), cut, 1, 200);
        (told(case, cut), serde_json::to_string(&comparison).unwrap())
    };
    let once = all(&case);
    assert_eq!(once, all(&case));
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| all(&case))).collect();
        for thread in threads {
            assert_eq!(once, thread.join().unwrap());
        }
    });
    assert_eq!(once, all(&loaded(&bundle(FLAGSHIP))));
}
