//! Stability models as part of a case: read from its folder, with the actors, rows and sources of the case that they name.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Basis, FOLDER, Preference, StabilityModel, read::read_any};
use crate::actor::Actor;
use crate::case::Case;
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::folder::Folder;
use crate::formats::is_companion;
use crate::ids::{Id, List};
use crate::load::Loading;
use crate::marking::Marking;
use crate::source::Source;
use crate::when::Day;

/// Most models of a case.
pub const MOST_MODELS: usize = 1000;

/// The ends of the names of model files.
const ENDINGS: [&str; 2] = [".toml", ".gmcr"];

/// A model of a case. The rows that its statements name are rows of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseModel {
    /// The model.
    pub model: StabilityModel,
    /// For each decision maker, in their order, the actor that it stands for.
    pub actors: Vec<Option<Id<Actor>>>,
    /// The source; none if the model names none, or names it in words.
    pub source: Option<Id<Source>>,
}

impl CaseModel {
    /// Its name in the case, unique without regard to letter case: that of its file, without the folder and the end.
    #[must_use]
    pub fn name(&self) -> &str {
        name_of(&self.model.file.0)
    }

    /// The model without the rows of its statements that are not shown. A statement of which none is left is an assumption, at any place
    /// of the order. Nothing is copied where all are shown.
    pub(crate) fn with_rows(&self, shown: impl Fn(&str) -> bool) -> Cow<'_, CaseModel> {
        if self.model.rows().all(|row| shown(&row.value)) {
            return Cow::Borrowed(self);
        }
        let mut reduced = self.clone();
        for decision_maker in reduced.model.decision_makers.iter_mut() {
            let Preference::Statements(order) = &mut decision_maker.preference.value else { continue };
            for statement in &mut order.statements {
                let Basis::Rows(rows) = &mut statement.value.basis else { continue };
                rows.retain(|row| shown(&row.value));
                if rows.is_empty() {
                    statement.value.basis = Basis::Assumption(None);
                }
            }
        }
        Cow::Owned(reduced)
    }
}

/// Whether this is the name of a model's file within a case: `stability/NAME.toml`, in no folder below.
#[must_use]
pub fn is_model_file(file: &str) -> bool {
    let plain = |name: &str| !name.starts_with('.') && !name.contains(['/', '\\']) && !name.contains(char::is_control);
    file.strip_prefix(FOLDER).is_some_and(plain)
        && name_of(file).len() + FOLDER.len() < file.len()
        && !name_of(file).is_empty()
}

/// The name of a model, from that of its file.
fn name_of(file: &str) -> &str {
    let name = file.strip_prefix(FOLDER).unwrap_or(file);
    let end = ENDINGS.iter().find_map(|end| {
        let at = name.len().checked_sub(end.len())?;
        name.get(at..)?.eq_ignore_ascii_case(end).then_some(at)
    });
    end.map_or(name, |end| &name[..end])
}

/// Reads the models of a folder, in the order of the names of their files; what is no model is reported and left alone.
pub(crate) fn read_folder(
    folder: &Folder,
    loading: &mut Loading<'_>,
    findings: &mut Findings,
    progress: &mut dyn FnMut(&str),
) -> List<CaseModel> {
    let files = folder.files_in(FOLDER).map_err(|problem| findings.push(problem)).unwrap_or_default();
    let mut models = List::default();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for file in files {
        let name = name_of(&file);
        if name.len() + FOLDER.len() == file.len() {
            report_other(&file, findings);
            continue;
        }
        if models.len() == MOST_MODELS {
            let message = format!("there are more than {MOST_MODELS} models; no more than that are read");
            findings.push(Diagnostic::new(Code::LargeModel, FOLDER, message).hint("put some of them elsewhere"));
            break;
        }
        if let Some(other) = names.insert(name.to_lowercase(), file.clone()) {
            let message = format!("`{other}` is a model of the same name");
            findings.push(Diagnostic::new(Code::DuplicateId, &file, message).hint("rename one of the two files"));
        }
        progress(&file);
        let bytes = folder.read(&file).map_err(|problem| findings.push(problem)).ok();
        if let Some(model) = bytes.and_then(|bytes| read_any(&file, bytes, findings)) {
            models.push(linked(model, loading, findings));
        }
    }
    models
}

fn report_other(file: &str, findings: &mut Findings) {
    if !is_companion(file.strip_prefix(FOLDER).unwrap_or(file)) {
        let message = "this is not a stability model; it is left alone";
        let hint = "the names of models end in .toml or .gmcr";
        findings.push(Diagnostic::new(Code::UnknownFile, file, message).hint(hint));
    }
}

/// A model with what it names in the case. Rows are looked up later, when all of them have their ids.
fn linked(model: StabilityModel, loading: &mut Loading<'_>, findings: &mut Findings) -> CaseModel {
    let file = &*model.file.0;
    let actors = model.decision_makers.iter().map(|decision_maker| {
        let named = decision_maker.actor.as_ref()?;
        let at = |code, message: String| named.place.on(Diagnostic::new(code, file, format!("actor: {message}")));
        loading.actor_at(named.value.trim(), at, findings)
    });
    let actors = actors.collect();
    // An id has no spaces; a source in words does.
    let source = model.source.as_ref().filter(|source| !source.value.contains(char::is_whitespace)).and_then(|named| {
        let at = |message: String| {
            named.place.on(Diagnostic::new(Code::UnknownReference, file, format!("source: {message}")))
        };
        loading.source_at(&named.value, at, findings)
    });
    CaseModel { model, actors, source }
}

impl StabilityModel {
    /// The rows that its statements name.
    pub fn rows(&self) -> impl Iterator<Item = &super::Placed<Box<str>>> {
        let bases = self.decision_makers.iter().filter_map(|decision_maker| match &decision_maker.preference.value {
            Preference::Statements(order) => Some(order.statements.iter().map(|statement| &statement.basis)),
            _ => None,
        });
        bases.flatten().flat_map(|basis| match basis {
            Basis::Rows(rows) => rows.as_slice(),
            Basis::Given | Basis::Assumption(_) => &[],
        })
    }
}

impl Case {
    /// The marking of a model: its own, else the case's.
    #[must_use]
    pub fn marking_of_model(&self, model: &CaseModel) -> Marking {
        model.model.marking.unwrap_or(self.settings.marking)
    }

    /// Reports rows of models that are not there, or that have a higher marking; and models dated after the case.
    pub(crate) fn report_models(&self, findings: &mut Findings) {
        if self.stability.is_empty() {
            return;
        }
        let markings = self.row_markings();
        let as_of = self.settings.as_of;
        for model in self.stability.iter() {
            let marking = self.marking_of_model(model);
            let file = &*model.model.file.0;
            for row in model.model.rows() {
                match markings.get(&*row.value) {
                    None => {
                        let message = format!("rows: no statement or event has the id `{}`", row.value);
                        let mut finding = row.place.on(Diagnostic::new(Code::UnknownReference, file, message));
                        if !findings.is_full(file, Code::UnknownReference) {
                            let near = crate::text::nearest(&row.value, markings.keys().copied());
                            finding = finding.hint(match near {
                                Some(near) => format!("is `{near}` meant?"),
                                None => "name rows of positions.csv or events.csv, or give a `reason` alone".to_owned(),
                            });
                        }
                        findings.push(finding);
                    }
                    Some(row_marking) if *row_marking > marking => {
                        let message = format!("rows: `{}` has a higher marking than this model", row.value);
                        findings.push(row.place.on(Diagnostic::new(Code::NamesHiddenRow, file, message)));
                    }
                    Some(_) => {}
                }
            }
            report_late(&model.model, as_of, findings);
        }
    }

    /// The ids of statements and events, each with its marking; of two with one id the lower.
    fn row_markings(&self) -> BTreeMap<&str, Marking> {
        let mut markings: BTreeMap<&str, Marking> = BTreeMap::new();
        let positions = self.positions.iter().map(|row| (&*row.id, self.marking_of(row)));
        let events = self.events.iter().map(|row| (&*row.id, row.marking.unwrap_or(self.settings.marking)));
        for (id, marking) in positions.chain(events) {
            markings.entry(id).and_modify(|known| *known = marking.min(*known)).or_insert(marking);
        }
        markings
    }
}

fn report_late(model: &StabilityModel, as_of: Day, findings: &mut Findings) {
    if let Some(at) = model.at.filter(|at| *at > as_of) {
        let message = format!("this model speaks of {at}, after `as_of` ({as_of}); it is not shown");
        let hint = "move `as_of` in case.toml to the last day of which the record claims anything";
        findings.push(Diagnostic::new(Code::AfterAsOf, &model.file.0, message).hint(hint));
    }
}
