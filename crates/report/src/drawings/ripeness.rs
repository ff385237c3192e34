//! The series behind the indicators of ripeness, one little panel each, over the months of the history.

use std::collections::BTreeSet;

use detente_analysis::history::History;
use detente_analysis::phase::Phase;
use detente_analysis::ripeness::{Ripeness, SeriesNow};
use detente_case::factor::Factor;
use detente_case::indicator::IndicatorKind;
use detente_case::issue::Track;
use detente_case::source::Source;
use detente_case::{Id, Moment, Record};

use super::series::{credit, panel};
use super::{actor_name, caption, month, read_as, span};
use crate::figure::series::{self, Series, SeriesSet, Spans};
use crate::figure::{Caption, Figure};

/// Every series of an indicator with a value within the period; none where there is none.
///
/// The months behind the panels are those of the political track with direct talks, whether they brought progress or not.
#[must_use]
pub fn ripeness(record: Record<'_>, moment: Moment, history: &History, ripeness: &Ripeness) -> Option<Figure> {
    let case = record.case;
    let (from, to) = span(record, history, moment.at);
    let mut used: BTreeSet<Id<Source>> = BTreeSet::new();
    let mut panels: Vec<Series> = Vec::new();
    for now in &ripeness.indicators {
        for series in &now.series {
            let mut values: Vec<&Factor> = record
                .factors()
                .map(|(_, value)| value)
                .filter(|value| *value.name == *series.series && value.date.last() <= moment.at)
                .filter(|value| month(detente_case::Month::of(value.date.first())) >= from)
                .collect();
            if values.is_empty() {
                continue;
            }
            values.sort_by_key(|value| value.date);
            used.extend(values.iter().filter_map(|value| value.source));
            let drawn = panel(case, &series.series, &values);
            let name = format!("{}: {}", of(record, now.indicator, series), drawn.name);
            panels.push(Series { name, ..drawn });
        }
    }
    if panels.is_empty() {
        return None;
    }
    let talks = history.spells.iter().filter(|spell| spell.track == Track::Political);
    let talks = talks.filter(|spell| matches!(spell.phase, Phase::Movement | Phase::Talks));
    let input = SeriesSet {
        caption: Caption {
            credit: credit(case, &used),
            ..caption("indicators", "Indicators of ripeness, each by itself")
        },
        from,
        to,
        series: panels,
        spans: Some(Spans {
            name: "months with direct political talks at delegations or above".to_owned(),
            months: talks.map(|spell| (month(spell.from), month(spell.to))).collect(),
        }),
    };
    Some(read_as(
        series::draw(&input),
        "Each panel is one measure by one method over the same span of time, with a scale of its own that need not begin at 0. Nothing is added \
         up over panels, and none of them is a likelihood.",
    ))
}

/// What a panel is looked at for, and of whom.
fn of(record: Record<'_>, kind: IndicatorKind, series: &SeriesNow) -> String {
    let what = crate::answers::ripeness::title(kind);
    match &series.actor {
        Some(actor) if kind != IndicatorKind::FrontLine => format!("{what}, {}", actor_name(record.case, actor)),
        _ => what.to_owned(),
    }
}
