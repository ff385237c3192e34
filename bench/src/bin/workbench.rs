//! How fast the workbench answers: starts the program on the flagship, and asks it as browsers do.
//!
//! `cargo run --release -p detente-bench --bin workbench -- target/release/detente [CASE]`

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measurement is printed")]

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Starts of the program, to see how long the first screen takes.
const STARTS: usize = 11;
/// Answers to somebody who drags.
const DRAGGED: usize = 400;
/// Clients that read at once, and how often each asks.
const CLIENTS: usize = 50;
const ROUNDS: usize = 40;

/// The program, serving.
struct Serving {
    child: Child,
    port: u16,
    cookie: String,
}

impl Serving {
    fn start(program: &str, case: &str) -> io::Result<Self> {
        let mut child =
            Command::new(program).args(["serve", case, "--no-open", "--quiet"]).stdout(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let word = line.split_whitespace().find(|word| word.starts_with("http://127.0.0.1:"));
        let (host, token) = word
            .and_then(|word| word.split_once("/?token="))
            .ok_or_else(|| io::Error::other(format!("no address: {line}")))?;
        let port = host.rsplit(':').next().and_then(|port| port.parse().ok());
        let port: u16 = port.ok_or_else(|| io::Error::other(format!("no port: {line}")))?;
        Ok(Serving { child, port, cookie: format!("detente-{port}={token}") })
    }

    fn connect(&self) -> io::Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_nodelay(true)?;
        Ok(BufReader::new(stream))
    }

    /// Asks on a connection that stays open, and reads the whole answer.
    fn get(&self, stream: &mut BufReader<TcpStream>, path: &str) -> io::Result<Vec<u8>> {
        let (port, cookie) = (self.port, &self.cookie);
        let ask = format!("GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncookie: {cookie}\r\n\r\n");
        stream.get_mut().write_all(ask.as_bytes())?;
        let (mut line, mut length) = (String::new(), 0);
        stream.read_line(&mut line)?;
        let answered = line.starts_with("HTTP/1.1 200");
        loop {
            line.clear();
            stream.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body)?;
        if answered {
            return Ok(body);
        }
        Err(io::Error::other(format!("{path}: {}", String::from_utf8_lossy(&body))))
    }

    /// The most memory that the program has held, in MB, as the operating system tells it.
    fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes >> 10)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// The time below which a share of all answers came.
fn at(times: &mut [Duration], share: f64) -> Duration {
    times.sort_unstable();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "an index"
    )]
    let place = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len()) - 1;
    times[place]
}

fn told(what: &str, mut times: Vec<Duration>) {
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    let [middle, p95, p99] = [0.5, 0.95, 0.99].map(|share| milliseconds(at(&mut times, share)));
    println!("{what}: median {middle:.1} ms, 95th {p95:.1} ms, 99th {p99:.1} ms ({} answers)", times.len());
}

/// The rows that the page on what blocks cites.
fn limits(page: &[u8]) -> io::Result<BTreeSet<String>> {
    let page: Value = serde_json::from_slice(page)?;
    let mut rows = BTreeSet::new();
    collect(&page, &mut rows);
    Ok(rows)
}

fn collect(value: &Value, rows: &mut BTreeSet<String>) {
    match value {
        Value::Object(keys) => {
            let ids = keys.get("rows").and_then(Value::as_array).into_iter().flatten();
            rows.extend(ids.filter_map(Value::as_str).map(str::to_owned));
            keys.values().for_each(|value| collect(value, rows));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, rows)),
        _ => {}
    }
}

/// What a browser asks for until the first page stands.
const FIRST_SCREEN: [&str; 6] = ["/", "/app.js", "/app.css", "/favicon.svg", "/api/case", "/api/pages/now"];

fn measure(program: &str, case: &str) -> io::Result<()> {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let begun = Instant::now();
        let serving = Serving::start(program, case)?;
        let mut stream = serving.connect()?;
        FIRST_SCREEN.iter().try_for_each(|path| serving.get(&mut stream, path).map(drop))?;
        starts.push(begun.elapsed());
    }
    told("from the start of the program to all of the first screen", starts);

    let serving = Serving::start(program, case)?;
    let mut stream = serving.connect()?;
    let timed = |stream: &mut BufReader<TcpStream>, path: &str| -> io::Result<Duration> {
        let begun = Instant::now();
        serving.get(stream, path)?;
        Ok(begun.elapsed())
    };
    serving.get(&mut stream, "/api/case")?;
    let limits = limits(&serving.get(&mut stream, "/api/pages/blocks")?)?;
    // Rows that rule nothing out are refused, and are not what somebody switches.
    let limits: Vec<String> = limits
        .into_iter()
        .filter(|row| serving.get(&mut stream, &format!("/api/what-if?lift={row}")).is_ok())
        .collect();
    let lifts: Result<Vec<_>, _> = limits
        .iter()
        .cycle()
        .take(DRAGGED)
        .map(|row| timed(&mut stream, &format!("/api/what-if?lift={row}")))
        .collect();
    told("what blocks, while one limit after the other is switched off", lifts?);
    let zones: Result<Vec<_>, _> = (0..DRAGGED)
        .map(|step| {
            let threshold = step % 100;
            timed(&mut stream, &format!("/api/zone?draws=500&threshold.Ukraine=0.{threshold:02}"))
        })
        .collect();
    told("the zone at 500 draws, while a threshold is dragged", zones?);

    let pages = ["/api/case", "/api/pages/now", "/api/pages/common", "/api/pages/blocks", "/api/check"];
    for page in pages {
        serving.get(&mut stream, page)?;
    }
    let all = std::thread::scope(|scope| -> io::Result<Vec<Duration>> {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (serving, timed) = (&serving, &timed);
                scope.spawn(move || -> io::Result<Vec<Duration>> {
                    let mut stream = serving.connect()?;
                    (0..ROUNDS).map(|round| timed(&mut stream, pages[(client + round) % pages.len()])).collect()
                })
            })
            .collect();
        let mut all = Vec::new();
        for client in clients {
            all.extend(client.join().map_err(|_| io::Error::other("a client broke off"))??);
        }
        Ok(all)
    })?;
    told(&format!("{CLIENTS} clients reading at once, no error"), all);

    for page in ["history", "plans", "values", "stability", "forecast", "scenarios", "claims", "ripeness", "sources"] {
        let time = timed(&mut stream, &format!("/api/pages/{page}"))?;
        println!("the page {page}, the first time: {:.0} ms", time.as_secs_f64() * 1e3);
    }
    if let Some(memory) = serving.memory() {
        println!("memory of the program at most, all pages open: {memory} MB");
    }
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (program, case) = match arguments.as_slice() {
        [program] => (program.as_str(), "russia-ukraine"),
        [program, case] => (program.as_str(), case.as_str()),
        _ => {
            eprintln!("Usage: workbench PROGRAM [CASE]");
            return ExitCode::from(2);
        }
    };
    match measure(program, case) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
