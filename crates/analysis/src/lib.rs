//! What follows from what is known. Every function here is pure: a record and a moment in, a result out; no clock, no disk, no terminal.
//!
//! Layer A, what the words say:
//! 1. [`stance`]: where an actor stands on an issue at a moment: position, tabled options, limits.
//! 2. [`mod@now`]: where everyone stands, and how much of it can be compared.
//! 3. [`contact`], [`movement`] and [`phase`] make up [`mod@history`]: how it got there.
//! 4. [`gap`]: how far apart the principals are, in steps; over time, and between two dates.
//! 5. [`coverage`], [`census`] and [`third_parties`]: what the record holds, of whom, from where, and who else matters.
//! 6. [`diff`]: what changed since a date; [`mod@ripeness`]: separate indicators of ripeness, each with its source.
//! 7. [`mod@uncoded`]: the words that carry no code, side by side: what scales are made from.
//!
//! Layer B, what follows from the order of options alone:
//! 8. [`mod@plan`] and [`common`]: plans and words compared; [`blocks`]: what limits exclude, and [`mod@unlock`]: the least that would unblock.
//!    [`mod@known_then`]: what could be said of all this at the end of each quarter, and what came next.
//!
//! Layer C, what needs numbers:
//! 9. [`view`] is the one place where words become numbers; every default is told as an assumption.
//! 10. [`ensemble`] draws what is only known as a range; it knows no case.
//! 11. [`mod@room`]: what room there is, where nobody has said what no agreement is worth.
//! 12. [`mod@zone`]: whether there is a zone of agreement, where somebody has; and the least shift of thresholds.
//! 13. [`mod@agreement`] puts what blocks and the values together.
//! 14. [`stability`] turns stability models into ones to compute with.
//! 15. [`mod@forecast`] puts models of outcomes side by side, with what their inputs leave open.
//!
//! Across the layers: [`mod@claims`] tests what an analyst says against all of this.
//!
//! [`mod@what_if`] answers whoever tries something out.
//!
//! Of the record itself: [`codings`] compares two codings of it, with the measure of [`reliability`]; [`coded_by`] counts who coded
//! what.
//!
//! [`about`] is what every result says of itself. [`draw`] is the one source of random numbers. [`progress`] is how long computations are
//! followed and ended.

pub mod about;
pub mod agreement;
pub mod blocks;
pub mod census;
pub mod claims;
pub mod coded_by;
pub mod codings;
pub mod common;
pub mod contact;
pub mod coverage;
pub mod diff;
pub mod draw;
pub mod ensemble;
pub mod forecast;
pub mod gap;
pub mod history;
pub mod known_then;
pub mod movement;
pub mod now;
pub mod phase;
pub mod plan;
pub mod progress;
pub mod readiness;
pub mod reliability;
pub mod ripeness;
pub mod room;
pub mod scenario;
pub mod stability;
pub mod stance;
pub mod third_parties;
pub mod uncoded;
pub mod unlock;
pub mod view;
pub mod what_if;
pub mod zone;

pub use about::About;
pub use history::history;
pub use now::now;
pub use uncoded::uncoded;
