//! The fuzz targets.

#[path = "targets.rs"]
mod targets;
mod workbook;

pub use targets::*;
pub use workbook::workbook;
