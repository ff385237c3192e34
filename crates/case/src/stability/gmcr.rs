//! `.gmcr` files (JSON) to a model.
//!
//! Such a file numbers options and decision makers from 0 in the order in which it lists them. The states in its rankings are numbered
//! from 1 over the options in another order: decision maker by decision maker, each with its options as it lists them. The model takes
//! the options in that order, so that the numbers of its states are those of the file.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use serde_json::{Map, Value};

use super::{
    Basis, DecisionMaker, FileName, Forbidden, Form, Formula, Infeasible, MOST_DECISION_MAKERS, MOST_ENTRIES,
    MOST_OPTIONS, ModelOption, Moves, OptionForm, Order, Pattern, Place, Placed, Preference, Ranking, StabilityModel,
    StateNumber, Statement,
};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::expression::{Expression, MOST_ATOMS};
use crate::ids::{Id, List};

/// Keys that say nothing of the conflict itself, or that follow from others.
const DERIVED: [&str; 3] = ["coalitionsFull", "program", "version"];

/// Reads a file; what is wrong with it goes to `findings`. Cost: linear in the file.
pub(super) fn read(file: &str, text: &str, findings: &mut Findings) -> Option<StabilityModel> {
    let mut importer = Importer { file, findings };
    let root = match serde_json::from_str(text) {
        Ok(Value::Object(root)) => root,
        Ok(_) => {
            let message = "a model is one object {…}; this file holds something else";
            importer.findings.push(Diagnostic::new(Code::NotAModel, file, message).at(1, Some(1)));
            return None;
        }
        Err(error) => {
            let words = error.to_string();
            let what = words.split(" at line ").next().unwrap_or_default();
            let message = match error.is_eof() {
                true => format!("the file ends here, before the model does ({what})"),
                false => format!("this is not JSON here: {what}"),
            };
            let hint = if error.is_eof() {
                "it may be cut off: copy it again"
            } else {
                "save it again from the program that wrote it"
            };
            let finding = Diagnostic::new(Code::NotAModel, file, message);
            importer.findings.push(finding.at(error.line() as u64, Some(error.column() as u64)).hint(hint));
            return None;
        }
    };
    importer.model(&root)
}

struct Importer<'a> {
    file: &'a str,
    findings: &'a mut Findings,
}

/// An option as the file lists it.
struct Listed<'j> {
    name: &'j str,
    moves: Moves,
}

/// A decision maker as the file lists it, with the indices of its options.
struct Chooser<'j> {
    name: &'j str,
    options: Vec<usize>,
    keys: &'j Map<String, Value>,
}

/// The options of the model, and where each option of the file went.
struct Options {
    list: List<ModelOption>,
    /// For each option of the file, its place in the model.
    place: Vec<Id<ModelOption>>,
    /// Whether each is had by some decision maker.
    all_had: bool,
}

impl Importer<'_> {
    fn finding(&mut self, code: Code, path: &str, message: impl Into<String>, hint: Option<&str>) {
        let mut finding = Place::Path(path.into()).on(Diagnostic::new(code, self.file, message));
        finding.hints.extend(hint.map(str::to_owned));
        self.findings.push(finding);
    }

    fn wrong(&mut self, path: &str, expected: &str) {
        self.finding(Code::NotAModel, path, format!("expected {expected}"), None);
    }

    fn model(&mut self, root: &Map<String, Value>) -> Option<StabilityModel> {
        let listed = self.listed_options(root);
        let choosers = self.choosers(root, listed.as_ref().map_or(0, Vec::len));
        let (listed, choosers) = listed.zip(choosers)?;
        self.report_shared(&listed, &choosers);
        let options = grouped(&listed, &choosers);
        let infeasible = self.infeasible(root, &options);
        let by_ranking = self.by_ranking(root);
        let ids = identifiers(choosers.iter().map(|chooser| chooser.name), "decision_maker");
        let mut decision_makers = List::default();
        for (number, (chooser, id)) in choosers.iter().zip(ids).enumerate() {
            let path = format!("decisionMakers[{number}]");
            let preference = match by_ranking {
                true => self.ranking(chooser, &path, &options),
                false => self.statements(chooser, &path, &options),
            };
            self.report_unread(
                chooser.keys,
                &path,
                &["name", "options", "preferences", "preferenceRanking", "preferenceVector", "payoffs"],
            );
            if let Some(preference) = preference {
                let (name, unknown) = (chooser.name.into(), Vec::new());
                decision_makers.push(DecisionMaker { id, name, actor: None, preference, unknown });
            }
        }
        let coalitions = self.coalitions(root, choosers.len());
        let known = [
            "options",
            "decisionMakers",
            "infeasibles",
            "coalitions",
            "useManualPreferenceRanking",
            "useManualPreferenceVectors",
        ];
        self.report_unread(root, "", &[known.as_slice(), &DERIVED].concat());
        for option in options.list.iter().filter(|_| !options.all_had) {
            let had = choosers
                .iter()
                .flat_map(|chooser| &chooser.options)
                .any(|index| options.list[options.place[*index]].id == option.id);
            if !had {
                self.finding(
                    Code::NobodysOption,
                    "options",
                    format!("no decision maker has `{}`: it is fixed", option.label),
                    None,
                );
            }
        }
        let complete = decision_makers.len() == choosers.len();
        let owned = choosers
            .iter()
            .map(|chooser| chooser.options.iter().map(|index| options.place[*index]).collect())
            .collect();
        let form = Form::Options(OptionForm {
            options: options.list,
            owned,
            infeasible: infeasible?,
            same_state: Vec::new(),
            edits: Vec::new(),
            names: Vec::new(),
        });
        complete.then(|| StabilityModel {
            file: FileName(self.file.into()),
            title: title_of(self.file).into(),
            source: None,
            note: Box::default(),
            at: None,
            marking: None,
            decision_makers,
            form,
            status_quo: None,
            coalitions,
        })
    }

    /// The objects of a list of the file.
    fn objects<'j>(
        &mut self,
        root: &'j Map<String, Value>,
        key: &str,
        most: usize,
    ) -> Option<Vec<&'j Map<String, Value>>> {
        let Some(list) = root.get(key).and_then(Value::as_array) else {
            self.wrong(key, "a list [{…}, {…}]");
            return None;
        };
        if list.is_empty() {
            self.wrong(key, "one entry or more");
            return None;
        }
        if list.len() > most {
            self.finding(Code::LargeModel, key, format!("{} entries; at most {most} are read", list.len()), None);
            return None;
        }
        let objects: Vec<Option<&Map<String, Value>>> = list.iter().map(Value::as_object).collect();
        for (number, _) in objects.iter().enumerate().filter(|(_, object)| object.is_none()) {
            self.wrong(&format!("{key}[{number}]"), "an object {…}");
        }
        objects.into_iter().collect()
    }

    fn name<'j>(&mut self, object: &'j Map<String, Value>, path: &str) -> Option<&'j str> {
        let name = object.get("name").and_then(Value::as_str).map(str::trim).filter(|name| !name.is_empty());
        if name.is_none() {
            self.wrong(&format!("{path}.name"), "a name");
        }
        name
    }

    fn listed_options<'j>(&mut self, root: &'j Map<String, Value>) -> Option<Vec<Listed<'j>>> {
        let objects = self.objects(root, "options", MOST_OPTIONS)?;
        let read = objects.into_iter().enumerate().map(|(number, object)| {
            let path = format!("options[{number}]");
            let name = self.name(object, &path);
            let direction = object.get("permittedDirection").map_or(Some("both"), Value::as_str);
            let moves = match direction {
                Some("both") => Some(Moves::Both),
                Some("fwd") => Some(Moves::Forward),
                Some("back") => Some(Moves::Back),
                _ => {
                    self.wrong(&format!("{path}.permittedDirection"), "\"both\", \"fwd\" or \"back\"");
                    None
                }
            };
            self.report_unread(object, &path, &["name", "permittedDirection"]);
            Some(Listed { name: name?, moves: moves? })
        });
        let read: Vec<Option<Listed<'j>>> = read.collect();
        read.into_iter().collect()
    }

    fn choosers<'j>(&mut self, root: &'j Map<String, Value>, options: usize) -> Option<Vec<Chooser<'j>>> {
        let objects = self.objects(root, "decisionMakers", MOST_DECISION_MAKERS)?;
        let read = objects.into_iter().enumerate().map(|(number, keys)| {
            let path = format!("decisionMakers[{number}]");
            let name = self.name(keys, &path);
            let path = format!("{path}.options");
            let list = keys.get("options").and_then(Value::as_array);
            let indices: Option<Vec<usize>> =
                list.and_then(|list| list.iter().map(|entry| index(entry, options)).collect());
            let distinct = indices.iter().flatten().collect::<BTreeSet<_>>().len();
            let indices = indices.filter(|indices| distinct == indices.len());
            if indices.is_none() {
                let last = options.saturating_sub(1);
                self.wrong(&path, &format!("a list of places of options, each once, from 0 to {last}"));
            }
            Some(Chooser { name: name?, options: indices?, keys })
        });
        let read: Vec<Option<Chooser<'j>>> = read.collect();
        read.into_iter().collect()
    }

    fn report_shared(&mut self, listed: &[Listed<'_>], choosers: &[Chooser<'_>]) {
        for (index, option) in listed.iter().enumerate() {
            if choosers.iter().filter(|chooser| chooser.options.contains(&index)).count() > 1 {
                let message =
                    format!("`{}` is an option of several decision makers: any of them can change it", option.name);
                let hint = "other programs may number the states of such a file otherwise: compare the moves with what they show";
                self.finding(Code::ReadOtherwise, &format!("options[{index}]"), message, Some(hint));
            }
        }
    }

    fn infeasible(&mut self, root: &Map<String, Value>, options: &Options) -> Option<Vec<Placed<Infeasible>>> {
        let Some(value) = root.get("infeasibles") else { return Some(Vec::new()) };
        let entries = self.conditions(value, "infeasibles", options)?;
        let forbidden = |rule: Expression<Id<ModelOption>>| match pattern(&rule, options.list.len()) {
            Some(pattern) => Forbidden::Pattern(pattern),
            None => Forbidden::When(Formula::new(rule, &options.list)),
        };
        let entry = |(place, rule)| Placed { value: Infeasible { what: forbidden(rule), why: Box::default() }, place };
        Some(entries.into_iter().map(entry).collect())
    }

    /// Whether the rankings count, and not the statements.
    fn by_ranking(&mut self, root: &Map<String, Value>) -> bool {
        let flags = ["useManualPreferenceRanking", "useManualPreferenceVectors"];
        let Some((key, value)) = flags.into_iter().find_map(|key| Some((key, root.get(key)?))) else { return false };
        if value.as_bool().is_none() {
            self.wrong(key, "true or false");
        }
        value.as_bool().unwrap_or(false)
    }

    fn statements(&mut self, chooser: &Chooser<'_>, path: &str, options: &Options) -> Option<Placed<Preference>> {
        let path = format!("{path}.preferences");
        let conditions = match chooser.keys.get("preferences") {
            Some(value) => self.conditions(value, &path, options)?,
            None => {
                let message = format!("`{}` has no preferences", chooser.name);
                let hint = "add `preferences`, or set `useManualPreferenceRanking` to true if the file has rankings";
                self.finding(Code::OnePreference, &path, message, Some(hint));
                return None;
            }
        };
        let place = Place::Path(path.into());
        if conditions.is_empty() {
            return Some(Placed { value: Preference::Indifferent, place });
        }
        let statement = |(place, rule)| {
            let holds = Formula::new(rule, &options.list);
            Placed { value: Statement { holds, basis: Basis::Given, reason: Box::default() }, place }
        };
        let statements = conditions.into_iter().map(statement).collect();
        Some(Placed { value: Preference::Statements(Order { statements, swaps: 0 }), place })
    }

    fn ranking(&mut self, chooser: &Chooser<'_>, path: &str, options: &Options) -> Option<Placed<Preference>> {
        let keys = ["preferenceRanking", "preferenceVector"];
        let Some((key, value)) = keys.into_iter().find_map(|key| Some((key, chooser.keys.get(key)?))) else {
            let message = format!("`{}` has no ranking, and the file says that rankings count", chooser.name);
            let hint = "add `preferenceRanking`, or set `useManualPreferenceRanking` to false";
            self.finding(Code::OnePreference, &format!("{path}.preferenceRanking"), message, Some(hint));
            return None;
        };
        let path = format!("{path}.{key}");
        if !options.all_had {
            let message = "the states of this ranking cannot be told: an option is had by no decision maker, so their numbers are not sure";
            let hint = "give that option to a decision maker, or use preference statements";
            self.finding(Code::ReadOtherwise, &path, message, None);
            self.finding(Code::NotAModel, &path, "this ranking cannot be read", Some(hint));
            return None;
        }
        let number = |value: &Value| value.as_u64().and_then(|number| NonZeroU32::new(u32::try_from(number).ok()?));
        let class = |(at, entry): (usize, &Value)| -> Option<Vec<Placed<StateNumber>>> {
            let state = |value: &Value| {
                Some(Placed { value: StateNumber(number(value)?), place: Place::Path(format!("{path}[{at}]").into()) })
            };
            match entry.as_array() {
                Some(tied) if tied.is_empty() => None,
                Some(tied) => tied.iter().map(state).collect(),
                None => Some(vec![state(entry)?]),
            }
        };
        let classes: Option<Vec<_>> = value.as_array().and_then(|list| list.iter().enumerate().map(class).collect());
        let Some(classes) = classes.filter(|classes| !classes.is_empty()) else {
            self.wrong(
                &path,
                "state numbers from 1, the most preferred first; equal ones in a list of their own: [5, 7, [6, 8]]",
            );
            return None;
        };
        let value = Preference::Ranking(Ranking { classes, noise: 0 });
        Some(Placed { value, place: Place::Path(path.into()) })
    }

    fn coalitions(&mut self, root: &Map<String, Value>, decision_makers: usize) -> Vec<Vec<Id<DecisionMaker>>> {
        let Some(value) = root.get("coalitions") else { return Vec::new() };
        let members = |entry: &Value| -> Option<Vec<usize>> {
            match entry.as_array() {
                Some(list) => list.iter().map(|member| index(member, decision_makers)).collect(),
                None => Some(vec![index(entry, decision_makers)?]),
            }
        };
        let lists: Option<Vec<Vec<usize>>> = value.as_array().and_then(|list| list.iter().map(members).collect());
        let Some(lists) = lists else {
            self.wrong(
                "coalitions",
                "places of decision makers from 0, those of a coalition in a list of their own: [0, [1, 2]]",
            );
            return Vec::new();
        };
        let mut coalitions = Vec::new();
        for members in lists {
            let members: BTreeSet<usize> = members.into_iter().collect();
            if members.len() > 1 {
                coalitions.push(members.into_iter().map(Id::at).collect());
            }
        }
        if !coalitions.is_empty() {
            let message = "the members of a coalition stay decision makers of their own here; the coalition is asked about besides";
            let hint = "programs that make them one decision maker come to other results";
            self.finding(Code::ReadOtherwise, "coalitions", message, Some(hint));
        }
        coalitions
    }

    /// A list of conditions, each with its place; none if one of them is wrong.
    fn conditions(
        &mut self,
        value: &Value,
        path: &str,
        options: &Options,
    ) -> Option<Vec<(Place, Expression<Id<ModelOption>>)>> {
        let Some(list) = value.as_array() else {
            self.wrong(path, "a list of conditions");
            return None;
        };
        if list.len() > MOST_ENTRIES {
            self.finding(
                Code::LargeModel,
                path,
                format!("{} conditions; at most {MOST_ENTRIES} are read", list.len()),
                None,
            );
            return None;
        }
        let read = list.iter().enumerate().map(|(number, entry)| {
            let path = format!("{path}[{number}]");
            let rule = self.condition(entry, &path, options)?;
            if rule.atoms().len() > MOST_ATOMS {
                self.finding(Code::LargeModel, &path, format!("more than {MOST_ATOMS} options in one condition"), None);
                return None;
            }
            Some((Place::Path(path.into()), rule))
        });
        let read: Vec<Option<_>> = read.collect();
        read.into_iter().collect()
    }

    /// A conjunction, or alternatives of them.
    fn condition(&mut self, value: &Value, path: &str, options: &Options) -> Option<Expression<Id<ModelOption>>> {
        let Some(object) = value.as_object() else { return self.conjunction(value, path, options) };
        let members = object.get("members").and_then(Value::as_array).filter(|members| !members.is_empty());
        let (Some(members), Some(true)) = (members, object.get("compound").and_then(Value::as_bool)) else {
            self.wrong(path, "{\"compound\": true, \"members\": […]} with one member or more");
            return None;
        };
        let path = format!("{path}.members");
        let rules: Vec<Option<_>> = members
            .iter()
            .enumerate()
            .map(|(number, member)| self.conjunction(member, &format!("{path}[{number}]"), options))
            .collect();
        Some(several(rules.into_iter().collect::<Option<Vec<_>>>()?, Expression::Any))
    }

    fn conjunction(&mut self, value: &Value, path: &str, options: &Options) -> Option<Expression<Id<ModelOption>>> {
        let literal = |entry: &Value| {
            let [option, taken] = entry.as_array()?.as_slice() else { return None };
            let atom = Expression::Atom(*options.place.get(index(option, options.place.len())?)?);
            match taken.as_str() {
                Some("Y") => Some(atom),
                Some("N") => Some(Expression::Not(Box::new(atom))),
                _ => None,
            }
        };
        let literals: Option<Vec<_>> = value.as_array().and_then(|list| list.iter().map(literal).collect());
        match literals.filter(|literals| !literals.is_empty()) {
            Some(literals) => Some(several(literals, Expression::All)),
            None => {
                self.wrong(path, "pairs of the place of an option and \"Y\" or \"N\": [[0, \"Y\"], [2, \"N\"]]");
                None
            }
        }
    }

    /// Warns of keys that nothing here reads.
    fn report_unread(&mut self, object: &Map<String, Value>, path: &str, known: &[&str]) {
        for (key, value) in object.iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
            let message = match key.as_str() {
                "misperceptions" if is_empty => continue,
                "misperceptions" => {
                    "states that a decision maker does not see are not modelled here; it sees all of them".to_owned()
                }
                _ => format!("`{}` is not read", super::read::shortened(key)),
            };
            let path = if path.is_empty() {
                super::read::shortened(key)
            } else {
                format!("{path}.{}", super::read::shortened(key))
            };
            self.finding(Code::NotImported, &path, message, None);
        }
    }
}

/// A place in a list, from 0.
fn index(value: &Value, length: usize) -> Option<usize> {
    value.as_u64().and_then(|index| usize::try_from(index).ok()).filter(|index| *index < length)
}

/// The options in the order in which states are numbered: by decision maker, those of nobody last.
fn grouped(listed: &[Listed<'_>], choosers: &[Chooser<'_>]) -> Options {
    let mut order: Vec<usize> = Vec::new();
    for index in choosers.iter().flat_map(|chooser| chooser.options.iter().copied()) {
        if !order.contains(&index) {
            order.push(index);
        }
    }
    let all_had = order.len() == listed.len();
    order.extend((0..listed.len()).filter(|index| !order.contains(index)).collect::<Vec<_>>());
    let ids = identifiers(order.iter().map(|index| listed[*index].name), "option");
    let mut place = vec![Id::at(0); listed.len()];
    let mut list = List::default();
    for (index, id) in order.into_iter().zip(ids) {
        let Listed { name, moves } = listed[index];
        place[index] = list.push(ModelOption { id, label: name.into(), moves });
    }
    Options { list, place, all_had }
}

/// Ids from names: small letters and digits, words joined by `_`, each once.
fn identifiers<'j>(names: impl Iterator<Item = &'j str>, word: &str) -> Vec<Box<str>> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    names
        .enumerate()
        .map(|(number, name)| {
            let lower = name.to_lowercase();
            let words: Vec<&str> =
                lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            let mut base: String = words.join("_").chars().take(40).collect();
            // What is only digits is read as a number.
            if base.bytes().all(|byte| byte.is_ascii_digit()) {
                base = format!("{word}{}", if base.is_empty() { (number + 1).to_string() } else { base });
            }
            let mut id = base.clone();
            let mut next = 2;
            while !taken.insert(id.clone()) {
                id = format!("{base}_{next}");
                next += 1;
            }
            id.into()
        })
        .collect()
}

/// The name of a file without its folder and its ending.
fn title_of(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let name = name.rsplit_once('.').map_or(name, |(name, _)| name).trim();
    if name.is_empty() { "Model".to_owned() } else { name.to_owned() }
}

/// One expression as it is, several joined.
fn several<T>(mut rules: Vec<Expression<T>>, join: fn(Vec<Expression<T>>) -> Expression<T>) -> Expression<T> {
    if rules.len() == 1 { rules.remove(0) } else { join(rules) }
}

/// A conjunction of options and their opposites as a pattern; none if it is another rule, or names an option both ways.
fn pattern(rule: &Expression<Id<ModelOption>>, options: usize) -> Option<Pattern> {
    let mut pattern = vec![None; options];
    let literals = match rule {
        Expression::All(literals) => literals.as_slice(),
        literal => std::slice::from_ref(literal),
    };
    for literal in literals {
        let (option, taken) = match literal {
            Expression::Atom(option) => (option, true),
            Expression::Not(entry) => match &**entry {
                Expression::Atom(option) => (option, false),
                _ => return None,
            },
            _ => return None,
        };
        let sign: &mut Option<bool> = pattern.get_mut(option.place())?;
        if sign.is_some_and(|other| other != taken) {
            return None;
        }
        *sign = Some(taken);
    }
    Some(Pattern(pattern))
}
