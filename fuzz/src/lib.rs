//! The fuzz targets.

mod answer;
mod domain;
#[path = "targets.rs"]
mod targets;
mod stands;
mod workbook;

pub use answer::stability_answer;
pub use stands::stand_table;
pub use domain::{domain_rules, domain_table, genius};
pub use targets::*;
pub use workbook::workbook;
