//! `alternatives.csv`: what an actor has if there is no agreement, its cost included.

use super::{About, Bounds, Input, input_format};
use crate::actor::Actor;
use crate::case::Case;
use crate::diagnostic::Findings;
use crate::export::ActorTexts;
use crate::ids::{Id, List};
use crate::issue::Issue;
use crate::load::Loading;
use crate::table::{Row, TableFormat};

input_format! {
    /// Columns of `alternatives.csv`.
    AlternativeColumn, "alternatives.csv", row is "what one actor has without an agreement, its cost included", unlocks "the zone of agreement",
    number is "what no agreement is worth, its cost included, from 0 (the worst package) to 1 (the best)",
    {
        Actor "actor" required "for whom";
    }
}

/// What an actor has without an agreement, its cost included, from 0 to 1.
pub type Alternative = Input<AlternativeOf>;

/// Whose alternative it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AlternativeOf {
    /// For whom.
    pub actor: Id<Actor>,
}

impl About for AlternativeOf {
    const FORMAT: TableFormat = AlternativeColumn::FORMAT;
    const LETTER: char = 'a';
    const BOUNDS: Bounds = Bounds::Share;

    fn read(row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Self> {
        let actor = loading.actor(row.get(AlternativeColumn::Actor), row, AlternativeColumn::Actor, findings);
        Some(AlternativeOf { actor: actor? })
    }

    fn cells(&self, _: &Case, texts: &ActorTexts<'_>) -> Vec<String> {
        vec![texts.one(self.actor).to_owned()]
    }

    fn actors(&self) -> Vec<Id<Actor>> {
        vec![self.actor]
    }

    fn issues(&self, _: &List<Issue>) -> Vec<Id<Issue>> {
        Vec::new()
    }

    fn moved(&self, actor: &dyn Fn(Id<Actor>) -> Id<Actor>, _: &dyn Fn(Id<Issue>) -> Id<Issue>) -> Self {
        AlternativeOf { actor: actor(self.actor) }
    }
}
