//! An expression as counting rules that must all hold.

use super::Expression;

/// Most rules, and most literals in them, that an expression may come apart into.
pub const MOST_CLAUSES: usize = 4096;

/// An atom or its opposite.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Literal<A> {
    /// The atom.
    pub atom: A,
    /// Whether it is the opposite that counts.
    pub negated: bool,
}

/// Of these literals, at least so many and at most so many hold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Counting<A> {
    /// The least number that hold.
    pub at_least: usize,
    /// The greatest number that hold.
    pub at_most: usize,
    /// The literals; one that stands twice counts twice.
    pub literals: Vec<Literal<A>>,
}

/// An expression comes apart into more than [`MOST_CLAUSES`] rules, or is too costly to take apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

impl std::fmt::Display for TooLarge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "this rule comes apart into more than {MOST_CLAUSES} simple ones")
    }
}

impl std::error::Error for TooLarge {}

impl<A> Counting<A> {
    /// Whether it holds where `holds` says which atoms do.
    pub fn evaluate(&self, holds: &impl Fn(&A) -> bool) -> bool {
        let count = self.literals.iter().filter(|literal| holds(&literal.atom) != literal.negated).count();
        (self.at_least..=self.at_most).contains(&count)
    }
}

/// A disjunction, its literals in order and without repetition.
type Clause<A> = Vec<Literal<A>>;

impl<A: Clone + Ord> Expression<A> {
    /// The expression as rules that all hold: `a and b implies c` is "at least 1 of not a, not b, c". Counts stay counts where they can;
    /// otherwise they, and alternatives of several rules, are multiplied out. Rules that always hold are left out.
    ///
    /// Cost: bounded by [`MOST_CLAUSES`].
    ///
    /// # Errors
    /// [`TooLarge`] if the rules, or the work to find them, would be too many.
    pub fn clauses(&self) -> Result<Vec<Counting<A>>, TooLarge> {
        let mut budget = Budget { left: 64 * MOST_CLAUSES };
        let mut rules = Vec::new();
        split(self, true, &mut rules, &mut budget)?;
        let literals: usize = rules.iter().map(|rule| rule.literals.len()).sum();
        if rules.len() > MOST_CLAUSES || literals > 16 * MOST_CLAUSES { Err(TooLarge) } else { Ok(rules) }
    }
}

/// Literals that may still be written.
struct Budget {
    left: usize,
}

impl Budget {
    fn spend(&mut self, amount: usize) -> Result<(), TooLarge> {
        self.left = self.left.checked_sub(amount).ok_or(TooLarge)?;
        Ok(())
    }
}

/// Adds the rules of an expression, or of its opposite.
fn split<A: Clone + Ord>(
    expression: &Expression<A>,
    holds: bool,
    rules: &mut Vec<Counting<A>>,
    budget: &mut Budget,
) -> Result<(), TooLarge> {
    budget.spend(1)?;
    match (expression, holds) {
        (Expression::Not(entry), _) => split(entry, !holds, rules, budget),
        (Expression::All(entries), true) | (Expression::Any(entries), false) => {
            entries.iter().try_for_each(|entry| split(entry, holds, rules, budget))
        }
        (Expression::Implies(first, second), false) => {
            split(first, true, rules, budget)?;
            split(second, false, rules, budget)
        }
        (Expression::Count { at_least, at_most, of }, _) if of.iter().all(is_literal) => {
            let (at_least, at_most, of) = (*at_least, *at_most, of.as_slice());
            match bounds(at_least, at_most, of.len(), holds) {
                Some((least, most)) => {
                    budget.spend(of.len())?;
                    if least > 0 || most < of.len() {
                        let literals = of.iter().filter_map(literal).collect();
                        rules.push(Counting { at_least: least, at_most: most, literals });
                    }
                    Ok(())
                }
                None => multiplied_out(expression, holds, rules, budget),
            }
        }
        _ => multiplied_out(expression, holds, rules, budget),
    }
}

/// The bounds of a count, or those of its opposite where that is one count: fewer, or more, but not either of both.
fn bounds(at_least: usize, at_most: usize, entries: usize, holds: bool) -> Option<(usize, usize)> {
    match (holds, at_least, at_most) {
        (true, ..) => Some((at_least, at_most)),
        (false, 0, most) => Some((most + 1, entries)),
        (false, least, most) if most >= entries => Some((0, least - 1)),
        _ => None,
    }
}

fn is_literal<A>(expression: &Expression<A>) -> bool {
    match expression {
        Expression::Atom(_) => true,
        Expression::Not(entry) => is_literal(entry),
        _ => false,
    }
}

fn literal<A: Clone>(expression: &Expression<A>) -> Option<Literal<A>> {
    match expression {
        Expression::Atom(atom) => Some(Literal { atom: atom.clone(), negated: false }),
        Expression::Not(entry) => literal(entry).map(|Literal { atom, negated }| Literal { atom, negated: !negated }),
        _ => None,
    }
}

fn multiplied_out<A: Clone + Ord>(
    expression: &Expression<A>,
    holds: bool,
    rules: &mut Vec<Counting<A>>,
    budget: &mut Budget,
) -> Result<(), TooLarge> {
    let clauses = conjunctive(expression, holds, budget)?;
    rules.extend(clauses.into_iter().map(|literals| Counting { at_least: 1, at_most: literals.len(), literals }));
    Ok(())
}

/// The conjunctive normal form of an expression, or of its opposite.
fn conjunctive<A: Clone + Ord>(
    expression: &Expression<A>,
    holds: bool,
    budget: &mut Budget,
) -> Result<Vec<Clause<A>>, TooLarge> {
    budget.spend(1)?;
    match (expression, holds) {
        (Expression::Atom(atom), _) => Ok(vec![vec![Literal { atom: atom.clone(), negated: !holds }]]),
        (Expression::Not(entry), _) => conjunctive(entry, !holds, budget),
        (Expression::All(entries), true) | (Expression::Any(entries), false) => {
            let parts = entries.iter().map(|entry| conjunctive(entry, holds, budget));
            Ok(parts.collect::<Result<Vec<_>, _>>()?.concat())
        }
        (Expression::All(entries), false) | (Expression::Any(entries), true) => {
            let parts: Vec<_> = entries.iter().map(|entry| (entry, holds)).collect();
            alternatives(&parts, budget)
        }
        (Expression::Implies(first, second), true) => alternatives(&[(first, false), (second, true)], budget),
        (Expression::Implies(first, second), false) => {
            let mut clauses = conjunctive(first, true, budget)?;
            clauses.extend(conjunctive(second, false, budget)?);
            Ok(clauses)
        }
        (Expression::Iff(first, second), _) => {
            let mut clauses = alternatives(&[(first, false), (second, holds)], budget)?;
            clauses.extend(alternatives(&[(first, true), (second, !holds)], budget)?);
            Ok(clauses)
        }
        (Expression::Count { at_least, at_most, of }, true) => {
            let mut clauses = at_least_of(*at_least, of, true, budget)?;
            clauses.extend(at_least_of(of.len().saturating_sub(*at_most), of, false, budget)?);
            Ok(clauses)
        }
        (Expression::Count { at_least, at_most, of }, false) => {
            // Fewer than the least, or more than the most; what cannot be is the clause of nothing.
            let fewer = match at_least.checked_sub(1) {
                Some(most) => at_least_of(of.len().saturating_sub(most), of, false, budget)?,
                None => vec![Vec::new()],
            };
            let more = if *at_most < of.len() { at_least_of(at_most + 1, of, true, budget)? } else { vec![Vec::new()] };
            either(&fewer, &more, budget)
        }
    }
}

/// At least one of some expressions, each as it is or its opposite.
fn alternatives<A: Clone + Ord>(
    parts: &[(&Expression<A>, bool)],
    budget: &mut Budget,
) -> Result<Vec<Clause<A>>, TooLarge> {
    let mut clauses = vec![Vec::new()];
    for (part, holds) in parts {
        let next = conjunctive(part, *holds, budget)?;
        clauses = either(&clauses, &next, budget)?;
    }
    Ok(clauses)
}

/// One of two conjunctions: every clause of the one with every clause of the other. Clauses that always hold are left out.
fn either<A: Clone + Ord>(
    first: &[Clause<A>],
    second: &[Clause<A>],
    budget: &mut Budget,
) -> Result<Vec<Clause<A>>, TooLarge> {
    let mut clauses = Vec::new();
    for a in first {
        for b in second {
            budget.spend(1 + a.len() + b.len())?;
            let mut clause = [a.as_slice(), b.as_slice()].concat();
            clause.sort_unstable();
            clause.dedup();
            if !clause.windows(2).any(|pair| pair[0].atom == pair[1].atom) {
                clauses.push(clause);
            }
        }
    }
    Ok(clauses)
}

/// At least so many of the entries hold (or their opposites do): of every `entries − least + 1` of them, one.
fn at_least_of<A: Clone + Ord>(
    least: usize,
    of: &[Expression<A>],
    holds: bool,
    budget: &mut Budget,
) -> Result<Vec<Clause<A>>, TooLarge> {
    if least == 0 {
        return Ok(Vec::new());
    }
    let Some(size) = (of.len() + 1).checked_sub(least).filter(|size| *size > 0) else { return Ok(vec![Vec::new()]) };
    let mut clauses = Vec::new();
    let mut chosen: Vec<usize> = (0..size).collect();
    loop {
        let parts: Vec<_> = chosen.iter().map(|place| (&of[*place], holds)).collect();
        clauses.extend(alternatives(&parts, budget)?);
        // The next choice in lexicographic order.
        let Some(at) = (0..size).rev().find(|at| chosen[*at] < of.len() - size + at) else { return Ok(clauses) };
        chosen[at] += 1;
        for next in at + 1..size {
            chosen[next] = chosen[next - 1] + 1;
        }
    }
}
