//! A TOML file to a model.

mod form;
mod notation;
mod preference;
mod scope;

use std::ops::Range;

use super::{Basis, Preference, gmcr};
use super::{
    DecisionMaker, FOLDER, FileName, LARGEST, MOST_DECISION_MAKERS, Place, Placed, SCHEMA, StabilityModel, StatusQuo,
};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::ids::{Id, List};
use crate::keys::{Reader, Section};
use crate::marking::Marking;

pub(super) use notation::shortened;
use scope::Scope;

/// Reads a model from a file that stands alone: `.gmcr` or TOML, by the end of its name. Cost: linear in the file.
///
/// What is wrong goes to `findings`; there is no model if any of it is an error. Ids of a case, which cannot be followed, give a warning.
pub fn read(file: &str, bytes: Vec<u8>, findings: &mut Findings) -> Option<StabilityModel> {
    let mut own = Findings::default();
    let model = read_any(file, bytes, &mut own);
    if let Some(model) = &model {
        report_not_linked(model, &mut own);
    }
    let model = model.filter(|_| !own.has_errors());
    findings.extend(own.into_sorted());
    model
}

pub(super) fn read_any(file: &str, bytes: Vec<u8>, findings: &mut Findings) -> Option<StabilityModel> {
    if bytes.len() > LARGEST {
        let message = format!("this model has {} MB; at most {} MB are read", bytes.len() >> 20, LARGEST >> 20);
        let hint = "give preferences as statements or weights in place of a ranking of all states";
        findings.push(Diagnostic::new(Code::TooLarge, file, message).hint(hint));
        return None;
    }
    let text = crate::text::decode(file, bytes).map_err(|problem| findings.push(problem)).ok()?;
    if file.to_ascii_lowercase().ends_with(".gmcr") {
        gmcr::read(file, &text, findings)
    } else {
        read_toml(file, &text, findings)
    }
}

fn read_toml(file: &str, text: &str, findings: &mut Findings) -> Option<StabilityModel> {
    let (mut reader, table, well_formed) = Reader::open(file, text, findings);
    let mut root = Section::new(table.get_ref(), "");
    let reader = &mut reader;
    match root.integer(reader, "schema", 1..=i64::MAX) {
        Some(number) if number != SCHEMA => {
            let message = format!("this model has schema {number}; this program reads schema {SCHEMA}");
            let hint = "a newer version of the program reads newer models".to_owned();
            reader.finding(Code::SchemaVersion, root.span("schema").unwrap_or_default(), message, Some(hint));
            return None;
        }
        None if !root.has("schema") => reader.missing("schema", "schema = 1"),
        _ => {}
    }
    let title = root.text(reader, "title");
    if title.is_empty() && root.is_text_or_missing("title") {
        reader.missing("title", "title = \"Name of the model\"");
    }
    let source_span = root.span("source");
    let source = Some(root.text(reader, "source")).filter(|source| !source.is_empty());
    let source = source.map(|source| placed(reader, source_span, source.into()));
    let note = root.text(reader, "note");
    let at = root.day(reader, "at");
    let marking = root.word(reader, "marking", &Marking::WORDS);
    let scope = Scope::read(&mut root, reader);
    let mut sections: Vec<Section<'_, '_>> = root.tables(reader, "decision_maker").collect();
    if sections.is_empty() && !root.has("decision_maker") {
        reader.missing("decision_maker", "[[decision_maker]]");
    }
    if sections.len() > MOST_DECISION_MAKERS {
        let span = sections[MOST_DECISION_MAKERS].start().map(|start| start..start);
        too_many(reader, span, "decision makers", sections.len(), MOST_DECISION_MAKERS);
        return None;
    }
    let ids = decision_maker_ids(&mut sections, reader);
    let mut owned = Vec::new();
    let mut decision_makers = List::default();
    for (section, id) in sections.iter_mut().zip(&ids) {
        owned.push(form::holdings(section, id, &scope, reader));
        if let Some(decision_maker) = decision_maker(section, id, &scope, reader) {
            decision_makers.push(decision_maker);
        }
    }
    sections.into_iter().for_each(|section| section.finish(reader));
    let status_quo = status_quo(&mut root, &scope, reader);
    let coalitions = coalitions(&mut root, &ids, reader);
    let form = form::read(&mut root, &scope, owned, &ids, reader);
    root.finish(reader);
    let complete = well_formed && decision_makers.len() == ids.len() && !decision_makers.is_empty();
    complete.then_some(())?;
    let file = FileName(file.into());
    let (title, note) = (title.into(), note.into());
    Some(StabilityModel {
        file,
        title,
        source,
        note,
        at,
        marking,
        decision_makers,
        form: form?,
        status_quo,
        coalitions,
    })
}

/// The ids of all decision makers in order; one that is missing is empty.
fn decision_maker_ids(sections: &mut [Section<'_, '_>], reader: &mut Reader<'_>) -> Vec<Box<str>> {
    let mut ids: Vec<Box<str>> = Vec::new();
    for section in sections {
        let id = section.needed(reader, "id", "an id such as \"usa\"").unwrap_or_default();
        if !id.is_empty() && ids.iter().any(|other| **other == *id) {
            doubled(reader, section.span("id"), "decision maker", &id);
        }
        ids.push(id.into());
    }
    ids
}

fn decision_maker(
    section: &mut Section<'_, '_>,
    id: &str,
    scope: &Scope,
    reader: &mut Reader<'_>,
) -> Option<DecisionMaker> {
    let name = section.text(reader, "name");
    let actor_span = section.span("actor");
    let actor = Some(section.text(reader, "actor")).filter(|actor| !actor.is_empty());
    let actor = actor.map(|actor| placed(reader, actor_span, actor.into()));
    let unknown = preference::unknown(section, scope, reader);
    let preference = preference::read(section, id, scope, reader)?;
    if let (Preference::Indifferent, Some(first)) = (&preference.value, unknown.first()) {
        let message = format!("`{id}` is indifferent, so the order of no states is unknown");
        let finding = Diagnostic::new(Code::KeysExclude, reader.file, message).hint("take out one of the two keys");
        reader.findings.push(first.place.on(finding));
    }
    let name = if name.is_empty() { id } else { &name };
    Some(DecisionMaker { id: id.into(), name: name.into(), actor, preference, unknown })
}

fn status_quo(root: &mut Section<'_, '_>, scope: &Scope, reader: &mut Reader<'_>) -> Option<Placed<StatusQuo>> {
    let value = root.find("status_quo")?;
    let text = match (value.get_ref().as_str(), value.get_ref().as_integer()) {
        (Some(text), _) => text.trim().to_owned(),
        (None, Some(number)) if number.radix() == 10 => number.as_str().to_owned(),
        _ => {
            root.wrong(reader, "status_quo", value, "the number of a state, or a rule such as \"-strike & blockade\"");
            return None;
        }
    };
    let is_state = scope.is_graph() || text.bytes().all(|byte| byte.is_ascii_digit());
    let status_quo = if is_state {
        match scope.state(&text) {
            Ok(state) => StatusQuo::State(state),
            Err(problem) => {
                problem.report(reader, value.span().start, "status_quo");
                return None;
            }
        }
    } else {
        StatusQuo::When(scope.formula(&text, value.span(), "status_quo", reader)?)
    };
    Some(placed(reader, Some(value.span()), status_quo))
}

fn coalitions(root: &mut Section<'_, '_>, ids: &[Box<str>], reader: &mut Reader<'_>) -> Vec<Vec<Id<DecisionMaker>>> {
    let Some(value) = root.find("coalitions") else { return Vec::new() };
    let Some(lists) = value.get_ref().as_array() else {
        root.wrong(reader, "coalitions", value, "lists of decision makers: [[\"a\", \"b\"], [\"a\", \"c\"]]");
        return Vec::new();
    };
    let mut coalitions = Vec::new();
    for list in lists {
        let names = list.get_ref().as_array().map(|names| {
            names.iter().map(|name| Some((name.get_ref().as_str()?, name.span()))).collect::<Option<Vec<_>>>()
        });
        let Some(Some(names)) = names else {
            root.wrong(reader, "coalitions", list, "a list of decision makers: [\"a\", \"b\"]");
            continue;
        };
        let members: Vec<_> = names
            .into_iter()
            .filter_map(|(name, span)| decision_maker_named(name, span, ids, "coalitions", reader))
            .collect();
        let mut distinct = members.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if members.len() < 2 || distinct.len() < members.len() {
            let message = "coalitions: a coalition has two members or more, each once".to_owned();
            reader.finding(Code::WrongType, list.span(), message, None);
            continue;
        }
        coalitions.push(distinct);
    }
    coalitions
}

/// The decision maker that a text names.
fn decision_maker_named(
    text: &str,
    span: Range<usize>,
    ids: &[Box<str>],
    key: &str,
    reader: &mut Reader<'_>,
) -> Option<Id<DecisionMaker>> {
    let text = text.trim();
    let found = ids.iter().position(|id| **id == *text && !text.is_empty());
    if found.is_none() {
        let hint = match crate::text::nearest(text, ids.iter().map(|id| &**id)) {
            Some(near) => format!("is `{near}` meant?"),
            None => format!("the decision makers are {}", listed(ids.iter().map(|id| &**id))),
        };
        let message = format!("{key}: no decision maker has the id `{text}`");
        reader.finding(Code::UnknownReference, span, message, Some(hint));
    }
    found.map(Id::at)
}

/// Ids for a message, the first few of them.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const SHOWN: usize = 12;
    let names: Vec<String> = names.take(SHOWN + 1).map(|name| format!("`{name}`")).collect();
    match names.len() {
        0 => "none".to_owned(),
        length if length > SHOWN => format!("{} and others", names[..SHOWN].join(", ")),
        _ => names.join(", "),
    }
}

fn placed<T>(reader: &Reader<'_>, span: Option<Range<usize>>, value: T) -> Placed<T> {
    let (line, column) = reader.place(span.unwrap_or_default().start);
    Placed { value, place: Place::Text(line, column) }
}

fn doubled(reader: &mut Reader<'_>, span: Option<Range<usize>>, what: &str, id: &str) {
    let message = format!("`{id}` is already the id of another {what}");
    let hint = Some(format!("give each {what} an id of its own"));
    reader.finding(Code::DuplicateId, span.unwrap_or_default(), message, hint);
}

fn too_many(reader: &mut Reader<'_>, span: Option<Range<usize>>, what: &str, found: usize, most: usize) {
    let message = format!("this model has {found} {what}; at most {most} are read");
    let hint = Some("leave out those that the question does not need".to_owned());
    reader.finding(Code::LargeModel, span.unwrap_or_default(), message, hint);
}

/// Warns of ids of a case in a model without one.
fn report_not_linked(model: &StabilityModel, findings: &mut Findings) {
    let mut names = Vec::new();
    for decision_maker in model.decision_makers.iter() {
        names.extend(decision_maker.actor.iter());
        if let Preference::Statements(order) = &decision_maker.preference.value {
            names.extend(order.statements.iter().filter_map(|row| match &row.basis {
                Basis::Rows(rows) => rows.first(),
                Basis::Given | Basis::Assumption(_) => None,
            }));
        }
    }
    let Some(first) = names.first() else { return };
    let message = format!(
        "this model names actors or rows of a case, for instance `{}`; read alone, they are not looked up",
        first.value
    );
    let finding = Diagnostic::new(Code::NotLinked, &model.file.0, message);
    let hint = format!("put the file into the folder `{FOLDER}` of a case to have them checked");
    findings.push(first.place.on(finding).hint(hint));
}
