//! What is wrong with rules between options is said with its place.

use detente_case::{Code, Folder, Loaded, load};

use crate::small_case::{case, found};

/// A case of issues with as many options, and constraints on them.
fn constrained(issues: usize, options: usize, constraints: &[(String, &str)]) -> Loaded {
    let rows = (0..issues).flat_map(|issue| (0..options).map(move |option| format!("i{issue},o{option}\n")));
    let issues = format!("issue,option\n{}", rows.collect::<String>());
    let entry = |(number, (rule, kind)): (usize, &(String, &str))| {
        format!("[[constraint]]\nid = \"c{number}\"\nrule = \"{rule}\"\nreason = \"r\"\n{kind}\n")
    };
    let constraints: String = constraints.iter().enumerate().map(entry).collect();
    let files = [("issues.csv", issues), ("constraints.toml", constraints)];
    let mut case = case(&[]);
    case.retain(|(name, _)| !["positions.csv", "issues.csv", "sources.json"].contains(&name.as_str()));
    case.extend(files.map(|(name, text)| (name.to_owned(), text.into_bytes())));
    load(&Folder::Memory(case), |_| {})
}

const LOGIC: &str = "kind = \"logic\"";

#[test]
fn a_rule_that_comes_apart_into_too_many_is_refused() {
    let pairs: Vec<String> = (0..40).step_by(2).map(|n| format!("(i{n} = o0 and i{} = o0)", n + 1)).collect();
    let loaded = constrained(40, 2, &[(pairs.join(" or "), LOGIC)]);
    assert_eq!(found(&loaded, Code::RuleTooLarge)[0].place(), "constraints.toml:3:8");
}

#[test]
fn constraints_that_are_too_tangled_to_test_are_used_and_said_so() {
    // Twelve pigeons in eleven holes, a constraint a pair.
    let pairs = (0..12).flat_map(|a| (a + 1..12).map(move |b| (a, b)));
    let clash = |(a, b): (usize, usize)| {
        (0..11).map(|hole| format!("exclude(i{a} = o{hole}, i{b} = o{hole})")).collect::<Vec<_>>()
    };
    let constraints: Vec<(String, &str)> = pairs.map(|pair| (clash(pair).join(" and "), LOGIC)).collect();
    let loaded = constrained(12, 11, &constraints);
    assert_eq!(found(&loaded, Code::NotTested).len(), 1);
    assert_eq!(loaded.case.unwrap().constraints.len(), 66);
    // More issues than are looked at.
    let chain: Vec<(String, &str)> = (0..299).map(|n| (format!("i{n} = o0 implies i{} = o1", n + 1), LOGIC)).collect();
    assert_eq!(found(&constrained(300, 2, &chain), Code::NotTested).len(), 1);
}

#[test]
fn constraints_of_different_times_do_not_contradict_each_other() {
    let early = "kind = \"logic\"\nvalid_to = \"2023\"";
    let late = |day: &str| format!("kind = \"logic\"\nvalid_from = \"{day}\"");
    let loaded = |day: &str| constrained(1, 2, &[("i0 = o0".to_owned(), early), ("i0 = o1".to_owned(), &late(day))]);
    assert!(loaded("2023").case.is_some());
    assert_eq!(
        found(&loaded("2022-12-31"), Code::NoPackage)[0].message,
        "no package meets `c0`, `c1` together; any 1 of them leave some"
    );
}

#[test]
fn demands_may_contradict_each_other() {
    let demand = "kind = \"demand\"\nactor = \"A\"";
    let loaded = constrained(1, 2, &[("i0 = o0".to_owned(), demand), ("i0 = o1".to_owned(), demand)]);
    assert_eq!(loaded.diagnostics, []);
}

#[test]
fn every_unknown_name_of_a_rule_is_said() {
    let loaded = constrained(2, 2, &[("i0 = o9 implies i7 = o1 or i1 in {o0, o8}".to_owned(), LOGIC)]);
    let places: Vec<String> = found(&loaded, Code::UnknownReference).iter().map(|finding| finding.place()).collect();
    assert_eq!(places, ["constraints.toml:3:14", "constraints.toml:3:25", "constraints.toml:3:47"]);
}
