//! The rules of a case as counts of outcomes.

use detente_case::constraint::{Constraint, ConstraintKind, Outcome};
use detente_case::expression::Literal;
use detente_case::issue::{OptionPlace, OptionSet};
use detente_case::{Case, Day, Holds, Id, Record};

use super::search::{CaseRule, Counted};

/// The rules of the case that hold, or may hold, on a day.
#[must_use]
pub fn case_rules(record: Record<'_>, day: Day) -> Vec<CaseRule> {
    let held = record.constraints().filter(|(_, rule)| record.constraint_holds(rule, day) != Holds::No);
    held.map(|(id, rule)| case_rule(record.case, id, rule)).collect()
}

fn case_rule(case: &Case, id: Id<Constraint>, rule: &Constraint) -> CaseRule {
    let everything = |issue: Id<_>| -> OptionSet {
        (0..case.issues[issue].options.len()).filter_map(|place| u8::try_from(place).ok().map(OptionPlace)).collect()
    };
    let outcome = |literal: &Literal<Outcome>| {
        let Outcome { issue, options } = literal.atom;
        (issue, if literal.negated { everything(issue).minus(options) } else { options })
    };
    // A rule that comes apart into too many counts is refused when the case is read.
    let counts = rule.rule.clauses().unwrap_or_default();
    CaseRule {
        rule: id.place(),
        demand: matches!(rule.kind, ConstraintKind::Demand(_)),
        parts: counts
            .iter()
            .map(|count| Counted {
                outcomes: count.literals.iter().map(outcome).collect(),
                at_least: count.at_least,
                at_most: count.at_most,
            })
            .collect(),
    }
}
