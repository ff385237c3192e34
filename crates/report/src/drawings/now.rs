//! Where the principals stand at a moment, on every issue.

use std::collections::BTreeMap;

use detente_analysis::now::{IssueNow, Now, StanceNow};
use detente_case::issue::{Issue, OptionSet};
use detente_case::position::Position;
use detente_case::{Case, Id};

use super::{caption, date, heading, is_own, positions_by_id, principal, principals, read_as, shorten, statement};
use crate::figure::Figure;
use crate::figure::now::{self, Reading, Stance};

/// The principals' positions, limits and distances on every issue.
pub fn now_plot(case: &Case, now: &Now) -> Figure {
    let rows = positions_by_id(case);
    let input = now::Now {
        caption: caption("now", format!("Who asks for what and rules out what, as of {}", date(&now.moment.at))),
        first_end: "first option of each issue".to_owned(),
        last_end: "last option of each issue".to_owned(),
        parties: principals(case),
        issues: now.issues.iter().map(|issue| drawn_issue(case, &rows, issue)).collect(),
    };
    read_as(
        now::draw(&input),
        "Each row is an issue with its options from left to right. A filled mark is what a side asks for in its own words, a \
         hollow one what is only reported or inferred, hatching what it rules out, upright where only its law does; the distance counts steps between the \
         positions, not how much they matter.",
    )
}

fn drawn_issue(case: &Case, rows: &BTreeMap<&str, Id<Position>>, now: &IssueNow) -> now::Issue {
    let issue = case.issues.iter().find(|issue| *issue.id == *now.id);
    let options = issue.map(|issue| issue.options.iter().map(|option| option.label.to_string()).collect());
    let stances = now
        .stances
        .iter()
        .filter(|stance| stance.principal)
        .filter_map(|stance| Some(drawn_stance(case, rows, issue?, principal(case, &stance.actor)?, stance)));
    now::Issue {
        title: if now.title.is_empty() { now.id.clone() } else { now.title.clone() },
        group: heading(&now.group),
        options: options.unwrap_or_default(),
        stances: stances.collect(),
        gap: now.gap.map(|gap| (gap.steps_min as usize, gap.steps_max as usize)),
    }
}

fn drawn_stance(
    case: &Case,
    rows: &BTreeMap<&str, Id<Position>>,
    issue: &Issue,
    party: usize,
    stance: &StanceNow,
) -> Stance {
    let place = |id: &String| issue.option(id).map(|place| usize::from(place.0));
    let row = |id: &String| rows.get(id.as_str()).map(|id| &case.positions[*id]);
    let statements = |ids: &[String]| ids.iter().filter_map(row).map(statement).collect::<Vec<_>>();
    let mut readings = Vec::new();
    let position: Vec<usize> = stance.position.iter().filter_map(place).collect();
    if !position.is_empty() {
        let mut title = statements(&stance.position_rows);
        if !stance.condition.is_empty() {
            title.push(format!("if: {}", shorten(&stance.condition, super::STATEMENT)));
        }
        if stance.possibly {
            title.push("a date that is not exact leaves open what stands".to_owned());
        }
        let best = if position.len() == 1 { position.first().copied() } else { None };
        readings.push(Reading { options: position, best, own: true, title: title.join("; ") });
    }
    for reported in stance.rows.iter().filter_map(row).filter(|row| !is_own(row)) {
        let Some(ask) = reported.ask else { continue };
        readings.push(Reading {
            options: OptionSet::range(ask.low, ask.high).iter().map(|place| usize::from(place.0)).collect(),
            best: ask.best.map(|best| usize::from(best.0)),
            own: false,
            title: statement(reported),
        });
    }
    // An option that an offer has put back under a condition is drawn apart from those that are ruled out.
    let (relaxed, firm): (Vec<_>, Vec<_>) = stance.limits.iter().partition(|limit| limit.relaxed_if.is_some());
    // Laws are a layer of their own: they do not bind what a side asks for in words.
    let (laws, ruled_out): (Vec<_>, Vec<_>) = firm.into_iter().partition(|limit| limit.law);
    let words = |limits: &[&detente_analysis::now::LimitNow]| {
        let mut ids: Vec<String> = limits.iter().flat_map(|limit| &limit.rows).cloned().collect();
        ids.sort_by(|a, b| detente_case::natural_order(a, b));
        ids.dedup();
        statements(&ids).join("; ")
    };
    let mut conditions: Vec<String> = relaxed
        .iter()
        .filter_map(|limit| limit.relaxed_if.as_deref())
        .map(|words| shorten(words, super::STATEMENT))
        .collect();
    conditions.sort();
    conditions.dedup();
    let open: Vec<usize> = ruled_out.iter().filter_map(|limit| place(&limit.option)).collect();
    let mut law: Vec<usize> = laws.iter().filter_map(|limit| place(&limit.option)).collect();
    law.retain(|option| !open.contains(option));
    let mut conditional: Vec<usize> = relaxed.iter().filter_map(|limit| place(&limit.option)).collect();
    conditional.retain(|option| !open.contains(option));
    Stance {
        party,
        readings,
        limits: open,
        limits_title: words(&ruled_out),
        law,
        law_title: words(&laws),
        conditional,
        conditional_title: if conditions.is_empty() {
            String::new()
        } else {
            format!("if: {}; ruled out before: {}", conditions.join("; or "), words(&relaxed))
        },
    }
}
