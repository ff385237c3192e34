//! What happens while the case is open: files change and break, rows are hidden, many ask at once, long computations are ended.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use std::fs;
use std::time::{Duration, Instant};

use detente_case::Level;
use detente_web::{Options, Origin, Refused, Server};
use serde_json::json;
use support::{Served, Temporary, collect_rows, flagship, options};

const CASE: &str = "camp-david-1978";

fn of(folder: &Temporary) -> Options {
    options(Origin::Folder(folder.0.clone()))
}

#[test]
fn a_changed_file_is_shown_and_a_broken_one_keeps_the_last_good_state() {
    let folder = Temporary::copy_of(CASE);
    let served = Served::new(of(&folder));
    let mut changes = served.changes();
    let first = changes.next("case");
    assert_eq!((&first["generation"], &first["broken"]), (&json!(1), &json!(null)));
    let before = served.get("/api/pages/now").text();

    folder.edit("case.toml", |text| text.replace("Egypt–Israel negotiations", "Another title"));
    let second = changes.next("case");
    assert_eq!((&second["generation"], &second["broken"]), (&json!(2), &json!(null)));
    assert!(served.get("/api/case").json()["title"].as_str().unwrap().starts_with("Another title"));
    assert_ne!(served.get("/api/pages/now").text(), before);

    let good = fs::read(folder.file("positions.csv")).unwrap();
    folder.edit("positions.csv", |text| text.replacen(",Egypt,", ",Nobodyland,", 1));
    let broken = changes.next("case");
    assert_eq!(broken["generation"], 2);
    assert!(broken["broken"]["errors"].as_u64().unwrap() >= 1);
    assert_eq!(served.get("/api/pages/now").status, 200);
    assert_eq!(served.get("/api/case").json()["broken"], broken["broken"]);
    let check = served.get("/api/check").json();
    let error = check["diagnostics"].as_array().unwrap().iter().find(|of| of["severity"] == "error").unwrap();
    assert_eq!((error["code"].as_str(), error["file"].as_str()), (Some("N001"), Some("positions.csv")));
    assert!(error["text"].as_str().unwrap().contains("Nobodyland"), "{error}");
    assert!(!error["hints"].as_array().unwrap().is_empty());

    // Mended to what it was: the same case, under the same number.
    fs::write(folder.file("positions.csv"), good).unwrap();
    let mended = changes.next("case");
    assert_eq!((&mended["generation"], &mended["broken"]), (&json!(2), &json!(null)));

    // A deleted folder is as good as a broken one.
    fs::remove_dir_all(&folder.0).unwrap();
    assert!(changes.next("case")["broken"]["errors"].as_u64().unwrap() >= 1);
    assert_eq!(served.get("/api/pages/common").status, 200);
}

#[test]
fn what_is_wrong_at_the_start_is_told() {
    let folder = Temporary::copy_of(CASE);
    folder.edit("positions.csv", |text| text.replacen(",Egypt,", ",Nobodyland,", 1));
    let Err(Refused::Case(findings, _)) = Server::new(of(&folder)) else { panic!("a broken case was opened") };
    assert!(findings.iter().any(|finding| finding.code == "N001"));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let Err(Refused::Port(sentence)) = Server::new(Options { port, ..flagship() }) else { panic!("two have one port") };
    assert!(sentence.contains("in use") && sentence.contains("--port"), "{sentence}");
}

/// What the restricted row says.
const WORDS: &str = "Words that are not for the public";

/// The case with a restricted statement before the others.
fn with_a_restricted_row() -> Temporary {
    let folder = Temporary::copy_of(CASE);
    folder.edit("positions.csv", |text| {
        let mut lines: Vec<String> = text.trim_end().lines().map(|line| format!("{line},")).collect();
        let hidden: Vec<&str> = lines[0]
            .split(',')
            .map(|column| match column {
                "id" => "hidden1",
                "actor" => "Egypt",
                "issue" => "sinai_withdrawal",
                "valid_from" | "known_from" => "1978-01-01",
                "statement" => WORDS,
                "verified" => "no",
                "" => "restricted",
                _ => "",
            })
            .collect();
        let hidden = hidden.join(",");
        lines[0].push_str("marking");
        // Before the others, so that their lines would tell of it.
        lines.insert(1, hidden);
        lines.join("\n") + "\n"
    });
    folder
}

#[test]
fn restricted_rows_are_not_there_at_the_public_level() {
    let folder = with_a_restricted_row();
    let all = Served::new(Options { level: Level::All, ..of(&folder) });
    let public = Served::new(of(&folder));
    let (every, some) = (all.get("/api/case").json(), public.get("/api/case").json());
    let count = |case: &serde_json::Value| case["counts"]["positions"].as_u64().unwrap();
    assert_eq!(count(&every), count(&some) + 1);
    assert!(every["banner"].as_str().unwrap().starts_with("CONFIDENTIAL"));

    let hidden = all.get("/api/rows/hidden1").json();
    let statement = hidden["fields"].as_array().unwrap().iter().find(|field| field["name"] == "statement").unwrap();
    assert_eq!((&statement["value"], &hidden["line"]), (&json!(WORDS), &json!(2)));
    assert_eq!(public.get("/api/rows/hidden1").status, 404);
    assert!(all.get("/api/report/brief.md").text().contains(WORDS));
    for path in ["case", "check", "pages/now", "pages/history", "pages/sources", "pages/common", "report/brief.md"] {
        assert!(!public.get(&format!("/api/{path}")).text().contains(WORDS), "{path} tells a hidden row");
    }
    // Ids are given anew, and no line number says that a row is missing.
    let mut ids = Vec::new();
    collect_rows(&public.get("/api/pages/common").json(), &mut ids);
    let shown = ids.iter().map(|id| public.get(&format!("/api/rows/{id}")).json());
    let shown: Vec<_> = shown.filter(|row| row["kind"] == "position").collect();
    assert!(!shown.is_empty() && shown.iter().all(|row| row["line"].is_null()), "{shown:?}");

    // What is wrong with a hidden row is told without its words.
    folder.edit("positions.csv", |text| text.replacen("hidden1,,Egypt", "hidden1,,secret-name", 1));
    public.wait_for("broken", |case| !case["broken"].is_null());
    let check = public.get("/api/check").text();
    assert!(check.contains("--level all") && !check.contains("secret-name") && !check.contains(WORDS), "{check}");
}

#[test]
fn fifty_at_once_are_answered_alike() {
    let served = Served::new(flagship());
    let pages = ["pages/now", "pages/history", "pages/blocks", "case", "what-if?lift=p163", "rows/p163", "check"];
    let expected: Vec<Vec<u8>> = pages.iter().map(|page| served.get(&format!("/api/{page}")).body).collect();
    std::thread::scope(|threads| {
        for client in 0..50 {
            let (served, expected) = (&served, &expected);
            threads.spawn(move || {
                for turn in 0..pages.len() {
                    let at = (client + turn) % pages.len();
                    let reply = served.get(&format!("/api/{}", pages[at]));
                    assert_eq!((reply.status, &reply.body), (200, &expected[at]), "{}", pages[at]);
                }
            });
        }
    });
}

#[test]
fn a_long_computation_tells_how_far_it_is_and_ends_when_told() {
    let served = Served::new(Options { draws: 1_000_000, ..flagship() });
    let mut changes = served.changes();
    std::thread::scope(|threads| {
        let asked = threads.spawn(|| served.get("/api/pages/values?job=mine"));
        let told = changes.next("progress");
        assert_eq!((&told["job"], &told["of"]), (&json!("mine"), &json!(1_000_000)));
        let begun = Instant::now();
        // Small questions are answered meanwhile.
        assert_eq!(served.get("/api/what-if?lift=p163").status, 200);
        assert_eq!(served.change("DELETE", "/api/jobs/mine", b"").json(), json!({ "stopped": "mine" }));
        let reply = asked.join().unwrap();
        assert_eq!(reply.status, 409, "{}", reply.text());
        assert!(reply.error().contains("stopped"));
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    });
    assert_eq!(served.change("DELETE", "/api/jobs/mine", b"").status, 404);
    // Nothing is left that others would have to wait for.
    assert_eq!(served.get("/api/pages/now").status, 200);
}

#[test]
fn who_hangs_up_leaves_nothing_behind() {
    let served = Served::new(Options { draws: 1_000_000, ..flagship() });
    let mut changes = served.changes();
    {
        use std::io::Write as _;
        let mut stream = served.connect();
        let (name, cookie) = served.cookie();
        let path = "/api/pages/values?job=gone";
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\n{name}: {cookie}\r\n\r\n", served.host()).unwrap();
        assert_eq!(changes.next("progress")["job"], "gone");
    }
    let begun = Instant::now();
    while served.change("DELETE", "/api/jobs/gone", b"").status != 404 {
        assert!(begun.elapsed() < Duration::from_secs(10), "the job goes on");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_end_is_not_held_up_by_those_who_listen() {
    let served = Served::new(flagship());
    let mut changes = served.changes();
    changes.next("case");
    let begun = Instant::now();
    drop(served);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}
