//! What a challenge is worth, from the view of one actor.

use super::options::{Anchor, Options};
use crate::power::{exp2, log2};

/// What is the same for all challenges of a round.
#[derive(Clone, Copy)]
pub(super) struct Terms<'o> {
    pub options: &'o Options,
    pub range: f64,
    pub median: f64,
}

/// One challenge: who challenges whom, with what chance.
#[derive(Clone, Copy)]
pub(super) struct Challenge {
    /// The place of the challenger.
    pub from: f64,
    /// The place of the challenged.
    pub to: f64,
    /// The salience of the challenged.
    pub salience: f64,
    /// The chance that the challenger prevails.
    pub chance: f64,
}

/// What success, failure and no challenge are worth to an actor with an exponent, for one distance.
#[derive(Clone, Copy)]
pub(super) struct Worth {
    pub success: f64,
    pub failure: f64,
}

/// 2 − 4·base^exponent.
fn utility(base: f64, exponent: f64) -> f64 {
    if exponent == 1.0 { 2.0 - 4.0 * base } else { 2.0 - 4.0 * exp2(exponent * log2(base)) }
}

impl Challenge {
    /// What it is worth if it is made.
    #[inline]
    pub fn met(self, worth: Worth) -> f64 {
        let Challenge { salience, chance, .. } = self;
        salience * (chance * worth.success + (1.0 - chance) * worth.failure) + (1.0 - salience) * worth.success
    }
}

impl Worth {
    /// With exponent 1, of a distance as a share of the range.
    pub fn plain(distance: f64) -> Self {
        Worth { success: 2.0 * distance, failure: -2.0 * distance }
    }
}

impl Terms<'_> {
    /// What it is worth to the actor at a place, whose exponent is given, that nobody challenges.
    pub fn unchallenged(&self, place: f64, exponent: f64) -> f64 {
        match self.options.anchor {
            Anchor::Half => utility(0.5, exponent),
            Anchor::Reference(reference) => {
                let nearer = ((place - self.median).abs() - (place - reference).abs()) / self.range;
                utility(0.5 - 0.5 * nearer.clamp(-1.0, 1.0), exponent)
            }
        }
    }

    /// The expected utility of a challenge from the view of an actor with exponent 1; `unchallenged` is its utility without.
    #[inline]
    pub fn plain(&self, challenge: Challenge, unchallenged: f64) -> f64 {
        let distance = ((challenge.from - challenge.to).abs() / self.range).min(1.0);
        let left = self.options.stays * unchallenged;
        challenge.met(Worth::plain(distance)) - left - self.changed(challenge.from, challenge.to, 1.0)
    }

    /// The part of the utility without a challenge that lies in things that change nonetheless.
    #[inline]
    pub fn changed(&self, from: f64, to: f64, exponent: f64) -> f64 {
        let stays = self.options.stays;
        if stays >= 1.0 {
            return 0.0;
        }
        let (to_median, between) = ((from - self.median).abs(), (from - to).abs());
        let quarter = 0.25 * ((to_median + between) / self.range).min(2.0);
        let changed = if to_median < between { 0.5 - quarter } else { 0.5 + quarter };
        (1.0 - stays) * utility(changed, exponent)
    }
}
