//! `source_defaults.csv`: what the rows of one source have in common, so that it is written once.

use std::collections::BTreeMap;

use crate::actor::{Extra, duplicate, extra};
use crate::cell;
use crate::diagnostic::Findings;
use crate::ids::{Id, List};
use crate::load::Loading;
use crate::position::{Basis, Grade};
use crate::source::Source;
use crate::table::{self, Table, table_format};

table_format! {
    /// Columns of `source_defaults.csv`.
    SourceDefaultColumn, "source_defaults.csv", row is "what the statements of one source have in common",
    unlocks "shorter rows: grade, basis and language of quotes once a source",
    {
        SourceId "source_id" required "id of a source in the bibliography";
        Grade "grade" optional "the `grade` of its rows in `positions.csv` that have none of their own";
        Basis "basis" optional "the `basis` of its rows that have none of their own";
        Language "language" optional "the `quote_lang` of its rows with a quote that have none of their own";
    }
}

/// What the statements of one source have in common.
#[derive(Clone, Debug)]
pub struct SourceDefaults {
    /// The source.
    pub source: Id<Source>,
    /// Grade of rows without one.
    pub grade: Option<Grade>,
    /// Basis of rows without one.
    pub basis: Option<Basis>,
    /// Language of quotes without one.
    pub language: Box<str>,
    /// Cells of columns that the format does not know.
    pub extra: Extra,
}

/// Reads `source_defaults.csv`.
pub(crate) fn read(table: Table<'_>, loading: &Loading<'_>, findings: &mut Findings) -> List<SourceDefaults> {
    let mut all = List::default();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    table::read(&SourceDefaultColumn::FORMAT, table, findings, |row, findings| {
        use SourceDefaultColumn as Column;
        let id = row.get(Column::SourceId);
        if let Some(first) = seen.insert(id.to_owned(), row.line) {
            findings.push(duplicate(row, Column::SourceId, id, first));
            return;
        }
        let source = loading.find_source(id, row, Column::SourceId, findings);
        let grade = cell::grade(row, Column::Grade, findings);
        let basis = cell::word(row, Column::Basis, &Basis::WORDS, findings);
        if let Some(source) = source {
            let language = cell::text(row, Column::Language);
            all.push(SourceDefaults { source, grade, basis, language, extra: extra(row) });
        }
    });
    all
}
