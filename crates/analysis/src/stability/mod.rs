//! Which outcomes would hold: stability models of a case, or files of their own, by the Graph Model for Conflict Resolution.
//!
//! [`model`] turns what a file states into what `detente-stability` computes with, and finds what can only be found with the states listed.

pub mod model;
mod preference;

pub use model::{Lowered, exact, formula, lower, option_form};
