//! Numbers that the case states as ranges, as inputs.

use detente_case::Case;
use detente_case::input::Input as Row;

use super::Assumption;
use crate::ensemble::{Distribution, Input, Triangle};

/// The input of a row, and what is told of it. A row with neither source nor reason spans its whole admissible range.
pub(crate) fn stated<A>(
    case: &Case,
    row: &Row<A>,
    name: String,
    group: String,
    bounds: (f64, f64),
    what: String,
) -> (Input, Assumption) {
    let [low, best, high] = [row.range.low(), row.range.best(), row.range.high()].map(|number| number.value());
    let confidence = row.confidence.as_ref().or(case.settings.confidence.as_ref()).map_or(1.0, |share| share.value());
    let cited = row.source.is_some() || !row.reason.is_empty();
    let triangle = Triangle::new(low, best, high, confidence, bounds).filter(|_| cited);
    let (distribution, range) = match triangle {
        Some(triangle) => (Distribution::Triangle(triangle), (low, high)),
        None => (Distribution::Uniform { low: bounds.0, high: bounds.1 }, bounds),
    };
    let reason = match (row.source, row.reason.is_empty()) {
        (Some(_), true) => "Stated in the case, with a source.".to_owned(),
        (_, false) => row.reason.to_string(),
        (None, true) => "Neither source nor reason is given, so the whole admissible range is drawn.".to_owned(),
    };
    let assumption = Assumption {
        input: name.clone(),
        what,
        used: row.range.best().to_string(),
        low: Some(range.0),
        high: Some(range.1),
        reason,
        rows: Some(row.id.to_string()).filter(|id| !id.is_empty()).into_iter().collect(),
        source: row.source.map(|source| case.sources[source].id.to_string()),
    };
    (Input { name, group, distribution, best: vec![best] }, assumption)
}

/// An input of which nothing is stated: anything in its range.
pub(crate) fn unstated(
    name: String,
    group: String,
    bounds: (f64, f64),
    best: f64,
    what: String,
    reason: &str,
) -> (Input, Assumption) {
    let assumption = Assumption {
        input: name.clone(),
        what,
        used: crate::ensemble::rounded(best).to_string(),
        low: Some(bounds.0),
        high: Some(bounds.1),
        reason: reason.to_owned(),
        rows: Vec::new(),
        source: None,
    };
    let distribution = Distribution::Uniform { low: bounds.0, high: bounds.1 };
    (Input { name, group, distribution, best: vec![best] }, assumption)
}
