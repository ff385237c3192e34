//! Which offers an actor has, and which one it takes.

use super::options::{Confrontation, OfferRule, Options, Tie};

/// What an actor is asked to do, in the order in which a published program looks at them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Confrontation,
    Compromise,
    Capitulation,
}

/// The offer that is taken so far.
#[derive(Clone, Copy)]
pub(super) struct Taken<'o> {
    options: &'o Options,
    place: f64,
    /// Distances that are less apart are the same.
    tolerance: f64,
    kind: Option<Kind>,
    key: f64,
    target: f64,
    sum: f64,
    count: f64,
}

impl<'o> Taken<'o> {
    /// An actor at a place, without offers.
    pub fn none(options: &'o Options, place: f64, tolerance: f64) -> Self {
        Taken { options, place, tolerance, kind: None, key: f64::INFINITY, target: place, sum: 0.0, count: 0.0 }
    }

    /// Looks at another actor: `own` is what the actor's challenge to it is worth, `other` what its challenge is worth, both from the
    /// actor's view.
    pub fn consider(&mut self, other_place: f64, own: f64, other: f64) {
        let between = other_place - self.place;
        let (kind, target) = if other <= 0.0 {
            return;
        } else if own > 0.0 {
            if other <= own || self.options.confrontation == Confrontation::NobodyMoves {
                return;
            }
            (Kind::Confrontation, other_place)
        } else if own < 0.0 && other > -own {
            (Kind::Compromise, self.place + between * (-own / other))
        } else if own < 0.0 && other < -own && self.options.capitulation {
            (Kind::Capitulation, other_place)
        } else {
            return;
        };
        let (rank, key) = match self.options.offer {
            OfferRule::LeastMove => (Kind::Confrontation, (target - self.place).abs()),
            OfferRule::CodeOrder if kind == Kind::Compromise => {
                (kind, (-own * self.place + other * other_place) / (other - own))
            }
            OfferRule::CodeOrder => (kind, between.abs()),
        };
        self.take(rank, key, target);
    }

    fn take(&mut self, kind: Kind, key: f64, target: f64) {
        let better = match self.kind {
            None => true,
            Some(taken) => kind < taken || (kind == taken && key < self.key - self.tolerance),
        };
        if better {
            (self.kind, self.key, self.target, self.sum, self.count) = (Some(kind), key, target, target, 1.0);
        } else if self.kind == Some(kind) && key <= self.key + self.tolerance {
            match self.options.tie {
                Tie::First => {}
                Tie::Mean => {
                    self.sum += target;
                    self.count += 1.0;
                    self.target = self.sum / self.count;
                }
                Tie::NoMove => {
                    if (target - self.target).abs() > self.tolerance {
                        self.target = self.place;
                    }
                }
            }
        }
    }

    /// Where the actor goes.
    pub fn target(&self) -> f64 {
        self.target
    }
}
