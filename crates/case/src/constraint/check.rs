//! Whether constraints leave any package: rules that are always true, demands that nothing meets, and logic that contradicts itself.
//!
//! A search over the issues that the constraints name, option by option, that turns back where a rule is broken already. Options of an issue
//! between which no rule distinguishes are tried once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Constraint, ConstraintKind, FILE, Outcome, holds_at};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::expression::Expression;
use crate::ids::{Id, List};
use crate::issue::{Issue, OptionPlace};
use crate::when::{Day, When};

/// Most issues that connected constraints may name to be tested.
const MOST_ISSUES: usize = 256;

/// Steps of all searches of a file together; a step looks at one atom of one rule.
const STEPS: usize = 20_000_000;

/// What is wrong with constraints that are well formed. `places` are those of the entries in the file.
pub(super) fn report(
    constraints: &List<Constraint>,
    places: &[(u64, u64)],
    issues: &List<Issue>,
    findings: &mut Findings,
) {
    let mut steps = Steps { left: STEPS };
    let outcome = report_each(constraints, places, issues, &mut steps, findings)
        .and_then(|()| report_contradictions(constraints, places, issues, &mut steps, findings));
    if outcome.is_err() {
        let message = "these constraints are too many or too tangled to test whether they leave any package";
        findings.push(
            Diagnostic::new(Code::NotTested, FILE, message)
                .hint("they are used as they are; simpler rules over fewer issues can be tested"),
        );
    }
}

/// The steps that are left ran out.
struct OutOfSteps;

struct Steps {
    left: usize,
}

fn finding(code: Code, message: String, place: Option<&(u64, u64)>) -> Diagnostic {
    let finding = Diagnostic::new(code, FILE, message);
    match place {
        Some((line, column)) => finding.at(*line, Some(*column)),
        None => finding,
    }
}

fn report_each(
    constraints: &List<Constraint>,
    places: &[(u64, u64)],
    issues: &List<Issue>,
    steps: &mut Steps,
    findings: &mut Findings,
) -> Result<(), OutOfSteps> {
    for (id, constraint) in constraints.with_ids() {
        let place = places.get(id.place());
        let broken = Expression::Not(Box::new(constraint.rule.clone()));
        if !can_all_hold(&[&broken], issues, steps)? {
            let message = format!("`{}` is true of every package, so it rules nothing out", constraint.id);
            findings.push(finding(Code::AlwaysTrue, message, place).hint("take it out, or mend the rule"));
        }
        let is_demand = matches!(constraint.kind, ConstraintKind::Demand(_));
        if is_demand && !can_all_hold(&[&constraint.rule], issues, steps)? {
            let message = format!("`{}` is a demand that no package meets", constraint.id);
            findings.push(finding(Code::NeverMet, message, place).hint("an issue has one option in each package"));
        }
    }
    Ok(())
}

/// Reports sets of logic constraints that hold on the same day and leave no package, each as small as it can be.
fn report_contradictions(
    constraints: &List<Constraint>,
    places: &[(u64, u64)],
    issues: &List<Issue>,
    steps: &mut Steps,
    findings: &mut Findings,
) -> Result<(), OutOfSteps> {
    let logic: Vec<(Id<Constraint>, &Constraint)> =
        constraints.with_ids().filter(|(_, constraint)| constraint.kind == ConstraintKind::Logic).collect();
    // The set grows on the days on which a constraint begins, so only those are looked at.
    let days: BTreeSet<Day> =
        logic.iter().map(|(_, constraint)| constraint.valid_from.map_or(Day::MIN, When::last)).collect();
    let mut reported: BTreeSet<Vec<Id<Constraint>>> = BTreeSet::new();
    for day in days {
        let holding: Vec<(Id<Constraint>, &Constraint)> =
            logic.iter().copied().filter(|(_, constraint)| holds_at(constraint, day)).collect();
        for group in connected(&holding) {
            if can_hold(&group, issues, steps)? {
                continue;
            }
            // What can be left out without making it possible is left out.
            let mut smallest = group.clone();
            for leave_out in group {
                let rest: Vec<_> = smallest.iter().copied().filter(|(id, _)| *id != leave_out.0).collect();
                if !can_hold(&rest, issues, steps)? {
                    smallest = rest;
                }
            }
            let ids: Vec<Id<Constraint>> = smallest.iter().map(|(id, _)| *id).collect();
            let names: Vec<String> = smallest.iter().map(|(_, constraint)| format!("`{}`", constraint.id)).collect();
            let place = ids.first().and_then(|id| places.get(id.place()));
            if !reported.insert(ids) {
                continue;
            }
            let message = match names.as_slice() {
                [only] => format!("{only} leaves no package"),
                names => format!(
                    "no package meets {} together; any {} of them leave some",
                    names.join(", "),
                    names.len() - 1
                ),
            };
            findings.push(
                finding(Code::NoPackage, message, place)
                    .hint("mend one of them, give them days on which they hold, or call it a demand of an actor"),
            );
        }
    }
    Ok(())
}

/// A constraint with its id.
type Named<'c> = (Id<Constraint>, &'c Constraint);

/// Constraints in groups that share no issue.
fn connected<'c>(constraints: &[Named<'c>]) -> Vec<Vec<Named<'c>>> {
    let mut groups: Vec<(BTreeSet<Id<Issue>>, Vec<Named<'c>>)> = Vec::new();
    for (id, constraint) in constraints {
        let mut issues: BTreeSet<Id<Issue>> = constraint.issues().into_iter().collect();
        let mut members = Vec::new();
        groups.retain_mut(|(others, group)| {
            let apart = others.is_disjoint(&issues);
            if !apart {
                issues.append(others);
                members.append(group);
            }
            apart
        });
        members.push((*id, *constraint));
        members.sort_by_key(|(id, _)| *id);
        groups.push((issues, members));
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

fn can_hold(
    constraints: &[(Id<Constraint>, &Constraint)],
    issues: &List<Issue>,
    steps: &mut Steps,
) -> Result<bool, OutOfSteps> {
    let rules: Vec<&Expression<Outcome>> = constraints.iter().map(|(_, constraint)| &constraint.rule).collect();
    can_all_hold(&rules, issues, steps)
}

/// Whether a package meets all rules.
fn can_all_hold(rules: &[&Expression<Outcome>], issues: &List<Issue>, steps: &mut Steps) -> Result<bool, OutOfSteps> {
    let mut atoms: BTreeMap<Id<Issue>, BTreeSet<Outcome>> = BTreeMap::new();
    for atom in rules.iter().flat_map(|rule| rule.atoms()) {
        atoms.entry(atom.issue).or_default().insert(*atom);
    }
    // Of options between which no rule distinguishes, the first.
    let choices: Vec<(Id<Issue>, Vec<OptionPlace>)> = atoms
        .into_iter()
        .map(|(issue, atoms)| {
            let mut seen: BTreeSet<Vec<bool>> = BTreeSet::new();
            let options = (0u8..).take(issues[issue].options.len()).map(OptionPlace);
            let alike = |option: OptionPlace| atoms.iter().map(|atom| atom.options.contains(option)).collect();
            (issue, options.filter(|option| seen.insert(alike(*option))).collect())
        })
        .collect();
    if choices.len() > MOST_ISSUES {
        return Err(OutOfSteps);
    }
    let mut chosen = BTreeMap::new();
    search(rules, &choices, &mut chosen, steps)
}

/// Tries the options of the first issue, then those of the rest.
fn search(
    rules: &[&Expression<Outcome>],
    choices: &[(Id<Issue>, Vec<OptionPlace>)],
    chosen: &mut BTreeMap<Id<Issue>, OptionPlace>,
    steps: &mut Steps,
) -> Result<bool, OutOfSteps> {
    for rule in rules {
        if decided(rule, chosen, steps)? == Some(false) {
            return Ok(false);
        }
    }
    let Some(((issue, options), rest)) = choices.split_first() else { return Ok(true) };
    for option in options {
        chosen.insert(*issue, *option);
        if search(rules, rest, chosen, steps)? {
            return Ok(true);
        }
    }
    chosen.remove(issue);
    Ok(false)
}

/// Whether a rule holds whatever the issues that are still open become; none if that depends on them, or is not seen yet.
fn decided(
    rule: &Expression<Outcome>,
    chosen: &BTreeMap<Id<Issue>, OptionPlace>,
    steps: &mut Steps,
) -> Result<Option<bool>, OutOfSteps> {
    let count = |entries: &[Expression<Outcome>], steps: &mut Steps| -> Result<(usize, usize), OutOfSteps> {
        let (mut least, mut most) = (0, 0);
        for entry in entries {
            let entry = decided(entry, chosen, steps)?;
            least += usize::from(entry == Some(true));
            most += usize::from(entry != Some(false));
        }
        Ok((least, most))
    };
    Ok(match rule {
        Expression::Atom(outcome) => {
            steps.left = steps.left.checked_sub(1).ok_or(OutOfSteps)?;
            chosen.get(&outcome.issue).map(|option| outcome.options.contains(*option))
        }
        Expression::Not(entry) => decided(entry, chosen, steps)?.map(|holds| !holds),
        Expression::All(entries) => within(count(entries, steps)?, entries.len(), entries.len()),
        Expression::Any(entries) => within(count(entries, steps)?, 1, entries.len()),
        Expression::Count { at_least, at_most, of } => within(count(of, steps)?, *at_least, *at_most),
        Expression::Implies(first, second) => match (decided(first, chosen, steps)?, decided(second, chosen, steps)?) {
            (Some(false), _) | (_, Some(true)) => Some(true),
            (Some(true), Some(false)) => Some(false),
            _ => None,
        },
        Expression::Iff(first, second) => {
            let (first, second) = (decided(first, chosen, steps)?, decided(second, chosen, steps)?);
            first.zip(second).map(|(first, second)| first == second)
        }
    })
}

/// Whether a number between `least` and `most` is one from `from` to `to`.
fn within((least, most): (usize, usize), from: usize, to: usize) -> Option<bool> {
    if from <= least && most <= to {
        Some(true)
    } else if most < from || to < least {
        Some(false)
    } else {
        None
    }
}
