//! Packages that stand out in the zone at the best values.

use detente_case::Id;
use detente_case::issue::Issue;
use detente_packages::solution::{self, Ideal, Powers, Solution};
use detente_packages::{Problem, frontier_above};
use schemars::JsonSchema;
use serde::Serialize;

use super::Terms;
use super::terms::{CAPS, Points};
use crate::ensemble::Draw;
use crate::room::{ValuesError, share_of};
use crate::view::{LimitsUse, Packages, View, ViewError};

/// The most packages listed of one vector.
const LISTED: usize = 10;

/// Reference points under the stated assumptions. None of them is advice.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Solutions {
    /// The rule for what each principal gets without agreement.
    pub rule: String,
    /// What each principal gets without agreement.
    pub disagreement: Vec<f64>,
    /// Whether limits exclude packages here.
    pub limits: LimitsUse,
    /// The greatest product of gains.
    pub nash: Solved,
    /// The greatest least gain, each measured by the most that its side can gain in the zone; among equals the next least.
    pub kalai_smorodinsky: Solved,
    /// The greatest least gain; among equals the next least. Compares gains across sides.
    pub egalitarian: Solved,
    /// The greatest sum of worths. Compares worths across sides.
    pub utilitarian: Solved,
}

/// What stands out by one concept.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Solved {
    /// Whether the concept singles nothing out, though there are packages in the zone.
    pub degenerate: bool,
    /// All worths that tie; empty without a zone.
    pub tied: Vec<Point>,
}

/// A worth that stands out, and packages that have it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Point {
    /// What it is worth to each principal, less its premium.
    pub worth: Vec<f64>,
    /// One package that is worth that: issue and option by id, for the issues that enter.
    pub package: Vec<[String; 2]>,
}

/// What stands out in the zone of a run.
pub(super) fn solutions(terms: &Terms<'_, '_>, draw: &Draw<'_>, packages: Packages) -> Result<Solutions, ValuesError> {
    let disagreement = terms.alternatives(draw);
    let points = terms.points(draw, packages)?;
    // Premiums that are cut off at 0 do not add up over issues: the packages that none improves on are the options of one issue.
    let problem = if points.worths.is_empty() {
        let mut none = Problem::new(vec![0; disagreement.len()], vec![vec![vec![0; disagreement.len()]]]);
        if let Ok(problem) = &mut none {
            problem.forbid(0, 0);
        }
        none
    } else {
        Problem::new(vec![0; disagreement.len()], vec![points.worths.clone()])
    };
    let problem = problem.map_err(ViewError::Problem)?;
    let zone = frontier_above(&problem, &disagreement, CAPS)?;
    let told = |solution: &Solution<i64>| told(terms, &points, solution);
    Ok(Solutions {
        rule: "reservation".into(),
        disagreement: disagreement.iter().copied().map(share_of).collect(),
        limits: packages.limits,
        nash: told(&solution::nash(&zone, &disagreement, &Powers::equal(disagreement.len()), LISTED)),
        kalai_smorodinsky: told(&solution::kalai_smorodinsky(&zone, &disagreement, Ideal::Zone, LISTED).solution),
        egalitarian: told(&solution::egalitarian(&zone, &disagreement, LISTED)),
        utilitarian: told(&solution::utilitarian(&zone, LISTED)),
    })
}

fn told(terms: &Terms<'_, '_>, points: &Points, solution: &Solution<i64>) -> Solved {
    let point = |tied: &solution::Tied<i64>| {
        let place = tied.first.first().and_then(|package| package.first()).map_or(0, |option| usize::from(*option));
        Point {
            worth: tied.worth.iter().copied().map(share_of).collect(),
            package: points.packages.get(place).map(|package| clauses(terms.view, package)).unwrap_or_default(),
        }
    };
    Solved { degenerate: matches!(solution, Solution::Degenerate), tied: solution.tied().iter().map(point).collect() }
}

/// A package by the ids of issues and options, for the issues that enter.
pub(super) fn clauses(view: &View<'_>, package: &[u16]) -> Vec<[String; 2]> {
    let case = view.case();
    let clause = |((issue, _), option): ((Id<Issue>, bool), &u16)| {
        let issue = &case.issues[issue];
        [issue.id.to_string(), issue.options[usize::from(*option)].id.to_string()]
    };
    view.entering().zip(package).map(clause).collect()
}
