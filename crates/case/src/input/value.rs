//! `values.csv`: what the options of an issue are worth to an actor.

use super::option_of::option_of;
use super::{Input, input_format};

input_format! {
    /// Columns of `values.csv`.
    ValueColumn, "values.csv", row is "what one option of one issue is worth to one actor", unlocks "value functions of your own",
    number is "what the option is worth, from 0 (the worst of the issue) to 1 (the best)",
    {
        Actor "actor" required "for whom";
        Issue "issue" required "id of the issue";
        Option "option" required "id of the option";
    }
}

/// What an option is worth to an actor, from 0 to 1.
pub type OptionValue = Input<ValueOf>;

option_of! {
    /// An option, and for whom it has a value.
    ValueOf, ValueColumn, letter 'v', actor is "For whom."
}
