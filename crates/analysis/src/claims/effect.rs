//! What a factor does to the prospects: the sign of its effect, by the drivers of the case.

use detente_case::Record;
use detente_case::claim::predicate::Compare;

use super::{Found, Verdict};

/// The least and the greatest effect of a factor that the drivers leave open, and the ids of their rows: above 0 where the factor makes
/// an agreement more likely. None where the case has no driver of the factor.
///
/// No case has drivers yet, so that there is none.
#[must_use]
pub fn range(record: Record<'_>, factor: &str) -> Option<(f64, f64, Vec<String>)> {
    let _ = (record, factor);
    None
}

pub(super) fn effect(record: Record<'_>, factor: &str, number: &Compare<f64>) -> Found {
    let Some((low, high, rows)) = range(record, factor) else {
        return Found::no_data(format!(
            "The case has no driver of {factor}, so that what it does to the prospects is not stated."
        ));
    };
    let value = super::ground::span(low, high);
    let shows = format!("By its drivers, the effect of {factor} on the prospects lies between {low} and {high}.");
    Found::new(Verdict::of_all([number.holds_between(&low, &high)]), shows)
        .figure(format!("effect of {factor}"), value)
        .rows(rows)
}
