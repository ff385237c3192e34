//! `exposure.csv`: what an actor has irreversibly performed if an agreement fails after it.

use super::option_of::option_of;
use super::{Input, input_format};

input_format! {
    /// Columns of `exposure.csv`.
    ExposureColumn, "exposure.csv", row is "what one actor loses by one option if the other side does not keep to it", unlocks "the mistrust premium",
    number is "what is performed and cannot be taken back, on the scale of values, from 0 to 1",
    {
        Actor "actor" required "for whom";
        Issue "issue" required "id of the issue";
        Option "option" required "id of the option";
    }
}

/// What an actor has irreversibly performed by an option if the other side defaults, from 0 to 1.
pub type Exposure = Input<ExposureOf>;

option_of! {
    /// An option, and who performs it.
    ExposureOf, ExposureColumn, letter 'x', actor is "Who performs it."
}
