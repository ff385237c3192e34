//! What a factor does to the prospects: the sign of its effect, by the drivers of the case.

use detente_case::Record;
use detente_case::claim::predicate::Compare;

use super::{Found, Verdict};

/// The least and the greatest effect of one unit of a factor on what its drivers say that it moves, and the ids of their rows. None where the
/// case has no driver of the factor. What is moved differs in kind, so only the sign of the numbers means something here.
fn range(record: Record<'_>, factor: &str) -> Option<(f64, f64, Vec<String>)> {
    let drivers = record.drivers(record.known);
    let of_factor: Vec<_> = drivers.iter().map(|(_, row)| row).filter(|row| *row.about.factor == *factor).collect();
    let ends = of_factor.iter().map(|row| (row.range.low().value(), row.range.high().value()));
    let (low, high) = ends.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))?;
    Some((low, high, of_factor.iter().map(|row| row.id.to_string()).collect()))
}

pub(super) fn effect(record: Record<'_>, factor: &str, number: &Compare<f64>) -> Found {
    let Some((low, high, rows)) = range(record, factor) else {
        return Found::no_data(format!(
            "The case has no driver of {factor}, so that what it does to the prospects is not stated."
        ));
    };
    let value = super::ground::span(low, high);
    let shows = format!(
        "By its drivers, what one unit of {factor} moves lies between {low} and {high} (drivers.csv: {}).",
        rows.join(", ")
    );
    Found::new(Verdict::of_all([number.holds_between(&low, &high)]), shows).figure(format!("effect of {factor}"), value)
}
