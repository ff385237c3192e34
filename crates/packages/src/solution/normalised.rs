//! Solutions by normalised gains: each party's gain as a share of the greatest it could have.

use std::cmp::Reverse;
use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

use super::{Solution, gains, greatest, nothing};
use crate::frontier::Frontier;
use crate::number::Exact;
use crate::scale::Int;

/// Over which packages the greatest worth to a party is taken. Prints as its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ideal<W> {
    /// Over the packages in the zone.
    Zone,
    /// Over all packages: the numbers, one a party (see [`super::ideal`]).
    Packages(Vec<W>),
}

impl<W> fmt::Display for Ideal<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Ideal::Zone => "zone",
            Ideal::Packages(_) => "packages",
        })
    }
}

/// A solution by normalised gains, with what they were normalised by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalised<W> {
    /// The greatest worth to each party.
    pub ideal: Vec<W>,
    /// Parties, by their places, that cannot gain anything: their share is undefined and is left out.
    pub left_out: Vec<usize>,
    /// What stands out. Degenerate if every party is left out, or the ideal of one is below its disagreement value.
    pub solution: Solution<W>,
}

/// The Kalai–Smorodinsky point in its standard discrete form: the greatest least normalised gain; among equals the greatest second
/// least, and so on (Kalai & Smorodinsky, *Econometrica* 43, 1975, for convex sets, where all normalised gains are equal).
#[must_use]
pub fn kalai_smorodinsky<W: Int>(
    zone: &Frontier<W>,
    disagreement: &[W],
    ideal: Ideal<W>,
    list: usize,
) -> Normalised<W> {
    normalised(zone, disagreement, ideal, |shares| {
        greatest(zone, list, |worth| {
            let mut shares = shares.of(worth);
            shares.sort_unstable();
            Some(shares)
        })
        .map(|(least_first, tied)| (shares.exact(least_first), tied))
    })
}

/// The frontier points with the least difference between the greatest and the least normalised gain. Other tools have called this
/// Kalai–Smorodinsky; it is another thing.
#[must_use]
pub fn min_spread<W: Int>(zone: &Frontier<W>, disagreement: &[W], ideal: Ideal<W>, list: usize) -> Normalised<W> {
    normalised(zone, disagreement, ideal, |shares| {
        greatest(zone, list, |worth| {
            let shares = shares.of(worth);
            Some(Reverse(shares.iter().max()? - shares.iter().min()?))
        })
        .map(|(Reverse(spread), tied)| (shares.exact(vec![spread]), tied))
    })
}

/// Normalised gains on one common denominator.
struct Shares<'a, W> {
    disagreement: &'a [W],
    /// What each party's gain is multiplied by; zero for a party that is left out.
    factors: Vec<BigInt>,
    denominator: BigInt,
}

impl<W: Int> Shares<'_, W> {
    /// The normalised gains of the parties that are not left out, times the denominator.
    fn of(&self, worth: &[W]) -> Vec<BigInt> {
        let counted =
            gains(worth, self.disagreement).into_iter().zip(&self.factors).filter(|(_, factor)| !factor.is_zero());
        counted.map(|(gain, factor)| gain.into() * factor).collect()
    }

    fn exact(&self, shares: Vec<BigInt>) -> Vec<Exact> {
        shares.into_iter().map(|share| Exact::new(share, self.denominator.clone())).collect()
    }
}

type Found<W> = Option<(Vec<Exact>, Vec<super::Tied<W>>)>;

fn normalised<W: Int>(
    zone: &Frontier<W>,
    disagreement: &[W],
    ideal: Ideal<W>,
    solve: impl FnOnce(&Shares<'_, W>) -> Found<W>,
) -> Normalised<W> {
    let ideal = match ideal {
        Ideal::Packages(ideal) => ideal,
        Ideal::Zone => {
            let most = |party: usize| zone.points().iter().map(|point| point.worth[party].clone()).max();
            match (0..disagreement.len()).map(most).collect() {
                Some(ideal) => ideal,
                None => return Normalised { ideal: Vec::new(), left_out: Vec::new(), solution: Solution::NoPackage },
            }
        }
    };
    let ranges: Vec<BigInt> = gains(&ideal, disagreement).into_iter().map(Into::into).collect();
    let left_out: Vec<usize> = (0..ranges.len()).filter(|party| ranges[*party].is_zero()).collect();
    let counted = || ranges.iter().filter(|range| !range.is_zero());
    let denominator = counted().fold(BigInt::one(), |common, range| common.lcm(range));
    let factor = |range: &BigInt| if range.is_zero() { BigInt::zero() } else { &denominator / range };
    let shares =
        Shares { disagreement, factors: ranges.iter().map(factor).collect(), denominator: denominator.clone() };
    let undefined = counted().next().is_none() || counted().any(Signed::is_negative);
    let solution = match if undefined { None } else { solve(&shares) } {
        Some((value, tied)) => Solution::Points { value, tied },
        None => nothing(zone),
    };
    Normalised { ideal, left_out, solution }
}
