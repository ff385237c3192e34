//! `exposure.csv`: what an actor has irreversibly performed if an agreement fails after it.

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
    /// Columns of `exposure.csv`.
    ExposureColumn, "exposure.csv", row is "what one actor loses by one option if the other side does not keep to it", unlocks "the mistrust premium",
    number is "what is performed and cannot be taken back, on the scale of values, from 0 to 1",
    {
        Actor "actor" required "for whom";
        Issue "issue" required "id of the issue";
        Option "option" required "id of the option";
    }
}

/// What an actor has irreversibly performed by an option if the other side defaults, from 0 to 1.
pub type Exposure = Input<ExposureOf>;

/// An option, and who performs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExposureOf {
    /// For whom.
    pub actor: Id<Actor>,
    /// The issue.
    pub issue: Id<Issue>,
    /// The option of the issue.
    pub option: OptionPlace,
}

impl About for ExposureOf {
    const FORMAT: TableFormat = ExposureColumn::FORMAT;
    const LETTER: char = 'x';
    const BOUNDS: Bounds = Bounds::Share;

    fn read(row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Self> {
        let actor = loading.actor(row.get(ExposureColumn::Actor), row, ExposureColumn::Actor, findings);
        let issue = super::issue(row, ExposureColumn::Issue, loading, findings);
        let option = super::option(row, issue, ExposureColumn::Option, loading, findings);
        Some(ExposureOf { actor: actor?, issue: issue?, option: option? })
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
        ExposureOf { actor: actor(self.actor), issue: issue(self.issue), option: self.option }
    }
}
