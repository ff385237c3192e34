//! Random conflicts that can be told in another way: options, states and decision makers in another order, or with something added that
//! changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use detente_stability::*;

use super::random::Random;

/// A conflict in option form, before it is a model. Values are by code, for every code whether feasible or not.
#[derive(Clone, Debug)]
pub struct InOptions {
    pub moves: Vec<Moves>,
    pub owned: Vec<Vec<usize>>,
    /// Patterns of what cannot be, and of vectors that are one state.
    pub infeasible: Vec<String>,
    pub one: Option<String>,
    pub values: Vec<Vec<i64>>,
}

/// A conflict in graph form.
#[derive(Clone, Debug)]
pub struct InMoves {
    pub states: usize,
    pub moves: Vec<Vec<(State, State)>>,
    pub values: Vec<Vec<i64>>,
}

/// What is stable: for whom, which state by its code or place, under which concept.
pub type Stable = BTreeSet<(usize, u64, Concept)>;

fn values(random: &mut Random, count: usize) -> Vec<i64> {
    let spread = [1, 2, 4, 10, 1000][random.below(5)];
    (0..count).map(|_| i64::try_from(random.below(spread)).unwrap()).collect()
}

impl InOptions {
    /// One to six options and one to five decision makers; where `one_way` is off all options go both ways.
    pub fn random(random: &mut Random, one_way: bool) -> InOptions {
        let (options, movers) = (1 + random.below(6), 1 + random.below(5));
        let kinds = [Moves::Both, Moves::Both, Moves::Forward, Moves::Back, Moves::Fixed];
        let moves = (0..options).map(|_| kinds[if one_way { random.below(5) } else { 0 }]).collect();
        let mut owned = vec![Vec::new(); movers];
        for option in 0..options {
            for _ in 0..1 + random.below(4) / 3 {
                owned[random.below(movers)].push(option);
            }
        }
        let pattern =
            |random: &mut Random| -> String { (0..options).map(|_| ['Y', 'N', '-', '-'][random.below(4)]).collect() };
        let infeasible = (0..random.below(4)).map(|_| pattern(random)).collect();
        let one = (random.below(5) == 0).then(|| pattern(random));
        let values = (0..movers).map(|_| values(random, 1 << options)).collect();
        InOptions { moves, owned, infeasible, one, values }
    }

    /// The model; none where no vector is feasible.
    pub fn model(&self) -> Option<(Model, Vec<Preference>)> {
        let mut form = OptionForm::new(self.moves.clone(), &self.owned).unwrap();
        for pattern in &self.infeasible {
            form.rule_out(Formula::pattern(pattern).unwrap()).unwrap();
        }
        let one = self.one.as_ref().map(|pattern| Formula::pattern(pattern).unwrap());
        one.iter().for_each(|pattern| form.make_one(pattern.clone()).unwrap());
        let model = Model::from_options(form, 1 << 12).ok()?;
        let value = |values: &Vec<i64>, state| match model.codes(state)[..] {
            [code] => values[usize::try_from(code).unwrap()],
            _ => 2,
        };
        let ranks = |values: &Vec<i64>| {
            Ranks::of_values(&model.all_states().map(|state| value(values, state)).collect::<Vec<_>>())
        };
        let preferences = self.values.iter().map(|values| ranks(values).into()).collect();
        Some((model, preferences))
    }

    /// What is stable, by codes.
    pub fn stable(&self) -> Option<Stable> {
        let (model, preferences) = self.model()?;
        let codes: Vec<Vec<u64>> = model.all_states().map(|state| model.codes(state)).collect();
        Some(stable(&model, &preferences, |state| codes[state.place()].clone()))
    }

    /// The same with option `order[k]` in place `k`.
    pub fn with_options(&self, order: &[usize]) -> InOptions {
        let place = |option: usize| order.iter().position(|at| *at == option).unwrap();
        let pattern = |pattern: &String| {
            let letters: Vec<char> = pattern.chars().collect();
            order.iter().map(|option| letters[*option]).collect()
        };
        InOptions {
            moves: order.iter().map(|option| self.moves[*option]).collect(),
            owned: self.owned.iter().map(|owned| owned.iter().map(|option| place(*option)).collect()).collect(),
            infeasible: self.infeasible.iter().rev().map(pattern).collect(),
            one: self.one.as_ref().map(pattern),
            values: self
                .values
                .iter()
                .map(|values| (0..values.len() as u64).map(|code| values[before(order, code) as usize]).collect())
                .collect(),
        }
    }

    /// The same with an option told the other way round: taken where it was not.
    pub fn with_opposite(&self, option: usize) -> InOptions {
        let mut other = self.clone();
        other.moves[option] = match self.moves[option] {
            Moves::Forward => Moves::Back,
            Moves::Back => Moves::Forward,
            same => same,
        };
        for pattern in other.infeasible.iter_mut().chain(&mut other.one) {
            let turned = |(place, letter)| match (place == option, letter) {
                (true, 'Y') => 'N',
                (true, 'N') => 'Y',
                (_, letter) => letter,
            };
            *pattern = pattern.chars().enumerate().map(turned).collect();
        }
        for (own, values) in other.values.iter_mut().zip(&self.values) {
            (0..values.len()).for_each(|code| own[code] = values[code ^ 1 << option]);
        }
        other
    }

    /// The same with decision maker `order[k]` in place `k`.
    pub fn with_decision_makers(&self, order: &[usize]) -> InOptions {
        InOptions {
            owned: order.iter().map(|mover| self.owned[*mover].clone()).collect(),
            values: order.iter().map(|mover| self.values[*mover].clone()).collect(),
            ..self.clone()
        }
    }
}

/// A code of the reordered options in the first order.
pub fn before(order: &[usize], code: u64) -> u64 {
    order.iter().enumerate().filter(|(place, _)| code >> place & 1 == 1).map(|(_, option)| 1 << option).sum()
}

impl InMoves {
    /// Two to nine states and one to five decision makers, some moves common to several.
    pub fn random(random: &mut Random) -> InMoves {
        let (states, movers) = (2 + random.below(8), 1 + random.below(5));
        let mut moves: Vec<Vec<(State, State)>> = vec![Vec::new(); movers];
        for _ in 0..random.below(3 * states * movers) {
            let mut state = || State(u32::try_from(random.below(states)).unwrap());
            let (from, to) = (state(), state());
            if from != to {
                (0..1 + random.below(5) / 4).for_each(|_| moves[random.below(movers)].push((from, to)));
            }
        }
        moves.iter_mut().for_each(|moves| {
            moves.sort_unstable();
            moves.dedup();
        });
        let values = (0..movers).map(|_| values(random, states)).collect();
        InMoves { states, moves, values }
    }

    pub fn model(&self) -> (Model, Vec<Preference>) {
        let preferences = self.values.iter().map(|values| Ranks::of_values(values).into());
        (Model::from_graph(GraphForm::new(self.states, &self.moves).unwrap()), preferences.collect())
    }

    /// What is stable, by states.
    pub fn stable(&self) -> Stable {
        let (model, preferences) = self.model();
        stable(&model, &preferences, |state| vec![state.0.into()])
    }

    /// The same with state `order[k]` in place `k`.
    pub fn with_states(&self, order: &[usize]) -> InMoves {
        let place =
            |state: State| State(u32::try_from(order.iter().position(|at| *at == state.place()).unwrap()).unwrap());
        let moves = |moves: &Vec<(State, State)>| moves.iter().map(|(from, to)| (place(*from), place(*to))).collect();
        InMoves {
            moves: self.moves.iter().map(moves).collect(),
            values: self.values.iter().map(|values| order.iter().map(|state| values[*state]).collect()).collect(),
            ..*self
        }
    }

    /// The same with decision maker `order[k]` in place `k`.
    pub fn with_decision_makers(&self, order: &[usize]) -> InMoves {
        InMoves {
            moves: order.iter().map(|mover| self.moves[*mover].clone()).collect(),
            values: order.iter().map(|mover| self.values[*mover].clone()).collect(),
            ..*self
        }
    }
}

/// What is stable, by the names of the states.
pub fn stable(model: &Model, preferences: &[Preference], names: impl Fn(State) -> Vec<u64>) -> Stable {
    let verdicts = analyse(model, preferences, Rules::default()).unwrap();
    let mut stable = Stable::new();
    for mover in 0..model.decision_makers() {
        for concept in Concept::ALL {
            let of = verdicts.stable_states(DecisionMaker(mover), concept).flat_map(&names);
            stable.extend(of.map(|name| (mover, name, concept)));
        }
    }
    stable
}

/// Numbers below `count` in a random order.
pub fn shuffled(random: &mut Random, count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    (1..count).rev().for_each(|end| order.swap(end, random.below(end + 1)));
    order
}

/// The states that a decision maker can reach, straight from what a move is, in codes.
pub fn reach_by_definition(conflict: &InOptions, codes: &[u64], mover: usize) -> BTreeMap<u64, Vec<u64>> {
    let can = |from: u64, to: u64| {
        let one = |option: usize| match (from >> option & 1, to >> option & 1) {
            (0, 1) => {
                conflict.owned[mover].contains(&option)
                    && matches!(conflict.moves[option], Moves::Both | Moves::Forward)
            }
            (1, 0) => {
                conflict.owned[mover].contains(&option) && matches!(conflict.moves[option], Moves::Both | Moves::Back)
            }
            _ => true,
        };
        from != to && (0..conflict.moves.len()).all(one)
    };
    codes.iter().map(|from| (*from, codes.iter().copied().filter(|to| can(*from, *to)).collect())).collect()
}
