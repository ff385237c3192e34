//! `detente diff`: what changed since a date.

use clap::Args;
use detente_analysis::diff;
use detente_case::Day;
use detente_report::answers;

use crate::open::{Question, day};
use crate::output::Failure;

/// What changed since a date: rows, movements, phases, gaps
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    question: Question,
    /// The earlier day; the case is compared with what was known on it
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Day,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (case, moment, settings) = arguments.question.open()?;
    if arguments.from > moment.at {
        return Err(Failure::Usage(format!("--from {} lies after the day asked about, {}", arguments.from, moment.at)));
    }
    let diff = diff::diff(&case, arguments.from, moment, settings);
    arguments.question.print(&diff, || answers::diff(&case, moment, &diff))
}
