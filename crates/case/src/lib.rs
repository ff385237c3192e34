//! What is known: from the files of a case folder to a validated case with two time axes.
//!
//! 1. [`Folder`] finds the files, on disk, in memory, or among the [`bundled`] cases.
//! 2. [`load`] reads them: every row typed ([`actor`], [`issue`], [`position`], [`event`], [`relation`], [`package`], [`factor`], [`source`]),
//!    every name resolved ([`names`]), every reference followed, every fault a [`Diagnostic`] with its place.
//!    What no document states, numbers that people think of ([`input`]), rules between options ([`constraint`]) and models of who can
//!    do what ([`stability`]), is read likewise.
//! 3. [`Case::at_level`] leaves out what a level does not show, as if it had never been there.
//! 4. [`Record`] is the case as it could be known at a day; a [`Moment`] is the day of a question and the day of knowledge.
//! 5. [`export`] writes a case back to files; [`start`] makes a new one; [`edit`] corrects rows of the files of one in place.
//!
//! This crate computes no result, knows no thread, no terminal and no network.

#![expect(clippy::result_large_err, reason = "a finding is made once for a file, not once for a row")]

pub mod actor;
mod actor_names;
pub mod blind_sheet;
pub mod bundled;
mod case;
mod cell;
pub mod claim;
pub mod coding;
pub mod condition;
pub mod constraint;
pub mod diagnostic;
pub mod edit;
pub mod event;
pub mod export;
pub mod expression;
pub mod factor;
pub mod folder;
pub mod formats;
pub mod grid;
pub mod ids;
pub mod indicator;
pub mod input;
pub mod issue;
mod keys;
mod level;
mod load;
pub mod marking;
pub mod names;
pub mod package;
pub mod position;
pub mod price;
pub mod range;
mod record;
pub mod relation;
pub mod scenario;
pub mod settings;
pub mod sheets;
pub mod source;
pub mod source_defaults;
pub mod stability;
pub mod stand_table;
pub mod start;
pub mod table;
mod text;
pub mod when;
mod words;
pub mod write;

pub use case::Case;
pub use diagnostic::{Code, Diagnostic, Findings, Severity};
pub use folder::Folder;
pub use ids::{Id, List};
pub use load::{Loaded, load};
pub use marking::{Level, Marking};
pub use range::{Confidence, Decimal, Range};
pub use record::{Moment, Record};
pub use sheets::Sheets;
pub use text::{natural_order, nearest};
pub use when::{Day, Holds, Month, When};
