//! What the rest of a package can add, exactly, for each way in which the rules can stand: for problems whose rules stand in few.

use std::collections::BTreeMap;

use super::bound::Rest;
use crate::number::Number;
use crate::problem::Problem;

/// For each place in an order of issues, and each way the rules can stand there.
pub(super) struct Table<W> {
    /// For each option of the issue, how the rules stand after it; `None` if one can no longer be met.
    next: Vec<Vec<Vec<Option<usize>>>>,
    /// The most that can be added by rests of packages that meet the rules; `None` if there is no such rest.
    rests: Vec<Vec<Option<Rest<W>>>>,
}

/// A rule along an order of issues.
struct Along {
    at_least: usize,
    at_most: usize,
    /// For each place, how many literals hold with each option of the issue there; empty where the rule does not speak of it.
    counts: Vec<Vec<usize>>,
    /// The most literals that can hold from each place on.
    most: Vec<usize>,
    last: Option<usize>,
}

/// A rule that is met whatever comes.
const MET: usize = usize::MAX;

impl<W: Number> Table<W> {
    /// `None` if the rules can stand in more ways than that.
    pub(super) fn new(
        problem: &Problem<W>,
        order: &[usize],
        add: impl Fn(&[W], &Rest<W>) -> Rest<W>,
        nothing: &Rest<W>,
        limit: usize,
    ) -> Option<Self> {
        let rules: Vec<Along> = (0..problem.rules().len()).map(|rule| Along::new(problem, order, rule)).collect();
        let impossible = rules.iter().any(|rule| rule.last.is_none() && rule.at_least > 0);
        let start: Vec<usize> = vec![0; rules.len()];
        let mut layer: Vec<Vec<usize>> = if impossible { Vec::new() } else { vec![start] };
        let (mut next, mut ways) = (Vec::with_capacity(order.len()), 0);
        for (place, issue) in order.iter().enumerate() {
            let mut places: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
            let mut after = Vec::new();
            let mut steps = Vec::with_capacity(layer.len());
            for standing in &layer {
                let mut step = vec![None; problem.options(*issue)];
                for option in problem.allowed(*issue) {
                    step[option] = advanced(&rules, standing, place, option).map(|standing| {
                        *places.entry(standing).or_insert_with_key(|standing| {
                            after.push(standing.clone());
                            after.len() - 1
                        })
                    });
                }
                steps.push(step);
            }
            ways += after.len();
            if ways > limit {
                return None;
            }
            next.push(steps);
            layer = after;
        }
        let mut rests: Vec<Vec<Option<Rest<W>>>> = vec![vec![Some(nothing.clone()); layer.len()]];
        for (issue, steps) in order.iter().zip(&next).rev() {
            let after = rests.last()?;
            let rest = |step: &Vec<Option<usize>>| {
                let options = step
                    .iter()
                    .enumerate()
                    .filter_map(|(option, after_it)| Some((option, after[(*after_it)?].as_ref()?)));
                options.map(|(option, rest)| add(problem.value(*issue, option), rest)).reduce(Rest::most)
            };
            let before = steps.iter().map(rest).collect();
            rests.push(before);
        }
        rests.reverse();
        Some(Table { next, rests })
    }

    /// The most that can be added from a place on; `None` if nothing can.
    pub(super) fn rest(&self, place: usize, standing: usize) -> Option<&Rest<W>> {
        self.rests[place].get(standing)?.as_ref()
    }

    /// How the rules stand after an option of the issue at a place.
    pub(super) fn after(&self, place: usize, standing: usize, option: usize) -> Option<usize> {
        self.next[place][standing][option]
    }
}

impl Along {
    fn new<W: Number>(problem: &Problem<W>, order: &[usize], rule: usize) -> Along {
        let rule = &problem.rules()[rule];
        let mut counts: Vec<Vec<usize>> = vec![Vec::new(); order.len()];
        for literal in &rule.literals {
            let Some(place) = order.iter().position(|issue| *issue == literal.issue) else { continue };
            counts[place].resize(literal.holds.len(), 0);
            counts[place].iter_mut().zip(&literal.holds).for_each(|(count, holds)| *count += usize::from(*holds));
        }
        let mut most = vec![0; order.len() + 1];
        for place in (0..order.len()).rev() {
            most[place] = most[place + 1] + counts[place].iter().max().unwrap_or(&0);
        }
        let last = counts.iter().rposition(|counts| !counts.is_empty());
        Along { at_least: rule.at_least, at_most: rule.at_most, counts, most, last }
    }
}

fn advanced(rules: &[Along], standing: &[usize], place: usize, option: usize) -> Option<Vec<usize>> {
    let mut after = standing.to_vec();
    for (rule, standing) in rules.iter().zip(&mut after) {
        let Some(more) = rule.counts[place].get(option) else { continue };
        if *standing != MET {
            *standing += more;
            let most = *standing + rule.most[place + 1];
            if *standing > rule.at_most || most < rule.at_least {
                return None;
            }
            if *standing >= rule.at_least && most <= rule.at_most {
                *standing = MET;
            }
        }
        if rule.last == Some(place) {
            // Within its bounds, and nothing more to come: all that met it stand the same.
            *standing = 0;
        }
    }
    Some(after)
}
