//! Who else matters (layer A): backers, mediators, guarantors, and whom they met.

use std::collections::BTreeMap;

use detente_case::actor::Actor;
use detente_case::relation::RelationType;
use detente_case::{Day, Holds, Id, Moment, Record, When};
use schemars::JsonSchema;
use serde::Serialize;

use crate::contact;

/// What a third party has done up to a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ThirdParty {
    /// Actor id.
    pub actor: String,
    /// Its relations to the principals.
    pub relations: Vec<Tie>,
    /// Ids of talks and mediations in which it met a principal.
    pub meetings: Vec<String>,
    /// Ids of talks between principals that it hosted or mediated.
    pub rounds: Vec<String>,
    /// Number of its statements on record.
    pub statements: usize,
}

/// A relation to a principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tie {
    /// Actor id of the principal.
    pub to: String,
    /// What it does.
    pub kind: RelationType,
    /// First day.
    pub from: When,
    /// Last day, if an end is recorded and known.
    pub until: Option<When>,
    /// Whether it stands at the moment.
    pub in_force: bool,
    /// Id of the row.
    pub row: String,
}

/// Everybody but the principals who has a relation to one, or met one, in the order of the case.
#[must_use]
pub fn third_parties(record: Record<'_>, moment: Moment) -> Vec<ThirdParty> {
    let case = record.case;
    let mut found: BTreeMap<Id<Actor>, ThirdParty> = BTreeMap::new();
    let new = |actor: Id<Actor>| ThirdParty {
        actor: case.actors[actor].id.to_string(),
        relations: Vec::new(),
        meetings: Vec::new(),
        rounds: Vec::new(),
        statements: 0,
    };
    for (_, row) in record.relations() {
        if case.principals.contains(&row.to)
            && !case.principals.contains(&row.from)
            && row.valid_from.first() <= moment.at
        {
            let until = record.end_of(row);
            found.entry(row.from).or_insert_with(|| new(row.from)).relations.push(Tie {
                to: case.actors[row.to].id.to_string(),
                kind: row.kind,
                from: row.valid_from,
                until,
                in_force: stands(row.valid_from, until, moment.at),
                row: row.id.to_string(),
            });
        }
    }
    for (_, event) in record.events() {
        if event.date.first() > moment.at {
            continue;
        }
        let (direct, mediated) = (contact::is_direct(case, event), contact::is_mediated(case, event));
        if !direct && !mediated {
            continue;
        }
        let others = event.parties.iter().copied().chain(event.mediators.iter().map(|mediator| mediator.actor));
        let mut others: Vec<Id<Actor>> = others.filter(|actor| !case.principals.contains(actor)).collect();
        others.sort();
        others.dedup();
        for actor in others {
            let entry = found.entry(actor).or_insert_with(|| new(actor));
            if direct { &mut entry.rounds } else { &mut entry.meetings }.push(event.id.to_string());
        }
    }
    for (_, row) in record.positions() {
        if row.valid_from.first() <= moment.at
            && let Some(entry) = found.get_mut(&row.actor)
        {
            entry.statements += 1;
        }
    }
    found.into_values().collect()
}

fn stands(from: When, until: Option<When>, at: Day) -> bool {
    from.reached(at) == Holds::Yes && until.is_none_or(|until| until.last() >= at)
}
