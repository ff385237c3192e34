//! The case that is open: at its level, read again when its files change, the last good one kept when they break.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use detente_analysis::about;
use detente_analysis::stability::of_case;
use detente_case::formats::TABLES;
use detente_case::settings;
use detente_case::{Case, Diagnostic, Folder, Level, Loaded, Record, Severity, export, load};
use tokio::sync::watch;

use crate::check::{self, Finding};
use crate::fingerprint::{Fingerprint, content};
use crate::locked::hold;
use crate::origin::Origin;
use crate::rows::Rows;

/// How often files are looked at. A change is read once nothing has changed for as long.
const LOOK: Duration = Duration::from_millis(500);

/// What is served, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the case comes from.
    pub origin: Origin,
    /// The port; 0 for one that is free.
    pub port: u16,
    /// Which rows may be seen.
    pub level: Level,
    /// Seed of the draws.
    pub seed: u64,
    /// Number of draws.
    pub draws: u32,
    /// Whether the case may be changed from the browser; the level is then [`Level::All`].
    pub edit: bool,
}

impl Options {
    /// What every question is asked with.
    #[must_use]
    pub(crate) fn settings(&self) -> about::Settings {
        about::Settings { level: self.level, seed: self.seed, draws: self.draws }
    }
}

/// A good case, at its level.
#[derive(Debug)]
pub(crate) struct Snapshot {
    /// How many good cases there were, this one included.
    pub(crate) generation: u64,
    /// The case.
    pub(crate) case: Case,
    /// The digest of the rows that results can see.
    pub(crate) digest: String,
    /// Every row by its id.
    pub(crate) rows: Rows,
}

/// What is shown, and what is wrong with the files now.
#[derive(Debug)]
pub(crate) struct State {
    /// The last good case.
    pub(crate) snapshot: Arc<Snapshot>,
    /// How many errors the files have now, if they have any.
    pub(crate) broken: Option<usize>,
    /// What is wrong with the files, as far as the level shows it.
    pub(crate) findings: Vec<Finding>,
    /// A digest of what the files held when they were last read.
    content: String,
    /// A digest of what they held when the last good case was read.
    good: String,
    /// Whether rows of the last good case carry markings, seen or not.
    has_markings: bool,
}

/// The case that is open.
pub(crate) struct Session {
    options: Options,
    /// Where the case comes from: what the program was started with, or another case that was opened since.
    origin: Mutex<Origin>,
    state: watch::Sender<Arc<State>>,
    /// Held while files are read, so that they are read by one at a time.
    reading: Mutex<()>,
}

/// What came of reading the files once.
struct Read {
    loaded: Loaded,
    folder: Option<Folder>,
}

impl Read {
    fn of(origin: &Origin) -> Self {
        match origin.folder() {
            Ok(folder) => {
                let mut loaded = load(&folder, |_| {});
                loaded.diagnostics.extend(loaded.case.iter().flat_map(of_case::findings));
                loaded.diagnostics.sort();
                Read { loaded, folder: Some(folder) }
            }
            Err(diagnostics) => Read { loaded: Loaded { case: None, diagnostics }, folder: None },
        }
    }
}

impl Session {
    /// Opens a case.
    ///
    /// # Errors
    /// What is wrong with it, and the folder that shows the lines; the case is not opened then.
    pub(crate) fn open(options: Options) -> Result<Self, (Vec<Diagnostic>, Folder)> {
        let held = content(&options.origin);
        let read = Read::of(&options.origin);
        let folder = read.folder.unwrap_or(Folder::Memory(Vec::new()));
        let Some(case) = read.loaded.case else { return Err((read.loaded.diagnostics, folder)) };
        let has_markings = case.has_markings;
        let state = State {
            snapshot: Arc::new(Snapshot::new(1, case, &folder, options.level)),
            broken: None,
            findings: check::told(read.loaded.diagnostics, &folder, options.level, has_markings),
            good: held.clone(),
            content: held,
            has_markings,
        };
        let (state, _) = watch::channel(Arc::new(state));
        Ok(Session { origin: Mutex::new(options.origin.clone()), options, state, reading: Mutex::new(()) })
    }

    /// What is served, and how.
    #[must_use]
    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    /// Where the case comes from.
    #[must_use]
    pub(crate) fn origin(&self) -> Origin {
        hold(&self.origin).clone()
    }

    /// What is shown now.
    #[must_use]
    pub(crate) fn state(&self) -> Arc<State> {
        self.state.borrow().clone()
    }

    /// Hears of every change of what is shown.
    #[must_use]
    pub(crate) fn changes(&self) -> watch::Receiver<Arc<State>> {
        self.state.subscribe()
    }

    /// Reads the files again, if they hold anything else than before. Takes as long as that.
    pub(crate) fn refresh(&self) -> Arc<State> {
        let _one = hold(&self.reading);
        let (before, origin) = (self.state(), self.origin());
        let held = content(&origin);
        if held == before.content {
            return before;
        }
        let read = Read::of(&origin);
        let level = self.options.level;
        let folder = read.folder.unwrap_or(Folder::Memory(Vec::new()));
        let errors = read.loaded.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).count();
        let has_markings = read
            .loaded
            .case
            .as_ref()
            .map_or_else(|| before.has_markings || may_be_marked(&folder), |case| case.has_markings);
        let findings = check::told(read.loaded.diagnostics, &folder, level, has_markings);
        let state = match read.loaded.case {
            // Mended to what was good before: nothing that is shown has changed.
            Some(_) if held == before.good => State {
                snapshot: before.snapshot.clone(),
                broken: None,
                findings,
                good: held.clone(),
                content: held,
                has_markings,
            },
            Some(case) => State {
                snapshot: Arc::new(Snapshot::new(before.snapshot.generation + 1, case, &folder, level)),
                broken: None,
                findings,
                good: held.clone(),
                content: held,
                has_markings,
            },
            None => State {
                snapshot: before.snapshot.clone(),
                broken: Some(errors.max(1)),
                findings,
                good: before.good.clone(),
                content: held,
                has_markings,
            },
        };
        let state = Arc::new(state);
        self.state.send_replace(state.clone());
        state
    }

    /// Opens another case in the place of this one. Takes as long as reading it.
    ///
    /// # Errors
    /// What is wrong with it; the case that is open stays then.
    pub(crate) fn open_other(&self, origin: Origin) -> Result<Arc<State>, Vec<Diagnostic>> {
        let _one = hold(&self.reading);
        let held = content(&origin);
        let read = Read::of(&origin);
        let folder = read.folder.unwrap_or(Folder::Memory(Vec::new()));
        let Some(case) = read.loaded.case else { return Err(read.loaded.diagnostics) };
        let (level, has_markings) = (self.options.level, case.has_markings);
        let state = Arc::new(State {
            snapshot: Arc::new(Snapshot::new(self.state().snapshot.generation + 1, case, &folder, level)),
            broken: None,
            findings: check::told(read.loaded.diagnostics, &folder, level, has_markings),
            good: held.clone(),
            content: held,
            has_markings,
        });
        *hold(&self.origin) = origin;
        self.state.send_replace(state.clone());
        Ok(state)
    }

    /// Looks at the files for ever, and reads them when they have changed.
    pub(crate) async fn watch(self: Arc<Self>) {
        if self.origin().watched().is_none() {
            return std::future::pending().await;
        }
        let mut known: Option<Fingerprint> = None;
        let mut last: Option<Fingerprint> = None;
        loop {
            let session = self.clone();
            let seen = tokio::task::spawn_blocking(move || Fingerprint::of(&session.origin())).await.ok();
            let settled = seen.is_some() && seen == last;
            if settled && seen != known {
                let session = self.clone();
                // A fault while reading leaves what is shown as it is; the next change is read again.
                _ = tokio::task::spawn_blocking(move || session.refresh()).await;
                known.clone_from(&seen);
            }
            last = seen;
            tokio::time::sleep(LOOK).await;
        }
    }
}

/// Whether files that make no case may hold markings: a finding then shows no words of a row.
fn may_be_marked(folder: &Folder) -> bool {
    let text =
        |file: &str| folder.read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let in_header = |file: &str| text(file).lines().next().is_some_and(|header| header.contains("marking"));
    let is_setting = |line: &str| line.trim_start().starts_with("marking") && !line.contains("\"public\"");
    TABLES.iter().any(|table| in_header(table.file)) || text(settings::FILE).lines().any(is_setting)
}

impl Snapshot {
    fn new(generation: u64, case: Case, folder: &Folder, level: Level) -> Self {
        let case = case.into_level(level);
        let digest = export::digest(Record::known_by(&case, case.settings.as_of));
        let rows = Rows::new(&case, folder);
        Snapshot { generation, case, digest, rows }
    }
}
