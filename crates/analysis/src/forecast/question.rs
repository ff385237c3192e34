//! What a forecast is made from.

use detente_forecast::{Positions, Stand};

use super::calibration::Domain;
use crate::ensemble::{Draw, Inputs};

/// How a draw of the inputs becomes positions: it changes the best values of the actors, in their order. What it leaves outside a range is
/// clipped.
pub type Bind<'a> = Box<dyn Fn(&Draw<'_>, &mut [Stand]) + Send + Sync + 'a>;

/// Issues on which actors take positions.
pub struct Question<'a> {
    /// The issues, in order.
    pub issues: Vec<IssueOf<'a>>,
    /// What kind of negotiation it is: where intervals have been measured, they are given.
    pub domain: Domain,
}

/// One issue.
pub struct IssueOf<'a> {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The actors that take part in it, as many as `best` has.
    pub actors: Vec<ActorOf>,
    /// The best values.
    pub best: Positions,
    /// What is only known as a range. An input that two issues name alike is drawn alike in both.
    pub inputs: Inputs,
    /// How a draw becomes positions.
    pub bind: Bind<'a>,
    /// What holds if there is no agreement, on the scale of the issue, where that is known.
    pub reference: Option<f64>,
}

/// An actor as it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorOf {
    /// Its id: the same in all issues.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl IssueOf<'_> {
    /// The positions in one draw.
    #[must_use]
    pub fn drawn(&self, draw: &Draw<'_>) -> Positions {
        self.best.with(|stands| (self.bind)(draw, stands))
    }
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// Seed of the draws.
    pub seed: u64,
    /// Draws for the spread of the mean and the median; models in rounds get a tenth, but at least 250.
    pub draws: u32,
    /// By how much of the scale a least shift is to move the forecast, above 0 and at most 1.
    pub shift: f64,
    /// For which models least shifts are found.
    pub shifts: Shifts,
    /// Cost of no agreement to every actor in the bargaining model, in shares of the scale.
    pub cost: f64,
}

/// For which models least shifts are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shifts {
    /// The mean and the median.
    Simple,
    /// Also the expected-utility model as printed, by search.
    All,
}

impl Default for Setting {
    fn default() -> Self {
        Setting { seed: 1, draws: 1000, shift: 0.05, shifts: Shifts::Simple, cost: 1.0 }
    }
}
