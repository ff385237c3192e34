//! What GENIUS XML says, and every way in which it can be off. All numbers here are our own.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use std::collections::BTreeSet;

use detente_case::{Code, Diagnostic};
use detente_domain::genius::{self, Genius, Reading};
use detente_domain::{Domain, text};

/// Two issues. Their indices begin at 2 and have a gap.
const DOMAIN: &str = r#"<negotiation_template>
<utility_space number_of_issues="2">
<objective index="1" name="root" type="objective">
<issue index="2" name="Price" type="discrete" vtype="discrete">
<item index="1" value="low" cost="0" description="cheap"/>
<item index="2" value="high" cost="0" description="dear"/>
</issue>
<issue index="4" name="Term" type="discrete" vtype="discrete">
<item index="1" value="short"/>
<item index="2" value="long"/>
<item index="3" value="none"/>
</issue>
</objective>
</utility_space>
</negotiation_template>
"#;

/// Weights and items in another order than the issues and items of the domain.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<utility_space>
<reservation value="0.3"/>
<objective index="1" name="somebody's own name for it">
<weight index="4" value="0.25"/>
<weight index="2" value="0.75"/>
<issue index="2" name="Price" type="discrete">
<item index="2" value="high" evaluation="4" description="low"/>
<item index="1" value="low" evaluation="1" description="high"/>
</issue>
<issue index="4" name="Term" type="discrete">
<item index="3" value="none" evaluation="0"/>
<item index="1" value="short" evaluation="5"/>
<item index="2" value="long" evaluation="2.5e0"/>
</issue>
</objective>
<discount_factor value="0.9"/>
</utility_space>
"#;

fn read(domain: &str, profile: &str) -> Result<Genius, Vec<Diagnostic>> {
    genius::read(("d.xml", domain.as_bytes()), &[("folder/anna.xml", profile.as_bytes())])
}

fn in_reading(profile: &str, reading: Reading) -> Domain {
    read(DOMAIN, profile).unwrap().domain(reading, false).0
}

fn worth(domain: &Domain) -> Vec<Vec<String>> {
    domain.parties[0].worth.iter().map(|options| options.iter().map(text).collect()).collect()
}

/// The first error when something in the domain or profile is replaced.
fn fault(domain: [&str; 2], profile: [&str; 2]) -> Diagnostic {
    assert!(DOMAIN.contains(domain[0]) && PROFILE.contains(profile[0]));
    let found = read(&DOMAIN.replace(domain[0], domain[1]), &PROFILE.replace(profile[0], profile[1])).unwrap_err();
    found[0].clone()
}

fn in_domain(from: &str, to: &str) -> Diagnostic {
    fault([from, to], ["", ""])
}

fn in_profile(from: &str, to: &str) -> Diagnostic {
    fault(["", ""], [from, to])
}

fn assert_fault(found: &Diagnostic, code: Code, place: &str, part: &str) {
    assert_eq!((found.code.as_str(), found.place().as_str()), (code.text(), place), "{found:#?}");
    assert!(found.message.contains(part), "{}", found.message);
}

#[test]
fn weights_are_matched_by_index_and_items_by_value() {
    let domain = in_reading(PROFILE, Reading::Raw);
    assert_eq!(domain.parties[0].name, "anna");
    assert_eq!(domain.issues.iter().map(|issue| issue.name.as_str()).collect::<Vec<_>>(), ["Price", "Term"]);
    assert_eq!(domain.issues[1].options, ["short", "long", "none"]);
    assert_eq!(worth(&domain), [vec!["0.75", "3"], vec!["1.25", "0.625", "0"]]);
}

#[test]
fn the_genius_reading_divides_by_the_greatest_evaluation_of_the_issue() {
    let domain = in_reading(PROFILE, Reading::Genius);
    assert_eq!(worth(&domain), [vec!["0.1875", "0.75"], vec!["0.25", "0.125", "0"]]);
}

#[test]
fn thirds_are_not_rounded() {
    let profile = PROFILE.replace("evaluation=\"4\"", "evaluation=\"3\"");
    assert_eq!(worth(&in_reading(&profile, Reading::Genius))[0], ["0.25", "0.75"]);
    let profile = PROFILE.replace("evaluation=\"5\"", "evaluation=\"3\"");
    assert_eq!(worth(&in_reading(&profile, Reading::Genius))[1][1], "5/24");
}

#[test]
fn an_issue_without_a_greatest_evaluation_to_speak_of_is_worth_nothing_in_the_genius_reading() {
    let profile = PROFILE
        .replace("\"4\" description", "\"0.000009\" description")
        .replace("evaluation=\"1\"", "evaluation=\"0\"");
    assert_eq!(worth(&in_reading(&profile, Reading::Genius))[0], ["0", "0"]);
    assert_eq!(worth(&in_reading(&profile, Reading::Raw))[0], ["0", "0.00000675"]);
}

#[test]
fn the_readings_are_the_same_where_every_greatest_evaluation_is_1() {
    assert!(read(DOMAIN, PROFILE).unwrap().readings_differ());
    let ones = PROFILE
        .replace("evaluation=\"4\"", "evaluation=\"1.0\"")
        .replace("evaluation=\"5\"", "evaluation=\"1\"")
        .replace("2.5e0", "0.5");
    assert!(!read(DOMAIN, &ones).unwrap().readings_differ());
}

#[test]
fn the_order_of_elements_says_nothing() {
    let mut lines: Vec<&str> = PROFILE.lines().collect();
    let expected = in_reading(PROFILE, Reading::Raw);
    lines.swap(4, 5);
    lines.swap(7, 8);
    let discount = lines.remove(16);
    lines.insert(3, discount);
    assert_eq!(in_reading(&lines.join("\n"), Reading::Raw), expected);
}

#[test]
fn weights_are_divided_by_their_sum_only_if_asked() {
    let doubled = PROFILE.replace("\"0.25\"", "\"0.5\"").replace("\"0.75\"", "\"1.5\"");
    let genius = read(DOMAIN, &doubled).unwrap();
    let remarks = genius.remarks(false);
    assert!(
        remarks.iter().any(|remark| remark.code == Code::WeightSum.text() && remark.message.contains("add up to 2"))
    );
    assert_eq!(worth(&genius.domain(Reading::Raw, false).0)[0], ["1.5", "6"]);
    assert_eq!(worth(&genius.domain(Reading::Raw, true).0)[0], ["0.75", "3"]);
    assert!(genius.remarks(true).iter().all(|remark| remark.code != Code::WeightSum.text()));
}

#[test]
fn weights_of_zero_are_said_and_divide_nothing() {
    let zero = PROFILE.replace("\"0.25\"", "\"0\"").replace("\"0.75\"", "\"0\"");
    let genius = read(DOMAIN, &zero).unwrap();
    assert_eq!(genius.remarks(true)[0].code, Code::WeightSum.text());
    assert_eq!(worth(&genius.domain(Reading::Raw, true).0), [vec!["0", "0"], vec!["0", "0", "0"]]);
}

#[test]
fn a_discount_is_kept_and_not_applied() {
    let genius = read(DOMAIN, PROFILE).unwrap();
    let domain = genius.domain(Reading::Raw, false).0;
    assert_eq!(domain.parties[0].discount.as_ref().map(text).as_deref(), Some("0.9"));
    let remarks = genius.remarks(false);
    assert_eq!(remarks.iter().map(|remark| remark.code.as_str()).collect::<Vec<_>>(), [Code::NotApplied.text()]);
    assert_eq!(remarks[0].place(), "folder/anna.xml:17");
}

#[test]
fn a_reservation_value_on_another_scale_is_warned_of() {
    let warned = |profile: &str, reading: Reading| {
        let warnings = read(DOMAIN, profile).unwrap().domain(reading, false).1;
        warnings.first().map(|warning| (warning.place(), warning.code.clone()))
    };
    let expected = Some(("folder/anna.xml:3".to_owned(), Code::OtherScale.text().to_owned()));
    assert_eq!(warned(PROFILE, Reading::Raw), expected);
    assert_eq!(warned(PROFILE, Reading::Genius), None);
    let beyond = PROFILE.replace("value=\"0.3\"", "value=\"30\"");
    assert_eq!(warned(&beyond, Reading::Genius), expected);
    let none = PROFILE.replace("<reservation value=\"0.3\"/>\n", "");
    assert_eq!(warned(&none, Reading::Raw), None);
    assert_eq!(in_reading(&none, Reading::Raw).parties[0].reservation, None);
}

#[test]
fn what_a_profile_lacks_is_named_with_its_line() {
    assert_fault(
        &in_profile("<weight index=\"4\" value=\"0.25\"/>\n", ""),
        Code::Lacking,
        "folder/anna.xml:5",
        "`weight index=\"4\"`",
    );
    assert_fault(
        &in_profile(" evaluation=\"5\"", ""),
        Code::Lacking,
        "folder/anna.xml:13",
        "`item` has no `evaluation`",
    );
    assert_fault(
        &in_profile("<item index=\"3\" value=\"none\" evaluation=\"0\"/>\n", ""),
        Code::Lacking,
        "folder/anna.xml:11",
        "`none` of `Term`",
    );
    assert_fault(&in_profile("<weight index=\"4\"", "<weight"), Code::Lacking, "folder/anna.xml:5", "`index`");
    let without_issue =
        PROFILE.lines().filter(|line| !(line.contains("Price") || line.contains("low"))).collect::<Vec<_>>().join("\n");
    let found = read(DOMAIN, &without_issue.replacen("</issue>\n", "", 1)).unwrap_err();
    assert_fault(&found[0], Code::Lacking, "folder/anna.xml:2", "`Price` (index 2) is missing");
}

#[test]
fn what_the_domain_does_not_have_is_named_with_its_line() {
    assert_fault(
        &in_profile("weight index=\"4\"", "weight index=\"3\""),
        Code::Unmatched,
        "folder/anna.xml:5",
        "index 3",
    );
    let found = in_profile("value=\"long\"", "value=\"lonng\"");
    assert_fault(&found, Code::Unmatched, "folder/anna.xml:14", "`lonng`");
    assert_eq!(found.hints, ["is `long` meant?"]);
    assert_fault(
        &in_profile("<issue index=\"4\"", "<issue index=\"5\""),
        Code::Unmatched,
        "folder/anna.xml:11",
        "no issue with index 5",
    );
    assert_fault(
        &in_profile("name=\"Term\"", "name=\"Price\""),
        Code::Unmatched,
        "folder/anna.xml:11",
        "`Term` in the domain and `Price` here",
    );
}

#[test]
fn what_stands_twice_is_named_with_its_line() {
    assert_fault(
        &in_profile("weight index=\"4\"", "weight index=\"2\""),
        Code::Repeated,
        "folder/anna.xml:6",
        "second weight",
    );
    assert_fault(
        &in_profile("value=\"long\"", "value=\"short\""),
        Code::Repeated,
        "folder/anna.xml:14",
        "stands twice",
    );
    assert_fault(
        &in_profile("</utility_space>", "<reservation value=\"1\"/></utility_space>"),
        Code::Repeated,
        "folder/anna.xml:18",
        "reservation",
    );
    assert_fault(&in_domain("index=\"4\"", "index=\"2\""), Code::Repeated, "d.xml:8", "index 2");
    assert_fault(&in_domain("name=\"Term\"", "name=\"Price\""), Code::Repeated, "d.xml:8", "`Price`");
    assert_fault(&in_domain("value=\"long\"", "value=\"short\""), Code::Repeated, "d.xml:10", "`item value=\"short\"`");
    let twice =
        genius::read(("d.xml", DOMAIN.as_bytes()), &[("a/x.xml", PROFILE.as_bytes()), ("b/x.xml", PROFILE.as_bytes())]);
    assert_fault(&twice.unwrap_err()[0], Code::Repeated, "b/x.xml", "`x`");
}

#[test]
fn only_finite_numbers_are_numbers() {
    for text in ["NaN", "inf", "-Infinity", "1e999", "4,5", "", "four", "1/0"] {
        let found = in_profile("evaluation=\"4\"", &format!("evaluation=\"{text}\""));
        assert_fault(&found, Code::NotANumber, "folder/anna.xml:8", "is not a finite number");
    }
    assert_fault(&in_profile("value=\"0.3\"", "value=\"NaN\""), Code::NotANumber, "folder/anna.xml:3", "NaN");
}

#[test]
fn what_is_no_xml_or_is_dangerous_is_refused() {
    assert_fault(&in_domain("</issue>\n<issue", "<issue"), Code::NotXml, "d.xml:12", "");
    assert_fault(&in_domain("</negotiation_template>", ""), Code::NotXml, "d.xml:16", "cut off");
    assert_fault(&in_domain(DOMAIN, "hello"), Code::NotXml, "d.xml:1", "no XML element");
    assert_fault(&in_domain("value=\"low\"", "value=\"&later;\""), Code::NotXml, "d.xml:5", "`item`");
    let types = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>\n<negotiation_template>";
    assert_fault(&in_domain("<negotiation_template>", types), Code::NotXml, "d.xml:1", "types or entities");
    let deep = format!("{}{}", "<objective>".repeat(5000), "</objective>".repeat(5000));
    assert_fault(
        &in_domain("<utility_space", &format!("{deep}<utility_space")),
        Code::NotXml,
        "d.xml:2",
        "32 elements",
    );
    assert_eq!(read("<a/>", "").unwrap_err()[0].code, Code::NotADomain.text());
    assert_eq!(genius::read(("d.xml", b"\xff\xfe\x00"), &[]).unwrap_err()[0].code, Code::NotUtf8.text());
}

#[test]
fn latin_1_is_read_where_it_is_declared() {
    let declared = format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{}", DOMAIN.replace("none", "zero \u{e9}"));
    let bytes: Vec<u8> = declared.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let profile = PROFILE.replace("none", "zero \u{e9}");
    let genius = genius::read(("d.xml", &bytes), &[("p.xml", profile.as_bytes())]).unwrap();
    assert_eq!(genius.domain(Reading::Raw, false).0.issues[1].options[2], "zero \u{e9}");
}

#[test]
fn what_cannot_be_packages_is_refused() {
    assert_fault(
        &in_domain(
            "vtype=\"discrete\">\n<item index=\"1\" value=\"short\"",
            "vtype=\"real\">\n<item index=\"1\" value=\"short\"",
        ),
        Code::NotADomain,
        "d.xml:8",
        "`real`",
    );
    assert_fault(
        &in_domain(
            "<item index=\"1\" value=\"low\" cost=\"0\" description=\"cheap\"/>\n<item index=\"2\" value=\"high\" cost=\"0\" description=\"dear\"/>\n",
            "",
        ),
        Code::NotADomain,
        "d.xml:4",
        "no options",
    );
    let alone = genius::read(("d.xml", DOMAIN.as_bytes()), &[]).unwrap_err();
    assert_fault(&alone[0], Code::NotADomain, "d.xml", "what anybody wants");
}

#[test]
fn too_much_is_refused_before_it_is_built() {
    let integer = |high: &str| {
        in_domain(
            "vtype=\"discrete\">\n<item index=\"1\" value=\"short\"/>",
            &format!("vtype=\"integer\" lowerbound=\"0\" upperbound=\"{high}\">"),
        )
    };
    assert_fault(&integer("1000000"), Code::TooMany, "d.xml:8", "1000001 options");
    assert_fault(&integer("9223372036854775807"), Code::TooMany, "d.xml:8", "at most");
    let many: String = (10..1500)
        .map(|index| format!("<issue index=\"{index}\" name=\"{index}\"><item value=\"a\"/></issue>"))
        .collect();
    assert_fault(&in_domain("</objective>", &format!("{many}</objective>")), Code::TooMany, "d.xml:1", "1492 issues");
    let profiles = vec![("p.xml", PROFILE.as_bytes()); 13];
    assert_eq!(genius::read(("d.xml", DOMAIN.as_bytes()), &profiles).unwrap_err()[0].code, Code::TooMany.text());
}

const INTEGERS: &str = r#"<negotiation><utility_space><objective>
<issue index="1" name="Days" vtype="integer" lowerbound="2" upperbound="5"/>
</objective></utility_space></negotiation>"#;

fn integers(evaluator: &str, reading: Reading) -> Vec<String> {
    let profile = format!(
        "<utility_space><objective><issue index=\"1\" name=\"Days\" vtype=\"integer\"><range lowerbound=\"2\" upperbound=\"5\"/>{evaluator}</issue>\
         <weight index=\"1\" value=\"1\"/></objective></utility_space>"
    );
    worth(&read(INTEGERS, &profile).unwrap().domain(reading, false).0).remove(0)
}

#[test]
fn integer_issues_have_linear_evaluators_of_two_forms() {
    // From the lower bound, or from zero.
    let offset = "<evaluator ftype=\"linear\" offset=\"0.1\" slope=\"0.4\"/>";
    let parameters = "<evaluator ftype=\"linear\" parameter0=\"0.1\" parameter1=\"0.4\"/>";
    assert_eq!(integers(offset, Reading::Raw), ["0.1", "0.5", "0.9", "1.3"]);
    assert_eq!(integers(offset, Reading::Genius), ["0.1", "0.5", "0.9", "1"]);
    assert_eq!(integers(parameters, Reading::Raw), ["0.9", "1.3", "1.7", "2.1"]);
    assert_eq!(integers(parameters, Reading::Genius), ["0.9", "1", "1", "1"]);
    let falling = "<evaluator ftype=\"linear\" offset=\"0.5\" slope=\"-0.25\"/>";
    assert_eq!(integers(falling, Reading::Genius), ["0.5", "0.25", "0", "0"]);
}

#[test]
fn integer_issues_without_bounds_or_with_other_ones_are_refused() {
    let found = read(&INTEGERS.replace(" upperbound=\"5\"", ""), "").unwrap_err();
    assert_fault(&found[0], Code::Lacking, "d.xml:2", "`lowerbound` and `upperbound`");
    let found = read(&INTEGERS.replace("\"5\"", "\"1\""), "").unwrap_err();
    assert_fault(&found[0], Code::Lacking, "d.xml:2", "in order");
    let profile = "<utility_space><objective><weight index=\"1\" value=\"1\"/>\n<issue index=\"1\" name=\"Days\" vtype=\"integer\" lowerbound=\"0\" upperbound=\"5\"/></objective></utility_space>";
    assert_fault(&read(INTEGERS, profile).unwrap_err()[0], Code::Unmatched, "folder/anna.xml:2", "bounds");
}

const RECTANGLES: &str = r#"<utility_space type="nonlinear"><objective>
<utility maxutility="20"><ufun type="PlainUfun" weight="2" aggregation="sum">
<hyperRectangle utility="3"><INCLUDES index="2" min="1" max="1"/><INCLUDES index="4" min="2" max="3"/></hyperRectangle>
<hyperRectangle utility="1.5"><INCLUDES index="4" min="3" max="9"/></hyperRectangle>
</ufun></utility></objective></utility_space>"#;

#[test]
fn rectangles_are_added_and_said_not_to_be_additive() {
    let genius = read(DOMAIN, RECTANGLES).unwrap();
    assert_eq!(
        genius.remarks(false).iter().map(|remark| remark.code.as_str()).collect::<Vec<_>>(),
        [Code::NotAdditive.text()]
    );
    for (reading, expected) in
        [(Reading::Raw, ["0", "6", "9", "0", "0", "3"]), (Reading::Genius, ["0", "0.3", "0.45", "0", "0", "0.15"])]
    {
        let (domain, _) = genius.domain(reading, false);
        assert!(!domain.is_additive());
        let packages = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]];
        assert_eq!(packages.map(|package| text(&domain.worth(0, &package))), expected);
    }
}

#[test]
fn rectangles_of_another_kind_are_refused() {
    let fault = |from: &str, to: &str| read(DOMAIN, &RECTANGLES.replace(from, to)).unwrap_err().remove(0);
    assert_fault(&fault("\"sum\"", "\"max\""), Code::NotADomain, "folder/anna.xml:2", "added");
    assert_fault(
        &fault("index=\"4\" min=\"3\"", "index=\"7\" min=\"3\""),
        Code::Unmatched,
        "folder/anna.xml:4",
        "rectangle",
    );
    assert_fault(&fault("min=\"3\"", "min=\"x\""), Code::NotANumber, "folder/anna.xml:4", "`min=\"x\"`");
    assert_fault(
        &fault("<INCLUDES index=\"4\" min=\"3\"", "<EXCLUDES index=\"4\" min=\"3\""),
        Code::NotADomain,
        "folder/anna.xml:4",
        "EXCLUDES",
    );
}

#[test]
fn the_weight_of_an_objective_is_noted_and_not_applied() {
    let profile = PROFILE.replace("</objective>", "<weight index=\"1\" value=\"1\"/></objective>");
    let genius = read(DOMAIN, &profile).unwrap();
    assert_eq!(genius.domain(Reading::Raw, false).0, in_reading(PROFILE, Reading::Raw));
}

/// Every code of this format has a test here or with the rules.
#[test]
fn every_code_is_tested() {
    let all: BTreeSet<&str> = Code::ALL.iter().map(|code| code.text()).filter(|text| text.starts_with('G')).collect();
    let here = include_str!("genius.rs");
    let rules = include_str!("rules.rs");
    let untested: Vec<&Code> = Code::ALL
        .iter()
        .filter(|code| all.contains(code.text()))
        .filter(|code| !here.contains(&format!("Code::{code:?}")) && !rules.contains(&format!("Code::{code:?}")))
        .collect();
    assert_eq!(untested, Vec::<&Code>::new());
}

#[test]
fn a_party_is_called_as_its_file_without_what_no_text_holds() {
    let named = |file: &str| {
        let genius = genius::read(("d.xml", DOMAIN.as_bytes()), &[(file, PROFILE.as_bytes())]).unwrap();
        genius.domain(Reading::Raw, false).0.parties[0].name.clone()
    };
    assert_eq!(named("folder/anna.xml"), "anna");
    assert_eq!(named("anna\0  of\tthe\u{7}north.xml"), "anna of the north");
    assert_eq!(named(" .xml"), "unnamed");
}

#[test]
fn a_name_with_a_nul_character_is_refused() {
    let domain = DOMAIN.replace("\"Price\"", "\"Pr\0ice\"");
    let findings = read(&domain, PROFILE).unwrap_err();
    assert_eq!((findings[0].code.as_str(), findings[0].line), (Code::NulByte.text(), Some(4)));
}
