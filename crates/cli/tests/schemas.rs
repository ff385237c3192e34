//! What `--json` prints has the shape that the published schemas say.

use std::process::Command;

use serde_json::Value;

#[cfg(test)]
fn json(text: &[u8]) -> Value {
    serde_json::from_slice(text).unwrap()
}

#[cfg(test)]
fn answer(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_detente")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    json(&output.stdout)
}

#[cfg(test)]
fn schema(name: &str) -> jsonschema::Validator {
    let path = format!("{}/../../docs/schemas/{name}.json", env!("CARGO_MANIFEST_DIR"));
    jsonschema::validator_for(&json(&std::fs::read(path).unwrap())).unwrap()
}

/// Codings are no part of the bundled cases.
#[cfg(test)]
macro_rules! coding {
    ($file:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/russia-ukraine/codings/", $file)
    };
}

#[cfg(test)]
fn coders(case: &str) -> Vec<&str> {
    let (first, second) = match case {
        "russia-ukraine" => (coding!("positions-first.csv"), coding!("positions-second.csv")),
        // Its one coder, compared with the same rows.
        _ => ("c1", "c1"),
    };
    vec!["coders", case, first, second, "--draws", "50", "--quiet", "--json"]
}

#[test]
fn every_answer_fits_its_schema() {
    for case in ["russia-ukraine", "camp-david-1978"] {
        for (name, arguments) in [
            ("now", vec!["now", case, "--json"]),
            ("history", vec!["history", case, "--json"]),
            ("diff", vec!["diff", case, "--from", "1978-09-01", "--json"]),
            ("check", vec!["check", case, "--json"]),
            ("claims", vec!["claims", case, "--json"]),
            ("forecast-case", vec!["forecast", case, "--draws", "20", "--json"]),
            ("scenarios", vec!["scenarios", case, "--draws", "20", "--json"]),
            ("coders", coders(case)),
            ("plan", vec!["plan", case, "--json"]),
            ("agreement", vec!["agreement", case, "--draws", "50", "--json"]),
            ("unlock", vec!["unlock", case, "--json"]),
            (
                "stability",
                vec!["stability", "textbook/elmira", "--why", "5", "--coalitions", "--desired", "1", "--json"],
            ),
            ("common", vec!["common", case, "--json"]),
            ("ripeness", vec!["ripeness", case, "--json"]),
            ("backtest-case", vec!["backtest", "case", case, "--draws", "50", "--json"]),
            ("scales", vec!["scales", case, "--json"]),
            ("document", vec!["brief", case, "--json"]),
        ] {
            let answer = answer(&arguments);
            let faults: Vec<String> = schema(name).iter_errors(&answer).map(|fault| fault.to_string()).collect();
            assert!(faults.is_empty(), "{arguments:?}: {faults:#?}");
        }
    }
}

#[test]
fn two_plans_fit_the_schema_and_are_compared() {
    let answer = answer(&["plan", "russia-ukraine", "28-points-2025-11", "20-points-2025-12", "--json"]);
    assert!(schema("plan").is_valid(&answer));
    assert_eq!(answer["comparisons"].as_array().map(Vec::len), Some(1));
}

#[test]
fn packages_fit_the_schema_in_one_reading_and_in_both() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/packages.in/");
    let file = |name: &str| format!("{folder}{name}");
    let (table, domain) = (file("border.csv"), file("domain.xml"));
    let (north, south) = (file("north.xml"), file("south.xml"));
    let one = answer(&["packages", &table, "--json"]);
    assert!(schema("packages").is_valid(&one));
    assert_eq!((&one["packages"], one["frontier"]["points"].as_u64()), (&Value::from("27"), Some(10)));
    let both = answer(&["packages", &domain, &north, &south, "--disagreement", "zero", "--quiet", "--json"]);
    assert!(schema("packages").is_valid(&both));
    assert_eq!(both["readings"].as_array().map(Vec::len), Some(2));
    let bound = answer(&["packages", &table, "--limit", "5", "--json"]);
    assert!(schema("packages").is_valid(&bound) && bound["frontier"].is_null() && bound["bound"].is_object());
}

#[test]
fn an_answer_without_a_promised_key_does_not_fit() {
    let mut answer = answer(&["now", "camp-david-1978", "--json"]);
    answer.as_object_mut().unwrap().remove("coverage");
    assert!(!schema("now").is_valid(&answer));
}
