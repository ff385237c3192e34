//! The topics of a case, from the texts of a column.

use std::collections::{BTreeMap, BTreeSet};

use crate::names::normalise;

/// A topic, from all texts that differ only in capitals, spaces and the like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicFound {
    /// Its id in the case.
    pub id: String,
    /// Its title: the text as it stands first.
    pub title: String,
    /// The other spellings of it.
    pub variants: Vec<String>,
    /// The number of its statements.
    pub statements: usize,
}

/// The topic of statements for which no column says one.
pub(super) const UNSORTED: &str = "unsorted";

/// The longest id (letters).
const LONGEST_ID: usize = 40;

/// The topics of some texts, in the order in which they first stand, and the place of each text's topic.
pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>) -> (Vec<TopicFound>, Vec<usize>) {
    let mut topics: Vec<TopicFound> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut ids = FreeIds::default();
    let mut spellings: BTreeSet<&str> = BTreeSet::new();
    let mut of_texts = Vec::new();
    for text in texts {
        let title = if text.is_empty() { UNSORTED } else { text };
        let place = *places.entry(normalise(title)).or_insert_with(|| {
            topics.push(TopicFound {
                id: ids.next(slug(title)),
                title: title.to_owned(),
                variants: Vec::new(),
                statements: 0,
            });
            topics.len() - 1
        });
        let topic = &mut topics[place];
        topic.statements += 1;
        if spellings.insert(title) && topic.title != title {
            topic.variants.push(title.to_owned());
        }
        of_texts.push(place);
    }
    (topics, of_texts)
}

/// Ids that are taken, and the next number for each text that was wanted.
#[derive(Default)]
struct FreeIds {
    taken: BTreeSet<String>,
    numbers: BTreeMap<String, u32>,
}

impl FreeIds {
    /// The id, or the id with the next number that is free.
    fn next(&mut self, wanted: String) -> String {
        let number = self.numbers.entry(wanted.clone()).or_insert(1);
        let mut id = wanted.clone();
        while !self.taken.insert(id.clone()) {
            *number += 1;
            id = format!("{wanted}_{number}");
        }
        id
    }
}

/// A short id that can be read: small letters of any script and digits, with `_` for all else.
fn slug(text: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    let mut slug = String::new();
    for word in normalise(text).split(|c| !is_part(c)).filter(|word| !word.is_empty()) {
        let gap = if slug.is_empty() { "" } else { "_" };
        if !slug.is_empty() && slug.chars().count() + 1 + word.chars().count() > LONGEST_ID {
            break;
        }
        slug = format!("{slug}{gap}{}", word.chars().take(LONGEST_ID).collect::<String>());
    }
    if slug.is_empty() { "topic".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_differ_in_capitals_and_spaces_are_one_topic() {
        let (topics, places) = of(["Статус Криму", "статус  криму", "Borders", "Статус Криму"].into_iter());
        assert_eq!(places, [0, 0, 1, 0]);
        assert_eq!(
            (topics[0].id.as_str(), topics[0].title.as_str(), topics[0].statements),
            ("статус_криму", "Статус Криму", 3)
        );
        assert_eq!(topics[0].variants, ["статус  криму"]);
    }

    #[test]
    fn ids_can_be_read_and_no_two_are_the_same() {
        let (topics, _) = of(["Borders: 1991/2014?", "borders 1991 2014", "???", "", "!"].into_iter());
        let ids: Vec<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
        assert_eq!(ids, ["borders_1991_2014", "borders_1991_2014_2", "topic", "unsorted", "topic_2"]);
        let long = slug("The withdrawal of all forces from the territories taken since the beginning");
        assert_eq!(long, "the_withdrawal_of_all_forces_from_the");
    }
}
