//! Which outcomes positions, salience and capability point to, model by model, and how far what is uncertain moves them (layer C).
//!
//! A [`Question`] is issues with their inputs and how a draw of those becomes positions: nothing here knows where they come from, a table or a
//! case. [`forecast`] answers it. Models stand side by side and are never averaged. An interval with a claim of coverage is given only
//! in the domain in which it was measured ([`calibration`]); elsewhere the answer says that there is none.

pub mod calibration;
mod issue;
mod models;
mod multiverse;
pub mod of_case;
mod of_table;
mod question;
mod result;
mod sensitivity;
mod trade;
mod warnings;

use crate::about::About;
use crate::progress::{Progress, Stopped};

pub use calibration::{Calibration, Domain};
pub use multiverse::{Member, Multiverse, OptionEffect};
pub use of_case::{CaseForecast, NoForecast, OptionNear, Participants, of_case};
pub use of_table::{CONFIDENCE, TableError, TableSetting, of_table};
pub use question::{ActorOf, Bind, IssueOf, Question, Setting, Shifts};
pub use result::{
    ActorOn, Forecast, ForecastOf, Interval, IssueForecast, Model, ModelName, NoRoom, RoundTold, Settled, Trade,
};
pub use sensitivity::{LeastShift, Sensitivity, ShiftOf};
pub use warnings::{Warning, WarningKind};

/// Answers a question. `progress` hears the number of draws done, over all issues. The answer is the same bytes on any number of threads.
///
/// # Errors
/// [`Stopped`] if `progress` says so.
pub fn forecast(
    question: &Question<'_>,
    setting: &Setting,
    about: About,
    progress: &mut Progress<'_>,
) -> Result<Forecast, Stopped> {
    let calibration = calibration::of(question.domain);
    let mut done = 0;
    let mut issues = Vec::with_capacity(question.issues.len());
    for of in &question.issues {
        issues.push(issue::answer(of, setting, calibration.as_ref(), &mut |draws| progress(done + draws))?);
        done += setting.draws;
    }
    let trades = trade::exchanges(&question.issues, &mut issues);
    Ok(Forecast {
        domain: question.domain,
        calibrated: calibration.is_some(),
        domain_line: calibration::line(question.domain).to_owned(),
        calibration,
        issues,
        trades,
        about,
    })
}

#[cfg(test)]
mod tests;
