//! What is wrong with files is said with its place, all at once, and nothing makes the program stop.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod files;
mod folder;
#[path = "../support/input_faults.rs"]
mod input_faults;
mod rules;
mod small_case;
