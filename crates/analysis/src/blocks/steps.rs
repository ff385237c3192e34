//! How many steps of each side would unblock, and whether both must move.

use detente_case::issue::OptionPlace;

use super::conflict::MOST_NODES;
use super::search::{Component, Decided, Tally};

/// Steps of each principal, with a package that they open. Of several packages the one whose steps are split most evenly on each
/// group of issues stands for all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Move {
    /// One number a principal.
    pub(super) steps: Vec<u32>,
    /// How unevenly they are split: the squares of the differences between the most and the least, summed over groups of issues.
    uneven: u32,
    /// What they open.
    pub(super) package: Vec<OptionPlace>,
}

impl Move {
    fn new(steps: Vec<u32>, package: Vec<OptionPlace>) -> Self {
        let most = steps.iter().max().copied().unwrap_or_default();
        let least = steps.iter().min().copied().unwrap_or_default();
        Move { uneven: (most - least).pow(2), steps, package }
    }
}

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
        self.found.iter().any(|found| is_no_more(&found.steps, label))
    }

    fn take(&mut self, label: Vec<u32>, package: &[OptionPlace]) {
        self.found.retain(|found| !is_no_more(&label, &found.steps));
        self.found.push(Move::new(label, package.to_vec()));
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
    tally.found.sort();
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
        for so_far in &joint {
            for more in group {
                sums.push(Move {
                    steps: so_far.steps.iter().zip(&more.steps).map(|(a, b)| a + b).collect(),
                    uneven: so_far.uneven + more.uneven,
                    package: merge(&so_far.package, &more.package, number),
                });
            }
        }
        sums.sort();
        joint = Vec::new();
        for candidate in sums {
            if !joint.iter().any(|kept| is_no_more(&kept.steps, &candidate.steps)) {
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
