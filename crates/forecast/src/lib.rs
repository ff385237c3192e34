//! What outcome do positions, salience and capability point to? One file a model; numbers in, numbers out (layer C).
//!
//! 1. [`Positions`]: where each actor stands on one issue, how much it cares, how much it can do. It cannot be built from numbers
//!    outside their ranges.
//! 2. [`Mean`] and [`Median`]: the compromise model and the median voter, with all that follows from them in closed form.
//! 3. [`nash()`]: asymmetric bargaining where no agreement costs something; says who leaves no room instead of falling back.
//! 4. [`expected_utility()`]: challenges and offers, round after round, every reading of the literature a named option.
//! 5. [`exchange()`]: actors who trade votes on several issues.
//! 6. [`least_shift()`]: how far one actor would have to move for any of these to move by a stated amount.
//!
//! No model here says when an agreement comes, or whether. The page `docs/methods/forecast.md` has definitions and sources.

mod exchange;
pub mod expected_utility;
mod least_shift;
mod mean;
mod median;
mod nash;
mod positions;
mod power;

pub use exchange::{Exchange, ExchangeOptions, ExchangeRound, Overshoot, Rate, Reuse, Table, exchange};
pub use expected_utility::expected_utility;
pub use least_shift::{Found, least_shift};
pub use mean::{Mean, Shift, WeightNeeded};
pub use median::{LockSlack, Median, VoteRule, condorcet_winners};
pub use nash::{Bargaining, Disagreement, Loss, NashError, NashOptions, NashOutcome, NoZone, common_cost_for, nash};
pub use positions::{Positions, PositionsError, Scale, Stand};
