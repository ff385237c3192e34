//! What the literature leaves open: the expected-utility model in every reading that is named, beside the mean and the median.
//!
//! A spread of models. It is no probability, and nothing here enters the forecast.

use detente_forecast::expected_utility::{
    Confrontation, Denominator, OfferRule, Options, Outcome, RangeRule, Stop, expected_utility,
};
use detente_forecast::{Mean, Median, Positions};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ensemble::rounded;

/// The forecasts of all readings.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Multiverse {
    /// The number of readings.
    pub readings: u32,
    /// The least forecast.
    pub min: f64,
    /// A quarter of the readings forecast less.
    pub lower_quarter: f64,
    /// Half forecast less.
    pub middle: f64,
    /// Three quarters forecast less.
    pub upper_quarter: f64,
    /// The greatest forecast.
    pub max: f64,
    /// The share of readings within a twentieth of the scale of the weighted mean.
    pub within_5: f64,
    /// How much of the differences each option explains alone, the most first.
    pub options: Vec<OptionEffect>,
    /// The forecasts of the readings that are no rounds, and of the two presets.
    pub members: Vec<Member>,
}

/// How much an option matters.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OptionEffect {
    /// The option.
    pub option: String,
    /// The share of the variance over all readings that lies between its values (η²), from 0 to 1.
    pub explains: f64,
}

/// A reading by its name.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Member {
    /// The reading.
    pub name: String,
    /// Its forecast.
    pub value: f64,
}

/// The options that are varied: name, and number of values.
const VARIED: [(&str, usize); 9] = [
    ("denominator", 2),
    ("offer", 2),
    ("capitulation", 2),
    ("risk", 2),
    ("range", 2),
    ("stays", 2),
    ("confrontation", 2),
    ("stop", 3),
    ("forecast", 2),
];

/// The values of a reading by its number.
fn values(mut number: usize) -> [usize; VARIED.len()] {
    VARIED.map(|(_, count)| {
        let value = number % count;
        number /= count;
        value
    })
}

fn reading(number: usize) -> Options {
    let [denominator, offer, capitulation, risk, range, stays, confrontation, stop, outcome] = values(number);
    Options {
        denominator: [Denominator::Pairwise, Denominator::AllPairs][denominator],
        offer: [OfferRule::LeastMove, OfferRule::CodeOrder][offer],
        capitulation: capitulation == 0,
        risk: risk == 0,
        range: [RangeRule::Initial, RangeRule::Scale][range],
        stays: [1.0, 0.5][stays],
        confrontation: [Confrontation::Concedes, Confrontation::NobodyMoves][confrontation],
        stop: [Stop::Rounds(1), Stop::Rounds(10), Stop::Settles(30)][stop],
        outcome: [Outcome::Median, Outcome::Mean][outcome],
        ..Options::PRINTED
    }
}

/// All readings of an issue at the best values.
pub(super) fn of(positions: &Positions) -> Multiverse {
    let count: usize = VARIED.iter().map(|(_, count)| count).product();
    let forecast = |options: &Options| expected_utility(positions, options).map_or(f64::NAN, |run| run.value);
    let rounds: Vec<f64> = (0..count).into_par_iter().map(|number| forecast(&reading(number))).collect();
    let (mean, median) = (Mean::of(positions).value(), Median::of(positions).label());
    let mut sorted = rounds.clone();
    sorted.extend([mean, median]);
    sorted.retain(|value| !value.is_nan());
    sorted.sort_by(f64::total_cmp);
    let near = 0.05 * positions.scale().range() * (1.0 + 1e-12);
    let within = sorted.iter().filter(|value| (**value - mean).abs() <= near).count();
    let at = |share: f64| {
        let place = share * (sorted.len() - 1) as f64;
        let below = place.floor() as usize;
        let above = (below + 1).min(sorted.len() - 1);
        rounded(sorted[below] + (sorted[above] - sorted[below]) * (place - below as f64))
    };
    let member = |name: &str, value: f64| Member { name: name.to_owned(), value: rounded(value) };
    Multiverse {
        readings: u32::try_from(sorted.len()).unwrap_or(u32::MAX),
        min: at(0.0),
        lower_quarter: at(0.25),
        middle: at(0.5),
        upper_quarter: at(0.75),
        max: at(1.0),
        within_5: rounded(within as f64 / sorted.len() as f64),
        options: effects(&rounds),
        members: vec![
            member("weighted mean", mean),
            member("weighted median", median),
            member("expected utility as printed", forecast(&Options::PRINTED)),
            member("expected utility as programmed", forecast(&Options::PROGRAMMED)),
        ],
    }
}

/// One-way η² of each option.
fn effects(values_of: &[f64]) -> Vec<OptionEffect> {
    let count = values_of.len() as f64;
    let mean = values_of.iter().sum::<f64>() / count;
    let total: f64 = values_of.iter().map(|value| (value - mean) * (value - mean)).sum();
    let effect = |(place, (name, levels)): (usize, &(&str, usize))| {
        let between: f64 = (0..*levels)
            .map(|level| {
                let group = values_of.iter().enumerate().filter(|(number, _)| values(*number)[place] == level);
                let (sum, size) = group.fold((0.0, 0.0), |(sum, size), (_, value)| (sum + value, size + 1.0));
                size * (sum / size - mean) * (sum / size - mean)
            })
            .sum();
        let explains = if total > 0.0 { rounded((between / total).clamp(0.0, 1.0)) } else { 0.0 };
        OptionEffect { option: (*name).to_owned(), explains }
    };
    let mut effects: Vec<OptionEffect> = VARIED.iter().enumerate().map(effect).collect();
    effects.sort_by(|a, b| b.explains.total_cmp(&a.explains));
    effects
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_is_there_once() {
        let count = VARIED.iter().map(|(_, count)| count).product();
        let mut all: Vec<String> = (0..count).map(|number| format!("{:?}", reading(number))).collect();
        all.sort();
        all.dedup();
        assert_eq!((all.len(), count), (768, 768));
        assert_eq!(reading(128), Options::PRINTED);
    }

    #[test]
    fn an_option_that_alone_decides_explains_all() {
        let by_offer: Vec<f64> = (0..768).map(|number| values(number)[1] as f64).collect();
        let effects = effects(&by_offer);
        assert_eq!((effects[0].option.as_str(), effects[0].explains), ("offer", 1.0));
        assert!(effects[1..].iter().all(|effect| effect.explains == 0.0));
    }
}
