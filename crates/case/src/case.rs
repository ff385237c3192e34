//! A validated case: everything that is known, typed and cross-referenced.

use std::collections::BTreeMap;

use crate::actor::{Actor, Alias};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::event::{Event, EventColumn};
use crate::factor::Factor;
use crate::ids::{Id, List};
use crate::issue::{Issue, Topic};
use crate::marking::{Level, Marking};
use crate::position::{Kind, Position, PositionColumn, Subject};
use crate::relation::{Relation, RelationColumn};
use crate::settings::Settings;
use crate::source::Source;
use crate::text::natural_order;

/// A validated case. Nothing in it is malformed; every reference leads somewhere.
#[derive(Clone, Debug)]
pub struct Case {
    /// What `case.toml` says.
    pub settings: Settings,
    /// Those whose consent is needed, in the order of `case.toml`.
    pub principals: Vec<Id<Actor>>,
    /// Who takes part.
    pub actors: List<Actor>,
    /// Texts that stand for actors.
    pub aliases: Vec<Alias>,
    /// What is negotiated about, on a scale.
    pub issues: List<Issue>,
    /// Topics, those with a scale included if `topics.csv` lists them.
    pub topics: List<Topic>,
    /// The bibliography.
    pub sources: List<Source>,
    /// Statements, in the order of the file.
    pub positions: List<Position>,
    /// Events, in the order of the file.
    pub events: List<Event>,
    /// Relations, in the order of the file.
    pub relations: List<Relation>,
    /// Values of series, in the order of the file.
    pub factors: List<Factor>,
    /// The files of the folder.
    pub files: Vec<String>,
    /// Whether markings are in use: a column `marking` in a table, or a marking of the case.
    pub has_markings: bool,
    pub(crate) order: Order,
}

/// Rows in the order in which analyses go through them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    /// Positions by actor, subject, date, rank (highest last) and id.
    pub(crate) positions: Vec<Id<Position>>,
    /// Where the positions of one actor on one subject stand in `positions`.
    pub(crate) lines: BTreeMap<(Id<Actor>, Subject), std::ops::Range<usize>>,
    /// Events by date and id.
    pub(crate) events: Vec<Id<Event>>,
    /// For each position, the rows that supersede it.
    pub(crate) superseded_by: BTreeMap<Id<Position>, Vec<Id<Position>>>,
}

impl Case {
    /// Gives ids to the rows that have none, in the order in which they became known, so that a row known later changes no earlier id.
    pub(crate) fn numbered(mut self, findings: &mut Findings) -> Self {
        fn number<T>(
            rows: &mut List<T>,
            letter: char,
            file: &str,
            known: impl Fn(&T) -> crate::When,
            id: impl Fn(&mut T) -> &mut Box<str>,
            findings: &mut Findings,
        ) {
            let taken: std::collections::BTreeSet<Box<str>> =
                rows.iter_mut().map(|row| id(row).clone()).filter(|id| !id.is_empty()).collect();
            let mut unnamed: Vec<(crate::when::Day, Id<T>)> = Vec::new();
            for place in rows.ids() {
                let known = known(&rows[place]).last();
                if id(&mut rows[place]).is_empty() {
                    unnamed.push((known, place));
                }
            }
            unnamed.sort();
            for (number, (_, place)) in unnamed.into_iter().enumerate() {
                let new: Box<str> = format!("{letter}-{:03}", number + 1).into();
                if taken.contains(&new) {
                    let message =
                        format!("rows without an id are called `{letter}-…`, and `{new}` is the id of another row");
                    findings.push(Diagnostic::new(Code::DuplicateId, file, message).hint("give that row another id"));
                }
                *id(&mut rows[place]) = new;
            }
        }
        number(
            &mut self.positions,
            'p',
            PositionColumn::FORMAT.file,
            |row| row.known_from,
            |row| &mut row.id,
            findings,
        );
        number(&mut self.events, 'e', EventColumn::FORMAT.file, |row| row.known_from, |row| &mut row.id, findings);
        number(
            &mut self.relations,
            'r',
            RelationColumn::FORMAT.file,
            |row| row.valid_from,
            |row| &mut row.id,
            findings,
        );
        for position in self.positions.iter_mut() {
            if position.document.is_empty() {
                position.document = position.id.clone();
            }
        }
        self
    }

    /// Puts the rows in order.
    pub(crate) fn ordered(mut self) -> Self {
        let mut positions: Vec<Id<Position>> = self.positions.ids().collect();
        let rows = &self.positions;
        positions.sort_by(|a, b| {
            let (a, b) = (&rows[*a], &rows[*b]);
            (a.actor, a.subject)
                .cmp(&(b.actor, b.subject))
                .then(a.valid_from.cmp(&b.valid_from))
                .then(b.rank().cmp(&a.rank()))
                .then_with(|| natural_order(&a.id, &b.id))
        });
        let mut lines = BTreeMap::new();
        let mut start = 0;
        for chunk in positions.chunk_by(|a, b| (rows[*a].actor, rows[*a].subject) == (rows[*b].actor, rows[*b].subject))
        {
            let first = &rows[chunk[0]];
            lines.insert((first.actor, first.subject), start..start + chunk.len());
            start += chunk.len();
        }
        let mut superseded_by: BTreeMap<Id<Position>, Vec<Id<Position>>> = BTreeMap::new();
        for (id, position) in self.positions.with_ids() {
            for target in &position.supersedes {
                superseded_by.entry(*target).or_default().push(id);
            }
        }
        let mut events: Vec<Id<Event>> = self.events.ids().collect();
        events.sort_by(|a, b| {
            let (a, b) = (&self.events[*a], &self.events[*b]);
            a.date.cmp(&b.date).then_with(|| natural_order(&a.id, &b.id))
        });
        self.order = Order { positions, lines, events, superseded_by };
        self
    }

    /// The marking of a position: its own, else the case's; readings of what a named person would accept are confidential unless marked.
    #[must_use]
    pub fn marking_of(&self, position: &Position) -> Marking {
        let person = self.actors[position.actor].kind == Some(crate::actor::ActorKind::Person);
        let default = match position.kind {
            Some(Kind::ReservationReading) if person => Marking::Confidential,
            _ => self.settings.marking,
        };
        position.marking.unwrap_or(default)
    }

    /// The case without the rows that a level does not show, as if they had never been there. Principals are always shown.
    /// Where markings are in use, ids of rows are numbered anew, so that no gap tells of what is left out.
    #[must_use]
    pub fn at_level(&self, level: Level) -> Case {
        if level == Level::All {
            return self.clone();
        }
        let shows = |marking: Option<Marking>| level.shows(marking.unwrap_or(self.settings.marking));
        let actors = Kept::of(&self.actors, |id, actor| {
            self.principals.contains(&id) || level.shows(actor.marking.unwrap_or_default())
        });
        let issues = Kept::of(&self.issues, |_, issue| level.shows(issue.marking.unwrap_or_default()));
        let topics = Kept::of(&self.topics, |_, topic| topic.issue.is_none_or(|issue| issues.keeps(issue)));
        let subject_shown = |subject| match subject {
            Subject::Issue(issue) => issues.keeps(issue),
            Subject::Topic(topic) => topics.keeps(topic),
        };
        let position_shown = |position: &Position| {
            level.shows(self.marking_of(position))
                && actors.keeps(position.actor)
                && position.addressees.iter().all(|actor| actors.keeps(*actor))
                && subject_shown(position.subject)
                && position.conditions.iter().all(|condition| match condition.requires {
                    crate::condition::Requirement::Outcome(issue, _) => issues.keeps(issue),
                    crate::condition::Requirement::Words(_) => true,
                })
        };
        let positions = Kept::of(&self.positions, |_, position| position_shown(position));
        let events = Kept::of(&self.events, |_, event| shows(event.marking));
        let relations =
            Kept::of(&self.relations, |_, row| shows(row.marking) && actors.keeps(row.from) && actors.keeps(row.to));
        let factors = Kept::of(&self.factors, |_, row| shows(row.marking));
        let mut used = vec![false; self.sources.len()];
        let mut use_source = |source: Option<Id<Source>>| {
            if let Some(source) = source {
                used[source.place()] = true;
            }
        };
        positions.old.iter().for_each(|id| use_source(self.positions[*id].source));
        events.old.iter().for_each(|id| use_source(self.events[*id].source));
        relations.old.iter().for_each(|id| use_source(self.relations[*id].source));
        factors.old.iter().for_each(|id| use_source(self.factors[*id].source));
        let sources = Kept::of(&self.sources, |id, _| used[id.place()]);

        let mut case = Case {
            settings: self.settings.clone(),
            principals: self.principals.iter().filter_map(|id| actors.new_id(*id)).collect(),
            actors: actors.rows(&self.actors, |actor| {
                actor.parent = actor.parent.and_then(|id| actors.new_id(id));
            }),
            aliases: self
                .aliases
                .iter()
                .filter_map(|alias| Some(Alias { actor: actors.new_id(alias.actor)?, ..alias.clone() }))
                .collect(),
            issues: issues.rows(&self.issues, |_| {}),
            topics: topics.rows(&self.topics, |topic| topic.issue = topic.issue.and_then(|id| issues.new_id(id))),
            sources: sources.rows(&self.sources, |_| {}),
            positions: positions.rows(&self.positions, |row| {
                row.actor = actors.new_id(row.actor).unwrap_or(row.actor);
                row.addressees.iter_mut().for_each(|id| *id = actors.new_id(*id).unwrap_or(*id));
                row.subject = match row.subject {
                    Subject::Issue(id) => Subject::Issue(issues.new_id(id).unwrap_or(id)),
                    Subject::Topic(id) => Subject::Topic(topics.new_id(id).unwrap_or(id)),
                };
                for condition in &mut row.conditions {
                    if let crate::condition::Requirement::Outcome(issue, _) = &mut condition.requires {
                        *issue = issues.new_id(*issue).unwrap_or(*issue);
                    }
                }
                row.source = row.source.and_then(|id| sources.new_id(id));
                row.supersedes = row.supersedes.iter().filter_map(|id| positions.new_id(*id)).collect();
            }),
            events: events.rows(&self.events, |row| {
                row.parties = row.parties.iter().filter_map(|id| actors.new_id(*id)).collect();
                row.mediators.retain_mut(|mediator| match actors.new_id(mediator.actor) {
                    Some(id) => {
                        mediator.actor = id;
                        true
                    }
                    None => false,
                });
                row.topics = row.topics.iter().filter_map(|id| topics.new_id(*id)).collect();
                row.source = row.source.and_then(|id| sources.new_id(id));
            }),
            relations: relations.rows(&self.relations, |row| {
                row.from = actors.new_id(row.from).unwrap_or(row.from);
                row.to = actors.new_id(row.to).unwrap_or(row.to);
                row.source = row.source.and_then(|id| sources.new_id(id));
            }),
            factors: factors.rows(&self.factors, |row| row.source = row.source.and_then(|id| sources.new_id(id))),
            files: self.files.clone(),
            has_markings: self.has_markings,
            order: Order::default(),
        };
        let kept_rows: std::collections::BTreeSet<&str> =
            case.positions.iter().map(|row| &*row.id).chain(case.events.iter().map(|row| &*row.id)).collect();
        let kept_factors: std::collections::BTreeSet<&str> = case.factors.iter().map(|row| &*row.name).collect();
        case.settings.contradictions.retain(|contradiction| {
            contradiction.rows.iter().all(|row| match row.strip_prefix("factor:") {
                Some(factor) => kept_factors.contains(factor),
                None => kept_rows.contains(row.as_str()),
            })
        });
        case.settings.credits.retain(|credit| case.sources.iter().any(|source| *source.id == *credit.source));
        if self.has_markings && !self.settings.keep_ids {
            case.number_anew();
        }
        case.ordered()
    }

    /// Numbers rows and documents in the order of the file; ids in notes follow.
    fn number_anew(&mut self) {
        let mut new_ids: BTreeMap<Box<str>, Box<str>> = BTreeMap::new();
        let mut documents: BTreeMap<Box<str>, Box<str>> = BTreeMap::new();
        for (number, row) in self.positions.iter_mut().enumerate() {
            let next = format!("d{:03}", documents.len() + 1).into();
            row.document = documents.entry(row.document.clone()).or_insert(next).clone();
            let old = std::mem::replace(&mut row.id, format!("p{:03}", number + 1).into());
            new_ids.insert(old, row.id.clone());
        }
        for (number, row) in self.events.iter_mut().enumerate() {
            let old = std::mem::replace(&mut row.id, format!("e{:03}", number + 1).into());
            new_ids.insert(old, row.id.clone());
        }
        for (number, row) in self.relations.iter_mut().enumerate() {
            row.id = format!("r{:03}", number + 1).into();
        }
        let renamed = |text: &str| -> Box<str> {
            let mut out = String::with_capacity(text.len());
            for word in text.split_inclusive(|c: char| !c.is_alphanumeric() && c != '-') {
                let end = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '-').len();
                let (word, rest) = word.split_at(end);
                out.push_str(new_ids.get(word).map_or(word, |new| new));
                out.push_str(rest);
            }
            out.into()
        };
        for row in self.positions.iter_mut() {
            row.coder_note = renamed(&row.coder_note);
        }
        for row in self.events.iter_mut() {
            row.note = renamed(&row.note);
        }
        for contradiction in &mut self.settings.contradictions {
            contradiction.rows.iter_mut().for_each(|row| *row = renamed(row).into());
        }
    }

    /// Reports contradictions that name rows that are not there.
    pub(crate) fn report_contradictions(&self, findings: &mut Findings) {
        let rows: std::collections::BTreeSet<&str> =
            self.positions.iter().map(|row| &*row.id).chain(self.events.iter().map(|row| &*row.id)).collect();
        let factors: std::collections::BTreeSet<&str> = self.factors.iter().map(|row| &*row.name).collect();
        for contradiction in &self.settings.contradictions {
            for row in &contradiction.rows {
                let found = match row.strip_prefix("factor:") {
                    Some(factor) => factors.contains(factor),
                    None => rows.contains(row.as_str()),
                };
                if !found {
                    let message = format!("[[contradiction]] `{}`: no row has the id `{row}`", contradiction.matter);
                    findings.push(Diagnostic::new(Code::UnknownReference, crate::settings::FILE, message));
                }
            }
        }
    }

    /// Warns where a row names one with a higher marking.
    pub(crate) fn report_hidden_references(&self, findings: &mut Findings) {
        for row in self.positions.iter() {
            for target in &row.supersedes {
                let target = &self.positions[*target];
                if self.marking_of(target) > self.marking_of(row) {
                    let message = format!("supersedes: `{}` names `{}`, which has a higher marking", row.id, target.id);
                    findings.push(Diagnostic::new(Code::NamesHiddenRow, PositionColumn::FORMAT.file, message));
                }
            }
        }
    }
}

/// Which rows of a list are kept, and their new places.
struct Kept<T> {
    old: Vec<Id<T>>,
    new: Vec<Option<Id<T>>>,
}

impl<T: Clone> Kept<T> {
    fn of(list: &List<T>, keep: impl Fn(Id<T>, &T) -> bool) -> Self {
        let mut kept = Kept { old: Vec::new(), new: Vec::with_capacity(list.len()) };
        for (id, row) in list.with_ids() {
            let keep = keep(id, row);
            kept.new.push(keep.then(|| Id::at(kept.old.len())));
            if keep {
                kept.old.push(id);
            }
        }
        kept
    }

    fn keeps(&self, id: Id<T>) -> bool {
        self.new_id(id).is_some()
    }

    fn new_id(&self, id: Id<T>) -> Option<Id<T>> {
        self.new.get(id.place()).copied().flatten()
    }

    fn rows(&self, list: &List<T>, mut change: impl FnMut(&mut T)) -> List<T> {
        self.old
            .iter()
            .map(|id| {
                let mut row = list[*id].clone();
                change(&mut row);
                row
            })
            .collect()
    }
}
