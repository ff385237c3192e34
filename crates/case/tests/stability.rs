//! Stability models: what is read, what is refused and where, what is written.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use detente_case::stability::{self, Basis, Forbidden, Form, Preference, StabilityModel, StatusQuo, Unknown};
use detente_case::{Diagnostic, Findings, Severity, bundled};

/// What is read from a file, and what is said of it.
fn read(file: &str, text: &str) -> (Option<StabilityModel>, Vec<Diagnostic>) {
    let mut findings = Findings::default();
    let model = stability::read(file, text.as_bytes().to_vec(), &mut findings);
    (model, findings.into_sorted())
}

fn model(text: &str) -> StabilityModel {
    let (model, findings) = read("m.toml", text);
    model.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// The findings as `code line:column message`.
fn told(findings: &[Diagnostic]) -> Vec<String> {
    let place = |finding: &Diagnostic| match (finding.line, finding.column) {
        (Some(line), Some(column)) => format!("{line}:{column} "),
        _ => String::new(),
    };
    findings.iter().map(|finding| format!("{} {}{}", finding.code, place(finding), finding.message)).collect()
}

/// What is said of a TOML file.
fn said(text: &str) -> Vec<String> {
    told(&read("m.toml", text).1)
}

const GAME: &str = "schema = 1
title = \"Game\"
[[option]]
id = \"a\"
[[option]]
id = \"b\"
[[decision_maker]]
id = \"one\"
options = [\"a\"]
ranking = \"3 4 1 2\"
[[decision_maker]]
id = \"two\"
options = [\"b\"]
statements = [\"a\", \"-b\"]
";

/// The game, with other lines in the place of some.
fn game(from: &str, to: &str) -> String {
    assert!(GAME.contains(from), "{from}");
    GAME.replacen(from, to, 1)
}

/// A model whose second decision maker has lines of its own, after which other sections may follow.
fn with(lines: &str) -> String {
    game("statements = [\"a\", \"-b\"]\n", lines)
}

#[test]
fn every_bundled_model_is_read_without_a_finding_and_written_to_the_same() {
    let names = bundled::models();
    assert!(names.iter().any(|name| name == "textbook/chicken") && names.is_sorted(), "{names:?}");
    for name in names {
        let (file, content) = bundled::model(&name).unwrap();
        let (model, findings) = read(file, str::from_utf8(content).unwrap());
        assert!(findings.is_empty(), "{name}: {findings:#?}");
        let model = model.unwrap();
        let (again, findings) = read(file, &stability::to_toml(&model));
        assert_eq!(again.as_ref(), Some(&model), "{name}: {findings:#?}");
    }
    assert!(bundled::model("textbook/expected").is_none() && bundled::folder("textbook").is_none());
}

#[test]
fn a_model_is_read_with_everything_that_it_says() {
    let text = with(
        "swaps = 2
[[decision_maker.statement]]
holds = \"a\"
rows = [\"p12\"]
[[decision_maker.statement]]
holds = \"-2 IF 1\"
reason = \"so it is thought\"
places = [1, 2]
[[infeasible]]
pattern = \"Y-\"
why = \"never\"
[[infeasible]]
option = \"a\"
requires = \"b\"
[[move]]
decision_maker = \"one\"
add = \"1 -> 2\"
",
    );
    let (read, findings) = read("m.toml", &text.replace("title", "status_quo = \"-a & -b\"\ntitle"));
    let codes: Vec<&str> = findings.iter().map(|finding| &*finding.code).collect();
    assert_eq!(codes, ["M007"], "{findings:#?}");
    let read = read.unwrap();
    assert!(matches!(read.status_quo.as_deref(), Some(StatusQuo::When(_))));
    let Form::Options(form) = &read.form else { panic!("{:?}", read.form) };
    assert!(matches!(form.infeasible[0].what, Forbidden::Pattern(_)));
    assert!(matches!(form.infeasible[1].what, Forbidden::Requires(..)));
    let second = read.decision_makers.iter().nth(1).unwrap();
    let Preference::Statements(order) = &second.preference.value else { panic!("{second:?}") };
    assert_eq!(order.swaps, 2);
    assert!(matches!(&order.statements[0].basis, Basis::Rows(rows) if &*rows[0].value == "p12"));
    assert!(matches!(&order.statements[1].basis, Basis::Assumption(Some(places)) if places.last() == 2));
    assert_eq!(model_of(&stability::to_toml(&read)), read);
    let pairs = model(&with("ranking = \"1 2 3 4\"\nunknown = [\"1 2\", [\"a\", \"b\"]]\n"));
    let second = pairs.decision_makers.iter().nth(1).unwrap();
    assert!(
        matches!(second.unknown[1].value, Unknown::Sets(..)) && matches!(second.unknown[0].value, Unknown::States(..))
    );
}

fn model_of(text: &str) -> StabilityModel {
    read("m.toml", text).0.unwrap()
}

#[test]
fn what_is_wrong_is_refused_with_a_code() {
    let codes = |text: &str| -> Vec<String> {
        let (model, findings) = read("m.toml", text);
        assert!(model.is_none(), "{text}");
        assert!(findings.iter().filter(|f| f.severity == Severity::Error).count() > 0);
        findings.into_iter().map(|finding| finding.code).collect()
    };
    for (text, code) in [
        (with("statements = [\"c\"]\n"), "L001"),
        (with("statements = [\"a IF b IF a\"]\n"), "E001"),
        (with("statements = []\n"), "S004"),
        (with("ranking = \"1 (2 3\"\n"), "M004"),
        (with("ranking = \"1 2\"\nstatements = [\"a\"]\n"), "M002"),
        (with(""), "M002"),
        (with("weights = { a = nan }\n"), "R007"),
        (with("weights = { a = inf }\n"), "R007"),
        (with("weights = { a = { low = 2, best = 1, high = 3 } }\n"), "V001"),
        (with("weights = {}\n"), "S004"),
        (with("statements = [\"a\"]\nnoise = 1\n"), "M003"),
        (with("statements = [\"a\"]\nswop = 1\n"), "S002"),
        (with("statements = [\"a\"]\n[[infeasible]]\nwhen = \"a\"\npattern = \"Y-\"\n"), "M003"),
        (with("statements = [\"a\"]\n[[infeasible]]\npattern = \"Y--\"\n"), "M004"),
        (with("statements = [\"a\"]\n[[move]]\ndecision_maker = \"x\"\nadd = \"1 -> 2\"\n"), "L001"),
        (game("id = \"b\"", "id = \"a\""), "R008"),
        (game("id = \"two\"", "id = \"one\""), "R008"),
        (game("schema = 1", "schema = 2"), "S005"),
        (game("title = \"Game\"", "title = \"Game"), "S001"),
    ] {
        let found = codes(&text);
        assert!(found.iter().any(|found| found == code), "{code} not in {found:?}:\n{text}");
    }
    assert_eq!(
        said(&game("options = [\"b\"]", "options = []")),
        ["M006 5:1 no decision maker has the option `b`: it is fixed"]
    );
}

const GMCR: &str = r#"{"options":[{"name":"Strike","permittedDirection":"fwd"},{"name":"Leave","permittedDirection":"both"},{"name":"Block"}],
"decisionMakers":[{"name":"East","options":[1],"preferences":[[[0,"N"]],{"compound":true,"members":[[[1,"Y"]],[[2,"Y"],[0,"N"]]]}],"preferenceRanking":[1,[2,3]]},
{"name":"West","options":[2,0],"preferences":[[[1,"Y"]]],"preferenceRanking":[3,2,1]}],
"infeasibles":[[[0,"Y"],[1,"Y"]]],"useManualPreferenceRanking":false,"coalitions":[[0,1]]}"#;

#[test]
fn a_gmcr_file_is_read_with_its_options_by_decision_maker_and_comes_back_from_toml() {
    let (read, findings) = read("x.gmcr", GMCR);
    let read = read.unwrap_or_else(|| panic!("{findings:#?}"));
    let Form::Options(form) = &read.form else { panic!("{:?}", read.form) };
    let ids: Vec<&str> = form.options.iter().map(|option| &*option.id).collect();
    assert_eq!(ids, ["leave", "block", "strike"]);
    let Forbidden::Pattern(pattern) = &form.infeasible[0].what else { panic!("{form:?}") };
    assert_eq!(pattern.to_string(), "Y-Y");
    assert_eq!(model_of(&stability::to_toml(&read)), read);
}

#[test]
fn a_gmcr_file_that_is_cut_off_or_wrong_is_refused_with_a_code() {
    for end in (1..GMCR.len()).step_by(7) {
        let (model, findings) = read("x.gmcr", &GMCR[..end]);
        assert!(model.is_none());
        assert_eq!((findings[0].code.as_str(), findings[0].line.is_some()), ("M001", true), "{findings:#?}");
    }
    let manual = GMCR.replace("Ranking\":false", "Ranking\":true");
    let lacking = manual.replace("\"preferenceRanking\":[3,2,1]", "\"x\":1");
    let findings = told(&read("x.gmcr", &lacking).1);
    assert!(
        findings.iter().any(|said| said.starts_with("M002") && said.contains("`West` has no ranking")),
        "{findings:?}"
    );
    let nobody = manual.replace("[2,0]", "[2]");
    assert!(read("x.gmcr", &nobody).0.is_none());
    assert!(read("x.gmcr", &nobody.replace("Ranking\":true", "Ranking\":false")).0.is_some());
}

#[test]
fn a_gmcr_file_is_told_of_what_is_left_out_or_read_otherwise() {
    let codes =
        |text: &str| -> Vec<String> { read("x.gmcr", text).1.into_iter().map(|finding| finding.code).collect() };
    assert_eq!(codes(GMCR), ["M009"]);
    assert_eq!(codes(&GMCR.replace("\"coalitions\":[[0,1]]", "\"colour\":\"red\"")), ["M008"]);
}

#[test]
fn a_model_with_more_than_is_read_is_refused_with_the_numbers() {
    let options: String = (0..257).map(|number| format!("[[option]]\nid = \"o{number}\"\n")).collect();
    let told = said(&game("[[option]]\nid = \"a\"\n", &format!("{options}[[option]]\nid = \"a\"\n")));
    assert!(told.iter().any(|said| said.starts_with("M005") && said.contains("259 options; at most 256")), "{told:?}");
}
