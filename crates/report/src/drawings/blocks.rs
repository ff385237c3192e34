//! What blocks, on the ladders of the issues, and the steps that would unblock.

use std::collections::BTreeSet;

use detente_analysis::blocks::{Blocks, Bounds, ClauseNow, Lines, ReadingNow, StepsNow, Words, admissible};
use detente_case::issue::{Issue, OptionPlace, OptionSet};
use detente_case::position::Position;
use detente_case::{Case, Id, Moment, Record};

use super::{caption, date, ids, issue_title, principals, read_as, shorten};
use crate::figure::Figure;
use crate::figure::blocks::{self, Group, Refusal, Side};
use crate::figure::steps::{self, Point, Staircase, Steps};

/// The issues on which declared limits leave nothing, in the first reading of limits; none if nothing blocks.
///
/// Cost: the stances of the principals on every issue at the moment.
pub fn conflict_sets(case: &Case, moment: Moment, result: &Blocks) -> Option<Figure> {
    let reading = result.limits.first().filter(|reading| reading.blocked)?;
    let lines = Lines::new(Record::known_by(case, moment.known));
    let words = Words::new(&lines, moment.at);
    let bounds = words.bounds(reading.reading);
    let drawing = Drawing { case, words: &words, bounds: &bounds };
    let groups: Vec<Group> = reading.steps.iter().map(|found| drawing.group(reading, found)).collect();
    let blocked: BTreeSet<&str> = reading.steps.iter().flat_map(|found| &found.issues).map(String::as_str).collect();
    let free = words.tested().map(|issue| &*case.issues[issue].id).filter(|id| !blocked.contains(id));
    let input = blocks::Blocks {
        caption: caption(
            "blocks",
            format!("What declared limits leave of each issue, as of {}", date(&moment.at.to_string())),
        ),
        parties: principals(case),
        groups,
        free: free.map(|id| issue_title(case, id)).collect(),
        untested: result.coverage.issues.saturating_sub(result.coverage.tested),
    };
    Some(read_as(
        blocks::draw(&input),
        "Each row is an issue on which declared limits leave no option, with its options in order. Hatching is what a side rules \
         out, with § where its law does; the lowest line of cells shows what nobody rules out. Steps count options, \
         not how much they matter.",
    ))
}

/// The minimal steps of the principals that would unblock, in the first reading of limits; none if nothing blocks.
pub fn steps(case: &Case, result: &Blocks) -> Option<Figure> {
    let reading = result.limits.first().filter(|reading| reading.blocked)?;
    let found = &reading.steps;
    let joint = Staircase {
        title: match found.as_slice() {
            [only] => titles(case, &only.issues),
            several => format!("All {} together", several.len()),
        },
        points: reading
            .joint
            .iter()
            .map(|joint| Point { steps: joint.steps.clone(), title: opens(case, &joint.opens) })
            .collect(),
    };
    let input = Steps {
        caption: caption("steps", "Steps of each side that would leave a package"),
        parties: principals(case),
        joint,
        issues: found.iter().map(|found| staircase(case, found)).collect(),
    };
    Some(read_as(
        steps::draw(&input),
        "A dot is a number of steps of each side, counted from what it leaves open, after which a package is left; with fewer of \
         either none is. Steps count options, not how much they matter, and say nothing of who would take them.",
    ))
}

fn staircase(case: &Case, found: &StepsNow) -> Staircase {
    let points = found.pairs.iter().zip(&found.opens);
    let point =
        |(steps, clauses): (&Vec<u32>, &Vec<ClauseNow>)| Point { steps: steps.clone(), title: opens(case, clauses) };
    Staircase { title: titles(case, &found.issues), points: points.map(point).collect() }
}

/// The titles of issues that hang together.
fn titles(case: &Case, issues: &[String]) -> String {
    issues.iter().map(|id| issue_title(case, id)).collect::<Vec<_>>().join(" + ")
}

/// "opens Crimea: option 2, Autonomy".
fn opens(case: &Case, clauses: &[ClauseNow]) -> String {
    let words = |clause: &ClauseNow| {
        let issue = case.issues.iter().find(|issue| *issue.id == *clause.issue);
        let option = issue.and_then(|issue| issue.option(&clause.option).map(|place| (issue, usize::from(place.0))));
        let words = option.map(|(issue, place)| format!("option {}, {}", place + 1, issue.options[place].label));
        format!("{}: {}", issue_title(case, &clause.issue), words.unwrap_or_else(|| clause.option.clone()))
    };
    let clauses: Vec<String> = clauses.iter().map(words).collect();
    format!("opens {}", clauses.join("; "))
}

/// What one reading of limits leaves open.
struct Drawing<'a, 'l, 'c> {
    case: &'c Case,
    words: &'a Words<'l, 'c>,
    bounds: &'a Bounds,
}

impl Drawing<'_, '_, '_> {
    fn group(&self, reading: &ReadingNow, found: &StepsNow) -> Group {
        let issues = self.case.issues.with_ids().filter(|(_, issue)| found.issues.iter().any(|id| **id == *issue.id));
        // Rules have no issue of their own: those that block together with limits on these issues are named.
        let of_group = |set: &&Vec<detente_analysis::blocks::DemandNow>| {
            set.iter().filter_map(|demand| demand.issue.as_ref()).any(|issue| found.issues.contains(issue))
        };
        let sets = reading.conflict_sets.iter().filter(of_group);
        let rules: BTreeSet<&str> = sets.flatten().filter_map(|demand| demand.rule.as_deref()).collect();
        let alone = found.issues.len() == 1;
        let steps = || if alone { found.pairs.clone() } else { Vec::new() };
        Group {
            issues: issues.map(|(id, issue)| self.issue(id, issue, steps())).collect(),
            tied_by: rules.into_iter().collect::<Vec<_>>().join(", "),
        }
    }

    fn issue(&self, id: Id<Issue>, issue: &Issue, steps: Vec<Vec<u32>>) -> blocks::Issue {
        blocks::Issue {
            title: issue_title(self.case, &issue.id),
            options: issue.options.iter().map(|option| option.label.to_string()).collect(),
            sides: self
                .bounds
                .issues
                .get(id.place())
                .map(|bounds| bounds.sides.iter().enumerate().map(|(place, side)| self.side(id, place, side)).collect())
                .unwrap_or_default(),
            steps,
        }
    }

    fn side(&self, issue: Id<Issue>, place: usize, side: &admissible::Side) -> Side {
        let asked = self.words.stance(issue, place).position.as_ref().map_or(OptionSet::EMPTY, |held| held.options);
        Side {
            ruled_out: side.closed.iter().map(|option| self.refusal(side, option)).collect(),
            conditional: side.conditional.iter().map(|of| self.on_condition(side, of.option)).collect(),
            in_words: side.in_words.iter().map(|(option, _)| self.on_condition(side, *option)).collect(),
            asked: numbers(asked),
            tabled: numbers(side.tabled),
        }
    }

    /// What rules an option out, whatever else is agreed.
    fn refusal(&self, side: &admissible::Side, option: OptionPlace) -> Refusal {
        let limits = || side.limits.iter().filter(|limit| limit.option == option && limit.relaxed_if.is_none());
        let rows: BTreeSet<Id<Position>> = limits().flat_map(|limit| limit.rows.iter().copied()).collect();
        Refusal {
            option: usize::from(option.0),
            words: limits().any(|limit| !limit.law),
            law: limits().any(|limit| limit.law),
            title: self.ids(&rows),
        }
    }

    /// What rules an option out unless a condition is met, and the condition.
    fn on_condition(&self, side: &admissible::Side, option: OptionPlace) -> Refusal {
        let limits = || side.limits.iter().filter(|limit| limit.option == option && limit.relaxed_if.is_some());
        let rows: BTreeSet<Id<Position>> = limits().flat_map(|limit| limit.rows.iter().copied()).collect();
        let conditions: BTreeSet<&str> = limits().filter_map(|limit| limit.relaxed_if.as_deref()).collect();
        let conditions: Vec<String> = conditions.into_iter().map(|words| shorten(words, super::STATEMENT)).collect();
        Refusal {
            option: usize::from(option.0),
            words: limits().any(|limit| !limit.law),
            law: limits().any(|limit| limit.law),
            title: format!("if {} ({})", conditions.join("; or "), self.ids(&rows)),
        }
    }

    fn ids(&self, rows: &BTreeSet<Id<Position>>) -> String {
        ids(rows.iter().map(|row| &*self.case.positions[*row].id))
    }
}

fn numbers(set: OptionSet) -> Vec<usize> {
    set.iter().map(|place| usize::from(place.0)).collect()
}
