//! Files that are made from the program: JSON Schemas of its results, and reference pages of its documentation.

mod case_format;
mod claims;
mod diagnostics;
mod messy_workbook;
mod model_format;

use std::fs;

use detente_analysis::agreement::Agreement;
use detente_analysis::claims::Claims;
use detente_analysis::codings::Comparison;
use detente_analysis::common::Common;
use detente_analysis::diff::Diff;
use detente_analysis::forecast::{CaseForecast, Forecast};
use detente_analysis::history::History;
use detente_analysis::known_then::KnownThen;
use detente_analysis::now::Now;
use detente_analysis::plan::Plans;
use detente_analysis::readiness::Check;
use detente_analysis::ripeness::Ripeness;
use detente_analysis::scenario::Scenarios;
use detente_analysis::stability::Stability;
use detente_analysis::stability::single::SingleState;
use detente_analysis::uncoded::Uncoded;
use detente_analysis::unlock::Unlock;
use detente_backtest::DeuAnswer;
use detente_domain::Printed;
use detente_report::document::Document;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use crate::shell::{cargo, root, stdout_of, write};

/// The spreadsheet of the half-hour tutorial.
const PRESS_REVIEW: &str = "docs/thirty-minutes.in/press-review.xlsx";

/// Writes the files, or, to check, compares them byte by byte.
pub fn run(check: bool) -> Result<(), String> {
    let texts = files()?.into_iter().map(|(name, text)| (name, text.into_bytes()));
    let files: Vec<(&str, Vec<u8>)> = texts.chain([(PRESS_REVIEW, messy_workbook::bytes()?)]).collect();
    if !check {
        for (name, bytes) in &files {
            write(&root().join(name), bytes)?;
        }
        println!("generate: {} files written", files.len());
        return Ok(());
    }
    let differs = |(name, bytes): &&(&str, Vec<u8>)| fs::read(root().join(name)).ok().as_ref() != Some(bytes);
    let stale: Vec<&str> = files.iter().filter(differs).map(|(name, _)| *name).collect();
    if stale.is_empty() {
        println!("generate: {} files are up to date", files.len());
        return Ok(());
    }
    Err(format!("these files are not what the program gives:\n  {}\nrun: cargo xtask generate", stale.join("\n  ")))
}

/// All generated files: (path, text).
fn files() -> Result<Vec<(&'static str, String)>, String> {
    let reference = &["run", "--quiet", "--package", "detente", "--", "reference"];
    Ok(vec![
        ("docs/schemas/agreement.json", schema::<Agreement>()?),
        ("docs/schemas/backtest-case.json", schema::<KnownThen>()?),
        ("docs/schemas/backtest-deu.json", schema::<DeuAnswer>()?),
        ("docs/schemas/check.json", schema::<Check>()?),
        ("docs/schemas/claims.json", schema::<Claims>()?),
        ("docs/schemas/coders.json", schema::<Comparison>()?),
        ("docs/schemas/common.json", schema::<Common>()?),
        ("docs/schemas/diff.json", schema::<Diff>()?),
        ("docs/schemas/document.json", schema::<Document>()?),
        ("docs/schemas/forecast.json", schema::<Forecast>()?),
        ("docs/schemas/forecast-case.json", schema::<CaseForecast>()?),
        ("docs/schemas/history.json", schema::<History>()?),
        ("docs/schemas/now.json", schema::<Now>()?),
        ("docs/schemas/packages.json", schema::<Printed>()?),
        ("docs/schemas/plan.json", schema::<Plans>()?),
        ("docs/schemas/ripeness.json", schema::<Ripeness>()?),
        ("docs/schemas/scales.json", schema::<Uncoded>()?),
        ("docs/schemas/scenarios.json", schema::<Scenarios>()?),
        ("docs/schemas/stability.json", schema::<Stability>()?),
        ("docs/schemas/stability-state.json", schema::<SingleState>()?),
        ("docs/schemas/unlock.json", schema::<Unlock>()?),
        ("docs/reference/case-format.md", case_format::page()),
        ("docs/reference/commands.md", stdout_of(&mut cargo(reference))?),
        ("docs/reference/diagnostics.md", diagnostics::page()),
    ])
}

/// The JSON Schema of a result as the program writes it: a key that is always there is required, even where it may be null.
fn schema<T: JsonSchema>() -> Result<String, String> {
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    let text = serde_json::to_string_pretty(&schema).map_err(|error| format!("{}: {error}", T::schema_name()))?;
    Ok(text + "\n")
}

/// A Markdown table.
fn table<const N: usize>(columns: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head = line(&columns.map(str::to_owned)) + &line(&columns.map(|_| "---".to_owned()));
    rows.into_iter().fold(head, |text, row| text + &line(&row.map(|cell| cell.replace('|', "\\|"))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    #[test]
    fn a_key_that_may_be_null_is_required() {
        let schema: Value = serde_json::from_str(&schema::<Now>().unwrap()).unwrap();
        let required = schema["required"].as_array().unwrap();
        for key in ["at", "known", "coverage", "issues"] {
            assert!(required.iter().any(|name| name == key), "{key}");
        }
        let required = schema["$defs"]["NowIssue"]["required"].as_array();
        assert!(required.is_none_or(|keys| keys.iter().any(|key| key == "gap")), "{schema:#}");
    }

    #[test]
    fn a_bar_does_not_end_a_cell() {
        let text = table(["a", "b"], [["x|y".to_owned(), "z".to_owned()]]);
        assert_eq!(text, "| a | b |\n| --- | --- |\n| x\\|y | z |\n");
    }
}
