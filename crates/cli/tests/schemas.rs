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

#[test]
fn every_answer_fits_its_schema() {
    for case in ["russia-ukraine", "camp-david-1978"] {
        for (name, arguments) in [
            ("now", vec!["now", case, "--json"]),
            ("history", vec!["history", case, "--json"]),
            ("diff", vec!["diff", case, "--from", "1978-09-01", "--json"]),
            ("check", vec!["check", case, "--json"]),
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
fn an_answer_without_a_promised_key_does_not_fit() {
    let mut answer = answer(&["now", "camp-david-1978", "--json"]);
    answer.as_object_mut().unwrap().remove("coverage");
    assert!(!schema("now").is_valid(&answer));
}
