//! The case as one page.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use std::fs;
use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use detente_case::Level;
use detente_web::{Options, Origin, one_file};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use support::{Served, Temporary, flagship, options};

const CASE: &str = "camp-david-1978";

fn page(options: Options) -> String {
    String::from_utf8(one_file(options, &|_, _| {}).unwrap()).unwrap()
}

/// What stands between two texts.
fn between<'t>(text: &'t str, begin: &str, end: &str) -> &'t str {
    let rest = &text[text.find(begin).unwrap() + begin.len()..];
    &rest[..rest.find(end).unwrap()]
}

fn data(page: &str) -> Value {
    let packed = STANDARD.decode(between(page, "id=\"embedded\">", "</script>")).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_page_holds_what_the_workbench_answers() {
    let folder = Temporary::copy_of(CASE);
    let of = || options(Origin::Folder(folder.0.clone()));
    let (page, served) = (page(of()), Served::new(of()));
    let data = data(&page);
    let mut case = served.get("/api/case").json();
    assert_eq!(data["case"]["pages"], case["pages"]);
    let last = case["last"].as_str().unwrap().to_owned();
    for name in case["pages"].as_array().unwrap() {
        let name = name.as_str().unwrap();
        assert_eq!(data["pages"][name][&last], served.get(&format!("/api/pages/{name}")).json(), "{name}");
    }
    case["generation"] = data["case"]["generation"].clone();
    assert_eq!(data["case"], case);
    let days: Vec<&str> = data["days"].as_array().unwrap().iter().map(|day| day.as_str().unwrap()).collect();
    assert!(days.len() > 5 && days.is_sorted() && days.last() == Some(&last.as_str()), "{days:?}");
    let then = days[days.len() / 2];
    assert_eq!(data["pages"]["now"][then], served.get(&format!("/api/pages/now?at={then}&known={then}")).json());
    for plan in case["packages"].as_array().unwrap() {
        let page = format!("plans?package={}", plan["id"].as_str().unwrap());
        assert_eq!(data["pages"][&page][&last], served.get(&format!("/api/pages/{page}")).json(), "{page}");
    }
    assert_eq!(data["rows"]["p01"], served.get("/api/rows/p01").json());
    for (rows, answer) in data["what_if"].as_object().unwrap() {
        assert_eq!(*answer, served.get(&format!("/api/what-if?lift={rows}")).json(), "{rows}");
    }
}

#[test]
fn limits_of_the_flagship_are_lifted_one_by_one_and_together() {
    let data = data(&page(Options { draws: 2, ..flagship() }));
    let lifted = data["what_if"].as_object().unwrap();
    let (today, all) = (&lifted[""], lifted.iter().max_by_key(|(rows, _)| rows.len()).unwrap());
    assert_eq!((&today["blocked"], &today["blocking"]), (&Value::Bool(true), &today["today"]["blocking"]));
    let single: Vec<&String> = lifted.keys().filter(|rows| !rows.is_empty() && !rows.contains(',')).collect();
    assert!(single.len() > 5 && single.iter().all(|row| all.0.split(',').any(|of| of == *row)), "{single:?}");
    let blocking = |answer: &Value| answer["blocking"].as_array().unwrap().len();
    assert!(blocking(all.1) < blocking(today));
}

#[test]
fn the_page_allows_its_own_script_and_style_and_nothing_else() {
    let folder = Temporary::copy_of(CASE);
    let page = page(options(Origin::Folder(folder.0.clone())));
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
    let hash = |text: &str| format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())));
    assert!(policy.starts_with("default-src 'none'; "));
    assert!(policy.contains(&hash(between(&page, "<script type=\"module\">", "</script>"))));
    assert!(policy.contains(&hash(between(&page, "<style>", "</style>"))));
    assert_eq!(
        page.matches("<script").count()
            - between(&page, "<script type=\"module\">", "</script>").matches("<script").count(),
        2
    );
    assert!(!page.contains("src=\"") || !page.contains("src=\"http"));
}

#[test]
fn a_hidden_row_and_the_place_of_the_case_leave_no_trace() {
    let folder = Temporary::copy_of(CASE);
    folder.edit("positions.csv", |text| {
        let with_marking = |(line, text): (usize, &str)| match line {
            0 => format!("{text},marking\n"),
            1 => format!("{text},restricted\n"),
            _ => format!("{text},\n"),
        };
        text.lines().enumerate().map(with_marking).collect()
    });
    fs::write(folder.file("Interview with General X.docx"), "").unwrap();
    let of = |level| Options { level, ..options(Origin::Folder(folder.0.clone())) };
    let (public, all) = (page(of(Level::Public)), page(of(Level::All)));
    let (public_data, all_data) = (data(&public), data(&all));
    let hidden = all_data["rows"]["p01"]["fields"].as_array().unwrap();
    let statement = hidden.iter().find(|field| field["name"] == "statement").unwrap()["value"].as_str().unwrap();
    assert!(all_data.to_string().contains(statement));
    assert!(!public_data.to_string().contains(statement));
    assert_eq!(public_data["case"]["level"], "public");
    assert!(!all_data.to_string().contains("General X"));
    let place = folder.0.to_str().unwrap();
    assert!(!public_data.to_string().contains(place) && !public.contains(place));
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let folder = Temporary::copy_of(CASE);
    let of = || options(Origin::Folder(folder.0.clone()));
    assert!(page(of()) == page(of()));
}
