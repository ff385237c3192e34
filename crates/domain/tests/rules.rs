//! Rules over the options of a domain.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use detente_case::{Code, Diagnostic};
use detente_domain::rules::{self, LineRule};
use detente_domain::{Domain, table};

const TABLE: &str = "issue,option,A,B\nland,none,1,2\nland,all,2,1\n'=troops,stay,0,0\n'=troops,leave later,0,0\nsea,open,0,0\nsea,half,0,0\nsea,closed,0,0\n";

fn domain() -> Domain {
    table::read(("t.csv", TABLE.as_bytes())).unwrap()
}

fn read(text: &str) -> Result<(Vec<LineRule>, Vec<Diagnostic>), Vec<Diagnostic>> {
    rules::read(("rules.txt", text.as_bytes()), &domain())
}

/// All packages of the domain that meet the rules.
fn met(text: &str) -> Vec<[u16; 3]> {
    let (rules, _) = read(text).unwrap();
    let all = (0..12).map(|place| [place / 6, place / 3 % 2, place % 3]);
    all.filter(|package| rules.iter().flat_map(|rule| &rule.rules).all(|rule| rule.met_by(package))).collect()
}

#[test]
fn a_rule_a_line_with_comments_and_names_between_apostrophes() {
    let text = "# what goes together\n\n  land = all implies '=troops' = 'leave later'\nnot sea in {open, half}\n";
    assert_eq!(met(text), [[0, 0, 2], [0, 1, 2], [1, 1, 2]]);
    let (rules, warnings) = read(text).unwrap();
    assert_eq!(rules.iter().map(|rule| rule.line).collect::<Vec<_>>(), [3, 4]);
    assert_eq!((rules[1].text.as_str(), warnings), ("not sea in {open, half}", Vec::new()));
}

#[test]
fn counts_and_exclusions_are_met_as_they_say() {
    assert_eq!(met("exactly 1 of (land = all, sea = open)").len(), 6);
    assert_eq!(met("exclude(land = all, sea = open)").len(), 10);
    assert_eq!(met("land = all IFF sea = open").len(), 6);
}

#[test]
fn what_cannot_be_read_is_named_with_line_and_column() {
    let fault = |text: &str| read(text).unwrap_err().remove(0);
    let found = fault("land = all\n land == all");
    assert_eq!((found.code.as_str(), found.place().as_str()), (Code::RuleSyntax.text(), "rules.txt:2:8"));
    let found = fault("not lannd = all");
    assert_eq!((found.code.as_str(), found.place().as_str()), (Code::UnknownReference.text(), "rules.txt:1:5"));
    assert_eq!(found.hints, ["is `land` meant?"]);
    let found = fault("land = most");
    assert!(found.message.contains("`most` is no option of `land`") && found.hints[0].contains("`none`, `all`"));
    let found = fault("land");
    assert_eq!(found.code, Code::RuleSyntax.text());
    assert_eq!(rules::read(("r", b"\xff"), &domain()).unwrap_err()[0].code, Code::NotUtf8.text());
    assert_eq!(fault(&"land = all\n".repeat(501)).code, Code::TooMany.text());
}

#[test]
fn a_rule_that_every_package_meets_is_warned_of() {
    let (_, warnings) = read("land = all or land = none\nsea = open").unwrap();
    assert_eq!(
        warnings.iter().map(|w| (w.code.as_str(), w.line)).collect::<Vec<_>>(),
        [(Code::RuleAlwaysHolds.text(), Some(1))]
    );
}

#[test]
fn rules_that_contradict_each_other_are_named_as_a_smallest_set() {
    let text = "sea = open implies land = none\nland = all\n'=troops' = stay\nsea = open\n";
    let found = read(text).unwrap_err();
    assert_eq!(found.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), [Code::RulesContradict.text()]);
    assert!(found[0].message.contains("lines 1, 2, 4 together"), "{}", found[0].message);
    assert_eq!(found[0].hints.len(), 3);
    // Without any one of them there is a package.
    for line in [0, 1, 3] {
        let rest: Vec<&str> =
            text.lines().enumerate().filter(|(place, _)| *place != line).map(|(_, rule)| rule).collect();
        assert!(!met(&rest.join("\n")).is_empty());
    }
    let alone = read("land = all\nsea = open and sea = closed").unwrap_err();
    assert!(alone[0].message.contains("the rule on line 2"), "{}", alone[0].message);
}

#[test]
fn a_package_is_one_option_an_issue() {
    let domain = domain();
    assert_eq!(rules::package("sea = half and land = all and '=troops' = stay", &domain), Ok(vec![1, 0, 1]));
    for (text, part) in [
        ("sea = half", "names no option of `land`"),
        ("sea = half and sea = open", "one option of `sea`"),
        ("sea in {half, open}", "one option of `sea`"),
        ("not sea = half", "a package is written"),
        ("sea = wide", "`wide`"),
        ("sea =", ""),
    ] {
        let why = rules::package(text, &domain).unwrap_err();
        assert!(why.contains(part), "{text}: {why}");
    }
}
