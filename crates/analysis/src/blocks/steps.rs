//! How many steps of each side would unblock, and whether both must move.

use detente_case::issue::OptionPlace;

use super::conflict::MOST_NODES;
use super::search::{Component, Decided, Tally};

/// Steps of each principal, with a package that they open.
pub(super) type Move = (Vec<u32>, Vec<OptionPlace>);

struct Steps {
    sides: usize,
    found: Vec<Move>,
}

impl Tally for Steps {
    type Label = Vec<u32>;

    fn start(&self) -> Vec<u32> {
        vec![0; self.sides]
    }

    fn add(&self, label: &mut Vec<u32>, decided: &Decided) -> bool {
        match *decided {
            Decided::Side { side, steps: Some(steps), .. } => {
                label[side] += steps;
                true
            }
            Decided::Side { steps: None, .. } | Decided::Broken { .. } => false,
        }
    }

    fn is_hopeless(&self, label: &Vec<u32>) -> bool {
        self.found.iter().any(|(steps, _)| is_no_more(steps, label))
    }

    fn take(&mut self, label: Vec<u32>, package: &[OptionPlace]) {
        self.found.retain(|(steps, _)| !is_no_more(&label, steps));
        self.found.push((label, package.to_vec()));
    }
}

fn is_no_more(a: &[u32], b: &[u32]) -> bool {
    a.iter().zip(b).all(|(a, b)| a <= b)
}

/// The minimal steps of all sides after which a group of issues has a package, with one such package each, in order; and whether
/// the search was complete. Empty if a side has ruled out every option of an issue.
pub(super) fn steps(component: &Component<'_>, sides: usize) -> (Vec<Move>, bool) {
    let mut tally = Steps { sides, found: Vec::new() };
    let complete = component.search(&mut tally, MOST_NODES);
    tally.found.sort_by(|a, b| a.0.cmp(&b.0));
    (tally.found, complete)
}

/// The staircase of sums: minimal steps over several groups together.
///
/// Cost: the number of pairs of the two staircases, for each group in turn.
pub(super) fn jointly(
    groups: &[Vec<Move>],
    merge: impl Fn(&[OptionPlace], &[OptionPlace], usize) -> Vec<OptionPlace>,
) -> Vec<Move> {
    let mut groups = groups.iter().enumerate();
    let Some((_, first)) = groups.next() else { return Vec::new() };
    let mut joint = first.clone();
    for (number, group) in groups {
        let mut sums: Vec<Move> = Vec::with_capacity(joint.len() * group.len());
        for (steps, package) in &joint {
            for (more, other) in group {
                let sum = steps.iter().zip(more).map(|(a, b)| a + b).collect();
                sums.push((sum, merge(package, other, number)));
            }
        }
        sums.sort();
        joint = Vec::new();
        for candidate in sums {
            if !joint.iter().any(|(steps, _)| is_no_more(steps, &candidate.0)) {
                joint.push(candidate);
            }
        }
    }
    joint
}

struct Reach<'a> {
    movers: &'a dyn Fn(usize) -> bool,
    least: Option<u32>,
}

impl Tally for Reach<'_> {
    type Label = u32;

    fn start(&self) -> u32 {
        0
    }

    fn add(&self, label: &mut u32, decided: &Decided) -> bool {
        match *decided {
            Decided::Side { violated: false, .. } => true,
            Decided::Side { side, beyond_tabled: Some(beyond), .. } if (self.movers)(side) => {
                *label = (*label).max(beyond);
                true
            }
            Decided::Side { .. } | Decided::Broken { .. } => false,
        }
    }

    fn is_hopeless(&self, label: &u32) -> bool {
        self.least.is_some_and(|least| *label >= least)
    }

    fn take(&mut self, label: u32, _: &[OptionPlace]) {
        self.least = Some(label);
    }
}

/// The least number of steps beyond what they have themselves tabled to which some sides must go, on any issue, for a group of
/// issues to have a package; none if they cannot open one.
pub(super) fn least_reach(component: &Component<'_>, movers: &dyn Fn(usize) -> bool) -> Option<u32> {
    let mut tally = Reach { movers, least: None };
    component.search(&mut tally, MOST_NODES);
    tally.least
}
