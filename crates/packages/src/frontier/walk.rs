//! The packages behind a point, one by one.

use std::collections::BTreeMap;

use super::Trail;
use crate::number::Whole;
use crate::problem::Package;

/// The packages that have the worth of a point, in canonical order.
#[derive(Clone, Debug)]
pub struct Packages {
    /// For each issue of the case, its place in the order of work.
    place_of: Vec<usize>,
    /// For each place in the order of work the labels after it that lead to the point, each with the ways into it.
    layers: Vec<Vec<Vec<Way>>>,
    /// The options chosen for the first issues of the case, and for each the later ones still to be tried.
    chosen: Package,
    waiting: Vec<Vec<u16>>,
    state: Turn,
}

#[derive(Clone, Copy, Debug)]
enum Turn {
    First,
    Next,
    Done,
}

/// A way into a label: an option, and the label before it by its place in the layer before.
#[derive(Clone, Copy, Debug)]
struct Way {
    option: u16,
    from: usize,
}

impl Packages {
    pub(super) fn new<W: Whole>(trail: &Trail<W>, point: usize) -> Self {
        let mut place_of = vec![0; trail.order.len()];
        trail.order.iter().enumerate().for_each(|(place, &issue)| place_of[issue] = place);
        let exists = trail.layers.last().is_some_and(|last| last.first().is_some_and(|labels| point < labels.len()));
        let state = if exists { Turn::First } else { Turn::Done };
        let mut layers = Vec::with_capacity(trail.order.len());
        let mut nodes = if exists { vec![(0, point)] } else { Vec::new() };
        for (place, &issue) in trail.order.iter().enumerate().rev() {
            let mut before: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            let mut layer = Vec::with_capacity(nodes.len());
            for (standing, label) in nodes {
                let sum = trail.layers[place + 1][standing].row(label);
                let mut ways = Vec::new();
                for step in &trail.steps[place][standing] {
                    let value = trail.value(issue, step);
                    let standing = step.from as usize;
                    if let Some(label) = trail.layers[place][standing].before(sum, &value) {
                        let next = before.len();
                        let from = *before.entry((standing, label)).or_insert(next);
                        ways.push(Way { option: step.option, from });
                    }
                }
                layer.push(ways);
            }
            let mut named: Vec<((usize, usize), usize)> = before.into_iter().collect();
            named.sort_unstable_by_key(|&(_, name)| name);
            nodes = named.into_iter().map(|(node, _)| node).collect();
            layers.push(layer);
        }
        layers.reverse();
        Packages { place_of, layers, chosen: Vec::new(), waiting: Vec::new(), state }
    }

    /// The options of the next issue of the case with which the chosen ones can be completed, the last first.
    fn open_options(&self) -> Vec<u16> {
        let mut fixed = vec![None; self.layers.len()];
        self.chosen.iter().zip(&self.place_of).for_each(|(&option, &place)| fixed[place] = Some(option));
        let passes = |place: usize, way: &Way| fixed[place].is_none_or(|option| option == way.option);

        // Which labels the start leads to with the chosen options, from the first place of the work to the last.
        let mut started: Vec<Vec<bool>> = Vec::with_capacity(self.layers.len());
        for (place, layer) in self.layers.iter().enumerate() {
            let before = |from: usize| place.checked_sub(1).is_none_or(|earlier| started[earlier][from]);
            let reached = |ways: &Vec<Way>| ways.iter().any(|way| passes(place, way) && before(way.from));
            let reached = layer.iter().map(reached).collect();
            started.push(reached);
        }
        // Which of them lead to the point, from the last place to that of the issue.
        let target = self.place_of[self.chosen.len()];
        let mut wanted = vec![true];
        for place in (target + 1..self.layers.len()).rev() {
            let mut earlier = vec![false; self.layers[place - 1].len()];
            for (ways, _) in self.layers[place].iter().zip(&wanted).filter(|(_, wanted)| **wanted) {
                ways.iter()
                    .filter(|way| passes(place, way) && started[place - 1][way.from])
                    .for_each(|way| earlier[way.from] = true);
            }
            wanted = earlier;
        }
        let before = |from: usize| target.checked_sub(1).is_none_or(|earlier| started[earlier][from]);
        let ways = self.layers[target].iter().zip(&wanted).filter(|(_, wanted)| **wanted).flat_map(|(ways, _)| ways);
        let mut options: Vec<u16> = ways.filter(|way| before(way.from)).map(|way| way.option).collect();
        options.sort_unstable_by(|a, b| b.cmp(a));
        options.dedup();
        options
    }

    /// Completes the chosen options with the first that fit.
    fn descend(&mut self) {
        while self.chosen.len() < self.place_of.len() {
            let mut options = self.open_options();
            let Some(first) = options.pop() else {
                return;
            };
            self.chosen.push(first);
            self.waiting.push(options);
        }
    }
}

impl Iterator for Packages {
    type Item = Package;

    fn next(&mut self) -> Option<Package> {
        match self.state {
            Turn::Done => return None,
            Turn::First => self.state = Turn::Next,
            Turn::Next => loop {
                // Back to the last issue that has another option to try.
                let Some(waiting) = self.waiting.last_mut() else {
                    self.state = Turn::Done;
                    return None;
                };
                self.chosen.pop();
                if let Some(option) = waiting.pop() {
                    self.chosen.push(option);
                    break;
                }
                self.waiting.pop();
            },
        }
        self.descend();
        Some(self.chosen.clone())
    }
}
