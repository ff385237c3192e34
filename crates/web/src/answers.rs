//! Answers: each computed once, kept while there is room, told of while it takes, and ended when nobody waits for it any more.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use detente_analysis::about::Settings;
use detente_report::document::Document;
use detente_report::render;
use serde::Serialize;
use tokio::sync::{Notify, Semaphore, broadcast, watch};

use crate::documents::{Question, document};
use crate::fault::Fault;
use crate::locked::hold;
use crate::marks::with_rows;
use crate::session::Snapshot;

/// As much is kept of answers, by the length of their JSON; with their documents that is some three times as much memory.
const ROOM: usize = 12 << 20;
/// As many answers are computed at once.
const AT_ONCE: usize = 2;
/// As many answers may wait.
const MOST_WAITING: usize = 64;
/// Progress is told no more often than this.
const EVERY: Duration = Duration::from_millis(100);

/// An answer: a document, and its JSON as `render::json` writes it.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) document: Document,
    pub(crate) json: Bytes,
}

/// How far a job is.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Progressed {
    pub(crate) job: String,
    pub(crate) done: usize,
    pub(crate) of: usize,
}

type Outcome = Result<Arc<Answer>, Fault>;

/// What is known of answers.
pub(crate) struct Answers {
    settings: Settings,
    kept: Mutex<Kept>,
    working: Mutex<HashMap<Question, Arc<Work>>>,
    jobs: Mutex<BTreeMap<String, Arc<Notify>>>,
    turn: Arc<Semaphore>,
    progress: broadcast::Sender<Progressed>,
    /// Threads of their own, so that small questions need not wait behind long ones.
    pool: Arc<rayon::ThreadPool>,
}

/// Answers that are kept, the oldest in front.
#[derive(Default)]
struct Kept {
    answers: HashMap<Question, Arc<Answer>>,
    order: VecDeque<Question>,
    size: usize,
}

impl Kept {
    fn get(&self, question: &Question) -> Option<Arc<Answer>> {
        self.answers.get(question).cloned()
    }

    fn keep(&mut self, question: Question, answer: Arc<Answer>) {
        let size = answer.json.len();
        if size > ROOM || self.answers.contains_key(&question) {
            return;
        }
        // Answers about an earlier case are not asked for again.
        while let Some(first) = self.order.front() {
            if first.generation == question.generation && self.size + size <= ROOM {
                break;
            }
            if let Some(gone) = self.order.pop_front().and_then(|first| self.answers.remove(&first)) {
                self.size -= gone.json.len();
            }
        }
        self.size += size;
        self.order.push_back(question.clone());
        self.answers.insert(question, answer);
    }
}

/// A computation under way.
struct Work {
    stop: AtomicBool,
    /// The jobs of those who wait for it and named one.
    jobs: Mutex<BTreeSet<String>>,
    waiting: Mutex<usize>,
    outcome: watch::Sender<Option<Outcome>>,
    told: Mutex<Option<Instant>>,
}

impl Work {
    fn new() -> Self {
        let (outcome, _) = watch::channel(None);
        Work {
            stop: AtomicBool::new(false),
            jobs: Mutex::default(),
            waiting: Mutex::new(0),
            outcome,
            told: Mutex::default(),
        }
    }

    /// Tells how far it is, and hears whether to go on.
    fn tell(&self, progress: &broadcast::Sender<Progressed>, done: usize, of: usize) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let mut told = hold(&self.told);
        if done >= of || told.is_none_or(|told| told.elapsed() >= EVERY) {
            *told = Some(Instant::now());
            for job in hold(&self.jobs).iter() {
                // Nobody may be listening.
                _ = progress.send(Progressed { job: job.clone(), done, of });
            }
        }
        ControlFlow::Continue(())
    }
}

impl Answers {
    /// No answers yet.
    ///
    /// # Errors
    /// If the operating system gives no threads.
    pub(crate) fn new(settings: Settings) -> Result<Self, rayon::ThreadPoolBuildError> {
        let (progress, _) = broadcast::channel(256);
        Ok(Answers {
            settings,
            kept: Mutex::default(),
            working: Mutex::default(),
            jobs: Mutex::default(),
            turn: Arc::new(Semaphore::new(AT_ONCE)),
            progress,
            pool: Arc::new(rayon::ThreadPoolBuilder::new().build()?),
        })
    }

    /// Hears how far jobs are.
    pub(crate) fn progress(&self) -> broadcast::Receiver<Progressed> {
        self.progress.subscribe()
    }

    /// Ends what all who asked under this name wait for; whether there is such a job.
    pub(crate) fn cancel(&self, job: &str) -> bool {
        let waiting = hold(&self.jobs).get(job).cloned();
        waiting.inspect(|waiting| waiting.notify_waiters()).is_some()
    }

    /// Answers a question: from what is kept, with those who asked the same already, or anew.
    ///
    /// # Errors
    /// If it is stopped, cannot be answered, or too many wait.
    pub(crate) async fn ask(
        self: &Arc<Self>,
        snapshot: Arc<Snapshot>,
        question: Question,
        job: Option<String>,
    ) -> Outcome {
        let waits = match Waits::join(self, snapshot, question, job)? {
            Joined::Kept(answer) => return Ok(answer),
            Joined::Waits(waits) => waits,
        };
        let mut outcome = waits.work.outcome.subscribe();
        let cancel = waits.cancel.clone().map(Notify::notified_owned);
        let cancelled = async {
            match cancel {
                Some(cancel) => cancel.await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            done = outcome.wait_for(Option::is_some) => match done {
                Ok(done) => done.clone().unwrap_or_else(|| Err(Fault::broke())),
                Err(_) => Err(Fault::broke()),
            },
            () = cancelled => Err(Fault::stopped()),
        }
    }

    /// Computes an answer on a thread of its own, when it is its turn.
    fn begin(self: &Arc<Self>, snapshot: Arc<Snapshot>, question: Question, work: Arc<Work>) {
        let answers = self.clone();
        tokio::spawn(async move {
            let outcome = match answers.turn.clone().acquire_owned().await {
                Ok(turn) => {
                    let (inner, asked, own) = (answers.clone(), question.clone(), work.clone());
                    let computed = tokio::task::spawn_blocking(move || {
                        let outcome = inner.compute(&snapshot, &asked, &own);
                        drop(turn);
                        outcome
                    });
                    computed.await.unwrap_or_else(|_| Err(Fault::broke()))
                }
                Err(_) => Err(Fault::stopped()),
            };
            if let Ok(answer) = &outcome {
                hold(&answers.kept).keep(question.clone(), answer.clone());
            }
            answers.forget(&question, &work);
            work.outcome.send_replace(Some(outcome));
        });
    }

    fn compute(&self, snapshot: &Snapshot, question: &Question, work: &Work) -> Outcome {
        let tell = |done, of| work.tell(&self.progress, done, of);
        if work.stop.load(Ordering::Relaxed) {
            return Err(Fault::stopped());
        }
        let document = self.pool.install(|| document(snapshot, question, self.settings, &tell))?;
        let json = Bytes::from(render::json(&with_rows(&document, &|row| snapshot.rows.has(row))));
        Ok(Arc::new(Answer { document, json }))
    }

    /// Takes a computation off the list, if it is still the one that answers its question.
    fn forget(&self, question: &Question, work: &Arc<Work>) {
        let mut working = hold(&self.working);
        if working.get(question).is_some_and(|other| Arc::ptr_eq(other, work)) {
            working.remove(question);
        }
    }
}

/// Somebody who waits for a computation. When the last one goes, it ends.
struct Waits {
    answers: Arc<Answers>,
    question: Question,
    work: Arc<Work>,
    job: Option<String>,
    cancel: Option<Arc<Notify>>,
}

/// How a question is taken up.
enum Joined {
    /// It has been answered already.
    Kept(Arc<Answer>),
    /// It is being answered.
    Waits(Waits),
}

impl Waits {
    fn join(
        answers: &Arc<Answers>,
        snapshot: Arc<Snapshot>,
        question: Question,
        job: Option<String>,
    ) -> Result<Joined, Fault> {
        let mut working = hold(&answers.working);
        // An answer is kept before its computation leaves the list: what is on neither has to be computed.
        if let Some(kept) = hold(&answers.kept).get(&question) {
            return Ok(Joined::Kept(kept));
        }
        let work = match working.get(&question) {
            Some(work) => work.clone(),
            None if working.len() >= MOST_WAITING => {
                return Err(Fault::new(
                    axum::http::StatusCode::SERVICE_UNAVAILABLE,
                    "Too many pages are being computed at once. Wait for one of them, or stop it.",
                ));
            }
            None => {
                let work = Arc::new(Work::new());
                working.insert(question.clone(), work.clone());
                answers.begin(snapshot, question.clone(), work.clone());
                work
            }
        };
        *hold(&work.waiting) += 1;
        let cancel = job.as_ref().map(|job| {
            hold(&work.jobs).insert(job.clone());
            hold(&answers.jobs).entry(job.clone()).or_default().clone()
        });
        Ok(Joined::Waits(Waits { answers: answers.clone(), question, work, job, cancel }))
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        let mut working = hold(&self.answers.working);
        if let (Some(job), Some(cancel)) = (&self.job, self.cancel.take()) {
            hold(&self.work.jobs).remove(job);
            let mut jobs = hold(&self.answers.jobs);
            drop(cancel);
            // The list holds it, and whoever else asks under the same name.
            if jobs.get(job).is_some_and(|left| Arc::strong_count(left) == 1) {
                jobs.remove(job);
            }
        }
        let mut waiting = hold(&self.work.waiting);
        *waiting -= 1;
        if *waiting == 0 {
            self.work.stop.store(true, Ordering::Relaxed);
            if working.get(&self.question).is_some_and(|other| Arc::ptr_eq(other, &self.work)) {
                working.remove(&self.question);
            }
        }
    }
}
