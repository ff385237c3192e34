//! What a decision maker prefers, from its section.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::super::preference::Places;
use super::super::{
    Basis, Fraction, MOST_ENTRIES, Order, Placed, Preference, Ranking, Statement, Unknown, Weight, Weights,
};
use super::form::report;
use super::scope::Scope;
use super::{notation, placed, too_many};
use crate::diagnostic::Code;
use crate::keys::{Reader, Section, describe};

/// The kinds of preference: keys of which a decision maker has one.
const KINDS: [&str; 5] = ["ranking", "statements", "statement", "weights", "indifferent"];

/// Reads the preference of a decision maker; none if it has none, or two, or it is wrong.
pub(super) fn read(
    section: &mut Section<'_, '_>,
    id: &str,
    scope: &Scope,
    reader: &mut Reader<'_>,
) -> Option<Placed<Preference>> {
    let given: Vec<&'static str> = KINDS.into_iter().filter(|key| section.has(key)).collect();
    section.know(KINDS);
    let noise = draws(section, "noise", "ranking", &given, reader);
    let swaps = draws(section, "swaps", "statements", &given, reader);
    let [kind] = given.as_slice() else {
        let message = match given.as_slice() {
            [] => format!("`{id}` has no preference"),
            several => format!("`{id}` has more than one preference: `{}`", several.join("`, `")),
        };
        let hint =
            "give one of `ranking`, `statements`, [[decision_maker.statement]], `weights`, or indifferent = true";
        let start = section.start().unwrap_or_default();
        reader.finding(Code::OnePreference, start..start, message, Some(hint.to_owned()));
        return None;
    };
    let span = section.span(kind);
    let preference = match *kind {
        "ranking" => Preference::Ranking(ranking(section, noise, scope, reader)?),
        "statements" => Preference::Statements(Order { statements: short(section, scope, reader)?, swaps }),
        "statement" => Preference::Statements(Order { statements: long(section, scope, reader)?, swaps }),
        "weights" => Preference::Weights(weights(section, scope, reader)?),
        _ => {
            let flag = section.flag(reader, "indifferent")?;
            if !flag {
                let message = format!("`{id}` has no preference: `indifferent` is false");
                let hint = "give a `ranking`, `statements` or `weights`".to_owned();
                reader.finding(Code::OnePreference, span.unwrap_or_default(), message, Some(hint));
                return None;
            }
            Preference::Indifferent
        }
    };
    Some(placed(reader, span, preference))
}

/// How far draws move an order; 0 if the key is missing.
fn draws(
    section: &mut Section<'_, '_>,
    key: &'static str,
    of: &str,
    given: &[&'static str],
    reader: &mut Reader<'_>,
) -> u32 {
    let number = section.integer(reader, key, 0..=i64::from(u16::MAX));
    let belongs = given.iter().any(|kind| *kind == of || (of == "statements" && *kind == "statement"));
    if let (Some(span), false) = (section.span(key), belongs) {
        let message = format!("`{key}` stands without `{of}`");
        let hint = match key {
            "noise" => "`noise` moves the states of a ranking; for statements give `swaps`, for weights their ranges",
            _ => "`swaps` exchanges neighbouring statements; for a ranking give `noise`, for weights their ranges",
        };
        reader.finding(Code::KeysExclude, span, message, Some(hint.to_owned()));
    }
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

fn ranking(section: &mut Section<'_, '_>, noise: u32, scope: &Scope, reader: &mut Reader<'_>) -> Option<Ranking> {
    let text = section.text(reader, "ranking");
    if !section.is_text_or_missing("ranking") {
        return None;
    }
    let span = section.span("ranking").unwrap_or_default();
    let words = notation::ranking(&text).map_err(|fault| report(fault, &text, span.clone(), "ranking", reader)).ok()?;
    let inside = reader.inside(&span, &text);
    let at = |part: &Range<usize>| inside.map_or(span.start, |start| start + part.start);
    let mut classes = Vec::with_capacity(words.len());
    let mut complete = true;
    for class in words {
        let mut states = Vec::with_capacity(class.len());
        for (word, part) in class {
            match scope.state(word) {
                Ok(state) => states.push(placed(reader, Some(at(&part)..at(&part)), state)),
                Err(problem) => {
                    complete = false;
                    problem.report(reader, at(&part), "ranking");
                }
            }
        }
        classes.push(states);
    }
    complete.then_some(Ranking { classes, noise })
}

/// A list of statements.
fn short(section: &mut Section<'_, '_>, scope: &Scope, reader: &mut Reader<'_>) -> Option<Vec<Placed<Statement>>> {
    let value = section.find("statements")?;
    let texts: Option<Vec<(&str, Range<usize>)>> = value
        .get_ref()
        .as_array()
        .and_then(|list| list.iter().map(|entry| Some((entry.get_ref().as_str()?.trim(), entry.span()))).collect());
    let Some(texts) = texts.filter(|texts| !texts.is_empty()) else {
        section.wrong(
            reader,
            "statements",
            value,
            "a list of rules, the most important first: [\"-strike\", \"withdraw\"]",
        );
        return None;
    };
    if texts.len() > MOST_ENTRIES {
        too_many(reader, Some(value.span()), "statements of a decision maker", texts.len(), MOST_ENTRIES);
        return None;
    }
    // All that are wrong are said at once.
    let statements: Vec<Option<Placed<Statement>>> = texts
        .into_iter()
        .map(|(text, span)| {
            let holds = scope.formula(text, span.clone(), "statements", reader)?;
            Some(placed(reader, Some(span), Statement { holds, basis: Basis::Given, reason: Box::default() }))
        })
        .collect();
    statements.into_iter().collect()
}

/// Statements as sections of their own.
fn long(section: &mut Section<'_, '_>, scope: &Scope, reader: &mut Reader<'_>) -> Option<Vec<Placed<Statement>>> {
    let sections: Vec<Section<'_, '_>> = section.tables(reader, "statement").collect();
    if sections.is_empty() {
        return None;
    }
    if let Some(first) = sections.get(MOST_ENTRIES) {
        let span = first.start().map(|start| start..start);
        too_many(reader, span, "statements of a decision maker", sections.len(), MOST_ENTRIES);
        return None;
    }
    let count = u32::try_from(sections.len()).ok()?;
    let mut without_reason = Vec::new();
    let mut statements = Vec::new();
    for mut section in sections {
        let start = section.start().unwrap_or_default();
        let text = section.needed(reader, "holds", "a rule such as \"-strike\"");
        let span = section.span("holds").unwrap_or_default();
        let holds = text.and_then(|text| scope.formula(&text, span, "holds", reader));
        let basis = basis(&mut section, count, reader);
        let reason: Box<str> = section.text(reader, "reason").into();
        section.finish(reader);
        if matches!(basis, Some(Basis::Assumption(_))) && reason.is_empty() {
            without_reason.push(start);
        }
        let statement = holds.zip(basis).map(|(holds, basis)| Statement { holds, basis, reason });
        statements.push(statement.map(|statement| placed(reader, Some(start..start), statement)));
    }
    if let Some(first) = without_reason.first() {
        let message = match without_reason.len() {
            1 => "this statement has neither `rows` nor a `reason`".to_owned(),
            count => format!(
                "{count} statements of this decision maker have neither `rows` nor a `reason`; this is the first"
            ),
        };
        let hint = "what rests on no row is called an assumption in every report; `reason` says why it is made";
        reader.finding(Code::NoReason, *first..*first, message, Some(hint.to_owned()));
    }
    statements.into_iter().collect()
}

fn basis(section: &mut Section<'_, '_>, count: u32, reader: &mut Reader<'_>) -> Option<Basis> {
    let row_spans = section.places(reader, "rows");
    let wrong = section.find("rows").is_some_and(|value| value.get_ref().as_array().is_none());
    let rows = section.texts(reader, "rows");
    if wrong || rows.len() != row_spans.len() {
        return None;
    }
    let places = match section.find("places") {
        None => None,
        Some(value) => {
            let number = |entry: &Spanned<DeValue<'_>>| entry.get_ref().as_integer()?.as_str().parse::<u32>().ok();
            let numbers = value.get_ref().as_array().map(|list| list.iter().map(number).collect::<Option<Vec<u32>>>());
            match numbers.flatten().as_deref() {
                Some([first, last]) if 1 <= *first && first <= last && *last <= count => {
                    Some(Places { first: *first, last: *last })
                }
                _ => {
                    let expected =
                        format!("the first and the last place that it may have, from 1 to {count}: [1, {count}]");
                    section.wrong(reader, "places", value, &expected);
                    return None;
                }
            }
        }
    };
    if rows.is_empty() {
        return Some(Basis::Assumption(places));
    }
    if let (Some(_), Some(span)) = (places, section.span("places")) {
        let message = "`places` stands beside `rows`: only assumptions have more than one place".to_owned();
        let hint = "take out one of the two".to_owned();
        reader.finding(Code::KeysExclude, span, message, Some(hint));
        return None;
    }
    let place = |(line, column): (u64, u64)| super::super::Place::Text(line, column);
    let rows = rows.into_iter().zip(row_spans);
    Some(Basis::Rows(rows.map(|(row, at)| Placed { value: row.into(), place: place(at) }).collect()))
}

fn weights(section: &mut Section<'_, '_>, scope: &Scope, reader: &mut Reader<'_>) -> Option<Weights> {
    let table = section.table(reader, "weights")?;
    let mut weights = Vec::new();
    let mut complete = true;
    for (key, key_span, value) in table.entries() {
        let option = scope.option(key.trim()).map_err(|problem| problem.report(reader, key_span.start, "weights")).ok();
        let Some((option, weight)) = weight(key, value, reader).and_then(|weight| Some((option?, weight))) else {
            complete = false;
            continue;
        };
        if weights.iter().any(|(other, _)| *other == option) {
            complete = false;
            let message = format!("weights: `{key}` names an option that has a weight already");
            reader.finding(Code::DuplicateId, key_span, message, Some("keep one of the two".to_owned()));
            continue;
        }
        weights.push((option, placed(reader, Some(value.span()), weight)));
    }
    if complete && weights.is_empty() {
        let message = "`weights` holds no weight".to_owned();
        let hint = "write weights = { strike = 2, blockade = -1 }, or indifferent = true".to_owned();
        reader.finding(Code::WrongType, section.span("weights").unwrap_or_default(), message, Some(hint));
        return None;
    }
    weights.sort_by_key(|(option, _)| *option);
    complete.then_some(Weights(weights))
}

fn weight(key: &str, value: &Spanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Weight> {
    let Some(table) = value.get_ref().as_table() else {
        return Some(Weight::certain(fraction(key, value, reader)?));
    };
    let mut range = Section::new(table, "weights");
    let mut bounds = Vec::new();
    for bound in ["low", "best", "high"] {
        match range.find(bound) {
            Some(number) => bounds.push(fraction(bound, number, reader)),
            None => {
                let message = format!("weights: `{key}` lacks `{bound}`");
                let hint = "a range is written { low = 1, best = 2, high = 4 }".to_owned();
                reader.finding(Code::MissingKey, value.span(), message, Some(hint));
                bounds.push(None);
            }
        }
    }
    range.finish(reader);
    let bounds: Vec<Fraction> = bounds.into_iter().collect::<Option<_>>()?;
    let [low, best, high] = <[Fraction; 3]>::try_from(bounds).ok()?;
    let weight = Weight::range(low, best, high);
    if weight.is_none() {
        let message = format!("weights: `low`, `best` and `high` of `{key}` do not rise");
        reader.finding(Code::RangeOrder, value.span(), message, None);
    }
    weight
}

fn fraction(key: &str, value: &Spanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Fraction> {
    let number = match value.get_ref() {
        DeValue::Integer(number) if number.radix() == 10 => Fraction::parse(number.as_str()),
        DeValue::Float(number) => Fraction::parse(number.as_str()),
        DeValue::String(text) => Fraction::parse(text.trim()),
        _ => None,
    };
    if number.is_none() {
        let message = format!("weights: `{key}` is {}; expected a number", describe(value.get_ref()));
        let hint = "weights are whole numbers, decimals or fractions: 2, -0.5, \"1/3\"".to_owned();
        reader.finding(Code::NotANumber, value.span(), message, Some(hint));
    }
    number
}

/// Reads the pairs whose order is not known.
pub(super) fn unknown(section: &mut Section<'_, '_>, scope: &Scope, reader: &mut Reader<'_>) -> Vec<Placed<Unknown>> {
    let Some(value) = section.find("unknown") else { return Vec::new() };
    let expected = "pairs: [\"3 5\", [\"strike\", \"-strike & blockade\"]]";
    let Some(list) = value.get_ref().as_array() else {
        section.wrong(reader, "unknown", value, expected);
        return Vec::new();
    };
    if list.len() > MOST_ENTRIES {
        too_many(reader, Some(value.span()), "pairs of a decision maker", list.len(), MOST_ENTRIES);
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for entry in list.iter() {
        let sets = entry.get_ref().as_array().map(|sides| {
            sides.iter().map(|side| Some((side.get_ref().as_str()?.trim(), side.span()))).collect::<Option<Vec<_>>>()
        });
        let pair = match (entry.get_ref().as_str(), sets.flatten().as_deref()) {
            (Some(text), _) => states(text, entry.span(), scope, reader),
            (None, Some([(a, a_at), (b, b_at)])) => {
                let a = scope.formula(a, a_at.clone(), "unknown", reader);
                let b = scope.formula(b, b_at.clone(), "unknown", reader);
                a.zip(b).map(|(a, b)| Unknown::Sets(a, b))
            }
            _ => {
                section.wrong(reader, "unknown", entry, expected);
                None
            }
        };
        pairs.extend(pair.map(|pair| placed(reader, Some(entry.span()), pair)));
    }
    pairs
}

fn states(text: &str, span: Range<usize>, scope: &Scope, reader: &mut Reader<'_>) -> Option<Unknown> {
    let ((a, _), (b, _)) =
        notation::pair(text).map_err(|fault| report(fault, text, span.clone(), "unknown", reader)).ok()?;
    let mut state =
        |name: &str| scope.state(name).map_err(|problem| problem.report(reader, span.start, "unknown")).ok();
    let (a, b) = (state(a), state(b));
    let (a, b) = a.zip(b)?;
    if a == b {
        let message = format!("unknown: `{a}` stands on both sides of the pair");
        reader.finding(Code::StateSyntax, span, message, Some("name two states".to_owned()));
        return None;
    }
    Some(Unknown::States(a, b))
}
