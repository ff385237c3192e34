//! Packages of issues that hang together, gone through without looking at those that can add nothing.
//!
//! Two issues hang together where the limits on one depend on the outcome of the other, or where a rule speaks of both. What
//! blocks, and what would unblock, can be asked of each such group alone.

use detente_case::Id;
use detente_case::issue::{Issue, OptionPlace, OptionSet};

use super::admissible::Bounds;

/// A logical rule of the case as counts of outcomes.
#[derive(Clone, Debug)]
pub struct CaseRule {
    /// The rule, by its place among the case's rules.
    pub rule: usize,
    /// Whether it can be dropped: a demand. Otherwise it lies in the nature of things.
    pub demand: bool,
    /// Of the outcomes of each part, at least and at most so many hold. All parts hold.
    pub parts: Vec<Counted>,
}

/// Of some outcomes, at least so many and at most so many hold.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The outcomes: an issue, and the options that count.
    pub outcomes: Vec<(Id<Issue>, OptionSet)>,
    /// The least number.
    pub at_least: usize,
    /// The greatest number.
    pub at_most: usize,
}

impl CaseRule {
    fn issues(&self) -> impl Iterator<Item = Id<Issue>> {
        self.parts.iter().flat_map(|part| &part.outcomes).map(|(issue, _)| *issue)
    }

    fn met(&self, holds: impl Fn(Id<Issue>) -> OptionPlace) -> bool {
        self.parts.iter().all(|part| {
            let count = part.outcomes.iter().filter(|(issue, options)| options.contains(holds(*issue))).count();
            (part.at_least..=part.at_most).contains(&count)
        })
    }
}

/// Something that a package can offend against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// The limits of a principal, by its place, on an issue.
    Limits {
        /// The principal, by its place.
        side: usize,
        /// The issue.
        issue: Id<Issue>,
    },
    /// A rule of the case that is somebody's demand, by its place among the rules.
    Rule(usize),
}

/// What is known of a package once some of its issues are settled.
pub(super) enum Decided {
    /// How a side stands to the option on an issue.
    Side {
        side: usize,
        issue: Id<Issue>,
        /// Whether the side rules the option out.
        violated: bool,
        /// Steps from the option to the nearest that the side has not ruled out; none if it has ruled out all.
        steps: Option<u32>,
        /// Steps from the option to the nearest that the side has put itself; 0 if it is not ruled out, none if it has put nothing.
        beyond_tabled: Option<u32>,
    },
    /// A rule that a package breaks.
    Broken { rule: usize, demand: bool },
}

/// What a search gathers along a package.
pub(super) trait Tally {
    /// What is gathered so far.
    type Label: Clone;
    /// Of the empty package.
    fn start(&self) -> Self::Label;
    /// Adds what has been decided; false if no such package is of interest.
    fn add(&self, label: &mut Self::Label, decided: &Decided) -> bool;
    /// Whether nothing that grows from the label can be of interest any more.
    fn is_hopeless(&self, label: &Self::Label) -> bool;
    /// Takes a whole package.
    fn take(&mut self, label: Self::Label, package: &[OptionPlace]);
}

/// Issues that hang together.
pub struct Component<'b> {
    /// Their places among the issues of the case, in the order of the case.
    pub issues: Vec<Id<Issue>>,
    /// The same in the order of the search: what others depend on comes first.
    order: Vec<Id<Issue>>,
    /// For each place in that order, the options worth looking at, those least offensive first.
    options: Vec<Vec<OptionPlace>>,
    /// For each place in that order, the sides of issues that are decided there.
    sides: Vec<Vec<(usize, Id<Issue>)>>,
    /// For each place in that order, the rules that are decided there.
    rules: Vec<Vec<usize>>,
    bounds: &'b Bounds,
    all_rules: &'b [CaseRule],
}

/// The groups of issues that hang together, in the order of the case.
#[must_use]
pub fn components<'b>(bounds: &'b Bounds, rules: &'b [CaseRule]) -> Vec<Component<'b>> {
    let mut group: Vec<usize> = (0..bounds.issues.len()).collect();
    let mut join = |a: Id<Issue>, b: Id<Issue>| {
        let (a, b) = (group[a.place()], group[b.place()]);
        let (keep, drop) = (a.min(b), a.max(b));
        group.iter_mut().filter(|of| **of == drop).for_each(|of| *of = keep);
    };
    for bounds in &bounds.issues {
        let conditional = bounds.sides.iter().flat_map(|side| &side.conditional);
        conditional.flat_map(|conditional| conditional.issues()).for_each(|other| join(bounds.issue, other));
    }
    for rule in rules {
        let issues: Vec<Id<Issue>> = rule.issues().collect();
        issues.windows(2).for_each(|pair| join(pair[0], pair[1]));
    }
    let mut names: Vec<usize> = group.clone();
    names.sort_unstable();
    names.dedup();
    let of = |name: usize| group.iter().enumerate().filter(move |(_, of)| **of == name).map(|(place, _)| Id::at(place));
    names.into_iter().map(|name| Component::new(of(name).collect(), bounds, rules)).collect()
}

impl<'b> Component<'b> {
    fn new(issues: Vec<Id<Issue>>, bounds: &'b Bounds, rules: &'b [CaseRule]) -> Self {
        let depends_on = |issue: Id<Issue>| {
            let sides = bounds.issues[issue.place()].sides.iter();
            sides.flat_map(|side| &side.conditional).flat_map(|conditional| conditional.issues())
        };
        let mut wanted = vec![0_usize; bounds.issues.len()];
        for issue in &issues {
            depends_on(*issue).for_each(|other| wanted[other.place()] += 1);
        }
        let mut order = issues.clone();
        order.sort_by_key(|issue| (std::cmp::Reverse(wanted[issue.place()]), *issue));
        let place = |issue: Id<Issue>| order.iter().position(|of| *of == issue).unwrap_or_default();
        let mut sides = vec![Vec::new(); order.len()];
        for issue in &order {
            for (side, of) in bounds.issues[issue.place()].sides.iter().enumerate() {
                let needed = of.conditional.iter().flat_map(|conditional| conditional.issues()).map(place).max();
                sides[needed.unwrap_or_default().max(place(*issue))].push((side, *issue));
            }
        }
        let mut own_rules = vec![Vec::new(); order.len()];
        for (number, rule) in rules.iter().enumerate() {
            if let Some(last) = rule.issues().filter(|issue| issues.contains(issue)).map(place).max() {
                own_rules[last].push(number);
            }
        }
        let mut component =
            Component { issues, options: Vec::new(), sides, rules: own_rules, bounds, all_rules: rules, order };
        component.options = component.order.iter().map(|issue| component.worth_trying(*issue)).collect();
        component
    }

    /// The options of an issue that no other one replaces without loss, those least offensive first.
    fn worth_trying(&self, issue: Id<Issue>) -> Vec<OptionPlace> {
        let bounds = &self.bounds.issues[issue.place()];
        let steady = bounds.sides.iter().all(|side| side.conditional.is_empty());
        let outcomes = || {
            let parts =
                self.all_rules.iter().flat_map(|rule| &rule.parts).flat_map(|part| part.outcomes.iter().copied());
            let sides = self.bounds.issues.iter().flat_map(|issue| &issue.sides).flat_map(|side| &side.conditional);
            let conditions = sides.flat_map(|conditional| conditional.unless.iter().flatten().flatten());
            parts.chain(conditions.map(|(issue, option)| (*issue, OptionSet::one(*option))))
        };
        let mentioned: Vec<OptionSet> = outcomes().filter(|(of, _)| *of == issue).map(|(_, options)| options).collect();
        let alike = |a, b| mentioned.iter().all(|set| set.contains(a) == set.contains(b));
        let cost = |option: OptionPlace| -> Vec<[u32; 3]> {
            let cost = |side: &super::Side| {
                let open = bounds.all.minus(side.closed);
                let shut = !open.contains(option);
                let beyond = if shut { distance(option, side.tabled).unwrap_or(u32::MAX) } else { 0 };
                [u32::from(shut), distance(option, open).unwrap_or(u32::MAX), beyond]
            };
            bounds.sides.iter().map(cost).collect()
        };
        let no_worse =
            |a: &[[u32; 3]], b: &[[u32; 3]]| a.iter().zip(b).all(|(a, b)| a.iter().zip(b).all(|(a, b)| a <= b));
        let mut kept: Vec<(OptionPlace, Vec<[u32; 3]>)> = Vec::new();
        let mut options: Vec<(OptionPlace, Vec<[u32; 3]>)> =
            bounds.all.iter().map(|option| (option, cost(option))).collect();
        let offence = |cost: &[[u32; 3]]| cost.iter().map(|side| u64::from(side[0])).sum::<u64>();
        let effort = |cost: &[[u32; 3]]| cost.iter().flatten().map(|part| u64::from(*part)).sum::<u64>();
        options.sort_by_key(|(option, cost)| (offence(cost), effort(cost), *option));
        for (option, cost) in options {
            let replaced =
                |(other, of): &(OptionPlace, Vec<[u32; 3]>)| steady && alike(*other, option) && no_worse(of, &cost);
            if !kept.iter().any(replaced) {
                kept.push((option, cost));
            }
        }
        kept.into_iter().map(|(option, _)| option).collect()
    }

    /// What can be offended against here.
    pub fn demands(&self) -> Vec<Demand> {
        let limits = self.issues.iter().flat_map(|issue| {
            let sides = self.bounds.issues[issue.place()].sides.iter().enumerate();
            sides.filter(|(_, side)| side.has_limits()).map(|(side, _)| Demand::Limits { side, issue: *issue })
        });
        let rules = self.rules.iter().flatten().filter(|rule| self.all_rules[**rule].demand);
        limits.chain(rules.map(|rule| Demand::Rule(*rule))).collect()
    }

    /// Goes through the packages. Returns false if it stopped after so many nodes with some left.
    pub(super) fn search<T: Tally>(&self, tally: &mut T, most_nodes: u64) -> bool {
        let mut left = most_nodes;
        let mut package = vec![OptionPlace(0); self.bounds.issues.len()];
        let start = tally.start();
        self.descend(0, start, &mut package, tally, &mut left)
    }

    fn descend<T: Tally>(
        &self,
        depth: usize,
        label: T::Label,
        package: &mut Vec<OptionPlace>,
        tally: &mut T,
        left: &mut u64,
    ) -> bool {
        if tally.is_hopeless(&label) {
            return true;
        }
        let Some(issue) = self.order.get(depth) else {
            tally.take(label, package);
            return true;
        };
        for option in &self.options[depth] {
            if *left == 0 {
                return false;
            }
            *left -= 1;
            package[issue.place()] = *option;
            let mut grown = label.clone();
            if self.decide(depth, package, |decided| tally.add(&mut grown, &decided))
                && !self.descend(depth + 1, grown, package, tally, left)
            {
                return false;
            }
        }
        true
    }

    /// Tells what is decided at a depth; stops and returns false once that is of no interest.
    fn decide(&self, depth: usize, package: &[OptionPlace], mut tell: impl FnMut(Decided) -> bool) -> bool {
        let holds = |issue: Id<Issue>| package[issue.place()];
        for (side, issue) in &self.sides[depth] {
            let bounds = &self.bounds.issues[issue.place()];
            let (of, option) = (&bounds.sides[*side], holds(*issue));
            let open = of.open_in(bounds.all, holds);
            let violated = !open.contains(option);
            let beyond_tabled = if violated { distance(option, of.tabled) } else { Some(0) };
            let steps = distance(option, open);
            if !tell(Decided::Side { side: *side, issue: *issue, violated, steps, beyond_tabled }) {
                return false;
            }
        }
        for rule in &self.rules[depth] {
            let of = &self.all_rules[*rule];
            if !of.met(holds) && !tell(Decided::Broken { rule: *rule, demand: of.demand }) {
                return false;
            }
        }
        true
    }

    /// What a package holds on the issues of the group, in the order of the case.
    pub fn clauses(&self, package: &[OptionPlace]) -> Vec<(Id<Issue>, OptionPlace)> {
        self.issues.iter().map(|issue| (*issue, package[issue.place()])).collect()
    }
}

/// Steps from an option to the nearest of a set.
#[must_use]
pub fn distance(option: OptionPlace, set: OptionSet) -> Option<u32> {
    set.iter().map(|other| u32::from(other.0.abs_diff(option.0))).min()
}
