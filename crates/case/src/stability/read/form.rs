//! Who has what, what cannot be, what is one state, and single moves.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::{
    ArcEdit, Change, DecisionMaker, Forbidden, Form, GraphForm, GraphState, Infeasible, MOST_ENTRIES, ModelOption,
    OptionForm, Pattern, Placed, SameState, StateName, StateNumber,
};
use super::notation::{self, Fault};
use super::scope::{Scope, Subject};
use super::{decision_maker_named, placed, too_many};
use crate::diagnostic::Code;
use crate::ids::Id;
use crate::keys::{Reader, Section};

/// What a decision maker has: options, or moves.
pub(super) enum Holdings {
    Options(Vec<Id<ModelOption>>),
    Arcs(Vec<(StateNumber, StateNumber)>),
}

/// Reads `options` or `moves` of a decision maker.
pub(super) fn holdings(
    section: &mut Section<'_, '_>,
    id: &str,
    scope: &Scope,
    reader: &mut Reader<'_>,
) -> Option<Holdings> {
    if scope.is_graph() {
        exclude(section, "options", "lists its states, and who moves where", "give `moves = [\"1 -> 2\"]`", reader);
        return Some(Holdings::Arcs(arcs(section, "moves", scope, reader)?));
    }
    exclude(section, "moves", "has options, from which moves follow", "single moves are edited with [[move]]", reader);
    if !section.has("options") {
        section.lacks(reader, "options", &format!("the options that `{id}` has; [] if it has none"));
    }
    Some(Holdings::Options(scope.option_list(section, "options", 0, reader)?))
}

/// Reports a key that belongs to the other form.
fn exclude(section: &mut Section<'_, '_>, key: &'static str, but: &str, hint: &str, reader: &mut Reader<'_>) {
    if let Some(span) = section.span(key) {
        reader.finding(Code::KeysExclude, span, format!("`{key}` stands in a model that {but}"), Some(hint.to_owned()));
    }
}

/// The form of the model; none if a part of it is missing, which was reported.
pub(super) fn read(
    root: &mut Section<'_, '_>,
    scope: &Scope,
    owned: Vec<Option<Holdings>>,
    ids: &[Box<str>],
    reader: &mut Reader<'_>,
) -> Option<Form> {
    match &scope.subject {
        Subject::States(states) => {
            for key in ["infeasible", "same_state", "move", "name"] {
                exclude(
                    root,
                    key,
                    "lists its states",
                    "leave the state or the move out, or name it with its label",
                    reader,
                );
            }
            let place = |state: StateNumber| Id::<GraphState>::at(state.get() as usize - 1);
            let arcs = owned
                .into_iter()
                .map(|holdings| match holdings? {
                    Holdings::Options(_) => None,
                    Holdings::Arcs(arcs) => {
                        let arcs: BTreeSet<_> = arcs.into_iter().map(|(from, to)| (place(from), place(to))).collect();
                        Some(arcs.into_iter().collect())
                    }
                })
                .collect::<Option<Vec<_>>>()?;
            let states = states.clone();
            (!states.is_empty()).then_some(Form::Graph(GraphForm { states, arcs }))
        }
        Subject::Options(options) => {
            let infeasible = entries(root, "infeasible", reader, |section, reader| infeasible(section, scope, reader));
            let same_state = entries(root, "same_state", reader, |section, reader| {
                let label = section.text(reader, "label").into();
                let when = needed_formula(section, "when", scope, reader)?;
                Some(SameState { when, label })
            });
            let edits = entries(root, "move", reader, |section, reader| edit(section, scope, ids, reader));
            let names = entries(root, "name", reader, |section, reader| {
                let label = section.needed(reader, "label", "the name of the state");
                let when = needed_formula(section, "when", scope, reader)?;
                Some(StateName { when, label: label?.into() })
            });
            let owned = owned
                .into_iter()
                .map(|holdings| match holdings? {
                    Holdings::Options(options) => Some(options),
                    Holdings::Arcs(_) => None,
                })
                .collect::<Option<Vec<_>>>()?;
            report_nobodys(root, scope, &owned, reader);
            let options = options.clone();
            let form = OptionForm { options, owned, infeasible, same_state, edits, names };
            (!form.options.is_empty()).then_some(Form::Options(form))
        }
    }
}

/// Warns of options that no decision maker has.
fn report_nobodys(root: &mut Section<'_, '_>, scope: &Scope, owned: &[Vec<Id<ModelOption>>], reader: &mut Reader<'_>) {
    let Subject::Options(options) = &scope.subject else { return };
    let starts: Vec<usize> = root.tables(reader, "option").map(|section| section.start().unwrap_or_default()).collect();
    let had: BTreeSet<Id<ModelOption>> = owned.iter().flatten().copied().collect();
    for (id, option) in options.with_ids().filter(|(id, _)| !had.contains(id)) {
        let at = starts.get(id.place()).copied().unwrap_or_default();
        let message = format!("no decision maker has the option `{}`: it is fixed", option.id);
        let hint = format!("add \"{}\" to `options` of a decision maker, or write moves = \"fixed\"", option.id);
        let fixed = option.moves == super::super::Moves::Fixed;
        if !fixed {
            reader.finding(Code::NobodysOption, at..at, message, Some(hint));
        }
    }
}

/// The entries of a list of sections, each with its place.
fn entries<'a, 'i, T>(
    root: &mut Section<'a, 'i>,
    key: &'static str,
    reader: &mut Reader<'_>,
    mut read: impl FnMut(&mut Section<'a, 'i>, &mut Reader<'_>) -> Option<T>,
) -> Vec<Placed<T>> {
    let sections: Vec<Section<'a, 'i>> = root.tables(reader, key).collect();
    if let Some(section) = sections.get(MOST_ENTRIES) {
        let span = section.start().map(|start| start..start);
        too_many(reader, span, &format!("entries [[{key}]]"), sections.len(), MOST_ENTRIES);
    }
    let mut entries = Vec::new();
    for mut section in sections.into_iter().take(MOST_ENTRIES) {
        let span = section.start().map(|start| start..start);
        let entry = read(&mut section, reader);
        section.finish(reader);
        entries.extend(entry.map(|entry| placed(reader, span, entry)));
    }
    entries
}

fn needed_formula(
    section: &mut Section<'_, '_>,
    key: &'static str,
    scope: &Scope,
    reader: &mut Reader<'_>,
) -> Option<super::super::Formula> {
    let text = section.needed(reader, key, "a rule such as \"strike & -withdraw\"")?;
    let span = section.span(key).unwrap_or_default();
    scope.formula(&text, span, key, reader)
}

fn infeasible(section: &mut Section<'_, '_>, scope: &Scope, reader: &mut Reader<'_>) -> Option<Infeasible> {
    const KINDS: [&str; 6] = ["when", "pattern", "exclusive", "at_least_one", "exactly_one", "option"];
    let why = section.text(reader, "why").into();
    let given: Vec<&'static str> = KINDS.into_iter().filter(|key| section.has(key)).collect();
    let start = section.start().unwrap_or_default();
    // Every key counts as asked for, so that only keys of other names are called unknown.
    section.know(KINDS.into_iter().chain(["requires"]));
    let [kind] = given.as_slice() else {
        let message = match given.as_slice() {
            [] => "this entry does not say what cannot be".to_owned(),
            several => format!("`{}` stand in one entry", several.join("` and `")),
        };
        let hint =
            "give one of `when`, `pattern`, `exclusive`, `at_least_one`, `exactly_one`, or `option` with `requires`";
        reader.finding(Code::KeysExclude, start..start, message, Some(hint.to_owned()));
        return None;
    };
    if let (true, Some(span)) = (*kind != "option", section.span("requires")) {
        let hint = "write option = \"a\" and requires = \"b\"".to_owned();
        reader.finding(Code::KeysExclude, span, format!("`requires` stands beside `{kind}`"), Some(hint));
        return None;
    }
    let what = match *kind {
        "when" => Forbidden::When(needed_formula(section, "when", scope, reader)?),
        "pattern" => {
            let text = section.needed(reader, "pattern", "a pattern such as \"YN--\"")?;
            let span = section.span("pattern").unwrap_or_default();
            let read = notation::pattern(&text, scope.options());
            Forbidden::Pattern(Pattern(read.map_err(|fault| report(fault, &text, span, "pattern", reader)).ok()?))
        }
        "exclusive" => Forbidden::Exclusive(scope.option_list(section, "exclusive", 2, reader)?),
        "at_least_one" => Forbidden::AtLeastOne(scope.option_list(section, "at_least_one", 1, reader)?),
        "exactly_one" => Forbidden::ExactlyOne(scope.option_list(section, "exactly_one", 1, reader)?),
        _ => {
            let option = named_option(section, "option", scope, reader);
            let needed = named_option(section, "requires", scope, reader);
            let (option, needed) = option.zip(needed)?;
            if option == needed {
                let message = "an option does not require itself".to_owned();
                reader.finding(Code::WrongType, section.span("requires").unwrap_or_default(), message, None);
                return None;
            }
            Forbidden::Requires(option, needed)
        }
    };
    Some(Infeasible { what, why })
}

fn named_option(
    section: &mut Section<'_, '_>,
    key: &'static str,
    scope: &Scope,
    reader: &mut Reader<'_>,
) -> Option<Id<ModelOption>> {
    let text = section.needed(reader, key, "the id of an option")?;
    let at = section.span(key).unwrap_or_default().start;
    scope.option(&text).map_err(|problem| problem.report(reader, at, key)).ok()
}

fn edit(section: &mut Section<'_, '_>, scope: &Scope, ids: &[Box<str>], reader: &mut Reader<'_>) -> Option<ArcEdit> {
    let id = section.needed(reader, "decision_maker", "whose move it is");
    let span = section.span("decision_maker").unwrap_or_default();
    let decision_maker: Option<Id<DecisionMaker>> =
        id.and_then(|id| decision_maker_named(&id, span, ids, "decision_maker", reader));
    let start = section.start().unwrap_or_default();
    let (change, key) = match (section.has("add"), section.has("remove")) {
        (true, false) => (Change::Add, "add"),
        (false, true) => (Change::Remove, "remove"),
        (both, _) => {
            section.know(["add", "remove"]);
            let message = if both { "`add` and `remove` stand in one entry" } else { "this entry changes no move" };
            let hint = "give one of add = \"3 -> 5\" and remove = \"3 -> 5\"".to_owned();
            reader.finding(Code::KeysExclude, start..start, message.to_owned(), Some(hint));
            return None;
        }
    };
    let arcs = arcs(section, key, scope, reader)?;
    Some(ArcEdit { decision_maker: decision_maker?, change, arcs })
}

/// The moves that a key lists: a text or a list of them. None if the key is missing or wrong, which is reported.
fn arcs(
    section: &mut Section<'_, '_>,
    key: &'static str,
    scope: &Scope,
    reader: &mut Reader<'_>,
) -> Option<Vec<(StateNumber, StateNumber)>> {
    let Some(value) = section.find(key) else {
        section.lacks(reader, key, "moves such as [\"1 -> 2\", \"1 <-> 5\"]; [] if there are none");
        return None;
    };
    let texts: Option<Vec<(&str, Range<usize>)>> = match (value.get_ref().as_str(), value.get_ref().as_array()) {
        (Some(text), _) => Some(vec![(text, value.span())]),
        (None, Some(list)) => list.iter().map(|entry| Some((entry.get_ref().as_str()?, entry.span()))).collect(),
        (None, None) => None,
    };
    let Some(texts) = texts else {
        section.wrong(reader, key, value, "moves such as [\"1 -> 2\", \"1 <-> 5\"]");
        return None;
    };
    let mut arcs = Vec::new();
    let mut complete = true;
    for (text, span) in texts {
        match arc(text, &span, key, scope, reader) {
            Some((from, to, both)) => {
                arcs.push((from, to));
                arcs.extend(both.then_some((to, from)));
            }
            None => complete = false,
        }
    }
    complete.then_some(arcs)
}

fn arc(
    text: &str,
    span: &Range<usize>,
    key: &str,
    scope: &Scope,
    reader: &mut Reader<'_>,
) -> Option<(StateNumber, StateNumber, bool)> {
    let ((from, from_at), (to, to_at), both) =
        notation::arc(text).map_err(|fault| report(fault, text, span.clone(), key, reader)).ok()?;
    let start = reader.inside(span, text);
    let at = |part: Range<usize>| start.map_or(span.start, |start| start + part.start);
    let mut state = |name: &str, part| scope.state(name).map_err(|problem| problem.report(reader, at(part), key)).ok();
    let (from, to) = (state(from, from_at), state(to, to_at));
    let (from, to) = from.zip(to)?;
    if from == to {
        let message = format!("{key}: this move leads to where it begins");
        reader.finding(Code::StateSyntax, span.clone(), message, Some("name two states".to_owned()));
        return None;
    }
    Some((from, to, both))
}

/// Reports a text that cannot be read.
pub(super) fn report(fault: Fault, text: &str, span: Range<usize>, key: &str, reader: &mut Reader<'_>) {
    let at = reader.inside(&span, text).map_or(span.start, |start| start + fault.span.start);
    reader.finding(Code::StateSyntax, at..at, format!("{key}: {}", fault.message), Some(fault.hint.to_owned()));
}
