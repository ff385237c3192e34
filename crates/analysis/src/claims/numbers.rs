//! Questions about series, relations and trust.

use detente_case::actor::Actor;
use detente_case::claim::predicate::{Compare, Window};
use detente_case::relation::RelationType;
use detente_case::{Day, Holds, Id, When};

use super::ground::{Ground, NotYet, span};
use super::{Found, Verdict};
use crate::history;

/// The latest values of a series up to a day: the least, the greatest, the date and the unit. Several stand where one day has several.
fn latest(ground: &Ground<'_>, name: &str, day: Day) -> Option<(f64, f64, When, String)> {
    let rows =
        || ground.record.factors().map(|(_, row)| row).filter(|row| *row.name == *name && row.date.last() <= day);
    let date = rows().map(|row| row.date).max_by_key(|date| (date.last(), date.first()))?;
    let values: Vec<f64> = rows().filter(|row| row.date == date).map(|row| row.value).collect();
    let low = values.iter().copied().reduce(f64::min)?;
    let high = values.iter().copied().reduce(f64::max)?;
    let unit = rows().find(|row| row.date == date).map(|row| row.unit.to_string()).unwrap_or_default();
    Some((low, high, date, unit))
}

fn with_unit(value: String, unit: &str) -> String {
    if unit.is_empty() { value } else { format!("{value} {unit}") }
}

pub(super) fn series(
    ground: &Ground<'_>,
    name: &str,
    at: Option<When>,
    number: &Compare<f64>,
) -> Result<Found, NotYet> {
    let day = ground.day(at)?;
    let Some((low, high, date, unit)) = latest(ground, name, day) else {
        return Ok(Found::no_data(format!("The series {name} has no value up to {day}.")));
    };
    let value = with_unit(span(low, high), &unit);
    let shows = format!("The latest value of {name} up to {day} is {value}, of {date}.");
    Ok(Found::new(Verdict::of_all([number.holds_between(&low, &high)]), shows)
        .figure(format!("{name}, {date}"), value)
        .rows([format!("factor:{name}")]))
}

pub(super) fn change(ground: &Ground<'_>, name: &str, window: Window, number: &Compare<f64>) -> Result<Found, NotYet> {
    let days = ground.days(window)?;
    let first = window.from.map_or_else(|| history::start(ground.record).first(), When::last).min(days.to);
    let before = latest(ground, name, first);
    let after = latest(ground, name, days.to);
    let ((low, high, old, unit), (new_low, new_high, new, _)) = match (before, after) {
        (Some(before), Some(after)) if before.2 != after.2 => (before, after),
        (Some(before), Some(_)) => {
            return Ok(Found::no_data(format!(
                "The series {name} has one value for both {first} and {}: that of {}.",
                days.to, before.2
            )));
        }
        (None, _) => return Ok(Found::no_data(format!("The series {name} has no value up to {first}."))),
        (_, None) => return Ok(Found::no_data(format!("The series {name} has no value up to {}.", days.to))),
    };
    let (was, is) = (with_unit(span(low, high), &unit), with_unit(span(new_low, new_high), &unit));
    let shows = format!("{name} went from {was} ({old}) to {is} ({new}).");
    let answer = number.holds_between(&(new_low - high), &(new_high - low));
    Ok(Found::new(Verdict::of_all([answer]), shows)
        .figure(format!("{name}, {old}"), was)
        .figure(format!("{name}, {new}"), is)
        .rows([format!("factor:{name}")]))
}

/// `on some day from 2022-03-01 to 2022-04-30`, `on 2022-04-30`.
fn on_some_day(days: &str) -> String {
    if days.starts_with("on ") { days.to_owned() } else { format!("on some day {days}") }
}

pub(super) fn relation(
    ground: &Ground<'_>,
    from: Id<Actor>,
    to: Id<Actor>,
    kind: RelationType,
    window: Window,
) -> Result<Found, NotYet> {
    let days = ground.days(window)?;
    let record = ground.record;
    let between = || {
        record
            .relations()
            .map(|(_, row)| row)
            .filter(|row| row.from == from && row.to == to && row.valid_from.first() <= days.to)
    };
    let (who, whom) = (ground.name(from), ground.name(to));
    if between().next().is_none() {
        return Ok(Found::no_data(format!("No relation of {who} to {whom} is on record up to {}.", days.to)));
    }
    let mut stands = Holds::No;
    let mut rows = Vec::new();
    for row in between().filter(|row| row.kind == kind) {
        let end = record.end_of(row);
        let certain = row.valid_from.last() <= days.to && end.is_none_or(|end| end.first() >= days.from);
        let possible = end.is_none_or(|end| end.last() >= days.from);
        let holds = if certain {
            Holds::Yes
        } else if possible {
            Holds::Possibly
        } else {
            Holds::No
        };
        if holds != Holds::No {
            rows.push(row.id.to_string());
        }
        stands = stands.max(holds);
    }
    let word = kind.word();
    let (answer, shows) = match stands {
        Holds::Yes => {
            (Some(true), format!("A relation of type {word} of {who} to {whom} stands {}.", on_some_day(&days.words())))
        }
        Holds::Possibly => (
            None,
            format!(
                "Partial dates leave open whether a relation of type {word} of {who} to {whom} stands {}.",
                on_some_day(&days.words())
            ),
        ),
        Holds::No => {
            let mut kinds: Vec<&str> = between().map(|row| row.kind.word()).collect();
            kinds.sort_unstable();
            kinds.dedup();
            let other = kinds.join(", ");
            (
                Some(false),
                format!(
                    "No relation of type {word} of {who} to {whom} stands {}; on record up to then: {other}.",
                    on_some_day(&days.words())
                ),
            )
        }
    };
    let value = match answer {
        Some(true) => "yes",
        Some(false) => "no",
        None => "possibly",
    };
    Ok(Found::new(Verdict::of_all([answer]), shows).figure(format!("{who} {word} {whom}"), value).rows(rows))
}

pub(super) fn trust_change(
    ground: &Ground<'_>,
    from: Id<Actor>,
    to: Id<Actor>,
    window: Window,
    number: &Compare<f64>,
) -> Result<Found, NotYet> {
    let days = ground.days(window)?;
    let first = window.from.map_or_else(|| history::start(ground.record).first(), When::last).min(days.to);
    let at = |day| ground.record.trust(day).into_iter().find(|(_, row)| row.about.from == from && row.about.to == to);
    let (who, whom) = (ground.name(from), ground.name(to));
    let (Some((old, before)), Some((new, after))) = (at(first), at(days.to)) else {
        return Ok(Found::no_data(format!(
            "Nothing is stated of how far {who} trusted {whom} on {first} and on {}.",
            days.to
        )));
    };
    if old == new {
        return Ok(Found::no_data(format!(
            "One row states how far {who} trusted {whom} on both {first} and {}.",
            days.to
        )));
    }
    let ends = |row: &detente_case::input::trust::Trust| (row.range.low().value(), row.range.high().value());
    let ((low, high), (new_low, new_high)) = (ends(before), ends(after));
    let shows = format!(
        "How far {who} trusted {whom} is stated as {} on {first} and as {} on {}.",
        span(low, high),
        span(new_low, new_high),
        days.to
    );
    let answer = number.holds_between(&(new_low - high), &(new_high - low));
    Ok(Found::new(Verdict::of_all([answer]), shows)
        .figure(format!("trust of {who} in {whom} on {first}"), span(low, high))
        .figure(format!("trust of {who} in {whom} on {}", days.to), span(new_low, new_high))
        .rows([before.id.to_string(), after.id.to_string()]))
}
