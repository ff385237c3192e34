//! The answer of the command, with where it comes from.

use detente_analysis::About;
use schemars::JsonSchema;
use serde::Serialize;

use crate::run::Backtest;

/// SHA-256 of the file whose figures the project checks.
pub const KNOWN_FILE: &str = "fc5eb5097e2a2e69c1f0349ed9251f2d4ed315833bb2ae98f1fb7ace0f2b752b";

/// How to cite the data.
pub const CITATION: &str = "Arregui, J. and Perarnaud, C. (2022), A new dataset on legislative decision-making in the European Union: the DEU III dataset, Journal of European Public Policy, doi:10.1080/13501763.2021.1991983; data doi:10.34810/data53";

/// A back-test on a table of the DEU data sets.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DeuAnswer {
    /// How to cite the data.
    pub citation: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Whether it is the file whose figures the project checks.
    pub known_file: bool,
    /// What weighs a position, and what stands for a missing salience.
    pub weights: String,
    /// How forecasts did.
    pub result: Backtest,
    /// Where the answer comes from; the digest is that of the file.
    pub about: About,
}

impl DeuAnswer {
    /// The answer for a file that `about` describes.
    #[must_use]
    pub fn new(result: Backtest, about: About) -> Self {
        DeuAnswer {
            citation: CITATION.to_owned(),
            sha256: about.case_digest.clone(),
            known_file: about.case_digest == KNOWN_FILE,
            weights: "salience; where it is missing, the mean of the others on the issue; all actors equally capable"
                .to_owned(),
            result,
            about,
        }
    }
}
