//! What each issue counts for a principal.

use detente_case::actor::Actor;
use detente_case::input::salience::{Salience, Weighed};
use detente_case::issue::Issue;
use detente_case::{Case, Id};

use super::stated::{stated, unstated};
use super::{Assumption, SCALE, whole};
use crate::blocks::Words;
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
#[derive(Clone, Debug)]
enum Split {
    /// There is one part.
    Whole,
    /// By the shares of an input.
    Shares(usize),
    /// In proportion to numbers: for each part the sum of some inputs.
    Stated(Vec<Vec<usize>>),
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
    /// The weights that rows state for an actor at a day; where none is stated, equal by group and equal within each, and every
    /// weighting is admissible.
    pub(super) fn new(
        words: &Words<'_, '_>,
        actor: Id<Actor>,
        issues: &[Id<Issue>],
        inputs: &mut Vec<Input>,
        assumptions: &mut Vec<Assumption>,
    ) -> Self {
        let case = words.record.case;
        let rows: Vec<&Salience> = words
            .record
            .salience(words.at)
            .into_iter()
            .map(|(_, row)| row)
            .filter(|row| row.about.actor == actor)
            .collect();
        let groups = groups(case, issues);
        let mut making = Making { case, actor: &case.actors[actor], rows, inputs, assumptions };
        let within: Vec<(Vec<usize>, Split)> =
            groups.iter().map(|(name, places)| (places.clone(), making.within(name, places, issues))).collect();
        let groups = making.by_group(&groups, &within, issues);
        Weights { groups, within, issues: issues.len() }
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

/// The weights of one actor in the making.
struct Making<'a, 'c> {
    case: &'c Case,
    actor: &'c Actor,
    rows: Vec<&'c Salience>,
    inputs: &'a mut Vec<Input>,
    assumptions: &'a mut Vec<Assumption>,
}

impl Making<'_, '_> {
    /// The name of an input, and of the group of all weights of the actor.
    fn name(&self, parts: &[&str]) -> String {
        std::iter::once("weights").chain([&*self.actor.id]).chain(parts.iter().copied()).collect::<Vec<_>>().join("/")
    }

    fn row(&self, of: impl Fn(&Weighed) -> bool) -> Option<&'_ Salience> {
        self.rows.iter().copied().find(|row| of(&row.about.weighed))
    }

    /// Every weighting of some parts alike.
    fn free(&mut self, name: String, parts: &[&str]) -> Split {
        if parts.len() < 2 {
            return Split::Whole;
        }
        let best = vec![1.0 / parts.len() as f64; parts.len()];
        self.assumptions.push(Assumption::weights(&name, self.actor, parts, &best));
        let distribution = Distribution::FlatSimplex { parts: parts.len() };
        self.inputs.push(Input { group: self.name(&[]), name, distribution, best });
        Split::Shares(self.inputs.len() - 1)
    }

    /// Adds the input of a row; of a part without one, anything up to the greatest of the others.
    fn part(&mut self, row: Option<Salience>, name: String, title: &str, others: &[Salience]) -> usize {
        let most = others.iter().map(|row| row.range.high().value()).fold(0.0, f64::max);
        let what = format!("What weight {} gives to “{title}”", self.actor.name);
        let (input, assumption) = match row {
            Some(row) => stated(self.case, &row, name, self.name(&[]), (0.0, most), what),
            None => {
                let best = others.iter().map(|row| row.range.best().value()).sum::<f64>() / others.len().max(1) as f64;
                let reason = "No row states it: the mean of the others is used, and anything up to the greatest of them is drawn.";
                unstated(name, self.name(&[]), (0.0, most), best.min(most), what, reason)
            }
        };
        self.inputs.push(input);
        self.assumptions.push(assumption);
        self.inputs.len() - 1
    }

    /// How the weight of a group is split among its issues.
    fn within(&mut self, group: &str, places: &[usize], issues: &[Id<Issue>]) -> Split {
        let ids: Vec<Id<Issue>> = places.iter().map(|place| issues[*place]).collect();
        let names: Vec<&str> = ids.iter().map(|id| &*self.case.issues[*id].id).collect();
        let found: Vec<Option<Salience>> =
            ids.iter().map(|id| self.row(|of| *of == Weighed::Issue(*id)).cloned()).collect();
        let stated: Vec<Salience> = found.iter().flatten().cloned().collect();
        if !stated.iter().any(|row| row.range.high().value() > 0.0) {
            return self.free(self.name(&[group]), &names);
        }
        let parts = ids.iter().zip(found).map(|(id, row)| {
            let issue = &self.case.issues[*id];
            vec![self.part(row, self.name(&[group, &issue.id]), &issue.title, &stated)]
        });
        Split::Stated(parts.collect())
    }

    /// How all weight is split among the groups: by the rows of groups, else by the sum of those of their issues.
    fn by_group(
        &mut self,
        groups: &[(&str, Vec<usize>)],
        within: &[(Vec<usize>, Split)],
        issues: &[Id<Issue>],
    ) -> Split {
        let of_group = |name: &str| Weighed::Group(name.into());
        let found: Vec<Option<Salience>> =
            groups.iter().map(|(name, _)| self.row(|of| *of == of_group(name)).cloned()).collect();
        let of_issues = |places: &[usize]| -> Vec<Salience> {
            let rows = places.iter().filter_map(|place| self.row(|of| *of == Weighed::Issue(issues[*place])));
            rows.cloned().collect()
        };
        let stated: Vec<Salience> =
            found.iter().flatten().cloned().chain(of_issues(&(0..issues.len()).collect::<Vec<_>>())).collect();
        let names: Vec<&str> = groups.iter().map(|(name, _)| *name).collect();
        if !stated.iter().any(|row| row.range.high().value() > 0.0) {
            return self.free(self.name(&[]), &names);
        }
        let mut parts = Vec::with_capacity(groups.len());
        for ((name, row), (_, split)) in names.iter().zip(found).zip(within) {
            parts.push(match (row, split) {
                (None, Split::Stated(of_issues)) => of_issues.iter().flatten().copied().collect(),
                (row, _) => vec![self.part(row, self.name(&[name, "all"]), name, &stated)],
            });
        }
        Split::Stated(parts)
    }
}

impl Split {
    /// The parts of a whole; they sum to it exactly. Equal ones where all that is stated is 0.
    fn of(&self, sum: i64, parts: usize, draw: &Draw<'_>) -> Vec<i64> {
        let shares: Vec<f64> = match self {
            Split::Whole => return vec![sum],
            Split::Shares(input) => draw.get(*input).to_vec(),
            Split::Stated(inputs) => {
                inputs.iter().map(|inputs| inputs.iter().map(|input| draw.get(*input)[0]).sum()).collect()
            }
        };
        let all: f64 = shares.iter().sum();
        let even = all <= 0.0;
        let mut so_far = 0.0;
        let mut before = 0;
        let mut part = |(place, share): (usize, &f64)| {
            so_far += if even { 1.0 / parts as f64 } else { share / all };
            let end = if place + 1 == parts { sum } else { super::share(sum, whole(so_far.min(1.0))) };
            let part = end - before;
            before = end;
            part
        };
        shares.iter().enumerate().map(&mut part).collect()
    }
}
