//! How the rule did against the base rate: Brier scores, CRPS, paired differences, counts of reliability.

use schemars::JsonSchema;
use serde::Serialize;

use super::QuarterThen;
use super::ask::{Asked, PRIOR, Question};
use crate::about::Settings;
use crate::draw::Stream;

/// The scores of all questions.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Scores {
    /// Questions of yes or no, one by one.
    pub questions: Vec<QuestionScore>,
    /// All of them together; none if none was resolved.
    pub together: Option<QuestionScore>,
    /// Questions of a number.
    pub numbers: Vec<CountScore>,
    /// How often what was given a share came true, over all questions of yes or no.
    pub reliability: Vec<Bin>,
}

/// The scores of one question of yes or no, or of all.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct QuestionScore {
    /// The question; none for all together.
    pub question: Option<Question>,
    /// How often it was asked and resolved.
    pub asked: usize,
    /// How often it came true.
    pub came_true: usize,
    /// Brier score of the rule, from 0 to 1.
    pub rule: f64,
    /// Brier score of the base rate.
    pub base: f64,
    /// Rule less base rate.
    pub difference: Difference,
}

/// The scores of one question of a number.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CountScore {
    /// The question.
    pub question: Question,
    /// How often it was asked and resolved.
    pub asked: usize,
    /// CRPS of the rule, in the unit of the number.
    pub rule: f64,
    /// CRPS of the base rate.
    pub base: f64,
    /// Rule less base rate.
    pub difference: Difference,
}

/// A paired difference, with the middle 95 % of its mean over quarters drawn with replacement.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Difference {
    /// Mean; below 0 the rule was nearer.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether the interval holds 0.
    pub within_noise: bool,
}

/// Questions that the rule gave a share within a range.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Bin {
    /// Lower end, itself included.
    pub from: f64,
    /// Upper end, itself excluded except for 1.
    pub to: f64,
    /// Questions.
    pub asked: usize,
    /// Those that came true.
    pub came_true: usize,
}

/// One resolved question: the number of its quarter, and the loss of both answers.
struct Resolved {
    quarter: usize,
    question: Question,
    share: f64,
    answer: f64,
    rule: f64,
    base: f64,
}

/// The scores of all questions that were resolved.
pub(super) fn scores(quarters: &[QuarterThen], settings: Settings) -> Scores {
    let mut resolved = Vec::new();
    for (number, quarter) in quarters.iter().enumerate() {
        let Some(next) = &quarter.next else { continue };
        for asked in &quarter.asked {
            if let Some(answer) = asked.question.answer(next) {
                resolved.push(judge(number, asked, answer));
            }
        }
    }
    let of = |question: Question| resolved.iter().filter(move |one| one.question == question).collect::<Vec<_>>();
    let yes_no: Vec<&Resolved> = resolved.iter().filter(|one| !one.question.is_number()).collect();
    let brier = |question: Option<Question>, found: &[&Resolved]| {
        (!found.is_empty()).then(|| QuestionScore {
            question,
            asked: found.len(),
            came_true: found.iter().filter(|one| one.answer > 0.5).count(),
            rule: mean(found.iter().map(|one| one.rule)),
            base: mean(found.iter().map(|one| one.base)),
            difference: difference(found, quarters.len(), settings),
        })
    };
    let number = |question: Question| {
        let found = of(question);
        (!found.is_empty()).then(|| CountScore {
            question,
            asked: found.len(),
            rule: mean(found.iter().map(|one| one.rule)),
            base: mean(found.iter().map(|one| one.base)),
            difference: difference(&found, quarters.len(), settings),
        })
    };
    let (numbers, words): (Vec<Question>, Vec<Question>) = Question::ALL.into_iter().partition(|q| q.is_number());
    Scores {
        questions: words.into_iter().filter_map(|question| brier(Some(question), &of(question))).collect(),
        together: brier(None, &yes_no),
        numbers: numbers.into_iter().filter_map(number).collect(),
        reliability: reliability(&yes_no),
    }
}

fn judge(quarter: usize, asked: &Asked, answer: f64) -> Resolved {
    let (rule, base) = if asked.question.is_number() {
        let prior = PRIOR / asked.earlier.max(1) as f64;
        let rule: Vec<(f64, f64)> =
            asked.numbers.iter().map(|(x, same)| (*x, prior + f64::from(u8::from(*same)))).collect();
        let base: Vec<(f64, f64)> = asked.numbers.iter().map(|(x, _)| (*x, 1.0)).collect();
        (crps(&rule, answer), crps(&base, answer))
    } else {
        let brier = |share: f64| (share - answer) * (share - answer);
        (brier(asked.rule), brier(asked.base))
    };
    Resolved { quarter, question: asked.question, share: asked.rule, answer, rule, base }
}

/// The continuous ranked probability score of weighted values: E|X − y| − ½ E|X − X′|. Weights are positive and need not add up to 1.
fn crps(values: &[(f64, f64)], y: f64) -> f64 {
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    let off: f64 = values.iter().map(|(x, weight)| weight * (x - y).abs()).sum();
    let pairs = values.iter().flat_map(|(a, p)| values.iter().map(move |(b, q)| p * q * (a - b).abs()));
    let spread: f64 = pairs.sum();
    off / total - spread / (2.0 * total * total)
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len();
    values.sum::<f64>() / count.max(1) as f64
}

/// The mean difference, and its middle 95 % over quarters drawn with replacement among those with a question.
fn difference(found: &[&Resolved], quarters: usize, settings: Settings) -> Difference {
    let mut of_quarter = vec![(0.0_f64, 0_usize); quarters];
    for one in found {
        of_quarter[one.quarter].0 += one.rule - one.base;
        of_quarter[one.quarter].1 += 1;
    }
    of_quarter.retain(|(_, count)| *count > 0);
    let clusters = of_quarter.len() as u128;
    let mut drawn: Vec<f64> = (0..settings.draws)
        .map(|run| {
            let mut stream = Stream::new(settings.seed, "known-then/quarters", u64::from(run));
            let (mut sum, mut count) = (0.0, 0);
            for _ in 0..of_quarter.len() {
                let place = (u128::from(stream.next_bits()) * clusters) >> 64;
                let (off, questions) = of_quarter[place as usize];
                sum += off;
                count += questions;
            }
            sum / count.max(1) as f64
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    let mean = mean(found.iter().map(|one| one.rule - one.base));
    let at = |share: f64| {
        let place = (share * drawn.len().saturating_sub(1) as f64).round() as usize;
        drawn.get(place).copied().unwrap_or(mean)
    };
    let (low, high) = (at(0.025), at(0.975));
    Difference { mean, low, high, within_noise: low <= 0.0 && high >= 0.0 }
}

/// Five ranges of the share that the rule gave.
fn reliability(found: &[&Resolved]) -> Vec<Bin> {
    const BINS: usize = 5;
    let bin = |share: f64| ((share * BINS as f64) as usize).min(BINS - 1);
    let of = |number: usize| found.iter().filter(move |one| bin(one.share) == number);
    (0..BINS)
        .map(|number| Bin {
            from: number as f64 / BINS as f64,
            to: (number + 1) as f64 / BINS as f64,
            asked: of(number).count(),
            came_true: of(number).filter(|one| one.answer > 0.5).count(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::crps;

    /// ∫ (F(t) − 1{t ≥ y})² dt, stretch by stretch between the values.
    fn by_definition(values: &[(f64, f64)], y: f64) -> f64 {
        let total: f64 = values.iter().map(|(_, weight)| weight).sum();
        let mut points: Vec<f64> = values.iter().map(|(x, _)| *x).chain([y]).collect();
        points.sort_by(f64::total_cmp);
        let stretch = |pair: &[f64]| {
            let below: f64 = values.iter().filter(|(x, _)| *x <= pair[0]).map(|(_, weight)| weight).sum();
            let off = below / total - if pair[0] >= y { 1.0 } else { 0.0 };
            off * off * (pair[1] - pair[0])
        };
        points.windows(2).map(stretch).sum()
    }

    #[test]
    fn the_crps_of_one_number_is_the_distance() {
        assert!((crps(&[(3.0, 2.0)], 5.0) - 2.0).abs() < 1e-12);
        assert_eq!(crps(&[(3.0, 1.0)], 3.0), 0.0);
    }

    #[test]
    fn the_crps_is_the_area_between_the_two_steps() {
        let values = [(0.0, 1.0), (2.0, 0.5), (2.0, 1.5), (7.0, 0.25), (-1.0, 3.0)];
        for y in [-3.0, -1.0, 0.5, 2.0, 6.0, 9.0] {
            assert!((crps(&values, y) - by_definition(&values, y)).abs() < 1e-12, "{y}");
        }
    }
}
