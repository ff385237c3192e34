//! Stability models, written back as TOML.

use serde_json::{Value, json};

use super::ActorTexts;
use crate::Record;
use crate::case::Case;
use crate::stability::{CaseModel, FOLDER, to_toml};

/// The file of a model, which is TOML whatever it was read from.
fn file(model: &CaseModel) -> String {
    format!("{FOLDER}{}.toml", model.name())
}

/// A model as TOML, its actors as cells of the case name them.
fn text(texts: &ActorTexts<'_>, model: &CaseModel) -> String {
    let mut written = model.model.clone();
    for (decision_maker, actor) in written.decision_makers.iter_mut().zip(&model.actors) {
        if let (Some(named), Some(actor)) = (&mut decision_maker.actor, actor) {
            named.value = texts.one(*actor).into();
        }
    }
    to_toml(&written)
}

/// The files of all stability models, each as TOML under its name within the case.
#[must_use]
pub fn models(case: &Case) -> Vec<(String, Vec<u8>)> {
    if case.stability.is_empty() {
        return Vec::new();
    }
    let texts = ActorTexts::of(case);
    case.stability.iter().map(|model| (file(model), text(&texts, model).into_bytes())).collect()
}

/// The models as a list of objects.
pub(super) fn list(case: &Case) -> Value {
    let texts = ActorTexts::of(case);
    case.stability.iter().map(|model| json!({ "name": model.name(), "toml": text(&texts, model) })).collect()
}

/// Tells `add` the name and the text of every model that a record knows, without rows that it does not know.
pub(super) fn known(record: Record<'_>, texts: &ActorTexts<'_>, add: &mut impl FnMut(&[String])) {
    for model in record.models() {
        add(&[file(&model), text(texts, &model)]);
    }
}
