//! What a model speaks of, options or states, and how texts name them.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::ops::Range;

use super::super::{Formula, GraphState, MOST_OPTIONS, MOST_STATES, ModelOption, Moves, StateNumber};
use super::notation::shortened;
use super::{doubled, listed, too_many};
use crate::diagnostic::Code;
use crate::expression::{Atom, Expression};
use crate::ids::{Id, List};
use crate::keys::{Reader, Section};
use crate::text::nearest;

/// The options or the states of a model, found by their ids.
pub(super) struct Scope {
    pub(super) subject: Subject,
    ids: BTreeMap<Box<str>, usize>,
}

/// What a model is written in terms of.
pub(super) enum Subject {
    Options(List<ModelOption>),
    States(List<GraphState>),
}

/// Why a text names no state or option.
pub(super) struct Unnamed {
    code: Code,
    message: String,
    hint: String,
}

impl Unnamed {
    /// Reports it at a byte of the file.
    pub(super) fn report(self, reader: &mut Reader<'_>, at: usize, key: &str) {
        reader.finding(self.code, at..at, format!("{key}: {}", self.message), Some(self.hint));
    }
}

impl Scope {
    /// Reads `[[option]]` or `[[state]]`.
    pub(super) fn read(root: &mut Section<'_, '_>, reader: &mut Reader<'_>) -> Self {
        let (has_options, has_states) = (root.has("option"), root.has("state"));
        let options: Vec<Section<'_, '_>> = root.tables(reader, "option").collect();
        let states: Vec<Section<'_, '_>> = root.tables(reader, "state").collect();
        match (has_options, has_states) {
            (true, true) => {
                let message = "[[option]] and [[state]] stand in one model".to_owned();
                let hint = "a model has options, from which states and moves follow; or it lists its states and moves";
                reader.finding(
                    Code::KeysExclude,
                    root.span("state").unwrap_or_default(),
                    message,
                    Some(hint.to_owned()),
                );
            }
            (false, false) => reader.missing("option", "[[option]]"),
            _ => {}
        }
        let mut ids = BTreeMap::new();
        if has_states && !has_options {
            if let Some(section) = states.get(MOST_STATES) {
                too_many(reader, section.start().map(|start| start..start), "states", states.len(), MOST_STATES);
            }
            let mut list = List::default();
            for mut section in states.into_iter().take(MOST_STATES) {
                let (id, label) = identity(&mut section, reader, "state", "\"status_quo\"", &mut ids);
                section.finish(reader);
                list.push(GraphState { id, label });
            }
            return Scope { subject: Subject::States(list), ids };
        }
        if let Some(section) = options.get(MOST_OPTIONS) {
            too_many(reader, section.start().map(|start| start..start), "options", options.len(), MOST_OPTIONS);
        }
        let mut list = List::default();
        for mut section in options.into_iter().take(MOST_OPTIONS) {
            let (id, label) = identity(&mut section, reader, "option", "\"blockade\"", &mut ids);
            let moves = section.word(reader, "moves", &Moves::WORDS).unwrap_or(Moves::Both);
            section.finish(reader);
            list.push(ModelOption { id, label, moves });
        }
        Scope { subject: Subject::Options(list), ids }
    }

    pub(super) fn is_graph(&self) -> bool {
        matches!(self.subject, Subject::States(_))
    }

    /// How many options the model has.
    pub(super) fn options(&self) -> usize {
        match &self.subject {
            Subject::Options(options) => options.len(),
            Subject::States(_) => 0,
        }
    }

    /// The state that a text names: by its number; in graph form also by its id.
    pub(super) fn state(&self, text: &str) -> Result<StateNumber, Unnamed> {
        let states = match &self.subject {
            Subject::Options(_) => None,
            Subject::States(states) => Some(states),
        };
        let place = states.and_then(|_| self.ids.get(text)).and_then(|place| u32::try_from(place + 1).ok());
        let number = || text.parse::<u32>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        let within = |number: &u32| states.is_none_or(|states| (*number as usize) <= states.len());
        if let Some(number) = place.or_else(number).filter(within).and_then(NonZeroU32::new) {
            return Ok(StateNumber(number));
        }
        let text = shortened(text);
        Err(match states {
            None => Unnamed {
                code: Code::StateSyntax,
                message: format!("`{text}` is no state number"),
                hint: "states are numbered from 1; `detente stability FILE --states` lists them".to_owned(),
            },
            Some(states) => Unnamed {
                code: Code::UnknownReference,
                message: format!("no state has the number or id `{text}`"),
                hint: match nearest(&text, self.ids.keys().map(|id| &**id)) {
                    Some(near) => format!("is `{near}` meant?"),
                    None => format!("the states are numbered from 1 to {}", states.len()),
                },
            },
        })
    }

    /// The option that a text names: by its id, or by its number from 1.
    pub(super) fn option(&self, text: &str) -> Result<Id<ModelOption>, Unnamed> {
        let number = || text.parse::<usize>().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
        let place = self.ids.get(text).copied().or_else(|| number()?.checked_sub(1));
        if let Some(place) = place.filter(|place| *place < self.options()) {
            return Ok(Id::at(place));
        }
        let (code, text) = (Code::UnknownReference, shortened(text));
        Err(if self.is_graph() {
            let hint = "rank the states; only models with [[option]] speak of options".to_owned();
            Unnamed { code, message: format!("`{text}` is no option: this model has states and no options"), hint }
        } else {
            let hint = match nearest(&text, self.ids.keys().map(|id| &**id)) {
                Some(near) => format!("is `{near}` meant?"),
                None => format!("add it as an [[option]]; the options are {}", listed(self.ids.keys().map(|id| &**id))),
            };
            Unnamed { code, message: format!("no option has the id `{text}`"), hint }
        })
    }

    /// A list of options that a key of a section names; none if it is empty or a name leads nowhere, which is reported.
    pub(super) fn option_list(
        &self,
        section: &mut Section<'_, '_>,
        key: &'static str,
        least: usize,
        reader: &mut Reader<'_>,
    ) -> Option<Vec<Id<ModelOption>>> {
        let value = section.find(key)?;
        let entries = value.get_ref().as_array();
        let texts: Option<Vec<_>> =
            entries.and_then(|list| list.iter().map(|entry| Some((entry.get_ref().as_str()?, entry.span()))).collect());
        let expected = format!("a list of {least} options or more: [\"a\", \"b\"]");
        let Some(texts) = texts.filter(|texts| texts.len() >= least) else {
            match entries.map(|list| list.len()) {
                Some(length) if length < least => {
                    let message = format!("`{key}` lists {length}; expected {expected}");
                    reader.finding(Code::WrongType, value.span(), message, None);
                }
                _ => section.wrong(reader, key, value, &expected),
            }
            return None;
        };
        let mut options: Vec<Id<ModelOption>> = Vec::new();
        let mut complete = true;
        for (text, span) in texts {
            match self.option(text.trim()) {
                Ok(option) if options.contains(&option) => {
                    complete = false;
                    let message = format!("{key}: `{}` stands twice", shortened(text));
                    reader.finding(Code::DuplicateId, span, message, Some("take one of the two out".to_owned()));
                }
                Ok(option) => options.push(option),
                Err(problem) => {
                    complete = false;
                    problem.report(reader, span.start, key);
                }
            }
        }
        complete.then_some(options)
    }

    /// A rule over the options. `span` is that of the value that holds its text.
    pub(super) fn formula(
        &self,
        text: &str,
        span: Range<usize>,
        key: &str,
        reader: &mut Reader<'_>,
    ) -> Option<Formula> {
        let (rule, place) = reader.rule(key, text, &span)?;
        // All unknown names are said at once.
        let options: Vec<Option<Id<ModelOption>>> = rule
            .atoms()
            .into_iter()
            .map(|atom| match atom {
                Atom::Name(name) => {
                    let found = self.option(&name.text);
                    found.map_err(|problem| problem.report(reader, place(name.span.start), key)).ok()
                }
                Atom::Question(question) => {
                    let at = place(question.name.span.start);
                    reader.only_in_claims(key, question, at..at);
                    None
                }
                Atom::OneOf { name, .. } => {
                    let message = format!("{key}: an option is taken or not; it has no values");
                    let hint = format!("write `{name}` where it is taken, `-{name}` where it is not");
                    let at = place(name.span.start);
                    reader.finding(Code::RuleSyntax, at..at, message, Some(hint));
                    None
                }
            })
            .collect();
        let mut options = options.into_iter();
        let rule: Expression<Id<ModelOption>> = rule.try_map(&mut |_| options.next().flatten().ok_or(())).ok()?;
        Some(Formula { text: text.into(), rule })
    }
}

/// The id and the label of an option or a state; the id is noted under its place.
fn identity(
    section: &mut Section<'_, '_>,
    reader: &mut Reader<'_>,
    what: &'static str,
    example: &str,
    ids: &mut BTreeMap<Box<str>, usize>,
) -> (Box<str>, Box<str>) {
    let id: Box<str> = section.needed(reader, "id", &format!("an id such as {example}")).unwrap_or_default().into();
    let label = section.text(reader, "label");
    let label = if label.is_empty() { id.clone() } else { label.into() };
    if id.is_empty() {
        // It keeps its place, so that the numbers of the others stay as they are.
        ids.insert(format!(" {}", ids.len()).into(), ids.len());
        return (id, label);
    }
    let place = ids.len();
    let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
    if is_number && id.parse() != Ok(place + 1) {
        let message = format!("`{id}` is the id of {what} {}, and the number of another", place + 1);
        let hint = format!("an id that is a number is its own place; write id = \"{what}{id}\"");
        reader.finding(Code::DuplicateId, section.span("id").unwrap_or_default(), message, Some(hint));
    }
    if ids.contains_key(&id) {
        doubled(reader, section.span("id"), what, &id);
        ids.insert(format!(" {place}").into(), place);
    } else {
        ids.insert(id.clone(), place);
    }
    (id, label)
}
