//! What follows when inputs are only known as ranges: many runs, each with every input drawn once (layer C).
//!
//! Nothing here knows a case. An [`Input`] is a name with a [`Distribution`]. The value of an input in a run depends on the seed,
//! the name of the input and the number of the run, and on nothing else: adding an input, a thread or more runs changes no value.
//!
//! 1. [`Inputs`] holds the inputs in order; [`Inputs::best`] is the run in which each has its best value.
//! 2. [`run`] draws and evaluates, in parallel; results stand in the order of the runs.
//! 3. [`Quantiles`] and [`Probability`] sum up; [`tornado()`] and [`sobol()`] say which inputs matter.
//!
//! Runs are stratified for each number of each input in blocks of [`BLOCK`]: in a block, each of as many equal slices of
//! the unit interval is hit once (McKay, Beckman and Conover 1979), so that fewer draws are the beginning of more.
//!
//! The input `~a` draws the mirror image of the input `a`: a case whose orders are reversed gives the mirrored result, to the bit,
//! when its input names are mirrored.

mod copula;
mod distribution;
mod sobol;
mod strata;
mod summary;
mod tornado;

use std::collections::BTreeSet;
use std::ops::Range;
use std::time::{Duration, Instant};

use rayon::prelude::*;

pub use copula::Joint;
pub use distribution::{Distribution, Triangle};
pub use sobol::{Index, SobolError, sobol};
pub use strata::{BLOCK, Unit};
pub use summary::{Probability, Quantiles, rounded};
pub use tornado::{Bar, tornado};

use crate::progress::{Progress, Stopped, heard};
use strata::Key;

/// Something that is known as a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name; no other input has it. One that begins with `~` draws the mirror image of the name without.
    pub name: String,
    /// What it belongs to when influence is measured: inputs of one group are drawn together.
    pub group: String,
    /// How it is drawn.
    pub distribution: Distribution,
    /// Its best value: [`Distribution::width`] numbers.
    pub best: Vec<f64>,
}

/// Inputs in order. Names are unique, best values fit their distributions.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    list: Vec<Input>,
    places: Vec<Range<usize>>,
}

/// Why some inputs cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputError {
    /// Two inputs have this name.
    SameName(String),
    /// The best value of this input has another number of numbers than its draws, or one that is not finite.
    Best(String),
}

impl Inputs {
    /// Some inputs in order.
    ///
    /// # Errors
    /// See [`InputError`].
    pub fn new(list: Vec<Input>) -> Result<Self, InputError> {
        let mut names = BTreeSet::new();
        let mut places = Vec::with_capacity(list.len());
        let mut next = 0;
        for input in &list {
            if !names.insert(input.name.as_str()) {
                return Err(InputError::SameName(input.name.clone()));
            }
            let width = input.distribution.width();
            if input.best.len() != width || input.best.iter().any(|number| !number.is_finite()) {
                return Err(InputError::Best(input.name.clone()));
            }
            places.push(next..next + width);
            next += width;
        }
        Ok(Inputs { list, places })
    }

    /// The inputs in order.
    #[must_use]
    pub fn list(&self) -> &[Input] {
        &self.list
    }

    /// The same inputs under other names, for instance to compare a case with its mirror image.
    ///
    /// # Errors
    /// [`InputError::SameName`] if two of the new names are the same.
    pub fn renamed(&self, rename: impl Fn(&str) -> String) -> Result<Self, InputError> {
        let renamed = |input: &Input| Input { name: rename(&input.name), ..input.clone() };
        Inputs::new(self.list.iter().map(renamed).collect())
    }

    /// The groups, in the order in which they first stand, with the places of their inputs.
    #[must_use]
    pub fn groups(&self) -> Vec<(&str, Vec<usize>)> {
        let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
        for (place, input) in self.list.iter().enumerate() {
            match groups.iter_mut().find(|(name, _)| *name == input.group) {
                Some((_, places)) => places.push(place),
                None => groups.push((&input.group, vec![place])),
            }
        }
        groups
    }

    /// The run in which every input has its best value.
    #[must_use]
    pub fn best(&self) -> Draw<'_> {
        Draw { inputs: self, numbers: self.list.iter().flat_map(|input| &input.best).copied().collect() }
    }

    /// The runs of a seed.
    #[must_use]
    pub fn sampler(&self, seed: u64) -> Sampler<'_> {
        let key = |input: &Input| Key::new(seed, input.distribution.keys(&input.name));
        Sampler { inputs: self, keys: self.list.iter().map(key).collect() }
    }

    /// The numbers of units that the draws of all inputs need.
    fn dimensions(&self) -> usize {
        self.list.iter().map(|input| input.distribution.dimensions()).sum()
    }
}

/// The runs of a seed.
#[derive(Clone, Debug)]
pub struct Sampler<'i> {
    inputs: &'i Inputs,
    keys: Vec<Key>,
}

impl<'i> Sampler<'i> {
    /// One run, with every input drawn.
    #[must_use]
    pub fn draw(&self, run: u32) -> Draw<'i> {
        let mut numbers = Vec::with_capacity(self.inputs.places.last().map_or(0, |last| last.end));
        for (input, key) in self.inputs.list.iter().zip(&self.keys) {
            input.distribution.shape(&key.units(run), &mut numbers);
        }
        Draw { inputs: self.inputs, numbers }
    }

    /// One run in which only some inputs, by their places, are drawn and all others have their best value.
    #[must_use]
    pub fn draw_only(&self, places: &[usize], run: u32) -> Draw<'i> {
        let mut draw = self.inputs.best();
        let mut numbers = Vec::new();
        for place in places {
            numbers.clear();
            self.inputs.list[*place].distribution.shape(&self.keys[*place].units(run), &mut numbers);
            draw.numbers[self.inputs.places[*place].clone()].copy_from_slice(&numbers);
        }
        draw
    }
}

/// The value of every input in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw<'i> {
    inputs: &'i Inputs,
    numbers: Vec<f64>,
}

impl Draw<'_> {
    /// The value of the input at a place: as many numbers as its distribution has.
    #[must_use]
    pub fn get(&self, place: usize) -> &[f64] {
        &self.numbers[self.inputs.places[place].clone()]
    }
}

/// How many runs, and for how long at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// The most runs.
    pub draws: u32,
    /// The time after which no new block of runs begins. Where it ends the runs, their number depends on the machine: only a given
    /// number of draws can be reproduced.
    pub time: Option<Duration>,
}

/// Results of runs, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runs<T> {
    /// A result for each run, from run 0.
    pub results: Vec<T>,
    /// The number of runs that were asked for.
    pub asked: u32,
}

/// Draws and evaluates runs, in parallel. The results are the same on any number of threads, and fewer runs are the beginning of
/// more. At least one block is run; `progress` hears the number of runs done after each block.
///
/// # Errors
/// [`Stopped`] if `progress` says so.
pub fn run<T: Send>(
    inputs: &Inputs,
    seed: u64,
    budget: Budget,
    progress: &mut Progress<'_>,
    evaluate: impl Fn(&Draw<'_>) -> T + Sync,
) -> Result<Runs<T>, Stopped> {
    let started = Instant::now();
    let sampler = inputs.sampler(seed);
    let mut results = Vec::with_capacity(budget.draws as usize);
    let mut done = 0;
    while done < budget.draws && (done == 0 || budget.time.is_none_or(|time| started.elapsed() < time)) {
        let end = done.saturating_add(BLOCK).min(budget.draws);
        results.par_extend((done..end).into_par_iter().map(|run| evaluate(&sampler.draw(run))));
        done = end;
        heard(progress(done))?;
    }
    Ok(Runs { results, asked: budget.draws })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::go_on;
    use std::ops::ControlFlow;

    fn input(name: &str, distribution: Distribution) -> Input {
        let best = vec![0.5; distribution.width()];
        Input { name: name.into(), group: name.into(), distribution, best }
    }

    fn uniform(name: &str) -> Input {
        input(name, Distribution::Uniform { low: 0.0, high: 1.0 })
    }

    fn numbers(inputs: &Inputs, name: usize, draws: u32) -> Vec<Vec<f64>> {
        let budget = Budget { draws, time: None };
        run(inputs, 7, budget, &mut go_on, |draw| draw.get(name).to_vec()).unwrap().results
    }

    #[test]
    fn another_input_changes_no_draw() {
        let one = Inputs::new(vec![uniform("a")]).unwrap();
        let two = Inputs::new(vec![input("b", Distribution::OneOf { options: 3 }), uniform("a")]).unwrap();
        assert_eq!(numbers(&one, 0, 600), numbers(&two, 1, 600));
        let other = Inputs::new(vec![uniform("c")]).unwrap();
        assert_ne!(numbers(&one, 0, 600), numbers(&other, 0, 600));
    }

    #[test]
    fn fewer_draws_are_the_beginning_of_more() {
        let inputs = Inputs::new(vec![uniform("a"), input("w", Distribution::FlatSimplex { parts: 4 })]).unwrap();
        for place in [0, 1] {
            assert_eq!(numbers(&inputs, place, 333), numbers(&inputs, place, 2000)[..333]);
        }
    }

    #[test]
    fn one_and_two_threads_give_the_same_bits() {
        let inputs = Inputs::new(vec![uniform("a"), input("p", Distribution::OrderPreserving { places: 6 })]).unwrap();
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| numbers(&inputs, 1, 1500))
        };
        assert_eq!(on(1), on(2));
    }

    #[test]
    fn every_slice_of_a_block_is_hit_once() {
        let inputs = Inputs::new(vec![uniform("a")]).unwrap();
        for block in numbers(&inputs, 0, 3 * BLOCK).chunks(BLOCK as usize) {
            let mut slices: Vec<usize> = block.iter().map(|x| (x[0] * f64::from(BLOCK)) as usize).collect();
            slices.sort_unstable();
            assert_eq!(slices, (0..BLOCK as usize).collect::<Vec<_>>());
        }
    }

    #[test]
    fn inputs_are_independent_of_each_other_and_of_the_run_before() {
        let inputs = Inputs::new(vec![uniform("a"), uniform("b")]).unwrap();
        let (a, b) = (numbers(&inputs, 0, 10_000), numbers(&inputs, 1, 10_000));
        let correlation = |pairs: &mut dyn Iterator<Item = (f64, f64)>| {
            let (sum, count) =
                pairs.fold((0.0, 0.0), |(sum, count), (x, y)| (sum + (x - 0.5) * (y - 0.5), count + 1.0));
            12.0 * sum / count
        };
        // The standard error is 0.01.
        assert!(correlation(&mut a.iter().zip(&b).map(|(x, y)| (x[0], y[0]))).abs() < 0.04);
        assert!(correlation(&mut a.iter().zip(&a[1..]).map(|(x, y)| (x[0], y[0]))).abs() < 0.04);
    }

    #[test]
    fn a_mirrored_name_draws_the_mirror_image() {
        let kinds = [
            Distribution::Uniform { low: 0.0, high: 1.0 },
            Distribution::OrderPreserving { places: 5 },
            Distribution::FlatSimplex { parts: 3 },
            Distribution::OneOf { options: 4 },
        ];
        for kind in kinds {
            let one = Inputs::new(vec![input("a", kind.clone())]).unwrap();
            let mirror = Inputs::new(vec![input("~a", kind.clone())]).unwrap();
            for (x, y) in numbers(&one, 0, 500).iter().zip(numbers(&mirror, 0, 500)) {
                let image: Vec<f64> = match kind {
                    Distribution::FlatSimplex { .. } => x.iter().rev().copied().collect(),
                    Distribution::OneOf { options } => x.iter().map(|x| (options - 1) as f64 - x).collect(),
                    _ => x.iter().rev().map(|x| 1.0 - x).collect(),
                };
                assert_eq!(image, y, "{kind:?}");
            }
        }
    }

    #[test]
    fn time_ends_the_runs_at_the_end_of_a_block() {
        let inputs = Inputs::new(vec![uniform("a")]).unwrap();
        let mut heard = Vec::new();
        let budget = Budget { draws: 100_000, time: Some(Duration::ZERO) };
        let mut hear = |done| {
            heard.push(done);
            ControlFlow::Continue(())
        };
        let runs = run(&inputs, 1, budget, &mut hear, |draw| draw.get(0)[0]).unwrap();
        assert_eq!((runs.results.len(), runs.asked), (BLOCK as usize, 100_000));
        assert_eq!(heard, [BLOCK]);
    }

    #[test]
    fn whoever_listens_ends_the_runs() {
        let inputs = Inputs::new(vec![uniform("a")]).unwrap();
        let mut blocks = 0;
        let mut hear = |_| {
            blocks += 1;
            if blocks == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let budget = Budget { draws: 100_000, time: None };
        assert_eq!(run(&inputs, 1, budget, &mut hear, |draw| draw.get(0)[0]), Err(Stopped));
        assert_eq!(blocks, 3);
    }

    #[test]
    fn names_are_unique_and_best_values_fit() {
        assert_eq!(Inputs::new(vec![uniform("a"), uniform("a")]), Err(InputError::SameName("a".into())));
        let short = Input { best: vec![], ..uniform("a") };
        assert_eq!(Inputs::new(vec![short]), Err(InputError::Best("a".into())));
        let nan = Input { best: vec![f64::NAN], ..uniform("a") };
        assert_eq!(Inputs::new(vec![nan]), Err(InputError::Best("a".into())));
    }

    #[test]
    fn only_the_inputs_asked_for_are_drawn() {
        let inputs = Inputs::new(vec![uniform("a"), uniform("b")]).unwrap();
        let sampler = inputs.sampler(3);
        let draw = sampler.draw_only(&[1], 9);
        assert_eq!(draw.get(0), [0.5]);
        assert_eq!(draw.get(1), sampler.draw(9).get(1));
    }
}
