//! Of what the record is made (layer A): shares of a side's statements by kind, basis, grade and publisher.

use std::collections::BTreeMap;

use detente_case::actor::Actor;
use detente_case::{Id, Moment, Record};
use schemars::JsonSchema;
use serde::Serialize;

/// The statements of one actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Census {
    /// Actor id.
    pub actor: String,
    /// Rows.
    pub rows: usize,
    /// Documents: a speech or text that speaks of several issues counts once.
    pub documents: usize,
    /// Rows whose core was not read in a source.
    pub unverified: usize,
    /// Rows by what the statement does.
    pub kinds: BTreeMap<String, usize>,
    /// Rows by that through which they are known.
    pub bases: BTreeMap<String, usize>,
    /// Rows by the letter of the source's grade.
    pub grades: BTreeMap<String, usize>,
    /// Rows by publisher of the source, most frequent first.
    pub publishers: Vec<(String, usize)>,
}

/// Takes the census of the principals' statements up to a moment.
#[must_use]
pub fn census(record: Record<'_>, moment: Moment) -> Vec<Census> {
    record.case.principals.iter().map(|actor| of_actor(record, moment, *actor)).collect()
}

fn of_actor(record: Record<'_>, moment: Moment, actor: Id<Actor>) -> Census {
    let case = record.case;
    let mut census = Census {
        actor: case.actors[actor].id.to_string(),
        rows: 0,
        documents: 0,
        unverified: 0,
        kinds: BTreeMap::new(),
        bases: BTreeMap::new(),
        grades: BTreeMap::new(),
        publishers: Vec::new(),
    };
    let mut documents: Vec<&str> = Vec::new();
    let mut publishers: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, row) in record.positions().filter(|(_, row)| row.actor == actor && row.valid_from.first() <= moment.at) {
        census.rows += 1;
        census.unverified += usize::from(!row.verified);
        *census.kinds.entry(row.kind.map_or("uncoded", |kind| kind.word()).to_owned()).or_default() += 1;
        *census.bases.entry(row.basis.map_or("not stated", |basis| basis.word()).to_owned()).or_default() += 1;
        *census
            .grades
            .entry(row.grade.map_or("not graded".to_owned(), |grade| grade.letter.to_string()))
            .or_default() += 1;
        let publisher = match row.source.map(|id| &case.sources[id]) {
            Some(source) if source.publisher.is_empty() => "publisher not stated",
            Some(source) => &source.publisher,
            None if row.link.is_empty() => "no source",
            None => "link only",
        };
        *publishers.entry(publisher).or_default() += 1;
        documents.push(&row.document);
    }
    documents.sort_unstable();
    documents.dedup();
    census.documents = documents.len();
    census.publishers = publishers.into_iter().map(|(name, rows)| (name.to_owned(), rows)).collect();
    census.publishers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    census
}
