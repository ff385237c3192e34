//! `values.csv`: what the options of an issue are worth to an actor.

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
    /// Columns of `values.csv`.
    ValueColumn, "values.csv", row is "what one option of one issue is worth to one actor", unlocks "value functions of your own",
    number is "what the option is worth, from 0 (the worst of the issue) to 1 (the best)",
    {
        Actor "actor" required "for whom";
        Issue "issue" required "id of the issue";
        Option "option" required "id of the option";
    }
}

/// What an option is worth to an actor, from 0 to 1.
pub type OptionValue = Input<ValueOf>;

/// An option, and for whom it has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ValueOf {
    /// For whom.
    pub actor: Id<Actor>,
    /// The issue.
    pub issue: Id<Issue>,
    /// The option of the issue.
    pub option: OptionPlace,
}

impl About for ValueOf {
    const FORMAT: TableFormat = ValueColumn::FORMAT;
    const LETTER: char = 'v';
    const BOUNDS: Bounds = Bounds::Share;

    fn read(row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Self> {
        let actor = loading.actor(row.get(ValueColumn::Actor), row, ValueColumn::Actor, findings);
        let issue = super::issue(row, ValueColumn::Issue, loading, findings);
        let option = super::option(row, issue, ValueColumn::Option, loading, findings);
        Some(ValueOf { actor: actor?, issue: issue?, option: option? })
    }

    fn cells(&self, case: &Case, texts: &ActorTexts<'_>) -> Vec<String> {
        let issue = &case.issues[self.issue];
        let option = &issue.options[usize::from(self.option.0)];
        vec![texts.one(self.actor).to_owned(), issue.id.to_string(), option.id.to_string()]
    }

    fn actors(&self) -> Vec<Id<Actor>> {
        vec![self.actor]
    }

    fn issues(&self, _: &List<Issue>) -> Vec<Id<Issue>> {
        vec![self.issue]
    }

    fn moved(&self, actor: &dyn Fn(Id<Actor>) -> Id<Actor>, issue: &dyn Fn(Id<Issue>) -> Id<Issue>) -> Self {
        ValueOf { actor: actor(self.actor), issue: issue(self.issue), option: self.option }
    }
}
