//! The workbench as the program starts it: its pages are what the commands write, it opens no connection, Ctrl-C ends it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_detente");

/// The program, serving.
struct Serving {
    child: Child,
    port: u16,
    cookie: String,
}

impl Serving {
    fn new(arguments: &[&str], folder: &Path) -> Self {
        let mut child = Command::new(PROGRAM)
            .args(arguments)
            .arg("--no-open")
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:"));
        let address = address.unwrap_or_else(|| panic!("no address: {line}"));
        assert!(line.contains("Ctrl-C ends it"), "{line}");
        let (host, token) = address.split_once("/?token=").unwrap();
        let port = host.rsplit(':').next().unwrap().parse().unwrap();
        Serving { child, port, cookie: format!("detente-{port}={token}") }
    }

    fn get(&self, path: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let (port, cookie) = (self.port, &self.cookie);
        let ask = "HTTP/1.1\r\nconnection: close";
        write!(stream, "GET {path} {ask}\r\nhost: 127.0.0.1:{port}\r\ncookie: {cookie}\r\n\r\n").unwrap();
        let mut back = Vec::new();
        stream.read_to_end(&mut back).unwrap();
        assert!(back.starts_with(b"HTTP/1.1 200"), "{path}: {}", String::from_utf8_lossy(&back));
        let end = back.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        back.split_off(end + 4)
    }

    /// Asks for a change; none if nobody answers any more.
    fn post(&self, path: &str, body: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let (port, cookie, length) = (self.port, &self.cookie, body.len());
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nconnection: close\r\nhost: 127.0.0.1:{port}\r\ncookie: {cookie}\r\norigin: http://127.0.0.1:{port}\r\n\
             x-detente: 1\r\ncontent-length: {length}\r\n\r\n{body}"
        )
        .ok()?;
        let mut back = String::new();
        stream.read_to_string(&mut back).ok()?;
        back.starts_with("HTTP/1.1 200").then(|| back.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned())
    }

    /// Ends it as Ctrl-C does, and waits.
    fn interrupted(mut self) -> Option<i32> {
        let asked = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(begun.elapsed() < Duration::from_secs(10), "it goes on");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// A folder that goes when the test ends.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("detente-served-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Temporary(folder)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn pages_are_what_the_commands_write() {
    let folder = Temporary::new("pages");
    let draws = ["--draws", "50"];
    let serving = Serving::new(&[&["serve", "russia-ukraine"], &draws[..]].concat(), &folder.0);
    let pages = [
        ("plans", "plan"),
        ("common", "common"),
        ("stability", "stability"),
        ("forecast", "forecast"),
        ("scenarios", "scenarios"),
        ("claims", "claims"),
        ("ripeness", "ripeness"),
        ("brief", "brief"),
    ];
    for (page, command) in pages {
        for form in ["md", "html", "docx"] {
            let file = folder.0.join(format!("{page}.{form}"));
            let written = Command::new(PROGRAM)
                .args([command, "russia-ukraine", "--quiet", "--to", file.to_str().unwrap()])
                .args(draws)
                .status()
                .unwrap();
            assert!(written.success(), "{command}");
            assert!(serving.get(&format!("/api/report/{page}.{form}")) == fs::read(&file).unwrap(), "{page}.{form}");
        }
    }
    let asked = Command::new(PROGRAM).args(["check", "russia-ukraine", "--json"]).output().unwrap();
    let printed: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap();
    let mut shown: serde_json::Value = serde_json::from_slice(&serving.get("/api/check")).unwrap();
    for finding in shown["diagnostics"].as_array_mut().unwrap() {
        assert!(finding.as_object_mut().unwrap().remove("text").is_some());
    }
    assert_eq!(shown, printed);
    assert_eq!(serving.interrupted(), Some(0));
}

#[test]
fn the_demo_is_a_copy_that_is_never_overwritten() {
    let folder = Temporary::new("demo");
    let serving = Serving::new(&["demo"], &folder.0);
    assert!(String::from_utf8(serving.get("/api/case")).unwrap().contains("\"edit\":false"));
    drop(serving);
    let copy = folder.0.join("detente-demo");
    let flagship = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/russia-ukraine");
    for file in ["case.toml", "positions.csv", "stability/ceasefire.toml"] {
        assert_eq!(fs::read(copy.join(file)).unwrap(), fs::read(flagship.join(file)).unwrap(), "{file}");
    }
    let settings = fs::read_to_string(copy.join("case.toml")).unwrap();
    let mine = settings.replacen("title = \"", "title = \"Mine: ", 1);
    fs::write(copy.join("case.toml"), &mine).unwrap();
    let serving = Serving::new(&["demo", "detente-demo", "--edit"], &folder.0);
    let case = String::from_utf8(serving.get("/api/case")).unwrap();
    assert!(
        case.contains("\"title\":\"Mine: ") && case.contains("\"edit\":true") && case.contains("\"level\":\"all\"")
    );
    assert_eq!(fs::read_to_string(copy.join("case.toml")).unwrap(), mine);
}

/// The digest of a file in an answer.
fn digest(answer: &[u8]) -> String {
    let answer: serde_json::Value = serde_json::from_slice(answer).unwrap();
    answer["digest"].as_str().unwrap().to_owned()
}

#[test]
fn a_program_that_is_killed_while_it_writes_leaves_the_case_whole() {
    let folder = Temporary::new("killed");
    let run = |arguments: &[&str]| Command::new(PROGRAM).args(arguments).current_dir(&folder.0).output().unwrap();
    assert!(run(&["export", "camp-david-1978", "--to", "case"]).status.success());
    let positions = folder.0.join("case/positions.csv");
    let rows =
        |text: &str| text.lines().filter(|line| !line.starts_with("p01,")).map(str::to_owned).collect::<Vec<_>>();
    let others = rows(&fs::read_to_string(&positions).unwrap());
    let mut saved = 0;
    for round in 0..12_u64 {
        let mut serving = Serving::new(&["serve", "case", "--edit"], &folder.0);
        let mut known = digest(&serving.get("/api/table/positions.csv"));
        let (killed, process) = (std::sync::atomic::AtomicBool::new(false), serving.child.id());
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(20 + 11 * round));
                Command::new("kill").args(["-KILL", &process.to_string()]).status().unwrap();
                killed.store(true, std::sync::atomic::Ordering::Relaxed);
            });
            for number in 0.. {
                let note = format!("round {round}, note {number}");
                let change = serde_json::json!({ "file": "positions.csv", "digest": known, "id": "p01", "before": null, "cells": { "coder_note": note } });
                let Some(answer) = serving.post("/api/edit", &change.to_string()) else { break };
                known = digest(answer.as_bytes());
                saved += 1;
            }
        });
        assert!(killed.into_inner());
        serving.child.wait().unwrap();
        let text = fs::read_to_string(&positions).unwrap();
        assert_eq!(rows(&text), others, "round {round}");
        assert!(text.ends_with('\n') && text.lines().filter(|line| line.starts_with("p01,")).count() == 1);
        assert!(run(&["check", "case"]).status.success());
        assert!(run(&["purge", "case"]).status.success());
        let left: Vec<_> =
            fs::read_dir(folder.0.join("case")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{left:?}");
    }
    assert!(saved > 0, "no change was ever saved before the program was killed");
}

/// Sockets of a process that reach beyond it: the protocol, and the local address and port as the system writes them.
#[cfg(target_os = "linux")]
fn sockets(process: u32) -> Vec<(&'static str, String)> {
    let open = fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().filter_map(Result::ok);
    let links = open.filter_map(|entry| fs::read_link(entry.path()).ok());
    let numbers: Vec<String> =
        links.filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned())).collect();
    let mut found = Vec::new();
    for protocol in ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"] {
        let table = fs::read_to_string(format!("/proc/{process}/net/{protocol}")).unwrap_or_default();
        for line in table.lines().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            if words.get(9).is_some_and(|number| numbers.iter().any(|own| own == number)) {
                found.push((protocol, words[1].to_owned()));
            }
        }
    }
    found
}

/// Every socket of the program listens on its port or was accepted there: it calls nobody, at any page.
#[cfg(target_os = "linux")]
#[test]
fn no_connection_leaves_the_program() {
    let folder = Temporary::new("sockets");
    let serving = Serving::new(&["serve", "russia-ukraine", "--draws", "50"], &folder.0);
    let (process, ours) = (serving.child.id(), format!("0100007F:{:04X}", serving.port));
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let watcher = std::thread::spawn(move || {
        let (mut looks, mut most) = (0, 0);
        while stopped.try_recv().is_err() {
            let seen = sockets(process);
            most = most.max(seen.len());
            looks += 1;
            for (protocol, address) in seen {
                assert_eq!((protocol, &address), ("tcp", &ours), "a socket of another kind");
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        (looks, most)
    });
    let pages = ["now", "history", "plans", "common", "blocks", "values", "stability", "forecast", "scenarios"];
    for page in pages.into_iter().chain(["claims", "ripeness", "sources"]) {
        serving.get(&format!("/api/pages/{page}"));
    }
    for path in ["case", "check", "rows/rp-2020-03-09", "what-if", "zone", "figure/now/now.png", "report/brief.docx"] {
        serving.get(&format!("/api/{path}"));
    }
    stop.send(()).unwrap();
    let (looks, most) = watcher.join().unwrap();
    // The one that listens, and one that was accepted.
    assert!(looks > 50 && most > 1, "{looks} looks, {most} sockets at most");
    assert_eq!(serving.interrupted(), Some(0));
}
