//! `detente history`: tracks, phases, rounds, movements.

use clap::Args;
use detente_analysis::history;
use detente_case::Record;
use detente_report::{answers, drawings};

use crate::open::{FigureFile, Question};
use crate::output::Failure;

/// How it got here: phases on two tracks, rounds of talks, who moved after what
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    figure: FigureFile,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (case, moment, settings) = arguments.question.open()?;
    let history = history(&case, moment, settings);
    let record = Record::known_by(&case, moment.known);
    arguments.figure.write(|| drawings::timeline(record, moment, &history))?;
    arguments.question.print(&history, || answers::history(&case, moment, &history))
}
