//! How forecasts did where outcomes are known.
//!
//! 1. [`deu`] reads the table of the DEU data sets, which is read from a path and never shipped.
//! 2. [`forecasters`] are the models and yardsticks; [`score`] measures them: absolute errors, continuous ranked probability, coverage.
//! 3. [`resample`] draws proposals, not issues: issues of one proposal are not independent.
//! 4. [`run()`] puts it together.

mod answer;
pub mod deu;
pub mod forecasters;
pub mod resample;
mod run;
pub mod score;

pub use answer::{CITATION, DeuAnswer, KNOWN_FILE};
pub use run::{Backtest, Coverage, Range, Row, Setting, run};
