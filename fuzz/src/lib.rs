//! The fuzz targets.

mod answer;
mod domain;
#[path = "targets.rs"]
mod targets;
mod workbook;

pub use answer::stability_answer;
pub use domain::{domain_rules, domain_table, genius};
pub use targets::*;
pub use workbook::workbook;
