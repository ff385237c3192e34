//! What happens while the browser looks: the case changed, a job is so far. Server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;

use crate::app::App;
use crate::case_card::Broken;
use crate::session;

/// A line is sent so often where nothing happens, so that a browser that is gone is noticed.
const ALIVE: Duration = Duration::from_secs(15);

/// `GET /api/changes`: the state of the case at once and whenever it changes, and how far jobs are.
pub(crate) async fn changes(State(app): State<Arc<App>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut states = app.session.changes();
    // The state is told at once.
    states.mark_changed();
    let progress = app.answers.progress();
    let ends = app.ending();
    let events = stream::unfold((states, progress, ends), |(mut states, mut progress, mut ends)| async move {
        loop {
            let event = tokio::select! {
                // The program is stopped, or the case is closed.
                _ = ends.wait_for(|ended| *ended) => return None,
                changed = states.changed() => {
                    changed.ok()?;
                    of_case(&states.borrow_and_update().clone())
                }
                told = progress.recv() => match told {
                    Ok(told) => Event::default().event("progress").json_data(told).unwrap_or_default(),
                    // What was missed is behind what comes next.
                    Err(RecvError::Lagged(_)) => continue,
                    Err(RecvError::Closed) => return None,
                },
            };
            return Some((Ok(event), (states, progress, ends)));
        }
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE))
}

fn of_case(state: &session::State) -> Event {
    let data = json!({
        "generation": state.snapshot.generation,
        "digest": state.snapshot.digest,
        "broken": state.broken.map(|errors| Broken { errors }),
    });
    Event::default().event("case").json_data(data).unwrap_or_default()
}
