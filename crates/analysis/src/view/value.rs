//! What an option is worth to a principal, before weights.

use detente_case::issue::{OptionPlace, OptionSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::SCALE;
use crate::ensemble::Draw;

/// How a principal stands to the options of an issue.
#[derive(Clone, Debug)]
pub(super) enum Stand {
    /// It asks for something.
    Asks(Ask),
    /// It is silent, and taken to have all it asks for with any option.
    Indifferent,
    /// It is silent, and taken to lose what the others gain.
    Opposed,
}

/// What a principal asks for on an issue.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// The options between which its words leave open.
    pub(super) set: OptionSet,
    /// Its own side.
    pub(super) toward: Toward,
    /// The input that says which of the options is meant, if there are several and it has a side.
    pub(super) input: Option<usize>,
}

/// The side of a principal on an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Toward {
    /// Towards the first option.
    Low,
    /// Towards the last option.
    High,
    /// As far above as below the others.
    Neither,
}

impl Toward {
    /// The side of a position among those of all who speak, itself included: away from the others. Where no other position differs, the end that is nearer.
    pub(crate) fn of(set: OptionSet, spoken: &[OptionSet], options: usize) -> Self {
        // Twice the middle of a set, so that it is whole.
        let middle = |set: OptionSet| {
            let end = |option: Option<OptionPlace>| option.map_or(0, |option| i64::from(option.0));
            end(set.lowest()) + end(set.highest())
        };
        let own = middle(set);
        let away = if spoken.iter().any(|other| *other != set) {
            spoken.iter().map(|other| own - middle(*other)).sum::<i64>()
        } else {
            own - (options as i64 - 1)
        };
        match away.cmp(&0) {
            std::cmp::Ordering::Less => Toward::Low,
            std::cmp::Ordering::Greater => Toward::High,
            std::cmp::Ordering::Equal => Toward::Neither,
        }
    }
}

impl Stand {
    /// The value of each option at its place, from 0 to [`SCALE`]; with the position at the end of its side for the benchmark. What
    /// an opposed side loses is not known here: 0.
    pub(super) fn values(&self, places: &[i64], draw: &Draw<'_>, benchmark: bool) -> Vec<i64> {
        match self {
            Stand::Indifferent => vec![SCALE; places.len()],
            Stand::Opposed => vec![0; places.len()],
            Stand::Asks(ask) => ask.values(places, draw, benchmark),
        }
    }
}

impl Ask {
    fn values(&self, places: &[i64], draw: &Draw<'_>, benchmark: bool) -> Vec<i64> {
        let last = places.len() - 1;
        let end = |option: Option<OptionPlace>| usize::from(option.map_or(0, |option| option.0)).min(last);
        let (lowest, highest) = (end(self.set.lowest()), end(self.set.highest()));
        let meant = self.input.and_then(|input| {
            let place = draw.get(input)[0] as usize;
            self.set.iter().nth(place).map(|option| usize::from(option.0).min(last))
        });
        match self.toward {
            Toward::Low => {
                let ask = if benchmark { 0 } else { meant.unwrap_or(lowest) };
                (0..=last)
                    .map(|option| if option <= ask { SCALE } else { falling(places, ask, last, option) })
                    .collect()
            }
            Toward::High => {
                let ask = if benchmark { last } else { meant.unwrap_or(highest) };
                (0..=last).map(|option| if option >= ask { SCALE } else { falling(places, ask, 0, option) }).collect()
            }
            Toward::Neither => {
                let below = places[lowest] - places[0];
                let above = places[last] - places[highest];
                let reach = below.max(above);
                let off =
                    |option: usize| (places[lowest] - places[option]).max(places[option] - places[highest]).max(0);
                (0..=last)
                    .map(|option| if off(option) == 0 { SCALE } else { ratio(reach - off(option), reach) })
                    .collect()
            }
        }
    }
}

/// The value of an option between an ask and the far end, where it is 0.
fn falling(places: &[i64], ask: usize, far: usize, option: usize) -> i64 {
    ratio((places[far] - places[option]).abs(), (places[far] - places[ask]).abs())
}

/// A part of a whole, as a share of [`SCALE`], rounded to the nearest; 0 of nothing.
fn ratio(part: i64, whole: i64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let share = (i128::from(part) * i128::from(SCALE) * 2 + i128::from(whole)) / (2 * i128::from(whole));
    i64::try_from(share).unwrap_or(SCALE).clamp(0, SCALE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Inputs;

    fn set(options: &[u8]) -> OptionSet {
        options.iter().copied().map(OptionPlace).collect()
    }

    fn values(options: &[u8], toward: Toward, shares: &[f64]) -> Vec<f64> {
        let places: Vec<i64> = shares.iter().map(|share| super::super::whole(*share)).collect();
        let inputs = Inputs::new(vec![]).unwrap();
        let ask = Ask { set: set(options), toward, input: None };
        let values = ask.values(&places, &inputs.best(), false);
        values.iter().map(|value| crate::ensemble::rounded(*value as f64 / SCALE as f64)).collect()
    }

    #[test]
    fn value_is_one_up_to_the_ask_and_falls_to_nought_at_the_far_end() {
        let places = [0.0, 0.25, 0.5, 1.0];
        assert_eq!(values(&[0], Toward::Low, &places), [1.0, 0.75, 0.5, 0.0]);
        assert_eq!(values(&[1], Toward::Low, &places), [1.0, 1.0, 0.666666667, 0.0]);
        assert_eq!(values(&[2], Toward::High, &places), [0.0, 0.5, 1.0, 1.0]);
        assert_eq!(values(&[3], Toward::Low, &places), [1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn of_a_vague_ask_the_furthest_on_the_own_side_counts() {
        let places = [0.0, 0.25, 0.5, 1.0];
        assert_eq!(values(&[1, 2], Toward::Low, &places), values(&[1], Toward::Low, &places));
        assert_eq!(values(&[1, 2], Toward::High, &places), values(&[2], Toward::High, &places));
    }

    #[test]
    fn without_a_side_value_falls_both_ways() {
        assert_eq!(values(&[1], Toward::Neither, &[0.0, 0.25, 0.5, 1.0]), [0.666666667, 1.0, 0.666666667, 0.0]);
        assert_eq!(values(&[0, 3], Toward::Neither, &[0.0, 0.25, 0.5, 1.0]), [1.0, 1.0, 1.0, 1.0]);
    }

    #[test]
    fn the_own_side_is_away_from_the_others() {
        let side = |own: &[u8], others: &[&[u8]]| {
            let all: Vec<OptionSet> = std::iter::once(own).chain(others.iter().copied()).map(set).collect();
            Toward::of(set(own), &all, 5)
        };
        assert_eq!(side(&[0], &[&[4]]), Toward::Low);
        assert_eq!(side(&[2, 3], &[&[0, 1]]), Toward::High);
        assert_eq!(side(&[2], &[&[0], &[4]]), Toward::Neither);
        assert_eq!(side(&[1], &[&[0], &[4]]), Toward::Low);
        assert_eq!(side(&[0, 4], &[&[2]]), Toward::Neither);
        assert_eq!(side(&[1], &[]), Toward::Low);
        assert_eq!(side(&[2], &[]), Toward::Neither);
    }
}
