//! `detente brief`: the brief.

use clap::Args;
use detente_analysis::{history, uncoded};
use detente_case::{Day, Record};
use detente_report::brief::{self, Reading};
use detente_report::drawings;

use crate::open::{FigureFile, Question, day};
use crate::output::Failure;
use crate::page::{self, Page};

/// Writes the brief: two pages, figures, and an annex of assumptions, settings and sources
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    page: Page,
    /// The day on which the brief is read, for the banner on its age; the day asked about if not given
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Day>,
    /// The day of the last brief: adds what changed since
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Day>,
    #[command(flatten)]
    figure: FigureFile,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let form = arguments.page.form()?;
    let question = &arguments.question;
    let (case, moment, settings) = question.open()?;
    if let Some(since) = arguments.since.filter(|since| *since > moment.at) {
        return Err(Failure::Usage(format!("--since {since} lies after the day asked about, {}", moment.at)));
    }
    let reading = Reading { today: arguments.today, since: arguments.since };
    let document = brief::brief(&case, moment, settings, reading);
    arguments.figure.write(|| {
        let record = Record::known_by(&case, moment.known);
        if record.events().next().is_none() {
            return drawings::statements(&case, &uncoded::group(record, moment), moment);
        }
        drawings::timeline(record, moment, &history(&case, moment, settings))
    })?;
    page::hand_over(form, arguments.figure.force, question, &document, || document.clone())
}
