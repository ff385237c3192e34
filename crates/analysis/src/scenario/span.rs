//! Three numbers for one: the least, the best, the most.

use detente_case::range::{Decimal, Range};
use schemars::JsonSchema;
use serde::Serialize;

use crate::ensemble::rounded;

/// What is thought of a number: `low` ≤ `best` ≤ `high`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Span {
    /// The least.
    pub low: f64,
    /// The likeliest.
    pub best: f64,
    /// The most.
    pub high: f64,
}

impl Span {
    /// Nothing, for certain.
    pub const ZERO: Span = Span { low: 0.0, best: 0.0, high: 0.0 };

    /// One number.
    #[must_use]
    pub fn exactly(number: f64) -> Self {
        Span { low: number, best: number, high: number }
    }

    /// The numbers of a range.
    #[must_use]
    pub fn of(range: &Range) -> Self {
        Span { low: range.low().value(), best: range.best().value(), high: range.high().value() }
    }

    /// Whether it is nothing, for certain.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self == Span::ZERO
    }

    /// The sum, the two taken to be low together and high together: the widest that it can be.
    #[must_use]
    pub fn plus(self, other: Span) -> Self {
        Span { low: self.low + other.low, best: self.best + other.best, high: self.high + other.high }
    }

    /// The product over both ranges.
    #[must_use]
    pub fn times(self, other: Span) -> Self {
        let ends = [self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high];
        let best = self.best * other.best;
        Span { low: ends.into_iter().fold(best, f64::min), best, high: ends.into_iter().fold(best, f64::max) }
    }

    /// Each number changed by a function that rises or stays.
    #[must_use]
    pub fn map(self, rising: impl Fn(f64) -> f64) -> Self {
        Span { low: rising(self.low), best: rising(self.best), high: rising(self.high) }
    }

    /// The same to nine decimals.
    #[must_use]
    pub fn rounded(self) -> Self {
        self.map(rounded)
    }

    /// As a range of the case; none if a number is not finite.
    pub(super) fn range(self) -> Option<Range> {
        let span = self.rounded();
        Range::new(Decimal::of(span.low)?, Decimal::of(span.best)?, Decimal::of(span.high)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_spans_all_products_of_its_parts() {
        let effect = Span { low: -0.2, best: 0.1, high: 0.3 };
        let change = Span { low: -2.0, best: -1.0, high: 4.0 };
        let product = effect.times(change);
        assert_eq!((product.low, product.best, product.high), (-0.8, -0.1, 1.2));
    }

    #[test]
    fn a_sum_adds_low_to_low_and_high_to_high() {
        let sum = Span { low: 0.1, best: 0.2, high: 0.3 }.plus(Span { low: -1.0, best: 0.0, high: 2.0 });
        assert_eq!(sum.rounded(), Span { low: -0.9, best: 0.2, high: 2.3 });
    }
}
