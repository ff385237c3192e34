//! Which packages are there, and what are they worth? Exact in whole numbers; nothing here knows a case, a date or a word.
//!
//! 1. [`number`] reads decimals and fractions from their text, exactly, and scales them to whole numbers.
//! 2. A [`Problem`] holds what each option of each issue is worth on each coordinate (one a party), which options are ruled out,
//!    and the [`Rule`]s that a package obeys.
//! 3. [`frontier`](fn@frontier) finds every worth that no package improves for one without a loss for another, with the exact number
//!    of packages that reach it, issue by issue.
//! 4. [`Interactions`] are packages worth more or less than the sum of their options: their frontier is
//!    composed where few options work together, else found by search, up to a limit.
//! 5. [`scale`](mod@scale) makes whole numbers of exact ones; [`solution`] finds the packages that stand out, [`nash_point`] one of them
//!    without the frontier.
//! 6. [`conflict`] says which demands cannot be met together, [`shift`] what the least change is that opens a zone.
//!
//! See `docs/methods/packages.md`.

pub mod antichain;
pub mod conflict;
mod frontier;
mod interaction;
mod nash;
pub mod number;
mod problem;
mod rule;
pub mod scale;
pub mod shift;
pub mod solution;
mod tally;
mod term;

pub use frontier::{Caps, Excess, Frontier, Packages, Point, TooLarge, frontier, frontier_above};
pub use interaction::{Found, Interactions, Refused, SearchLimits, SearchRefused, Searched};
pub use nash::{Limits, Search, Unfinished, nash_point};
pub use number::{Exact, Number, Whole};
pub use problem::{Package, Problem, ProblemError};
pub use rule::{Literal, Rule};
pub use term::{Term, TermError};
