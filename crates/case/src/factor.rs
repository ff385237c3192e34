//! `factors.csv`: series beside the timeline.

use crate::actor::{Extra, extra};
use crate::cell;
use crate::diagnostic::Findings;
use crate::ids::Id;
use crate::load::Loading;
use crate::marking::Marking;
use crate::source::Source;
use crate::table::{self, Table, table_format};
use crate::when::When;

table_format! {
    /// Columns of `factors.csv`.
    FactorColumn, "factors.csv", row is "one value of one series", unlocks "series beside the timeline",
    {
        Factor "factor" required "name of the series: one measure by one method";
        Date "date" required "last day of the period measured";
        KnownFrom "known_from" optional "day on which it was published; empty for series that are revised";
        Value "value" required "the value";
        Unit "unit" optional "its unit";
        Note "note" optional "note";
        SourceId "source_id" optional "id of a source in the bibliography";
        Verified "verified" optional "yes if the value was read in the source; no otherwise";
        Marking "marking" optional "public, restricted or confidential";
    }
}

/// One value of one series.
#[derive(Clone, Debug)]
pub struct Factor {
    /// Name of the series.
    pub name: Box<str>,
    /// Last day of the period measured.
    pub date: When,
    /// When it was published; none for series that are revised.
    pub known_from: Option<When>,
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: Box<str>,
    /// Note.
    pub note: Box<str>,
    /// Where it was read.
    pub source: Option<Id<Source>>,
    /// Whether it was read in the source.
    pub verified: bool,
    /// Marking of its own.
    pub marking: Option<Marking>,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

/// Reads `factors.csv`.
pub(crate) fn read(table: Table<'_>, loading: &mut Loading<'_>, findings: &mut Findings) {
    table::read(&FactorColumn::FORMAT, table, findings, |row, findings| {
        let date = cell::when(row, FactorColumn::Date, findings);
        let known_from = cell::when(row, FactorColumn::KnownFrom, findings);
        let value = cell::number(row, FactorColumn::Value, f64::MIN..=f64::MAX, findings);
        let source = loading.source(row.get(FactorColumn::SourceId), row, FactorColumn::SourceId, findings);
        let (Some(date), Some(value)) = (date, value) else { return };
        loading.factors.push(Factor {
            name: cell::text(row, FactorColumn::Factor),
            date,
            known_from,
            value,
            unit: cell::text(row, FactorColumn::Unit),
            note: cell::text(row, FactorColumn::Note),
            source,
            verified: cell::yes(row, FactorColumn::Verified, false, findings),
            marking: cell::marking(row, FactorColumn::Marking, findings),
            extra: extra(row),
        });
    });
}
