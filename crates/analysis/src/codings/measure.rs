//! Measures of agreement over paired units, each with its interval.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::draw::Stream;
use crate::reliability::{Disagreement, Metric, Ratings};

/// Agreement on one field.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Measure {
    /// What was compared.
    pub field: Field,
    /// Units on which both agree.
    pub agree: usize,
    /// Units compared.
    pub of: usize,
    /// `agree` of `of`, from 0 to 1; null if nothing was compared.
    pub share: Option<f64>,
    /// Mean share of options in both of those in either, from 0 to 1, for sets.
    pub overlap: Option<f64>,
    /// Krippendorff's alpha, at most 1; null where it is not defined or not measured.
    pub alpha: Option<f64>,
    /// Lower end of the interval that holds 95 % of the draws; null where no draw differs or alpha is null.
    pub alpha_low: Option<f64>,
    /// Upper end of that interval.
    pub alpha_high: Option<f64>,
    /// What counts as near; null where alpha is not measured.
    pub metric: Option<Metric>,
    /// Against the chance of which codes agreement is measured.
    pub chance: Option<Chance>,
    /// Why there is no alpha.
    pub no_alpha: Option<NoAlpha>,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The set of issues of a statement.
    Issues,
    /// Whether a row carries options for what is asked.
    Coded,
    /// The kind, where both name one.
    Kind,
    /// The kind, no kind being a code of its own.
    KindOrNone,
    /// The best option, where both name one.
    Best,
    /// The best option, none being a code of its own, where either carries options.
    BestOrNone,
    /// The first option asked for.
    Low,
    /// The last option asked for.
    High,
    /// The set of options from the first to the last.
    Range,
    /// Low, best and high together.
    Options,
    /// The set of options ruled out, where either rules any out.
    RulesOut,
    /// Kind, low, best and high together.
    KindAndOptions,
    /// What an event is.
    Type,
    /// The level of an event.
    Level,
    /// The direction of an event.
    Direction,
    /// The set of topics of an event.
    Topics,
}

/// Whose codes make up what would be expected by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Chance {
    /// Those of all units.
    Pooled,
    /// Those of the same issue, each issue by itself, so that differences between issues give no help.
    WithinIssues,
}

/// Why there is no alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoAlpha {
    /// No unit was compared.
    NothingCompared,
    /// Both gave the same code throughout, so that nothing can be said of chance.
    NoVariation,
    /// It is a share of equal sets or of several fields at once, without a measure of chance.
    NotMeasured,
}

/// The codes of a unit that was compared, as numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// The document to which it belongs, by its number: units of one document are drawn together.
    pub(super) document: usize,
    /// The issue, by its number.
    pub(super) issue: usize,
    /// The codes.
    pub(super) codes: [f64; 2],
}

/// A field of which only shares are told.
pub(super) fn share(field: Field, agree: usize, of: usize, overlap: Option<f64>) -> Measure {
    Measure {
        field,
        agree,
        of,
        share: (of > 0).then(|| agree as f64 / of as f64),
        overlap,
        alpha: None,
        alpha_low: None,
        alpha_high: None,
        metric: None,
        chance: None,
        no_alpha: Some(if of == 0 { NoAlpha::NothingCompared } else { NoAlpha::NotMeasured }),
    }
}

/// A field whose codes are words: nominal alpha. The words come with their document.
pub(super) fn nominal<'a>(
    field: Field,
    pairs: impl IntoIterator<Item = (usize, [&'a str; 2])>,
    draws: &Draws,
) -> Measure {
    let pairs: Vec<(usize, [&str; 2])> = pairs.into_iter().collect();
    let words: BTreeSet<&str> = pairs.iter().flat_map(|(_, words)| *words).collect();
    let places: BTreeMap<&str, f64> = words.into_iter().zip((0_u32..).map(f64::from)).collect();
    let unit = |(document, words): &(usize, [&str; 2])| Unit {
        document: *document,
        issue: 0,
        codes: words.map(|word| places.get(word).copied().unwrap_or(f64::NAN)),
    };
    let agree = pairs.iter().filter(|(_, [one, other])| one == other).count();
    with_alpha(share(field, agree, pairs.len(), None), Metric::Nominal, Chance::Pooled, pairs.iter().map(unit), draws)
}

/// Adds alpha with its interval to a measure. Units without two codes do not count for it.
pub(super) fn with_alpha(
    measure: Measure,
    metric: Metric,
    chance: Chance,
    units: impl IntoIterator<Item = Unit>,
    draws: &Draws,
) -> Measure {
    let mut groups: BTreeMap<usize, Vec<Unit>> = BTreeMap::new();
    for unit in units.into_iter().filter(|unit| unit.codes.iter().all(|code| code.is_finite())) {
        groups.entry(if chance == Chance::Pooled { 0 } else { unit.issue }).or_default().push(unit);
    }
    let groups: Vec<(Vec<usize>, Ratings)> = groups
        .into_values()
        .map(|units| (units.iter().map(|unit| unit.document).collect(), Ratings::new(units.iter().map(|u| u.codes))))
        .collect();
    let alpha = |times: &dyn Fn(usize) -> u32| {
        let sums = groups.iter().map(|(documents, ratings)| {
            let sum = ratings.disagreement(metric, |unit| times(documents[unit]));
            if chance == Chance::WithinIssues { sum.scaled() } else { sum }
        });
        sums.fold(Disagreement::default(), |sum, group| sum + group).alpha()
    };
    let found = alpha(&|_| 1);
    let no_alpha = match found {
        Some(_) => None,
        None if groups.iter().any(|(_, ratings)| ratings.has_pairs()) => Some(NoAlpha::NoVariation),
        None => Some(NoAlpha::NothingCompared),
    };
    // Where all agree, every draw agrees: the interval would have no width and say nothing.
    let interval = found.filter(|alpha| *alpha < 1.0).and_then(|_| draws.interval(|times| alpha(&|d| times[d])));
    Measure {
        alpha: found,
        alpha_low: interval.map(|(low, _)| low),
        alpha_high: interval.map(|(_, high)| high),
        metric: Some(metric),
        chance: Some(chance),
        no_alpha,
        ..measure
    }
}

/// Draws of documents with replacement (bootstrap), the same for every measure.
pub(super) struct Draws {
    /// For each draw, how often each document was drawn.
    times: Vec<Vec<u32>>,
}

impl Draws {
    /// Draws as many documents as there are, again and again.
    pub(super) fn new(documents: usize, seed: u64, draws: u32) -> Self {
        let draw = |run: u32| {
            let mut stream = Stream::new(seed, "coders/documents", u64::from(run));
            let mut times = vec![0_u32; documents];
            for _ in 0..documents {
                // The upper half of a product of 128 bits: a place below the number of documents.
                let place = (u128::from(stream.next_bits()) * documents as u128) >> 64;
                times[usize::try_from(place).unwrap_or_default()] += 1;
            }
            times
        };
        Draws { times: (0..draws).map(draw).collect() }
    }

    /// The interval that holds 95 % of the draws of a value. Draws in which it is not defined are left out; there is no interval
    /// if these are more than one in twenty.
    fn interval(&self, value: impl Fn(&[u32]) -> Option<f64>) -> Option<(f64, f64)> {
        let mut values: Vec<f64> = self.times.iter().filter_map(|times| value(times)).collect();
        if values.is_empty() || values.len() * 20 < self.times.len() * 19 {
            return None;
        }
        values.sort_by(f64::total_cmp);
        let outside = values.len() / 40;
        Some((values[outside], values[values.len() - 1 - outside]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [[&str; 2]; 6] = [["a", "a"], ["b", "b"], ["a", "b"], ["c", "c"], ["a", "a"], ["c", "b"]];

    fn of_words(draws: &Draws) -> Measure {
        nominal(Field::Kind, WORDS.into_iter().enumerate(), draws)
    }

    #[test]
    fn a_draw_takes_as_many_documents_as_there_are() {
        let draws = Draws::new(7, 1, 50);
        assert!(draws.times.iter().all(|times| times.len() == 7 && times.iter().sum::<u32>() == 7));
        assert_ne!(draws.times[0], draws.times[1]);
        assert_eq!(draws.times, Draws::new(7, 1, 50).times, "the same seed gives the same draws");
        assert_ne!(draws.times, Draws::new(7, 2, 50).times);
    }

    #[test]
    fn the_interval_holds_alpha_and_more_draws_do_not_move_earlier_ones() {
        let measure = of_words(&Draws::new(6, 1, 1000));
        let (low, alpha, high) = (measure.alpha_low.unwrap(), measure.alpha.unwrap(), measure.alpha_high.unwrap());
        assert!(low < alpha && alpha < high, "{measure:?}");
        assert_eq!(Draws::new(6, 1, 1000).times[..10], Draws::new(6, 1, 10).times[..]);
    }

    #[test]
    fn full_agreement_has_no_interval_and_one_code_no_alpha() {
        let draws = Draws::new(2, 1, 100);
        let equal = nominal(Field::Kind, [(0, ["a", "a"]), (1, ["b", "b"])], &draws);
        assert_eq!((equal.alpha, equal.alpha_low, equal.share), (Some(1.0), None, Some(1.0)));
        let one_code = nominal(Field::Kind, [(0, ["a", "a"]), (1, ["a", "a"])], &draws);
        assert_eq!((one_code.alpha, one_code.no_alpha), (None, Some(NoAlpha::NoVariation)));
        let nothing = nominal(Field::Kind, [], &draws);
        assert_eq!((nothing.share, nothing.no_alpha), (None, Some(NoAlpha::NothingCompared)));
    }
}
