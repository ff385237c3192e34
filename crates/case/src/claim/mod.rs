//! `claims.toml`: what an analyst says of a case, to be tested against its rows.
//!
//! 1. [`forms`] lists the questions that a claim may ask; [`predicate`] is a question with its arguments resolved.
//! 2. `arguments` and `questions` make the one from the other; `read` goes through the file.
//!
//! A question never matches the words of a statement: it asks of codes, dates, places and numbers alone.

mod arguments;
pub mod forms;
pub mod predicate;
mod questions;
mod read;

use crate::case::Case;
use crate::expression::Expression;
use crate::ids::{Id, List};
use crate::marking::Marking;
use crate::when::When;
use predicate::{Named, Predicate};

pub(crate) use read::read;

/// The file's name.
pub const FILE: &str = "claims.toml";

/// What the file unlocks.
pub const UNLOCKS: &str = "claims under test";

/// The schema number that this version reads.
pub const SCHEMA: i64 = 1;

/// The most claims that are read.
pub const MOST_CLAIMS: usize = 1000;

/// The keys of a claim: (key, whether every claim has it, what stands in it).
pub const KEYS: [(&str, bool, &str); 12] = [
    ("id", true, "id of the claim"),
    ("text", true, "the claim in words"),
    ("number", false, "its number, for people; from 0"),
    (
        "predicate",
        false,
        "what has to hold, as questions to the record; with parts, their ids stand in it, and all of them have to hold if it is missing",
    ),
    ("at", false, "the day of questions that name none"),
    ("from", false, "the first day of questions that name none"),
    ("to", false, "the last day of questions that name none"),
    ("within", false, "the first and the last day at once: a month or a year"),
    ("reason", false, "why these questions stand for the words"),
    ("note", false, "note"),
    ("marking", false, "public, restricted or confidential"),
    ("part", false, "parts of the claim, each with days and a verdict of its own: sections `[[claim.part]]`"),
];

/// The keys of a part.
pub const PART_KEYS: [(&str, bool, &str); 8] = [
    ("id", true, "id of the part within the claim; it stands for it in `predicate` of the claim"),
    ("text", true, "the part in words"),
    (
        "predicate",
        false,
        "what has to hold, as questions to the record; a part without one has no data, and `note` says why none speaks to it",
    ),
    ("at", false, "as above; those of the claim if the part has none"),
    ("from", false, "as above"),
    ("to", false, "as above"),
    ("within", false, "as above"),
    ("note", false, "note; needed where there is no `predicate`"),
];

/// Days that questions have where they name none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    /// The day.
    pub at: Option<When>,
    /// The first day of a window.
    pub from: Option<When>,
    /// The last day of a window.
    pub to: Option<When>,
}

/// A statement to be tested.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Id, as the file writes it.
    pub id: Box<str>,
    /// The claim in words.
    pub text: Box<str>,
    /// Its number, for people.
    pub number: Option<u32>,
    /// Its days.
    pub times: Times,
    /// What has to hold, as it is written; empty if all parts have to.
    pub written: Box<str>,
    /// What has to hold.
    pub holds: Expression<Term>,
    /// Its parts.
    pub parts: Vec<Part>,
    /// Why these questions stand for the words.
    pub reason: Box<str>,
    /// Note.
    pub note: Box<str>,
    /// Marking of its own.
    pub marking: Option<Marking>,
}

/// A part of a claim.
#[derive(Clone, Debug)]
pub struct Part {
    /// Id within the claim.
    pub id: Box<str>,
    /// The part in words.
    pub text: Box<str>,
    /// Its days.
    pub times: Times,
    /// What has to hold, as it is written.
    pub written: Box<str>,
    /// What has to hold; none where no question speaks to it.
    pub holds: Option<Expression<Asked>>,
    /// Note.
    pub note: Box<str>,
}

/// A question as it is written, and what it asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// As it is written.
    pub written: Box<str>,
    /// What it asks.
    pub predicate: Predicate,
}

/// What the expression of a claim is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// One of its parts, by its place.
    Part(usize),
    /// A question.
    Asked(Asked),
}

impl Claim {
    /// The questions of the claim and of its parts.
    pub fn questions(&self) -> impl Iterator<Item = &Asked> {
        let own = self.holds.atoms().into_iter().filter_map(|term| match term {
            Term::Asked(asked) => Some(asked),
            Term::Part(_) => None,
        });
        own.chain(self.parts.iter().flat_map(|part| part.holds.iter().flat_map(Expression::atoms)))
    }

    /// Tells everything that its questions name, to be changed in place.
    pub(crate) fn tell_names(&mut self, to: &mut dyn Named) {
        let mut tell = |mut asked: Asked| {
            asked.predicate.tell_names(to);
            asked
        };
        self.holds = self.holds.clone().map_atoms(&mut |term| match term {
            Term::Asked(asked) => Term::Asked(tell(asked)),
            part => part,
        });
        for part in &mut self.parts {
            part.holds = part.holds.take().map(|holds| holds.map_atoms(&mut tell));
        }
    }
}

/// The groups of the issues of a case.
pub(crate) fn groups(issues: &List<crate::issue::Issue>) -> Vec<&str> {
    let mut groups: Vec<&str> = issues.iter().map(|issue| &*issue.group).filter(|group| !group.is_empty()).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

impl Case {
    /// A claim by its id.
    #[must_use]
    pub fn claim(&self, id: &str) -> Option<(Id<Claim>, &Claim)> {
        self.claims.with_ids().find(|(_, claim)| *claim.id == *id)
    }
}
