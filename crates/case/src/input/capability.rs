//! `capabilities.csv`: what an actor can bring to bear on an outcome.

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
    /// Columns of `capabilities.csv`.
    CapabilityColumn, "capabilities.csv", row is "what one actor can bring to bear on an outcome", unlocks "weights of actors in the forecast",
    number is "the capability, 0 or more, on any scale; only the proportions between actors count",
    {
        Actor "actor" required "whose";
    }
}

/// What an actor can bring to bear: 0 or more, on any scale.
pub type Capability = Input<CapabilityOf>;

/// Whose capability it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CapabilityOf {
    /// Whose.
    pub actor: Id<Actor>,
}

impl About for CapabilityOf {
    const FORMAT: TableFormat = CapabilityColumn::FORMAT;
    const LETTER: char = 'k';
    const BOUNDS: Bounds = Bounds::Weight;

    fn read(row: &Row<'_>, loading: &mut Loading<'_>, findings: &mut Findings) -> Option<Self> {
        let actor = loading.actor(row.get(CapabilityColumn::Actor), row, CapabilityColumn::Actor, findings);
        Some(CapabilityOf { actor: actor? })
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
        CapabilityOf { actor: actor(self.actor) }
    }
}
