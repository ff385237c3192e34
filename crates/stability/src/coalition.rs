//! Which states hold against several decision makers who move together (Kilgour, Hipel, Fang and Peng 2001; Inohara and Hipel 2008).
//!
//! A coalition improves from a state where its members can reach another by moves in turn, and every member strictly prefers that one.
//! It is deterred by what is no better for at least one of its members. Merging its members into one decision maker would be another thing.

use std::fmt;

use rayon::prelude::*;

use crate::analyse::{AnalyseError, MOST_STEPS};
use crate::code::Code;
use crate::concept::{Concept, DecisionMaker, Returns, State, Unknowns};
use crate::model::Model;
use crate::preference::Preference;
use crate::table::{Table, Walk, meet, set, states, within};

/// One or more decision makers who move together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Coalition(Code);

impl Coalition {
    /// The most decision makers of whom all coalitions are listed.
    pub const MOST_LISTED: usize = 12;

    /// A coalition of these members, nothing if there are none.
    #[must_use]
    pub fn new(members: &[DecisionMaker]) -> Option<Coalition> {
        let code: Code = members.iter().map(|member| member.0).collect();
        (!code.is_empty() && members.iter().all(|member| code.has(member.0))).then_some(Coalition(code))
    }

    /// All coalitions of so many decision makers, single ones first, the one of all last; nothing for more than
    /// [`Coalition::MOST_LISTED`].
    #[must_use]
    pub fn all(decision_makers: usize) -> Option<Vec<Coalition>> {
        if decision_makers > Coalition::MOST_LISTED {
            return None;
        }
        let mut masks: Vec<u64> = (1..1 << decision_makers).collect();
        masks.sort_by_key(|mask| (mask.count_ones(), *mask));
        Some(masks.into_iter().map(|mask| Coalition(mask.into())).collect())
    }

    /// Its members, ascending.
    pub fn members(self) -> impl Iterator<Item = DecisionMaker> {
        self.0.options().map(DecisionMaker)
    }

    /// Whether a decision maker is a member.
    #[must_use]
    pub fn has(self, decision_maker: DecisionMaker) -> bool {
        self.0.has(decision_maker.0)
    }
}

/// Whose improvements deter a coalition in [`Concept::Seq`] and [`Concept::Sseq`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sanctioners {
    /// Single opponents move in turn, each improving on its own step.
    #[default]
    Single,
    /// Opponents move in coalitions too: any of them, each improving together on its own step, none twice in a row.
    Coalitions,
}

/// The readings of coalition stability.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CoalitionRules {
    /// Whose improvements deter.
    pub sanctioners: Sanctioners,
    /// Sanctions that lead back.
    pub returns: Returns,
    /// Unknown preferences; without effect where there are none.
    pub unknowns: Unknowns,
}

/// Why coalitions are not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoalitionError {
    /// The preferences do not fit the model, or it has too many moves or would need too many steps.
    Analyse(AnalyseError),
    /// What has to be kept would not fit.
    TooLarge {
        /// About how many bytes.
        bytes: u128,
    },
    /// A member who is no decision maker of the model.
    NoSuchDecisionMaker(DecisionMaker),
}

impl fmt::Display for CoalitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CoalitionError::Analyse(error) => error.fmt(f),
            CoalitionError::TooLarge { bytes } => write!(
                f,
                "coalitions of a model of this size would take about {} MB, more than {}; fewer states or decision makers take less",
                bytes.div_ceil(1_000_000),
                MOST_BYTES / 1_000_000
            ),
            CoalitionError::NoSuchDecisionMaker(mover) => write!(f, "there is no decision maker {}", mover.0 + 1),
        }
    }
}

impl std::error::Error for CoalitionError {}

/// The most bytes of tables.
const MOST_BYTES: u128 = 2_000_000_000;

/// A model prepared for questions about coalitions.
///
/// Single moves are kept as one bit for each pair of states: for models of up to some thousand states.
#[derive(Clone, Debug)]
pub struct Coalitions<'a> {
    preferences: &'a [Preference],
    rules: CoalitionRules,
    states: usize,
    /// By decision maker all moves.
    moves: Vec<Table>,
    /// By decision maker the moves that improve.
    better: Vec<Table>,
    /// By the bits of a coalition the improvements that it reaches; empty where only single opponents deter.
    together: Vec<Table>,
}

/// A coalition improves from one state to another, both of some list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jump {
    /// Who moves.
    pub coalition: Coalition,
    /// From where.
    pub from: State,
    /// To where.
    pub to: State,
}

impl<'a> Coalitions<'a> {
    /// Prepares a model; one preference a decision maker.
    ///
    /// # Errors
    /// See [`CoalitionError`]; found before anything large is allocated.
    pub fn new(
        model: &Model,
        preferences: &'a [Preference],
        rules: CoalitionRules,
    ) -> Result<Coalitions<'a>, CoalitionError> {
        crate::analyse::check(model, preferences).map_err(CoalitionError::Analyse)?;
        let (movers, states) = (model.decision_makers(), model.states());
        let by_coalitions = rules.sanctioners == Sanctioners::Coalitions;
        let listed = if by_coalitions { 1u128 << movers.min(64) } else { 0 };
        // Two tables a decision maker, one a coalition of sanctioners, and three while a coalition is looked at, on each thread.
        let threads = rayon::current_num_threads() as u128;
        let tables = (2 * movers as u128).saturating_add(listed).saturating_add(3 * threads);
        let bytes = tables.saturating_mul(Table::bytes(states));
        if bytes > MOST_BYTES || by_coalitions && movers > Coalition::MOST_LISTED {
            return Err(CoalitionError::TooLarge { bytes });
        }
        let mut moves = vec![Table::none(states); movers];
        let mut better = moves.clone();
        for (mover, preference) in preferences.iter().enumerate() {
            for from in model.all_states() {
                for to in model.reach(DecisionMaker(mover), from) {
                    moves[mover].add(from, to);
                    if preference.leaves(from, to, rules.unknowns) {
                        better[mover].add(from, to);
                    }
                }
            }
        }
        let mut coalitions = Coalitions { preferences, rules, states, moves, better, together: Vec::new() };
        if by_coalitions {
            let masks: Vec<u64> = (0..1 << movers).collect();
            coalitions.steps(masks.len())?;
            let of = |mask: &u64| {
                coalitions
                    .improving(&coalitions.joint(&coalitions.moves, |mover| mask >> mover & 1 == 1), Code::from(*mask))
            };
            coalitions.together = masks.par_iter().map(of).collect();
        }
        Ok(coalitions)
    }

    /// The states to which a coalition improves from a state, ascending.
    #[must_use]
    pub fn improvements(&self, coalition: Coalition, from: State) -> Vec<State> {
        if from.place() >= self.states {
            return Vec::new();
        }
        let movers: Vec<&Table> = coalition.members().filter_map(|member| self.moves.get(member.0)).collect();
        let mut reached = vec![0; self.states.div_ceil(64)];
        Walk::new(self.states).reach(&movers, from, &mut reached);
        states(&reached).filter(|to| self.improves(coalition.0, from, *to)).collect()
    }

    /// The improvements of coalitions from one state of a list to another, in the order of the coalitions.
    #[must_use]
    pub fn jumps(&self, coalitions: &[Coalition], among: &[State]) -> Vec<Jump> {
        let from = |coalition: Coalition| among.iter().map(move |from| (coalition, *from));
        let all = coalitions.iter().copied().flat_map(from);
        let to = |(coalition, from): (Coalition, State)| {
            let to = self.improvements(coalition, from).into_iter().filter(|to| among.contains(to));
            to.map(move |to| Jump { coalition, from, to })
        };
        all.flat_map(to).collect()
    }

    /// Which states are stable for which of these coalitions. `O(decision makers × states³ / 64)` a coalition at worst; the same for
    /// any number of threads.
    ///
    /// # Errors
    /// See [`CoalitionError`].
    pub fn verdicts(&self, coalitions: &[Coalition]) -> Result<CoalitionVerdicts, CoalitionError> {
        let stranger = |coalition: &Coalition| coalition.members().find(|member| member.0 >= self.moves.len());
        if let Some(member) = coalitions.iter().find_map(stranger) {
            return Err(CoalitionError::NoSuchDecisionMaker(member));
        }
        self.steps(coalitions.len())?;
        let stable = coalitions.par_iter().map(|coalition| self.stable(*coalition)).collect();
        Ok(CoalitionVerdicts { coalitions: coalitions.to_vec(), states: self.states, stable })
    }

    /// Refuses what would take too long.
    fn steps(&self, coalitions: usize) -> Result<(), CoalitionError> {
        let movers = self.moves.len().max(self.together.len()) as u128;
        let row = self.states.div_ceil(64) as u128;
        let states = self.states as u128;
        let steps = [coalitions as u128, 6, movers, states, row].into_iter().fold(states, u128::saturating_mul);
        match steps > MOST_STEPS {
            true => Err(CoalitionError::Analyse(AnalyseError::TooManySteps { steps })),
            false => Ok(()),
        }
    }

    /// For each concept the states that are stable for a coalition.
    fn stable(&self, coalition: Coalition) -> [Vec<u64>; 5] {
        let reach = self.joint(&self.moves, |mover| coalition.0.has(mover));
        let answers = self.joint(&self.moves, |mover| !coalition.0.has(mover));
        let better = match self.rules.sanctioners {
            Sanctioners::Single => self.joint(&self.better, |mover| !coalition.0.has(mover)),
            Sanctioners::Coalitions => {
                let opponents = |mask: usize| mask > 0 && Code::from(mask as u64).and(coalition.0).is_empty();
                self.joint(&self.together, opponents)
            }
        };
        let words = self.states.div_ceil(64);
        let mut stable = std::array::from_fn(|_| vec![0; words]);
        for state in self.all_states() {
            // What deters the coalition from leaving the state, and from what of it there is no way on to anything that does not.
            let (mut deters, mut holds) = (vec![0; words], vec![0; words]);
            self.all_states().filter(|to| self.deters(coalition, state, *to)).for_each(|to| set(&mut deters, to));
            states(&deters).filter(|to| within(reach.row(*to), &deters)).for_each(|to| set(&mut holds, to));
            if self.rules.returns == Returns::DoNotCount {
                for row in [&mut deters, &mut holds] {
                    row[state.place() / 64] &= !(1 << (state.place() % 64));
                }
            }
            for concept in Concept::ALL {
                let answers = if concept.by_improvements() { &better } else { &answers };
                let sanctions = if concept.with_countermoves() { &holds } else { &deters };
                let deterred = |to: State| concept != Concept::Nash && meet(answers.row(to), sanctions);
                let improvements = || states(reach.row(state)).filter(|to| self.improves(coalition.0, state, *to));
                if improvements().all(deterred) {
                    set(&mut stable[concept.place()], state);
                }
            }
        }
        stable
    }

    /// What the movers of a list who take part reach together, from every state.
    fn joint(&self, movers: &[Table], takes_part: impl Fn(usize) -> bool) -> Table {
        let movers: Vec<&Table> =
            movers.iter().enumerate().filter(|(mover, _)| takes_part(*mover)).map(|(_, moves)| moves).collect();
        let mut reached = Table::none(self.states);
        let mut walk = Walk::new(self.states);
        self.all_states().for_each(|from| walk.reach(&movers, from, reached.row_mut(from)));
        reached
    }

    /// What of a relation improves for all members.
    fn improving(&self, reach: &Table, members: Code) -> Table {
        let mut improving = Table::none(self.states);
        for from in self.all_states() {
            let better = states(reach.row(from)).filter(|to| self.improves(members, from, *to));
            better.for_each(|to| improving.add(from, to));
        }
        improving
    }

    fn improves(&self, members: Code, from: State, to: State) -> bool {
        let unknowns = self.rules.unknowns;
        members
            .options()
            .filter_map(|member| self.preferences.get(member))
            .all(|preference| preference.leaves(from, to, unknowns))
    }

    fn deters(&self, coalition: Coalition, from: State, outcome: State) -> bool {
        let unknowns = self.rules.unknowns;
        let mut preferences = coalition.members().filter_map(|member| self.preferences.get(member.0));
        preferences.any(|preference| preference.deters(from, outcome, unknowns))
    }

    fn all_states(&self) -> impl Iterator<Item = State> + use<> {
        (0..u32::try_from(self.states).unwrap_or(u32::MAX)).map(State)
    }
}

/// For each coalition, concept and state whether the state is stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoalitionVerdicts {
    coalitions: Vec<Coalition>,
    states: usize,
    stable: Vec<[Vec<u64>; 5]>,
}

impl CoalitionVerdicts {
    /// The coalitions that were asked about, in the order asked.
    #[must_use]
    pub fn coalitions(&self) -> &[Coalition] {
        &self.coalitions
    }

    /// The states that are stable for one of the coalitions, ascending; none for a coalition that was not asked about.
    pub fn stable_states(&self, coalition: Coalition, concept: Concept) -> impl Iterator<Item = State> + '_ {
        let place = self.coalitions.iter().position(|asked| *asked == coalition);
        states(place.map_or(&[], |place| &self.stable[place][concept.place()]))
    }

    /// The states that are stable for every coalition that was asked about, ascending. Asked about all, these are the universally
    /// coalition-stable states.
    #[must_use]
    pub fn stable_for_all(&self, concept: Concept) -> Vec<State> {
        let everywhere = |state: &State| {
            let holds =
                |stable: &[Vec<u64>; 5]| stable[concept.place()][state.place() / 64] >> (state.place() % 64) & 1 == 1;
            self.stable.iter().all(holds)
        };
        (0..u32::try_from(self.states).unwrap_or(u32::MAX)).map(State).filter(everywhere).collect()
    }
}
