//! The files of a case: what each holds and what it unlocks.

use schemars::JsonSchema;
use serde::Serialize;

use crate::actor::{ActorColumn, AliasColumn};
use crate::event::EventColumn;
use crate::factor::FactorColumn;
use crate::indicator::IndicatorColumn;
use crate::input::alternative::AlternativeColumn;
use crate::input::assurance::AssuranceColumn;
use crate::input::capability::CapabilityColumn;
use crate::input::driver::DriverColumn;
use crate::input::exposure::ExposureColumn;
use crate::input::salience::SalienceColumn;
use crate::input::trust::TrustColumn;
use crate::input::value::ValueColumn;
use crate::issue::{IssueColumn, TopicColumn};
use crate::package::PackageColumn;
use crate::position::PositionColumn;
use crate::relation::RelationColumn;
use crate::source_defaults::SourceDefaultColumn;
use crate::table::TableFormat;
use crate::{claim, constraint, scenario, settings, source};

/// The tables that this version reads, in the order in which they are documented.
pub const TABLES: [TableFormat; 19] = [
    ActorColumn::FORMAT,
    AliasColumn::FORMAT,
    IssueColumn::FORMAT,
    TopicColumn::FORMAT,
    PositionColumn::FORMAT,
    EventColumn::FORMAT,
    RelationColumn::FORMAT,
    FactorColumn::FORMAT,
    IndicatorColumn::FORMAT,
    PackageColumn::FORMAT,
    SourceDefaultColumn::FORMAT,
    SalienceColumn::FORMAT,
    ValueColumn::FORMAT,
    AlternativeColumn::FORMAT,
    TrustColumn::FORMAT,
    ExposureColumn::FORMAT,
    AssuranceColumn::FORMAT,
    CapabilityColumn::FORMAT,
    DriverColumn::FORMAT,
];

/// The same, where a table is kept by its place in memory.
pub(crate) static TABLES_IN_PLACE: [TableFormat; 19] = TABLES;

/// Files of the case format that no command of this version uses: (file, what it will unlock).
pub const NOT_USED_YET: [(&str, &str); 1] = [("judgements/", "elicited ranges")];

/// The files of a case that are no tables, besides its stability models.
pub(crate) const TEXTS: [&str; 6] =
    [settings::FILE, constraint::FILE, claim::FILE, scenario::FILE, source::JSON_FILE, source::BIB_FILE];

/// Whether a file is one that the format names.
#[must_use]
pub fn is_of_a_case(file: &str) -> bool {
    TABLES_IN_PLACE.iter().any(|table| table.file == file) || TEXTS.contains(&file)
}

/// Files that belong beside a case and are not data of it.
pub(crate) fn is_companion(file: &str) -> bool {
    let lower = file.to_lowercase();
    file.starts_with('.')
        || file == crate::start::LEFT_OUT
        || crate::coding::is_sheet(file)
        || lower.ends_with(".md")
        || ["license", "licence", "codings/", "expected/"].iter().any(|name| lower.starts_with(name))
}

/// A file that is missing and what it would unlock.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Unlock {
    /// File name.
    pub file: String,
    /// What it would unlock.
    pub unlocks: String,
    /// Whether a command of this version uses it.
    pub used: bool,
}

/// An analysis that can run now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Run {
    /// The command.
    pub command: String,
    /// What it would show on this case.
    pub shows: String,
}
