//! Who stands behind whom, and who acts between the principals.

use detente_analysis::third_parties::{ThirdParty, Tie};
use detente_case::relation::RelationType;
use detente_case::{Case, Moment};

use super::{actor_name, caption, date, principal, principals, read_as, shorten};
use crate::figure::Figure;
use crate::figure::network::{self, Kind, Network, Relation};

/// The relations of third parties with the principals, known and begun at a moment.
pub fn relations(case: &Case, third: &[ThirdParty], moment: Moment) -> Figure {
    let with_ties: Vec<&ThirdParty> = third.iter().filter(|party| !party.relations.is_empty()).collect();
    let ties =
        with_ties.iter().enumerate().flat_map(|(actor, party)| party.relations.iter().map(move |tie| (actor, tie)));
    let input = Network {
        caption: caption(
            "relations",
            format!("Relations of others with the sides, as of {}", date(&moment.at.to_string())),
        ),
        parties: principals(case),
        actors: with_ties.iter().map(|party| actor_name(case, &party.actor)).collect(),
        relations: ties.filter_map(|(actor, tie)| drawn(case, actor, tie)).collect(),
    };
    read_as(
        network::draw(&input),
        "A row is an actor, a column what it does for, to or with one side; the years say since when, or from when to when. \
         The marks count kinds of relations on record, not how much they weigh.",
    )
}

fn drawn(case: &Case, actor: usize, tie: &Tie) -> Option<Relation> {
    let row = case.relations.iter().find(|row| *row.id == *tie.row);
    let basis = row.map(|row| shorten(&row.basis, super::STATEMENT)).unwrap_or_default();
    // A relation with an end still to come goes on; its end stands in the title.
    let ended = tie.until.filter(|_| !tie.in_force);
    let dates = match tie.until {
        Some(until) => format!("{} to {until}", tie.from),
        None => format!("from {}", tie.from),
    };
    let parts: Vec<&str> = [basis.as_str(), &dates, &tie.row].into_iter().filter(|part| !part.is_empty()).collect();
    Some(Relation {
        actor,
        party: principal(case, &tie.to)?,
        kind: kind(tie.kind),
        from: i32::from(tie.from.first().year()),
        to: ended.map(|until| i32::from(until.last().year())),
        title: parts.join("; "),
    })
}

fn kind(kind: RelationType) -> Kind {
    match kind {
        RelationType::Backs => Kind::Backs,
        RelationType::Arms => Kind::Arms,
        RelationType::Finances => Kind::Finances,
        RelationType::Sanctions => Kind::Sanctions,
        RelationType::Mediates => Kind::Mediates,
        RelationType::Hosts => Kind::Hosts,
        RelationType::Guarantees => Kind::Guarantees,
        RelationType::Trades => Kind::Trades,
    }
}
