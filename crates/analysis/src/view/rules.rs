//! Which packages count: limits, conditions and the rules of the case as rules between options.

use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::{Case, Id};
use detente_packages::{Literal, Problem, ProblemError, Rule};

use super::{Assumption, LimitsUse, Packages};
use crate::blocks::admissible::Conditional;
use crate::blocks::{Bounds, CaseRule};

/// The most rules that one condition becomes; an option whose conditions are beyond that counts as ruled out.
const MOST_RULES: usize = 4096;

/// What excludes packages.
#[derive(Clone, Debug)]
pub(super) struct Closed {
    /// By issue of the problem.
    issues: Vec<ClosedOptions>,
    /// What conditional offers and demands require.
    kept: Vec<Rule>,
    /// What lies in the nature of things.
    logic: Vec<Rule>,
    /// Whether some issue outside the problem has no option left, with and without options that collide with a norm.
    elsewhere: [bool; 2],
}

/// The options of an issue that are excluded.
#[derive(Clone, Debug, Default)]
struct ClosedOptions {
    by_limits: OptionSet,
    norm_flagged: OptionSet,
}

/// The issues that rules or conditions speak of and that do not enter, in order.
pub(super) fn issues_beside(bounds: &Bounds, rules: &[CaseRule], entering: &[Id<Issue>]) -> Vec<Id<Issue>> {
    let conditional = bounds.issues.iter().flat_map(|of| {
        let conditions = of.sides.iter().flat_map(|side| &side.conditional);
        conditions.flat_map(move |condition| condition.issues().chain([of.issue]))
    });
    let ruled = rules.iter().flat_map(|rule| &rule.parts).flat_map(|part| &part.outcomes).map(|(issue, _)| *issue);
    let mut beside: Vec<Id<Issue>> = conditional.chain(ruled).filter(|issue| !entering.contains(issue)).collect();
    beside.sort_unstable();
    beside.dedup();
    beside
}

impl Closed {
    /// What excludes packages of the issues in `order`.
    pub(super) fn new(
        case: &Case,
        order: &[Id<Issue>],
        bounds: &Bounds,
        rules: &[CaseRule],
        assumptions: &mut Vec<Assumption>,
    ) -> Self {
        let flagged = |issue: Id<Issue>| -> OptionSet {
            let options = case.issues[issue].options.iter().zip(0_u8..);
            options.filter(|(option, _)| !option.norm_flag.is_empty()).map(|(_, place)| OptionPlace(place)).collect()
        };
        let literal = |issue: Id<Issue>, set: OptionSet| {
            let place = order.iter().position(|other| *other == issue)?;
            let options = 0..case.issues[issue].options.len();
            let holds = |option| u8::try_from(option).is_ok_and(|option| set.contains(OptionPlace(option)));
            Some(Literal { issue: place, holds: options.map(holds).collect() })
        };
        let mut closed = Closed {
            issues: order
                .iter()
                .map(|issue| ClosedOptions { by_limits: OptionSet::EMPTY, norm_flagged: flagged(*issue) })
                .collect(),
            kept: Vec::new(),
            logic: Vec::new(),
            elsewhere: [false, false],
        };
        for of in &bounds.issues {
            let mut shut = of.sides.iter().fold(OptionSet::EMPTY, |set, side| set.union(side.closed));
            for side in &of.sides {
                for (option, words) in &side.in_words {
                    assumptions.push(Assumption::in_words(case, side.actor, of.issue, *option, words));
                }
                for conditional in &side.conditional {
                    match clauses(conditional, literal, of.issue) {
                        Some(rules) => closed.kept.extend(rules),
                        None => shut.insert(conditional.option),
                    }
                }
            }
            match order.iter().position(|issue| *issue == of.issue) {
                Some(place) => closed.issues[place].by_limits = shut,
                None => {
                    let open = of.all.minus(shut);
                    closed.elsewhere[0] |= open.minus(flagged(of.issue)).is_empty();
                    closed.elsewhere[1] |= open.is_empty();
                }
            }
        }
        for rule in rules {
            for part in &rule.parts {
                let literals = part.outcomes.iter().filter_map(|(issue, set)| literal(*issue, *set)).collect();
                let counted = Rule { literals, at_least: part.at_least, at_most: part.at_most };
                if rule.demand { closed.kept.push(counted) } else { closed.logic.push(counted) }
            }
        }
        closed
    }

    /// Whether some issue outside the problem has no option left.
    pub(super) fn blocked_elsewhere(&self, packages: Packages) -> bool {
        packages.limits == LimitsUse::Kept && self.elsewhere[usize::from(packages.norm_flagged)]
    }

    /// Excludes packages of a problem; of a benchmark only those that the logic of the case excludes.
    pub(super) fn apply(&self, problem: &mut Problem<i64>, packages: Option<Packages>) -> Result<(), ProblemError> {
        for rule in &self.logic {
            problem.add_rule(rule.clone())?;
        }
        let Some(packages) = packages else { return Ok(()) };
        for (issue, closed) in self.issues.iter().enumerate() {
            let by_limits = if packages.limits == LimitsUse::Kept { closed.by_limits } else { OptionSet::EMPTY };
            let flagged = if packages.norm_flagged { OptionSet::EMPTY } else { closed.norm_flagged };
            for option in by_limits.union(flagged).iter() {
                problem.forbid(issue, usize::from(option.0));
            }
        }
        if packages.limits == LimitsUse::Kept {
            for rule in &self.kept {
                problem.add_rule(rule.clone())?;
            }
        }
        Ok(())
    }
}

/// A conditional offer as rules: for each row that rules the option out and each choice of one outcome from every way to take it
/// back, the option is not taken or one of the outcomes holds. None if they would be too many.
fn clauses(
    conditional: &Conditional,
    literal: impl Fn(Id<Issue>, OptionSet) -> Option<Literal>,
    issue: Id<Issue>,
) -> Option<Vec<Rule>> {
    let taken = literal(issue, OptionSet::one(conditional.option))?;
    let mut rules = Vec::new();
    for ways in &conditional.unless {
        let mut choices: Vec<Vec<Literal>> = vec![vec![taken.negated()]];
        for way in ways {
            let outcomes: Vec<Literal> =
                way.iter().map(|(issue, option)| literal(*issue, OptionSet::one(*option))).collect::<Option<_>>()?;
            let grown = |choice: &Vec<Literal>| {
                let with = |outcome: &Literal| choice.iter().chain([outcome]).cloned().collect::<Vec<Literal>>();
                outcomes.iter().map(with).collect::<Vec<_>>()
            };
            if choices.len().saturating_mul(outcomes.len()) > MOST_RULES {
                return None;
            }
            choices = choices.iter().flat_map(grown).collect();
        }
        rules.extend(choices.into_iter().map(Rule::any));
    }
    Some(rules)
}
