//! Reading `scenarios.toml`.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::DeValue;

use super::{FILE, MOST_ENTRIES, PlacedText, RuledOut, SCHEMA, Scenario, ScenarioFactor, ScenariosFile, Today};
use crate::diagnostic::{Code, Diagnostic, Findings};
use crate::ids::{Id, List};
use crate::keys::{Reader, Section, describe};
use crate::load::Loading;
use crate::marking::Marking;
use crate::range::{Decimal, Range};
use crate::text::nearest;

/// Reads the file; what is wrong with it goes to `findings`. Rows and models that it names are looked up later, when all have their ids.
pub(crate) fn read(bytes: Vec<u8>, loading: &mut Loading<'_>, findings: &mut Findings) -> ScenariosFile {
    let text = match crate::text::decode(FILE, bytes) {
        Ok(text) => text,
        Err(problem) => {
            findings.push(problem);
            return ScenariosFile::default();
        }
    };
    let (mut reader, table, _) = Reader::open(FILE, &text, findings);
    let mut root = Section::new(table.get_ref(), "");
    root.integer(&mut reader, "schema", SCHEMA..=SCHEMA);
    let mut file = ScenariosFile::default();
    let mut ids: BTreeMap<String, u64> = BTreeMap::new();
    for section in root.tables(&mut reader, "factor").take(MOST_ENTRIES + 1) {
        let start = section.start().unwrap_or_default();
        if let Some(row) = factor(section, &mut reader, loading)
            && is_new(&row.id, start, &mut ids, &mut reader)
            && has_room(file.factors.len(), start, &mut reader)
        {
            file.factors.push(row);
        }
    }
    let mut ids: BTreeMap<String, u64> = BTreeMap::new();
    for section in root.tables(&mut reader, "scenario").take(MOST_ENTRIES + 1) {
        let start = section.start().unwrap_or_default();
        if let Some(row) = scenario(section, &mut reader, &file.factors)
            && is_new(&row.id, start, &mut ids, &mut reader)
            && has_room(file.scenarios.len(), start, &mut reader)
        {
            file.scenarios.push(row);
        }
    }
    root.finish(&mut reader);
    file
}

/// Whether no entry before has this id; one that has is reported.
fn is_new(id: &str, start: usize, ids: &mut BTreeMap<String, u64>, reader: &mut Reader<'_>) -> bool {
    let line = reader.place(start).0;
    let Some(first) = ids.insert(id.to_owned(), line) else { return true };
    let message = format!("the id `{id}` stands in line {first} already");
    reader.finding(Code::DuplicateId, start..start, message, Some("give one of them another id".to_owned()));
    false
}

fn has_room(entries: usize, start: usize, reader: &mut Reader<'_>) -> bool {
    if entries == MOST_ENTRIES {
        let message = format!("there are more than {MOST_ENTRIES} of these; no more than that are read");
        reader.finding(Code::TooManyEntries, start..start, message, None);
    }
    entries < MOST_ENTRIES
}

fn factor(mut section: Section<'_, '_>, reader: &mut Reader<'_>, loading: &mut Loading<'_>) -> Option<ScenarioFactor> {
    let id = section.needed(reader, "id", "a short word, for instance \"aid\"");
    let title = section.needed(reader, "title", "what it is, for people");
    let unit = section.text(reader, "unit");
    let series_span = section.span("series");
    let series = section.text(reader, "series");
    let number = |section: &mut Section<'_, '_>, reader: &mut Reader<'_>, key| {
        section.number(reader, key, Decimal::parse_signed, "a number")
    };
    let base_span = section.span("base");
    let base = number(&mut section, reader, "base");
    let (low, high) = (number(&mut section, reader, "low"), number(&mut section, reader, "high"));
    for key in ["low", "high"] {
        if !section.has(key) {
            section.lacks(reader, key, "a number: the range that is looked at");
        }
    }
    let source_span = section.span("source_id").unwrap_or_default();
    let source_id = section.text(reader, "source_id");
    let (line, column) = reader.place(source_span.start);
    let at = |message: String| Diagnostic::new(Code::UnknownReference, FILE, message).at(line, Some(column));
    let source = loading.source_at(&source_id, at, reader.findings);
    let reason = section.text(reader, "reason");
    let marking = section.word(reader, "marking", &Marking::WORDS);
    if source_id.is_empty() && reason.is_empty() {
        let start = section.start().unwrap_or_default();
        let message =
            format!("the factor `{}` has neither `source_id` nor `reason`", id.as_deref().unwrap_or_default());
        let hint = "what has no source is called an assumption in every report; `reason` says why it is made";
        reader.finding(Code::NoReason, start..start, message, Some(hint.to_owned()));
    }
    if let (Some(low_value), Some(high_value)) = (&low, &high)
        && low_value >= high_value
    {
        let message = format!("`low` ({low_value}) is not below `high` ({high_value})");
        let span = section.span("low").unwrap_or_default();
        reader.finding(
            Code::RangeOrder,
            span,
            message,
            Some("the least stands in `low`, the most in `high`".to_owned()),
        );
        return None;
    }
    section.finish(reader);
    let today = if series.is_empty() {
        Today::Number(base.or_else(|| Decimal::parse("0"))?)
    } else {
        if let Some(span) = base_span {
            let hint = "take one of the two out".to_owned();
            reader.finding(Code::KeysExclude, span, "`base` stands beside `series`".to_owned(), Some(hint));
        }
        if !loading.factors.iter().any(|row| *row.name == *series) {
            let near = nearest(&series, loading.factors.iter().map(|row| &*row.name));
            let hint = near.map(|near| format!("is `{near}` meant?"));
            let message = format!("series: factors.csv has no series `{series}`");
            reader.finding(Code::UnknownSeries, series_span.unwrap_or_default(), message, hint);
        }
        Today::Series(series.into())
    };
    Some(ScenarioFactor {
        id: id?.into(),
        title: title?.into(),
        unit: unit.into(),
        today,
        low: low?,
        high: high?,
        source,
        reason: reason.into(),
        marking,
    })
}

fn scenario(mut section: Section<'_, '_>, reader: &mut Reader<'_>, factors: &List<ScenarioFactor>) -> Option<Scenario> {
    let id = section.needed(reader, "id", "a short word, for instance \"aid_ends\"");
    let title = section.needed(reader, "title", "what happens in it, for people");
    let note = section.text(reader, "note");
    let mut set: Vec<(Id<ScenarioFactor>, Range)> = Vec::new();
    if let Some(table) = section.table(reader, "set") {
        for (name, span, value) in table.entries() {
            let factor = known_factor(name, span, reader, factors);
            let range = range(name, value, reader);
            set.extend(factor.zip(range));
        }
    }
    set.sort_by_key(|(factor, _)| *factor);
    let lift = placed_texts(&mut section, reader, "lift");
    let mut rule_out = Vec::new();
    for mut entry in section.tables(reader, "rule_out") {
        let model = placed(&mut entry, reader, "model", "the name of a file in stability/, without its end");
        let when = placed(&mut entry, reader, "when", "a rule over the options of the model, such as \"strike\"");
        entry.finish(reader);
        rule_out.extend(model.zip(when).map(|(model, when)| RuledOut { model, when }));
    }
    let marking = section.word(reader, "marking", &Marking::WORDS);
    section.finish(reader);
    Some(Scenario { id: id?.into(), title: title?.into(), note: note.into(), set, lift, rule_out, marking })
}

/// The factor that a key of `set` names; one that is not there is reported.
fn known_factor(
    name: &str,
    span: std::ops::Range<usize>,
    reader: &mut Reader<'_>,
    factors: &List<ScenarioFactor>,
) -> Option<Id<ScenarioFactor>> {
    let found = factors.with_ids().find(|(_, factor)| *factor.id == *name).map(|(id, _)| id);
    if found.is_none() {
        let near = nearest(name, factors.iter().map(|factor| &*factor.id));
        let hint =
            near.map_or("add a section `[[factor]]` with this id".to_owned(), |near| format!("is `{near}` meant?"));
        reader.finding(Code::UnknownFactor, span, format!("set: no factor has the id `{name}`"), Some(hint));
    }
    found
}

/// A number, or low, best and high.
fn range(name: &str, value: &Spanned<DeValue<'_>>, reader: &mut Reader<'_>) -> Option<Range> {
    let number = |value: &DeValue<'_>| match value {
        DeValue::Integer(number) if number.radix() == 10 => Decimal::parse_signed(number.as_str()),
        DeValue::Float(number) => Decimal::parse_signed(number.as_str()),
        _ => None,
    };
    let numbers: Option<Vec<Decimal>> = match value.get_ref() {
        DeValue::Array(entries) => entries.iter().map(|entry| number(entry.get_ref())).collect(),
        one => number(one).map(|one| vec![one.clone(), one.clone(), one]),
    };
    match numbers.map(<[Decimal; 3]>::try_from) {
        Some(Ok([low, best, high])) => {
            let range = Range::new(low, best, high);
            if range.is_none() {
                let message = format!("set: low, best and high of `{name}` fall where they rise or stay");
                let hint = "they are written [low, best, high]".to_owned();
                reader.finding(Code::RangeOrder, value.span(), message, Some(hint));
            }
            range
        }
        _ => {
            let message =
                format!("set: `{name}` is {}; expected a number, or [low, best, high]", describe(value.get_ref()));
            reader.finding(Code::WrongType, value.span(), message, None);
            None
        }
    }
}

/// A text that a section needs, with its place.
fn placed(
    section: &mut Section<'_, '_>,
    reader: &mut Reader<'_>,
    key: &'static str,
    expected: &str,
) -> Option<PlacedText> {
    let span = section.span(key).unwrap_or_default();
    let text = section.needed(reader, key, expected)?;
    Some(PlacedText { text: text.into(), place: reader.place(span.start) })
}

/// A list of texts with their places.
fn placed_texts(section: &mut Section<'_, '_>, reader: &mut Reader<'_>, key: &'static str) -> Vec<PlacedText> {
    let texts = section.texts(reader, key);
    let places = section.places(reader, key);
    texts.into_iter().zip(places).map(|(text, place)| PlacedText { text: text.into(), place }).collect()
}
