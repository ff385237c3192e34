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
    /// it, since without it the scenario would be another.
    pub(super) fn kept_scenarios(
        &self,
        shows: &dyn Fn(Option<Marking>) -> bool,
        factors: &Kept<ScenarioFactor>,
        positions: &Kept<Position>,
        models: &Kept<CaseModel>,
    ) -> Kept<Scenario> {
        let rows: BTreeSet<&str> = positions.old.iter().map(|id| &*self.positions[*id].id).collect();
        let names: BTreeSet<&str> = models.old.iter().map(|id| self.stability[*id].name()).collect();
        Kept::of(&self.scenarios, |_, row| {
            shows(row.marking)
                && row.set.iter().all(|(factor, _)| factors.keeps(*factor))
                && row.names_only(&|id| rows.contains(id), &|name| names.contains(name))
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
