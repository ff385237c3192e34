//! `actors.csv` and `aliases.csv`: who takes part, and under which names.

use std::collections::BTreeMap;

use crate::cell;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::ids::{Id, List};
use crate::marking::Marking;
use crate::names;
use crate::table::{self, Row, Table, table_format};
use crate::when::When;
use crate::words::word_enum;

table_format! {
    /// Columns of `actors.csv`.
    ActorColumn, "actors.csv", row is "one actor", unlocks "names and roles: who backs, who mediates",
    {
        Id "id" required "short name, as the other files use it";
        Name "name" optional "name for people; the id if empty";
        Kind "kind" optional "state, armed_group, organisation, person or bloc";
        Role "role" optional "list of principal, backer, mediator, guarantor, observer";
        Parent "parent" optional "id of the actor that this one is part of";
        Iso3 "iso3" optional "ISO 3166-1 alpha-3 code, so that its name is known in all languages";
        ValidFrom "valid_from" optional "first day on which it was an actor";
        ValidTo "valid_to" optional "first day on which it no longer was";
        Note "note" optional "note";
        Marking "marking" optional "public, restricted or confidential";
    }
}

table_format! {
    /// Columns of `aliases.csv`.
    AliasColumn, "aliases.csv", row is "one text that stands for an actor", unlocks "your own names for actors, looked up first",
    {
        Text "text" required "the text as it stands in a cell";
        Lang "lang" optional "its language, for the reader";
        Actor "actor" required "id of the actor that it stands for";
        Note "note" optional "note";
    }
}

word_enum! {
    /// What an actor is.
    ActorKind {
        State "state" "A state.";
        ArmedGroup "armed_group" "An armed group.";
        Organisation "organisation" "An organisation.";
        Person "person" "A person.";
        Bloc "bloc" "Several states that speak together.";
    }
}

word_enum! {
    /// What an actor does in the negotiation.
    Role {
        Principal "principal" "Its consent is needed.";
        Backer "backer" "It supports a principal.";
        Mediator "mediator" "It acts between the sides.";
        Guarantor "guarantor" "It has committed itself to a side's security or to an agreement.";
        Observer "observer" "It looks on.";
    }
}

/// Somebody who takes part.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Short name, as the files use it.
    pub id: Box<str>,
    /// Name for people.
    pub name: Box<str>,
    /// What it is.
    pub kind: Option<ActorKind>,
    /// What it does.
    pub roles: Vec<Role>,
    /// The actor that it is part of.
    pub parent: Option<Id<Actor>>,
    /// ISO 3166-1 alpha-3 code.
    pub iso3: Box<str>,
    /// First day on which it was an actor.
    pub valid_from: Option<When>,
    /// First day on which it no longer was.
    pub valid_to: Option<When>,
    /// Note.
    pub note: Box<str>,
    /// Marking of its own.
    pub marking: Option<Marking>,
    /// Whether the program made the row from a name in another file.
    pub implied: bool,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

/// Cells of columns that the format does not know: (column, text).
pub type Extra = Vec<(Box<str>, Box<str>)>;

pub(crate) fn extra(row: &Row<'_>) -> Extra {
    row.extra().map(|(name, text)| (name.into(), text.into())).collect()
}

/// A text that stands for an actor, from `aliases.csv`.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The text.
    pub text: Box<str>,
    /// Its language.
    pub lang: Box<str>,
    /// Who it stands for.
    pub actor: Id<Actor>,
    /// Note.
    pub note: Box<str>,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

/// Reads `actors.csv`.
pub(crate) fn read(table: Table<'_>, findings: &mut Findings) -> List<Actor> {
    let mut actors = List::default();
    let mut parents: Vec<(Id<Actor>, String, u64)> = Vec::new();
    let mut parent_column = None;
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    table::read(&ActorColumn::FORMAT, table, findings, |row, findings| {
        let id = row.get(ActorColumn::Id);
        if let Some(first) = seen.get(id) {
            findings.push(duplicate(row, ActorColumn::Id, id, *first));
            return;
        }
        seen.insert(id.to_owned(), row.line);
        let roles = row
            .list(ActorColumn::Role)
            .filter_map(|text| cell::word_in(text, row, ActorColumn::Role, &Role::WORDS, findings))
            .collect();
        let (valid_from, valid_to) = period(row, ActorColumn::ValidFrom, ActorColumn::ValidTo, findings);
        let iso3 = row.get(ActorColumn::Iso3);
        let state = names::territory(iso3);
        if !iso3.is_empty() && !state.is_some_and(|state| state.alpha3.eq_ignore_ascii_case(iso3)) {
            let message = format!("`{iso3}` is not an ISO 3166-1 alpha-3 code");
            let finding = row.finding(Code::NotInList, ActorColumn::Iso3, message);
            findings.push(match state {
                Some(state) => finding.hint(format!("the code of {} is `{}`", state.english, state.alpha3)),
                None => finding.hint("leave the cell empty for actors that are not states"),
            });
        }
        let name = row.get(ActorColumn::Name);
        let actor = actors.push(Actor {
            id: id.into(),
            name: if name.is_empty() { id.into() } else { name.into() },
            kind: cell::word(row, ActorColumn::Kind, &ActorKind::WORDS, findings),
            roles,
            parent: None,
            iso3: iso3.into(),
            valid_from,
            valid_to,
            note: cell::text(row, ActorColumn::Note),
            marking: cell::marking(row, ActorColumn::Marking, findings),
            implied: false,
            extra: extra(row),
        });
        let parent = row.get(ActorColumn::Parent);
        if !parent.is_empty() {
            parents.push((actor, parent.to_owned(), row.line));
            parent_column = row.column(ActorColumn::Parent);
        }
    });
    let ids: BTreeMap<Box<str>, Id<Actor>> = actors.with_ids().map(|(id, actor)| (actor.id.clone(), id)).collect();
    let mut lines: BTreeMap<Id<Actor>, u64> = BTreeMap::new();
    for (actor, parent, line) in parents {
        lines.insert(actor, line);
        match ids.get(parent.as_str()) {
            Some(id) => actors[actor].parent = Some(*id),
            None => findings.push(
                Diagnostic::new(
                    Code::UnknownReference,
                    ActorColumn::FORMAT.file,
                    format!("parent: no actor has the id `{parent}`"),
                )
                .at(line, parent_column)
                .hint(format!("add a line `{parent},…` to actors.csv, or leave the cell empty")),
            ),
        }
    }
    // From which actor the way up first came to an actor.
    let mut come_from: Vec<Option<Id<Actor>>> = vec![None; actors.len()];
    for start in actors.ids() {
        let mut next = Some(start);
        while let Some(actor) = next {
            match come_from[actor.place()] {
                None => {
                    come_from[actor.place()] = Some(start);
                    next = actors[actor].parent;
                }
                Some(earlier) => {
                    if earlier == start {
                        let message = format!("parent: `{}` is, over its parents, part of itself", actors[actor].id);
                        findings.push(
                            Diagnostic::new(Code::Cycle, ActorColumn::FORMAT.file, message)
                                .at(lines.get(&actor).copied().unwrap_or_default(), parent_column)
                                .hint("empty one of the parent cells"),
                        );
                    }
                    next = None;
                }
            }
        }
    }
    actors
}

pub(crate) fn duplicate(row: &Row<'_>, column: impl Into<usize>, id: &str, first: u64) -> Diagnostic {
    row.finding(Code::DuplicateId, column, format!("`{id}` is already the id of line {first}"))
        .hint("each row has an id of its own")
}

/// A beginning and an end, in that order.
pub(crate) fn period(
    row: &Row<'_>,
    from: impl Into<usize> + Copy,
    to: impl Into<usize> + Copy,
    findings: &mut Findings,
) -> (Option<When>, Option<When>) {
    let (start, end) = (cell::when(row, from, findings), cell::when(row, to, findings));
    if let (Some(start), Some(end)) = (start, end)
        && end.last() < start.first()
    {
        findings.push(row.finding(Code::ReversedDates, to, format!("{end} lies before the beginning, {start}")));
        return (Some(start), None);
    }
    (start, end)
}

/// A CSV line of some cells, quoted where needed.
pub(crate) fn csv_line(cells: &[&str]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let written = writer.write_record(cells).ok().and_then(|()| writer.into_inner().ok());
    written.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default().trim_end().to_owned()
}
