//! Which other order of its statements would make a side content with a state, and which orders of all sides would make the state hold.
//!
//! The distance between two orders is the least number of swaps of neighbours that lead from one to the other: the number of pairs of
//! statements that stand the other way round (Kendall 1938).
//!
//! Under Nash, GMR and SMR no side's verdict depends on what others prefer, so the least for all is the least for each. Under SEQ and
//! SSEQ it does, and all orders of all sides are searched together. Every order that is told was put through the whole analysis again,
//! ranked anew from its statements.

mod search;

use detente_case::stability::StabilityModel;
use detente_stability::{Concept, DecisionMaker, Formula, State, Verdicts};
use schemars::JsonSchema;
use serde::Serialize;

use super::answer::NoAnswer;
use super::desired::LeastVerdict;
use super::model::Lowered;
use search::{Dropped, Orders, Outcome, Search, fault};

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
