//! Models of conflicts made by rule, for benchmarks: option `k` belongs to decision maker `k mod n`, ranks are random and strict.

use detente_stability::query::Aim;
use detente_stability::{Formula, Model, Moves, OptionForm, Ranks};

/// What makes a model harder than the plain one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All options can be taken and given up, all vectors are feasible.
    Plain,
    /// Every second option of each decision maker can only be taken.
    OneWay,
    /// Every option can only be taken.
    AllOneWay,
    /// Four patterns of three options rule out between a third and a half of the vectors.
    Infeasible,
    /// The last and every second option one-way.
    InfeasibleOneWay,
}

impl Kind {
    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Kind> {
        match name {
            "plain" => Some(Kind::Plain),
            "one-way" => Some(Kind::OneWay),
            "all-one-way" => Some(Kind::AllOneWay),
            "infeasible" => Some(Kind::Infeasible),
            "infeasible-one-way" => Some(Kind::InfeasibleOneWay),
            _ => None,
        }
    }
}

/// A model of so many options and decision makers; nothing if it cannot be.
#[must_use]
pub fn model(options: usize, decision_makers: usize, kind: Kind) -> Option<Model> {
    let moves = (0..options).map(|option| match kind {
        Kind::AllOneWay => Moves::Forward,
        Kind::OneWay | Kind::InfeasibleOneWay if (option / decision_makers).is_multiple_of(2) => Moves::Forward,
        _ => Moves::Both,
    });
    let owned: Vec<Vec<usize>> =
        (0..decision_makers).map(|mover| (mover..options).step_by(decision_makers).collect()).collect();
    let mut form = OptionForm::new(moves.collect(), &owned).ok()?;
    if matches!(kind, Kind::Infeasible | Kind::InfeasibleOneWay) {
        for pattern in ["YYY", "-Y--NY", "N---YN", "--NN--N"] {
            form.rule_out(Formula::pattern(pattern)?).ok()?;
        }
    }
    Model::from_options(form, 1 << 28).ok()
}

/// Random strict ranks, one list a decision maker; the same for the same seed.
#[must_use]
pub fn ranks(model: &Model, seed: u64) -> Vec<Ranks> {
    let mut random = Numbers(seed);
    let one = |_| Ranks::of_values(&(0..model.states()).map(|_| random.next()).collect::<Vec<u64>>());
    (0..model.decision_makers()).map(one).collect()
}

/// A long dilemma of three: each wants the others to take all options they have and to take none itself, but most of all that not all of
/// the first three are left. For questions about single states.
#[must_use]
pub fn dilemma(options: usize) -> Option<(OptionForm, Vec<Aim>)> {
    let owned: Vec<Vec<usize>> = (0..3).map(|mover| (mover..options).step_by(3).collect()).collect();
    let form = OptionForm::new(vec![Moves::Both; options], &owned).ok()?;
    let aims = (0..3).map(|mover| {
        let disaster = Formula::Any((0..options.min(3)).map(Formula::Option).collect());
        let others = (0..options).filter(|option| option % 3 != mover).map(Formula::Option);
        let own = (0..options).filter(|option| option % 3 == mover);
        let own = own.map(|option| Formula::Not(Formula::Option(option).into()));
        Aim::Statements(std::iter::once(disaster).chain(others).chain(own).collect())
    });
    Some((form, aims.collect()))
}

/// So many draws of random strict ranks.
#[must_use]
pub fn draws(model: &Model, count: u64) -> Vec<Vec<Ranks>> {
    (0..count).map(|seed| ranks(model, seed)).collect()
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
