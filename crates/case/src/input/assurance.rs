//! `assurances.csv`: what guarantees, monitoring and the like take off an actor's premium.

use super::{About, Bounds, Input, input_format};
use crate::actor::Actor;
use crate::case::Case;
use crate::diagnostic::Findings;
use crate::export::ActorTexts;
use crate::ids::{Id, List};
use crate::issue::{Issue, OptionPlace};
use crate::load::Loading;
use crate::table::{Row, TableFormat};

input_format! {
    /// Columns of `assurances.csv`.
    AssuranceColumn, "assurances.csv", row is "what one option of one issue takes off the premium of one actor", unlocks "guarantees",
    number is "what is taken off the premium, from 0 to 1",
    {
        Issue "issue" required "id of the issue";
        Option "option" required "id of the option that assures";
        ForActor "for_actor" required "whom it assures";
    }
}

/// What an option takes off the premium of an actor, from 0 to 1.
pub type Assurance = Input<AssuranceOf>;

/// An option that assures, and whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AssuranceOf {
    /// The issue.
    pub issue: Id<Issue>,
    /// The option that assures.
    pub option: OptionPlace,
    /// Whom it assures.
    pub for_actor: Id<Actor>,
}

impl About for AssuranceOf {
    const FORMAT: TableFormat = AssuranceColumn::FORMAT;
    const LETTER: char = 'g';
    const BOUNDS: Bounds = Bounds::Share;

    fn read(row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Self> {
        let issue = super::issue(row, AssuranceColumn::Issue, loading, findings);
        let option = super::option(row, issue, AssuranceColumn::Option, loading, findings);
        let for_actor = loading.actor(row.get(AssuranceColumn::ForActor), row, AssuranceColumn::ForActor, findings);
        Some(AssuranceOf { issue: issue?, option: option?, for_actor: for_actor? })
    }

    fn cells(&self, case: &Case, texts: &ActorTexts<'_>) -> Vec<String> {
        let issue = &case.issues[self.issue];
        let option = &issue.options[usize::from(self.option.0)];
        vec![issue.id.to_string(), option.id.to_string(), texts.one(self.for_actor).to_owned()]
    }

    fn actors(&self) -> Vec<Id<Actor>> {
        vec![self.for_actor]
    }

    fn issues(&self, _: &List<Issue>) -> Vec<Id<Issue>> {
        vec![self.issue]
    }

    fn moved(&self, actor: &dyn Fn(Id<Actor>) -> Id<Actor>, issue: &dyn Fn(Id<Issue>) -> Id<Issue>) -> Self {
        AssuranceOf { issue: issue(self.issue), option: self.option, for_actor: actor(self.for_actor) }
    }
}
