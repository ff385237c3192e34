//! What is compared: every model, and yardsticks that know nothing of the actors.

use detente_forecast::expected_utility::{Options, Outcome, Stop};
use detente_forecast::{
    Bargaining, Disagreement, Loss, Mean, Median, NashOptions, NashOutcome, Positions, expected_utility, nash,
};

use crate::deu::Issue;

/// A way to forecast an issue; none where it has no forecast.
pub type Forecaster = fn(&Issue) -> Option<f64>;

/// The one with which all others are compared.
pub const FIRST: &str = "weighted mean";

/// All forecasters with their names; the first is that with which others are compared.
#[must_use]
pub fn all() -> Vec<(&'static str, Forecaster)> {
    vec![
        (FIRST, |issue| Some(Mean::of(&issue.positions).value())),
        ("unweighted mean", |issue| Some(Mean::of(&unweighted(issue)).value())),
        ("weighted median", |issue| Some(Median::of(&issue.positions).label())),
        ("unweighted median", |issue| Some(Median::of(&unweighted(issue)).label())),
        ("bargaining, far, quadratic, D = 20", |issue| far(issue, Loss::Quadratic, 20.0)),
        ("bargaining, far, linear, D = 2", |issue| far(issue, Loss::Linear, 2.0)),
        ("bargaining, far, linear, D = 1.05", |issue| far(issue, Loss::Linear, 1.05)),
        ("bargaining, cost 0", |issue| costly(issue, 0.0)),
        ("bargaining, cost 0.5", |issue| costly(issue, 0.5)),
        ("bargaining, cost 1", |issue| costly(issue, 1.0)),
        ("expected utility, printed, 1 round, mean", |issue| rounds(issue, Options::PRINTED, 1, Outcome::Mean)),
        ("expected utility, printed, 1 round, median", |issue| rounds(issue, Options::PRINTED, 1, Outcome::Median)),
        ("expected utility, printed, 10 rounds, mean", |issue| rounds(issue, Options::PRINTED, 10, Outcome::Mean)),
        ("expected utility, printed, 10 rounds, median", |issue| rounds(issue, Options::PRINTED, 10, Outcome::Median)),
        ("expected utility, programmed, 1 round, mean", |issue| rounds(issue, Options::PROGRAMMED, 1, Outcome::Mean)),
        ("expected utility, programmed, 1 round, median", |issue| {
            rounds(issue, Options::PROGRAMMED, 1, Outcome::Median)
        }),
        ("expected utility, programmed, 10 rounds, mean", |issue| {
            rounds(issue, Options::PROGRAMMED, 10, Outcome::Mean)
        }),
        ("expected utility, programmed, 10 rounds, median", |issue| {
            rounds(issue, Options::PROGRAMMED, 10, Outcome::Median)
        }),
        ("reference point", |issue| issue.reference),
        ("always 50", |_| Some(50.0)),
    ]
}

fn unweighted(issue: &Issue) -> Positions {
    issue.positions.with(|stands| stands.iter_mut().for_each(|stand| stand.salience = 1.0))
}

fn bargain(issue: &Issue, loss: Loss, disagreement: Disagreement) -> Option<f64> {
    let options = NashOptions { loss, bargaining: Bargaining::Capability, disagreement };
    match nash(&issue.positions, &options) {
        Ok(NashOutcome::Zone { value, .. }) => Some(value),
        Ok(NashOutcome::NoZone(_)) | Err(_) => None,
    }
}

fn far(issue: &Issue, loss: Loss, depth: f64) -> Option<f64> {
    bargain(issue, loss, Disagreement::Far { depth })
}

fn costly(issue: &Issue, cost: f64) -> Option<f64> {
    let point = issue.reference?;
    bargain(issue, Loss::Linear, Disagreement::Reference { point, costs: vec![cost; issue.positions.len()] })
}

fn rounds(issue: &Issue, options: Options, rounds: u32, outcome: Outcome) -> Option<f64> {
    let options = Options { stop: Stop::Rounds(rounds), outcome, ..options };
    expected_utility(&issue.positions, &options).ok().map(|run| run.value)
}
