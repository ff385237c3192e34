//! What each issue counts for a principal.

use detente_case::actor::Actor;
use detente_case::issue::Issue;
use detente_case::{Case, Id};

use super::{Assumption, SCALE, whole};
use crate::ensemble::{Distribution, Draw, Input};

/// The weights of the issues that enter for one principal: by group, and within each group.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    groups: Split,
    /// For each group the places of its issues, and how its weight is split among them.
    within: Vec<(Vec<usize>, Split)>,
    issues: usize,
}

/// How a weight is split.
#[derive(Clone, Copy, Debug)]
enum Split {
    /// There is one part.
    Whole,
    /// By the shares of an input.
    Shares(usize),
}

/// The groups of some issues, in the order in which they first stand, with the places of their issues. An issue without a group is one of its own.
pub(super) fn groups<'c>(case: &'c Case, issues: &[Id<Issue>]) -> Vec<(&'c str, Vec<usize>)> {
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for (place, issue) in issues.iter().enumerate() {
        let issue = &case.issues[*issue];
        let group: &str = if issue.group.is_empty() { &issue.id } else { &issue.group };
        match groups.iter_mut().find(|(name, _)| *name == group) {
            Some((_, places)) => places.push(place),
            None => groups.push((group, vec![place])),
        }
    }
    groups
}

impl Weights {
    /// Equal by group, equal within each; every weighting is admissible.
    pub(super) fn equal(
        case: &Case,
        actor: Id<Actor>,
        issues: &[Id<Issue>],
        inputs: &mut Vec<Input>,
        assumptions: &mut Vec<Assumption>,
    ) -> Self {
        let actor = &case.actors[actor];
        let groups = groups(case, issues);
        let own = format!("weights/{}", actor.id);
        let mut split = |name: String, parts: &[&str]| {
            if parts.len() < 2 {
                return Split::Whole;
            }
            let best = vec![1.0 / parts.len() as f64; parts.len()];
            assumptions.push(Assumption::weights(&name, actor, parts, &best));
            let distribution = Distribution::FlatSimplex { parts: parts.len() };
            inputs.push(Input { group: own.clone(), name, distribution, best });
            Split::Shares(inputs.len() - 1)
        };
        let names: Vec<&str> = groups.iter().map(|(name, _)| *name).collect();
        let by_group = split(own.clone(), &names);
        let within = groups.into_iter().map(|(name, places)| {
            let parts: Vec<&str> = places.iter().map(|place| &*case.issues[issues[*place]].id).collect();
            let split = split(format!("{own}/{name}"), &parts);
            (places, split)
        });
        Weights { groups: by_group, within: within.collect(), issues: issues.len() }
    }

    /// The weight of each issue in a run. They sum to [`SCALE`] exactly.
    pub(super) fn of(&self, draw: &Draw<'_>) -> Vec<i64> {
        let mut weights = vec![0; self.issues];
        let groups = self.groups.of(SCALE, self.within.len(), draw);
        for ((places, split), group) in self.within.iter().zip(groups) {
            for (place, weight) in places.iter().zip(split.of(group, places.len(), draw)) {
                weights[*place] = weight;
            }
        }
        weights
    }
}

impl Split {
    /// The parts of a whole; they sum to it exactly.
    fn of(self, sum: i64, parts: usize, draw: &Draw<'_>) -> Vec<i64> {
        let Split::Shares(input) = self else { return vec![sum] };
        let shares = draw.get(input);
        let all: f64 = shares.iter().sum();
        let mut so_far = 0.0;
        let mut before = 0;
        let mut part = |(place, share): (usize, &f64)| {
            so_far += share;
            let end = if place + 1 == parts { sum } else { super::share(sum, whole((so_far / all).min(1.0))) };
            let part = end - before;
            before = end;
            part
        };
        shares.iter().enumerate().map(&mut part).collect()
    }
}
