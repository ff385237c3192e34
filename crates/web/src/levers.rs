//! Small questions, answered while somebody clicks or drags: what a lifted limit opens, and what thresholds leave.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Response};
use detente_analysis::about::Settings;
use detente_analysis::progress::go_on;
use detente_analysis::what_if::{self, Move, Threshold};
use detente_case::{Case, Decimal};

use crate::app::App;
use crate::documents::{limits, moment};
use crate::fault::Fault;
use crate::parameters::{Parameters, shown};

/// Draws of a zone, if the question does not say.
const DRAWS: u32 = 500;
/// The most draws of a zone.
const MOST_DRAWS: u32 = 20_000;

/// `GET /api/what-if`: what would block without some limits, or if sides moved some steps.
pub(crate) async fn what_if(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let given = Parameters::read(query.as_deref(), &["at", "known", "lift", "move"])?;
    let state = app.session.state();
    app.quick(move || {
        let case = &state.snapshot.case;
        let moment = moment(case, &given)?;
        let lift = given.list("lift");
        limits(case, &lift)?;
        let lift: Vec<&str> = lift.iter().map(String::as_str).collect();
        let moves = moves(case, &given.list("move"))?;
        Ok(Json(what_if::what_if(case, moment, &lift, &moves)).into_response())
    })
    .await
}

/// Steps of principals on issues, each as ISSUE:ACTOR:STEPS.
fn moves(case: &Case, given: &[String]) -> Result<Vec<Move>, Fault> {
    let one = |text: &String| -> Option<Move> {
        let mut parts = text.rsplitn(3, ':');
        let steps = parts.next()?.parse().ok()?;
        let (actor, issue) = (parts.next()?, parts.next()?);
        let actor = case.principals.iter().find(|id| *case.actors[**id].id == *actor)?;
        let (issue, _) = case.issues.with_ids().find(|(_, of)| *of.id == *issue)?;
        Some(Move { actor: *actor, issue, steps })
    };
    let read = |text: &String| {
        one(text).ok_or_else(|| {
            Fault::question(format!("`{}` is no step of a principal on an issue. Give ISSUE:ACTOR:STEPS.", shown(text)))
        })
    };
    given.iter().map(read).collect()
}

/// `GET /api/zone`: whether there is a zone of agreement, with thresholds set by hand.
pub(crate) async fn zone(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let given = Parameters::read(query.as_deref(), &["at", "known", "draws", "threshold."])?;
    let state = app.session.state();
    let settings = app.session.options().settings();
    app.quick(move || {
        let case = &state.snapshot.case;
        let moment = moment(case, &given)?;
        let draws = given.number("draws", 2, MOST_DRAWS)?.unwrap_or(DRAWS);
        let set = thresholds(case, &given)?;
        let settings = Settings { draws, ..settings };
        let found = what_if::zone_if(case, moment, settings, &set, &mut go_on).map_err(|_| Fault::stopped())?;
        Ok(Json(found).into_response())
    })
    .await
}

fn thresholds(case: &Case, given: &Parameters) -> Result<Vec<Threshold>, Fault> {
    let principals = || case.principals.iter().map(|actor| (*actor, &*case.actors[*actor].id));
    let mut set: Vec<Threshold> = Vec::new();
    for (name, value) in given.beginning("threshold.") {
        let Some((actor, _)) = principals().find(|(_, id)| *id == name) else {
            let known: Vec<&str> = principals().map(|(_, id)| id).collect();
            return Err(Fault::question(format!(
                "`{}` is no principal; a threshold is that of {}.",
                shown(name),
                known.join(" or ")
            )));
        };
        let number = Decimal::parse(value).filter(|number| (0.0..=1.0).contains(&number.value()));
        let Some(value) = number else {
            return Err(Fault::question(format!("`{}` is not a number from 0 to 1.", shown(value))));
        };
        if set.iter().any(|other| other.actor == actor) {
            return Err(Fault::question(format!("The threshold of {name} is given twice. Give it once.")));
        }
        set.push(Threshold { actor, value });
    }
    Ok(set)
}
