//! The workbench: a case in the browser, served on this computer alone.
//!
//! 1. [`Server`] listens on 127.0.0.1 and prints nothing: whoever starts it shows its [`Server::address`], which carries a key.
//! 2. `guard` lets only that key, this host and this origin in; every answer carries the same headers.
//! 3. `session` holds the case at its level, reads it again when a file changes, and keeps the last good one when it breaks.
//! 4. `documents` makes the page asked for; `answers` keeps it, computes the same question once, and tells and ends what takes long.
//! 5. The rest is one file for one kind of question: `case_card`, `rows`, `check`, `levers`, `handed`, `changes`, `assets`; and where the case may
//!    be changed, `desk` (rows), `coding` (codes, second coders) and `start` (a case from a spreadsheet).
//! 6. [`one_file`] is the same in one page that needs no server.
//!
//! No connection is opened by anything here: the program listens and answers.

mod answers;
mod app;
mod assets;
mod case_card;
mod changes;
mod check;
mod coding;
mod desk;
mod documents;
mod fault;
mod fingerprint;
mod guard;
mod handed;
mod levers;
mod locked;
mod marks;
mod one_file;
mod origin;
mod pages;
mod parameters;
mod rows;
mod server;
mod session;
mod start;
mod token;

pub use one_file::one_file;
pub use origin::Origin;
pub use server::{Refused, Server};
pub use session::Options;
