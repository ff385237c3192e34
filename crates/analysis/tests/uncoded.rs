//! From words to a scale: what is put together, the template, and what a person makes of it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use std::collections::BTreeSet;

use detente_analysis::about::Settings;
use detente_analysis::uncoded::{self, Uncoded};
use detente_analysis::{now, uncoded as words};
use detente_case::{Code, Folder, Level, Loaded, Moment, Record, load};
use proptest::prelude::*;
use support::random::{DAYS, cases, config};
use support::{Files, day, loaded, moment};

const WATER: &str = include_str!("../../../docs/methods/scales.in/water.csv");

/// The files of the case that the five columns become.
fn water() -> Files {
    let settings = "schema = 1\ntitle = \"Water\"\nas_of = 2024-12-31\nprincipals = [\"Upland\", \"Lowland\"]\n";
    let statements = WATER.replacen("actor,issue,date,words,link", "actor,issue,valid_from,statement,link", 1);
    [("case.toml".to_owned(), settings.to_owned()), ("positions.csv".to_owned(), statements)].into()
}

fn uncoded_of(files: &Files, at: Option<&str>) -> Uncoded {
    let case = loaded(files);
    let moment = Moment::new(&case, at.map(day), None);
    words(&case, moment, Settings::default())
}

#[test]
fn words_stand_by_topic_and_actor_and_date() {
    let uncoded = uncoded_of(&water(), None);
    assert_eq!((uncoded.uncoded, uncoded.statements, uncoded.issues.len()), (30, 30, 4));
    let filling = uncoded.issues.iter().find(|issue| issue.id == "Filling of the reservoir").unwrap();
    let actors: Vec<(&str, usize)> =
        filling.actors.iter().map(|actor| (actor.name.as_str(), actor.statements.len())).collect();
    assert_eq!(actors, [("Upland", 4), ("Lowland", 4), ("River Commission", 2)]);
    let first = &filling.actors[0].statements[0];
    assert_eq!(first.words, "We will fill the reservoir in two rainy seasons");
    assert_eq!((first.row.as_str(), first.link.as_str()), ("p-001", "https://example.org/u1"));
    let dates: Vec<_> = filling.by_date().iter().map(|(_, said)| said.date).collect();
    assert!(dates.is_sorted());
}

#[test]
fn the_template_holds_each_thing_said_once_and_nothing_in_the_cells_to_fill() {
    let mut files = water();
    files.get_mut("positions.csv").unwrap().push_str(
        "Upland,Payment for lost harvests,2023-12-01,A fund for both banks can be talked about; guilt cannot,\n\
         Upland,Fishing,2023-12-02,Fish cross no border,\n",
    );
    let template = uncoded_of(&files, None).template;
    for row in &template {
        assert!([&row.group, &row.option, &row.order, &row.label].into_iter().all(String::is_empty), "{row:?}");
    }
    let notes = |issue: &str| {
        template.iter().filter(|row| row.issue == issue).map(|row| row.notes.as_str()).collect::<Vec<_>>()
    };
    let fund = notes("Payment for lost harvests");
    assert_eq!(fund.len(), 4, "{fund:?}");
    assert!(fund[1].starts_with("A fund for both banks can be talked about; guilt cannot (Upland, 2023-10-10 ["));
    assert!(fund[1].contains("; Upland, 2023-12-01 ["), "{fund:?}");
    // Few words: room for three options all the same.
    assert_eq!(notes("Fishing"), ["Fish cross no border (Upland, 2023-12-02 [p-029])", "", ""]);
}

#[test]
fn what_is_said_or_known_later_is_not_there() {
    let mut files = water();
    let early = uncoded_of(&files, Some("2023-01-31"));
    assert_eq!(early.uncoded, 4);
    let late = "actor,issue,valid_from,known_from,statement\nUpland,Fishing,2023-01-01,2023-06-01,Fish\nLowland,Fishing,2023-01-02,2023-01-02,No fish\n";
    files.insert("positions.csv".to_owned(), late.to_owned());
    let case = loaded(&files);
    let rows = |known: &str| {
        let moment = Moment::new(&case, Some(day("2023-01-31")), Some(day(known)));
        words(&case, moment, Settings::default()).uncoded
    };
    assert_eq!((rows("2023-01-31"), rows("2023-06-01")), (1, 2));
}

#[test]
fn a_marked_row_is_not_there_at_a_lower_level() {
    let mut files = water();
    files.insert(
        "positions.csv".to_owned(),
        "actor,issue,valid_from,statement,marking\nUpland,Fishing,2023-01-01,Fish,restricted\nLowland,Fishing,2023-01-02,No fish,\n"
            .to_owned(),
    );
    let case = loaded(&files);
    let seen = |level: Level| {
        let shown = case.at_level(level);
        let json = serde_json::to_string(&words(&shown, moment(&shown, "2023-12-31"), Settings::default())).unwrap();
        json.contains("Fish,") || json.contains("\"Fish\"")
    };
    assert!(!seen(Level::Public) && seen(Level::Restricted));
}

/// The template as the text of `issues.csv`, with options beside some words.
fn issues_csv(uncoded: &Uncoded, options: &[(&str, &str, &str, &str)]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["issue", "title", "group", "option", "order", "label", "notes"]).unwrap();
    for row in &uncoded.template {
        let filled = options.iter().find(|(words, ..)| row.notes.starts_with(words));
        let (option, order, label) = filled.map_or(("", "", ""), |(_, option, order, label)| (*option, *order, *label));
        writer.write_record([&row.issue, &row.title, &row.group, option, order, label, &row.notes]).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn load_files(files: &Files) -> Loaded {
    let files = files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect();
    load(&Folder::Memory(files), |_| {})
}

/// A scale that a person could read out of the words on the filling.
const FILLING: [(&str, &str, &str, &str); 4] = [
    ("We will fill the reservoir in two", "f2", "1", "Two rainy seasons"),
    ("La Commission propose un remplissage en quatre", "f4", "3", "Four seasons"),
    ("Three seasons could be enough", "f3", "2", "Three seasons"),
    ("Cinq saisons seraient", "f5", "4", "Five seasons"),
];

#[test]
fn a_template_that_nobody_has_filled_changes_nothing() {
    let mut files = water();
    let before = uncoded_of(&files, None);
    files.insert("issues.csv".to_owned(), issues_csv(&before, &[]));
    let read = load_files(&files);
    let codes: Vec<&str> =
        read.diagnostics.iter().map(|d| d.code.as_str()).filter(|code| *code == Code::UnfilledOption.text()).collect();
    assert_eq!(codes.len(), 1, "{:#?}", read.diagnostics);
    let after = uncoded_of(&files, None);
    assert_eq!(after.template, before.template);
    assert_eq!(after.uncoded, 30);
}

#[test]
fn a_filled_template_is_a_scale_and_two_coded_rows_are_compared() {
    let mut files = water();
    let template = uncoded_of(&files, None);
    files.insert("issues.csv".to_owned(), issues_csv(&template, &FILLING));
    // One topic of four has a scale; the words on the others are still there.
    let half = uncoded_of(&files, None);
    assert_eq!(half.uncoded, 30);
    let filling = half.issues.iter().find(|issue| issue.id == "Filling of the reservoir").unwrap();
    let scale: Vec<&str> = filling.scale.iter().map(|option| option.id.as_str()).collect();
    assert_eq!(scale, ["f2", "f3", "f4", "f5"]);
    assert!(half.template.iter().all(|row| row.issue != "Filling of the reservoir"));
    // Two rows are coded in positions.csv.
    let mut reader = csv::Reader::from_reader(files["positions.csv"].as_bytes());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    writer.write_record(header.iter().map(String::as_str).chain(["kind", "best_option"])).unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        let code = match &row[3] {
            "Four seasons, and no paper on dry years" => ["demand", "f4"],
            "Five seasons, if the release in dry years is written down" => ["demand", "f5"],
            _ => ["", ""],
        };
        writer.write_record(row.iter().chain(code)).unwrap();
    }
    files.insert("positions.csv".to_owned(), String::from_utf8(writer.into_inner().unwrap()).unwrap());
    assert!(!load_files(&files).diagnostics.iter().any(|d| d.severity == detente_case::Severity::Error));
    let case = loaded(&files);
    let now = now(&case, moment(&case, "2024-02-01"), Settings::default());
    let filling = now.issues.iter().find(|issue| issue.id == "Filling of the reservoir").unwrap();
    assert!(filling.comparable);
    let gap = filling.gap.unwrap();
    assert_eq!((gap.steps_min, gap.steps_max), (1, 1));
    assert_eq!(uncoded_of(&files, None).uncoded, 28);
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn every_uncoded_row_stands_exactly_once(random in cases(), at in 0..DAYS.len()) {
        let case = loaded(&random.files());
        let moment = moment(&case, DAYS[at]);
        let record = Record::known_by(&case, moment.known);
        let issues = uncoded::group(record, moment);
        let shown: Vec<String> = issues
            .iter()
            .flat_map(|issue| issue.actors.iter().flat_map(|actor| &actor.statements))
            .map(|said| said.row.clone())
            .collect();
        let once: BTreeSet<&String> = shown.iter().collect();
        prop_assert_eq!(once.len(), shown.len());
        let all: BTreeSet<String> = record
            .positions()
            .filter(|(_, row)| !row.is_coded() && row.valid_from.first() <= moment.at)
            .map(|(_, row)| row.id.to_string())
            .collect();
        prop_assert_eq!(shown.into_iter().collect::<BTreeSet<_>>(), all);
        // No one is credited with another's words.
        for issue in &issues {
            for actor in &issue.actors {
                for said in &actor.statements {
                    let row = case.positions.iter().find(|row| *row.id == *said.row).unwrap();
                    prop_assert_eq!(&*case.actors[row.actor].id, actor.actor.as_str());
                }
            }
        }
    }
}
