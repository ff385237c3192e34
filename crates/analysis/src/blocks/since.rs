//! Since when declared limits have excluded every package, and by which of them.

use std::collections::BTreeSet;

use detente_case::issue::Issue;
use detente_case::{Day, Id};
use jiff::ToSpan as _;
use schemars::JsonSchema;
use serde::Serialize;

use super::admissible::{Lines, Reading, Words};
use super::conflict::blockage;
use super::search::{CaseRule, Demand, components};

/// A period in which the same limits blocked, or none did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Period {
    /// Its first day.
    pub from: String,
    /// Its last day; none if it goes on at the moment.
    pub until: Option<String>,
    /// Whether declared limits excluded every package.
    pub blocked: bool,
    /// Ids of the issues on which they did, laws included.
    pub issues: Vec<String>,
    /// Ids of the issues on which they did, laws left out.
    pub issues_without_law: Vec<String>,
    /// Issues on which every principal had a position or a limit on its first day.
    pub tested: usize,
    /// Ids of the rows among these limits that began on its first day.
    pub rows: Vec<String>,
}

/// What blocked on a day.
#[derive(PartialEq, Eq)]
struct State {
    /// The smallest sets of limits that cannot all hold: a side and an issue each.
    conflicts: Vec<Vec<Demand>>,
    without_law: BTreeSet<Id<Issue>>,
}

/// The periods from a day to another, in order.
///
/// Cost: what blocks, on every day on which a statement of a principal begins or ends.
pub(super) fn periods(lines: &Lines<'_>, rules: impl Fn(Day) -> Vec<CaseRule>, from: Day, until: Day) -> Vec<Period> {
    let mut days = BTreeSet::from([from]);
    for (_, row) in lines.rows() {
        let ends = row.valid_to.into_iter().flat_map(|end| [end.first(), end.last()]);
        days.extend([row.valid_from.first(), row.valid_from.last()].into_iter().chain(ends));
    }
    let mut periods: Vec<(State, Period)> = Vec::new();
    for day in days.into_iter().filter(|day| (from..=until).contains(day)) {
        let words = Words::new(lines, day);
        let rules = rules(day);
        let (state, rows) = state(&words, &rules);
        if periods.last().is_some_and(|(before, _)| *before == state) {
            continue;
        }
        if let Some((_, before)) = periods.last_mut() {
            before.until = Some(day.saturating_sub(1.day()).to_string());
        }
        let case = words.record.case;
        let issue_id = |issue: &Id<Issue>| case.issues[*issue].id.to_string();
        let with_law: BTreeSet<Id<Issue>> = state.conflicts.iter().flatten().filter_map(issue_of).collect();
        let period = Period {
            from: day.to_string(),
            until: None,
            blocked: !state.conflicts.is_empty(),
            issues: with_law.iter().map(issue_id).collect(),
            issues_without_law: state.without_law.iter().map(issue_id).collect(),
            tested: words.tested().count(),
            rows,
        };
        periods.push((state, period));
    }
    periods.into_iter().map(|(_, period)| period).collect()
}

fn issue_of(demand: &Demand) -> Option<Id<Issue>> {
    match demand {
        Demand::Limits { issue, .. } => Some(*issue),
        Demand::Rule(_) => None,
    }
}

/// What blocks on a day, and the ids of the limits behind it that begin on that day.
fn state(words: &Words<'_, '_>, rules: &[CaseRule]) -> (State, Vec<String>) {
    let conflicts = |law: bool| -> Vec<Vec<Demand>> {
        let bounds = words.bounds(Reading { law, ..Reading::FIRST });
        let blockages = components(&bounds, rules).into_iter().filter_map(|component| blockage(&component));
        let sets = blockages.flat_map(|blockage| {
            let of = |mask: &u64| {
                let demands = blockage.demands.iter().enumerate();
                demands.filter(|(place, _)| mask & (1 << (*place).min(63)) != 0).map(|(_, demand)| *demand).collect()
            };
            blockage.conflicts.iter().map(of).collect::<Vec<_>>()
        });
        sets.collect()
    };
    let with_law = conflicts(true);
    let without_law = conflicts(false).iter().flatten().filter_map(issue_of).collect();
    let case = words.record.case;
    let mut rows: BTreeSet<String> = BTreeSet::new();
    for demand in with_law.iter().flatten() {
        if let Demand::Limits { side, issue } = demand {
            let limits = &words.stance(*issue, *side).limits;
            let begun = limits.iter().flat_map(|limit| &limit.rows).map(|row| &case.positions[*row]);
            rows.extend(begun.filter(|row| row.valid_from.first() == words.at).map(|row| row.id.to_string()));
        }
    }
    (State { conflicts: with_law, without_law }, rows.into_iter().collect())
}
