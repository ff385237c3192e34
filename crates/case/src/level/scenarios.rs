//! Scenarios as a level shows them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Kept, renamed};
use crate::case::Case;
use crate::marking::Marking;
use crate::position::Position;
use crate::scenario::{Scenario, ScenarioFactor};
use crate::stability::CaseModel;

impl Case {
    /// The scenarios that are shown: one that sets a hidden factor, lifts a hidden row or rules out states of a hidden model is hidden with
    /// it, since without it the scenario would be another. A name of nothing at all hides nothing.
    pub(super) fn kept_scenarios(
        &self,
        shows: &dyn Fn(Option<Marking>) -> bool,
        factors: &Kept<ScenarioFactor>,
        positions: &Kept<Position>,
        models: &Kept<CaseModel>,
    ) -> Kept<Scenario> {
        let hidden_rows: BTreeSet<&str> =
            self.positions.with_ids().filter(|(id, _)| !positions.keeps(*id)).map(|(_, row)| &*row.id).collect();
        let hidden_models: BTreeSet<&str> =
            self.stability.with_ids().filter(|(id, _)| !models.keeps(*id)).map(|(_, model)| model.name()).collect();
        Kept::of(&self.scenarios, |_, row| {
            shows(row.marking)
                && row.set.iter().all(|(factor, _)| factors.keeps(*factor))
                && !row.names_any(&hidden_rows, &hidden_models)
        })
    }
}

/// A scenario in which rows have their new ids, in texts too.
pub(super) fn rename(scenario: &mut Scenario, new_ids: &BTreeMap<Box<str>, Box<str>>) {
    scenario.note = renamed(&scenario.note, new_ids);
    for row in &mut scenario.lift {
        if let Some(new) = new_ids.get(&row.text) {
            row.text = new.clone();
        }
    }
}
