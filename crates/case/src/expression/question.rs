//! Questions to the record, as claims ask them: `rounds(country: BY, from: 2022-02) >= 3`.

use std::fmt;

use super::{Name, parse};

/// A question with its arguments, and what its answer is compared with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question {
    /// What is asked.
    pub name: Name,
    /// About what, in the order in which it is written.
    pub arguments: Vec<Argument>,
    /// What the answer is compared with; none where the question is answered by yes or no.
    pub test: Option<Test>,
}

/// One argument: `from: 2022-02`, `{lull, stalemate}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Argument {
    /// Its key; none where its place says what it is.
    pub key: Option<Name>,
    /// Its values; at least one.
    pub values: Vec<Name>,
}

/// What an answer is compared with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Test {
    /// How.
    pub sign: Sign,
    /// With what; at least one, and exactly one after `<`, `<=`, `>` and `>=`.
    pub values: Vec<Name>,
}

/// How an answer is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sign {
    /// It is one of these: `= a`, `in {a, b}`.
    Is,
    /// It is a set, and these are in it: `includes a`, `includes {a, b}`.
    Includes,
    /// It is less.
    Less,
    /// It is at most so much.
    AtMost,
    /// It is more.
    More,
    /// It is at least so much.
    AtLeast,
}

impl Sign {
    /// The sign before one value.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Sign::Is => "=",
            Sign::Includes => "includes",
            Sign::Less => "<",
            Sign::AtMost => "<=",
            Sign::More => ">",
            Sign::AtLeast => ">=",
        }
    }
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A word of the language is no name, but before a bracket it cannot be taken for one.
        write!(f, "{}(", self.name.text)?;
        for (place, argument) in self.arguments.iter().enumerate() {
            f.write_str(if place == 0 { "" } else { ", " })?;
            argument.fmt(f)?;
        }
        f.write_str(")")?;
        let Some(test) = &self.test else { return Ok(()) };
        match (test.sign, test.values.as_slice()) {
            (sign, [value]) => write!(f, " {} {value}", sign.text()),
            (sign, values) => {
                f.write_str(if sign == Sign::Is { " in " } else { " includes " })?;
                set(values, f)
            }
        }
    }
}

impl fmt::Display for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(key) = &self.key {
            write!(f, "{}: ", key.text)?;
        }
        match self.values.as_slice() {
            // Where no key stands before it, a colon would make one of it.
            [value] if value.text.contains(':') && parse::is_plain(&value.text) => write!(f, "'{}'", value.text),
            [value] => value.fmt(f),
            values => set(values, f),
        }
    }
}

/// Names between braces.
pub(super) fn set(names: &[Name], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (place, name) in names.iter().enumerate() {
        write!(f, "{}{name}", if place == 0 { "{" } else { ", " })?;
    }
    f.write_str("}")
}
