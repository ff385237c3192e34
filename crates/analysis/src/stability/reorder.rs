//! Which other order of its statements would make a side content with a state, and which orders of all sides would make the state hold.
//!
//! The distance between two orders is the least number of swaps of neighbours that lead from one to the other: the number of pairs of
//! statements that stand the other way round (Kendall 1938). Orders are looked at in layers, nearest to the file first: an order with
//! one more pair turned round is a swap of neighbours away from one of the layer before, so no order is seen twice and the first layer
//! with an answer is the least.
//!
//! Under Nash, GMR and SMR no side's verdict depends on what others prefer, so the least for all is the least for each. Under SEQ and
//! SSEQ it does, and all orders of all sides are searched together. Every order that is told was put through the whole analysis again,
//! ranked anew from its statements.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use detente_case::stability::{Preference as Stated, StabilityModel};
use detente_stability::inverse::InverseError;
use detente_stability::statements::{Scratch, Truths, prioritise};
use detente_stability::{
    Buffers, Concept, DecisionMaker, Formula, Preference, Ranks, Rules, State, States, Topology, Verdicts, analyse,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::answer::NoAnswer;
use super::desired::LeastVerdict;
use super::model::{Lowered, formula};

/// Orders of one cost that are listed at most.
const MOST: usize = 16;

/// About how many steps a search takes, one being the look at a state for a side: a second or two.
const BUDGET: usize = 1 << 23;

/// Other orders of the statements of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReorderNow {
    /// For each decision maker with statements the least change of their order after which it would not move away.
    pub own: Vec<OwnOrderNow>,
    /// The least change of the orders of all of them after which the state holds.
    pub joint: LeastOrderNow,
    /// Statements without any one of which the state would hold.
    pub without: Vec<StatementRef>,
    /// Whether it was tried to leave out each statement.
    pub all_without: bool,
}

/// The orders of a decision maker's statements under which the state is stable for it, the others being as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OwnOrderNow {
    /// Its id.
    pub decision_maker: String,
    /// The least change of the order.
    pub least: LeastOrderNow,
    /// Places of statements, from 1, without any one of which it would not move away.
    pub without: Vec<usize>,
}

/// The least change of orders of some kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LeastOrderNow {
    /// Whether a least change was found.
    pub verdict: LeastVerdict,
    /// How many swaps of neighbouring statements it takes, of all decision makers together; none if no order was found.
    pub swaps: Option<usize>,
    /// Fewer swaps than these do not suffice; none where no order would do.
    pub at_least: Option<usize>,
    /// Whether all orders of this cost are listed.
    pub all: bool,
    /// The orders.
    pub orders: Vec<OrdersNow>,
}

/// Orders of statements, and what else they do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OrdersNow {
    /// The decision makers whose statements stand in another order.
    pub changed: Vec<OrderNow>,
    /// Numbers of other states that then hold as well.
    pub appear: Vec<u64>,
    /// Numbers of other states that then no longer hold.
    pub vanish: Vec<u64>,
}

/// Another order of a decision maker's statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OrderNow {
    /// Its id.
    pub decision_maker: String,
    /// Their places in the file, from 1, the most important first.
    pub order: Vec<usize>,
    /// Pairs that are turned round: the first now stands before the second.
    pub turned: Vec<[usize; 2]>,
}

/// A statement of a decision maker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatementRef {
    /// Id of the decision maker.
    pub decision_maker: String,
    /// Place of the statement, from 1.
    pub statement: usize,
}

/// Orders of statements under which a state holds under a concept, in the canonical reading; nothing where no side has statements.
///
/// Cost: at most about 2²³ looks at a state for each side, and twice as many under SEQ and SSEQ.
///
/// # Errors
/// Where the whole analysis does not confirm what was found, which is a fault of the program.
pub(super) fn reorder(
    source: &StabilityModel,
    lowered: &Lowered,
    asked: (State, Concept),
    id: impl Fn(DecisionMaker) -> String,
) -> Result<Option<ReorderNow>, NoAnswer> {
    let Some(mut search) = Search::new(source, lowered, asked) else { return Ok(None) };
    let concept = asked.1;
    let own: Vec<Outcome> = (0..search.sides.len()).map(|side| search.own(side, concept)).collect();
    let joint = match concept {
        Concept::Nash | Concept::Gmr | Concept::Smr => search.apart(&own, concept),
        // What follows from these concepts bounds the search, and does not depend on what others prefer.
        Concept::Seq | Concept::Sseq => {
            let weaker = if concept == Concept::Seq { Concept::Gmr } else { Concept::Smr };
            let weaker_own: Vec<Outcome> = (0..search.sides.len()).map(|side| search.own(side, weaker)).collect();
            match search.apart(&weaker_own, weaker) {
                Outcome::Impossible => Outcome::Impossible,
                Outcome::Found { swaps: floor, .. } | Outcome::Undecided { at_least: floor } => search.joint(floor),
            }
        }
    };
    let dropped: Vec<Dropped> = (0..search.sides.len()).map(|side| search.dropped(side)).collect();
    let telling = Telling { search: &search, id: &id };
    let (mut each, mut without) = (Vec::new(), Vec::new());
    for (side, (outcome, dropped)) in own.iter().zip(&dropped).enumerate() {
        let mover = search.sides[side].mover;
        for place in &dropped.for_all {
            telling.confirmed(side, *place, None)?;
            without.push(StatementRef { decision_maker: id(mover), statement: place + 1 });
        }
        for place in &dropped.for_itself {
            telling.confirmed(side, *place, Some(mover))?;
        }
        each.push(OwnOrderNow {
            decision_maker: id(mover),
            least: telling.least(outcome, Some(mover))?,
            without: dropped.for_itself.iter().map(|place| place + 1).collect(),
        });
    }
    let all_without = dropped.iter().all(|dropped| dropped.complete);
    Ok(Some(ReorderNow { own: each, joint: telling.least(&joint, None)?, without, all_without }))
}

/// A side whose statements may stand in another order.
struct Side {
    mover: DecisionMaker,
    statements: Vec<Formula>,
    truths: Truths,
}

/// Orders of the statements of all sides, each by places in the file; those that are not there stand as in the file.
type Orders = BTreeMap<usize, Vec<u16>>;

/// The least changes of some kind.
#[derive(Clone, Debug)]
enum Outcome {
    /// Of so many swaps.
    Found { swaps: usize, orders: Vec<Orders>, all: bool },
    /// No order would do.
    Impossible,
    /// The budget did not suffice.
    Undecided { at_least: usize },
}

/// Statements of a side, by place, each of which is one too many.
#[derive(Clone, Debug, Default)]
struct Dropped {
    /// Without any of these it would not move away.
    for_itself: Vec<usize>,
    /// Without any of these the state would hold.
    for_all: Vec<usize>,
    /// Whether each statement was tried.
    complete: bool,
}

struct Search<'a> {
    lowered: &'a Lowered,
    desired: State,
    concept: Concept,
    sides: Vec<Side>,
    topology: Topology,
    buffers: Buffers,
    scratch: Scratch,
    /// Ranks as the file gives them.
    ranks: Vec<Ranks>,
    now: Verdicts,
}

impl<'a> Search<'a> {
    fn new(source: &StabilityModel, lowered: &'a Lowered, (desired, concept): (State, Concept)) -> Option<Self> {
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
    fn holds(&self, verdicts: &Verdicts, whose: Option<DecisionMaker>) -> bool {
        match whose {
            Some(mover) => verdicts.stable(mover, self.desired, self.concept),
            None => verdicts.equilibrium(self.desired, self.concept),
        }
    }

    /// The least change of one side's order that makes the state stable for it.
    fn own(&mut self, side: usize, concept: Concept) -> Outcome {
        let (mover, desired) = (self.sides[side].mover, self.desired);
        self.least(&[side], 0, |verdicts| verdicts.stable(mover, desired, concept))
    }

    /// The least change of all orders, each bearing on the stability of others; fewer than `floor` swaps are known not to do.
    fn joint(&mut self, floor: usize) -> Outcome {
        let (desired, concept) = (self.desired, self.concept);
        let all: Vec<usize> = (0..self.sides.len()).collect();
        self.least(&all, floor, |verdicts| verdicts.equilibrium(desired, concept))
    }

    /// The least change of all orders where the stability of each depends on its own alone.
    fn apart(&self, own: &[Outcome], concept: Concept) -> Outcome {
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
            left -= layer.len().min(left);
            if !complete || left == 0 {
                return Outcome::Undecided { at_least: floor.max(if complete { swaps + 1 } else { swaps }) };
            }
            (layer, complete) = further(&layer, &lengths, left);
            if layer.is_empty() {
                return Outcome::Impossible;
            }
        }
        Outcome::Impossible
    }

    /// How many orders of so many statements a search may look at.
    fn tries(&self, statements: usize) -> usize {
        let looks = self.ranks.len().saturating_mul(self.lowered.model.states());
        (BUDGET / (looks.max(64) + 8 * statements)).max(1)
    }

    /// The statements of a side each of which, left out alone, makes the state stable where it is not.
    fn dropped(&mut self, side: usize) -> Dropped {
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
    fn anew(&self, changed: &[(usize, Vec<Formula>)]) -> Result<Verdicts, NoAnswer> {
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
fn fault() -> NoAnswer {
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

struct Telling<'a, F> {
    search: &'a Search<'a>,
    id: &'a F,
}

impl<F: Fn(DecisionMaker) -> String> Telling<'_, F> {
    /// The least change, for one decision maker or for all, confirmed.
    fn least(&self, outcome: &Outcome, whose: Option<DecisionMaker>) -> Result<LeastOrderNow, NoAnswer> {
        Ok(match outcome {
            Outcome::Found { swaps, orders, all } => LeastOrderNow {
                verdict: LeastVerdict::Found,
                swaps: Some(*swaps),
                at_least: Some(*swaps),
                all: *all,
                orders: orders.iter().map(|orders| self.orders(orders, whose)).collect::<Result<_, _>>()?,
            },
            Outcome::Impossible => LeastOrderNow {
                verdict: LeastVerdict::Impossible,
                swaps: None,
                at_least: None,
                all: true,
                orders: Vec::new(),
            },
            Outcome::Undecided { at_least } => LeastOrderNow {
                verdict: LeastVerdict::Undecided,
                swaps: None,
                at_least: Some(*at_least),
                all: false,
                orders: Vec::new(),
            },
        })
    }

    fn orders(&self, orders: &Orders, whose: Option<DecisionMaker>) -> Result<OrdersNow, NoAnswer> {
        let search = self.search;
        let moved = orders.iter().filter(|(_, order)| !order.is_sorted());
        let statements = |(side, order): (&usize, &Vec<u16>)| {
            let own = &search.sides[*side].statements;
            (*side, order.iter().filter_map(|place| own.get(usize::from(*place)).cloned()).collect::<Vec<Formula>>())
        };
        let verdicts = search.anew(&moved.clone().map(statements).collect::<Vec<_>>())?;
        if !search.holds(&verdicts, whose) {
            return Err(fault());
        }
        let changed = moved.map(|(side, order)| OrderNow {
            decision_maker: (self.id)(search.sides[*side].mover),
            order: order.iter().map(|place| usize::from(*place) + 1).collect(),
            turned: turned(order),
        });
        let others = |one: &Verdicts, other: &Verdicts| {
            let new = |state: &State| *state != search.desired && !other.equilibrium(*state, search.concept);
            one.equilibria(search.concept).filter(new).map(State::number).collect()
        };
        Ok(OrdersNow {
            changed: changed.collect(),
            appear: others(&verdicts, &search.now),
            vanish: others(&search.now, &verdicts),
        })
    }

    /// That a state is stable for a decision maker, or holds, without a statement of a side.
    fn confirmed(&self, side: usize, place: usize, whose: Option<DecisionMaker>) -> Result<(), NoAnswer> {
        let statements = self.search.sides[side].statements.iter().enumerate();
        let kept = statements.filter(|(other, _)| *other != place).map(|(_, statement)| statement.clone());
        let verdicts = self.search.anew(&[(side, kept.collect())])?;
        if self.search.holds(&verdicts, whose) { Ok(()) } else { Err(fault()) }
    }
}

/// The pairs of an order that stand otherwise than in the file, by place from 1.
fn turned(order: &[u16]) -> Vec<[usize; 2]> {
    let pairs = order.iter().enumerate().flat_map(|(at, one)| order[at + 1..].iter().map(move |other| (*one, *other)));
    pairs
        .filter(|(one, other)| one > other)
        .map(|(one, other)| [usize::from(one) + 1, usize::from(other) + 1])
        .collect()
}
