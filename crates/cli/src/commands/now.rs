//! `detente now`: who stands where, and how much of that can be compared.

use clap::Args;
use detente_analysis::{now, uncoded};
use detente_case::Record;
use detente_report::{answers, drawings};

use crate::open::{FigureFile, Question};
use crate::output::Failure;

/// Who stands where, and how much of that can be compared
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    figure: FigureFile,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (case, moment, settings) = arguments.question.open()?;
    let now = now(&case, moment, settings);
    arguments.figure.write(|| {
        if now.issues.is_empty() {
            let words = uncoded::group(Record::known_by(&case, moment.known), moment);
            drawings::statements(&case, &words, moment)
        } else {
            drawings::now_plot(&case, &now)
        }
    })?;
    arguments.question.print(&now, || answers::now(&case, moment, &now))
}
