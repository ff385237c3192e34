//! A coding: what one person read in the statements or events of a case, row by row. From a file, from the rows of one coder of
//! the case, or from the case as it stands.

mod file;

use std::collections::BTreeSet;

use crate::case::Case;
use crate::event::{ContactLevel, Direction, EventType};
use crate::issue::OptionPlace;
use crate::position::{Kind, Position, Subject};

pub use file::{STATEMENTS, read, read_issues};

/// How the name of a second coder's sheet begins and ends, where it lies in the folder of the case.
const SHEET: (&str, &str) = ("coding-", ".csv");

/// The name of the sheet of a coder: `coding-`, the letters and digits of the name, `.csv`. None if the name has none.
#[must_use]
pub fn sheet_of(coder: &str) -> Option<String> {
    let words: Vec<String> = coder
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let name = words.join("-");
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
    fits.then(|| format!("{}{name}{}", SHEET.0, SHEET.1))
}

/// Whether a file name is that of a coder's sheet.
#[must_use]
pub fn is_sheet(file: &str) -> bool {
    let name = file.strip_prefix(SHEET.0).and_then(|rest| rest.strip_suffix(SHEET.1));
    name.is_some_and(|name| sheet_of(name).is_some_and(|own| own == file))
}

/// The longest name of a coder in the name of a sheet, in characters.
const LONGEST_NAME: usize = 60;

/// A coding of statements or of events.
#[derive(Clone, Debug)]
pub struct Coding {
    /// What it is called: a file, a coder, or the record.
    pub name: String,
    /// By what its rows are found in another coding.
    pub found_by: FoundBy,
    /// What was coded; the other codes are empty and say nothing.
    pub fields: BTreeSet<CodedField>,
    /// The rows.
    pub rows: Rows,
}

/// What is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodedField {
    /// What a statement does.
    Kind,
    /// What it asks for.
    Options,
    /// What it rules out.
    RulesOut,
    /// What an event is.
    Type,
    /// Its level.
    Level,
    /// Its direction.
    Direction,
    /// Its topics.
    Topics,
}

/// By what the rows of a coding are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// The ids of the case.
    Id,
    /// The numbers of rows.
    Number,
    /// The documents: the rows of one coder have ids of their own.
    Document,
}

/// The rows of a coding.
#[derive(Clone, Debug)]
pub enum Rows {
    /// Of statements.
    Statements(Vec<Coded<StatementCodes>>),
    /// Of events.
    Events(Vec<Coded<EventCodes>>),
}

/// What was coded, and the codes.
#[derive(Clone, Debug)]
pub struct Coded<C> {
    /// Id, or number of the row.
    pub id: Box<str>,
    /// The document, if one is named.
    pub document: Box<str>,
    /// Id of the actor; the text as written if the case has no such actor. Empty for events.
    pub actor: Box<str>,
    /// Id of the issue or topic. Empty for events.
    pub issue: Box<str>,
    /// The day, as written.
    pub date: Box<str>,
    /// The statement or the title of the event.
    pub words: Box<str>,
    /// The codes.
    pub codes: C,
}

/// The codes of a statement. Options are ids, so that codings made before an issue was changed can still be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementCodes {
    /// What it does.
    pub kind: Option<Kind>,
    /// What it asks for.
    pub ask: Option<AskedOptions>,
    /// What it rules out.
    pub rules_out: BTreeSet<Box<str>>,
}

/// Options asked for, by their ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedOptions {
    /// First option asked for.
    pub low: Box<str>,
    /// The option asked for, where one is named.
    pub best: Option<Box<str>>,
    /// Last option asked for.
    pub high: Box<str>,
}

/// The codes of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventCodes {
    /// What it is.
    pub kind: Option<EventType>,
    /// The highest level present.
    pub level: Option<ContactLevel>,
    /// What it means for agreement.
    pub direction: Option<Direction>,
    /// Issues and topics.
    pub topics: BTreeSet<Box<str>>,
}

impl Coding {
    /// The statements of a case as they stand.
    #[must_use]
    pub fn of_statements(case: &Case) -> Coding {
        Coding::of_rows("the record", FoundBy::Id, case, |_| true)
    }

    /// The statements of a case that one person coded; none if nobody of that name did.
    #[must_use]
    pub fn of_coder(case: &Case, coder: &str) -> Option<Coding> {
        let known = coders(case).contains(coder);
        known.then(|| Coding::of_rows(coder, FoundBy::Document, case, |row| *row.coder == *coder))
    }

    /// The statements of a case that a second person has reviewed, found by their documents.
    #[must_use]
    pub fn of_settled(case: &Case) -> Coding {
        Coding::of_rows("the record", FoundBy::Document, case, |row| !row.coder.is_empty() && !row.reviewer.is_empty())
    }

    fn of_rows(name: &str, found_by: FoundBy, case: &Case, keep: impl Fn(&Position) -> bool) -> Coding {
        let rows = case.positions.iter().filter(|row| keep(row)).map(|row| coded(case, row)).collect();
        let fields = [CodedField::Kind, CodedField::Options, CodedField::RulesOut].into();
        Coding { name: name.to_owned(), found_by, fields, rows: Rows::Statements(rows) }
    }

    /// The events of a case as they stand.
    #[must_use]
    pub fn of_events(case: &Case) -> Coding {
        let rows = case.events.iter().map(|row| Coded {
            id: row.id.clone(),
            document: row.id.clone(),
            actor: "".into(),
            issue: "".into(),
            date: row.date.to_string().into(),
            words: row.title.clone(),
            codes: EventCodes {
                kind: Some(row.kind),
                level: Some(row.level),
                direction: Some(row.direction),
                topics: row.topics.iter().map(|topic| case.topics[*topic].id.clone()).collect(),
            },
        });
        Coding {
            name: "the record".to_owned(),
            found_by: FoundBy::Id,
            fields: [CodedField::Type, CodedField::Level, CodedField::Direction, CodedField::Topics].into(),
            rows: Rows::Events(rows.collect()),
        }
    }
}

/// The people who coded statements of a case, by name.
#[must_use]
pub fn coders(case: &Case) -> BTreeSet<&str> {
    case.positions.iter().map(|row| &*row.coder).filter(|coder| !coder.is_empty()).collect()
}

fn coded(case: &Case, row: &Position) -> Coded<StatementCodes> {
    let issue = row.subject.issue();
    let option = |place: OptionPlace| -> Box<str> {
        issue.map(|issue| case.issues[issue].options[place.0 as usize].id.clone()).unwrap_or_default()
    };
    Coded {
        id: row.id.clone(),
        document: row.document.clone(),
        actor: case.actors[row.actor].id.clone(),
        issue: match row.subject {
            Subject::Issue(id) => case.issues[id].id.clone(),
            Subject::Topic(id) => case.topics[id].id.clone(),
        },
        date: row.valid_from.to_string().into(),
        words: row.statement.clone(),
        codes: StatementCodes {
            kind: row.kind,
            ask: row.ask.map(|ask| AskedOptions {
                low: option(ask.low),
                best: ask.best.map(option),
                high: option(ask.high),
            }),
            rules_out: row.rules_out.iter().map(option).collect(),
        },
    }
}

/// The statement to which a row belongs: its id without the letter that tells its parts apart, `p147` for `p147a`.
#[must_use]
pub fn whole(id: &str) -> &str {
    let without = id.strip_suffix(|c: char| c.is_ascii_lowercase());
    without.filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(id)
}

/// What stands before the number of a row, and the number without leading zeros: (`p`, `22`) for `p022` and `p022b`.
#[must_use]
pub fn number(id: &str) -> Option<(&str, &str)> {
    let whole = whole(id);
    let before = whole.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &whole[before.len()..];
    (!digits.is_empty()).then(|| (before, digits.trim_start_matches('0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_statement_share_its_number() {
        assert_eq!(
            [whole("p147a"), whole("p147"), whole("annexa"), whole("p147ab"), whole("e032b")],
            ["p147", "p147", "annexa", "p147ab", "e032"]
        );
        assert_eq!(
            [number("p022"), number("22b"), number("p-001"), number("000"), number("mine"), number("")],
            [Some(("p", "22")), Some(("", "22")), Some(("p-", "1")), Some(("", "")), None, None]
        );
    }
}
