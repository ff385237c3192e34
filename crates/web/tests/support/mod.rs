//! A server on a thread of its own, and a browser of a few lines.

#![expect(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use detente_case::{Folder, Level, bundled};
use detente_web::{Options, Origin, Server};
use serde_json::Value;
use tokio::sync::oneshot;

/// A running server.
pub struct Served {
    pub port: u16,
    pub token: String,
    /// The key that works once.
    pub once: String,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The sentence of a fault.
    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_else(|| panic!("no error: {}", self.text())).to_owned()
    }
}

pub fn options(origin: Origin) -> Options {
    Options { origin, port: 0, level: Level::Public, seed: 1, draws: 50, edit: false }
}

pub fn flagship() -> Options {
    options(Origin::Bundled("russia-ukraine".to_owned()))
}

impl Served {
    pub fn new(options: Options) -> Self {
        let server = Server::new(options).unwrap();
        let address = server.address();
        let (host, token) = address.split_once("/?token=").unwrap();
        let port = host.rsplit(':').next().unwrap().parse().unwrap();
        let once = server.address_once().unwrap().split_once("token=").unwrap().1.to_owned();
        let (end, ended) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            server.run_until(async move { _ = ended.await }).unwrap();
        });
        Served { port, token: token.to_owned(), once, end: Some(end), thread: Some(thread) }
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn cookie(&self) -> (&'static str, String) {
        ("cookie", format!("detente-{}={}", self.port, self.token))
    }

    /// What one of our pages asks.
    pub fn get(&self, path: &str) -> Reply {
        let (name, value) = self.cookie();
        self.send("GET", path, &[("host", &self.host()), (name, &value), ("sec-fetch-site", "same-origin")], b"")
    }

    /// What one of our pages changes.
    pub fn change(&self, method: &str, path: &str, body: &[u8]) -> Reply {
        let (name, value) = self.cookie();
        let (host, origin) = (self.host(), format!("http://{}", self.host()));
        let headers = [("host", host.as_str()), (name, &value), ("origin", &origin), ("x-detente", "1")];
        self.send(method, path, &headers, body)
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
        let mut text = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\n");
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            text.push_str(&format!("content-length: {}\r\n", body.len()));
        }
        text.push_str("\r\n");
        self.raw(&[text.as_bytes(), body].concat())
    }

    /// Sends bytes as they are.
    pub fn raw(&self, bytes: &[u8]) -> Reply {
        let mut stream = self.connect();
        // The server may hang up before it has read all of it.
        _ = stream.write_all(bytes);
        let mut back = Vec::new();
        _ = stream.read_to_end(&mut back);
        parsed(&back)
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
        stream
    }

    /// The events of `/api/changes` as they come: their kind and what they say.
    pub fn changes(&self) -> Changes {
        let mut stream = self.connect();
        let (name, value) = self.cookie();
        let ask = format!("GET /api/changes HTTP/1.1\r\nhost: {}\r\n{name}: {value}\r\n\r\n", self.host());
        stream.write_all(ask.as_bytes()).unwrap();
        Changes { stream, read: String::new() }
    }

    /// Waits until the case is as it should be.
    pub fn wait_for(&self, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let case = self.get("/api/case").json();
            if holds(&case) {
                return case;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "{what}: {case}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            _ = end.send(());
        }
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

/// Events as they come.
pub struct Changes {
    stream: TcpStream,
    read: String,
}

impl Changes {
    /// The next event of a kind.
    pub fn next(&mut self, kind: &str) -> Value {
        let mut buffer = [0_u8; 4096];
        let begin = format!("event: {kind}\ndata: ");
        loop {
            if let Some(at) = self.read.find(&begin)
                && let Some(length) = self.read[at..].find("\n\n")
            {
                let data = self.read[at + begin.len()..at + length].to_owned();
                self.read.drain(..at + length);
                return serde_json::from_str(&data).unwrap();
            }
            let count = self.stream.read(&mut buffer).unwrap();
            assert!(count > 0, "the stream ended: {}", self.read);
            self.read.push_str(&String::from_utf8_lossy(&buffer[..count]));
        }
    }
}

fn parsed(bytes: &[u8]) -> Reply {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = end.map_or((bytes, &b""[..]), |end| (&bytes[..end], &bytes[end + 4..]));
    let head = String::from_utf8_lossy(head).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let chunked = headers.get("transfer-encoding").is_some_and(|coding| coding == "chunked");
    let body = if chunked { joined(body) } else { body.to_vec() };
    Reply { status: status.unwrap_or(0), headers, body }
}

fn joined(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|two| two == b"\r\n") {
        let length = usize::from_str_radix(&String::from_utf8_lossy(&body[..end]), 16).unwrap_or(0);
        if length == 0 {
            break;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + length]);
        body = &body[end + 4 + length..];
    }
    whole
}

/// The ids of all rows that a document cites.
pub fn collect_rows(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(keys) => {
            let ids = keys.get("rows").and_then(Value::as_array).into_iter().flatten();
            into.extend(ids.filter_map(Value::as_str).map(str::to_owned));
            keys.values().for_each(|value| collect_rows(value, into));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_rows(value, into)),
        _ => {}
    }
}

/// A folder that goes when the test ends.
pub struct Temporary(pub PathBuf);

impl Temporary {
    /// A copy of a bundled case.
    pub fn copy_of(name: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("detente-web-{}-{number}", std::process::id()));
        let Some(Folder::Bundled(files)) = bundled::folder(name) else { panic!("no case {name}") };
        for (file, bytes) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Temporary(folder)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn edit(&self, name: &str, change: impl Fn(String) -> String) {
        let path = self.file(name);
        fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

impl AsRef<Path> for Temporary {
    fn as_ref(&self) -> &Path {
        &self.0
    }
}
