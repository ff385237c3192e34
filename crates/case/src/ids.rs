//! Identity: a place in a list of the case, one type per list.
//!
//! The texts that people write as ids live in the rows; inside the program a row is known by its place.

use std::marker::PhantomData;

/// The place of a row in its list, from 0.
pub struct Id<T> {
    place: u32,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id of the row at a place.
    #[must_use]
    pub fn at(place: usize) -> Self {
        Id { place: u32::try_from(place).unwrap_or(u32::MAX), kind: PhantomData }
    }

    /// The place in the list.
    #[must_use]
    pub fn place(self) -> usize {
        self.place as usize
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place.cmp(&other.place)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.place.hash(state);
    }
}
impl<T> std::fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", self.place)
    }
}

/// A list whose rows are found by [`Id`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T> {
    rows: Vec<T>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        List { rows: Vec::new() }
    }
}

impl<T> List<T> {
    /// Adds a row.
    pub(crate) fn push(&mut self, row: T) -> Id<T> {
        self.rows.push(row);
        Id::at(self.rows.len() - 1)
    }

    /// The number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// The rows, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.rows.iter_mut()
    }

    /// The ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + use<T> {
        (0..self.rows.len()).map(Id::at)
    }

    /// The rows with their ids.
    pub fn with_ids(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> {
        self.rows.iter().enumerate().map(|(place, row)| (Id::at(place), row))
    }
}

impl<T> std::ops::Index<Id<T>> for List<T> {
    type Output = T;
    fn index(&self, id: Id<T>) -> &T {
        &self.rows[id.place()]
    }
}

impl<T> std::ops::IndexMut<Id<T>> for List<T> {
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        &mut self.rows[id.place()]
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(rows: I) -> Self {
        List { rows: rows.into_iter().collect() }
    }
}
