//! Which row of one coding is which row of another.

use std::collections::BTreeMap;

use detente_case::coding::{Coded, FoundBy, number, whole};
use detente_case::natural_order;

/// The rows of two codings, by their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pairing {
    /// Rows that stand for the same statement and issue, in the order of the first coding.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Rows of the first coding without one in the second.
    pub(super) only_first: Vec<usize>,
    /// Rows of the second coding without one in the first.
    pub(super) only_second: Vec<usize>,
}

/// By what the rows of two codings are found in each other: whatever both can be found by.
pub(super) fn common(first: FoundBy, second: FoundBy) -> FoundBy {
    match (first, second) {
        (FoundBy::Document, FoundBy::Document) => FoundBy::Document,
        (FoundBy::Number, _) | (_, FoundBy::Number) => FoundBy::Number,
        _ => FoundBy::Id,
    }
}

/// The statement to which a row belongs; none if it cannot be told.
pub(super) fn statement<C>(row: &Coded<C>, by: FoundBy) -> Option<&str> {
    match by {
        FoundBy::Id => Some(whole(&row.id)),
        FoundBy::Number => number(&row.id).map(|(_, number)| number),
        FoundBy::Document => Some(&row.document),
    }
}

/// Pairs the rows of two codings: those of one statement, actor and issue. Where one coding has several of these, equal ids are
/// paired first; the others are paired in the order of their ids if both codings have as many of them, and else not at all.
pub(super) fn pair<C>(first: &[Coded<C>], second: &[Coded<C>], by: FoundBy) -> Pairing {
    let with_actors = first.iter().chain(second).all(|row| !row.actor.is_empty());
    let mut groups: BTreeMap<[&str; 3], [Vec<usize>; 2]> = BTreeMap::new();
    let mut pairing = Pairing::default();
    for (side, rows) in [first, second].into_iter().enumerate() {
        for (place, row) in rows.iter().enumerate() {
            match statement(row, by) {
                Some(statement) => {
                    let actor = if with_actors { &*row.actor } else { "" };
                    groups.entry([statement, actor, &row.issue]).or_default()[side].push(place);
                }
                None => [&mut pairing.only_first, &mut pairing.only_second][side].push(place),
            }
        }
    }
    for [mut ours, mut theirs] in groups.into_values() {
        ours.retain(|one| match theirs.iter().position(|other| first[*one].id == second[*other].id) {
            Some(found) => {
                pairing.pairs.push((*one, theirs.remove(found)));
                false
            }
            None => true,
        });
        if ours.len() == theirs.len() {
            ours.sort_by(|a, b| natural_order(&first[*a].id, &first[*b].id));
            theirs.sort_by(|a, b| natural_order(&second[*a].id, &second[*b].id));
            pairing.pairs.extend(ours.into_iter().zip(theirs));
        } else {
            pairing.only_first.extend(ours);
            pairing.only_second.extend(theirs);
        }
    }
    pairing.pairs.sort_unstable();
    pairing.only_first.sort_unstable();
    pairing.only_second.sort_unstable();
    pairing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &[(&str, &str)]) -> Vec<Coded<()>> {
        let row = |(id, issue): &(&str, &str)| Coded {
            id: (*id).into(),
            document: "".into(),
            actor: "A".into(),
            issue: (*issue).into(),
            date: "".into(),
            words: "".into(),
            codes: (),
        };
        texts.iter().map(row).collect()
    }

    /// The pairs by id, and the ids of the rows that are left.
    fn paired(first: &[(&str, &str)], second: &[(&str, &str)], by: FoundBy) -> (Vec<String>, Vec<String>) {
        let (first, second) = (rows(first), rows(second));
        let found = pair(&first, &second, by);
        let pairs = found.pairs.iter().map(|(one, other)| format!("{}={}", first[*one].id, second[*other].id));
        let left = found.only_first.iter().map(|place| first[*place].id.to_string());
        (pairs.collect(), left.chain(found.only_second.iter().map(|place| second[*place].id.to_string())).collect())
    }

    fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
        texts.map(str::to_owned).to_vec()
    }

    #[test]
    fn letters_of_parts_need_not_agree_where_the_issue_does() {
        let first = [("p147a", "land"), ("p147b", "sea")];
        assert_eq!(
            paired(&first, &[("p147", "sea"), ("p147b", "land")], FoundBy::Id).0,
            texts(["p147a=p147b", "p147b=p147"])
        );
    }

    #[test]
    fn ids_meet_row_numbers_by_their_number() {
        let (pairs, left) =
            paired(&[("p022", "land"), ("mine", "land")], &[("22", "land"), ("22", "sea")], FoundBy::Number);
        assert_eq!((pairs, left), (texts(["p022=22"]), texts(["mine", "22"])));
    }

    #[test]
    fn two_of_a_statement_on_one_issue_pair_by_id_then_in_order() {
        let first = [("p1", "land"), ("p1b", "land"), ("p2a", "land"), ("p2b", "land")];
        let second = [("p1b", "land"), ("p2c", "land"), ("p2d", "land")];
        let (pairs, left) = paired(&first, &second, FoundBy::Id);
        assert_eq!((pairs, left), (texts(["p1b=p1b", "p2a=p2c", "p2b=p2d"]), texts(["p1"])));
    }

    #[test]
    fn what_one_split_and_the_other_did_not_is_not_paired() {
        let (pairs, left) = paired(&[("e32a", ""), ("e32b", "")], &[("32", "")], FoundBy::Number);
        assert_eq!((pairs, left), (texts([]), texts(["e32a", "e32b", "32"])));
    }
}
