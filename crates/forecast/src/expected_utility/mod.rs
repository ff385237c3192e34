//! The expected-utility model of challenges and offers (Bueno de Mesquita 1984, 1994, 1997), as made explicit by Scholz, Calbert and
//! Smith (2011).
//!
//! Each round, every actor weighs what a challenge to every other is worth, reads from its own view how the other would answer, and takes
//! one offer; all move at once. The literature leaves much open, so every reading is an option, and two presets name the usual ones.

mod challenge;
mod offer;
mod options;
mod round;

pub use options::{
    Anchor, Confrontation, Denominator, OfferRule, Options, OptionsError, Outcome, RangeRule, Security,
    SecurityCompare, Stop, Tie,
};

use crate::median::Median;
use crate::positions::Positions;
use round::Workspace;

/// What the model comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The forecast, of [`Options::outcome`], where the stop rule ends it.
    pub value: f64,
    /// The forecast of each round until it ends; after a fixed point or a whole cycle no further rounds are listed.
    pub rounds: Vec<Round>,
    /// The round at which the stop rule ends it: where rounds repeat, beyond those listed.
    pub stopped: u32,
    /// Whether it settled.
    pub status: Status,
    /// The least and greatest forecast of the rounds that repeat, or of all rounds where it did not settle.
    pub range: (f64, f64),
    /// The median of the forecasts of the rounds that repeat; of the last one where it did not settle.
    pub middle: f64,
    /// Where the actors stand at the end of the rounds listed.
    pub places: Vec<f64>,
}

/// The forecasts of one round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Round {
    /// The weighted median of the positions after the moves.
    pub median: Median,
    /// Their weighted mean.
    pub mean: f64,
}

/// Whether the rounds settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nobody moves after this round (0: nobody ever moves).
    FixedPoint(u32),
    /// The rounds repeat with this period, at least 2.
    Cycle(u32),
    /// Neither, by the last round.
    Neither,
}

impl Round {
    fn of(self, outcome: Outcome) -> f64 {
        match outcome {
            Outcome::Median => self.median.label(),
            Outcome::Mean => self.mean,
        }
    }
}

/// Runs the model. Cost: of the order of N² a round, with three powers a pair of actors.
///
/// # Errors
/// Options out of their ranges: see [`OptionsError`].
pub fn expected_utility(positions: &Positions, options: &Options) -> Result<Run, OptionsError> {
    options.check(positions.scale())?;
    let most = options.stop.most() as usize;
    let mut work = Workspace::new(positions, options);
    let mut rounds: Vec<Round> = Vec::with_capacity(most);
    // Places of all rounds in billionths of the scale, to find repetitions.
    let mut seen: Vec<i64> = Vec::with_capacity((most + 1) * positions.len());
    work.remember(&mut seen);
    let mut status = Status::Neither;
    let mut stopped = None;
    for round in 1..=options.stop.most() {
        work.play();
        rounds.push(work.told());
        let now = seen.len();
        work.remember(&mut seen);
        if let Some(period) = repeats(&seen, now, positions.len()) {
            status = if period == 1 { Status::FixedPoint(round - 1) } else { Status::Cycle(period) };
            break;
        }
        if options.stop.ends(&rounds, options.outcome, positions.scale().range(), work.steps()) {
            stopped = Some(round);
            break;
        }
    }
    let told = u32::try_from(rounds.len()).unwrap_or(u32::MAX);
    let values: Vec<f64> = rounds.iter().map(|round| round.of(options.outcome)).collect();
    let period = match status {
        Status::FixedPoint(_) => 1,
        Status::Cycle(period) => period,
        Status::Neither => told,
    };
    let limit = &values[(told - period.min(told)) as usize..];
    // A cycle goes on until the stop rule ends it, which for a rule that waits for rest is its last round.
    let stopped = stopped.unwrap_or(if period == 1 { told } else { options.stop.most() });
    let value = match status {
        Status::Cycle(period) => limit[((stopped - told) as usize + period as usize - 1) % period as usize],
        Status::FixedPoint(_) | Status::Neither => limit.last().copied().unwrap_or_default(),
    };
    let range = limit.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)));
    let middle = if matches!(status, Status::Neither) { value } else { middle_of(limit) };
    Ok(Run { value, rounds, stopped, status, range, middle, places: work.places().to_vec() })
}

/// After how many rounds the last places, from `now`, were the same before.
fn repeats(seen: &[i64], now: usize, actors: usize) -> Option<u32> {
    let last = &seen[now..];
    seen[..now]
        .chunks_exact(actors)
        .rev()
        .position(|places| places == last)
        .and_then(|back| u32::try_from(back + 1).ok())
}

fn middle_of(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] } else { (sorted[half - 1] + sorted[half]) / 2.0 }
}

#[cfg(test)]
mod tests;
