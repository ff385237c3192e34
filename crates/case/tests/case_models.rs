//! Stability models as part of a case: what they may name, what a level and a day show of them, how they are written.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use std::fs;

use detente_case::stability::{Basis, CaseModel, Places, Preference};
use detente_case::{Case, Day, Folder, Level, Loaded, Record, export, load};

const SETTINGS: &str = "schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = []\n";

const FILES: [(&str, &str); 4] = [
    ("actors.csv", "id,name,marking\neast,East,\nwest,West,\nshadow,Shadow,confidential\n"),
    ("topics.csv", "topic\nland\n"),
    (
        "positions.csv",
        "id,actor,issue,valid_from,statement,source_id,marking\nopen-1,east,land,2022,said,book,\n\
         secret-1,east,land,2022,whispered,book,restricted\nopen-2,east,land,2023-06,said later,book,\n",
    ),
    ("sources.json", "[{\"id\": \"book\"}, {\"id\": \"paper\"}]"),
];

/// A model whose first lines and whose statements by East are given.
fn model(top: &str, statements: &str) -> String {
    format!(
        "schema = 1\ntitle = \"M\"\n{top}[[option]]\nid = \"a\"\n[[option]]\nid = \"b\"\n\
         [[decision_maker]]\nid = \"e\"\nactor = \"East\"\noptions = [\"a\"]\n{statements}\
         [[decision_maker]]\nid = \"w\"\nactor = \"west\"\noptions = [\"b\"]\nindifferent = true\n"
    )
}

fn statement(rows: &str) -> String {
    format!("[[decision_maker.statement]]\nholds = \"a\"\nrows = {rows}\nreason = \"see secret-1 and open-2\"\n")
}

fn read(models: &[(&str, &str)]) -> Loaded {
    let files = FILES.iter().chain(models).map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    load(&Folder::Memory(files.chain([("case.toml".to_owned(), SETTINGS.into())]).collect()), |_| {})
}

fn case(models: &[(&str, &str)]) -> Case {
    let loaded = read(models);
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// The findings on models as `code place message`.
fn said(models: &[(&str, &str)]) -> Vec<String> {
    let told = read(models).diagnostics.into_iter().filter(|finding| finding.file.starts_with("stability/"));
    told.map(|finding| format!("{} {} {}", finding.code, finding.place(), finding.message)).collect()
}

/// What the first statement of a model rests on.
fn basis(model: &CaseModel) -> &Basis {
    let first = model.model.decision_makers.iter().next().unwrap();
    let Preference::Statements(order) = &first.preference.value else { panic!("{first:?}") };
    &order.statements[0].basis
}

fn rows(model: &CaseModel) -> Vec<&str> {
    match basis(model) {
        Basis::Rows(rows) => rows.iter().map(|row| &*row.value).collect(),
        Basis::Given | Basis::Assumption(_) => Vec::new(),
    }
}

#[test]
fn models_of_the_folder_are_read_by_file_with_what_they_name() {
    let first = model("source = \"book\"\n", &statement("[\"open-1\", \"open-2\"]"));
    let gmcr = r#"{"options":[{"name":"Go"}],"decisionMakers":[{"name":"One","options":[0],"preferences":[]}]}"#;
    let files = [("stability/z.toml", &*first), ("stability/b.gmcr", gmcr), ("stability/README.md", "words")];
    assert_eq!(said(&files), Vec::<String>::new());
    let case = case(&files);
    let names: Vec<&str> = case.stability.iter().map(CaseModel::name).collect();
    assert_eq!(names, ["b", "z"]);
    let model = case.stability.iter().nth(1).unwrap();
    let actors: Vec<&str> = model.actors.iter().map(|id| &*case.actors[id.unwrap()].id).collect();
    assert_eq!(actors, ["east", "west"]);
    assert_eq!(&*case.sources[model.source.unwrap()].id, "book");
    assert_eq!(rows(model), ["open-1", "open-2"]);
}

#[test]
fn what_a_model_names_and_the_case_has_not_is_reported_at_its_place() {
    let text = model("source = \"bok\"\n", &statement("[\"open-1\", \"open-7\"]")).replace("\"west\"", "\"wset\"");
    let told = said(&[("stability/m.toml", &text)]);
    assert_eq!(told.len(), 3, "{told:#?}");
    assert_eq!(told[0], "L001 stability/m.toml:3:10 source: no source has the id `bok`");
    assert_eq!(told[1], "L001 stability/m.toml:14:19 rows: no statement or event has the id `open-7`");
    assert!(told[2].starts_with("N001 stability/m.toml:18:9 actor:"), "{}", told[2]);
    assert!(read(&[("stability/m.toml", &text)]).case.is_none());
    // A source in words is none of the bibliography.
    let words = model("source = \"A book, 1984\"\n", &statement("[\"open-1\"]"));
    assert!(case(&[("stability/m.toml", &words)]).stability.iter().all(|model| model.source.is_none()));
}

#[test]
fn files_that_are_no_models_and_names_that_stand_twice_are_reported() {
    let text = model("", "indifferent = true\n");
    let told = said(&[("stability/m.txt", ""), ("stability/old/m.toml", "broken"), ("stability/x.toml", &text)]);
    assert_eq!(
        told,
        [
            "F005 stability/m.txt this is not a stability model; it is left alone",
            "F005 stability/old/ this is not a stability model; it is left alone"
        ]
    );
    let told = said(&[("stability/M.toml", &text), ("stability/m.gmcr", "{")]);
    assert!(told.iter().any(|said| said.starts_with("R008 stability/m.gmcr `stability/M.toml`")), "{told:#?}");
}

#[test]
fn a_source_that_only_a_model_names_is_used() {
    let unused = |top: &str| {
        let text = model(top, "indifferent = true\n");
        read(&[("stability/m.toml", &text)]).diagnostics.iter().any(|finding| finding.code == "B002")
    };
    assert!(unused("") && !unused("source = \"paper\"\n"));
}

#[test]
fn a_level_leaves_out_models_above_it_and_those_with_a_hidden_actor() {
    let plain = model("", "indifferent = true\n");
    let marked = model("marking = \"restricted\"\nsource = \"paper\"\n", "indifferent = true\n");
    let of_shadow = plain.replace("\"west\"", "\"shadow\"");
    let files = [("stability/a.toml", &*plain), ("stability/b.toml", &*marked), ("stability/c.toml", &*of_shadow)];
    let names = |level| -> Vec<String> {
        let shown = case(&files).at_level(level);
        shown.stability.iter().map(|model| model.name().to_owned()).collect()
    };
    assert_eq!(names(Level::Public), ["a"]);
    assert_eq!(names(Level::Restricted), ["a", "b"]);
    assert_eq!(names(Level::All), ["a", "b", "c"]);
    let sources = |level| case(&files).at_level(level).sources.iter().map(|source| source.id.to_string()).collect();
    let shown: [Vec<String>; 2] = [sources(Level::Public), sources(Level::Restricted)];
    assert_eq!(shown, [vec!["book".to_owned()], vec!["book".to_owned(), "paper".to_owned()]]);
    // A model without a marking has that of the case.
    let settings = format!("{SETTINGS}marking = \"restricted\"\n");
    let files = FILES.iter().chain(&files).map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let files = files.chain([("case.toml".to_owned(), settings.into_bytes())]).collect();
    let restricted = load(&Folder::Memory(files), |_| {}).case.unwrap();
    assert_eq!(restricted.at_level(Level::Public).stability.len(), 0);
}

#[test]
fn statements_lose_hidden_rows_and_are_assumptions_when_none_is_left() {
    let text =
        model("note = \"as open-2 says\"\n", &(statement("[\"open-2\", \"secret-1\"]") + &statement("[\"secret-1\"]")));
    let whole = case(&[("stability/m.toml", &text)]);
    let warned = said(&[("stability/m.toml", &text)]);
    assert_eq!(
        warned,
        [
            "P009 stability/m.toml:14:19 rows: `secret-1` has a higher marking than this model",
            "P009 stability/m.toml:18:9 rows: `secret-1` has a higher marking than this model"
        ]
    );
    let shown = whole.at_level(Level::Public);
    let model = shown.stability.iter().next().unwrap();
    // The second of the two statements that are shown is `p002` now; so it is in the words beside it.
    assert_eq!(rows(model), ["p002"]);
    assert_eq!(&*model.model.note, "as p002 says");
    let Preference::Statements(order) = &model.model.decision_makers.iter().next().unwrap().preference.value else {
        panic!("{model:?}")
    };
    assert_eq!(order.statements[1].basis, Basis::Assumption(None::<Places>));
    assert!(export::files(&shown).iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("whispered")));
}

#[test]
fn a_level_shows_what_deleting_by_hand_shows() {
    let secret = model("marking = \"restricted\"\n", "indifferent = true\n");
    let text = model("marking = \"public\"\n", &statement("[\"secret-1\", \"open-2\"]"));
    let by_hand = text.replace("\"secret-1\", ", "");
    let with = case(&[("stability/m.toml", &text), ("stability/s.toml", &secret)]).at_level(Level::Public);
    let without = case(&[("stability/m.toml", &by_hand)]).at_level(Level::Public);
    assert_eq!(export::files(&with), export::files(&without));
    assert_eq!(export::json(&with), export::json(&without));
    let digest = |case: &Case| export::digest(Record::known_by(case, Day::MAX));
    assert_eq!(digest(&with), digest(&without));
}

#[test]
fn models_come_back_from_an_export_as_the_same_models() {
    let text = model("source = \"book\"\n", &statement("[\"open-1\"]"));
    let gmcr = r#"{"options":[{"name":"Go"}],"decisionMakers":[{"name":"One","options":[0],"preferences":[]}]}"#;
    let whole = case(&[("stability/m.toml", &text), ("stability/b.gmcr", gmcr)]);
    for level in [Level::Public, Level::All] {
        let shown = whole.at_level(level);
        let files = export::files(&shown);
        let names: Vec<&str> = files.iter().map(|(name, _)| &**name).filter(|name| name.contains('/')).collect();
        assert_eq!(names, ["stability/b.toml", "stability/m.toml"]);
        let loaded = load(&Folder::Memory(files.clone()), |_| {});
        let again = loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
        assert_eq!(export::files(&again), files);
        let links = |case: &Case| -> Vec<_> {
            case.stability.iter().map(|model| (model.actors.clone(), model.source)).collect()
        };
        assert_eq!(links(&again), links(&shown));
    }
}

#[test]
fn a_model_and_a_row_that_a_day_does_not_know_leave_no_trace() {
    let digest = |models: &[(&str, &str)], day: Day| export::digest(Record::known_by(&case(models), day));
    let (early, late) = (Day::constant(2022, 12, 31), Day::constant(2023, 12, 31));
    let both = model("", &statement("[\"open-1\", \"open-2\"]"));
    let one = model("", &statement("[\"open-1\"]"));
    let file = "stability/m.toml";
    assert_eq!(digest(&[(file, &both)], early), digest(&[(file, &one)], early));
    assert_ne!(digest(&[(file, &both)], late), digest(&[(file, &one)], late));
    let dated = model("at = 2023-06-30\n", "indifferent = true\n");
    assert_eq!(digest(&[(file, &dated)], early), digest(&[], early));
    assert_ne!(digest(&[(file, &dated)], late), digest(&[], late));
    let after = dated.replace("2023-06-30", "2024-06-30");
    assert_eq!(
        said(&[(file, &after)])[0],
        "R005 stability/m.toml this model speaks of 2024-06-30, after `as_of` (2024-01-31); it is not shown"
    );
    assert!(Record::known_by(&case(&[(file, &after)]), Day::MAX).models().is_empty());
}

#[test]
fn models_are_read_from_disk_and_never_from_outside_the_case() {
    let root = tempfile::tempdir().unwrap();
    let (case_folder, outside) = (root.path().join("case"), root.path().join("outside"));
    fs::create_dir_all(&outside).unwrap();
    fs::create_dir_all(case_folder.join("stability")).unwrap();
    fs::write(case_folder.join("case.toml"), SETTINGS).unwrap();
    let text = model("", "indifferent = true\n")
        .replace("actor", "note")
        .replace("note = \"East\"\n", "")
        .replace("note = \"west\"\n", "");
    fs::write(case_folder.join("stability/m.toml"), &text).unwrap();
    let loaded = load(&Folder::Disk(case_folder.clone()), |_| {});
    assert_eq!(loaded.case.map(|case| case.stability.len()), Some(1), "{:#?}", loaded.diagnostics);
    #[cfg(unix)]
    {
        fs::rename(case_folder.join("stability"), outside.join("stability")).unwrap();
        std::os::unix::fs::symlink(outside.join("stability"), case_folder.join("stability")).unwrap();
        let loaded = load(&Folder::Disk(case_folder), |_| {});
        assert!(loaded.case.is_none());
        assert_eq!(loaded.diagnostics[0].code, "F004");
    }
}
