//! The case as it would be in a setting of the factors: the same rows with other numbers, so that every analysis runs on it as on any case.
//!
//! The draws of an input depend on its name and not on its numbers, so cases of different settings share their draws. The range of an
//! input and the range of what moves it are added low to low and high to high.

use std::collections::BTreeSet;

use detente_case::ids::List;
use detente_case::input::Input;
use detente_case::input::capability::{Capability, CapabilityOf};
use detente_case::input::driver::Target;
use detente_case::input::salience::Weighed;
use detente_case::range::{Decimal, Range};
use detente_case::scenario::{RuledOut, option_rule};
use detente_case::stability::{Forbidden, Form, Infeasible, Place, Placed};
use detente_case::{Case, Day, Id, Record};

use super::Span;
use super::factors::{Moved, Setting, changes, moved};
use crate::what_if;

/// The least trust that counts as one.
const LEAST_TRUST: f64 = 0.01;

/// A case under a setting.
#[derive(Clone, Debug)]
pub(super) struct World {
    /// The case.
    pub(super) case: Case,
    /// What is moved, in the order of the targets.
    pub(super) moved: Vec<Moved>,
}

/// What a scenario changes beside the factors.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Beside<'s> {
    /// Ids of rows whose limits are lifted.
    pub(super) lift: &'s [&'s str],
    /// States of models that cannot be.
    pub(super) rule_out: &'s [RuledOut],
}

impl World {
    /// The case of a record with factors as a setting has them.
    pub(super) fn new(record: Record<'_>, at: Day, setting: &Setting, beside: Beside<'_>) -> Self {
        let drivers = record.drivers(at);
        let changes = changes(record, at, setting, &drivers);
        let mut case = record.case.clone();
        let mut all = Vec::new();
        for (target, mut moved) in moved(record.case, &changes, &drivers) {
            moved.idle = apply(&mut case, record, at, &target, moved.by);
            all.push(moved);
        }
        let lift: BTreeSet<&str> = beside.lift.iter().copied().collect();
        what_if::lift(&mut case, &lift);
        for entry in beside.rule_out {
            rule_out(&mut case, entry);
        }
        World { case, moved: all }
    }
}

/// Moves an input of a case. Gives why that changes nothing, if so.
fn apply(case: &mut Case, record: Record<'_>, at: Day, target: &Target, by: Span) -> Option<String> {
    let share = by.map(|by| (1.0 + by).max(0.0));
    match target {
        Target::Alternative(actor) => {
            let rows = record.alternatives(at);
            let row = rows.into_iter().find(|(_, row)| row.about.actor == *actor).map(|(id, _)| id);
            let moved = |range: &Range| Span::of(range).plus(by).map(|value| value.clamp(0.0, 1.0));
            let changed = change(&mut case.alternatives, row, moved);
            (!changed).then(|| {
                "The case does not say what no agreement is worth here: a row in alternatives.csv would.".into()
            })
        }
        Target::Trust { from, to } => {
            let rows = record.trust(at);
            let row =
                rows.into_iter().find(|(_, row)| (row.about.from, row.about.to) == (*from, *to)).map(|(id, _)| id);
            let moved = |range: &Range| Span::of(range).plus(by).map(|value| value.clamp(LEAST_TRUST, 1.0));
            let changed = change(&mut case.trust, row, moved);
            (!changed)
                .then(|| "The case does not say how far one trusts the other here: a row in trust.csv would.".into())
        }
        Target::Weight { actor, group } => {
            let rows = record.salience(at);
            let is_of_group = |weighed: &Weighed| match weighed {
                Weighed::Group(name) => name == group,
                Weighed::Issue(issue) => record.case.issues[*issue].group == *group,
            };
            let rows: Vec<_> = rows
                .into_iter()
                .filter(|(_, row)| row.about.actor == *actor && is_of_group(&row.about.weighed))
                .map(|(id, _)| id)
                .collect();
            for row in &rows {
                change(&mut case.salience, Some(*row), |range| Span::of(range).times(share));
            }
            rows.is_empty().then(|| {
                "No weights are stated for this actor, so every weighting counts already: rows in salience.csv would narrow it.".into()
            })
        }
        Target::Capability(actor) => {
            if record.capabilities(at).is_empty() {
                state_equal_capabilities(case);
            }
            // Rows that were added stand behind those of the case, and hold from the beginning.
            let record = Record::known_by(case, record.known);
            let row = record.capabilities(at).into_iter().find(|(_, row)| row.about.actor == *actor).map(|(id, _)| id);
            let changed = change(&mut case.capabilities, row, |range| Span::of(range).times(share));
            (!changed).then(|| "The case states capabilities, but none for this actor.".into())
        }
        Target::Factor(_) => None,
    }
}

/// Changes the range of a row. Whether there was one.
fn change<A>(rows: &mut List<Input<A>>, id: Option<Id<Input<A>>>, moved: impl Fn(&Range) -> Span) -> bool {
    let Some(id) = id else { return false };
    let row = &mut rows[id];
    if let Some(range) = moved(&row.range).range() {
        row.range = range;
    }
    true
}

/// Where no capabilities are stated, all weigh the same: 1 each.
fn state_equal_capabilities(case: &mut Case) {
    let Some(one) = Decimal::of(1.0).and_then(|one| Range::new(one.clone(), one.clone(), one)) else { return };
    let row = |actor| Capability {
        id: "".into(),
        about: CapabilityOf { actor },
        range: one.clone(),
        confidence: None,
        valid_from: None,
        known_from: None,
        basis: "".into(),
        source: None,
        reason: "No capabilities are stated: all weigh the same.".into(),
        verified: false,
        marking: None,
        extra: Vec::new(),
    };
    case.capabilities = case.actors.ids().map(row).collect();
}

/// Takes states of a model out. Rules were checked when the case was read; a model that a level hides is not there.
fn rule_out(case: &mut Case, entry: &RuledOut) {
    let Some(model) = case.stability.iter_mut().find(|model| model.name() == &*entry.model.text) else { return };
    let Ok(formula) = option_rule(&model.model, &entry.when.text) else { return };
    if let Form::Options(form) = &mut model.model.form {
        let what = Infeasible { what: Forbidden::When(formula), why: "Ruled out in this scenario.".into() };
        // Where the conflict stands may be among these states; which outcomes would hold does not depend on it.
        model.model.status_quo = None;
        form.infeasible.push(Placed { value: what, place: Place::Text(entry.when.place.0, entry.when.place.1) });
    }
}
