//! What every result says of itself: layer, method, settings, level, digest, seed, version.

use detente_case::settings::MethodSettings;
use detente_case::{Level, Moment, Record, export};
use schemars::JsonSchema;
use serde::Serialize;

/// What follows from what: words, the order of options, or numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub enum Layer {
    /// What the words say: sets of options, dates, sources.
    A,
    /// What follows from the order of options alone.
    B,
    /// What needs numbers.
    C,
}

/// Where a result comes from. Two results with the same values here are the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct About {
    /// The layer.
    pub layer: Layer,
    /// The method, by the name of its page.
    pub method: String,
    /// Whether the result is exact, or an estimate from draws.
    pub exact: bool,
    /// The settings used.
    pub settings: MethodSettings,
    /// The level of markings at which it was computed.
    pub level: Level,
    /// SHA-256 of the rows that the result could see.
    pub case_digest: String,
    /// Seed of the draws.
    pub seed: u64,
    /// Number of draws; 0 where none are used.
    pub draws: u32,
    /// Version of the program.
    pub version: String,
}

/// What a question sets beside the case and the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The level at which it is asked.
    pub level: Level,
    /// Seed of the draws.
    pub seed: u64,
    /// Number of draws.
    pub draws: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { level: Level::Public, seed: 1, draws: 1000 }
    }
}

impl About {
    /// Describes a result.
    #[must_use]
    pub fn new(layer: Layer, method: &str, exact: bool, record: Record<'_>, settings: Settings) -> Self {
        About {
            layer,
            method: method.to_owned(),
            exact,
            settings: record.case.settings.methods.clone(),
            level: settings.level,
            case_digest: export::digest(record),
            seed: settings.seed,
            draws: if exact { 0 } else { settings.draws },
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

impl About {
    /// Describes a result from a file that stands alone; the digest is that of the file.
    #[must_use]
    pub fn of_file(layer: Layer, method: &str, bytes: &[u8], settings: Settings) -> Self {
        About {
            layer,
            method: method.to_owned(),
            exact: true,
            settings: MethodSettings::default(),
            level: settings.level,
            case_digest: export::digest_of(bytes),
            seed: settings.seed,
            draws: 0,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// The moment of a result, as it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct At {
    /// The day asked about.
    pub at: String,
    /// The day by which rows had to be known.
    pub known: String,
    /// Set where the question was about a later day than the record reaches: nothing is claimed after this one.
    pub unknown_after: Option<String>,
}

impl From<Moment> for At {
    fn from(moment: Moment) -> Self {
        At {
            at: moment.at.to_string(),
            known: moment.known.to_string(),
            unknown_after: moment.unknown_after.map(|day| day.to_string()),
        }
    }
}
