//! `detente ripeness`: separate indicators, never added up.

use clap::Args;
use detente_analysis::{history, ripeness};
use detente_case::Record;
use detente_report::{answers, drawings};

use crate::open::{FigureFile, Question};
use crate::output::Failure;
use crate::page::{self, Page};

/// Signs of ripeness, each by itself: front line, costs, opinion, authority, way out, dates set from outside
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    page: Page,
    #[command(flatten)]
    figure: FigureFile,
    /// Months without change from which the line of contact counts as standing still
    #[arg(long, value_name = "N", default_value_t = ripeness::STALLED_MONTHS, value_parser = clap::value_parser!(u32).range(1..=600))]
    months: u32,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let question = &arguments.question;
    let form = arguments.page.form()?;
    let (case, moment, settings) = question.open()?;
    let ripeness = ripeness::ripeness(&case, moment, arguments.months, settings);
    let history = history(&case, moment, settings);
    arguments.figure.write_any("no series of the case speaks to an indicator; indicators.csv names them", || {
        drawings::ripeness(Record::known_by(&case, moment.known), moment, &history, &ripeness)
    })?;
    page::hand_over(form, arguments.figure.force, question, &ripeness, || {
        answers::ripeness(&case, moment, &history, &ripeness)
    })
}
