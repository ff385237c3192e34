//! How far apart the principals' positions were, month by month.

use detente_analysis::gap::MonthlyGap;
use detente_case::{Case, Day, Month};

use super::{caption, issue_title, list, month, read_as};
use crate::figure::Figure;
use crate::figure::gap::{self, Gap, GapPoint};

/// The sum of steps between the principals at the end of each month up to a day, and on how many issues they can be compared.
///
/// Months in which nothing changed are drawn with the one before.
pub fn gap_over_time(case: &Case, months: &[MonthlyGap], until: Day) -> Figure {
    let mut points = Vec::new();
    let mut before: Option<&MonthlyGap> = None;
    for (place, now) in months.iter().enumerate() {
        let same = before.is_some_and(|before| {
            (&before.comparable, before.steps_min, before.steps_max) == (&now.comparable, now.steps_min, now.steps_max)
        });
        if !same || place + 1 == months.len() {
            points.push(GapPoint {
                date: now.month.last().min(until).to_string(),
                least: now.steps_min as usize,
                greatest: now.steps_max as usize,
                issues: now.comparable.len(),
                title: changed(case, before, now),
            });
        }
        before = Some(now);
    }
    let last = months.last().map_or(Month::of(until), |last| last.month);
    let input = Gap {
        caption: caption("gap", "Steps between the positions, and on how many issues they can be compared"),
        from: month(months.first().map_or(last, |first| first.month)),
        to: month(last),
        issues: case.issues.len(),
        points,
    };
    read_as(
        gap::draw(&input),
        "The upper panel sums the steps between the positions over the issues that can be compared at the end of each month; \
         the lower one counts these issues. The sum also changes when an issue comes in or lapses, so a rise need not mean \
         that anybody moved.",
    )
}

/// Which issues came in and which lapsed since the month before.
fn changed(case: &Case, before: Option<&MonthlyGap>, now: &MonthlyGap) -> String {
    let known = before.map(|before| before.comparable.as_slice()).unwrap_or_default();
    let titles = |ids: &[String], others: &[String]| {
        let left: Vec<String> = ids.iter().filter(|id| !others.contains(id)).map(|id| issue_title(case, id)).collect();
        list(&left)
    };
    let (came, went) = (titles(&now.comparable, known), titles(known, &now.comparable));
    let mut parts = Vec::new();
    if !came.is_empty() {
        parts.push(format!("can be compared now: {came}"));
    }
    if !went.is_empty() {
        parts.push(format!("can no longer be compared: {went}"));
    }
    parts.join("; ")
}
