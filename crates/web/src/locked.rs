//! A lock that a panic elsewhere does not take away: what it guards is replaced whole, never left half changed.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Holds a lock.
pub(crate) fn hold<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
