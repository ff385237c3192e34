//! Stub until merge.
pub mod of_case;
