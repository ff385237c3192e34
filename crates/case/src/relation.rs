//! `relations.csv`: who stands behind whom, and who acts between them.

use crate::actor::{Actor, Extra, extra, period};
use crate::cell;
use crate::diagnostic::Findings;
use crate::ids::Id;
use crate::load::Loading;
use crate::marking::Marking;
use crate::source::Source;
use crate::table::{self, Table, table_format};
use crate::when::When;
use crate::words::word_enum;

table_format! {
    /// Columns of `relations.csv`.
    RelationColumn, "relations.csv", row is "one relation of an actor to another over a period", unlocks "backers, mediators and guarantors",
    {
        Id "id" optional "id of the row; `r-` and a number in the order of `valid_from` if empty";
        From "from" required "who";
        To "to" required "towards whom";
        Type "type" required "backs, arms, finances, sanctions, mediates, hosts, guarantees or trades";
        ValidFrom "valid_from" required "first day";
        ValidTo "valid_to" optional "last day; empty if no end is recorded";
        IntensityLow "intensity_low" optional "0–100, only where a source publishes a share";
        IntensityBest "intensity_best" optional "0–100";
        IntensityHigh "intensity_high" optional "0–100";
        Basis "basis" optional "on what the row rests";
        SourceId "source_id" optional "id of a source in the bibliography";
        Verified "verified" optional "yes if the core of the row was read in the source; no otherwise";
        Marking "marking" optional "public, restricted or confidential";
    }
}

word_enum! {
    /// What one actor does for, to or between others.
    RelationType {
        Backs "backs" "Supports by status, votes, territory or forces.";
        Arms "arms" "Gives, sells or permits arms, training or intelligence.";
        Finances "finances" "Gives or lends money.";
        Sanctions "sanctions" "Restricts by law.";
        Mediates "mediates" "Carries terms or arranges exchanges.";
        Hosts "hosts" "Gives the place for talks or for forces.";
        Guarantees "guarantees" "Has signed a commitment on security.";
        Trades "trades" "Buys or sells on a scale that a source ties to the conflict.";
    }
}

/// One relation over a period.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Id, as the file writes it.
    pub id: Box<str>,
    /// Who.
    pub from: Id<Actor>,
    /// Towards whom.
    pub to: Id<Actor>,
    /// What.
    pub kind: RelationType,
    /// First day.
    pub valid_from: When,
    /// Last day.
    pub valid_to: Option<When>,
    /// A published share: low, best, high.
    pub intensity: [Option<f64>; 3],
    /// On what it rests.
    pub basis: Box<str>,
    /// Where it was read.
    pub source: Option<Id<Source>>,
    /// Whether the core of the row was read in the source.
    pub verified: bool,
    /// Marking of its own.
    pub marking: Option<Marking>,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

/// Reads `relations.csv`.
pub(crate) fn read(table: Table<'_>, loading: &mut Loading<'_>, findings: &mut Findings) {
    let mut seen: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    table::read(&RelationColumn::FORMAT, table, findings, |row, findings| {
        let id = row.get(RelationColumn::Id);
        if !id.is_empty()
            && let Some(first) = seen.insert(id.to_owned(), row.line)
        {
            findings.push(crate::actor::duplicate(row, RelationColumn::Id, id, first));
            return;
        }
        let from = loading.actor(row.get(RelationColumn::From), row, RelationColumn::From, findings);
        let to = loading.actor(row.get(RelationColumn::To), row, RelationColumn::To, findings);
        let kind = cell::word(row, RelationColumn::Type, &RelationType::WORDS, findings);
        let (valid_from, valid_to) = period(row, RelationColumn::ValidFrom, RelationColumn::ValidTo, findings);
        let mut share = |column| cell::number(row, column, 0.0..=100.0, findings);
        let intensity = [
            share(RelationColumn::IntensityLow),
            share(RelationColumn::IntensityBest),
            share(RelationColumn::IntensityHigh),
        ];
        let given: Vec<f64> = intensity.iter().copied().flatten().collect();
        if given.windows(2).any(|pair| pair[0] > pair[1]) {
            findings.push(row.finding(
                crate::Code::NotANumber,
                RelationColumn::IntensityLow,
                "low, best and high rise",
            ));
        }
        let source = loading.source(row.get(RelationColumn::SourceId), row, RelationColumn::SourceId, findings);
        let (Some(from), Some(to), Some(kind), Some(valid_from)) = (from, to, kind, valid_from) else { return };
        loading.relations.push(Relation {
            id: id.into(),
            from,
            to,
            kind,
            valid_from,
            valid_to,
            intensity,
            basis: cell::text(row, RelationColumn::Basis),
            source,
            verified: cell::yes(row, RelationColumn::Verified, false, findings),
            marking: cell::marking(row, RelationColumn::Marking, findings),
            extra: extra(row),
        });
    });
}
