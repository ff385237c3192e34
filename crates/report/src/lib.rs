//! How it is told: one document, one set of figures, and the forms in which they are handed over.
//!
//! 1. [`brief`], [`answers`] and [`pages`] put results into a [`document::Document`]: sentences with the rows behind them, figures, tables.
//! 2. [`drawings`] turn results into the inputs of [`figure`]s, which are drawn once, as SVG.
//! 3. [`render`] writes the document as text, Markdown, HTML, JSON or for Word.
//!
//! [`words`] is the one place for plain English: dates, numbers, lists, codes.

pub mod answers;
mod blocking;
pub mod brief;
pub mod document;
pub mod drawings;
mod evidence;
pub mod figure;
mod labels;
pub mod pages;
mod prospects;
pub mod render;
mod sourcing;
mod valuing;
pub mod words;
