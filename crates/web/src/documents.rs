//! The document of a page: each is what the command of its name writes.

use std::ops::ControlFlow;

use detente_analysis::about::{About, Layer, Settings};
use detente_analysis::agreement::{self, Detail};
use detente_analysis::blocks;
use detente_analysis::forecast::{NoForecast, Participants, Setting, of_case};
use detente_analysis::room::ValuesError;
use detente_analysis::what_if::without_limits;
use detente_analysis::{claims, common, history, plan, ripeness, scenario};
use detente_case::package;
use detente_case::{Case, Day, Moment, Record};
use detente_report::brief::{self, Reading};
use detente_report::document::Document;
use detente_report::{answers, pages};

use crate::fault::Fault;
use crate::pages::Page;
use crate::parameters::{Parameters, shown};
use crate::session::Snapshot;

/// A question: the page of a good case at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Question {
    pub(crate) generation: u64,
    pub(crate) page: Page,
    at: Day,
    known: Day,
    unknown_after: Option<Day>,
    packages: Vec<String>,
    lift: Vec<String>,
}

/// Hears how much of how much is done, and says whether to go on.
pub(crate) type Tell<'t> = dyn Fn(usize, usize) -> ControlFlow<()> + Sync + 't;

impl Question {
    /// The question that parameters ask of a page.
    ///
    /// # Errors
    /// If a parameter names what the case does not have.
    pub(crate) fn new(snapshot: &Snapshot, page: Page, given: &Parameters) -> Result<Self, Fault> {
        let case = &snapshot.case;
        let moment = moment(case, given)?;
        let packages: Vec<String> = given.all("package").map(str::to_owned).collect();
        let known = package::packages(Record::known_by(case, moment.known));
        if let Some(unknown) = packages.iter().find(|id| known.iter().all(|plan| *plan.id != ***id)) {
            let ids: Vec<&str> = known.iter().map(|plan| plan.id).collect();
            let what = if ids.is_empty() {
                "No plan is on record at this date.".to_owned()
            } else {
                format!("Plans on record at this date: {}.", ids.join(", "))
            };
            return Err(Fault::nothing(format!("No plan has the id `{}`. {what}", shown(unknown))));
        }
        let lift = given.list("lift");
        limits(case, &lift)?;
        Ok(Question {
            generation: snapshot.generation,
            page,
            at: moment.at,
            known: moment.known,
            unknown_after: moment.unknown_after,
            packages,
            lift,
        })
    }

    fn moment(&self) -> Moment {
        Moment { at: self.at, known: self.known, unknown_after: self.unknown_after }
    }
}

/// The moment that parameters ask about.
///
/// # Errors
/// If a day is none.
pub(crate) fn moment(case: &Case, given: &Parameters) -> Result<Moment, Fault> {
    Ok(Moment::new(case, given.day("at")?, given.day("known")?))
}

/// Checks that these ids are statements that rule something out.
///
/// # Errors
/// If one is not.
pub(crate) fn limits(case: &Case, rows: &[String]) -> Result<(), Fault> {
    for id in rows {
        match case.positions.iter().find(|row| *row.id == **id) {
            None => {
                return Err(Fault::nothing(format!(
                    "No statement `{}` is shown here, so it cannot be lifted.",
                    shown(id)
                )));
            }
            Some(row) if row.rules_out.is_empty() => {
                return Err(Fault::question(format!(
                    "`{id}` rules nothing out, so there is nothing to lift. Name a statement that rules something out."
                )));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The document that answers a question.
///
/// # Errors
/// If it was stopped, or the case has nothing to answer from.
pub(crate) fn document(
    snapshot: &Snapshot,
    question: &Question,
    settings: Settings,
    tell: &Tell<'_>,
) -> Result<Document, Fault> {
    let (case, moment) = (&snapshot.case, question.moment());
    let record = Record::known_by(case, moment.known);
    let whole = |draws: u32| usize::try_from(draws).unwrap_or(usize::MAX);
    let mut draws = |done: u32| tell(whole(done), whole(settings.draws));
    Ok(match question.page {
        Page::Now => pages::now(case, moment, settings),
        Page::History => pages::history(case, moment, settings),
        Page::Plans => {
            let plans = plan::plans(case, moment, &question.packages, settings);
            let plans = plans.map_err(|unknown| Fault::nothing(format!("No plan has the id `{}`.", unknown.id)))?;
            answers::plan(case, moment, &plans)
        }
        Page::Common => answers::common(case, moment, &common::common(case, moment, settings)),
        Page::Blocks => {
            let about = |case: &Case| {
                let record = Record::known_by(case, moment.known);
                About::new(Layer::B, "agreement", true, record, settings)
            };
            if question.lift.is_empty() {
                answers::blocks(case, moment, &blocks::blocks(case, moment), &about(case), &[])
            } else {
                let rows: Vec<&str> = question.lift.iter().map(String::as_str).collect();
                let without = without_limits(case, &rows);
                let found = blocks::blocks(&without, moment);
                answers::blocks(&without, moment, &found, &about(&without), &question.lift)
            }
        }
        Page::Values => {
            let about = About::new(Layer::C, "values", false, record, settings);
            match agreement::values(case, moment, settings, Detail::Page(None), &mut draws) {
                Ok(values) => answers::values(case, moment, Ok(&values), &about),
                Err(ValuesError::Stopped) => return Err(Fault::stopped()),
                Err(error) => answers::values(case, moment, Err(&agreement::why_not(&error)), &about),
            }
        }
        Page::Stability => pages::stability(case, moment, settings),
        Page::Forecast => {
            let all = whole(settings.draws).saturating_mul(case.issues.len());
            let mut draws = |done: u32| tell(whole(done), all);
            let setting = Setting { seed: settings.seed, draws: settings.draws, ..Setting::default() };
            match of_case(case, moment, settings, &setting, Participants::Principals, &mut draws) {
                Ok(answer) => answers::forecast_of_case(case, moment, &answer),
                Err(NoForecast::Stopped) => return Err(Fault::stopped()),
                Err(none) => return Err(Fault::nothing(format!("There is no forecast: {none}."))),
            }
        }
        Page::Scenarios => {
            let found = scenario::scenarios(case, moment, settings, tell).map_err(|_| Fault::stopped())?;
            answers::scenarios(case, moment, &found)
        }
        Page::Claims => answers::claims(case, moment, &claims::claims(case, moment, settings)),
        Page::Ripeness => {
            let signs = ripeness::ripeness(case, moment, ripeness::STALLED_MONTHS, settings);
            answers::ripeness(case, moment, &history(case, moment, settings), &signs)
        }
        Page::Sources => pages::sources(case, moment, settings),
        Page::Brief => brief::brief(case, moment, settings, Reading::default()),
    })
}
