//! Solution points: figures worked out by hand, laws, and the plain answers by listing every package.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up stops")]

mod cases;
mod gap_golden;
mod gap_laws;
mod gap_plain;
mod golden;
mod laws;
mod milp;
mod plain;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "shared with other tests")]
mod support;
