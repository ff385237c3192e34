//! Inputs as a level shows them.

use super::{Kept, Parts, Used};
use crate::actor::Actor;
use crate::case::{Case, Unnamed};
use crate::ids::{Id, List};
use crate::input::alternative::Alternative;
use crate::input::assurance::Assurance;
use crate::input::capability::Capability;
use crate::input::driver::{Driver, Target};
use crate::input::exposure::Exposure;
use crate::input::salience::Salience;
use crate::input::trust::Trust;
use crate::input::value::OptionValue;
use crate::input::{About, Input};
use crate::issue::Issue;
use crate::marking::Marking;
use crate::source::Source;

/// Which rows of each table of inputs are kept.
pub(super) struct KeptInputs {
    pub(super) salience: Kept<Salience>,
    pub(super) values: Kept<OptionValue>,
    pub(super) alternatives: Kept<Alternative>,
    pub(super) trust: Kept<Trust>,
    pub(super) exposure: Kept<Exposure>,
    pub(super) assurances: Kept<Assurance>,
    pub(super) capabilities: Kept<Capability>,
    pub(super) drivers: Kept<Driver>,
}

impl Case {
    /// The sources of inputs, constraints and prices.
    pub(super) fn input_sources(&self) -> impl Iterator<Item = Option<Id<Source>>> {
        fn of<A>(rows: &List<Input<A>>) -> impl Iterator<Item = Option<Id<Source>>> {
            rows.iter().map(|row| row.source)
        }
        let shares = of(&self.values).chain(of(&self.exposure)).chain(of(&self.assurances));
        let shares = shares.chain(of(&self.capabilities)).chain(of(&self.drivers));
        of(&self.salience)
            .chain(of(&self.alternatives))
            .chain(of(&self.trust))
            .chain(shares)
            .chain(self.constraints.iter().map(|row| row.source))
            .chain(self.prices.iter().map(|price| price.source))
    }

    /// The inputs that are shown: a row about a hidden actor, a hidden issue or a group of hidden issues is hidden with them.
    pub(super) fn kept_inputs(
        &self,
        shows: &dyn Fn(Option<Marking>) -> bool,
        actor_hidden: &dyn Fn(Id<Actor>) -> bool,
        issue_hidden: &dyn Fn(Id<Issue>) -> bool,
    ) -> KeptInputs {
        let hidden = |actors: Vec<Id<Actor>>, issues: Vec<Id<Issue>>| {
            let issues_hidden = !issues.is_empty() && issues.into_iter().all(issue_hidden);
            actors.into_iter().any(actor_hidden) || issues_hidden
        };
        KeptInputs {
            salience: kept(&self.salience, &self.issues, shows, &hidden),
            values: kept(&self.values, &self.issues, shows, &hidden),
            alternatives: kept(&self.alternatives, &self.issues, shows, &hidden),
            trust: kept(&self.trust, &self.issues, shows, &hidden),
            exposure: kept(&self.exposure, &self.issues, shows, &hidden),
            assurances: kept(&self.assurances, &self.issues, shows, &hidden),
            capabilities: kept(&self.capabilities, &self.issues, shows, &hidden),
            drivers: {
                let shown = kept(&self.drivers, &self.issues, shows, &hidden);
                // A driver of a hidden factor, or on one, is hidden with it.
                let factor_hidden = |name: &str| {
                    self.scenario_factors.iter().any(|factor| *factor.id == *name && !shows(factor.marking))
                };
                Kept::of(&self.drivers, |id, row| {
                    let moved = matches!(&row.about.target, Target::Factor(factor) if factor_hidden(factor));
                    shown.keeps(id) && !moved && !factor_hidden(&row.about.factor)
                })
            },
        }
    }

    /// Notes what inputs name; of a group, the issues that are not hidden.
    pub(super) fn use_inputs(&self, kept: &KeptInputs, issue_hidden: &dyn Fn(Id<Issue>) -> bool, used: &mut Used) {
        used.inputs(self, &self.salience, &kept.salience, issue_hidden);
        used.inputs(self, &self.values, &kept.values, issue_hidden);
        used.inputs(self, &self.alternatives, &kept.alternatives, issue_hidden);
        used.inputs(self, &self.trust, &kept.trust, issue_hidden);
        used.inputs(self, &self.exposure, &kept.exposure, issue_hidden);
        used.inputs(self, &self.assurances, &kept.assurances, issue_hidden);
        used.inputs(self, &self.capabilities, &kept.capabilities, issue_hidden);
        used.inputs(self, &self.drivers, &kept.drivers, issue_hidden);
    }
}

fn kept<A: About>(
    rows: &List<Input<A>>,
    issues: &List<Issue>,
    shows: &dyn Fn(Option<Marking>) -> bool,
    hidden: &dyn Fn(Vec<Id<Actor>>, Vec<Id<Issue>>) -> bool,
) -> Kept<Input<A>> {
    Kept::of(rows, |_, row| shows(row.marking) && !hidden(row.about.actors(), row.about.issues(issues)))
}

impl<A: About> Kept<Input<A>> {
    /// The rows that are kept, with the new ids of what they name.
    pub(super) fn inputs(&self, rows: &List<Input<A>>, kept: &Parts) -> List<Input<A>> {
        self.rows(rows, |row| {
            let actor = |id| kept.actors.new_id(id).unwrap_or(id);
            let issue = |id| kept.issues.new_id(id).unwrap_or(id);
            row.about = row.about.moved(&actor, &issue);
            row.source = row.source.and_then(|id| kept.sources.new_id(id));
        })
    }
}

impl Used {
    /// Notes what the rows of a table name.
    fn inputs<A: About>(
        &mut self,
        case: &Case,
        rows: &List<Input<A>>,
        kept: &Kept<Input<A>>,
        issue_hidden: &dyn Fn(Id<Issue>) -> bool,
    ) {
        for row in kept.old.iter().map(|id| &rows[*id]) {
            row.about.actors().into_iter().for_each(|actor| self.actor(case, actor));
            let shown = row.about.issues(&case.issues).into_iter().filter(|issue| !issue_hidden(*issue));
            shown.for_each(|issue| self.issues[issue.place()] = true);
            self.source(row.source);
        }
    }
}

/// Numbers the rows of a table of inputs in the order of the file.
pub(super) fn number_inputs<A: About>(rows: &mut List<Input<A>>) {
    for (number, row) in rows.iter_mut().enumerate() {
        row.id = format!("{}{:03}", A::LETTER, number + 1).into();
    }
}

/// Numbers the rows of a table of inputs that have no id of their own.
pub(super) fn number_unnamed<A: About>(rows: &mut List<Input<A>>, unnamed: &[Id<Input<A>>]) {
    for (number, place) in unnamed.iter().enumerate() {
        rows[*place].id = Unnamed::id(A::LETTER, number);
    }
}
