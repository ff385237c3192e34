//! What counts as least.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed};

use super::{Concession, Concessions, Line, NoShift};
use crate::number::Exact;
use crate::scale::Int;

/// A cost of a concession. Each grows with every shift. Only `Sum` has prices: by the others, no line is dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cost {
    /// The sum of shifts, each times the weight of its party, and of the prices of the lines that are dropped.
    Sum {
        /// One a party, above zero: what a unit of its scale costs.
        weights: Vec<Exact>,
        /// One a line, above zero (not looked at for lines that are kept).
        prices: Vec<Exact>,
    },
    /// The largest weighted shift; of equals the least weighted sum.
    Largest {
        /// One a party, above zero.
        weights: Vec<Exact>,
    },
    /// The shift of the first party in an order, of equals that of the second, and so on.
    InTurn {
        /// The parties by their places, each once.
        order: Vec<usize>,
    },
    /// The number of parties that move.
    Movers,
    /// The shift of one party where no other moves.
    Alone {
        /// The party, by its place.
        party: usize,
    },
}

/// The least cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Least<W> {
    /// No package does it.
    Impossible {
        /// How many vectors were looked at.
        examined: usize,
    },
    /// The cheapest concessions.
    Found {
        /// The cost: what is compared first, then second, and so on.
        cost: Vec<Exact>,
        /// Every concession that costs that.
        tied: Vec<Concession<W>>,
        /// How many vectors were looked at: all others cost more, and what is not on the frontier costs no less than what beats it.
        examined: usize,
    },
}

/// A cost in whole numbers.
pub(super) struct Whole<'a> {
    cost: &'a Cost,
    weights: Vec<BigInt>,
    prices: Vec<BigInt>,
    /// What costs are divided by.
    below: BigInt,
}

impl Cost {
    /// The cost for a number of parties and lines.
    pub(super) fn whole(&self, parties: usize, lines: &[Line]) -> Result<Whole<'_>, NoShift> {
        let none: &[Exact] = &[];
        let (weights, prices) = match self {
            Cost::Sum { weights, prices } => (weights.as_slice(), prices.as_slice()),
            Cost::Largest { weights } => (weights.as_slice(), none),
            Cost::InTurn { order } => {
                let mut sorted = order.clone();
                sorted.sort_unstable();
                if sorted != (0..parties).collect::<Vec<_>>() {
                    return Err(NoShift::Numbers);
                }
                return Ok(Whole { cost: self, weights: Vec::new(), prices: Vec::new(), below: BigInt::one() });
            }
            Cost::Alone { party } if *party >= parties => return Err(NoShift::Numbers),
            Cost::Alone { .. } | Cost::Movers => {
                return Ok(Whole { cost: self, weights: Vec::new(), prices: Vec::new(), below: BigInt::one() });
            }
        };
        if weights.len() != parties || (matches!(self, Cost::Sum { .. }) && prices.len() != lines.len()) {
            return Err(NoShift::Numbers);
        }
        let counted = || prices.iter().zip(lines).filter(|(_, line)| line.droppable).map(|(price, _)| price);
        if !weights.iter().chain(counted()).all(Signed::is_positive) {
            return Err(NoShift::NotPositive);
        }
        let below = weights.iter().chain(prices).fold(BigInt::one(), |below, number| below.lcm(number.denom()));
        let whole = |numbers: &[Exact]| numbers.iter().map(|number| (number * &below).to_integer()).collect();
        Ok(Whole { cost: self, weights: whole(weights), prices: whole(prices), below })
    }
}

impl Whole<'_> {
    /// What a concession costs; `None` if the cost rules it out.
    fn of<W: Int>(&self, concession: &Concession<W>) -> Option<Vec<BigInt>> {
        if !concession.dropped.is_empty() && !matches!(self.cost, Cost::Sum { .. }) {
            return None;
        }
        let weighted =
            || concession.shift.iter().zip(&self.weights).map(|(shift, weight)| shift.clone().into() * weight);
        let alone =
            |party: usize| concession.shift.iter().enumerate().all(|(of, shift)| of == party || shift.is_zero());
        match self.cost {
            Cost::Sum { .. } => {
                let prices: BigInt = concession.dropped.iter().map(|line| &self.prices[*line]).sum();
                Some(vec![weighted().sum::<BigInt>() + prices])
            }
            Cost::Largest { .. } => Some(vec![weighted().max()?, weighted().sum()]),
            Cost::InTurn { order } => Some(order.iter().map(|party| concession.shift[*party].clone().into()).collect()),
            Cost::Movers => Some(vec![concession.shift.iter().filter(|shift| !shift.is_zero()).count().into()]),
            Cost::Alone { party } => alone(*party).then(|| vec![concession.shift[*party].clone().into()]),
        }
    }

    /// What is compared first of a concession.
    pub(super) fn most<W: Int>(&self, concession: &Concession<W>) -> Option<BigInt> {
        self.of(concession)?.into_iter().next()
    }

    /// Whether the largest shift is compared first, not their sum.
    pub(super) fn by_largest(&self) -> bool {
        matches!(self.cost, Cost::Largest { .. })
    }

    /// The weights and prices times their common denominator; no weights for costs without.
    pub(super) fn weights(&self) -> &[BigInt] {
        &self.weights
    }

    pub(super) fn prices(&self) -> &[BigInt] {
        &self.prices
    }

    pub(super) fn least<W: Int>(&self, concessions: Concessions<W>) -> Least<W> {
        let Concessions { rows, examined } = concessions;
        let mut best: Option<(Vec<BigInt>, Vec<Concession<W>>)> = None;
        for row in rows {
            let Some(cost) = self.of(&row) else { continue };
            match &mut best {
                Some((least, tied)) if *least == cost => tied.push(row),
                Some((least, _)) if *least < cost => {}
                _ => best = Some((cost, vec![row])),
            }
        }
        match best {
            None => Least::Impossible { examined },
            Some((cost, tied)) => {
                let cost = cost.into_iter().map(|cost| Exact::new(cost, self.below.clone())).collect();
                Least::Found { cost, tied, examined }
            }
        }
    }
}

impl<W: Int> Concessions<W> {
    /// The rows that cost least, with every tie. `lines` are those that the rows were found for.
    ///
    /// # Errors
    /// [`NoShift::Numbers`] or [`NoShift::NotPositive`] if weights or prices do not fit.
    pub fn least(self, cost: &Cost, lines: &[Line]) -> Result<Least<W>, NoShift> {
        let parties = self.rows.first().map(|row| row.shift.len());
        let Some(parties) = parties else { return Ok(Least::Impossible { examined: self.examined }) };
        Ok(cost.whole(parties, lines)?.least(self))
    }
}
