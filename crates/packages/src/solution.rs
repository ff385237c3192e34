//! Solution points: which packages stand out once it is known what each party gets without agreement.
//!
//! All are computed from the whole frontier of the zone, exactly. Each answer is every vector that ties, with its packages:
//! the exact number, and the first in canonical order. A solution point is a reference point under its assumptions, not advice.

mod disagreement;
mod normalised;

pub use disagreement::{Disagreement, NoDisagreement, ideal, without};
pub use normalised::{Ideal, Normalised, kalai_smorodinsky, min_spread};

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use crate::frontier::Frontier;
use crate::number::Exact;
use crate::problem::Package;
use crate::scale::Int;

/// What stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Solution<W> {
    /// There is no package in the zone.
    NoPackage,
    /// The concept singles nothing out: for Nash, no package gives every party more than no agreement.
    Degenerate,
    /// The packages that reach the greatest value.
    Points {
        /// What was compared, greatest first to decide: a product, a sum, or gains from the least on.
        value: Vec<Exact>,
        /// All vectors that tie, in the order of the frontier.
        tied: Vec<Tied<W>>,
    },
}

/// A vector that a solution attains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tied<W> {
    /// What it is worth to each party.
    pub worth: Vec<W>,
    /// How many packages are worth exactly that.
    pub packages: BigUint,
    /// The first of them in canonical order, as many as were asked for.
    pub first: Vec<Package>,
}

impl<W> Tied<W> {
    /// Whether there are more packages than are listed.
    #[must_use]
    pub fn cut(&self) -> bool {
        self.packages > BigUint::from(self.first.len())
    }
}

impl<W> Solution<W> {
    /// The vectors that tie; none without a solution.
    #[must_use]
    pub fn tied(&self) -> &[Tied<W>] {
        match self {
            Solution::Points { tied, .. } => tied,
            Solution::NoPackage | Solution::Degenerate => &[],
        }
    }
}

/// Weights of the parties for the weighted Nash point: fractions above zero, kept as whole powers in the same proportions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Powers(Vec<u32>);

/// The greatest sum of whole powers: beyond it, products have too many digits.
pub const GREATEST_POWERS: u32 = 10_000;

impl Powers {
    /// One power a party, for plain Nash.
    #[must_use]
    pub fn equal(parties: usize) -> Powers {
        Powers(vec![1; parties])
    }

    /// The least whole numbers in the proportions of the weights. `None` unless every weight is above zero and they add up to at
    /// most [`GREATEST_POWERS`].
    #[must_use]
    pub fn of(weights: &[Exact]) -> Option<Powers> {
        let below = weights.iter().fold(BigInt::from(1), |below, weight| below.lcm(weight.denom()));
        let whole: Vec<BigInt> = weights.iter().map(|weight| (weight * &below).to_integer()).collect();
        let common = whole.iter().fold(BigInt::zero(), |common, weight| common.gcd(weight));
        let fits = whole.iter().all(Signed::is_positive)
            && whole.iter().sum::<BigInt>() <= BigInt::from(GREATEST_POWERS) * &common;
        let powers = || whole.iter().map(|weight| (weight / &common).to_u32()).collect::<Option<Vec<u32>>>();
        fits.then(powers).flatten().map(Powers)
    }

    /// The powers, one a party.
    #[must_use]
    pub fn powers(&self) -> &[u32] {
        &self.0
    }

    /// The product of powers of gains.
    pub(crate) fn product<W: Int>(&self, gains: &[W]) -> BigInt {
        gains.iter().zip(&self.0).map(|(gain, power)| gain.clone().into().pow(*power)).product()
    }
}

/// The gain of each party over no agreement.
pub(crate) fn gains<W: Int>(worth: &[W], disagreement: &[W]) -> Vec<W> {
    worth.iter().zip(disagreement).map(|(worth, least)| worth.clone() - least.clone()).collect()
}

/// The Nash point: the greatest product of gains over packages in which no party loses (Nash, *Econometrica* 18, 1950); with unequal
/// powers the weighted one. Gains below zero are filtered before they are multiplied. Invariant under a factor and a shift a party.
/// `zone` is the frontier of the packages that may be agreed.
#[must_use]
pub fn nash<W: Int>(zone: &Frontier<W>, disagreement: &[W], powers: &Powers, list: usize) -> Solution<W> {
    let value = |worth: &[W]| {
        let gains = gains(worth, disagreement);
        gains.iter().all(Signed::is_positive).then(|| powers.product(&gains))
    };
    match greatest(zone, list, value) {
        Some((product, tied)) => Solution::Points { value: vec![Exact::from_integer(product)], tied },
        None => nothing(zone),
    }
}

/// The egalitarian point (Kalai, *Econometrica* 45, 1977): the greatest least gain; among equals the greatest second least, and so on.
/// Gains are compared across parties, so the numbers need one scale for all.
#[must_use]
pub fn egalitarian<W: Int>(zone: &Frontier<W>, disagreement: &[W], list: usize) -> Solution<W> {
    let value = |worth: &[W]| {
        let mut gains = gains(worth, disagreement);
        gains.sort_unstable();
        Some(gains)
    };
    match greatest(zone, list, value) {
        Some((gains, tied)) => Solution::Points { value: gains.into_iter().map(whole).collect(), tied },
        None => nothing(zone),
    }
}

/// The utilitarian point: the greatest sum of what a package is worth to the parties. The numbers need one scale for all. A party
/// may gain nothing by it.
#[must_use]
pub fn utilitarian<W: Int>(zone: &Frontier<W>, list: usize) -> Solution<W> {
    let sum = |worth: &[W]| worth.iter().cloned().map(Into::into).sum::<BigInt>();
    match greatest(zone, list, |worth| Some(sum(worth))) {
        Some((sum, tied)) => Solution::Points { value: vec![Exact::from_integer(sum)], tied },
        None => nothing(zone),
    }
}

pub(crate) fn whole<W: Into<BigInt>>(number: W) -> Exact {
    Exact::from_integer(number.into())
}

fn nothing<W: Int>(zone: &Frontier<W>) -> Solution<W> {
    if zone.points().is_empty() { Solution::NoPackage } else { Solution::Degenerate }
}

/// The points of the greatest value; points without a value are left out.
fn greatest<W: Int, V: Ord>(
    zone: &Frontier<W>,
    list: usize,
    value: impl Fn(&[W]) -> Option<V>,
) -> Option<(V, Vec<Tied<W>>)> {
    let mut best: Option<(V, Vec<usize>)> = None;
    for (place, point) in zone.points().iter().enumerate() {
        let Some(value) = value(&point.worth) else { continue };
        match &mut best {
            Some((greatest, places)) if *greatest == value => places.push(place),
            Some((greatest, _)) if *greatest > value => {}
            _ => best = Some((value, vec![place])),
        }
    }
    let tied = |place: usize| {
        let point = &zone.points()[place];
        Tied {
            worth: point.worth.clone(),
            packages: point.packages.clone(),
            first: zone.packages(place).take(list).collect(),
        }
    };
    best.map(|(value, places)| (value, places.into_iter().map(tied).collect()))
}
