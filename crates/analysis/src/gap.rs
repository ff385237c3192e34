//! How far apart the principals are, in steps of the order of options (layer A). Places are for drawing only.

use std::collections::BTreeMap;

use detente_case::issue::{Issue, OptionSet};
use detente_case::{Case, Day, Id, Month, Record};
use schemars::JsonSchema;
use serde::Serialize;

use crate::draw::Stream;
use crate::stance;

/// The least and the greatest number of steps between two position sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Gap {
    /// Steps between the nearest options of the two.
    pub steps_min: u32,
    /// Steps between the farthest options of the two.
    pub steps_max: u32,
}

/// The gap between two sets; none if either is empty.
#[must_use]
pub fn between(a: OptionSet, b: OptionSet) -> Option<Gap> {
    let (a_low, a_high) = (i32::from(a.lowest()?.0), i32::from(a.highest()?.0));
    let (b_low, b_high) = (i32::from(b.lowest()?.0), i32::from(b.highest()?.0));
    let nearest = a.iter().flat_map(|x| b.iter().map(move |y| x.0.abs_diff(y.0))).min().unwrap_or_default();
    let farthest = (a_high - b_low).abs().max((b_high - a_low).abs());
    Some(Gap { steps_min: u32::from(nearest), steps_max: farthest.unsigned_abs() })
}

/// The gap among several sets: the widest pair decides.
#[must_use]
pub fn among(sets: &[OptionSet]) -> Option<Gap> {
    let mut widest: Option<Gap> = None;
    for (index, a) in sets.iter().enumerate() {
        for b in &sets[index + 1..] {
            let gap = between(*a, *b)?;
            widest = Some(widest.map_or(gap, |w| Gap {
                steps_min: w.steps_min.max(gap.steps_min),
                steps_max: w.steps_max.max(gap.steps_max),
            }));
        }
    }
    widest
}

/// The positions of the principals on every issue on which all of them have one.
#[must_use]
pub fn comparable(record: Record<'_>, at: Day) -> BTreeMap<Id<Issue>, Vec<OptionSet>> {
    let case = record.case;
    let positions = |issue| {
        let sets: Option<Vec<OptionSet>> = case
            .principals
            .iter()
            .map(|actor| stance::position(record, *actor, issue, at).map(|held| held.options))
            .collect();
        sets.filter(|sets| sets.len() > 1).map(|sets| (issue, sets))
    };
    case.issues.ids().filter_map(positions).collect()
}

/// The gap at the end of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthlyGap {
    /// The month.
    pub month: Month,
    /// The issues on which all principals have a position.
    pub comparable: Vec<String>,
    /// Sum of the least steps over them.
    pub steps_min: u32,
    /// Sum of the greatest steps over them.
    pub steps_max: u32,
}

/// The gap at the end of each month from one to another; the last one at `until`.
#[must_use]
pub fn over_time(record: Record<'_>, from: Month, until: Day) -> Vec<MonthlyGap> {
    let mut months = Vec::new();
    let mut month = from;
    while month <= Month::of(until) {
        let comparable = comparable(record, month.last().min(until));
        let gaps: Vec<Gap> = comparable.values().filter_map(|sets| among(sets)).collect();
        months.push(MonthlyGap {
            month,
            comparable: comparable.keys().map(|issue| record.case.issues[*issue].id.to_string()).collect(),
            steps_min: gaps.iter().map(|gap| gap.steps_min).sum(),
            steps_max: gaps.iter().map(|gap| gap.steps_max).sum(),
        });
        if month.next() == month {
            break;
        }
        month = month.next();
    }
    months
}

/// Which way a gap went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Both the least and the greatest distance are smaller, or one is and the other is unchanged.
    Narrower,
    /// Neither changed.
    Same,
    /// Both are greater, or one is and the other is unchanged.
    Wider,
    /// One is greater and the other smaller.
    Unclear,
}

impl Change {
    /// Which way a gap went.
    #[must_use]
    pub fn between(before: Gap, after: Gap) -> Self {
        Change::of(after.steps_min.cmp(&before.steps_min), after.steps_max.cmp(&before.steps_max))
    }

    fn of(least: std::cmp::Ordering, greatest: std::cmp::Ordering) -> Self {
        use std::cmp::Ordering::{Equal, Greater, Less};
        match (least, greatest) {
            (Equal, Equal) => Change::Same,
            (Less, Less | Equal) | (Equal, Less) => Change::Narrower,
            (Greater, Greater | Equal) | (Equal, Greater) => Change::Wider,
            _ => Change::Unclear,
        }
    }
}

/// The gap at two dates, on the issues that can be compared at both.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// The earlier date.
    pub from: String,
    /// The later date.
    pub to: String,
    /// The common issues, with the gap at each date.
    pub issues: Vec<CommonIssue>,
    /// Which way the sum of steps went.
    pub change: Change,
    /// Share of random order-preserving places under which the sum of distances goes the same way.
    pub same_sign: f64,
    /// The number of draws behind the share.
    pub draws: u32,
}

/// The gap of one issue at two dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CommonIssue {
    /// The issue.
    pub id: String,
    /// The gap at the earlier date.
    pub before: Gap,
    /// The gap at the later date.
    pub after: Gap,
}

/// Compares two dates directly, on their common issues. Draws come in pairs: an odd number is rounded up.
#[must_use]
pub fn compare(record: Record<'_>, from: Day, to: Day, seed: u64, draws: u32) -> Comparison {
    let case = record.case;
    let draws = draws.div_ceil(2).saturating_mul(2);
    let (before, after) = (comparable(record, from), comparable(record, to));
    let common: Vec<(Id<Issue>, &[OptionSet], &[OptionSet])> = before
        .iter()
        .filter_map(|(issue, sets)| Some((*issue, sets.as_slice(), after.get(issue)?.as_slice())))
        .collect();
    let issues: Vec<CommonIssue> = common
        .iter()
        .filter_map(|(issue, before, after)| {
            Some(CommonIssue { id: case.issues[*issue].id.to_string(), before: among(before)?, after: among(after)? })
        })
        .collect();
    let sum = |gap: fn(&CommonIssue) -> u32| issues.iter().map(gap).sum::<u32>();
    let change = Change::of(
        sum(|issue| issue.after.steps_min).cmp(&sum(|issue| issue.before.steps_min)),
        sum(|issue| issue.after.steps_max).cmp(&sum(|issue| issue.before.steps_max)),
    );
    let same = (0..draws).filter(|run| drawn_change(case, &common, seed, *run) == change).count();
    let same_sign = if draws == 0 { 0.0 } else { same as f64 / f64::from(draws) };
    Comparison { from: from.to_string(), to: to.to_string(), issues, change, same_sign, draws }
}

/// Which way the sum of distances went under one draw of places.
fn drawn_change(case: &Case, common: &[(Id<Issue>, &[OptionSet], &[OptionSet])], seed: u64, run: u32) -> Change {
    let mut totals = [0_u128; 4];
    for (issue, before, after) in common {
        let places = draw_places(&case.issues[*issue], seed, run);
        for (sets, at) in [(before, 0), (after, 2)] {
            let (least, greatest) = distances(sets, &places);
            totals[at] += u128::from(least);
            totals[at + 1] += u128::from(greatest);
        }
    }
    Change::of(totals[2].cmp(&totals[0]), totals[3].cmp(&totals[1]))
}

/// Random places that keep the order of an issue's options, the ends fixed, as whole numbers from 0 to 2⁶³.
///
/// Runs come in pairs that mirror each other, so that a case with its orders reversed gives the same shares to the bit.
fn draw_places(issue: &Issue, seed: u64, run: u32) -> Vec<u64> {
    const END: u64 = 1 << 63;
    let inner = issue.options.len().saturating_sub(2);
    let mut stream = Stream::new(seed, &format!("place/{}", issue.id), u64::from(run / 2));
    let mut places: Vec<u64> = (0..inner).map(|_| stream.next_bits() >> 1).collect();
    if run % 2 == 1 {
        places.iter_mut().for_each(|place| *place = END - *place);
    }
    places.sort_unstable();
    std::iter::once(0).chain(places).chain(std::iter::once(END)).collect()
}

/// The least and the greatest distance among sets, the widest pair deciding, under given places.
fn distances(sets: &[OptionSet], places: &[u64]) -> (u64, u64) {
    let place = |option: detente_case::issue::OptionPlace| places.get(option.0 as usize).copied().unwrap_or_default();
    let mut widest = (0, 0);
    for (index, a) in sets.iter().enumerate() {
        for b in &sets[index + 1..] {
            let pairs = || a.iter().flat_map(|x| b.iter().map(move |y| place(x).abs_diff(place(y))));
            widest = (widest.0.max(pairs().min().unwrap_or_default()), widest.1.max(pairs().max().unwrap_or_default()));
        }
    }
    widest
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_case::issue::OptionPlace;

    fn set(options: &[u8]) -> OptionSet {
        options.iter().copied().map(OptionPlace).collect()
    }

    #[test]
    fn a_gap_is_the_least_and_the_greatest_number_of_steps() {
        assert_eq!(between(set(&[0]), set(&[5])), Some(Gap { steps_min: 5, steps_max: 5 }));
        assert_eq!(between(set(&[0, 1]), set(&[3, 5])), Some(Gap { steps_min: 2, steps_max: 5 }));
        assert_eq!(between(set(&[2]), set(&[1, 2, 3])), Some(Gap { steps_min: 0, steps_max: 1 }));
        assert_eq!(between(set(&[]), set(&[1])), None);
    }

    #[test]
    fn among_several_the_widest_pair_decides() {
        assert_eq!(among(&[set(&[0]), set(&[1]), set(&[4])]), Some(Gap { steps_min: 4, steps_max: 4 }));
        assert_eq!(among(&[set(&[0])]), None);
    }

    #[test]
    fn a_change_is_clear_only_if_both_ends_agree() {
        use std::cmp::Ordering::{Equal, Greater, Less};
        assert_eq!(Change::of(Less, Equal), Change::Narrower);
        assert_eq!(Change::of(Greater, Greater), Change::Wider);
        assert_eq!(Change::of(Less, Greater), Change::Unclear);
        assert_eq!(Change::of(Equal, Equal), Change::Same);
    }
}
