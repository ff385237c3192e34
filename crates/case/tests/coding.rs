//! Codings: what a file of a second coder says, and the sheet on which it is written.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::blind_sheet::{self, FILLED, TO_FILL};
use detente_case::coding::{self, Coded, CodedField, Coding, FoundBy, Rows, StatementCodes};
use detente_case::{Case, Code, Diagnostic, Folder, Level, bundled, load};
use proptest::prelude::*;

const SETTINGS: &str = "schema = 1\ntitle = \"T\"\nas_of = 2024-01-31\nprincipals = [\"A\"]\n";

fn case() -> Case {
    with_positions("id,actor,issue,valid_from,statement,link\np1,A,land,2022,w,l\n")
}

fn with_positions(positions: &str) -> Case {
    let files = [
        ("case.toml", SETTINGS),
        ("actors.csv", "id,name\nA,Alpha\nB,Beta\n"),
        ("issues.csv", "issue,option\nland,none\nland,some\nland,all\nsea,shared\nsea,split\n"),
        ("topics.csv", "topic\nland\nsea\nprisoners\n"),
        ("positions.csv", positions),
    ];
    let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect();
    let loaded = load(&Folder::Memory(files), |_| {});
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

fn read(text: &str) -> (Option<Coding>, Vec<Diagnostic>) {
    let case = case();
    coding::read("second.csv", text.as_bytes().to_vec(), &case, &case.issues)
}

fn statements(coding: &Coding) -> &[Coded<StatementCodes>] {
    match &coding.rows {
        Rows::Statements(rows) => rows,
        Rows::Events(_) => panic!("these are events"),
    }
}

/// The findings as code, place and message.
fn found(text: &str) -> Vec<(String, String, String)> {
    read(text).1.into_iter().map(|d| (d.code.clone(), d.place(), d.message)).collect()
}

/// Actor, issue, and options as low/best/high.
fn told(row: &Coded<StatementCodes>) -> (String, String, String) {
    let ask = row.codes.ask.as_ref();
    let options = ask.map(|ask| format!("{}/{}/{}", ask.low, ask.best.as_deref().unwrap_or("-"), ask.high));
    (row.actor.to_string(), row.issue.to_string(), options.unwrap_or_default())
}

#[test]
fn any_of_the_columns_of_a_case_may_be_there() {
    let (coding, findings) = read("row;actor;issue;best_option\n1;Alpha;land;some\n2a;B;sea;\"split\"\n");
    let coding = coding.unwrap();
    assert_eq!(findings, []);
    assert_eq!(coding.found_by, FoundBy::Number);
    assert_eq!(coding.fields, [CodedField::Options].into());
    let rows: Vec<_> = statements(&coding).iter().map(told).collect();
    assert_eq!(rows[0], ("A".into(), "land".into(), "some/some/some".into()), "a name is read as the case reads it");
    assert_eq!(rows[1], ("B".into(), "sea".into(), "split/split/split".into()));
}

#[test]
fn a_file_with_columns_of_events_is_a_coding_of_events() {
    let (coding, findings) = read("id,type,topics\ne1,talks,land; prisoners\n");
    let Rows::Events(rows) = coding.unwrap().rows else { panic!("these are events") };
    assert_eq!(findings, []);
    assert_eq!((rows[0].codes.kind.unwrap().word(), rows[0].codes.topics.len()), ("talks", 2));
}

#[test]
fn what_the_case_does_not_have_is_compared_as_a_word_and_named_once() {
    let text = "id,actor,issue,kind,best_option,rules_out\np1,A,land,demand,most,\np2,Gamma,land,demand,most,\np3,A,air,draft,,high\n";
    let (coding, _) = read(text);
    assert_eq!(statements(&coding.unwrap()).len(), 3);
    let code = Code::NotOfTheCase.text().to_owned();
    assert_eq!(
        found(text),
        [
            (
                code.clone(),
                "second.csv:2:5".into(),
                "best_option: `land` has no option `most` (2 cells, of which this is the first)".into()
            ),
            (code.clone(), "second.csv:3:2".into(), "actor: no actor of the case is called `Gamma`".into()),
            (code.clone(), "second.csv:4:3".into(), "issue: no issue or topic has the id `air`".into()),
            (code, "second.csv:4:6".into(), "rules_out: `air` has no option `high`".into()),
        ]
    );
}

#[test]
fn rows_that_are_not_coded_yet_are_left_out_and_counted() {
    let text = "id,actor,issue,kind,best_option,coder_note,coder\np1,A,land,demand,all,,ben\np2,A,,,,,ben\np3,A,land,,,,ben\np4,A,land,,,too vague,ben\n";
    let (coding, _) = read(text);
    let ids: Vec<_> = statements(coding.as_ref().unwrap()).iter().map(|row| row.id.to_string()).collect();
    assert_eq!(ids, ["p1", "p4"], "a reason or a note is an answer");
    assert_eq!(
        found(text),
        [(
            Code::NotCodedYet.text().into(),
            "second.csv:3".into(),
            "2 rows are not coded yet, from this line on; they are left out".into()
        )]
    );
}

#[test]
fn faults_are_named_with_their_place() {
    for (text, code, place, part) in [
        ("actor,issue\nA,land\n", Code::MissingColumn, "second.csv", "neither a column `id`"),
        ("id,issue,kind\n,land,demand\n", Code::MissingCell, "second.csv:2:1", "empty"),
        ("row,issue,kind\np1,land,demand\n", Code::NotANumber, "second.csv:2:1", "`p1`"),
        ("id,issue,kind\np1,land,demnad\n", Code::NotInList, "second.csv:2:3", "demand"),
        ("id,issue,low_option,high_option\np1,land,all,\n", Code::HalfAsk, "second.csv:2:4", "together"),
        (
            "id,issue,low_option,high_option\np1,land,all,none\n",
            Code::LowAboveHigh,
            "second.csv:2:3",
            "low, best, high",
        ),
        ("id,issue,kind\np1,land,demand\np1,land,offer\n", Code::DuplicateId, "second.csv:3:1", "line 2"),
        ("id,issue,kind\np1,land\n", Code::RaggedRow, "second.csv:2:2", "2 cells"),
        ("id,direction\ne1,forward\n", Code::NotInList, "second.csv:2:2", "progress"),
        ("", Code::MissingColumn, "second.csv", "neither"),
    ] {
        let found = found(text);
        let named = |(found, at, message): &(String, String, String)| {
            found == code.text() && at == place && message.contains(part)
        };
        assert!(found.iter().any(named), "{text}: {found:#?}");
        assert!(read(text).0.is_none(), "{text}");
    }
}

#[test]
fn a_misspelt_column_is_named() {
    let found = found("id,issue,kind,bset_option\np1,land,demand,all\n");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), (Code::UnknownColumn.text(), "second.csv:1:4"));
}

#[test]
fn options_of_an_earlier_time_are_read_from_a_table_of_issues() {
    let (issues, findings) = coding::read_issues("then.csv", b"issue,option,order\nland,most,1\nland,all,2\n".to_vec());
    assert_eq!(findings, []);
    let (coding, findings) =
        coding::read("a.csv", b"id,issue,best_option\np1,land,most\n".to_vec(), &case(), &issues.unwrap());
    assert!(coding.is_some() && findings.is_empty());
    let (issues, findings) = coding::read_issues("then.csv", b"issue,option\nland,most\nland,most\n".to_vec());
    assert!(issues.is_none());
    assert_eq!(findings[0].place(), "then.csv:3:2");
}

#[test]
fn codings_lie_beside_a_case_and_are_no_data_of_it() {
    let files = [("case.toml", SETTINGS), ("actors.csv", "id\nA\n"), ("codings/first.csv", "no table at all\"")];
    let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).collect();
    let loaded = load(&Folder::Memory(files), |_| {});
    assert_eq!(loaded.diagnostics, []);
    assert!(loaded.case.is_some());
}

#[test]
fn rows_of_one_coder_and_rows_that_are_settled_are_found_by_their_documents() {
    let case = with_positions(
        "id,document,actor,issue,valid_from,statement,link,coder,reviewer\n\
         p1,d,A,land,2022,w,l,ann,ben\np2,d,A,land,2022,w,l,ben,\np3,d,A,sea,2022,w,l,,ben\n",
    );
    let ids = |coding: &Coding| statements(coding).iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    assert_eq!(coding::coders(&case).into_iter().collect::<Vec<_>>(), ["ann", "ben"]);
    assert_eq!(ids(&Coding::of_coder(&case, "ben").unwrap()), ["p2"]);
    assert_eq!(ids(&Coding::of_settled(&case)), ["p1"]);
    assert!(Coding::of_coder(&case, "").is_none() && Coding::of_coder(&case, "carl").is_none());
}

/// The lines of a sheet, by column.
fn lines(case: &Case, with_issues: bool) -> Vec<Vec<(String, String)>> {
    let (bytes, count) = blind_sheet::sheet(case, with_issues);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let lines: Vec<Vec<(String, String)>> = reader
        .records()
        .map(|row| header.iter().map(str::to_owned).zip(row.unwrap().iter().map(str::to_owned)).collect())
        .collect();
    assert_eq!(lines.len(), count);
    lines
}

#[test]
fn a_blind_sheet_holds_every_statement_once_and_no_code() {
    for name in bundled::names() {
        let case = load(&bundled::folder(name).unwrap(), |_| {}).case.unwrap();
        let sheet = lines(&case, false);
        let columns: Vec<&str> = FILLED.into_iter().chain(TO_FILL).collect();
        for line in &sheet {
            assert!(line.iter().map(|(column, _)| column.as_str()).eq(columns.iter().copied()));
            assert!(line.iter().all(|(column, cell)| cell.is_empty() || FILLED.contains(&column.as_str())), "{line:?}");
        }
        let words: Vec<&str> = sheet.iter().map(|line| line[4].1.as_str()).collect();
        assert!(case.positions.iter().all(|row| words.contains(&&*row.statement)), "{name}");
        assert_eq!(lines(&case, true).len(), case.positions.len());
    }
}

#[test]
fn a_sheet_shows_what_the_level_shows() {
    let case = with_positions(
        "id,actor,issue,valid_from,statement,link,marking\np1,A,land,2022,closed,l,restricted\np2,A,sea,2022,open,l,\n",
    );
    let words = |level| lines(&case.at_level(level), false).iter().map(|line| line[4].1.clone()).collect::<Vec<_>>();
    assert_eq!(words(Level::Public), ["open"]);
    assert_eq!(words(Level::All), ["closed", "open"]);
}

#[test]
fn a_sheet_that_is_filled_is_read_as_it_stands() {
    let case = case();
    let sheet = String::from_utf8(blind_sheet::sheet(&case, true).0).unwrap();
    let filled = sheet.replace(",land,,,,,,,,", ",land,demand,some,some,all,,,,ben");
    assert_ne!(sheet, filled);
    let (coding, findings) = coding::read("s.csv", filled.into_bytes(), &case, &case.issues);
    assert_eq!(findings, []);
    assert_eq!(told(&statements(&coding.unwrap())[0]), ("A".into(), "land".into(), "some/some/all".into()));
}

proptest! {
    #[test]
    fn no_text_makes_reading_stop(text in "(id|row|actor|issue|kind|topics|type|low_option|p1|1a|land|A|[;,\"\n'= ]){0,40}") {
        let (coding, findings) = read(&text);
        prop_assert_eq!(coding.is_none(), findings.iter().any(|f| f.severity == detente_case::Severity::Error));
    }
}
