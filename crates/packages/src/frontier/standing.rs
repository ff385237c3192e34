//! How rules and terms stand with a part of a package: what is needed to decide those that are still open.

use std::collections::BTreeMap;

use super::Step;
use crate::number::Whole;
use crate::problem::Problem;
use crate::rule::Rule;
use crate::term::Term;

/// For each rule how many of its literals hold so far, then for each term zero, or [`DECIDED`].
pub(super) type Standing = Vec<usize>;

/// A rule that holds however the rest is chosen; a term that is counted already, or cannot be any more.
const DECIDED: usize = usize::MAX;

/// How standings change with the options of the issues, in the order of work.
#[derive(Debug)]
pub(super) struct Standings<'a> {
    rules: &'a [Rule],
    stages: Vec<Stage>,
    start: Option<Standing>,
    /// Sets of terms that are counted together, by their places; the first is empty.
    counted: BTreeMap<Vec<usize>, u32>,
}

/// What one issue does to the rules.
#[derive(Debug)]
struct Stage {
    options: Vec<u16>,
    touched: Vec<Touch>,
    terms: Vec<TermTouch>,
}

/// What one issue does to one rule.
#[derive(Debug)]
struct Touch {
    rule: usize,
    /// For each allowed option, how many literals hold with it.
    hits: Vec<usize>,
    /// The fewest and the most literals that hold with issues after this one.
    later: (usize, usize),
}

/// What one issue does to one term.
#[derive(Debug)]
struct TermTouch {
    term: usize,
    /// For each allowed option, whether every literal on this issue holds with it.
    holds: Vec<bool>,
    /// Whether no issue after this one is spoken of.
    last: bool,
}

impl<'a> Standings<'a> {
    /// Terms without a literal are for the caller to count.
    pub(super) fn new<W: Whole>(problem: &'a Problem<W>, terms: &[Term<W>], order: &[usize]) -> Self {
        let rules = problem.rules();
        let mut speaking = vec![BTreeMap::new(); problem.issues()];
        for (place, rule) in rules.iter().enumerate() {
            for literal in &rule.literals {
                let hits =
                    speaking[literal.issue].entry(place).or_insert_with(|| vec![0; problem.options(literal.issue)]);
                hits.iter_mut().zip(&literal.holds).for_each(|(hits, holds)| *hits += usize::from(*holds));
            }
        }
        let mut terms_of = vec![Vec::new(); problem.issues()];
        for (place, term) in terms.iter().enumerate() {
            term.issues().into_iter().for_each(|issue| terms_of[issue].push(place));
        }
        let mut later = vec![(0, 0); rules.len()];
        let mut closed = vec![false; terms.len()];
        let mut stages: Vec<Stage> = Vec::with_capacity(order.len());
        for &issue in order.iter().rev() {
            let options: Vec<u16> = problem.allowed(issue).filter_map(|option| u16::try_from(option).ok()).collect();
            let touch = |(&rule, all): (&usize, &Vec<usize>)| {
                let hits: Vec<usize> = options.iter().map(|&option| all[usize::from(option)]).collect();
                let touch = Touch { rule, hits, later: later[rule] };
                later[rule].0 += touch.hits.iter().min().unwrap_or(&0);
                later[rule].1 += touch.hits.iter().max().unwrap_or(&0);
                touch
            };
            let touched = speaking[issue].iter().map(touch).collect();
            let term_touch = |&term: &usize| {
                let here = || terms[term].when.iter().filter(|literal| literal.issue == issue);
                let holds =
                    options.iter().map(|&option| here().all(|literal| literal.holds[usize::from(option)])).collect();
                TermTouch { term, holds, last: !std::mem::replace(&mut closed[term], true) }
            };
            let terms = terms_of[issue].iter().map(term_touch).collect();
            stages.push(Stage { options, touched, terms });
        }
        stages.reverse();
        let rules_start = rules.iter().zip(later).map(|(rule, later)| settle(rule, 0, later));
        let terms_start = terms.iter().map(|term| Some(if term.when.is_empty() { DECIDED } else { 0 }));
        let start = rules_start.chain(terms_start).collect();
        Standings { rules, stages, start, counted: [(Vec::new(), 0)].into() }
    }

    /// The standing of the empty part, unless a rule is broken already.
    pub(super) fn start(&self) -> Option<Standing> {
        self.start.clone()
    }

    /// The standings after an issue, in order, each with the ways into it from the standings before.
    ///
    /// # Errors
    /// How many standings there are at least, if they or the ways into them are more than the most allowed.
    pub(super) fn advance(
        &mut self,
        before: &[Standing],
        place: usize,
        most: usize,
        most_steps: usize,
    ) -> Result<BTreeMap<Standing, Vec<Step>>, usize> {
        let stage = &self.stages[place];
        let mut ways: BTreeMap<Standing, Vec<Step>> = BTreeMap::new();
        let mut steps = 0;
        for (from, standing) in (0..).zip(before) {
            for (choice, &option) in stage.options.iter().enumerate() {
                if let Some((after, terms)) = after(self.rules, standing, stage, choice) {
                    let next = u32::try_from(self.counted.len()).unwrap_or(u32::MAX);
                    let counted = *self.counted.entry(terms).or_insert(next);
                    ways.entry(after).or_default().push(Step { from, option, counted });
                    steps += 1;
                }
            }
            if steps > most_steps || ways.len() > most.max(1) {
                return Err(ways.len());
            }
        }
        Ok(ways)
    }

    /// The terms that are decided with the issue at a place in the order of work.
    pub(super) fn closing(&self, place: usize) -> impl Iterator<Item = usize> {
        self.stages[place].terms.iter().filter(|touch| touch.last).map(|touch| touch.term)
    }

    /// The sets of terms that steps count, each at its [`Step::counted`].
    pub(super) fn counted(&self) -> Vec<&[usize]> {
        let mut sets: Vec<(&Vec<usize>, &u32)> = self.counted.iter().collect();
        sets.sort_unstable_by_key(|(_, place)| **place);
        sets.into_iter().map(|(set, _)| set.as_slice()).collect()
    }
}

/// The standing after an option, unless it breaks a rule, and the terms that are met with it.
fn after(rules: &[Rule], standing: &Standing, stage: &Stage, choice: usize) -> Option<(Standing, Vec<usize>)> {
    let mut after = standing.clone();
    for touch in stage.touched.iter().filter(|touch| standing[touch.rule] != DECIDED) {
        after[touch.rule] = settle(&rules[touch.rule], standing[touch.rule] + touch.hits[choice], touch.later)?;
    }
    let mut met = Vec::new();
    for touch in stage.terms.iter().filter(|touch| standing[rules.len() + touch.term] != DECIDED) {
        if !touch.holds[choice] || touch.last {
            after[rules.len() + touch.term] = DECIDED;
        }
        if touch.holds[choice] && touch.last {
            met.push(touch.term);
        }
    }
    Some((after, met))
}

/// The standing of a rule of which `count` literals hold so far and at least `later.0`, at most `later.1` more will; none if it is broken.
fn settle(rule: &Rule, count: usize, later: (usize, usize)) -> Option<usize> {
    let (fewest, most) = (count + later.0, count + later.1);
    if most < rule.at_least || fewest > rule.at_most {
        return None;
    }
    Some(if fewest >= rule.at_least && most <= rule.at_most { DECIDED } else { count })
}
