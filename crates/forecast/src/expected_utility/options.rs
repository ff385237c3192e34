//! The readings of the literature, each by name.

use std::fmt;

use super::Round;
use crate::positions::Scale;

/// What the votes for one side of a challenge are a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denominator {
    /// All votes on this challenge, as printed: the two sides' chances sum to 1.
    Pairwise,
    /// All votes on all challenges: chances are tiny. Nowhere described, yet only this gives the printed results of Scholz et al.
    AllPairs,
}

impl Denominator {
    /// The chance of the side with some votes, of all votes on all challenges.
    #[inline]
    pub(super) fn share(self, votes: f64, against: f64, all: f64) -> f64 {
        let of = match self {
            Denominator::Pairwise => votes + against,
            Denominator::AllPairs => all,
        };
        let share = (votes / of).min(1.0);
        if of > 0.0 { share } else { 0.5 }
    }
}

/// Which offer an actor takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferRule {
    /// The one that moves it least, as described.
    LeastMove,
    /// Confrontations first, the nearest; else the compromise with the lowest weighted position; else the nearest capitulation. What a
    /// published program does; it gives the two directions of the scale different results.
    CodeOrder,
}

/// What gives way in a confrontation, where both sides expect to gain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confrontation {
    /// The side that expects less gives way in full.
    Concedes,
    /// Nobody moves: the outcome of conflict is open.
    NobodyMoves,
}

/// By whose challenges an actor's risk is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// What the challenges of all others are worth to them.
    Adversaries,
    /// What its own challenges are worth to it.
    Own,
}

/// With what an actor's security is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecurityCompare {
    /// With the most and the least secure actor.
    AcrossActors,
    /// With the most and the least secure of all positions that it could take itself.
    OwnAttainable,
}

/// By what distances are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeRule {
    /// The distance between the outermost positions at the beginning.
    Initial,
    /// The distance between the outermost positions of the round.
    Current,
    /// The length of the scale.
    Scale,
}

/// What an actor has if nobody challenges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Anchor {
    /// Neither gain nor loss.
    Half,
    /// The reference point holds, rather than the present median: an actor gains or loses by how much nearer it is to the one or other.
    Reference(f64),
}

/// What happens when several offers are equally good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// That of the first actor in the list.
    First,
    /// Their mean.
    Mean,
    /// No move.
    NoMove,
}

/// Which number is the forecast of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The weighted median, as in the original.
    Median,
    /// The weighted mean.
    Mean,
}

/// When the rounds end. A fixed point always ends them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// After so many rounds, 1 to 1,000.
    Rounds(u32),
    /// When the forecast moves by less than half a hundredth of the scale twice in a row; after so many rounds at most.
    Settles(u32),
    /// When all actors together move less than a fiftieth of what they moved in the first round, after two rounds at least; after so many
    /// rounds at most.
    SmallStep(u32),
}

impl Stop {
    /// The most rounds.
    #[must_use]
    pub fn most(self) -> u32 {
        match self {
            Stop::Rounds(most) | Stop::Settles(most) | Stop::SmallStep(most) => most,
        }
    }

    /// Whether the rounds end before the last one allowed.
    pub(super) fn ends(self, rounds: &[Round], outcome: Outcome, range: f64, (first, last): (f64, f64)) -> bool {
        match self {
            Stop::Rounds(_) => false,
            Stop::Settles(_) => match rounds {
                [.., a, b, c] => {
                    [(a, b), (b, c)].iter().all(|(x, y)| (x.of(outcome) - y.of(outcome)).abs() < 0.005 * range)
                }
                _ => false,
            },
            Stop::SmallStep(_) => rounds.len() >= 2 && last < 0.02 * first,
        }
    }
}

/// All readings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// What the votes for one side are a share of.
    pub denominator: Denominator,
    /// Which offer an actor takes.
    pub offer: OfferRule,
    /// Whether the weaker side of a one-sided challenge can be compelled. A public program never does so.
    pub capitulation: bool,
    /// Whether actors differ in the risk that they take.
    pub risk: bool,
    /// By whose challenges risk is measured.
    pub security: Security,
    /// With what security is compared.
    pub compare: SecurityCompare,
    /// By what distances are divided.
    pub range: RangeRule,
    /// The chance that things stay as they are without a challenge, from 0 to 1.
    pub stays: f64,
    /// What gives way in a confrontation.
    pub confrontation: Confrontation,
    /// What an actor has if nobody challenges.
    pub anchor: Anchor,
    /// What happens when several offers are equally good.
    pub tie: Tie,
    /// When the rounds end.
    pub stop: Stop,
    /// Which number is the forecast.
    pub outcome: Outcome,
}

/// Why options cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionsError {
    /// The chance that things stay as they are is not from 0 to 1.
    Stays,
    /// The reference point is not on the scale.
    Reference,
    /// There are no rounds, or more than 1,000.
    Rounds,
}

impl fmt::Display for OptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            OptionsError::Stays => "the chance that things stay as they are is a number from 0 to 1",
            OptionsError::Reference => "the reference point is outside the scale",
            OptionsError::Rounds => "there are 1 to 1,000 rounds",
        })
    }
}

impl std::error::Error for OptionsError {}

impl Options {
    /// The model as printed: chances from the votes on each challenge, and every actor takes the offer that moves it least.
    pub const PRINTED: Options = Options {
        denominator: Denominator::Pairwise,
        offer: OfferRule::LeastMove,
        capitulation: true,
        risk: true,
        security: Security::Adversaries,
        compare: SecurityCompare::AcrossActors,
        range: RangeRule::Initial,
        stays: 1.0,
        confrontation: Confrontation::Concedes,
        anchor: Anchor::Half,
        tie: Tie::First,
        stop: Stop::Rounds(10),
        outcome: Outcome::Median,
    };

    /// The model as programmed for the printed results of Scholz et al. (2011).
    pub const PROGRAMMED: Options = Options {
        denominator: Denominator::AllPairs,
        offer: OfferRule::CodeOrder,
        capitulation: false,
        ..Options::PRINTED
    };

    pub(super) fn check(&self, scale: Scale) -> Result<(), OptionsError> {
        if !(0.0..=1.0).contains(&self.stays) {
            return Err(OptionsError::Stays);
        }
        if matches!(self.anchor, Anchor::Reference(point) if !scale.holds(point)) {
            return Err(OptionsError::Reference);
        }
        if !(1..=1000).contains(&self.stop.most()) {
            return Err(OptionsError::Rounds);
        }
        Ok(())
    }
}
