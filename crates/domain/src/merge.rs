//! A domain as a problem of the package engine. Issues that are interwoven become one, whose options are all their combinations.

use std::fmt;

use detente_packages::{Exact, Literal, Package, Problem, Rule};
use num_traits::Zero;

use crate::domain::Domain;

/// Issues whose combinations are too many to be listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooInterwoven {
    /// The issues, by name.
    pub issues: Vec<String>,
    /// Their combinations; at most [`u64::MAX`].
    pub combinations: u64,
}

/// Combinations of interwoven issues that are listed.
pub(crate) const MOST_COMBINATIONS: u64 = u16::MAX as u64;

impl fmt::Display for TooInterwoven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.issues.iter().take(8).map(String::as_str).collect();
        let more = if self.issues.len() > names.len() { " and others" } else { "" };
        write!(
            f,
            "what a package is worth is not the sum over its options: {}{more} work together and have {} combinations, of which at most {MOST_COMBINATIONS} are \
             searched. Fewer options, terms on fewer issues, or worths that add up would make it tractable",
            names.join(", "),
            self.combinations
        )
    }
}

/// The problem of a domain, and which issues of the domain each of its issues stands for.
#[derive(Clone, Debug)]
pub(crate) struct Merged {
    pub problem: Problem<Exact>,
    /// For each issue of the problem, issues of the domain with their numbers of options.
    groups: Vec<Vec<(usize, usize)>>,
    issues: usize,
}

impl Merged {
    /// # Errors
    /// [`TooInterwoven`].
    pub fn of(domain: &Domain, rules: &[&Rule]) -> Result<Merged, TooInterwoven> {
        let groups = groups(domain);
        for group in &groups {
            let combinations = group.iter().fold(1_u64, |all, (_, options)| all.saturating_mul(*options as u64));
            if combinations > MOST_COMBINATIONS {
                let issues = group.iter().map(|(issue, _)| domain.issues[*issue].name.clone()).collect();
                return Err(TooInterwoven { issues, combinations });
            }
        }
        let merged =
            |group: &Vec<(usize, usize)>| combinations(group).map(|chosen| worth(domain, group, &chosen)).collect();
        let issues: Vec<Vec<Vec<Exact>>> = groups.iter().map(merged).collect();
        // A term on no issue at all is worth something in every package.
        let always = |party: &crate::domain::Party| {
            let terms = party.terms.iter().filter(|term| term.holds.is_empty());
            terms.fold(Exact::zero(), |sum, term| sum + &term.worth)
        };
        let refused = || TooInterwoven { issues: Vec::new(), combinations: 0 };
        let base = domain.parties.iter().map(always).collect();
        let mut problem = Problem::new(base, issues).map_err(|_| refused())?;
        for rule in rules {
            let literals = rule.literals.iter().map(|literal| regrouped(literal, &groups)).collect();
            problem.add_rule(Rule { literals, ..**rule }).map_err(|_| refused())?;
        }
        Ok(Merged { problem, groups, issues: domain.issues.len() })
    }

    /// A package of the domain as one of the problem.
    pub fn joined(&self, package: &[u16]) -> Package {
        let place = |group: &Vec<(usize, usize)>| {
            let place = group.iter().fold(0, |place, (issue, options)| place * options + usize::from(package[*issue]));
            u16::try_from(place).unwrap_or(u16::MAX)
        };
        self.groups.iter().map(place).collect()
    }

    /// A package of the problem as one of the domain.
    pub fn split(&self, package: &[u16]) -> Package {
        let mut split = vec![0; self.issues];
        for (group, place) in self.groups.iter().zip(package) {
            for (chosen, (issue, _)) in choices(group, usize::from(*place)).into_iter().zip(group) {
                split[*issue] = chosen;
            }
        }
        split
    }
}

/// Issues that some term speaks of together, each with its number of options; in the order of their first issues.
fn groups(domain: &Domain) -> Vec<Vec<(usize, usize)>> {
    let mut first: Vec<usize> = (0..domain.issues.len()).collect();
    for term in domain.parties.iter().flat_map(|party| &party.terms) {
        let Some(least) = term.holds.iter().map(|(issue, _)| first[*issue]).min() else { continue };
        let joined: Vec<usize> = term.holds.iter().map(|(issue, _)| first[*issue]).collect();
        first.iter_mut().filter(|group| joined.contains(group)).for_each(|group| *group = least);
    }
    let mut groups: Vec<Vec<(usize, usize)>> = vec![Vec::new(); first.len()];
    first
        .iter()
        .enumerate()
        .for_each(|(issue, group)| groups[*group].push((issue, domain.issues[issue].options.len())));
    groups.retain(|group| !group.is_empty());
    groups
}

/// The options of a group of issues at a place in the list of all combinations: the last issue changes first.
fn choices(group: &[(usize, usize)], mut place: usize) -> Vec<u16> {
    let mut chosen: Vec<u16> = Vec::with_capacity(group.len());
    for (_, options) in group.iter().rev() {
        chosen.push(u16::try_from(place % options).unwrap_or(u16::MAX));
        place /= options;
    }
    chosen.reverse();
    chosen
}

fn combinations(group: &[(usize, usize)]) -> impl Iterator<Item = Vec<u16>> {
    let all = group.iter().map(|(_, options)| options).product();
    (0..all).map(|place| choices(group, place))
}

/// What a combination of options of a group is worth to each party, the terms on its issues included.
fn worth(domain: &Domain, group: &[(usize, usize)], chosen: &[u16]) -> Vec<Exact> {
    let option = |issue: usize| group.iter().position(|(own, _)| *own == issue).map(|place| usize::from(chosen[place]));
    let party = |party: &crate::domain::Party| {
        let options = group.iter().zip(chosen).map(|((issue, _), chosen)| &party.worth[*issue][usize::from(*chosen)]);
        let within = |term: &&crate::domain::Term| {
            !term.holds.is_empty()
                && term.holds.iter().all(|(issue, holds)| option(*issue).is_some_and(|option| holds[option]))
        };
        let terms = party.terms.iter().filter(within).map(|term| &term.worth);
        options.chain(terms).fold(Exact::zero(), |sum, worth| sum + worth)
    };
    domain.parties.iter().map(party).collect()
}

/// A literal over a group: it holds with a combination if it holds with the option of its issue.
fn regrouped(literal: &Literal, groups: &[Vec<(usize, usize)>]) -> Literal {
    let found = groups.iter().enumerate().find_map(|(place, group)| {
        group.iter().position(|(issue, _)| *issue == literal.issue).map(|within| (place, group, within))
    });
    let Some((place, group, within)) = found else { return literal.clone() };
    let holds = combinations(group).map(|chosen| literal.holds[usize::from(chosen[within])]).collect();
    Literal { issue: place, holds }
}
