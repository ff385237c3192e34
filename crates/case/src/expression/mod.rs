//! Logical rules: `not`, `and`, `or`, `implies`, `IF`, `IFF`, and counts such as `at-most 2 of (…)`.
//!
//! One language serves the constraints of a case and the models of other files. [`parse()`] reads a text to an expression over the atoms as they
//! are written; [`Expression::try_map`] gives the atoms their meaning; [`Expression::evaluate`] and [`Expression::clauses`] use it, and
//! [`Expression::in_words`] tells it.
//!
//! ```text
//! expression := or [("implies" | "IF" | "IFF") or]
//! or         := and (("or" | "|") and)*
//! and        := unary (("and" | "&") unary)*
//! unary      := ("not" | "-") unary | "(" expression ")" | count | atom
//! count      := "exclude" list | ("at-most" | "at-least" | "exactly") NUMBER "of" list
//! list       := "(" expression ("," expression)* ")"
//! atom       := name ["=" name | "in" set] | question
//! question   := name"(" [argument ("," argument)*] ")" ["=" value | "in" set | "includes" (value | set) | ("<" | "<=" | ">" | ">=") value]
//! argument   := [key":"] (value | set)
//! set        := "{" name ("," name)* "}"
//! ```
//!
//! Questions are for claims alone ([`crate::claim`]): `rounds(country: BY, from: 2022-02, to: 2022-04) >= 3`. The bracket stands at the name.
//!
//! Words of the language may be written in any case. A name that is one of them, or that holds a space or a sign of the language, stands
//! between apostrophes: `'at the border' = 'not'`; an apostrophe within is doubled. `a IF b` is `b implies a`.

mod clauses;
mod in_words;
mod parse;
mod question;

use std::fmt;
use std::ops::Range;

pub use clauses::{Counting, Literal, MOST_CLAUSES, TooLarge};
pub use parse::{DEEPEST, LONGEST, MOST_ATOMS, parse};
pub use question::{Argument, Question, Sign, Test};

/// A logical expression over atoms. What [`parse()`] makes has at least one entry in every list and is at most [`DEEPEST`] levels deep.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expression<A> {
    /// A statement that holds or does not.
    Atom(A),
    /// The entry does not hold.
    Not(Box<Expression<A>>),
    /// All entries hold.
    All(Vec<Expression<A>>),
    /// At least one entry holds.
    Any(Vec<Expression<A>>),
    /// If the first holds, the second does.
    Implies(Box<Expression<A>>, Box<Expression<A>>),
    /// Both hold or neither does.
    Iff(Box<Expression<A>>, Box<Expression<A>>),
    /// Of the entries, at least so many and at most so many hold.
    Count {
        /// The least number that hold.
        at_least: usize,
        /// The greatest number that hold.
        at_most: usize,
        /// The entries; one that is written twice counts twice.
        of: Vec<Expression<A>>,
    },
}

/// An atom as it is written, with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Atom {
    /// A bare name.
    Name(Name),
    /// `name = option` or `name in {option, …}`.
    OneOf {
        /// What is asked about.
        name: Name,
        /// Its answers, of which one holds; at least one.
        options: Vec<Name>,
    },
    /// A question to the record, and what its answer is compared with. Only claims ask any.
    Question(Question),
}

/// A name with its place in the text, in bytes. Two names are equal if their words are.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name, without apostrophes.
    pub text: Box<str>,
    /// Where it stands, apostrophes included.
    pub span: Range<usize>,
}

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionError {
    /// The bytes of the text that are at fault; empty at its end.
    pub span: Range<usize>,
    /// What was found and what was expected.
    pub message: String,
    /// How it may be mended.
    pub hint: String,
}

impl fmt::Display for ExpressionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ExpressionError {}

impl<A> Expression<A> {
    /// Whether it holds where `holds` says which atoms do. Cost: at most one call an atom.
    pub fn evaluate(&self, holds: &impl Fn(&A) -> bool) -> bool {
        match self {
            Expression::Atom(atom) => holds(atom),
            Expression::Not(entry) => !entry.evaluate(holds),
            Expression::All(entries) => entries.iter().all(|entry| entry.evaluate(holds)),
            Expression::Any(entries) => entries.iter().any(|entry| entry.evaluate(holds)),
            Expression::Implies(first, second) => !first.evaluate(holds) || second.evaluate(holds),
            Expression::Iff(first, second) => first.evaluate(holds) == second.evaluate(holds),
            Expression::Count { at_least, at_most, of } => {
                let count = of.iter().filter(|entry| entry.evaluate(holds)).count();
                (*at_least..=*at_most).contains(&count)
            }
        }
    }

    /// The same expression over other atoms.
    pub fn map_atoms<B>(self, map: &mut impl FnMut(A) -> B) -> Expression<B> {
        match self.try_map(&mut |atom| Ok::<B, std::convert::Infallible>(map(atom))) {
            Ok(expression) => expression,
            Err(never) => match never {},
        }
    }

    /// The same expression over other atoms, if all of them can be had.
    ///
    /// # Errors
    /// The first that `map` gives, from left to right.
    pub fn try_map<B, E>(self, map: &mut impl FnMut(A) -> Result<B, E>) -> Result<Expression<B>, E> {
        let mut list = |entries: Vec<Expression<A>>| -> Result<Vec<Expression<B>>, E> {
            entries.into_iter().map(|entry| entry.try_map(map)).collect()
        };
        Ok(match self {
            Expression::All(entries) => Expression::All(list(entries)?),
            Expression::Any(entries) => Expression::Any(list(entries)?),
            Expression::Count { at_least, at_most, of } => Expression::Count { at_least, at_most, of: list(of)? },
            Expression::Atom(atom) => Expression::Atom(map(atom)?),
            Expression::Not(entry) => Expression::Not(Box::new(entry.try_map(map)?)),
            Expression::Implies(first, second) => {
                Expression::Implies(Box::new(first.try_map(map)?), Box::new(second.try_map(map)?))
            }
            Expression::Iff(first, second) => {
                Expression::Iff(Box::new(first.try_map(map)?), Box::new(second.try_map(map)?))
            }
        })
    }

    /// The atoms, from left to right; one that is written twice comes twice.
    #[must_use]
    pub fn atoms(&self) -> Vec<&A> {
        let mut atoms = Vec::new();
        let mut rest = vec![self];
        while let Some(expression) = rest.pop() {
            match expression {
                Expression::Atom(atom) => atoms.push(atom),
                Expression::Not(entry) => rest.push(entry),
                Expression::All(of) | Expression::Any(of) | Expression::Count { of, .. } => {
                    rest.extend(of.iter().rev())
                }
                Expression::Implies(first, second) | Expression::Iff(first, second) => rest.extend([&**second, first]),
            }
        }
        atoms
    }
}

/// The text of an expression, which [`parse()`] reads back to the same expression.
impl<A: fmt::Display> fmt::Display for Expression<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expression::Atom(atom) => atom.fmt(f),
            Expression::Not(entry) => {
                f.write_str("not ")?;
                entry.within(f)
            }
            Expression::All(entries) => joined(entries, " and ", f),
            Expression::Any(entries) => joined(entries, " or ", f),
            Expression::Implies(first, second) => {
                first.within(f)?;
                f.write_str(" implies ")?;
                second.within(f)
            }
            Expression::Iff(first, second) => {
                first.within(f)?;
                f.write_str(" IFF ")?;
                second.within(f)
            }
            Expression::Count { at_least, at_most, of } => {
                match (*at_least, *at_most) {
                    (0, most) if most + 1 == of.len() => f.write_str("exclude(")?,
                    (least, most) if least == most => write!(f, "exactly {least} of (")?,
                    (0, most) => write!(f, "at-most {most} of (")?,
                    (least, _) => write!(f, "at-least {least} of (")?,
                }
                for (place, entry) in of.iter().enumerate() {
                    f.write_str(if place == 0 { "" } else { ", " })?;
                    entry.fmt(f)?;
                }
                f.write_str(")")
            }
        }
    }
}

impl<A: fmt::Display> Expression<A> {
    /// The text of an entry of another expression.
    fn within(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expression::Atom(_) | Expression::Not(_) | Expression::Count { .. } => write!(f, "{self}"),
            _ => write!(f, "({self})"),
        }
    }
}

fn joined<A: fmt::Display>(entries: &[Expression<A>], word: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (place, entry) in entries.iter().enumerate() {
        f.write_str(if place == 0 { "" } else { word })?;
        entry.within(f)?;
    }
    Ok(())
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Atom::Name(name) => name.fmt(f),
            Atom::OneOf { name, options } => match options.as_slice() {
                [option] => write!(f, "{name} = {option}"),
                options => {
                    write!(f, "{name} in ")?;
                    question::set(options, f)
                }
            },
            Atom::Question(question) => question.fmt(f),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if parse::is_plain(&self.text) {
            f.write_str(&self.text)
        } else {
            write!(f, "'{}'", self.text.replace('\'', "''"))
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl Eq for Name {}
impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Name {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}
impl std::hash::Hash for Name {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
