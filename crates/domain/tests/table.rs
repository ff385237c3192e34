//! The plain table: what it says, what is off in it, and that it comes back as it was written.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use detente_case::Code;
use detente_domain::table::NoTable;
use detente_domain::{Domain, Issue, Party, table, text};
use detente_packages::Exact;
use num_bigint::BigInt;
use proptest::prelude::*;

fn read(text: &str) -> Domain {
    table::read(("folder/t.csv", text.as_bytes())).unwrap()
}

#[track_caller]
fn assert_fault(text: &str, code: Code, place: &str, part: &str) {
    let found = table::read(("t.csv", text.as_bytes())).unwrap_err();
    assert_eq!((found[0].code.as_str(), found[0].place().as_str()), (code.text(), place), "{found:#?}");
    assert!(found[0].message.contains(part), "{}", found[0].message);
}

#[test]
fn rows_are_options_and_columns_are_parties() {
    let domain =
        read("Issue;Option;North;South\nland;all;0.1;2/3\nsea;open;-1;1e2\nland;none;0.2;0\nreservation;;0.3;\n");
    assert_eq!(domain.name, "t");
    let issue = |name: &str, options: &[&str]| Issue {
        name: name.to_owned(),
        options: options.iter().map(|option| (*option).to_owned()).collect(),
    };
    assert_eq!(domain.issues, [issue("land", &["all", "none"]), issue("sea", &["open"])]);
    let worth = |party: usize| domain.parties[party].worth.iter().flatten().map(text).collect::<Vec<_>>();
    assert_eq!(
        (worth(0), worth(1)),
        (
            vec!["0.1".to_owned(), "0.2".to_owned(), "-1".to_owned()],
            vec!["2/3".to_owned(), "0".to_owned(), "100".to_owned()]
        )
    );
    let reservations = [&domain.parties[0], &domain.parties[1]].map(|party| party.reservation.as_ref().map(text));
    assert_eq!(reservations, [Some("0.3".to_owned()), None]);
}

#[test]
fn what_is_off_is_named_with_line_and_column() {
    const TOP: &str = "issue,option,A,B\nland,all,1,2\n";
    assert_fault("topic,option,A\n", Code::NotADomain, "t.csv:1:1", "expected the column `issue`");
    assert_fault("issue,A,B\n", Code::NotADomain, "t.csv:1:2", "expected the column `option`");
    assert_fault("issue,option\nland,all\n", Code::Lacking, "t.csv:1:3", "no party");
    assert_fault("issue,option,A,A\n", Code::Repeated, "t.csv:1:4", "`A`");
    assert_fault("issue,option,,A\n", Code::Lacking, "t.csv:1:3", "no name");
    assert_fault("issue,option,A\n", Code::Lacking, "t.csv", "no options");
    assert_fault(&format!("{TOP}land,none,1,\n"), Code::Lacking, "t.csv:3:4", "worth to `B`");
    assert_fault(&format!("{TOP},none,1,2\n"), Code::Lacking, "t.csv:3:1", "`issue` is empty");
    assert_fault(&format!("{TOP}land,,1,2\n"), Code::Lacking, "t.csv:3:2", "`option` is empty");
    assert_fault(&format!("{TOP}land,all,1,2\n"), Code::Repeated, "t.csv:3:2", "`all` stands twice");
    assert_fault(&format!("{TOP}reservation,,1,2\nreservation,,1,2\n"), Code::Repeated, "t.csv:4:1", "second row");
    assert_fault(&format!("{TOP}land,none,1,2,3\n"), Code::RaggedRow, "t.csv:3:5", "5 cells");
    for number in ["NaN", "inf", "one", "1/0", "\"1,5\""] {
        assert_fault(&format!("{TOP}land,none,{number},2\n"), Code::NotANumber, "t.csv:3:3", "not a finite number");
    }
    assert_fault("", Code::NoHeader, "t.csv", "empty");
}

#[test]
fn too_much_is_refused() {
    let header = format!("issue,option{}\n", (0..13).map(|party| format!(",p{party}")).collect::<String>());
    assert_fault(&header, Code::TooMany, "t.csv:1:3", "13 parties");
    let issues: String = (0..1100).map(|issue| format!("i{issue},o,1\n")).collect();
    assert_fault(&format!("issue,option,A\n{issues}"), Code::TooMany, "t.csv:1002:1", "1000 issues");
    let long = "9".repeat(200);
    assert_fault(&format!("issue,option,A\nx,y,{long}\n"), Code::NotANumber, "t.csv:2:3", "finite");
}

fn name() -> impl Strategy<Value = String> {
    let awkward = proptest::sample::select(vec![
        "=a",
        "a;b;c;d",
        "'x",
        "\"q\"",
        "a, b",
        "reservation",
        "@",
        "-1",
        "sep=;",
        "1\t2",
        "é",
    ]);
    prop_oneof![awkward.prop_map(str::to_owned), "[ a-z;,'\"=]{1,12}"]
        .prop_map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .prop_filter("a name is filled", |name| !name.is_empty())
}

fn number() -> impl Strategy<Value = Exact> {
    (-5000_i64..5000, 1_i64..400).prop_map(|(above, below)| Exact::new(above.into(), below.into()))
}

fn domain() -> impl Strategy<Value = Domain> {
    let names =
        |size| proptest::collection::btree_set(name(), size).prop_map(|names| names.into_iter().collect::<Vec<_>>());
    let issues = names(1..4).prop_flat_map(move |issues| {
        let options = proptest::collection::vec(names(1..4), issues.len());
        options.prop_map(move |options| {
            issues.iter().cloned().zip(options).map(|(name, options)| Issue { name, options }).collect::<Vec<_>>()
        })
    });
    (issues, names(1..4)).prop_flat_map(|(issues, parties)| {
        let worth: Vec<_> =
            issues.iter().map(|issue| proptest::collection::vec(number(), issue.options.len())).collect();
        let party = (worth, proptest::option::of(number()));
        proptest::collection::vec(party, parties.len()).prop_map(move |values| {
            let party = |(name, (worth, reservation)): (&String, (Vec<Vec<Exact>>, Option<Exact>))| Party {
                name: name.clone(),
                worth,
                terms: Vec::new(),
                reservation,
                discount: None,
            };
            Domain {
                name: "t".to_owned(),
                issues: issues.clone(),
                parties: parties.iter().zip(values).map(party).collect(),
            }
        })
    })
}

#[test]
fn a_number_beyond_what_a_table_holds_is_not_written() {
    let issue = Issue { name: "land".into(), options: vec!["all".into()] };
    let worth = Exact::from_integer(BigInt::from(10).pow(80));
    let party =
        Party { name: "A".into(), worth: vec![vec![worth]], terms: Vec::new(), reservation: None, discount: None };
    let domain = Domain { name: "t".into(), issues: vec![issue], parties: vec![party] };
    assert_eq!(table::write(&domain), Err(NoTable::LongNumber));
}

proptest! {
    #[test]
    fn a_table_comes_back_as_it_was_written(domain in domain()) {
        let bytes = table::write(&domain).unwrap();
        prop_assert_eq!(table::read(("t.csv", &bytes)), Ok(domain));
    }
}
