//! `claims.toml`, read claim by claim.

use std::collections::BTreeMap;

use super::arguments::Context;
use super::{Claim, FILE, KEYS, MOST_CLAIMS, PART_KEYS, Part, SCHEMA, Term, Times, questions};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::expression::{Atom, Expression, Name};
use crate::ids::List;
use crate::keys::{Reader, Section};
use crate::load::Loading;
use crate::marking::Marking;
use crate::text::nearest;
use crate::when::Day;

/// The claims of a case, and whether the file marks any of them.
#[derive(Debug, Default)]
pub(crate) struct ClaimsFile {
    pub(crate) claims: List<Claim>,
    pub(crate) marked: bool,
}

/// Reads `claims.toml`; what is wrong with it goes to `findings`. Dates after `as_of` are warned of.
pub(crate) fn read(
    bytes: Vec<u8>,
    as_of: Option<Day>,
    loading: &mut Loading<'_>,
    findings: &mut Findings,
) -> ClaimsFile {
    let text = match crate::text::decode(FILE, bytes) {
        Ok(text) => text,
        Err(problem) => {
            findings.push(problem);
            return ClaimsFile::default();
        }
    };
    let (mut reader, table, _) = Reader::open(FILE, &text, findings);
    let mut root = Section::new(table.get_ref(), "");
    read_schema(&mut root, &mut reader);
    let mut file = ClaimsFile::default();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for mut section in root.tables(&mut reader, "claim") {
        if file.claims.len() == MOST_CLAIMS {
            let message = format!("the file has more than {MOST_CLAIMS} claims; the rest is not read");
            let at = section.start().unwrap_or_default();
            reader.finding(Code::TooLarge, at..at, message, Some("divide the case, or leave out claims".to_owned()));
            break;
        }
        file.marked |= section.has("marking");
        let place = reader.place(section.start().unwrap_or_default());
        let claim = read_claim(&mut section, &mut reader, as_of, loading);
        section.finish(&mut reader);
        let Some(claim) = claim else { continue };
        if let Some(first) = seen.insert(claim.id.to_string(), place.0) {
            let message = format!("`{}` is already the id of the claim at line {first}", claim.id);
            let finding = Diagnostic::new(Code::DuplicateId, FILE, message).at(place.0, Some(place.1));
            reader.findings.push(finding.hint("each claim has an id of its own"));
            continue;
        }
        file.claims.push(claim);
    }
    root.finish(&mut reader);
    file
}

fn read_schema(root: &mut Section<'_, '_>, reader: &mut Reader<'_>) {
    match root.integer(reader, "schema", 1..=i64::MAX) {
        Some(SCHEMA) => {}
        Some(number) => {
            let message = format!("this file has schema {number}; this program reads schema {SCHEMA}");
            let hint = "use the version of the program that it was written for".to_owned();
            reader.finding(Code::SchemaVersion, root.span("schema").unwrap_or_default(), message, Some(hint));
        }
        None if !root.has("schema") => reader.missing("schema", "schema = 1"),
        None => {}
    }
}

fn read_claim(
    section: &mut Section<'_, '_>,
    reader: &mut Reader<'_>,
    as_of: Option<Day>,
    loading: &mut Loading<'_>,
) -> Option<Claim> {
    section.know(KEYS.map(|(key, ..)| key));
    let id = section.needed(reader, "id", "an id such as \"stalemate-2023\"");
    let text = section.needed(reader, "text", "the claim in words");
    let number = section.integer(reader, "number", 0..=i64::from(u32::MAX));
    let times = read_times(section, reader, as_of);
    let mut parts: Vec<Part> = Vec::new();
    let mut sound = true;
    let has_parts = section.has("part");
    for mut part in section.tables(reader, "part") {
        let place = part.start().unwrap_or_default();
        let read = read_part(&mut part, reader, times, as_of, loading);
        part.finish(reader);
        let Some(part) = read else {
            sound = false;
            continue;
        };
        if parts.iter().any(|other| other.id == part.id) {
            let message = format!("`{}` is already the id of a part of this claim", part.id);
            reader.finding(Code::DuplicateId, place..place, message, Some("each part has an id of its own".to_owned()));
            continue;
        }
        parts.push(part);
    }
    let span = section.span("predicate");
    let written = section.text(reader, "predicate");
    let ids: Vec<Box<str>> = parts.iter().map(|part| part.id.clone()).collect();
    let holds = match span.filter(|_| !written.is_empty()) {
        Some(span) => {
            let mut own = |name: &Name, reader: &mut Reader<'_>, at: usize| part_named(name, &ids, sound, reader, at);
            read_rule(&written, span, times, as_of, reader, loading, &mut own)
        }
        None if has_parts => {
            let all: Vec<Expression<Term>> = (0..parts.len()).map(|part| Expression::Atom(Term::Part(part))).collect();
            (!all.is_empty()).then_some(Expression::All(all))
        }
        None => {
            if section.is_text_or_missing("predicate") {
                section.lacks(
                    reader,
                    "predicate",
                    "what has to hold, such as \"phase(at: 2023-12) = stalemate\", or parts",
                );
            }
            None
        }
    };
    let (reason, note) = (section.text(reader, "reason"), section.text(reader, "note"));
    let marking = section.word(reader, "marking", &Marking::WORDS);
    Some(Claim {
        id: id?.into(),
        text: text?.into(),
        number: number.and_then(|number| u32::try_from(number).ok()),
        times,
        written: written.into(),
        holds: holds.filter(|_| sound)?,
        parts,
        reason: reason.into(),
        note: note.into(),
        marking,
    })
}

/// A name that stands alone in the expression of a claim: one of its parts.
fn part_named(name: &Name, ids: &[Box<str>], all_read: bool, reader: &mut Reader<'_>, at: usize) -> Option<Term> {
    let found = ids.iter().position(|id| *id == name.text);
    // A part that could not be read is reported already.
    if found.is_none() && all_read {
        let message = format!("predicate: no part of this claim is called `{}`", name.text);
        let hint = match nearest(&name.text, ids.iter().map(|id| &**id)) {
            Some(near) => format!("is `{near}` meant?"),
            None => "a question looks like `phase(at: 2023-12) = stalemate`".to_owned(),
        };
        reader.finding(Code::UnknownReference, at..at, message, Some(hint));
    }
    found.map(Term::Part)
}

fn read_part(
    section: &mut Section<'_, '_>,
    reader: &mut Reader<'_>,
    outer: Times,
    as_of: Option<Day>,
    loading: &mut Loading<'_>,
) -> Option<Part> {
    section.know(PART_KEYS.map(|(key, ..)| key));
    let id = section.needed(reader, "id", "an id such as \"early\"");
    let text = section.needed(reader, "text", "the part in words");
    let times = read_times(section, reader, as_of);
    let span = section.span("predicate");
    let written = section.text(reader, "predicate");
    let note = section.text(reader, "note");
    let part = |id: String, text: String, holds| Part {
        id: id.into(),
        text: text.into(),
        times,
        written: written.as_str().into(),
        holds,
        note: note.as_str().into(),
    };
    let Some(span) = span.filter(|_| !written.is_empty()) else {
        if note.is_empty() && section.is_text_or_missing("predicate") {
            section.lacks(reader, "predicate", "what has to hold, or a `note` on why no question speaks to it");
        }
        return Some(part(id?, text?, None));
    };
    let mut own = |name: &Name, reader: &mut Reader<'_>, at: usize| {
        let message = format!("predicate: `{}` stands alone; expected a question", name.text);
        let hint = "a question looks like `phase(at: 2023-12) = stalemate`".to_owned();
        reader.finding(Code::RuleSyntax, at..at, message, Some(hint));
        None
    };
    let holds = read_rule(&written, span, or(times, outer), as_of, reader, loading, &mut own)?;
    // Names alone have been refused, so that every term is a question.
    let holds = holds.try_map(&mut |term| match term {
        Term::Asked(asked) => Ok(asked),
        Term::Part(_) => Err(()),
    });
    Some(part(id?, text?, Some(holds.ok()?)))
}

/// The days of a part, or those of the claim where the part has none.
fn or(own: Times, outer: Times) -> Times {
    if own == Times::default() { outer } else { own }
}

fn read_times(section: &mut Section<'_, '_>, reader: &mut Reader<'_>, as_of: Option<Day>) -> Times {
    let mut date = |key| {
        let (span, when) = (section.span(key), section.when(reader, key));
        if let (Some(when), Some(as_of), Some(span)) = (when, as_of, span.clone())
            && when.first() > as_of
        {
            let message = format!("`{key}` ({when}) lies after `as_of` ({as_of}), of which the record claims nothing");
            let hint = "the claim has no data until `as_of` in case.toml is moved".to_owned();
            reader.finding(Code::AfterAsOf, span, message, Some(hint));
        }
        when.zip(span)
    };
    let (at, within, from, to) = (date("at"), date("within"), date("from"), date("to"));
    if let (Some((_, span)), true) = (&within, from.is_some() || to.is_some()) {
        let hint = "write `within` alone, or `from` and `to`".to_owned();
        reader.finding(Code::WrongType, span.clone(), "`within` stands beside `from` or `to`".to_owned(), Some(hint));
    }
    if let (Some((from, _)), Some((to, span))) = (&from, &to)
        && to.last() < from.first()
    {
        let message = format!("`to` ({to}) lies before `from` ({from})");
        reader.finding(Code::ReversedDates, span.clone(), message, Some("write the earlier day as `from`".to_owned()));
    }
    let when = |of: Option<(crate::When, _)>| of.map(|(when, _): (crate::When, std::ops::Range<usize>)| when);
    let within = when(within);
    Times { at: when(at), from: when(from).or(within), to: when(to).or(within) }
}

/// The rule of a claim or a part; all faults of its questions are said at once.
fn read_rule(
    text: &str,
    span: std::ops::Range<usize>,
    times: Times,
    as_of: Option<Day>,
    reader: &mut Reader<'_>,
    loading: &mut Loading<'_>,
    name: &mut dyn FnMut(&Name, &mut Reader<'_>, usize) -> Option<Term>,
) -> Option<Expression<Term>> {
    let (rule, place) = reader.rule("predicate", text, &span)?;
    let mut terms: Vec<Option<Term>> = Vec::new();
    for atom in rule.atoms() {
        terms.push(match atom {
            Atom::Name(written) => name(written, reader, place(written.span.start)),
            Atom::Question(question) => {
                let mut context = Context { reader, loading, place: &place, times, as_of };
                questions::resolve(question, &mut context).map(Term::Asked)
            }
            Atom::OneOf { name, .. } => {
                let at = place(name.span.start);
                let message = format!("predicate: `{}` is compared without a question", name.text);
                let hint = "a position is asked for by `position(ACTOR, ISSUE, at: DATE) includes OPTION`".to_owned();
                reader.finding(Code::RuleSyntax, at..at, message, Some(hint));
                None
            }
        });
    }
    let mut terms = terms.into_iter();
    rule.try_map(&mut |_| terms.next().flatten().ok_or(())).ok()
}
