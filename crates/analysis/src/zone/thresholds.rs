//! The least shift of thresholds that would open a zone, as a frontier with a package behind each row (layer C).
//!
//! Thresholds come down from the values of no agreement and premiums where the case states any, else from all that each side asks
//! for. That no less suffices follows from the search: every worth that no package improves on was looked at.

use detente_case::price::Per;
use detente_packages::shift::{Concession, Cost, Least, concessions};
use detente_packages::{Problem, number};
use num_bigint::BigInt;
use num_traits::ToPrimitive as _;
use schemars::JsonSchema;
use serde::Serialize;

use super::Terms;
use super::solved::clauses;
use super::terms::{CAPS, Points};
use crate::blocks::Words;
use crate::ensemble::rounded;
use crate::room::{ValuesError, share_of};
use crate::view::{LimitsUse, SCALE, View, ViewError};

/// The least shifts of thresholds that would open a zone.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Thresholds {
    /// Where thresholds come down from.
    pub rule: From,
    /// The thresholds, one a principal, as shares of its range; premiums come on top.
    pub thresholds: Vec<f64>,
    /// Whether limits exclude packages, or are lifted because they exclude every package.
    pub limits: LimitsUse,
    /// By how much each threshold would have to come down, one row for each way of which nothing can be spared. One row of nothing
    /// if there is a zone already.
    pub frontier: Vec<Vec<f64>>,
    /// For each row a package that it opens: issue and option by id, for the issues that enter.
    pub opens: Vec<Vec<[String; 2]>>,
    /// How many worths were looked at: all that no package improves on.
    pub examined: usize,
    /// The cheapest rows; none unless case.toml states the price of a threshold for every principal.
    pub priced: Option<Priced>,
}

/// Where thresholds come down from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum From {
    /// The values of no agreement.
    Alternatives,
    /// All that each side asks for.
    FullAsk,
}

/// The shifts that cost least at the stated prices.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Priced {
    /// The sum of shifts, each times the price of the whole range of its side.
    pub cost: f64,
    /// Every row that costs that.
    pub shifts: Vec<Vec<f64>>,
}

/// The least shifts of thresholds at the best values of a view.
///
/// # Errors
/// See [`ValuesError`].
pub fn thresholds(words: &Words<'_, '_>, view: &View<'_>) -> Result<Thresholds, ValuesError> {
    let terms = Terms::new(words, view)?;
    let sides = view.case().principals.len();
    let (rule, from) = match &terms {
        Some(terms) => (From::Alternatives, terms.alternatives(&terms.inputs.best())),
        None => (From::FullAsk, vec![SCALE; sides]),
    };
    let mut found = None;
    for packages in view.ways().into_iter().filter(|way| way.norm_flagged) {
        let points = match &terms {
            Some(terms) => terms.points(&terms.inputs.best(), packages)?,
            None => Points::of_view(view, &view.inputs().best(), packages)?,
        };
        if !points.worths.is_empty() {
            found = Some((packages.limits, points));
            break;
        }
    }
    let Some((limits, points)) = found else {
        // Even the logic of the case leaves no package.
        return Ok(Thresholds {
            rule,
            thresholds: from.into_iter().map(share_of).collect(),
            limits: LimitsUse::Lifted,
            frontier: Vec::new(),
            opens: Vec::new(),
            examined: 0,
            priced: None,
        });
    };
    let problem = Problem::new(vec![0; sides], vec![points.worths.clone()]).map_err(ViewError::Problem)?;
    let rows = concessions(&problem, &from, &[], CAPS, 1).map_err(ValuesError::Shift)?;
    let shares = |row: &Concession<i64>| row.shift.iter().copied().map(share_of).collect::<Vec<f64>>();
    let opens = |row: &Concession<i64>| {
        let point = row.first.first().and_then(|package| package.first()).map_or(0, |option| usize::from(*option));
        points.packages.get(point).map(|package| clauses(view, package)).unwrap_or_default()
    };
    Ok(Thresholds {
        rule,
        thresholds: from.into_iter().map(share_of).collect(),
        limits,
        frontier: rows.rows.iter().map(shares).collect(),
        opens: rows.rows.iter().map(opens).collect(),
        examined: points.worths.len(),
        priced: match prices(view) {
            Some(weights) => {
                match rows.least(&Cost::Sum { weights, prices: Vec::new() }, &[]).map_err(ValuesError::Shift)? {
                    Least::Impossible { .. } => None,
                    Least::Found { cost, tied, .. } => {
                        let cost = cost.first().map(|cost| cost / BigInt::from(SCALE)).and_then(|cost| cost.to_f64());
                        cost.map(|cost| Priced { cost: rounded(cost), shifts: tied.iter().map(shares).collect() })
                    }
                }
            }
            None => None,
        },
    })
}

/// The price of the whole range of each principal, if one is stated for all.
fn prices(view: &View<'_>) -> Option<Vec<detente_packages::Exact>> {
    let case = view.case();
    let of = |actor| case.prices.iter().find(|price| price.actor == actor && price.per == Per::Threshold);
    case.principals.iter().map(|actor| number::parse(of(*actor)?.amount.text())).collect()
}
