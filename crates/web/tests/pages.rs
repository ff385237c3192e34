//! The pages: each is the document that the program writes elsewhere.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use detente_analysis::about::Settings;
use detente_analysis::{history, now};
use detente_case::{Case, Level, Moment, bundled, load};
use detente_report::document::{Document, Section};
use detente_report::{answers, render};
use serde_json::Value;
use support::{Served, collect_rows, flagship};

const ALL: [&str; 12] = [
    "now",
    "history",
    "plans",
    "common",
    "blocks",
    "values",
    "stability",
    "forecast",
    "scenarios",
    "claims",
    "ripeness",
    "sources",
];
const SETTINGS: Settings = Settings { level: Level::Public, seed: 1, draws: 50 };

fn case() -> Case {
    load(&bundled::folder("russia-ukraine").unwrap(), |_| {}).case.unwrap().into_level(Level::Public)
}

fn as_json(sections: &[Section]) -> Vec<Value> {
    sections.iter().map(|section| serde_json::to_value(section).unwrap()).collect()
}

#[test]
fn every_page_of_the_flagship_is_a_document() {
    let served = Served::new(flagship());
    let case = served.get("/api/case").json();
    assert_eq!(case["pages"], serde_json::json!(ALL));
    assert_eq!((case["level"].as_str(), case["edit"].as_bool()), (Some("public"), Some(false)));
    assert_eq!(case["last"], "2026-06-23");
    for page in ALL {
        let reply = served.get(&format!("/api/pages/{page}"));
        assert_eq!(reply.status, 200, "{page}: {}", reply.text());
        let document = reply.json();
        assert!(!document["sections"].as_array().unwrap().is_empty(), "{page}");
        assert_eq!(document["about"]["version"], case["version"], "{page}");
        for key in ["title", "subtitle", "at", "known", "banners"] {
            assert!(document.get(key).is_some(), "{page} has no {key}");
        }
        // The same again, from what is kept.
        assert_eq!(served.get(&format!("/api/pages/{page}")).body, reply.body, "{page}");
    }
}

#[test]
fn pages_with_figures_hold_all_that_the_command_prints() {
    let served = Served::new(flagship());
    let case = case();
    let moment = Moment::new(&case, Some("2022-03-29".parse().unwrap()), None);
    let printed: [(&str, Document); 2] = [
        ("now", answers::now(&case, moment, &now(&case, moment, SETTINGS))),
        ("history", answers::history(&case, moment, &history(&case, moment, SETTINGS))),
    ];
    for (page, printed) in printed {
        let shown = served.get(&format!("/api/pages/{page}?at=2022-03-29")).json();
        let sections = shown["sections"].as_array().unwrap();
        for section in as_json(&printed.sections) {
            assert!(sections.contains(&section), "{page} lacks {}", section["id"]);
        }
        assert_eq!(shown["about"], serde_json::to_value(&printed.about).unwrap());
        let is_figure = |block: &Value| block["type"] == "figure";
        assert!(sections[0]["blocks"].as_array().unwrap().iter().any(is_figure), "{page} begins with a figure");
    }
}

/// A page without what it says beyond the command: which rows are behind a mark of a figure.
fn without_rows_on_marks(page: &str) -> String {
    let mut parts = page.split(" data-rows=\\\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("\\\"").unwrap().1)
}

#[test]
fn a_day_and_what_was_known_are_asked_as_on_the_command_line() {
    let served = Served::new(flagship());
    let case = case();
    let day = |text: &str| Some(text.parse().unwrap());
    let common = |at, known| {
        let moment = Moment::new(&case, at, known);
        let found = detente_analysis::common::common(&case, moment, SETTINGS);
        render::json(&answers::common(&case, moment, &found))
    };
    let text = |query: &str| without_rows_on_marks(&served.get(&format!("/api/pages/common{query}")).text());
    assert_eq!(text(""), common(None, None));
    assert_eq!(text("?at=2022-03-29"), common(day("2022-03-29"), None));
    assert_eq!(text("?at=2022-03"), common(day("2022-03-31"), None));
    assert_eq!(text("?at=2022-03-29&known=2024-01-01"), common(day("2022-03-29"), day("2024-01-01")));
    assert_eq!(text("?at=2030-01-01"), common(day("2030-01-01"), None));
    for (query, says) in [
        ("?at=soon", "not a date"),
        ("?at=2022&at=2023", "twice"),
        ("?when=2022", "no parameter"),
        ("?package=x", "no parameter"),
    ] {
        let reply = served.get(&format!("/api/pages/common{query}"));
        assert!(reply.status == 400 && reply.error().contains(says), "{query}: {}", reply.text());
    }
}

#[test]
fn plans_are_named_and_compared() {
    let served = Served::new(flagship());
    let case = served.get("/api/case").json();
    let packages = case["packages"].as_array().unwrap();
    assert!(packages.len() > 1);
    let (one, other) = (packages[0]["id"].as_str().unwrap(), packages[1]["id"].as_str().unwrap());
    let alone = served.get(&format!("/api/pages/plans?package={one}")).json();
    assert!(alone["title"].as_str().unwrap().contains("against the words"));
    let both = served.get(&format!("/api/pages/plans?package={one}&package={other}"));
    assert_eq!(both.status, 200, "{}", both.text());
    let none = served.get("/api/pages/plans?package=nothing");
    assert!(none.status == 404 && none.error().contains(one), "{}", none.text());
}

#[test]
fn lifted_limits_are_told_and_open_what_they_closed() {
    let served = Served::new(flagship());
    let today = served.get("/api/what-if").json();
    assert_eq!(today["blocked"], today["today"]["blocked"]);
    assert_eq!(today["today"]["blocked"], true);
    let blocks = served.get("/api/pages/blocks").json();
    let mut limits: Vec<String> = Vec::new();
    collect_rows(&blocks["sections"][1], &mut limits);
    limits.sort();
    limits.dedup();
    limits.retain(|row| served.get(&format!("/api/what-if?lift={row}")).status == 200);
    assert!(!limits.is_empty());
    let all = limits.join(",");
    let open = served.get(&format!("/api/what-if?lift={all}")).json();
    assert_eq!((&open["blocked"], &open["today"]), (&Value::Bool(false), &today["today"]));
    assert!(open["blocking"].as_array().unwrap().is_empty() && open["steps"].is_null());
    let page = served.get(&format!("/api/pages/blocks?lift={all}")).json();
    let banner = page["banners"].as_array().unwrap().last().unwrap().as_str().unwrap().to_owned();
    assert!(banner.contains("did not hold") && banner.contains(&limits[0]), "{banner}");
    for (lift, status) in [("nothing", 404), ("e001", 404), ("p001", 400)] {
        let reply = served.get(&format!("/api/what-if?lift={lift}"));
        assert_eq!(reply.status, status, "{lift}: {}", reply.text());
    }
}

#[test]
fn thresholds_by_hand_open_and_close_the_zone() {
    let served = Served::new(flagship());
    let none = served.get("/api/zone").json();
    assert!(none["zone"].is_null() && none["room"].is_number(), "{none}");
    let thresholds: Vec<&str> =
        none["thresholds"].as_array().unwrap().iter().map(|of| of["actor"].as_str().unwrap()).collect();
    assert_eq!(thresholds, ["Russia", "Ukraine"]);
    let verdict = |russia: &str, ukraine: &str| {
        let reply = served.get(&format!("/api/zone?draws=100&threshold.Russia={russia}&threshold.Ukraine={ukraine}"));
        let ways = reply.json()["zone"]["ways"].as_array().unwrap().clone();
        ways[1]["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict("0", "0"), "zone");
    assert_eq!(verdict("1", "1"), "no_zone");
    for bad in ["threshold.Nobody=0.4", "threshold.Russia=2", "threshold.Russia=x", "draws=0", "draws=999999999"] {
        assert_eq!(served.get(&format!("/api/zone?{bad}")).status, 400, "{bad}");
    }
}

#[test]
fn figures_and_pages_are_handed_over() {
    let served = Served::new(flagship());
    let svg = served.get("/api/figure/now/now.svg?at=2022-03-29");
    assert_eq!((svg.status, svg.headers["content-type"].as_str()), (200, "image/svg+xml"));
    assert_eq!(svg.headers["content-disposition"], "attachment; filename=\"now-now.svg\"");
    let case = case();
    let moment = Moment::new(&case, Some("2022-03-29".parse().unwrap()), None);
    let drawn = detente_report::drawings::now_plot(&case, &now(&case, moment, SETTINGS));
    assert_eq!(svg.text(), drawn.standalone());
    assert!(served.get("/api/figure/now/now.png").body.starts_with(b"\x89PNG"));
    let csv = served.get("/api/figure/now/now.csv?at=2022-03-29");
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(csv.text().lines().next().unwrap(), drawn.table.columns.join(","));
    assert!(served.get("/api/report/brief.docx").body.starts_with(b"PK"));
    assert!(served.get("/api/report/now.html").text().contains("<!doctype html>"));
    assert!(served.get("/api/report/blocks.md").text().starts_with("# "));
    for (path, says) in [
        ("figure/now/nothing.svg", "It has now, coverage, gap"),
        ("figure/now/now.pdf", "svg, png, csv"),
        ("figure/brief/now.svg", "no page"),
        ("report/nothing.md", "no page"),
        ("report/now.pdf", "docx, html, md"),
        ("report/now", "docx, html, md"),
    ] {
        let reply = served.get(&format!("/api/{path}"));
        assert!(reply.status == 404 && reply.error().contains(says), "{path}: {}", reply.text());
    }
}

#[test]
fn the_row_behind_an_id_is_told_with_its_source() {
    let served = Served::new(flagship());
    let row = served.get("/api/rows/p163").json();
    assert_eq!((row["kind"].as_str(), row["file"].as_str()), (Some("position"), Some("positions.csv")));
    assert_eq!((row["actor"].as_str(), row["grade"].as_str()), (Some("Russia"), Some("C2")));
    assert_eq!(
        (row["issue"].as_str(), row["language"].as_str()),
        (Some("Status of Crimea and Sevastopol"), Some("pl"))
    );
    assert_eq!(row["source"]["id"], "rp-2020-03-09");
    assert_eq!(row["verified"], true);
    let file =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../cases/russia-ukraine/positions.csv"));
    let line = row["line"].as_u64().unwrap() as usize;
    assert!(file.unwrap().lines().nth(line - 1).unwrap().starts_with("p163,"));
    assert_eq!(served.get("/api/rows/e001").json()["kind"], "event");
    let source = served.get("/api/rows/rp-2020-03-09").json();
    assert_eq!((source["kind"].as_str(), source["source"]["id"].as_str()), (Some("source"), Some("rp-2020-03-09")));
    let none = served.get("/api/rows/p999");
    assert!(none.status == 404 && none.error().contains("p999"));
    // Every row that a page cites is there.
    let mut cited = Vec::new();
    collect_rows(&served.get("/api/pages/blocks").json(), &mut cited);
    collect_rows(&served.get("/api/pages/now").json(), &mut cited);
    collect_rows(&served.get("/api/pages/stability").json(), &mut cited);
    cited.sort();
    cited.dedup();
    assert!(cited.len() > 50);
    for id in cited {
        assert_eq!(served.get(&format!("/api/rows/{id}")).status, 200, "{id}");
    }
}

#[test]
fn a_step_is_asked_for_by_issue_side_and_number() {
    let served = Served::new(flagship());
    let today = served.get("/api/what-if").json();
    let mover = &today["movers"][0];
    let (issue, actor) = (mover["issue"].as_str().unwrap(), mover["actor"].as_str().unwrap());
    let most = mover["opens"].as_array().unwrap().last().unwrap()["steps"].clone();
    let moved = served.get(&format!("/api/what-if?move={issue}:{actor}:{most}")).json();
    assert_eq!(moved["today"], today["today"]);
    assert!(moved["steps"].as_u64() < today["steps"].as_u64(), "{moved}");
    for wrong in
        ["x", "a:b:1", &format!("{issue}:{actor}:x"), &format!("{issue}:{actor}:-1"), &format!("{issue}:Nobody:1")]
    {
        assert_eq!(served.get(&format!("/api/what-if?move={wrong}")).status, 400, "{wrong}");
    }
}
