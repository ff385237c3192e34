//! `actors.csv` and `aliases.csv`: who takes part, and under which names.

use std::collections::BTreeMap;

use crate::cell;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::ids::{Id, List};
use crate::marking::Marking;
use crate::names::{self, Reading, ReadingKind, Resolution, Subject, Territory};
use crate::table::{self, Row, table_format};
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
pub(crate) fn read(bytes: Vec<u8>, findings: &mut Findings) -> List<Actor> {
    let mut actors = List::default();
    let mut parents: Vec<(Id<Actor>, String, u64)> = Vec::new();
    let mut parent_column = None;
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    table::read(&ActorColumn::FORMAT, bytes, findings, |row, findings| {
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

/// Finds actors by what is written in a cell.
pub(crate) struct ActorNames {
    languages: Vec<String>,
    aliases: BTreeMap<String, Id<Actor>>,
    ids: BTreeMap<Box<str>, Id<Actor>>,
    names: BTreeMap<String, Vec<Id<Actor>>>,
    /// Whether actors may be made from names, because the case has no `actors.csv`.
    open: bool,
    /// What has been looked up before.
    known: BTreeMap<String, Id<Actor>>,
}

impl ActorNames {
    pub(crate) fn new(actors: &List<Actor>, languages: &[String], open: bool) -> Self {
        let mut names: BTreeMap<String, Vec<Id<Actor>>> = BTreeMap::new();
        for (id, actor) in actors.with_ids() {
            for text in [&actor.id, &actor.name] {
                let entry = names.entry(names::normalise(text)).or_default();
                if !entry.contains(&id) {
                    entry.push(id);
                }
            }
        }
        ActorNames {
            languages: languages.to_vec(),
            aliases: BTreeMap::new(),
            ids: actors.with_ids().map(|(id, actor)| (actor.id.clone(), id)).collect(),
            names,
            open,
            known: BTreeMap::new(),
        }
    }

    /// The names of a case that has been read.
    pub(crate) fn of(case: &crate::Case) -> Self {
        let mut names = ActorNames::new(&case.actors, &case.settings.languages, false);
        names.aliases = case.aliases.iter().map(|alias| (names::normalise(&alias.text), alias.actor)).collect();
        names
    }

    /// Whether a text is the id of an actor that has a row of its own.
    pub(crate) fn is_own_id(&self, text: &str, actors: &List<Actor>) -> bool {
        self.ids.get(text).is_some_and(|id| !actors[*id].implied)
    }

    /// The actor that a text names, if there is exactly one in the case already.
    pub(crate) fn existing(&self, text: &str, actors: &List<Actor>) -> Option<Id<Actor>> {
        match self.own(text) {
            Some(own) => match own {
                [actor] => Some(*actor),
                _ => None,
            },
            None => match names::settle(text, &self.languages, false) {
                Some(Resolution::Unique(reading)) if !matches!(reading.subject, Subject::SubActor { .. }) => {
                    self.find(&reading, actors).ok().flatten()
                }
                _ => None,
            },
        }
    }

    /// Those whom a text names by an alias, an id or a name of the case, in this order.
    fn own(&self, text: &str) -> Option<&[Id<Actor>]> {
        let normalised = names::normalise(text);
        let one = self.aliases.get(&normalised).or_else(|| self.ids.get(text)).map(std::slice::from_ref);
        one.or_else(|| self.names.get(&normalised).map(Vec::as_slice))
    }

    /// Reads `aliases.csv`.
    pub(crate) fn read_aliases(
        &mut self,
        bytes: Vec<u8>,
        actors: &mut List<Actor>,
        findings: &mut Findings,
    ) -> Vec<Alias> {
        let mut aliases: Vec<Alias> = Vec::new();
        table::read(&AliasColumn::FORMAT, bytes, findings, |row, findings| {
            let (text, target) = (row.get(AliasColumn::Text), row.get(AliasColumn::Actor));
            let Some(actor) =
                self.ids.get(target).copied().or_else(|| self.open.then(|| self.imply(actors, target, target, None)))
            else {
                let finding =
                    row.finding(Code::AliasTarget, AliasColumn::Actor, format!("no actor has the id `{target}`"));
                findings.push(finding.hint(format!("add a line `{target},…` to actors.csv, or use one of its ids")));
                return;
            };
            match self.aliases.insert(names::normalise(text), actor) {
                Some(other) if other != actor => {
                    let message = format!("`{text}` already stands for `{}`", actors[other].id);
                    findings.push(
                        row.finding(Code::AliasTarget, AliasColumn::Text, message)
                            .hint("one text stands for one actor; the case of letters does not count"),
                    );
                }
                _ => aliases.push(Alias {
                    text: text.into(),
                    lang: cell::text(row, AliasColumn::Lang),
                    actor,
                    note: cell::text(row, AliasColumn::Note),
                    extra: extra(row),
                }),
            }
        });
        aliases
    }

    /// The actor that a cell names; what is wrong goes to `findings`.
    pub(crate) fn resolve(
        &mut self,
        text: &str,
        actors: &mut List<Actor>,
        place: impl Fn(Code, String) -> Diagnostic,
        findings: &mut Findings,
    ) -> Option<Id<Actor>> {
        if let Some(id) = self.ids.get(text) {
            // An alias comes before an id; most cells are ids and no alias is the same text.
            if self.aliases.is_empty() {
                return Some(*id);
            }
        }
        if let Some(known) = self.known.get(text) {
            return Some(*known);
        }
        match self.look_up(text, actors) {
            Ok(found) => {
                self.known.insert(text.to_owned(), found);
                Some(found)
            }
            Err(problem) => {
                // Suggestions cost a search of all names; findings that are only counted need none.
                let code = problem.code();
                let listed = !findings.is_full(&place(code, String::new()).file, code);
                let near = match problem {
                    NameProblem::Unknown if listed => {
                        let id = crate::text::nearest(text, actors.iter().map(|actor| &*actor.id)).map(str::to_owned);
                        let suggestions = names::suggestions(text, &self.languages);
                        let distinct = suggestions.into_iter().filter(|name| id.as_ref() != Some(name));
                        id.iter().cloned().chain(distinct.collect::<Vec<_>>()).collect()
                    }
                    _ => Vec::new(),
                };
                findings.push(problem.diagnostic(text, &near, &place));
                None
            }
        }
    }

    fn look_up(&mut self, text: &str, actors: &mut List<Actor>) -> Result<Id<Actor>, NameProblem> {
        match self.own(text) {
            Some([actor]) => return Ok(*actor),
            Some(several) => {
                return Err(NameProblem::SeveralActors(several.iter().map(|id| actors[*id].id.to_string()).collect()));
            }
            None => {}
        }
        match names::settle(text, &self.languages, false) {
            Some(Resolution::Unique(reading)) => self.actor_of(&reading, actors),
            Some(Resolution::Ambiguous(readings)) => Err(NameProblem::Ambiguous(
                readings
                    .into_iter()
                    .map(|reading| {
                        let actor = self.find(&reading, actors).ok().flatten().map(|id| actors[id].id.to_string());
                        (reading, actor)
                    })
                    .collect(),
            )),
            Some(Resolution::Unknown { .. }) | None if self.open => Ok(self.imply(actors, text, text, None)),
            Some(Resolution::Unknown { .. }) | None => Err(NameProblem::Unknown),
        }
    }

    /// The case's actor that a reading means: by its code, else by the English name; the latter settles which of several
    /// actors with one code.
    fn find(&self, reading: &Reading, actors: &List<Actor>) -> Result<Option<Id<Actor>>, NameProblem> {
        let by_code: Vec<Id<Actor>> = state_of(&reading.subject).map_or_else(Vec::new, |state| {
            let coded = |(_, actor): &(Id<Actor>, &Actor)| actor.iso3.eq_ignore_ascii_case(state.alpha3);
            actors.with_ids().filter(coded).map(|(id, _)| id).collect()
        });
        let by_name = self.names.get(&names::normalise(english(&reading.subject))).map_or(&[][..], Vec::as_slice);
        match (by_code.as_slice(), by_name) {
            ([actor], _) | ([], [actor]) => Ok(Some(*actor)),
            (several, [actor]) if several.contains(actor) => Ok(Some(*actor)),
            ([], _) => Ok(None),
            (several, _) => {
                Err(NameProblem::SeveralActors(several.iter().map(|id| actors[*id].id.to_string()).collect()))
            }
        }
    }

    fn actor_of(&mut self, reading: &Reading, actors: &mut List<Actor>) -> Result<Id<Actor>, NameProblem> {
        let state = match self.find(reading, actors)? {
            Some(state) => state,
            None if self.open => {
                let name = english(&reading.subject);
                self.imply(actors, name, name, state_of(&reading.subject).map(|state| state.alpha3))
            }
            None => return Err(NameProblem::NotInCase(reading.clone())),
        };
        let Subject::SubActor { roles, .. } = &reading.subject else { return Ok(state) };
        let roles: Vec<&str> = roles.iter().map(|role| role.label).collect();
        let name = format!("{}: {}", actors[state].name, roles.join(", "));
        let sub_actor = self.imply(actors, &reading.subject.id(), &name, None);
        actors[sub_actor].parent = Some(state);
        actors[sub_actor].kind = Some(ActorKind::Organisation);
        Ok(sub_actor)
    }

    /// Makes an actor from a name.
    fn imply(&mut self, actors: &mut List<Actor>, id: &str, name: &str, iso3: Option<&str>) -> Id<Actor> {
        if let Some(id) = self.ids.get(id) {
            return *id;
        }
        let actor = actors.push(Actor {
            id: id.into(),
            name: name.into(),
            kind: iso3.map(|_| ActorKind::State),
            roles: Vec::new(),
            parent: None,
            iso3: iso3.unwrap_or_default().into(),
            valid_from: None,
            valid_to: None,
            note: "".into(),
            marking: None,
            implied: true,
            extra: Vec::new(),
        });
        self.ids.insert(id.into(), actor);
        self.names.entry(names::normalise(id)).or_default().push(actor);
        actor
    }
}

/// Why a name leads to no actor.
enum NameProblem {
    Unknown,
    NotInCase(Reading),
    Ambiguous(Vec<(Reading, Option<String>)>),
    SeveralActors(Vec<String>),
}

impl NameProblem {
    fn code(&self) -> Code {
        match self {
            NameProblem::Unknown | NameProblem::NotInCase(_) => Code::UnknownName,
            NameProblem::Ambiguous(_) | NameProblem::SeveralActors(_) => Code::AmbiguousName,
        }
    }

    fn diagnostic(self, text: &str, suggestions: &[String], place: &impl Fn(Code, String) -> Diagnostic) -> Diagnostic {
        match self {
            NameProblem::Unknown => {
                let mut finding = place(Code::UnknownName, format!("no actor of this case is called `{text}`"));
                if !suggestions.is_empty() {
                    finding = finding.hint(format!("is `{}` meant?", suggestions.join("` or `")));
                }
                finding.hint(format!("add it to actors.csv: `{}`", csv_line(&[text, text]))).hint(format!(
                    "or, if it is another name of an actor, to aliases.csv: `{}`",
                    csv_line(&[text, "", "ID OF THE ACTOR", ""])
                ))
            }
            NameProblem::NotInCase(reading) => {
                let name = english(&reading.subject);
                let alpha3 = state_of(&reading.subject).map_or("", |state| state.alpha3);
                place(
                    Code::UnknownName,
                    format!("`{text}` is {}, which is not among the case's actors", describe(&reading)),
                )
                .hint(format!(
                    "add it to actors.csv (id,name,kind,role,parent,iso3): `{}`",
                    csv_line(&[name, name, "", "", "", alpha3])
                ))
            }
            NameProblem::Ambiguous(readings) => {
                let list: Vec<String> = readings.iter().map(|(reading, _)| describe(reading)).collect();
                let mut finding = place(
                    Code::AmbiguousName,
                    format!("`{text}` can be read in {} ways: {}", list.len(), list.join(" or ")),
                );
                for (reading, actor) in &readings {
                    let name = english(&reading.subject);
                    let id = actor.as_deref().unwrap_or(name);
                    let line = csv_line(&[text, only_language(reading).unwrap_or_default(), id, ""]);
                    let extra = if actor.is_none() { " (and add that actor to actors.csv)" } else { "" };
                    finding = finding.hint(format!("if {name} is meant, add to aliases.csv: `{line}`{extra}"));
                }
                for (reading, _) in &readings {
                    if let Some(language) = only_language(reading) {
                        finding = finding.hint(format!("or, if the record is partly in that language, add \"{language}\" to `languages` in case.toml"));
                    }
                }
                finding
            }
            NameProblem::SeveralActors(ids) => {
                let line = csv_line(&[text, "", &ids[0], ""]);
                place(Code::AmbiguousName, format!("`{text}` is the name of several actors: {}", ids.join(", ")))
                    .hint(format!("write the id, or settle it in aliases.csv: `{line}`"))
            }
        }
    }
}

/// The state that a reading means or belongs to.
fn state_of(subject: &Subject) -> Option<Territory> {
    match subject {
        Subject::Territory(state) | Subject::SubActor { parent: state, .. } => Some(*state),
        Subject::Entry(_) => None,
    }
}

/// The English name of what a reading means, or of the state to which it belongs.
fn english(subject: &Subject) -> &'static str {
    match subject {
        Subject::Entry(entry) => entry.english,
        Subject::Territory(state) | Subject::SubActor { parent: state, .. } => state.english,
    }
}

/// The language of a reading that is a name in one language only.
fn only_language(reading: &Reading) -> Option<&str> {
    match &reading.kind {
        ReadingKind::Name { languages } if languages.len() == 1 => languages.first().map(String::as_str),
        _ => None,
    }
}

/// A reading in words: `Russia (its name in Vietnamese)`.
fn describe(reading: &Reading) -> String {
    let how = match &reading.kind {
        ReadingKind::Name { languages } => {
            let names: Vec<&str> = languages.iter().take(3).map(|code| names::language(code)).collect();
            let more = if languages.len() > 3 { " and other languages" } else { "" };
            format!("its name in {}{more}", names.join(", "))
        }
        kind => kind.to_string(),
    };
    format!("{} ({how})", reading.subject)
}

/// A CSV line of some cells, quoted where needed.
pub(crate) fn csv_line(cells: &[&str]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let written = writer.write_record(cells).ok().and_then(|()| writer.into_inner().ok());
    written.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default().trim_end().to_owned()
}
