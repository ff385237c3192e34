//! Who coded the statements: how many rows rest on one person's reading, on two, or are settled.

use std::collections::{BTreeMap, BTreeSet};

use detente_case::Id;
use detente_case::actor::Actor;
use detente_case::position::{Position, Subject};
use schemars::JsonSchema;
use serde::Serialize;

/// Statements by who coded them, as their columns `coder` and `reviewer` say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CodedBy {
    /// Statements.
    pub rows: usize,
    /// Those that name nobody.
    pub unnamed: usize,
    /// Those that name a coder, and that nobody else coded or reviewed.
    pub one: usize,
    /// Those of a document, actor and issue that two people coded, without a reviewer: not settled yet.
    pub two: usize,
    /// Those that name a coder and a reviewer.
    pub settled: usize,
}

/// Counts statements by who coded them.
#[must_use]
pub fn coded_by<'c>(rows: impl Iterator<Item = &'c Position> + Clone) -> CodedBy {
    let mut coders: BTreeMap<(&str, Id<Actor>, Subject), BTreeSet<&str>> = BTreeMap::new();
    for row in rows.clone().filter(|row| !row.coder.is_empty()) {
        coders.entry((&row.document, row.actor, row.subject)).or_default().insert(&row.coder);
    }
    let mut count = CodedBy::default();
    for row in rows {
        count.rows += 1;
        let others = || coders.get(&(&*row.document, row.actor, row.subject)).is_some_and(|coders| coders.len() > 1);
        *match (row.coder.is_empty(), row.reviewer.is_empty()) {
            (true, _) => &mut count.unnamed,
            (false, false) => &mut count.settled,
            (false, true) if others() => &mut count.two,
            (false, true) => &mut count.one,
        } += 1;
    }
    count
}
