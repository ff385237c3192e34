//! Which input moves the result most when it alone is drawn.

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::summary::{Quantiles, rounded};
use super::{Draw, Inputs};

/// How far the result moves with one group of inputs.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Bar {
    /// The group.
    pub input: String,
    /// The result below which 5 of a hundred draws lie when this group alone is drawn.
    pub low: f64,
    /// The result with every input at its best value.
    pub best: f64,
    /// The result below which 95 of a hundred draws lie when this group alone is drawn.
    pub high: f64,
}

/// One bar a group, the longest first, in the order of the groups where they are equally long. Each group is drawn alone, all
/// others at their best values; where the result rises or falls with a single number, the ends are the results at its own
/// low and high quantiles. Cost: `draws` evaluations a group.
pub fn tornado(inputs: &Inputs, seed: u64, draws: u32, evaluate: impl Fn(&Draw<'_>) -> f64 + Sync) -> Vec<Bar> {
    let best = rounded(evaluate(&inputs.best()));
    let sampler = inputs.sampler(seed);
    let bar = |(group, places): (&str, Vec<usize>)| {
        let one = |run: u32| evaluate(&sampler.draw_only(&places, run));
        let values: Vec<f64> = (0..draws).into_par_iter().map(one).collect();
        Quantiles::of(values).map(|of| Bar { input: group.to_owned(), low: of.p5, best, high: of.p95 })
    };
    let mut bars: Vec<Bar> = inputs.groups().into_iter().filter_map(bar).collect();
    bars.sort_by(|a, b| (b.high - b.low).total_cmp(&(a.high - a.low)));
    bars
}

#[cfg(test)]
mod tests {
    use super::super::{Distribution, Input};
    use super::*;

    #[test]
    fn a_bar_ends_where_the_input_alone_takes_the_result() {
        let input = |name: &str, high| {
            let distribution = Distribution::Uniform { low: 0.0, high };
            Input { name: name.into(), group: name.into(), distribution, best: vec![high / 2.0] }
        };
        let inputs = Inputs::new(vec![input("small", 1.0), input("large", 10.0)]).unwrap();
        let bars = tornado(&inputs, 1, 1000, |draw| draw.get(0)[0] + draw.get(1)[0]);
        assert_eq!(bars.iter().map(|bar| bar.input.as_str()).collect::<Vec<_>>(), ["large", "small"]);
        assert!((bars[0].low - 1.0).abs() < 0.02 && (bars[0].high - 10.0).abs() < 0.02, "{bars:?}");
        assert!((bars[1].low - 5.05).abs() < 0.02 && (bars[1].high - 5.95).abs() < 0.02, "{bars:?}");
        assert_eq!(bars[0].best, 5.5);
    }
}
