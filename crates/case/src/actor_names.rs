//! Which actor a cell names: aliases first, then ids, then names in all languages; what can be read in two ways is refused.

use std::collections::BTreeMap;

use crate::actor::{Actor, ActorKind, Alias, AliasColumn, csv_line, extra};
use crate::cell;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::ids::{Id, List};
use crate::names::{self, Reading, ReadingKind, Resolution, Subject, Territory};
use crate::table::{self, Table};

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
        table: Table<'_>,
        actors: &mut List<Actor>,
        findings: &mut Findings,
    ) -> Vec<Alias> {
        let mut aliases: Vec<Alias> = Vec::new();
        table::read(&AliasColumn::FORMAT, table, findings, |row, findings| {
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
pub(crate) fn english(subject: &Subject) -> &'static str {
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
pub(crate) fn describe(reading: &Reading) -> String {
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
