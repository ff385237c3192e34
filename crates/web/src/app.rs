//! What answers: the session, the answers, the key, and which address asks what.

use std::sync::{Arc, Mutex};

use axum::extract::DefaultBodyLimit;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{delete, get, post};
use axum::{Json, Router, middleware};
use serde_json::json;
use tokio::sync::{Semaphore, watch};

use crate::answers::{Answer, Answers};
use crate::assets;
use crate::case_card::CaseCard;
use crate::changes::changes;
use crate::check::checked;
use crate::desk::Opened;
use crate::documents::Question;
use crate::fault::Fault;
use crate::guard;
use crate::handed::{self, no_page};
use crate::levers;
use crate::pages::Page;
use crate::parameters::{Parameters, job_name};
use crate::session::Session;
use crate::token::Token;
use crate::{coding, desk, start};

/// As many small questions are answered at once.
const QUICK_AT_ONCE: usize = 4;

/// What answers.
pub(crate) struct App {
    pub(crate) session: Arc<Session>,
    pub(crate) answers: Arc<Answers>,
    pub(crate) token: Token,
    pub(crate) port: u16,
    /// Where the files of the case are changed; none where they may not be.
    pub(crate) desk: Option<Arc<Mutex<Opened>>>,
    /// The key for the browser that the program opens itself: it works once.
    pub(crate) once: Mutex<Option<Token>>,
    quick: Arc<Semaphore>,
    ending: watch::Sender<bool>,
}

impl App {
    /// What answers for a session.
    pub(crate) fn new(session: Session, answers: Answers, token: Token, port: u16) -> Self {
        let (ending, _) = watch::channel(false);
        let options = session.options();
        let folder = options.origin.folder_to_change().filter(|_| options.edit);
        App {
            desk: folder.map(|folder| Arc::new(Mutex::new(Opened::new(folder)))),
            session: Arc::new(session),
            answers: Arc::new(answers),
            token,
            port,
            once: Mutex::new(None),
            quick: Arc::new(Semaphore::new(QUICK_AT_ONCE)),
            ending,
        }
    }

    /// Says to all who listen that the program ends.
    pub(crate) fn end(&self) {
        self.ending.send_replace(true);
    }

    /// Hears when the program ends.
    pub(crate) fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }

    /// Does a small piece of work away from the threads that listen.
    ///
    /// # Errors
    /// Those of the work, or that it broke.
    pub(crate) async fn quick<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let turn = self.quick.clone().acquire_owned().await.map_err(|_| Fault::stopped())?;
        // The work holds its turn to the end, also where whoever asked has gone.
        let work = move || {
            let done = work();
            drop(turn);
            done
        };
        tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Fault::broke()))
    }

    /// The document of a page, as the parameters ask for it.
    ///
    /// # Errors
    /// If the question is off, or the answer was stopped.
    pub(crate) async fn page(&self, page: Page, query: Option<&str>) -> Result<Arc<Answer>, Fault> {
        let given = Parameters::read(query, page.parameters())?;
        let snapshot = self.session.state().snapshot.clone();
        let question = Question::new(&snapshot, page, &given)?;
        self.answers.ask(snapshot, question, given.job()?).await
    }

    /// The addresses, behind the guard.
    pub(crate) fn router(self: Arc<Self>) -> Router {
        let mut router = Router::new();
        for file in assets::FILES {
            router = router.route(file.0, get(move || async move { assets::answer(file) }));
        }
        router
            .route("/api/case", get(case))
            .route("/api/pages/{page}", get(page))
            .route("/api/check", get(check))
            .route("/api/rows/{id}", get(row))
            .route("/api/what-if", get(levers::what_if))
            .route("/api/zone", get(levers::zone))
            .route("/api/figure/{page}/{file}", get(handed::figure))
            .route("/api/report/{file}", get(handed::report))
            .route("/api/changes", get(changes))
            .route("/api/table/{file}", get(desk::table))
            .route("/api/edit", post(desk::edit))
            .route("/api/edits", post(desk::edits))
            .route("/api/undo", post(desk::undo))
            .route("/api/coding", get(coding::uncoded))
            .route("/api/second", post(coding::second))
            .route("/api/pages/coders", get(coding::agreement))
            .route(start::PATH, post(start::start))
            .route("/api/jobs/{job}", delete(cancel))
            .fallback(async || Fault::nothing("There is nothing at this address. The workbench begins at `/`."))
            .method_not_allowed_fallback(async || guard::wrong_method())
            // The guard has limited what a question may carry.
            .layer(DefaultBodyLimit::disable())
            .layer(middleware::from_fn_with_state(self.clone(), guard::guard))
            .with_state(self)
    }
}

/// `GET /api/case`.
async fn case(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    Parameters::read(query.as_deref(), &[])?;
    let (session, state) = (app.session.clone(), app.session.state());
    app.quick(move || Ok(Json(CaseCard::new(session.options(), &state)).into_response())).await
}

/// `GET /api/pages/{page}`.
async fn page(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    let page = Page::shown(&name).ok_or_else(|| Fault::nothing(no_page(&name)))?;
    let answer = app.page(page, query.as_deref()).await?;
    Ok(([(CONTENT_TYPE, "application/json")], answer.json.clone()).into_response())
}

/// `GET /api/check`.
async fn check(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    Parameters::read(query.as_deref(), &[])?;
    let state = app.session.state();
    app.quick(move || Ok(Json(checked(&state)).into_response())).await
}

/// `GET /api/rows/{id}`.
async fn row(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Fault> {
    Parameters::read(query.as_deref(), &[])?;
    let snapshot = app.session.state().snapshot.clone();
    Ok(Json(snapshot.rows.card(&id)?).into_response())
}

/// `DELETE /api/jobs/{job}`.
async fn cancel(State(app): State<Arc<App>>, Path(job): Path<String>) -> Result<Response, Fault> {
    let job = job_name(&job)?;
    if app.answers.cancel(&job) {
        return Ok(Json(json!({ "stopped": job })).into_response());
    }
    Err(Fault::nothing("No such computation is under way; it may have ended already."))
}

/// Where a browser goes once it has shown the key.
pub(crate) fn entered() -> Redirect {
    Redirect::to("/")
}
