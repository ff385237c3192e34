//! Series of numbers beside the negotiation.

use std::collections::{BTreeMap, BTreeSet};

use detente_analysis::history;
use detente_case::factor::Factor;
use detente_case::source::Source;
use detente_case::{Case, Id, Moment, Month, Record};

use super::{caption, heading, month, read_as, shorten};
use crate::figure::series::{self, Point, Series, SeriesSet};
use crate::figure::{Caption, Figure};

/// The fewest values of a series that is drawn.
const FEWEST: usize = 3;
/// The most series that are drawn.
const MOST: usize = 9;
/// The most sources that are named under a panel.
const MOST_SOURCES: usize = 2;

/// The series with at least three values within the case's period, at most nine, those with most values first; none where
/// there is no such series.
///
/// The credit is that of every source behind a drawn value for which the case has a line.
pub fn series(record: Record<'_>, moment: Moment) -> Option<Figure> {
    let case = record.case;
    let last = Month::of(moment.at);
    let first = history::start(record).min(last);
    let mut by_name: BTreeMap<&str, Vec<&Factor>> = BTreeMap::new();
    for (_, value) in record.factors() {
        if value.date.first() <= moment.at && Month::of(value.date.first()) >= first {
            by_name.entry(&value.name).or_default().push(value);
        }
    }
    let mut chosen: Vec<(&str, Vec<&Factor>)> =
        by_name.into_iter().filter(|(_, values)| values.len() >= FEWEST).collect();
    // `area` and `area_monthly` are one measure at two paces: the one with more values is drawn.
    let lengths: Vec<(&str, usize)> = chosen.iter().map(|(name, values)| (*name, values.len())).collect();
    chosen.retain(|(name, values)| {
        let same = |other: &str| {
            other != *name && (other.starts_with(&format!("{name}_")) || name.starts_with(&format!("{other}_")))
        };
        !lengths.iter().any(|(other, length)| same(other) && (*length, *other) > (values.len(), *name))
    });
    // Names are in order already, and stay so among series of equal length.
    chosen.sort_by_key(|(_, values)| std::cmp::Reverse(values.len()));
    chosen.truncate(MOST);
    if chosen.is_empty() {
        return None;
    }
    chosen.iter_mut().for_each(|(_, values)| values.sort_by_key(|value| value.date));
    let used: BTreeSet<Id<Source>> =
        chosen.iter().flat_map(|(_, values)| values.iter().filter_map(|value| value.source)).collect();
    let input = SeriesSet {
        caption: Caption { credit: credit(case, &used), ..caption("series", "Series beside the negotiation") },
        from: month(first),
        to: month(last),
        series: chosen.iter().map(|(name, values)| panel(case, name, values)).collect(),
        spans: None,
    };
    Some(read_as(
        series::draw(&input),
        "Each panel is one measure by one method over the same span of time, with a scale of its own that need not begin at 0. Heights cannot be \
         compared between panels, and nothing here says that one series moves another.",
    ))
}

/// The lines that the case asks for of the sources used.
pub(super) fn credit(case: &Case, used: &BTreeSet<Id<Source>>) -> Option<String> {
    let mut lines: Vec<&str> = Vec::new();
    for credit in &case.settings.credits {
        let is_used = used.iter().any(|source| *case.sources[*source].id == *credit.source);
        if is_used && !credit.line.is_empty() && !lines.contains(&credit.line.as_str()) {
            lines.push(&credit.line);
        }
    }
    (!lines.is_empty()).then(|| lines.join("; "))
}

/// One series as a panel.
pub(super) fn panel(case: &Case, name: &str, values: &[&Factor]) -> Series {
    let mut sources: Vec<String> = Vec::new();
    for source in values.iter().filter_map(|value| value.source) {
        let citation = short_citation(&case.sources[source]);
        if !sources.contains(&citation) {
            sources.push(citation);
        }
    }
    let source = match sources.len().checked_sub(MOST_SOURCES) {
        Some(more @ 1..) => format!("{} and {more} more", sources[..MOST_SOURCES].join("; ")),
        _ => sources.join("; "),
    };
    let mut units: Vec<&str> = values.iter().map(|value| &*value.unit).filter(|unit| !unit.is_empty()).collect();
    units.dedup();
    let point = |value: &&Factor| {
        let source = value.source.map(|source| &*case.sources[source].id).unwrap_or_default();
        let parts: Vec<&str> = [&*value.note, source].into_iter().filter(|part| !part.is_empty()).collect();
        Point { date: value.date.to_string(), value: value.value, title: parts.join("; ") }
    };
    Series { name: series_name(case, name), unit: units.join("; "), source, points: values.iter().map(point).collect() }
}

/// The name of a series for people: words for underscores; names and one-word aliases of actors as the case writes them.
fn series_name(case: &Case, name: &str) -> String {
    let written = |word: &str| {
        let names = case.actors.iter().flat_map(|actor| [&actor.name, &actor.id]);
        let mut texts = names.chain(case.aliases.iter().map(|alias| &alias.text));
        texts.find(|text| text.to_lowercase() == word).map_or_else(|| word.to_owned(), |text| text.to_string())
    };
    let words: Vec<String> = name.split('_').filter(|word| !word.is_empty()).map(written).collect();
    heading(&words.join(" "))
}

/// Who published it, and the year.
fn short_citation(source: &Source) -> String {
    let author = source.authors.first().map(String::as_str).unwrap_or_default();
    let who = [author, &source.publisher, &source.title].into_iter().find(|part| !part.is_empty());
    let year = source.issued.get(..4).unwrap_or_default();
    let who = shorten(who.unwrap_or(&source.id), 60);
    if year.is_empty() { who } else { format!("{who} {year}") }
}
