//! How a long computation tells how far it is, and how whoever listens ends it.

use std::fmt;
use std::ops::ControlFlow;

/// Hears how much is done, and says whether to go on.
pub type Progress<'p> = dyn FnMut(u32) -> ControlFlow<()> + 'p;

/// The same of computations that tell how much is done of how much, from any thread.
pub type Share<'p> = dyn Fn(usize, usize) -> ControlFlow<()> + Sync + 'p;

/// The computation was ended by whoever listened to its progress: there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the computation was stopped before its end")
    }
}

impl std::error::Error for Stopped {}

/// A listener that lets a computation run to its end.
pub fn go_on(_: u32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Turns what a listener said into an error that ends the computation.
pub(crate) fn heard(said: ControlFlow<()>) -> Result<(), Stopped> {
    match said {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Stopped),
    }
}
