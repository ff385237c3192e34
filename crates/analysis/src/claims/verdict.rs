//! What is concluded of a claim, and how verdicts of parts combine.

use detente_case::expression::Expression;
use schemars::JsonSchema;
use serde::Serialize;

/// What is concluded of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The rows are as the claim says.
    Supported,
    /// The rows are not as the claim says.
    NotSupported,
    /// The answer differs between what partial dates, ranges or readings leave open.
    NotDetermined,
    /// No row or series bears on it.
    NoData,
}

impl Verdict {
    /// All verdicts, in the order in which they are told.
    pub const ALL: [Verdict; 4] = [Verdict::Supported, Verdict::NotSupported, Verdict::NotDetermined, Verdict::NoData];

    /// The words for people.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::NotSupported => "not supported",
            Verdict::NotDetermined => "not determined",
            Verdict::NoData => "no data",
        }
    }

    /// The verdict of a statement that holds, or does not.
    #[must_use]
    pub fn of(holds: bool) -> Self {
        if holds { Verdict::Supported } else { Verdict::NotSupported }
    }

    /// The verdict where several answers are possible: theirs if they agree; none if there is no answer.
    pub fn of_all(answers: impl IntoIterator<Item = Option<bool>>) -> Self {
        let mut answers = answers.into_iter();
        let Some(first) = answers.next() else { return Verdict::NoData };
        match first.filter(|first| answers.all(|answer| answer == Some(*first))) {
            Some(holds) => Verdict::of(holds),
            None => Verdict::NotDetermined,
        }
    }

    /// The verdict of the opposite.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Verdict::Supported => Verdict::NotSupported,
            Verdict::NotSupported => Verdict::Supported,
            open => open,
        }
    }
}

/// The verdict of an expression by the strong three-valued logic of Kleene (1952), in which what is open is told apart: it is *no data*
/// where anything that it hangs on has none, else *not determined*. What is open decides nothing: `a or b` is supported if `a` is,
/// whatever `b` is.
pub fn combine<A>(expression: &Expression<A>, of: &impl Fn(&A) -> Verdict) -> Verdict {
    match expression {
        Expression::Atom(atom) => of(atom),
        Expression::Not(entry) => combine(entry, of).opposite(),
        Expression::All(entries) => count(entries.len(), entries.len(), entries.iter().map(|entry| combine(entry, of))),
        Expression::Any(entries) => count(1, entries.len(), entries.iter().map(|entry| combine(entry, of))),
        Expression::Implies(first, second) => count(1, 2, [combine(first, of).opposite(), combine(second, of)]),
        Expression::Iff(first, second) => match (combine(first, of), combine(second, of)) {
            (Verdict::NoData, _) | (_, Verdict::NoData) => Verdict::NoData,
            (Verdict::NotDetermined, _) | (_, Verdict::NotDetermined) => Verdict::NotDetermined,
            (first, second) => Verdict::of(first == second),
        },
        Expression::Count { at_least, at_most, of: entries } => {
            count(*at_least, *at_most, entries.iter().map(|entry| combine(entry, of)))
        }
    }
}

/// Whether so many of some verdicts are supported.
fn count(at_least: usize, at_most: usize, verdicts: impl IntoIterator<Item = Verdict>) -> Verdict {
    let mut found = [0_usize; 4];
    for verdict in verdicts {
        found[verdict as usize] += 1;
    }
    let [certain, _, open, unseen] = found;
    let most = certain + open + unseen;
    if certain > at_most || most < at_least {
        Verdict::NotSupported
    } else if certain >= at_least && most <= at_most {
        Verdict::Supported
    } else if unseen > 0 {
        Verdict::NoData
    } else {
        Verdict::NotDetermined
    }
}

/// The places of the atoms, from left to right, that the verdict of an expression hangs on: those that speak for it.
pub fn behind<A>(expression: &Expression<A>, of: &impl Fn(&A) -> Verdict) -> Vec<usize> {
    let verdict = combine(expression, of);
    let mut places = Vec::new();
    walk(expression, Some(true), &mut 0, &mut |place, atom, sense| {
        let said = match sense {
            Some(true) => of(atom) == verdict,
            Some(false) => of(atom).opposite() == verdict,
            // Where an atom counts both ways, its verdict alone does not say for what it speaks.
            None => true,
        };
        if said {
            places.push(place);
        }
    });
    places
}

/// Tells each atom with its place and its sense: as it is, as its opposite, or as either.
fn walk<'e, A>(
    expression: &'e Expression<A>,
    sense: Option<bool>,
    place: &mut usize,
    tell: &mut impl FnMut(usize, &'e A, Option<bool>),
) {
    let opposite = sense.map(|sense| !sense);
    match expression {
        Expression::Atom(atom) => {
            tell(*place, atom, sense);
            *place += 1;
        }
        Expression::Not(entry) => walk(entry, opposite, place, tell),
        Expression::All(entries) | Expression::Any(entries) => {
            entries.iter().for_each(|entry| walk(entry, sense, place, tell));
        }
        Expression::Implies(first, second) => {
            walk(first, opposite, place, tell);
            walk(second, sense, place, tell);
        }
        Expression::Iff(first, second) => {
            walk(first, None, place, tell);
            walk(second, None, place, tell);
        }
        Expression::Count { of, .. } => of.iter().for_each(|entry| walk(entry, None, place, tell)),
    }
}

#[cfg(test)]
mod tests {
    use super::Verdict::{NoData, NotDetermined, NotSupported, Supported};
    use super::*;
    use detente_case::expression::{Atom, parse};
    use proptest::prelude::*;

    fn verdict_of(verdicts: &[Verdict; 4]) -> impl Fn(&Atom) -> Verdict + use<> {
        let verdicts = *verdicts;
        move |atom| match atom {
            Atom::Name(name) => verdicts["abcd".find(&*name.text).unwrap()],
            _ => panic!("only names"),
        }
    }

    fn combined(text: &str, verdicts: [Verdict; 4]) -> Verdict {
        combine(&parse(text).unwrap(), &verdict_of(&verdicts))
    }

    #[test]
    fn what_is_open_decides_nothing() {
        let v = [Supported, NotSupported, NotDetermined, NoData];
        for (text, expected) in [
            ("a and c", NotDetermined),
            ("a and d", NoData),
            ("b and d", NotSupported),
            ("a or d", Supported),
            ("b or c", NotDetermined),
            ("b or d", NoData),
            ("c and d", NoData),
            ("not c", NotDetermined),
            ("not d", NoData),
            ("not a", NotSupported),
            ("d implies a", Supported),
            ("b implies d", Supported),
            ("a implies c", NotDetermined),
            ("a IFF b", NotSupported),
            ("a IFF d", NoData),
            ("at-least 1 of (a, c, d)", Supported),
            ("at-most 1 of (a, c)", NotDetermined),
            ("exactly 1 of (a, b)", Supported),
        ] {
            assert_eq!(combined(text, v), expected, "{text}");
        }
    }

    #[test]
    fn the_atoms_behind_a_verdict_are_those_that_speak_for_it() {
        let behind_of = |text: &str, verdicts| behind(&parse(text).unwrap(), &verdict_of(&verdicts));
        assert_eq!(behind_of("a and b and c", [Supported, NotSupported, NoData, NoData]), [1]);
        assert_eq!(behind_of("a and not b", [Supported, NotSupported, NoData, NoData]), [0, 1]);
        assert_eq!(behind_of("not (a or b)", [Supported, NotSupported, NoData, NoData]), [0]);
        assert_eq!(behind_of("a and c", [Supported, Supported, NoData, NoData]), [1]);
    }

    fn texts() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec!["a", "b", "c", "d"]).prop_map(str::to_owned);
        leaf.prop_recursive(4, 24, 3, |inner| {
            let list = prop::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                inner.clone().prop_map(|text| format!("not ({text})")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(({a}) and ({b}))")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(({a}) or ({b}))")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(({a}) implies ({b}))")),
                (inner.clone(), inner).prop_map(|(a, b)| format!("(({a}) IFF ({b}))")),
                (list, 0..4_usize, 0..3_u8).prop_map(|(list, number, kind)| {
                    let kind = ["at-most", "at-least", "exactly"][usize::from(kind)];
                    format!("{kind} {} of ({})", number.min(list.len()), list.join(", "))
                }),
            ]
        })
    }

    fn verdicts() -> impl Strategy<Value = [Verdict; 4]> {
        prop::array::uniform4(prop::sample::select(Verdict::ALL.to_vec()))
    }

    proptest! {
        #[test]
        fn a_verdict_that_is_reached_is_reached_however_the_open_ones_turn_out(text in texts(), verdicts in verdicts()) {
            let expression = parse(&text).unwrap();
            let told = combine(&expression, &verdict_of(&verdicts));
            let open: Vec<usize> = (0..4).filter(|at| !matches!(verdicts[*at], Supported | NotSupported)).collect();
            for pattern in 0..1_u32 << open.len() {
                let mut closed = verdicts;
                for (bit, at) in open.iter().enumerate() {
                    closed[*at] = Verdict::of(pattern >> bit & 1 == 1);
                }
                let of = verdict_of(&closed);
                // Without anything open it is the logic of two values.
                let plain = expression.evaluate(&|atom| of(atom) == Supported);
                prop_assert_eq!(combine(&expression, &of), Verdict::of(plain));
                if matches!(told, Supported | NotSupported) {
                    prop_assert_eq!(told, Verdict::of(plain));
                }
            }
        }

        #[test]
        fn the_opposite_of_a_claim_has_the_opposite_verdict(text in texts(), verdicts in verdicts()) {
            let told = combined(&text, verdicts);
            prop_assert_eq!(combined(&format!("not ({text})"), verdicts), told.opposite());
            prop_assert_eq!(combined(&format!("not not ({text})"), verdicts), told);
        }

        #[test]
        fn there_is_no_lack_of_data_where_every_atom_has_some(text in texts(), verdicts in verdicts()) {
            let seen = verdicts.map(|verdict| if verdict == NoData { NotDetermined } else { verdict });
            prop_assert_ne!(combined(&text, seen), NoData);
        }
    }
}
