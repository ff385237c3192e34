//! Claims: what is read, what is refused and where, what a level shows of them, and that they are the same when written and read again.

#![expect(clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::claim::forms::{Answer, FORMS};
use detente_case::claim::predicate::{Issues, Predicate};
use detente_case::{Case, Folder, Level, Loaded, export, load};

const SETTINGS: &str = "schema = 1\ntitle = \"T\"\nas_of = 2024-06-30\nprincipals = [\"Russia\", \"Ukraine\"]\n";
const ACTORS: &str = "id,iso3,marking\nRussia,RUS,\nUkraine,UKR,\nTurkiye,TUR,\nGhost,,restricted\n";
const ISSUES: &str = "issue,group,option,marking\nland,territory,none,\nland,,some,\nland,,all,\nsea,water,open,restricted\nsea,,closed,restricted\n";
const FACTORS: &str = "factor,date,value,marking\npoll,2022-03-31,40,\nsecret,2022-03-31,1,restricted\n";

fn loaded(claims: &str) -> Loaded {
    let texts = [
        ("case.toml", SETTINGS),
        ("actors.csv", ACTORS),
        ("issues.csv", ISSUES),
        ("factors.csv", FACTORS),
        ("claims.toml", claims),
    ];
    load(&Folder::Memory(texts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()), |_| {})
}

fn case(claims: &str) -> Case {
    let loaded = loaded(claims);
    loaded.case.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

fn claim(predicate: &str) -> String {
    format!("schema = 1\n[[claim]]\nid = \"c\"\ntext = \"t\"\npredicate = \"{predicate}\"\n")
}

/// The findings on claims.toml: code, column and message.
fn findings(claims: &str) -> Vec<(String, u64, String)> {
    let diagnostics = loaded(claims).diagnostics.into_iter().filter(|finding| finding.file == "claims.toml");
    diagnostics.map(|finding| (finding.code, finding.column.unwrap_or_default(), finding.message)).collect()
}

fn predicates(case: &Case) -> Vec<Predicate> {
    case.claims.iter().flat_map(|claim| claim.questions()).map(|asked| asked.predicate.clone()).collect()
}

#[test]
fn every_question_is_read_and_its_days_are_those_of_the_claim_unless_it_names_its_own() {
    let ids = |text: &str| text.replace("support_for_talks", "poll").replace("humanitarian_access", "land");
    for form in FORMS {
        let case = case(&claim(&ids(form.example)));
        assert!(!predicates(&case).is_empty(), "{}", form.example);
    }
    let text = "schema = 1\n[[claim]]\nid = \"c\"\ntext = \"t\"\nwithin = 2022\npredicate = \"own and rounds(from: 2022-03) = 0\"\n\
                [[claim.part]]\nid = \"own\"\ntext = \"t\"\nto = 2023-01-31\npredicate = \"rounds() and rounds(within: 2024-02)\"\n";
    let windows: Vec<String> = predicates(&case(text))
        .into_iter()
        .map(|predicate| match predicate {
            Predicate::Count { within, .. } => {
                let ends = [within.from, within.to].map(|end| end.map_or("-".to_owned(), |end| end.to_string()));
                ends.join("..")
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(windows, ["2022-03..2022", "-..2023-01-31", "2024-02..2024-02"]);
}

#[test]
fn an_example_of_the_list_is_of_its_question_and_compared_as_it_says() {
    for form in FORMS {
        assert!(form.example.contains(&format!("{}(", form.name)), "{}", form.example);
        assert!(form.places <= form.slots.len() && !form.about.is_empty(), "{}", form.name);
        let compared = ["=", "<", ">", " in ", "includes"].iter().any(|sign| form.example.contains(sign));
        assert_eq!(compared || form.answer == Answer::Count, form.answer != Answer::YesNo, "{}", form.example);
    }
}

#[test]
fn a_fault_is_found_at_its_place_with_what_to_do() {
    let at = |text: &str| 14 + u64::try_from(text.chars().count()).unwrap();
    for (predicate, before, code, says) in [
        ("fase(at: 2023) = talks", "", "E008", "no question is called `fase`"),
        ("phase(when: 2023) = talks", "phase(", "E009", "`phase(…)` has no `when`"),
        ("phase(at: 2023, at: 2022) = talks", "phase(at: 2023, at: ", "E009", "`at` stands twice"),
        ("position(Ukraine) includes none", "", "E009", "needs `issue`"),
        ("position(Ukraine, land, sea) includes none", "position(Ukraine, land, ", "E009", "without a key"),
        ("position(Atlantis, land) includes none", "position(", "N001", "Atlantis"),
        ("position(NGA, land) includes none", "position(", "N002", "NGA"),
        (
            "position(Ukraine, lend) includes none",
            "position(Ukraine, ",
            "L001",
            "no issue of issues.csv has the id `lend`",
        ),
        ("position(Ukraine, land) includes nine", "position(Ukraine, land) includes ", "L001", "no option `nine`"),
        ("series(pole) > 1", "series(", "E011", "no series of factors.csv is called `pole`"),
        ("hardening(group: teritory)", "hardening(group: ", "L001", "no group of issues.csv is called `teritory`"),
        ("rounds(topic: corridors)", "rounds(topic: ", "L001", "no issue or topic has the id `corridors`"),
        ("rounds(country: Turkey)", "rounds(country: ", "R006", "no code of a country"),
        ("phase(at: 2023-13) = talks", "phase(at: ", "R002", "expected a date"),
        ("phase(at: 2023) = peace", "phase(at: 2023) = ", "R006", "`peace` is no answer of `phase(…)`"),
        ("phase(at: 2023)", "", "E010", "is not compared"),
        ("phase(at: 2023) > talks", "", "E010", "cannot be compared by `>`"),
        ("blocked() = 1", "", "E010", "answered by yes or no"),
        ("rounds() includes 3", "", "E010", "cannot be compared by `includes`"),
        ("rounds() >= many", "rounds() >= ", "R007", "`many` is no number"),
        ("rounds() >= 1e999", "rounds() >= ", "R007", "is no number"),
        ("rounds(from: 2023, to: 2022)", "", "R003", "ends (2022) before it begins (2023)"),
        ("rounds(within: 2023, to: 2022)", "", "E009", "names its days twice"),
        ("sticking() = 1", "", "E009", "needs `issue` or `group`"),
        ("gap(issue: land, group: territory) > 1", "gap(issue: land, group: ", "E009", "names an issue and a group"),
        ("rounds(from: 2022", "rounds", "E001", "never closed"),
        ("early and rounds()", "", "L001", "no part of this claim is called `early`"),
        ("land = none", "", "E001", "is compared without a question"),
        ("phase(at: 2025-01) = talks", "phase(at: ", "R005", "lies after `as_of`"),
    ] {
        let found = findings(&claim(predicate));
        let here: Vec<_> = found.iter().filter(|(of, column, _)| of == code && *column == at(before)).collect();
        assert!(here.iter().any(|(_, _, message)| message.contains(says)), "{predicate}: {found:#?}");
        assert_eq!(loaded(&claim(predicate)).case.is_some(), ["R005", "E011"].contains(&code), "{predicate}");
    }
}

#[test]
fn keys_and_ids_are_checked() {
    for (text, code, says) in [
        ("[[claim]]\nid = \"c\"\ntext = \"t\"\npredicate = \"blocked()\"\n", "S003", "`schema` is missing"),
        ("schema = 2\n", "S005", "schema 2"),
        ("schema = 1\n[[claim]]\nid = \"c\"\ntext = \"t\"\npredicate = \"blocked()\"\nnumer = 1\n", "S002", "`numer`"),
        ("schema = 1\n[[claim]]\nid = \"c\"\ntext = \"t\"\n", "S003", "`predicate` is missing"),
        (
            "schema = 1\n[[claim]]\nid = \"c\"\ntext = \"t\"\n[[claim.part]]\nid = \"p\"\ntext = \"t\"\n",
            "S003",
            "`predicate` is missing",
        ),
        (
            "schema = 1\n[[claim]]\nid = \"c\"\ntext = \"t\"\nfrom = 2023\nto = 2022\npredicate = \"blocked()\"\n",
            "R003",
            "lies before",
        ),
        (
            "schema = 1\n[[claim]]\nid = \"c\"\ntext = \"t\"\nat = 2025\npredicate = \"blocked()\"\n",
            "R005",
            "lies after `as_of`",
        ),
    ] {
        let found = findings(text);
        assert!(found.iter().any(|(of, _, message)| of == code && message.contains(says)), "{text}: {found:#?}");
    }
    let one = claim("blocked()");
    let twice = format!("{one}{}", one.strip_prefix("schema = 1\n").unwrap());
    assert!(findings(&twice).iter().any(|(code, ..)| code == "R008"));
    let parts = "schema = 1\n[[claim]]\nid = \"c\"\ntext = \"t\"\n".to_owned()
        + &"[[claim.part]]\nid = \"p\"\ntext = \"t\"\npredicate = \"blocked()\"\n".repeat(2);
    assert!(findings(&parts).iter().any(|(code, ..)| code == "R008"));
}

#[test]
fn constraints_ask_nothing_of_the_record() {
    let texts = [
        ("case.toml", SETTINGS),
        ("issues.csv", "issue,option\nland,none\nland,all\n"),
        (
            "constraints.toml",
            "[[constraint]]\nid = \"c\"\nrule = \"land = none or blocked(at: 2023)\"\nkind = \"logic\"\nreason = \"r\"\n",
        ),
    ];
    let folder = Folder::Memory(texts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into());
    let found = load(&folder, |_| {}).diagnostics;
    let finding = found.iter().find(|finding| finding.code == "E007").unwrap();
    assert_eq!((finding.line, finding.column), (Some(3), Some(24)));
    assert!(finding.message.contains("only claims ask any"));
}

const LEVELS: &str = r#"
schema = 1
[[claim]]
id = "shown"
text = "t"
number = 7
predicate = "position(Ukraine, land, at: 2023) includes none"
[[claim]]
id = "of-a-hidden-actor"
text = "t"
predicate = "relation(Ghost, Ukraine, arms)"
[[claim]]
id = "of-a-hidden-issue"
text = "t"
predicate = "gap(issue: sea) > 1"
[[claim]]
id = "of-a-hidden-group"
text = "t"
[[claim.part]]
id = "p"
text = "t"
predicate = "hardening(group: water)"
[[claim]]
id = "of-a-hidden-series"
text = "t"
predicate = "series(secret) > 1"
[[claim]]
id = "hidden"
text = "t"
marking = "confidential"
predicate = "blocked()"
[[claim]]
id = "of-a-hidden-agenda"
text = "t"
predicate = "rounds(topic: sea)"
[[claim]]
id = "last"
text = "t"
predicate = "sticking(group: territory) = 1"
"#;

#[test]
fn a_claim_that_names_what_a_level_leaves_out_is_left_out_with_it() {
    let case = case(LEVELS);
    let texts = |level| case.at_level(level).claims.iter().map(|claim| claim.id.to_string()).collect::<Vec<_>>();
    assert_eq!(texts(Level::Public), ["claim-001", "claim-002"]);
    assert_eq!(texts(Level::Restricted).len(), 7);
    assert_eq!(texts(Level::All).len(), 8);
    let public = case.at_level(Level::Public);
    let [Predicate::Position { actor, issue, .. }, Predicate::Sticking { of: Issues::Group(group), .. }] =
        &predicates(&public)[..]
    else {
        panic!("{:?}", predicates(&public))
    };
    assert_eq!((&*public.actors[*actor].id, &*public.issues[*issue].id, &**group), ("Ukraine", "land", "territory"));
}

#[test]
fn claims_are_the_same_when_they_are_written_and_read_again() {
    let case = case(LEVELS);
    let again = load(&Folder::Memory(export::files(&case)), |_| {});
    let again = again.case.unwrap_or_else(|| panic!("{:#?}", again.diagnostics));
    assert_eq!(predicates(&case), predicates(&again));
    assert_eq!(export::claims_toml(&case), export::claims_toml(&again));
    assert_eq!(export::json(&case)["claims"][0]["number"], 7);
    assert_eq!(export::json(&case)["claims"][3]["part"][0]["predicate"], "hardening(group: water)");
}
