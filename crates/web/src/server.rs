//! The server: listens on this computer alone, within limits of time and number, until it is told to end.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use detente_case::{Diagnostic, Folder};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::{Semaphore, watch};

use crate::answers::Answers;
use crate::app::App;
use crate::locked::hold;
use crate::session::{Options, Session};
use crate::token::Token;

/// As many connections are open at once; the next ones wait.
const MOST_CONNECTIONS: usize = 256;
/// The head of a question arrives within this time, and a connection on which nothing is asked is closed after it.
const HEAD_TIME: Duration = Duration::from_secs(30);
/// The most that the head of a question may take.
const LARGEST_HEAD: usize = 64 << 10;
/// The most headers of a question.
const MOST_HEADERS: usize = 64;
/// How long answers under way may take once the program is told to end.
const GRACE: Duration = Duration::from_secs(2);

/// A server that listens, and answers once it runs.
pub struct Server {
    listener: TcpListener,
    app: Arc<App>,
    port: u16,
}

/// Why there is no server.
#[derive(Debug)]
pub enum Refused {
    /// The case has errors: what is wrong, and the folder that shows the lines.
    Case(Vec<Diagnostic>, Folder),
    /// The port is in use, or may not be used: the sentence says which.
    Port(String),
    /// The operating system gives no random numbers or no threads.
    System(String),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Case(findings, _) => write!(f, "the case has errors ({} findings)", findings.len()),
            Refused::Port(sentence) | Refused::System(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for Refused {}

impl Server {
    /// Opens a case and a port. Whoever connects from now on is answered once the server runs.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn new(options: Options) -> Result<Self, Refused> {
        let wanted = options.port;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted)).map_err(|error| refused(wanted, &error))?;
        let port = listener.local_addr().map_err(|error| refused(wanted, &error))?.port();
        let settings = options.settings();
        let session = Session::open(options).map_err(|(findings, folder)| Refused::Case(findings, folder))?;
        let system = |error: String| Refused::System(format!("the workbench cannot start: {error}"));
        let token = Token::new().map_err(|error| system(error.to_string()))?;
        let answers = Answers::new(settings).map_err(|error| system(error.to_string()))?;
        Ok(Server { listener, app: Arc::new(App::new(session, answers, token, port)), port })
    }

    /// The address to open, with the key.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.port, self.app.token.text())
    }

    /// The address for a browser that the program opens itself. Its key works once: other users of this computer may see it in the list of
    /// programs that run.
    ///
    /// # Errors
    /// If the operating system gives no random numbers.
    pub fn address_once(&self) -> io::Result<String> {
        let token = Token::new().map_err(|error| io::Error::other(error.to_string()))?;
        let address = format!("http://127.0.0.1:{}/?token={}", self.port, token.text());
        *hold(&self.app.once) = Some(token);
        Ok(address)
    }

    /// Answers until somebody at the terminal ends it (Ctrl-C), or the operating system does.
    ///
    /// # Errors
    /// If the operating system gives no threads or no port.
    pub fn run(self) -> io::Result<()> {
        self.run_until(interrupted())
    }

    /// Answers until a future is done.
    ///
    /// # Errors
    /// If the operating system gives no threads or no port.
    pub fn run_until(self, end: impl Future<Output = ()>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(16)
            .thread_name("workbench")
            .enable_all()
            .build()?;
        let served = runtime.block_on(self.serve(end));
        // What is still being computed ends with the program; it has nothing to save.
        runtime.shutdown_timeout(GRACE);
        served
    }

    async fn serve(self, end: impl Future<Output = ()>) -> io::Result<()> {
        self.listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let watching = tokio::spawn(self.app.session.clone().watch());
        let router = self.app.clone().router();
        let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        tokio::pin!(end);
        loop {
            let place = tokio::select! {
                () = &mut end => break,
                place = places.clone().acquire_owned() => place.map_err(io::Error::other)?,
            };
            let stream = tokio::select! {
                () = &mut end => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    // Somebody hung up at once, or there are no more files: the next may do better.
                    Err(_) => {
                        tokio::time::sleep(Duration::from_millis(50)).await;
                        continue;
                    }
                },
            };
            let service = TowerToHyperService::new(router.clone());
            let ending = self.app.ending();
            tokio::spawn(async move {
                let connection = http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(HEAD_TIME)
                    .max_buf_size(LARGEST_HEAD)
                    .max_headers(MOST_HEADERS)
                    .serve_connection(TokioIo::new(stream), service);
                tokio::pin!(connection);
                // A connection that breaks off concerns nobody but whoever broke it.
                let ended = tokio::select! {
                    _ = connection.as_mut() => false,
                    () = heard(ending) => true,
                };
                if ended {
                    connection.as_mut().graceful_shutdown();
                    _ = connection.await;
                }
                drop(place);
            });
        }
        drop(listener);
        watching.abort();
        self.app.end();
        let all = u32::try_from(MOST_CONNECTIONS).unwrap_or(u32::MAX);
        // Those that are not done by then are cut off.
        _ = tokio::time::timeout(GRACE, places.acquire_many(all)).await;
        Ok(())
    }
}

fn refused(port: u16, error: &io::Error) -> Refused {
    Refused::Port(match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "port {port} is in use by another program; `--port` takes another one, and without it one that is free is used"
            )
        }
        io::ErrorKind::PermissionDenied => {
            format!(
                "port {port} may not be used here; ports from 1024 on may, and without `--port` one that is free is used"
            )
        }
        kind => format!("this computer gives no port on 127.0.0.1 ({kind})"),
    })
}

/// Waits until it is said that the program ends.
async fn heard(mut ending: watch::Receiver<bool>) {
    _ = ending.wait_for(|ended| *ended).await;
}

/// Waits for Ctrl-C, or for the operating system to ask for the end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut asked) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = asked.recv() => {}
            }
            return;
        }
    }
    // Where signals cannot be heard, the program is ended from outside.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
