//! Markings: who may see a row, and the level at which a result is asked for.

use schemars::JsonSchema;
use serde::Serialize;

/// Who may see a row. Rows without one inherit the case's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Marking {
    /// Anybody.
    #[default]
    Public,
    /// Those with whom the team shares its restricted results.
    Restricted,
    /// The team itself.
    Confidential,
}

impl Marking {
    /// The words in the files.
    pub const WORDS: [(&'static str, Marking); 3] =
        [("public", Self::Public), ("restricted", Self::Restricted), ("confidential", Self::Confidential)];

    /// The word in the files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Marking::Public => "public",
            Marking::Restricted => "restricted",
            Marking::Confidential => "confidential",
        }
    }
}

/// The level at which a result is asked for. The default is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Public rows only.
    #[default]
    Public,
    /// Public and restricted rows.
    Restricted,
    /// All rows.
    All,
}

impl Level {
    /// Whether a row of this marking is part of results at this level.
    #[must_use]
    pub fn shows(self, marking: Marking) -> bool {
        match self {
            Level::Public => marking == Marking::Public,
            Level::Restricted => marking <= Marking::Restricted,
            Level::All => true,
        }
    }

    /// The word on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Level::Public => "public",
            Level::Restricted => "restricted",
            Level::All => "all",
        }
    }
}
