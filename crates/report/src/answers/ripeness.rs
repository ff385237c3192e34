//! Indicators of ripeness, each by itself.

use detente_analysis::history::History;
use detente_analysis::ripeness::{Change, IndicatorNow, Reading, Ripeness, RowsNow, SeriesNow, Stalled, Tick, WayOut};
use detente_case::indicator::{IndicatorKind, Rises};
use detente_case::{Case, Moment, Record, When};

use super::{answer, section};
use crate::document::{Block, Cell, Document, Point, Sentence, Table, paragraph};
use crate::labels::Labels;
use crate::{drawings, evidence, words};

/// The indicators as a document.
#[must_use]
pub fn ripeness(case: &Case, moment: Moment, history: &History, ripeness: &Ripeness) -> Document {
    let labels = Labels(case);
    let record = Record::known_by(case, moment.known);
    let mut blocks = vec![paragraph(what_it_is())];
    blocks.push(Block::Points { points: ticks(labels, ripeness) });
    let drawn = drawings::ripeness(record, moment, history, ripeness);
    blocks.extend(drawn.map(|figure| Block::Figure(Box::new(figure))));
    let tables = [series_table(labels, ripeness), rows_table(labels, ripeness), reasons(labels, ripeness)];
    blocks.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
    blocks.extend(revised(ripeness).map(|sentence| paragraph(vec![sentence])));
    let mut sections = vec![section("ripeness", "", blocks)];
    sections.extend(evidence::section(record, "Rows and sources", &sections));
    answer(case, moment, "Ripeness, by separate indicators", &ripeness.about, sections)
}

/// How the indicators are to be read.
pub(crate) fn what_it_is() -> Vec<Sentence> {
    vec![
        Sentence::plain(
            "A conflict is called ripe when each side feels a stalemate that hurts and sees a way out, and somebody can speak for it. That is \
             about what people feel; the record only holds signs of it.",
        ),
        Sentence::plain(
            "Each sign stands by itself below. They are not added up, there is no score, and none of them says how likely talks are.",
        ),
    ]
}

/// An indicator as a heading.
pub(crate) fn title(kind: IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::FrontLine => "Front line",
        IndicatorKind::Cost => "Cost of going on",
        IndicatorKind::Opinion => "Opinion",
        IndicatorKind::Optimism => "Belief in winning",
        IndicatorKind::Authority => "Authority to sign",
        IndicatorKind::WayOut => "Way out",
        IndicatorKind::Deadline => "Pressure and dates from outside",
    }
}

/// The two ticks, the way out, and what is unknown.
pub(crate) fn ticks(labels: Labels<'_>, ripeness: &Ripeness) -> Vec<Point> {
    let mut points = Vec::new();
    let point = |lead: &str, sentences: Vec<Sentence>| Point { lead: lead.to_owned(), sentences };
    let front = if ripeness.stalled.is_empty() {
        vec![Sentence::counted(
            "Unknown: no series of the case says where the line is and which change counts as none.",
        )]
    } else {
        ripeness.stalled.iter().map(|now| Sentence::counted(stalled(now))).collect()
    };
    points.push(point("Does the line stand still?", front));
    let costly = ripeness.costly.iter().map(|now| {
        let who = labels.actor(&now.actor);
        Sentence::counted(match now.verdict {
            Tick::Yes => format!("{who}: yes, {} rose.", words::list(&now.series)),
            Tick::No => format!("{who}: no, {} did not rise.", words::list(&now.series)),
            Tick::Mixed => format!("{who}: some measures rose and others did not ({}).", words::list(&now.series)),
            Tick::Unknown => format!("{who}: unknown, there is no series of its costs."),
        })
    });
    points.push(point("Has going on become dearer?", costly.collect()));
    points.extend(ripeness.way_out.as_ref().map(|way| point("Is there a way out?", way_out(labels, way))));
    let unknown: Vec<Sentence> = ripeness.indicators.iter().filter_map(|now| unknown(labels, ripeness, now)).collect();
    if !unknown.is_empty() {
        points.push(point("Not known:", unknown));
    }
    points
}

fn stalled(now: &Stalled) -> String {
    let per_month = format!("{} {} a month", number(now.near_zero), now.unit);
    let quiet = match &now.quiet_since {
        Some(since) => format!(
            "the change stayed within {per_month} from {} on, {} up to the last value",
            words::when(*since),
            whole_months(now.quiet_months)
        ),
        None => format!("the last change was larger than {per_month}"),
    };
    let verdict = match now.verdict {
        Tick::Yes => "yes",
        Tick::No => "no",
        Tick::Mixed => "in part",
        Tick::Unknown => "unknown, the last value is more than a quarter old",
    };
    let others = now
        .otherwise
        .iter()
        .map(|other| format!("{} with {}", whole_months(other.quiet_months), number(other.near_zero)));
    format!(
        "By {}: {verdict}; {quiet}, where {} are asked for. With other limits: {}.",
        now.series,
        words::months(now.months),
        words::list(&others.collect::<Vec<_>>())
    )
}

fn whole_months(months: i32) -> String {
    words::months(u32::try_from(months).unwrap_or_default())
}

fn way_out(labels: Labels<'_>, way: &WayOut) -> Vec<Sentence> {
    let tested = format!("tested on {} of {} issues, by the order of options alone", way.tested, way.issues);
    let first = if way.blocked {
        let issues: Vec<String> = way.blocked_issues.iter().map(|issue| labels.quoted(issue)).collect();
        format!("Declared limits exclude every package ({tested}): on {}.", words::list(&issues))
    } else {
        format!("Declared limits leave packages that nobody has ruled out ({tested}).")
    };
    let second = if way.alternatives_stated {
        "The case states what each side has without an agreement; `detente agreement` says whether there is a zone of agreement."
    } else {
        "The case does not state what each side has without an agreement, so nobody can say whether an offer is better than none for both."
    };
    vec![Sentence::with_rows(first, way.rows.iter().cloned()).over_all(), Sentence::counted(second)]
}

fn unknown(labels: Labels<'_>, ripeness: &Ripeness, now: &IndicatorNow) -> Option<Sentence> {
    if now.unknown.is_empty() {
        return None;
    }
    let what = title(now.indicator);
    let all = now.unknown.len() == ripeness.principals.len();
    let of_all = matches!(now.indicator, IndicatorKind::FrontLine | IndicatorKind::WayOut | IndicatorKind::Deadline);
    let names: Vec<String> = now.unknown.iter().map(|actor| labels.actor(actor)).collect();
    Some(Sentence::counted(match (all, of_all) {
        (true, true) => format!("{what}."),
        (true, false) => format!("{what}, of any side."),
        _ => format!("{what}, of {}.", words::list(&names)),
    }))
}

/// Every series with its latest value, its age and its changes.
pub(crate) fn series_table(labels: Labels<'_>, ripeness: &Ripeness) -> Table {
    let columns =
        ["Indicator", "Of", "Measure", "Latest", "Date", "Age", "3 months", "12 months", "Pace a month", "Source"];
    let rows = ripeness.indicators.iter().flat_map(|now| now.series.iter().map(|series| (now.indicator, series)));
    Table {
        caption: "Series, each by one method; changes are of the latest value, in its unit".into(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.filter_map(|(kind, series)| series_row(labels, kind, series)).collect(),
    }
}

fn series_row(labels: Labels<'_>, kind: IndicatorKind, series: &SeriesNow) -> Option<Vec<Cell>> {
    let latest = series.values.last()?;
    let over = |months: u32| -> Cell {
        let change = series.changes.iter().find(|change| change.months == months);
        change.map_or_else(|| "".into(), |change| told(change).into())
    };
    // Only a line of contact has a pace: between two polls nobody asked.
    let pace = series.pace.as_ref().filter(|_| kind == IndicatorKind::FrontLine);
    let source = latest.source.clone().unwrap_or_else(|| "no source: an assumption".to_owned());
    let verified = if latest.verified { "" } else { " (not verified)" };
    Some(vec![
        title(kind).into(),
        who(labels, kind, series.actor.as_deref()).into(),
        series.series.as_str().into(),
        format!("{} {}", number(latest.value), series.unit).trim_end().to_owned().into(),
        latest.date.to_string().into(),
        words::count_of(usize::try_from(series.age_days).unwrap_or_default(), "day", "days").into(),
        over(3),
        over(12),
        pace.map_or_else(|| "".into(), |pace| signed(pace.per_month).into()),
        format!("{source}{verified}").into(),
    ])
}

fn who(labels: Labels<'_>, kind: IndicatorKind, actor: Option<&str>) -> String {
    match actor {
        None => "all".to_owned(),
        Some(actor) if kind == IndicatorKind::FrontLine => format!("a rise is {}'s gain", labels.actor(actor)),
        Some(actor) => labels.actor(actor),
    }
}

/// `+2 since 2025-03-04: more`.
fn told(change: &Change) -> String {
    let reading = match change.reading {
        Some(Reading::More) => ": more",
        Some(Reading::Less) => ": less",
        Some(Reading::Same) => ": same",
        None => "",
    };
    format!("{} since {}{reading}", signed(change.change), change.from)
}

fn signed(value: f64) -> String {
    let text = number(value);
    if text == "0" || text.starts_with('−') { text } else { format!("+{text}") }
}

/// A number with at most three decimals.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text.strip_prefix('-') {
        None => text.to_owned(),
        Some("0") => "0".to_owned(),
        Some(rest) => format!("−{rest}"),
    }
}

/// Every row that speaks to an indicator.
fn rows_table(labels: Labels<'_>, ripeness: &Ripeness) -> Table {
    let mut rows = Vec::new();
    for (kind, of) in ripeness.indicators.iter().flat_map(|now| now.rows.iter().map(|rows| (now.indicator, rows))) {
        for row in &of.rows {
            let stands = match row.stands {
                Some(true) => "stands",
                Some(false) => "replaced or ended",
                None => "",
            };
            let grade = row.grade.clone().unwrap_or_default();
            let verified = if row.verified { "" } else { "not verified" };
            let parts = [grade.as_str(), verified].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            rows.push(vec![
                title(kind).into(),
                of.actor.as_ref().map_or_else(|| "all".to_owned(), |actor| labels.actor(actor)).into(),
                Cell::with_rows(row.date.to_string(), vec![row.id.clone()]),
                row.text.as_str().into(),
                stands.into(),
                parts.join(", ").into(),
            ]);
        }
    }
    Table {
        caption: "Rows, the latest first".into(),
        columns: ["Indicator", "Of", "Date", "What", "At the moment", "Grade"].map(str::to_owned).to_vec(),
        rows,
    }
}

/// Why each series and each group of rows speaks to its indicator.
pub(crate) fn reasons(labels: Labels<'_>, ripeness: &Ripeness) -> Table {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for now in &ripeness.indicators {
        let what = |actor: Option<&str>| -> Cell { who(labels, now.indicator, actor).into() };
        for series in &now.series {
            let rises = match series.rises {
                Some(Rises::More) => " A rise is more of it.",
                Some(Rises::Less) => " A rise is less of it.",
                None => "",
            };
            rows.push(vec![
                title(now.indicator).into(),
                what(series.actor.as_deref()),
                series.series.as_str().into(),
                format!("{}.{rises}", words::clause(&series.reason)).into(),
            ]);
        }
        for group in &now.rows {
            rows.push(vec![
                title(now.indicator).into(),
                what(group.actor.as_deref()),
                newest(group).into(),
                format!("{}.", words::clause(&group.reason)).into(),
            ]);
        }
    }
    Table {
        caption: "Why each of them is looked at".into(),
        columns: ["Indicator", "Of", "What", "Reason"].map(str::to_owned).to_vec(),
        rows,
    }
}

fn newest(group: &RowsNow) -> String {
    let date = group.rows.first().map(|row: &detente_analysis::ripeness::RowNow| row.date);
    let rows = words::count_of(group.rows.len(), "row", "rows");
    date.map_or(rows.clone(), |date: When| format!("{rows}, the latest of {date}"))
}

/// That a series was revised after the day of its values, where one was.
pub(crate) fn revised(ripeness: &Ripeness) -> Option<Sentence> {
    let all = ripeness.indicators.iter().flat_map(|now| &now.series);
    let names: Vec<String> = all.filter(|series| series.revised).map(|series| series.series.clone()).collect();
    (!names.is_empty()).then(|| {
        Sentence::counted(format!(
            "Revised after the day of their values, so that what could be read on a day may have been another number: {}.",
            words::list(&names)
        ))
    })
}
