//! Agreement: what blocks, from the order of options alone, and what room there is, from numbers.

use detente_case::{Case, Moment, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::about::{About, At, Layer, Settings};
use crate::blocks::{self, Blocks};

/// What blocks an agreement at a moment, and what room there is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Agreement {
    /// The moment.
    #[serde(flatten)]
    pub moment: At,
    /// Ids of the principals, in the order in which numbers of steps and values stand.
    pub principals: Vec<String>,
    /// What blocks, by the order of options alone (layer B).
    #[serde(flatten)]
    pub blocks: Blocks,
    /// Where the result comes from.
    pub about: About,
}

/// What blocks an agreement at a moment, and what room there is.
///
/// Cost: that of [`blocks::blocks`].
#[must_use]
pub fn agreement(case: &Case, moment: Moment, settings: Settings) -> Agreement {
    let record = Record::known_by(case, moment.known);
    Agreement {
        moment: moment.into(),
        principals: case.principals.iter().map(|actor| case.actors[*actor].id.to_string()).collect(),
        blocks: blocks::blocks(case, moment),
        about: About::new(Layer::B, "agreement", true, record, settings),
    }
}
