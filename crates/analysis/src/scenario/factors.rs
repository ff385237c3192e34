//! What factors are today, what they are in a scenario, and what inputs that moves.

use std::collections::BTreeMap;

use detente_case::input::driver::{Driver, Target};
use detente_case::scenario::{ScenarioFactor, Today};
use detente_case::{Case, Day, Id, Record};
use schemars::JsonSchema;
use serde::Serialize;

use super::Span;

/// What a factor is today.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known {
    /// Its value.
    pub(super) value: f64,
    /// The day of the value, where a series shows it.
    pub(super) date: Option<String>,
    /// The source of that value.
    pub(super) source: Option<String>,
}

/// What a factor is at a day, as far as a record knows: the last value of its series, or what the file says. None where the series has no
/// value by then.
pub(super) fn today(record: Record<'_>, at: Day, factor: &ScenarioFactor) -> Option<Known> {
    match &factor.today {
        Today::Number(number) => Some(Known { value: number.value(), date: None, source: None }),
        Today::Series(series) => {
            let values = record.factors().filter(|(_, row)| row.name == *series && row.date.last() <= at);
            let (_, last) = values.max_by_key(|(_, row)| row.date.last())?;
            let source = last.source.map(|source| record.case.sources[source].id.to_string());
            Some(Known { value: last.value, date: Some(last.date.to_string()), source })
        }
    }
}

/// What some factors are, by factor: those that are not here stay as they are, unless others move them.
pub(super) type Setting = BTreeMap<Id<ScenarioFactor>, Span>;

/// How far each factor is from what it is today, in a setting; none for those whose value today is not known.
///
/// A factor that the setting names is what the setting says; others change as drivers make them. Drivers on factors have no circles.
pub(super) fn changes(
    record: Record<'_>,
    at: Day,
    setting: &Setting,
    drivers: &[(Id<Driver>, &Driver)],
) -> BTreeMap<Id<ScenarioFactor>, Option<Span>> {
    let case = record.case;
    let mut found: BTreeMap<Id<ScenarioFactor>, Option<Span>> = BTreeMap::new();
    for (id, factor) in case.scenario_factors.with_ids() {
        if let Some(value) = setting.get(&id) {
            let now = today(record, at, factor);
            found.insert(id, now.map(|now| value.plus(Span::exactly(-now.value))));
        }
    }
    // A factor is found once all that move it are; each round finds one more at least, since nothing moves in a circle.
    while found.len() < case.scenario_factors.len() {
        let before = found.len();
        for (id, factor) in case.scenario_factors.with_ids() {
            if found.contains_key(&id) {
                continue;
            }
            let moves = |row: &Driver| matches!(&row.about.target, Target::Factor(target) if *target == factor.id);
            let movers = drivers.iter().filter(|(_, row)| moves(row));
            let parts: Option<Vec<Option<Span>>> = movers
                .map(|(_, row)| {
                    let mover = factor_of(case, &row.about.factor)?;
                    found.get(&mover).map(|change| change.map(|change| change.times(Span::of(&row.range))))
                })
                .collect();
            if let Some(parts) = parts {
                // What is not known today can be moved all the same: only the change counts.
                let sum = parts.into_iter().flatten().fold(Span::ZERO, Span::plus);
                found.insert(id, Some(sum));
            }
        }
        if found.len() == before {
            break;
        }
    }
    found
}

/// The factor of a name.
pub(super) fn factor_of(case: &Case, name: &str) -> Option<Id<ScenarioFactor>> {
    case.scenario_factors.with_ids().find(|(_, factor)| *factor.id == *name).map(|(id, _)| id)
}

/// An input that factors move.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Moved {
    /// What is moved, as `drivers.csv` writes it.
    pub target: String,
    /// What is moved, in words.
    pub what: String,
    /// By how much: points for what no agreement is worth and for trust, a share of what it was for weights and capabilities.
    pub by: Span,
    /// Ids of the factors that move it.
    pub factors: Vec<String>,
    /// Ids of the rows of `drivers.csv`.
    pub drivers: Vec<String>,
    /// Whether any of these rows rests on no source.
    pub assumed: bool,
    /// Why it changes nothing; none where it counts.
    pub idle: Option<String>,
}

/// The inputs that changes of factors move, in the order of the targets; those on factors themselves left out.
pub(super) fn moved(
    case: &Case,
    changes: &BTreeMap<Id<ScenarioFactor>, Option<Span>>,
    drivers: &[(Id<Driver>, &Driver)],
) -> Vec<(Target, Moved)> {
    let mut found: BTreeMap<Target, Moved> = BTreeMap::new();
    for (_, row) in drivers {
        let target = &row.about.target;
        if matches!(target, Target::Factor(_)) {
            continue;
        }
        let Some(change) =
            factor_of(case, &row.about.factor).and_then(|factor| changes.get(&factor).copied().flatten())
        else {
            continue;
        };
        let by = change.times(Span::of(&row.range));
        if by.is_zero() {
            continue;
        }
        let entry = found.entry(target.clone()).or_insert_with(|| Moved {
            target: written(case, target),
            what: in_words(case, target),
            by: Span::ZERO,
            factors: Vec::new(),
            drivers: Vec::new(),
            assumed: false,
            idle: None,
        });
        entry.by = entry.by.plus(by).rounded();
        if !entry.factors.iter().any(|name| *name == *row.about.factor) {
            entry.factors.push(row.about.factor.to_string());
        }
        entry.drivers.push(row.id.to_string());
        entry.assumed |= row.source.is_none();
    }
    found.into_iter().collect()
}

fn written(case: &Case, target: &Target) -> String {
    let id = |actor| &*case.actors[actor].id;
    match target {
        Target::Alternative(actor) => format!("alternative:{}", id(*actor)),
        Target::Trust { from, to } => format!("trust:{}>{}", id(*from), id(*to)),
        Target::Weight { actor, group } => format!("weight:{}:{group}", id(*actor)),
        Target::Capability(actor) => format!("capability:{}", id(*actor)),
        Target::Factor(factor) => format!("factor:{factor}"),
    }
}

fn in_words(case: &Case, target: &Target) -> String {
    let name = |actor| &*case.actors[actor].name;
    match target {
        Target::Alternative(actor) => format!("what {} has without an agreement", name(*actor)),
        Target::Trust { from, to } => format!("how far {} trusts {}", name(*from), name(*to)),
        Target::Weight { actor, group } => format!("how much {group} weighs for {}", name(*actor)),
        Target::Capability(actor) => format!("what {} can bring to bear", name(*actor)),
        Target::Factor(factor) => format!("the factor {factor}"),
    }
}
