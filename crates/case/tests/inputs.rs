//! Inputs and constraints: which rows hold at a day, what a level shows of them, and what constraints leave.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::constraint::ConstraintKind;
use detente_case::expression::Expression;
use detente_case::input::salience::Weighed;
use detente_case::issue::OptionPlace;
use detente_case::price::Per;
use detente_case::{Case, Day, Folder, Holds, Level, Loaded, Record, When, export, load};
use proptest::prelude::*;
use proptest::sample::select;

const SETTINGS: &str = "schema = 1\ntitle = \"T\"\nas_of = 2024-06-30\nprincipals = [\"A\", \"B\"]\n";
const ISSUES: &str =
    "issue,group,option\nland,territory,none\nland,,some\nland,,all\nsea,territory,open\nsea,,closed\n";

fn loaded(files: &[(&str, &str)]) -> Loaded {
    let mut all = vec![("case.toml", SETTINGS), ("actors.csv", "id\nA\nB\nC\n"), ("issues.csv", ISSUES)];
    all.retain(|(name, _)| files.iter().all(|(own, _)| own != name));
    let files = all.iter().chain(files).map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    load(&Folder::Memory(files), |_| {})
}

fn case(files: &[(&str, &str)]) -> Case {
    let loaded = loaded(files);
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

fn day(text: &str) -> Day {
    When::parse(text).unwrap().first()
}

fn alternatives(case: &Case, at: &str, known: &str) -> Vec<String> {
    let rows = Record::known_by(case, day(known)).alternatives(day(at));
    rows.iter().map(|(_, row)| row.id.to_string()).collect()
}

#[test]
fn the_latest_row_holds_until_the_next() {
    let case = case(&[(
        "alternatives.csv",
        "id,actor,low,best,high,valid_from,reason\na0,A,0,0.1,1,,r\na1,A,0,0.2,1,2022-03-01,r\na2,A,0,0.3,1,2023,r\nb1,B,0,0.4,1,2022-06-01,r\n",
    )]);
    for (at, expected) in [
        ("2022-02-28", vec!["a0"]),
        ("2022-03-01", vec!["a1"]),
        ("2022-06-01", vec!["a1", "b1"]),
        // A partial date has come when its last day has.
        ("2023-12-30", vec!["a1", "b1"]),
        ("2023-12-31", vec!["a2", "b1"]),
    ] {
        assert_eq!(alternatives(&case, at, "2024-06-30"), expected, "{at}");
    }
}

#[test]
fn a_row_that_is_not_known_yet_does_not_hold() {
    let case = case(&[(
        "alternatives.csv",
        "id,actor,low,best,high,valid_from,known_from,reason\na1,A,0,0.2,1,2022-03-01,,r\na2,A,0,0.3,1,2022-03-01,2023-01-15,r\n",
    )]);
    assert_eq!(alternatives(&case, "2022-12-31", "2022-02-28"), Vec::<String>::new());
    assert_eq!(alternatives(&case, "2022-12-31", "2023-01-14"), ["a1"]);
    // A correction of the same time.
    assert_eq!(alternatives(&case, "2022-12-31", "2023-01-15"), ["a2"]);
}

#[test]
fn rows_after_the_end_of_the_record_are_not_known() {
    let case = case(&[("alternatives.csv", "actor,low,best,high,valid_from,reason\nA,0,0.2,1,2024-07-01,r\n")]);
    assert_eq!(alternatives(&case, "2030-01-01", "2030-01-01"), Vec::<String>::new());
}

#[test]
fn every_table_says_what_its_numbers_are_of() {
    let case = case(&[
        ("salience.csv", "actor,issue,group,low,best,high,reason\nA,,territory,1,2,3.50,r\nA,sea,,0,0,1,r\n"),
        ("values.csv", "actor,issue,option,low,best,high,confidence,reason\nA,land,some,0,.5,1,0.80,r\n"),
        ("trust.csv", "from,to,low,best,high,reason\nA,B,0.1,0.5,1,r\nB,A,0.2,0.5,1,r\n"),
        ("exposure.csv", "actor,issue,option,low,best,high,reason\nB,land,all,0,0.5,1,r\n"),
        ("assurances.csv", "issue,option,for_actor,low,best,high,reason\nsea,open,B,0,0.1,0.2,r\n"),
    ]);
    let record = Record::known_by(&case, day("2024-06-30"));
    let at = day("2024-06-30");
    let weights = record.salience(at);
    assert_eq!(weights.len(), 2);
    let (_, group) = weights.iter().find(|(_, row)| row.about.weighed == Weighed::Group("territory".into())).unwrap();
    assert_eq!((group.range.high().text(), group.range.high().value()), ("3.50", 3.5));
    let (_, value) = record.values(at)[0];
    assert_eq!((value.about.option, value.confidence.as_ref().unwrap().value()), (OptionPlace(1), 0.8));
    let trust: Vec<&str> = record.trust(at).iter().map(|(_, row)| row.range.low().text()).collect();
    assert_eq!(trust, ["0.1", "0.2"]);
    assert_eq!(&*case.actors[record.exposure(at)[0].1.about.actor].id, "B");
    assert_eq!(&*case.actors[record.assurances(at)[0].1.about.for_actor].id, "B");
    let ids: Vec<&str> = case.trust.iter().map(|row| &*row.id).collect();
    assert_eq!(ids, ["t-001", "t-002"]);
}

#[test]
fn prices_and_the_confidence_of_the_case_are_read() {
    let settings = format!(
        "{SETTINGS}confidence = 0.90\n[[price]]\nactor = \"A\"\nper = \"threshold\"\namount = 2.50\nreason = \"r\"\n"
    );
    let case = case(&[("case.toml", &settings)]);
    assert_eq!(case.settings.confidence.as_ref().unwrap().text(), "0.90");
    let price = &case.prices[0];
    assert_eq!((&*case.actors[price.actor].id, price.per, price.amount.text()), ("A", Per::Threshold, "2.50"));
    let written = export::case_toml(&case);
    assert!(written.contains("confidence = 0.90\n") && written.contains("amount = 2.50\n"), "{written}");
}

#[test]
fn a_constraint_holds_from_its_day_to_the_day_before_its_end() {
    let case = case(&[(
        "constraints.toml",
        "[[constraint]]\nid = \"c1\"\nrule = \"land = none implies sea = open\"\nkind = \"demand\"\nactor = \"B\"\nreason = \"r\"\nvalid_from = 2022-03-29\nvalid_to = \"2023\"\nknown_from = \"2022-05\"\n",
    )]);
    let record = Record::known_by(&case, day("2024-06-30"));
    let (_, constraint) = record.constraints().next().unwrap();
    assert!(matches!(constraint.kind, ConstraintKind::Demand(actor) if &*case.actors[actor].id == "B"));
    for (at, expected) in [
        ("2022-03-28", Holds::No),
        ("2022-03-29", Holds::Yes),
        ("2023-01-01", Holds::Possibly),
        ("2023-12-31", Holds::No),
    ] {
        assert_eq!(record.constraint_holds(constraint, day(at)), expected, "{at}");
    }
    assert_eq!(Record::known_by(&case, day("2022-05-30")).constraints().count(), 0);
    let [land, sea] = [0, 1].map(detente_case::Id::at);
    let allows =
        |on_land: u8, at_sea: u8| constraint.allows(&|issue| OptionPlace(if issue == land { on_land } else { at_sea }));
    assert!(allows(0, 0) && !allows(0, 1) && allows(1, 1));
    assert_eq!(constraint.issues(), [land, sea]);
}

const HIDDEN: [(&str, &str); 3] = [
    (
        "alternatives.csv",
        "id,actor,low,best,high,reason,source_id,marking\nx,A,0,0.2,1,r,book,confidential\ny,B,0,0.3,1,r,,\n",
    ),
    (
        "constraints.toml",
        "[[constraint]]\nid = \"secret\"\nrule = \"land = all\"\nkind = \"logic\"\nreason = \"r\"\nmarking = \"restricted\"\n\
         [[constraint]]\nid = \"open\"\nrule = \"land in {some, all}\"\nkind = \"logic\"\nreason = \"r\"\n",
    ),
    ("sources.json", "[{\"id\": \"book\"}]"),
];

#[test]
fn a_level_shows_no_trace_of_what_it_leaves_out() {
    let shown = case(&HIDDEN).at_level(Level::Public);
    assert_eq!(shown.alternatives.iter().map(|row| &*row.id).collect::<Vec<_>>(), ["a001"]);
    assert_eq!(shown.constraints.iter().map(|row| &*row.id).collect::<Vec<_>>(), ["c001"]);
    assert_eq!(shown.sources.len(), 0);
    assert_eq!(case(&HIDDEN).at_level(Level::Restricted).constraints.len(), 2);
    let digest = |case: &Case| export::digest(Record::known_by(case, day("2024-06-30")));
    let without = case(&[
        ("alternatives.csv", "actor,low,best,high,reason,marking\nB,0,0.3,1,r,\n"),
        (
            "constraints.toml",
            "[[constraint]]\nid = \"any\"\nrule = \"land in {some, all}\"\nkind = \"logic\"\nreason = \"r\"\n",
        ),
    ]);
    assert_eq!(digest(&shown), digest(&without.at_level(Level::Public)));
}

#[test]
fn rows_about_a_hidden_actor_or_issue_are_hidden_with_it() {
    let shown = case(&[
        ("actors.csv", "id,marking\nA,\nB,\nC,confidential\n"),
        (
            "issues.csv",
            "issue,group,option,marking\nland,secret,none,confidential\nland,,all,\nsea,plain,open,\nsea,,closed,\n",
        ),
        ("alternatives.csv", "actor,low,best,high,reason\nC,0,0.2,1,r\nA,0,0.2,1,r\n"),
        ("trust.csv", "from,to,low,best,high,reason\nA,C,0.1,0.2,1,r\nA,B,0.1,0.2,1,r\n"),
        (
            "salience.csv",
            "actor,issue,group,low,best,high,reason\nA,,secret,1,1,1,r\nA,,plain,1,1,1,r\nB,land,,1,1,1,r\n",
        ),
        (
            "constraints.toml",
            "[[constraint]]\nid = \"a\"\nrule = \"land = all or sea = open\"\nkind = \"logic\"\nreason = \"r\"\n\
             [[constraint]]\nid = \"b\"\nrule = \"sea = open\"\nkind = \"demand\"\nactor = \"C\"\nreason = \"r\"\n",
        ),
    ])
    .at_level(Level::Public);
    assert_eq!((shown.alternatives.len(), shown.trust.len(), shown.constraints.len()), (1, 1, 0));
    let weighed: Vec<&Weighed> = shown.salience.iter().map(|row| &row.about.weighed).collect();
    assert_eq!(weighed, [&Weighed::Group("plain".into())]);
}

#[test]
fn rows_known_after_the_cut_change_no_digest_of_it() {
    let digest = |more: &str, constraint: &str| {
        let alternatives = format!("id,actor,low,best,high,valid_from,reason\na,A,0,0.2,1,2022-03-01,r\n{more}");
        let case = case(&[("alternatives.csv", &alternatives), ("constraints.toml", constraint)]);
        export::digest(Record::known_by(&case, day("2022-12-31")))
    };
    let late = "[[constraint]]\nid = \"c\"\nrule = \"land = all\"\nkind = \"logic\"\nreason = \"r\"\nknown_from = 2023-01-01\n";
    assert_eq!(digest("", ""), digest("b,A,0,0.3,1,2023-01-01,r\n", late));
    assert_ne!(digest("", ""), digest("b,A,0,0.3,1,2022-04-01,r\n", ""));
}

#[test]
fn constraints_come_back_as_they_were_written() {
    let rule = "not 'land' in {none,  some} & sea=open";
    let text =
        format!("[[constraint]]\nid = \"c\"\nrule = \"{rule}\"\nkind = \"logic\"\nreason = \"say \\\"so\\\"\"\n");
    let written = export::constraints_toml(&case(&[("constraints.toml", &text)]));
    assert_eq!(written, text);
}

/// Rules over two issues of three and two options.
fn rules() -> impl Strategy<Value = String> {
    let atom = select(&["land = none", "land = some", "land in {some, all}", "sea = open", "sea = closed"][..]);
    let literal =
        (atom, any::<bool>()).prop_map(|(atom, not)| if not { format!("not {atom}") } else { atom.to_owned() });
    (prop::collection::vec(literal, 1..4), select(&[" and ", " or "][..]))
        .prop_map(|(literals, word)| literals.join(word))
}

proptest! {
    /// The oracle: all six packages, one after another.
    #[test]
    fn contradictions_are_found_where_there_are_and_are_as_small_as_can_be(rules in prop::collection::vec(rules(), 1..6)) {
        let entry = |(number, rule): (usize, &String)| {
            format!("[[constraint]]\nid = \"c{number}\"\nrule = \"{rule}\"\nkind = \"KIND\"\nactor = \"A\"\nreason = \"r\"\n")
        };
        let text: String = rules.iter().enumerate().map(entry).collect();
        let logic = text.replace("KIND", "logic").replace("actor = \"A\"\n", "");
        // As demands they are read even where they contradict each other.
        let demands = case(&[("constraints.toml", &text.replace("KIND", "demand"))]);
        let parsed: Vec<_> = demands.constraints.iter().map(|row| row.rule.clone()).collect();
        let meets = |rule: &Expression<detente_case::constraint::Outcome>, package: [u8; 2]| {
            rule.evaluate(&|outcome| outcome.options.contains(OptionPlace(package[outcome.issue.place()])))
        };
        let possible = |chosen: &[usize]| {
            (0..3).any(|land| (0..2).any(|sea| chosen.iter().all(|rule| meets(&parsed[*rule], [land, sea]))))
        };
        let all: Vec<usize> = (0..rules.len()).collect();
        let loaded = loaded(&[("constraints.toml", &logic)]);
        let found: Vec<&detente_case::Diagnostic> =
            loaded.diagnostics.iter().filter(|finding| finding.code == "E003").collect();
        prop_assert_eq!(found.is_empty(), possible(&all));
        for finding in found {
            let named = finding.message.split(';').next().unwrap();
            let named: Vec<usize> = all.iter().copied().filter(|number| named.contains(&format!("`c{number}`"))).collect();
            prop_assert!(!possible(&named), "{}", finding.message);
            for left_out in &named {
                let rest: Vec<usize> = named.iter().copied().filter(|number| number != left_out).collect();
                prop_assert!(possible(&rest), "{}", finding.message);
            }
        }
        for (number, rule) in parsed.iter().enumerate() {
            let always = (0..3).all(|land| (0..2).all(|sea| meets(rule, [land, sea])));
            let said = loaded.diagnostics.iter().any(|finding| finding.code == "E004" && finding.message.contains(&format!("`c{number}`")));
            prop_assert_eq!(always, said, "{}", rules[number]);
        }
    }
}
