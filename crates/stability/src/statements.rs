//! Preferences from statements in order of importance (Peng 1999; Fang, Hipel, Kilgour and Peng 2003).
//!
//! Of two states the one is preferred in which the first statement holds that holds in just one of them. That is the order of the sums
//! `Σ 2^(k-j)` over the statements `j` that hold, without a limit on their number `k`.

use crate::formula::Formula;
use crate::gather::Gather;
use crate::ranks::Ranks;

/// Ranks from statements, and what may be remarkable about the statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prioritised {
    /// The ranks of the states.
    pub ranks: Ranks,
    /// Remarks, by statement.
    pub notes: Vec<Note>,
}

/// A remark on a statement, by its place from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Note {
    /// It holds in every state, so it separates none.
    HoldsInAll(usize),
    /// It holds in no state, so it separates none.
    HoldsInNone(usize),
    /// It holds where an earlier one holds, so it separates none that are not separated.
    SameAs(usize, usize),
    /// It holds just where an earlier one does not, so it separates none that are not separated.
    OppositeOf(usize, usize),
    /// It separates states, but those before it have separated all of these already.
    DecidesNothing(usize),
}

/// Ranks the vectors with these codes by statements, the most important first.
/// `O(states × (length of the statements + log states × statements / 64))`.
#[must_use]
pub fn prioritise<I: Iterator<Item = u64>>(codes: impl Fn() -> I, statements: &[Formula]) -> Prioritised {
    let count = codes().count();
    let mut ranks = Ranks::indifferent(count);
    let mut columns = Vec::with_capacity(statements.len());
    let mut decides = Vec::with_capacity(statements.len());
    for chunk in statements.chunks(64) {
        let mut chunk_columns = vec![Column::default(); chunk.len()];
        let values: Vec<(u32, u64)> = codes()
            .zip(ranks.as_slice())
            .map(|(code, rank)| {
                let word =
                    chunk.iter().zip(&mut chunk_columns).zip((0..64).rev()).fold(0, |word, ((entry, column), bit)| {
                        let holds = entry.holds(code.into());
                        column.add(code, holds);
                        word | u64::from(holds) << bit
                    });
                (*rank, word)
            })
            .collect();
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let deciding = sorted.windows(2).filter(|pair| pair[0].0 == pair[1].0).fold(0u64, |deciding, pair| {
            let first = (pair[0].1 ^ pair[1].1).leading_zeros();
            deciding | if first < 64 { 1 << (63 - first) } else { 0 }
        });
        decides.extend((0..chunk.len()).map(|place| deciding >> (63 - place) & 1 == 1));
        columns.extend(chunk_columns);
        ranks = Ranks::of_values(&values);
    }
    let same = |one: usize, other: usize, opposite: bool| {
        codes().all(|code| (statements[one].holds(code.into()) == statements[other].holds(code.into())) != opposite)
    };
    let notes = (0..statements.len()).filter_map(|place| {
        let column = columns[place];
        if column.holds == count {
            return Some(Note::HoldsInAll(place));
        }
        if column.holds == 0 {
            return Some(Note::HoldsInNone(place));
        }
        let earlier = |print: fn(Column) -> u64, opposite: bool| {
            (0..place).find(|before| print(columns[*before]) == column.print && same(*before, place, opposite))
        };
        if let Some(before) = earlier(|column| column.print, false) {
            return Some(Note::SameAs(place, before));
        }
        if let Some(before) = earlier(|column| column.opposite, true) {
            return Some(Note::OppositeOf(place, before));
        }
        (!decides[place]).then_some(Note::DecidesNothing(place))
    });
    let notes = notes.collect();
    Prioritised { ranks, notes }
}

/// Where each of some statements holds, found once, so that they can be ranked in one order after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truths {
    statements: usize,
    /// For each state its words, statement `64·w + b` being bit `b` of word `w`.
    words: Vec<u64>,
    states: usize,
}

/// Space for rankings, used again and again.
#[derive(Clone, Debug, Default)]
pub struct Scratch(Vec<(u32, u64, u32)>);

impl Truths {
    /// Where the statements hold among vectors with these codes. `O(states × length of the statements)`.
    #[must_use]
    pub fn new(codes: impl Iterator<Item = u64>, statements: &[Formula]) -> Truths {
        let mut truths = Truths { statements: statements.len(), words: Vec::new(), states: 0 };
        for code in codes {
            truths.states += 1;
            truths.words.extend(statements.chunks(64).map(|chunk| {
                chunk.iter().zip(0..).fold(0, |word, (entry, bit)| word | u64::from(entry.holds(code.into())) << bit)
            }));
        }
        truths
    }

    /// How many statements there are.
    #[must_use]
    pub fn statements(&self) -> usize {
        self.statements
    }

    /// The ranks of the states where the statements stand in this order, the most important first; those that are left out do not
    /// count, and places beyond the last statement are ignored. `O(states × (log states + statements / 8))`.
    #[must_use]
    pub fn ranks(&self, order: &[usize], scratch: &mut Scratch) -> Ranks {
        let wide = self.statements.div_ceil(64);
        let mut ranks = vec![0u32; self.states];
        let order: Vec<usize> = order.iter().copied().filter(|place| *place < self.statements).collect();
        let space = &mut scratch.0;
        for chunk in order.chunks(64) {
            let part = |word: usize| {
                let placed = chunk.iter().zip((0..64).rev()).filter(|(place, _)| **place / 64 == word);
                Gather::to(&placed.map(|(place, bit)| ((place % 64) as u32, bit)).collect::<Vec<_>>())
            };
            let gathers: Vec<Gather> = (0..wide).map(part).collect();
            space.clear();
            space.extend(self.words.chunks(wide).zip(&ranks).zip(0..).map(|((words, rank), state)| {
                let key = words.iter().zip(&gathers).fold(0, |key, (word, gather)| key | gather.of(*word));
                (*rank, key, state)
            }));
            space.sort_unstable();
            let (mut rank, mut before) = (0, None);
            for (old, key, state) in space.iter() {
                rank += u32::from(before.is_some_and(|before| before != (*old, *key)));
                before = Some((*old, *key));
                ranks[*state as usize] = rank;
            }
        }
        Ranks::dense(ranks)
    }
}

/// In how many states a statement holds, and prints by which equal columns are found; what they find is verified.
#[derive(Clone, Copy, Default)]
struct Column {
    holds: usize,
    print: u64,
    opposite: u64,
}

impl Column {
    fn add(&mut self, code: u64, holds: bool) {
        let mixed = (code ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 29).wrapping_mul(0x94d0_49bb_1331_11eb);
        self.holds += usize::from(holds);
        let print = if holds { &mut self.print } else { &mut self.opposite };
        *print = print.wrapping_add(mixed ^ mixed >> 32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(option: usize) -> Formula {
        Formula::Option(option)
    }

    fn not(formula: Formula) -> Formula {
        Formula::Not(formula.into())
    }

    fn ranks(options: u32, statements: &[Formula]) -> Vec<u32> {
        prioritise(|| 0..1 << options, statements).ranks.as_slice().to_vec()
    }

    #[test]
    fn the_first_statement_that_separates_decides() {
        assert_eq!(ranks(2, &[option(1), not(option(0))]), [1, 0, 3, 2]);
    }

    #[test]
    fn if_is_implication_and_iff_equivalence() {
        let implies = Formula::Implies(option(1).into(), option(0).into());
        assert_eq!(ranks(2, &[implies]), [1, 1, 0, 1]);
        assert_eq!(ranks(2, &[Formula::Iff(option(0).into(), option(1).into())]), [1, 0, 0, 1]);
    }

    #[test]
    fn any_number_of_statements_can_be_compared() {
        for count in [2, 55, 64, 65, 128, 1000] {
            let mut statements = vec![not(option(0)); count];
            statements[0] = option(0);
            assert_eq!(ranks(1, &statements), [0, 1], "{count} statements");
        }
    }

    #[test]
    fn the_order_is_that_of_the_exact_sums() {
        let statements: Vec<Formula> =
            (0..100).map(|k| Formula::Any(vec![option(k % 5), not(option((k * 7 + 3) % 5))])).collect();
        let sums: Vec<num_bigint::BigUint> = (0..32u64)
            .map(|code| {
                (0..100)
                    .filter(|k| statements[*k].holds(code.into()))
                    .map(|k| num_bigint::BigUint::from(1u8) << (99 - k))
                    .sum()
            })
            .collect();
        assert_eq!(ranks(5, &statements), Ranks::of_values(&sums).as_slice());
    }

    #[test]
    fn one_order_after_another_is_ranked_as_if_it_were_the_first() {
        let statements: Vec<Formula> =
            (0..150).map(|k| Formula::Any(vec![option(k % 7), not(option((k * 5 + 2) % 7))])).collect();
        let truths = Truths::new(0..128, &statements);
        let mut scratch = Scratch::default();
        let orders: [Vec<usize>; 5] = [
            (0..150).collect(),
            (0..150).rev().collect(),
            (0..150).map(|k| k * 7 % 150).collect(),
            vec![149, 3, 70, 64, 63],
            vec![],
        ];
        for order in &orders {
            let ordered: Vec<Formula> = order.iter().map(|place| statements[*place].clone()).collect();
            assert_eq!(truths.ranks(order, &mut scratch), prioritise(|| 0..128, &ordered).ranks, "{order:?}");
        }
    }

    #[test]
    fn statements_that_separate_nothing_are_noted() {
        let statements = [
            option(0),
            Formula::Any(vec![option(1), not(option(1))]),
            Formula::Any(vec![]),
            not(option(0)),
            Formula::All(vec![option(0)]),
            option(1),
            Formula::All(vec![option(0), option(1)]),
        ];
        let notes = prioritise(|| 0..4, &statements).notes;
        assert_eq!(
            notes,
            [
                Note::HoldsInAll(1),
                Note::HoldsInNone(2),
                Note::OppositeOf(3, 0),
                Note::SameAs(4, 0),
                Note::DecidesNothing(6)
            ]
        );
    }
}
