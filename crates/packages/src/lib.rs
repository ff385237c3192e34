//! Which packages are there, and what are they worth? Exact in whole numbers; nothing here knows a case, a date or a word.
//!
//! 1. [`number`] reads decimals and fractions from their text, exactly, and scales them to whole numbers.
//! 2. A [`Problem`] holds what each option of each issue is worth on each coordinate (one a party), which options are ruled out,
//!    and the [`Rule`]s that a package obeys.
//!
//! See `docs/methods/packages.md`.

pub mod antichain;
pub mod number;
mod problem;
mod rule;

pub use number::{Exact, Whole};
pub use problem::{Package, Problem, ProblemError};
pub use rule::{Literal, Rule};
