//! Negotiation domains from files, exactly: issues, options, and what each party makes of them; and what their packages come to.
//!
//! 1. [`genius`] reads GENIUS XML, in either reading of its evaluations; [`table`] reads and writes a plain table.
//! 2. Both give a [`Domain`]; [`rules`] reads logical rules over its options.
//! 3. [`study`](fn@study) finds the frontier and the solution points, by `detente-packages`, and puts them in an [`Answer`].
//!
//! See `docs/methods/packages.md`.

#![expect(clippy::result_large_err, reason = "a finding is made once for a file, not once for an element")]

mod answer;
mod domain;
pub mod genius;
pub mod limits;
mod merge;
mod name;
mod numbers;
pub mod rules;
mod study;
pub mod table;

pub use answer::{
    Answer, Bound, Concept, Found, Frontier, IssueAnswer, PartyAnswer, Printed, Solutions, State, Vector,
};
pub use domain::{Domain, Issue, Party, Term};
pub use merge::TooInterwoven;
pub use numbers::{rounded, text};
pub use study::{Ideal, NoAgreement, Question, StudyError, study};
