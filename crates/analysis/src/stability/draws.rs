//! Preferences as far as they are not certain: one draw after another of what each decision maker prefers.
//!
//! * **Statements.** Those that rest on rows, or stand in a plain list, keep their order. Each *assumption* stands at one of its places,
//!   drawn without replacement, so that without limits on the places every order that keeps the rest is as likely. Then up to `swaps`
//!   neighbours change places.
//! * **Rankings.** Each state gets its place plus a number drawn evenly from half of `noise` to either side; sorted again, no state
//!   moves by more than `noise` places. States that were equal are then told apart.
//! * **Weights** are inputs of the [ensemble](crate::ensemble), a triangle each.
//!
//! The draw of a decision maker depends on the seed, its id and the number of the run, and on nothing else.

use detente_case::ids::{Id, List};
use detente_case::stability::{
    Basis, DecisionMaker, Fraction, ModelOption, Order, Placed, Preference as Stated, Ranking, StabilityModel, Weight,
    Weights,
};
use detente_stability::statements::{Scratch, Truths};
use detente_stability::{Exact, Formula, Model, Ranks};
use num_traits::{ToPrimitive as _, Zero as _};

use super::model::{exact, formula};
use crate::draw::Stream;
use crate::ensemble::{Distribution, Input, Inputs, Triangle};

/// How often places are drawn anew where assumptions leave each other none; then the order of the file is used.
const TRIES: usize = 64;

/// What decision makers prefer, to be drawn again and again.
#[derive(Clone, Debug)]
pub struct Draws<'m> {
    model: &'m Model,
    seed: u64,
    makers: Vec<Maker<'m>>,
}

#[derive(Clone, Debug)]
struct Maker<'m> {
    id: &'m str,
    way: Way<'m>,
}

#[derive(Clone, Debug)]
enum Way<'m> {
    Certain(Ranks),
    Statements(&'m Order, Truths),
    Ranking(&'m Ranking, Ranks),
    Weights(&'m Weights, Inputs, usize),
}

impl<'m> Draws<'m> {
    /// The draws of a model; none if nothing that it says of preferences is uncertain.
    ///
    /// `ranks` are those of the file as it stands, one a decision maker.
    #[must_use]
    pub fn new(source: &'m StabilityModel, model: &'m Model, ranks: &[Ranks], seed: u64) -> Option<Self> {
        let makers: &List<DecisionMaker> = &source.decision_makers;
        let makers: Vec<Maker<'m>> = makers
            .iter()
            .zip(ranks)
            .map(|(maker, ranks)| Maker { id: &maker.id, way: way(maker, model, ranks) })
            .collect();
        let uncertain = makers.iter().any(|maker| !matches!(maker.way, Way::Certain(_)));
        uncertain.then_some(Draws { model, seed, makers })
    }

    /// The ids of the decision makers whose preferences are drawn.
    pub fn uncertain(&self) -> impl Iterator<Item = &str> {
        self.makers.iter().filter(|maker| !matches!(maker.way, Way::Certain(_))).map(|maker| maker.id)
    }

    /// The ranks of all decision makers in one run. They do not depend on what was drawn before.
    #[must_use]
    pub fn draw(&self, run: u32, scratch: &mut Scratch) -> Vec<Ranks> {
        let of = |maker: &Maker<'m>| {
            let mut stream = Stream::new(self.seed, &format!("preference/{}", maker.id), run.into());
            match &maker.way {
                Way::Certain(ranks) => ranks.clone(),
                Way::Statements(order, truths) => self.of_vectors(truths.ranks(&arrange(order, &mut stream), scratch)),
                Way::Ranking(ranking, ranks) => shaken(ranking, ranks, &mut stream),
                Way::Weights(weights, inputs, options) => self.weighed(weights, inputs, *options, run),
            }
        };
        self.makers.iter().map(of).collect()
    }

    fn weighed(&self, weights: &Weights, inputs: &Inputs, options: usize, run: u32) -> Ranks {
        let draw = inputs.sampler(self.seed).draw(run);
        let mut all = vec![Exact::zero(); options];
        for (place, (option, weight)) in weights.options().iter().enumerate() {
            let certain = || exact(weight.best());
            let drawn = draw.get(place).first().filter(|_| !weight.is_certain());
            // What is drawn is a binary fraction, and taken as it is: nothing is rounded.
            let value = drawn.and_then(|value| Exact::from_float(*value)).unwrap_or_else(certain);
            if let Some(own) = all.get_mut(option.place()) {
                *own = value;
            }
        }
        let codes = self.model.feasible().into_iter().flat_map(detente_stability::States::codes);
        self.of_vectors(Ranks::from_weights(codes, &all))
    }

    /// Ranks of the states from ranks of the vectors. That these tell no vectors of one state apart was found before: such a state is
    /// refused when the model is made, for any order of the same statements. Weights in a range may still do so, and the first
    /// vector's rank then counts.
    fn of_vectors(&self, ranks: Ranks) -> Ranks {
        if ranks.states() == self.model.states() {
            return ranks;
        }
        ranks.of_states(self.model).unwrap_or_else(|_| first_of_each(self.model, &ranks))
    }
}

/// The rank of the first vector of each state.
fn first_of_each(model: &Model, ranks: &Ranks) -> Ranks {
    let first = |state| {
        let code = model.codes(state).first().copied();
        let place = code.and_then(|code| model.feasible().and_then(|feasible| feasible.state(code)));
        place.map_or(0, |place| ranks.rank(place))
    };
    Ranks::of_values(&model.all_states().map(first).collect::<Vec<u32>>())
}

fn way<'m>(maker: &'m DecisionMaker, model: &Model, ranks: &Ranks) -> Way<'m> {
    match (&maker.preference.value, model.feasible()) {
        (Stated::Statements(order), Some(feasible)) if moves(order) => {
            let statements: Vec<Formula> =
                order.statements.iter().map(|statement| formula(&statement.holds.rule)).collect();
            Way::Statements(order, Truths::new(feasible.codes(), &statements))
        }
        (Stated::Ranking(ranking), _) if ranking.noise > 0 => Way::Ranking(ranking, ranks.clone()),
        (Stated::Weights(weights), Some(feasible))
            if weights.options().iter().any(|(_, weight)| !weight.is_certain()) =>
        {
            match inputs(&maker.id, weights) {
                Some(inputs) => Way::Weights(weights, inputs, feasible.options()),
                None => Way::Certain(ranks.clone()),
            }
        }
        _ => Way::Certain(ranks.clone()),
    }
}

/// Whether an order is other than as it stands in some draw.
fn moves(order: &Order) -> bool {
    let assumed = |basis: &Basis| match basis {
        Basis::Assumption(Some(places)) => places.first() < places.last(),
        Basis::Assumption(None) => true,
        Basis::Given | Basis::Rows(_) => false,
    };
    let several = order.statements.len() > 1;
    several && (order.swaps > 0 || order.statements.iter().any(|statement| assumed(&statement.basis)))
}

/// An order of the statements, by their places in the file.
fn arrange(order: &Order, stream: &mut Stream) -> Vec<usize> {
    let mut arranged =
        (0..TRIES).find_map(|_| placed(order, stream)).unwrap_or_else(|| (0..order.statements.len()).collect());
    let neighbours = arranged.len().saturating_sub(1);
    if neighbours > 0 {
        for _ in 0..below(stream, u64::from(order.swaps) + 1) {
            let place = usize::try_from(below(stream, neighbours as u64)).unwrap_or(0);
            arranged.swap(place, place + 1);
        }
    }
    arranged
}

/// Assumptions at drawn places, the others in order between them; none if an assumption finds all its places taken.
fn placed(order: &Order, stream: &mut Stream) -> Option<Vec<usize>> {
    let count = order.statements.len();
    let mut places: Vec<Option<usize>> = vec![None; count];
    let mut assumed: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    for (statement, entry) in order.statements.iter().enumerate() {
        if let Basis::Assumption(range) = &entry.basis {
            let range = range.map_or(0..count, |range| range.first() as usize - 1..(range.last() as usize).min(count));
            assumed.push((statement, range));
        }
    }
    // In an order of their own, so that none is preferred.
    for end in (1..assumed.len()).rev() {
        let other = usize::try_from(below(stream, end as u64 + 1)).unwrap_or(0);
        assumed.swap(end, other);
    }
    for (statement, range) in assumed {
        let free: Vec<usize> = range.filter(|place| places[*place].is_none()).collect();
        let chosen = usize::try_from(below(stream, free.len() as u64)).unwrap_or(0);
        places[*free.get(chosen)?] = Some(statement);
    }
    let mut others = (0..count).filter(|statement| !matches!(order.statements[*statement].basis, Basis::Assumption(_)));
    places.into_iter().map(|place| place.or_else(|| others.next())).collect()
}

/// A ranking in which each state has moved by less than so many places.
fn shaken(ranking: &Ranking, ranks: &Ranks, stream: &mut Stream) -> Ranks {
    let width = f64::from(ranking.noise);
    let mut keys = vec![0.0; ranks.states()];
    let mut place = 0.0;
    for class in ranks.ranking() {
        // States that are equal stand at the middle of the places that they take up.
        let middle = place + (class.len() as f64 - 1.0) / 2.0;
        for state in &class {
            keys[state.place()] = middle + (unit(stream) - 0.5) * width;
        }
        place += class.len() as f64;
    }
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|one, other| keys[*other].total_cmp(&keys[*one]).then(one.cmp(other)));
    let mut values = vec![0usize; keys.len()];
    for (value, state) in order.into_iter().enumerate() {
        values[state] = value;
    }
    Ranks::of_values(&values)
}

/// The weights of a decision maker as inputs of the ensemble, a triangle each; none if a weight is too large for such a draw.
fn inputs(maker: &str, weights: &Weights) -> Option<Inputs> {
    let float = |number: &Fraction| exact(number).to_f64().filter(|number| number.is_finite());
    let input = |(option, weight): &(Id<ModelOption>, Placed<Weight>)| {
        let (low, best, high) = (float(weight.low())?, float(weight.best())?, float(weight.high())?);
        // The range of a file holds all; between its ends the best value is the most likely.
        let triangle = Triangle::new(low, best, high, 1.0, (low, high))?;
        let name = format!("weight/{maker}/{}", option.place());
        Some(Input {
            name: name.clone(),
            group: name,
            distribution: Distribution::Triangle(triangle),
            best: vec![best],
        })
    };
    Inputs::new(weights.options().iter().map(input).collect::<Option<Vec<_>>>()?).ok()
}

/// A number from 0 to below 1.
fn unit(stream: &mut Stream) -> f64 {
    (stream.next_bits() >> 11) as f64 / (1u64 << 53) as f64
}

/// A whole number below a bound, evenly; 0 where the bound is 0.
fn below(stream: &mut Stream, bound: u64) -> u64 {
    u64::try_from((u128::from(stream.next_bits()) * u128::from(bound)) >> 64).unwrap_or(0)
}
