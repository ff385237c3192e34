//! Stability models as a level shows them.

use std::collections::BTreeMap;

use super::{Kept, Parts, Used, renamed};
use crate::actor::Actor;
use crate::case::Case;
use crate::ids::{Id, List};
use crate::marking::Marking;
use crate::source::Source;
use crate::stability::{Basis, CaseModel, Form, Preference};

impl Case {
    /// The sources of models.
    pub(super) fn model_sources(&self) -> impl Iterator<Item = Option<Id<Source>>> {
        self.stability.iter().map(|model| model.source)
    }

    /// The models that are shown: one with a hidden actor is hidden with it, since no decision maker can be left out of a model.
    pub(super) fn kept_models(
        &self,
        shows: &dyn Fn(Option<Marking>) -> bool,
        actor_hidden: &dyn Fn(Id<Actor>) -> bool,
    ) -> Kept<CaseModel> {
        let names_hidden = |model: &CaseModel| model.actors.iter().flatten().any(|actor| actor_hidden(*actor));
        Kept::of(&self.stability, |_, model| shows(model.model.marking) && !names_hidden(model))
    }
}

impl Kept<CaseModel> {
    /// The models that are kept, with the new ids of what they name.
    pub(super) fn models(&self, models: &List<CaseModel>, kept: &Parts) -> List<CaseModel> {
        self.rows(models, |model| {
            model.actors.iter_mut().for_each(|actor| *actor = actor.and_then(|id| kept.actors.new_id(id)));
            model.source = model.source.and_then(|id| kept.sources.new_id(id));
        })
    }
}

impl Used {
    /// Notes what the models that are kept name.
    pub(super) fn models(&mut self, case: &Case, kept: &Kept<CaseModel>) {
        for model in kept.old.iter().map(|id| &case.stability[*id]) {
            model.actors.iter().flatten().for_each(|actor| self.actor(case, *actor));
            self.source(model.source);
        }
    }
}

/// A model in which rows have their new ids, in texts too.
pub(super) fn rename(model: &mut CaseModel, new_ids: &BTreeMap<Box<str>, Box<str>>) {
    let model = &mut model.model;
    model.note = renamed(&model.note, new_ids);
    if let Form::Options(form) = &mut model.form {
        form.infeasible.iter_mut().for_each(|entry| entry.value.why = renamed(&entry.value.why, new_ids));
    }
    for decision_maker in model.decision_makers.iter_mut() {
        let Preference::Statements(order) = &mut decision_maker.preference.value else { continue };
        for statement in &mut order.statements {
            let statement = &mut statement.value;
            statement.reason = renamed(&statement.reason, new_ids);
            let Basis::Rows(rows) = &mut statement.basis else { continue };
            for row in rows {
                if let Some(new) = new_ids.get(&row.value) {
                    row.value = new.clone();
                }
            }
        }
    }
}
