//! How the rules stand with a part of a package: what is needed to decide those that are still open.

use std::collections::BTreeMap;

use super::Step;
use crate::number::Whole;
use crate::problem::Problem;
use crate::rule::Rule;

/// For each rule how many of its literals hold so far, or [`MET`].
pub(super) type Standing = Vec<usize>;

/// A rule that holds however the rest is chosen.
const MET: usize = usize::MAX;

/// How standings change with the options of the issues, in the order of work.
#[derive(Debug)]
pub(super) struct Standings<'a> {
    rules: &'a [Rule],
    stages: Vec<Stage>,
    start: Option<Standing>,
}

/// What one issue does to the rules.
#[derive(Debug)]
struct Stage {
    options: Vec<usize>,
    touched: Vec<Touch>,
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

impl<'a> Standings<'a> {
    pub(super) fn new<W: Whole>(problem: &'a Problem<W>, order: &[usize]) -> Self {
        let rules = problem.rules();
        let mut speaking = vec![BTreeMap::new(); problem.issues()];
        for (place, rule) in rules.iter().enumerate() {
            for literal in &rule.literals {
                let hits =
                    speaking[literal.issue].entry(place).or_insert_with(|| vec![0; problem.options(literal.issue)]);
                hits.iter_mut().zip(&literal.holds).for_each(|(hits, holds)| *hits += usize::from(*holds));
            }
        }
        let mut later = vec![(0, 0); rules.len()];
        let mut stages: Vec<Stage> = Vec::with_capacity(order.len());
        for &issue in order.iter().rev() {
            let options: Vec<usize> = problem.allowed(issue).collect();
            let touch = |(&rule, all): (&usize, &Vec<usize>)| {
                let hits: Vec<usize> = options.iter().map(|&option| all[option]).collect();
                let touch = Touch { rule, hits, later: later[rule] };
                later[rule].0 += touch.hits.iter().min().unwrap_or(&0);
                later[rule].1 += touch.hits.iter().max().unwrap_or(&0);
                touch
            };
            let touched = speaking[issue].iter().map(touch).collect();
            stages.push(Stage { options, touched });
        }
        stages.reverse();
        let start = rules.iter().zip(later).map(|(rule, later)| settle(rule, 0, later)).collect();
        Standings { rules, stages, start }
    }

    /// The standing of the empty part, unless a rule is broken already.
    pub(super) fn start(&mut self) -> Option<Standing> {
        self.start.take()
    }

    /// The standings after an issue, and for each the ways into it from the standings before.
    pub(super) fn advance(&self, before: &[Standing], place: usize) -> (Vec<Standing>, Vec<Vec<Step>>) {
        let stage = &self.stages[place];
        let mut ways: BTreeMap<Standing, Vec<Step>> = BTreeMap::new();
        for (from, standing) in before.iter().enumerate() {
            for (choice, &option) in stage.options.iter().enumerate() {
                if let Some(after) = self.after(standing, stage, choice) {
                    ways.entry(after).or_default().push(Step { from, option });
                }
            }
        }
        ways.into_iter().unzip()
    }

    /// The standing after an option, unless it breaks a rule.
    fn after(&self, standing: &Standing, stage: &Stage, choice: usize) -> Option<Standing> {
        let mut after = standing.clone();
        for touch in stage.touched.iter().filter(|touch| standing[touch.rule] != MET) {
            after[touch.rule] =
                settle(&self.rules[touch.rule], standing[touch.rule] + touch.hits[choice], touch.later)?;
        }
        Some(after)
    }
}

/// The standing of a rule of which `count` literals hold so far and at least `later.0`, at most `later.1` more will; none if it is broken.
fn settle(rule: &Rule, count: usize, later: (usize, usize)) -> Option<usize> {
    let (fewest, most) = (count + later.0, count + later.1);
    if most < rule.at_least || fewest > rule.at_most {
        return None;
    }
    Some(if fewest >= rule.at_least && most <= rule.at_most { MET } else { count })
}
