//! Which outcomes would hold: stability models of a case, or files of their own, by the Graph Model for Conflict Resolution (layer C).
//!
//! 1. [`lower`] turns what a file states into what `detente-stability` computes with, and finds what shows only with the states listed.
//! 2. [`stability()`] gives verdicts, reasons for them, and what each statement decides.
//! 3. [`desired`] says what would have to change for a state to hold, and [`reorder`] which order of statements would do.
//! 4. [`draws`] and [`robust`] say how often each state would hold over what is uncertain about preferences.
//! 5. [`single`](single::single) asks of one state of a model that is too large to be listed.
//! 6. [`of_case()`] answers all models of a case at a moment.

mod answer;
pub mod desired;
pub mod draws;
pub mod model;
pub mod of_case;
mod preference;
pub mod reorder;
pub mod robust;
pub mod single;
pub mod told;

pub(crate) use answer::letters;
pub use answer::{Asked, NoAnswer, concept_id, stability};
pub use model::{Lowered, exact, formula, lower, option_form};
pub use of_case::{OfCase, of_case};
pub use told::{ByConcept, Stability};
