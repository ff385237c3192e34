//! How forecasts did where outcomes are known.

use detente_analysis::about::At;
use detente_backtest::{DeuAnswer, Range, Row};

use super::section;
use crate::document::{Block, Cell, Document, Sentence, Table, paragraph};

/// A back-test as a document.
#[must_use]
pub fn deu(answer: &DeuAnswer) -> Document {
    let result = &answer.result;
    let told = vec![
        Sentence::counted(format!(
            "{} issues of {} proposals with an outcome; positions weighted by {}.",
            result.issues, result.proposals, answer.weights
        )),
        Sentence::counted(format!(
            "Errors are in hundredths of the scale. Intervals in brackets hold 95 of 100 of {} resamples of whole proposals, since issues of one proposal are not independent; differences are from the weighted mean, on the issues that both forecast and the same resamples.",
            result.resamples
        )),
        Sentence::counted(format!(
            "On {} of {} issues with a reference point nobody's agreement is better than none for all, if no agreement costs nothing; each of them ended in a decision.",
            result.without_room, result.with_reference
        )),
    ];
    let mut coverage = vec![
        Sentence::plain(
            "Each forecast is given the errors that the same forecaster made on all other proposals: as an interval, and as a sample for the ranked probability score, which is lower for better forecasts.",
        ),
        Sentence::counted(format!(
            "The outcomes of all other proposals, taken as the forecast, score {}.",
            result.climatology_crps.map_or_else(|| "nothing".to_owned(), two)
        )),
    ];
    if answer.known_file {
        coverage.push(Sentence::plain(
            "All of this is law-making with a deadline and a voting rule, and every case ended in a decision. It says nothing of talks in armed conflicts.",
        ));
    }
    let source = if answer.known_file {
        format!("{}. SHA-256 {}.", answer.citation, answer.sha256)
    } else {
        format!(
            "A file in the form of the data set DEU, of unknown origin: SHA-256 {}, which is not that of the file whose figures are checked.",
            answer.sha256
        )
    };
    let subtitle = if answer.known_file {
        "Forecasts of law-making in the European Union beside its outcomes."
    } else {
        "Forecasts beside outcomes, of a table of unknown origin."
    };
    Document {
        title: "Back-test: DEU".to_owned(),
        subtitle: subtitle.to_owned(),
        moment: At { at: String::new(), known: String::new(), unknown_after: None },
        banners: Vec::new(),
        sections: vec![
            section("errors", "Errors", vec![paragraph(told), Block::Table(errors(&result.rows))]),
            section("coverage", "Intervals", vec![paragraph(coverage), Block::Table(intervals(&result.rows))]),
            section("source", "Source", vec![paragraph(vec![Sentence::plain(source)])]),
        ],
        about: answer.about.clone(),
    }
}

fn two(number: f64) -> String {
    format!("{number:.2}")
}

fn range(range: Range) -> String {
    format!("[{:.1}, {:.1}]", range.low, range.high)
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn table(caption: &str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table { caption: caption.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

fn errors(rows: &[Row]) -> Table {
    let row = |row: &Row| {
        let difference = row.difference.zip(row.difference_range);
        vec![
            Cell::from(row.forecaster.as_str()),
            row.issues.to_string().into(),
            format!("{} {}", two(row.mean_error), range(row.mean_error_range)).into(),
            format!("{:.1}", row.median_error).into(),
            percent(row.within_10).into(),
            percent(row.within_25).into(),
            difference.map(|(mean, of)| format!("{mean:+.2} {}", range(of))).unwrap_or_default().into(),
        ]
    };
    let columns = ["Forecast", "Issues", "Mean error", "Median", "Within 10", "Within 25", "Against the weighted mean"];
    table("Absolute errors", &columns, rows.iter().map(row).collect())
}

fn intervals(rows: &[Row]) -> Table {
    let row = |row: &Row| {
        let held = row.coverage.iter().map(|of| Cell::from(format!("{}, {:.1}", percent(of.held), of.width)));
        let score = row.crps.map(two).unwrap_or_default();
        [Cell::from(row.forecaster.as_str()), score.into()].into_iter().chain(held).collect()
    };
    let columns = ["Forecast", "Score", "50 % intervals: held, mean width", "80 %", "90 %"];
    table("Intervals from the errors on all other proposals", &columns, rows.iter().map(row).collect())
}
