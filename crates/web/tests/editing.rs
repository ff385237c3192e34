//! A case changed from the browser: rows, scales, second coders, a case from a spreadsheet.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use detente_case::{Folder, Level, load};
use detente_web::{Options, Origin};
use serde_json::{Value, json};
use support::{Reply, Served, Temporary, flagship, options};

const CASE: &str = "camp-david-1978";

fn editing(folder: &Path) -> Served {
    Served::new(Options { edit: true, level: Level::All, ..options(Origin::Folder(folder.to_owned())) })
}

fn post(served: &Served, path: &str, body: &Value) -> Reply {
    served.change("POST", path, body.to_string().as_bytes())
}

fn table(served: &Served, file: &str) -> Value {
    served.get(&format!("/api/table/{file}")).json()
}

/// The change of a row to cells, as the page would ask for it.
fn change(table: &Value, id: &str, cells: &Value) -> Value {
    let rows = table["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == id).unwrap_or_else(|| panic!("no row {id}"));
    json!({ "file": table["file"], "digest": table["digest"], "id": id, "before": before(table, row), "cells": cells })
}

/// A row as the page saw it.
fn before(table: &Value, row: &Value) -> Value {
    let names = table["columns"].as_array().unwrap().iter().map(|column| column["name"].as_str().unwrap().to_owned());
    Value::Object(names.zip(row["cells"].as_array().unwrap().iter().cloned()).collect())
}

#[test]
fn a_case_that_is_open_for_reading_cannot_be_changed() {
    let served = Served::new(flagship());
    assert_eq!(served.get("/api/case").json()["edit"], false);
    for path in ["/api/edit", "/api/edits", "/api/undo", "/api/second", "/api/start?name=a.csv"] {
        let reply = served.change(
            "POST",
            path,
            b"{\"file\":\"positions.csv\",\"digest\":\"\",\"changes\":[],\"cells\":{},\"coder\":\"A\"}",
        );
        assert_eq!(reply.status, 403, "{path}: {}", reply.text());
        assert!(reply.error().contains("`--edit`"), "{path}");
    }
    assert_eq!(served.get("/api/table/positions.csv").status, 403);
    assert_eq!(served.get("/api/coding").status, 403);
}

#[test]
fn a_row_is_corrected_seen_at_once_and_undone_to_the_byte() {
    let folder = Temporary::copy_of(CASE);
    let served = editing(&folder.0);
    let before = fs::read_to_string(folder.file("positions.csv")).unwrap();
    let shown = table(&served, "positions.csv");
    let reply = post(&served, "/api/edit", &change(&shown, "p01", &json!({ "coder_note": "Read again, twice" })));
    assert_eq!(reply.status, 200, "{}", reply.text());
    let saved = reply.json();
    assert_eq!((&saved["undo"], &saved["generation"]), (&json!(1), &json!(2)));
    let after = fs::read_to_string(folder.file("positions.csv")).unwrap();
    let differing: Vec<&str> =
        after.lines().zip(before.lines()).filter(|(new, old)| new != old).map(|(new, _)| new).collect();
    assert_eq!(differing.len(), 1);
    assert!(differing[0].starts_with("p01,") && differing[0].contains("\"Read again, twice\""), "{differing:?}");
    let card = served.get("/api/rows/p01").json();
    let note = card["fields"].as_array().unwrap().iter().find(|field| field["name"] == "coder_note").unwrap();
    assert_eq!(note["value"], "Read again, twice");
    assert_eq!(table(&served, "positions.csv")["digest"], saved["digest"]);

    // Another tab has seen no change yet: what it would undo is not what it shows.
    assert_eq!(served.change("POST", "/api/undo", b"{\"undo\":0}").status, 409);
    assert_eq!(served.change("POST", "/api/undo", b"{\"undo\":1}").json()["undo"], 0);
    assert_eq!(fs::read_to_string(folder.file("positions.csv")).unwrap(), before);
    assert_eq!(served.change("POST", "/api/undo", b"{\"undo\":0}").status, 409);
}

#[test]
fn an_error_is_refused_with_its_place_and_what_mends_it() {
    let folder = Temporary::copy_of(CASE);
    let served = editing(&folder.0);
    let before = fs::read(folder.file("positions.csv")).unwrap();
    let shown = table(&served, "positions.csv");
    let reply = post(&served, "/api/edit", &change(&shown, "p01", &json!({ "actor": "Nobodyland" })));
    assert_eq!(reply.status, 422);
    let finding = reply.json()["diagnostics"][0].clone();
    assert_eq!((&finding["code"], &finding["line"]), (&json!("N001"), &json!(2)));
    assert!(!finding["hints"].as_array().unwrap().is_empty());
    assert_eq!(fs::read(folder.file("positions.csv")).unwrap(), before);
}

#[test]
fn two_tabs_that_edit_the_same_file_lose_nothing() {
    let folder = Temporary::copy_of(CASE);
    let served = editing(&folder.0);
    let seen_by_both = table(&served, "positions.csv");
    let first = change(&seen_by_both, "p01", &json!({ "coder_note": "the first tab" }));
    let second = change(&seen_by_both, "p01", &json!({ "coder_note": "the second tab" }));
    assert_eq!(post(&served, "/api/edit", &first).status, 200);
    let reply = post(&served, "/api/edit", &second);
    assert_eq!(reply.status, 409);
    let both = reply.json();
    assert_eq!(both["on_disk"]["coder_note"], "the first tab");
    assert_eq!(both["yours"]["coder_note"], "the second tab");
    // Once both versions were seen, the second is saved over it, or another row is.
    let now = table(&served, "positions.csv");
    assert_eq!(now["digest"], both["digest"]);
    assert_eq!(
        post(&served, "/api/edit", &change(&now, "p02", &json!({ "coder_note": "the second tab" }))).status,
        200
    );
    let text = fs::read_to_string(folder.file("positions.csv")).unwrap();
    assert!(text.contains("the first tab") && text.contains("the second tab"));
}

#[test]
fn many_who_save_at_once_save_one_after_the_other() {
    let folder = Temporary::copy_of(CASE);
    let served = editing(&folder.0);
    let saved = std::thread::scope(|scope| {
        let tabs: Vec<_> = (0..8)
            .map(|tab| {
                let served = &served;
                scope.spawn(move || {
                    // Each tab asks anew until its row is in.
                    (0..100).any(|_| {
                        let seen = table(served, "positions.csv");
                        let id = format!("new-{tab}");
                        let mut cells = before(&seen, &seen["rows"][0]);
                        cells["id"] = json!(id);
                        let asked = json!({ "file": "positions.csv", "digest": seen["digest"], "id": null, "before": null, "cells": cells });
                        post(served, "/api/edit", &asked).status == 200
                    })
                })
            })
            .collect();
        tabs.into_iter().map(|tab| tab.join().unwrap()).filter(|saved| *saved).count()
    });
    assert_eq!(saved, 8);
    let case = load(&Folder::Disk(folder.0.clone()), |_| {}).case.unwrap();
    assert_eq!(case.positions.iter().filter(|row| row.id.starts_with("new-")).count(), 8);
}

#[test]
fn what_is_no_change_is_refused_and_nothing_is_written() {
    let folder = Temporary::copy_of(CASE);
    let served = editing(&folder.0);
    let digest = table(&served, "positions.csv")["digest"].clone();
    let asked = |body: Value| post(&served, "/api/edit", &body).status;
    for file in ["case.toml", "../positions.csv", "/etc/passwd", "positions.csv\0", ""] {
        assert_eq!(
            asked(json!({ "file": file, "digest": "0-", "id": null, "before": null, "cells": { "id": "x" } })),
            404,
            "{file}"
        );
    }
    assert_eq!(
        asked(
            json!({ "file": "positions.csv", "digest": digest, "id": "p01", "before": null, "cells": { "no_column": "x" } })
        ),
        409
    );
    assert_eq!(
        asked(
            json!({ "file": "positions.csv", "digest": digest, "id": "none", "before": null, "cells": { "actor": "Egypt" } })
        ),
        409
    );
    assert_eq!(asked(json!({ "file": "positions.csv" })), 400);
    assert_eq!(served.change("POST", "/api/edit", b"{").status, 400);
    assert_eq!(
        post(&served, "/api/edits", &json!({ "file": "positions.csv", "digest": digest, "changes": [] })).status,
        400
    );
    assert_eq!(table(&served, "positions.csv")["digest"], digest);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_says_so_and_keeps_its_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Temporary::copy_of(CASE);
    let served = editing(&folder.0);
    let shown = table(&served, "positions.csv");
    let writable = |yes: bool| {
        fs::set_permissions(&folder.0, fs::Permissions::from_mode(if yes { 0o755 } else { 0o555 })).unwrap();
    };
    writable(false);
    // Whoever may do anything is not kept from writing.
    let is_kept = fs::write(folder.file("probe"), b"").is_err();
    let reply = post(&served, "/api/edit", &change(&shown, "p01", &json!({ "coder_note": "kept" })));
    writable(true);
    if is_kept {
        assert_eq!(reply.status, 409);
        assert!(reply.error().contains("Nothing was saved"), "{}", reply.error());
        assert_eq!(table(&served, "positions.csv")["digest"], shown["digest"]);
    } else {
        assert_eq!(reply.status, 200);
    }
}

/// A case of words without a code.
fn uncoded() -> Temporary {
    let folder = Temporary::copy_of(CASE);
    let path = folder.file("words");
    let csv = "actor,issue,date,words,link\nA,Border,2020-01-02,We keep all of it,https://example.org/1\nB,Border,2020-02-03,Half of it goes back,https://example.org/2\n";
    let grids = [detente_case::start::read_text_table("words.csv", csv.as_bytes().to_vec()).unwrap().grid];
    let choices = detente_case::start::Choices::default();
    let started = detente_case::start::from_grids("words.csv", "words", &grids, &choices).unwrap();
    detente_case::write::folder(&path, &started.files, false).unwrap();
    folder
}

#[test]
fn words_get_a_scale_and_then_their_codes() {
    let folder = uncoded();
    let path = folder.file("words");
    let served = editing(&path);
    let desk = served.get("/api/coding").json();
    assert_eq!((&desk["uncoded"]["uncoded"], &desk["uncoded"]["statements"]), (&json!(2), &json!(2)));
    let issue = &desk["uncoded"]["issues"][0];
    assert_eq!((&issue["title"], &issue["has_scale"]), (&json!("Border"), &json!(false)));
    let said = &issue["statements"][0];
    assert_eq!((&said["actor"], &said["words"]), (&json!("A"), &json!("We keep all of it")));
    assert!(desk["kinds"].as_array().unwrap().iter().any(|kind| kind["id"] == "demand"));

    let id = issue["id"].as_str().unwrap();
    let option = |option: &str, order: u32, label: &str| {
        json!({ "id": null, "before": null, "cells": {
            "issue": id, "title": "Border", "group": "Territory", "option": option, "order": order.to_string(), "label": label } })
    };
    let scale = json!({ "file": "issues.csv", "digest": table(&served, "issues.csv")["digest"],
        "changes": [option("all", 1, "all of it stays"), option("half", 2, "half of it goes back")] });
    let reply = post(&served, "/api/edits", &scale);
    assert_eq!((reply.status, reply.json()["undo"].clone()), (200, json!(1)), "{}", reply.text());
    assert_eq!(served.get("/api/coding").json()["uncoded"]["issues"][0]["options"].as_array().unwrap().len(), 2);

    // A file from a spreadsheet has no column of ids: its rows are found by the line.
    let rows = table(&served, "positions.csv");
    let row = rows["rows"].as_array().unwrap().iter().find(|row| row["line"] == said["line"]).unwrap();
    let codes = json!({ "kind": "demand", "best_option": "all", "coder": "Anna" });
    let coded = json!({ "file": "positions.csv", "digest": rows["digest"], "id": said["row"], "before": before(&rows, row), "cells": codes });
    let reply = post(&served, "/api/edit", &coded);
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(served.get("/api/coding").json()["uncoded"]["uncoded"], 1);
}

#[test]
fn a_second_coder_sees_nothing_of_the_first_and_is_compared_with_it() {
    let folder = Temporary::copy_of(CASE);
    let served = editing(&folder.0);
    let file = post(&served, "/api/second", &json!({ "coder": "Anna" })).json()["file"].as_str().unwrap().to_owned();
    assert_eq!(file, "coding-anna.csv");
    let sheet = table(&served, &file);
    let columns: Vec<&str> =
        sheet["columns"].as_array().unwrap().iter().map(|of| of["name"].as_str().unwrap()).collect();
    let place = |name: &str| columns.iter().position(|column| *column == name).unwrap();
    let cell = |row: &Value, name: &str| row["cells"][place(name)].as_str().unwrap().to_owned();
    let rows = sheet["rows"].as_array().unwrap();
    assert!(
        rows.iter()
            .all(|row| ["kind", "best_option", "coder_note", "coder"].iter().all(|name| cell(row, name).is_empty()))
    );
    assert!(rows.iter().all(|row| !cell(row, "issue").is_empty() && !cell(row, "statement").is_empty()));

    let first = table(&served, "positions.csv");
    let option = |id: &str| {
        let columns: Vec<&str> =
            first["columns"].as_array().unwrap().iter().map(|of| of["name"].as_str().unwrap()).collect();
        let row = first["rows"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap();
        row["cells"][columns.iter().position(|column| *column == "best_option").unwrap()].clone()
    };
    let id = rows.iter().map(|row| row["id"].as_str().unwrap()).find(|id| option(id) != "").unwrap();
    let coded = change(&sheet, id, &json!({ "kind": "demand", "best_option": option(id), "coder": "Anna" }));
    assert_eq!(post(&served, "/api/edit", &coded).status, 200);
    // Begun again, it is gone on with.
    assert_eq!(post(&served, "/api/second", &json!({ "coder": "Anna" })).json()["file"], "coding-anna.csv");
    assert_eq!(
        served.get("/api/coding").json()["second"],
        json!([{ "file": file, "coder": "Anna", "done": 1, "of": rows.len() }])
    );
    let agreement = served.get("/api/pages/coders?second=coding-anna.csv");
    assert_eq!(agreement.status, 200, "{}", agreement.text());
    assert!(agreement.text().contains("coding-anna.csv"));
    assert_eq!(served.get("/api/pages/coders?second=../positions.csv").status, 400);
    assert_eq!(post(&served, "/api/second", &json!({ "coder": "../.." })).status, 400);
}

fn started(served: &Served, query: &str, bytes: &[u8]) -> Reply {
    served.change("POST", &format!("/api/start?{query}"), bytes)
}

#[test]
fn a_spreadsheet_is_looked_at_then_made_beside_the_case_and_opened() {
    let folder = uncoded();
    let served = editing(&folder.file("words"));
    let first = table(&served, "positions.csv");
    let csv = "Speaker,Topic,When,What was said\nEgypt,Sinai,1978-09-05,All of Sinai returns\nIsrael,Sinai,1978-09-06,The airfields stay\n".as_bytes();
    let look = started(&served, "name=My%20table.csv&look=1", csv).json();
    assert_eq!(look["columns"], json!(["Speaker", "Topic", "When", "What was said"]));
    assert_eq!(
        look["fields"],
        json!({ "actor": "Speaker", "issue": "Topic", "date": "When", "words": "What was said", "link": null })
    );
    assert_eq!(look["diagnostics"], json!([]));
    assert!(!look["told"].to_string().contains("--"), "{look}");
    assert!(!folder.file("My table").exists());

    let wrong = started(&served, "name=My%20table.csv&look=1&map=Topic%3Ddate&map=When%3Dissue", csv).json();
    assert_eq!((&wrong["fields"]["date"], &wrong["fields"]["issue"]), (&json!("Topic"), &json!("When")));
    assert!(wrong["diagnostics"].as_array().unwrap().iter().any(|finding| finding["line"] == 2), "{wrong}");
    let refused = started(&served, "name=My%20table.csv&map=Topic%3Ddate&map=When%3Dissue", csv);
    assert_eq!(refused.status, 422);
    assert!(refused.json()["diagnostics"][0]["text"].as_str().unwrap().contains("Sinai"));

    let made = started(&served, "name=My%20table.csv", csv);
    assert_eq!((made.status, made.json()["folder"].clone()), (200, json!("My table")), "{}", made.text());
    let case = served.get("/api/case").json();
    assert_eq!(
        (&case["title"], &case["counts"]["positions"], &case["edit"]),
        (&json!("My table"), &json!(2), &json!(true))
    );
    // What was begun on the first case is not saved to the second.
    let late = post(&served, "/api/edit", &change(&first, "", &json!({ "coder_note": "late" })));
    assert_eq!(late.status, 409);
    assert!(late.error().contains("Another case") && late.json().get("on_disk").is_none());
    // What is changed from now on is the new case.
    let rows = table(&served, "positions.csv");
    assert_eq!(rows["rows"].as_array().unwrap().len(), 2);
    assert_eq!(rows["undo"], 0);
    assert_eq!(started(&served, "name=My%20table.csv", csv).status, 409);
    let two: PathBuf = folder.file("words").join("positions.csv");
    assert!(fs::read_to_string(two).unwrap().contains("We keep all of it"));
}

#[test]
fn a_name_that_can_be_read_in_two_ways_is_settled_on_the_page() {
    let folder = uncoded();
    let served = editing(&folder.file("words"));
    let csv = b"actor,date,words\nNGA,2020-01-02,We keep it\n";
    let open = started(&served, "name=a.csv&look=1", csv).json();
    assert!(open["diagnostics"].to_string().contains("NGA"), "{open}");
    assert_eq!(started(&served, "name=a.csv", csv).status, 422);
    let settled = started(&served, "name=a.csv&look=1&alias=NGA%3DNigeria", csv).json();
    assert_eq!(settled["diagnostics"], json!([]), "{settled}");
    assert_eq!(started(&served, "name=a.csv&alias=NGA", csv).status, 400);
    assert_eq!(started(&served, "name=a.csv&alias=NGA%3DNigeria", csv).status, 200);
    assert!(served.get("/api/case").text().contains("Nigeria"));
}

#[test]
fn a_large_spreadsheet_starts_a_case() {
    let folder = uncoded();
    let served = editing(&folder.file("words"));
    let words = "a sentence of about fifty letters, said once more ".repeat(20);
    let rows: String = (0..3_000).map(|row| format!("A,Border,2020-01-02,\"{row} {words}\",\n")).collect();
    let csv = format!("actor,issue,date,words,link\n{rows}");
    assert!(csv.len() > 3_000_000);
    let made = started(&served, "name=large.csv", csv.as_bytes());
    assert_eq!(made.status, 200, "{}", made.text());
    assert_eq!(served.get("/api/case").json()["counts"]["positions"], 3_000);
}

#[test]
fn files_that_lie_beside_a_case_stand_in_the_way_of_no_change() {
    let folder = Temporary::copy_of(CASE);
    let served = editing(&folder.0);
    fs::create_dir(folder.file("papers")).unwrap();
    fs::write(folder.file("papers/scan.pdf"), [0; 1000]).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nobody@nowhere:1", folder.file(".#positions.csv")).unwrap();
    let shown = table(&served, "positions.csv");
    let reply = post(&served, "/api/edit", &change(&shown, "p01", &json!({ "coder_note": "beside" })));
    assert_eq!(reply.status, 200, "{}", reply.text());
}

#[test]
fn files_that_are_no_tables_are_refused_and_make_nothing() {
    let folder = uncoded();
    let served = editing(&folder.file("words"));
    let before = fs::read_dir(&folder.0).unwrap().count();
    for (name, bytes) in
        [("a.xlsx", &b"PK\x03\x04 not a zip"[..]), ("a.csv", b""), ("a.csv", b"\xff\xfe\x00"), ("a.csv", b"one cell")]
    {
        let reply = started(&served, &format!("name={name}"), bytes);
        assert_eq!(reply.status, 422, "{name}: {}", reply.text());
        assert!(!reply.json()["diagnostics"].as_array().unwrap().is_empty());
    }
    assert_eq!(started(&served, "name=", b"a,b").status, 400);
    assert_eq!(started(&served, "name=a.csv&map=x", b"a,b").status, 400);
    assert_eq!(started(&served, "name=a.csv&dates=ymd", b"a,b").status, 400);
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), before);
}
