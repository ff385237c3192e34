//! How far a forecast was off where outcomes are known: a handful of quantiles, with where they come from.
//!
//! They hold in the domain in which they were measured, and are given nowhere else.

use schemars::JsonSchema;
use serde::Serialize;

/// What kind of negotiation a forecast is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// Law-making with a deadline and a voting rule, as in the European Union.
    Legislation,
    /// Talks to end or limit an armed conflict.
    ArmedConflict,
    /// Trade, and anything else.
    Other,
}

impl Domain {
    /// The domain that `domain` in `case.toml` names.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word.trim() {
            "legislation" => Domain::Legislation,
            "armed_conflict" => Domain::ArmedConflict,
            _ => Domain::Other,
        }
    }
}

/// Quantiles of the absolute error of the weighted mean.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Calibration {
    /// The data.
    pub data: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// What weighs a position.
    pub weights: String,
    /// Issues with an outcome.
    pub issues: u32,
    /// Proposals to which they belong: issues of one proposal are not independent.
    pub proposals: u32,
    /// The day on which it was computed.
    pub computed: String,
    /// Shares of outcomes and the absolute error within which so many lie, in hundredths of the scale.
    pub quantiles: Vec<Quantile>,
}

/// One quantile of the absolute error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Quantile {
    /// The share of outcomes.
    pub level: f64,
    /// The error, in hundredths of the scale.
    pub error: f64,
}

/// Computed by `detente backtest deu` on half of the data, chosen by a hash of the proposals' numbers: of n errors the ⌈(n + 1)p⌉-th. A test of
/// `detente-backtest` repeats it.
const DEU: [(f64, f64); 4] = [(0.5, 17.894_737), (0.8, 41.25), (0.9, 52.328_767), (0.95, 63.492_063)];

/// The calibration for a domain; none outside that in which errors were measured.
#[must_use]
pub fn of(domain: Domain) -> Option<Calibration> {
    (domain == Domain::Legislation).then(|| Calibration {
        data: "Arregui and Perarnaud 2022, DEU III (doi:10.34810/data53): 147 of 353 issues with an outcome".to_owned(),
        sha256: "fc5eb5097e2a2e69c1f0349ed9251f2d4ed315833bb2ae98f1fb7ace0f2b752b".to_owned(),
        weights: "salience".to_owned(),
        issues: 147,
        proposals: 61,
        computed: "2026-11-23".to_owned(),
        quantiles: DEU.map(|(level, error)| Quantile { level, error }).to_vec(),
    })
}

/// What can be said of how sure a forecast in a domain is.
#[must_use]
pub fn line(domain: Domain) -> &'static str {
    match domain {
        Domain::Legislation => {
            "The interval was measured on law-making in the European Union, where the parties expected to agree and did; in other settings errors differ."
        }
        Domain::ArmedConflict => {
            "Not calibrated for this case: errors have been measured on law-making, and no public record of talks in armed conflicts allows such a measurement. Real errors are expected to be larger, and talks may end without any agreement. What is shown is how far inputs and models differ, not how likely anything is."
        }
        Domain::Other => {
            "Not calibrated for this case: errors have been measured on law-making only. What is shown is how far inputs and models differ, not how likely anything is."
        }
    }
}
