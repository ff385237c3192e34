//! Where models of outcomes point on the issues of a case.

use detente_analysis::forecast::{CaseForecast, Participants};
use detente_case::{Case, Moment, Record};

use super::{answer, forecast_sections, section};
use crate::document::{Block, Cell, Document, Section, Sentence, Table, paragraph};
use crate::evidence;
use crate::labels::Labels;
use crate::valuing::assumptions_table;
use crate::words;

/// Forecasts of the issues of a case as a document.
#[must_use]
pub fn forecast_of_case(case: &Case, moment: Moment, answered: &CaseForecast) -> Document {
    let mut sections = vec![section("in-short", "In short", vec![paragraph(in_short(case, answered))])];
    sections.push(issues(case, answered));
    sections.extend(forecast_sections(&answered.forecast));
    let assumed = Block::Table(assumptions_table(&answered.assumptions));
    sections.push(section("assumptions", "What the numbers assume", vec![assumed]));
    sections.extend(evidence::section(
        Record::known_by(case, moment.known),
        "Rows and sources behind this page",
        &sections,
    ));
    let mut document = answer(case, moment, "Forecast", &answered.forecast.about, sections);
    document.banners.push(answered.forecast.domain_line.clone());
    document
}

/// On how much of the case there is a forecast, who takes part, and how often the middle is ruled out.
pub(crate) fn in_short(case: &Case, answered: &CaseForecast) -> Vec<Sentence> {
    let coverage = answered.coverage;
    let who = match answered.participants {
        Participants::Principals => "of the principals",
        Participants::Everyone => "of all who have spoken",
    };
    let mut sentences = vec![Sentence::counted(format!(
        "At least two {who} have a position in their own words on {} (of {}); there, models say to which place positions point.",
        words::count_of(coverage.forecast, "issue", "issues"),
        coverage.issues
    ))];
    if case.capabilities.is_empty() {
        sentences.push(Sentence::counted(
            "The case states no capabilities, so all weigh the same: a choice of this page, not a finding. capabilities.csv would replace it.",
        ));
    }
    let shut = answered.options.iter().filter(|option| !option.ruled_out_by.is_empty()).count();
    if shut > 0 {
        sentences.push(Sentence::counted(format!(
            "A mean knows no red lines: on {} (of {}) the option nearest to it is ruled out by a principal's own limits, and is no outcome while they stand.",
            words::count_of(shut, "issue", "issues"),
            answered.options.len()
        )));
    }
    sentences
}

fn issues(case: &Case, answered: &CaseForecast) -> Section {
    let labels = Labels(case);
    let row = |(near, issue): (&detente_analysis::forecast::OptionNear, &detente_analysis::forecast::IssueForecast)| {
        let shut: Vec<String> = near.ruled_out_by.iter().map(|actor| labels.actor(actor)).collect();
        let everyone = near.everyone.map(|all| format!("{:.0} ({} actors)", all.mean, all.actors)).unwrap_or_default();
        let rows = near.rows.iter().flatten().cloned().collect();
        vec![
            Cell::with_rows(issue.title.clone(), rows),
            format!("{:.0}", issue.forecast.best).into(),
            labels.label(&near.issue, &near.nearest).into(),
            if shut.is_empty() { "nobody".to_owned() } else { words::list(&shut) }.into(),
            everyone.into(),
        ]
    };
    let mut columns =
        ["Issue", "Weighted mean, 0 to 100", "Nearest option", "Ruled out by", "Mean of everyone who has spoken"]
            .map(str::to_owned)
            .to_vec();
    let mut rows: Vec<Vec<Cell>> = answered.options.iter().zip(&answered.forecast.issues).map(row).collect();
    if answered.options.iter().all(|near| near.everyone.is_none()) {
        columns.pop();
        rows.iter_mut().for_each(|row| row.truncate(columns.len()));
    }
    let caption = "What the weighted mean of positions is near to".to_owned();
    section("issues", "Issue by issue", vec![Block::Table(Table { caption, columns, rows })])
}
