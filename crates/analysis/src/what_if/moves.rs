//! What if a side moved some steps on an issue: the options nearest to what it leaves open count as open too.

use detente_case::actor::Actor;
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::{Case, Id, Moment, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::blocks::search::distance;
use crate::blocks::{Bounds, Lines, Reading, Words};

/// A principal moves some steps on an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// Who.
    pub actor: Id<Actor>,
    /// On what.
    pub issue: Id<Issue>,
    /// How many steps from what it leaves open, counted along the options of the issue.
    pub steps: u32,
}

/// Steps that a principal could make on an issue, and what each opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Mover {
    /// Issue id.
    pub issue: String,
    /// Actor id.
    pub actor: String,
    /// Its name.
    pub name: String,
    /// Options that it has closed, the nearest first.
    pub opens: Vec<Opens>,
}

/// An option and the number of steps that open it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Opens {
    /// How many steps.
    pub steps: u32,
    /// The option.
    pub option: String,
    /// The option as a clause.
    pub label: String,
}

/// The case as it would be if principals had moved: what they rule out, by words or law, no longer reaches the options within so many
/// steps. Whoever leaves nothing open on an issue does not move there.
#[must_use]
pub fn with_moves(case: &Case, moment: Moment, moves: &[Move]) -> Case {
    let bounds = bounds(case, moment);
    let mut moved = case.clone();
    for Move { actor, issue, steps } in moves {
        let opened: OptionSet = closed(&bounds, *actor, *issue)
            .into_iter()
            .filter(|(away, _)| away <= steps)
            .map(|(_, option)| option)
            .collect();
        let rows = moved.positions.iter_mut().filter(|row| row.actor == *actor && row.subject.issue() == Some(*issue));
        rows.for_each(|row| row.rules_out = row.rules_out.minus(opened));
    }
    moved
}

/// The steps that principals could make on these issues, in the order of the case.
pub(super) fn movers(case: &Case, moment: Moment, on: impl Fn(&Issue) -> bool) -> Vec<Mover> {
    let bounds = bounds(case, moment);
    let mut movers = Vec::new();
    for (id, issue) in case.issues.with_ids().filter(|(_, issue)| on(issue)) {
        for actor in case.principals.iter() {
            let opens: Vec<Opens> = closed(&bounds, *actor, id)
                .into_iter()
                .map(|(steps, option)| {
                    let option = &issue.options[usize::from(option.0)];
                    Opens { steps, option: option.id.to_string(), label: option.label.to_string() }
                })
                .collect();
            if !opens.is_empty() {
                let actor = &case.actors[*actor];
                let (issue, name) = (issue.id.to_string(), actor.name.to_string());
                movers.push(Mover { issue, actor: actor.id.to_string(), name, opens });
            }
        }
    }
    movers
}

fn bounds(case: &Case, moment: Moment) -> Bounds {
    Words::new(&Lines::new(Record::known_by(case, moment.known)), moment.at).bounds(Reading::FIRST)
}

/// What a principal has closed on an issue, with the steps from what it leaves open, the nearest first.
fn closed(bounds: &Bounds, actor: Id<Actor>, issue: Id<Issue>) -> Vec<(u32, OptionPlace)> {
    let bounds = &bounds.issues[issue.place()];
    let Some(side) = bounds.sides.iter().find(|side| side.actor == actor) else { return Vec::new() };
    let open = bounds.all.minus(side.closed);
    let mut closed: Vec<_> =
        side.closed.iter().filter_map(|option| distance(option, open).map(|steps| (steps, option))).collect();
    closed.sort();
    closed
}
