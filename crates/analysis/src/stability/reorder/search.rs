//! Orders of statements in layers, nearest to the file first: an order with one more pair turned round is a swap of neighbours away from
//! one of the layer before, so no order is seen twice and the first layer with an answer is the least.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use detente_case::stability::{Preference as Stated, StabilityModel};
use detente_stability::inverse::InverseError;
use detente_stability::statements::{Scratch, Truths, prioritise};
use detente_stability::{
    Buffers, Concept, DecisionMaker, Formula, Preference, Ranks, Rules, State, States, Topology, Verdicts, analyse,
};

use super::super::answer::NoAnswer;
use super::super::model::{Lowered, formula};

/// Orders of one cost that are listed at most.
const MOST: usize = 16;

/// About how many steps a search takes, one being the look at a state for a side: a second or two.
const BUDGET: usize = 1 << 23;

/// A side whose statements may stand in another order.
pub(super) struct Side {
    pub(super) mover: DecisionMaker,
    pub(super) statements: Vec<Formula>,
    truths: Truths,
}

/// Orders of the statements of all sides, each by places in the file; those that are not there stand as in the file.
pub(super) type Orders = BTreeMap<usize, Vec<u16>>;

/// The least changes of some kind.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// Of so many swaps.
    Found { swaps: usize, orders: Vec<Orders>, all: bool },
    /// No order would do.
    Impossible,
    /// The budget did not suffice.
    Undecided { at_least: usize },
}

/// Statements of a side, by place, each of which is one too many.
#[derive(Clone, Debug, Default)]
pub(super) struct Dropped {
    /// Without any of these it would not move away.
    pub(super) for_itself: Vec<usize>,
    /// Without any of these the state would hold.
    pub(super) for_all: Vec<usize>,
    /// Whether each statement was tried.
    pub(super) complete: bool,
}

pub(super) struct Search<'a> {
    lowered: &'a Lowered,
    pub(super) desired: State,
    pub(super) concept: Concept,
    pub(super) sides: Vec<Side>,
    topology: Topology,
    buffers: Buffers,
    scratch: Scratch,
    /// Ranks as the file gives them.
    ranks: Vec<Ranks>,
    pub(super) now: Verdicts,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        source: &StabilityModel,
        lowered: &'a Lowered,
        (desired, concept): (State, Concept),
    ) -> Option<Self> {
        let feasible = lowered.model.feasible()?;
        let side = |(mover, maker): (usize, &detente_case::stability::DecisionMaker)| {
            let Stated::Statements(order) = &maker.preference.value else { return None };
            let statements: Vec<Formula> = order.statements.iter().map(|entry| formula(&entry.holds.rule)).collect();
            // A place is kept in 16 bits.
            u16::try_from(statements.len()).ok()?;
            let truths = Truths::new(feasible.codes(), &statements);
            Some(Side { mover: DecisionMaker(mover), statements, truths })
        };
        let sides: Vec<Side> = source.decision_makers.iter().enumerate().filter_map(side).collect();
        if sides.is_empty() {
            return None;
        }
        let topology = Topology::new(&lowered.model);
        let mut buffers = Buffers::new(&topology);
        let ranks: Vec<Ranks> = lowered.preferences.iter().map(|preference| preference.ranks().clone()).collect();
        let now = topology.run(&ranks, &mut buffers)?.clone();
        Some(Search { lowered, desired, concept, sides, topology, buffers, scratch: Scratch::default(), ranks, now })
    }

    /// Whether the state is stable for a decision maker, or for everybody.
    pub(super) fn holds(&self, verdicts: &Verdicts, whose: Option<DecisionMaker>) -> bool {
        match whose {
            Some(mover) => verdicts.stable(mover, self.desired, self.concept),
            None => verdicts.equilibrium(self.desired, self.concept),
        }
    }

    /// The least change of one side's order that makes the state stable for it.
    pub(super) fn own(&mut self, side: usize, concept: Concept) -> Outcome {
        let (mover, desired) = (self.sides[side].mover, self.desired);
        self.least(&[side], 0, |verdicts| verdicts.stable(mover, desired, concept))
    }

    /// The least change of all orders, each bearing on the stability of others; fewer than `floor` swaps are known not to do.
    pub(super) fn joint(&mut self, floor: usize) -> Outcome {
        let (desired, concept) = (self.desired, self.concept);
        let all: Vec<usize> = (0..self.sides.len()).collect();
        self.least(&all, floor, |verdicts| verdicts.equilibrium(desired, concept))
    }

    /// The least change of all orders where the stability of each depends on its own alone.
    pub(super) fn apart(&self, own: &[Outcome], concept: Concept) -> Outcome {
        let fixed = (0..self.lowered.model.decision_makers()).map(DecisionMaker);
        let mut fixed = fixed.filter(|mover| !self.sides.iter().any(|side| side.mover == *mover));
        let holds = fixed.all(|mover| self.now.stable(mover, self.desired, concept));
        if !holds || own.iter().any(|outcome| matches!(outcome, Outcome::Impossible)) {
            return Outcome::Impossible;
        }
        let (mut total, mut found, mut complete) = (0, vec![Orders::new()], Some(true));
        for outcome in own {
            match outcome {
                Outcome::Found { swaps, orders, all } => {
                    total += swaps;
                    let with = |before: &Orders, own: &Orders| {
                        before.iter().chain(own).map(|(side, order)| (*side, order.clone())).collect()
                    };
                    let product: Vec<Orders> =
                        found.iter().flat_map(|before| orders.iter().map(move |own| with(before, own))).collect();
                    complete = complete.map(|complete| complete && *all && product.len() <= MOST);
                    found = product.into_iter().take(MOST).collect();
                }
                Outcome::Undecided { at_least } => {
                    total += at_least;
                    complete = None;
                }
                Outcome::Impossible => return Outcome::Impossible,
            }
        }
        match complete {
            Some(all) => Outcome::Found { swaps: total, orders: found, all },
            None => Outcome::Undecided { at_least: total },
        }
    }

    /// The orders of some sides with the fewest pairs turned round that do.
    fn least(&mut self, movable: &[usize], floor: usize, does: impl Fn(&Verdicts) -> bool) -> Outcome {
        let lengths: Vec<usize> = movable.iter().map(|side| self.sides[*side].statements.len()).collect();
        let count: usize = lengths.iter().sum();
        let mut left = self.tries(count);
        // The orders of all movable sides one behind the other.
        let begin: Vec<u16> = lengths.iter().flat_map(|length| (0u16..).take(*length)).collect();
        let mut layer: BTreeSet<Vec<u16>> = BTreeSet::from([begin]);
        let mut complete = true;
        for swaps in 0.. {
            let mut found = Vec::new();
            // Below the floor nothing does, and nothing has to be looked at.
            if swaps >= floor {
                for order in &layer {
                    let orders = split(movable, &lengths, order);
                    if self.verdicts(&orders).is_some_and(&does) {
                        found.push(orders);
                    }
                }
            }
            if !found.is_empty() {
                let all = complete && found.len() <= MOST;
                found.truncate(MOST);
                return Outcome::Found { swaps, orders: found, all };
            }
            if !complete {
                return Outcome::Undecided { at_least: floor.max(swaps) };
            }
            left = left.saturating_sub(layer.len());
            let (next, all) = further(&layer, &lengths, left.max(1));
            if next.is_empty() {
                return Outcome::Impossible;
            }
            if left == 0 {
                return Outcome::Undecided { at_least: floor.max(swaps + 1) };
            }
            (layer, complete) = (next, all);
        }
        Outcome::Impossible
    }

    /// How many orders of so many statements a search may look at.
    fn tries(&self, statements: usize) -> usize {
        let looks = self.ranks.len().saturating_mul(self.lowered.model.states());
        (BUDGET / (looks.max(64) + 8 * statements)).max(1)
    }

    /// The statements of a side each of which, left out alone, makes the state stable where it is not.
    pub(super) fn dropped(&mut self, side: usize) -> Dropped {
        let (mover, count) = (self.sides[side].mover, self.sides[side].statements.len());
        let mut dropped = Dropped { complete: true, ..Dropped::default() };
        let open = [Some(mover), None].map(|whose| !self.holds(&self.now, whose));
        if !open.contains(&true) {
            return dropped;
        }
        let tries = self.tries(count).max(64);
        dropped.complete = count <= tries;
        for place in 0..count.min(tries) {
            let kept = (0u16..).take(count).filter(|other| usize::from(*other) != place).collect();
            let (desired, concept) = (self.desired, self.concept);
            let Some(verdicts) = self.verdicts(&Orders::from([(side, kept)])) else { continue };
            if open[0] && verdicts.stable(mover, desired, concept) {
                dropped.for_itself.push(place);
            }
            if open[1] && verdicts.equilibrium(desired, concept) {
                dropped.for_all.push(place);
            }
        }
        dropped
    }

    /// The verdicts where statements stand in these orders; those left out of an order do not count.
    fn verdicts(&mut self, orders: &Orders) -> Option<&Verdicts> {
        let mut ranks: Vec<Cow<'_, Ranks>> = self.ranks.iter().map(Cow::Borrowed).collect();
        for (side, order) in orders {
            let Side { mover, truths, .. } = &self.sides[*side];
            let order: Vec<usize> = order.iter().map(|place| usize::from(*place)).collect();
            let own = truths.ranks(&order, &mut self.scratch).of_states(&self.lowered.model).ok()?;
            ranks[mover.0] = Cow::Owned(own);
        }
        self.topology.run(&ranks, &mut self.buffers)
    }

    /// The whole analysis where one side's statements are these, ranked anew.
    pub(super) fn anew(&self, changed: &[(usize, Vec<Formula>)]) -> Result<Verdicts, NoAnswer> {
        let mut preferences: Vec<Preference> = self.ranks.iter().cloned().map(Preference::from).collect();
        for (side, statements) in changed {
            let codes = || self.lowered.model.feasible().into_iter().flat_map(States::codes);
            let ranks = prioritise(codes, statements).ranks.of_states(&self.lowered.model);
            preferences[self.sides[*side].mover.0] = ranks.map_err(|_| fault())?.into();
        }
        Ok(analyse(&self.lowered.model, &preferences, Rules::default())?)
    }
}

/// A proposal that the whole analysis does not confirm.
pub(super) fn fault() -> NoAnswer {
    NoAnswer::Inverse(InverseError::Fault)
}

/// Orders that stand one behind the other, by side.
fn split(movable: &[usize], lengths: &[usize], order: &[u16]) -> Orders {
    let mut rest = order;
    let one = |(side, length): (&usize, &usize)| {
        let (own, others) = rest.split_at(*length);
        rest = others;
        (*side, own.to_vec())
    };
    movable.iter().zip(lengths).map(one).collect()
}

/// The orders with one more pair turned round, at most `most` of them, and whether these are all.
fn further(layer: &BTreeSet<Vec<u16>>, lengths: &[usize], most: usize) -> (BTreeSet<Vec<u16>>, bool) {
    let mut next = BTreeSet::new();
    for order in layer {
        let mut begin = 0;
        for length in lengths {
            for place in begin + 1..begin + length {
                if order[place - 1] < order[place] {
                    let mut other = order.clone();
                    other.swap(place - 1, place);
                    if next.len() == most && !next.contains(&other) {
                        return (next, false);
                    }
                    next.insert(other);
                }
            }
            begin += length;
        }
    }
    (next, true)
}
