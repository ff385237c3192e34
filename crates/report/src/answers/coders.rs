//! Two codings compared.

use detente_analysis::coded_by::CodedBy;
use detente_analysis::codings::{Agreement, Chance, Comparison, Field, Measure, NoAlpha, Settled, Subject, Unpaired};
use detente_analysis::reliability::Metric;
use detente_case::{Case, Level, Moment};

use super::{answer, section};
use crate::document::{Block, Document, Sentence, Table, paragraph};
use crate::words;

/// Who coded the statements, in a sentence; none if there are no statements.
#[must_use]
pub fn coded_by(count: CodedBy) -> Option<String> {
    let CodedBy { rows, unnamed, one, two, settled } = count;
    let statements = words::count_of(rows, "statement", "statements");
    match rows {
        0 => None,
        rows if rows == unnamed => Some(format!("Of {statements}, none says who coded it.")),
        _ => Some(format!(
            "Of {statements}, {one} rest on one person's coding, {two} were coded by two and are not settled, {settled} are settled (a coder and a reviewer are named), {unnamed} do not say who coded them."
        )),
    }
}

/// The comparison as a document.
#[must_use]
pub fn coders(case: &Case, moment: Moment, comparison: &Comparison) -> Document {
    let mut blocks = vec![paragraph(units(comparison))];
    if comparison.units.paired > 0 {
        blocks.extend([Block::Table(measures(comparison)), paragraph(notes(comparison))]);
    }
    let tables = [issues(comparison), unpaired(comparison), differences(comparison)];
    blocks.extend(tables.into_iter().filter(|table| !table.rows.is_empty()).map(Block::Table));
    let mut document = answer(case, moment, "Two codings", &comparison.about, vec![section("coders", "", blocks)]);
    if case.has_markings && !case.settings.keep_ids && comparison.about.level != Level::All {
        document.banners.push(
            "Rows are numbered anew at this level: only codings made from a sheet of the same level meet their rows."
                .into(),
        );
    }
    document
}

fn units(comparison: &Comparison) -> Vec<Sentence> {
    let Comparison { first, second, units, .. } = comparison;
    let unit = match comparison.of {
        Subject::Statements => {
            let documents = words::count_of(units.documents, "document", "documents");
            format!("a statement of one actor on one issue; from {documents}")
        }
        Subject::Events => "an event".to_owned(),
    };
    let mut sentences = vec![
        Sentence::counted(format!("First: {first}. Second: {second}.")),
        Sentence::counted(match units.paired {
            0 => "No unit is in both, so nothing can be compared: rows are paired by id or number, actor and issue."
                .to_owned(),
            paired => format!(
                "{} in both ({unit}); in {} of them nothing differs.",
                words::sentence_case(&words::count_of(paired, "unit", "units")),
                units.equal
            ),
        }),
        Sentence::counted(format!(
            "{} in the first only, {} in the second only.",
            words::sentence_case(&words::count_of(units.only_first.len(), "row", "rows")),
            words::count_of(units.only_second.len(), "row", "rows")
        )),
    ];
    if !comparison.differences.is_empty() {
        let held = |settled| comparison.differences.iter().filter(|one| one.settled == settled).count();
        let absent = match held(None) {
            0 => String::new(),
            count => format!("; of {count} it has no row that is settled"),
        };
        sentences.push(Sentence::counted(format!(
            "{}: the case holds what the first says in {}, what the second says in {}, something else in {}{absent}.",
            words::sentence_case(&words::count_of(comparison.differences.len(), "difference", "differences")),
            held(Some(Settled::First)),
            held(Some(Settled::Second)),
            held(Some(Settled::Third)),
        )));
    }
    sentences
}

fn notes(comparison: &Comparison) -> Vec<Sentence> {
    let mut sentences = vec![Sentence::plain(format!(
        "The interval holds 95 % of {} draws of whole documents; where nothing differs, no draw differs and there is none.",
        comparison.about.draws
    ))];
    // The rule of three is a fair approximation from thirty units on.
    let equal = comparison.measures.iter().filter(|measure| measure.of >= 30 && measure.agree == measure.of);
    let mut bounds: Vec<String> = equal
        .map(|measure| {
            format!("about {:.1} % for the {} ({} units)", 300.0 / measure.of as f64, field(measure.field), measure.of)
        })
        .collect();
    bounds.dedup();
    if !bounds.is_empty() {
        sentences.push(Sentence::counted(format!(
            "Where nothing differs, the rate of differences lies below 3 divided by the number of units: {}.",
            words::list(&bounds)
        )));
    }
    sentences.push(Sentence::plain(
        "Agreement says that two readings come out alike, not that they are right: what both coders share, they do not differ on.",
    ));
    sentences
}

fn measures(comparison: &Comparison) -> Table {
    let number = |value: f64| format!("{value:.3}");
    let rows = comparison.measures.iter().map(|measure| {
        let interval = match (measure.alpha_low, measure.alpha_high) {
            (Some(low), Some(high)) => format!("{low:.2} to {high:.2}"),
            _ => String::new(),
        };
        vec![
            field(measure.field).into(),
            format!("{} of {}", measure.agree, measure.of).into(),
            measure.share.map(percent).unwrap_or_default().into(),
            measure.overlap.map(number).unwrap_or_default().into(),
            measure.alpha.map_or_else(|| no_alpha(measure.no_alpha).to_owned(), number).into(),
            interval.into(),
            metric(measure).into(),
        ]
    });
    Table {
        caption: "Agreement".into(),
        columns: ["What", "Agree", "Share", "Overlap", "Alpha", "95 %", "Measured as"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

/// One decimal, so that one difference in two hundred units still shows.
fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn no_alpha(why: Option<NoAlpha>) -> &'static str {
    match why {
        Some(NoAlpha::NothingCompared) => "nothing to compare",
        Some(NoAlpha::NoVariation) => "not defined: one code throughout",
        Some(NoAlpha::NotMeasured) | None => "",
    }
}

fn metric(measure: &Measure) -> String {
    let metric = match measure.metric {
        Some(Metric::Nominal) => "nominal",
        Some(Metric::Ordinal) => "ordinal",
        Some(Metric::Interval) => "interval",
        None => return String::new(),
    };
    match measure.chance {
        Some(Chance::WithinIssues) => format!("{metric}, within issues"),
        Some(Chance::Pooled) if measure.metric == Some(Metric::Ordinal) => format!("{metric}, all issues together"),
        _ => metric.to_owned(),
    }
}

fn field(field: Field) -> &'static str {
    match field {
        Field::Issues => "issues of a statement",
        Field::Coded => "options or none",
        Field::Kind => "kind",
        Field::KindOrNone => "kind or none",
        Field::Best => "best option",
        Field::BestOrNone => "best option or none",
        Field::Low => "first option",
        Field::High => "last option",
        Field::Range => "first to last option",
        Field::Options => "options",
        Field::RulesOut => "options ruled out",
        Field::KindAndOptions => "kind and options",
        Field::Type => "type",
        Field::Level => "level",
        Field::Direction => "direction",
        Field::Topics => "topics",
    }
}

fn issues(comparison: &Comparison) -> Table {
    let of = |Agreement { agree, of }: Agreement| format!("{agree} of {of}");
    let rows = comparison.issues.iter().map(|issue| {
        vec![
            issue.id.as_str().into(),
            issue.paired.to_string().into(),
            of(issue.kind).into(),
            of(issue.best).into(),
            of(issue.options).into(),
            issue.overlap.map(|overlap| format!("{overlap:.2}")).unwrap_or_default().into(),
            issue.coded_by_one.to_string().into(),
        ]
    });
    Table {
        caption: "Issue by issue".into(),
        columns: ["Issue", "Units", "Kind", "Best option", "Options", "Overlap", "Options in one only"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
    }
}

fn unpaired(comparison: &Comparison) -> Table {
    let side = |name: &'static str, rows: &[Unpaired]| {
        rows.iter()
            .map(|row| vec![row.row.as_str().into(), row.actor.as_str().into(), row.issue.as_str().into(), name.into()])
            .collect::<Vec<_>>()
    };
    let units = &comparison.units;
    Table {
        caption: "In one coding only".into(),
        columns: ["Row", "Who", "Issue", "In"].map(str::to_owned).to_vec(),
        rows: [side("first", &units.only_first), side("second", &units.only_second)].concat(),
    }
}

fn differences(comparison: &Comparison) -> Table {
    let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.replace(';', ", ") };
    let rows = comparison.differences.iter().map(|one| {
        let settled = match one.settled {
            Some(Settled::First) => "first",
            Some(Settled::Second) => "second",
            Some(Settled::Third) => "another",
            None => "not settled",
        };
        vec![
            one.row.as_str().into(),
            one.actor.as_str().into(),
            one.issue.as_str().into(),
            one.date.as_str().into(),
            field(one.field).into(),
            or_none(&one.first).into(),
            or_none(&one.second).into(),
            settled.into(),
            one.statement.as_str().into(),
        ]
    });
    Table {
        caption: "Differences".into(),
        columns: ["Row", "Who", "Issue", "Date", "What", "First", "Second", "The case holds", "Words"]
            .map(str::to_owned)
            .to_vec(),
        rows: rows.collect(),
    }
}
