//! Random models: the same for the same seed.

use detente_stability::*;

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }

    /// An option form of up to seven options and four decision makers: one-way and shared options, patterns of what is infeasible.
    pub fn form(&mut self) -> OptionForm {
        let (options, movers) = (1 + self.below(7), 1 + self.below(4));
        let one_way = self.below(3);
        let moves = (0..options).map(|_| match self.below(12) {
            0 => Moves::Fixed,
            kind if kind <= 2 * one_way => Moves::Forward,
            kind if kind <= 3 * one_way => Moves::Back,
            _ => Moves::Both,
        });
        let moves = moves.collect();
        let mut owned = vec![Vec::new(); movers];
        for option in 0..options {
            owned[self.below(movers)].push(option);
            if self.below(8) == 0 {
                owned[self.below(movers)].push(option);
            }
        }
        let mut form = OptionForm::new(moves, &owned).unwrap();
        for _ in 0..self.below(5) {
            form.rule_out(self.pattern(options)).unwrap();
        }
        form
    }

    /// A pattern in which each option is Y, N or left open.
    pub fn pattern(&mut self, options: usize) -> Formula {
        let letters: String = (0..options).map(|_| ['Y', 'N', '-'][self.below(3)]).collect();
        Formula::pattern(&letters).unwrap()
    }

    /// A model in graph form; moves need not be transitive.
    pub fn graph(&mut self) -> Model {
        let (states, movers) = (2 + self.below(8), 1 + self.below(4));
        self.graph_of(states, movers)
    }

    /// The same with so many states and decision makers.
    pub fn graph_of(&mut self, states: usize, movers: usize) -> Model {
        let moves: Vec<Vec<(State, State)>> = (0..movers)
            .map(|_| {
                let mut state = || State(u32::try_from(self.below(states)).unwrap());
                let mut moves: Vec<(State, State)> = (0..2 * states).map(|_| (state(), state())).collect();
                moves.retain(|(from, to)| from != to);
                moves.sort_unstable();
                moves.dedup();
                moves
            })
            .collect();
        Model::from_graph(GraphForm::new(states, &moves).unwrap())
    }

    /// Ranks from indifference over heavy ties to strict ones.
    pub fn preference(&mut self, states: usize) -> Preference {
        let spread = [1, 3, 10, 1000][self.below(4)];
        Ranks::of_values(&(0..states).map(|_| self.below(spread)).collect::<Vec<_>>()).into()
    }

    /// The same with some unknown pairs.
    pub fn unsure(&mut self, states: usize) -> Preference {
        let preference = self.preference(states);
        let mut state = || State(u32::try_from(self.below(states)).unwrap());
        let mut pairs: Vec<(State, State)> = (0..states).map(|_| (state(), state())).collect();
        pairs.retain(|(one, other)| one != other);
        Preference::new(preference.ranks().clone(), &pairs).unwrap()
    }
}
