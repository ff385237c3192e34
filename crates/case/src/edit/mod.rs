//! Rows of a table corrected or added in place: every other byte of the file stays as it is.
//!
//! 1. `layout` finds where each cell lies in the bytes of a file.
//! 2. [`change`] makes the new bytes: cells that are not changed keep theirs, quotation marks, spaces and all.
//! 3. [`Desk`] does this to a case on disk: nothing is written if the file has changed meanwhile or the case would get new errors; each
//!    file is written whole or not at all; and each change can be undone.

mod change;
mod desk;
mod layout;

pub use change::{Change, ChangeError, Target, change};
pub use desk::{Cells, Desk, Refusal, Saved, TableRow, TableText, format_of};
