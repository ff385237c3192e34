//! The language of logical rules: what it reads, what it refuses, and what a rule comes apart into.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use std::collections::BTreeSet;

use detente_case::expression::{Atom, DEEPEST, Expression, LONGEST, MOST_ATOMS, parse};
use proptest::prelude::*;
use proptest::sample::select;

fn shown(text: &str) -> String {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).to_string()
}

/// Whether a rule over one-letter names holds where those in `true_names` do.
fn holds(text: &str, true_names: &str) -> bool {
    let named = |atom: &Atom| match atom {
        Atom::Name(name) => true_names.contains(&*name.text),
        Atom::OneOf { .. } | Atom::Question(_) => panic!("{text}"),
    };
    parse(text).unwrap().evaluate(&named)
}

#[test]
fn signs_and_words_say_the_same() {
    assert_eq!(shown("a & b | -c"), shown("a AND b or NOT c"));
    assert_eq!(shown("- a"), "not a");
    assert_eq!(shown("--a"), "not not a");
    assert_eq!(shown("-(a | b)"), "not (a or b)");
    assert_eq!(shown("a-b & c_1.2"), "a-b and c_1.2");
}

#[test]
fn not_binds_closest_then_and_then_or_then_implies() {
    assert_eq!(shown("not a and b or c implies d"), "((not a and b) or c) implies d");
    assert_eq!(shown("a or b and c"), "a or (b and c)");
    assert_eq!(shown("a implies b or c"), "a implies (b or c)");
    assert_eq!(shown("a IFF not b"), "a IFF not b");
}

#[test]
fn if_is_implies_the_other_way_round() {
    assert_eq!(shown("blockade IF -withdraw"), "not withdraw implies blockade");
    assert_eq!(parse("a IF b"), parse("b implies a"));
}

#[test]
fn issues_have_options() {
    assert_eq!(shown("land=none implies sea in { open,shared }"), "land = none implies sea in {open, shared}");
    assert_eq!(shown("sea in {open}"), "sea = open");
    assert_eq!(shown("number = -5"), "number = '-5'");
    assert_eq!(shown("in = exclude"), "'in' = 'exclude'");
}

#[test]
fn names_between_apostrophes_are_any_names() {
    let Expression::Atom(Atom::OneOf { name, options }) = parse("'the ''sea'' (all)' = 'not'").unwrap() else {
        panic!()
    };
    assert_eq!((&*name.text, &*options[0].text), ("the 'sea' (all)", "not"));
    assert_eq!((name.span, options[0].span.clone()), (0..19, 22..27));
}

#[test]
fn counts_count() {
    for (rule, names, expected) in [
        ("at-most 1 of (a, b, c)", "a", true),
        ("at-most 1 of (a, b, c)", "ab", false),
        ("at-least 2 of (a, b, c)", "ac", true),
        ("at-least 2 of (a, b, c)", "c", false),
        ("exactly 2 of (a, not b, c)", "a", true),
        ("exactly 2 of (a, not b, c)", "abc", true),
        ("exactly 2 of (a, not b, c)", "ac", false),
        ("exclude(a, b)", "a", true),
        ("exclude(a, b)", "ab", false),
        ("a or b implies exclude(c, d)", "acd", false),
        ("a IFF b", "", true),
        ("a IFF b", "b", false),
    ] {
        assert_eq!(holds(rule, names), expected, "{rule} with {names}");
    }
}

#[test]
fn a_fault_is_named_with_its_place_and_how_to_mend_it() {
    for (text, at, message, hint) in [
        ("", "", "found the end of the rule; expected a statement", "a rule looks like"),
        ("land = none implies", "", "found the end of the rule", "a rule looks like"),
        ("(a and b", "(", "never closed", "add `)`"),
        ("a)", ")", "closes nothing", "take it out"),
        ("a implies b implies c", "implies", "can be read in two ways", "parentheses"),
        ("a IFF b IF c", "IF", "can be read in two ways", "parentheses"),
        ("land == none", "=", "found `=`; expected an option", "one `=`"),
        ("land != none", "!", "no sign of this language", "not a = b"),
        ("\"land\" = none", "\"", "no sign of this language", "apostrophes"),
        ("land border = none", "border", "found `border`", "several words stands between apostrophes"),
        ("'land = none", "'land = none", "never closed", "double it"),
        ("'' = none", "''", "is empty", "write a name"),
        ("land in none", "none", "expected options between braces", "apostrophes"),
        ("land in {none some}", "some", "expected `,` or `}`", "apostrophes"),
        ("if a implies b", "if", "found `if`; expected a statement", "a implies b"),
        ("at-most 3 of (a, b)", "3", "`at-most 3` of a list of 2", "from 0 to 2"),
        ("at-least 1 (a, b)", "(", "expected `of` and a list", ""),
        ("at-most 2x of (a, b)", "2x", "expected a whole number", ""),
        ("exclude()", ")", "expected a statement", ""),
        ("a & & b", "&", "expected a statement", "operator"),
    ] {
        let error = parse(text).unwrap_err();
        assert_eq!(&text[error.span.clone()], at, "{text}: {error:?}");
        assert!(error.message.contains(message), "{text}: {error:?}");
        assert!(error.hint.contains(hint) && !error.hint.is_empty(), "{text}: {error:?}");
    }
}

#[test]
fn long_deep_and_wide_rules_are_refused() {
    let within = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(shown(&within(100)), "a");
    assert!(parse(&within(101)).unwrap_err().message.contains("levels"));
    assert!(parse(&within(1_000_000)).unwrap_err().message.contains("bytes"));
    assert!(parse(&"-".repeat(60_000)).unwrap_err().message.contains("levels"));
    let negations = |count: usize| parse(&format!("{}a", "not ".repeat(count)));
    assert!(negations(DEEPEST - 1).is_ok());
    assert!(negations(DEEPEST).unwrap_err().message.contains("levels"));
    let wide = |atoms: usize| parse(&vec!["a"; atoms].join("|"));
    assert!(wide(MOST_ATOMS).is_ok());
    assert!(wide(MOST_ATOMS + 1).unwrap_err().message.contains("statements"));
    assert!(parse(&"a".repeat(LONGEST)).is_ok());
    assert!(parse(&"a".repeat(LONGEST + 1)).is_err());
}

#[test]
fn simple_rules_come_apart_into_one_count() {
    let clauses = |text: &str| -> Vec<String> {
        let show = |rule: &detente_case::expression::Counting<Atom>| {
            let literal =
                |l: &detente_case::expression::Literal<Atom>| format!("{}{}", if l.negated { "-" } else { "" }, l.atom);
            let literals: Vec<String> = rule.literals.iter().map(literal).collect();
            format!("{}..{} of {}", rule.at_least, rule.at_most, literals.join(" "))
        };
        parse(text).unwrap().clauses().unwrap().iter().map(show).collect()
    };
    assert_eq!(clauses("a and b implies c"), ["1..3 of -a -b c"]);
    assert_eq!(clauses("exclude(a, -b, c)"), ["0..2 of a -b c"]);
    assert_eq!(clauses("exactly 2 of (a, b, c) and d"), ["2..2 of a b c", "1..1 of d"]);
    assert_eq!(clauses("not at-least 2 of (a, b, c)"), ["0..1 of a b c"]);
    assert_eq!(clauses("a IFF b"), ["1..2 of -a b", "1..2 of a -b"]);
    assert_eq!(clauses("a or not a"), Vec::<String>::new());
    assert_eq!(clauses("at-least 0 of (a, b)"), Vec::<String>::new());
}

#[test]
fn rules_that_would_explode_are_refused_at_once() {
    let names = |count: usize| (0..count).map(|number| format!("a{number}")).collect::<Vec<_>>();
    // 2^40 clauses.
    let pairs: Vec<String> = (0..40).map(|number| format!("(a{number} and b{number})")).collect();
    assert!(parse(&pairs.join(" or ")).unwrap().clauses().is_err());
    // 20 of 40, but not at the outside.
    let half = format!("x or at-least 20 of ({})", names(40).join(", "));
    assert!(parse(&half).unwrap().clauses().is_err());
    // Every level doubles the work, though nothing remains of it.
    let nested = (0..30).fold("a".to_owned(), |inner, _| format!("a IFF ({inner})"));
    assert!(parse(&nested).unwrap().clauses().is_err());
    let wide = format!("at-most 200 of ({})", names(400).join(", "));
    assert_eq!(parse(&wide).unwrap().clauses().unwrap().len(), 1);
}

/// Expressions as the reader makes them, over five names.
fn expressions() -> impl Strategy<Value = Expression<u8>> {
    let atom = (0..5_u8).prop_map(Expression::Atom);
    atom.prop_recursive(3, 12, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 1..4);
        let several = prop::collection::vec(inner.clone(), 2..4);
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            inner.prop_map(|entry| Expression::Not(Box::new(entry))),
            several.clone().prop_map(Expression::All),
            several.prop_map(Expression::Any),
            pair.clone().prop_map(|(a, b)| Expression::Implies(Box::new(a), Box::new(b))),
            pair.prop_map(|(a, b)| Expression::Iff(Box::new(a), Box::new(b))),
            (list, 0..4_usize, 0..3_usize).prop_map(|(of, number, kind)| {
                let number = number.min(of.len());
                let (at_least, at_most) = [(0, number), (number, of.len()), (number, number)][kind];
                Expression::Count { at_least, at_most, of }
            }),
        ]
    })
}

proptest! {
    #[test]
    fn the_rules_that_an_expression_comes_apart_into_say_what_it_says(expression in expressions()) {
        let rules = expression.clauses().unwrap();
        for assignment in 0..32_u32 {
            let holds = |atom: &u8| assignment >> atom & 1 == 1;
            prop_assert_eq!(rules.iter().all(|rule| rule.evaluate(&holds)), expression.evaluate(&holds));
        }
    }

    #[test]
    fn what_is_written_is_read_back(
        expression in expressions(),
        names in prop::collection::vec(prop_oneof![
            select(&["land = a", "land in {a, b}", "x", "'not'", "'two words' = '-1'", "'it''s' in {'(', b}", "'é\u{a0}ü'"][..]),
        ], 5),
    ) {
        let atom = |text: &str| match parse(text).unwrap() {
            Expression::Atom(atom) => atom,
            other => panic!("{other}"),
        };
        let expression = expression.map_atoms(&mut |number| atom(names[usize::from(number)]));
        let written = expression.to_string();
        prop_assert_eq!(parse(&written), Ok(expression), "{}", written);
    }

    #[test]
    fn atoms_come_from_left_to_right(expression in expressions()) {
        let mut seen = Vec::new();
        let copy = expression.clone().map_atoms(&mut |atom| { seen.push(atom); atom });
        prop_assert_eq!(&copy, &expression);
        prop_assert_eq!(expression.atoms().into_iter().copied().collect::<Vec<_>>(), seen);
    }

    #[test]
    fn no_text_makes_the_reader_stumble(pieces in prop::collection::vec(select(&[
        "a", "b", " ", "not ", "-", "and", "or", " implies ", " IF ", " IFF ", "(", ")", "{", "}", ",", "=", "&", "|", "in", "'", "''",
        "exclude", "at-most ", "at-least", "exactly", " of ", "2", "999999999999999999999", "é", "\u{a0}", "!", "\"", "\n",
    ][..]), 0..24)) {
        let text = pieces.concat();
        match parse(&text) {
            Ok(expression) => prop_assert_eq!(parse(&expression.to_string()), Ok(expression)),
            Err(error) => {
                prop_assert!(text.get(error.span.clone()).is_some(), "{:?} {:?}", text, error);
                prop_assert!(!error.message.is_empty() && !error.hint.is_empty());
            }
        }
    }

    #[test]
    fn every_atom_of_the_rules_is_one_of_the_expression(expression in expressions()) {
        let known: BTreeSet<u8> = expression.atoms().into_iter().copied().collect();
        for rule in expression.clauses().unwrap() {
            prop_assert!(rule.literals.iter().all(|literal| known.contains(&literal.atom)));
        }
    }
}
